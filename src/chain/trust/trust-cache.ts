import type { Claim, RegistryTrust } from "./registry-trust.ts"
import type { Header } from "./header.ts"
import type { RegistryReader } from "./reader.ts"

/** Chains whose facts are kept; the oldest goes first. A key agent asks about all of its readers in turn: fewer would be none. */
const MAX_ENTRIES = 16_384

/** What was read of a chain, and as of which block. */
interface Entry {
  readonly at: Header
  readonly read: Promise<RegistryTrust>
}
type Era = Map<string, Entry>

/**
 * What the registries say of chains, as of the block asked for last. At a new block what is known is kept where it can
 * be shown that nothing which may concern the realm changed: not by events, which a node can hide, but by the state.
 */
export class TrustCache {
  readonly #reader: RegistryReader
  #era: Era = new Map()
  #block: Header | undefined
  #stamp: Promise<string | undefined> = Promise.resolve(undefined)
  #moving: Promise<unknown> = Promise.resolve()

  constructor(reader: RegistryReader) {
    this.#reader = reader
  }

  async trust(block: Header, claims: readonly Claim[]): Promise<RegistryTrust> {
    const moved = this.#moving.then(() => this.#moveTo(block))
    this.#moving = moved
    const era = await moved
    const key = claims.map(({ issuer, subject, digest }) => `${issuer} ${subject} ${digest}`).join()
    const before = era.get(key)
    if (before !== undefined) {
      const kept = await before.read
      if (before.at.hash === block.hash) return kept
      if (kept.until === undefined || block.timestamp < kept.until)
        return { ...kept, block: block.number, timestamp: block.timestamp }
    }
    const read = this.#reader.trust(block, claims)
    era.set(key, { at: block, read })
    const [oldest] = era.keys()
    if (era.size > MAX_ENTRIES && oldest !== undefined) era.delete(oldest)
    read.catch(() => {
      if (era.get(key)?.read === read) era.delete(key)
    })
    return read
  }

  /** What is known at a block: what was known before if nothing changed since, else nothing yet. */
  async #moveTo(block: Header): Promise<Era> {
    if (this.#block?.hash === block.hash) return this.#era
    const stamp = this.#reader.stamp(block).catch(() => undefined)
    // Not where the era is still empty, either: what is asked for its block may be about to be noted in it.
    if (this.#block !== undefined) {
      const [before, now] = await Promise.all([this.#stamp, stamp])
      if (before === undefined || before !== now) this.#era = new Map()
    }
    this.#stamp = stamp
    this.#block = block
    return this.#era
  }
}
