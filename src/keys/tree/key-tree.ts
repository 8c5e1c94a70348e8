import { E2eeError } from "../../core/errors.ts"
import { Secret } from "../../core/secret.ts"
import { encodeCborWithin } from "../../payload/cbor.ts"
import type { RandomBytes } from "../../payload/cipher.ts"
import { NodeSecrets } from "./node-secrets.ts"
import { above, childrenOf, DEPTH, nodeCount, pathOf } from "./nodes.ts"
import { encodeRekey, MAX_PARTS, MAX_REMOVED } from "./rekey.ts"
import { generationSecretOf, parentSecret, sealSecret, SECRET_BYTES, type TreePlace } from "./secrets.ts"

/** Bytes of a path in CBOR beside its secrets at most. */
const MAX_HEADS = 9

/**
 * The logical key tree of one branch's readers, at its agent: each has a leaf and knows the secrets from there up to the
 * root. Optional; whether a scope has trees its policy says, and nobody negotiates it. How it is used:
 *
 *   const tree = new KeyTree({ scope, branch }, g)              a generation without a re-key: everybody asks for a grant
 *   const leaf = tree.join(random)                              a reader is granted tree.path(leaf) beside its secret
 *   const { rekey, secret } = tree.rekey(g2, [leaf], random)    one message instead of a grant for everybody that stays
 *
 * `secret` takes the place of the generation's secret in the branch's key schedule, and the hash of both branches'
 * messages is the announcement's `tree`. A member (`TreePath`) that missed one asks for a grant, and so does everybody
 * after a theft: whoever has a member's path reads on until that member is removed.
 */
export class KeyTree {
  readonly #place: TreePlace
  readonly #depth: number
  readonly #nodes: NodeSecrets
  readonly #free: number[] = []
  #unused = 0
  #generation: number

  /** @param generation the one that begins now @param depth for 2^depth readers at most */
  constructor(place: TreePlace, generation: number, depth = DEPTH) {
    this.#place = place
    this.#generation = generation
    this.#depth = depth
    this.#nodes = new NodeSecrets(depth)
  }

  get generation(): number {
    return this.#generation
  }

  /** Members that have a leaf. */
  get size(): number {
    return this.#nodes.members(this.#root)
  }

  /** A leaf for a new member, with fresh secrets where nobody was; undefined when all are taken. */
  join(random: RandomBytes): number | undefined {
    const leaf = this.#free.pop() ?? this.#unused
    if (leaf >= nodeCount(this.#depth)) return undefined
    if (leaf === this.#unused) this.#unused += 2
    for (const node of pathOf(leaf, this.#depth)) {
      const members = this.#nodes.members(node)
      this.#nodes.setMembers(node, members + 1)
      if (members === 0) this.#nodes.setSecret(node, random(SECRET_BYTES))
    }
    return leaf
  }

  /** What the member at a leaf knows now, for its grant: `[leaf, secrets from the leaf to the root]`. To be overwritten. */
  path(leaf: number): Uint8Array {
    this.#requireMember(leaf)
    const secrets = new Uint8Array(SECRET_BYTES * (this.#depth + 1))
    for (const [i, node] of pathOf(leaf, this.#depth).entries()) secrets.set(this.#nodes.secret(node), SECRET_BYTES * i)
    const path = encodeCborWithin(secrets.length + MAX_HEADS, [leaf, secrets])
    secrets.fill(0)
    return path
  }

  /**
   * Begins a generation with a secret that the removed leaves' members do not learn, and the message by which the others
   * do. Throws `payload.too_large` for more removals than one message may have: then it is as before, and a new tree and
   * grants are less work.
   */
  rekey(generation: number, removed: Iterable<number>, random: RandomBytes): { rekey: Uint8Array; secret: Secret } {
    const before = this.#generation
    if (generation <= before) throw misused(`generation ${generation} does not follow ${before}`)
    const leaves = [...new Set(removed)].sort((a, b) => a - b)
    for (const leaf of leaves) this.#requireMember(leaf)
    const steps = this.#plan(leaves)
    const count = steps.reduce((sum, { sealedTo }) => sum + sealedTo.length, 0)
    if (leaves.length > MAX_REMOVED || count > MAX_PARTS)
      throw new E2eeError(
        "payload.too_large",
        `${leaves.length} members removed at once, in ${count} parts; expected at most ${MAX_REMOVED} and ${MAX_PARTS}`,
      )
    for (const leaf of leaves) this.#leave(leaf)
    const parts = steps.flatMap((step) => this.#refresh(step, generation, random))
    const secret = this.size === 0 ? secretOf(random(32)) : generationSecretOf(this.#nodes.secret(this.#root))
    this.#nodes.forward()
    this.#generation = generation
    const ordered = new Map(parts.sort(([a], [b]) => a - b))
    return { rekey: encodeRekey({ before, generation, removed: new Set(leaves), parts: ordered }), secret }
  }

  /** Overwrites every secret; the tree is of no use afterwards. */
  wipe(): void {
    this.#nodes.wipe()
  }

  get #root(): number {
    return (nodeCount(this.#depth) - 1) / 2
  }

  /** Which nodes get fresh secrets, lower ones first, and how their children's members come to know them. */
  #plan(removed: readonly number[]): Step[] {
    const left = new Map<number, number>(removed.map((leaf) => [leaf, 0]))
    const steps: Step[] = []
    for (const node of above(removed, this.#depth)) {
      const remain = (child: number): number => left.get(child) ?? this.#nodes.members(child)
      const children = childrenOf(node).filter((child) => remain(child) > 0)
      left.set(
        node,
        children.reduce((sum, child) => sum + remain(child), 0),
      )
      // One child's fresh secret leads up to its parent's, which spares a part.
      const from = children.find((child) => left.has(child))
      if (children.length > 0) steps.push({ node, from, sealedTo: children.filter((child) => child !== from) })
    }
    return steps
  }

  #refresh({ node, from, sealedTo }: Step, generation: number, random: RandomBytes): [number, Uint8Array][] {
    this.#nodes.setSecret(node, from === undefined ? random(SECRET_BYTES) : parentSecret(this.#nodes.secret(from)))
    const secret = this.#nodes.secret(node)
    return sealedTo.map((child) => [
      child,
      sealSecret({ ...this.#place, generation, node: child }, this.#nodes.secret(child), secret),
    ])
  }

  #leave(leaf: number): void {
    for (const node of pathOf(leaf, this.#depth)) this.#nodes.setMembers(node, this.#nodes.members(node) - 1)
    this.#free.push(leaf)
  }

  #requireMember(leaf: number): void {
    const isLeaf = Number.isSafeInteger(leaf) && leaf % 2 === 0 && leaf >= 0 && leaf < nodeCount(this.#depth)
    if (!isLeaf || this.#nodes.members(leaf) === 0) throw misused(`nobody is at leaf ${leaf}`)
  }
}

interface Step {
  readonly node: number
  /** The child from whose fresh secret this one follows; without one it is random. */
  readonly from: number | undefined
  readonly sealedTo: readonly number[]
}

function secretOf(bytes: Uint8Array): Secret {
  const secret = new Secret(bytes)
  bytes.fill(0)
  return secret
}

function misused(why: string): E2eeError {
  return new E2eeError("internal.invariant", `a key tree was misused: ${why}`)
}
