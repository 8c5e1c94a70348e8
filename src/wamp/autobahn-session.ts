import { E2eeError, isE2eeError } from "../core/errors.ts"
import { WampError, type Deadline } from "../session/connection.ts"
import { onRefusal } from "./autobahn-serializer.ts"
import { payloadOf } from "./carriage.ts"
import { CONFIRMATION_TIMEOUT, settle, within } from "./settle.ts"
import type { Tap } from "./tap.ts"

const GOODBYE = 6
/** The WebSocket code with which autobahn closes connections itself. */
const PROTOCOL_VIOLATION = 3002

/** What is used of a client of autobahn-js 26 (github.com/crossbario/autobahn-js): its public interface alone. */
export interface AutobahnClient {
  readonly isOpen: boolean
  readonly isConnected: boolean
  readonly isRetrying: boolean
  readonly session?: AutobahnSession | null | undefined
  readonly transport: object
}

export interface AutobahnSession {
  readonly isOpen: boolean
  call(uri: string, args: unknown[]): PromiseLike<unknown>
  publish(uri: string, args: unknown[], kwargs: undefined, options: object): unknown
  register(uri: string, procedure: Procedure, options: object): PromiseLike<unknown>
  unregister(registration: never): PromiseLike<unknown>
  subscribe(uri: string, handler: Handler, options: object): PromiseLike<unknown>
  unsubscribe(subscription: never): PromiseLike<unknown>
}

export type Procedure = (args?: unknown[], kwargs?: unknown, details?: InvocationDetails) => unknown
export type Handler = (args?: unknown[], kwargs?: unknown, details?: { readonly topic?: unknown }) => void

export interface InvocationDetails {
  readonly procedure?: unknown
  readonly progress?: ((args: unknown[], kwargs?: unknown) => void) | null | undefined
}

/** The connection of a session, as autobahn's WebSocket transport makes one for each. */
export interface Transport {
  readonly serializer?: unknown
  send(message: unknown[]): unknown
  close(code?: number, reason?: string): void
  onmessage: (message: unknown) => void
  onclose: (details: unknown) => void
}

/** What is asked for in one session after another. */
export interface Keep<Held> {
  readonly uri: string
  begin(session: AutobahnSession): PromiseLike<Held>
  end(session: AutobahnSession, held: Held): PromiseLike<unknown>
  /** Resolves to a reason if the router takes it back. */
  revoked(held: Held): PromiseLike<unknown>
  /** Told when a session would not have it any more. */
  lost(error: unknown): void
  /** Told when another session has it. */
  renewed(): void
}

/**
 * One session of the client after another: requests that the client would never settle end with theirs, those made in
 * between wait for the next, and what is kept is asked for in each.
 */
export class Sessions {
  readonly #client: AutobahnClient
  readonly #tap: Tap
  /** Requests that wait for a session. */
  readonly #waiting = new Map<object, Waiting>()
  /** Ends the requests of the present session. */
  readonly #ends = new Set<(error: E2eeError) => void>()
  readonly #kept = new Set<() => void>()

