import { ALL_CAPABILITIES, CA_CAPABILITIES, CAPABILITIES } from "../certificate/capabilities.ts"
import { certificateDigest } from "../certificate/digest.ts"
import { parseSignature, recoverSigner } from "../certificate/signature.ts"
import type {
  AuthorityCertificate,
  CertificateChain,
  DelegateCertificate,
  SignedCertificate,
} from "../certificate/types.ts"
import { ZERO_ADDRESS } from "../core/address.ts"
import type { ErrorCode } from "../core/errors.ts"
import type { TrustFacts, TrustPolicy } from "./facts.ts"

/** Chain length (CCR-15). */
export const MIN_LENGTH = 2
export const MAX_LENGTH = 8

export interface Refusal {
  readonly code: ErrorCode
  /** What, which value, what was expected. */
  readonly reason: string
}

/** A chain whose shape is known: what the rules behind CCR-3 speak of. */
interface ShapedChain {
  readonly delegate: SignedCertificate<DelegateCertificate>
  /** Index 1 of the chain first, the root last. */
  readonly authorities: readonly SignedCertificate<AuthorityCertificate>[]
}

interface Rule {
  readonly name: string
  readonly check: (chain: ShapedChain, facts: TrustFacts, policy: TrustPolicy) => Refusal | undefined
}

/** Rules that decide whether there is a chain to speak of; the others need it. */
export const SHAPE_RULES: readonly { name: string; check: (chain: CertificateChain) => Refusal | undefined }[] = [
  {
    name: "CCR-15",
    check: (chain) =>
      chain.length >= MIN_LENGTH && chain.length <= MAX_LENGTH
        ? undefined
        : {
            code: "trust.length",
            reason: `a chain of ${chain.length} certificates; expected ${MIN_LENGTH} to ${MAX_LENGTH}`,
          },
  },
  {
    name: "CCR-3",
    check: (chain) => {
      const wrong = chain.findIndex(({ certificate }, i) => certificate.kind !== (i === 0 ? "delegate" : "authority"))
      if (wrong < 0) return undefined
      const expected = wrong === 0 ? "a delegate certificate" : "an authority certificate"
      return { code: "trust.types", reason: `certificate ${wrong} is of the other type; expected ${expected}` }
    },
  },
]

