import assert from "node:assert/strict"
import { parseMessage } from "../../src/router/messages.ts"
import type { RealmMessage } from "../../src/router/messages.ts"
import { makePeer } from "../../src/router/peer.ts"
import type { Outgoing, Peer } from "../../src/router/peer.ts"
import { Realm } from "../../src/router/realm.ts"
import { roles } from "./client.ts"

/** A peer that announces the given features, or all, in every role. */
export function peer(id: number, features?: string[], authid = `user${id}`, authrole = "member"): Peer {
  return makePeer(id, { authid, authrole, authmethod: "test" }, roles(features))
}

/** A realm without sockets: what a message brings about, as `[peer id, ...message]` rows. */
export class Bench {
  readonly realm: Realm
  now = 0
  #publication = 1000

  constructor(maxHeld = 100, random = () => 0) {
    this.realm = new Realm({ maxHeld, randomId: () => ++this.#publication, random })
  }

  send(from: Peer, ...message: unknown[]): unknown[][] {
    return rows(this.realm.receive(from, parseMessage(message) as RealmMessage, this.now))
  }

  expire(now: number): unknown[][] {
    this.now = now
    return rows(this.realm.expire(now))
  }

  leave(who: Peer): unknown[][] {
    return rows(this.realm.leave(who))
  }

  /** Asserts that the message breaks the protocol. */
  violates(from: Peer, ...message: unknown[]): void {
    assert.throws(() => this.send(from, ...message), {
      name: "ProtocolViolation",
      uri: "wamp.error.protocol_violation",
    })
  }
}

export function rows(outgoing: Outgoing[]): unknown[][] {
  return outgoing.map(({ to, message }) => [to.id, ...message])
}
