import { secp256k1 } from "@noble/curves/secp256k1.js"
import { keccak_256 } from "@noble/hashes/sha3.js"
import { fromHex, type Hex, toHex, utf8ToBytes } from "../core/bytes.ts"
import type { Secret } from "../core/secret.ts"

/** Whether these are 32 bytes that secp256k1 takes for a private key. */
export function isEthereumKey(key: Secret): boolean {
  return key.length === 32 && secp256k1.utils.isValidSecretKey(key.expose())
}

/** The Ethereum address of a private key, with the capitals of EIP-55. */
export function addressOfKey(key: Secret): Hex {
  const point = secp256k1.getPublicKey(key.expose(), false)
  return checksummed(toHex(keccak_256(point.subarray(1)).subarray(12)))
}

/** An address in hex, with or without 0x and in any case, in the form of EIP-55; undefined if it is none. */
export function parseAddress(text: unknown): Hex | undefined {
  const bytes = typeof text === "string" ? fromHex(text, 20) : undefined
  return bytes && checksummed(toHex(bytes))
}

function checksummed(address: Hex): Hex {
  const digits = address.slice(2)
  const hash = toHex(keccak_256(utf8ToBytes(digits))).slice(2)
  const capitals = digits.replaceAll(/[a-f]/g, (digit, at: number) =>
    Number.parseInt(hash.charAt(at), 16) >= 8 ? digit.toUpperCase() : digit,
  )
  return `0x${capitals}`
}
