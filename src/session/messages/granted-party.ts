import type { Address } from "../../core/address.ts"
import { equalBytes, toHex, type Hex } from "../../core/bytes.ts"
import { E2eeError, isE2eeError } from "../../core/errors.ts"
import type { Keyring } from "../../keys/keyring.ts"
import type { Member } from "../../keys/member.ts"
import { ROLES, type Role } from "../../keys/roles.ts"
import type { PassthruMessage } from "../../payload/attributes.ts"
import { KIND } from "../../payload/frame.ts"
import { REFUSED, WampError, type Connection } from "../connection.ts"
import type { SessionContext } from "../context.ts"
import type { Membership } from "../members/membership.ts"
import type { AnswerPlace, Party, RequestPlace } from "./party.ts"
import type { ReplayWindows } from "./replay.ts"
import type { Arguments, Opened, Place, Sealed } from "./sealing.ts"
import { openGranted, sealGranted, UnknownSender, type LocatedKey } from "./signed.ts"

/** Milliseconds until an agent is asked again for a callee that it did not know: the application alone has it asked. */
const CALLEE_INTERVAL = 500

/** What all parties of one endpoint share: who it is, its sequence, its replay windows. */
export interface Shared {
  readonly context: SessionContext
  readonly replay: ReplayWindows
  nextSequence(): number
  refuse(error: unknown, where: string): E2eeError
}

/** A party whose keys a scope's agent grants. */
export class GrantedParty implements Party<Member> {
  readonly membership: Membership
  readonly #shared: Shared
  /** By what a call was sealed under, to tell whether there are other keys since. */
  readonly #announcements = new WeakMap<Sealed, Uint8Array>()
  /** Who answered a procedure last. */
  readonly #answered = new Map<string, Hex>()

  constructor(shared: Shared, membership: Membership) {
    this.#shared = shared
    this.membership = membership
  }

  get connection(): Connection {
    return this.#shared.context.connection
  }

  get keepsHistory(): boolean {
    return this.membership.policy.historyEpochs > 0
  }

  get clock(): () => number {
    return this.#shared.context.clock
  }

  async join(role: Role): Promise<void> {
    try {
      await this.membership.join(role)
    } catch (error) {
      // Without an agent yet, a subscriber's keys are pulled when the first event comes.
      if (role !== "subscriber" || !isE2eeError(error, "keys.no_agent")) throw error
    }
  }

  async prepare(role: "caller" | "publisher", callee?: Address): Promise<void> {
    await this.membership.join(role)
    // It may have got its own keys after ours were granted.
    if (callee !== undefined && !this.#knows(callee))
      await this.membership.pullFor(role, `callee ${callee}`, undefined, CALLEE_INTERVAL)
    await this.membership.recheckReaders(ROLES[role].branch)
    // Where a reader was dropped there is a new generation now.
    await this.membership.join(role)
  }

  seal(payload: Arguments, place: RequestPlace): Sealed {
    const { ring, epoch } = this.membership.sealing(place.kind === KIND.call ? "caller" : "publisher")
    const { policy } = this.membership
    if (place.retained === true && policy.historyEpochs === 0)
      throw new E2eeError("usage.invalid", `${place.uri}: its scope keeps no history; give it historyEpochs to retain`)
    const to = policy.replay === "pinned" && place.kind === KIND.call ? this.#calleeOf(ring, place) : undefined
    const sealed = this.#seal(payload, { ...place, to }, { ...ring.ownKey(place.kind, place.uri, epoch), ring })
    this.#announcements.set(sealed, ring.announcement.hash)
    return sealed
  }

  sealAnswer(payload: Arguments, request: Opened<Member>, place: AnswerPlace): Sealed {
    // Asked for after the handler ran: meanwhile a new generation may have begun, or the endpoint closed.
    const ring = this.membership.held("callee")
    if (ring === undefined) throw new WampError(REFUSED)
    const { epoch } = this.membership.sealing("callee")
    const key = ring.answerKey(request.sender.delegate.csPubKey, place.kind, place.uri, epoch)
    return this.#seal(payload, place, { ...key, ring })
  }

  /** What names an unknown key or sender is tried once more after a pull. */
  async open(role: Role, message: PassthruMessage, place: Place): Promise<Opened<Member>> {
    // Nothing new is delivered on keys that their agent has not confirmed in time.
    await this.membership.join(role)
    const opened = await this.#openOrPull(role, message, place)
    await this.membership.heard(ROLES[role].branch, opened.sender)
    if (role === "caller") this.#answered.set(place.uri, opened.instance)
    if (role === "callee" && this.membership.policy.replay === "shared") await this.#claim(opened)
    return opened
  }

  #knows(callee: Address): boolean {
    const known = this.membership.held("caller")?.members.withRole("callee") ?? []
    return [...known].some(({ delegate }) => delegate.address === callee)
  }

