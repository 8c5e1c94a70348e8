import { secp256k1 } from "@noble/curves/secp256k1.js"
import { addressOfPublicKey, type Address } from "../core/address.ts"
import { concatBytes, fromHex, toHex, type Hex } from "../core/bytes.ts"
import type { Secret } from "../core/secret.ts"

/**
 * The one signature form accepted here and on-chain (CCR-17): 65 bytes r, s, v with 0 < s <= n/2 and v of 27 or 28.
 * Undefined for anything else, so that no certificate has two valid signatures of one signer.
 */
export function parseSignature(text: string): Hex | undefined {
  const bytes = fromHex(text, 65)
  if (bytes === undefined || (bytes[64] !== 27 && bytes[64] !== 28)) return undefined
  try {
    if (secp256k1.Signature.fromBytes(bytes.subarray(0, 64), "compact").hasHighS()) return undefined
  } catch {
    return undefined // r or s is zero or not below the group's order
  }
  return toHex(bytes)
}

/** Who signed a digest (32 bytes), or undefined when nobody can have. The signature has the form of {@link parseSignature}. */
export function recoverSigner(digest: Hex, signature: Hex): Address | undefined {
  const hash = fromHex(digest, 32)
  const bytes = fromHex(signature, 65)
  if (hash === undefined || bytes === undefined) return undefined
  try {
    const parsed = secp256k1.Signature.fromBytes(bytes.subarray(0, 64), "compact")
    const point = parsed.addRecoveryBit((bytes[64] as number) - 27).recoverPublicKey(hash)
    return addressOfPublicKey(point.toBytes(false))
  } catch {
    return undefined // r is the x of no point
  }
}

/** Signs a digest (32 bytes) with a secp256k1 key (32 bytes): deterministic (RFC 6979), low s, v of 27 or 28. */
export function signDigest(digest: Hex, key: Secret): Hex {
  const recovered = secp256k1.sign(fromHex(digest, 32) as Uint8Array, key.expose(), {
    prehash: false,
    format: "recovered",
  })
  return toHex(concatBytes(recovered.subarray(1), Uint8Array.of((recovered[0] as number) + 27)))
}

/** The address of a secp256k1 secret key (32 bytes). */
export function addressOfKey(key: Secret): Address {
  return addressOfPublicKey(secp256k1.getPublicKey(key.expose(), false))
}
