import { Packr } from "msgpackr"
import { Tally, type Bounds } from "./bounds.ts"

// Encoding is msgpackr's. Decoding is not: out of extension types it builds dates, regular expressions and cyclic
// graphs, and of a repeated key it takes the last value, all of which a peer could choose.

const packr = new Packr({ useRecords: false, variableMapSize: true, moreTypes: false, encodeUndefinedAsNil: true })

/** Integers over 2^32 go out as 64-bit integers; msgpackr would write a number as a float, which strict peers refuse. */
export function encodeMsgpack(value: unknown): Uint8Array {
  return packr.pack(exactIntegers(value))
}

function exactIntegers(value: unknown): unknown {
  if (typeof value === "number") {
    return Number.isSafeInteger(value) && (value > 0xffffffff || value < -0x80000000) ? BigInt(value) : value
  }
  if (typeof value !== "object" || value === null || value instanceof Uint8Array) return value
  if (Array.isArray(value)) return value.map(exactIntegers)
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, exactIntegers(item)]))
}

/**
 * One MessagePack value and nothing after it: no extension types but msgpackr's `undefined`, string keys only, each
 * once. Integers beyond 2^53 become bigints. Byte strings are copies. Throws on anything else.
 */
export function decodeMsgpack(bytes: Uint8Array, bounds: Bounds): unknown {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const utf8 = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true })
  const tally = new Tally(bounds)
  let at = 0

  const skip = (length: number): number => {
    const from = at
    at += length
    if (at > bytes.length) throw new TypeError("MessagePack ends early")
    return from
  }
  const uint = (size: 1 | 2 | 4): number => {
    const from = skip(size)
    return size === 1 ? view.getUint8(from) : size === 2 ? view.getUint16(from) : view.getUint32(from)
  }
  const text = (length: number): string => utf8.decode(bytes.subarray(skip(length), at))
  const blob = (length: number): Uint8Array => Uint8Array.from(bytes.subarray(skip(length), at))

  const list = (length: number, depth: number): unknown[] => {
    tally.enter(depth, length)
    const items: unknown[] = []
    for (let i = 0; i < length; i++) items.push(read(depth))
    return items
  }
  const dictionary = (length: number, depth: number): object => {
    tally.enter(depth, 2 * length)
    const entries = new Map<string, unknown>()
    for (let i = 0; i < length; i++) {
      const key = read(depth)
      if (typeof key !== "string" || entries.has(key)) throw new TypeError("a key is repeated or no string")
      entries.set(key, read(depth))
    }
    // fromEntries defines own properties: a key `__proto__` is a key like any other.
    return Object.fromEntries(entries)
  }

  function read(depth: number): unknown {
    const byte = uint(1)
    if (byte < 0x80) return byte
    if (byte >= 0xe0) return byte - 0x100
    if (byte < 0x90) return dictionary(byte & 0x0f, depth + 1)
    if (byte < 0xa0) return list(byte & 0x0f, depth + 1)
    if (byte < 0xc0) return text(byte & 0x1f)
    switch (byte) {
      case 0xc0:
        return null
      case 0xc2:
        return false
      case 0xc3:
        return true
      case 0xc4:
        return blob(uint(1))
      case 0xc5:
        return blob(uint(2))
      case 0xc6:
        return blob(uint(4))
      case 0xca:
        return view.getFloat32(skip(4))
      case 0xcb:
        return view.getFloat64(skip(8))
      case 0xcc:
        return uint(1)
      case 0xcd:
        return uint(2)
      case 0xce:
        return uint(4)
      case 0xcf:
        return smallest(view.getBigUint64(skip(8)))
      case 0xd0:
        return view.getInt8(skip(1))
      case 0xd1:
        return view.getInt16(skip(2))
      case 0xd2:
        return view.getInt32(skip(4))
      case 0xd3:
        return smallest(view.getBigInt64(skip(8)))
      case 0xd4:
        if (view.getUint16(skip(2)) === 0) return undefined
        break
      case 0xd9:
        return text(uint(1))
      case 0xda:
        return text(uint(2))
      case 0xdb:
        return text(uint(4))
      case 0xdc:
        return list(uint(2), depth + 1)
      case 0xdd:
        return list(uint(4), depth + 1)
      case 0xde:
        return dictionary(uint(2), depth + 1)
      case 0xdf:
        return dictionary(uint(4), depth + 1)
    }
    throw new TypeError(`MessagePack type 0x${byte.toString(16)} is not accepted`)
  }

  const value = read(0)
  if (at !== bytes.length) throw new TypeError("bytes follow the MessagePack value")
  return value
}

/** A number where it is exact, otherwise the bigint. */
function smallest(value: bigint): number | bigint {
  const number = Number(value)
  return Number.isSafeInteger(number) ? number : value
}