/** The chain rules of authentication_cryptosign.md ("Certificate Chains"), 13 to 18 our reading of what it leaves open. */
export const CHAIN_RULES: readonly Rule[] = [
  {
    name: "CCR-1",
    check: (chain, facts) => {
      for (const [i, { certificate: c }] of all(chain).entries()) {
        if (c.chainId !== facts.chainId) return context(i, "chainId", c.chainId, facts.chainId)
        if (c.verifyingContract !== facts.verifyingContract) {
          return context(i, "verifyingContract", c.verifyingContract, facts.verifyingContract)
        }
        if (c.validFrom > facts.block) return context(i, "validFrom", c.validFrom, `at most block ${facts.block}`)
      }
      return undefined
    },
  },
  {
    name: "CCR-2",
    check: ({ authorities }, facts) => {
      const wrong = authorities.findIndex(({ certificate }) => certificate.realm !== facts.realm)
      if (wrong < 0) return undefined
      const got = authorities[wrong]?.certificate.realm
      return { code: "trust.realm", reason: `certificate ${wrong + 1} is for realm ${got}; expected ${facts.realm}` }
    },
  },
  {
    name: "CCR-4",
    check: ({ authorities }, facts) => {
      const root = last(authorities).certificate
      if (facts.roots.length === 0)
        return { code: "trust.unknown_realm", reason: `realm ${facts.realm} has no root CA at the trustroot` }
      const self = authorities.findIndex(({ certificate }) => certificate.issuer === certificate.subject)
      if (self !== authorities.length - 1) {
        return {
          code: "trust.root",
          reason:
            self < 0
              ? "the last certificate is not self-signed"
              : `certificate ${self + 1} is self-signed; expected the last alone`,
        }
      }
      if (!facts.roots.includes(root.issuer)) {
        return {
          code: "trust.root",
          reason: `the root is ${root.issuer}; expected the trustroot ${facts.roots.join(" or ")}`,
        }
      }
      if ((root.capabilities & CAPABILITIES["root-ca"]) === 0n)
        return { code: "trust.root", reason: "the root certificate lacks ROOT_CA" }
      return undefined
    },
  },
  {
    name: "CCR-5",
    check: ({ authorities }) =>
      pairs(authorities, (lower, upper, i) =>
        lower.issuer === upper.subject
          ? undefined
          : {
              code: "trust.linkage",
              reason: `certificate ${i} was issued by ${lower.issuer}; expected ${upper.subject}`,
            },
      ),
  },
  {
    name: "CCR-6",
    check: ({ authorities }) =>
      pairs(authorities, (lower, upper, i) =>
        upper.validFrom <= lower.validFrom
          ? undefined
          : {
              code: "trust.validity_order",
              reason: `certificate ${i} is valid from block ${lower.validFrom}; expected ${upper.validFrom} or later`,
            },
      ),
  },
  {
    name: "CCR-7",
    check: ({ authorities }) => {
      const high = authorities.findIndex(({ certificate }) => (certificate.capabilities & ~ALL_CAPABILITIES) !== 0n)
      if (high >= 0)
        return {
          code: "trust.capabilities",
          reason: `certificate ${high + 1} has capability bits over 7; expected zeros`,
        }
      return pairs(authorities, (lower, upper, i) =>
        (lower.capabilities & ~upper.capabilities) === 0n
          ? undefined
          : {
              code: "trust.capabilities",
              reason: `certificate ${i} has capabilities ${lower.capabilities}; expected a subset of its issuer's ${upper.capabilities}`,
            },
      )
    },
  },
  {
    name: "CCR-8",
    check: ({ delegate, authorities }) => {
      const subject = first(authorities).certificate.subject
      if (subject === delegate.certificate.delegate) return undefined
      return {
        code: "trust.subject",
        reason: `certificate 1 is for ${subject}; expected the delegate ${delegate.certificate.delegate}`,
      }
    },
  },
  {
    name: "CCR-9",
    check: ({ delegate, authorities }) => {
      const from = first(authorities).certificate.validFrom
      if (from <= delegate.certificate.validFrom) return undefined
      return {
        code: "trust.delegate_validity",
        reason: `the delegate certificate is valid from block ${delegate.certificate.validFrom}; expected ${from} or later`,
      }
    },
  },
  {
    name: "CCR-10",
    check: ({ authorities }) =>
      signedBy(last(authorities), last(authorities).certificate.issuer, "trust.root_signature"),
  },
  {
    name: "CCR-11",
    check: ({ authorities }) => {
      for (const signed of authorities.slice(0, -1)) {
        const refusal = signedBy(signed, signed.certificate.issuer, "trust.authority_signature")
        if (refusal) return refusal
      }
      return undefined
    },
  },
  {
    name: "CCR-12",
    check: ({ delegate }) => signedBy(delegate, delegate.certificate.delegate, "trust.delegate_signature"),
  },
  {
    name: "CCR-13",
    check: ({ delegate }, _facts, policy) =>
      policy.provenKey === undefined || policy.provenKey === delegate.certificate.csPubKey
        ? undefined
        : {
            code: "trust.possession",
            reason: `the peer proved key ${policy.provenKey}; expected ${delegate.certificate.csPubKey} of its certificate`,
          },
  },
  {
    name: "CCR-14",
    check: ({ authorities }) =>
      pairs(authorities, (_lower, upper, i) =>
        (upper.capabilities & CA_CAPABILITIES) !== 0n
          ? undefined
          : {
              code: "trust.not_a_ca",
              reason: `certificate ${i + 1} issued certificate ${i} without ROOT_CA or INTERMEDIATE_CA`,
            },
      ),
  },
  { name: "CCR-16", check: standing },
  {
    name: "CCR-17",
    check: (chain) => {
      const wrong = all(chain).findIndex(({ signature }) => parseSignature(signature) !== signature)
      return wrong < 0
        ? undefined
        : { code: "certificate.signature_form", reason: `the signature of certificate ${wrong} is not canonical` }
    },
  },
  {
    name: "CCR-18",
    check: (chain) => {
      const wrong = all(chain).findIndex(({ certificate, digest }) => certificateDigest(certificate) !== digest)
      return wrong < 0
        ? undefined
        : {
            code: "certificate.foreign_types",
            reason: `the digest of certificate ${wrong} is not the one rebuilt here`,
          }
    },
  },
]

