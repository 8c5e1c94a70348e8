import { strict as assert } from "node:assert"
import { keccak_256 } from "@noble/hashes/sha3.js"
import { CAPABILITIES } from "../../src/certificate/capabilities.ts"
import { certificateDigest } from "../../src/certificate/digest.ts"
import { signDigest } from "../../src/certificate/signature.ts"
import type { CertificateChain, SignedCertificate } from "../../src/certificate/types.ts"
import { concatBytes, fromHex, toHex, type Hex } from "../../src/core/bytes.ts"
import type { ErrorCode } from "../../src/core/errors.ts"
import type { AnchoredLink, RootFacts, TrustFacts, TrustPolicy } from "../../src/trust/facts.ts"
import { judgeChain, judgeRules, TrustError } from "../../src/trust/judge.ts"
import { VerifiedDelegate, type DelegateFields } from "../../src/trust/verified-delegate.ts"
import { refuses } from "../arbitrary.ts"
import {
  altered,
  BLOCK,
  buildChain,
  draftChain,
  factsOf,
  factsWith,
  named,
  NOW,
  party,
  POLICY,
  STANDING,
  signChain,
  type Draft,
  type Party,
} from "./chains.ts"

const rootOf = ({ address }: Party, more: Partial<RootFacts> = {}): RootFacts => ({ address, confirmed: true, ...more })

interface Case {
  readonly rule: string
  readonly name: string
  readonly code: ErrorCode
  readonly chain: CertificateChain
  readonly facts?: TrustFacts
  readonly policy?: TrustPolicy
}

const good = draftChain()
const signed = signChain(good)
const stranger = party("stranger")
const [ROOT, OPERATOR, LEAF, DELEGATE] = [3, 2, 1, 0] as const
const change = (index: number, fields: object, signer = good[index]?.signer): CertificateChain =>
  signChain(altered(good, index, fields, signer))

/** Another encoding of the same signature: s turned over, and v with it. */
function highS(signature: Hex): Hex {
  const order = 0xfffffffffffffffffffffffffffffffebaaedce6af48a03bbfd25e8cd0364141n
  const s = order - BigInt(`0x${signature.slice(66, 130)}`)
  return `${signature.slice(0, 66)}${s.toString(16).padStart(64, "0")}${signature.endsWith("1b") ? "1c" : "1b"}` as Hex
}

/** A certificate signed over a digest that is not the one of WAMP's types. */
function foreignDigest({ certificate, signer }: Draft): SignedCertificate {
  const digest = toHex(keccak_256(concatBytes(fromHex(certificateDigest(certificate)) as Uint8Array, Uint8Array.of(1))))
  return { certificate, digest, signature: signDigest(digest, signer) }
}

const replaced = (index: number, item: SignedCertificate): CertificateChain =>
  signed.map((old, i) => (i === index ? item : old))

/** The root certified twice: all links hold, but another one than the last is self-signed. */
const twoRoots = signChain([
  good[0]!,
  ...altered([good[2]!, good[3]!], 0, { subject: party("delegate").address }),
  good[3]!,
])

const noRootCa = signChain(
  good.map(({ certificate, signer }) => ({
    certificate:
      certificate.kind === "authority" ? { ...certificate, capabilities: certificate.capabilities & ~1n } : certificate,
    signer,
  })),
)

const notACa = signChain(altered(good, OPERATOR, { capabilities: CAPABILITIES.provider | CAPABILITIES.consumer }))

function anchoredFrom(chain: CertificateChain, shown: number): AnchoredLink[] {
  return chain
    .slice(shown)
    .flatMap(({ certificate }) => (certificate.kind === "authority" ? [{ ...certificate, confirmed: true }] : []))
}

/** Facts when the peer shows the first certificates and the registry has the others, the first of those changed. */
function anchoredFacts(shown: number, changes: Partial<AnchoredLink> = {}): TrustFacts {
  const anchored = anchoredFrom(signed, shown).map((link, i) => (i === 0 ? { ...link, ...changes } : link))
  return factsOf(signed, { anchored })
}

