import { E2eeError } from "../core/errors.ts"
import { decodeInBand } from "../payload/in-band.ts"
import { isDictionary } from "../payload/plain.ts"
import type { Carriage, Payload } from "../session/connection.ts"
import { CallParcel, packParcel, parcelOf, payloadOf, unpackParcel, type Message } from "./carriage.ts"
import { Guard, idOf, overflow } from "./guard.ts"
import { PartQueue } from "./part-queue.ts"

const [HELLO, WELCOME, ABORT, GOODBYE, ERROR] = [1, 2, 3, 6, 8]
const [PUBLISH, PUBLISHED, SUBSCRIBE, SUBSCRIBED, UNSUBSCRIBE] = [16, 17, 32, 33, 34]
const [CALL, CANCEL, RESULT, REGISTER, REGISTERED, UNREGISTER] = [48, 49, 50, 64, 65, 66]
const [INVOCATION, INTERRUPT, YIELD] = [68, 69, 70]

/** Features that hold with the tap in place, whatever the client alone can do, by role ("Feature Announcement"). */
const FEATURES: Readonly<Record<string, readonly string[]>> = {
  publisher: ["payload_passthru_mode"],
  subscriber: ["payload_passthru_mode"],
  caller: ["payload_passthru_mode", "progressive_call_results", "call_canceling"],
  callee: [
    "payload_passthru_mode",
    "progressive_call_results",
    "progressive_call_invocations",
    "call_canceling",
    "call_cancelling", // as the specification writes it elsewhere
  ],
}

/** Reasons of a GOODBYE that only says that a router stops for a while. */
const RESTARTS: ReadonlySet<unknown> = new Set(["wamp.close.system_shutdown", "wamp.close.close_realm"])

/** Messages that mean something in the session alone for which they were written: they name what it numbered. */
const OF_ONE_SESSION: ReadonlySet<unknown> = new Set([ABORT, GOODBYE, ERROR, UNSUBSCRIBE, CANCEL, UNREGISTER, YIELD])

/** Procedures at work for a router at once; what is above is answered with an error. */
const MAX_INVOCATIONS = 16_384
/** Progressive calls that were answered before their last part, of which late parts are known. */
const MAX_PAST = 1_024
/** Calls that were given up and not answered since, of which an answer would be known. */
const MAX_FORGOTTEN = 16_384

/** One of our procedures at work for a router. */
export interface OpenInvocation {
  readonly request: number
  readonly abort: AbortController
  /** Whether the caller asked for parts of the result. */
  readonly receivesParts: boolean
  /** Further parts of a progressive call. */
  readonly parts: PartQueue<Payload> | undefined
  /** Passthru attributes of the first message: they are those of all parts, though not every router repeats them. */
  readonly attributes: Readonly<Record<string, unknown>> | undefined
}

/** What outlives a session: asked for again in the next one. */
export interface Keepsake {
  readonly type: "register" | "subscribe"
  readonly uri: string
  readonly match: string
}

export interface Client {
  /** A message that the client takes without doing anything, in place of what was dealt with here. */
  readonly ignored: Message
  /** Whether its request ids begin anew with each session. */
  readonly restarts: boolean
  /** Whether it knows nothing more of a call that was cancelled, and takes a late answer for a fault. */
  readonly dropsCancelled: boolean
  /** Whether it can continue a call (progressive call invocations). */
  readonly continues: boolean
}

/**
 * What sees every message between a client and its router, since it is part of the client's serialiser: carries parcels
 * through, and does what clients lack of progressive results and calls, interruptions, and restarts.
 */
export class Tap {
  readonly #client: Client
  readonly #guard: Guard
  /** Procedures that endpoints register through this client. */
  readonly #procedures = new Set<string>()
  /** Topics that endpoints subscribe to through this client, and how often. */
  readonly #topics = new Map<string, number>()
  readonly #registering = new Map<number, Keepsake>()
  readonly #registrations = new Set<number>()
  /** SUBSCRIBE requests of ours on their way. */
  readonly #subscribing = new Map<number, Keepsake>()
  /** PUBLISH requests of ours on their way. */
  readonly #publishing = new Set<number>()
  /** Calls of ours, each with what wants the parts of its result. */
  readonly #calls = new Map<number, ((part: Payload) => void) | undefined>()
  readonly #forgotten = new Set<number>()
  /** Requests of ours that were written for a session that is over. */
  readonly #stale = new Set<number>()
  /** Calls, the application's own too, of which a client that drops cancelled ones knows nothing more. */
  readonly #dropped = new Set<number>()
  readonly #invocations = new Map<number, OpenInvocation>()
  /** Invocations in parts that were answered: a part that crosses the answer is no new call. */
  readonly #past = new Set<number>()
  readonly #invocationOf = new WeakMap<object, OpenInvocation>()
  readonly #welcomed = new Set<() => void>()
  readonly #lost = new Set<() => void>()
  readonly #confirmed = new Set<(keepsake: Keepsake) => void>()
  readonly #refused = new Set<(keepsake: Keepsake, error: string) => void>()
  #state: "up" | "leaving" | "left" | "down" = "up"
  /** Whether there was a session since stale requests were last noted: what waited to be sent is gone with it. */
  #flushed = true
  /** Of the present session; undefined before the first WELCOME that was seen. */
  #carriage: Carriage | undefined
  #canInterrupt = false
  #canContinue = false

