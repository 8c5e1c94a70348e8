import type { Message } from "./carriage.ts"

const [HELLO, WELCOME, ERROR, SUBSCRIBED, CALL] = [1, 2, 8, 33, 48]
const [RESULT, REGISTERED, INVOCATION] = [50, 65, 68]
/** Answers and the requests that they may answer. */
const REQUEST_OF: Readonly<Record<number, number>> = { 17: 16, 33: 32, 35: 34, 50: CALL, 65: 64, 67: 66 }
const REQUESTS = new Set(Object.values(REQUEST_OF))

/**
 * Stands before a client: an answer that nothing asked for, a second one, one of another kind, an id that is none, or a
 * welcome to an open session would make clients fail where nobody catches it, which ends a process.
 */
export class Guard {
  readonly #pending = new Map<number, number>()
  readonly #progressive = new Set<number>()
  /** Whether ids begin anew with each session. */
  readonly #restarts: boolean
  /** Requests from here on were seen; earlier ones are not known, and none of ours. */
  #first = Infinity
  #greeting = false

  constructor(restarts: boolean) {
    this.#restarts = restarts
  }

  sent([type, id, options]: Message): void {
    if (type === HELLO) {
      this.#greeting = true
      if (!this.#restarts) return
      this.#pending.clear()
      this.#progressive.clear()
    }
    if (typeof type !== "number" || typeof id !== "number" || !REQUESTS.has(type)) return
    this.#first = Math.min(this.#first, id)
    this.#pending.set(id, type)
    if (type === CALL && (options as Record<string, unknown> | undefined)?.["receive_progress"] === true)
      this.#progressive.add(id)
  }

  /** Throws TypeError for what must not reach the client. */
  received([type, id, third]: Message): void {
    if (type === WELCOME) {
      if (!this.#greeting) throw new TypeError("a welcome to a session that is open or over")
      this.#greeting = false
    }
    if (type === INVOCATION) idOf(id)
    if (type === SUBSCRIBED || type === REGISTERED || type === INVOCATION) idOf(third)
    if (type === ERROR) this.#settle(third, id)
    if (type === RESULT && (third as Record<string, unknown>)["progress"]) {
      if (!this.#progressive.has(idOf(id))) throw new TypeError("a part of a result that nobody asked for")
    } else if (typeof type === "number" && REQUEST_OF[type] !== undefined) this.#settle(id, REQUEST_OF[type])
  }

  #settle(id: unknown, wanted: unknown): void {
    const request = idOf(id)
    if (this.#pending.get(request) !== wanted && (this.#pending.has(request) || request >= this.#first))
      throw new TypeError("an answer that nothing asked for")
    this.#pending.delete(request)
    this.#progressive.delete(request)
  }
}

/** An id as WAMP has them ("IDs"): names like "constructor" are found in every object of the client's. */
export function idOf(value: unknown): number {
  const id = typeof value === "bigint" ? Number(value) : value
  if (typeof id !== "number" || !Number.isSafeInteger(id) || id < 0) throw new TypeError("an id is none")
  return id
}
