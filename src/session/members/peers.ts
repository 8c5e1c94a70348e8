import { capabilityNames } from "../../certificate/capabilities.ts"
import { chainToJson } from "../../certificate/issue.ts"
import { parseChain } from "../../certificate/parse.ts"
import type { CertificateChain } from "../../certificate/types.ts"
import type { Hex } from "../../core/bytes.ts"
import { E2eeError } from "../../core/errors.ts"
import type { Member } from "../../keys/member.ts"
import { capabilitiesFor, ROLES, type Branch, type Role } from "../../keys/roles.ts"
import { judgeChain, judgeShown } from "../../trust/judge.ts"
import type { TrustProvider } from "../../trust/provider.ts"
import type { VerifiedDelegate } from "../../trust/verified-delegate.ts"

/** How often a live peer is judged again, and by which clock. */
export interface PeerPolicy {
  readonly clock: () => number
  /** Milliseconds after which a verdict is no longer believed: bounds how long a revoked peer is served. */
  readonly recheckMs: number
  readonly skewMs: number
}

interface Judgement {
  /** When it began. */
  readonly verifiedAt: number
  readonly done: Promise<Pick<Member, "delegate" | "verifiedAt">>
}

/** Judges chains that peers show, and judges again what is older than policy believes. */
export class Peers {
  readonly #trust: TrustProvider
  readonly #policy: PeerPolicy
  /** Judgements under way, by chain, for all that want one meanwhile. */
  readonly #judging = { again: new Map<string, Judgement>(), proven: new Map<string, Judgement>() }

  constructor(trust: TrustProvider, policy: PeerPolicy) {
    this.#trust = trust
    this.#policy = policy
  }

  /** Milliseconds that a verdict is believed. */
  get recheckMs(): number {
    return this.#policy.recheckMs
  }

  /**
   * The member behind a chain that is right for its role. `prove` runs before trust is asked, with the key that the
   * chain names: it checks the signature by which the peer shows that it holds that key (CCR-13).
   * @param shown as text, or what {@link parseChain} made of it
   */
  async verify(
    shown: string | CertificateChain,
    instance: Hex,
    role: Role | "agent",
    prove?: (csPubKey: Hex) => void,
  ): Promise<Member> {
    const verifiedAt = this.#policy.clock()
    const certificates = typeof shown === "string" ? parseChain(shown) : shown
    const named = csKeyOf(certificates)
    if (prove && named !== undefined) prove(named)
    judgeShown(certificates, this.#trust.realm)
    const delegate = await this.#judge(certificates, prove && named)
    const wanted = capabilitiesFor(role)
    if ((delegate.capabilityBits & wanted) === 0n) {
      const names = capabilityNames(wanted).join(" or ")
      throw new E2eeError(
        "trust.capability_missing",
        `${delegate.address} may not be ${role}; expected capability ${names}`,
      )
    }
    const proven = prove !== undefined
    const chain = typeof shown === "string" ? shown : chainToJson(shown)
    return { instance, roles: new Set([role]), delegate, chain, certificates, verifiedAt, proven }
  }

  /**
   * The member, judged again if its verdict is too old, or from before `since`. Throws what refuses it now.
   * @param since POSIX milliseconds
   */
  async recheck(member: Member, since = 0): Promise<Member> {
    if (this.believes(member, since)) return member
    return { ...member, ...(await this.#shared("again", member, since)) }
  }

  /** {@link recheck} for a member whose message opened and was signed, which proves its key the first time. */
  async heard(member: Member): Promise<Member> {
    if (member.proven) return this.recheck(member)
    return { ...member, ...(await this.#shared("proven", member)), proven: true }
  }

  /** Whether {@link recheck} would take a member's verdict as it is. */
  believes({ verifiedAt }: Member, since = 0): boolean {
    return verifiedAt >= since && this.#isRecent(verifiedAt)
  }

  /** A judgement that is under way, unless it began too long ago; else a new one. */
  async #shared(
    kind: "again" | "proven",
    { chain, certificates }: Member,
    since = 0,
  ): Promise<Pick<Member, "delegate" | "verifiedAt">> {
    const judging = this.#judging[kind]
    const now = this.#policy.clock()
    const under = judging.get(chain)
    if (under !== undefined && under.verifiedAt >= since && this.#isRecent(under.verifiedAt)) return under.done
    const provenKey = kind === "proven" ? csKeyOf(certificates) : undefined
    const done = this.#judge(certificates, provenKey).then((delegate) => ({ delegate, verifiedAt: now }))
    const judgement = { verifiedAt: now, done }
    judging.set(chain, judgement)
    try {
      return await done
    } finally {
      if (judging.get(chain) === judgement) judging.delete(chain)
    }
  }

  #isRecent(verifiedAt: number): boolean {
    const age = this.#policy.clock() - verifiedAt
    // Negative where the clock was set back, which must not lengthen a verdict's life.
    return age >= 0 && age <= this.#policy.recheckMs
  }

  async #judge(chain: CertificateChain, provenKey: Hex | undefined): Promise<VerifiedDelegate> {
    const facts = await this.#trust.facts(chain, provenKey)
    const delegate = judgeChain(chain, facts, {
      now: this.#policy.clock(),
      skew: this.#policy.skewMs,
      ...(this.#trust.maxAge === undefined ? {} : { maxAge: this.#trust.maxAge }),
      ...(provenKey === undefined ? {} : { provenKey }),
    })
    if (provenKey !== undefined) await this.#trust.accept?.(chain, delegate)
    return delegate
  }
}

/** The session key that a chain's delegate certificate names. */
function csKeyOf(chain: CertificateChain): Hex | undefined {
  const named = chain[0]?.certificate
  return named?.kind === "delegate" ? named.csPubKey : undefined
}

/** Whether a member can read a branch: by its own role, or as a key agent. */
export function readsBranch({ roles }: Member, branch: Branch): boolean {
  return [...roles].some((role) => role === "agent" || (ROLES[role].branch === branch && ROLES[role].level === "read"))
}

/** Whether an error says that a peer's platform is refused, rather than that it was slow or nothing could be learnt. */
export function refusesPlatform(error: unknown): error is E2eeError {
  return error instanceof E2eeError && /^attestation\.(?!challenge$)/.test(error.code)
}

/** Whether an error says that what once spoke for a peer does not any more. */
export function hasEnded(error: unknown): error is E2eeError {
  return error instanceof E2eeError && /^trust\.(revoked|expired|superseded|operator)$/.test(error.code)
}

/** Whether an error says that the peer itself is refused, rather than that nothing could be learnt about it. */
export function refusesPeer(error: unknown): error is E2eeError {
  return error instanceof E2eeError && /^(trust|certificate)\./.test(error.code)
}
