import { toHex } from "../core/bytes.ts"
import type { Address } from "../core/address.ts"
import { ed25519PublicKey } from "../core/ed25519.ts"
import { Secret } from "../core/secret.ts"
import { ALL_CAPABILITIES, CAPABILITIES } from "./capabilities.ts"
import { authorityCertificate, delegateCertificate, issueCertificate } from "./issue.ts"
import { addressOfKey } from "./signature.ts"
import type { AuthorityCertificate, CertificateChain, SignedCertificate } from "./types.ts"

/** Where and from when certificates hold: the registries' chain and contract, a realm, a block number. */
export interface Place {
  readonly chainId: bigint
  readonly verifyingContract: Address
  readonly realm: Address
  readonly validFrom: bigint
}

/** What an operator may pass on to its machines: everything but founding realms. */
export const OPERATOR_CAPABILITIES = ALL_CAPABILITIES & ~CAPABILITIES["root-ca"]

/** What a realm's root says of itself, to be signed by it. */
export function rootStatement(place: Place, root: Address): AuthorityCertificate {
  return authorityCertificate({ ...place, issuer: root, subject: root, capabilities: ALL_CAPABILITIES, meta: "" })
}

/** What a root says of an operator's CA, to be signed by the root: what admits it to the realm. */
export function operatorStatement(place: Place, root: Address, operator: Address): AuthorityCertificate {
  return authorityCertificate({
    ...place,
    issuer: root,
    subject: operator,
    capabilities: OPERATOR_CAPABILITIES,
    meta: "",
  })
}

/** A realm's self-signed root certificate. */
export function rootCertificate(place: Place, rootKey: Secret): SignedCertificate<AuthorityCertificate> {
  return issueCertificate(rootStatement(place, addressOfKey(rootKey)), rootKey)
}

/** The root's certificate for an operator's CA. */
export function operatorCertificate(
  place: Place,
  rootKey: Secret,
  operator: Address,
): SignedCertificate<AuthorityCertificate> {
  return issueCertificate(operatorStatement(place, addressOfKey(rootKey), operator), rootKey)
}

/** A machine's chain: its own delegate certificate and its operator's certificate for it, before what vouches for the operator. */
export function delegateChain(
  place: Place,
  options: {
    readonly operatorKey: Secret
    readonly delegateKey: Secret
    readonly csKey: Secret
    readonly capabilities: bigint
    /** POSIX milliseconds. */
    readonly now: number
    readonly above: CertificateChain
  },
): CertificateChain {
  const { operatorKey, delegateKey, csKey, capabilities, now, above } = options
  const { realm, ...common } = place
  const delegate = addressOfKey(delegateKey)
  const bootedAt = BigInt(now) * 1_000_000n
  const own = delegateCertificate({ ...common, delegate, csPubKey: ed25519PublicKey(csKey), bootedAt, meta: "" })
  const authority = authorityCertificate({
    ...common,
    realm,
    issuer: addressOfKey(operatorKey),
    subject: delegate,
    capabilities,
    meta: "",
  })
  return [issueCertificate(own, delegateKey), issueCertificate(authority, operatorKey), ...above]
}

/** A fresh secp256k1 key or Ed25519 seed (32 bytes). The platform's generator; a value out of range is 2^-128 rare. */
export function randomSecret(): Secret {
  return new Secret(crypto.getRandomValues(new Uint8Array(32)))
}

/** A fresh salt of a realm, 32 bytes. */
export function randomSalt(): `0x${string}` {
  return toHex(crypto.getRandomValues(new Uint8Array(32)))
}
