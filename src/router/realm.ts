import { Broker } from "./broker.ts"
import { Dealer } from "./dealer.ts"
import { CODE, ProtocolViolation } from "./messages.ts"
import type { RealmMessage, WireMessage } from "./messages.ts"
import type { Outgoing, Peer } from "./peer.ts"
import { Registrations } from "./registrations.ts"

export interface RealmParts {
  /** Subscriptions, registrations and open calls (each) one session may have. */
  readonly maxHeld: number
  readonly randomId: () => number
  readonly random: () => number
}

/** One realm: its broker and dealer, and the order of its peers' request numbers. */
export class Realm {
  readonly #broker: Broker
  readonly #dealer: Dealer
  readonly #lastRequest = new Map<Peer, number>()

  constructor({ maxHeld, randomId, random }: RealmParts) {
    this.#broker = new Broker(maxHeld, randomId)
    this.#dealer = new Dealer(new Registrations(maxHeld, random), maxHeld)
  }

  get hasDeadlines(): boolean {
    return this.#dealer.hasDeadlines
  }

  /** Throws {@link ProtocolViolation} when the sender must be aborted; the caller then lets it leave. */
  receive(from: Peer, message: RealmMessage, now: number): Outgoing[] {
    switch (message.kind) {
      case "yield":
      case "error":
      case "cancel":
        return this.#dealer.receive(from, message, now)
      case "publish":
      case "subscribe":
      case "unsubscribe":
        this.#count(from, message.request)
        return this.#broker.receive(from, message)
      case "call":
        if (message.request <= this.#last(from)) return this.#dealer.continue(from, message)
        this.#count(from, message.request)
        return this.#dealer.receive(from, message, now)
      case "register":
      case "unregister":
        this.#count(from, message.request)
        return this.#dealer.receive(from, message, now)
    }
  }

  leave(peer: Peer): Outgoing[] {
    this.#lastRequest.delete(peer)
    this.#broker.leave(peer)
    return this.#dealer.leave(peer)
  }

  expire(now: number): Outgoing[] {
    return this.#dealer.expire(now)
  }

  /** What follows from a message that cannot be written for its receiver. An event is lost to it, a call fails. */
  undeliverable(to: Peer, message: WireMessage): Outgoing[] {
    return message[0] === CODE.EVENT ? [] : this.#dealer.undeliverable(to, message)
  }

  #last(peer: Peer): number {
    return this.#lastRequest.get(peer) ?? 0
  }

  /**
   * Request numbers of a session must rise. The specification wants them to start at 1 without gaps; gaps are let pass,
   * because wampy 8 counts on after a reconnect and uses a number up when a request fails before it is sent.
   */
  #count(peer: Peer, request: number): void {
    const last = this.#last(peer)
    if (request <= last) throw new ProtocolViolation(`request ${request} does not follow ${last}`)
    this.#lastRequest.set(peer, request)
  }
}
