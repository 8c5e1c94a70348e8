import { p256, p384 } from "@noble/curves/nist.js"

/** ECDSA as TPMs and vendors have it, by the platform's WebCrypto: in a tenth of the time that noble's curves need. */
export interface EcdsaVerification {
  readonly curve: "P-256" | "P-384"
  /** The point of the key, uncompressed: 04 || x || y. */
  readonly point: Uint8Array
  readonly hash: "SHA-256" | "SHA-384" | "SHA-512"
  readonly message: Uint8Array
  /** r || s, each as long as the field. */
  readonly signature: Uint8Array
}

/** Both halves of s count: neither TPMs nor vendors normalise it. */
export async function verifyEcdsa({ curve, point, hash, message, signature }: EcdsaVerification): Promise<boolean> {
  const name = "ECDSA"
  try {
    const algorithm = { name, namedCurve: curve }
    const key = await crypto.subtle.importKey("raw", Uint8Array.from(point), algorithm, false, ["verify"])
    return await crypto.subtle.verify({ name, hash }, key, Uint8Array.from(signature), Uint8Array.from(message))
  } catch {
    return false // the point is none of the curve
  }
}

/** r || s of a signature in DER; undefined for what is none. */
export function rawSignature(der: Uint8Array, curve: EcdsaVerification["curve"]): Uint8Array | undefined {
  try {
    return (curve === "P-256" ? p256 : p384).Signature.fromBytes(der, "der").toBytes("compact")
  } catch {
    return undefined
  }
}
