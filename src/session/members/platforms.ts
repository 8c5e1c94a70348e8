import type { Appraiser, RolePolicy } from "../../attestation/appraiser.ts"
import { checkPlatform } from "../../attestation/appraise.ts"
import { nonceOf, type Binding } from "../../attestation/binding.ts"
import { Challenges } from "../../attestation/challenges.ts"
import { encodeEvidence } from "../../attestation/evidence.ts"
import { attesterId, isBank, isSelection, roleOf, type AttestationPolicy } from "../../attestation/facts.ts"
import type { Attester } from "../../attestation/kind.ts"
import type { VerifiedPlatform } from "../../attestation/verified.ts"
import type { Address } from "../../core/address.ts"
import type { Hex } from "../../core/bytes.ts"
import { E2eeError } from "../../core/errors.ts"
import type { Demand } from "../../keys/demand.ts"
import { unproven, type EvidenceChannel, type Proof } from "../../keys/evidence-channel.ts"
import { attestedAs, type ScopePolicy } from "../../keys/policy.ts"
import type { Role } from "../../keys/roles.ts"
import type { RandomBytes } from "../../payload/cipher.ts"

/** How an endpoint shows its own platform, and judges those of others. */
export interface AttestationOptions {
  /** The attestation key of this machine, such as `openAttester` of wamp-e2ee/device gives. */
  readonly prove?: Attester
  /** Judges what others show: `appraiserBy(onChainAttestation(…))` of wamp-e2ee/attestation and wamp-e2ee/chain. */
  readonly judge?: Appraiser
}

/** What is asked of the platforms of a role in a scope. */
export type AskedPolicy = RolePolicy & { readonly policy: AttestationPolicy }

interface Local {
  readonly realm: Address
  readonly clock: () => number
  /** Milliseconds after which the registry is asked again. */
  readonly recheckMs: number
  readonly skewMs: number
  readonly random: RandomBytes
}

/** Milliseconds that the own platform has for its evidence. */
const PROVE_MS = 30_000

/** An endpoint's own platform, and its view of others': pure but for the attester and the appraiser that it was given. */
export class Platforms {
  readonly #prover: Attester | undefined
  readonly #judge: Appraiser | undefined
  readonly #local: Local
  readonly #challenges = new Challenges()
  readonly #policies = new Map<Hex, { readonly at: number; readonly known: Promise<RolePolicy> }>()

  constructor({ prove, judge }: AttestationOptions, local: Local) {
    if (judge !== undefined && judge.realm !== local.realm)
      throw new E2eeError(
        "usage.invalid",
        `attestation.judge is of realm ${judge.realm}, trust of ${local.realm}; use one`,
      )
    this.#prover = prove
    this.#judge = judge
    this.#local = local
  }

  /** Whether there is anything to show, and to judge by. */
  get proves(): boolean {
    return this.#prover !== undefined
  }

  get judges(): boolean {
    return this.#judge !== undefined
  }

