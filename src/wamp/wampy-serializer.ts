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
  readonly [TAP]: Tapped
}

interface Tapped {
  readonly tap: Tap
  readonly outbox: Outbox
  readonly inner: Serializer
}

const [HELLO, ABORT, GOODBYE] = [1, 3, 6]
const [PUBLISHED, SUBSCRIBE, SUBSCRIBED, UNSUBSCRIBE, UNSUBSCRIBED] = [17, 32, 33, 34, 35]

/** What wampy 8 makes of messages: it passes over an answer to a request that it does not know. */
export function wampyTap(): Tap {
  return new Tap({ ignored: [PUBLISHED, 0, 0], restarts: false, dropsCancelled: false, continues: true })
}

export function tapOf(serializer: Serializer): Tap | undefined {
  return tappedOf(serializer)?.tap
}

export function outboxOf(serializer: Serializer): Outbox | undefined {
  return tappedOf(serializer)?.outbox
}

function tappedOf(serializer: Serializer): Tapped | undefined {
  return TAP in serializer ? (serializer as TappedSerializer)[TAP] : undefined
}

/** The serialiser that was wrapped; the given one where it has no tap. */
export function unwrapped(serializer: Serializer): Serializer {
  return tappedOf(serializer)?.inner ?? serializer
}

/** The user's serialiser with a tap. What the tap refuses counts as undecodable; the client then closes the session. */
export function wrapSerializer(inner: Serializer, tap = wampyTap()): TappedSerializer {
  const json = inner.protocol === "json"
  const patterns = new PatternSubscriptions()
  const leave = new Leave(tap)
  const outbox = new Outbox((written) => tap.isStale(inner.decode(written) as Message))
  /** Whatever fails here, the client closes its connection. */
  const orLost = <T>(work: () => T): T => {
    try {
      return work()
    } catch (error) {
      tap.lost()
      throw error
    }
  }
  return {
    [TAP]: { tap, outbox, inner },
    protocol: inner.protocol,
    isBinary: inner.isBinary,
    encode: (data) =>
      orLost(() => {
        const message = leave.sent(data as Message)
        patterns.sent(message)
        const written = inner.encode(tap.sent(message, json))
        outbox.wrote(message, written)
        return written
      }),
    decode: (data) => orLost(() => patterns.received(leave.received(tap.received(inner.decode(data))))),
  }
}

/**
 * How wampy 8 leaves a session and comes back: told of GOODBYE, it would never come back, so it is made to close the
 * connection as it does when it cannot read a message. It says ABORT then; the router is told GOODBYE instead. wampy says
 * it twice, and keeps the second for the next session, which that would end: a message that cannot be written empties
 * what it keeps.
 */
class Leave {
  readonly #tap: Tap
  #said = false

  constructor(tap: Tap) {
    this.#tap = tap
  }

  sent(message: Message): Message {
    if (message[0] === HELLO) this.#said = false
    if (message[0] !== ABORT) return message
    if (this.#said) throw new TypeError("the session is over already")
    this.#said = true
    return this.#tap.isLeft ? [GOODBYE, {}, "wamp.close.goodbye_and_out"] : message
  }

  received(message: Message): Message {
    if (this.#tap.isLeft && !this.#said) throw new TypeError("the router stops for a while")
    return message
  }
}

/**
 * What wampy had written and not sent when its connection closed goes out in the next session. What is ours must not: a
 * call would be executed after its caller was told that it failed, an answer would break the protocol, and a renewed
 * registration would be one of which wampy knows nothing any more.
 */
export class Outbox {
  readonly #isStale: (written: unknown) => boolean
  /** Written since HELLO and not sent yet; undefined while nobody asks before sending. */
  #fresh: Set<unknown> | undefined

  constructor(isStale: (written: unknown) => boolean) {
    this.#isStale = isStale
  }

  /** From now on {@link mayGo} is asked before anything is sent. */
  watch(): void {
    this.#fresh ??= new Set()
  }

  wrote(message: Message, written: unknown): void {
    if (message[0] === HELLO) this.#fresh?.clear()
    this.#fresh?.add(written)
  }

  mayGo(written: unknown): boolean {
    if (this.#fresh === undefined || this.#fresh.delete(written)) return true
    // wampy sends undefined where a message could not be written.
    return written !== undefined && !this.#isStale(written)
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
    if (type === HELLO) for (const ids of [this.#requests, this.#subscriptions, this.#endings]) ids.clear()
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
