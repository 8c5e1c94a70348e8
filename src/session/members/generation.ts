import { E2eeError } from "../../core/errors.ts"
import type { Announcement } from "../../keys/announcement.ts"
import {
  epochAt,
  isStale,
  oldestNeeded,
  openEpochs,
  sealingEpoch,
  startOf,
  type EpochTimes,
} from "../../keys/epochs.ts"
import type { Keyring } from "../../keys/keyring.ts"
import type { ScopePolicy } from "../../keys/policy.ts"
import type { Branch, Role } from "../../keys/roles.ts"
import { contradicts, type Tick } from "../../keys/tick.ts"

/** What an endpoint holds of one generation of a scope's keys, and how far its agent has confirmed it. */
export class Generation {
  readonly announcement: Announcement
  readonly times: EpochTimes
  /** Epochs that it has at most. */
  readonly #epochs: number
  readonly #history: number
  readonly #rings = new Map<Branch, Keyring>()
  readonly #roles = new Set<Role>()
  #tick: Tick

  constructor(announcement: Announcement, tick: Tick, { epochMs, generationMs, historyEpochs }: ScopePolicy) {
    this.announcement = announcement
    this.times = { t0: announcement.t0, epochMs }
    this.#epochs = Math.ceil(generationMs / epochMs)
    this.#history = historyEpochs
    this.#tick = tick
  }

  get tick(): Tick {
    return this.#tick
  }

  get rings(): Iterable<Keyring> {
    return this.#rings.values()
  }

  ring(branch: Branch): Keyring | undefined {
    return this.#rings.get(branch)
  }

  /** Whether a role was granted: a reader could write, but nobody would know it as a writer. */
  grants(role: Role): boolean {
    return this.#roles.has(role)
  }

  /** A reader's ring stays where a writer's would take its place. Who was known before is known afterwards. */
  put(ring: Keyring, roles: Iterable<Role>): Keyring {
    for (const role of roles) this.#roles.add(role)
    const known = this.#rings.get(ring.branch)
    if (known === ring) return ring
    const [kept, gone] = known?.canRead && !ring.canRead ? [known, ring] : [ring, known]
    for (const member of gone?.members ?? []) kept.members.meet(member)
    gone?.wipe()
    this.#rings.set(ring.branch, kept)
    return kept
  }

  /**
   * Takes a tick of this generation. Older ones change nothing: events may be late. Throws `keys.forked` for one that
   * contradicts another of its epoch, `keys.tick` for one from too far ahead: it would confirm what nobody has judged.
   * @param skew milliseconds that clocks may differ
   */
  confirm(tick: Tick, now: number, skew: number): void {
    if (contradicts(tick, this.#tick))
      throw new E2eeError("keys.forked", `the key agent committed to two secrets for epoch ${tick.epoch}`)
    const ahead = Math.max(tick.time, startOf(this.times, tick.epoch)) - now
    if (ahead > skew) throw new E2eeError("keys.tick", `a tick is ${ahead} ms in the future; check both clocks`)
    if (tick.epoch >= this.#epochs)
      throw new E2eeError("keys.tick", `a tick is for epoch ${tick.epoch}; its generation has ${this.#epochs}`)
    if (tick.epoch > this.#tick.epoch) this.#tick = tick
  }

  /** Whether the next tick is so late that nothing may be sealed or delivered without it. */
  stale(now: number): boolean {
    return isStale(this.times, this.#tick.epoch, now)
  }

  sealingEpoch(now: number): number {
    return sealingEpoch(this.times, this.#tick.epoch, now)
  }

  openEpochs(now: number): number[] {
    return openEpochs(this.times, this.#tick.epoch, now, this.#history)
  }

  /** Overwrites what no message of now may use any more, confirmed or not: by the clock, up to the generation's end. */
  erase(now: number): void {
    const ticked = Math.max(this.#tick.epoch, Math.min(epochAt(this.times, now), this.#epochs))
    const oldest = oldestNeeded(this.times, ticked, now, this.#history)
    for (const ring of this.#rings.values()) ring.erase(oldest)
  }

  wipe(): void {
    for (const ring of this.#rings.values()) ring.wipe()
    this.#rings.clear()
    this.#roles.clear()
  }
}