  /**
   * What is asked of a role in a scope, if anything: by the scope's own policy always, else where the registry requires it
   * of whoever provides or consumes. Throws `attestation.policy` where the scope asks for what no policy describes.
   * @param since POSIX milliseconds from which on the registry's word counts
   */
  async asked(scope: ScopePolicy, role: Role | "agent", since = 0): Promise<AskedPolicy | undefined> {
    const { name, always } = attestedAs(role, scope)
    if (this.#judge === undefined) return undefined
    const known = await this.#policyOf(this.#judge, roleOf(name), since)
    const { policy } = known
    if (policy === undefined && always)
      throw new E2eeError(
        "attestation.policy",
        `${scope.uri} asks for attested platforms of the role ${name}, for which the realm has no policy; set one`,
      )
    return policy !== undefined && (always || policy.required) ? { ...known, policy } : undefined
  }

  /**
   * Whether a platform that was judged before needs no showing again in another grant: for the first half of the time that
   * the policy gives it. A TPM takes some tenths of a second for evidence, and grants are asked for often.
   */
  isFresh(platform: VerifiedPlatform, asked: AskedPolicy, of: Address): boolean {
    const { delegate, role, policyEpoch, validUntil } = platform
    const { epoch, maximumAge } = asked.policy
    if (delegate !== of) return false
    const [left, whole] = [validUntil - this.#local.clock(), Number(maximumAge) * 1_000]
    // More than the whole is left where the clock was set back.
    return role === asked.role && policyEpoch === epoch && left > whole / 2 && left <= whole
  }

  /**
   * Refuses a demand of ours to show that neither the scope nor the registry makes, or not like that: of a platform
   * nobody learns more than what a policy asks. An endpoint that does not look into the registry believes the agent.
   * Throws `attestation.policy`.
   */
  async expect(demand: Demand, scope: ScopePolicy, role: Role | "agent"): Promise<void> {
    const refusal = (why: string): E2eeError =>
      new E2eeError("attestation.policy", `${scope.uri}: evidence of ${role} is asked for, ${why}`)
    const asked = await this.asked(scope, role)
    if (asked === undefined) {
      if (this.#judge === undefined && attestedAs(role, scope).always) return
      if (this.#judge === undefined)
        throw refusal("and this endpoint cannot look whether the realm wants that; pass attestation.judge")
      throw refusal("which neither the scope's policy nor the realm's does here; compare both sides")
    }
    const { chainId, registry, policy } = asked
    if (demand.chainId !== chainId || demand.registry !== registry)
      throw refusal(`by the registry ${demand.registry} of chain ${demand.chainId}; expected ${registry} of ${chainId}`)
    if (demand.epoch < policy.epoch)
      throw refusal(`by a policy of epoch ${demand.epoch}; ${policy.epoch} was seen before`)
    const isSame =
      demand.bank === policy.bank && demand.mask === policy.mask && demand.kinds.join() === policy.kinds.join()
    // Of a policy that is newer than what our node knows, nothing can be said yet.
    if (demand.epoch === policy.epoch && !isSame) throw refusal("of other registers than the realm's policy names")
  }

  /** A demand with a challenge that is good for one answer. */
  demand({ chainId, registry, policy }: AskedPolicy): Demand {
    const { epoch, kinds, bank, mask, maximumAge } = policy
    const challenge = this.#challenges.issue(this.#local.random(32), this.#local.clock())
    return { challenge, chainId, registry, epoch, kinds, bank, mask, maximumAge: Number(maximumAge) }
  }

  /**
   * Our own evidence for a demand, or undefined where this machine has none. Throws `attestation.*` for what no policy
   * may ask or this machine cannot show, and what the attester throws.
   */
  async prove(
    demand: Demand,
    role: Hex,
    side: Binding["prover"],
    channel: EvidenceChannel,
  ): Promise<Proof | undefined> {
    const attester = this.#prover
    if (attester === undefined) return undefined
    const { kind } = attester
    const { bank, mask } = demand
    if (!demand.kinds.includes(kind))
      throw new E2eeError(
        "attestation.kind",
        `evidence of kinds ${demand.kinds.join(", ")} is asked for; this machine's is of kind ${kind}`,
      )
    if (!isBank(bank) || !isSelection(kind, bank, mask))
      throw new E2eeError(
        "attestation.selection",
        `registers ${mask} of bank ${bank} are asked for; no policy may do that`,
      )
    const id = attesterId(kind, attester.keyName)
    const nonce = nonceOf(this.#binding(demand, role, side, channel, id))
    const evidence = await inTime(attester.attest(nonce, { bank, mask }))
    return { attester: id, evidence: encodeEvidence(evidence) }
  }

  /**
   * Judges what a peer showed for a demand of ours. Throws `attestation.*`, or that facts cannot be had.
   * @param life the peer's X25519 key: that of one life of its program
   */
  async judge(
    proof: Proof | undefined,
    asked: AskedPolicy,
    demand: Demand,
    side: Binding["prover"],
    channel: EvidenceChannel,
    { delegate, life }: { readonly delegate: Address; readonly life: Hex },
  ): Promise<VerifiedPlatform> {
    const { clock, skewMs } = this.#local
    const challengedAt = this.#challenges.spend(demand.challenge, clock())
    if (proof === undefined) throw unproven(delegate)
    if (this.#judge === undefined) throw new E2eeError("internal.invariant", "evidence was asked for by nobody")
    const binding = this.#binding(demand, asked.role, side, channel, proof.attester)
    const { evidence } = proof
    const { policy } = asked
    return this.#judge.judge({ evidence, binding, policy, challengedAt, now: clock(), skew: skewMs, delegate, life })
  }

  /** Whether a delegate's platform that was judged before still counts. Throws `attestation.*`. */
  check(platform: VerifiedPlatform | undefined, asked: AskedPolicy, delegate: Address): void {
    if (platform?.role !== asked.role || platform.delegate !== delegate) throw unproven(delegate)
    checkPlatform(platform, asked.policy, this.#local.clock())
  }

  #binding(demand: Demand, role: Hex, prover: Binding["prover"], channel: EvidenceChannel, attester: Hex): Binding {
    const { challenge, chainId, registry, epoch: policyEpoch } = demand
    const { suite, transcript } = channel
    const { realm } = this.#local
    return { suite, prover, challenge, transcript, chainId, registry, realm, role, attester, policyEpoch }
  }

  /** The registry's word, no older than `recheckMs` and from no earlier than `since`. */
  #policyOf(judge: Appraiser, role: Hex, since: number): Promise<RolePolicy> {
    const { clock, recheckMs } = this.#local
    const now = clock()
    const last = this.#policies.get(role)
    const age = now - (last?.at ?? -Infinity)
    if (last !== undefined && last.at >= since && age >= 0 && age <= recheckMs) return last.known
    const known = judge.policyOf(role)
    const entry = { at: now, known }
    this.#policies.set(role, entry)
    known.catch(() => this.#policies.get(role) === entry && this.#policies.delete(role))
    return known
  }
}

async function inTime<T>(work: Promise<T>): Promise<T> {
  let timer: ReturnType<typeof setTimeout> | undefined
  const late = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(
      () => reject(new E2eeError("session.timeout", `this machine's attester gave no evidence within ${PROVE_MS} ms`)),
      PROVE_MS,
    )
  })
  try {
    return await Promise.race([work, late])
  } finally {
    clearTimeout(timer)
  }
}
