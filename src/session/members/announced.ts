import { equalBytes, toHex } from "../../core/bytes.ts"
import { E2eeError } from "../../core/errors.ts"
import { standingOf, type Announcement } from "../../keys/announcement.ts"
import type { GrantPlace } from "../../keys/grant.ts"
import type { RememberedGeneration, SessionContext } from "../context.ts"
import { encodeForkEvidence } from "../messages/evidence.ts"

/** The agent said two things of one generation or epoch, and signed both: evidence that `judge` takes from anybody. */
export class ForkedKeys extends E2eeError {
  override readonly name = "ForkedKeys"
  readonly evidence: Uint8Array

  constructor(uri: string, evidence: Uint8Array) {
    super("keys.forked", `the key agent of ${uri} says one thing to some members and another to others; revoke it`)
    this.evidence = evidence
  }
}

/** What was announced of a scope's keys, as far as it counts here: nothing takes its place that is older, or contradicts it. */
export class Announced {
  readonly #context: SessionContext
  readonly #uri: string
  readonly #place: GrantPlace
  /** Newest generation of which keys were held, in this life or an earlier one. */
  #newest: RememberedGeneration | undefined
  /** Its announcement, if that was in this life: what it is compared with after its keys are gone. */
  #last: Announcement | undefined
  #remembered: Promise<void> | undefined
  #forked: ForkedKeys | undefined
  readonly #onFork: () => void

  /** @param uri the scope's @param onFork called once, when a contradiction is found */
  constructor(context: SessionContext, uri: string, place: GrantPlace, onFork: () => void) {
    this.#context = context
    this.#uri = uri
    this.#place = place
    this.#onFork = onFork
  }

  get newest(): RememberedGeneration | undefined {
    return this.#newest
  }

  /** Set once the agent was found to contradict itself: for good. */
  get forked(): ForkedKeys | undefined {
    return this.#forked
  }

  /** What an earlier life knew, so that nobody goes back behind it. */
  remember(): Promise<void> {
    this.#remembered ??= this.#recall()
    return this.#remembered
  }

  async #recall(): Promise<void> {
    const known = await this.#context.memory.load(toHex(this.#place.scope))
    if (known !== undefined && known.generation > (this.#newest?.generation ?? -1)) this.#newest = known
  }

  /** Throws for an announcement that is for others, or that must not take the place of the newest that is known. */
  compare(announcement: Announcement): void {
    if (!equalBytes(announcement.scope, this.#place.scope))
      throw new E2eeError("keys.announcement", `${this.#uri}: keys of another scope were announced`)
    if (!equalBytes(announcement.policy, this.#place.policy))
      throw new E2eeError(
        "keys.policy",
        `${this.#uri}: the key agent has another policy; both need the same version, settings, serialiser and cipher`,
      )
    // Else one agent could take all later ones their place.
    const ahead = Math.max(announcement.generation, announcement.t0) - this.#context.clock()
    if (ahead > this.#context.skewMs)
      throw new E2eeError(
        "keys.announcement",
        `${this.#uri}: keys were announced ${ahead} ms in the future; check both clocks`,
      )
    const last = this.#last
    if (last !== undefined && standingOf(last, announcement) === "forked")
      throw this.fork(last.bytes, [announcement.bytes])
    const newest = this.#newest
    const hash = toHex(announcement.hash)
    if (newest === undefined || hash === newest.hash) return
    const { generation } = announcement
    if (generation < newest.generation || (generation === newest.generation && hash < newest.hash))
      throw new E2eeError(
        "keys.rollback",
        `${this.#uri}: generation ${announcement.generation} was announced after ${newest.generation}`,
      )
  }

  /** Takes an announcement for the newest. What is remembered of it is lost at worst, which lets nobody read anything. */
  adopt(announcement: Announcement, failed: (error: unknown) => void): void {
    this.#last = announcement
    this.#newest = { generation: announcement.generation, hash: toHex(announcement.hash) }
    this.#context.memory.save(toHex(this.#place.scope), this.#newest).catch(failed)
  }

  /** @param others announcements or ticks that contradict the first announcement, or each other under it */
  fork(announcement: Uint8Array, others: readonly Uint8Array[]): ForkedKeys {
    if (this.#forked === undefined) {
      this.#forked = new ForkedKeys(this.#uri, encodeForkEvidence(announcement, others))
      this.#onFork()
    }
    return this.#forked
  }
}
