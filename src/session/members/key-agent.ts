import { equalBytes, fromHex, toHex, type Hex } from "../../core/bytes.ts"
import type { VerifiedPlatform } from "../../attestation/verified.ts"
import { asE2eeError, E2eeError, isE2eeError, type ErrorCode } from "../../core/errors.ts"
import { Secret } from "../../core/secret.ts"
import { makeAnnouncement, type Announcement } from "../../keys/announcement.ts"
import { ReaderSecrets } from "../../keys/branch-secrets.ts"
import { Directory } from "../../keys/directory.ts"
import { epochAt, startOf } from "../../keys/epochs.ts"
import {
  answerGrant,
  denyGrant,
  encodeControl,
  encodeInfo,
  isInfoRequest,
  readRequest,
  type GrantPlace,
  type GrantRequest,
  type ReceivedRequest,
} from "../../keys/grant.ts"
import { denyShown, grantShown, parseShown, type Shown } from "../../keys/evidence-channel.ts"
import { MAX_MEMBERS, MAX_SECRETS, type Grant } from "../../keys/granted.ts"
import { checkKeyPackage } from "../../keys/key-package.ts"
import { Keyring } from "../../keys/keyring.ts"
import type { Member } from "../../keys/member.ts"
import { mayBe, type ScopePolicy } from "../../keys/policy.ts"
import { COUNTERPART, ROLES, rolesOf, type Branch } from "../../keys/roles.ts"
import { branchSecret, epochCommitment, generationCommitment, writerSecret } from "../../keys/schedule.ts"
import { makeTick, type Tick } from "../../keys/tick.ts"
import { encodeNotice, rekeysHash } from "../../keys/tree/rekey.ts"
import { AGENT_BUSY, AGENT_UNSURE, GRANT_MALFORMED, WampError } from "../connection.ts"
import { AttestedMembers } from "./attested-members.ts"
import { ownKeyPackage, type RememberedGeneration, type SessionContext } from "../context.ts"
import { Generation } from "./generation.ts"
import { OpenEvidence } from "./open-evidence.ts"
import { hasEnded, readsBranch, refusesPeer, refusesPlatform } from "./peers.ts"
import { ReaderTrees } from "./reader-trees.ts"
import { announcementUri, type Scope } from "../scope.ts"

/** Grants worked on at once; more are told to come again. */
const MAX_GRANTS = 64
/** Readers judged at once: a trustroot may be far away. */
const MAX_JUDGED = 64
const BRANCHES: readonly Branch[] = ["call", "event"]

/**
 * Hands out the keys of a scope: opens generations, confirms the present one each epoch after all of its readers were
 * judged again, answers grants. It holds the secrets of both branches, in memory alone.
 */
export class KeyAgent {
  readonly #context: SessionContext
  readonly #scope: Scope
  readonly #policy: ScopePolicy
  readonly #place: GrantPlace
  /** Told of each generation that takes another's place, and when this agent's own certificates have ended. */
  readonly #tells: { readonly adopted: (generation: Generation) => void; readonly ended: (why: E2eeError) => void }
  #generation!: Generation
  #secrets!: Readonly<Record<Branch, ReaderSecrets>>
  #trees: ReaderTrees | undefined
  readonly #evidence: OpenEvidence
  readonly #attested: AttestedMembers
  #grants = 0
  /** The last judgement of all readers of a branch. Whoever joined since was judged for that. */
  readonly #judged = new Map<Branch, { readonly since: number; isUnderWay: boolean; done: Promise<void> }>()
  #confirming: Promise<void> | undefined
  #cancelTimer: (() => void) | undefined
  #closed = false

  /** @param before the newest generation that is known, if any */
  constructor(
    context: SessionContext,
    scope: Scope,
    policy: ScopePolicy,
    place: GrantPlace,
    before: RememberedGeneration | undefined,
    tells: { readonly adopted: (generation: Generation) => void; readonly ended: (why: E2eeError) => void },
  ) {
    this.#context = context
    this.#scope = scope
    this.#policy = policy
    this.#place = place
    this.#tells = tells
    this.#evidence = new OpenEvidence(context, policy)
    this.#attested = new AttestedMembers(context, policy)
    this.#open(before)
  }

  get generation(): Generation {
    return this.#generation
  }