/** CCR-16: nothing on the path revoked, expired or older than its issuer's epoch; the operator stands; the boot is sane. */
function standing({ delegate, authorities }: ShapedChain, facts: TrustFacts, policy: TrustPolicy): Refusal | undefined {
  const chain = [delegate, ...authorities]
  for (const [i, { certificate, digest }] of chain.entries()) {
    const fact = facts.certificates[i]
    if (fact === undefined) return { code: "internal.invariant", reason: `nothing is known of certificate ${i}` }
    if (fact.revoked) return { code: "trust.revoked", reason: `certificate ${i} (${digest}) is revoked` }
    if (fact.notAfter !== 0n && fact.notAfter * 1000n <= BigInt(policy.now)) {
      return { code: "trust.expired", reason: `certificate ${i} ended at ${fact.notAfter} s` }
    }
    if (certificate.validFrom < fact.issuerEpoch) {
      return {
        code: "trust.superseded",
        reason: `certificate ${i} is from block ${certificate.validFrom}; its issuer's epoch began at ${fact.issuerEpoch}`,
      }
    }
  }
  if (facts.operator === "revoked" || facts.operator === "not-admitted") {
    return {
      code: "trust.operator",
      reason: `the operator ${chain.at(-2)?.certificate.kind === "authority" ? (authorities.at(-2)?.certificate.subject ?? "") : ""} is ${facts.operator}`,
    }
  }
  const boot = Number(delegate.certificate.bootedAt / 1_000_000n)
  if (boot > policy.now + policy.skew)
    return { code: "trust.age", reason: `the delegate boots ${boot - policy.now} ms in the future; check both clocks` }
  if (policy.maxAge !== undefined && boot < policy.now - policy.maxAge - policy.skew) {
    return {
      code: "trust.age",
      reason: `the delegate booted ${policy.now - boot} ms ago; expected at most ${policy.maxAge}; issue it a new certificate`,
    }
  }
  return undefined
}

function signedBy(signed: SignedCertificate, signer: string, code: ErrorCode): Refusal | undefined {
  const got = recoverSigner(signed.digest, signed.signature)
  if (got === signer && got !== ZERO_ADDRESS) return undefined
  return { code, reason: `a certificate is signed by ${got ?? "nobody"}; expected ${signer}` }
}

function context(index: number, field: string, got: unknown, expected: unknown): Refusal {
  return {
    code: "trust.context",
    reason: `${field} of certificate ${index} is ${String(got)}; expected ${String(expected)}`,
  }
}

/** Checks each authority certificate (its index in the chain) against its issuer's. */
function pairs(
  authorities: ShapedChain["authorities"],
  check: (lower: AuthorityCertificate, upper: AuthorityCertificate, index: number) => Refusal | undefined,
): Refusal | undefined {
  for (const [i, upper] of authorities.entries()) {
    const lower = authorities[i - 1]
    const refusal = lower && check(lower.certificate, upper.certificate, i)
    if (refusal) return refusal
  }
  return undefined
}

function all({ delegate, authorities }: ShapedChain): SignedCertificate[] {
  return [delegate, ...authorities]
}

function first<T>(list: readonly T[]): T {
  return list[0] as T
}

function last<T>(list: readonly T[]): T {
  return list[list.length - 1] as T
}
