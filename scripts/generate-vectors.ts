// Writes test/vectors/chains: chains with what is to be believed and what is to come out, at least one accepted and one
// refused for each chain rule. Keys are fixed and signatures deterministic, so that the same files come out each time.
import { mkdirSync, writeFileSync } from "node:fs"
import { fileURLToPath } from "node:url"
import { hashTypedData } from "viem"
import { toTypedData } from "../src/certificate/issue.ts"
import { stringifyJson } from "../src/core/exact-json.ts"
import { signDigest } from "../src/certificate/signature.ts"
import type { CertificateChain } from "../src/certificate/types.ts"
import type { Address } from "../src/core/address.ts"
import type { Hex } from "../src/core/bytes.ts"
import type { ErrorCode } from "../src/core/errors.ts"
import {
  altered,
  BLOCK,
  buildChain,
  CHAIN_ID,
  CONTRACT,
  draftChain,
  named,
  NOW,
  party,
  REALM,
  signChain,
  type Draft,
} from "../test/trust/chains.ts"

const target = new URL("../test/vectors/chains/", import.meta.url)

/** `[typedData, signature]` as it goes over the wire. */
type Wire = readonly unknown[]

interface Case {
  /** File name without its end; begins with the rule. */
  readonly name: string
  readonly about: string
  /** Absent: the chain is accepted. */
  readonly code?: ErrorCode
  readonly chain: readonly Wire[]
  readonly trust?: {
    readonly trustroots?: readonly Address[]
    readonly revoked?: readonly Hex[]
    readonly epochs?: readonly { readonly issuer: Address; readonly block: bigint }[]
  }
  readonly policy?: { readonly maxAge?: number; readonly provenKey?: string }
}

const SECONDS = NOW / 1_000
const SKEW = 300

const wire = (chain: CertificateChain): Wire[] => chain.map(toTypedData)
const good = draftChain()
const signed = signChain(good)
const stranger = party("stranger")
const [DELEGATE, LEAF, OPERATOR, ROOT] = [0, 1, 2, 3] as const
const plain = wire(signed)

/** The good chain of four with fields of one certificate changed, signed by its issuer or another. */
function change(index: number, fields: object, signer = good[index]?.signer): Wire[] {
  return wire(signChain(altered(good, index, fields, signer)))
}

const replaced = (index: number, item: Wire): Wire[] => plain.map((old, i) => (i === index ? item : old))

/** One certificate with its signature, hex without 0x, written otherwise. */
function signature(index: number, write: (text: string) => string): Wire[] {
  return plain.map(([typedData, text], i) => [typedData, i === index ? write(text as string) : text])
}

/** The other signature over the same digest: s turned over, and v with it. */
function highS(text: string): string {
  const order = 0xfffffffffffffffffffffffffffffffebaaedce6af48a03bbfd25e8cd0364141n
  const s = order - BigInt(`0x${text.slice(64, 128)}`)
  return `${text.slice(0, 64)}${s.toString(16).padStart(64, "0")}${text.endsWith("1b") ? "1c" : "1b"}`
}

interface TypedData {
  domain: Record<string, unknown>
  message: Record<string, unknown>
  primaryType: string
  types: Record<string, { name: string; type: string }[]>
}

/** A certificate whose types or domain are others, and which its issuer signed so. */
function foreign(index: number, spoil: (typedData: TypedData) => void): Wire[] {
  const typedData = structuredClone(plain[index]?.[0]) as TypedData
  spoil(typedData)
  const digest = hashTypedData(typedData as never)
  return replaced(index, [typedData, signDigest(digest, (good[index] as Draft).signer).slice(2)])
}

const ends = (at: number, more = ""): { meta: string } => ({ meta: `notAfter=${at}${more}` })
const digestOf = (index: number): Hex => signed[index]?.digest as Hex
const withoutRootCa = wire(
  signChain(
    good.map(({ certificate, signer }) => ({
      certificate:
        certificate.kind === "authority"
          ? { ...certificate, capabilities: certificate.capabilities & ~1n }
          : certificate,
      signer,
    })),
  ),
)
const [, selfSigned] = change(LEAF, { issuer: party("delegate").address }, party("delegate").key)

