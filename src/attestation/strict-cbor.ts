import { decode, Token, Type, type DecodeOptions } from "cborg"
import { BoundedTokenizer } from "../core/bounded-cbor.ts"
import type { Bounds } from "../core/bounds.ts"
import { E2eeError } from "../core/errors.ts"
import { malformed, tooLarge } from "./refusals.ts"

const DECODING: DecodeOptions = {
  strict: true,
  rejectDuplicateMapKeys: true,
  allowUndefined: false,
  allowBigInt: true,
  allowNaN: false,
  allowInfinity: false,
  useMaps: true,
  retainStringBytes: true,
}
const utf8 = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true })

export interface CborBounds extends Bounds {
  readonly bytes: number
  /** Whether lists and maps may have no length and an end instead. */
  readonly indefinite?: boolean
}

/**
 * One CBOR item and nothing after it: shortest forms, no tags, as a rule definite lengths; maps become `Map`. Throws
 * `attestation.too_large`, `attestation.malformed`.
 */
export function decodeStrictly(bytes: Uint8Array, what: string, bounds: CborBounds): unknown {
  if (bytes.length > bounds.bytes) throw tooLarge(what, bytes.length, bounds.bytes)
  const decoding = { ...DECODING, allowIndefinite: bounds.indefinite ?? false }
  const tokenizer = new StrictTextTokenizer(bytes, decoding, bounds)
  try {
    const value: unknown = decode(bytes, { ...decoding, tokenizer })
    if (!tokenizer.done()) throw new TypeError("bytes follow the item")
    return value
  } catch (cause) {
    if (cause instanceof RangeError) throw new E2eeError("attestation.too_large", `${what} is ${cause.message}`)
    throw malformed(what)(cause instanceof Error ? cause.message : "no CBOR")
  }
}

/** The decoder replaces invalid UTF-8 in silence. */
class StrictTextTokenizer extends BoundedTokenizer {
  override next(): Token {
    const token = super.next()
    if (Type.equals(token.type, Type.string) && token.byteValue !== undefined) utf8.decode(token.byteValue)
    return token
  }
}
