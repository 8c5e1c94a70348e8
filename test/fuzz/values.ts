import { randomBytes } from "./bytes.ts"
import { oneOf, seldom, type Draw } from "./draw.ts"

const LEAVES: readonly unknown[] = [
  [null, true, false, 0, -1, 1.5, 2 ** 53 - 1, 2 ** 40, -(2 ** 40), 1n << 53n, (1n << 64n) - 1n, -(1n << 63n)],
  ["", "a", "é\u{1d11e}", "com.example.heat", "__proto__", "a".repeat(70), new Uint8Array(3), new Uint8Array(70)],
].flat()
const KEYS = ["a", "b", "c", "degrees", "é", "key with spaces"]

/** A value that every serialiser can carry. */
export function goodValue(draw: Draw, depth = 0): unknown {
  const many = draw(depth > 3 ? 1 : 4)
  if (seldom(draw, 3)) return Array.from({ length: many }, () => goodValue(draw, depth + 1))
  if (!seldom(draw, 3)) return seldom(draw, 6) ? Uint8Array.from(randomBytes(draw, 20)) : oneOf(draw, LEAVES)
  return Object.fromEntries(Array.from({ length: many }, () => [oneOf(draw, KEYS), goodValue(draw, depth + 1)]))
}

const ODD: readonly unknown[] = [
  [undefined, null, true, 0, -0, -1, 1.5, Number.NaN, Infinity, 2 ** 53, 2 ** 53 - 1, 0n, -1n, 1n << 64n, 1n << 256n],
  ["", "0x", "00", "1", "-1", "1e3", "\ud800", "\0", "\0AQID", "a".repeat(300), "f".repeat(64), `0x${"Aa".repeat(20)}`],
  ["__proto__", "constructor", "wamp", "cbor", "scrypt", "toString"],
  [
    [],
    [[]],
    [null],
    [1, 2],
    {},
    { a: 1 },
    { length: 2 },
    new Uint8Array(3),
    new Uint8Array(32),
    JSON.parse('{"__proto__":{"x":1}}'),
  ],
].flat()
const NAMES = ["extra", "constructor", "toString", "__proto__", "progress", "ppt_scheme", "ppt_keyid"]

/** A copy of a value in which something at any depth is another value, is gone, or is one too many. */
export function edited(draw: Draw, value: unknown, odd: readonly unknown[] = ODD): unknown {
  const isRecord = typeof value === "object" && value !== null && !(value instanceof Uint8Array)
  if (!isRecord || seldom(draw, 12)) return oneOf(draw, odd)
  const kind = draw(12)
  if (Array.isArray(value)) {
    const copy: unknown[] = [...(value as unknown[])]
    const at = draw(copy.length + 1)
    if (kind === 0) copy.splice(at, 1)
    else if (kind === 1) copy.splice(at, 0, oneOf(draw, [...odd, ...copy]))
    else copy[at] = edited(draw, copy[at], odd)
    return copy
  }
  const entries = new Map(Object.entries(value))
  const name = entries.size === 0 ? oneOf(draw, NAMES) : oneOf(draw, [...entries.keys()])
  if (kind === 0) entries.delete(name)
  else if (kind === 1) entries.set(oneOf(draw, NAMES), oneOf(draw, odd))
  else entries.set(name, edited(draw, entries.get(name), odd))
  return Object.fromEntries(entries)
}

/** Values that compare equal where formats may not tell them apart: undefined, null and no entry; a number and its bigint. */
export function comparable(value: unknown): unknown {
  if (value === undefined) return null
  if (value === 0) return 0
  if (
    typeof value === "bigint" ||
    (typeof value === "number" && Number.isInteger(value) && !Number.isSafeInteger(value))
  )
    return `integer ${BigInt(value)}`
  if (value instanceof Uint8Array) return `bytes ${Buffer.from(value).toString("hex")}`
  if (Array.isArray(value)) return value.map(comparable)
  if (typeof value !== "object" || value === null) return value
  return Object.entries(value).flatMap(([key, item]) =>
    item === undefined || item === null ? [] : [[key, comparable(item)]],
  )
}

/** Throws where an object inside has a prototype that a peer could have given it. */
export function requireInert(value: unknown): void {
  if (typeof value !== "object" || value === null || value instanceof Uint8Array) return
  const prototype: unknown = Object.getPrototypeOf(value)
  if (prototype !== Object.prototype && prototype !== Array.prototype && prototype !== null)
    throw new Error("an object has a prototype of its own")
  for (const item of Object.values(value)) requireInert(item)
}
