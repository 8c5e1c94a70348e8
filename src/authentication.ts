import { capabilityBits, capabilityNames } from "./certificate/capabilities.ts"
import { parseChain } from "./certificate/parse.ts"
import type { CertificateChain } from "./certificate/types.ts"
import type { Address } from "./core/address.ts"
import type { Hex } from "./core/bytes.ts"
import { E2eeError } from "./core/errors.ts"
import type { Credentials } from "./cryptosign/credentials.ts"
import { judgeChain } from "./trust/judge.ts"
import { pathOf } from "./trust/path.ts"
import type { TrustProvider } from "./trust/provider.ts"
import type { VerifiedDelegate } from "./trust/verified-delegate.ts"

/** How machines are judged that open WAMP sessions, or routers to which sessions are opened. */
export interface SessionTrustOptions {
  /** Allowed difference of clocks in milliseconds. Default 5 minutes. */
  readonly skewMs?: number
  /** POSIX milliseconds; for tests. */
  readonly clock?: () => number
}

export interface ClientTrustOptions extends SessionTrustOptions {
  /** Default `user` for everybody. */
  readonly authrole?: (client: VerifiedDelegate) => string
}

/** A chain as a client shows it in HELLO, and the key it proved. */
export interface ShownChain {
  readonly certificates: readonly unknown[]
  readonly trustroot: Address | undefined
  /** Ed25519 public key, 32 bytes. */
  readonly provenKey: Hex
}

/**
 * A router's key signs what any client sends it, so that it must open no session: one key is a router's or a client's,
 * and its certificate says which. With one of these capabilities it is a router's.
 */
const RELAY = capabilityBits(["public-relay", "private-relay"])

/**
 * Judges the clients of a router: `startRouter({ authentication: { cryptosign: { judge: trustedClients(trust) } } })`.
 * Their authid is the delegate's address. Which trustroot counts is the provider's word: the client's must be the same.
 */
export function trustedClients(
  trust: TrustProvider,
  options: ClientTrustOptions = {},
): (client: ShownChain) => Promise<{ authid: string; authrole: string }> {
  return async (client) => {
    const { chain, delegate } = await judge(trust, client, options)
    if ((delegate.capabilityBits & RELAY) !== 0n)
      throw new E2eeError(
        "trust.capability_missing",
        `${delegate.address} is a router's; expected a client's certificate`,
      )
    await trust.accept?.(chain, delegate)
    return { authid: delegate.address, authrole: options.authrole?.(delegate) ?? "user" }
  }
}

/** Judges the router before a client proves itself: `cryptosign(identity, { router: trustedRouters(trust) })`. */
export function trustedRouters(
  trust: TrustProvider,
  options: SessionTrustOptions = {},
): (router: Credentials) => Promise<void> {
  return async ({ certificates, trustroot, publicKey }) => {
    const { chain, delegate } = await judge(trust, { certificates, trustroot, provenKey: publicKey }, options)
    if ((delegate.capabilityBits & RELAY) !== 0n) return trust.accept?.(chain, delegate)
    const names = capabilityNames(delegate.capabilityBits).join(", ")
    throw new E2eeError(
      "trust.capability_missing",
      `${delegate.address} may not be a router: it has ${names}; expected public-relay or private-relay`,
    )
  }
}

async function judge(
  trust: TrustProvider,
  { certificates, trustroot, provenKey }: ShownChain,
  { skewMs = 300_000, clock = Date.now }: SessionTrustOptions,
): Promise<{ chain: CertificateChain; delegate: VerifiedDelegate }> {
  const chain = parseChain(certificates)
  const facts = await trust.facts(chain)
  const delegate = judgeChain(chain, facts, {
    now: clock(),
    skew: skewMs,
    provenKey,
    ...(trust.maxAge === undefined ? {} : { maxAge: trust.maxAge }),
  })
  // The rules have made sure that the path ends in a root that counts here; whoever meant another one is told so.
  const root = pathOf(chain, facts).root.issuer
  if (trustroot !== root)
    throw new E2eeError(
      "trust.root",
      `the trustroot named is ${trustroot ?? "none"}; expected ${root}, where the chain ends`,
    )
  return { chain, delegate }
}
