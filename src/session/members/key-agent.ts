import { fromHex, toHex, type Hex } from "../../core/bytes.ts"
import { asE2eeError, E2eeError, isE2eeError } from "../../core/errors.ts"
import { Secret } from "../../core/secret.ts"
import { makeAnnouncement, type Announcement } from "../../keys/announcement.ts"
import { ReaderSecrets } from "../../keys/branch-secrets.ts"
import { Directory } from "../../keys/directory.ts"
import { epochAt, startOf } from "../../keys/epochs.ts"
import { encodeControl, encodeInfo, isInfoRequest, type GrantPlace } from "../../keys/grant.ts"
import { Keyring } from "../../keys/keyring.ts"
import type { Member } from "../../keys/member.ts"
import type { ScopePolicy } from "../../keys/policy.ts"
import { rolesOf, type Branch } from "../../keys/roles.ts"
import { branchSecret, epochCommitment, generationCommitment } from "../../keys/schedule.ts"
import { makeTick, type Tick } from "../../keys/tick.ts"
import { encodeNotice, rekeysHash } from "../../keys/tree/rekey.ts"
import { ownKeyPackage, type RememberedGeneration, type SessionContext } from "../context.ts"
import { announcementUri, type Scope } from "../scope.ts"
import { AttestedMembers } from "./attested-members.ts"
import { Generation } from "./generation.ts"
import { Granting } from "./granting.ts"
import { hasEnded, readsBranch, refusesPeer } from "./peers.ts"
import { ReaderJudgement } from "./reader-judgement.ts"
import { ReaderTrees } from "./reader-trees.ts"

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
  readonly #granting: Granting
  readonly #judgement: Readonly<Record<Branch, ReaderJudgement>>
  /** Platforms that were shown for grants. */
  readonly attested: AttestedMembers
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
    this.attested = new AttestedMembers(context, policy)
    this.#granting = new Granting(context, scope, policy, place, this)
    const told = (error: unknown, { delegate }: Member): void =>
      this.#told(error, `member ${delegate.address} of ${scope.uri}`)
    const judgement = (branch: Branch): ReaderJudgement =>
      new ReaderJudgement(context, this.attested, branch, () => this.#ring(branch).members, {
        refused: (keys) => this.rotate(keys),
        told,
      })
    this.#judgement = { call: judgement("call"), event: judgement("event") }
    this.#open(before)
  }

  get generation(): Generation {
    return this.#generation
  }

  /** Of the epochs that are open. */
  get secrets(): Readonly<Record<Branch, ReaderSecrets>> {
    return this.#secrets
  }

  get trees(): ReaderTrees | undefined {
    return this.#trees
  }

  get isClosed(): boolean {
    return this.#closed
  }

  /** New secrets for all members but those of some keys; whoever stays gets them by trees, or when it asks next. */
  rotate(without: ReadonlySet<Hex> = new Set()): void {
    if (this.#closed) return
    for (const csPubKey of without) this.attested.exclude(csPubKey)
    const { generation, hash } = this.#generation.announcement
    this.#open({ generation, hash: toHex(hash) }, without)
  }

  /** New secrets of which nothing follows from old ones: whoever stays gets them when it asks next, and shows its platform. */
  renew(): void {
    this.#trees?.wipe()
    this.#trees = undefined
    this.attested.forgetLives()
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

  /** Has all that read a branch judged since a time; whoever is refused is left out of a new generation. */
  async judgeReaders(branch: Branch, since?: number): Promise<void> {
    return this.#judgement[branch].since(since)
  }

  /** Leaves a refused key out of both branches: by a new generation where it could read. */
  exclude(csPubKey: Hex): void {
    const rings = BRANCHES.map((branch) => this.#ring(branch))
    const reads = rings.some((ring) => ring.members.instancesOf(csPubKey).some((one) => readsBranch(one, ring.branch)))
    if (reads) this.rotate(new Set([csPubKey]))
    else for (const ring of rings) ring.remove(csPubKey)
    this.attested.exclude(csPubKey)
  }

  /** One question to the agent: what is in force, a grant, or evidence for one. Throws {@link WampError} for what is none. */
  async answer(bytes: Uint8Array): Promise<Uint8Array> {
    if (!isInfoRequest(bytes)) return this.#granting.answer(bytes)
    try {
      await this.confirm()
      return encodeInfo(this.#generation.announcement.bytes, this.#generation.tick.bytes)
    } catch (error) {
      throw this.#granting.unanswered(error)
    }
  }

  close(): void {
    this.#closed = true
    this.#cancelTimer?.()
    this.#granting.close()
    this.#trees?.wipe()
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
