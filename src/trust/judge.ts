import type { CertificateChain } from "../certificate/types.ts"
import { ZERO_ADDRESS, type Address } from "../core/address.ts"
import { E2eeError } from "../core/errors.ts"
import { CHAIN_RULES, MIN_LENGTH, RULES_OF_THE_SHOWN, SHAPE_RULES, type Refusal } from "./chain-rules.ts"
import type { TrustFacts, TrustPolicy } from "./facts.ts"
import { operatorOf, pathOf } from "./path.ts"
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
  const verdicts = SHAPE_RULES.map(({ name, check }) => verdictOf(name, check(chain, facts)))
  if (verdicts.every(({ ok }) => ok)) {
    const path = pathOf(chain, facts)
    verdicts.push(...CHAIN_RULES.map(({ name, check }) => verdictOf(name, check(path, facts, policy))))
  }
  return verdicts.sort((a, b) => ruleNumber(a.rule) - ruleNumber(b.rule))
}

/**
 * Refuses a chain for what it says by itself, before anything is asked about it: a forged one costs no question. What
 * passes is not trusted by that. Throws {@link TrustError}.
 */
export function judgeShown(chain: CertificateChain, realm: Address): void {
  const nothing: TrustFacts = {
    source: { model: "stated" },
    chainId: 0n,
    verifyingContract: ZERO_ADDRESS,
    realm,
    roots: [],
    anchored: [],
    certificates: [],
    operator: "none",
  }
  // Two certificates at least, or all but the delegate's is anchored and there is nothing to compare.
  if (chain.length < MIN_LENGTH) return
  for (const { name, check } of SHAPE_RULES) refuse(name, check(chain, nothing))
  const path = pathOf(chain, nothing)
  for (const { name, check } of CHAIN_RULES)
    if (RULES_OF_THE_SHOWN.has(name)) refuse(name, check(path, nothing, { now: 0, skew: 0 }))
}

/** The verified peer of a chain that passes every rule. Throws {@link TrustError} with the first broken rule otherwise. */
export function judgeChain(chain: CertificateChain, facts: TrustFacts, policy: TrustPolicy): VerifiedDelegate {
  for (const { rule, refusal } of judgeRules(chain, facts, policy)) refuse(rule, refusal)
  const path = pathOf(chain, facts)
  const { delegate, csPubKey } = path.delegate.certificate
  return mintVerifiedDelegate({
    address: delegate,
    operator: operatorOf(path),
    realm: facts.realm,
    capabilityBits: path.links[0].capabilities,
    csPubKey,
    source: facts.source,
    digests: chain.map(({ digest }) => digest),
  })
}

function refuse(rule: string, refusal: Refusal | undefined): void {
  if (refusal !== undefined) throw new TrustError(rule, refusal)
}

function verdictOf(rule: string, refusal: Refusal | undefined): RuleVerdict {
  return refusal === undefined ? { rule, ok: true } : { rule, ok: false, refusal }
}

function ruleNumber(rule: string): number {
  return Number(rule.slice("CCR-".length))
}
