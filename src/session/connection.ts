import type { PassthruMessage } from "../payload/attributes.ts"
import type { Arguments } from "./sealing.ts"
import type { Match } from "./scope.ts"

/**
 * What an endpoint asks of an open WAMP session of the user's own client; src/wamp has one adapter for each client.
 * Whatever comes in is hostile: adapters check shapes, the session judges contents.
 */
export interface Connection {
  /** Rejects with {@link WampError} for an ERROR, and `session.timeout`, `session.cancelled` or `session.connection`. */
  call(uri: string, payload: Payload, options: CallOptions): Promise<Payload>
  register(uri: string, match: Match, handler: (invocation: Incoming) => Promise<Payload>): Promise<() => Promise<void>>
  publish(uri: string, payload: Payload): Promise<void>
  subscribe(uri: string, match: Match, handler: (event: Incoming) => void): Promise<() => Promise<void>>
  /** Whether the router announces passthru for dealer and broker (payload_passthru_mode.md, "Feature Announcement"). */
  readonly passthru: boolean | Promise<boolean>
}

export type Payload = ({ readonly sealed: true } & PassthruMessage) | ({ readonly sealed: false } & Arguments)

export interface CallOptions {
  readonly timeoutMs: number
  readonly signal?: AbortSignal | undefined
}

export interface Incoming {
  readonly payload: Payload
  /** Concrete procedure or topic where the router tells it: always for patterns. */
  readonly uri: string | undefined
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
/** The agent cannot read a grant request. */
export const GRANT_MALFORMED = "e2ee.error.grant_malformed"
