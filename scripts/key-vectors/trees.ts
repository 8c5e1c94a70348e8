// A re-key by key trees: three callees of whom one is removed, two subscribers who stay.
import { toHex } from "../../src/core/bytes.ts"
import { Secret } from "../../src/core/secret.ts"
import type { Branch } from "../../src/keys/roles.ts"
import { KeyTree } from "../../src/keys/tree/key-tree.ts"
import { encodeNotice, encodeRekeys, rekeysHash } from "../../src/keys/tree/rekey.ts"
import { NOW } from "../../test/trust/chains.ts"
import { recorded, type GrantCase } from "./grants.ts"
import { fixed, make, scopeOf, tickOf, type Made } from "./scene.ts"
import { scopeId } from "../../src/keys/schedule.ts"

const DEPTH = 3
const NEXT = NOW + 90_000
const LEAVES = { call: ["callee", "second callee", "other"], event: ["subscriber", "other"] } as const
const REMOVED = { call: ["second callee"], event: [] } as const

/** The generation before, whose keys everybody was granted. */
export const BEFORE: Made = make("trees", [new Secret(fixed("generation secret trees"))])

function play(branch: Branch): { paths: object[]; first: Uint8Array; rekey: Uint8Array; secret: Secret } {
  const { realm, match, uri } = scopeOf("trees").policy
  const tree = new KeyTree({ scope: scopeId(realm, match, uri), branch }, BEFORE.announcement.generation, DEPTH)
  const { random } = recorded(`tree ${branch}`)
  const leaves = new Map(LEAVES[branch].map((name) => [name as string, tree.join(random) as number]))
  const before = new Map([...leaves].map(([name, leaf]) => [name, Uint8Array.from(tree.path(leaf))]))
  const gone = REMOVED[branch].map((name) => leaves.get(name) as number)
  const { rekey, secret } = tree.rekey(NEXT, gone, random)
  const paths = [...leaves].map(([party, leaf]) => {
    const path = toHex(before.get(party) as Uint8Array)
    return { branch, party, leaf, path, next: gone.includes(leaf) ? null : toHex(tree.path(leaf)) }
  })
  return { paths, first: before.get(LEAVES[branch][0]) as Uint8Array, rekey, secret }
}

const [call, event] = [play("call"), play("event")]
export const REKEYS = encodeRekeys({ call: call.rekey, event: event.rekey })
export const AFTER: Made = make("trees", [call.secret, event.secret], {
  generation: NEXT,
  t0: NEXT,
  tree: rekeysHash(REKEYS),
  previous: BEFORE.announcement.hash,
})
export const NOTICE = encodeNotice({
  announcement: AFTER.announcement.bytes,
  tick: tickOf(AFTER, 0).bytes,
  rekeys: REKEYS,
})

export const rekeyed = {
  before: "trees",
  after: "trees, re-keyed",
  paths: [...call.paths, ...event.paths],
  rekeys: toHex(REKEYS),
  notice: toHex(NOTICE),
}

/** A grant that has a path, and needs ML-KEM-768. */
export const WITH_PATH: GrantCase = {
  name: "hybrid, with a path",
  made: BEFORE,
  role: "callee",
  requester: "callee",
  epoch: 0,
  path: call.first,
}
