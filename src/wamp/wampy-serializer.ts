import { packParcel, unpackParcel } from "./carriage.ts"

/** What wampy asks of a serialiser. */
export interface Serializer {
  readonly protocol: string
  readonly isBinary: boolean
  encode(data: unknown): unknown
  decode(data: unknown): unknown
}

export const WRAPPED: unique symbol = Symbol("wamp-e2ee")

const [ERROR, PUBLISHED, SUBSCRIBE, SUBSCRIBED, UNSUBSCRIBE, UNSUBSCRIBED, CALL, RESULT] = [
  8, 17, 32, 33, 34, 35, 48, 50,
]
/** Answers and the requests that they may answer. */
const REQUEST_OF: Readonly<Record<number, number>> = { 17: 16, 33: 32, 35: 34, 65: 64, 67: 66 }

/**
 * The user's serialiser with parcels carried through, and with a guard before the client: an answer to another kind of
 * request, or a part of a result nobody asked for, would make the client reject a promise that nobody holds, which
 * ends a process. Such a message is refused as undecodable; the client then closes the session.
 */
export function wrapSerializer(inner: Serializer): Serializer {
  const json = inner.protocol === "json"
  const pending = new Map<number, number>()
  const progressive = new Set<number>()
  const patterns = new PatternSubscriptions()

  const guard = (message: unknown): void => {
    const [type, id, third] = message as unknown[]
    if (typeof type !== "number") return
    const wanted = REQUEST_OF[type]
    if (wanted !== undefined) expect(pending, id, wanted)
    if (type === ERROR && third !== undefined) expect(pending, third, Number(id))
    if (type === RESULT) {
      const details = third as Record<string, unknown>
      if (details["progress"] && !progressive.has(Number(id)))
        throw new TypeError("a part of a result that nobody asked for")
      if (!details["progress"]) pending.delete(Number(id))
    }
  }

  return {
    [WRAPPED]: true,
    protocol: inner.protocol,
    isBinary: inner.isBinary,
    encode(data) {
      const [type, id, options] = data as unknown[]
      if (
        typeof type === "number" &&
        typeof id === "number" &&
        (type === CALL || Object.values(REQUEST_OF).includes(type))
      ) {
        pending.set(id, type)
        if (type === CALL && (options as Record<string, unknown> | undefined)?.["receive_progress"]) progressive.add(id)
      }
      patterns.sent(data as unknown[])
      return inner.encode(withoutUndefined(unpackParcel(data, json)))
    },
    decode(data) {
      const message = packParcel(inner.decode(data), json)
      guard(message)
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

function expect(pending: Map<number, number>, id: unknown, wanted: number): void {
  const request = Number(id)
  // A request made before this serialiser was put in place is not known, and none of ours.
  if (pending.has(request) && pending.get(request) !== wanted)
    throw new TypeError("an answer to another kind of request")
  pending.delete(request)
}
