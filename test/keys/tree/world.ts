import { Secret } from "../../../src/core/secret.ts"
import { KeyTree } from "../../../src/keys/tree/key-tree.ts"
import {
  announcedRekeys,
  encodeRekeys,
  rekeysHash,
  type AnnouncedRekey,
  type Rekey,
} from "../../../src/keys/tree/rekey.ts"
import type { TreePlace } from "../../../src/keys/tree/secrets.ts"
import { TreePath } from "../../../src/keys/tree/tree-path.ts"
import { countedRandom } from "../parties.ts"

export const PLACE: TreePlace = { scope: new Uint8Array(32).fill(7), branch: "event" }

/** A message of the branch of {@link PLACE} as a member takes it: named by its generation's announcement. */
export function announced(rekey: Uint8Array, generation: number): AnnouncedRekey {
  const rekeys = encodeRekeys({ call: undefined, event: rekey })
  const { event } = announcedRekeys(rekeys, { tree: rekeysHash(rekeys), generation })
  if (event === undefined) throw new Error("no message of the branch")
  return event
}

/** A tree of generation 1 with so many members, and each one's path. */
export function treeOf(members: number, { depth = 4, seed = "tree", place = PLACE } = {}) {
  const random = countedRandom(seed)
  const tree = new KeyTree(place, 1, depth)
  const leaves = Array.from({ length: members }, () => tree.join(random) as number)
  const paths = leaves.map((leaf) => pathIn(tree, leaf, place))
  return { tree, leaves, paths, random }
}

/** What the member at a leaf is granted. */
export function pathIn(tree: KeyTree, leaf: number, place = PLACE): TreePath {
  return new TreePath(tree.path(leaf), place, tree.generation)
}

/** The same message with other contents, which its agent announced. */
export function forged(rekey: AnnouncedRekey, changes: Partial<Rekey>): AnnouncedRekey {
  return { ...rekey, ...changes } as AnnouncedRekey
}

export const bytesOf = (secret: Secret): Uint8Array => Uint8Array.from(secret.expose())
