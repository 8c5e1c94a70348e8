import { E2eeError } from "../core/errors.ts"
import type { Tap } from "./tap.ts"
import { outboxOf, type Serializer } from "./wampy-serializer.ts"

/** What is used of wampy 8 to know whether it has a session: its public interface alone. */
export interface SessionClient {
  getSessionId(): unknown
  getOptions(): object
  setOptions(options: object): unknown
}

interface Options {
  readonly serializer: Serializer
  readonly ws?: SocketClass | null
  readonly onClose?: (() => unknown) | null
  readonly onReconnect?: (() => unknown) | null
  readonly onError?: ((error: unknown) => unknown) | null
}

interface Socket {
  send(written: unknown): void
  addEventListener?(event: "close", listener: () => void): void
}

type SocketClass = new (...given: never[]) => Socket

interface Waiting {
  readonly resolve: () => void
  readonly reject: (error: E2eeError) => void
}

/**
 * Whether a client of wampy 8 has a session. wampy goes on taking messages without one: it writes them at once, sends
 * them in a later session, and tells their caller at the next failed attempt that they failed. So nothing is handed to
 * it before the session is back, and nothing of ours goes out in another one than it was written for.
 */
export class WampySession {
  readonly #client: SessionClient
  readonly #tap: Tap
  readonly #waiting = new Set<Waiting>()
  /** Whether the client gave up, or was told to: it does not come back by itself. */
  #over = false

  constructor(client: SessionClient, tap: Tap) {
    this.#client = client
    this.#tap = tap
    tap.onWelcome(() => {
      this.#over = false
      for (const { resolve } of this.#waiting) resolve()
      this.#waiting.clear()
    })
  }

  get isUp(): boolean {
    const id = this.#client.getSessionId()
    return this.#tap.isUp && id !== null && id !== undefined
  }

  /** Resolves when there is a session. Rejects with `session.connection` when the client will not have one any more. */
  async opened(): Promise<void> {
    if (this.isUp) return
    if (this.#over) throw over()
    await new Promise<void>((resolve, reject) => this.#waiting.add({ resolve, reject }))
  }

  /**
   * Watches the client by its options; what the application set there is called as before.
   * @param forgotten told when the client ends for good: it forgets then what it registered and subscribed
   */
  watch(forgotten: () => void): void {
    const { ws, onClose, onReconnect, onError } = this.#client.getOptions() as Options
    const Base = ws ?? (globalThis as { WebSocket?: SocketClass }).WebSocket
    this.#client.setOptions({
      ...(Base === undefined ? {} : { ws: this.#watchedSocket(Base) }),
      onReconnect: () => {
        this.#tap.lost()
        return onReconnect?.()
      },
      onClose: () => {
        this.#tap.lost()
        forgotten()
        this.#over = true
        for (const { reject } of this.#waiting) reject(over())
        this.#waiting.clear()
        return onClose?.()
      },
      // Leaving with the router is no error, though wampy is made to take it for one.
      onError: (error: unknown) => (this.#tap.isLeft && isViolation(error) ? undefined : onError?.(error)),
    })
  }

  #watchedSocket(Base: SocketClass): SocketClass {
    const outbox = () => outboxOf((this.#client.getOptions() as Options).serializer)
    const tap = this.#tap
    let latest: Socket | undefined
    return new Proxy(Base, {
      construct(target, given, newTarget) {
        const socket = Reflect.construct(target, given, newTarget) as Socket
        latest = socket
        const send = socket.send.bind(socket)
        outbox()?.watch()
        socket.send = (written) => {
          if (outbox()?.mayGo(written) ?? true) send(written)
        }
        socket.addEventListener?.("close", () => {
          if (socket === latest) tap.lost()
        })
        return socket
      },
    })
  }
}

function isViolation(error: unknown): boolean {
  return error instanceof Error && error.name === "ProtocolViolationError"
}

function over(): E2eeError {
  return new E2eeError("session.connection", "the WAMP client has no session and will not open one; connect it again")
}
