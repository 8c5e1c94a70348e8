import type { Secret } from "../core/secret.ts"
import { certificateDigest } from "./digest.ts"
import { stringifyJson } from "../core/exact-json.ts"
import { signDigest } from "./signature.ts"
import {
  DOMAIN,
  DOMAIN_FIELDS,
  typeOf,
  type AuthorityCertificate,
  type Certificate,
  type CertificateChain,
  type DelegateCertificate,
  type SignedCertificate,
} from "./types.ts"

/** Signs an authority certificate with the issuer's key, or a delegate certificate with the delegate's (32 bytes). */
export function issueCertificate<C extends Certificate>(certificate: C, key: Secret): SignedCertificate<C> {
  const digest = certificateDigest(certificate)
  return { certificate, digest, signature: signDigest(digest, key) }
}

export function authorityCertificate(fields: Omit<AuthorityCertificate, "kind">): AuthorityCertificate {
  return { kind: "authority", ...fields }
}

export function delegateCertificate(fields: Omit<DelegateCertificate, "kind">): DelegateCertificate {
  return { kind: "delegate", ...fields }
}

/** The specification's form of a certificate: `[typedData, signature]`, hex of signature and csPubKey without 0x. */
export function toTypedData({ certificate, signature }: SignedCertificate): [Record<string, unknown>, string] {
  const { name, fields } = typeOf(certificate.kind)
  const values = certificate as unknown as Readonly<Record<string, unknown>>
  const message: Record<string, unknown> = {}
  for (const field of fields) {
    const value = values[field.name]
    message[field.name] = field.type === "bytes32" && typeof value === "string" ? value.slice(2) : value
  }
  const types = { [name]: fields, EIP712Domain: DOMAIN_FIELDS }
  return [{ domain: DOMAIN, message, primaryType: name, types }, signature.slice(2)]
}

/** JSON text of a chain in the specification's form; integers are bare numbers of any size. */
export function chainToJson(chain: CertificateChain, indent?: number): string {
  return stringifyJson(chain.map(toTypedData), indent)
}
