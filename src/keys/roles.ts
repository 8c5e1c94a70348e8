import { CAPABILITIES } from "../certificate/capabilities.ts"
import type { Kind } from "../payload/frame.ts"

/**
 * What a member of a scope may hold. Calls and events have secrets of their own, and in each a reader holds the secret
 * of the branch, a writer only its own below it: callers cannot read each other, subscribers cannot read calls.
 */
export const ROLES = {
  callee: { branch: "call", level: "read", wire: 0 },
  caller: { branch: "call", level: "write", wire: 1 },
  subscriber: { branch: "event", level: "read", wire: 2 },
  publisher: { branch: "event", level: "write", wire: 3 },
} as const

export type Role = keyof typeof ROLES
export type Branch = (typeof ROLES)[Role]["branch"]

/** The role on the other side of the same branch: whose messages a member of `role` opens. */
export const COUNTERPART = {
  callee: "caller",
  caller: "callee",
  subscriber: "publisher",
  publisher: "subscriber",
} as const

export function rolesOf(branch: Branch): Role[] {
  return (Object.keys(ROLES) as Role[]).filter((role) => ROLES[role].branch === branch)
}

/** The role in which a member makes each kind of message. */
export const SENDER_OF = { 1: "publisher", 2: "caller", 3: "callee", 4: "callee" } as const satisfies Record<Kind, Role>

export function roleOfWire(wire: unknown): Role | undefined {
  return (Object.keys(ROLES) as Role[]).find((role) => ROLES[role].wire === wire)
}

/** Capability bits of which a member needs one for a role. Key agents need PROVIDER. */
export function capabilitiesFor(role: Role | "agent"): bigint {
  const provides = role === "callee" || role === "publisher" || role === "agent"
  return provides ? CAPABILITIES.provider : CAPABILITIES.provider | CAPABILITIES.consumer
}

/** Roles as one number: a bit for each, by its place on the wire, and one for key agents. */
const BITS = new Map<Role | "agent", number>([
  ...(Object.keys(ROLES) as Role[]).map((role): [Role, number] => [role, 1 << ROLES[role].wire]),
  ["agent", 1 << 4],
])

export function roleBits(roles: Iterable<Role | "agent">): number {
  let bits = 0
  for (const role of roles) bits |= BITS.get(role) as number
  return bits
}

/** Undefined for no number, for no role at all, and for bits that no role has. */
export function rolesOfBits(bits: unknown): ReadonlySet<Role | "agent"> | undefined {
  const roles = new Set(
    [...BITS].filter(([, bit]) => typeof bits === "number" && (bits & bit) !== 0).map(([role]) => role),
  )
  return roles.size > 0 && roleBits(roles) === bits ? roles : undefined
}
