import type { VerifiedPlatform } from "../../attestation/verified.ts"
import { toHex, type Hex } from "../../core/bytes.ts"
import type { Announcement } from "../../keys/announcement.ts"
import { attestedAs, type ScopePolicy } from "../../keys/policy.ts"
import type { Role } from "../../keys/roles.ts"
import type { SessionContext } from "../context.ts"

/** The platform that a scope's key agent showed last, of which life of it, and what we showed to that: a member's view. */
export class AgentPlatform {
  readonly #context: SessionContext
  readonly #policy: ScopePolicy
  #shown: { readonly life: Hex; readonly platform: VerifiedPlatform } | undefined
  /** Until when what we showed to a life of an agent counts there at most, by the name that the registry has for our role. */
  readonly #own = new Map<string, { readonly life: Hex; readonly until: number }>()

  constructor(context: SessionContext, policy: ScopePolicy) {
    this.#context = context
    this.#policy = policy
  }

  take({ agent }: Announcement, platform: VerifiedPlatform): void {
    this.#shown = { life: toHex(agent.x), platform }
  }

  /** Whether it need not be shown again in another grant of the same life of the agent. */
  async isFresh(announcement: Announcement): Promise<boolean> {
    const { platforms } = this.#context
    const platform = this.#of(announcement)
    if (platform === undefined) return false
    const asked = await platforms.asked(this.#policy, "agent")
    return asked !== undefined && platforms.isFresh(platform, asked, announcement.agent.principal)
  }

  /** Notes that we showed ours for a role, for so many milliseconds: it may not be asked for again meanwhile. */
  showed(role: Role, { agent }: Announcement, life: number): void {
    this.#own.set(attestedAs(role, this.#policy).name, { life: toHex(agent.x), until: this.#context.clock() + life })
  }

  /** Milliseconds for which what we showed counts at most: where there are any, it is right that we are not asked. */
  seenFor(role: Role, { agent }: Announcement): number | undefined {
    const own = this.#own.get(attestedAs(role, this.#policy).name)
    const left = (own?.until ?? 0) - this.#context.clock()
    return own?.life === toHex(agent.x) && left > 0 ? left : undefined
  }

  /** Whether it counts now, where agents have to show theirs. Throws `attestation.*`, or that it cannot be learnt. */
  async check(announcement: Announcement): Promise<void> {
    const { platforms } = this.#context
    const asked = await platforms.asked(this.#policy, "agent")
    if (asked === undefined) return
    platforms.check(this.#of(announcement), asked, announcement.agent.principal)
  }

  #of({ agent }: Announcement): VerifiedPlatform | undefined {
    return this.#shown?.life === toHex(agent.x) ? this.#shown.platform : undefined
  }
}
