import { asE2eeError, E2eeError } from "../../core/errors.ts"
import type { GrantPlace } from "../../keys/grant.ts"
import type { ScopePolicy } from "../../keys/policy.ts"
import { capabilitiesFor, ROLES, type Role } from "../../keys/roles.ts"
import type { AgentLine } from "./agent-line.ts"
import type { Announced } from "./announced.ts"
import { GRANT_MALFORMED, WampError } from "../connection.ts"
import type { SessionContext } from "../context.ts"
import type { HeldKeys } from "./held-keys.ts"
import { KeyAgent } from "./key-agent.ts"
import { backOff } from "../kept.ts"
import type { Scope } from "../scope.ts"

/** What an endpoint has in a scope, apart from being its agent. */
interface Membership {
  readonly scope: Scope
  readonly policy: ScopePolicy
  readonly place: GrantPlace
  readonly line: AgentLine
  readonly announced: Announced
  readonly keys: HeldKeys
  /** Roles for which keys were wanted: wanted again after they are lost. */
  readonly joined: ReadonlySet<Role>
  /** Throws where the endpoint is closed, or its keys forked. */
  refuseEnded(): void
  /** Takes what control messages say, from now on. */
  listen(): void
  /** Asks another agent for keys. */
  pull(role: Role): Promise<unknown>
  refused(error: unknown, where: string): void
}

/**
 * Being the key agent of a scope: becoming it where nobody is, coming back or making room after a loss of the session.
 * It has a registration, but while that is lost, and nobody knows whether another is agent by now.
 */
export class Agency {
  readonly #context: SessionContext
  readonly #membership: Membership
  #agent: { readonly keys: KeyAgent; readonly unregister: (() => Promise<void>) | undefined } | undefined
  #becoming: Promise<boolean> | undefined
  /** Whether our own certificates have ended: nobody would take keys from us. */
  #ended = false
  #closed = false

  constructor(context: SessionContext, membership: Membership) {
    this.#context = context
    this.#membership = membership
  }

  get isAgent(): boolean {
    return this.#agent?.unregister !== undefined
  }

  /** The keys that we grant, or granted until it is known who is agent. */
  get keys(): KeyAgent | undefined {
    return this.#agent?.keys
  }

  /** Whether this endpoint can show and judge platforms as the scope wants it: nobody would take keys from it otherwise. */
  get shows(): boolean {
    const { attested } = this.#membership.policy
    const { proves, judges } = this.#context.platforms
    return attested === undefined || (judges && (proves || attested.agents === undefined))
  }

  /** Whether certificate, policy and platform let this endpoint be an agent. */
  get isAllowed(): boolean {
    const { self } = this.#context
    const { agents } = this.#membership.policy
    const named = new Set(
      self.chain.flatMap(({ certificate }) =>
        certificate.kind === "authority" ? [certificate.subject, certificate.issuer] : [certificate.delegate],
      ),
    )
    const admitted = agents === "certified" || agents.some((address) => named.has(address))
    return !this.#ended && admitted && this.shows && (self.capabilityBits & capabilitiesFor("agent")) !== 0n
  }

  /** One attempt at a time: whoever joins meanwhile shares it, and grants asked meanwhile wait for it. */
  become(): Promise<boolean> {
    if (this.isAgent) return Promise.resolve(true)
    if (!this.isAllowed) return Promise.resolve(false)
    this.#becoming ??= this.#begin().finally(() => (this.#becoming = undefined))
    return this.#becoming
  }

  /** Ends being the agent, and forgets all keys. */
  resign(): void {
    const agent = this.#agent
    this.#agent = undefined
    agent?.keys.close()
    this.#membership.keys.forget()
    agent?.unregister?.().catch(() => undefined)
  }

  async close(): Promise<void> {
    this.#closed = true
    const agent = this.#agent
    this.#agent = undefined
    agent?.keys.close()
    await agent?.unregister?.()
  }

  async #begin(): Promise<boolean> {
    const unregister = await this.#register()
    if (unregister === undefined) return false
    const { scope, policy, place, announced, keys: held, listen, refused } = this.#membership
    listen()
    const keys =
      this.#agent?.keys ??
      new KeyAgent(this.#context, scope, policy, place, announced.newest, {
        adopted: (generation) => held.adopt(generation),
        ended: (why) => {
          this.#ended = true
          refused(why, `key agent of ${scope.uri}`)
          this.resign()
        },
      })
    this.#agent = { keys, unregister }
    return true
  }

  /** Registers the grant procedure; undefined where another has it. */
  async #register(): Promise<(() => Promise<void>) | undefined> {
    const { line, scope, refuseEnded, refused } = this.#membership
    const answer = async (question: Uint8Array): Promise<Uint8Array> => {
      await this.#becoming
      if (this.#agent === undefined) throw new WampError(GRANT_MALFORMED)
      return this.#agent.keys.answer(question)
    }
    const taken: { unregister?: () => Promise<void> } = {}
    // After a loss of the session another may be the agent, or the router still holds what it lost. Nobody else would ask
    // for us to be it again. Until it is known, what was granted holds.
    let isLost = false
    const lost = (error: unknown): void => {
      isLost = true
      refused(asE2eeError(error, "session.connection", "no longer the key agent"), scope.uri)
      if (this.#agent !== undefined) this.#agent = { keys: this.#agent.keys, unregister: undefined }
      this.#return(0)
    }
    const renewed = async (): Promise<void> => {
      const { unregister: ours } = taken
      if (ours === undefined || this.#agent?.unregister !== ours || (await line.comesHere())) return
      // What a lost session takes along needs no ending.
      await ours().catch(() => undefined)
      if (this.#agent?.unregister !== ours) return
      lost(new E2eeError("session.connection", "another became the key agent meanwhile"))
    }
    const unregister = await line.register(answer, { lost, renewed: () => void renewed() })
    if (unregister === undefined) return undefined
    taken.unregister = unregister
    const isAsked = await line.comesHere()
    if (isLost) return undefined
    if (!this.#closed && isAsked) return unregister
    await unregister()
    refuseEnded()
    return undefined
  }

  /** Agent anew, of the generation that nobody replaced; or a member of whoever is agent by now. */
  #return(attempt: number): void {
    const agent = this.#agent
    if (this.#closed || agent === undefined) return
    const again = async (): Promise<void> => {
      const unregister = await this.#register()
      if (unregister !== undefined) this.#agent = { keys: agent.keys, unregister }
      else await this.#follow(agent.keys)
    }
    this.#context.timers.after(backOff(attempt, Math.random), () => {
      if (this.#agent === agent) again().catch(() => this.#return(attempt + 1))
    })
  }

  /** Another is the agent: its keys replace ours, in every role that we have. */
  async #follow(keys: KeyAgent): Promise<void> {
    const { keys: held, joined, pull } = this.#membership
    // Readers first: their rings serve writers, too.
    for (const role of [...joined].toSorted((a, b) => ROLES[a].level.localeCompare(ROLES[b].level)))
      if (held.held(role)?.announcement === keys.generation.announcement || held.held(role) === undefined)
        await pull(role)
    // The other was gone before it answered.
    if (this.isAgent) return
    keys.close()
    this.#agent = undefined
    if (held.current === keys.generation) held.forget()
  }
}
