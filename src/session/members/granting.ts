import type { VerifiedPlatform } from "../../attestation/verified.ts"
import { equalBytes, type Hex } from "../../core/bytes.ts"
import { E2eeError, type ErrorCode } from "../../core/errors.ts"
import type { Secret } from "../../core/secret.ts"
import { ReaderSecrets } from "../../keys/branch-secrets.ts"
import { epochAt } from "../../keys/epochs.ts"
import { denyShown, grantShown, parseShown, type Shown } from "../../keys/evidence-channel.ts"
import {
  answerGrant,
  denyGrant,
  readRequest,
  type GrantPlace,
  type GrantRequest,
  type ReceivedRequest,
} from "../../keys/grant.ts"
import { MAX_MEMBERS, MAX_SECRETS, type Grant } from "../../keys/granted.ts"
import { checkKeyPackage } from "../../keys/key-package.ts"
import type { Keyring } from "../../keys/keyring.ts"
import type { Member } from "../../keys/member.ts"
import { mayBe, type ScopePolicy } from "../../keys/policy.ts"
import { COUNTERPART, ROLES, type Branch } from "../../keys/roles.ts"
import { writerSecret } from "../../keys/schedule.ts"
import { AGENT_BUSY, AGENT_UNSURE, GRANT_MALFORMED, WampError } from "../connection.ts"
import type { SessionContext } from "../context.ts"
import type { Scope } from "../scope.ts"
import type { AttestedMembers } from "./attested-members.ts"
import type { Generation } from "./generation.ts"
import { OpenEvidence } from "./open-evidence.ts"
import { refusesPeer, refusesPlatform } from "./peers.ts"
import type { ReaderTrees } from "./reader-trees.ts"

/** Grants worked on at once; more are told to come again. */
const MAX_GRANTS = 64

/** What a key agent has to grant, and what it does about those who ask. */
interface Agent {
  readonly generation: Generation
  readonly secrets: Readonly<Record<Branch, ReaderSecrets>>
  readonly trees: ReaderTrees | undefined
  readonly attested: AttestedMembers
  readonly isClosed: boolean
  judgeReaders(branch: Branch): Promise<void>
  confirm(): Promise<void>
  exclude(csPubKey: Hex): void
}

/** A key agent's answers to requests for grants: who may have them is judged before, and what is granted after all readers. */
export class Granting {
  readonly #context: SessionContext
  readonly #scope: Scope
  readonly #policy: ScopePolicy
  readonly #place: GrantPlace
  readonly #agent: Agent
  readonly #evidence: OpenEvidence
  #grants = 0

  constructor(context: SessionContext, scope: Scope, policy: ScopePolicy, place: GrantPlace, agent: Agent) {
    this.#context = context
    this.#scope = scope
    this.#policy = policy
    this.#place = place
    this.#agent = agent
    this.#evidence = new OpenEvidence(context, policy)
  }

  close(): void {
    this.#evidence.close()
  }

  /** One request for a grant, or evidence for one. Throws {@link WampError} for what cannot be answered. */
  async answer(bytes: Uint8Array): Promise<Uint8Array> {
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
      throw this.unanswered(error)
    } finally {
      this.#grants--
    }
  }

  /** What an error is told as that has no denial. */
  unanswered(error: unknown): unknown {
    if (!(error instanceof E2eeError)) return error
    // Whoever asked looks for the agent of now.
    if (this.#agent.isClosed) return new WampError(GRANT_MALFORMED)
    this.#context.onRefusal(error, `grant of ${this.#scope.uri}`)
    // What cannot be read now will not be later; readers that cannot be judged now may be.
    return new WampError(/^(keys|certificate|attestation)\./.test(error.code) ? GRANT_MALFORMED : AGENT_UNSURE)
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
    const known = asked && this.#agent.attested.known(request, asked, member.delegate)
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
    await this.#agent.judgeReaders(branch)
    await this.#agent.confirm()
    const ring = this.#agent.generation.ring(branch) as Keyring
    if (platform !== undefined) this.#agent.attested.admit(request, platform)
    ring.members.add(member)
    const { announcement, tick } = this.#agent.generation
    const oldest = this.#agent.generation.openEpochs(clock())[0] ?? 0
    // What was confirmed, whatever the clock says by now.
    const current = tick.epoch
    const past = level === "read" ? Math.max(0, Math.min(this.#policy.historyEpochs, current - oldest)) : 0
    const secrets =
      level === "read"
        ? [this.#agent.secrets[branch].branch(current - past)]
        : this.#writerSecrets(branch, current, member.delegate.csPubKey, platform?.validUntil)
    const path = this.#agent.trees?.pathOf(request.role, request.instance, this.#context.random)
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
    if (says && (refusesPeer(error) || refusesPlatform(error))) this.#agent.exclude(request.keyPackage.cs)
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
    const last = Math.min(Math.ceil(generationMs / epochMs), epochAt(this.#agent.generation.times, until))
    const count = Math.min(MAX_SECRETS, Math.max(1, last - from + 1))
    // Not kept: they are the writer's.
    const ahead = new ReaderSecrets(from, this.#agent.secrets[branch].branch(from))
    const secrets = Array.from({ length: count }, (_, i) => writerSecret(ahead.branch(from + i), writer))
    ahead.wipe()
    return secrets
  }
}
