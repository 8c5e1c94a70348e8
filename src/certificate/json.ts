/** JSON with integers of any size: certificates on the wire carry uint256 and nanoseconds as bare numbers. */

/** Strings are matched first, so that digits inside them stay as they are. */
const STRING_OR_LONG_INTEGER = /"(?:[^"\\]|\\.)*"|-?\d{16,}(?![\d.eE])/g

/** Parses JSON; integers of 16 and more digits come back as decimal strings, without loss. Throws SyntaxError. */
export function parseJson(text: string): unknown {
  return JSON.parse(text.replace(STRING_OR_LONG_INTEGER, (token) => (token.startsWith('"') ? token : `"${token}"`)))
}

/** Writes JSON; a bigint becomes a bare number. */
export function stringifyJson(value: unknown, indent?: number): string {
  // A private marker that no text of ours contains; a peer's text that does is escaped before.
  const text = JSON.stringify(
    value,
    (_key, item: unknown) =>
      typeof item === "bigint" ? `${BIGINT}${item}` : typeof item === "string" ? item.replaceAll(BIGINT, "") : item,
    indent,
  )
  return text.replaceAll(new RegExp(`"${BIGINT}(-?\\d+)"`, "g"), "$1")
}

const BIGINT = "\uE000bigint\uE001"
