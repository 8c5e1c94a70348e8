import { toHex } from "../core/bytes.ts"
import { E2eeError } from "../core/errors.ts"

const CHALLENGE_LENGTH = 32
/** A challenge that was not answered by then never will be. */
export const CHALLENGE_LIFE_MS = 60_000
/** Open challenges at once: whoever asks for more makes the oldest void. */
const MOST_OPEN = 1_024

/** The challenges that one endpoint gave out and that were not answered yet. Time and randomness come as values. */
export class Challenges {
  readonly #open = new Map<string, number>()

  /** @param random 32 fresh random bytes @param now POSIX milliseconds. Throws `usage.invalid`. */
  issue(random: Uint8Array, now: number): Uint8Array {
    if (random.length !== CHALLENGE_LENGTH)
      throw new E2eeError(
        "usage.invalid",
        `a challenge of ${random.length} bytes; expected ${CHALLENGE_LENGTH} random ones`,
      )
    const key = toHex(random)
    if (this.#open.has(key))
      throw new E2eeError("usage.invalid", "a challenge was given twice; expected fresh random bytes")
    const [oldest] = this.#open.keys()
    if (this.#open.size >= MOST_OPEN && oldest !== undefined) this.#open.delete(oldest)
    this.#open.set(key, now)
    return Uint8Array.from(random)
  }

  /** When it was given, in POSIX milliseconds. Each is good for one answer, right or wrong. Throws `attestation.challenge`. */
  spend(challenge: Uint8Array, now: number): number {
    const key = toHex(challenge)
    const issued = this.#open.get(key)
    this.#open.delete(key)
    if (issued === undefined)
      throw new E2eeError("attestation.challenge", "the challenge was not given here, or was answered before")
    if (now - issued > CHALLENGE_LIFE_MS || now < issued)
      throw new E2eeError(
        "attestation.challenge",
        `the challenge was answered after ${now - issued} ms; expected at most ${CHALLENGE_LIFE_MS}`,
      )
    return issued
  }
}
