import { toHex } from "./bytes.ts"

/** JSON with integers of any size: certificates on the wire carry uint256 and nanoseconds as bare numbers. */

/**
 * Strings and numbers, each matched to its end whatever it holds, so that no place is looked at twice: a stranger's text
 * takes time that grows with its length alone. Strings are matched so that digits inside them stay as they are.
 */
const STRING_OR_NUMBER = /"(?:[^"\\]|\\[^])*(?:"|\\?$)|-?\d[\d.eE+-]*/g
const LONG_INTEGER = /^-?[1-9]\d{15,}$/

/**
 * Parses JSON; integers of 16 and more digits come back as bigints, without loss, on every engine. `revive` sees each
 * value after that. Throws SyntaxError.
 */
export function parseJson(text: string, revive: (value: unknown) => unknown = (value) => value): unknown {
  // Nobody can know it, so nobody's text begins so.
  const mark = `${toHex(crypto.getRandomValues(new Uint8Array(12)))}:`
  const marked = text.replace(STRING_OR_NUMBER, (token) => (LONG_INTEGER.test(token) ? `"${mark}${token}"` : token))
  return JSON.parse(marked, (_key, value: unknown) =>
    typeof value === "string" && value.startsWith(mark) ? revive(BigInt(value.slice(mark.length))) : revive(value),
  )
}

/** Writes JSON; a bigint becomes a bare number. */
export function stringifyJson(value: unknown, indent?: number): string {
  // Every value that is a string or a bigint first gets a letter that tells them apart; no text is lost or mistaken.
  const marked = JSON.stringify(
    value,
    (_key, item: unknown) => (typeof item === "bigint" ? `n${item}` : typeof item === "string" ? `s${item}` : item),
    indent,
  )
  return marked.replace(STRING_OR_KEY, (token: string, text: string, colon: string) =>
    colon === ":" ? token : text.startsWith("n") ? text.slice(1) : `"${text.slice(1)}"`,
  )
}

const STRING_OR_KEY = /"((?:[^"\\]|\\.)*)"(:?)/g
