import type { Hex } from "../core/bytes.ts"
import { E2eeError } from "../core/errors.ts"
import type { Member } from "./member.ts"
import type { Role } from "./roles.ts"

/** Endpoints that one key may run in a scope at once: a machine that restarts again and again crowds out none but itself. */
const MAX_INSTANCES = 8

/** The verified members of a branch, by the instance under which each speaks. */
export class Directory {
  readonly #members = new Map<Hex, Member>()
  readonly #instances = new Map<Hex, Set<Hex>>()
  /** Instances by role, so that nobody has to look through 10,000 readers for the one who writes. */
  readonly #byRole = new Map<Role | "agent", Set<Hex>>()

  get size(): number {
    return this.#members.size
  }

  [Symbol.iterator](): Iterator<Member> {
    return this.#members.values()
  }

  get(instance: Hex): Member | undefined {
    return this.#members.get(instance)
  }

  /** Members with a role, the newest last. */
  *withRole(role: Role | "agent"): Generator<Member> {
    for (const instance of this.#byRole.get(role) ?? []) yield this.#members.get(instance) as Member
  }

  /** Ed25519 keys of all members. */
  get keys(): Iterable<Hex> {
    return this.#instances.keys()
  }

  /** Instances under which a key speaks. */
  instancesOf(csPubKey: Hex): Member[] {
    return [...(this.#instances.get(csPubKey) ?? [])].map((instance) => this.#members.get(instance) as Member)
  }

  /**
   * Adds a member, or what is newly known of one. An instance belongs to whoever used it first: nobody takes another's
   * place. One key has few instances, of which the newest are kept. Throws `keys.grant_refused`.
   */
  add(member: Member): void {
    const { csPubKey } = member.delegate
    const known = this.#members.get(member.instance)
    if (known !== undefined && known.delegate.csPubKey !== csPubKey) {
      throw new E2eeError(
        "keys.grant_refused",
        `instance ${member.instance} is another member's; start again for a new one`,
      )
    }
    this.#forget(member.instance) // so that the newest come last
    const own = this.#instances.get(csPubKey) ?? new Set<Hex>()
    own.delete(member.instance)
    const gone = this.instancesOf(csPubKey).slice(0, Math.max(0, own.size + 1 - MAX_INSTANCES))
    // What an instance was granted stays with its key: a reader must not be forgotten for having restarted.
    const roles = new Set([known, ...gone, member].flatMap((from) => [...(from?.roles ?? [])]))
    for (const { instance } of gone) {
      this.#forget(instance)
      own.delete(instance)
    }
    own.add(member.instance)
    this.#instances.set(csPubKey, own)
    this.#keep({ ...member, roles })
  }

  /** {@link add} for a member that others told of: who is known already, by whatever instance and role, stays as it is. */
  meet(member: Member): void {
    const known = this.#members.get(member.instance)
    if (known === undefined) this.add(member)
    else if (known.delegate.csPubKey === member.delegate.csPubKey)
      this.#keep({ ...known, roles: new Set([...known.roles, ...member.roles]) })
  }

  /** What a later judgement says of a member that is still one; it is no newer by that. */
  judged(member: Member): void {
    const known = this.#members.get(member.instance)
    if (known?.delegate.csPubKey === member.delegate.csPubKey) this.#keep({ ...member, roles: known.roles })
  }

  /** Removes a key with all of its instances. */
  remove(csPubKey: Hex): void {
    for (const instance of this.#instances.get(csPubKey) ?? []) this.#forget(instance)
    this.#instances.delete(csPubKey)
  }

  #keep(member: Member): void {
    this.#members.set(member.instance, member)
    for (const role of member.roles) {
      const having = this.#byRole.get(role) ?? new Set()
      this.#byRole.set(role, having.add(member.instance))
    }
  }

  #forget(instance: Hex): void {
    for (const role of this.#members.get(instance)?.roles ?? []) this.#byRole.get(role)?.delete(instance)
    this.#members.delete(instance)
  }
}
