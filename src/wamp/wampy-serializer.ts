import { packParcel, unpackParcel } from "./carriage.ts"

/** What wampy asks of a serialiser. */
export interface Serializer {
  readonly protocol: string
  readonly isBinary: boolean
  encode(data: unknown): unknown
  decode(data: unknown): unknown
}

export const WRAPPED: unique symbol = Symbol("wamp-e2ee")

const [HELLO, WELCOME, ERROR, PUBLISHED, SUBSCRIBE, SUBSCRIBED, UNSUBSCRIBE, UNSUBSCRIBED] = [
  1, 2, 8, 17, 32, 33, 34, 35,
]
const [CALL, RESULT, REGISTERED, INVOCATION] = [48, 50, 65, 68]
/** Answers and the requests that they may answer. */
const REQUEST_OF: Readonly<Record<number, number>> = { 17: 16, 33: 32, 35: 34, 50: CALL, 65: 64, 67: 66 }
const REQUESTS = new Set(Object.values(REQUEST_OF))

/**
 * The user's serialiser with parcels carried through, and with a guard before the client: an answer that nothing asked
 * for, a second one, one of another kind, an id that is none, or a welcome to an open session would make the client
 * fail in a promise that nobody holds, which ends a process. Such a message is refused as undecodable; the client then
 * closes the session.
 */
export function wrapSerializer(inner: Serializer): Serializer {
  const json = inner.protocol === "json"
  const pending = new Map<number, number>()
  const progressive = new Set<number>()
  const patterns = new PatternSubscriptions()
  /** Requests from here on were sent through this serialiser; earlier ones are not known, and none of ours. */
  let first = Infinity
  let greeting = false

  const settle = (id: unknown, wanted: unknown): void => {
    const request = idOf(id)
    if (pending.get(request) !== wanted && (pending.has(request) || request >= first))
      throw new TypeError("an answer that nothing asked for")
    pending.delete(request)
    progressive.delete(request)
  }
  const guard = ([type, id, third]: unknown[]): void => {
    if (type === WELCOME) {
      if (!greeting) throw new TypeError("a welcome to a session that is open or over")
      greeting = false
    }
    if (type === INVOCATION) idOf(id)
    if (type === SUBSCRIBED || type === REGISTERED || type === INVOCATION) idOf(third)
    if (type === ERROR) settle(third, id)
    if (type === RESULT && (third as Record<string, unknown>)["progress"]) {
      if (!progressive.has(idOf(id))) throw new TypeError("a part of a result that nobody asked for")
    } else if (typeof type === "number" && REQUEST_OF[type] !== undefined) settle(id, REQUEST_OF[type])
  }

  return {
    [WRAPPED]: true,
    protocol: inner.protocol,
    isBinary: inner.isBinary,
    encode(data) {
      const [type, id, options] = data as unknown[]
      if (type === HELLO) greeting = true
      if (typeof type === "number" && typeof id === "number" && REQUESTS.has(type)) {
        first = Math.min(first, id)
        pending.set(id, type)
        if (type === CALL && (options as Record<string, unknown> | undefined)?.["receive_progress"]) progressive.add(id)
      }
      patterns.sent(data as unknown[])
      return inner.encode(withoutUndefined(unpackParcel(data, json)))
    },
    decode(data) {
      const message = packParcel(inner.decode(data), json)
      guard(message as unknown[])
      return patterns.received(message as unknown[])
    },
  } as Serializer
}

/**
 * wampy 8 cannot take the answer to the end of a pattern-based subscription: it looks for it under a key without the
 * options, and fails in a promise that nobody holds. It is told of an acknowledged publication instead, which settles
 * the same request and touches nothing else.
 */
class PatternSubscriptions {
  readonly #requests = new Set<unknown>()
  readonly #subscriptions = new Set<unknown>()
  readonly #endings = new Set<unknown>()

  sent([type, request, third]: unknown[]): void {
    if (type === SUBSCRIBE && (third as Record<string, unknown> | undefined)?.["match"] !== undefined)
      this.#requests.add(request)
    if (type === UNSUBSCRIBE && this.#subscriptions.delete(third)) this.#endings.add(request)
  }

  received(message: unknown[]): unknown[] {
    const [type, request, subscription] = message
    if (type === SUBSCRIBED && this.#requests.delete(request)) this.#subscriptions.add(subscription)
    return type === UNSUBSCRIBED && this.#endings.delete(request) ? [PUBLISHED, request, 0] : message
  }
}

/** wampy leaves options that were not given as undefined; in msgpack they would go out, and routers refuse them. */
function withoutUndefined(message: unknown): unknown {
  return (message as unknown[]).map((item) =>
    typeof item === "object" && item !== null && Object.getPrototypeOf(item) === Object.prototype
      ? Object.fromEntries(Object.entries(item).filter(([, value]) => value !== undefined))
      : item,
  )
}

/** An id as WAMP has them ("IDs"): names like "constructor" are found in every object of the client's. */
function idOf(value: unknown): number {
  const id = typeof value === "bigint" ? Number(value) : value
  if (typeof id !== "number" || !Number.isSafeInteger(id) || id < 0) throw new TypeError("an id is none")
  return id
}
