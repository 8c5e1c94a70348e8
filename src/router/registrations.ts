import { CODE } from "./messages.ts"
import type { Register, Unregister, WireMessage } from "./messages.ts"
import { choice, flag, matchOf } from "./options.ts"
import { PatternTable } from "./patterns.ts"
import type { Pattern } from "./patterns.ts"
import type { Peer } from "./peer.ts"
import { isReserved, isUri } from "./uri.ts"

const POLICIES = ["single", "first", "last", "roundrobin", "random"] as const

/** One callee's share of a registration. */
export interface Endpoint {
  readonly callee: Peer
  readonly discloseCaller: boolean
  readonly forwardTimeout: boolean
}

export interface Registration extends Pattern {
  readonly id: number
  readonly invoke: (typeof POLICIES)[number]
  /** In the order of registration, never empty. */
  readonly endpoints: Endpoint[]
  /** Round robin: how many calls were routed so far. */
  turns: number
}

/** Who implements what in one realm: pattern-based and shared registrations. */
export class Registrations {
  readonly #table = new PatternTable<Registration>()
  readonly #byId = new Map<number, Registration>()
  readonly #held = new Map<Peer, Set<Registration>>()
  readonly #maxHeld: number
  readonly #random: () => number
  #lastId = 0

  /** @param maxHeld registrations one peer may hold @param random uniform in [0, 1), for the policy `random` */
  constructor(maxHeld: number, random: () => number) {
    this.#maxHeld = maxHeld
    this.#random = random
  }

  /** The registration and callee a call goes to, or nothing. The protocol's own URIs match no pattern. */
  route(procedure: string): { registration: Registration; endpoint: Endpoint } | undefined {
    const registration = isReserved(procedure) ? undefined : this.#table.best(procedure)
    const endpoint = registration && this.#choose(registration)
    return registration && endpoint && { registration, endpoint }
  }

  register(callee: Peer, { request, options, procedure }: Register): WireMessage {
    const match = matchOf(options)
    const invoke = choice(options, "invoke", POLICIES, "single")
    const endpoint = {
      callee,
      discloseCaller: flag(options, "disclose_caller"),
      forwardTimeout: flag(options, "forward_timeout"),
    }
    const refused = (error: string): WireMessage => [CODE.ERROR, CODE.REGISTER, request, {}, error]
    if (!isUri(procedure, match) || isReserved(procedure)) return refused("wamp.error.invalid_uri")
    const held = this.#held.get(callee) ?? new Set<Registration>()
    if (held.size >= this.#maxHeld) return refused("wamp.error.not_authorized")
    const existing = this.#table.get(match, procedure)
    // "single" excludes all others, and the others exclude a differing policy ("Shared Registration").
    if (existing && (invoke === "single" || invoke !== existing.invoke || held.has(existing))) {
      return refused("wamp.error.procedure_already_exists")
    }
    const registration = existing ?? { id: ++this.#lastId, uri: procedure, match, invoke, endpoints: [], turns: 0 }
    if (!existing) {
      this.#table.add(registration)
      this.#byId.set(registration.id, registration)
    }
    registration.endpoints.push(endpoint)
    this.#held.set(callee, held.add(registration))
    return [CODE.REGISTERED, request, registration.id]
  }

  unregister(callee: Peer, message: Unregister): WireMessage {
    const registration = this.#byId.get(message.registration)
    if (!registration || !this.#held.get(callee)?.delete(registration)) {
      return [CODE.ERROR, CODE.UNREGISTER, message.request, {}, "wamp.error.no_such_registration"]
    }
    this.#drop(callee, registration)
    return [CODE.UNREGISTERED, message.request]
  }

  leave(callee: Peer): void {
    for (const registration of this.#held.get(callee) ?? []) this.#drop(callee, registration)
    this.#held.delete(callee)
  }

  #drop(callee: Peer, registration: Registration): void {
    const at = registration.endpoints.findIndex((endpoint) => endpoint.callee === callee)
    if (at >= 0) registration.endpoints.splice(at, 1)
    if (registration.endpoints.length > 0) return
    this.#table.remove(registration)
    this.#byId.delete(registration.id)
  }

  #choose(registration: Registration): Endpoint | undefined {
    const { endpoints, invoke } = registration
    switch (invoke) {
      case "single":
      case "first":
        return endpoints[0]
      case "last":
        return endpoints.at(-1)
      case "roundrobin":
        return endpoints[registration.turns++ % endpoints.length]
      case "random":
        return endpoints[Math.floor(this.#random() * endpoints.length)]
    }
  }
}
