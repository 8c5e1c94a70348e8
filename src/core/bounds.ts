/** What a decoder lets a peer choose. */
export interface Bounds {
  /** Lists and dictionaries inside each other. */
  readonly depth: number
  /** Items of all lists and dictionaries together; a dictionary entry counts twice. */
  readonly items: number
}

/**
 * Counts nesting and items while bytes are read, so that a few bytes cannot make the reader build a tree that is
 * too deep for the stack or too large for memory.
 */
export class Tally {
  readonly #bounds: Bounds
  #items = 0

  constructor(bounds: Bounds) {
    this.#bounds = bounds
  }

  /** To be called for each list or dictionary before its items are read. @param depth 1 for the outermost */
  enter(depth: number, items: number): void {
    this.#items += items
    if (depth > this.#bounds.depth) throw new RangeError(`nested deeper than ${this.#bounds.depth}`)
    if (this.#items > this.#bounds.items) throw new RangeError(`more than ${this.#bounds.items} items`)
  }
}
