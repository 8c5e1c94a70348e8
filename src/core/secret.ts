/**
 * Secret bytes that no log, error, report or serialiser prints: whatever looks at the object sees `[redacted]`.
 * `expose` is the one door; callers use the bytes at once and do not keep them.
 */
export class Secret {
  readonly #bytes: Uint8Array

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

  /** Overwrites the bytes; the object is of no use afterwards. */
  wipe(): void {
    this.#bytes.fill(0)
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
