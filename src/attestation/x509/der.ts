import { ByteReader } from "../../core/byte-reader.ts"

/** Elements inside each other; certificates have less than ten. */
const MOST_DEPTH = 16
const CONSTRUCTED = 0x20

/**
 * Refuses what is not one DER element (X.690, 10.1): lengths that are indefinite or longer than needed, tags of several
 * bytes, elements that end elsewhere than what holds them, nesting that would exhaust a parser.
 */
export function requireDer(bytes: Uint8Array, refuse: (reason: string) => Error): void {
  const reader = new ByteReader(bytes, refuse)
  requireElement(reader, refuse, 1)
  reader.end()
}

function requireElement(reader: ByteReader, refuse: (reason: string) => Error, depth: number): void {
  if (depth > MOST_DEPTH) throw refuse(`elements nested deeper than ${MOST_DEPTH}`)
  const tag = reader.u8()
  if ((tag & 0x1f) === 0x1f) throw refuse("a tag of several bytes")
  const content = reader.take(lengthOf(reader))
  if ((tag & CONSTRUCTED) === 0) return
  const inner = new ByteReader(content, refuse)
  while (inner.left > 0) requireElement(inner, refuse, depth + 1)
}

function lengthOf(reader: ByteReader): number {
  const first = reader.u8()
  if (first < 0x80) return first
  const length = first === 0x81 ? reader.u8() : first === 0x82 ? reader.u16() : 0
  if (length < (first === 0x81 ? 0x80 : 0x100))
    throw reader.fail("a length that is indefinite, too long or not the shortest")
  return length
}
