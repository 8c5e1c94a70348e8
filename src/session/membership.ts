import type { Hex } from "../core/bytes.ts"
import { equalBytes } from "../core/bytes.ts"
import { asE2eeError, E2eeError, isE2eeError } from "../core/errors.ts"
import { Secret } from "../core/secret.ts"
import {
  answerGrant,
  checkRequest,
  denyGrant,
  parseAnswer,
  parseRequest,
  requestGrant,
  type Speaker,
} from "../keys/grant.ts"
import { Keyring } from "../keys/keyring.ts"
import type { Member } from "../keys/member.ts"
import { capabilitiesFor, COUNTERPART, ROLES, type Branch, type Role } from "../keys/roles.ts"
import { announcementHash, branchSecret, scopeId } from "../keys/schedule.ts"
import type { RandomBytes } from "../payload/cipher.ts"
import type { TrustProvider } from "../trust/provider.ts"
import { GRANT_MALFORMED, WampError, type Connection, type Incoming, type Payload } from "./connection.ts"
import { backOff } from "./kept.ts"
import { refusesPeer, type Peers } from "./peers.ts"
import { grantUri, type Scope } from "./scope.ts"

/** What every part of an endpoint's session works with. */
export interface SessionContext {
  readonly connection: Connection
  readonly speaker: Speaker
  /** The endpoint's own Ed25519 key and capability bits, as its chain names them. */
  readonly csPubKey: Hex
  readonly capabilityBits: bigint
  readonly trust: TrustProvider
  readonly peers: Peers
  readonly clock: () => number
  readonly skewMs: number
  readonly random: RandomBytes
  /** Told of everything that was refused and is nobody's return value. */
  readonly onRefusal: (error: E2eeError, where: string) => void
}

/** Milliseconds that a key agent has to answer. */
const GRANT_TIMEOUT = 10_000
/** A key that is still unknown after a pull is not pulled for again within this many milliseconds. */
const PULL_INTERVAL = 5_000
const MAX_PULLS = 256
/** Grants worked on at once; more are told to come again. */
const MAX_GRANTS = 64

interface Pull {
  readonly at: number
  /** Until the agent has answered. */
  answered: Promise<void> | undefined
}

/**
 * An endpoint's part in one scope: whose keys it holds, and, if it is the scope's key agent, to whom it grants them.
 * The first callee, publisher or subscriber with capability PROVIDER that can register the scope's grant procedure is
 * its agent; everybody else asks it.
 */
export class Membership {
  readonly scope: Scope
  readonly #context: SessionContext
  readonly #id: Uint8Array
  readonly #rings = new Map<Branch, Keyring>()
  readonly #requests = new Map<Role, Promise<Keyring>>()
  readonly #pulls = new Map<string, Pull>()
  /** Roles for which keys were wanted: wanted again after they are lost. */
  readonly #joined = new Set<Role>()
  #rejoining: ReturnType<typeof setTimeout> | undefined
  /** The generation that was opened here last. */
  #own: Uint8Array | undefined
  #unregister: (() => Promise<void>) | undefined
  #becoming: Promise<boolean> | undefined
  #grants = 0
  #closed = false

  constructor(context: SessionContext, scope: Scope) {
    this.#context = context
    this.scope = scope
    this.#id = scopeId(context.trust.realm, scope.match, scope.uri, scope.profile)
  }

  get isAgent(): boolean {
    return this.#unregister !== undefined
  }

  /** The ring held for a role, if any: a reader's ring serves its branch's writer too. */
  held(role: Role): Keyring | undefined {
    const { branch, level } = ROLES[role]
    const ring = this.#rings.get(branch)
    return ring !== undefined && (ring.canRead || level === "write") ? ring : undefined
  }

