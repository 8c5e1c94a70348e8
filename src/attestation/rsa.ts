import { toBase64 } from "../core/base64.ts"

/** What the platform's WebCrypto verifies: there is no RSA in the libraries of this package. */
export interface RsaVerification {
  /** The modulus, big-endian without leading zeros, of a key with exponent 65537; or the DER of a SubjectPublicKeyInfo. */
  readonly key: { readonly modulus: Uint8Array } | Uint8Array
  readonly padding: "PKCS1-v1_5" | "PSS"
  readonly hash: { readonly name: "SHA-256" | "SHA-384" | "SHA-512"; readonly bytes: number }
  readonly message: Uint8Array
  readonly signature: Uint8Array
}

const LEAST_BITS = 2_048
const MOST_BITS = 4_096

/** RSASSA-PKCS1-v1_5 and RSASSA-PSS (RFC 8017, 8.1 and 8.2), with keys of 2,048 to 4,096 bits. */
export async function verifyRsa({ key, padding, hash, message, signature }: RsaVerification): Promise<boolean> {
  const name = padding === "PSS" ? "RSA-PSS" : "RSASSA-PKCS1-v1_5"
  try {
    const imported = await importKey(key, { name, hash: hash.name })
    const { modulusLength } = imported.algorithm as { readonly modulusLength?: number }
    if (modulusLength === undefined || modulusLength < LEAST_BITS || modulusLength > MOST_BITS) return false
    const copies = [Uint8Array.from(signature), Uint8Array.from(message)] as const
    for (const saltLength of padding === "PSS" ? saltLengths(modulusLength / 8, hash.bytes) : [0])
      if (await crypto.subtle.verify({ name, saltLength }, imported, ...copies)) return true
    return false
  } catch {
    return false // the key is none
  }
}

function importKey(key: RsaVerification["key"], algorithm: { name: string; hash: string }) {
  if (key instanceof Uint8Array)
    return crypto.subtle.importKey("spki", Uint8Array.from(key), algorithm, false, ["verify"])
  const jwk = { kty: "RSA", n: base64Url(key.modulus), e: "AQAB" }
  return crypto.subtle.importKey("jwk", jwk, algorithm, false, ["verify"])
}

/** A TPM salts with as many bytes as the hash has, or, of older make, with all that the key has room for (Part 1, B.7). */
function saltLengths(modulusBytes: number, hashBytes: number): number[] {
  return [hashBytes, modulusBytes - hashBytes - 2]
}

function base64Url(bytes: Uint8Array): string {
  return toBase64(bytes).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "")
}

/** RSAES-OAEP with SHA-256 (RFC 8017, 7.1); the label goes in as it is. The platform's generator salts it. */
export async function encryptOaep(
  key: { readonly modulus: Uint8Array },
  label: Uint8Array,
  message: Uint8Array,
): Promise<Uint8Array> {
  const jwk = { kty: "RSA", n: base64Url(key.modulus), e: "AQAB" }
  const algorithm = { name: "RSA-OAEP", hash: "SHA-256" }
  const imported = await crypto.subtle.importKey("jwk", jwk, algorithm, false, ["encrypt"])
  const asked = { name: "RSA-OAEP", label: Uint8Array.from(label) }
  return new Uint8Array(await crypto.subtle.encrypt(asked, imported, Uint8Array.from(message)))
}
