import type { VerifiedPlatform } from "../../attestation/verified.ts"
import { CHALLENGE_LIFE_MS } from "../../attestation/challenges.ts"
import { roleOf } from "../../attestation/facts.ts"
import { toHex, type Hex } from "../../core/bytes.ts"
import { E2eeError, asE2eeError } from "../../core/errors.ts"
import type { Demand } from "../../keys/demand.ts"
import type { EvidenceChannel, Proof, Shown } from "../../keys/evidence-channel.ts"
import { askEvidence, type GrantRequest, type ReceivedRequest } from "../../keys/grant.ts"
import type { Member } from "../../keys/member.ts"
import { attestedAs, type ScopePolicy } from "../../keys/policy.ts"
import type { SessionContext } from "../context.ts"
import type { AskedPolicy } from "./platforms.ts"

/** Sessions that wait for evidence at once: whoever begins more ends the oldest. */
const MAX_SESSIONS = 256

/** A grant that waits for its requester's evidence; nothing was granted yet. */
interface Open {
  readonly request: GrantRequest
  readonly member: Member
  readonly channel: EvidenceChannel
  readonly asked: { readonly policy: AskedPolicy; readonly demand: Demand } | undefined
  /** What the requester showed before and is not asked for again. */
  readonly known: VerifiedPlatform | undefined
  readonly at: number
}

/** What an evidence message says, of which session: to be judged before anything is granted. */
export interface Evident extends Omit<Open, "at"> {
  readonly proof: Proof | undefined
}

/** The key agent's part between a request and the evidence for it: sessions that wait, each for one answer. */
export class OpenEvidence {
  readonly #context: SessionContext
  readonly #policy: ScopePolicy
  readonly #open = new Map<Hex, Open>()

  constructor(context: SessionContext, policy: ScopePolicy) {
    this.#context = context
    this.#policy = policy
  }

  /**
   * Asks for evidence of the requester's platform, where there is a policy for it, and shows our own where it is asked for.
   * Throws `attestation.policy` for a request that asks for what it may not.
   */
  async ask(
    received: ReceivedRequest,
    member: Member,
    policy: AskedPolicy | undefined,
    known: VerifiedPlatform | undefined,
  ): Promise<Uint8Array> {
    const { clock, platforms } = this.#context
    const { request } = received
    if (request.asks !== undefined) await platforms.expect(request.asks, this.#policy, "agent")
    const asked = policy && { policy, demand: platforms.demand(policy) }
    const { bytes, channel } = await askEvidence(received, asked?.demand, (own) => this.#prove(request, own))
    this.#expire()
    this.#open.set(toHex(channel.transcript), { request, member, channel, asked, known, at: clock() })
    return bytes
  }

  /** The session of an evidence message, once. Throws `attestation.challenge` where none waits, and what does not open. */
  take(shown: Shown): Evident {
    this.#expire()
    const open = this.#open.get(shown.transcript)
    this.#open.delete(shown.transcript)
    if (open === undefined)
      throw new E2eeError(
        "attestation.challenge",
        "evidence came that nobody waits for: it was shown before, or too late",
      )
    try {
      return { ...open, proof: shown.open(open.channel) }
    } catch (error) {
      open.channel.wipe()
      throw error
    }
  }

  /** Judges it. Undefined where nothing is asked of the requester's platform. Throws `attestation.*`. */
  async judge({ asked, known, proof, channel, member, request }: Evident): Promise<VerifiedPlatform | undefined> {
    if (asked === undefined) return known
    const peer = { delegate: member.delegate.address, life: toHex(request.keyPackage.x) }
    return this.#context.platforms.judge(proof, asked.policy, asked.demand, "initiator", channel, peer)
  }

  close(): void {
    for (const { channel } of this.#open.values()) channel.wipe()
    this.#open.clear()
  }

  /** Where this machine cannot, the requester sees that nothing was shown, and we are told why. */
  async #prove({ asks, instance }: GrantRequest, channel: EvidenceChannel): Promise<Proof | undefined> {
    const { platforms, onRefusal } = this.#context
    const role = roleOf(attestedAs("agent", this.#policy).name)
    try {
      return asks && (await platforms.prove(asks, role, "responder", channel))
    } catch (error) {
      onRefusal(asE2eeError(error, "device.io", "own evidence"), `own evidence for instance ${instance}`)
      return undefined
    }
  }

  #expire(): void {
    const now = this.#context.clock()
    for (const [transcript, { channel, at }] of this.#open) {
      if (this.#open.size < MAX_SESSIONS && now - at <= CHALLENGE_LIFE_MS && now >= at) return
      channel.wipe()
      this.#open.delete(transcript)
    }
  }
}
