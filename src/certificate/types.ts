import type { Address } from "../core/address.ts"
import type { Hex } from "../core/bytes.ts"

/** What an issuer says of a subject: authentication_cryptosign.md, `EIP712AuthorityCertificate`. */
export interface AuthorityCertificate {
  readonly kind: "authority"
  /** EVM chain id, uint256. */
  readonly chainId: bigint
  /** The registry that the certificate is for. */
  readonly verifyingContract: Address
  /** Block number from which the certificate is valid, uint256. */
  readonly validFrom: bigint
  readonly issuer: Address
  readonly subject: Address
  readonly realm: Address
  /** Bit set, see capabilities.ts, uint64. */
  readonly capabilities: bigint
  readonly meta: string
}

/** What a delegate says of its session key: authentication_cryptosign.md, `EIP712DelegateCertificate`. */
export interface DelegateCertificate {
  readonly kind: "delegate"
  readonly chainId: bigint
  readonly verifyingContract: Address
  readonly validFrom: bigint
  readonly delegate: Address
  /** Ed25519 public key of WAMP-cryptosign, 32 bytes. */
  readonly csPubKey: Hex
  /** POSIX time in nanoseconds, uint64: a bigint always, as a JavaScript number the digest would be silently wrong. */
  readonly bootedAt: bigint
  readonly meta: string
}

export type Certificate = AuthorityCertificate | DelegateCertificate

/** A certificate with its signature, as parsed or issued; whether the signature is valid is the chain rules' question. */
export interface SignedCertificate<C extends Certificate = Certificate> {
  readonly certificate: C
  /** r, s, v: 65 bytes, low s, v of 27 or 28. */
  readonly signature: Hex
  /** EIP-712 digest, 32 bytes, recomputed here: the certificate's name in caches and revocations. */
  readonly digest: Hex
}

/** Delegate certificate first, root certificate last. */
export type CertificateChain = readonly SignedCertificate[]

interface Field {
  readonly name: string
  readonly type: "uint256" | "uint64" | "address" | "bytes32" | "string"
}

export const AUTHORITY_TYPE = "EIP712AuthorityCertificate"
export const DELEGATE_TYPE = "EIP712DelegateCertificate"

/** Field order is part of the hash. */
export const AUTHORITY_FIELDS: readonly Field[] = [
  { name: "chainId", type: "uint256" },
  { name: "verifyingContract", type: "address" },
  { name: "validFrom", type: "uint256" },
  { name: "issuer", type: "address" },
  { name: "subject", type: "address" },
  { name: "realm", type: "address" },
  { name: "capabilities", type: "uint64" },
  { name: "meta", type: "string" },
]

export const DELEGATE_FIELDS: readonly Field[] = [
  { name: "chainId", type: "uint256" },
  { name: "verifyingContract", type: "address" },
  { name: "validFrom", type: "uint256" },
  { name: "delegate", type: "address" },
  { name: "csPubKey", type: "bytes32" },
  { name: "bootedAt", type: "uint64" },
  { name: "meta", type: "string" },
]

export const DOMAIN_FIELDS: readonly Field[] = [
  { name: "name", type: "string" },
  { name: "version", type: "string" },
]

/** The whole domain: chain id and contract are fields of the message instead. */
export const DOMAIN = { name: "WMP", version: "1" } as const

/** EIP-712 type name and fields of a kind of certificate. */
export function typeOf(kind: Certificate["kind"]): { name: string; fields: readonly Field[] } {
  return kind === "authority"
    ? { name: AUTHORITY_TYPE, fields: AUTHORITY_FIELDS }
    : { name: DELEGATE_TYPE, fields: DELEGATE_FIELDS }
}