  /**
   * The one callee that a pinned call is for: the one that was named, that answered last, or that is known alone. No other
   * is tried after it: a router could hold the first call back and deliver both.
   */
  #calleeOf(ring: Keyring, { uri, callee }: RequestPlace): Hex {
    const callees = [...ring.members].filter(({ roles }) => roles.has("callee") || roles.has("agent")).toReversed()
    const last = this.#answered.get(uri)
    const named = callee === undefined ? callees.find(({ instance }) => instance === last) : undefined
    const chosen = named ?? callees.find(({ delegate }) => callee === undefined || delegate.address === callee)
    if (chosen === undefined)
      throw new E2eeError("keys.unknown_key", `no callee ${callee ?? ""} of ${uri} is known to pin the call to`)
    if (
      callee !== undefined ||
      named !== undefined ||
      new Set(callees.map(({ delegate }) => delegate.address)).size === 1
    )
      return chosen.instance
    throw new E2eeError("usage.invalid", `several callees of the scope of ${uri} are known; name one as \`callee\``)
  }

  /** Of several callees that were handed one call, the first that claims it runs it. */
  async #claim({ correlation, sender, time }: Opened<Member>): Promise<void> {
    const { sharedReplay, skewMs } = this.#shared.context
    if (sharedReplay === undefined) throw new E2eeError("internal.invariant", "a shared policy without its cache")
    if (await sharedReplay.claim(toHex(correlation), time + skewMs)) return
    throw new E2eeError("payload.replay", `a call of ${sender.delegate.address} was claimed by another callee before`)
  }

  isError(message: PassthruMessage, uri: string): boolean {
    const keyId = message.attributes["ppt_keyid"]
    return typeof keyId === "string" && this.membership.find("caller", keyId, KIND.error, uri) !== undefined
  }

  async renew(call: Sealed): Promise<boolean> {
    if (this.membership.isAgent) return false
    const ring = await this.membership.pull("caller")
    return !equalBytes(ring.announcement.hash, this.#announcements.get(call) ?? new Uint8Array())
  }

  refuse(error: unknown, where: string): E2eeError {
    return this.#shared.refuse(error, where)
  }

  async #openOrPull(role: Role, message: PassthruMessage, place: Place): Promise<Opened<Member>> {
    try {
      return this.#open(role, message, place)
    } catch (error) {
      if (!isE2eeError(error, "keys.unknown_key")) throw error
      const about = error instanceof UnknownSender ? error.instance : undefined
      const unknown = about ?? String(message.attributes["ppt_keyid"])
      if (!(await this.membership.pullFor(role, unknown, about))) throw error
      return this.#open(role, message, place)
    }
  }

  #open(role: Role, message: PassthruMessage, place: Place): Opened<Member> {
    const { self, clock, skewMs } = this.#shared.context
    const { policy } = this.membership
    return openGranted(message, {
      ...place,
      mode: policy.mode,
      profile: policy.profile,
      find: (keyId) => this.membership.find(role, keyId, place.kind, place.uri),
      now: clock(),
      skew: skewMs,
      replay: this.#shared.replay,
      history: policy.historyEpochs * policy.epochMs,
      self: self.instance,
    })
  }

  #seal(payload: Arguments, place: Place & Pick<RequestPlace, "retained">, key: LocatedKey): Sealed {
    const { self, clock, random } = this.#shared.context
    const { policy } = this.membership
    return sealGranted(payload, {
      ...place,
      mode: policy.mode,
      profile: policy.profile,
      key,
      csKey: self.csKey,
      disclosed: this.membership.disclosed(key.epoch),
      instance: self.instance,
      sequence: this.#shared.nextSequence(),
      now: clock(),
      random,
    })
  }
}
