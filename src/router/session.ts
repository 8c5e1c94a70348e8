import type { ChannelBinding } from "../cryptosign/proof.ts"
import type { Authenticate, Verdict } from "./authentication.ts"
import { CODE, ProtocolViolation } from "./messages.ts"
import type { ClientMessage, Dict, RealmMessage, WireMessage } from "./messages.ts"
import { makePeer } from "./peer.ts"
import type { Identity, Peer } from "./peer.ts"
import { isUri } from "./uri.ts"

/** What the session needs of the connection below it. */
export interface Wire {
  send(message: WireMessage): void
  /** Closes once everything sent is out. @param code WebSocket close code */
  close(code: number): void
  /** The id (32 bytes) of the connection for a channel binding; undefined where it has none. */
  channelId(binding: ChannelBinding): Uint8Array | undefined
}

/** What the session needs of the router around it. */
export interface Realms {
  readonly authenticate: Authenticate
  /** Whether clients may join the realm. */
  allows(realm: string): boolean
  join(realm: string, peer: Peer): void
  receive(peer: Peer, message: RealmMessage): void
  leave(peer: Peer): void
  /** Tells why a client was not let in. */
  refused(session: number, uri: string, why: string): void
}

type State =
  | { readonly at: "opening" }
  /** An answer is awaited: from the authenticator, or from the client where there is a challenge. */
  | { readonly at: "authenticating"; readonly answer?: (signature: string, extra: Dict) => void }
  | { readonly at: "open"; readonly peer: Peer }
  /** GOODBYE is sent, the client's is awaited. */
  | { readonly at: "closing" }
  | { readonly at: "closed" }

const FEATURES = {
  broker: [
    "event_retention",
    "payload_passthru_mode",
    "pattern_based_subscription",
    "publisher_exclusion",
    "publisher_identification",
    "subscriber_blackwhite_listing",
  ],
  dealer: [
    "payload_passthru_mode",
    "call_canceling",
    "call_timeout",
    "caller_identification",
    "pattern_based_registration",
    "progressive_call_invocations",
    "progressive_call_results",
    "shared_registration",
  ],
} as const

/** The lifetime of one session: opening, authentication, closing ("Sessions"). One session a connection. */
export class Session {
  readonly id: number
  readonly #wire: Wire
  readonly #realms: Realms
  #state: State = { at: "opening" }

  constructor(id: number, wire: Wire, realms: Realms) {
    this.id = id
    this.#wire = wire
    this.#realms = realms
  }

  get isOpen(): boolean {
    return this.#state.at === "open"
  }

  /** Whether a client still has to introduce itself. */
  get isOpening(): boolean {
    return this.#state.at === "opening" || this.#state.at === "authenticating"
  }

  /** Throws {@link ProtocolViolation}; whoever catches it must call `abort`. */
  receive(message: ClientMessage): void {
    const state = this.#state
    if (state.at === "closed") return
    if (message.kind === "abort") return this.#end(1000)
    if (state.at === "closing") {
      // Everything but the answer is ignored by now (state chart, transition 14).
      if (message.kind === "goodbye") this.#end(1000)
      return
    }
    switch (message.kind) {
      case "hello":
        if (state.at !== "opening") throw new ProtocolViolation("HELLO was sent already")
        return this.#open(message.realm, message.details)
      case "authenticate":
        if (state.at !== "authenticating" || !state.answer) throw new ProtocolViolation("nothing was challenged")
        return state.answer(message.signature, message.extra)
      case "goodbye":
        if (state.at !== "open") throw new ProtocolViolation("GOODBYE before the session was established")
        this.#wire.send([CODE.GOODBYE, {}, "wamp.close.goodbye_and_out"])
        return this.#end(1000)
      default:
        if (state.at !== "open") throw new ProtocolViolation(`${message.kind} before the session was established`)
        this.#realms.receive(state.peer, message)
    }
  }

  /** Ends the session because of the client's fault or the router's; no answer is awaited. */
  abort(uri: string, message: string): void {
    if (this.#state.at === "closed") return
    this.#wire.send([CODE.ABORT, { message }, uri])
    this.#end(uri === "wamp.error.protocol_violation" ? 1002 : 1000)
  }

  /** The router stops: says GOODBYE to an open session and waits for the answer. */
  shutdown(): void {
    if (this.#state.at !== "open") return this.abort("wamp.close.system_shutdown", "the router stops")
    const { peer } = this.#state
    this.#state = { at: "closing" }
    this.#wire.send([CODE.GOODBYE, {}, "wamp.close.system_shutdown"])
    this.#realms.leave(peer)
  }

  /** The connection is gone. */
  lost(): void {
    const state = this.#state
    this.#state = { at: "closed" }
    if (state.at === "open") this.#realms.leave(state.peer)
  }

  #open(realm: string, details: Dict): void {
    // Roles are judged before anybody is asked for a secret.
    makePeer(this.id, { authid: "", authrole: "", authmethod: "" }, details)
    if (!isUri(realm)) return this.abort("wamp.error.invalid_uri", "the realm is no URI")
    if (!this.#realms.allows(realm)) return this.abort("wamp.error.no_such_realm", "there is no such realm")
    const admit = (identity: Identity): void => {
      const peer = makePeer(this.id, identity, details)
      this.#state = { at: "open", peer }
      this.#realms.join(realm, peer)
      this.#wire.send([CODE.WELCOME, this.id, welcome(realm, identity)])
    }
    const channelId = (binding: ChannelBinding) => this.#wire.channelId(binding)
    this.#judge(() => this.#realms.authenticate({ realm, details, channelId }), admit)
  }

  /** Awaits a verdict and acts on it, unless the session ended meanwhile. Never rejects. */
  #judge(judgement: () => Verdict | Promise<Verdict>, admit: (identity: Identity) => void): void {
    this.#state = { at: "authenticating" }
    const decide = async (): Promise<void> => {
      const verdict = await judgement()
      if (this.#state.at !== "authenticating") return
      switch (verdict.kind) {
        case "accepted":
          return admit(verdict.identity)
        case "refused":
          this.#realms.refused(this.id, verdict.uri, verdict.why ?? verdict.message)
          return this.abort(verdict.uri, verdict.message)
        case "challenged": {
          const answer = (signature: string, extra: Dict): void =>
            this.#judge(() => verdict.answer(signature, extra), admit)
          this.#state = { at: "authenticating", answer }
          return this.#wire.send([CODE.CHALLENGE, verdict.method, verdict.extra])
        }
      }
    }
    decide().catch(() => this.abort("wamp.error.authentication_failed", "the router could not decide"))
  }

  #end(code: number): void {
    this.lost()
    this.#wire.close(code)
  }
}

function welcome(realm: string, identity: Identity): Dict {
  const role = (features: readonly string[]) => ({ features: Object.fromEntries(features.map((name) => [name, true])) })
  const roles = { broker: role(FEATURES.broker), dealer: role(FEATURES.dealer) }
  return { realm, agent: "wamp-e2ee router", ...identity, roles }
}
