/** JSON with integers of any size: certificates on the wire carry uint256 and nanoseconds as bare numbers. */

/**
 * Strings and numbers, each matched to its end whatever it holds, so that no place is looked at twice: a stranger's text
 * takes time that grows with its length alone. Strings are matched so that digits inside them stay as they are.
 */
const STRING_OR_NUMBER = /"(?:[^"\\]|\\[^])*(?:"|\\?$)|-?\d[\d.eE+-]*/g
const LONG_INTEGER = /^-?[1-9]\d{15,}$/

/** Parses JSON; integers of 16 and more digits come back as bigints, without loss. Throws SyntaxError. */
export function parseJson(text: string): unknown {
  const marked = text.replace(STRING_OR_NUMBER, (token) => (LONG_INTEGER.test(token) ? `"${MARK}${token}"` : token))
  return JSON.parse(marked, (_key, value: unknown) =>
    typeof value === "string" && MARKED.test(value) ? BigInt(value.slice(MARK.length)) : value,
  )
}

/** Nobody's text begins so; one that does comes back as an integer, where no text is expected. */
const MARK = "\uE000integer:"
const MARKED = /^\uE000integer:-?\d+$/

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
