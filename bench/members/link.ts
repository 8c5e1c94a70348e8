import type { MessagePort, Worker } from "node:worker_threads"
import {
  WampError,
  type Connection,
  type Incoming,
  type Invocation,
  type Payload,
} from "../../src/session/connection.ts"

/** What one thread asks the other: to do something at the router, to answer an invocation or event, or a bench's own wish. */
export interface Wish {
  readonly what: string
  readonly uri: string
  readonly payload?: Payload | undefined
  /** Number of the handler that is meant. */
  readonly handler?: number
  readonly value?: unknown
}

interface Letter {
  readonly id: number
  readonly wish?: Wish
  readonly answer?: unknown
  readonly error?: string
}

/** Questions and answers between two threads. */
export class Link {
  readonly #port: MessagePort | Worker
  readonly #open = new Map<number, { resolve: (answer: never) => void; reject: (error: Error) => void }>()
  #count = 0

  constructor(port: MessagePort | Worker, answer: (wish: Wish) => Promise<unknown>) {
    this.#port = port
    port.on("message", ({ id, wish, answer: said, error }: Letter) => {
      if (wish !== undefined) {
        answer(wish).then(
          (made) => port.postMessage({ id, answer: made }),
          (failed: Error) => port.postMessage({ id, error: failed instanceof WampError ? failed.uri : failed.message }),
        )
        return
      }
      const asked = this.#open.get(id)
      this.#open.delete(id)
      if (error === undefined) asked?.resolve(said as never)
      else asked?.reject(new WampError(error))
    })
  }

  ask<T = undefined>(wish: Wish): Promise<T> {
    return new Promise((resolve, reject) => {
      const id = this.#count++
      this.#open.set(id, { resolve, reject })
      this.#port.postMessage({ id, wish }, [])
    })
  }
}

/** A connection of another thread's endpoint: its wishes are done at the router of this one. */
export function doAtRouter(link: () => Link, connection: Connection): (wish: Wish) => Promise<unknown> {
  return async ({ what, uri, payload, handler }) => {
    const invoke = ({ uri: of, payload: sent }: Incoming): Promise<Payload> =>
      link().ask({ what: "invoke", uri: of ?? uri, payload: sent, handler: handler ?? 0 })
    if (what === "call") return connection.call(uri, payload as Payload, { timeoutMs: 60_000 })
    if (what === "publish") return connection.publish(uri, payload as Payload)
    if (what === "register") return void (await connection.register(uri, "exact", invoke))
    return void (await connection.subscribe(uri, "exact", (event) => void invoke(event)))
  }
}

/** The other side of {@link doAtRouter}, with what answers its invocations and events. */
export function connectOver(link: () => Link): {
  readonly connection: Connection
  readonly invoke: (wish: Wish) => Promise<unknown>
} {
  const handlers: ((invocation: Invocation) => unknown)[] = []
  const connection: Connection = {
    carriage: "passthru",
    call: (uri, payload) => link().ask({ what: "call", uri, payload }),
    publish: (uri, payload) => link().ask({ what: "publish", uri, payload }),
    register: async (uri, _match, handler) => {
      await link().ask({ what: "register", uri, handler: handlers.push(handler) - 1 })
      return () => Promise.resolve()
    },
    subscribe: async (uri, _match, handler) => {
      await link().ask({ what: "subscribe", uri, handler: handlers.push(handler) - 1 })
      return () => Promise.resolve()
    },
  }
  const invoke = async ({ uri, payload, handler = 0 }: Wish): Promise<unknown> => {
    const facilities = { signal: new AbortController().signal, sendPart: undefined, parts: undefined }
    return handlers[handler]?.({ uri, payload: payload as Payload, ...facilities })
  }
  return { connection, invoke }
}
