import { toBase64 } from "../core/base64.ts"

/** What the platform's WebCrypto verifies: there is no RSA in the libraries of this package. */
export interface RsaVerification {
  /** Big-endian without leading zeros; the exponent is 65537. */
  readonly modulus: Uint8Array
  readonly padding: "PKCS1-v1_5" | "PSS"
  readonly hash: { readonly name: "SHA-256" | "SHA-384" | "SHA-512"; readonly bytes: number }
  readonly message: Uint8Array
  readonly signature: Uint8Array
}

/** RSASSA-PKCS1-v1_5 and RSASSA-PSS (RFC 8017, 8.1 and 8.2). */
export async function verifyRsa(asked: RsaVerification): Promise<boolean> {
  const { modulus, padding, hash, message, signature } = asked
  if (signature.length !== modulus.length) return false
  const name = padding === "PSS" ? "RSA-PSS" : "RSASSA-PKCS1-v1_5"
  try {
    const jwk = { kty: "RSA", n: base64Url(modulus), e: "AQAB" }
    const key = await crypto.subtle.importKey("jwk", jwk, { name, hash: hash.name }, false, ["verify"])
    const copy = [Uint8Array.from(signature), Uint8Array.from(message)] as const
    for (const saltLength of padding === "PSS" ? saltLengths(modulus.length, hash.bytes) : [0])
      if (await crypto.subtle.verify({ name, saltLength }, key, ...copy)) return true
    return false
  } catch {
    return false // the modulus is none
  }
}

/** A TPM salts with as many bytes as the hash has, or, of older make, with all that the key has room for (Part 1, B.7). */
function saltLengths(modulusBytes: number, hashBytes: number): number[] {
  return [hashBytes, modulusBytes - hashBytes - 2]
}

function base64Url(bytes: Uint8Array): string {
  return toBase64(bytes).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "")
}
