import { E2eeError } from "../core/errors.ts"
import { WampError, type KeepOptions } from "../session/connection.ts"
import type { Keepsake, Tap } from "./tap.ts"

/** What an endpoint registered or subscribed. */
interface Held extends Keepsake {
  readonly lost: (error: unknown) => void
  readonly renewed: () => void
  /** Ends it at the router and in the client. */
  readonly undo: () => Promise<unknown>
  /** Told when it is over, however that came. */
  readonly over: () => void
  /** Whether the router confirmed it in the present session. */
  confirmed: boolean
  /** Whether it was ended, and only waits for a session in which that can be said. */
  ended: boolean
}

/**
 * Watches what wampy registers and subscribes, and renews by itself after a loss. It only logs what the router refuses
 * then, and forgets what it had not renewed yet when the session is lost again: whoever holds such a thing is told that it
 * is lost. It renews what was ended without a session: that is ended once it is back. And it loses one of two handlers for
 * which it asks at the same time: so one thing is asked for after the other.
 */
export class Renewals {
  readonly #tap: Tap
  readonly #held = new Set<Held>()
  /** What is being asked for, by kind and URI. */
  readonly #asking = new Set<string>()
  #changed = (): void => undefined
  #change = this.#next()
  readonly #tell = (): void => {
    this.#changed()
    this.#change = this.#next()
  }

  constructor(tap: Tap) {
    this.#tap = tap
    tap.onConfirmed((keepsake) => {
      for (const held of this.#like(keepsake)) {
        const isAnew = !held.confirmed
        held.confirmed = true
        // When the client has taken the confirmation, too.
        setTimeout(() => {
          if (held.ended) this.#undo(held).catch(() => undefined)
          else if (isAnew) held.renewed()
        })
      }
      this.#tell()
    })
    tap.onRefused((keepsake, error) => {
      for (const held of this.#like(keepsake)) this.#drop(held, new WampError(error))
    })
    tap.onWelcome(() => {
      for (const held of this.#held) {
        if (held.confirmed) held.confirmed = false
        else this.#drop(held, forgotten(held))
      }
    })
  }

  /** Reserves a URI for one request, or returns what to wait for before one tries again. `done` ends the reservation. */
  reserve({ type, uri }: Keepsake): { readonly done: () => void } | { readonly busy: Promise<void> } {
    const name = `${type} ${uri}`
    const underWay = [...this.#held].some(
      (one) => one.type === type && one.uri === uri && (one.ended || !one.confirmed),
    )
    if (underWay || this.#asking.has(name)) {
      // Whoever waits looks again when the session is lost, too.
      this.#tap.onLost(this.#tell)
      return { busy: this.#change }
    }
    this.#asking.add(name)
    const done = (): void => {
      this.#asking.delete(name)
      this.#tell()
    }
    return { done }
  }

  /** For what was just confirmed. The function that it returns ends it. */
  keep(keepsake: Keepsake, told: KeepOptions, ways: Pick<Held, "undo" | "over">): () => Promise<void> {
    const { lost = () => undefined, renewed = () => undefined } = told
    const held: Held = { ...keepsake, ...ways, lost, renewed, confirmed: true, ended: false }
    this.#held.add(held)
    return async () => {
      held.ended = true
      if (this.#tap.isUp && held.confirmed) await this.#undo(held)
    }
  }

  /** The client forgot everything, and will renew nothing. */
  forget(): void {
    for (const held of this.#held) held.confirmed = false
  }

  #like({ type, uri, match }: Keepsake): Held[] {
    return [...this.#held].filter((held) => held.type === type && held.uri === uri && held.match === match)
  }

  async #undo(held: Held): Promise<void> {
    if (!this.#held.has(held)) return
    try {
      await held.undo()
    } catch (error) {
      // The client will renew it in the next session.
      if (!this.#tap.isUp) return
      this.#drop(held)
      throw error
    }
    this.#drop(held)
  }

  #drop(held: Held, error?: Error): void {
    this.#held.delete(held)
    held.over()
    this.#tell()
    if (!held.ended) held.lost(error)
  }

  #next(): Promise<void> {
    return new Promise((resolve) => (this.#changed = resolve))
  }
}

function forgotten({ uri }: Keepsake): E2eeError {
  return new E2eeError("session.connection", `${uri} was not renewed before the session was lost again`)
}
