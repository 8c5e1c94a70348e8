import type { Hex } from "../../core/bytes.ts"
import { equalBytes } from "../../core/bytes.ts"
import { asE2eeError, E2eeError, isE2eeError } from "../../core/errors.ts"
import { parseAnnouncement, type Announcement } from "../../keys/announcement.ts"
import type { DisclosedKeys } from "../../keys/disclosure.ts"
import { INFO_REQUEST, parseInfo, type GrantPlace } from "../../keys/grant.ts"
import type { Grant } from "../../keys/granted.ts"
import { graceOf } from "../../keys/epochs.ts"
import { checkKeyPackage } from "../../keys/key-package.ts"
import type { Keyring } from "../../keys/keyring.ts"
import type { Member } from "../../keys/member.ts"
import { admits, policyHash, type ScopePolicy } from "../../keys/policy.ts"
import { ROLES, type Branch, type Role } from "../../keys/roles.ts"
import { scopeId } from "../../keys/schedule.ts"
import { parseTick, type Tick } from "../../keys/tick.ts"
import type { Kind } from "../../payload/frame.ts"
import { Agency } from "./agency.ts"
import { AgentLine, OtherAgent } from "./agent-line.ts"
import { Announced } from "./announced.ts"
import { AgentPlatform } from "./agent-platform.ts"
import type { SessionContext } from "../context.ts"
import { Disclosures } from "./disclosures.ts"
import { Following } from "./following.ts"
import { Generation } from "./generation.ts"
import { HeldKeys } from "./held-keys.ts"
import { backOff } from "../kept.ts"
import { readsBranch, refusesPeer, refusesPlatform, type Peers } from "./peers.ts"
import { Pulls } from "./pulls.ts"
import { Renewals } from "./renewals.ts"
import { obtainGrant } from "./requesting.ts"
import { policyOf, type Scope } from "../scope.ts"
import type { LocatedKey } from "../messages/signed.ts"
import { takeRing } from "./taking.ts"

/** An agent is verified before its instance is known; this one speaks for nobody. */
const NO_INSTANCE: Hex = "0x0000000000000000"

/**
 * An endpoint's part in one scope: whose keys it holds, how fresh they are, and, if it is the scope's key agent, to whom
 * it grants them. The first callee, publisher or subscriber that may be and can register the scope's grant procedure is
 * its agent; everybody else asks it, and may take its place when it is gone.
 *
 *   none -grant-> held -tick-> held -no tick in time-> stale -tick or grant-> held
 *   held -newer announcement-> superseded -grant-> held;  any -contradicting announcements-> forked, for good
 */
export class Membership {
  readonly scope: Scope
  readonly policy: ScopePolicy
  readonly #context: SessionContext
  readonly #place: GrantPlace
  readonly #line: AgentLine
  readonly #announced: Announced
  readonly #keys: HeldKeys
  readonly #agency: Agency
  readonly #following: Following
  readonly #pulls: Pulls<Keyring>
  readonly #disclosures: Disclosures
  readonly #agentPlatform: AgentPlatform
  readonly #renewals: Renewals
  /** Roles for which keys were wanted: wanted again after they are lost. */
  readonly #joined = new Set<Role>()
  #refreshing: Promise<void> | undefined
  #closed = false