const REFUSED: readonly Case[] = [
  { rule: "CCR-1", name: "another chain", code: "trust.context", chain: change(LEAF, { chainId: 1n }) },
  {
    rule: "CCR-1",
    name: "another contract",
    code: "trust.context",
    chain: change(ROOT, { verifyingContract: named("x") }),
  },
  {
    rule: "CCR-1",
    name: "a start in the future",
    code: "trust.context",
    chain: change(DELEGATE, { validFrom: BLOCK + 1n }),
  },
  { rule: "CCR-2", name: "another realm", code: "trust.realm", chain: change(OPERATOR, { realm: named("other") }) },
  { rule: "CCR-3", name: "no delegate certificate first", code: "trust.types", chain: signed.slice(1) },
  { rule: "CCR-3", name: "a second delegate certificate", code: "trust.types", chain: [signed[0]!, ...signed] },
  { rule: "CCR-4", name: "a self-made root", code: "trust.root", chain: buildChain({ root: stranger }) },
  {
    rule: "CCR-4",
    name: "a root certificate with other capabilities than the trustroot's",
    code: "trust.root",
    chain: signed,
    facts: factsOf(signed, { roots: [rootOf(party("root"), { capabilities: 0x7fn })] }),
  },
  {
    rule: "CCR-4",
    name: "a root certificate newer than the trustroot's",
    code: "trust.root",
    chain: signed,
    facts: factsOf(signed, { roots: [rootOf(party("root"), { validFrom: 99n })] }),
  },
  { rule: "CCR-4", name: "a root that is not self-signed", code: "trust.root", chain: signed.slice(0, -1) },
  {
    rule: "CCR-4",
    name: "two self-signed certificates",
    code: "trust.root",
    chain: [twoRoots[0]!, twoRoots[1]!, signed[3]!, signed[3]!],
  },
  { rule: "CCR-4", name: "a root without ROOT_CA", code: "trust.root", chain: noRootCa },
  {
    rule: "CCR-4",
    name: "a realm without a root",
    code: "trust.unknown_realm",
    chain: signed,
    facts: factsOf(signed, { roots: [] }),
  },
  {
    rule: "CCR-5",
    name: "an issuer off the path",
    code: "trust.linkage",
    chain: change(LEAF, { issuer: stranger.address }, stranger.key),
  },
  {
    rule: "CCR-6",
    name: "a certificate before its issuer's",
    code: "trust.validity_order",
    chain: change(OPERATOR, { validFrom: 99n }),
  },
  {
    rule: "CCR-7",
    name: "a capability that the issuer lacks",
    code: "trust.capabilities",
    chain: change(LEAF, { capabilities: 1n | 64n }),
  },
  {
    rule: "CCR-7",
    name: "a capability bit over 7",
    code: "trust.capabilities",
    chain: change(ROOT, { capabilities: 0x1ffn }),
  },
  { rule: "CCR-8", name: "another subject", code: "trust.subject", chain: change(LEAF, { subject: stranger.address }) },
  {
    rule: "CCR-9",
    name: "a delegate certificate before its authority",
    code: "trust.delegate_validity",
    chain: change(DELEGATE, { validFrom: 119n }),
  },
  {
    rule: "CCR-10",
    name: "a root signed by another",
    code: "trust.root_signature",
    chain: change(ROOT, {}, stranger.key),
  },
  {
    rule: "CCR-11",
    name: "an authority signed by another",
    code: "trust.authority_signature",
    chain: change(OPERATOR, {}, stranger.key),
  },
  {
    rule: "CCR-11",
    name: "a leaf signed by its subject",
    code: "trust.authority_signature",
    chain: change(LEAF, {}, party("delegate").key),
  },
  {
    rule: "CCR-12",
    name: "a delegate certificate signed by another",
    code: "trust.delegate_signature",
    chain: change(DELEGATE, {}, stranger.key),
  },
  {
    rule: "CCR-13",
    name: "another proven key",
    code: "trust.possession",
    chain: signed,
    policy: { ...POLICY, provenKey: stranger.csPubKey },
  },
  { rule: "CCR-14", name: "an issuer that is no CA", code: "trust.not_a_ca", chain: notACa },
  { rule: "CCR-15", name: "one certificate", code: "trust.length", chain: signed.slice(0, 1) },
  { rule: "CCR-15", name: "none", code: "trust.length", chain: [] },
  { rule: "CCR-15", name: "nine certificates", code: "trust.length", chain: buildChain({ length: 9 }) },
  ...[0, 1, 2, 3].flatMap((i): Case[] => [
    {
      rule: "CCR-16",
      name: `certificate ${i} revoked`,
      code: "trust.revoked",
      chain: signed,
      facts: factsWith(signed, i, { revoked: true }),
    },
    {
      rule: "CCR-16",
      name: `certificate ${i} at its end`,
      code: "trust.expired",
      chain: signed,
      facts: factsWith(signed, i, { notAfter: BigInt(NOW) / 1000n }),
    },
    {
      rule: "CCR-16",
      name: `certificate ${i} before its issuer's epoch`,
      code: "trust.superseded",
      chain: signed,
      facts: factsWith(signed, i, { issuerEpoch: (signed[i]?.certificate.validFrom ?? 0n) + 1n }),
    },
  ]),
  { rule: "CCR-16", name: "facts missing", code: "internal.invariant", chain: signed, facts: factsOf(signed.slice(1)) },
  {
    rule: "CCR-16",
    name: "an operator not admitted",
    code: "trust.operator",
    chain: signed,
    facts: factsOf(signed, { operator: "not-admitted" }),
  },
  {
    rule: "CCR-16",
    name: "an operator revoked",
    code: "trust.operator",
    chain: signed,
    facts: factsOf(signed, { operator: "revoked" }),
  },
  {
    rule: "CCR-16",
    name: "a root too new to be believed",
    code: "trust.unconfirmed",
    chain: signed,
    facts: factsOf(signed, { roots: [rootOf(party("root"), { confirmed: false })] }),
  },
  {
    rule: "CCR-16",
    name: "an admission too new to be believed",
    code: "trust.unconfirmed",
    chain: signed,
    facts: factsOf(signed, { operator: "unconfirmed" }),
  },
  {
    rule: "CCR-16",
    name: "an anchored certificate too new to be believed",
    code: "trust.unconfirmed",
    chain: signed.slice(0, 2),
    facts: anchoredFacts(2, { confirmed: false }),
  },
  {
    rule: "CCR-16",
    name: "an anchored certificate revoked",
    code: "trust.revoked",
    chain: signed.slice(0, 2),
    facts: {
      ...anchoredFacts(2),
      certificates: signed.map((_, i) => (i === OPERATOR ? { ...STANDING, revoked: true } : STANDING)),
    },
  },
  {
    rule: "CCR-4",
    name: "an anchored path that ends below the root",
    code: "trust.root",
    chain: signed.slice(0, 2),
    facts: { ...anchoredFacts(2), anchored: anchoredFacts(2).anchored.slice(0, 1) },
  },
  {
    rule: "CCR-5",
    name: "an anchored certificate of somebody else",
    code: "trust.linkage",
    chain: signed.slice(0, 2),
    facts: anchoredFacts(2, { subject: stranger.address }),
  },
  {
    rule: "CCR-6",
    name: "an anchored certificate newer than what it issued",
    code: "trust.validity_order",
    chain: signed.slice(0, 2),
    facts: anchoredFacts(2, { validFrom: 121n }),
  },
  {
    rule: "CCR-7",
    name: "more capabilities than an anchored issuer's",
    code: "trust.capabilities",
    chain: signed.slice(0, 2),
    facts: anchoredFacts(2, { capabilities: CAPABILITIES["intermediate-ca"] }),
  },
  {
    rule: "CCR-8",
    name: "an anchored path of another delegate",
    code: "trust.subject",
    chain: signed.slice(0, 1),
    facts: anchoredFacts(1, { subject: stranger.address }),
  },
  {
    rule: "CCR-14",
    name: "an anchored issuer that is no CA",
    code: "trust.not_a_ca",
    chain: signed.slice(0, 2),
    facts: anchoredFacts(2, { capabilities: CAPABILITIES.provider | CAPABILITIES.consumer }),
  },
  {
    rule: "CCR-15",
    name: "nine certificates, some of them anchored",
    code: "trust.length",
    chain: buildChain({ length: 9 }).slice(0, 5),
    facts: factsOf(buildChain({ length: 9 }), { anchored: anchoredFrom(buildChain({ length: 9 }), 5) }),
  },
  {
    rule: "CCR-16",
    name: "a boot in the future",
    code: "trust.age",
    chain: buildChain({ bootedAt: NOW + POLICY.skew + 1 }),
  },
  {
    rule: "CCR-16",
    name: "a boot too long ago",
    code: "trust.age",
    chain: buildChain({ bootedAt: NOW - POLICY.skew - 1_001 }),
    policy: { ...POLICY, maxAge: 1_000 },
  },
  {
    rule: "CCR-17",
    name: "a high s",
    code: "certificate.signature_form",
    chain: replaced(LEAF, { ...signed[LEAF]!, signature: highS(signed[LEAF]!.signature) }),
  },
  {
    rule: "CCR-18",
    name: "a digest of foreign types",
    code: "certificate.foreign_types",
    chain: replaced(OPERATOR, foreignDigest(good[OPERATOR]!)),
  },
]

