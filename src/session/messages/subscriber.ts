import { E2eeError } from "../../core/errors.ts"
import { KIND } from "../../payload/frame.ts"
import type { Incoming } from "../connection.ts"
import type { Party } from "./party.ts"
import { fitsPattern, type Match } from "../scope.ts"
import type { Opened } from "./sealing.ts"

/** Events of one subscription that wait for their keys or their handler, at most. */
const MAX_WAITING = 1_024

export type Delivered<Sender> = (opened: Opened<Sender>, uri: string) => unknown

/** Delivers a subscription's events one after another, each opened and its publisher verified first. */
export class EventQueue<Sender> {
  readonly #party: Party<Sender>
  readonly #subscribed: { readonly uri: string; readonly match: Match }
  readonly #deliver: Delivered<Sender>
  #waiting = 0
  #tail: Promise<void> = Promise.resolve()

  constructor(
    party: Party<Sender>,
    subscribed: { readonly uri: string; readonly match: Match },
    deliver: Delivered<Sender>,
  ) {
    this.#party = party
    this.#subscribed = subscribed
    this.#deliver = deliver
  }

  push(event: Incoming): void {
    const uri = event.uri ?? this.#subscribed.uri
    if (this.#waiting >= MAX_WAITING) {
      const full = new E2eeError(
        "payload.too_large",
        `more than ${MAX_WAITING} events of ${this.#subscribed.uri} wait; this one was dropped`,
      )
      this.#party.refuse(full, `event of ${uri}`)
      return
    }
    this.#waiting++
    this.#tail = this.#tail.then(() => this.#process(event, uri)).finally(() => this.#waiting--)
  }

  async #process({ payload }: Incoming, uri: string): Promise<void> {
    try {
      if (!payload.sealed) {
        throw new E2eeError(
          "payload.plaintext_forbidden",
          `an unprotected event of ${uri} arrived; it is inside a protected scope`,
        )
      }
      if (!fitsPattern(uri, this.#subscribed.uri, this.#subscribed.match)) {
        throw new E2eeError(
          "payload.context",
          `the router delivered an event of ${uri} to the subscription ${this.#subscribed.uri}`,
        )
      }
      const opened = await this.#party.open("subscriber", payload, { kind: KIND.event, uri, more: false })
      await this.#deliver(opened, uri)
    } catch (error) {
      this.#party.refuse(error, `event of ${uri}`)
    }
  }
}