  constructor(context: SessionContext, scope: Scope) {
    this.#context = context
    this.scope = scope
    this.policy = policyOf(scope, context.trust.realm)
    if (this.policy.replay === "shared" && context.sharedReplay === undefined)
      throw new E2eeError(
        "usage.invalid",
        `scope ${scope.uri} has replay "shared"; pass sharedReplay, which callees share`,
      )
    if (this.policy.attested?.agents !== undefined && !context.platforms.judges)
      throw new E2eeError(
        "usage.invalid",
        `scope ${scope.uri} has attested key agents; pass attestation.judge, which judges their evidence`,
      )
    const { policy } = this
    const { realm } = context.trust
    const id = scopeId(realm, scope.match, scope.uri)
    const refused = (error: unknown, where: string): void => this.#refused(error, where)
    const place = { realm, scope: id, policy: policyHash(policy), kem: scope.settings.hybrid }
    const line = new AgentLine(context, scope, refused)
    const announced = new Announced(context, scope.uri, place, () => this.#agency.resign())
    const late = (generation: Generation): void => this.#late(generation)
    const superseded = (generation: Generation): void => this.#superseded(generation)
    const keys = new HeldKeys(context, { uri: scope.uri, id }, announced, { late, superseded, refused })
    this.#place = place
    this.#line = line
    this.#announced = announced
    this.#keys = keys
    const shared = { scope, policy, line, announced, keys, refused }
    this.#agency = new Agency(context, {
      ...shared,
      place,
      joined: this.#joined,
      refuseEnded: () => this.#refuseEnded(),
      listen: () => this.#listen(),
      pull: (role) => this.pull(role),
    })
    const agency = this.#agency
    this.#following = new Following(context, {
      ...shared,
      agency,
      judgeAgent: (announcement) => this.#judgeAgent(announcement),
      judgeAgain: (branch, member, judge) => this.#judgeAgain(branch, member, judge),
      isShown: (announcement) => this.#isShown(announcement),
    })
    this.#agentPlatform = new AgentPlatform(context, policy)
    this.#renewals = new Renewals(context, (role) => this.#askAgain(role), refused)
    this.#pulls = new Pulls(context.clock, (role, about) => this.#request(role, about))
    this.#disclosures = new Disclosures(context, id, policy, (control) => line.publish(control))
  }

  get isAgent(): boolean {
    return this.#agency.isAgent
  }

  /** The generation in force here, if any. */
  get generation(): Generation | undefined {
    return this.#keys.current
  }

  /** The ring held for a role, if any: a reader's ring serves its branch's writer too, once the agent knows it as one. */
  held(role: Role): Keyring | undefined {
    return this.#keys.held(role)
  }

  /** The ring for a role, confirmed for now: held, or our own as the new agent, or granted by the agent. */
  async join(role: Role): Promise<Keyring> {
    this.#refuseEnded()
    this.#joined.add(role)
    await this.#announced.remember()
    if (this.#agency.keys !== undefined) {
      await this.#agency.keys.confirm()
      this.#refuseEnded()
      const ring = this.held(role)
      if (ring !== undefined) return ring
    }
    const held = this.held(role)
    if (held === undefined)
      return role !== "caller" && (await this.#agency.become()) ? (this.held(role) as Keyring) : this.pull(role)
    try {
      await this.#isShown(held.announcement)
      if (this.#keys.isStale && !this.#keys.superseded) await this.#refresh(role)
      return this.#keys.usable(role) ?? (await this.pull(role))
    } catch (error) {
      throw this.#keys.isStale && isE2eeError(error, "keys.no_agent") ? this.#keys.stale(error) : error
    }
  }

  /** Asks the agent for a grant; concurrent requests for one role are one. */
  async pull(role: Role, about?: Hex): Promise<Keyring> {
    return this.#pulls.pull(role, about)
  }

  /** {@link pull} because of something unknown, rationed. False: nothing new to be had. */
  async pullFor(role: Role, unknown: string, about?: Hex, interval?: number): Promise<boolean> {
    if (this.isAgent) return false
    // What is unknown may be of the generation that is being followed.
    const before = this.#keys.current
    await this.#following.settled()
    return this.#keys.current !== before || this.#pulls.pullFor(role, unknown, about, interval)
  }

  /** The key with an id, among those with which messages may be opened now. */
  find(role: Role, keyId: string, kind: Kind, uri: string): LocatedKey | undefined {
    return this.#keys.find(role, keyId, kind, uri)
  }

  /** The ring and epoch to seal with now. Throws `keys.stale` where the agent's word is too old. */
  sealing(role: Role): { readonly ring: Keyring; readonly epoch: number } {
    return this.#keys.sealing(role)
  }

  /** Signing keys of an epoch of the present generation, in mode `dsig`. */
  disclosed(epoch: number): DisclosedKeys | undefined {
    const { current } = this.#keys
    return this.policy.mode === "dsig" && current !== undefined ? this.#disclosures.keysFor(current, epoch) : undefined
  }

  /** Judges a member again if its verdict is old, after its message opened. One that is refused now is dropped. */
  async heard(branch: Branch, member: Member): Promise<void> {
    // Any reader can have made a message of mode `mac`: it proves nobody's key.
    const proves = this.policy.mode !== "mac"
    await this.#judgeAgain(branch, member, (peers) => (proves ? peers.heard(member) : peers.recheck(member)))
  }

  /** Judges again all that read or grant the branch before something is sealed for them; drops the refused. */
  async recheckReaders(branch: Branch): Promise<void> {
    if (this.#agency.keys !== undefined) return this.#agency.keys.judgeReaders(branch)
    const ring = this.#keys.current?.ring(branch)
    if (ring === undefined) return
    for (const member of [...ring.members].filter((one) => readsBranch(one, branch))) {
      try {
        await this.#judgeAgain(branch, member, (peers) => peers.recheck(member))
      } catch (error) {
        // What a refused reader holds is of no use in the next generation, which the agent opens when it is asked for a
        // new grant. A refused agent's grants end with it.
        if (member.roles.has("agent") || !refusesPeer(error)) throw error
        this.#context.onRefusal(error, `member ${member.delegate.address} of ${this.scope.uri}`)
      }
    }
  }

  /** New keys for all members, now: after a key may have been stolen. Only the agent can. */
  rotate(): void {
    if (this.#agency.keys === undefined)
      throw new E2eeError("keys.no_agent", `${this.scope.uri}: another endpoint is the key agent; ask it there`)
    this.#agency.keys.renew()
  }

  /** Becomes the agent, or stands by: takes its place when it is gone. */
  async stand(): Promise<boolean> {
    this.#refuseEnded()
    await this.#announced.remember()
    if (!this.#agency.shows)
      throw new E2eeError(
        "attestation.absent",
        `a key agent of ${this.scope.uri} has to show its platform and judge those of others; pass attestation`,
      )
    if (!this.#agency.isAllowed)
      throw new E2eeError(
        "trust.capability_missing",
        "this identity may not be a key agent: it needs the capability provider, and a place in the policy",
      )
    if (await this.#agency.become()) return true
    await this.join("subscriber")
    return false
  }

  async close(): Promise<void> {
    this.#closed = true
    this.#disclosures.close()
    this.#renewals.close()
    this.#following.close()
    const ended = [this.#agency.close(), this.#line.close()]
    this.#keys.close()
    await Promise.allSettled(ended)
  }

  async #judgeAgain(branch: Branch, member: Member, judge: (peers: Peers) => Promise<Member>): Promise<void> {
    try {
      const fresh = await judge(this.#context.peers)
      if (fresh !== member) this.#keys.current?.ring(branch)?.members.add(fresh)
    } catch (error) {
      if (refusesPeer(error)) this.#drop(member)
      throw error
    }
  }

  /** Ends a refused member with all of its instances: what one of them was granted, its key holds. */
  #drop({ delegate: { csPubKey } }: Member): void {
    if (this.#agency.keys !== undefined) return this.#agency.keys.exclude(csPubKey)
    const rings = [...(this.#keys.current?.rings ?? [])]
    const reads = rings.some((ring) => ring.members.instancesOf(csPubKey).some((one) => readsBranch(one, ring.branch)))
    if (reads) this.#keys.forget()
    else for (const ring of rings) ring.remove(csPubKey)
  }

  async #refresh(role: Role): Promise<void> {
    this.#refreshing ??= this.#line
      .ask(INFO_REQUEST)
      .then(async (bytes) => void (await this.#hear(bytes)))
      .catch(async (error: unknown) => {
        // Whoever may takes the place of an agent that is gone.
        if (!isE2eeError(error, "keys.no_agent") || role === "caller" || !(await this.#agency.become())) throw error
      })
      .finally(() => (this.#refreshing = undefined))
    await this.#refreshing
  }

  /** What the agent says is in force: a later tick of the present generation, or another one. */
  async #hear(bytes: Uint8Array): Promise<Announcement> {
    const info = parseInfo(bytes)
    const announcement = parseAnnouncement(info.announcement)
    this.#announced.compare(announcement)
    await this.#judgeAgent(announcement)
    const { current } = this.#keys
    if (current !== undefined && this.#keys.holds(announcement) && (await this.#isShown(announcement)))
      this.#keys.confirm(current, parseTick(info.tick, announcement))
    else this.#keys.supersede()
    return announcement
  }

  async #judgeAgent({ agent }: Announcement): Promise<Member> {
    const { peers, clock, skewMs } = this.#context
    if (agent.certificates instanceof Uint8Array)
      throw new E2eeError("keys.announcement", "the agent's package refers to certificates that are not here")
    const member = await peers.verify(agent.certificates, NO_INSTANCE, "agent", (csPubKey) => {
      if (csPubKey !== agent.cs)
        throw new E2eeError("keys.agreement", `the agent's package of ${agent.cs} comes with another's certificates`)
    })
    checkKeyPackage(agent, member.delegate, clock(), skewMs)
    if (admits(this.policy.agents, member.delegate)) return member
    throw new E2eeError("keys.policy", `${member.delegate.address} may not be key agent of ${this.scope.uri}`)
  }

  /**
   * Whether the platform of an announcement's agent counts now, as far as it has to be shown. If not, nothing is sealed or
   * delivered before it was shown again, with a grant; whoever reads asks for one at once.
   */
  async #isShown(announcement: Announcement): Promise<boolean> {
    try {
      await this.#agentPlatform.check(announcement)
      return true
    } catch (error) {
      if (!refusesPlatform(error)) throw error
      if (this.#keys.superseded) return false
      this.#keys.superseded = true
      this.#refused(error, `key agent of ${this.scope.uri}`)
      for (const role of this.#joined)
        if (this.held(role)?.canRead)
          this.#askAgain(role).catch((failed: unknown) => this.#refused(failed, `keys of ${role} of ${this.scope.uri}`))
      return false
    }
  }

  /** Another grant, by which the agent and we show our platforms once more, too. */
  async #askAgain(role: Role): Promise<void> {
    if (!this.isAgent && !this.#closed) await this.pull(role)
  }

  /** One that is refused by now may have been replaced. */
  async #stands(announcement: Announcement): Promise<boolean> {
    try {
      await this.#judgeAgent(announcement)
      return true
    } catch (error) {
      if (refusesPeer(error)) return false
      throw error
    }
  }

  async #request(role: Role, about: Hex | undefined): Promise<Keyring> {
    const known = this.isAgent ? undefined : this.#keys.current?.announcement
    try {
      if (known !== undefined && (await this.#stands(known))) return await this.#takeInTime(role, known, about)
    } catch (error) {
      // Another agent, or the same in another life, has another key.
      const other = isE2eeError(error, "keys.agreement") || error instanceof OtherAgent
      if (!other && !isE2eeError(error, "keys.no_agent")) throw error
    }
    try {
      return await this.#takeInTime(role, await this.#hear(await this.#line.ask(INFO_REQUEST)), about)
    } catch (error) {
      if (!isE2eeError(error, "keys.no_agent") || role === "caller" || !(await this.#agency.become())) throw error
      return this.held(role) as Keyring
    }
  }

  /** {@link #take}, once more where the answer was on its way for so long that its tick is over. */
  async #takeInTime(role: Role, announcement: Announcement, about: Hex | undefined): Promise<Keyring> {
    try {
      return await this.#take(role, announcement, about)
    } catch (error) {
      if (!isE2eeError(error, "keys.stale")) throw error
      return this.#take(role, announcement, about)
    }
  }

  /** A grant of an agent that was verified when its announcement came. */
  async #take(role: Role, announcement: Announcement, about: Hex | undefined): Promise<Keyring> {
    const agent = await this.#judgeAgent(announcement)
    const isShown = await this.#agentPlatform.isFresh(announcement)
    const hasSeen = this.#agentPlatform.seenFor(role, announcement) !== undefined
    const wanted = { role, about, announcement, agent, isShown, hasSeen }
    const ask = (request: Uint8Array): Promise<Uint8Array> => this.#line.ask(request)
    const { grant, platform, shownFor } = await obtainGrant(this.#context, ask, this.policy, this.#place, wanted)
    if (platform !== undefined) this.#agentPlatform.take(announcement, platform)
    if (shownFor !== undefined) this.#agentPlatform.showed(role, announcement, shownFor)
    const granted = equalBytes(grant.announcement, announcement.bytes)
      ? announcement
      : parseAnnouncement(grant.announcement)
    this.#announced.compare(granted)
    // Its answer was made with the key of the announcement that we know: the same agent.
    if (!equalBytes(granted.agent.x, announcement.agent.x))
      throw new E2eeError("keys.agreement", "the agent granted keys of another agent's generation")
    const verified = granted === announcement ? agent : await this.#judgeAgent(granted)
    this.#refuseEnded()
    const kept = await this.#accept(role, granted, grant, verified)
    // Whoever only writes shows it again with what it writes next.
    const left = this.#agentPlatform.seenFor(role, announcement)
    if (left !== undefined && kept.canRead) this.#renewals.schedule(role, left)
    return kept
  }

  async #accept(role: Role, announcement: Announcement, grant: Grant, agent: Member): Promise<Keyring> {
    const { branch, level } = ROLES[role]
    const tick = parseTick(grant.tick, announcement)
    const taken = { role, grant, announcement, tick, agent }
    const ring = await takeRing(this.#context, this.scope, this.policy, taken)
    try {
      this.#refuseEnded()
      const kept = this.#settle(role, ring, tick)
      if (level === "read" && grant.path !== undefined)
        this.#keys.paths.take(branch, grant.path, announcement.generation)
      return kept
    } catch (error) {
      ring.wipe()
      throw error
    }
  }

  /** Into the generation that is in force by now: another grant may have been quicker. */
  #settle(role: Role, ring: Keyring, tick: Tick): Keyring {
    const { announcement } = ring
    this.#announced.compare(announcement)
    const known = this.#keys.current
    const same = known !== undefined && this.#keys.holds(announcement)
    const generation = same ? known : new Generation(announcement, tick, this.policy)
    this.#keys.confirm(generation, tick)
    if (generation.stale(this.#context.clock())) throw this.#keys.stale()
    const kept = generation.put(ring, [role])
    if (!same) this.#keys.adopt(generation)
    this.#keys.superseded = false
    this.#listen()
    return kept
  }

  /** Whoever reads wants to be told in time; whoever writes asks when it has something to say. */
  #late({ rings }: Generation): void {
    const reads = [...rings].find((ring) => ring.canRead)
    if (reads === undefined || this.isAgent) return
    this.#refresh(reads.branch === "call" ? "callee" : "subscriber").catch((error: unknown) =>
      this.#refused(error, `confirmation of ${this.scope.uri}`),
    )
  }

  /**
   * Whoever reads asks for new keys by itself, all of them within half the grace: a new agent knows nobody, and nobody can
   * send to whom it does not know.
   */
  #superseded(generation: Generation, attempt = 0): void {
    const { random, timers } = this.#context
    const wait = ((random(1)[0] as number) / 256) * (graceOf(generation.times) / 2)
    timers.after(attempt === 0 ? wait : wait + backOff(attempt, Math.random), () => {
      for (const role of this.#joined)
        if (this.#keys.superseded && this.held(role)?.canRead)
          this.#askAgain(role).catch((error: unknown) => {
            this.#refused(error, `keys of ${role} of ${this.scope.uri}`)
            const isGone = isE2eeError(error, "keys.no_agent") || isE2eeError(error, "keys.stale")
            if (isGone && this.#keys.current === generation) this.#superseded(generation, attempt + 1)
          })
    })
  }

  #listen(): void {
    this.#line.listen((control) => this.#following.control(control))
  }

  #refuseEnded(): void {
    if (this.#closed) throw new E2eeError("session.closed", "the endpoint is closed")
    if (this.#announced.forked !== undefined) throw this.#announced.forked
  }

  #refused(error: unknown, where: string): void {
    if (!this.#closed) this.#context.onRefusal(asE2eeError(error, "session.connection", where), where)
  }
}
