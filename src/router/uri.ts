/** How a subscription or registration matches a URI (pattern-based subscription and registration chapters). */
export type Match = "exact" | "prefix" | "wildcard"

/** Longer URIs are refused: matching costs time in proportion to their length. Characters. */
export const MAX_URI_LENGTH = 2048

const FORBIDDEN_IN_COMPONENT = /[\s#]/

/**
 * Loose URI rule of the specification (basic profile, "URIs"): components between dots hold no whitespace and no `#`.
 * Only patterns may have empty components; an empty prefix pattern matches everything.
 */
export function isUri(text: string, match: Match = "exact"): boolean {
  if (text.length > MAX_URI_LENGTH || FORBIDDEN_IN_COMPONENT.test(text)) return false
  return match !== "exact" || text.split(".").every((component) => component.length > 0)
}

/** First component `wamp`: the protocol's own ("Reserved URIs"), closed to publishers and callees. */
export function isReserved(uri: string): boolean {
  return uri === "wamp" || uri.startsWith("wamp.")
}

/** Whether a URI fits a wildcard pattern: as many components, each equal unless the pattern's is empty. */
export function matchesWildcard(pattern: string, uri: string): boolean {
  const wanted = pattern.split(".")
  const given = uri.split(".")
  return wanted.length === given.length && wanted.every((component, i) => component === "" || component === given[i])
}

export function matches(pattern: string, match: Match, uri: string): boolean {
  if (match === "exact") return pattern === uri
  return match === "prefix" ? uri.startsWith(pattern) : matchesWildcard(pattern, uri)
}

/**
 * Order of two wildcard patterns that match one URI, the better first: the one whose literal run before a wildcard is
 * longer, run by run. For equally long patterns that is the one that is literal where they first differ in kind.
 */
export function compareWildcards(a: string, b: string): number {
  const left = a.split(".")
  const right = b.split(".")
  const first = left.findIndex((component, i) => (component === "") !== (right[i] === ""))
  if (first < 0) return 0
  return left[first] === "" ? 1 : -1
}