const CASES: readonly Case[] = [
  { name: "CCR-1.ok", about: "valid from the head's own block", chain: change(DELEGATE, { validFrom: BLOCK }) },
  {
    name: "CCR-1.refused",
    about: "valid from the block after the head",
    code: "trust.context",
    chain: change(DELEGATE, { validFrom: BLOCK + 1n }),
  },
  {
    name: "CCR-1-chain-id.refused",
    about: "one certificate is for another chain id",
    code: "trust.context",
    chain: change(LEAF, { chainId: 1n }),
  },
  {
    name: "CCR-1-contract.refused",
    about: "one certificate is for another contract",
    code: "trust.context",
    chain: change(ROOT, { verifyingContract: named("another registry") }),
  },
  { name: "CCR-2.ok", about: "all authority certificates are for the realm", chain: plain },
  {
    name: "CCR-2.refused",
    about: "one authority certificate is for another realm",
    code: "trust.realm",
    chain: change(OPERATOR, { realm: named("another realm") }),
  },
  {
    name: "CCR-2-root.refused",
    about: "the root certificate is for another realm",
    code: "trust.realm",
    chain: change(ROOT, { realm: named("another realm") }),
  },
  { name: "CCR-3.ok", about: "a delegate certificate, then authorities", chain: wire(buildChain({ length: 3 })) },
  {
    name: "CCR-3.refused",
    about: "the delegate certificate stands there twice",
    code: "trust.types",
    chain: [plain[0] as Wire, ...plain],
  },
  {
    name: "CCR-3-first.refused",
    about: "no delegate certificate, authorities alone",
    code: "trust.types",
    chain: plain.slice(1),
  },
  {
    name: "CCR-4.ok",
    about: "the root is the second of two trustroots",
    chain: plain,
    trust: { trustroots: [stranger.address, party("root").address] },
  },
  {
    name: "CCR-4.refused",
    about: "a self-made root, everything else sound",
    code: "trust.root",
    chain: wire(buildChain({ root: stranger })),
  },
  {
    name: "CCR-4-missing.refused",
    about: "the root certificate is left out",
    code: "trust.root",
    chain: plain.slice(0, -1),
  },
  {
    name: "CCR-4-no-root-ca.refused",
    about: "the root certificate lacks ROOT_CA",
    code: "trust.root",
    chain: withoutRootCa,
  },
  {
    name: "CCR-4-delegate.refused",
    about: "the delegate certified itself",
    code: "trust.root",
    chain: [plain[0] as Wire, selfSigned as Wire],
  },
  {
    name: "CCR-4-no-trustroot.refused",
    about: "nobody is a trustroot",
    code: "trust.unknown_realm",
    chain: plain,
    trust: { trustroots: [] },
  },
  {
    name: "CCR-5.ok",
    about: "five certificates, each issued by the next's subject",
    chain: wire(buildChain({ length: 5 })),
  },
  {
    name: "CCR-5.refused",
    about: "one certificate was issued by somebody off the path",
    code: "trust.linkage",
    chain: change(LEAF, { issuer: stranger.address }, stranger.key),
  },
  {
    name: "CCR-5-omitted.refused",
    about: "an intermediate certificate is left out",
    code: "trust.linkage",
    chain: plain.filter((_, i) => i !== OPERATOR),
  },
  { name: "CCR-6.ok", about: "valid from the block of its issuer's", chain: change(OPERATOR, { validFrom: 100n }) },
  {
    name: "CCR-6.refused",
    about: "valid from the block before its issuer's",
    code: "trust.validity_order",
    chain: change(OPERATOR, { validFrom: 99n }),
  },
  { name: "CCR-7.ok", about: "exactly its issuer's capabilities", chain: change(LEAF, { capabilities: 0xfen }) },
  {
    name: "CCR-7.refused",
    about: "ROOT_CA, which its issuer lacks",
    code: "trust.capabilities",
    chain: change(LEAF, { capabilities: 0x41n }),
  },
  {
    name: "CCR-7-high-bit.refused",
    about: "the root certificate has capability bit 8, which means nothing",
    code: "trust.capabilities",
    chain: change(ROOT, { capabilities: 0x1ffn }),
  },
  { name: "CCR-7-none.ok", about: "no capability at all", chain: change(LEAF, { capabilities: 0n }) },
  { name: "CCR-8.ok", about: "two certificates: the root is its own delegate", chain: wire(buildChain({ length: 2 })) },
  {
    name: "CCR-8.refused",
    about: "the first authority certificate is for somebody else",
    code: "trust.subject",
    chain: change(LEAF, { subject: stranger.address }),
  },
  { name: "CCR-9.ok", about: "as old as its authority certificate", chain: change(DELEGATE, { validFrom: 120n }) },
  {
    name: "CCR-9.refused",
    about: "a block older than its authority certificate",
    code: "trust.delegate_validity",
    chain: change(DELEGATE, { validFrom: 119n }),
  },
  { name: "CCR-10.ok", about: "the root signed its own certificate", chain: plain },
  {
    name: "CCR-10.refused",
    about: "the root certificate is signed by somebody else",
    code: "trust.root_signature",
    chain: change(ROOT, {}, stranger.key),
  },
  { name: "CCR-11.ok", about: "six certificates, each signed by its issuer", chain: wire(buildChain({ length: 6 })) },
  {
    name: "CCR-11.refused",
    about: "the operator's certificate is signed by somebody else",
    code: "trust.authority_signature",
    chain: change(OPERATOR, {}, stranger.key),
  },
  {
    name: "CCR-11-subject.refused",
    about: "the delegate's authority certificate is signed by the delegate",
    code: "trust.authority_signature",
    chain: change(LEAF, {}, party("delegate").key),
  },
  {
    name: "CCR-12.ok",
    about: "signed by the delegate, with a text beyond ASCII in meta: it is hashed as UTF-8",
    chain: change(DELEGATE, { meta: "Prüfstand 7 \u{1f511}" }),
  },
  {
    name: "CCR-12.refused",
    about: "the delegate certificate is signed by somebody else",
    code: "trust.delegate_signature",
    chain: change(DELEGATE, {}, stranger.key),
  },
  {
    name: "CCR-12-nanosecond.refused",
    about: "bootedAt is one nanosecond more than what was signed: lost by readers of integers as doubles",
    code: "trust.delegate_signature",
    chain: plain.map(([typedData, text], i) => {
      if (i !== DELEGATE) return [typedData, text]
      const { message, ...rest } = typedData as TypedData
      return [{ ...rest, message: { ...message, bootedAt: (message["bootedAt"] as bigint) + 1n } }, text]
    }),
  },
  {
    name: "CCR-13.ok",
    about: "the peer proved the key of its certificate",
    chain: plain,
    policy: { provenKey: party("delegate").csPubKey.slice(2) },
  },
  {
    name: "CCR-13.refused",
    about: "the peer proved another key: the chain is somebody else's",
    code: "trust.possession",
    chain: plain,
    policy: { provenKey: stranger.csPubKey.slice(2) },
  },
  { name: "CCR-14.ok", about: "issued by an intermediate CA", chain: change(OPERATOR, { capabilities: 0xc2n }) },
  {
    name: "CCR-14.refused",
    about: "issued by somebody without ROOT_CA and INTERMEDIATE_CA",
    code: "trust.not_a_ca",
    chain: change(OPERATOR, { capabilities: 0xc0n }),
  },
  { name: "CCR-15.ok", about: "eight certificates", chain: wire(buildChain({ length: 8 })) },
  {
    name: "CCR-15.refused",
    about: "nine certificates, everything else sound",
    code: "trust.length",
    chain: wire(buildChain({ length: 9 })),
  },
  {
    name: "CCR-15-one.refused",
    about: "a delegate certificate alone",
    code: "trust.length",
    chain: plain.slice(0, 1),
  },
  {
    name: "CCR-16.ok",
    about: "an end one second ahead, an epoch of the certificate's own block, another certificate revoked",
    chain: change(LEAF, ends(SECONDS + 1, ";site=7")),
    trust: {
      epochs: [{ issuer: party("operator 0").address, block: 120n }],
      revoked: [digestOf(LEAF)],
    },
  },
  {
    name: "CCR-16.refused",
    about: "the delegate's authority certificate is revoked",
    code: "trust.revoked",
    chain: plain,
    trust: { revoked: [digestOf(LEAF)] },
  },
  {
    name: "CCR-16-operator-revoked.refused",
    about: "the operator's certificate is revoked",
    code: "trust.revoked",
    chain: plain,
    trust: { revoked: [digestOf(OPERATOR)] },
  },
  {
    name: "CCR-16-expired.refused",
    about: "the end in meta is now",
    code: "trust.expired",
    chain: change(LEAF, ends(SECONDS)),
  },
  {
    name: "CCR-16-malformed-end.refused",
    about: "an end that is not of its form counts as past",
    code: "trust.expired",
    chain: change(LEAF, { meta: "notAfter=2100-01-01" }),
  },
  {
    name: "CCR-16-superseded.refused",
    about: "issued in the block before its issuer's epoch",
    code: "trust.superseded",
    chain: plain,
    trust: { epochs: [{ issuer: party("operator 0").address, block: 121n }] },
  },
  {
    name: "CCR-16-root-epoch.ok",
    about: "a root's epoch voids what it issued to others, not its own certificate",
    chain: plain,
    trust: { epochs: [{ issuer: party("root").address, block: 110n }] },
  },
  {
    name: "CCR-16-future.refused",
    about: "booted one second more in the future than clocks may differ",
    code: "trust.age",
    chain: wire(buildChain({ bootedAt: NOW + (SKEW + 1) * 1_000 })),
  },
  {
    name: "CCR-16-skew.ok",
    about: "booted as far in the future as clocks may differ",
    chain: wire(buildChain({ bootedAt: NOW + SKEW * 1_000 })),
  },
  {
    name: "CCR-16-age.refused",
    about: "booted a second longer ago than the maximum age and the clocks' difference",
    code: "trust.age",
    chain: wire(buildChain({ bootedAt: NOW - (86_400 + SKEW + 1) * 1_000 })),
    policy: { maxAge: 86_400 },
  },
  {
    name: "CCR-16-age.ok",
    about: "booted long ago, and no maximum age is asked",
    chain: wire(buildChain({ bootedAt: NOW - 86_400_000_000 })),
  },
  { name: "CCR-17.ok", about: "a signature in hex with 0x", chain: signature(LEAF, (text) => `0x${text}`) },
  {
    name: "CCR-17.refused",
    about: "the other signature over the same digest, with the high s",
    code: "certificate.signature_form",
    chain: signature(LEAF, highS),
  },
  {
    name: "CCR-17-recovery-id.refused",
    about: "v is 0 or 1 instead of 27 or 28",
    code: "certificate.signature_form",
    chain: signature(ROOT, (text) => `${text.slice(0, -2)}0${text.endsWith("1b") ? 0 : 1}`),
  },
  {
    name: "CCR-17-short.refused",
    about: "64 bytes, without v",
    code: "certificate.signature_form",
    chain: signature(DELEGATE, (text) => text.slice(0, -2)),
  },
  {
    name: "CCR-18.ok",
    about: "[hash, typedData, signature] with a wrong hash, which is ignored, and no types and domain, which are known",
    chain: plain.map(([typedData, text]) => {
      const { message, primaryType } = typedData as TypedData
      return [`0x${"00".repeat(32)}`, { message, primaryType }, text]
    }),
  },
  {
    name: "CCR-18.refused",
    about: "another domain, under which the issuer signed",
    code: "certificate.foreign_types",
    chain: foreign(LEAF, ({ domain }) => Object.assign(domain, { version: "2" })),
  },
  {
    name: "CCR-18-chain-id.refused",
    about: "a domain with a chain id, under which the issuer signed",
    code: "certificate.foreign_types",
    chain: foreign(LEAF, ({ domain, types }) => {
      Object.assign(domain, { chainId: CHAIN_ID })
      types["EIP712Domain"]?.push({ name: "chainId", type: "uint256" })
    }),
  },
  {
    name: "CCR-18-type.refused",
    about: "capabilities as uint256, as which the issuer signed them",
    code: "certificate.foreign_types",
    chain: foreign(OPERATOR, ({ types }) => {
      const field = types["EIP712AuthorityCertificate"]?.find(({ name }) => name === "capabilities")
      Object.assign(field ?? {}, { type: "uint256" })
    }),
  },
  {
    name: "CCR-18-reordered.refused",
    about: "fields in another order, in which the issuer signed them",
    code: "certificate.foreign_types",
    chain: foreign(OPERATOR, ({ types }) => {
      types["EIP712AuthorityCertificate"] = types["EIP712AuthorityCertificate"]?.toReversed() ?? []
    }),
  },
]

/** File name to text of every case in test/vectors/chains. */
export function generate(): Record<string, string> {
  return Object.fromEntries(CASES.map((item) => [`${item.name}.json`, textOf(item)]))
}

/** Readable, with one certificate a line. */
function textOf({ name, about, code, chain, trust, policy }: Case): string {
  const rule = /^CCR-\d+/.exec(name)?.[0]
  const head = {
    about,
    rule,
    expect: code === undefined ? { ok: true } : { ok: false, rule, code },
    trust: {
      chainId: CHAIN_ID,
      verifyingContract: CONTRACT,
      realm: REALM,
      block: BLOCK,
      trustroots: [party("root").address],
      revoked: [],
      epochs: [],
      ...trust,
    },
    policy: { now: SECONDS, skew: SKEW, ...policy },
  }
  const certificates = chain.map((item) => `    ${stringifyJson(item)}`).join(",\n")
  return `${stringifyJson(head, 2).slice(0, -2)},\n  "chain": [\n${certificates}\n  ]\n}\n`
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  mkdirSync(target, { recursive: true })
  for (const [name, text] of Object.entries(generate())) writeFileSync(new URL(name, target), text)
}
