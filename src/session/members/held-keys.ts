import { equalBytes } from "../../core/bytes.ts"
import { E2eeError, isE2eeError } from "../../core/errors.ts"
import type { Announcement } from "../../keys/announcement.ts"
import { epochAt, graceOf, startOf } from "../../keys/epochs.ts"
import type { Keyring } from "../../keys/keyring.ts"
import { MAX_MEMBERS } from "../../keys/granted.ts"
import { ROLES, type Role } from "../../keys/roles.ts"
import type { Tick } from "../../keys/tick.ts"
import type { Kind } from "../../payload/frame.ts"
import type { Announced } from "./announced.ts"
import type { SessionContext } from "../context.ts"
import type { Generation } from "./generation.ts"
import { ReaderPaths } from "./reader-paths.ts"
import type { LocatedKey } from "../messages/signed.ts"

interface Tells {
  /** No tick came in time. */
  readonly late: (generation: Generation) => void
  /** Another generation was announced than this one, which is held. */
  readonly superseded: (generation: Generation) => void
  /** Errors that are nobody's return value. */
  readonly refused: (error: unknown, where: string) => void
}

/**
 * Keys of a scope that an endpoint holds: of the generation in force, and within its grace of the one before. Overwrites
 * them when their time is over, and tells when a tick is late.
 */
export class HeldKeys {
  readonly #context: SessionContext
  readonly #uri: string
  readonly #announced: Announced
  readonly #tells: Tells
  #current: Generation | undefined
  /** The one before: read from within grace, sealed under never again. */
  #previous: { readonly generation: Generation; readonly until: number } | undefined
  /** In a scope with key trees: what leads on to the next generation. */
  readonly paths: ReaderPaths
  /** Whether another generation was announced than is held. */
  superseded = false
  #cancelTimer: (() => void) | undefined
  /** How often a tick was missed since the last one came. */
  #missed = 0
  #closed = false

  /** @param id of the scope, 32 bytes */
  constructor(
    context: SessionContext,
    { uri, id }: { readonly uri: string; readonly id: Uint8Array },
    announced: Announced,
    tells: Tells,
  ) {
    this.#context = context
    this.#uri = uri
    this.#announced = announced
    this.#tells = tells
    this.paths = new ReaderPaths(id)
  }

  /** The generation in force here, if any. */
  get current(): Generation | undefined {
    return this.#current
  }

  /** Whether the agent's word is too old to seal or deliver anything, or there is none. */
  get isStale(): boolean {
    return this.#current?.stale(this.#context.clock()) ?? true
  }

  holds({ hash }: Announcement): boolean {
    return this.#current !== undefined && equalBytes(this.#current.announcement.hash, hash)
  }

  /** The ring held for a role, if any: a reader's ring serves its branch's writer too, once the agent knows it as one. */
  held(role: Role): Keyring | undefined {
    const { branch, level } = ROLES[role]
    const ring = this.#current?.grants(role) ? this.#current.ring(branch) : undefined
    return ring !== undefined && (ring.canRead || level === "write") ? ring : undefined
  }

  /** The ring held for a role, if it may be used now. */
  usable(role: Role): Keyring | undefined {
    const ring = this.held(role)
    const epoch = this.#current?.sealingEpoch(this.#context.clock()) ?? 0
    // A clock that was ahead for a while leaves nothing of the epochs that it skipped.
    return this.superseded || this.isStale || !ring?.holds(epoch) ? undefined : ring
  }

