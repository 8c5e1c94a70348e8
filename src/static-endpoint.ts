import { toHex } from "./core/bytes.ts"
import { E2eeError } from "./core/errors.ts"
import { StaticRing, type StaticKey } from "./keys/static-ring.ts"
import { messagingOver, type Messaging } from "./messaging.ts"
import { SKEW } from "./endpoint.ts"
import type { Connection } from "./session/connection.ts"
import { ReplayWindows } from "./session/messages/replay.ts"
import { parseScopes, type Scope, type ScopeOptions } from "./session/scope.ts"
import type { Opened } from "./session/messages/sealing.ts"
import { StaticParty, type Authentication } from "./session/messages/static-party.ts"

export interface StaticScopeOptions extends ScopeOptions {
  /** Keys that all parties hold: the first seals, all open. To change one, add the new key everywhere, then put it first. */
  readonly keys: readonly StaticKey[]
  /**
   * Takes payloads of plain implementations of the specification, which carry no frame: nothing tells who made them, when
   * or for which URI, so that a router can repeat and move them. Not beside `padding`; never for progressive calls.
   * Default false.
   */
  readonly dangerouslyAcceptBare?: boolean
  /** Sends payloads without a frame, for receivers that understand no other. Default false. */
  readonly dangerouslySendBare?: boolean
}

export interface StaticEndpointOptions {
  readonly connection: Connection
  readonly scopes: readonly StaticScopeOptions[]
  /** Told of every message that was refused. Its error has a code; no payload or key is in it. */
  readonly onRefusal?: (error: E2eeError, where: string) => void
  /** Told once of each weaker setting in use. Default: a warning on the console. */
  readonly onWarning?: (message: string) => void
  /** Allowed difference of clocks and age of a message, in milliseconds. Default 5 minutes. */
  readonly skewMs?: number
  /** POSIX milliseconds; for tests. */
  readonly clock?: () => number
}

/** What a handler learns beside the arguments: of a sender nothing but that it holds the key. */
export interface StaticDetails {
  /** Concrete procedure or topic. */
  readonly uri: string
  /** Id of the key that it was sealed with. */
  readonly keyId: string
  /** `frame`: a holder of the key made it for this URI, at this time, and it came once. `bare`: a holder made it once. */
  readonly authenticated: Authentication
  /** The sender's time, POSIX milliseconds; of a bare payload the time of receipt. */
  readonly time: number
}

/**
 * An endpoint with static keys: no certificates, no key agent, no chain. For groups that have another way to give and
 * change keys, and to talk to plain implementations of the specification. Whoever has a key of a scope reads all of it,
 * may have written any of it, and cannot be excluded but by new keys; recorded traffic opens with a stolen key. Throws
 * `usage.invalid` for keys or scopes that are none (docs/static-keys.md).
 */
export async function createStaticEndpoint(options: StaticEndpointOptions): Promise<Messaging<StaticDetails>> {
  const { connection, clock = Date.now, skewMs = SKEW, onRefusal = (): void => undefined } = options
  // oxlint-disable-next-line no-console -- the one word about a weaker setting that a program cannot miss
  const { onWarning = (message: string): void => console.warn(`wamp-e2ee: ${message}`) } = options
  const scopes = parseScopes(options.scopes)
  const rings = options.scopes.map(({ keys }) => new StaticRing(keys))
  await connection.carriage
  const random = (length: number): Uint8Array => crypto.getRandomValues(new Uint8Array(length))
  const replay = new ReplayWindows()
  let sequence = 0
  const context = {
    connection,
    instance: toHex(random(8)),
    clock,
    skewMs,
    random,
    replay,
    onRefusal,
    nextSequence: () => sequence++,
  }
  const parties = new Map<Scope, StaticParty>()
  for (const [i, scope] of scopes.entries()) {
    const { dangerouslyAcceptBare = false, dangerouslySendBare = false } = options.scopes[i] as StaticScopeOptions
    if (dangerouslyAcceptBare || dangerouslySendBare) requireBareForm(scope)
    if (dangerouslyAcceptBare) onWarning(`${scope.uri}: payloads without a frame are accepted (dangerouslyAcceptBare)`)
    if (dangerouslySendBare) onWarning(`${scope.uri}: payloads are sent without a frame (dangerouslySendBare)`)
    const interop = { acceptBare: dangerouslyAcceptBare, sendBare: dangerouslySendBare }
    parties.set(scope, new StaticParty(context, scope, rings[i] as StaticRing, interop))
  }
  return messagingOver({
    connection,
    scopes,
    party: (scope) => parties.get(scope) as StaticParty,
    details: ({ sender, keyId, time }: Opened<Authentication>, uri): StaticDetails => ({
      uri,
      keyId,
      authenticated: sender,
      time,
    }),
    close: async () => {
      for (const ring of rings) ring.wipe()
    },
  })
}

function requireBareForm({ uri, profile: { serializer, padding } }: Scope): void {
  const why = padding
    ? "padding, which plain implementations do not know"
    : serializer.bare === undefined && `the serialiser ${serializer.name}, which has no form without a frame`
  if (!why) return
  throw new E2eeError("usage.invalid", `${uri}: payloads without a frame and ${why}; choose one of both`)
}
