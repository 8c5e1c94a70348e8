import { ALL_CAPABILITIES, CA_CAPABILITIES, CAPABILITIES } from "../certificate/capabilities.ts"
import { certificateDigest } from "../certificate/digest.ts"
import { isParsed } from "../certificate/parse.ts"
import { parseSignature } from "../certificate/signature.ts"
import type { CertificateChain, SignedCertificate } from "../certificate/types.ts"
import { ZERO_ADDRESS } from "../core/address.ts"
import type { ErrorCode } from "../core/errors.ts"
import type { TrustFacts, TrustPolicy } from "./facts.ts"
import { operatorOf, shownOf, type Link, type Path } from "./path.ts"
import { signerOf } from "./signers.ts"

/** Chain length (CCR-15). */
export const MIN_LENGTH = 2
export const MAX_LENGTH = 8

export interface Refusal {
  readonly code: ErrorCode
  /** What, which value, what was expected. */
  readonly reason: string
}

interface Rule {
  readonly name: string
  readonly check: (path: Path, facts: TrustFacts, policy: TrustPolicy) => Refusal | undefined
}

/** Rules that decide whether there is a chain to speak of; the others need it. */
export const SHAPE_RULES: readonly {
  name: string
  check: (chain: CertificateChain, facts: TrustFacts) => Refusal | undefined
}[] = [
  {
    name: "CCR-15",
    check: (chain, facts) => {
      const length = chain.length + facts.anchored.length
      if (chain.length > 0 && length >= MIN_LENGTH && length <= MAX_LENGTH) return undefined
      return {
        code: "trust.length",
        reason: `a chain of ${length} certificates; expected ${MIN_LENGTH} to ${MAX_LENGTH}`,
      }
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
    check: (path, facts) => {
      for (const [i, { certificate: c }] of shownOf(path).entries()) {
        if (c.chainId !== facts.chainId) return context(i, "chainId", c.chainId, facts.chainId)
        if (c.verifyingContract !== facts.verifyingContract) {
          return context(i, "verifyingContract", c.verifyingContract, facts.verifyingContract)
        }
        if (facts.block !== undefined && c.validFrom > facts.block)
          return context(i, "validFrom", c.validFrom, `at most block ${facts.block}`)
      }
      return undefined
    },
  },
  {
    name: "CCR-2",
    check: ({ links }, facts) => {
      const wrong = links.find(({ shown }) => shown !== undefined && shown.certificate.realm !== facts.realm)
      if (wrong === undefined) return undefined
      const got = wrong.shown?.certificate.realm
      return { code: "trust.realm", reason: `certificate ${wrong.index} is for realm ${got}; expected ${facts.realm}` }
    },
  },
  {
    name: "CCR-4",
    check: ({ links, root }, facts) => {
      if (facts.roots.length === 0)
        return { code: "trust.unknown_realm", reason: `realm ${facts.realm} has no root CA at the trustroot` }
      const wrong = (reason: string): Refusal => ({ code: "trust.root", reason })
      const self = links.find(({ issuer, subject }) => issuer === subject)
      if (self === undefined) return wrong("the last certificate is not self-signed")
      if (self !== root) return wrong(`certificate ${self.index} is self-signed; expected the last alone`)
      const known = facts.roots.find(({ address }) => address === root.issuer)
      if (known === undefined) {
        const expected = facts.roots.map(({ address }) => address).join(" or ")
        return wrong(`the root is ${root.issuer}; expected the trustroot ${expected}`)
      }
      if ((root.capabilities & CAPABILITIES["root-ca"]) === 0n) return wrong("the root certificate lacks ROOT_CA")
      if (known.capabilities !== undefined && known.capabilities !== root.capabilities)
        return wrong(`the root certificate has capabilities ${root.capabilities}; expected ${known.capabilities}`)
      if (known.validFrom !== undefined && root.validFrom > known.validFrom)
        return wrong(`the root certificate is of block ${root.validFrom}; the trustroot has ${known.validFrom}`)
      return undefined
    },
  },
  {
    name: "CCR-5",
    check: ({ links }) =>
      pairs(links, (lower, upper, i) =>
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
    check: ({ links }) =>
      pairs(links, (lower, upper, i) =>
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
    check: ({ links }) => {
      const high = links.find(({ capabilities }) => (capabilities & ~ALL_CAPABILITIES) !== 0n)
      if (high !== undefined)
        return {
          code: "trust.capabilities",
          reason: `certificate ${high.index} has capability bits over 7; expected zeros`,
        }
      return pairs(links, (lower, upper, i) =>
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
    check: ({ delegate, links }) => {
      const { subject } = links[0]
      if (subject === delegate.certificate.delegate) return undefined
      return {
        code: "trust.subject",
        reason: `certificate 1 is for ${subject}; expected the delegate ${delegate.certificate.delegate}`,
      }
    },
  },
  {
    name: "CCR-9",
    check: ({ delegate, links }) => {
      const from = links[0].validFrom
      if (from <= delegate.certificate.validFrom) return undefined
      return {
        code: "trust.delegate_validity",
        reason: `the delegate certificate is valid from block ${delegate.certificate.validFrom}; expected ${from} or later`,
      }
    },
  },
  {
    name: "CCR-10",
    check: ({ root }) => signedBy(root.shown, root.issuer, "trust.root_signature"),
  },
  {
    name: "CCR-11",
    check: ({ links }) => {
      for (const { shown, issuer } of links.slice(0, -1)) {
        const refusal = signedBy(shown, issuer, "trust.authority_signature")
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
    check: ({ links }) =>
      pairs(links, (_lower, upper, i) =>
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
    check: (path) => {
      const wrong = shownOf(path).findIndex((one) => !isParsed(one) && parseSignature(one.signature) !== one.signature)
      return wrong < 0
        ? undefined
        : { code: "certificate.signature_form", reason: `the signature of certificate ${wrong} is not canonical` }
    },
  },
  {
    name: "CCR-18",
    check: (path) => {
      const wrong = shownOf(path).findIndex(
        (one) => !isParsed(one) && certificateDigest(one.certificate) !== one.digest,
      )
      return wrong < 0
        ? undefined
        : {
            code: "certificate.foreign_types",
            reason: `the digest of certificate ${wrong} is not the one rebuilt here`,
          }
    },
  },
]

/** Rules by which a chain can be refused without asking anybody: of what it says by itself, and of its realm. */
export const RULES_OF_THE_SHOWN: ReadonlySet<string> = new Set(
  [2, 5, 6, 7, 8, 9, 11, 12, 14, 17, 18].map((number) => `CCR-${number}`),
)

/** CCR-16: nothing on the path revoked, expired or older than its issuer's epoch; the operator stands; the boot is sane. */
function standing(path: Path, facts: TrustFacts, policy: TrustPolicy): Refusal | undefined {
  const { delegate, links } = path
  for (const [i, { validFrom }] of [delegate.certificate, ...links].entries()) {
    const fact = facts.certificates[i]
    if (fact === undefined) return { code: "internal.invariant", reason: `nothing is known of certificate ${i}` }
    if (fact.revoked) return { code: "trust.revoked", reason: `${name(path, i)} is revoked` }
    if (fact.notAfter !== 0n && fact.notAfter * 1000n <= BigInt(policy.now)) {
      return { code: "trust.expired", reason: `${name(path, i)} ended at ${fact.notAfter} s` }
    }
    if (validFrom < fact.issuerEpoch) {
      return {
        code: "trust.superseded",
        reason: `${name(path, i)} is from block ${validFrom}; its issuer's epoch began at ${fact.issuerEpoch}`,
      }
    }
  }
  return ofOperator(path, facts) ?? unconfirmed(path, facts) ?? ofBoot(path, policy)
}

function ofOperator(path: Path, { operator }: TrustFacts): Refusal | undefined {
  if (operator !== "revoked" && operator !== "not-admitted") return undefined
  return { code: "trust.operator", reason: `the operator ${operatorOf(path)} is ${operator}` }
}

/** What speaks for a peer must lie deep enough in the chain that no reorganisation takes it back. */
function unconfirmed(path: Path, facts: TrustFacts): Refusal | undefined {
  const link = path.links.find(({ confirmed }) => !confirmed)
  const root = facts.roots.find(({ address }) => address === path.root.issuer)
  const what =
    root?.confirmed === false
      ? `the root ${root.address}`
      : facts.operator === "unconfirmed"
        ? `the admission of operator ${operatorOf(path)}`
        : link && `the certificate anchored for ${link.subject}`
  return what === undefined
    ? undefined
    : { code: "trust.unconfirmed", reason: `${what} is too new to be believed; wait for some blocks and try again` }
}

function ofBoot({ delegate }: Path, policy: TrustPolicy): Refusal | undefined {
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

function name({ delegate, links }: Path, index: number): string {
  const link = links[index - 1]
  const shown = index === 0 ? delegate : link?.shown
  return shown === undefined
    ? `the certificate anchored for ${link?.subject}`
    : `certificate ${index} (${shown.digest})`
}

function signedBy(signed: SignedCertificate | undefined, signer: string, code: ErrorCode): Refusal | undefined {
  if (signed === undefined) return undefined // anchored: the registry checked it
  const got = signerOf(signed.digest, signed.signature)
  if (got === signer && got !== ZERO_ADDRESS) return undefined
  return { code, reason: `a certificate is signed by ${got ?? "nobody"}; expected ${signer}` }
}

function context(index: number, field: string, got: unknown, expected: unknown): Refusal {
  return {
    code: "trust.context",
    reason: `${field} of certificate ${index} is ${String(got)}; expected ${String(expected)}`,
  }
}

/** Checks each authority certificate (its place on the path) against its issuer's. */
function pairs(
  links: readonly Link[],
  check: (lower: Link, upper: Link, index: number) => Refusal | undefined,
): Refusal | undefined {
  for (const [i, upper] of links.entries()) {
    const lower = links[i - 1]
    const refusal = lower && check(lower, upper, i)
    if (refusal) return refusal
  }
  return undefined
}
