import type { PassthruMessage } from "../payload/attributes.ts"
import type { Arguments } from "./messages/sealing.ts"
import type { Match } from "./scope.ts"

/**
 * How sealed payloads cross a router: by passthru attributes (payload_passthru_mode.md), or in-band, behind a header of
 * their own in the one argument, for routers that would drop the attributes. Never in plaintext.
 */
export type Carriage = "passthru" | "in-band"

/**
 * What an endpoint asks of a WAMP session of the user's own client; src/wamp has one adapter for each client. It lives as
 * long as the client does: after a loss, the adapter registers and subscribes again in the next session.
 * Whatever comes in is hostile: adapters check shapes, the session judges contents.
 */
export interface Connection {
  /** Chosen when a session is joined, by what its router announces; another session may have another. */
  readonly carriage: Carriage | Promise<Carriage>
  /** Rejects with {@link WampError} for an ERROR, and `session.timeout`, `session.cancelled` or `session.connection`. */
  call(uri: string, payload: Payload, options: CallOptions): Promise<Payload>
  register(
    uri: string,
    match: Match,
    handler: (invocation: Invocation) => Promise<Payload>,
    options?: RegisterOptions,
  ): Promise<() => Promise<void>>
  /** Resolves when the router has acknowledged the event. */
  publish(uri: string, payload: Payload, options?: PublishOptions): Promise<void>
  subscribe(
    uri: string,
    match: Match,
    handler: (event: Incoming) => void,
    options?: SubscribeOptions,
  ): Promise<() => Promise<void>>
}

export type Payload = ({ readonly sealed: true } & PassthruMessage) | ({ readonly sealed: false } & Arguments)

export interface Deadline {
  readonly timeoutMs: number
  readonly signal?: AbortSignal | undefined
}

export interface CallOptions extends Deadline {
  /** Told of each part of a progressive result; the router is asked for parts only where this is given. */
  readonly onPart?: ((part: Payload) => void) | undefined
  /** Further parts of a progressive call, sent as they come. `last` tells the router, and ends the iteration. */
  readonly parts?: AsyncIterable<{ readonly payload: Payload; readonly last: boolean }> | undefined
}

export interface PublishOptions extends Partial<Deadline> {
  /** PUBLISH.Options for the broker, such as `eligible_authrole`. */
  readonly options?: Readonly<Record<string, unknown>> | undefined
}

export interface KeepOptions {
  /** Told once when what was registered or subscribed could not be had again after a loss; it is over then. */
  readonly lost?: ((error: unknown) => void) | undefined
  /** Told each time that it was had again, in another session. */
  readonly renewed?: (() => void) | undefined
}

/** How calls are spread over those that register one procedure ("Shared Registration"). */
export type Invoke = "single" | "roundrobin" | "random" | "first" | "last"

export interface SubscribeOptions extends KeepOptions {
  /** Asks the router for events that it keeps. */
  readonly retained?: boolean | undefined
}

export interface RegisterOptions extends KeepOptions {
  readonly invoke?: Invoke | undefined
}

export interface Incoming {
  readonly payload: Payload
  /** Concrete procedure or topic where the router tells it: always for patterns. */
  readonly uri: string | undefined
}

export interface Invocation extends Incoming {
  /** Aborted when the router interrupts the call, or the session ends. */
  readonly signal: AbortSignal
  /** Sends a part of the result ahead of its end; undefined where nobody asked for parts. */
  readonly sendPart: ((part: Payload) => void) | undefined
  /** Further parts of a progressive call; undefined where it is none. Ends with the part that the router calls the last. */
  readonly parts: AsyncIterable<Payload> | undefined
}

/** An ERROR as it came over the wire, or as a handler wants it sent. */
export class WampError extends Error {
  override readonly name = "WampError"
  readonly uri: string
  readonly payload: Payload

  constructor(uri: string, payload: Payload = { sealed: false, args: [], kwargs: {} }) {
    super(uri)
    this.uri = uri
    this.payload = payload
  }
}

/** The one word to a peer about a key that is not held: it may ask for a grant once and try again. */
export const UNKNOWN_KEY = "e2ee.error.unknown_key"
/** The one word to a peer about anything else that was refused: no oracle (THREATS W27). */
export const REFUSED = "e2ee.error.refused"
/** The agent works on as many grants as it may at once: come again. */
export const AGENT_BUSY = "e2ee.error.agent_busy"
/** The agent cannot judge its readers now, or whoever asks. */
export const AGENT_UNSURE = "e2ee.error.agent_unsure"
/** The agent cannot read a grant request. */
export const GRANT_MALFORMED = "e2ee.error.grant_malformed"

/** Whether an ERROR says such a word. Not every router keeps its URI where it belongs (docs/routers.md). */
export function says({ uri, payload }: WampError, word: string): boolean {
  return uri === word || (!payload.sealed && payload.args[0] === word)
}
