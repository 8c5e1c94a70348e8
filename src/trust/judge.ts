import type {
  AuthorityCertificate,
  CertificateChain,
  DelegateCertificate,
  SignedCertificate,
} from "../certificate/types.ts"
import { E2eeError } from "../core/errors.ts"
import { CHAIN_RULES, SHAPE_RULES, type Refusal } from "./chain-rules.ts"
import type { TrustFacts, TrustPolicy } from "./facts.ts"
import { mintVerifiedDelegate, type VerifiedDelegate } from "./verified-delegate.ts"

export interface RuleVerdict {
  readonly rule: string
  readonly ok: boolean
  readonly refusal?: Refusal
}

/** A refusal by a chain rule; `rule` is its number. */
export class TrustError extends E2eeError {
  override readonly name = "TrustError"
  readonly rule: string

  constructor(rule: string, { code, reason }: Refusal) {
    super(code, `${rule}: ${reason}`)
    this.rule = rule
  }
}

/**
 * Judges a chain by every rule, in rule order. Where the chain has no shape (CCR-15, CCR-3), only those rules are
 * judged. Pure: time, block and chain state come as values.
 */
export function judgeRules(chain: CertificateChain, facts: TrustFacts, policy: TrustPolicy): RuleVerdict[] {
  const verdicts = SHAPE_RULES.map(({ name, check }) => verdictOf(name, check(chain)))
  if (verdicts.every(({ ok }) => ok)) {
    const shaped = shapeOf(chain)
    verdicts.push(...CHAIN_RULES.map(({ name, check }) => verdictOf(name, check(shaped, facts, policy))))
  }
  return verdicts.sort((a, b) => ruleNumber(a.rule) - ruleNumber(b.rule))
}

/** The verified peer of a chain that passes every rule. Throws {@link TrustError} with the first broken rule otherwise. */
export function judgeChain(chain: CertificateChain, facts: TrustFacts, policy: TrustPolicy): VerifiedDelegate {
  for (const { rule, refusal } of judgeRules(chain, facts, policy)) {
    if (refusal !== undefined) throw new TrustError(rule, refusal)
  }
  const { delegate, authorities } = shapeOf(chain)
  const authority = authorities[0] as SignedCertificate<AuthorityCertificate>
  return mintVerifiedDelegate({
    address: delegate.certificate.delegate,
    operator: (authorities.at(-2) ?? authority).certificate[authorities.length > 2 ? "subject" : "issuer"],
    realm: facts.realm,
    capabilityBits: authority.certificate.capabilities,
    csPubKey: delegate.certificate.csPubKey,
    source: facts.source,
    digests: chain.map(({ digest }) => digest),
  })
}

function shapeOf(chain: CertificateChain): {
  delegate: SignedCertificate<DelegateCertificate>
  authorities: SignedCertificate<AuthorityCertificate>[]
} {
  return {
    delegate: chain[0] as SignedCertificate<DelegateCertificate>,
    authorities: chain.slice(1) as SignedCertificate<AuthorityCertificate>[],
  }
}

function verdictOf(rule: string, refusal: Refusal | undefined): RuleVerdict {
  return refusal === undefined ? { rule, ok: true } : { rule, ok: false, refusal }
}

function ruleNumber(rule: string): number {
  return Number(rule.slice("CCR-".length))
}
