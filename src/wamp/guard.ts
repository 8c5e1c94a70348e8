import type { Message } from "./carriage.ts"

const [HELLO, WELCOME, ABORT, GOODBYE, ERROR, PUBLISH, SUBSCRIBED, UNSUBSCRIBED] = [1, 2, 3, 6, 8, 16, 33, 35]
const [EVENT, CALL, RESULT, REGISTERED, UNREGISTERED, INVOCATION] = [36, 48, 50, 65, 67, 68]
/** Answers and the requests that they may answer. */
const REQUEST_OF: Readonly<Record<number, number>> = { 17: PUBLISH, 33: 32, 35: 34, 50: CALL, 65: 64, 67: 66 }
const REQUESTS = new Set(Object.values(REQUEST_OF))

/** Requests that may wait for an answer at once; of more, the oldest are taken for answered. */
const MAX_PENDING = 65_536

interface Pending {
  readonly type: number
  /** Whether it asked the client for parts of a result. */
  readonly progressive: boolean
}

/**
 * Stands before a client: an answer that nothing asked for, a second one, one of another kind, an id that is none, or a
 * welcome to an open session would make clients fail where nobody catches it, which ends a process.
 */
export class Guard {
  #pending = new Map<number, Pending>()
  /** Of before the present session: what the client kept for it goes out late, and is answered. */
  #older = new Map<number, Pending>()
  /** Whether ids begin anew with each session. */
  readonly #restarts: boolean
  /** Requests from here on were seen; earlier ones are not known, and none of ours. */
  #first = Infinity
  /** Whether a HELLO waits for its WELCOME. */
  #greeting = false
  /** Whether there was a session since the last HELLO. */
  #welcomed = true

  constructor(restarts: boolean) {
    this.#restarts = restarts
  }

  sent([type, id, options]: Message): void {
    if (type === HELLO) this.#hello()
    if (type === ABORT || type === GOODBYE) this.over()
    if (typeof type !== "number" || typeof id !== "number" || !REQUESTS.has(type)) return
    this.#first = Math.min(this.#first, id)
    const asks = (option: string): boolean => (options as Record<string, unknown> | undefined)?.[option] === true
    if (type === PUBLISH && !asks("acknowledge")) return
    const progressive = type === CALL && asks("receive_progress")
    this.#pending.set(id, { type, progressive })
    overflow(this.#pending, MAX_PENDING)
  }

  /** Throws TypeError for what must not reach the client. */
  received([type, id, third]: Message): void {
    if (type === WELCOME) {
      if (!this.#greeting) throw new TypeError("a welcome to a session that is open or over")
      if (idOf(id) === 0) throw new TypeError("a session's id is none")
      this.#greeting = false
      this.#welcomed = true
    }
    if (type === ABORT || type === GOODBYE) this.over()
    if (type === INVOCATION || type === EVENT) idOf(id)
    if (type === SUBSCRIBED || type === REGISTERED || type === INVOCATION || type === EVENT) idOf(third)
    // What the router takes back unasked ("Subscription Revocation", "Registration Revocation").
    const told = third as Readonly<Record<string, unknown>> | null | undefined
    if (type === UNSUBSCRIBED && id === 0) return void idOf(told?.["subscription"])
    if (type === UNREGISTERED && id === 0) return void idOf(told?.["registration"])
    if (type === ERROR) this.#settle(third, id)
    if (type === RESULT && (third as Record<string, unknown>)["progress"]) {
      if (!this.#find(idOf(id))?.progressive) throw new TypeError("a part of a result that nobody asked for")
    } else if (typeof type === "number" && REQUEST_OF[type] !== undefined) this.#settle(id, REQUEST_OF[type])
  }

  /** The session is over, or will not come to be: a client that closes its connection may still be sent a welcome. */
  over(): void {
    this.#greeting = false
  }

  /** How many requests are remembered. */
  get size(): number {
    return this.#pending.size + this.#older.size
  }

  #hello(): void {
    // Until there is a welcome the client may try again, and keeps what waits to be sent.
    if (this.#restarts || this.#welcomed) {
      this.#welcomed = false
      this.#older = this.#restarts ? new Map() : this.#pending
      this.#pending = new Map()
      if (this.#restarts) this.#first = 0
    }
    this.#greeting = true
  }

  #find(request: number): Pending | undefined {
    return this.#pending.get(request) ?? this.#older.get(request)
  }

  #settle(id: unknown, wanted: unknown): void {
    const request = idOf(id)
    const found = this.#find(request)
    if (found?.type !== wanted && (found !== undefined || request >= this.#first))
      throw new TypeError("an answer that nothing asked for")
    this.#pending.delete(request)
    this.#older.delete(request)
  }
}

/** Takes the older half out of what holds more than so many. One by one, each would cost the time of all before it. */
export function overflow(held: Map<number, unknown> | Set<number>, most: number): number[] {
  if (held.size <= most) return []
  const oldest = [...held.keys()].slice(0, Math.ceil(most / 2))
  for (const request of oldest) held.delete(request)
  return oldest
}

/** An id as WAMP has them ("IDs"): names like "constructor" are found in every object of the client's. */
export function idOf(value: unknown): number {
  const id = typeof value === "bigint" ? Number(value) : value
  if (typeof id !== "number" || !Number.isSafeInteger(id) || id < 0) throw new TypeError("an id is none")
  return id
}
