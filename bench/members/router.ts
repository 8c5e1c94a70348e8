import {
  WampError,
  type Connection,
  type Incoming,
  type Invocation,
  type Payload,
} from "../../src/session/connection.ts"

type Handler = (invocation: Invocation) => Promise<Payload>

/** What was carried by one name: messages, and the bytes of their payloads. */
export interface Carried {
  messages: number
  bytes: number
}

/** Carries between endpoints without a copy, a serialiser or a socket, and counts what it carries. */
export class CountingRouter {
  readonly #procedures = new Map<string, Handler>()
  readonly #topics = new Map<string, Set<(event: Incoming) => void>>()
  readonly #counts = new Map<string, Carried>()

  /** Of `call URI`, `result URI`, `ERROR` or `publish URI`; an event counts once, however many get it. */
  counted(name: string): Carried {
    return { ...(this.#counts.get(name) ?? { messages: 0, bytes: 0 }) }
  }

  reset(): void {
    this.#counts.clear()
  }

  connect(): Connection {
    return {
      carriage: "passthru",
      call: async (uri, payload) => {
        const handler = this.#procedures.get(uri)
        if (handler === undefined) throw new WampError("wamp.error.no_such_procedure")
        this.#count(`call ${uri}`, payload)
        const facilities = { signal: new AbortController().signal, sendPart: undefined, parts: undefined }
        try {
          const result = await handler({ uri, payload, ...facilities })
          this.#count(`result ${uri}`, result)
          return result
        } catch (error) {
          if (error instanceof WampError) this.#count(error.uri, error.payload)
          throw error
        }
      },
      register: async (uri, _match, handler) => {
        if (this.#procedures.has(uri)) throw new WampError("wamp.error.procedure_already_exists")
        this.#procedures.set(uri, handler)
        return async () => void this.#procedures.delete(uri)
      },
      publish: async (uri, payload) => {
        this.#count(`publish ${uri}`, payload)
        for (const handler of this.#topics.get(uri) ?? []) handler({ uri, payload })
      },
      subscribe: async (uri, _match, handler) => {
        const handlers = this.#topics.get(uri) ?? new Set()
        this.#topics.set(uri, handlers.add(handler))
        return async () => void handlers.delete(handler)
      },
    }
  }

  #count(name: string, payload: Payload): void {
    const item: unknown = payload.sealed ? payload.payload : payload.args[0]
    const counted = this.#counts.get(name) ?? { messages: 0, bytes: 0 }
    counted.messages++
    counted.bytes += item instanceof Uint8Array ? item.length : 0
    this.#counts.set(name, counted)
  }
}
