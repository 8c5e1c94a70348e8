import { E2eeError } from "../../src/core/errors.ts"
import {
  WampError,
  type Carriage,
  type Connection,
  type Incoming,
  type Invocation,
  type Payload,
} from "../../src/session/connection.ts"
import { fitsPattern, type Match } from "../../src/session/scope.ts"

/** A message on its way; `uri` of an ERROR is the procedure's, `error` its own. */
export interface Carried {
  readonly type: "CALL" | "RESULT" | "ERROR" | "EVENT"
  readonly uri: string
  readonly payload: Payload
  readonly error?: string
  /** Whether it is marked as a part that others follow. */
  readonly progress?: boolean
}

interface Registration {
  readonly of: Connection
  readonly uri: string
  readonly match: Match
  readonly handler: (invocation: Invocation) => Promise<Payload>
  readonly lost: ((error: unknown) => void) | undefined
  readonly renewed: (() => void) | undefined
}
interface Subscription {
  readonly of: Connection
  readonly uri: string
  readonly match: Match
  readonly handler: (event: Incoming) => void
}

/** A router within the process: what it carries it may also read, change or drop, by `hook`. */
export class FakeRouter {
  /** Returns what goes on in a message's place; undefined drops it. */
  hook: (message: Carried) => Carried | undefined = (message) => message
  /** Which of several registrations of one procedure is called; without it a second one is refused. */
  takesSeveral: "first" | "newest" | undefined
  /** Everything that was carried, as it came in. */
  readonly carried: Carried[] = []
  /** Milliseconds, of the real clock, after which calls time out at most. */
  patience = 200
  readonly #crashed = new Set<Connection>()
  readonly #registrations = new Set<Registration>()
  readonly #subscriptions = new Set<Subscription>()

  get registered(): string[] {
    return [...this.#registrations].map(({ uri }) => uri)
  }

  get subscribed(): string[] {
    return [...this.#subscriptions].map(({ uri }) => uri)
  }

  /** Takes a registration away, as after a loss of the session when another one has it. */
  lose(uri: string): void {
    for (const registration of this.#registrations) {
      if (registration.uri !== uri) continue
      this.#registrations.delete(registration)
      registration.lost?.(new WampError("wamp.error.procedure_already_exists"))
    }
  }

  /** Takes a registration away, as with its session. What is returned brings it back in the next, behind all others. */
  part(uri: string): () => void {
    const parted = [...this.#registrations].find((one) => one.uri === uri) as Registration
    this.#registrations.delete(parted)
    return () => {
      this.#registrations.add(parted)
      parted.renewed?.()
    }
  }

  /** Ends a connection without a word to its owner: a crash, or a cut cable. Calls that it makes then are never answered. */
  crash(connection: Connection): void {
    this.#crashed.add(connection)
    for (const registration of this.#registrations)
      if (registration.of === connection) this.#registrations.delete(registration)
    for (const subscription of this.#subscriptions)
      if (subscription.of === connection) this.#subscriptions.delete(subscription)
  }

  connect(carriage: Carriage = "passthru"): Connection {
    const isCut = (): boolean => this.#crashed.has(connection)
    const connection: Connection = {
      carriage,
      call: (uri, payload, { timeoutMs, signal, onPart, parts }) =>
        new Promise((resolve, reject) => {
          const abort = new AbortController()
          const late = (): void => reject(new E2eeError("session.timeout", `no answer of ${uri} in time`))
          const timer = setTimeout(late, Math.min(timeoutMs, this.patience))
          signal?.addEventListener("abort", () => {
            abort.abort()
            reject(new E2eeError("session.cancelled", `${uri} was cancelled`))
          })
          const settle = (work: () => void): void => {
            clearTimeout(timer)
            work()
          }
          const sendPart =
            onPart &&
            ((part: Payload): void => {
              const carried = this.#carry({ type: "RESULT", uri, payload: part, progress: true })
              if (carried?.progress) onPart(carried.payload)
              else if (carried) settle(() => resolve(carried.payload))
            })
          const further = parts && this.#carryParts(uri, parts, (error) => settle(() => reject(error as Error)))
          if (isCut()) return
          this.#call(uri, payload, { signal: abort.signal, sendPart, parts: further }, onPart).then(
            (result) => result && settle(() => resolve(result)),
            (error: unknown) => settle(() => reject(error as Error)),
          )
        }),
      register: async (uri, match, handler, { lost, renewed } = {}) => {
        if (isCut()) return () => Promise.resolve()
        if (
          this.takesSeveral === undefined &&
          [...this.#registrations].some((other) => other.uri === uri && other.match === match)
        ) {
          throw new WampError("wamp.error.procedure_already_exists")
        }
        const registration = { of: connection, uri, match, handler, lost, renewed }
        this.#registrations.add(registration)
        return async () => void this.#registrations.delete(registration)
      },
      publish: async (uri, payload) => {
        const event = isCut() ? undefined : this.#carry({ type: "EVENT", uri, payload })
        if (event === undefined) return
        for (const subscription of this.#subscriptions) {
          if (subscription.of === connection || !fitsPattern(event.uri, subscription.uri, subscription.match)) continue
          subscription.handler({ uri: event.uri, payload: event.payload })
        }
      },
      subscribe: async (uri, match, handler) => {
        if (isCut()) return () => Promise.resolve()
        const subscription = { of: connection, uri, match, handler }
        this.#subscriptions.add(subscription)
        return async () => void this.#subscriptions.delete(subscription)
      },
    }
    return connection
  }

  /** Undefined when the hook dropped something: there is no answer then. */
  async #call(
    uri: string,
    payload: Payload,
    facilities: Pick<Invocation, "signal" | "sendPart" | "parts">,
    onPart?: (part: Payload) => void,
  ): Promise<Payload | undefined> {
    const request = this.#carry({ type: "CALL", uri, payload })
    if (request === undefined) return undefined
    const fits = (one: Registration): boolean => fitsPattern(request.uri, one.uri, one.match)
    const all = [...this.#registrations]
    const registration = this.takesSeveral === "newest" ? all.findLast(fits) : all.find(fits)
    if (registration === undefined) throw new WampError("wamp.error.no_such_procedure")
    const answer = this.#carry(
      await registration.handler({ uri: request.uri, payload: request.payload, ...facilities }).then(
        (result): Carried => ({ type: "RESULT", uri, payload: result }),
        (error: unknown): Carried => {
          if (!(error instanceof WampError)) throw error
          return { type: "ERROR", uri, payload: error.payload, error: error.uri }
        },
      ),
    )
    if (answer?.progress) {
      onPart?.(answer.payload)
      return undefined
    }
    if (answer?.type === "ERROR") throw new WampError(answer.error ?? "", answer.payload)
    return answer?.payload
  }

  async *#carryParts(
    uri: string,
    parts: AsyncIterable<{ readonly payload: Payload; readonly last: boolean }>,
    failed: (error: unknown) => void,
  ): AsyncGenerator<Payload> {
    try {
      for await (const { payload, last } of parts) {
        const carried = this.#carry({ type: "CALL", uri, payload, progress: !last })
        if (carried) yield carried.payload
        if (last || carried?.progress === false) return
      }
    } catch (error) {
      failed(error)
    }
  }

  #carry(message: Carried): Carried | undefined {
    const copy = structuredClone(message)
    this.carried.push(copy)
    return this.hook(structuredClone(copy))
  }
}
