import { bytesToHex, concatBytes, hexToBytes, utf8ToBytes } from "@noble/hashes/utils.js"

export { concatBytes, utf8ToBytes }

/** Hex with its 0x, as the chain client's types have it. */
export type Hex = `0x${string}`

/** Bytes as lower-case 0x-hex. */
export function toHex(bytes: Uint8Array): Hex {
  return `0x${bytesToHex(bytes)}`
}

/** Bytes of a hex text with or without 0x; undefined when it is no such text, or not of `length` bytes where given. */
export function fromHex(text: string, length?: number): Uint8Array | undefined {
  const digits = text.startsWith("0x") ? text.slice(2) : text
  if (digits.length % 2 !== 0 || !/^[0-9a-fA-F]*$/.test(digits)) return undefined
  if (length !== undefined && digits.length !== 2 * length) return undefined
  return hexToBytes(digits)
}

/** Whether two byte strings are equal, in time that depends on their lengths alone. */
export function equalBytes(a: Uint8Array, b: Uint8Array): boolean {
  if (a.length !== b.length) return false
  let difference = 0
  for (let i = 0; i < a.length; i++) difference |= (a[i] as number) ^ (b[i] as number)
  return difference === 0
}
