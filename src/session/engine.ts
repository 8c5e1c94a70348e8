import { asE2eeError, type E2eeError } from "../core/errors.ts"
import { GrantedParty, type Shared } from "./messages/granted-party.ts"
import type { SessionContext } from "./context.ts"
import { Membership } from "./members/membership.ts"
import { ReplayWindows } from "./messages/replay.ts"
import type { Scope } from "./scope.ts"

/** One endpoint: its parties, and what they share. */
export class Engine implements Shared {
  readonly context: SessionContext
  readonly replay = new ReplayWindows()
  readonly #parties = new Map<Scope, GrantedParty>()
  #sequence = 0

  constructor(context: SessionContext, scopes: readonly Scope[]) {
    this.context = context
    for (const scope of scopes) this.#parties.set(scope, new GrantedParty(this, new Membership(context, scope)))
  }

  party(scope: Scope): GrantedParty {
    return this.#parties.get(scope) as GrantedParty
  }

  nextSequence(): number {
    return this.#sequence++
  }

  refuse(error: unknown, where: string): E2eeError {
    const coded = asE2eeError(error, "internal.invariant", where)
    this.context.onRefusal(coded, where)
    return coded
  }

  async close(): Promise<void> {
    await Promise.allSettled([...this.#parties.values()].map(({ membership }) => membership.close()))
  }
}
