import { readIdentity, type Identity } from "./certificate/identity.ts"
import { chainToJson } from "./certificate/issue.ts"
import { toHex } from "./core/bytes.ts"
import { asE2eeError, E2eeError } from "./core/errors.ts"
import { KIND } from "./payload/frame.ts"
import { answer } from "./session/callee.ts"
import { call } from "./session/caller.ts"
import type { Connection } from "./session/connection.ts"
import { Engine } from "./session/engine.ts"
import { Peers } from "./session/peers.ts"
import { fromArguments } from "./session/result.ts"
import { parseScopes, requireScope, type Match, type ScopeOptions } from "./session/scope.ts"
import type { Arguments, Opened } from "./session/sealing.ts"
import { EventQueue } from "./session/subscriber.ts"
import type { TrustProvider } from "./trust/provider.ts"
import type { VerifiedDelegate } from "./trust/verified-delegate.ts"

export interface EndpointOptions {
  /** An open WAMP session of your own client, for example `wampy(client)`. */
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

export type Kwargs = Readonly<Record<string, unknown>>
/** What it returns goes back sealed: one value, a `Result`, or a promise of either; an `ApplicationError` it throws, too. */
export type CallHandler = (args: readonly unknown[], kwargs: Kwargs, details: Details) => unknown
export type EventHandler = (args: readonly unknown[], kwargs: Kwargs, details: Details) => unknown

export interface CallSettings {
  readonly kwargs?: Kwargs
  /** Milliseconds until `session.timeout`. Default 30,000. A call is never repeated once it may have been executed. */
  readonly timeoutMs?: number
  readonly signal?: AbortSignal
}

export interface Endpoint {
  /** Calls a procedure; resolves to what a verified callee returned: the one value, or a `Result`. */
  call(uri: string, args?: readonly unknown[], settings?: CallSettings): Promise<unknown>
  /** {@link call} with everything that is known of the answer. */
  callDetailed(
    uri: string,
    args?: readonly unknown[],
    settings?: CallSettings,
  ): Promise<Arguments & { readonly details: Details }>
  /** Registers a procedure; resolves to what unregisters it. */
  register(uri: string, handler: CallHandler, settings?: { readonly match?: Match }): Promise<() => Promise<void>>
  /** Publishes an event; resolves when the router has it. */
  publish(uri: string, args?: readonly unknown[], settings?: { readonly kwargs?: Kwargs }): Promise<void>
  /** Subscribes to a topic; resolves to what unsubscribes. */
  subscribe(uri: string, handler: EventHandler, settings?: { readonly match?: Match }): Promise<() => Promise<void>>
  /** Whether this endpoint grants the keys of a URI's scope: others can ask for them only while it stays. */
  isKeyAgent(uri: string): boolean
  /** Ends registrations and subscriptions and overwrites all keys. The WAMP session stays the caller's. */
  close(): Promise<void>
}

const CALL_TIMEOUT = 30_000
const RECHECK = 1_000
const SKEW = 300_000

/** Puts the parts together over an open WAMP session. Rejects if the identity is not its own, or the router lacks passthru. */
export async function createEndpoint(options: EndpointOptions): Promise<Endpoint> {
  const scopes = parseScopes(options.scopes)
  const { chain, authority, csPubKey } = readIdentity(options.identity)
  const capabilityBits = authority.capabilities
  const { connection, trust, clock = Date.now, recheckMs = RECHECK, skewMs = SKEW } = options
  if (!(await connection.passthru)) {
    throw new E2eeError(
      "session.unsupported",
      "the router does not announce payload_passthru_mode for dealer and broker; use one that does",
    )
  }
  const random = (length: number): Uint8Array => crypto.getRandomValues(new Uint8Array(length))
  const speaker = { chain: chainToJson(chain), instance: toHex(random(8)), csKey: options.identity.csKey }
  const peers = new Peers(trust, { clock, recheckMs, skewMs })
  const onRefusal = options.onRefusal ?? ((): void => undefined)
  const engine = new Engine(
    { connection, speaker, csPubKey, capabilityBits, trust, peers, clock, skewMs, random, onRefusal },
    scopes,
  )
  const undo = new Set<() => Promise<void>>()
  let closed = false

  const enter = <T>(work: () => Promise<T>): Promise<T> => {
    if (closed) return Promise.reject(new E2eeError("session.closed", "the endpoint is closed; create another"))
    return work().catch((error: unknown) => {
      throw asE2eeError(error, "session.connection", "the WAMP client failed")
    })
  }
  const undoable = async (ending: () => Promise<void>): Promise<() => Promise<void>> => {
    if (closed) {
      await ending()
      throw new E2eeError("session.closed", "the endpoint was closed meanwhile")
    }
    const once = async (): Promise<void> => {
      if (undo.delete(once)) await ending()
    }
    undo.add(once)
    return once
  }

  const callDetailed: Endpoint["callDetailed"] = (uri, args = [], settings = {}) =>
    enter(async () => {
      const membership = engine.membership(requireScope(scopes, uri))
      const payload = { args, kwargs: settings.kwargs ?? {} }
      const opened = await call(engine, membership, uri, payload, {
        timeoutMs: settings.timeoutMs ?? CALL_TIMEOUT,
        signal: settings.signal,
      })
      return { args: opened.args, kwargs: opened.kwargs, details: detailsOf(opened, uri) }
    })

  return {
    callDetailed,
    call: async (uri, args, settings) => fromArguments(await callDetailed(uri, args, settings)),
    register: (uri, handler, { match = "exact" } = {}) =>
      enter(async () => {
        const membership = engine.membership(requireScope(scopes, uri, match))
        await membership.join("callee")
        const invoke = (opened: Opened, concrete: string): unknown =>
          handler(opened.args, opened.kwargs, detailsOf(opened, concrete))
        return undoable(
          await connection.register(uri, match, (incoming) =>
            answer(engine, membership, { uri, match }, incoming, invoke),
          ),
        )
      }),
    publish: (uri, args = [], { kwargs = {} } = {}) =>
      enter(async () => {
        const membership = engine.membership(requireScope(scopes, uri))
        await membership.join("publisher")
        await membership.recheckReaders("event")
        const ring = await membership.join("publisher")
        const place = { profile: membership.scope.profile, kind: KIND.event, uri }
        const sealed = engine.seal({ args, kwargs }, ring, ring.ownKey(KIND.event, uri), place)
        await connection.publish(uri, { sealed: true, attributes: sealed.attributes, payload: sealed.payload })
      }),
    subscribe: (uri, handler, { match = "exact" } = {}) =>
      enter(async () => {
        const membership = engine.membership(requireScope(scopes, uri, match))
        // Without an agent yet, keys are pulled when the first event comes.
        await membership.join("subscriber").catch((error: unknown) => {
          if (!(error instanceof E2eeError) || error.code !== "keys.no_agent") throw error
        })
        const queue = new EventQueue(engine, membership, { uri, match }, (opened, topic) =>
          handler(opened.args, opened.kwargs, detailsOf(opened, topic)),
        )
        return undoable(await connection.subscribe(uri, match, (event) => queue.push(event)))
      }),
    isKeyAgent: (uri) => engine.membership(requireScope(scopes, uri)).isAgent,
    close: async () => {
      if (closed) return
      closed = true
      await Promise.allSettled([...undo].map((ending) => ending()))
      await engine.close()
    },
  }
}

function detailsOf({ sender, time }: Opened, uri: string): Details {
  return { sender: sender.delegate, signed: true, uri, time }
}
