import { pad, type PublicClient } from "viem"
import { parseAddress, type Address } from "../../core/address.ts"
import type { Hex } from "../../core/bytes.ts"
import { E2eeError, isE2eeError } from "../../core/errors.ts"
import { isOfChain, type BlockName } from "./blocks.ts"
import { checkDeployment, type Deployment } from "../deployment.ts"
import { chainError } from "../errors.ts"
import { readEvents, type Reading } from "./event-ranges.ts"
import { realmSlot } from "../generated/layout.ts"
import { broken, EMPTY, headOfSlot, readEntries, type Head, type RealmEntry } from "./events.ts"
import { replay, type RealmState } from "./realm-state.ts"

export interface RealmLogOptions {
  /** A viem client of the registries' chain. */
  readonly client: PublicClient
  readonly deployment: Deployment
  readonly realm: string
  /** Most blocks asked for at once, 10,000 by default; halved where the node refuses. */
  readonly range?: number
  /** How many blocks' hashes are remembered, 128 by default: a reorganisation below them has all read again. */
  readonly keep?: number
  /** Up to which block is read; the newest by default. */
  readonly upTo?: "latest" | "safe" | "finalized"
}

/** What a {@link RealmLog.refresh} found. */
export interface Refreshed {
  /** The block as of which history and state are proven. */
  readonly block: BlockName
  /** Events that are new, and events that a reorganisation took back; one that moved to another block counts as both. */
  readonly added: number
  readonly removed: number
}

/** All that a log knows at one block; replaced as a whole, so that a reading that fails changes nothing. */
interface Known {
  readonly block: BlockName
  readonly entries: readonly RealmEntry[]
  readonly state: RealmState | undefined
  /** Blocks of the chain that was read, ascending: how a reorganisation is noticed, and where it began. */
  readonly blocks: readonly BlockName[]
}

/** Readings that may be upset by a chain that changes meanwhile. */
const ATTEMPTS = 8

/**
 * A realm's whole history and state, rebuilt from the registry's events and proven complete: its events fold to the head
 * in the realm's storage slot at a named block. Brought up to date by {@link refresh}; follows reorganisations.
 */
export class RealmLog {
  readonly realm: Address
  readonly #options: RealmLogOptions
  #known: Known | undefined
  #checked = false
  #last: Promise<unknown> = Promise.resolve()

  constructor(options: RealmLogOptions) {
    const realm = parseAddress(options.realm)
    if (realm === undefined) {
      const given = JSON.stringify(options.realm)
      throw new E2eeError("usage.invalid", `realm ${given} is no address; expected 0x and 40 hex digits`)
    }
    this.realm = realm
    this.#options = options
  }

  /** Every event of the realm, in order. */
  get entries(): readonly RealmEntry[] {
    return this.#known?.entries ?? []
  }

  /** The realm with its records and revocations; undefined where it does not exist or was never read. */
  get state(): RealmState | undefined {
    return this.#known?.state
  }

  /** The block that {@link entries} and {@link state} are of; undefined before the first refresh. */
  get block(): BlockName | undefined {
    return this.#known?.block
  }

  /**
   * Reads what is new and proves the whole. Throws `chain.log_incomplete` for a log that does not add up to the head in
   * the registry, `session.cancelled`, and what {@link checkDeployment} and the node's failures give; what was known
   * before stays then.
   */
  refresh(reading: Reading = {}): Promise<Refreshed> {
    const next = this.#last.catch(() => undefined).then(() => this.#refresh(reading))
    this.#last = next
    return next
  }

