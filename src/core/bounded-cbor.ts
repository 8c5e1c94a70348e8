import { Tokenizer, Type, type DecodeOptions, type Token } from "cborg"
import { Tally, type Bounds } from "./bounds.ts"

/** Watches depth and number of items on the way from bytes to tokens, before the decoder recurses. */
export class BoundedTokenizer extends Tokenizer {
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
