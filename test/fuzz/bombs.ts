// Few bytes that ask for much: depth, numbers of items, lengths that lie. Each is built when it is needed.

export type Format = "cbor" | "msgpack" | "json"
/** Name and bytes. */
export type Bomb = readonly [string, () => Uint8Array]

const MIB = 2 ** 20
const bytes = (...parts: readonly ArrayLike<number>[]): Uint8Array =>
  Buffer.concat(parts.map((part) => Uint8Array.from(part)))
const times = (part: readonly number[], count: number): Uint8Array => {
  const all = new Uint8Array(part.length * count)
  for (let i = 0; i < count; i++) all.set(part, i * part.length)
  return all
}
const text = (value: string): Uint8Array => Buffer.from(value)
/** All ones in that many bytes. */
const most = (size: number): number[] => Array.from({ length: size }, () => 0xff)

const DEPTHS = [65, 129, 10_000, 100_000, MIB - 1]

const cbor: readonly Bomb[] = [
  ...DEPTHS.map((depth): Bomb => [`lists ${depth} deep`, () => times([0x81], depth)]),
  ...DEPTHS.map((depth): Bomb => [`maps ${depth} deep`, () => times([0xa1, 0x60], Math.min(depth, MIB >> 1))]),
  ...DEPTHS.map((depth): Bomb => [`tags ${depth} deep`, () => times([0xc1], depth)]),
  ...DEPTHS.map((depth): Bomb => [`lists without length ${depth} deep`, () => times([0x9f], depth)]),
  // Byte string, text, list and map that claim 2^8 - 1 to 2^64 - 1, with five bytes behind the head.
  ...[0x40, 0x60, 0x80, 0xa0].flatMap((major) =>
    [1, 2, 4, 8].map((size, i): Bomb => [
      `major type ${major >> 5} that claims 2^${8 * size} - 1`,
      () => bytes([major + 24 + i], most(size), [0, 0, 0, 0, 0]),
    ]),
  ),
  ...[0x5b, 0x7b, 0x9b, 0xbb].map((head): Bomb => [
    `${head} that claims 2^53`,
    () => bytes([head, 0, 0x20, 0, 0, 0, 0, 0, 0]),
  ]),
  ["a million empty lists", () => bytes([0x9a, 0, 0x0f, 0xff, 0xf0], times([0x80], 0x0ffff0))],
  ["lists of claimed lengths in each other", () => times([0x9a, 0, 0, 0xff, 0xff], 60)],
  ["half a million entries", () => bytes([0xba, 0, 7, 0, 0], times([0x60, 0], 7 * 65_536))],
  ["a text of a mebibyte", () => bytes([0x7a, 0, 0x0f, 0xff, 0xf0], times([0x61], 0x0ffff0))],
  ["a million breaks", () => times([0xff], MIB - 1)],
]

const msgpack: readonly Bomb[] = [
  ...DEPTHS.map((depth): Bomb => [`lists ${depth} deep`, () => times([0x91], depth)]),
  ...DEPTHS.map((depth): Bomb => [`maps ${depth} deep`, () => times([0x81, 0xa0], Math.min(depth, MIB >> 1))]),
  ...[0xc4, 0xd9, 0xc7].map((head): Bomb => [`${head} that claims 255`, () => bytes([head], most(1), [0, 0, 0])]),
  ...[0xc5, 0xda, 0xdc, 0xde, 0xc8].map((head): Bomb => [
    `${head} that claims 65,535`,
    () => bytes([head], most(2), [0, 0, 0]),
  ]),
  ...[0xc6, 0xdb, 0xdd, 0xdf, 0xc9].map((head): Bomb => [
    `${head} that claims 2^32 - 1`,
    () => bytes([head], most(4), [0, 0, 0]),
  ]),
  ["a million empty lists", () => bytes([0xdd, 0, 0x0f, 0xff, 0xf0], times([0x90], 0x0ffff0))],
  ["lists of claimed lengths in each other", () => times([0xdc, 0xff, 0xff], 60)],
  ["half a million entries", () => bytes([0xdf, 0, 7, 0, 0], times([0xa0, 0], 7 * 65_536))],
  ["a text of a mebibyte", () => bytes([0xdb, 0, 0x0f, 0xff, 0xf0], times([0x61], 0x0ffff0))],
]

const json: readonly Bomb[] = [
  ...DEPTHS.map((depth): Bomb => [`lists ${depth} deep`, () => text("[".repeat(depth))]),
  ...DEPTHS.map((depth): Bomb => [
    `lists ${depth} deep, closed`,
    () => text("[".repeat(depth >> 1) + "]".repeat(depth >> 1)),
  ]),
  ...DEPTHS.map((depth): Bomb => [`maps ${depth} deep`, () => text('{"":'.repeat(depth >> 2))]),
  ["half a million items", () => text(`[${"0,".repeat(500_000)}0]`)],
  ["a hundred thousand entries", () => text(`{${Array.from({ length: 100_000 }, (_, i) => `"${i}":0`).join()}}`)],
  ["a hundred thousand equal keys", () => text(`{${'"":0,'.repeat(100_000)}"":0}`)],
  ["a long key and many colons", () => text(JSON.stringify("a".repeat(900_000)) + ":".repeat(60_000))],
  ["a million digits", () => text("1".repeat(1_000_000))],
  ["a million digits of a fraction", () => text(`0.${"1".repeat(1_000_000)}`)],
  ["an exponent of a million digits", () => text(`1e${"9".repeat(1_000_000)}`)],
  ["a million signs", () => text("-".repeat(1_000_000))],
  ["a million quotation marks", () => text('"'.repeat(1_000_000))],
  ["a million backslashes", () => text(`"${"\\".repeat(1_000_000)}`)],
  ["base64 of a mebibyte that ends wrong", () => text(`"\\u0000${"A".repeat(1_000_001)}"`)],
  ["base64 of a mebibyte", () => text(`"\\u0000${"A".repeat(1_000_000)}"`)],
]

export const BOMBS: Readonly<Record<Format, readonly Bomb[]>> = { cbor, msgpack, json }
