import { CODE } from "./messages.ts"
import type { BrokerMessage, Dict, Payload, Publish, Subscribe, Unsubscribe, WireMessage } from "./messages.ts"
import { flag, ids, matchOf, texts } from "./options.ts"
import { passthru } from "./passthru.ts"
import { PatternTable } from "./patterns.ts"
import type { Pattern } from "./patterns.ts"
import type { Outgoing, Peer } from "./peer.ts"
import { isReserved, isUri, matches } from "./uri.ts"

interface Subscription extends Pattern {
  readonly id: number
  readonly subscribers: Set<Peer>
}

/** The newest event of a topic that its publisher had retained ("Event Retention"). */
interface Retained {
  readonly publication: number
  readonly details: Dict
  readonly payload: Payload
  readonly receives: (peer: Peer) => boolean
}

/** Topics with a retained event; the least recently published goes first. */
const MAX_RETAINED = 256

/** Publish and subscribe of one realm: takes a message, returns the messages to send. No sockets, no time. */
export class Broker {
  readonly #table = new PatternTable<Subscription>()
  readonly #byId = new Map<number, Subscription>()
  readonly #held = new Map<Peer, Set<Subscription>>()
  readonly #retained = new Map<string, Retained>()
  readonly #maxHeld: number
  readonly #randomId: () => number
  #lastId = 0

  /** @param maxHeld subscriptions one peer may hold @param randomId for publications: 1 to 2^53 - 1, uniform */
  constructor(maxHeld: number, randomId: () => number) {
    this.#maxHeld = maxHeld
    this.#randomId = randomId
  }

  receive(from: Peer, message: BrokerMessage): Outgoing[] {
    switch (message.kind) {
      case "publish":
        return this.#publish(from, message)
      case "subscribe":
        return this.#subscribe(from, message)
      case "unsubscribe":
        return [{ to: from, message: this.#unsubscribe(from, message) }]
    }
  }

  leave(peer: Peer): void {
    for (const subscription of this.#held.get(peer) ?? []) this.#drop(peer, subscription)
    this.#held.delete(peer)
  }

  #subscribe(from: Peer, { request, options, topic }: Subscribe): Outgoing[] {
    const match = matchOf(options)
    const wantsRetained = flag(options, "get_retained")
    const refused = (error: string, why?: string): Outgoing[] => [
      { to: from, message: failed(CODE.SUBSCRIBE, request, error, why) },
    ]
    if (!isUri(topic, match)) return refused("wamp.error.invalid_uri")
    const held = this.#held.get(from) ?? new Set<Subscription>()
    const existing = this.#table.get(match, topic)
    // A second SUBSCRIBE to the same pattern answers with the same id ("SUBSCRIBED").
    if (!(existing && held.has(existing)) && held.size >= this.#maxHeld) {
      return refused("wamp.error.not_authorized", `over ${this.#maxHeld} subscriptions`)
    }
    const subscription = existing ?? { id: ++this.#lastId, uri: topic, match, subscribers: new Set<Peer>() }
    if (!existing) {
      this.#table.add(subscription)
      this.#byId.set(subscription.id, subscription)
    }
    subscription.subscribers.add(from)
    this.#held.set(from, held.add(subscription))
    const retained = wantsRetained ? this.#retainedFor(from, subscription) : []
    return [{ to: from, message: [CODE.SUBSCRIBED, request, subscription.id] }, ...retained]
  }

  #retainedFor(to: Peer, { id, uri, match }: Subscription): Outgoing[] {
    return [...this.#retained]
      .filter(([topic, { receives }]) => matches(uri, match, topic) && receives(to))
      .map(([topic, { publication, details, payload }]) => {
        const told = { ...details, retained: true, ...(match === "exact" ? {} : { topic }) }
        return { to, message: [CODE.EVENT, id, publication, told, ...payload] }
      })
  }

  #retain(topic: string, event: Retained): void {
    this.#retained.delete(topic)
    this.#retained.set(topic, event)
    if (this.#retained.size > MAX_RETAINED)
      for (const oldest of this.#retained.keys()) return void this.#retained.delete(oldest)
  }

  #unsubscribe(from: Peer, message: Unsubscribe): WireMessage {
    const subscription = this.#byId.get(message.subscription)
    if (!subscription?.subscribers.has(from)) {
      return failed(CODE.UNSUBSCRIBE, message.request, "wamp.error.no_such_subscription")
    }
    this.#drop(from, subscription)
    this.#held.get(from)?.delete(subscription)
    return [CODE.UNSUBSCRIBED, message.request]
  }

  #drop(peer: Peer, subscription: Subscription): void {
    subscription.subscribers.delete(peer)
    if (subscription.subscribers.size > 0) return
    this.#table.remove(subscription)
    this.#byId.delete(subscription.id)
  }

  #publish(from: Peer, { request, options, topic, payload }: Publish): Outgoing[] {
    const attributes = passthru(from, "publisher", options)
    const acknowledge = flag(options, "acknowledge")
    const receives = audience(from, options)
    const publisher = flag(options, "disclose_me") ? disclosed(from) : {}
    if (!isUri(topic) || isReserved(topic)) {
      return acknowledge ? [{ to: from, message: failed(CODE.PUBLISH, request, "wamp.error.invalid_uri") }] : []
    }
    const publication = this.#randomId()
    const outgoing: Outgoing[] = []
    for (const subscription of this.#table.matching(topic)) {
      const details = { ...attributes, ...publisher, ...(subscription.match === "exact" ? {} : { topic }) }
      // One message object for all subscribers, so that the edge serialises it once.
      const message: WireMessage = [CODE.EVENT, subscription.id, publication, details, ...payload]
      // Subscribers that did not announce payload_passthru_mode get the event too: the chapter leaves that case to "the
      // Subscriber side", since nobody could be told of the loss.
      for (const to of subscription.subscribers) if (receives(to)) outgoing.push({ to, message })
    }
    if (flag(options, "retain"))
      this.#retain(topic, { publication, details: { ...attributes, ...publisher }, payload, receives })
    if (acknowledge) outgoing.push({ to: from, message: [CODE.PUBLISHED, request, publication] })
    return outgoing
  }
}

/** Publisher exclusion and black- and whitelisting: the rule by which one publication's receivers are chosen. */
function audience(from: Peer, options: Dict): (peer: Peer) => boolean {
  const excludeMe = flag(options, "exclude_me", true)
  const excluded = [ids(options, "exclude"), texts(options, "exclude_authid"), texts(options, "exclude_authrole")]
  const eligible = [ids(options, "eligible"), texts(options, "eligible_authid"), texts(options, "eligible_authrole")]
  return (peer) => {
    if (excludeMe && peer === from) return false
    const traits = [peer.id, peer.authid, peer.authrole]
    return traits.every((trait, i) => !excluded[i]?.has(trait) && (eligible[i]?.has(trait) ?? true))
  }
}

function disclosed(from: Peer): Dict {
  return { publisher: from.id, publisher_authid: from.authid, publisher_authrole: from.authrole }
}

function failed(code: number, request: number, error: string, why?: string): WireMessage {
  return [CODE.ERROR, code, request, {}, error, ...(why === undefined ? [] : [[why]])]
}
