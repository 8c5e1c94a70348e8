import { ZERO_ADDRESS, type Address } from "../core/address.ts"
import { E2eeError } from "../core/errors.ts"
import { parseKem, type Kem } from "../keys/kem.ts"
import {
  checkPolicy,
  DEFAULT_EPOCH_MS,
  DEFAULT_GENERATION_MS,
  openPolicy,
  type Attested,
  type Mode,
  type ReplayPolicy,
  type Rule,
  type ScopePolicy,
  type SignedPolicy,
} from "../keys/policy.ts"
import { parseProfile, type Profile, type ProfileOptions } from "../payload/profile.ts"

/** A protected part of the URI space. */
export interface Scope {
  readonly uri: string
  readonly match: "exact" | "prefix"
  /** As the program says; a signed policy has its own. */
  readonly profile: Profile
  /** How its payloads are written, its keys handed out and how long they live, as far as the program says. */
  readonly settings: PolicyOptions & ProfileOptions
}

/** How the keys of a scope are handed out: the same for all of its endpoints, or none gets keys of another. */
export interface PolicyOptions {
  /**
   * `sig` (default): messages are signed, and can be shown to others. `mac`: nobody can prove to others who wrote. `dsig`:
   * signed under keys that are published two epochs later.
   */
  readonly mode?: Mode
  /** Milliseconds of an epoch: how long a revoked reader reads on at most, whatever a router suppresses. Default 60,000. */
  readonly epochMs?: number
  /** Milliseconds until all keys are new, even if nobody was revoked. Default 3,600,000. */
  readonly generationMs?: number
  /** Who may hand out keys, read or write: `certified` (default), or addresses of delegates or operators. */
  readonly agents?: Rule
  readonly readers?: Rule
  readonly writers?: Rule
  /** What to do about a router that hands one call to two callees. Default `window`: each takes it once. */
  readonly replay?: ReplayPolicy
  /** Epochs back that readers may open retained events. Default 0. */
  readonly historyEpochs?: number
  /**
   * `mlKem768` of `wamp-e2ee/hybrid`: grants stay secret from whoever records them now and has a quantum computer later.
   * Default none. Beside a signed policy it is given where that names it.
   */
  readonly hybrid?: Kem
  /**
   * Whether readers get new keys by one message for all, from a key tree, when one of them is refused. For scopes with
   * many readers. Default false: each asks for a grant.
   */
  readonly trees?: boolean
  /**
   * Who gets keys, or is believed as a key agent, for evidence of a platform alone: names of roles in the realm's
   * AttestationRegistry for `agents`, `readers`, `writers`. Endpoints of such a scope need `attestation`. Default: as far as
   * the registry's policies require it of endpoints that look there.
   */
  readonly attested?: Attested
  /** A document with all of the above, signed by the owner that is named; nothing else may be given beside it then. */
  readonly signed?: { readonly document: SignedPolicy; readonly owner: Address }
}

/** What a program passes for a scope. */
export interface ScopeOptions extends ProfileOptions, PolicyOptions {
  readonly uri: string
  readonly match?: "exact" | "prefix"
}

/** Loose URI rule of the specification ("URIs"): no white space, no #, no empty component. */
const URI = /^[^\s#.]+(\.[^\s#.]+)*$/

export function parseScopes(options: readonly ScopeOptions[]): Scope[] {
  if (options.length === 0) throw new E2eeError("usage.invalid", "no scopes; expected at least one { uri, match }")
  const scopes = options.map(({ uri, match = "exact", ...given }) => {
    const bare = match === "prefix" && uri.endsWith(".") ? uri.slice(0, -1) : uri
    if (!URI.test(bare) || uri.length > 200) {
      throw new E2eeError("usage.invalid", `scope ${JSON.stringify(uri)} is no URI; expected one like "com.example."`)
    }
    if (/^wamp(\.|$)/.test(uri))
      throw new E2eeError("session.reserved_uri", `scope ${uri}: "wamp." is the router's; choose a URI of your own`)
    if (match !== "exact" && match !== "prefix")
      throw new E2eeError("usage.invalid", `match ${JSON.stringify(match)}; expected "exact" or "prefix"`)
    // A prefix ends at a component: com.exam must not protect com.example by accident, nor fail to.
    const named = { uri: match === "prefix" ? `${bare}.` : uri, match }
    const scope = { ...named, profile: parseProfile(given), settings: given }
    if (given.signed === undefined) policyOf(scope, ZERO_ADDRESS)
    return scope
  })
  const names = new Set(scopes.map(({ uri, match }) => `${match} ${uri}`))
  if (names.size !== scopes.length) throw new E2eeError("usage.invalid", "a scope is given twice")
  return scopes
}

/** A scope's policy in a realm. Throws `usage.invalid` for settings that are none, `keys.policy` for a document that is not signed. */
export function policyOf({ uri, match, profile, settings }: Scope, realm: Address): ScopePolicy {
  const { signed, mode, epochMs, generationMs, agents, readers, writers, replay, historyEpochs, trees, attested } =
    settings
  const hybrid = settings.hybrid && parseKem(settings.hybrid).name
  const given = { mode, epochMs, generationMs, agents, readers, writers, replay, historyEpochs, trees, attested }
  if (signed === undefined) {
    const defaults = {
      mode: "sig",
      epochMs: DEFAULT_EPOCH_MS,
      generationMs: DEFAULT_GENERATION_MS,
      agents: "certified",
      readers: "certified",
      writers: "certified",
      replay: "window",
      historyEpochs: 0,
    } as const
    const entries = Object.entries(given).filter(([, value]) => value !== undefined)
    const own = { realm, match, uri, owner: ZERO_ADDRESS, profile, serial: 0 }
    return checkPolicy({ ...defaults, ...Object.fromEntries(entries), ...own, ...(hybrid && { hybrid }) })
  }
  const { serializer, cipher, padding, compression } = settings
  const also = Object.entries({ ...given, serializer, cipher, padding, compression }).flatMap(([name, value]) =>
    value === undefined ? [] : [name],
  )
  if (also.length > 0)
    throw new E2eeError("usage.invalid", `scope ${uri}: ${also.join(", ")} beside a signed policy, which says it all`)
  const policy = openPolicy(signed.document, signed.owner)
  if (policy.realm !== realm || policy.match !== match || policy.uri !== uri)
    throw new E2eeError(
      "keys.policy",
      `the policy is for ${policy.uri} (${policy.match}) of ${policy.realm}, not ${uri}`,
    )
  if (policy.hybrid !== hybrid)
    throw new E2eeError(
      "session.unsupported",
      `the policy of ${uri} has hybrid ${policy.hybrid ?? "none"}, this endpoint ${hybrid ?? "none"}; pass what it names`,
    )
  return policy
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
  // A pattern without a gap takes one URI alone.
  const open = match === "wildcard" && uri.split(".").includes("")
  const scope = scopeOf(scopes, open ? (uri.split("..", 1)[0] ?? "") + "." : uri)
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

type Named = Pick<Scope, "uri" | "match">

/** Where key grants of a scope are asked: under the application's own prefix, so that any router lets them through. */
export function grantUri(scope: Named): string {
  return `${prefixOf(scope)}e2ee.grant`
}

/** Where the agent of a scope tells of new keys, and confirms present ones. */
export function announcementUri(scope: Named): string {
  return `${prefixOf(scope)}e2ee.ann`
}

function prefixOf({ uri, match }: Named): string {
  return match === "prefix" ? uri : `${uri}.`
}
