/**
 * Secret bytes that no log, error, report or serialiser prints: whatever looks at the object sees `[redacted]`.
 * `expose` is the one door; callers use the bytes at once and do not keep them.
 */
export class Secret {
  readonly #bytes: Uint8Array
  #forms: Map<unknown, object> | undefined

  /** Takes a copy: an own buffer, never a view of a pooled one. */
  constructor(bytes: Uint8Array) {
    this.#bytes = Uint8Array.from(bytes)
  }

  get length(): number {
    return this.#bytes.length
  }

  expose(): Uint8Array {
    return this.#bytes
  }

  /**
   * What `make` turns the bytes into, made once: a platform's key object. It is kept here alone, so that it is forgotten
   * with the bytes. The same function has to be passed each time, not a closure made anew.
   */
  as<T extends object>(make: (bytes: Uint8Array) => T): T {
    this.#forms ??= new Map()
    const known = this.#forms.get(make) as T | undefined
    if (known !== undefined) return known
    const made = make(this.#bytes)
    this.#forms.set(make, made)
    return made
  }

  /** Overwrites the bytes; the object is of no use afterwards. */
  wipe(): void {
    this.#bytes.fill(0)
    this.#forms = undefined
  }

  toString(): string {
    return "[redacted]"
  }

  toJSON(): string {
    return "[redacted]"
  }

  [Symbol.for("nodejs.util.inspect.custom")](): string {
    return "[redacted]"
  }
}
