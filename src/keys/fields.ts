import { equalBytes } from "../core/bytes.ts"
import { E2eeError, type ErrorCode } from "../core/errors.ts"
import { decodeCbor, encodeCborWithin } from "../payload/cbor.ts"

/** Reads the fields of a control message: a CBOR list in its one shortest form. */
export class Fields {
  readonly #what: string
  readonly #code: ErrorCode
  readonly all: readonly unknown[]

  /** Throws `code` unless the bytes are a list of one of the lengths. */
  constructor(bytes: Uint8Array, what: string, lengths: readonly number[], code: ErrorCode = "keys.grant_malformed") {
    this.#what = what
    this.#code = code
    let fields: unknown
    let again: Uint8Array
    try {
      fields = decodeCbor(bytes)
      again = encodeCborWithin(bytes.length, fields)
    } catch (cause) {
      throw new E2eeError(code, `${what} is not CBOR of this profile`, { cause })
    }
    // One content has one encoding, so that it has one hash and one signature.
    const same = equalBytes(again, bytes)
    again.fill(0)
    if (!Array.isArray(fields) || !same) throw this.malformed("it is no list in its shortest form")
    if (!lengths.includes(fields.length))
      throw this.malformed(`it has ${fields.length} fields, not ${lengths.join(" or ")}`)
    this.all = fields
  }

  /** Throws unless the field is exactly that value. */
  constant(at: number, value: unknown, name: string): void {
    if (this.all[at] !== value) throw this.malformed(`its ${name} is not ${String(value)}`)
  }

  /** A byte string, of `length` where given; a copy. */
  bytes(at: number, name: string, length?: number): Uint8Array {
    const value = this.all[at]
    if (!(value instanceof Uint8Array) || (length !== undefined && value.length !== length))
      throw this.malformed(`its ${name} is not ${length ?? "a string of"} bytes`)
    return Uint8Array.from(value)
  }

  optionalBytes(at: number, name: string, length?: number): Uint8Array | undefined {
    return this.all[at] === null || this.all[at] === undefined ? undefined : this.bytes(at, name, length)
  }

  count(at: number, name: string): number {
    const value = this.all[at]
    if (typeof value !== "number" || !Number.isSafeInteger(value) || value < 0)
      throw this.malformed(`its ${name} is no count`)
    return value
  }

  /** Up to 64 bits. */
  uint(at: number, name: string): bigint {
    const value = this.all[at]
    return typeof value === "bigint" && value >= 0n ? value : BigInt(this.count(at, name))
  }

  text(at: number, name: string): string {
    const value = this.all[at]
    if (typeof value !== "string") throw this.malformed(`its ${name} is no text`)
    return value
  }

  list(at: number, name: string, most: number): readonly unknown[] {
    const value = this.all[at]
    if (!Array.isArray(value) || value.length > most) throw this.malformed(`its ${name} are no list of at most ${most}`)
    return value
  }

  malformed(why: string): E2eeError {
    return new E2eeError(this.#code, `${this.#what} is not of its form: ${why}; use the same version on both sides`)
  }
}