  /** New secrets for all members but those of some keys; whoever stays gets them by trees, or when it asks next. */
  rotate(without: ReadonlySet<Hex> = new Set()): void {
    if (this.#closed) return
    for (const csPubKey of without) this.#attested.exclude(csPubKey)
    const { generation, hash } = this.#generation.announcement
    this.#open({ generation, hash: toHex(hash) }, without)
  }

  /** New secrets of which nothing follows from old ones: whoever stays gets them when it asks next, and shows its platform. */
  renew(): void {
    this.#trees?.wipe()
    this.#trees = undefined
    this.#attested.forgetLives()
    this.rotate()
  }

  /** Makes sure that the present epoch is confirmed. Throws when readers cannot be judged: nothing is confirmed then. */
  async confirm(): Promise<void> {
    if (this.#closed) throw new E2eeError("session.closed", "the endpoint is closed")
    const now = this.#context.clock()
    const { times, tick } = this.#generation
    if (now >= times.t0 + this.#policy.generationMs) return this.rotate()
    if (epochAt(times, now) <= tick.epoch) return
    this.#confirming ??= this.#confirm().finally(() => (this.#confirming = undefined))
    await this.#confirming
  }

  /**
   * Has all that read a branch judged since a time, and the platforms of all that had to show theirs; whoever is refused is
   * left out of a new generation. All grants and messages of that time share one judgement, and those that come while it is
   * too old the next one.
   * @param since POSIX milliseconds; as long ago as policy believes a verdict by default
   */
  async judgeReaders(branch: Branch, since = this.#context.clock() - this.#context.peers.recheckMs): Promise<void> {
    const last = this.#judged.get(branch)
    if (last !== undefined && last.since >= since && last.since <= this.#context.clock()) return last.done
    // One at a time: where many readers take long, those who wait must not each have them judged.
    if (last?.isUnderWay) await last.done.catch(() => undefined)
    const next = this.#judged.get(branch)
    return next === undefined || next === last ? this.#judgeAnew(branch) : next.done
  }

  #judgeAnew(branch: Branch): Promise<void> {
    const judgement = { since: this.#context.clock(), isUnderWay: true, done: Promise.resolve() }
    this.#judged.set(branch, judgement)
    judgement.done = this.#judgeAll(branch, judgement.since).finally(() => (judgement.isUnderWay = false))
    judgement.done.catch(() => {
      if (this.#judged.get(branch) === judgement) this.#judged.delete(branch)
    })
    return judgement.done
  }

  async #judgeAll(branch: Branch, since: number): Promise<void> {
    const { peers } = this.#context
    const refused = new Set<Hex>()
    const seen = new Set<Hex>()
    const judge = async (member: Member): Promise<void> => {
      seen.add(member.instance)
      try {
        const fresh = readsBranch(member, branch) ? await peers.recheck(member, since) : member
        if (fresh !== member) this.#ring(branch).members.judged(fresh)
        await this.#attested.check(fresh, branch, since)
      } catch (error) {
        if (!refusesPeer(error) && !refusesPlatform(error)) throw error
        this.#context.onRefusal(error, `member ${member.delegate.address} of ${this.#scope.uri}`)
        refused.add(member.delegate.csPubKey)
      }
    }
    const unseen = (): Member[] => [...this.#ring(branch).members].filter(({ instance }) => !seen.has(instance))
    // Again for those whose grant was under way.
    for (let members = unseen(); members.length > 0; members = unseen())
      for (let at = 0; at < members.length; at += MAX_JUDGED)
        await Promise.all(members.slice(at, at + MAX_JUDGED).map(judge))
    if (refused.size > 0) this.rotate(refused)
  }

  /** Leaves a refused key out of both branches: by a new generation where it could read. */
  exclude(csPubKey: Hex): void {
    const rings = BRANCHES.map((branch) => this.#ring(branch))
    const reads = rings.some((ring) => ring.members.instancesOf(csPubKey).some((one) => readsBranch(one, ring.branch)))
    if (reads) this.rotate(new Set([csPubKey]))
    else for (const ring of rings) ring.remove(csPubKey)
    this.#attested.exclude(csPubKey)
  }

  /** One question to the agent: what is in force, a grant, or evidence for one. Throws {@link WampError} for what is none. */
  async answer(bytes: Uint8Array): Promise<Uint8Array> {
    if (!isInfoRequest(bytes)) return this.#answerGrant(bytes)
    try {
      await this.confirm()
      return encodeInfo(this.#generation.announcement.bytes, this.#generation.tick.bytes)
    } catch (error) {
      throw this.#unanswered(error)
    }
  }

  async #answerGrant(bytes: Uint8Array): Promise<Uint8Array> {
    if (this.#grants >= MAX_GRANTS) throw new WampError(AGENT_BUSY)
    this.#grants++
    try {
      // What else has arrived is counted before the work begins, so that those it is too much for hear of it now and not
      // after their patience.
      await new Promise((resolve) => setTimeout(resolve, 0))
      const shown = parseShown(bytes)
      if (shown !== undefined) return await this.#grantShown(shown)
      const received = readRequest(bytes, this.#place, this.#context.self.x, this.#context.random)
      return await this.#grant(received).catch((error: unknown) =>
        denyGrant(received, this.#denied(received.request, error)),
      )
    } catch (error) {
      throw this.#unanswered(error)
    } finally {
      this.#grants--
    }
  }

  #unanswered(error: unknown): unknown {
    if (!(error instanceof E2eeError)) return error
    // Whoever asked looks for the agent of now.
    if (this.#closed) return new WampError(GRANT_MALFORMED)
    this.#context.onRefusal(error, `grant of ${this.#scope.uri}`)
    // What cannot be read now will not be later; readers that cannot be judged now may be.
    return new WampError(/^(keys|certificate|attestation)\./.test(error.code) ? GRANT_MALFORMED : AGENT_UNSURE)
  }

  close(): void {
    this.#closed = true
    this.#cancelTimer?.()
    this.#evidence.close()
    this.#trees?.wipe()
  }

  async #grant(received: ReceivedRequest): Promise<Uint8Array> {
    const { request } = received
    const { self, clock, skewMs, platforms } = this.#context
    if (!equalBytes(request.policy, this.#place.policy))
      throw new E2eeError("keys.policy", `${this.#scope.uri}: the requester has another policy, serialiser or cipher`)
    if (Math.abs(clock() - request.time) > skewMs)
      throw new E2eeError("payload.stale", `a grant request is ${clock() - request.time} ms old; check both clocks`)
    const member = await this.#judge(request)
    if (request.instance === self.instance)
      throw new E2eeError("keys.grant_refused", "the grant is asked under the agent's own instance")
    const asked = await platforms.asked(this.#policy, request.role)
    const known = asked && this.#attested.known(request, asked, member.delegate)
    const wanted = known === undefined ? asked : undefined
    if (wanted !== undefined || request.asks !== undefined) return this.#evidence.ask(received, member, wanted, known)
    return this.#granting(request, member, known, (grant) => answerGrant(received, grant))
  }

  /** The second half of a grant for which a platform has to be shown. */
  async #grantShown(shown: Shown): Promise<Uint8Array> {
    const evident = this.#evidence.take(shown)
    const { request, channel } = evident
    try {
      const platform = await this.#evidence.judge(evident)
      const member = await this.#context.peers.recheck(evident.member)
      return await this.#granting(request, member, platform, (grant) => grantShown(channel, grant))
    } catch (error) {
      return denyShown(channel, this.#denied(request, error))
    }
  }

  /** Makes a grant for a member that was judged, with the platform that it was asked for. */
  async #granting(
    request: GrantRequest,
    member: Member,
    platform: VerifiedPlatform | undefined,
    answer: (grant: Grant) => Uint8Array,
  ): Promise<Uint8Array> {
    const { clock, self } = this.#context
    const { branch, level } = ROLES[request.role]
    await this.judgeReaders(branch)
    await this.confirm()
    const ring = this.#ring(branch)
    if (platform !== undefined) this.#attested.admit(request, platform)
    ring.members.add(member)
    const now = clock()
    const { announcement, tick } = this.#generation
    // What was confirmed, whatever the clock says by now.
    const current = tick.epoch
    const past = level === "read" ? Math.max(0, Math.min(this.#policy.historyEpochs, current - this.#oldest(now))) : 0
    const secrets =
      level === "read"
        ? [this.#secrets[branch].branch(current - past)]
        : this.#writerSecrets(branch, current, member.delegate.csPubKey, platform?.validUntil)
    const path = this.#trees?.pathOf(request.role, request.instance, this.#context.random)
    const bytes = answer({
      announcement: announcement.bytes,
      tick: tick.bytes,
      instance: self.instance,
      epoch: current - past,
      secrets,
      members: this.#others(ring, request),
      path,
    })
    path?.fill(0)
    if (level === "write") for (const secret of secrets) secret.wipe()
    return bytes
  }

  async #judge({ keyPackage, instance, role }: GrantRequest): Promise<Member> {
    const { peers, clock, skewMs } = this.#context
    const { certificates } = keyPackage
    if (certificates instanceof Uint8Array)
      throw new E2eeError("keys.grant_refused", "a key package refers to certificates that the agent does not have")
    // The handshake shows that the requester has the package's key; the package, that this is the certificate's.
    const prove = (csPubKey: Hex): void => {
      if (csPubKey !== keyPackage.cs)
        throw new E2eeError("trust.possession", `a key package of ${keyPackage.cs} comes with another's certificates`)
    }
    const member = await peers.verify(certificates, instance, role, prove)
    checkKeyPackage(keyPackage, member.delegate, clock(), skewMs)
    if (mayBe(role, this.#policy, member.delegate)) return member
    throw new E2eeError("keys.grant_refused", `${member.delegate.address} may not be ${role} by the scope's policy`)
  }

  /** The code to deny a grant with; who is refused is out. */
  #denied(request: GrantRequest, error: unknown): ErrorCode {
    if (!(error instanceof E2eeError)) throw error
    this.#context.onRefusal(error, `grant of ${this.#scope.uri} to instance ${request.instance}`)
    // Anybody can show a chain: without proof that it is the requester's, nobody is dropped for it.
    const { code } = error
    // Nor for a policy that changed meanwhile.
    const says = code !== "trust.possession" && code !== "attestation.policy"
    if (says && (refusesPeer(error) || refusesPlatform(error))) this.exclude(request.keyPackage.cs)
    return code
  }

  /** The newest members of the other side, and the one that was asked about. */
  #others(ring: Keyring, { role, instance, about }: GrantRequest) {
    const wanted = COUNTERPART[role]
    const others = [...ring.members.withRole(wanted)].filter((one) => one.instance !== instance)
    const asked = about === undefined ? undefined : ring.members.get(about)
    const newest = others.slice(-MAX_MEMBERS + 1).filter((one) => one !== asked)
    const passed = asked?.roles.has(wanted) ? [...newest, asked] : newest
    return passed.map((one) => ({ instance: one.instance, chain: one.chain, role: wanted }))
  }

  /** For each epoch that the generation may still have, and that begins while the writer's platform counts. */
  #writerSecrets(branch: Branch, from: number, writer: Hex, until = Infinity): Secret[] {
    const { generationMs, epochMs } = this.#policy
    const last = Math.min(Math.ceil(generationMs / epochMs), epochAt(this.#generation.times, until))
    const count = Math.min(MAX_SECRETS, Math.max(1, last - from + 1))
    // Not kept: they are the writer's.
    const ahead = new ReaderSecrets(from, this.#secrets[branch].branch(from))
    const secrets = Array.from({ length: count }, (_, i) => writerSecret(ahead.branch(from + i), writer))
    ahead.wipe()
    return secrets
  }

  #oldest(now: number): number {
    return this.#generation.openEpochs(now)[0] ?? 0
  }

  #ring(branch: Branch): Keyring {
    return this.#generation.ring(branch) as Keyring
  }

  async #confirm(): Promise<void> {
    const before = this.#generation
    const epoch = epochAt(before.times, this.#context.clock())
    // A verdict from before the epoch would let a revocation wait for longer than the epoch and its grace.
    for (const branch of BRANCHES) await this.judgeReaders(branch, startOf(before.times, epoch))
    await this.#judgeSelf()
    if (this.#generation !== before || this.#closed) return
    const now = this.#context.clock()
    const tick = this.#tick(before.announcement, this.#secrets, epoch)
    before.confirm(tick, now, this.#context.skewMs)
    before.erase(now)
    this.#tell("tick", tick.bytes)
    this.#schedule()
  }

  /** Nobody takes keys from an agent whose certificates have ended: it makes room for another. */
  async #judgeSelf(): Promise<void> {
    const { peers, self } = this.#context
    try {
      await peers.verify(self.chain, self.instance, "agent")
    } catch (error) {
      if (hasEnded(error)) this.#tells.ended(error)
      else if (refusesPeer(error)) return // for reasons that others may not have
      throw error
    }
  }

  #open(before: RememberedGeneration | undefined, without: ReadonlySet<Hex> = new Set()): void {
    const { self, clock } = this.#context
    const now = clock()
    // Time keeps it growing over agents that know nothing of each other.
    const number = Math.max(now, (before?.generation ?? 0) + 1)
    const staying = { call: this.#staying("call", without), event: this.#staying("event", without) }
    const { secrets, rekeys } = this.#begin(number, staying)
    const announcement = makeAnnouncement(
      {
        scope: this.#place.scope,
        policy: this.#place.policy,
        generation: number,
        t0: now,
        commitment: generationCommitment(...new Set([secrets.call, secrets.event])),
        tree: rekeys && rekeysHash(rekeys),
        previous: before && fromHex(before.hash, 32),
      },
      ownKeyPackage(this.#context),
      self.csKey,
    )
    const secretsOf = (branch: Branch): ReaderSecrets => {
      const first = branchSecret(announcement.hash, secrets[branch], branch)
      const held = new ReaderSecrets(0, first)
      first.wipe()
      return held
    }
    this.#secrets = { call: secretsOf("call"), event: secretsOf("event") }
    for (const branch of BRANCHES) secrets[branch].wipe()
    const tick = this.#tick(announcement, this.#secrets, 0)
    this.#generation = new Generation(announcement, tick, this.#policy)
    for (const branch of BRANCHES) {
      const [members, held] = [staying[branch], this.#secrets[branch]]
      const ring = new Keyring({ branch, announcement, secrets: held, self: self.csPubKey, members })
      this.#generation.put(ring, rolesOf(branch))
    }
    this.#tells.adopted(this.#generation)
    if (rekeys !== undefined)
      this.#tell("rekey", encodeNotice({ announcement: announcement.bytes, tick: tick.bytes, rekeys }))
    else {
      this.#tell("announcement", announcement.bytes)
      this.#tell("tick", tick.bytes)
    }
    this.#schedule()
  }

  #staying(branch: Branch, without: ReadonlySet<Hex>): Directory {
    const members = new Directory()
    const generation = this.#generation as Generation | undefined
    for (const member of generation?.ring(branch)?.members ?? [])
      if (!without.has(member.delegate.csPubKey)) members.add(member)
    return members
  }

  /** A generation's secrets, with the message by which readers get them; without one everybody has to ask. */
  #begin(
    generation: number,
    staying: Readonly<Record<Branch, Directory>>,
  ): { readonly secrets: Readonly<Record<Branch, Secret>>; readonly rekeys: Uint8Array | undefined } {
    const { random } = this.#context
    const stays = (branch: Branch, instance: Hex): boolean => staying[branch].get(instance) !== undefined
    try {
      if (this.#trees !== undefined) return this.#trees.rekey(generation, stays, random)
    } catch (error) {
      if (!isE2eeError(error, "payload.too_large")) throw error
      this.#trees?.wipe()
    }
    this.#trees = this.#policy.trees ? new ReaderTrees(this.#place.scope, generation) : undefined
    const secret = new Secret(random(32))
    return { secrets: { call: secret, event: secret }, rekeys: undefined }
  }

  #tick(announcement: Announcement, secrets: Readonly<Record<Branch, ReaderSecrets>>, epoch: number): Tick {
    const { self, clock } = this.#context
    const commitments = {
      call: epochCommitment(secrets.call.branch(epoch)),
      event: epochCommitment(secrets.event.branch(epoch)),
    }
    return makeTick(announcement, { epoch, commitments, time: clock() }, self.csKey)
  }

  #schedule(): void {
    this.#cancelTimer?.()
    if (this.#closed) return
    const { clock, timers } = this.#context
    const { times, tick } = this.#generation
    const wait = Math.max(0, startOf(times, tick.epoch + 1) - clock())
    this.#cancelTimer = timers.after(wait, () => {
      this.confirm().catch((error: unknown) => {
        if (this.#closed) return
        this.#told(error, "confirmation of keys")
        // Members go on for their grace; until then there may be an answer again.
        this.#cancelTimer = timers.after(Math.min(1_000, times.epochMs / 4), () => void this.#retry())
      })
    })
  }

  async #retry(): Promise<void> {
    await this.confirm().catch((error: unknown) => this.#told(error, "confirmation of keys"))
    this.#schedule()
  }

  /** Members may also ask: an event that gets lost is no loss. */
  #tell(kind: "tick" | "announcement" | "rekey", bytes: Uint8Array): void {
    const payload = { sealed: false, args: [encodeControl({ kind, bytes })], kwargs: {} } as const
    this.#context.connection
      .publish(announcementUri(this.#scope), payload)
      .catch((error: unknown) => this.#told(error, `${kind} of ${this.#scope.uri}`))
  }

  #told(error: unknown, where: string): void {
    if (!this.#closed) this.#context.onRefusal(asE2eeError(error, "session.connection", where), where)
  }
}
