/** JSON with integers of any size: certificates on the wire carry uint256 and nanoseconds as bare numbers. */

/** Strings are matched first, so that digits inside them stay as they are. */
const STRING_OR_LONG_INTEGER = /"(?:[^"\\]|\\.)*"|-?\d{16,}(?![\d.eE])/g

/** Parses JSON; integers of 16 and more digits come back as decimal strings, without loss. Throws SyntaxError. */
export function parseJson(text: string): unknown {
  return JSON.parse(text.replace(STRING_OR_LONG_INTEGER, (token) => (token.startsWith('"') ? token : `"${token}"`)))
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
