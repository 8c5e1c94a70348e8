import { fromBase64, toBase64 } from "../core/base64.ts"
import { PASSTHRU_KEYS } from "../payload/attributes.ts"
import { decodeInBand, encodeInBand } from "../payload/in-band.ts"
import { isDictionary } from "../payload/plain.ts"
import type { Carriage, Payload } from "../session/connection.ts"
import type { Match } from "../session/scope.ts"

export interface AdapterOptions {
  /** How sealed payloads cross the router. By default passthru where it announces it for dealer and broker, else in-band. */
  readonly carriage?: Carriage
}

/**
 * How payloads get through a WAMP client that knows little of passthru: the client is handed one opaque item as its only
 * argument, and the serialiser, which every client lets its user choose, turns the item into attributes and bytes on the
 * way out and back on the way in. The client itself never sees a `ppt_` attribute.
 */
export class Parcel {
  readonly payload: Payload
  readonly carriage: Carriage
  /** What else goes into the message's options. */
  readonly options: Readonly<Record<string, unknown>>

  constructor(payload: Payload, carriage: Carriage = "passthru", options: Readonly<Record<string, unknown>> = {}) {
    this.payload = payload
    this.carriage = carriage
    this.options = options
  }
}

/** A CALL of ours. */
export class CallParcel extends Parcel {
  /** Wants the parts of its result. */
  readonly onPart: ((part: Payload) => void) | undefined
  /** Told the request's id when it is written. */
  readonly sentAs: ((request: number) => void) | undefined

  constructor(
    payload: Payload,
    carriage: Carriage,
    fields: {
      readonly onPart: ((part: Payload) => void) | undefined
      readonly continues: boolean
      readonly sentAs?: (request: number) => void
    },
  ) {
    super(payload, carriage, {
      ...(fields.onPart === undefined ? {} : { receive_progress: true }),
      ...(fields.continues ? { progress: true } : {}),
    })
    this.onPart = fields.onPart
    this.sentAs = fields.sentAs
  }
}

/** A message as clients and serialisers have it: a list with its code first. */
export type Message = readonly unknown[]

/** Where options or details, and arguments, stand in the messages that carry payloads ("Messages"). */
const OUTGOING: Readonly<Record<number, { options: number; args: number }>> = {
  8: { options: 3, args: 5 }, // ERROR
  16: { options: 2, args: 4 }, // PUBLISH
  48: { options: 2, args: 4 }, // CALL
  70: { options: 2, args: 3 }, // YIELD
}
const INCOMING: Readonly<Record<number, { options: number; args: number }>> = {
  8: { options: 3, args: 5 }, // ERROR
  36: { options: 3, args: 4 }, // EVENT
  50: { options: 2, args: 3 }, // RESULT
  68: { options: 3, args: 4 }, // INVOCATION
}

/** SUBSCRIBE.Options; none where there is nothing to say, since clients and routers differ in what they make of defaults. */
export function subscribeOptions(match: Match, retained = false): Readonly<Record<string, unknown>> | undefined {
  const options = { ...(match === "exact" ? {} : { match }), ...(retained ? { get_retained: true } : {}) }
  return Object.keys(options).length > 0 ? options : undefined
}

/** The parcel of an outgoing message, if it has one. */
export function parcelOf(message: Message): Parcel | undefined {
  const place = OUTGOING[Number(message[0])]
  const args = place && message[place.args]
  const first: unknown = Array.isArray(args) ? args[0] : undefined
  return first instanceof Parcel ? first : undefined
}

/** The message with its parcel, if it has one, as the wire wants it; `json` for a session whose bytes go as text. */
export function unpackParcel(message: Message, json: boolean): Message {
  const place = OUTGOING[Number(message[0])]
  const parcel = parcelOf(message)
  if (place === undefined || parcel === undefined) return message
  const { payload, carriage, options } = parcel
  const copy = [...message]
  const passthru = payload.sealed && carriage === "passthru"
  copy[place.options] = { ...(copy[place.options] as object), ...options, ...(passthru ? payload.attributes : {}) }
  if (payload.sealed) {
    copy[place.args] = [bytesToWire(passthru ? payload.payload : encodeInBand(payload), json)]
  } else {
    copy[place.args] = payload.args.map((item) => (item instanceof Uint8Array ? bytesToWire(item, json) : item))
  }
  copy.length = place.args + 1 // "ArgumentsKw MUST be absent or empty"
  return copy
}

/**
 * A router's message with its passthru attributes and bytes as one parcel; with `always`, any payload as one. Throws for
 * messages whose shape would break the client; contents are the session's to judge.
 */
export function packParcel(message: unknown, always: (message: Message) => boolean = () => false): Message {
  if (!Array.isArray(message) || !Number.isSafeInteger(message[0]))
    throw new TypeError("a message is no list with a type")
  const place = INCOMING[message[0] as number]
  if (place === undefined) return message
  const details: unknown = message[place.options]
  if (!isDictionary(details)) throw new TypeError("a message's details are no dictionary")
  const args: unknown = message[place.args]
  const kwargs: unknown = message[place.args + 1]
  if (args !== undefined && args !== null && !Array.isArray(args))
    throw new TypeError("a message's arguments are no list")
  const passthru = PASSTHRU_KEYS.some((key) => Object.hasOwn(details, key))
  if (!passthru && !always(message)) return message
  const copy: unknown[] = [...(message as Message)]
  const entries = Object.entries(details)
  // fromEntries defines own properties: a key `__proto__` is a key like any other.
  const attributes = Object.fromEntries(entries.filter(([key]) => key.startsWith("ppt_")))
  copy[place.options] = Object.fromEntries(entries.filter(([key]) => !key.startsWith("ppt_")))
  const payload: Payload = passthru
    ? { sealed: true, attributes, payload: soleBytes(args) ?? new Uint8Array() }
    : payloadOf(args, kwargs)
  copy[place.args] = [new Parcel(payload)]
  copy.length = place.args + 1
  return copy
}

/** What a client handed over: the parcel's payload, one that carries its own attributes, or plain arguments. */
export function payloadOf(args: unknown, kwargs: unknown): Payload {
  const list: readonly unknown[] = Array.isArray(args) ? args : []
  if (list[0] instanceof Parcel) return list[0].payload
  const bytes = soleBytes(args)
  const sealed = bytes && decodeInBand(bytes)
  if (sealed !== undefined) return { sealed: true, ...sealed }
  return { sealed: false, args: bytes ? [bytes] : list, kwargs: isDictionary(kwargs) ? kwargs : {} }
}

/** JSON has no bytes: WAMP writes them as U+0000 and base64 ("Binary support in JSON"). */
function bytesToWire(bytes: Uint8Array, json: boolean): unknown {
  return json ? `\0${toBase64(bytes)}` : bytes
}

/**
 * All that endpoints send is one byte string. It is understood as text too, in any session, with and without U+0000: not
 * every router turns the bytes of a JSON client into bytes for another, and back (docs/routers.md).
 */
function soleBytes(args: unknown): Uint8Array | undefined {
  if (!Array.isArray(args) || args.length !== 1) return undefined
  const item: unknown = args[0]
  if (item instanceof Uint8Array) return Uint8Array.from(item)
  if (item instanceof ArrayBuffer) return new Uint8Array(item.slice(0))
  return typeof item === "string" && item !== "" ? fromBase64(item.replace(/^\0/, "")) : undefined
}
