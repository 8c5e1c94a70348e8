import type { Message } from "../../src/wamp/carriage.ts"
import type { Serializer } from "../../src/wamp/wampy-serializer.ts"
import type { Payload } from "../../src/session/connection.ts"

export const PPT = {
  ppt_scheme: "wamp",
  ppt_serializer: "cbor",
  ppt_cipher: "xsalsa20poly1305",
  ppt_keyid: `0x${"ab".repeat(20)}`,
}
/** A sealed payload as far as a router sees one. */
export const SEALED: Payload = { sealed: true, attributes: PPT, payload: Uint8Array.of(1, 2, 3) }
const features = Object.fromEntries(
  ["payload_passthru_mode", "call_canceling", "progressive_call_results", "progressive_call_invocations"].map(
    (name) => [name, true],
  ),
)
/** WELCOME.Details of a router with all features that adapters use. */
export const WELCOMED = { roles: { broker: { features }, dealer: { features } } }

/** A serialiser whose wire is the message itself, so that a router may say whatever JavaScript can. */
export const plain: Serializer = {
  protocol: "msgpack",
  isBinary: true,
  encode: (data) => data,
  decode: (data) => data,
}

/** What wampy takes for a WebSocket, and a test drives. Nothing happens by itself. */
export class FakeSocket {
  /** In order of their making. */
  static readonly made: FakeSocket[] = []
  readonly protocol = "wamp.2.msgpack"
  readonly sent: Message[] = []
  readonly #closed: (() => void)[] = []
  readyState = 0
  onopen: (() => void) | undefined
  onclose: ((event: object) => void) | undefined
  onerror: ((error: Error) => void) | undefined
  onmessage: ((event: { data: unknown }) => void) | undefined

  constructor() {
    FakeSocket.made.push(this)
  }

  static get latest(): FakeSocket {
    return FakeSocket.made.at(-1)!
  }

  addEventListener(_event: "close", listener: () => void): void {
    this.#closed.push(listener)
  }

  send(message: Message): void {
    if (this.readyState === 1) this.sent.push(message)
  }

  close(): void {
    if (this.readyState < 2) this.readyState = 2
  }

  open(): void {
    if (this.readyState !== 0) return
    this.readyState = 1
    this.onopen?.()
  }

  /** A message from the router; it may still come while the client closes. */
  say(data: unknown): void {
    if (this.readyState === 1 || this.readyState === 2) this.onmessage?.({ data })
  }

  /** The end of the connection, after an error where there is one. */
  end(error?: Error): void {
    if (this.readyState === 3) return
    this.readyState = 3
    if (error !== undefined) this.onerror?.(error)
    for (const listener of this.#closed) listener()
    this.onclose?.({})
  }
}
