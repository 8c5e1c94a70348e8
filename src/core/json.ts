import { fromBase64, toBase64 } from "./base64.ts"
import { Tally, type Bounds } from "./bounds.ts"
import { parseJson } from "./exact-json.ts"

const MARK = "\0"
/**
 * JSON with WAMP's byte strings: `\0` and base64 ("Binary support in JSON"). Throws for what JSON would change in
 * silence: numbers that are not finite, and text that starts with `\0`, which the receiver would take for bytes.
 */
export function encodeJson(value: unknown): string {
  if (value instanceof Uint8Array) return JSON.stringify(MARK + toBase64(value))
  if (Array.isArray(value)) return `[${value.map(encodeJson).join(",")}]`
  switch (typeof value) {
    case "string":
      if (value.startsWith(MARK)) throw new TypeError("JSON cannot carry text that starts with U+0000")
      return JSON.stringify(value)
    case "number":
      if (!Number.isFinite(value)) throw new TypeError(`JSON cannot carry ${value}`)
      // Beyond 2^53 JavaScript prints other digits than the number has, which a reader of exact integers would believe.
      return isLarge(value) && fits64(BigInt(value)) ? BigInt(value).toString() : JSON.stringify(value)
    case "bigint":
      return value.toString()
    case "undefined":
      return "null"
    case "object": {
      if (value === null) return "null"
      const entries = Object.entries(value).filter(([, item]) => item !== undefined)
      return `{${entries.map(([key, item]) => `${JSON.stringify(key)}:${encodeJson(item)}`).join(",")}}`
    }
    default:
      return JSON.stringify(value)
  }
}

/**
 * Throws for what is no JSON, over the bounds, has a key twice, or holds a byte string that is no canonical base64 or a
 * number beyond all doubles.
 */
export function decodeJson(text: string, bounds: Bounds): unknown {
  requireBounded(text, bounds)
  return parseJson(text, revive)
}

function revive(value: unknown): unknown {
  if (typeof value === "string" && value.startsWith(MARK)) {
    const bytes = fromBase64(value.slice(1))
    if (bytes === undefined) throw new TypeError("a byte string is no base64")
    return bytes
  }
  if (typeof value === "bigint" && fits64(value)) return Number.isSafeInteger(Number(value)) ? Number(value) : value
  const number = typeof value === "bigint" ? Number(value) : value
  // JavaScript reads 1e999 as Infinity, which nobody can have written, and others refuse.
  if (typeof number === "number" && !Number.isFinite(number)) throw new TypeError("a number is beyond all doubles")
  return number
}

function isLarge(value: number): boolean {
  return Number.isInteger(value) && !Number.isSafeInteger(value)
}

function fits64(integer: bigint): boolean {
  return integer >= -(1n << 63n) && integer < 1n << 64n
}

/**
 * Counts nesting and items and compares keys before a parser builds anything, since it would take the last of a repeated
 * key in silence; what is no JSON is left for the parser to refuse. Throws RangeError over the bounds, TypeError for a key
 * that is given twice, SyntaxError for a colon without a key.
 */
export function requireBounded(text: string, bounds: Bounds): void {
  const tally = new Tally(bounds)
  /** Keys so far of each open dictionary; undefined for a list. */
  const open: (Set<string> | undefined)[] = []
  let string = ""
  for (let i = 0; i < text.length; i++) {
    switch (text.charCodeAt(i)) {
      case 0x22: {
        // quotation mark: to the end of the string
        const from = i
        for (i++; i < text.length && text.charCodeAt(i) !== 0x22; i++) if (text.charCodeAt(i) === 0x5c) i++
        string = text.slice(from, i + 1)
        break
      }
      case 0x5b:
      case 0x7b:
        open.push(text.charCodeAt(i) === 0x7b ? new Set() : undefined)
        tally.enter(open.length, 1)
        break
      case 0x5d:
      case 0x7d:
        open.pop()
        break
      case 0x2c:
        tally.enter(open.length, 1)
        break
      case 0x3a: {
        tally.enter(open.length, 1)
        const key = JSON.parse(string) as string
        string = "" // each is a key once: a text of colons would have it read again and again
        if (open.at(-1)?.has(key)) throw new TypeError(`the key ${JSON.stringify(key.slice(0, 48))} is given twice`)
        open.at(-1)?.add(key)
        break
      }
    }
  }
}
