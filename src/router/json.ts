import { Tally } from "../core/bounds.ts"
import type { Bounds } from "../core/bounds.ts"

const MARK = "\0"
const BASE64 = /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/

/**
 * JSON with WAMP's byte strings: `\0` and base64 ("Binary support in JSON"). Throws for what JSON would change in
 * silence: numbers that are not finite, and text that starts with `\0`, which the receiver would take for bytes.
 */
export function encodeJson(value: unknown): string {
  if (value instanceof Uint8Array) {
    return JSON.stringify(MARK + Buffer.from(value.buffer, value.byteOffset, value.byteLength).toString("base64"))
  }
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

/** Throws for what is no JSON, over the bounds, or holds a byte string that is no canonical base64. */
export function decodeJson(text: string, bounds: Bounds): unknown {
  measure(text, bounds)
  return JSON.parse(text, revive)
}

/** `context.source` is there from Node 21 on; before it, integers beyond 2^53 are read as the nearest double. */
function revive(_key: string, value: unknown, context?: { source?: string }): unknown {
  if (typeof value === "string" && value.startsWith(MARK)) return fromBase64(value.slice(1))
  if (typeof value === "number" && isLarge(value)) {
    const source = context?.source
    if (source !== undefined && /^-?\d+$/.test(source) && fits64(BigInt(source))) return BigInt(source)
  }
  return value
}

function isLarge(value: number): boolean {
  return Number.isInteger(value) && !Number.isSafeInteger(value)
}

function fits64(integer: bigint): boolean {
  return integer >= -(1n << 63n) && integer < 1n << 64n
}

function fromBase64(text: string): Uint8Array {
  const bytes = BASE64.test(text) ? Uint8Array.from(Buffer.from(text, "base64")) : undefined
  // The last character may have bits that no byte takes up: one byte string, one text.
  if (!bytes || Buffer.from(bytes).toString("base64") !== text) throw new TypeError("a byte string is no base64")
  return bytes
}

/** Counts nesting and items before the parser builds anything; what is no JSON is left for the parser to refuse. */
function measure(text: string, bounds: Bounds): void {
  const tally = new Tally(bounds)
  let depth = 0
  for (let i = 0; i < text.length; i++) {
    switch (text.charCodeAt(i)) {
      case 0x22: // quotation mark: to the end of the string
        for (i++; i < text.length && text.charCodeAt(i) !== 0x22; i++) if (text.charCodeAt(i) === 0x5c) i++
        break
      case 0x5b:
      case 0x7b:
        tally.enter(++depth, 1)
        break
      case 0x5d:
      case 0x7d:
        depth--
        break
      case 0x2c:
      case 0x3a:
        tally.enter(depth, 1)
        break
    }
  }
}