  /** The key with an id, among those with which messages may be opened now. */
  find(role: Role, keyId: string, kind: Kind, uri: string): LocatedKey | undefined {
    const now = this.#context.clock()
    this.#forgetPrevious(now)
    this.#current?.erase(now)
    for (const generation of [this.#current, this.#previous?.generation]) {
      const ring = generation?.ring(ROLES[role].branch)
      const key = ring?.find(keyId, kind, uri, generation?.openEpochs(now) ?? [])
      if (key !== undefined && ring !== undefined) return { ...key, ring }
    }
    return undefined
  }

  /** The ring and epoch to seal with now. Throws `keys.stale` where the agent's word is too old. */
  sealing(role: Role): { readonly ring: Keyring; readonly epoch: number } {
    const ring = this.held(role)
    const generation = this.#current
    if (ring === undefined || generation === undefined)
      throw new E2eeError("keys.unknown_key", "these keys are gone; a new generation began, or the endpoint closed")
    if (this.isStale) throw this.stale()
    return { ring, epoch: generation.sealingEpoch(this.#context.clock()) }
  }

  stale(cause?: unknown): E2eeError {
    return new E2eeError(
      "keys.stale",
      `the key agent of ${this.#uri} has not confirmed the present keys; nothing is sealed or delivered until it does`,
      { cause },
    )
  }

  /** Takes a tick. Throws `keys.forked` for one that contradicts another. */
  confirm(generation: Generation, tick: Tick): void {
    const before = generation.tick
    try {
      generation.confirm(tick, this.#context.clock(), this.#context.skewMs)
    } catch (error) {
      if (isE2eeError(error, "keys.forked"))
        throw this.#announced.fork(generation.announcement.bytes, [before.bytes, tick.bytes])
      throw error
    }
    this.#watch()
  }

  /** Notes that other keys than these are in force. */
  supersede(): void {
    if (this.superseded) return
    this.superseded = true
    if (this.#current !== undefined) this.#tells.superseded(this.#current)
  }

  /** Puts a generation in the place of the present one, which is read from for its grace. */
  adopt(generation: Generation): void {
    const now = this.#context.clock()
    this.#forgetPrevious(Infinity)
    for (const ring of generation.rings) meetCallees(ring, this.#current?.ring(ring.branch))
    if (this.#current !== undefined)
      this.#previous = { generation: this.#current, until: now + graceOf(this.#current.times) }
    this.#current = generation
    this.superseded = false
    this.#announced.adopt(generation.announcement, (error) => this.#tells.refused(error, "memory"))
    this.#watch()
  }

  /** Overwrites all keys. */
  forget(): void {
    this.#cancelTimer?.()
    this.paths.wipe()
    this.#current?.wipe()
    this.#current = undefined
    this.#forgetPrevious(Infinity)
  }

  close(): void {
    this.#closed = true
    this.forget()
  }

  /** Looks again when something has to be overwritten, or is missed. */
  #watch(): void {
    this.#cancelTimer?.()
    const generation = this.#current
    if (this.#closed || generation === undefined) return
    const { clock, timers, random } = this.#context
    const now = clock()
    const { times, tick } = generation
    const grace = graceOf(times)
    // When what the epoch before left is overwritten: this one's grace, or the next one's.
    const over = startOf(times, epochAt(times, now - grace) + 1) + grace
    const missed = startOf(times, tick.epoch + 1)
    // Not all at once: members that miss their agent ask for it, or take its place, one after another; later and later.
    const spread = Math.min(times.epochMs, (grace / 2) * 2 ** this.#missed)
    const looked = Math.max(now, missed) + grace / 4 + ((random(1)[0] as number) / 256) * spread
    const ends = [looked, over, this.#previous?.until ?? Infinity].filter((at) => at > now)
    this.#cancelTimer = timers.after(Math.min(...ends) - now, () => this.#look())
  }

  #look(): void {
    const now = this.#context.clock()
    this.#forgetPrevious(now)
    const generation = this.#current
    generation?.erase(now)
    if (generation !== undefined && now < startOf(generation.times, generation.tick.epoch + 1)) this.#missed = 0
    else if (generation !== undefined) {
      this.#missed++
      this.#tells.late(generation)
    }
    this.#watch()
  }

  #forgetPrevious(now: number): void {
    if (this.#previous === undefined || now < this.#previous.until) return
    this.#previous.generation.wipe()
    this.#previous = undefined
  }
}

/** Callees that were known stay known, though a new agent does not know them yet: calls may be pinned to them. */
function meetCallees({ members }: Keyring, before: Keyring | undefined): void {
  const callees = [...(before?.members.withRole("callee") ?? [])].filter(({ roles }) => !roles.has("agent"))
  for (const callee of callees.slice(-MAX_MEMBERS)) members.meet(callee)
}
