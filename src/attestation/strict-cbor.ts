import { decode, Token, Type, type DecodeOptions } from "cborg"
import { BoundedTokenizer } from "../core/bounded-cbor.ts"
import type { Bounds } from "../core/bounds.ts"
import { E2eeError } from "../core/errors.ts"
import { malformed, tooLarge } from "./refusals.ts"

const DECODING: DecodeOptions = {
  strict: true,
  rejectDuplicateMapKeys: true,
  allowIndefinite: false,
  allowUndefined: false,
  allowBigInt: true,
  allowNaN: false,
  allowInfinity: false,
  useMaps: true,
  retainStringBytes: true,
}
const utf8 = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true })

/**
 * One CBOR item and nothing after it: definite lengths, shortest forms, no tags; maps become `Map`. Throws
 * `attestation.too_large`, `attestation.malformed`.
 */
export function decodeStrictly(bytes: Uint8Array, what: string, bounds: Bounds & { readonly bytes: number }): unknown {
  if (bytes.length > bounds.bytes) throw tooLarge(what, bytes.length, bounds.bytes)
  const tokenizer = new StrictTextTokenizer(bytes, DECODING, bounds)
  try {
    const value: unknown = decode(bytes, { ...DECODING, tokenizer })
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
