import { equalBytes } from "../../core/bytes.ts"
import type { RandomBytes } from "../../payload/cipher.ts"
import { GRANT_MALFORMED, says, WampError, type Connection, type Payload } from "../connection.ts"

/** Bytes of a question, by which it differs from a request for a grant. */
const QUESTION_BYTES = 32
/** Milliseconds that there may be until it is here. */
const TIMEOUT = 10_000

/**
 * Whether calls of the grant procedure that we registered come to us. Some routers let several register one procedure
 * and call the first alone (docs/routers.md): the others are told by nothing but a call of their own.
 */
export class SelfCall {
  readonly #connection: Connection
  readonly #uri: string
  readonly #random: RandomBytes
  #question: Uint8Array | undefined
  #arrived = (): void => undefined
  #asking: Promise<boolean> | undefined

  constructor(connection: Connection, uri: string, random: RandomBytes) {
    this.#connection = connection
    this.#uri = uri
    this.#random = random
  }

  /** False only where another answered: a router that lets us not call, or is slow, speaks for nobody else. */
  comesHere(): Promise<boolean> {
    this.#asking ??= this.#ask().finally(() => (this.#asking = undefined))
    return this.#asking
  }

  /** The answer to a call that is such a question; undefined for any other. Throws for a question of another's. */
  answer({ payload }: { readonly payload: Payload }): Payload | undefined {
    const bytes = payload.sealed ? undefined : payload.args[0]
    if (!(bytes instanceof Uint8Array) || bytes.length !== QUESTION_BYTES) return undefined
    if (this.#question === undefined || !equalBytes(bytes, this.#question)) throw new WampError(GRANT_MALFORMED)
    this.#arrived()
    return payload
  }

  async #ask(): Promise<boolean> {
    const question = this.#random(QUESTION_BYTES)
    this.#question = question
    const arrived = new Promise<boolean>((resolve) => (this.#arrived = () => resolve(true)))
    const payload: Payload = { sealed: false, args: [question], kwargs: {} }
    const answered = this.#connection.call(this.#uri, payload, { timeoutMs: TIMEOUT }).then(
      () => false,
      (error: unknown) => !(error instanceof WampError && says(error, GRANT_MALFORMED)),
    )
    return Promise.race([arrived, answered])
  }
}
