/** Which byte of a number comes first. */
export type ByteOrder = "big-endian" | "little-endian"

/**
 * Reads a binary structure from its first byte to its last. Nothing is read past the end, and no length is believed
 * before it was compared with what is left. `refuse` makes the error from a sentence such as "ends within 4 bytes".
 */
export class ByteReader {
  readonly #bytes: Uint8Array
  readonly #view: DataView
  readonly #little: boolean
  readonly #refuse: (reason: string) => Error
  #at = 0

  constructor(bytes: Uint8Array, refuse: (reason: string) => Error, order: ByteOrder = "big-endian") {
    this.#bytes = bytes
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
    this.#little = order === "little-endian"
    this.#refuse = refuse
  }

  /** Bytes that are not read yet. */
  get left(): number {
    return this.#bytes.length - this.#at
  }

  get position(): number {
    return this.#at
  }

  u8(): number {
    return this.#view.getUint8(this.#step(1))
  }

  u16(): number {
    return this.#view.getUint16(this.#step(2), this.#little)
  }

  u32(): number {
    return this.#view.getUint32(this.#step(4), this.#little)
  }

  u64(): bigint {
    return this.#view.getBigUint64(this.#step(8), this.#little)
  }

  /** A copy of the next bytes. */
  take(length: number): Uint8Array {
    const at = this.#step(length)
    return this.#bytes.slice(at, at + length)
  }

  /** Bytes behind a 16-bit length: a TPM2B of at most `most` bytes. */
  sized16(most: number): Uint8Array {
    return this.take(this.#bounded(this.u16(), most))
  }

  /** Bytes behind a 32-bit length, at most `most`. */
  sized32(most: number): Uint8Array {
    return this.take(this.#bounded(this.u32(), most))
  }

  rest(): Uint8Array {
    return this.take(this.left)
  }

  /** To be called behind the last field: nothing may follow. */
  end(): void {
    if (this.left > 0) throw this.#refuse(`${this.left} bytes follow its end`)
  }

  /** Refuses what was read. */
  fail(reason: string): Error {
    return this.#refuse(reason)
  }

  #bounded(length: number, most: number): number {
    if (length > most) throw this.#refuse(`a field of ${length} bytes; expected at most ${most}`)
    return length
  }

  #step(length: number): number {
    if (length > this.left) throw this.#refuse(`it ends ${length - this.left} bytes too early`)
    const at = this.#at
    this.#at += length
    return at
  }
}
