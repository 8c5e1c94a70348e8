import type { Hex } from "../../core/bytes.ts"
import type { Role } from "../../keys/roles.ts"

/** What is still unknown after a pull is not pulled for again within this many milliseconds. */
const PULL_INTERVAL = 5_000
/** {@link PULL_INTERVAL} where the agent did not answer. */
const RETRY_INTERVAL = 500
const MAX_PULLS = 256
/**
 * Pulls because of something unknown within so many milliseconds: keys that nobody has are cheap to name, grants are not
 * cheap to give (THREATS W26). More wait, and share one.
 */
const [PULL_BURST, PULL_WINDOW] = [8, 2_000]

interface Pull {
  at: number
  /** Until the agent has answered. */
  answered: Promise<unknown> | undefined
}

/** Requests to the key agent, one at a time for each role; rationed where others can cause them. */
export class Pulls<Granted> {
  readonly #clock: () => number
  readonly #request: (role: Role, about: Hex | undefined) => Promise<Granted>
  readonly #requests = new Map<Role, Promise<Granted>>()
  readonly #pulls = new Map<string, Pull>()
  /** Pulls that wait for their turn. */
  readonly #next = new Map<string, Promise<unknown>>()
  /** When the last pulls because of something unknown began, by a clock that nobody sets. */
  readonly #begun: number[] = []

  constructor(clock: () => number, request: (role: Role, about: Hex | undefined) => Promise<Granted>) {
    this.#clock = clock
    this.#request = request
  }

  /** Asks for a grant; concurrent requests for one role are one. */
  async pull(role: Role, about?: Hex): Promise<Granted> {
    let request = this.#requests.get(role)
    if (request === undefined) {
      request = this.#request(role, about).finally(() => this.#requests.delete(role))
      this.#requests.set(role, request)
    }
    return request
  }

  /**
   * {@link pull} because of something unknown, at most once per thing and interval: whoever meets it while the agent is
   * asked shares the answer. False: nothing new to be had.
   * @param interval milliseconds
   */
  async pullFor(role: Role, unknown: string, about?: Hex, interval = PULL_INTERVAL): Promise<boolean> {
    const now = this.#clock()
    const last = this.#pulls.get(unknown)
    if (last !== undefined && now - last.at < interval) {
      if (last.answered === undefined) return false
      await last.answered
      return true
    }
    const pull: Pull = {
      at: now,
      answered: this.#pullAnew(role, about).finally(() => (pull.answered = undefined)),
    }
    // What was not answered may be asked again sooner: the session was lost, or the agent not back yet.
    pull.answered?.catch(() => (pull.at = now - PULL_INTERVAL + RETRY_INTERVAL))
    this.#pulls.delete(unknown)
    this.#pulls.set(unknown, pull)
    if (this.#pulls.size > MAX_PULLS)
      for (const oldest of this.#pulls.keys()) {
        this.#pulls.delete(oldest)
        break
      }
    await pull.answered
    return true
  }

  /**
   * A {@link pull} that begins from now on: an answer that is under way may have been given before what is unknown now
   * came to be. All that want one while it has to wait share it.
   */
  #pullAnew(role: Role, about: Hex | undefined): Promise<unknown> {
    const wanted = `${role} ${about}`
    const next = async (): Promise<unknown> => {
      await this.#rest()
      await this.#requests.get(role)?.catch(() => undefined)
      this.#next.delete(wanted)
      return this.pull(role, about)
    }
    const waiting = this.#next.get(wanted) ?? next()
    this.#next.set(wanted, waiting)
    return waiting
  }

  async #rest(): Promise<void> {
    const oldest = this.#begun.length < PULL_BURST ? undefined : this.#begun.shift()
    const wait = (oldest ?? -Infinity) + PULL_WINDOW - performance.now()
    if (wait > 0) await new Promise((resolve) => setTimeout(resolve, wait))
    this.#begun.push(performance.now())
  }
}
