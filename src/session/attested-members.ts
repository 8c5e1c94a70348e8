import type { VerifiedPlatform } from "../attestation/verified.ts"
import type { Hex } from "../core/bytes.ts"
import type { Member } from "../keys/member.ts"
import type { ScopePolicy } from "../keys/policy.ts"
import { ROLES, type Branch, type Role } from "../keys/roles.ts"
import type { SessionContext } from "./context.ts"
import type { AskedPolicy } from "./platforms.ts"

/**
 * The platforms for which a key agent granted keys. One key may run on several machines: each has to be attested for as long
 * as the key is to stay; what a machine showed last stands for all that ran on it.
 */
export class AttestedMembers {
  readonly #context: SessionContext
  readonly #policy: ScopePolicy
  /** Attestation keys by which an Ed25519 key was granted a role. */
  readonly #attesters = new Map<string, Set<Hex>>()
  readonly #latest = new Map<string, VerifiedPlatform>()

  constructor(context: SessionContext, policy: ScopePolicy) {
    this.#context = context
    this.#policy = policy
  }

  admit(csPubKey: Hex, role: Role, platform: VerifiedPlatform): void {
    const attesters = this.#attesters.get(`${csPubKey} ${role}`) ?? new Set()
    attesters.add(platform.attester)
    this.#attesters.set(`${csPubKey} ${role}`, attesters)
    this.#latest.set(`${platform.attester} ${role}`, platform)
  }

  /**
   * Whether what is asked of a member's roles in a branch is shown by now. Throws `attestation.*`.
   * @param since POSIX milliseconds from which on the registry's word counts
   */
  async check({ delegate, roles }: Member, branch: Branch, since?: number): Promise<void> {
    for (const role of roles) {
      if (role === "agent" || ROLES[role].branch !== branch) continue
      const asked = await this.#context.platforms.asked(this.#policy, role, since)
      if (asked !== undefined) this.#checkRole(delegate, role, asked)
    }
  }

  /** Forgets what was shown under a key that is out. */
  exclude(csPubKey: Hex): void {
    for (const role of Object.keys(ROLES) as Role[]) {
      const granted = `${csPubKey} ${role}`
      for (const attester of this.#attesters.get(granted) ?? []) this.#latest.delete(`${attester} ${role}`)
      this.#attesters.delete(granted)
    }
  }

  #checkRole({ csPubKey, address }: Member["delegate"], role: Role, asked: AskedPolicy): void {
    const { platforms, clock } = this.#context
    const shown = [...(this.#attesters.get(`${csPubKey} ${role}`) ?? [undefined])]
    for (const attester of shown) {
      const platform = attester && this.#latest.get(`${attester} ${role}`)
      // A writer was granted nothing for later than that.
      const isOver = ROLES[role].level === "write" && platform !== undefined && clock() >= platform.validUntil
      if (!isOver) platforms.check(platform, asked, address)
    }
  }
}
