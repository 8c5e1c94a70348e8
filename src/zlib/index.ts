// As a whole: a name that an older Node lacks would otherwise keep this module from being loaded at all.
import zlib, { type InputType } from "node:zlib"
import { E2eeError } from "../core/errors.ts"
import type { Compression } from "../payload/compression.ts"

export type { Compression }

/** Brotli (RFC 7932) of Node, as `compression` of a scope. @param quality 0 (fast) to 11 (small) */
export function brotli({ quality = 5 }: { readonly quality?: number } = {}): Compression {
  requireLevel("quality", quality, 0, 11)
  return {
    name: "brotli",
    compress: (bytes) =>
      owned(zlib.brotliCompressSync(bytes, { params: { [zlib.constants.BROTLI_PARAM_QUALITY]: quality } })),
    decompress: (bytes, length) => exactly(zlib.brotliDecompressSync, bytes, { maxOutputLength: length }),
  }
}

/** Base-2 logarithms of windows: as large as a payload may be, and what a decoder has to be able to hold (RFC 8878, 3.1.1.1.2). */
const WINDOW = { written: 20, read: 23 }

/**
 * Zstandard (RFC 8878) of Node >= 22.15, as `compression` of a scope. Throws `session.unsupported` where Node has none.
 * @param level 1 (fast) to 19 (small)
 */
export function zstd({ level = 3 }: { readonly level?: number } = {}): Compression {
  requireLevel("level", level, 1, 19)
  if (typeof zlib.zstdCompressSync !== "function")
    throw new E2eeError("session.unsupported", `Node ${process.version} has no zstd; use Node >= 22.15, or brotli`)
  const writing = { [zlib.constants.ZSTD_c_compressionLevel]: level, [zlib.constants.ZSTD_c_windowLog]: WINDOW.written }
  const reading = { [zlib.constants.ZSTD_d_windowLogMax]: WINDOW.read }
  return {
    name: "zstd",
    compress: (bytes) => owned(zlib.zstdCompressSync(bytes, { params: writing })),
    decompress: (bytes, length) =>
      exactly(zlib.zstdDecompressSync, bytes, { maxOutputLength: length, params: reading }),
  }
}

interface Limits {
  readonly maxOutputLength: number
  readonly params?: Readonly<Record<number, number>>
}

/** All of the bytes and nothing but one stream in them: Node leaves alone what follows the stream. */
function exactly(
  work: (bytes: InputType, options: Limits & { info: true }) => unknown,
  bytes: Uint8Array,
  limits: Limits,
): Uint8Array {
  // With `info` Node also tells how many bytes it took; its types do not say so.
  const { buffer, engine } = work(bytes, { ...limits, info: true }) as {
    readonly buffer: Buffer
    readonly engine: { readonly bytesWritten: number }
  }
  if (engine.bytesWritten !== bytes.length) throw new TypeError("bytes follow the stream")
  return owned(buffer)
}

function owned(bytes: Buffer): Uint8Array {
  return Uint8Array.from(bytes)
}

function requireLevel(name: string, value: number, least: number, most: number): void {
  if (Number.isInteger(value) && value >= least && value <= most) return
  throw new E2eeError("usage.invalid", `${name} ${value}; expected an integer from ${least} to ${most}`)
}
