import { decode, encode, Token, Type } from "cborg"
import type { DecodeOptions, EncodeOptions } from "cborg"
import { BoundedTokenizer } from "../bounded-cbor.ts"
import type { Bounds } from "../bounds.ts"

const ENCODING: EncodeOptions = {
  ignoreUndefinedProperties: true,
  typeEncoders: { undefined: () => new Token(Type.null, null) },
  // Keys keep their order.
  mapSorter: () => 0,
}

/**
 * Not `strict`: that refuses lengths written longer than they need be, as cbor-x (and with it wampy) writes those of
 * maps. Tag 64, typed array of bytes (RFC 8746), is how cbor-x marks a Uint8Array by default; all other tags are
 * refused, since they would make the decoder build other things than lists, dictionaries and plain values.
 */
const DECODING: DecodeOptions = {
  strict: false,
  allowBigInt: true,
  allowIndefinite: true,
  allowUndefined: true,
  rejectDuplicateMapKeys: true,
  tags: {
    64: (item) => {
      const value = item()
      if (!(value instanceof Uint8Array)) throw new TypeError("tag 64 is not on a byte string")
      return value
    },
  },
}

export function encodeCbor(value: unknown): Uint8Array {
  return encode(value, ENCODING)
}

/** One CBOR item and nothing after it. Integers beyond 2^53 become bigints. Throws on anything else. */
export function decodeCbor(bytes: Uint8Array, bounds: Bounds): unknown {
  const options = { ...DECODING, tokenizer: new BoundedTokenizer(bytes, DECODING, bounds) }
  const value: unknown = decode(bytes, options)
  if (!options.tokenizer.done()) throw new RangeError("bytes follow the CBOR item")
  return value
}
