/** Message codes (basic profile "Message Codes and Direction", advanced profile "Messages"). */
export const CODE = {
  HELLO: 1,
  WELCOME: 2,
  ABORT: 3,
  CHALLENGE: 4,
  AUTHENTICATE: 5,
  GOODBYE: 6,
  ERROR: 8,
  PUBLISH: 16,
  PUBLISHED: 17,
  SUBSCRIBE: 32,
  SUBSCRIBED: 33,
  UNSUBSCRIBE: 34,
  UNSUBSCRIBED: 35,
  EVENT: 36,
  CALL: 48,
  CANCEL: 49,
  RESULT: 50,
  REGISTER: 64,
  REGISTERED: 65,
  UNREGISTER: 66,
  UNREGISTERED: 67,
  INVOCATION: 68,
  INTERRUPT: 69,
  YIELD: 70,
} as const

export type Dict = { readonly [key: string]: unknown }

/** Arguments and ArgumentsKw as they came, none, one or both: the router never looks inside. */
export type Payload = readonly unknown[]

/** A message in the form the serialisers take: a list that starts with its code. */
export type WireMessage = readonly [number, ...unknown[]]

/** What a client may send, checked. A request is an integer of 1 to 2^53 - 1. */
export type ClientMessage =
  | { readonly kind: "hello"; readonly realm: string; readonly details: Dict }
  | { readonly kind: "abort"; readonly reason: string }
  | { readonly kind: "authenticate"; readonly signature: string; readonly extra: Dict }
  | { readonly kind: "goodbye"; readonly reason: string }
  | RealmMessage

export type RealmMessage = BrokerMessage | DealerMessage

export type BrokerMessage = Publish | Subscribe | Unsubscribe

export type DealerMessage = Register | Unregister | Call | Cancel | Yield | InvocationError

interface Request {
  readonly request: number
}
export interface Publish extends Request {
  readonly kind: "publish"
  readonly options: Dict
  readonly topic: string
  readonly payload: Payload
}
export interface Subscribe extends Request {
  readonly kind: "subscribe"
  readonly options: Dict
  readonly topic: string
}
export interface Unsubscribe extends Request {
  readonly kind: "unsubscribe"
  readonly subscription: number
}
export interface Register extends Request {
  readonly kind: "register"
  readonly options: Dict
  readonly procedure: string
}
export interface Unregister extends Request {
  readonly kind: "unregister"
  readonly registration: number
}
export interface Call extends Request {
  readonly kind: "call"
  readonly options: Dict
  readonly procedure: string
  readonly payload: Payload
}
export interface Cancel extends Request {
  readonly kind: "cancel"
  readonly options: Dict
}
export interface Yield extends Request {
  readonly kind: "yield"
  readonly options: Dict
  readonly payload: Payload
}
/** The one ERROR a client may send: its answer to an INVOCATION. */
export interface InvocationError extends Request {
  readonly kind: "error"
  readonly details: Dict
  readonly error: string
  readonly payload: Payload
}

/** The peer broke the protocol: its session is aborted with `uri` and its connection closed ("Protocol Errors"). */
export class ProtocolViolation extends Error {
  override readonly name = "ProtocolViolation"
  readonly uri: string

  constructor(message: string, uri = "wamp.error.protocol_violation") {
    super(message)
    this.uri = uri
  }
}

/** Checks the shape of a decoded message. Throws {@link ProtocolViolation} for whatever a client must not send. */
export function parseMessage(value: unknown): ClientMessage {
  if (!Array.isArray(value) || value.length === 0) throw new ProtocolViolation("a message is a list with a code first")
  const message: readonly unknown[] = value
  const items = (name: string, least: number, most = least): void => {
    if (message.length < least || message.length > most) {
      throw new ProtocolViolation(
        `${name} has ${message.length} items, not ${least}${most > least ? ` to ${most}` : ""}`,
      )
    }
  }
  switch (message[0]) {
    case CODE.HELLO:
      items("HELLO", 3)
      return { kind: "hello", realm: text(message, 1), details: dict(message, 2) }
    case CODE.ABORT:
      items("ABORT", 3, 5)
      dict(message, 1)
      return { kind: "abort", reason: text(message, 2) }
    case CODE.AUTHENTICATE:
      items("AUTHENTICATE", 3)
      return { kind: "authenticate", signature: text(message, 1), extra: dict(message, 2) }
    case CODE.GOODBYE:
      items("GOODBYE", 3)
      dict(message, 1)
      return { kind: "goodbye", reason: text(message, 2) }
    case CODE.ERROR:
      items("ERROR", 5, 7)
      if (message[1] !== CODE.INVOCATION) throw new ProtocolViolation("a client's ERROR answers an INVOCATION only")
      return {
        kind: "error",
        request: id(message, 2),
        details: dict(message, 3),
        error: text(message, 4),
        payload: payload(message, 5),
      }
    case CODE.PUBLISH:
      items("PUBLISH", 4, 6)
      return {
        kind: "publish",
        request: id(message, 1),
        options: dict(message, 2),
        topic: text(message, 3),
        payload: payload(message, 4),
      }
    case CODE.SUBSCRIBE:
      items("SUBSCRIBE", 4)
      return { kind: "subscribe", request: id(message, 1), options: dict(message, 2), topic: text(message, 3) }
    case CODE.UNSUBSCRIBE:
      items("UNSUBSCRIBE", 3)
      return { kind: "unsubscribe", request: id(message, 1), subscription: id(message, 2) }
    case CODE.CALL:
      items("CALL", 4, 6)
      return {
        kind: "call",
        request: id(message, 1),
        options: dict(message, 2),
        procedure: text(message, 3),
        payload: payload(message, 4),
      }
    case CODE.CANCEL:
      items("CANCEL", 3)
      return { kind: "cancel", request: id(message, 1), options: dict(message, 2) }
    case CODE.REGISTER:
      items("REGISTER", 4)
      return { kind: "register", request: id(message, 1), options: dict(message, 2), procedure: text(message, 3) }
    case CODE.UNREGISTER:
      items("UNREGISTER", 3)
      return { kind: "unregister", request: id(message, 1), registration: id(message, 2) }
    case CODE.YIELD:
      items("YIELD", 3, 5)
      return { kind: "yield", request: id(message, 1), options: dict(message, 2), payload: payload(message, 3) }
    default:
      throw new ProtocolViolation("no message with such a code goes from client to router")
  }
}

function id(message: readonly unknown[], at: number): number {
  const value = message[at]
  if (!isId(value)) throw new ProtocolViolation(`item ${at} is no id: an integer of 1 to 2^53 - 1 was expected`)
  return value
}

function text(message: readonly unknown[], at: number): string {
  const value = message[at]
  if (typeof value !== "string") throw new ProtocolViolation(`item ${at} is no string`)
  return value
}

function dict(message: readonly unknown[], at: number): Dict {
  const value = message[at]
  if (!isDict(value)) throw new ProtocolViolation(`item ${at} is no dictionary`)
  return value
}

function payload(message: readonly unknown[], from: number): Payload {
  if (message.length > from && !Array.isArray(message[from])) throw new ProtocolViolation("Arguments is no list")
  if (message.length > from + 1) dict(message, from + 1)
  return message.slice(from)
}

/** The specification allows 2^53 as well; no client counts that far, and it is no exact JavaScript integer. */
export function isId(value: unknown): value is number {
  return typeof value === "number" && Number.isSafeInteger(value) && value >= 1
}

export function isDict(value: unknown): value is Dict {
  return typeof value === "object" && value !== null && !Array.isArray(value) && !ArrayBuffer.isView(value)
}
