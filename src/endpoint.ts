import { readIdentity, type Identity } from "./certificate/identity.ts"
import { chainToJson } from "./certificate/issue.ts"
import { toHex } from "./core/bytes.ts"
import type { E2eeError } from "./core/errors.ts"
import type { Member } from "./keys/member.ts"
import { messagingOver, type Messaging } from "./messaging.ts"
import type { Connection } from "./session/connection.ts"
import { Engine } from "./session/engine.ts"
import { Peers } from "./session/peers.ts"
import { parseScopes, requireScope, type ScopeOptions } from "./session/scope.ts"
import type { Opened } from "./session/sealing.ts"
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
  /** POSIX milliseconds; for tests. */
  readonly clock?: () => number
}

/** What a handler learns beside the arguments. */
export interface Details {
  /** The verified peer: address, operator, realm, capabilities, how the trust was won. */
  readonly sender: VerifiedDelegate
  /** Whether the sender's signature can be shown to others (mode `sig`). */
  readonly signed: true
  /** Concrete procedure or topic. */
  readonly uri: string
  /** The sender's time, POSIX milliseconds. */
  readonly time: number
}

export interface Endpoint extends Messaging<Details> {
  /** Whether this endpoint grants the keys of a URI's scope: others can ask for them only while it stays. */
  isKeyAgent(uri: string): boolean
}

const RECHECK = 1_000
/** Default of `skewMs`. */
export const SKEW = 300_000

/** Puts the parts together over an open WAMP session. Rejects if the identity is not its own. */
export async function createEndpoint(options: EndpointOptions): Promise<Endpoint> {
  const scopes = parseScopes(options.scopes)
  const { chain, authority, csPubKey } = readIdentity(options.identity)
  const capabilityBits = authority.capabilities
  const { connection, trust, clock = Date.now, recheckMs = RECHECK, skewMs = SKEW } = options
  await connection.carriage
  const random = (length: number): Uint8Array => crypto.getRandomValues(new Uint8Array(length))
  const speaker = { chain: chainToJson(chain), instance: toHex(random(8)), csKey: options.identity.csKey }
  const peers = new Peers(trust, { clock, recheckMs, skewMs })
  const onRefusal = options.onRefusal ?? ((): void => undefined)
  const engine = new Engine(
    { connection, speaker, csPubKey, capabilityBits, trust, peers, clock, skewMs, random, onRefusal },
    scopes,
  )
  return {
    ...messagingOver({
      connection,
      scopes,
      party: (scope) => engine.party(scope),
      details: detailsOf,
      close: () => engine.close(),
    }),
    isKeyAgent: (uri) => engine.party(requireScope(scopes, uri)).membership.isAgent,
  }
}

function detailsOf({ sender, time }: Opened<Member>, uri: string): Details {
  return { sender: sender.delegate, signed: true, uri, time }
}
