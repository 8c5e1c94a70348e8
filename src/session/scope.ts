import { E2eeError } from "../core/errors.ts"
import { parseProfile, type Profile, type ProfileOptions } from "../payload/profile.ts"

/** A protected part of the URI space. */
export interface Scope {
  readonly uri: string
  readonly match: "exact" | "prefix"
  /** `sig`: every message is signed by its sender, inside the ciphertext. */
  readonly mode: "sig"
  readonly profile: Profile
}

/** What a program passes for a scope. */
export interface ScopeOptions extends ProfileOptions {
  readonly uri: string
  readonly match?: "exact" | "prefix"
  readonly mode?: "sig"
}

/** Loose URI rule of the specification ("URIs"): no white space, no #, no empty component. */
const URI = /^[^\s#.]+(\.[^\s#.]+)*$/

export function parseScopes(options: readonly ScopeOptions[]): Scope[] {
  if (options.length === 0) throw new E2eeError("usage.invalid", "no scopes; expected at least one { uri, match }")
  const scopes = options.map(({ uri, match = "exact", mode = "sig", ...profile }) => {
    const bare = match === "prefix" && uri.endsWith(".") ? uri.slice(0, -1) : uri
    if (!URI.test(bare) || uri.length > 200) {
      throw new E2eeError("usage.invalid", `scope ${JSON.stringify(uri)} is no URI; expected one like "com.example."`)
    }
    if (/^wamp(\.|$)/.test(uri))
      throw new E2eeError("session.reserved_uri", `scope ${uri}: "wamp." is the router's; choose a URI of your own`)
    if (match !== "exact" && match !== "prefix")
      throw new E2eeError("usage.invalid", `match ${JSON.stringify(match)}; expected "exact" or "prefix"`)
    if (mode !== "sig") throw new E2eeError("usage.invalid", `mode ${JSON.stringify(mode)}; expected "sig"`)
    // A prefix ends at a component: com.exam must not protect com.example by accident, nor fail to.
    return { uri: match === "prefix" ? `${bare}.` : uri, match, mode, profile: parseProfile(profile) }
  })
  const names = new Set(scopes.map(({ uri, match }) => `${match} ${uri}`))
  if (names.size !== scopes.length) throw new E2eeError("usage.invalid", "a scope is given twice")
  return scopes
}

/** The scope that a concrete URI lies in: an exact one first, then the longest prefix. */
export function scopeOf(scopes: readonly Scope[], uri: string): Scope | undefined {
  let best: Scope | undefined
  for (const scope of scopes) {
    if (scope.match === "exact" ? scope.uri !== uri : !uri.startsWith(scope.uri)) continue
    if (scope.match === "exact") return scope
    if (best === undefined || scope.uri.length > best.uri.length) best = scope
  }
  return best
}

/** The scope of a URI or pattern that an application uses. Throws `session.outside_scope` or `session.reserved_uri`. */
export function requireScope(scopes: readonly Scope[], uri: string, match: Match = "exact"): Scope {
  if (!(match === "exact" ? URI.test(uri) : isPattern(uri, match))) {
    throw new E2eeError(
      "usage.invalid",
      `${JSON.stringify(uri)} is no ${match === "exact" ? "URI" : `${match} pattern`}`,
    )
  }
  if (uri.startsWith("wamp.") || /(^|\.)e2ee\.(grant|info|ann)$/.test(uri)) {
    throw new E2eeError("session.reserved_uri", `${uri} is reserved; choose another`)
  }
  const scope = scopeOf(scopes, match === "wildcard" ? (uri.split("..", 1)[0] ?? "") + "." : uri)
  if (scope !== undefined) return scope
  const known = scopes.map((s) => `${s.uri} (${s.match})`).join(", ")
  throw new E2eeError(
    "session.outside_scope",
    `${uri} is in no scope; expected one of: ${known}; use the WAMP client itself for plain messages`,
  )
}

export type Match = "exact" | "prefix" | "wildcard"

function isPattern(uri: string, match: "prefix" | "wildcard"): boolean {
  const components = uri.split(".")
  return (
    components.length > 0 &&
    uri !== "" &&
    components.every((c, i) => (c === "" ? match === "wildcard" || i === components.length - 1 : /^[^\s#]+$/.test(c)))
  )
}

/** Whether a concrete URI fits what was subscribed or registered: a router may not deliver another. */
export function fitsPattern(uri: string, pattern: string, match: Match): boolean {
  if (match === "exact") return uri === pattern
  if (!URI.test(uri)) return false
  if (match === "prefix") return uri.startsWith(pattern)
  const wanted = pattern.split(".")
  const got = uri.split(".")
  return wanted.length === got.length && wanted.every((component, i) => component === "" || component === got[i])
}

/** Where key grants of a scope are asked: under the application's own prefix, so that any router lets them through. */
export function grantUri(scope: Scope): string {
  return `${scope.match === "prefix" ? scope.uri : `${scope.uri}.`}e2ee.grant`
}
