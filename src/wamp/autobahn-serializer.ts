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

const [WELCOME, ABORT, GOODBYE, ERROR, INVOCATION, YIELD] = [2, 3, 6, 8, 68, 70]

/** The client looks its messages up in an object: this name stands for a function that does nothing. */
const IGNORED: Message = ["valueOf"]
/** Of no type: the client closes the connection, and comes back. Were it thrown here, nothing would catch it. */
const REFUSED: Message = [-1]

/** Of one message; the most that the router for development takes from its clients, too. */
const BOUNDS: Bounds = { depth: 128, items: 1 << 20 }

/** The serialisers of one client, with one tap. Throws `usage.invalid` for a name that is none. */
export function tappedSerializers(names: readonly SerializerName[], watch?: Watch): AutobahnSerializer[] {
  const tap = new Tap({ ignored: IGNORED, restarts: true, dropsCancelled: true, continues: true })
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
        // Bytes are this serialiser's own affair, in JSON too.
        return encode(tap.sent(watch?.sent(message) ?? message, false))
      },
      unserialize(payload) {
        try {
          const message = shaped(decode(payload))
          return tap.received(watch?.received(message) ?? message)
        } catch {
          tap.lost()
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

/** Refuses what the client would fail at where nobody catches it: it looks into these without looking at them first. */
function shaped(message: unknown): Message {
  if (!Array.isArray(message)) throw new TypeError("a message is no list")
  const [type, second, third] = message as Message
  if (type === WELCOME) {
    if (!isDictionary(third) || !isDictionary(third["roles"])) throw new TypeError("a welcome without roles")
  }
  if ((type === ABORT || type === GOODBYE) && !isDictionary(second)) throw new TypeError("an ending without details")
  return message
}
