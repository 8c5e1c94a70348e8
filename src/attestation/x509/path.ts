import { equalBytes, toHex } from "../../core/bytes.ts"
import { E2eeError } from "../../core/errors.ts"
import { rawSignature, verifyEcdsa } from "../ecdsa.ts"
import { verifyRsa } from "../rsa.ts"
import { EC_PUBLIC_KEY, type X509, type X509Key } from "./certificate.ts"

/** POSIX milliseconds between which every certificate of a path counts. */
export interface Validity {
  readonly from: number
  readonly until: number
}

/** Certificates of a path at most, the root included. */
export const MOST_CERTIFICATES = 8
const RSA_ENCRYPTION = "1.2.840.113549.1.1.1"

const SIGNATURES = {
  "1.2.840.10045.4.3.2": { key: EC_PUBLIC_KEY, hash: { name: "SHA-256", bytes: 32 } },
  "1.2.840.10045.4.3.3": { key: EC_PUBLIC_KEY, hash: { name: "SHA-384", bytes: 48 } },
  "1.2.840.10045.4.3.4": { key: EC_PUBLIC_KEY, hash: { name: "SHA-512", bytes: 64 } },
  "1.2.840.113549.1.1.11": { key: RSA_ENCRYPTION, hash: { name: "SHA-256", bytes: 32 } },
  "1.2.840.113549.1.1.12": { key: RSA_ENCRYPTION, hash: { name: "SHA-384", bytes: 48 } },
  "1.2.840.113549.1.1.13": { key: RSA_ENCRYPTION, hash: { name: "SHA-512", bytes: 64 } },
} as const

/**
 * Judges a path, end certificate first, that has to end in a pinned certificate (RFC 5280, 6.1, without policies and name
 * constraints: who names them critical is refused by the parser). Nothing is said of revocation; of time the answer
 * says when all of them count. Throws `attestation.certificate`, `attestation.too_large`.
 */
export async function verifyPath(path: readonly X509[], pinned: readonly Uint8Array[]): Promise<Validity> {
  if (path.length > MOST_CERTIFICATES)
    throw new E2eeError(
      "attestation.too_large",
      `a path of ${path.length} certificates; expected at most ${MOST_CERTIFICATES}`,
    )
  const root = path.at(-1)
  if (root === undefined || !pinned.some((fingerprint) => equalBytes(fingerprint, root.fingerprint)))
    throw refusal(`the path ends in ${root === undefined ? "nothing" : toHex(root.fingerprint)}, which is not pinned`)
  let below = 0
  for (const [i, certificate] of path.entries()) {
    if (i > 0) checkAuthority(certificate, i, below)
    if (i > 0 && !equalBytes(certificate.issuer, certificate.subject)) below++
    const issuer = path[i + 1]
    if (issuer === undefined) continue // what is pinned needs nobody's signature
    if (!equalBytes(certificate.issuer, issuer.subject))
      throw refusal(`certificate ${i} was issued by another name than certificate ${i + 1} has`)
    if (!(await signedBy(certificate, issuer.key)))
      throw refusal(`certificate ${i} is not signed by certificate ${i + 1}`)
  }
  const from = Math.max(...path.map(({ notBefore }) => notBefore))
  const until = Math.min(...path.map(({ notAfter }) => notAfter))
  if (!(from <= until)) throw refusal("the certificates of the path never count at the same time")
  return { from, until }
}

/** @param below certificates between this one and the end certificate that are not self-issued */
function checkAuthority({ pathLength, keyUsage }: X509, i: number, below: number): void {
  if (pathLength === undefined) throw refusal(`certificate ${i} issues another one and is no CA`)
  if (below > pathLength) throw refusal(`certificate ${i} allows ${pathLength} CAs below it; there are ${below}`)
  if (keyUsage?.has("keyCertSign") !== true) throw refusal(`the key of certificate ${i} may not sign certificates`)
}

async function signedBy({ algorithm, signed, signature }: X509, key: X509Key): Promise<boolean> {
  const scheme = Object.hasOwn(SIGNATURES, algorithm) ? SIGNATURES[algorithm as keyof typeof SIGNATURES] : undefined
  if (scheme === undefined || scheme.key !== key.algorithm) return false
  const { hash } = scheme
  if (scheme.key === RSA_ENCRYPTION)
    return verifyRsa({ key: key.spki, padding: "PKCS1-v1_5", hash, message: signed, signature })
  const { curve, bytes: point } = key
  const raw = curve && rawSignature(signature, curve)
  if (curve === undefined || raw === undefined) return false
  return verifyEcdsa({ curve, point, hash: hash.name, message: signed, signature: raw })
}

function refusal(reason: string): E2eeError {
  return new E2eeError("attestation.certificate", reason)
}

/** The path from a certificate upwards out of a pool, as far as it goes: each is signed by the next. */
export async function buildPath(leaf: X509, pool: readonly X509[]): Promise<X509[]> {
  const path = [leaf]
  while (path.length < MOST_CERTIFICATES) {
    const last = path.at(-1) as X509
    if (equalBytes(last.issuer, last.subject)) break
    let next: X509 | undefined
    for (const candidate of pool)
      if (!path.includes(candidate) && equalBytes(candidate.subject, last.issuer))
        if (await signedBy(last, candidate.key)) next ??= candidate
    if (next === undefined) break
    path.push(next)
  }
  return path
}
