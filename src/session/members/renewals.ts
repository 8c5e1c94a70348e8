import type { Role } from "../../keys/roles.ts"
import type { SessionContext } from "../context.ts"

/** Milliseconds before a renewal that failed is tried again at least. */
const LEAST_WAIT = 1_000

/**
 * Has readers show their platforms again before what they showed is too old: else the key agent would begin a new
 * generation without them.
 */
export class Renewals {
  readonly #context: SessionContext
  readonly #renew: (role: Role) => Promise<void>
  readonly #refused: (error: unknown, where: string) => void
  readonly #waiting = new Map<Role, () => void>()
  #closed = false

  constructor(
    context: SessionContext,
    renew: (role: Role) => Promise<void>,
    refused: (error: unknown, where: string) => void,
  ) {
    this.#context = context
    this.#renew = renew
    this.#refused = refused
  }

  /** Between half and three quarters of `life` (milliseconds) from now, so that not all come at once. */
  schedule(role: Role, life: number): void {
    this.#waiting.get(role)?.()
    if (this.#closed) return
    const { timers, random } = this.#context
    const wait = life * (0.5 + (random(1)[0] as number) / 1_024)
    const again = (): void => {
      this.#waiting.delete(role)
      this.#renew(role).catch((error: unknown) => {
        this.#refused(error, `evidence of ${role}`)
        if (life - wait > LEAST_WAIT) this.schedule(role, life - wait)
      })
    }
    this.#waiting.set(role, timers.after(Math.max(wait, LEAST_WAIT), again))
  }

  close(): void {
    this.#closed = true
    for (const cancel of this.#waiting.values()) cancel()
  }
}
