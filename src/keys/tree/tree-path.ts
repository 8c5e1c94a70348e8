import { E2eeError } from "../../core/errors.ts"
import { Secret } from "../../core/secret.ts"
import { Fields } from "../fields.ts"
import { MAX_DEPTH, nodeCount, pathOf } from "./nodes.ts"
import type { AnnouncedRekey } from "./rekey.ts"
import { generationSecretOf, nextSecret, openSecret, parentSecret, SECRET_BYTES, type TreePlace } from "./secrets.ts"

/**
 * What a reader knows of its branch's key tree: the secrets from its leaf up to the root, of one generation. It gets them
 * with its grant, and from each re-key message in turn the next generation's.
 */
export class TreePath {
  readonly leaf: number
  readonly #place: TreePlace
  readonly #nodes: readonly number[]
  #secrets: readonly Secret[]
  #generation: number

  /**
   * @param path what the grant has of it, `[leaf, secrets]`; to be overwritten by whoever passes it
   * @param generation the grant's
   * Throws `keys.grant_malformed`.
   */
  constructor(path: Uint8Array, place: TreePlace, generation: number) {
    const fields = new Fields(path, "a path of a key tree", [2])
    const leaf = fields.count(0, "leaf")
    const bytes = fields.bytes(1, "secrets")
    const depth = bytes.length / SECRET_BYTES - 1
    if (!Number.isInteger(depth) || depth < 0 || depth > MAX_DEPTH || leaf % 2 !== 0 || leaf >= nodeCount(depth))
      throw fields.malformed("it is no way from a leaf to a root")
    this.leaf = leaf
    this.#place = place
    this.#nodes = pathOf(leaf, depth)
    this.#secrets = this.#nodes.map((_, i) => new Secret(bytes.subarray(SECRET_BYTES * i, SECRET_BYTES * (i + 1))))
    this.#generation = generation
    bytes.fill(0)
    ;(fields.all[1] as Uint8Array).fill(0)
  }

  /** The one whose re-key was opened last. */
  get generation(): number {
    return this.#generation
  }

  /**
   * The next generation's secret of the branch, 32 bytes. Whether all readers got the same, the agent's commitments tell.
   * Throws `keys.rekey`, with everything as before, for a message that leads on from other keys than these, or that
   * leaves this member out: a grant is needed then.
   */
  open(rekey: AnnouncedRekey): Secret {
    const { before, generation, removed } = rekey
    if (before !== this.#generation)
      throw refused(`it leads on from generation ${before}; held are keys of ${this.#generation}`)
    if (removed.has(this.leaf)) throw refused("this member is removed by it")
    const reached: Secret[] = []
    try {
      for (const level of this.#nodes.keys()) reached.push(this.#secretAt(level, rekey, reached.at(-1)))
      const root = reached.at(-1) as Secret
      const secret = generationSecretOf(root.expose())
      this.#replace(reached.map((one) => secretFrom(nextSecret(one.expose()))))
      this.#generation = generation
      return secret
    } finally {
      for (const one of reached) one.wipe()
    }
  }

  /** Overwrites every secret; the path is of no use afterwards. */
  wipe(): void {
    for (const secret of this.#secrets) secret.wipe()
    this.#secrets = []
    this.#generation = -1
  }

  /** A node's secret at the moment of the re-key: the held one, unless the node is above a removed leaf. */
  #secretAt(level: number, { fresh, parts, generation }: AnnouncedRekey, below: Secret | undefined): Secret {
    const node = this.#nodes[level] as number
    const child = this.#nodes[level - 1]
    if (!fresh.has(node) || child === undefined || below === undefined)
      return new Secret((this.#secrets[level] as Secret).expose())
    const box = parts.get(child)
    if (box !== undefined)
      return secretFrom(openSecret({ ...this.#place, generation, node: child }, below.expose(), box))
    if (fresh.has(child)) return secretFrom(parentSecret(below.expose()))
    throw refused(`it has no part for node ${child}`)
  }

  #replace(secrets: readonly Secret[]): void {
    for (const secret of this.#secrets) secret.wipe()
    this.#secrets = secrets
  }
}

function secretFrom(bytes: Uint8Array): Secret {
  const secret = new Secret(bytes)
  bytes.fill(0)
  return secret
}

function refused(why: string): E2eeError {
  return new E2eeError("keys.rekey", `a re-key message is of no use here: ${why}; ask for a grant`)
}
