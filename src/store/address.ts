import { secp256k1 } from "@noble/curves/secp256k1.js"
import { addressOf, type Address } from "../core/address.ts"
import { fromHex } from "../core/bytes.ts"
import type { Secret } from "../core/secret.ts"

export { addressOfKey } from "../certificate/signature.ts"

/** Whether these are 32 bytes that secp256k1 takes for a private key. */
export function isEthereumKey(key: Secret): boolean {
  return key.length === 32 && secp256k1.utils.isValidSecretKey(key.expose())
}

/** An address as keystore files have it, in hex with or without 0x and in any case; undefined if it is none. */
export function parseAddress(text: unknown): Address | undefined {
  const bytes = typeof text === "string" ? fromHex(text, 20) : undefined
  return bytes && addressOf(bytes)
}
