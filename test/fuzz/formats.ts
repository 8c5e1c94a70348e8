import { toBase64 } from "../../src/core/base64.ts"
import { randomBytes } from "./bytes.ts"
import { oneOf, seldom, type Draw } from "./draw.ts"

// Writers that know a format's structure and break one of its rules now and then: lengths that lie or are longer than need
// be, keys twice, tags, indefinite lengths, texts that are no UTF-8.

const KEYS = ["a", "b", "args", "kwargs", "e2e", "z", "__proto__", "constructor", "prototype", "0", "1", "", "é"]
const TEXTS = ["", "wamp", "com.example.heat", "\0AQID", "\u{1d11e}", "a".repeat(40), "0x00", "__proto__"]
const BAD_UTF8 = [[0xc3, 0x28], [0xff], [0xed, 0xa0, 0x80], [0xf8, 0x88, 0x80, 0x80, 0x80]]

const utf8 = (text: string): number[] => [...Buffer.from(text)]
const textOf = (draw: Draw): number[] => (seldom(draw, 24) ? oneOf(draw, BAD_UTF8) : utf8(oneOf(draw, TEXTS)))

/** One item of CBOR (RFC 8949), mostly well-formed. */
export function cborItem(draw: Draw, depth = 0): number[] {
  const head = (major: number, value: number): number[] => {
    const count = seldom(draw, 40) ? oneOf(draw, [0, value + 1, 0xffff, 0xffffffff, 2 ** 53]) : value
    const least = count < 24 ? 0 : count < 256 ? 1 : count < 65_536 ? 2 : count < 2 ** 32 ? 4 : 8
    const size = seldom(draw, 40) ? oneOf(draw, [1, 2, 4, 8]) : least
    if (size === 0) return [(major << 5) | (count & 31)]
    const bytes = Buffer.alloc(8)
    bytes.writeBigUInt64BE(BigInt(count))
    return [(major << 5) | (23 + [1, 2, 4, 8].indexOf(size) + 1), ...bytes.subarray(8 - size)]
  }
  const many = (): number => draw(depth > 4 ? 1 : 4)
  const key = (): number[] => {
    if (seldom(draw, 30)) return cborItem(draw, depth + 1)
    const text = utf8(oneOf(draw, KEYS))
    return [...head(3, text.length), ...text]
  }
  switch (draw(12)) {
    case 0:
      return head(0, draw(draw(2) === 0 ? 30 : 2 ** 31))
    case 1:
      return head(1, draw(300))
    case 2: {
      const bytes = randomBytes(draw, 20)
      return [...head(2, bytes.length), ...bytes]
    }
    case 3: {
      const text = textOf(draw)
      return [...head(3, text.length), ...text]
    }
    case 4:
    case 5: {
      const items = Array.from({ length: many() }, () => cborItem(draw, depth + 1))
      if (seldom(draw, 30)) return [0x9f, ...items.flat(), 0xff]
      return [...head(4, items.length), ...items.flat()]
    }
    case 6:
    case 7: {
      const entries = Array.from({ length: many() }, () => [...key(), ...cborItem(draw, depth + 1)])
      if (seldom(draw, 30)) return [0xbf, ...entries.flat(), 0xff]
      return [...head(5, entries.length), ...entries.flat()]
    }
    case 8:
      return seldom(draw, 6) ? [...head(6, draw(70)), ...cborItem(draw, depth + 1)] : [0xf6]
    case 9:
      return [oneOf(draw, seldom(draw, 8) ? [0xf7, 0xe0, 0xff, 0x1c, 0xfc] : [0xf4, 0xf5, 0xf6])]
    case 10:
      return oneOf(draw, [
        [0xf9, 0x3e, 0],
        [0xf9, 0x7e, 0],
        [0xfa, 0x47, 0xc3, 0x50, 0],
        [0xfb, ...Buffer.alloc(8, draw(256))],
      ])
    default:
      return oneOf(draw, [
        [0x1b, 0, 0x20, 0, 0, 0, 0, 0, 0],
        [0x1b, ...Buffer.alloc(8, 0xff)],
        [0x3b, ...Buffer.alloc(8, 0xff)],
      ])
  }
}

