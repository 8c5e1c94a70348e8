import { CODE } from "../../src/router/messages.ts"
import type { SerializerName } from "../../src/core/wire/serializers.ts"
import { RawClient, roles } from "../router/client.ts"

/** Every feature of the advanced profile that a client may announce, so that no router holds one back for its lack. */
const FEATURES = [
  "call_canceling",
  "call_timeout",
  "caller_identification",
  "event_retention",
  "pattern_based_registration",
  "pattern_based_subscription",
  "payload_passthru_mode",
  "progressive_call_invocations",
  "progressive_call_results",
  "publisher_exclusion",
  "publisher_identification",
  "registration_revocation",
  "session_meta_api",
  "shared_registration",
  "sharded_registration",
  "subscriber_blackwhite_listing",
]

/** How long a message is waited for, in milliseconds. */
const PATIENCE = 2_000

const ANSWERS = new Set<unknown>([CODE.PUBLISHED, CODE.REGISTERED, CODE.RESULT, CODE.SUBSCRIBED])

export type Message = readonly unknown[]

export interface Welcome {
  readonly agent?: string
  readonly roles: Readonly<Record<string, { readonly features?: Readonly<Record<string, unknown>> }>>
}

/** An open session with a router of whoever. Messages that are not asked for are passed over. */
export class Wire {
  readonly welcome: Welcome
  readonly #client: RawClient
  #request = 0

  private constructor(client: RawClient, welcome: Welcome) {
    this.#client = client
    this.welcome = welcome
  }

  /** Joins realm1 with all features; undefined when the router does not speak the serialiser. */
  static async join(url: string, serializer: SerializerName): Promise<Wire | undefined> {
    const client = new RawClient(url, serializer, { handshakeTimeout: 5_000 })
    try {
      await client.opened()
    } catch {
      return undefined
    }
    client.send(CODE.HELLO, "realm1", roles(FEATURES))
    const [code, , details] = await client.next()
    if (code !== CODE.WELCOME) throw new Error(`${url} answered HELLO with message ${String(code)}`)
    return new Wire(client, details as Welcome)
  }

  /** Sends a request that carries a number, and returns the number. */
  request(code: number, ...rest: Message): number {
    this.#client.send(code, ++this.#request, ...rest)
    return this.#request
  }

  send(...message: Message): void {
    this.#client.send(...message)
  }

  /** The next message of this code; undefined when none comes in time or the router hangs up. */
  next(code: number, patience?: number): Promise<Message | undefined> {
    return this.#until((message) => message[0] === code, patience)
  }

  /** What is answered to a request, well or by ERROR; undefined when nothing is. */
  answer(request: number, patience?: number): Promise<Message | undefined> {
    return this.#until(
      ([code, first, second]) => (code === CODE.ERROR ? second : ANSWERS.has(code) ? first : undefined) === request,
      patience,
    )
  }

  /** Sends a request and returns its answer. */
  ask(code: number, ...rest: Message): Promise<Message | undefined> {
    return this.answer(this.request(code, ...rest))
  }

  /** Leaves as the protocol asks: fox-wamp 0.7.28 dies of a connection that is cut while it writes. */
  async end(): Promise<void> {
    this.send(CODE.GOODBYE, {}, "wamp.close.normal")
    await this.next(CODE.GOODBYE)
    this.#client.socket.close()
    await this.#client.closed
  }

  async #until(isWanted: (message: Message) => boolean, patience = PATIENCE): Promise<Message | undefined> {
    const end = performance.now() + patience
    for (;;) {
      const left = end - performance.now()
      if (left <= 0) return undefined
      const message = await Promise.race([
        this.#client.next(left).catch(() => undefined),
        this.#client.closed.then(() => undefined),
      ])
      if (message === undefined || isWanted(message)) return message
    }
  }
}

let count = 0

/** A URI that nobody registered or subscribed to before, nor in an earlier run with the same router. */
export function newUri(): string {
  return `com.example.probe${++count}x${Math.trunc(Math.random() * 1e9)}`
}
