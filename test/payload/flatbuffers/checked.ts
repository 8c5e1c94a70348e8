import { ByteBuffer } from "flatbuffers"

/**
 * Reads a FlatBuffer that a stranger made. The library for JavaScript has no verifier: it follows whatever offset stands
 * there, reads zeros behind the end, and what several offsets share it reads as often as they say. So every place is
 * compared with the end before it is read, every field has to be one of the schema's, and nothing is read twice: what was
 * read may not come to more than the bytes that there are. Throws TypeError.
 */
export class Checked {
  readonly #bytes: Uint8Array
  readonly #buffer: ByteBuffer
  #left: number

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes
    this.#buffer = new ByteBuffer(bytes)
    this.#left = bytes.length
  }

  /** The table that the first four bytes point at. @param fields how many the schema knows */
  root(fields: number): Table {
    this.#need(0, 4)
    return this.#table(this.#buffer.readUint32(0), fields)
  }

  /** The field's place; undefined where it is absent. */
  #field(table: Table, field: number, size: 4 | 8): number | undefined {
    const offset = table.offsets[field] ?? 0
    if (offset === 0) return undefined
    const at = table.at + offset
    if (offset < 4 || offset + size > table.size || at % size !== 0)
      throw new TypeError("a field is outside of its table")
    return at
  }

  double(table: Table, field: number): number {
    const at = this.#field(table, field, 8)
    return at === undefined ? 0 : this.#buffer.readFloat64(at)
  }

  ulong(table: Table, field: number): bigint {
    const at = this.#field(table, field, 8)
    return at === undefined ? 0n : this.#buffer.readUint64(at)
  }

  /** A copy of a vector of bytes. */
  bytes(table: Table, field: number): Uint8Array | undefined {
    const at = this.#target(table, field)
    if (at === undefined) return undefined
    const length = this.#vector(at, 1)
    return this.#bytes.slice(at + 4, at + 4 + length)
  }

  text(table: Table, field: number): string | undefined {
    const at = this.#target(table, field)
    if (at === undefined) return undefined
    const length = this.#vector(at, 1)
    this.#need(at + 4 + length, 1)
    if (this.#bytes[at + 4 + length] !== 0) throw new TypeError("a text has no end")
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(
      this.#bytes.subarray(at + 4, at + 4 + length),
    )
  }

  tableIn(table: Table, field: number, fields: number): Table | undefined {
    const at = this.#target(table, field)
    return at === undefined ? undefined : this.#table(at, fields)
  }

  tables(table: Table, field: number, fields: number): Table[] | undefined {
    const at = this.#target(table, field)
    if (at === undefined) return undefined
    return Array.from({ length: this.#vector(at, 4) }, (_, i) => this.#table(this.#follow(at + 4 + 4 * i), fields))
  }

  #target(table: Table, field: number): number | undefined {
    const at = this.#field(table, field, 4)
    return at === undefined ? undefined : this.#follow(at)
  }

  /** Offsets are of 32 bits without a sign, so what they point at lies behind them: there are no circles. */
  #follow(at: number): number {
    this.#need(at, 4)
    const target = at + this.#buffer.readUint32(at)
    if (target === at) throw new TypeError("an offset points nowhere")
    this.#need(target, 4)
    return target
  }

  #vector(at: number, size: number): number {
    if (at % 4 !== 0) throw new TypeError("a vector is not aligned")
    this.#need(at, 4)
    const length = this.#buffer.readUint32(at)
    this.#need(at + 4, length * size)
    this.#spend(4 + length * size)
    return length
  }

  #table(at: number, fields: number): Table {
    this.#need(at, 4)
    if (at % 4 !== 0) throw new TypeError("a table is not aligned")
    const vtable = at - this.#buffer.readInt32(at)
    if (vtable < 0 || vtable % 2 !== 0) throw new TypeError("a table has no description")
    this.#need(vtable, 4)
    const [described, size] = [this.#buffer.readUint16(vtable), this.#buffer.readUint16(vtable + 2)]
    if (described < 4 || described % 2 !== 0 || described > 4 + 2 * fields || size < 4)
      throw new TypeError("a table has fields that the schema does not know")
    this.#need(vtable, described)
    this.#need(at, size)
    this.#spend(size)
    const offsets = Array.from({ length: (described - 4) / 2 }, (_, i) => this.#buffer.readUint16(vtable + 4 + 2 * i))
    return { at, size, offsets }
  }

  #need(at: number, length: number): void {
    if (at + length > this.#bytes.length) throw new TypeError("an offset or length leads out of the buffer")
  }

  #spend(bytes: number): void {
    this.#left -= bytes
    if (this.#left < 0) throw new TypeError("parts of the buffer are used more than once")
  }
}

/** A table whose own bytes, and whose description's, lie in the buffer. */
export interface Table {
  readonly at: number
  readonly size: number
  /** Of its fields, from `at`; 0 for an absent one. */
  readonly offsets: readonly number[]
}