  constructor(client: Client) {
    this.#client = client
    this.#guard = new Guard(client.restarts)
  }

  get carriage(): Carriage | undefined {
    return this.#carriage
  }

  /** Whether there is a session, as far as messages tell, and lasts: nothing that is sent now is lost for sure. */
  get isUp(): boolean {
    return this.#state === "up"
  }

  /** Whether the router said that it stops for a while, and its connection is still there. */
  get isLeft(): boolean {
    return this.#state === "left"
  }

  /** Whether the router cancels calls. */
  get canInterrupt(): boolean {
    return this.#canInterrupt
  }

  /** Whether router and client know progressive call invocations. */
  get canContinue(): boolean {
    return this.#canContinue && this.#client.continues
  }

  /** How many requests, registrations and invocations are remembered: bounded, whatever a router does. */
  get size(): number {
    const of = [
      this.#registering,
      this.#registrations,
      this.#subscribing,
      this.#publishing,
      this.#calls,
      this.#forgotten,
    ]
    const sizes = [...of, this.#stale, this.#invocations, this.#past, this.#guard, this.#lost].map(({ size }) => size)
    return sizes.reduce((sum, size) => sum + size)
  }

  /** Tells of each session's WELCOME, before the client sees it. */
  onWelcome(listener: () => void): void {
    this.#welcomed.add(listener)
  }

  /** Tells once, until the returned function is called, that the session is lost. */
  onLost(listener: () => void): () => void {
    this.#lost.add(listener)
    return () => void this.#lost.delete(listener)
  }

  /** Tells of each REGISTER and SUBSCRIBE of endpoints that the router confirmed. */
  onConfirmed(listener: (keepsake: Keepsake) => void): void {
    this.#confirmed.add(listener)
  }

  /** Tells of each REGISTER and SUBSCRIBE of endpoints that the router refused. */
  onRefused(listener: (keepsake: Keepsake, error: string) => void): void {
    this.#refused.add(listener)
  }

  /** From now on invocations of the procedure are this endpoint's. */
  claim(procedure: string): void {
    this.#procedures.add(procedure)
  }

  release(procedure: string): void {
    this.#procedures.delete(procedure)
  }

  /** From now on subscriptions to the topic are an endpoint's too. */
  claimTopic(topic: string): void {
    this.#topics.set(topic, (this.#topics.get(topic) ?? 0) + 1)
  }

  releaseTopic(topic: string): void {
    const left = (this.#topics.get(topic) ?? 0) - 1
    if (left > 0) this.#topics.set(topic, left)
    else this.#topics.delete(topic)
  }

  /** The invocation that a client handed over by its arguments. */
  invocationOf(args: unknown): OpenInvocation | undefined {
    return typeof args === "object" && args !== null ? this.#invocationOf.get(args) : undefined
  }

  /** Whether the session that an invocation came in is over: its answer would break the next one. */
  isOver({ abort: { signal } }: OpenInvocation): boolean {
    return signal.aborted && signal.reason === SESSION_LOST
  }

  /** A call that was given up: nothing of it reaches its caller any more. */
  forget(request: number): void {
    if (!this.#calls.has(request)) return
    this.#calls.set(request, undefined)
    this.#forgotten.add(request)
    for (const oldest of overflow(this.#forgotten, MAX_FORGOTTEN)) this.#calls.delete(oldest)
  }

  /** Ends all that hangs on the session. For whoever sees first that it is lost; nothing happens the second time. */
  lost(): void {
    if (this.#state !== "left") this.#state = "down"
    for (const { abort, parts } of this.#invocations.values()) {
      abort.abort(SESSION_LOST)
      parts?.fail(SESSION_LOST)
    }
    this.#invocations.clear()
    this.#past.clear()
    this.#registrations.clear()
    if (this.#flushed) this.#stale.clear()
    this.#flushed = false
    for (const requests of [this.#registering, this.#subscribing, this.#publishing, this.#calls]) {
      for (const request of requests.keys()) this.#stale.add(request)
      requests.clear()
    }
    this.#forgotten.clear()
    this.#dropped.clear()
    const listeners = [...this.#lost]
    this.#lost.clear()
    for (const listener of listeners) listener()
  }

  /** Whether a message of before this session may not go out in it: it would be executed late, or hit something else. */
  isStale([type, id]: Message): boolean {
    return OF_ONE_SESSION.has(type) || (typeof id === "number" && this.#stale.has(id))
  }

  /** A message of the client's as the wire wants it; `json` for a session whose bytes go as text. */
  sent(message: Message, json: boolean): Message {
    const [type, id] = message
    if (type === HELLO || type === ABORT || type === GOODBYE) this.#end(type)
    const unpacked = type === HELLO ? withFeatures(message, this.#client.continues) : unpackParcel(message, json)
    this.#guard.sent(message)
    if (typeof id === "number") this.#note(message, id)
    return withoutUndefined(unpacked)
  }

  /** A router's message as the client may see it. Throws TypeError for one that would break the client, and ends there. */
  received(decoded: unknown): Message {
    try {
      return this.#received(packParcel(decoded, (given) => this.#isOurs(given)))
    } catch (error) {
      this.#guard.over()
      this.lost()
      throw error
    }
  }

  #received(message: Message): Message {
    const [type, id, third] = message
    if (this.#state === "left") return this.#client.ignored
    if (type === RESULT && this.#isPart(message)) return this.#client.ignored
    this.#guard.received(message)
    switch (type) {
      case WELCOME:
        this.#welcome(third)
        break
      case ABORT:
        this.lost()
        break
      case GOODBYE:
        return this.#goodbye(message)
      case PUBLISHED:
        this.#publishing.delete(idOf(id))
        break
      case SUBSCRIBED:
        this.#confirm(this.#subscribing, idOf(id))
        break
      case REGISTERED:
        if (this.#confirm(this.#registering, idOf(id))) this.#registrations.add(idOf(third))
        break
      case ERROR:
        return this.#error(message)
      case RESULT:
        return this.#result(message)
      case INVOCATION:
        return this.#invocation(message)
      case INTERRUPT:
        this.#invocations.get(idOf(id))?.abort.abort(INTERRUPTED)
        return this.#client.ignored
    }
    return message
  }

  /** Remembers requests of ours, and forgets invocations that were answered. */
  #note(message: Message, id: number): void {
    const [type, second, third, fourth] = message
    const match = String((third as Record<string, unknown> | undefined)?.["match"] ?? "exact")
    if (type === REGISTER && typeof fourth === "string" && this.#procedures.has(fourth))
      this.#registering.set(id, { type: "register", uri: fourth, match })
    if (type === SUBSCRIBE && typeof fourth === "string" && this.#topics.has(fourth))
      this.#subscribing.set(id, { type: "subscribe", uri: fourth, match })
    if (type === PUBLISH && parcelOf(message) !== undefined) this.#publishing.add(id)
    if (type === CALL) {
      const parcel = parcelOf(message)
      if (parcel instanceof CallParcel) {
        this.#calls.set(id, parcel.onPart)
        parcel.sentAs?.(id)
      }
    }
    if (type === CANCEL && this.#client.dropsCancelled && (third as Record<string, unknown>)["mode"] !== "kill")
      this.#dropped.add(id)
    // Others' answers may be late ones, to a session before this that numbered its invocations alike.
    if (parcelOf(message) === undefined) return
    if (type === YIELD && (third as Record<string, unknown> | undefined)?.["progress"] !== true) this.#answered(id)
    if (type === ERROR && second === INVOCATION && typeof third === "number") this.#answered(third)
  }

  #answered(request: number): void {
    if (this.#invocations.get(request)?.parts !== undefined) this.#past.add(request)
    overflow(this.#past, MAX_PAST)
    this.#invocations.delete(request)
  }

  #isOurs(message: Message): boolean {
    const [type, id, third] = message
    if (type === RESULT) return this.#calls.has(Number(id))
    return type === INVOCATION && this.#registrations.has(Number(third))
  }

  #end(type: unknown): void {
    this.lost()
    if (type === HELLO) this.#state = "down"
    if (type === GOODBYE && this.#state !== "left") this.#state = "leaving"
  }

  #confirm(pending: Map<number, Keepsake>, request: number): boolean {
    const keepsake = pending.get(request)
    if (keepsake === undefined) return false
    pending.delete(request)
    for (const listener of this.#confirmed) listener(keepsake)
    return true
  }

  #welcome(details: unknown): void {
    const dealer = featuresOf(details, "dealer")
    const passthru = dealer("payload_passthru_mode") && featuresOf(details, "broker")("payload_passthru_mode")
    this.#carriage = passthru ? "passthru" : "in-band"
    this.#canInterrupt = dealer("call_canceling") || dealer("call_cancelling")
    this.#canContinue = dealer("progressive_call_invocations")
    this.#state = "up"
    this.#flushed = true
    for (const listener of this.#welcomed) listener()
  }

  #goodbye(message: Message): Message {
    const asked = this.#state === "leaving"
    this.lost()
    // The client would take it for the end of all sessions; so it only sees the connection close, and comes back.
    if (asked || !RESTARTS.has(message[2])) return message
    this.#state = "left"
    return this.#client.ignored
  }

  #error(message: Message): Message {
    const [, type, third, , uri] = message
    const request = Number(third)
    if (type === CALL) {
      this.#calls.delete(request)
      this.#forgotten.delete(request)
      if (this.#dropped.delete(request)) return this.#client.ignored
    }
    if (type === PUBLISH) this.#publishing.delete(request)
    const pending = type === REGISTER ? this.#registering : type === SUBSCRIBE ? this.#subscribing : undefined
    const keepsake = pending?.get(request)
    pending?.delete(request)
    if (keepsake !== undefined) for (const listener of this.#refused) listener(keepsake, String(uri))
    return message
  }

  /** Whether a RESULT is a part of a call of ours: the client never sees those. */
  #isPart([, id, details, args]: Message): boolean {
    const request = idOf(id)
    if ((details as Record<string, unknown>)["progress"] !== true) return false
    if (!this.#calls.has(request)) return this.#dropped.has(request)
    if (!this.#forgotten.has(request)) this.#calls.get(request)?.(payloadOf(args, undefined))
    return true
  }

  #result(message: Message): Message {
    const request = idOf(message[1])
    this.#calls.delete(request)
    this.#forgotten.delete(request)
    return this.#dropped.delete(request) ? this.#client.ignored : message
  }

  #invocation(message: Message): Message {
    const [, id, registration, details, args] = message
    if (!this.#registrations.has(idOf(registration))) return message
    if (this.#invocations.size >= MAX_INVOCATIONS) return message
    const request = idOf(id)
    const { progress, receive_progress } = details as Record<string, unknown>
    const open = this.#invocations.get(request)
    if (open !== undefined) {
      if (open.parts === undefined) throw new TypeError("an invocation that is at work came again")
      open.parts.push(laterPart(payloadOf(args, undefined), open.attributes))
      if (progress !== true) open.parts.end()
      return this.#client.ignored
    }
    if (this.#past.has(request)) return this.#client.ignored
    const first = payloadOf(args, undefined)
    const opened: OpenInvocation = {
      request,
      abort: new AbortController(),
      receivesParts: receive_progress === true,
      parts: progress === true ? new PartQueue() : undefined,
      attributes: first.sealed ? first.attributes : undefined,
    }
    this.#invocations.set(request, opened)
    this.#invocationOf.set(args as object, opened)
    return message
  }
}

const SESSION_LOST = new E2eeError("session.connection", "the session was lost; nobody waits for the answer any more")
const INTERRUPTED = new E2eeError("session.cancelled", "the caller cancelled the call, or the router gave it up")

/** A later part of a call: under the attributes of the first, unless it carries its own, since its keys are others. */
function laterPart(payload: Payload, attributes: OpenInvocation["attributes"]): Payload {
  const bytes: unknown = payload.sealed ? payload.payload : payload.args[0]
  if (!(bytes instanceof Uint8Array)) return payload
  const own = decodeInBand(bytes)
  if (own !== undefined) return { sealed: true, ...own }
  return payload.sealed || attributes === undefined ? payload : { sealed: true, attributes, payload: bytes }
}

function featuresOf(details: unknown, role: string): (feature: string) => boolean {
  const inner = (of: unknown, name: string): unknown => (isDictionary(of) ? of[name] : undefined)
  const features = inner(inner(inner(details, "roles"), role), "features")
  return (feature) => isDictionary(features) && Object.hasOwn(features, feature) && features[feature] === true
}

function withFeatures(hello: Message, continues: boolean): Message {
  const [type, realm, details] = hello
  if (!isDictionary(details) || !isDictionary(details["roles"])) return hello
  const roles = Object.entries(details["roles"]).map(([role, value]) => {
    const names = [...(FEATURES[role] ?? [])]
    if (role === "caller" && continues) names.push("progressive_call_invocations")
    const known = isDictionary(value) && isDictionary(value["features"]) ? value["features"] : {}
    const features = { ...known, ...Object.fromEntries(names.map((name) => [name, true])) }
    return [role, { ...(value as object), features }]
  })
  return [type, realm, { ...details, roles: Object.fromEntries(roles) }]
}

/** Options that were not given are undefined in wampy; in msgpack they would go out, and routers refuse them. */
function withoutUndefined(message: Message): Message {
  return message.map((item) =>
    typeof item === "object" && item !== null && Object.getPrototypeOf(item) === Object.prototype
      ? Object.fromEntries(Object.entries(item).filter(([, value]) => value !== undefined))
      : item,
  )
}
