import { E2eeError } from "../core/errors.ts"
import { WampError, type KeepOptions } from "../session/connection.ts"
import type { Keepsake, Tap } from "./tap.ts"

/** What an endpoint registered or subscribed. */
interface Held extends Keepsake {
  readonly lost: (error: unknown) => void
  /** Ends it at the router and in the client. */
  readonly undo: () => Promise<unknown>
  /** Whether the router confirmed it in the present session. */
  confirmed: boolean
  /** Whether it was ended, and only waits for a session in which that can be said. */
  ended: boolean
}

/**
 * Watches what wampy renews by itself after a loss. It only logs what the router refuses then, and forgets what it had
 * not renewed yet when the session is lost again: whoever holds such a thing is told that it is lost. And it renews what
 * was ended without a session: that is ended once it is back.
 */
export class Renewals {
  readonly #tap: Tap
  readonly #held = new Set<Held>()

  constructor(tap: Tap) {
    this.#tap = tap
    tap.onConfirmed((keepsake) => {
      for (const held of this.#like(keepsake)) {
        held.confirmed = true
        // When the client has taken the confirmation, too.
        if (held.ended) setTimeout(() => void this.#undo(held).catch(() => undefined))
      }
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

  /** For what was just confirmed. The function that it returns ends it. */
  keep(keepsake: Keepsake, { lost = () => undefined }: KeepOptions, undo: () => Promise<unknown>): () => Promise<void> {
    const held: Held = { ...keepsake, lost, undo, confirmed: true, ended: false }
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
      throw error
    }
    this.#held.delete(held)
  }

  #drop(held: Held, error: Error): void {
    this.#held.delete(held)
    if (!held.ended) held.lost(error)
  }
}

function forgotten({ uri }: Keepsake): E2eeError {
  return new E2eeError("session.connection", `${uri} was not renewed before the session was lost again`)
}
