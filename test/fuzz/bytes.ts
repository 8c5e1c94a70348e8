import { oneOf, seldom, type Draw } from "./draw.ts"

/** Bytes that begin something, or stand at an edge, in one of the formats. */
const EDGES = [
  0, 1, 0x17, 0x18, 0x1b, 0x1f, 0x3b, 0x5b, 0x5f, 0x7f, 0x80, 0x9f, 0xa3, 0xbf, 0xc0, 0xc4, 0xc6, 0xdb, 0xdf,
]
const MORE_EDGES = [0xf5, 0xf6, 0xf7, 0xf9, 0xfb, 0xfe, 0xff, ...Buffer.from('"\\{}[]:,0e-nt')]
const COUNTS = [
  0n,
  1n,
  0x7fn,
  0xffn,
  0xffffn,
  0x10000n,
  0x7fffffffn,
  0xffffffffn,
  1n << 53n,
  (1n << 63n) - 1n,
  (1n << 64n) - 1n,
]

export function randomBytes(draw: Draw, most = seldom(draw, 4) ? 300 : 24): Uint8Array {
  return Uint8Array.from({ length: draw(most + 1) }, () => (seldom(draw, 3) ? oneOf(draw, EDGES) : draw(256)))
}

/** Valid bytes with one to four places changed, cut out, doubled, or put in from elsewhere. */
export function mutated(draw: Draw, corpus: readonly Uint8Array[]): Uint8Array {
  let bytes = Uint8Array.from(oneOf(draw, corpus))
  for (let edits = draw(4); edits >= 0; edits--) {
    const at = draw(bytes.length + 1)
    const end = Math.min(bytes.length, at + 1 + draw(seldom(draw, 6) ? 200 : 8))
    switch (draw(8)) {
      case 0:
      case 1:
        if (at < bytes.length) bytes[at] = (bytes[at] as number) ^ (1 << draw(8))
        break
      case 2:
        if (at < bytes.length) bytes[at] = oneOf(draw, seldom(draw, 2) ? EDGES : MORE_EDGES)
        break
      case 3:
        bytes = spliced(bytes, at, at, randomBytes(draw, 8))
        break
      case 4:
        bytes = spliced(bytes, at, end, [])
        break
      case 5:
        bytes = spliced(bytes, at, at, bytes.subarray(at, end))
        break
      case 6: {
        const size = oneOf(draw, [1, 2, 4, 8])
        const count = Buffer.alloc(8)
        count.writeBigUInt64BE(oneOf(draw, COUNTS))
        bytes = spliced(bytes, at, Math.min(bytes.length, at + size), count.subarray(8 - size))
        break
      }
      default: {
        const other = oneOf(draw, corpus)
        const from = draw(other.length + 1)
        bytes = seldom(draw, 3) ? bytes.slice(0, at) : spliced(bytes, at, end, other.subarray(from, from + draw(40)))
      }
    }
  }
  return bytes
}

export function spliced(
  bytes: Uint8Array,
  from: number,
  to: number,
  between: ArrayLike<number>,
): Uint8Array<ArrayBuffer> {
  const all = new Uint8Array(from + between.length + (bytes.length - to))
  all.set(bytes.subarray(0, from))
  all.set(between, from)
  all.set(bytes.subarray(to), from + between.length)
  return all
}
