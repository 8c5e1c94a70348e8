import { Tokenizer, Type, type DecodeOptions, type Token } from "cborg"
import { Tally, type Bounds } from "./bounds.ts"

/** A list, dictionary or tag whose items are being read. */
interface Open {
  /** Items still to come; infinite where only a break ends them. */
  left: number
  readonly isMap: boolean
  /** Whether a key was read and its value was not. */
  halfway: boolean
}

/** Watches depth and number of items on the way from bytes to tokens, before the decoder recurses. */
export class BoundedTokenizer extends Tokenizer {
  readonly #tally: Tally
  readonly #open: Open[] = []

  constructor(bytes: Uint8Array, options: DecodeOptions, bounds: Bounds) {
    // Not a Buffer, whose slices would be views of what is to be received next.
    super(new Uint8Array(bytes.buffer, bytes.byteOffset, bytes.byteLength), options)
    this.#tally = new Tally(bounds)
  }

  override next(): Token {
    const token = super.next()
    while (this.#open.at(-1)?.left === 0) this.#open.pop()
    const around = this.#open.at(-1)
    if (Type.equals(token.type, Type.break)) {
      // The decoder would take one in a value's place for a value, a symbol.
      if (around?.left !== Infinity || (around.isMap && around.halfway))
        throw new TypeError("a break is not at the end of what has no length")
      this.#open.pop()
      return token
    }
    if (around !== undefined) {
      around.left -= 1
      around.halfway = !around.halfway
    }
    const isMap = Type.equals(token.type, Type.map)
    if (isMap || Type.equals(token.type, Type.array) || Type.equals(token.type, Type.tag)) {
      const items = Type.equals(token.type, Type.tag) ? 1 : Number(token.value) * (isMap ? 2 : 1)
      this.#open.push({ left: items, isMap, halfway: false })
      this.#tally.enter(this.#open.length, Number.isFinite(items) ? items : 0)
    } else if (around?.left === Infinity) {
      this.#tally.enter(this.#open.length, 1)
    }
    return token
  }
}
