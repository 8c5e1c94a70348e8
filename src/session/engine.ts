import type { E2eeError } from "../core/errors.ts"
import { asE2eeError, isE2eeError } from "../core/errors.ts"
import type { FoundKey, Keyring } from "../keys/keyring.ts"
import type { Role } from "../keys/roles.ts"
import { Membership, type SessionContext } from "./membership.ts"
import { ReplayWindows } from "./replay.ts"
import type { Scope } from "./scope.ts"
import { open, seal, type Arguments, type Opened, type OpenOptions, type Sealed, type SealOptions } from "./sealing.ts"
import type { PassthruMessage } from "../payload/attributes.ts"

/** One endpoint's state behind calls and events: memberships, sequence, replay windows. */
export class Engine {
  readonly context: SessionContext
  readonly #memberships = new Map<Scope, Membership>()
  readonly #replay = new ReplayWindows()
  #sequence = 0

  constructor(context: SessionContext, scopes: readonly Scope[]) {
    this.context = context
    for (const scope of scopes) this.#memberships.set(scope, new Membership(context, scope))
  }

  membership(scope: Scope): Membership {
    return this.#memberships.get(scope) as Membership
  }

  seal(payload: Arguments, ring: Keyring, key: FoundKey, place: SealPlace): Sealed {
    const { speaker, clock, random } = this.context
    const sequence = this.#sequence++
    return seal(payload, {
      ...place,
      ring,
      key,
      csKey: speaker.csKey,
      instance: speaker.instance,
      sequence,
      now: clock(),
      random,
    })
  }

  open(message: PassthruMessage, ring: Keyring, place: OpenPlace): Opened {
    const { speaker, clock, skewMs } = this.context
    return open(message, { ...place, ring, now: clock(), skew: skewMs, replay: this.#replay, self: speaker.instance })
  }

  /** Opens with the ring held for a role; what names an unknown key or sender is tried once more after a pull. */
  async openOrPull(
    membership: Membership,
    role: Role,
    message: PassthruMessage,
    place: Omit<OpenPlace, "profile">,
  ): Promise<Opened> {
    const { profile } = membership.scope
    try {
      return this.open(message, membership.held(role) ?? (await membership.join(role)), { ...place, profile })
    } catch (error) {
      if (!isE2eeError(error, "keys.unknown_key")) throw error
      const unknown = String(message.attributes["ppt_keyid"])
      if (!(await membership.pullFor(role, unknown))) throw error
      return this.open(message, await membership.join(role), { ...place, profile })
    }
  }

  refuse(error: unknown, where: string): E2eeError {
    const coded = asE2eeError(error, "internal.invariant", where)
    this.context.onRefusal(coded, where)
    return coded
  }

  async close(): Promise<void> {
    await Promise.allSettled([...this.#memberships.values()].map((membership) => membership.close()))
  }
}

export type SealPlace = Pick<SealOptions, "profile" | "kind" | "uri" | "correlation" | "error">
export type OpenPlace = Pick<OpenOptions, "profile" | "kind" | "uri" | "correlation" | "error">
