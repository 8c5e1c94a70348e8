import type { Message } from "./carriage.ts"
import { Tap } from "./tap.ts"

/** What wampy asks of a serialiser. */
export interface Serializer {
  readonly protocol: string
  readonly isBinary: boolean
  encode(data: unknown): unknown
  decode(data: unknown): unknown
}

const TAP: unique symbol = Symbol("wamp-e2ee")

export interface TappedSerializer extends Serializer {
  readonly [TAP]: Tap
}

const [PUBLISHED, SUBSCRIBE, SUBSCRIBED, UNSUBSCRIBE, UNSUBSCRIBED] = [17, 32, 33, 34, 35]

/** What wampy 8 makes of messages: it passes over an answer to a request that it does not know. */
export function wampyTap(): Tap {
  return new Tap({ ignored: [PUBLISHED, 0, 0], restarts: false, dropsCancelled: false, continues: true })
}

export function tapOf(serializer: Serializer): Tap | undefined {
  return TAP in serializer ? (serializer as TappedSerializer)[TAP] : undefined
}

/** The user's serialiser with a tap. What the tap refuses counts as undecodable; the client then closes the session. */
export function wrapSerializer(inner: Serializer, tap = wampyTap()): TappedSerializer {
  const json = inner.protocol === "json"
  const patterns = new PatternSubscriptions()
  return {
    [TAP]: tap,
    protocol: inner.protocol,
    isBinary: inner.isBinary,
    encode(data) {
      const message = data as Message
      patterns.sent(message)
      return inner.encode(tap.sent(message, json))
    },
    decode: (data) => patterns.received(tap.received(inner.decode(data))),
  }
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

  sent([type, request, third]: Message): void {
    if (type === SUBSCRIBE && (third as Record<string, unknown> | undefined)?.["match"] !== undefined)
      this.#requests.add(request)
    if (type === UNSUBSCRIBE && this.#subscriptions.delete(third)) this.#endings.add(request)
  }

  received(message: Message): Message {
    const [type, request, subscription] = message
    if (type === SUBSCRIBED && this.#requests.delete(request)) this.#subscriptions.add(subscription)
    return type === UNSUBSCRIBED && this.#endings.delete(request) ? [PUBLISHED, request, 0] : message
  }
}
