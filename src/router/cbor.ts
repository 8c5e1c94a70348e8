import { decode, encode, Token, Tokenizer, Type } from "cborg"
import type { DecodeOptions, EncodeOptions } from "cborg"
import { Tally } from "./bounds.ts"
import type { Bounds } from "./bounds.ts"

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

/** Watches depth and number of items on the way from bytes to tokens, before the decoder recurses. */
class BoundedTokenizer extends Tokenizer {
  readonly #tally: Tally
  /** Items still to come in each open list, dictionary and tag; infinite where only a break ends it. */
  readonly #open: number[] = []

  constructor(bytes: Uint8Array, options: DecodeOptions, bounds: Bounds) {
    // Not a Buffer, whose slices would be views of what is to be received next.
    super(new Uint8Array(bytes.buffer, bytes.byteOffset, bytes.byteLength), options)
    this.#tally = new Tally(bounds)
  }

  override next(): Token {
    const token = super.next()
    if (Type.equals(token.type, Type.break)) {
      this.#open.pop()
      return token
    }
    while (this.#open.length > 0 && this.#open.at(-1) === 0) this.#open.pop()
    if (this.#open.length > 0) this.#open.push((this.#open.pop() ?? 0) - 1)
    const isMap = Type.equals(token.type, Type.map)
    if (isMap || Type.equals(token.type, Type.array) || Type.equals(token.type, Type.tag)) {
      const items = Type.equals(token.type, Type.tag) ? 1 : Number(token.value) * (isMap ? 2 : 1)
      this.#open.push(items)
      this.#tally.enter(this.#open.length, Number.isFinite(items) ? items : 0)
    } else if (this.#open.at(-1) === Infinity) {
      this.#tally.enter(this.#open.length, 1)
    }
    return token
  }
}
