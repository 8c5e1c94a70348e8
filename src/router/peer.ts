import { isDict, ProtocolViolation } from "./messages.ts"
import type { Dict, WireMessage } from "./messages.ts"
import { inner } from "./options.ts"

export type Role = "publisher" | "subscriber" | "caller" | "callee"

const ROLES: readonly Role[] = ["publisher", "subscriber", "caller", "callee"]

/** Who the router took a client for. */
export interface Identity {
  readonly authid: string
  readonly authrole: string
  readonly authmethod: string
  readonly authprovider?: string
  readonly authextra?: Dict
}

/** A client inside a realm, as broker and dealer see it; each session has one, compared by identity. */
export interface Peer {
  /** Session id, 1 to 2^53 - 1. */
  readonly id: number
  readonly authid: string
  readonly authrole: string
  /** Whether HELLO announced the feature for the role. */
  announced(role: Role, feature: string): boolean
}

/** A message and the peer it goes to. */
export interface Outgoing {
  readonly to: Peer
  readonly message: WireMessage
}

/** Builds the peer from HELLO.Details. A client must announce at least one role ("Role and Feature Announcement"). */
export function makePeer(id: number, identity: Identity, details: Dict): Peer {
  const roles = inner(details, "roles")
  const features = new Set<string>()
  let known = 0
  for (const role of ROLES) {
    if (roles[role] === undefined) continue
    if (!isDict(roles[role])) throw new ProtocolViolation(`role ${role} is no dictionary`)
    known++
    for (const [feature, on] of Object.entries(inner(roles[role], "features"))) {
      if (on === true) features.add(`${role} ${feature}`)
    }
  }
  if (known === 0) throw new ProtocolViolation("HELLO announces no role")
  const { authid, authrole } = identity
  return { id, authid, authrole, announced: (role, feature) => features.has(`${role} ${feature}`) }
}

/** The specification spells this feature in two ways. */
export function canBeInterrupted(callee: Peer): boolean {
  return callee.announced("callee", "call_canceling") || callee.announced("callee", "call_cancelling")
}
