import type { VerifiedPlatform } from "../../attestation/verified.ts"
import { toHex, type Hex } from "../../core/bytes.ts"
import type { GrantRequest } from "../../keys/grant.ts"
import type { Member } from "../../keys/member.ts"
import type { ScopePolicy } from "../../keys/policy.ts"
import { ROLES, type Branch, type Role } from "../../keys/roles.ts"
import type { SessionContext } from "../context.ts"
import type { AskedPolicy } from "./platforms.ts"

/** Lives and roles of one key whose platforms are remembered; the oldest goes first. */
const MAX_LIVES = 32

/**
 * The platforms for which a key agent granted keys. One key may run on several machines: each has to be attested for as long
 * as the key is to stay; what a machine showed last stands for all that ran on it.
 */
export class AttestedMembers {
  readonly #context: SessionContext
  readonly #policy: ScopePolicy
  /** Attestation keys by which an Ed25519 key was granted a role. */
  readonly #attesters = new Map<string, Set<Hex>>()
  /** By attestation key, and the role in the registry. */
  readonly #latest = new Map<Hex, Map<Hex, VerifiedPlatform>>()
  /** What each life of a key's programs showed, by its X25519 key and the role that it was for. */
  readonly #lives = new Map<Hex, Map<string, VerifiedPlatform>>()

  constructor(context: SessionContext, policy: ScopePolicy) {
    this.#context = context
    this.#policy = policy
  }

  /** What a requester showed before, where that is as good as showing it again: it is asked under the same X25519 key. */
  known(
    { keyPackage }: Pick<GrantRequest, "keyPackage">,
    asked: AskedPolicy,
    { address }: Member["delegate"],
  ): VerifiedPlatform | undefined {
    const platform = this.#lives.get(keyPackage.cs)?.get(lifeOf(keyPackage.x, asked.role))
    return platform !== undefined && this.#context.platforms.isFresh(platform, asked, address) ? platform : undefined
  }

  admit({ keyPackage, role }: Pick<GrantRequest, "keyPackage" | "role">, platform: VerifiedPlatform): void {
    const csPubKey = keyPackage.cs
    const lives = this.#lives.get(csPubKey) ?? new Map<string, VerifiedPlatform>()
    lives.delete(lifeOf(keyPackage.x, platform.role))
    lives.set(lifeOf(keyPackage.x, platform.role), platform)
    const [oldest] = lives.keys()
    if (lives.size > MAX_LIVES && oldest !== undefined) lives.delete(oldest)
    this.#lives.set(csPubKey, lives)
    const attesters = this.#attesters.get(`${csPubKey} ${role}`) ?? new Set()
    attesters.add(platform.attester)
    this.#attesters.set(`${csPubKey} ${role}`, attesters)
    const latest = this.#latest.get(platform.attester) ?? new Map<Hex, VerifiedPlatform>()
    this.#latest.set(platform.attester, latest.set(platform.role, platform))
  }

  /** Has everybody show its platform again before it gets more keys: those by which it is known may be stolen. */
  forgetLives(): void {
    this.#lives.clear()
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
    this.#lives.delete(csPubKey)
    for (const role of Object.keys(ROLES) as Role[]) {
      const granted = `${csPubKey} ${role}`
      for (const attester of this.#attesters.get(granted) ?? []) this.#latest.delete(attester)
      this.#attesters.delete(granted)
    }
  }

  #checkRole({ csPubKey, address }: Member["delegate"], role: Role, asked: AskedPolicy): void {
    const { platforms, clock } = this.#context
    const shown = [...(this.#attesters.get(`${csPubKey} ${role}`) ?? [undefined])]
    for (const attester of shown) {
      const platform = attester && this.#latest.get(attester)?.get(asked.role)
      // A writer was granted nothing for later than that.
      const isOver = ROLES[role].level === "write" && platform !== undefined && clock() >= platform.validUntil
      if (!isOver) platforms.check(platform, asked, address)
    }
  }
}

function lifeOf(x: Uint8Array, role: Hex): string {
  return `${toHex(x)} ${role}`
}