/** The edge of each rule, still passed. */
const PASSED: readonly Omit<Case, "code">[] = [
  { rule: "CCR-1", name: "a start at the trusted head", chain: change(DELEGATE, { validFrom: BLOCK }) },
  { rule: "CCR-2", name: "one realm throughout", chain: signed },
  { rule: "CCR-3", name: "a delegate certificate, then authorities", chain: buildChain({ length: 3 }) },
  {
    rule: "CCR-4",
    name: "the second of two roots",
    chain: signed,
    facts: factsOf(signed, { roots: [rootOf(stranger), rootOf(party("root"))] }),
  },
  {
    rule: "CCR-4",
    name: "a root certificate as old as the trustroot's, with its capabilities",
    chain: signed,
    facts: factsOf(signed, { roots: [rootOf(party("root"), { validFrom: 100n, capabilities: 0xffn })] }),
  },
  ...[1, 2, 3].map((shown) => ({
    rule: "CCR-10",
    name: `${shown} certificates shown, the others anchored`,
    chain: signed.slice(0, shown),
    facts: anchoredFacts(shown),
  })),
  { rule: "CCR-5", name: "a linked path", chain: buildChain({ length: 5 }) },
  { rule: "CCR-6", name: "a certificate of its issuer's block", chain: change(OPERATOR, { validFrom: 100n }) },
  { rule: "CCR-7", name: "its issuer's capabilities", chain: change(LEAF, { capabilities: 0xfen }) },
  { rule: "CCR-7", name: "no capability", chain: change(LEAF, { capabilities: 0n }) },
  { rule: "CCR-8", name: "a root that is its own delegate", chain: buildChain({ length: 2 }) },
  {
    rule: "CCR-9",
    name: "a delegate certificate of its authority's block",
    chain: change(DELEGATE, { validFrom: 120n }),
  },
  { rule: "CCR-10", name: "a root signed by itself", chain: signed },
  { rule: "CCR-11", name: "authorities signed by their issuers", chain: buildChain({ length: 6 }) },
  { rule: "CCR-12", name: "a delegate certificate signed by its delegate", chain: signed },
  {
    rule: "CCR-13",
    name: "the proven key",
    chain: signed,
    policy: { ...POLICY, provenKey: party("delegate").csPubKey },
  },
  {
    rule: "CCR-14",
    name: "an intermediate CA",
    chain: change(OPERATOR, { capabilities: CAPABILITIES["intermediate-ca"] | 0xc0n }),
  },
  { rule: "CCR-15", name: "eight certificates", chain: buildChain({ length: 8 }) },
  {
    rule: "CCR-16",
    name: "an end ahead",
    chain: signed,
    facts: factsWith(signed, 1, { notAfter: BigInt(NOW) / 1000n + 1n }),
  },
  { rule: "CCR-16", name: "an epoch of its block", chain: signed, facts: factsWith(signed, 0, { issuerEpoch: 500n }) },
  { rule: "CCR-16", name: "a boot within the skew", chain: buildChain({ bootedAt: NOW + POLICY.skew }) },
  {
    rule: "CCR-16",
    name: "the oldest boot",
    chain: buildChain({ bootedAt: NOW - POLICY.skew - 1_000 }),
    policy: { ...POLICY, maxAge: 1_000 },
  },
  { rule: "CCR-17", name: "canonical signatures", chain: signed },
  { rule: "CCR-18", name: "digests rebuilt", chain: signed },
]

