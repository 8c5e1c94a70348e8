import type { Hex } from "../core/bytes.ts"
import { equalBytes, toHex } from "../core/bytes.ts"
import { asE2eeError, E2eeError, isE2eeError } from "../core/errors.ts"
import { parseAnnouncement, standingOf, type Announcement } from "../keys/announcement.ts"
import { ReaderSecrets, WriterSecrets } from "../keys/branch-secrets.ts"
import { Directory } from "../keys/directory.ts"
import type { DisclosedKeys } from "../keys/disclosure.ts"
import { epochAt, graceOf, startOf } from "../keys/epochs.ts"
import {
  endRequest,
  INFO_REQUEST,
  parseControl,
  parseInfo,
  readAnswer,
  requestGrant,
  type Grant,
  type GrantPlace,
} from "../keys/grant.ts"
import { checkKeyPackage } from "../keys/key-package.ts"
import { Keyring } from "../keys/keyring.ts"
import type { Member } from "../keys/member.ts"
import { admits, mayBe, policyHash, type ScopePolicy } from "../keys/policy.ts"
import { capabilitiesFor, ROLES, rolesOf, type Branch, type Role } from "../keys/roles.ts"
import { announcedRekeys, parseNotice, type RekeyNotice } from "../keys/tree/rekey.ts"
import { epochCommitment, scopeId } from "../keys/schedule.ts"
import { parseTick, type Tick } from "../keys/tick.ts"
import type { Kind } from "../payload/frame.ts"
import { AGENT_BUSY, GRANT_MALFORMED, says, WampError, type Incoming, type Payload } from "./connection.ts"
import { chainText, ownKeyPackage, type RememberedGeneration, type SessionContext } from "./context.ts"
import { backOff } from "./kept.ts"
import { Disclosures } from "./disclosures.ts"
import { encodeForkEvidence } from "./evidence.ts"
import { Generation } from "./generation.ts"
import { KeyAgent } from "./key-agent.ts"
import { readsBranch, refusesPeer, type Peers } from "./peers.ts"
import { ReaderPaths } from "./reader-paths.ts"
import { announcementUri, grantUri, policyOf, type Scope } from "./scope.ts"
import { SelfCall } from "./self-call.ts"
import type { LocatedKey } from "./signed.ts"

/** Milliseconds that a key agent has to answer. */
const GRANT_TIMEOUT = 10_000
/** A key that is still unknown after a pull is not pulled for again within this many milliseconds. */
const PULL_INTERVAL = 5_000
/**
 * Pulls because of something unknown within so many milliseconds: keys that nobody has are cheap to name, grants are not
 * cheap to give (THREATS W26). More wait, and share one.
 */
const [PULL_BURST, PULL_WINDOW] = [8, 2_000]
/** {@link PULL_INTERVAL} where the agent did not answer. */
const RETRY_INTERVAL = 500
const MAX_PULLS = 256
/** How often an agent that has too much to do is asked again. */
const MAX_ATTEMPTS = 3
/** An agent is verified before its instance is known; this one speaks for nobody. */
const NO_INSTANCE: Hex = "0x0000000000000000"

interface Pull {
  at: number
  /** Until the agent has answered. */
  answered: Promise<unknown> | undefined
}

/** The agent said two things of one generation or epoch, and signed both: evidence that `judge` takes from anybody. */
export class ForkedKeys extends E2eeError {
  override readonly name = "ForkedKeys"
  readonly evidence: Uint8Array

