import type { Bounds } from "../core/bounds.ts"
import { E2eeError } from "../core/errors.ts"
import { decodeJson, encodeJson } from "../core/json.ts"
import { SERIALIZERS, type SerializerName } from "../core/wire/serializers.ts"
import { isDictionary } from "../payload/plain.ts"
import type { Carriage, Payload } from "../session/connection.ts"
import { Parcel, parcelOf, type Message } from "./carriage.ts"
import { Tap } from "./tap.ts"

/** What autobahn-js asks of a serialiser. */
export interface AutobahnSerializer {
  readonly SERIALIZER_ID: SerializerName
  readonly BINARY: boolean
  serialize(message: unknown): string | Uint8Array
  unserialize(payload: unknown): Message
}

const TAP: unique symbol = Symbol("wamp-e2ee")

export function tapOf(serializer: unknown): Tap | undefined {
  return typeof serializer === "object" && serializer !== null && TAP in serializer
    ? (serializer[TAP] as Tap)
    : undefined
}

/** A failure of a handler. The client would name all of them alike, so it takes this for a result. */
export class Failure extends Parcel {
  readonly uri: string

  constructor(uri: string, payload: Payload, carriage: Carriage) {
    super(payload, carriage)
    this.uri = uri
  }
}

/** What sees each message before it goes out, and before the client takes it; may replace it, and refuses by throwing. */
export interface Watch {
  sent(message: Message): Message
  received(message: Message): Message
}

const [HELLO, WELCOME, ABORT, CHALLENGE, GOODBYE, ERROR, PUBLISHED] = [1, 2, 3, 4, 6, 8, 17]
const [SUBSCRIBED, UNSUBSCRIBE, UNSUBSCRIBED, EVENT, RESULT] = [33, 34, 35, 36, 50]
const [REGISTERED, UNREGISTER, UNREGISTERED, INVOCATION, YIELD] = [65, 66, 67, 68, 70]
/** What the client takes before there is a session, and in it. */
const BEFORE: ReadonlySet<unknown> = new Set([WELCOME, ABORT, CHALLENGE])
const WITHIN: ReadonlySet<unknown> = new Set(
  [GOODBYE, ERROR, PUBLISHED, SUBSCRIBED, UNSUBSCRIBED, EVENT, RESULT].concat([REGISTERED, UNREGISTERED, INVOCATION]),
)

/** The client looks its messages up in an object: this name stands for a function that does nothing. */
const IGNORED: Message = ["valueOf"]
/** Of no type: the client closes the connection, and comes back. Were it thrown here, nothing would catch it. */
const REFUSED: Message = [-1]

/**
 * What closes the connection instead, once there is an adapter: the client's own way throws where a bundler made it an
 * ES module, and nothing catches that either.
 */
const closers = new WeakMap<Tap, () => void>()

/** Has a connection whose message was refused closed by a function that keeps the client from taking any more. */
export function onRefusal(tap: Tap, close: () => void): void {
  closers.set(tap, close)
}

/** Of one message; the most that the router for development takes from its clients, too. */
const BOUNDS: Bounds = { depth: 128, items: 1 << 20 }

/** The serialisers of one client, with one tap. Throws `usage.invalid` for a name that is none. */
export function tappedSerializers(names: readonly SerializerName[], watch?: Watch): AutobahnSerializer[] {
  const tap = new Tap({ ignored: IGNORED, restarts: true, dropsCancelled: true, continues: true })
  const expected = new Expected()
  return names.map((name) => {
    if (!Object.hasOwn(CODECS, name))
      throw new E2eeError("usage.invalid", `no serialiser ${JSON.stringify(name)}; expected json, msgpack or cbor`)
    const { encode, decode, binary } = CODECS[name]
    return {
      [TAP]: tap,
      SERIALIZER_ID: name,
      BINARY: binary,
      serialize(given) {
        const message = asError(given as Message)
        expected.sent(message)
        // Bytes are this serialiser's own affair, in JSON too.
        return encode(tap.sent(watch?.sent(message) ?? message, false))
      },
      unserialize(payload) {
        try {
          const message = shaped(decode(payload))
          return expected.received(tap.received(watch?.received(message) ?? message))
        } catch {
          tap.lost()
          closers.get(tap)?.()
          return REFUSED
        }
      },
    }
  })
}