/** One value of MessagePack, mostly well-formed. */
export function msgpackItem(draw: Draw, depth = 0): number[] {
  /** First bytes for lengths of 8, 16 and 32 bits, and one with the length inside. */
  const head = (
    length: number,
    wide: readonly [number, number, number],
    short?: readonly [number, number],
  ): number[] => {
    const count = seldom(draw, 40) ? oneOf(draw, [0, length + 1, 0xffff, 0xffffffff]) : length
    if (short !== undefined && count < short[1] && !seldom(draw, 20)) return [short[0] | count]
    if (wide[0] !== 0 && count < 256) return [wide[0], count]
    if (count < 65_536) return [wide[1], count >> 8, count & 255]
    return [wide[2], (count >>> 24) & 255, (count >>> 16) & 255, (count >>> 8) & 255, count & 255]
  }
  const many = (): number => draw(depth > 4 ? 1 : 4)
  const str = (text: readonly number[]): number[] => [...head(text.length, [0xd9, 0xda, 0xdb], [0xa0, 32]), ...text]
  switch (draw(10)) {
    case 0:
      return [draw(2) === 0 ? draw(128) : 0xe0 + draw(32)]
    case 1:
      return oneOf(draw, [
        [0xcc, 200],
        [0xcd, 1, 0],
        [0xce, 255, 255, 255, 255],
        [0xd0, 0x80],
        [0xd1, 0x80, 0],
        [0xd2, 0x80, 0, 0, 0],
      ])
    case 2:
      return [oneOf(draw, [0xcf, 0xd3, 0xcb]), ...Buffer.alloc(8, draw(256))]
    case 3: {
      const bytes = randomBytes(draw, 20)
      return [...head(bytes.length, [0xc4, 0xc5, 0xc6]), ...bytes]
    }
    case 4:
      return str(textOf(draw))
    case 5:
    case 6: {
      const items = Array.from({ length: many() }, () => msgpackItem(draw, depth + 1))
      return [...head(items.length, [0, 0xdc, 0xdd], [0x90, 16]), ...items.flat()]
    }
    case 7: {
      const key = (): number[] => (seldom(draw, 30) ? msgpackItem(draw, depth + 1) : str(utf8(oneOf(draw, KEYS))))
      const entries = Array.from({ length: many() }, () => [...key(), ...msgpackItem(draw, depth + 1)])
      return [...head(entries.length, [0, 0xde, 0xdf], [0x80, 16]), ...entries.flat()]
    }
    case 8:
      return [oneOf(draw, [0xc0, 0xc2, 0xc3])]
    default:
      if (!seldom(draw, 8)) return [0xca, 0x3f, 0x80, 0, 0]
      return oneOf(draw, [
        [0xc1],
        [0xd4, 0, 0],
        [0xd4, 1, 0],
        [0xc7, 1, 5, 0],
        [0xd6, 0xff, 0, 0, 0, 0],
        [0xd8, 0, ...Buffer.alloc(16)],
      ])
  }
}

const NUMBERS = ["0", "-0", "1", "-1", "1.5", "1e3", "1e999", "-1E-9", "01", "+1", ".5", "1.", "0x1", "NaN"]
const INTEGERS = [
  "9007199254740993",
  "18446744073709551615",
  "18446744073709551616",
  "-9223372036854775809",
  "1".repeat(90),
]
const SPACES = ["", "", "", "", " ", "\n", "\t\r ", "\uFEFF", "\u00a0"]
const STRINGS = [
  '""',
  '"a"',
  '"\\u0000"',
  '"\\ud800"',
  '"\\u0000AQID"',
  '"\\u0000AQI="',
  '"\\u0000A"',
  '"\\x"',
  '"\t"',
  '"\\"',
]

/** One value of JSON as text, mostly well-formed. */
export function jsonText(draw: Draw, depth = 0): string {
  const space = (): string => (seldom(draw, 12) ? oneOf(draw, SPACES) : "")
  const many = (): number => draw(depth > 4 ? 1 : 4)
  switch (draw(9)) {
    case 0:
      return oneOf(draw, seldom(draw, 8) ? NUMBERS : NUMBERS.slice(0, 6))
    case 1:
      return oneOf(draw, INTEGERS)
    case 2:
      return `"\\u0000${toBase64(randomBytes(draw, 12))}"`
    case 3:
      return oneOf(draw, seldom(draw, 8) ? STRINGS : STRINGS.slice(0, 6))
    case 4:
    case 5: {
      const items = Array.from({ length: many() }, () => space() + jsonText(draw, depth + 1))
      return `[${items.join(",")}${space()}]`
    }
    case 6: {
      const key = (): string => (seldom(draw, 20) ? oneOf(draw, STRINGS) : JSON.stringify(oneOf(draw, KEYS)))
      const entries = Array.from({ length: many() }, () => `${space()}${key()}:${jsonText(draw, depth + 1)}`)
      return `{${entries.join(",")}}`
    }
    case 7:
      return oneOf(draw, ["true", "false", "null"])
    default:
      return seldom(draw, 12) ? oneOf(draw, ["nul", "]", "}", ",", ":", "[", "{", "undefined", "'a'", "//"]) : "null"
  }
}
