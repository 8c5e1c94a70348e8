import type { CertificateChain } from "../certificate/types.ts"
import type { E2eeError, ErrorCode } from "../core/errors.ts"
import type { TrustFacts, TrustPolicy, TrustSource } from "../trust/facts.ts"
import { judgeChain, judgeRules } from "../trust/judge.ts"
import type { VerifiedDelegate } from "../trust/verified-delegate.ts"

/** What each rule asks, for people; docs/how-it-works.md has it at length. */
const ASKED: Readonly<Record<string, string>> = {
  "CCR-1": "for this chain id and contract, valid at the block",
  "CCR-2": "for this realm",
  "CCR-3": "delegate certificate first, then authority certificates",
  "CCR-4": "ends in the trustroot",
  "CCR-5": "each issued by the subject of the next",
  "CCR-6": "none older than its issuer's",
  "CCR-7": "capabilities within the issuer's",
  "CCR-8": "first authority certificate is for the delegate",
  "CCR-9": "delegate certificate not older than its authority's",
  "CCR-10": "root signed by itself",
  "CCR-11": "authority certificates signed by their issuers",
  "CCR-12": "delegate certificate signed by its delegate",
  "CCR-13": "the delegate's session key proven",
  "CCR-14": "every issuer a CA",
  "CCR-15": "2 to 8 certificates",
  "CCR-16": "nothing revoked, ended or superseded; the boot not in the future",
  "CCR-17": "canonical signatures",
  "CCR-18": "types and domain of WAMP",
}

export interface RuleLine {
  readonly rule: string
  /** Null for a rule that was not judged: without this shape there is nothing that it could speak of. */
  readonly ok: boolean | null
  readonly code?: ErrorCode
  /** Of a refusal: which value, what was expected. */
  readonly reason?: string
  /** Of a rule that holds: what it was not asked. */
  readonly note?: string
}

/** What `verify` says of a chain. */
export interface Verdict {
  readonly ok: boolean
  /** Of the first broken rule, in rule order. */
  readonly code: ErrorCode | null
  /** All of them, in rule order. */
  readonly rules: readonly RuleLine[]
  /** What was believed; absent when the chain could not be read so far. */
  readonly facts?: TrustFacts
  /** Who was verified. */
  readonly delegate?: VerifiedDelegate
}

/** Judges a chain by every rule. */
export function verdictOf(chain: CertificateChain, facts: TrustFacts, policy: TrustPolicy): Verdict {
  const lines = judgeRules(chain, facts, policy).map(({ rule, ok, refusal }): RuleLine => {
    const note = ok ? notAsked(rule, policy) : undefined
    return { rule, ok, ...refusal, ...(note === undefined ? {} : { note }) }
  })
  const verdict = { ...sum(lines), facts }
  return verdict.ok ? { ...verdict, delegate: judgeChain(chain, facts, policy) } : verdict
}

/** The verdict on certificates that the parser refused by a chain rule; undefined for what is no certificate at all. */
export function verdictOnRefusal({ code, message }: E2eeError): Verdict | undefined {
  if (code === "certificate.signature_form") return sum([{ rule: "CCR-17", ok: false, code, reason: message }])
  if (code === "certificate.foreign_types") return sum([{ rule: "CCR-18", ok: false, code, reason: message }])
  return undefined
}

function sum(judged: readonly RuleLine[]): Verdict {
  const rules = Object.keys(ASKED).map((name) => judged.find(({ rule }) => rule === name) ?? { rule: name, ok: null })
  const broken = rules.find(({ ok }) => ok === false)
  return { ok: rules.every(({ ok }) => ok === true), code: broken?.code ?? null, rules }
}

/** A rule that holds because it was not asked everything says so. */
function notAsked(rule: string, policy: TrustPolicy): string | undefined {
  if (rule === "CCR-13" && policy.provenKey === undefined) return "not asked: a file proves no key"
  if (rule === "CCR-16" && policy.maxAge === undefined) return "the delegate's age was not asked"
  return undefined
}

/** The verdict for programs. */
export function verdictFields({ ok, code, rules, facts, delegate }: Verdict): Readonly<Record<string, unknown>> {
  const believed = facts && {
    ...facts.source,
    realm: facts.realm,
    chainId: facts.chainId,
    contract: facts.verifyingContract,
    block: facts.block,
    trustroots: facts.roots.map(({ address }) => address),
  }
  const verified = delegate && {
    address: delegate.address,
    operator: delegate.operator,
    capabilities: delegate.capabilities,
  }
  return { ok, code, rules, believed, delegate: verified }
}

/** The verdict for people: a line for each rule, what was believed, and the end of it. */
export function verdictText({ code, rules, facts, delegate }: Verdict): string {
  const lines = rules.map(({ rule, ok, reason, note }) => {
    const word = ok === null ? "not judged" : ok ? "pass" : "REFUSED"
    const more = reason ?? (note === undefined ? ASKED[rule] : `${ASKED[rule]} (${note})`)
    return `${rule.padEnd(6)}  ${word.padEnd(10)}  ${more}`
  })
  if (facts !== undefined) {
    const roots = facts.roots.map(({ address }) => address).join(" or ") || "none"
    lines.push(
      `believed  ${sourceText(facts.source)}`,
      `  realm ${facts.realm}, chain ${facts.chainId}, contract ${facts.verifyingContract}`,
      `  trustroot ${roots}${facts.block === undefined ? "" : `, block ${facts.block}`}`,
    )
  }
  if (delegate === undefined) lines.push(`refused   ${code}`)
  else {
    const rights = delegate.capabilities.join(", ") || "none"
    lines.push(`accepted  delegate ${delegate.address} of operator ${delegate.operator}, capabilities ${rights}`)
  }
  return lines.join("\n")
}

/** How facts were won, for people. */
export function sourceText(source: TrustSource): string {
  switch (source.model) {
    case "stated":
      return "what was stated here: nobody was asked"
    case "on-chain":
      return `the registries, level ${source.level}: block ${source.block}, for what speaks for the peer ${source.safeBlock}`
    case "standalone":
      return `the standalone trustroot ${source.trustroot}, sequence ${source.sequence}`
    case "first-use":
      return `a pin of ${new Date(source.since).toISOString()}, ${source.confirmed ? "confirmed" : "not confirmed"}`
  }
}
