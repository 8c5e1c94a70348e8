import { decode, encode, encodeInto, Token, Type, type DecodeOptions, type EncodeOptions } from "cborg"
import { BoundedTokenizer } from "../core/bounded-cbor.ts"
import { E2eeError } from "../core/errors.ts"
import { LIMITS } from "./limits.ts"
import { refuseForbiddenKeys, refuseKey } from "./plain.ts"

/**
 * The serialiser `cbor` of scheme `wamp` (payload_passthru_mode.md): definite lengths, shortest forms, no tags, each
 * key once, integers of 64 bits without loss (bigint beyond 2^53). Keys that are not allowed are refused on both sides.
 */
const ENCODING: EncodeOptions = {
  ignoreUndefinedProperties: true,
  mapSorter: () => 0, // keys keep their order: `e2e` comes first in a frame
  typeEncoders: {
    undefined: () => new Token(Type.null, null), // as JSON does inside lists
    Object: (value: object) => {
      for (const key of Object.keys(value)) refuseKey(key)
      return null
    },
  },
}

const DECODING: DecodeOptions = {
  strict: true,
  rejectDuplicateMapKeys: true,
  allowIndefinite: false,
  allowUndefined: false,
  allowBigInt: true,
  retainStringBytes: true,
}
/**
 * What encoders of others write for the same values: any length of lengths and integers, maps without a length, undefined
 * for null, byte strings marked as such (RFC 8746, tag 64). wampy's, for one, does all but the second.
 */
const LOOSE: DecodeOptions = {
  ...DECODING,
  strict: false,
  allowIndefinite: true,
  allowUndefined: true,
  coerceUndefinedToNull: true,
  tags: {
    64: (content) => {
      const bytes = content()
      if (bytes instanceof Uint8Array) return bytes
      throw new TypeError("a value with tag 64 is no byte string")
    },
  },
}
const utf8 = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true })

/** Throws `payload.encode_failed` for functions, symbols, cycles and other values that CBOR lacks, or over the limits. */
export function encodeCbor(value: unknown): Uint8Array<ArrayBuffer> {
  let bytes: Uint8Array<ArrayBuffer>
  try {
    bytes = Uint8Array.from(encode(value, ENCODING))
  } catch (cause) {
    const why = cause instanceof Error ? cause.message : "unknown"
    throw new E2eeError("payload.encode_failed", `arguments cannot be encoded as CBOR: ${why}`, { cause })
  }
  checkSize(bytes.length)
  return bytes
}

/**
 * {@link encodeCbor} of what is secret: into a buffer of `most` bytes that its owner overwrites afterwards, so that no copy
 * stays where the encoder, or the platform, would keep it for the next one. Throws `payload.encode_failed` beyond.
 */
export function encodeCborWithin(most: number, value: unknown): Uint8Array<ArrayBuffer> {
  const buffer = new Uint8Array(most)
  try {
    return buffer.subarray(0, encodeInto(value, buffer, ENCODING).written)
  } catch (cause) {
    buffer.fill(0)
    throw new E2eeError("payload.encode_failed", `a secret message has more than ${most} bytes of CBOR`, { cause })
  }
}

/** One item and nothing after it. Throws `payload.too_large` or `payload.decode_failed`. */
export function decodeCbor(bytes: Uint8Array): unknown {
  return decodeBy(DECODING, bytes)
}

/** {@link decodeCbor} of what others wrote, within the same limits: for bytes that nothing is signed over. */
export function decodeLooseCbor(bytes: Uint8Array): unknown {
  return decodeBy(LOOSE, bytes)
}

function decodeBy(options: DecodeOptions, bytes: Uint8Array): unknown {
  checkSize(bytes.length)
  const tokenizer = new StrictTextTokenizer(bytes, options, LIMITS)
  try {
    const value: unknown = decode(bytes, { ...options, tokenizer })
    if (!tokenizer.done()) throw new TypeError("bytes follow the item")
    refuseForbiddenKeys(value)
    return value
  } catch (cause) {
    const code = cause instanceof RangeError ? "payload.too_large" : "payload.decode_failed"
    const why = cause instanceof Error ? cause.message : "unknown"
    throw new E2eeError(code, `the opened payload is not CBOR of this profile: ${why}`, { cause })
  }
}

function checkSize(length: number): void {
  if (length <= LIMITS.bytes) return
  throw new E2eeError("payload.too_large", `a payload of ${length} bytes; expected at most ${LIMITS.bytes}`)
}

/** The decoder replaces invalid UTF-8 in silence; two readers must never see different texts. */
class StrictTextTokenizer extends BoundedTokenizer {
  override next(): Token {
    const token = super.next()
    if (Type.equals(token.type, Type.string) && token.byteValue !== undefined) utf8.decode(token.byteValue)
    return token
  }
}
