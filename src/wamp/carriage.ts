import { fromBase64, toBase64 } from "../core/base64.ts"
import { PASSTHRU_KEYS, type PassthruMessage } from "../payload/attributes.ts"
import { isDictionary } from "../payload/plain.ts"
import type { Payload } from "../session/connection.ts"

/**
 * How sealed payloads get through a WAMP client that knows little of passthru: the client is handed one opaque item as
 * its only argument, and the serialiser, which every client lets its user choose, turns the item into attributes and
 * bytes on the way out and back on the way in. The client itself never sees a `ppt_` attribute.
 */
export class Parcel {
  readonly payload: Payload

  constructor(payload: Payload) {
    this.payload = payload
  }
}

type Message = unknown[]

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

/** The message with its parcel, if it has one, as the wire wants it; `json` for a session whose bytes go as text. */
export function unpackParcel(message: unknown, json: boolean): unknown {
  const place = Array.isArray(message) ? OUTGOING[Number(message[0])] : undefined
  if (place === undefined) return message
  const [...copy] = message as Message
  const args = copy[place.args]
  const parcel: unknown = Array.isArray(args) ? args[0] : undefined
  if (!(parcel instanceof Parcel)) return message
  const { payload } = parcel
  if (payload.sealed) {
    copy[place.options] = { ...(copy[place.options] as object), ...payload.attributes }
    copy[place.args] = [bytesToWire(payload.payload, json)]
    copy.length = place.args + 1 // "ArgumentsKw MUST be absent or empty"
  } else {
    copy[place.args] = payload.args.map((item) => (item instanceof Uint8Array ? bytesToWire(item, json) : item))
  }
  return copy
}

/**
 * A router's message with its passthru attributes and bytes as one parcel. Throws for messages whose shape would break
 * the client; contents are the session's to judge.
 */
export function packParcel(message: unknown, json: boolean): unknown {
  if (!Array.isArray(message) || !Number.isSafeInteger(message[0]))
    throw new TypeError("a message is no list with a type")
  const place = INCOMING[message[0] as number]
  if (place === undefined) return message
  const details: unknown = message[place.options]
  if (!isDictionary(details)) throw new TypeError("a message's details are no dictionary")
  const args: unknown = message[place.args]
  if (args !== undefined && args !== null && !Array.isArray(args))
    throw new TypeError("a message's arguments are no list")
  if (!PASSTHRU_KEYS.some((key) => Object.hasOwn(details, key))) return message
  const entries = Object.entries(details)
  // fromEntries defines own properties: a key `__proto__` is a key like any other.
  const attributes = Object.fromEntries(entries.filter(([key]) => key.startsWith("ppt_")))
  const rest = Object.fromEntries(entries.filter(([key]) => !key.startsWith("ppt_")))
  const [...copy] = message as Message
  const item: unknown = Array.isArray(args) ? args[0] : undefined
  const bytes = Array.isArray(args) && args.length === 1 ? bytesFromWire(item, json) : undefined
  const sealed: PassthruMessage = { attributes, payload: bytes ?? new Uint8Array() }
  copy[place.options] = rest
  copy[place.args] = [new Parcel({ sealed: true, ...sealed })]
  copy.length = place.args + 1
  return copy
}

/** What a client handed over: the parcel's payload, or plain arguments. */
export function payloadOf(args: unknown, kwargs: unknown, json: boolean): Payload {
  const list: readonly unknown[] = Array.isArray(args) ? args : []
  if (list[0] instanceof Parcel) return list[0].payload
  const dictionary = isDictionary(kwargs) ? kwargs : {}
  return { sealed: false, args: list.map((item) => bytesFromWire(item, json) ?? item), kwargs: dictionary }
}

/** JSON has no bytes: WAMP writes them as U+0000 and base64 ("Binary support in JSON"). */
function bytesToWire(bytes: Uint8Array, json: boolean): unknown {
  return json ? `\0${toBase64(bytes)}` : bytes
}

function bytesFromWire(item: unknown, json: boolean): Uint8Array | undefined {
  if (item instanceof Uint8Array) return Uint8Array.from(item)
  if (item instanceof ArrayBuffer) return new Uint8Array(item.slice(0))
  if (!json || typeof item !== "string" || !item.startsWith("\0")) return undefined
  return fromBase64(item.slice(1))
}
