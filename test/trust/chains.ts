import { ALL_CAPABILITIES, CAPABILITIES } from "../../src/certificate/capabilities.ts"
import { authorityCertificate, delegateCertificate, issueCertificate } from "../../src/certificate/issue.ts"
import { addressOfKey } from "../../src/certificate/signature.ts"
import type { Certificate, CertificateChain } from "../../src/certificate/types.ts"
import { addressOf, type Address } from "../../src/core/address.ts"
import { utf8ToBytes, type Hex } from "../../src/core/bytes.ts"
import { ed25519PublicKey } from "../../src/core/ed25519.ts"
import { Secret } from "../../src/core/secret.ts"
import { sha256 } from "@noble/hashes/sha2.js"
import type { CertificateFacts, TrustFacts, TrustPolicy } from "../../src/trust/facts.ts"

/** Someone with a key pair of the chain and one of WAMP; the same name is always the same one. */
export interface Party {
  readonly key: Secret
  readonly address: Address
  readonly csKey: Secret
  readonly csPubKey: Hex
}

const parties = new Map<string, Party>()

export function party(name: string): Party {
  let found = parties.get(name)
  if (found === undefined) {
    const key = new Secret(sha256(utf8ToBytes(`chain key of ${name}`)))
    const csKey = new Secret(sha256(utf8ToBytes(`session key of ${name}`)))
    found = { key, address: addressOfKey(key), csKey, csPubKey: ed25519PublicKey(csKey) }
    parties.set(name, found)
  }
  return found
}

/** Someone's address of whom only the name matters. */
export const named = (name: string): Address => addressOf(sha256(utf8ToBytes(name)).subarray(12))

export const REALM = named("realm")
export const CONTRACT = named("registry")
export const CHAIN_ID = 31_337n
export const BLOCK = 1_000n
/** POSIX milliseconds. */
export const NOW = 1_700_000_000_000
export const PROVIDER = CAPABILITIES.provider | CAPABILITIES.consumer

export const POLICY: TrustPolicy = { now: NOW, skew: 300_000 }

/** A certificate and who signs it, before it is signed: what tests change. */
export interface Draft<C extends Certificate = Certificate> {
  readonly certificate: C
  readonly signer: Secret
}

export interface ChainOptions {
  /** 2 to 8 certificates for a valid one. */
  readonly length?: number
  readonly delegate?: Party
  readonly root?: Party
  readonly realm?: Address
  /** Capability bits of the delegate. */
  readonly capabilities?: bigint
  readonly bootedAt?: number
}

/**
 * Drafts of a valid chain, delegate first: root, then intermediate CAs (the first of them the operator), then the
 * delegate. With two certificates the root is its own delegate.
 */
export function draftChain(options: ChainOptions = {}): Draft[] {
  const { length = 4, root = party("root"), realm = REALM, capabilities = PROVIDER, bootedAt = NOW - 60_000 } = options
  const delegate = length === 2 ? root : (options.delegate ?? party("delegate"))
  const common = { chainId: CHAIN_ID, verifyingContract: CONTRACT, meta: "" }
  // From the root down: who stands at each place.
  const path = [root]
  for (let i = 0; i < length - 3; i++) path.push(party(`operator ${i}`))
  if (length > 2) path.push(delegate)
  const authorities = path.map((subject, i) => {
    const issuer = path[Math.max(0, i - 1)] ?? root
    const bits = i === 0 ? ALL_CAPABILITIES : i === path.length - 1 ? capabilities : ALL_CAPABILITIES & ~1n
    const certificate = authorityCertificate({
      ...common,
      validFrom: 100n + 10n * BigInt(i),
      issuer: issuer.address,
      subject: subject.address,
      realm,
      capabilities: bits,
    })
    return { certificate, signer: issuer.key }
  })
  const certificate = delegateCertificate({
    ...common,
    validFrom: 500n,
    delegate: delegate.address,
    csPubKey: delegate.csPubKey,
    bootedAt: BigInt(bootedAt) * 1_000_000n,
  })
  return [{ certificate, signer: delegate.key }, ...authorities.toReversed()]
}

export function signChain(drafts: readonly Draft[]): CertificateChain {
  return drafts.map(({ certificate, signer }) => issueCertificate(certificate, signer))
}

export function buildChain(options: ChainOptions = {}): CertificateChain {
  return signChain(draftChain(options))
}

/** Drafts with fields of one certificate changed, and signed by another where said. */
export function altered(drafts: readonly Draft[], index: number, fields: object, signer?: Secret): Draft[] {
  return drafts.map((draft, i) =>
    i === index
      ? { certificate: { ...draft.certificate, ...fields } as Certificate, signer: signer ?? draft.signer }
      : draft,
  )
}

export const STANDING: CertificateFacts = { revoked: false, notAfter: 0n, issuerEpoch: 0n }

/** What a trustroot that finds nothing wrong says of a chain. */
export function factsOf(chain: CertificateChain, changes: Partial<TrustFacts> = {}): TrustFacts {
  return {
    source: { model: "standalone", trustroot: party("root").address, sequence: 1 },
    chainId: CHAIN_ID,
    verifyingContract: CONTRACT,
    realm: REALM,
    block: BLOCK,
    roots: [{ address: party("root").address, confirmed: true }],
    anchored: [],
    certificates: chain.map(() => STANDING),
    operator: chain.length > 3 ? "active" : "none",
    ...changes,
  }
}

/** Facts with those of one certificate changed. */
export function factsWith(chain: CertificateChain, index: number, changes: Partial<CertificateFacts>): TrustFacts {
  return factsOf(chain, { certificates: chain.map((_, i) => (i === index ? { ...STANDING, ...changes } : STANDING)) })
}