const RULES = Array.from({ length: 18 }, (_, i) => `CCR-${i + 1}`)

describe("trust: chain rules", () => {
  it("has a passing and a refusing case for every rule", () => {
    for (const rule of RULES) {
      assert.ok(
        REFUSED.some((c) => c.rule === rule),
        rule,
      )
      assert.ok(
        PASSED.some((c) => c.rule === rule),
        rule,
      )
    }
    assert.deepEqual(
      judgeRules(signed, factsOf(signed), POLICY).map(({ rule }) => rule),
      RULES,
    )
  })

  for (const { rule, name, chain, facts, policy } of PASSED) {
    it(`${rule} passes ${name}`, () => {
      const verdicts = judgeRules(chain, facts ?? factsOf(chain), policy ?? POLICY)
      assert.deepEqual(
        verdicts.filter(({ ok }) => !ok),
        [],
      )
      assert.ok(judgeChain(chain, facts ?? factsOf(chain), policy ?? POLICY) instanceof VerifiedDelegate)
    })
  }

  for (const { rule, name, code, chain, facts, policy } of REFUSED) {
    it(`${rule} alone refuses ${name}`, () => {
      const verdicts = judgeRules(chain, facts ?? factsOf(chain), policy ?? POLICY)
      assert.deepEqual(
        verdicts.filter(({ ok }) => !ok).map((v) => v.rule),
        [rule],
      )
      const error = refuses(() => judgeChain(chain, facts ?? factsOf(chain), policy ?? POLICY), code)
      assert.ok(error instanceof TrustError)
      assert.equal(error.rule, rule)
      assert.doesNotMatch(error.message, /\n|undefined/)
    })
  }

  it("says who was verified", () => {
    for (let length = 2; length <= 8; length++) {
      const chain = buildChain({ length })
      const verified = judgeChain(chain, factsOf(chain), POLICY)
      const delegate = length === 2 ? party("root") : party("delegate")
      assert.equal(verified.address, delegate.address)
      assert.equal(verified.csPubKey, delegate.csPubKey)
      assert.equal(verified.operator, length > 3 ? party("operator 0").address : party("root").address)
      assert.deepEqual(verified.capabilities, length === 2 ? Object.keys(CAPABILITIES) : ["provider", "consumer"])
      assert.deepEqual(
        verified.digests,
        chain.map(({ digest }) => digest),
      )
    }
  })

  it("names the first broken rule in rule order", () => {
    const chain = change(LEAF, { realm: named("other"), subject: stranger.address }, stranger.key)
    const error = refuses(() => judgeChain(chain, factsOf(chain), POLICY), "trust.realm")
    assert.match(error.message, /^CCR-2: /)
  })

  it("lets nobody else make a VerifiedDelegate", () => {
    const verified = judgeChain(signed, factsOf(signed), POLICY)
    const Constructor = VerifiedDelegate as unknown as new (mint: unknown, fields: DelegateFields) => VerifiedDelegate
    for (const mint of [undefined, Symbol("mint"), Symbol.for("mint"), "mint"]) {
      assert.throws(() => new Constructor(mint, verified), /made by the chain rules alone/)
    }
    assert.ok(Object.isFrozen(verified))
    assert.throws(() => Object.assign(verified, { capabilityBits: 255n }), TypeError)
  })
}).timeout(60_000)