interface Codec {
  readonly binary: boolean
  encode(message: Message): string | Uint8Array
  decode(payload: unknown): unknown
}

const CODECS: Readonly<Record<SerializerName, Codec>> = {
  json: { binary: false, encode: encodeJson, decode: (payload) => decodeJson(textOf(payload), BOUNDS) },
  msgpack: binary("msgpack"),
  cbor: binary("cbor"),
}

function binary(name: SerializerName): Codec {
  const { encode, decode } = SERIALIZERS[name]
  return { binary: true, encode, decode: (payload) => decode(bytesOf(payload), BOUNDS) }
}

function textOf(payload: unknown): string {
  if (typeof payload !== "string") throw new TypeError("a binary message in a session of text")
  return payload
}

function bytesOf(payload: unknown): Uint8Array {
  if (!(payload instanceof ArrayBuffer)) throw new TypeError("a message of text in a binary session")
  return new Uint8Array(payload)
}

/** Sends the result that is a failure as ERROR. */
function asError(message: Message): Message {
  const parcel = message[0] === YIELD ? parcelOf(message) : undefined
  return parcel instanceof Failure ? [ERROR, INVOCATION, message[1], {}, parcel.uri, [parcel]] : message
}

/** Refuses what the client would look into without looking at it first. */
function shaped(message: unknown): Message {
  if (!Array.isArray(message)) throw new TypeError("a message is no list")
  const [type, second, third] = message as Message
  if (type === WELCOME) {
    if (!isDictionary(third) || !isDictionary(third["roles"])) throw new TypeError("a welcome without roles")
  }
  if ((type === ABORT || type === GOODBYE) && !isDictionary(second)) throw new TypeError("an ending without details")
  return message
}

/** Refuses what the client would take for a breach of the protocol: what comes at the wrong time, or for what it does not have. */
class Expected {
  #isOpen = false
  readonly #subscriptions = new Set<unknown>()
  readonly #registrations = new Set<unknown>()
  /** What is to end, by the request that says so. */
  readonly #endings = new Map<unknown, unknown>()

  sent([type, request, id]: Message): void {
    if (type === UNSUBSCRIBE || type === UNREGISTER) this.#endings.set(request, id)
    if (type !== HELLO) return
    this.#isOpen = false
    for (const known of [this.#subscriptions, this.#registrations, this.#endings]) known.clear()
  }

  received(message: Message): Message {
    const [type, second, third] = message
    const inTime = this.#isOpen ? message === IGNORED || WITHIN.has(type) : BEFORE.has(type)
    if (!inTime) throw new TypeError("a message that has no place here")
    if (type === WELCOME || type === GOODBYE) this.#isOpen = type === WELCOME
    if (type === SUBSCRIBED) this.#subscriptions.add(third)
    if (type === REGISTERED) this.#registrations.add(third)
    if (type === UNSUBSCRIBED) this.#end(this.#subscriptions, second, third, "subscription")
    if (type === UNREGISTERED) this.#end(this.#registrations, second, third, "registration")
    if (type === EVENT && !this.#subscriptions.has(second)) throw new TypeError("an event of no subscription")
    if (type === INVOCATION && !this.#registrations.has(third)) throw new TypeError("a call of no registration")
    return message
  }

  #end(known: Set<unknown>, request: unknown, details: unknown, name: string): void {
    const id = request === 0 ? (details as Record<string, unknown>)[name] : this.#endings.get(request)
    this.#endings.delete(request)
    if (!known.delete(id) && request === 0) throw new TypeError(`the end of no ${name}`)
  }
}
