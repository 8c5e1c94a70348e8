import { concatBytes } from "./bytes.ts"

/** Bytes of a number of `length` bytes, the highest first. */
export function bigEndian(value: number | bigint, length: number): Uint8Array {
  const bytes = new Uint8Array(length)
  let rest = BigInt(value)
  for (let i = length - 1; i >= 0; i--, rest >>= 8n) bytes[i] = Number(rest & 0xffn)
  if (rest !== 0n || BigInt(value) < 0n) throw new RangeError(`${value} does not fit into ${length} bytes`)
  return bytes
}

export const u8 = (value: number): Uint8Array => bigEndian(value, 1)
export const u16 = (value: number): Uint8Array => bigEndian(value, 2)
export const u32 = (value: number): Uint8Array => bigEndian(value, 4)
export const u64 = (value: number | bigint): Uint8Array => bigEndian(value, 8)

/** Bytes behind their 16-bit length: a TPM2B. */
export function sized16(...parts: readonly Uint8Array[]): Uint8Array {
  const bytes = concatBytes(...parts)
  return concatBytes(u16(bytes.length), bytes)
}

/** Bytes behind their 32-bit length. */
export function sized32(...parts: readonly Uint8Array[]): Uint8Array {
  const bytes = concatBytes(...parts)
  return concatBytes(u32(bytes.length), bytes)
}
