import { readIdentity, type Identity } from "./certificate/identity.ts"
import { toHex } from "./core/bytes.ts"
import type { E2eeError } from "./core/errors.ts"
import { Secret } from "./core/secret.ts"
import type { Member } from "./keys/member.ts"
import type { Mode } from "./keys/policy.ts"
import type { Membership } from "./session/members/membership.ts"
import { messagingOver, type Messaging } from "./messaging.ts"
import type { Connection } from "./session/connection.ts"
import { NO_MEMORY, TIMERS, type ScopeMemory, type SharedReplay, type Timers } from "./session/context.ts"
import { Engine } from "./session/engine.ts"
import { Peers } from "./session/members/peers.ts"
import { Platforms, type AttestationOptions } from "./session/members/platforms.ts"
import { parseScopes, requireScope, type ScopeOptions } from "./session/scope.ts"
import type { Opened } from "./session/messages/sealing.ts"
import type { TrustProvider } from "./trust/provider.ts"
import type { VerifiedDelegate } from "./trust/verified-delegate.ts"

export interface EndpointOptions {
  /** A WAMP session of your own client, for example `wampy(client)`. */
  readonly connection: Connection
  readonly identity: Identity
  /** How peers are trusted, for example `onChain({ client, deployment, realm })`. */
  readonly trust: TrustProvider
  /** URIs that never carry plaintext. */
  readonly scopes: readonly ScopeOptions[]
  /** Told of every message that was refused. Its error has a code; no payload or key is in it. */
  readonly onRefusal?: (error: E2eeError, where: string) => void
  /** Milliseconds after which a live peer is judged again: how long a revoked one may still be served. Default 1,000. */
  readonly recheckMs?: number
  /** Allowed difference of clocks and age of a message, in milliseconds. Default 5 minutes. */
  readonly skewMs?: number
  /**
   * What this machine shows of its platform (`prove`) and how those of others are judged (`judge`), where a scope or the
   * realm's registry asks for that before keys are granted. Default: nothing is shown, and nothing asked.
   */
  readonly attestation?: AttestationOptions
  /** Remembers the newest keys' names over restarts, so that nobody can have old ones taken again. Default: none. */
  readonly memory?: ScopeMemory
  /** Needed where a scope's policy has `replay: "shared"`: what its callees remember together. */
  readonly sharedReplay?: SharedReplay
  /** POSIX milliseconds; for tests. */
  readonly clock?: () => number
  /** For tests. */
  readonly timers?: Timers
}

/** What a handler learns beside the arguments. */
export interface Details {
  /** The verified peer: address, operator, realm, capabilities, how the trust was won. */
  readonly sender: VerifiedDelegate
  /** How it is known who made the message: see `mode` of the scope. */
  readonly mode: Mode
  /** Whether the sender's signature can be shown to others: in mode `sig`. */
  readonly signed: boolean
  /** Concrete procedure or topic. */
  readonly uri: string
  /** The sender's time, POSIX milliseconds. */
  readonly time: number
  /** Whether the router may have kept the event since then. */
  readonly retained: boolean
  /** What `judge` takes from anybody, to show who sent this: in mode `sig`. */
  readonly evidence: (() => Uint8Array) | undefined
}

export interface Endpoint extends Messaging<Details> {
  /** Whether this endpoint grants the keys of a URI's scope: others can ask for them only while it stays. */
  isKeyAgent(uri: string): boolean
  /** Becomes the key agent of a URI's scope (true), or stands by to take its place when it is gone (false). */
  standAsKeyAgent(uri: string): Promise<boolean>
  /** As key agent: new keys for all, now, after some may have been stolen. */
  rotateKeys(uri: string): void
}

const RECHECK = 1_000
/** Default of `skewMs`. */
export const SKEW = 300_000

/** Puts the parts together over an open WAMP session. Rejects if the identity is not its own. */
export async function createEndpoint(options: EndpointOptions): Promise<Endpoint> {
  const scopes = parseScopes(options.scopes)
  const { chain, delegate, authority, csPubKey } = readIdentity(options.identity)
  const { connection, trust, clock = Date.now, recheckMs = RECHECK, skewMs = SKEW } = options
  const { memory = NO_MEMORY, timers = TIMERS, attestation = {} } = options
  await connection.carriage
  const random = (length: number): Uint8Array => crypto.getRandomValues(new Uint8Array(length))
  const x = random(32)
  const self = {
    chain,
    address: delegate.delegate,
    capabilityBits: authority.capabilities,
    instance: toHex(random(8)),
    csKey: options.identity.csKey,
    csPubKey,
    x: new Secret(x),
  }
  x.fill(0)
  const peers = new Peers(trust, { clock, recheckMs, skewMs })
  const platforms = new Platforms(attestation, { realm: trust.realm, clock, recheckMs, skewMs, random })
  const onRefusal = options.onRefusal ?? ((): void => undefined)
  const engine = new Engine(
    {
      connection,
      self,
      trust,
      peers,
      platforms,
      clock,
      timers,
      skewMs,
      random,
      memory,
      sharedReplay: options.sharedReplay,
      onRefusal,
    },
    scopes,
  )
  const membershipOf = (uri: string): Membership => engine.party(requireScope(scopes, uri)).membership
  return {
    ...messagingOver({
      connection,
      scopes,
      party: (scope) => engine.party(scope),
      details: (opened: Opened<Member>, uri): Details => {
        const { mode } = engine.party(requireScope(scopes, uri)).membership.policy
        const { sender, time, retained, evidence } = opened
        return { sender: sender.delegate, mode, signed: mode === "sig", uri, time, retained, evidence }
      },
      close: async () => {
        await engine.close()
        self.x.wipe()
      },
    }),
    isKeyAgent: (uri) => membershipOf(uri).isAgent,
    standAsKeyAgent: async (uri) => membershipOf(uri).stand(),
    rotateKeys: (uri) => membershipOf(uri).rotate(),
  }
}
