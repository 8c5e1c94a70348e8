import assert from "node:assert/strict"
import { WebSocket } from "ws"
import type { ClientOptions } from "ws"
import { SERIALIZERS } from "../../src/core/wire/serializers.ts"
import type { SerializerName } from "../../src/core/wire/serializers.ts"

const ALL = [
  "payload_passthru_mode",
  "progressive_call_results",
  "progressive_call_invocations",
  "call_canceling",
  "call_timeout",
]

/** HELLO.Details with every role and the given features for each. */
export function roles(features: string[] = ALL): Record<string, unknown> {
  const flags = Object.fromEntries(features.map((feature) => [feature, true]))
  const names = ["publisher", "subscriber", "caller", "callee"]
  return { roles: Object.fromEntries(names.map((name) => [name, { features: flags }])) }
}

/** A client that speaks WAMP message by message, right or wrong, as a test wants it. */
export class RawClient {
  readonly socket: WebSocket
  readonly #serializer
  readonly #inbox: unknown[][] = []
  readonly #waiting: ((message: unknown[]) => void)[] = []
  readonly closed: Promise<number>

  constructor(url: string, name: SerializerName = "json", options: ClientOptions = {}) {
    this.#serializer = SERIALIZERS[name]
    this.socket = new WebSocket(url, this.#serializer.subprotocol, options)
    this.socket.on("error", () => {})
    this.socket.on("message", (frame: Buffer) => {
      const message = this.#serializer.decode(frame, { depth: 256, items: 1 << 22 }) as unknown[]
      const next = this.#waiting.shift()
      if (next) next(message)
      else this.#inbox.push(message)
    })
    this.closed = new Promise((resolve) => this.socket.once("close", resolve))
  }

  /** Connects and joins; `id` is then the session's. */
  static async join(url: string, name: SerializerName = "json", features?: string[], realm = "realm1") {
    const client = new RawClient(url, name)
    await client.opened()
    client.send(1, realm, roles(features))
    const [code, id] = await client.next()
    assert.equal(code, 2)
    return Object.assign(client, { id: id as number })
  }

  opened(): Promise<void> {
    return new Promise((resolve, reject) => {
      this.socket.once("open", () => resolve())
      this.socket.once("error", reject)
    })
  }

  send(...message: unknown[]): void {
    this.sendRaw(this.#serializer.encode(message), this.#serializer.binary)
  }

  sendRaw(bytes: Uint8Array, binary: boolean): void {
    this.socket.send(bytes, { binary })
  }

  /** The next message; fails after two seconds without one, or so many milliseconds. */
  next(patience = 2_000): Promise<unknown[]> {
    const first = this.#inbox.shift()
    if (first) return Promise.resolve(first)
    return new Promise((resolve, reject) => {
      const take = (message: unknown[]): void => {
        clearTimeout(timer)
        resolve(message)
      }
      const timer = setTimeout(() => {
        // Whoever gave up takes no message from those that wait after it.
        this.#waiting.splice(this.#waiting.indexOf(take), 1)
        reject(new Error("no message came"))
      }, patience)
      this.#waiting.push(take)
    })
  }

  async ask(...message: unknown[]): Promise<unknown[]> {
    this.send(...message)
    return this.next()
  }

  /** How many messages wait to be taken. */
  get waiting(): number {
    return this.#inbox.length
  }

  /** Asserts that the router aborts with this URI and closes. */
  async aborted(uri = "wamp.error.protocol_violation"): Promise<void> {
    const message = await this.next()
    assert.deepEqual([message[0], message[2]], [3, uri])
    await this.closed
  }
}