  /** The ring for a role: held, or our own as the new agent, or granted by the agent. */
  async join(role: Role): Promise<Keyring> {
    if (this.#closed) throw new E2eeError("session.closed", "the endpoint is closed")
    this.#joined.add(role)
    const held = this.held(role)
    if (held !== undefined) return held
    if (role !== "caller" && (await this.#becomeAgent())) return this.held(role) as Keyring
    return this.pull(role)
  }

  /** Asks the agent for a grant; concurrent requests for one role are one. */
  async pull(role: Role): Promise<Keyring> {
    let request = this.#requests.get(role)
    if (request === undefined) {
      request = this.#request(role).finally(() => this.#requests.delete(role))
      this.#requests.set(role, request)
    }
    return request
  }

  /**
   * {@link pull} because of something unknown, at most once per thing and interval: whoever meets it while the agent is
   * asked shares the answer. False: nothing new to be had.
   */
  async pullFor(role: Role, unknown: string): Promise<boolean> {
    if (this.isAgent) return false
    const now = this.#context.clock()
    const last = this.#pulls.get(unknown)
    if (last !== undefined && now - last.at < PULL_INTERVAL) {
      if (last.answered === undefined) return false
      await last.answered
      return true
    }
    const pull: Pull = { at: now, answered: this.#pullAnew(role).finally(() => (pull.answered = undefined)) }
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

  /** An answer that is under way may have been given before what is unknown now came to be. */
  async #pullAnew(role: Role): Promise<void> {
    await this.#requests.get(role)?.catch(() => undefined)
    await this.pull(role)
  }

  /**
   * Judges a member again if its verdict is old. One that is refused now is dropped: a reader's going opens a new
   * generation where we are the agent; elsewhere it, and an agent's going, ends what was granted.
   */
  async recheck(branch: Branch, member: Member): Promise<void> {
    await this.#judgeAgain(branch, member, (peers) => peers.recheck(member))
  }

  /** {@link recheck} of a member whose message opened, before it is acted upon. */
  async heard(branch: Branch, member: Member): Promise<void> {
    await this.#judgeAgain(branch, member, (peers) => peers.heard(member))
  }

  async #judgeAgain(branch: Branch, member: Member, judge: (peers: Peers) => Promise<Member>): Promise<void> {
    try {
      const fresh = await judge(this.#context.peers)
      if (fresh !== member) this.#rings.get(branch)?.addMember(fresh)
    } catch (error) {
      if (refusesPeer(error)) this.drop(member)
      throw error
    }
  }

  /** Judges again all that read or grant the branch before something is sealed for them; drops the refused. */
  async recheckReaders(branch: Branch): Promise<void> {
    const ring = this.#rings.get(branch)
    if (ring === undefined) return
    const reads = (member: Member): boolean =>
      [...member.roles].some(
        (role) => role === "agent" || (ROLES[role].branch === branch && ROLES[role].level === "read"),
      )
    for (const member of [...ring.members].filter(reads)) {
      try {
        await this.recheck(branch, member)
      } catch (error) {
        // What a refused reader holds is of no use in the next generation: ours as agent, or the one that the agent
        // opens when it is asked for a new grant. A refused agent's grants end with it.
        if (member.roles.has("agent") || !refusesPeer(error)) throw error
        this.#context.onRefusal(error, `member ${member.delegate.address} of ${this.scope.uri}`)
      }
    }
  }

  /** Ends a refused member with all of its instances: what one of them was granted, its key holds. */
  drop({ delegate: { csPubKey } }: Member): void {
    const rings = [...this.#rings.values()]
    const instances = rings.flatMap((ring) => [...ring.members]).filter((other) => other.delegate.csPubKey === csPubKey)
    const roles = instances.flatMap((instance) => [...instance.roles])
    const reads = roles.some((role) => role !== "agent" && ROLES[role].level === "read")
    if (this.isAgent && reads) this.#openGeneration(csPubKey)
    else if (reads || roles.includes("agent")) this.#forget()
    else for (const ring of rings) for (const { instance } of instances) ring.removeMember(instance)
  }

  async close(): Promise<void> {
    this.#closed = true
    clearTimeout(this.#rejoining)
    const unregister = this.#unregister
    this.#unregister = undefined
    this.#forget()
    await unregister?.()
  }

  /** One attempt at a time: whoever joins meanwhile shares it, and grants asked meanwhile wait for it. */
  #becomeAgent(): Promise<boolean> {
    if (this.isAgent) return Promise.resolve(true)
    if ((this.#context.capabilityBits & capabilitiesFor("agent")) === 0n) return Promise.resolve(false)
    this.#becoming ??= this.#registerAsAgent().finally(() => (this.#becoming = undefined))
    return this.#becoming
  }

  async #registerAsAgent(): Promise<boolean> {
    const handler = async (invocation: Incoming): Promise<Payload> => {
      await this.#becoming
      return this.#answer(invocation)
    }
    // After a loss of the session another may be the agent, or the router still holds what it lost. Nobody else would ask
    // for us to be it again. Until it is known, what was granted holds.
    const lost = (error: unknown): void => {
      this.#unregister = undefined
      this.#rejoin(0)
      this.#context.onRefusal(asE2eeError(error, "session.connection", "no longer the key agent"), this.scope.uri)
    }
    let unregister: () => Promise<void>
    try {
      unregister = await this.#context.connection.register(grantUri(this.scope), "exact", handler, { lost })
    } catch (error) {
      if (error instanceof WampError && error.uri === "wamp.error.procedure_already_exists") return false
      throw error
    }
    if (this.#closed) {
      await unregister()
      throw new E2eeError("session.closed", "the endpoint is closed")
    }
    // Agent anew, of a generation that nobody replaced: others still talk under it, and would not be told of another.
    const holds = (["call", "event"] as const).every((branch) => this.#isOwn(this.#rings.get(branch)))
    if (!holds) this.#openGeneration()
    this.#unregister = unregister
    return true
  }

  #isOwn(ring: Keyring | undefined): boolean {
    return ring !== undefined && this.#own !== undefined && equalBytes(ring.announcement, this.#own)
  }

  #rejoin(attempt: number): void {
    if (this.#closed) return
    const again = async (): Promise<void> => {
      try {
        if (!(await this.#becomeAgent())) await this.#followAgent()
      } catch {
        this.#rejoin(attempt + 1)
      }
    }
    clearTimeout(this.#rejoining)
    this.#rejoining = setTimeout(() => void again(), backOff(attempt, Math.random))
  }

  /** Another is the agent: its keys replace ours, in every role that we have. */
  async #followAgent(): Promise<void> {
    // Readers first: their rings serve writers, too.
    for (const role of [...this.#joined].toSorted((a, b) => ROLES[a].level.localeCompare(ROLES[b].level))) {
      const ring = this.#rings.get(ROLES[role].branch)
      if (ring === undefined || this.#isOwn(ring)) await this.pull(role)
    }
    for (const [branch, ring] of this.#rings)
      if (this.#isOwn(ring)) {
        ring.wipe()
        this.#rings.delete(branch)
      }
  }

  /** New secrets for both branches; members but those of the key to leave out are kept, and pull when they meet the new. */
  #openGeneration(without?: Hex): void {
    const { trust, random, csPubKey } = this.#context
    const secret = new Secret(random(32))
    const announcement = announcementHash(this.#id, csPubKey, secret)
    this.#own = announcement
    for (const branch of ["call", "event"] as const) {
      const previous = this.#rings.get(branch)
      const fields = { realm: trust.realm, branch, announcement, level: "read", self: csPubKey } as const
      const ring = new Keyring({ ...fields, secret: branchSecret(announcement, secret, branch) })
      for (const member of previous?.members ?? []) if (member.delegate.csPubKey !== without) ring.addMember(member)
      previous?.wipe()
      this.#rings.set(branch, ring)
    }
    secret.wipe()
  }

  #forget(): void {
    for (const ring of this.#rings.values()) ring.wipe()
    this.#rings.clear()
  }

  async #request(role: Role): Promise<Keyring> {
    const { connection, speaker, clock, random, peers, trust, csPubKey } = this.#context
    const pending = requestGrant(speaker, this.#id, role, clock(), random)
    const answer = parseAnswer(await this.#ask(connection, pending.bytes), pending)
    if (answer.instance === speaker.instance)
      throw new E2eeError("keys.agreement", "our own grant came back; the router reflects calls")
    this.#checkTime(answer.time)
    // The signature is checked with the agent's key before trust is asked, and what it granted opened only afterwards.
    const agent = await peers.verify(answer.chain, answer.instance, "agent", answer.check)
    const grant = answer.open()
    const { branch, level } = ROLES[role]
    const ring = new Keyring({
      realm: trust.realm,
      branch,
      announcement: grant.announcement,
      level,
      secret: grant.secret,
      self: csPubKey,
    })
    ring.addMember(agent)
    for (const { instance, role: theirs, chain } of grant.members) {
      try {
        ring.addMember(await peers.verify(chain, instance, theirs))
      } catch (error) {
        if (!refusesPeer(error) && !isE2eeError(error, "keys.grant_refused")) throw error
        this.#context.onRefusal(error, `member ${instance} of ${this.scope.uri}`)
      }
    }
    if (this.#closed) throw new E2eeError("session.closed", "the endpoint is closed")
    const previous = this.#rings.get(branch)
    if (previous?.canRead && !ring.canRead && equalBytes(previous.announcement, ring.announcement)) return previous
    this.#rings.set(branch, ring)
    return ring
  }

  async #ask(connection: Connection, request: Uint8Array): Promise<Uint8Array> {
    const uri = grantUri(this.scope)
    let payload: Payload
    try {
      payload = await connection.call(uri, { sealed: false, args: [request], kwargs: {} }, { timeoutMs: GRANT_TIMEOUT })
    } catch (error) {
      if (isE2eeError(error, "session.timeout")) throw noAgent(uri, "nobody answered in time", error)
      if (error instanceof WampError && error.uri === GRANT_MALFORMED) throw otherAgent(uri, error)
      if (error instanceof WampError) throw noAgent(uri, `the router says ${error.uri}`, error)
      throw error
    }
    const bytes = payload.sealed ? undefined : payload.args[0]
    if (!(bytes instanceof Uint8Array))
      throw new E2eeError("keys.grant_malformed", `the answer of ${uri} is no byte string`)
    return bytes
  }

  /** The agent's side of a grant: verified, or denied with the reason's code. */
  async #answer({ payload }: Incoming): Promise<Payload> {
    const bytes = payload.sealed ? undefined : payload.args[0]
    if (!(bytes instanceof Uint8Array) || this.#grants >= MAX_GRANTS) throw new WampError(GRANT_MALFORMED)
    const { speaker, clock, random } = this.#context
    this.#grants++
    try {
      const request = parseRequest(bytes)
      if (!equalBytes(request.scope, this.#id))
        throw new E2eeError("keys.grant_malformed", "the grant is for another scope, serialiser or cipher")
      let secret: Secret
      let ring: Keyring
      try {
        this.#checkTime(request.time)
        const member = await this.#context.peers.verify(request.chain, request.instance, request.role, (cs) =>
          checkRequest(bytes, cs),
        )
        const { branch, level } = ROLES[request.role]
        if (request.instance === speaker.instance) {
          throw new E2eeError("keys.grant_refused", "the grant is asked under the agent's own instance")
        }
        await this.recheckReaders(branch)
        ring = this.#ringOf(branch)
        ring.addMember(member)
        secret = ring.secretFor(level, member.delegate.csPubKey)
      } catch (error) {
        if (!(error instanceof E2eeError)) throw error
        this.#context.onRefusal(error, `grant of ${this.scope.uri} to instance ${request.instance}`)
        // Anybody can show a chain: without proof that it is the requester's, nobody is dropped for it.
        if (refusesPeer(error) && error.code !== "trust.possession") this.#dropRefused(request.chain)
        return plain(denyGrant(speaker, bytes, error.code, clock()))
      }
      const members = [...ring.members]
        .filter(({ roles, instance }) => roles.has(COUNTERPART[request.role]) && instance !== request.instance)
        .map(({ instance, chain }) => ({ instance, chain, role: COUNTERPART[request.role] }))
      const grant = { announcement: ring.announcement, secret, members }
      return plain(answerGrant(speaker, bytes, request, grant, clock(), random))
    } catch (error) {
      if (error instanceof E2eeError) this.#context.onRefusal(error, `grant of ${this.scope.uri}`)
      throw error instanceof E2eeError ? new WampError(GRANT_MALFORMED) : error
    } finally {
      this.#grants--
    }
  }

  /** A chain that is refused now may have been a member's: its keys end here. */
  #dropRefused(chain: string): void {
    const refused = new Set<Member>()
    for (const ring of this.#rings.values())
      for (const member of ring.members) if (member.chain === chain) refused.add(member)
    for (const member of refused) this.drop(member)
  }

  #ringOf(branch: Branch): Keyring {
    const ring = this.#rings.get(branch)
    if (ring === undefined) throw new E2eeError("session.closed", "the endpoint is closed")
    return ring
  }

  #checkTime(time: number): void {
    const { clock, skewMs } = this.#context
    if (Math.abs(clock() - time) <= skewMs) return
    throw new E2eeError(
      "payload.stale",
      `a grant message is ${clock() - time} ms old; expected within ${skewMs}; check both clocks`,
    )
  }
}

function plain(bytes: Uint8Array): Payload {
  return { sealed: false, args: [bytes], kwargs: {} }
}

function noAgent(uri: string, why: string, cause: unknown): E2eeError {
  return new E2eeError(
    "keys.no_agent",
    `no key agent answers ${uri} (${why}); start a callee or publisher of the scope first`,
    { cause },
  )
}

function otherAgent(uri: string, cause: unknown): E2eeError {
  return new E2eeError(
    "keys.no_agent",
    `the key agent at ${uri} cannot read the request; both sides need the same version, scope, serialiser and cipher`,
    { cause },
  )
}