  /** @param client whose session is open */
  constructor(client: AutobahnClient, tap: Tap) {
    this.#client = client
    this.#tap = tap
    this.#watch()
    onRefusal(tap, () => this.#cutOff())
    tap.onWelcome(() => {
      this.#watch()
      // The client opens its session, and tells the application, once the serialiser has returned.
      queueMicrotask(() => this.#began())
    })
  }

  isPresent(session: AutobahnSession): boolean {
    return this.#client.session === session && session.isOpen && this.#tap.isUp
  }

  /** Makes a request in the present session or the next. @param alive is handed a function that starts its time anew */
  request<T>(
    uri: string,
    deadline: Deadline,
    make: (session: AutobahnSession) => PromiseLike<T>,
    alive?: (touch: () => void) => void,
  ): Promise<T> {
    const asked = async (): Promise<T> => {
      const session = await this.#present(asked)
      return deadline.signal?.aborted ? new Promise(() => undefined) : this.#whileOpen(make(session))
    }
    return settle(asked(), uri, deadline, alive)
      .finally(() => this.#waiting.delete(asked))
      .catch((error: unknown) => {
        throw wampError(error)
      })
  }

  /** Begins it, and again in every session to come until it is ended or lost. */
  async keep<Held>(one: Keep<Held>): Promise<() => Promise<void>> {
    let present: { readonly session: AutobahnSession; readonly held: Held } | undefined
    let ended = false
    const end = async (): Promise<void> => {
      ended = true
      this.#kept.delete(renew)
      const last = present
      present = undefined
      if (last === undefined || !this.isPresent(last.session)) return
      const ending = async (): Promise<unknown> => one.end(last.session, last.held)
      await within(this.#whileOpen(ending())).catch((error: unknown) => {
        // A session that was lost meanwhile took it along.
        if (!isE2eeError(error, "session.connection")) throw wampError(error)
      })
    }
    const giveUp = (error: unknown): void => {
      present = undefined
      if (this.#kept.delete(renew)) one.lost(error)
    }
    const revoked = (taken: object, reason: unknown): void => {
      if (present === taken) giveUp(new WampError(typeof reason === "string" ? reason : "wamp.error.revoked"))
    }
    const begin = async (): Promise<void> => {
      present = undefined
      const begun = await this.request(one.uri, { timeoutMs: CONFIRMATION_TIMEOUT }, async (session) => ({
        session,
        held: await one.begin(session),
      }))
      present = begun
      if (ended) await end()
      void one.revoked(begun.held).then((reason) => revoked(begun, reason))
    }
    const renew = (): void => {
      begin().then(one.renewed, (error: unknown) => {
        // Lost once more: the next session asks again.
        if (!isE2eeError(error, "session.connection")) giveUp(error)
      })
    }
    await begin()
    this.#kept.add(renew)
    return end
  }

  async #present(waiting: object): Promise<AutobahnSession> {
    const { session } = this.#client
    if (session && this.isPresent(session)) return session
    if (this.#isClosed()) throw closed()
    return new Promise((resolve, reject) => this.#waiting.set(waiting, { resolve, reject }))
  }

  /** Whether the client will not come back by itself. */
  #isClosed(): boolean {
    return !this.#client.isConnected && !this.#client.isRetrying
  }

  async #whileOpen<T>(request: PromiseLike<T>): Promise<T> {
    let end = (_error: E2eeError): void => undefined
    const over = new Promise<never>((_resolve, reject) => (end = reject))
    this.#ends.add(end)
    return Promise.race([request, over]).finally(() => this.#ends.delete(end))
  }

  #began(): void {
    const { session } = this.#client
    if (!session?.isOpen) return
    for (const { resolve } of this.#waiting.values()) resolve(session)
    this.#waiting.clear()
    for (const renew of this.#kept) renew()
  }

  /** The transport is the session's own, and what the client makes of its end is left alone. */
  #watch(): void {
    const transport = this.#client.transport as Transport
    const { onclose } = transport
    transport.onclose = (details) => {
      this.#tap.lost()
      onclose.call(transport, details)
      if (!this.#isClosed()) return
      for (const { reject } of this.#waiting.values()) reject(closed())
      this.#waiting.clear()
    }
    this.#tap.onLost(() => {
      for (const end of this.#ends) end(lost())
      this.#ends.clear()
      queueMicrotask(() => void this.#leave(transport))
    })
  }

  #cutOff(): void {
    const transport = this.#client.transport as Transport
    transport.onmessage = () => undefined
    transport.close(PROTOCOL_VIOLATION, "protocol violation")
  }

  /** The client knows nothing of a router that stops for a while: it only sees the connection close, and comes back. */
  async #leave(transport: Transport): Promise<void> {
    if (!this.#tap.isLeft) return
    await transport.send([GOODBYE, {}, "wamp.close.goodbye_and_out"])
    transport.close()
  }
}

interface Waiting {
  readonly resolve: (session: AutobahnSession) => void
  readonly reject: (error: E2eeError) => void
}

function lost(): E2eeError {
  return new E2eeError(
    "session.connection",
    "the session was lost before there was an answer; whether it was executed is not known",
  )
}

function closed(): E2eeError {
  return new E2eeError("session.connection", "the WAMP client is closed, or gave up; open it again")
}

/** The client's error for an ERROR message as ours, with what it carried; everything else is the connection's. */
function wampError(error: unknown): Error {
  if (error instanceof E2eeError || error instanceof WampError) return error
  const { error: uri, args, kwargs } = (error ?? {}) as { error?: unknown; args?: unknown; kwargs?: unknown }
  if (typeof uri === "string") return new WampError(uri, payloadOf(args, kwargs))
  return new E2eeError(
    "session.connection",
    `the WAMP client says: ${String(error)}; check the router and the session`,
    {
      cause: error,
    },
  )
}
