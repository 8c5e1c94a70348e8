import { E2eeError } from "../core/errors.ts"
import type { Announcement } from "../keys/announcement.ts"
import { isStale, oldestNeeded, openEpochs, sealingEpoch, type EpochTimes } from "../keys/epochs.ts"
import type { Keyring } from "../keys/keyring.ts"
import type { ScopePolicy } from "../keys/policy.ts"
import type { Branch, Role } from "../keys/roles.ts"
import { contradicts, type Tick } from "../keys/tick.ts"

/** What an endpoint holds of one generation of a scope's keys, and how far its agent has confirmed it. */
export class Generation {
  readonly announcement: Announcement
  readonly times: EpochTimes
  readonly #history: number
  readonly #rings = new Map<Branch, Keyring>()
  /** In which roles the agent knows us: others open only what they are told of by it. */
  readonly roles = new Set<Role>()
  #tick: Tick

  constructor(announcement: Announcement, tick: Tick, { epochMs, historyEpochs }: ScopePolicy) {
    this.announcement = announcement
    this.times = { t0: announcement.t0, epochMs }
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

  /** A reader's ring stays where a writer's would take its place; members of both are known in either case. */
  put(ring: Keyring): Keyring {
    const known = this.#rings.get(ring.branch)
    if (known === ring) return ring
    const [kept, gone] = known?.canRead && !ring.canRead ? [known, ring] : [ring, known]
    for (const member of gone?.members ?? []) kept.members.add(member)
    gone?.wipe()
    this.#rings.set(ring.branch, kept)
    return kept
  }

  /**
   * Takes a tick of this generation. Older ones change nothing: events may be late. Throws `keys.forked` for one that
   * contradicts another of its epoch, `keys.tick` for one from too far ahead.
   * @param skew milliseconds that clocks may differ
   */
  confirm(tick: Tick, now: number, skew: number): void {
    if (contradicts(tick, this.#tick))
      throw new E2eeError("keys.forked", `the key agent committed to two secrets for epoch ${tick.epoch}`)
    if (tick.time > now + skew)
      throw new E2eeError("keys.tick", `a tick is dated ${tick.time - now} ms in the future; check both clocks`)
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

  /** Overwrites what no message of now may use any more. */
  erase(now: number): void {
    const oldest = oldestNeeded(this.times, this.#tick.epoch, now, this.#history)
    for (const ring of this.#rings.values()) ring.erase(oldest)
  }

  wipe(): void {
    for (const ring of this.#rings.values()) ring.wipe()
    this.#rings.clear()
  }
}
