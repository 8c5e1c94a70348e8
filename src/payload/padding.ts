import { E2eeError } from "../core/errors.ts"

/**
 * Size classes that tell a router O(log log n) bits about a length and cost 12 % at most (Padmé: Nikitin et al., Reducing
 * Metadata Leakage from Encrypted Files and Communication with PURBs, PoPETs 2019).
 */
export function paddedLength(length: number): number {
  if (length < 2) return length
  const exponent = Math.floor(Math.log2(length))
  const free = exponent - (Math.floor(Math.log2(exponent)) + 1)
  const step = 2 ** Math.max(0, free)
  return Math.ceil(length / step) * step
}

const MARK = 0x80

/** The bytes, one that marks their end, and zeros up to their size class or to `most` bytes (ISO/IEC 7816-4). */
export function pad(bytes: Uint8Array, most: number): Uint8Array {
  const length = bytes.length + 1
  const padded = new Uint8Array(Math.max(length, Math.min(paddedLength(length), most)))
  padded.set(bytes)
  padded[bytes.length] = MARK
  return padded
}

/** What was padded; the box was authentic before. Throws `payload.decode_failed`. */
export function unpad(padded: Uint8Array): Uint8Array {
  const end = padded.findLastIndex((byte) => byte !== 0)
  if (padded[end] === MARK) return padded.subarray(0, end)
  throw new E2eeError("payload.decode_failed", "the opened payload has no end of padding; its scope has padding")
}