  async #refresh(reading: Reading): Promise<Refreshed> {
    const { client, deployment, upTo = "latest" } = this.#options
    const what = `reading the log of realm ${this.realm}`
    if (!this.#checked) await checkDeployment(client, deployment)
    this.#checked = true

    let isRebuilt = false
    let refusal: unknown
    for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
      try {
        const { number, hash } = await client.getBlock({ blockTag: upTo })
        const tip = { number, hash }
        const base = isRebuilt ? undefined : await this.#baseOf(tip)
        refusal = undefined
        const next = await this.#read(base, tip, reading).catch((error: unknown) => void (refusal = error))
        const read = next?.entries.filter(({ block }) => block > (base?.number ?? -1n)) ?? []
        // The chain may have changed while it was read: then whatever was found says nothing.
        if (!(await isOfChain(client, tip))) continue
        if (next !== undefined && (await this.#areInChain(read, tip))) return this.#become(next)
        refusal ??= broken(this.realm, [], "blocks that it names are not of the chain")
        if (!isE2eeError(refusal, "chain.log_incomplete")) break
        // What was known may be of another chain than its blocks tell: once more, from the beginning.
        if (base === undefined) break
        isRebuilt = true
      } catch (error) {
        throw chainError(error, what)
      }
    }
    if (refusal !== undefined) throw chainError(refusal, what)
    throw new E2eeError("chain.bad_answer", `${what}: the chain changed under each of ${ATTEMPTS} readings; try again`)
  }

  /** The youngest block of those remembered that is still of the chain. */
  async #baseOf(tip: BlockName): Promise<BlockName | undefined> {
    for (const block of this.#known?.blocks.toReversed() ?? []) {
      if (block.number <= tip.number && (await isOfChain(this.#options.client, block))) return block
    }
    return undefined
  }

  /** What is known at `tip`, from what was known at `base` and the events since; proven. */
  async #read(base: BlockName | undefined, tip: BlockName, reading: Reading): Promise<Known> {
    const { client, deployment, range, keep = 128 } = this.#options
    const filter = { address: deployment.realmRegistry, topics: [null, pad(this.realm).toLowerCase() as Hex] }
    const from = base === undefined ? BigInt(deployment.block) : base.number + 1n
    const events = await readEvents(client, filter, { from, to: tip.number, ...(range && { most: range }) }, reading)
    const proven = await this.#headAt(tip)

    const known = base === undefined ? [] : this.entries.filter(({ block }) => block <= base.number)
    const added = readEntries(this.realm, known.at(-1) ?? EMPTY, events)
    const entries = [...known, ...added]
    const { sequence, head } = entries.at(-1) ?? EMPTY
    if (sequence !== proven.sequence || head !== proven.head) throw await this.#whereBroken(entries, proven)

    const isKept = this.#known !== undefined && known.length === this.entries.length
    const state = isKept ? replay(this.realm, this.state, added) : replay(this.realm, undefined, entries)
    const older = this.#known?.blocks.filter(({ number }) => base !== undefined && number <= base.number) ?? []
    const below = [...older, ...blocksOf(added)].filter(({ number }) => number < tip.number)
    return { block: tip, entries, state, blocks: [...below, tip].slice(-keep) }
  }

  async #headAt({ hash }: BlockName): Promise<Head> {
    const { client, deployment } = this.#options
    const slot = { address: deployment.realmRegistry, slot: realmSlot(this.realm) }
    return headOfSlot((await client.getStorageAt({ ...slot, blockHash: hash })) ?? "0x0")
  }

  /** Finds the first block after which the log is not what the registry's slot was; a node may not know any more. */
  async #whereBroken(entries: readonly RealmEntry[], proven: Head): Promise<E2eeError> {
    const ends = entries.filter(({ blockHash }, i) => entries[i + 1]?.blockHash !== blockHash)
    const why = `it has ${entries.length} events that do not add up to the registry's ${proven.sequence}`
    let [right, wrong] = [0, ends.length]
    try {
      while (right < wrong) {
        const middle = (right + wrong) >> 1
        const end = ends[middle] as RealmEntry
        const { sequence, head } = await this.#headAt({ number: end.block, hash: end.blockHash })
        if (sequence === end.sequence && head === end.head) right = middle + 1
        else wrong = middle
      }
    } catch {
      return broken(this.realm, [], why)
    }
    const first = (ends[right - 1]?.sequence ?? 0) + 1
    return broken(this.realm, [first, ends[right]?.sequence], why)
  }

  /** Whether the events' blocks are those of the chain; asked as far down as reorganisations are looked for. */
  async #areInChain(entries: readonly RealmEntry[], tip: BlockName): Promise<boolean> {
    const { client, keep = 128 } = this.#options
    const young = blocksOf(entries).filter(({ number }) => number > tip.number - BigInt(keep))
    const answers = await Promise.all(young.map((block) => isOfChain(client, block)))
    return answers.every(Boolean)
  }

  #become(next: Known): Refreshed {
    const before = this.entries
    const isSame = (entry: RealmEntry, i: number): boolean => entry.blockHash === next.entries[i]?.blockHash
    const firstOther = before.findIndex((entry, i) => !isSame(entry, i))
    const common = firstOther < 0 ? before.length : firstOther
    this.#known = next
    return { block: next.block, added: next.entries.length - common, removed: before.length - common }
  }
}

function blocksOf(entries: readonly RealmEntry[]): BlockName[] {
  const names = new Map(entries.map(({ block, blockHash }) => [block, { number: block, hash: blockHash }]))
  return [...names.values()]
}
