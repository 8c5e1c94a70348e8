import { CODE } from "../../src/router/messages.ts"
import { fate, fateOfBytes, type Fate } from "./fate.ts"
import { newUri, type Message, type Wire } from "./wire.ts"

/** The messages that bring an application's payload. */
export const CARRIERS = ["INVOCATION", "later INVOCATION", "progressive RESULT", "RESULT", "ERROR", "EVENT"] as const
export type Carrier = (typeof CARRIERS)[number]

export interface Carried {
  /** The four attributes of payload passthru mode. */
  readonly attributes: Fate
  /** One byte string as the only argument. */
  readonly bytes: Fate
}

const PASSTHRU = { ppt_scheme: "wamp", ppt_serializer: "cbor", ppt_cipher: "xsalsa20poly1305", ppt_keyid: "0xAb12" }

/** All 256 values, which are no text; and bytes that are text, which a router may take for it. */
export const BYTES = [Uint8Array.from({ length: 256 }, (_, i) => i), new TextEncoder().encode("plain")]

/**
 * Sends the bytes in every message that a caller and publisher and its callee and subscriber send each other, as payload
 * passthru mode does or as a plain argument, and says what arrived.
 */
export async function carry(one: Wire, other: Wire, bytes: Uint8Array, isPassthru: boolean) {
  const options = isPassthru ? PASSTHRU : {}
  const arrived = (message: Message | undefined, at: number): Carried => {
    if (message === undefined) return { attributes: "nothing came", bytes: "nothing came" }
    const [details, args] = [message[at], message[at + (message[0] === CODE.ERROR ? 2 : 1)]]
    return { attributes: fateOfAttributes(options, details as object), bytes: fateOfBytes(bytes, args) }
  }
  const uri = newUri()
  await other.ask(CODE.REGISTER, {}, uri)
  await other.ask(CODE.SUBSCRIBE, {}, uri)

  const call = one.request(CODE.CALL, { ...options, receive_progress: true }, uri, [bytes])
  const invocation = await other.next(CODE.INVOCATION)
  other.send(CODE.YIELD, invocation?.[1], { ...options, progress: true }, [bytes])
  const progressive = await one.answer(call)
  other.send(CODE.YIELD, invocation?.[1], options, [bytes])
  const result = await one.answer(call)

  const failing = one.request(CODE.CALL, {}, uri)
  const doomed = await other.next(CODE.INVOCATION)
  other.send(CODE.ERROR, CODE.INVOCATION, doomed?.[1], options, "com.example.error.sealed", [bytes])
  const error = await one.answer(failing)

  const growing = one.request(CODE.CALL, { ...options, progress: true }, uri, [bytes])
  const first = await other.next(CODE.INVOCATION)
  one.send(CODE.CALL, growing, options, uri, [bytes])
  const later = await other.next(CODE.INVOCATION)
  for (const id of new Set([first?.[1], later?.[1]])) other.send(CODE.YIELD, id, {})

  one.request(CODE.PUBLISH, options, uri, [bytes])
  const event = await other.next(CODE.EVENT)
  return {
    INVOCATION: arrived(invocation, 3),
    "later INVOCATION": arrived(later, 3),
    "progressive RESULT": arrived(progressive, 2),
    RESULT: arrived(result, 2),
    ERROR: arrived(error, 3),
    EVENT: arrived(event, 3),
  } satisfies Record<Carrier, Carried>
}

function fateOfAttributes(sent: object, details: object): Fate {
  const got = Object.fromEntries(Object.entries(details).filter(([name]) => name.startsWith("ppt_")))
  return Object.keys(got).length === 0 && sent === PASSTHRU ? "dropped" : fate(sent, got)
}
