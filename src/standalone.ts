import { parseAddress, type Address } from "./core/address.ts"
import { E2eeError } from "./core/errors.ts"
import type { Bundle } from "./trust/standalone/bundle.ts"
import type { TrustProvider } from "./trust/provider.ts"
import { Trustroot, type BundleSource, type BundleState } from "./trust/standalone/trustroot.ts"
import { fetchBundle } from "./web/fetch-bundle.ts"

export interface StandaloneOptions {
  /** Address of the key that signs the realm's bundles, from its owner by another way. It stays so after a rotation. */
  readonly trustroot: string
  readonly realm: string
  /**
   * Where the bundle is: an https URL (http to this machine alone), the document's bytes, a function that gets them, or
   * `bundleFile(path)` of wamp-e2ee/keystore.
   */
  readonly source: string | URL | Uint8Array | BundleSource | ((signal: AbortSignal) => Promise<string | Uint8Array>)
  /** What keeps a restart from being shown an older bundle, such as `trustrootState(folder)` of wamp-e2ee/keystore. */
  readonly state: BundleState
  /** Where given, the bundle must say the same. */
  readonly chainId?: bigint
  readonly verifyingContract?: string
  /** Looks for a newer bundle after so many milliseconds, where the bundle's own hint is longer. */
  readonly refreshMs?: number
  /** Milliseconds that the source has to answer. Default 5,000. */
  readonly timeoutMs?: number
  /** Oldest allowed boot of a delegate in milliseconds; not judged where absent. */
  readonly maxAge?: number
  /** How far in the future a bundle may have been issued, in milliseconds. Default 5 minutes. */
  readonly skewMs?: number
  /** Ends all looking when it is aborted. */
  readonly signal?: AbortSignal
  /** Told when no newer bundle could be had while the last one still counts: a rollback, a fork, a source that is down. */
  readonly onRefusal?: (error: E2eeError) => void
  /** POSIX milliseconds; for tests. */
  readonly clock?: () => number
}

/** Longer timers run off at once. */
const MAX_TIMER = 2 ** 31 - 1

export interface StandaloneTrust extends TrustProvider {
  /** Looks for a newer bundle at once, and gives the one that counts. Rejects when the source gave none that does. */
  refresh(): Promise<Bundle>
}

/**
 * Trust in what the signed bundles of one trustroot say, without a chain. The bundle is looked for when a chain is to
 * be judged and the last look is longer ago than it asks; a failed look leaves the last one in use until its end.
 */
export function standalone(options: StandaloneOptions): StandaloneTrust {
  const { state, maxAge, chainId, verifyingContract, signal } = options
  const realm = addressOf(options.realm, "realm")
  const trustroot = new Trustroot({
    policy: {
      trustroot: addressOf(options.trustroot, "trustroot"),
      realm,
      ...(chainId === undefined ? {} : { chainId }),
      ...(verifyingContract === undefined
        ? {}
        : { verifyingContract: addressOf(verifyingContract, "verifyingContract") }),
    },
    source: sourceOf(options.source),
    state,
    refreshMs: millisecondsOf(options.refreshMs ?? Infinity, "refreshMs"),
    timeoutMs: Math.min(millisecondsOf(options.timeoutMs ?? 5_000, "timeoutMs"), MAX_TIMER),
    skewMs: options.skewMs ?? 300_000,
    clock: options.clock ?? Date.now,
    signal,
    onRefusal: options.onRefusal ?? (() => undefined),
  })
  return {
    realm,
    ...(maxAge === undefined ? {} : { maxAge }),
    facts: async (chain) => (await trustroot.current()).factsOf(chain),
    refresh: async () => {
      await trustroot.look()
      return (await trustroot.current()).bundle
    },
  }
}

function sourceOf(source: StandaloneOptions["source"]): BundleSource {
  if (typeof source === "string" || source instanceof URL) return fetchBundle(source)
  if (source instanceof Uint8Array) return { name: "the given bytes", read: () => Promise.resolve(source) }
  return typeof source === "function" ? { name: "the given function", read: source } : source
}

function addressOf(text: string, name: string): Address {
  const address = parseAddress(text)
  if (address !== undefined) return address
  throw new E2eeError(
    "usage.invalid",
    `${name} ${JSON.stringify(text)} is no address; expected 0x and 40 hex digits, mixed case only with its checksum`,
  )
}

function millisecondsOf(value: number, name: string): number {
  if (value > 0) return value
  throw new E2eeError("usage.invalid", `${name} is ${value}; expected more than 0 milliseconds`)
}
