import { deflateSync, gzipSync, Gunzip } from "fflate"
import { concatBytes } from "../core/bytes.ts"
import type { Compression } from "./compression.ts"

/** Bytes inflated at a time. Each gives 1,032 at most (RFC 1951, 3.2.5), so that a stream is stopped 4 MiB late at worst. */
const SLICE = 4_096
/** The beginning of a gzip member without name, comment or other fields (RFC 1952, 2.3). */
const HEAD = Uint8Array.of(0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 0xff)
/** CRC and length behind a member's stream. */
const TAIL_BYTES = 8

/** Raw DEFLATE (RFC 1951). */
export const deflate: Compression = {
  name: "deflate",
  compress: (bytes) => deflateSync(bytes),
  decompress: (bytes, length) => inflate(concatBytes(HEAD, bytes, new Uint8Array(TAIL_BYTES)), length),
}

/** One gzip member (RFC 1952) without name, comment or other fields, whose CRC and length are right. */
export const gzip: Compression = {
  name: "gzip",
  compress: (bytes) => gzipSync(bytes, { mtime: 0 }),
  decompress(bytes, length) {
    if (bytes.length < HEAD.length + TAIL_BYTES || bytes[3] !== 0) throw new TypeError("no plain gzip member")
    const plain = inflate(bytes, length)
    const tail = new DataView(bytes.buffer, bytes.byteOffset + bytes.length - TAIL_BYTES, TAIL_BYTES)
    if (tail.getUint32(0, true) !== crc32(plain) || tail.getUint32(4, true) !== length)
      throw new TypeError("its CRC or length is another")
    return plain
  },
}

/**
 * The `length` bytes of one gzip member that is all of `member`. The library leaves bytes behind a stream alone, and takes
 * a stream that is cut short; but it tells where the next member begins. So one follows, which must begin at the end.
 */
function inflate(member: Uint8Array, length: number): Uint8Array {
  const plain = new Uint8Array(length)
  let at = 0
  let end: number | undefined
  const gunzip = new Gunzip((chunk) => {
    plain.set(chunk, at) // throws beyond the end: no more is inflated
    at += chunk.length
  })
  gunzip.onmember = (offset) => (end ??= offset)
  for (let from = 0; from < member.length; from += SLICE) gunzip.push(member.slice(from, from + SLICE))
  gunzip.push(HEAD.slice())
  if (at !== length || end !== member.length) throw new TypeError("the stream is cut short, or bytes follow it")
  return plain
}

const CRC_TABLE = Uint32Array.from({ length: 256 }, (_, byte) => {
  let crc = byte
  for (let bit = 0; bit < 8; bit++) crc = crc & 1 ? (crc >>> 1) ^ 0xedb88320 : crc >>> 1
  return crc
})

/** RFC 1952, 8. */
function crc32(bytes: Uint8Array): number {
  let crc = ~0
  for (const byte of bytes) crc = (crc >>> 8) ^ (CRC_TABLE[(crc ^ byte) & 0xff] as number)
  return ~crc >>> 0
}
