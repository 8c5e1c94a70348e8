import { E2eeError } from "../core/errors.ts"
import { isDictionary } from "../payload/plain.ts"
import type { Carriage, Payload } from "../session/connection.ts"
import { CallParcel, packParcel, parcelOf, payloadOf, unpackParcel, type Message } from "./carriage.ts"
import { Guard, idOf } from "./guard.ts"
import { PartQueue } from "./part-queue.ts"

const [HELLO, WELCOME, GOODBYE, ERROR, SUBSCRIBE, SUBSCRIBED, CALL, RESULT] = [1, 2, 6, 8, 32, 33, 48, 50]
const [REGISTER, REGISTERED, INVOCATION, INTERRUPT, YIELD] = [64, 65, 68, 69, 70]

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

/** One of our procedures at work for a router. */
export interface OpenInvocation {
  readonly request: number
  readonly abort: AbortController
  /** Whether the caller asked for parts of the result. */
  readonly receivesParts: boolean
  /** Further parts of a progressive call. */
  readonly parts: PartQueue<Payload> | undefined
  /** Passthru attributes of the first message: not every router repeats them with further parts (docs/routers.md). */
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
  readonly #registering = new Map<number, Keepsake>()
  readonly #registrations = new Set<number>()
  /** SUBSCRIBE requests on their way. */
  readonly #subscribing = new Map<number, Keepsake>()
  /** Calls of ours, each with what wants the parts of its result. */
  readonly #calls = new Map<number, ((part: Payload) => void) | undefined>()
  readonly #forgotten = new Set<number>()
  readonly #invocations = new Map<number, OpenInvocation>()
  readonly #invocationOf = new WeakMap<object, OpenInvocation>()
  readonly #welcomed = new Set<() => void>()
  readonly #refused = new Set<(keepsake: Keepsake, error: string) => void>()
  #leaving = false
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

  /** Whether the router cancels calls. */
  get canInterrupt(): boolean {
    return this.#canInterrupt
  }

  /** Whether router and client know progressive call invocations. */
  get canContinue(): boolean {
    return this.#canContinue && this.#client.continues
  }

  /** Tells of each session's WELCOME, before the client sees it. */
  onWelcome(listener: () => void): void {
    this.#welcomed.add(listener)
  }

  /** Tells of each REGISTER and SUBSCRIBE that the router refused. */
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
    if (this.#calls.has(request)) this.#forgotten.add(request)
  }

  /** Ends all that hangs on the session that was lost. */
  lost(): void {
    for (const { abort, parts } of this.#invocations.values()) {
      abort.abort(SESSION_LOST)
      parts?.fail(SESSION_LOST)
    }
    this.#invocations.clear()
    this.#registrations.clear()
    this.#registering.clear()
    this.#subscribing.clear()
    if (!this.#client.restarts) return
    this.#forgotten.clear()
    this.#calls.clear()
  }

  /** A message of the client's as the wire wants it; `json` for a session whose bytes go as text. */
  sent(message: Message, json: boolean): Message {
    const [type, id] = message
    if (type === HELLO) {
      this.lost()
      this.#leaving = false
    }
    if (type === GOODBYE) this.#leaving = true
    const unpacked = type === HELLO ? withFeatures(message, this.#client.continues) : unpackParcel(message, json)
    this.#guard.sent(unpacked)
    if (typeof id === "number") this.#note(message, id)
    return withoutUndefined(unpacked)
  }

  /** A router's message as the client may see it. Throws TypeError for one that would break the client. */
  received(decoded: unknown): Message {
    const message = packParcel(decoded, (given) => this.#isOurs(given))
    this.#guard.received(message)
    const [type, id, third] = message
    switch (type) {
      case WELCOME:
        this.#welcome(third)
        break
      case GOODBYE:
        // The client would take it for the end of all sessions; so it only sees the connection close, and comes back.
        if (!this.#leaving && RESTARTS.has(third)) return this.#client.ignored
        break
      case SUBSCRIBED:
        this.#subscribing.delete(idOf(id))
        break
      case REGISTERED:
        if (this.#registering.delete(idOf(id))) this.#registrations.add(idOf(third))
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
    if (type === SUBSCRIBE && typeof fourth === "string")
      this.#subscribing.set(id, { type: "subscribe", uri: fourth, match })
    if (type === CALL) {
      const parcel = parcelOf(message)
      if (parcel instanceof CallParcel) {
        this.#calls.set(id, parcel.onPart)
        parcel.sentAs?.(id)
      }
    }
    if (type === YIELD && (third as Record<string, unknown> | undefined)?.["progress"] !== true)
      this.#invocations.delete(id)
    if (type === ERROR && second === INVOCATION && typeof third === "number") this.#invocations.delete(third)
  }

  #isOurs(message: Message): boolean {
    const [type, id, third] = message
    if (type === RESULT) return this.#calls.has(Number(id))
    return type === INVOCATION && this.#registrations.has(Number(third))
  }

  #welcome(details: unknown): void {
    const dealer = featuresOf(details, "dealer")
    const passthru = dealer("payload_passthru_mode") && featuresOf(details, "broker")("payload_passthru_mode")
    this.#carriage = passthru ? "passthru" : "in-band"
    this.#canInterrupt = dealer("call_canceling") || dealer("call_cancelling")
    this.#canContinue = dealer("progressive_call_invocations")
    for (const listener of this.#welcomed) listener()
  }

  #error(message: Message): Message {
    const [, type, third, , uri] = message
    const request = Number(third)
    if (type === CALL) {
      this.#calls.delete(request)
      if (this.#forgotten.delete(request) && this.#client.dropsCancelled) return this.#client.ignored
    }
    const pending = type === REGISTER ? this.#registering : type === SUBSCRIBE ? this.#subscribing : undefined
    const keepsake = pending?.get(request)
    pending?.delete(request)
    if (keepsake !== undefined) for (const listener of this.#refused) listener(keepsake, String(uri))
    return message
  }

  #result(message: Message): Message {
    const [, id, details, args] = message
    const request = idOf(id)
    const isPart = (details as Record<string, unknown>)["progress"] === true
    if (isPart && this.#calls.has(request)) {
      if (!this.#forgotten.has(request)) this.#calls.get(request)?.(payloadOf(args, undefined))
      return this.#client.ignored
    }
    if (isPart) return message
    this.#calls.delete(request)
    return this.#forgotten.delete(request) && this.#client.dropsCancelled ? this.#client.ignored : message
  }

  #invocation(message: Message): Message {
    const [, id, registration, details, args] = message
    if (!this.#registrations.has(idOf(registration))) return message
    const request = idOf(id)
    const { progress, receive_progress } = details as Record<string, unknown>
    const open = this.#invocations.get(request)
    if (open !== undefined) {
      if (open.parts === undefined) throw new TypeError("an invocation that is at work came again")
      open.parts.push(withAttributes(payloadOf(args, undefined), open.attributes))
      if (progress !== true) open.parts.end()
      return this.#client.ignored
    }
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

function withAttributes(payload: Payload, attributes: OpenInvocation["attributes"]): Payload {
  const item: unknown = payload.sealed ? undefined : payload.args[0]
  if (attributes === undefined || !(item instanceof Uint8Array)) return payload
  return { sealed: true, attributes, payload: item }
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
