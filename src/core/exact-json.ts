import { toHex } from "./bytes.ts"

/** JSON with integers of any size: certificates on the wire carry uint256 and nanoseconds as bare numbers. */

const LONG_INTEGER = /^-?[1-9]\d{15,}$/
/** Characters of the longest integer that is read as one: four times a uint256. Others are numbers like any. */
const LONGEST = 320
const [QUOTE, BACKSLASH] = [0x22, 0x5c]

/**
 * Parses JSON; integers of 16 to 320 digits come back as bigints, without loss, on every engine. `revive` sees each value
 * after that. Throws SyntaxError.
 */
export function parseJson(text: string, revive: (value: unknown) => unknown = (value) => value): unknown {
  // Nobody can know it, so nobody's text begins so.
  const mark = `${toHex(crypto.getRandomValues(new Uint8Array(12)))}:`
  return JSON.parse(markIntegers(text, mark), (_key, value: unknown) =>
    typeof value === "string" && value.startsWith(mark) ? revive(BigInt(value.slice(mark.length))) : revive(value),
  )
}

/**
 * The text with long integers as strings that begin with the mark. Each string and number is passed over to its end,
 * whatever it holds, so that no place is looked at twice: a stranger's text takes time that grows with its length alone.
 */
function markIntegers(text: string, mark: string): string {
  let marked = ""
  let copied = 0
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at)
    if (code === QUOTE) at = endOfString(text, at)
    if (!isDigit(code)) continue
    const from = text[at - 1] === "-" ? at - 1 : at
    while (isOfNumber(text.charCodeAt(at + 1))) at++
    if (at + 1 - from > LONGEST) continue
    const token = text.slice(from, at + 1)
    if (!LONG_INTEGER.test(token)) continue
    marked += `${text.slice(copied, from)}"${mark}${token}"`
    copied = at + 1
  }
  return marked + text.slice(copied)
}

/** The place of the quotation mark that ends a string, or of the text's last character. */
function endOfString(text: string, from: number): number {
  let at = from + 1
  while (at < text.length && text.charCodeAt(at) !== QUOTE) at += text.charCodeAt(at) === BACKSLASH ? 2 : 1
  return at
}

function isDigit(code: number): boolean {
  return code >= 0x30 && code <= 0x39
}

/** Digits, full stop, e, E, plus and minus. */
function isOfNumber(code: number): boolean {
  return isDigit(code) || code === 0x2e || code === 0x65 || code === 0x45 || code === 0x2b || code === 0x2d
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
