import { E2eeError } from "../core/errors.ts"

/** Parts of one call that may wait for its handler. */
const MAX_WAITING = 1_024

/** Parts that arrive whenever they do, for one reader that takes them one after another. */
export class PartQueue<Part> implements AsyncIterable<Part> {
  readonly #waiting: Part[] = []
  #wake: (() => void) | undefined
  #ended = false
  #failure: E2eeError | undefined

  push(part: Part): void {
    if (this.#ended) return
    if (this.#waiting.length >= MAX_WAITING)
      return this.fail(new E2eeError("payload.too_large", `more than ${MAX_WAITING} parts of a call wait`))
    this.#waiting.push(part)
    this.#wake?.()
  }

  end(): void {
    this.#ended = true
    this.#wake?.()
  }

  fail(error: E2eeError): void {
    this.#failure ??= error
    this.#waiting.length = 0
    this.end()
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<Part> {
    for (;;) {
      while (this.#waiting.length > 0) yield this.#waiting.shift() as Part
      if (this.#failure !== undefined) throw this.#failure
      if (this.#ended) return
      await new Promise<void>((resolve) => (this.#wake = resolve))
    }
  }
}
