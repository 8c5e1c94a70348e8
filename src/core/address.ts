import { keccak_256 } from "@noble/hashes/sha3.js"
import { bytesToHex, utf8ToBytes } from "@noble/hashes/utils.js"
import { fromHex, type Hex } from "./bytes.ts"

/** An EVM address with its EIP-55 checksum: inside this library the only form, so that equal addresses are equal texts. */
export type Address = Hex

export const ZERO_ADDRESS: Address = "0x0000000000000000000000000000000000000000"

/** The EIP-55 form of 20 bytes. */
export function addressOf(bytes: Uint8Array): Address {
  const digits = bytesToHex(bytes)
  const hash = bytesToHex(keccak_256(utf8ToBytes(digits)))
  let text = ""
  for (const [i, digit] of [...digits].entries())
    text += Number.parseInt(hash.charAt(i), 16) >= 8 ? digit.toUpperCase() : digit
  return `0x${text}`
}

/** The address that a text names, or undefined. One case throughout is accepted; mixed case must be a right checksum. */
export function parseAddress(text: string): Address | undefined {
  if (!/^0x[0-9a-fA-F]{40}$/.test(text)) return undefined
  const bytes = fromHex(text)
  if (bytes === undefined) return undefined
  const address = addressOf(bytes)
  const digits = text.slice(2)
  const mixed = digits !== digits.toLowerCase() && digits !== digits.toUpperCase()
  return mixed && address !== text ? undefined : address
}

/** The address of an uncompressed secp256k1 public key (65 bytes, first 0x04). */
export function addressOfPublicKey(publicKey: Uint8Array): Address {
  return addressOf(keccak_256(publicKey.subarray(1)).subarray(12))
}
