import type { VerifiedPlatform } from "../attestation/verified.ts"
import { toHex, type Hex } from "../core/bytes.ts"
import type { Announcement } from "../keys/announcement.ts"
import type { ScopePolicy } from "../keys/policy.ts"
import type { SessionContext } from "./context.ts"

/** The platform that a scope's key agent showed last, and of which life of it: a member's view. */
export class AgentPlatform {
  readonly #context: SessionContext
  readonly #policy: ScopePolicy
  #shown: { readonly life: Hex; readonly platform: VerifiedPlatform } | undefined

  constructor(context: SessionContext, policy: ScopePolicy) {
    this.#context = context
    this.#policy = policy
  }

  take({ agent }: Announcement, platform: VerifiedPlatform | undefined): void {
    this.#shown = platform && { life: toHex(agent.x), platform }
  }

  /** Whether it counts now, where agents have to show theirs. Throws `attestation.*`, or that it cannot be learnt. */
  async check({ agent }: Announcement): Promise<void> {
    const { platforms } = this.#context
    const asked = await platforms.asked(this.#policy, "agent")
    if (asked === undefined) return
    const shown = this.#shown?.life === toHex(agent.x) ? this.#shown.platform : undefined
    platforms.check(shown, asked, agent.principal)
  }
}