  constructor(uri: string, evidence: Uint8Array) {
    super("keys.forked", `the key agent of ${uri} says one thing to some members and another to others; revoke it`)
    this.evidence = evidence
  }
}

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
  readonly #selfCall: SelfCall
  /** As the agent; without a registration while that is lost, and nobody knows whether another is agent by now. */
  #agent: { readonly keys: KeyAgent; readonly unregister: (() => Promise<void>) | undefined } | undefined
  #becoming: Promise<boolean> | undefined
  #current: Generation | undefined
  /** The one before: read from within grace, sealed under never again. */
  #previous: { readonly generation: Generation; readonly until: number } | undefined
  /** Newest generation of which keys were held, in this life or an earlier one. */
  #newest: RememberedGeneration | undefined
  /** Its announcement, if that was in this life: what it is compared with after its keys are gone. */
  #last: Announcement | undefined
  #remembered: Promise<void> | undefined
  /** Whether another generation was announced than is held. */
  #superseded = false
  #forked: ForkedKeys | undefined
  readonly #requests = new Map<Role, Promise<Keyring>>()
  #refreshing: Promise<void> | undefined
  readonly #pulls = new Map<string, Pull>()
  /** Pulls that wait for their turn. */
  readonly #next = new Map<string, Promise<unknown>>()
  /** When the last pulls because of something unknown began, by a clock that nobody sets. */
  readonly #begun: number[] = []
  /** Roles for which keys were wanted: wanted again after they are lost. */
  readonly #joined = new Set<Role>()
  #listening: Promise<() => Promise<void>> | undefined
  /** While another announcement is judged, and followed where it may be. */
  #superseding: Promise<void> | undefined
  /** In a scope with key trees. */
  readonly #paths: ReaderPaths
  readonly #disclosures: Disclosures
  /** Whether our own certificates have ended: nobody would take keys from us. */
  #ended = false
  #cancelTimer: (() => void) | undefined
  /** How often a tick was missed since the last one came. */
  #missed = 0
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
    const { realm } = context.trust
    this.#selfCall = new SelfCall(context.connection, grantUri(scope), context.random)
    this.#place = {
      realm,
      scope: scopeId(realm, scope.match, scope.uri),
      policy: policyHash(this.policy),
      kem: scope.settings.hybrid,
    }
    this.#disclosures = new Disclosures(context, this.#place.scope, this.policy, (control) => this.#publish(control))
    this.#paths = new ReaderPaths(this.#place.scope)
  }

  get isAgent(): boolean {
    return this.#agent?.unregister !== undefined
  }

  /** The generation in force here, if any. */
  get generation(): Generation | undefined {
    return this.#current
  }

  /** The ring held for a role, if any: a reader's ring serves its branch's writer too, once the agent knows it as one. */
  held(role: Role): Keyring | undefined {
    const { branch, level } = ROLES[role]
    const ring = this.#current?.grants(role) ? this.#current.ring(branch) : undefined
    return ring !== undefined && (ring.canRead || level === "write") ? ring : undefined
  }

  /** The ring for a role, confirmed for now: held, or our own as the new agent, or granted by the agent. */
  async join(role: Role): Promise<Keyring> {
    this.#refuseEnded()
    this.#joined.add(role)
    await this.#remember()
    if (this.#agent !== undefined) {
      await this.#agent.keys.confirm()
      this.#refuseEnded()
      const ring = this.held(role)
      if (ring !== undefined) return ring
    }
    const held = this.held(role)
    if (held === undefined)
      return role !== "caller" && (await this.#becomeAgent()) ? (this.held(role) as Keyring) : this.pull(role)
    try {
      if (this.#isStale() && !this.#superseded) await this.#refresh(role)
      return this.#usable(role) ?? (await this.pull(role))
    } catch (error) {
      throw this.#isStale() && isE2eeError(error, "keys.no_agent") ? this.#stale(error) : error
    }
  }

  /** The ring held for a role, if it may be used now. */
  #usable(role: Role): Keyring | undefined {
    const ring = this.held(role)
    const epoch = this.#current?.sealingEpoch(this.#context.clock()) ?? 0
    // A clock that was ahead for a while leaves nothing of the epochs that it skipped.
    return this.#superseded || this.#isStale() || !ring?.holds(epoch) ? undefined : ring
  }

  /** Asks the agent for a grant; concurrent requests for one role are one. */
  async pull(role: Role, about?: Hex): Promise<Keyring> {
    let request = this.#requests.get(role)
    if (request === undefined) {
      request = this.#request(role, about).finally(() => this.#requests.delete(role))
      this.#requests.set(role, request)
    }
    return request
  }

  /**
   * {@link pull} because of something unknown, at most once per thing and interval: whoever meets it while the agent is
   * asked shares the answer. False: nothing new to be had.
   */
  async pullFor(role: Role, unknown: string, about?: Hex): Promise<boolean> {
    if (this.isAgent) return false
    // What is unknown may be of the generation that is being followed.
    const before = this.#current
    await this.#superseding
    if (this.#current !== before) return true
    const now = this.#context.clock()
    const last = this.#pulls.get(unknown)
    if (last !== undefined && now - last.at < PULL_INTERVAL) {
      if (last.answered === undefined) return false
      await last.answered
      return true
    }
    const pull: Pull = {
      at: now,
      answered: this.#pullAnew(role, about).finally(() => (pull.answered = undefined)),
    }
    // What was not answered may be asked again sooner: the session was lost, or the agent not back yet.
    pull.answered?.catch(() => (pull.at = now - PULL_INTERVAL + RETRY_INTERVAL))
    this.#pulls.delete(unknown)
    this.#pulls.set(unknown, pull)
    if (this.#pulls.size > MAX_PULLS)
      for (const oldest of this.#pulls.keys()) {
        this.#pulls.delete(oldest)
        break
      }
    await pull.answered
    return true
  }

  /**
   * A {@link pull} that begins from now on: an answer that is under way may have been given before what is unknown now
   * came to be. All that want one while it has to wait share it.
   */
  #pullAnew(role: Role, about: Hex | undefined): Promise<unknown> {
    const wanted = `${role} ${about}`
    const next = async (): Promise<unknown> => {
      await this.#rest()
      await this.#requests.get(role)?.catch(() => undefined)
      this.#next.delete(wanted)
      return this.pull(role, about)
    }
    const waiting = this.#next.get(wanted) ?? next()
    this.#next.set(wanted, waiting)
    return waiting
  }

  async #rest(): Promise<void> {
    const oldest = this.#begun.length < PULL_BURST ? undefined : this.#begun.shift()
    const wait = (oldest ?? -Infinity) + PULL_WINDOW - performance.now()
    if (wait > 0) await new Promise((resolve) => setTimeout(resolve, wait))
    this.#begun.push(performance.now())
  }

  /** The key with an id, among those with which messages may be opened now. */
  find(role: Role, keyId: string, kind: Kind, uri: string): LocatedKey | undefined {
    const now = this.#context.clock()
    this.#forgetPrevious(now)
    this.#current?.erase(now)
    for (const generation of [this.#current, this.#previous?.generation]) {
      const ring = generation?.ring(ROLES[role].branch)
      const key = ring?.find(keyId, kind, uri, generation?.openEpochs(now) ?? [])
      if (key !== undefined && ring !== undefined) return { ...key, ring }
    }
    return undefined
  }

  /** The ring and epoch to seal with now. Throws `keys.stale` where the agent's word is too old. */
  sealing(role: Role): { readonly ring: Keyring; readonly epoch: number } {
    const ring = this.held(role)
    const generation = this.#current
    if (ring === undefined || generation === undefined) throw this.#gone()
    if (this.#isStale()) throw this.#stale()
    return { ring, epoch: generation.sealingEpoch(this.#context.clock()) }
  }

  /** Signing keys of an epoch of the present generation, in mode `dsig`. */
  disclosed(epoch: number): DisclosedKeys | undefined {
    if (this.policy.mode !== "dsig" || this.#current === undefined) return undefined
    return this.#disclosures.keysFor(this.#current, epoch)
  }

  /** Judges a member again if its verdict is old, after its message opened. One that is refused now is dropped. */
  async heard(branch: Branch, member: Member): Promise<void> {
    // Any reader can have made a message of mode `mac`: it proves nobody's key.
    const proves = this.policy.mode !== "mac"
    await this.#judgeAgain(branch, member, (peers) => (proves ? peers.heard(member) : peers.recheck(member)))
  }

  /** Judges again all that read or grant the branch before something is sealed for them; drops the refused. */
  async recheckReaders(branch: Branch): Promise<void> {
    if (this.#agent !== undefined) return this.#agent.keys.judgeReaders(branch)
    const ring = this.#current?.ring(branch)
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
    if (this.#agent === undefined)
      throw new E2eeError("keys.no_agent", `${this.scope.uri}: another endpoint is the key agent; ask it there`)
    this.#agent.keys.renew()
  }

  /** Becomes the agent, or stands by: takes its place when it is gone. */
  async stand(): Promise<boolean> {
    this.#refuseEnded()
    await this.#remember()
    if (!this.#mayBeAgent())
      throw new E2eeError(
        "trust.capability_missing",
        "this identity may not be a key agent: it needs the capability provider, and a place in the policy",
      )
    if (await this.#becomeAgent()) return true
    await this.join("subscriber")
    return false
  }

  async close(): Promise<void> {
    this.#closed = true
    this.#cancelTimer?.()
    this.#disclosures.close()
    const agent = this.#agent
    this.#agent = undefined
    agent?.keys.close()
    this.#forget()
    await Promise.allSettled([agent?.unregister?.(), this.#listening?.then((end) => end())])
  }

  async #judgeAgain(branch: Branch, member: Member, judge: (peers: Peers) => Promise<Member>): Promise<void> {
    try {
      const fresh = await judge(this.#context.peers)
      if (fresh !== member) this.#current?.ring(branch)?.members.add(fresh)
    } catch (error) {
      if (refusesPeer(error)) this.#drop(member)
      throw error
    }
  }

  /** Ends a refused member with all of its instances: what one of them was granted, its key holds. */
  #drop({ delegate: { csPubKey } }: Member): void {
    if (this.#agent !== undefined) return this.#agent.keys.exclude(csPubKey)
    const rings = [...(this.#current?.rings ?? [])]
    const reads = rings.some((ring) => ring.members.instancesOf(csPubKey).some((one) => readsBranch(one, ring.branch)))
    if (reads) this.#forget()
    else for (const ring of rings) ring.remove(csPubKey)
  }

  // Being the agent.

  #mayBeAgent(): boolean {
    const { self } = this.#context
    const { agents } = this.policy
    const named = new Set(
      self.chain.flatMap(({ certificate }) =>
        certificate.kind === "authority" ? [certificate.subject, certificate.issuer] : [certificate.delegate],
      ),
    )
    const admitted = agents === "certified" || agents.some((address) => named.has(address))
    return !this.#ended && admitted && (self.capabilityBits & capabilitiesFor("agent")) !== 0n
  }

  /** One attempt at a time: whoever joins meanwhile shares it, and grants asked meanwhile wait for it. */
  #becomeAgent(): Promise<boolean> {
    if (this.isAgent) return Promise.resolve(true)
    if (!this.#mayBeAgent()) return Promise.resolve(false)
    this.#becoming ??= this.#registerAsAgent().finally(() => (this.#becoming = undefined))
    return this.#becoming
  }

  async #registerAsAgent(): Promise<boolean> {
    const unregister = await this.#register()
    if (unregister === undefined) return false
    this.#listen()
    const keys =
      this.#agent?.keys ??
      new KeyAgent(this.#context, this.scope, this.policy, this.#place, this.#newest, {
        adopted: (generation) => this.#adopt(generation),
        ended: (why) => {
          this.#ended = true
          this.#told(why, `key agent of ${this.scope.uri}`)
          this.#resign()
        },
      })
    this.#agent = { keys, unregister }
    return true
  }

  /** Registers the grant procedure; undefined where another has it. */
  async #register(): Promise<(() => Promise<void>) | undefined> {
    const handler = async (invocation: Incoming): Promise<Payload> => {
      const told = this.#selfCall.answer(invocation)
      if (told !== undefined) return told
      await this.#becoming
      const bytes = soleBytes(invocation.payload)
      if (bytes === undefined || this.#agent === undefined) throw new WampError(GRANT_MALFORMED)
      return plain(await this.#agent.keys.answer(bytes))
    }
    // After a loss of the session another may be the agent, or the router still holds what it lost. Nobody else would ask
    // for us to be it again. Until it is known, what was granted holds.
    let isLost = false
    const lost = (error: unknown): void => {
      isLost = true
      this.#told(asE2eeError(error, "session.connection", "no longer the key agent"), this.scope.uri)
      if (this.#agent !== undefined) this.#agent = { keys: this.#agent.keys, unregister: undefined }
      this.#return(0)
    }
    const renewed = async (): Promise<void> => {
      if (this.#agent?.unregister !== unregister || (await this.#selfCall.comesHere())) return
      // What a lost session takes along needs no ending.
      await unregister().catch(() => undefined)
      if (this.#agent?.unregister !== unregister) return
      lost(new E2eeError("session.connection", "another became the key agent meanwhile"))
    }
    let unregister: () => Promise<void>
    try {
      const told = { lost, renewed: () => void renewed() }
      unregister = await this.#context.connection.register(grantUri(this.scope), "exact", handler, told)
    } catch (error) {
      if (error instanceof WampError && error.uri === "wamp.error.procedure_already_exists") return undefined
      throw error
    }
    const isAsked = await this.#selfCall.comesHere()
    if (isLost) return undefined
    if (!this.#closed && isAsked) return unregister
    await unregister()
    this.#refuseEnded()
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
    // Readers first: their rings serve writers, too.
    for (const role of [...this.#joined].toSorted((a, b) => ROLES[a].level.localeCompare(ROLES[b].level)))
      if (this.held(role)?.announcement === keys.generation.announcement || this.held(role) === undefined)
        await this.pull(role)
    // The other was gone before it answered.
    if (this.isAgent) return
    keys.close()
    this.#agent = undefined
    if (this.#current === keys.generation) this.#forget()
  }

  #resign(): void {
    const agent = this.#agent
    this.#agent = undefined
    agent?.keys.close()
    this.#forget()
    agent?.unregister?.().catch(() => undefined)
  }

  // Being a member.

  async #refresh(role: Role): Promise<void> {
    this.#refreshing ??= this.#ask(INFO_REQUEST)
      .then(async (bytes) => void (await this.#hear(bytes)))
      .catch(async (error: unknown) => {
        // Whoever may takes the place of an agent that is gone.
        if (!isE2eeError(error, "keys.no_agent") || role === "caller" || !(await this.#becomeAgent())) throw error
      })
      .finally(() => (this.#refreshing = undefined))
    await this.#refreshing
  }

  /** What the agent says is in force: a later tick of the present generation, or another one. */
  async #hear(bytes: Uint8Array): Promise<{ announcement: Announcement; tick: Uint8Array; agent: Member }> {
    const info = parseInfo(bytes)
    const announcement = parseAnnouncement(info.announcement)
    this.#compare(announcement)
    const agent = await this.#judgeAgent(announcement)
    const current = this.#current
    if (current !== undefined && equalBytes(current.announcement.hash, announcement.hash))
      this.#confirm(current, parseTick(info.tick, announcement))
    else this.#superseded = true
    return { announcement, tick: info.tick, agent }
  }

  /** Throws for an announcement that is for others, or that must not take the place of the newest that is known. */
  #compare(announcement: Announcement): void {
    if (!equalBytes(announcement.scope, this.#place.scope))
      throw new E2eeError("keys.announcement", `${this.scope.uri}: keys of another scope were announced`)
    if (!equalBytes(announcement.policy, this.#place.policy))
      throw new E2eeError(
        "keys.policy",
        `${this.scope.uri}: the key agent has another policy; both need the same version, settings, serialiser and cipher`,
      )
    // Else one agent could take all later ones their place.
    const ahead = Math.max(announcement.generation, announcement.t0) - this.#context.clock()
    if (ahead > this.#context.skewMs)
      throw new E2eeError(
        "keys.announcement",
        `${this.scope.uri}: keys were announced ${ahead} ms in the future; check both clocks`,
      )
    const last = this.#last
    if (last !== undefined && standingOf(last, announcement) === "forked")
      throw this.#fork(last.bytes, [announcement.bytes])
    const newest = this.#newest
    const hash = toHex(announcement.hash)
    if (newest === undefined || hash === newest.hash) return
    const { generation } = announcement
    if (generation < newest.generation || (generation === newest.generation && hash < newest.hash))
      throw new E2eeError(
        "keys.rollback",
        `${this.scope.uri}: generation ${announcement.generation} was announced after ${newest.generation}`,
      )
  }

  async #judgeAgent({ agent }: Announcement): Promise<Member> {
    const { peers, clock, skewMs } = this.#context
    if (agent.certificates instanceof Uint8Array)
      throw new E2eeError("keys.announcement", "the agent's package refers to certificates that are not here")
    const member = await peers.verify(chainText(agent.certificates), NO_INSTANCE, "agent", (csPubKey) => {
      if (csPubKey !== agent.cs)
        throw new E2eeError("keys.agreement", `the agent's package of ${agent.cs} comes with another's certificates`)
    })
    checkKeyPackage(agent, member.delegate, clock(), skewMs)
    if (admits(this.policy.agents, member.delegate)) return member
    throw new E2eeError("keys.policy", `${member.delegate.address} may not be key agent of ${this.scope.uri}`)
  }

  async #request(role: Role, about: Hex | undefined): Promise<Keyring> {
    const known = this.#current?.announcement
    try {
      if (known !== undefined && !this.isAgent) return await this.#take(role, known, about)
    } catch (error) {
      // Another agent, or the same in another life, has another key; and one that is refused may have been replaced.
      const other = isE2eeError(error, "keys.agreement") || error instanceof OtherAgent || refusesPeer(error)
      if (!other && !isE2eeError(error, "keys.no_agent")) throw error
    }
    try {
      const { announcement } = await this.#hear(await this.#ask(INFO_REQUEST))
      return await this.#take(role, announcement, about)
    } catch (error) {
      if (!isE2eeError(error, "keys.no_agent") || role === "caller" || !(await this.#becomeAgent())) throw error
      return this.held(role) as Keyring
    }
  }

  /** A grant of an agent that was verified when its announcement came. */
  async #take(role: Role, announcement: Announcement, about: Hex | undefined): Promise<Keyring> {
    const { self, clock, random } = this.#context
    const agent = await this.#judgeAgent(announcement)
    const content = { role, instance: self.instance, keyPackage: ownKeyPackage(this.#context), time: clock(), about }
    const pending = requestGrant(this.#place, content, self.x, announcement.agent.x, random)
    let grant: Grant
    try {
      grant = readAnswer(await this.#ask(pending.bytes), pending)
    } finally {
      endRequest(pending)
    }
    const granted = equalBytes(grant.announcement, announcement.bytes)
      ? announcement
      : parseAnnouncement(grant.announcement)
    this.#compare(granted)
    // Its answer was made with the key of the announcement that we know: the same agent.
    if (!equalBytes(granted.agent.x, announcement.agent.x))
      throw new E2eeError("keys.agreement", "the agent granted keys of another agent's generation")
    const verified = granted === announcement ? agent : await this.#judgeAgent(granted)
    this.#refuseEnded()
    return this.#accept(role, granted, grant, verified)
  }

  async #accept(role: Role, announcement: Announcement, grant: Grant, agent: Member): Promise<Keyring> {
    const { branch, level } = ROLES[role]
    const { self } = this.#context
    const tick = parseTick(grant.tick, announcement)
    const ring = new Keyring({
      branch,
      announcement,
      secrets: level === "read" ? this.#readerSecrets(branch, tick, grant) : this.#writerSecrets(grant),
      self: self.csPubKey,
    })
    try {
      const roles = rolesOf(branch).filter((one) => mayBe(one, this.policy, agent.delegate))
      ring.members.add({ ...agent, instance: grant.instance, roles: new Set([...agent.roles, ...roles]) })
      await this.#meet(ring, grant.members)
      this.#refuseEnded()
      const kept = this.#settle(role, ring, tick)
      if (level === "read" && grant.path !== undefined) this.#paths.take(branch, grant.path, announcement.generation)
      return kept
    } catch (error) {
      ring.wipe()
      throw error
    }
  }

  /** Members as the agent tells of them, each for us to judge. */
  async #meet({ members }: Keyring, told: Grant["members"]): Promise<void> {
    for (const { instance, role, chain } of told) {
      try {
        const member = await this.#context.peers.verify(chain, instance, role)
        if (!mayBe(role, this.policy, member.delegate))
          throw new E2eeError("keys.policy", `${member.delegate.address} may not be ${role} of ${this.scope.uri}`)
        members.add(member)
      } catch (error) {
        const ours = isE2eeError(error, "keys.grant_refused") || isE2eeError(error, "keys.policy")
        if (!refusesPeer(error) && !ours) throw error
        this.#context.onRefusal(error, `member ${instance} of ${this.scope.uri}`)
      }
    }
  }

  /** Into the generation that is in force by now: another grant may have been quicker. */
  #settle(role: Role, ring: Keyring, tick: Tick): Keyring {
    const { announcement } = ring
    this.#compare(announcement)
    const known = this.#current
    const same = known !== undefined && equalBytes(known.announcement.hash, announcement.hash)
    const generation = same ? known : new Generation(announcement, tick, this.policy)
    this.#confirm(generation, tick)
    if (generation.stale(this.#context.clock())) throw this.#stale()
    const kept = generation.put(ring, [role])
    if (!same) this.#adopt(generation)
    this.#superseded = false
    this.#listen()
    return kept
  }

  /** That all readers hold the same, the agent's tick commits to. */
  #readerSecrets(branch: Branch, tick: Tick, { epoch, secrets }: Grant): ReaderSecrets {
    const [secret, ...more] = secrets
    const history = tick.epoch - epoch
    if (secret === undefined || more.length > 0 || history < 0 || history > this.policy.historyEpochs + 1)
      throw new E2eeError("keys.grant_malformed", "a reader was granted other epochs than its agent confirmed")
    const held = new ReaderSecrets(epoch, secret)
    secret.wipe()
    if (equalBytes(epochCommitment(held.branch(tick.epoch)), tick.commitments[branch])) return held
    held.wipe()
    throw new E2eeError("keys.forked", `the key agent of ${this.scope.uri} granted other keys than it committed to`)
  }

  #writerSecrets({ epoch, secrets }: Grant): WriterSecrets {
    if (secrets.length === 0) throw new E2eeError("keys.grant_malformed", "a writer was granted no keys")
    return new WriterSecrets(this.#context.self.csPubKey, epoch, secrets)
  }

  #confirm(generation: Generation, tick: Tick): void {
    const before = generation.tick
    try {
      generation.confirm(tick, this.#context.clock(), this.#context.skewMs)
    } catch (error) {
      if (isE2eeError(error, "keys.forked")) throw this.#fork(generation.announcement.bytes, [before.bytes, tick.bytes])
      throw error
    }
    this.#watch()
  }

  /** Puts a generation in the place of the present one, which is read from for its grace. */
  #adopt(generation: Generation): void {
    const now = this.#context.clock()
    this.#forgetPrevious(Infinity)
    if (this.#current !== undefined)
      this.#previous = { generation: this.#current, until: now + graceOf(this.#current.times) }
    this.#current = generation
    this.#superseded = false
    this.#last = generation.announcement
    const { generation: number, hash } = generation.announcement
    this.#newest = { generation: number, hash: toHex(hash) }
    this.#context.memory
      .save(toHex(this.#place.scope), this.#newest)
      .catch((error: unknown) => this.#told(error, "memory"))
    this.#watch()
  }

  /** Looks again when something has to be overwritten, disclosed, or missed. */
  #watch(): void {
    this.#cancelTimer?.()
    const generation = this.#current
    if (this.#closed || generation === undefined) return
    const { clock, timers, random } = this.#context
    const now = clock()
    const { times, tick } = generation
    const grace = graceOf(times)
    // When what the epoch before left is overwritten: this one's grace, or the next one's.
    const over = startOf(times, epochAt(times, now - grace) + 1) + grace
    const missed = startOf(times, tick.epoch + 1)
    // Not all at once: members that miss their agent ask for it, or take its place, one after another; later and later.
    const spread = Math.min(times.epochMs, (grace / 2) * 2 ** this.#missed)
    const looked = Math.max(now, missed) + grace / 4 + ((random(1)[0] as number) / 256) * spread
    const ends = [looked, over, this.#previous?.until ?? Infinity].filter((at) => at > now)
    this.#cancelTimer = timers.after(Math.min(...ends) - now, () => this.#look())
  }

  #look(): void {
    const now = this.#context.clock()
    this.#forgetPrevious(now)
    const generation = this.#current
    generation?.erase(now)
    if (generation !== undefined && now < startOf(generation.times, generation.tick.epoch + 1)) this.#missed = 0
    else if (generation !== undefined && !this.isAgent) this.#miss(generation)
    this.#watch()
  }

  /** Whoever reads wants to be told in time; whoever writes asks when it has something to say. */
  #miss({ rings }: Generation): void {
    this.#missed++
    const reads = [...rings].find((ring) => ring.canRead)
    if (reads === undefined) return
    this.#refresh(reads.branch === "call" ? "callee" : "subscriber").catch((error: unknown) =>
      this.#told(error, `confirmation of ${this.scope.uri}`),
    )
  }

  #forgetPrevious(now: number): void {
    if (this.#previous === undefined || now < this.#previous.until) return
    this.#previous.generation.wipe()
    this.#previous = undefined
  }

  #publish(control: Uint8Array): void {
    this.#context.connection
      .publish(announcementUri(this.scope), plain(control))
      .catch((error: unknown) => this.#told(error, `control message of ${this.scope.uri}`))
  }

  /** Once: ticks come as events from then on, so that nobody has to ask. */
  #listen(): void {
    if (this.#listening !== undefined || this.#closed) return
    const again = (): void => {
      this.#listening = undefined
      this.#listen()
    }
    this.#listening = this.#context.connection.subscribe(
      announcementUri(this.scope),
      "exact",
      (event) => this.#control(event),
      { lost: () => this.#context.timers.after(1_000, again) },
    )
    this.#listening.catch((error: unknown) => {
      this.#listening = undefined
      this.#told(error, `control messages of ${this.scope.uri}`)
    })
  }

  #control({ payload }: Incoming): void {
    const bytes = soleBytes(payload)
    const message = bytes && parseControl(bytes)
    const current = this.#current
    if (message === undefined || this.#closed || this.#forked !== undefined) return
    try {
      if (message.kind === "tick" && current !== undefined && !this.isAgent) this.#ticked(current, message.bytes)
      if (message.kind === "announcement") this.#announced(message.bytes)
      if (message.kind === "rekey") {
        const notice = parseNotice(message.bytes)
        this.#announced(notice.announcement, notice)
      }
    } catch (error) {
      // Anybody can publish here: only what contradicts its own agent says anything.
      if (error instanceof ForkedKeys) this.#told(error, this.scope.uri)
    }
  }

  /** Taken once the agent itself stands for now: a refused one could keep up for ever what it granted. */
  #ticked(generation: Generation, bytes: Uint8Array): void {
    const tick = parseTick(bytes, generation.announcement)
    if (tick.epoch <= generation.tick.epoch) return this.#confirm(generation, tick)
    const judge = async (): Promise<void> => {
      for (const ring of generation.rings) {
        const agent = [...ring.members].find(({ delegate }) => delegate.csPubKey === generation.announcement.agent.cs)
        if (agent !== undefined) await this.#judgeAgain(ring.branch, agent, (peers) => peers.recheck(agent))
      }
      if (this.#current === generation) this.#confirm(generation, tick)
    }
    judge().catch((error: unknown) => this.#told(error, `tick of ${this.scope.uri}`))
  }

  /** A hint that there are other keys: the agent is asked before something is sealed again. */
  #announced(bytes: Uint8Array, notice?: RekeyNotice): void {
    const announcement = parseAnnouncement(bytes)
    const held = this.#current?.announcement
    if (held !== undefined && equalBytes(held.hash, announcement.hash)) return
    this.#compare(announcement)
    // One at a time: whoever floods the topic makes us work no faster.
    if (held === undefined || this.#superseding !== undefined) return
    this.#superseding = this.#supersede(held, announcement, notice)
      .catch(() => undefined)
      .finally(() => (this.#superseding = undefined))
  }

  async #supersede(held: Announcement, by: Announcement, notice: RekeyNotice | undefined): Promise<void> {
    await this.#judgeAgent(by)
    if (this.#current?.announcement !== held) return
    // Another agent that may be one: where two do not know of each other, the newer generation counts for all.
    if (this.isAgent) return this.#resign()
    if (notice !== undefined)
      await this.#rekey(by, notice).catch((error: unknown) => this.#told(error, `new keys of ${this.scope.uri}`))
    if (this.#current?.announcement === held) this.#superseded = true
  }

  /** Goes on to a generation without asking, in the branches that are read here: where its message leads on from ours. */
  async #rekey(announcement: Announcement, { tick: confirmed, rekeys }: RekeyNotice): Promise<void> {
    const before = this.#current
    const messages = announcedRekeys(rekeys, announcement)
    const tick = parseTick(confirmed, announcement)
    const read = [...(before?.rings ?? [])].filter((ring) => ring.canRead)
    const members = new Map<Keyring, Directory>()
    for (const ring of read) members.set(ring, await this.#staying(ring))
    if (read.length === 0 || this.#current !== before || this.#closed) return
    const generation = new Generation(announcement, tick, this.policy)
    const self = this.#context.self.csPubKey
    try {
      for (const [{ branch }, staying] of members) {
        const secrets = this.#paths.open(branch, messages[branch], announcement, tick)
        // Who was known as a writer stays known to those who stay.
        const roles = rolesOf(branch).filter((role) => before?.grants(role))
        generation.put(new Keyring({ branch, announcement, secrets, self, members: staying }), roles)
      }
      this.#confirm(generation, tick)
    } catch (error) {
      generation.wipe()
      throw error
    }
    this.#adopt(generation)
  }

  /** Members of a ring but for those that are refused now. */
  async #staying(ring: Keyring): Promise<Directory> {
    const staying = new Directory()
    for (const member of ring.members) {
      try {
        staying.add(await this.#context.peers.recheck(member))
      } catch (error) {
        if (!refusesPeer(error)) throw error
      }
    }
    return staying
  }

  #fork(announcement: Uint8Array, others: readonly Uint8Array[]): ForkedKeys {
    this.#forked ??= new ForkedKeys(this.scope.uri, encodeForkEvidence(announcement, others))
    this.#resign()
    return this.#forked
  }

  async #ask(request: Uint8Array, attempt = 0): Promise<Uint8Array> {
    const uri = grantUri(this.scope)
    let payload: Payload
    try {
      payload = await this.#context.connection.call(uri, plain(request), { timeoutMs: GRANT_TIMEOUT })
    } catch (error) {
      if (error instanceof WampError && says(error, AGENT_BUSY) && attempt < MAX_ATTEMPTS) {
        await new Promise<void>((resolve) => this.#context.timers.after(backOff(attempt, Math.random), resolve))
        return this.#ask(request, attempt + 1)
      }
      if (isE2eeError(error, "session.timeout")) throw noAgent(uri, "nobody answered in time", error)
      if (error instanceof WampError && says(error, GRANT_MALFORMED)) throw new OtherAgent(uri, error)
      if (error instanceof WampError) throw noAgent(uri, `the router says ${error.uri}`, error)
      throw error
    }
    const bytes = soleBytes(payload)
    if (bytes === undefined) throw new E2eeError("keys.grant_malformed", `the answer of ${uri} is no byte string`)
    return bytes
  }

  /** What an earlier life knew, so that nobody goes back behind it. */
  #remember(): Promise<void> {
    this.#remembered ??= this.#recall()
    return this.#remembered
  }

  async #recall(): Promise<void> {
    const known = await this.#context.memory.load(toHex(this.#place.scope))
    if (known !== undefined && known.generation > (this.#newest?.generation ?? -1)) this.#newest = known
  }

  #isStale(): boolean {
    return this.#current?.stale(this.#context.clock()) ?? true
  }

  #forget(): void {
    this.#cancelTimer?.()
    this.#paths.wipe()
    this.#current?.wipe()
    this.#current = undefined
    this.#forgetPrevious(Infinity)
  }

  #refuseEnded(): void {
    if (this.#closed) throw new E2eeError("session.closed", "the endpoint is closed")
    if (this.#forked !== undefined) throw this.#forked
  }

  #gone(): E2eeError {
    return new E2eeError("keys.unknown_key", "these keys are gone; a new generation began, or the endpoint closed")
  }

  #stale(cause?: unknown): E2eeError {
    return new E2eeError(
      "keys.stale",
      `the key agent of ${this.scope.uri} has not confirmed the present keys; nothing is sealed or delivered until it does`,
      { cause },
    )
  }

  #told(error: unknown, where: string): void {
    if (!this.#closed) this.#context.onRefusal(asE2eeError(error, "session.connection", where), where)
  }
}

function plain(bytes: Uint8Array): Payload {
  return { sealed: false, args: [bytes], kwargs: {} }
}

function soleBytes(payload: Payload): Uint8Array | undefined {
  const item: unknown = payload.sealed ? undefined : payload.args[0]
  return item instanceof Uint8Array ? item : undefined
}

function noAgent(uri: string, why: string, cause: unknown): E2eeError {
  return new E2eeError(
    "keys.no_agent",
    `no key agent answers ${uri} (${why}); start a callee or publisher of the scope first`,
    { cause },
  )
}

/** The agent there cannot read what was asked of another, or of another version. */
class OtherAgent extends E2eeError {
  override readonly name = "OtherAgent"

  constructor(uri: string, cause: unknown) {
    super(
      "keys.no_agent",
      `the key agent at ${uri} cannot read the request; both sides need the same version, scope, serialiser and cipher`,
      { cause },
    )
  }
}
