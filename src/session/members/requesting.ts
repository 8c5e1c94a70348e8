import { roleOf } from "../../attestation/facts.ts"
import type { VerifiedPlatform } from "../../attestation/verified.ts"
import { toHex, type Hex } from "../../core/bytes.ts"
import { E2eeError } from "../../core/errors.ts"
import type { Announcement } from "../../keys/announcement.ts"
import type { Demand } from "../../keys/demand.ts"
import { readGranted, showEvidence, type EvidenceAsked } from "../../keys/evidence-channel.ts"
import { endRequest, readReply, requestGrant, type GrantPlace } from "../../keys/grant.ts"
import type { Grant } from "../../keys/granted.ts"
import type { Member } from "../../keys/member.ts"
import { attestedAs, type ScopePolicy } from "../../keys/policy.ts"
import type { Role } from "../../keys/roles.ts"
import { ownKeyPackage, type SessionContext } from "../context.ts"
import type { AskedPolicy } from "./platforms.ts"

/** For whom a grant is asked, and of whom: an agent that was verified when its announcement came. */
export interface Wanted {
  readonly role: Role
  readonly about: Hex | undefined
  readonly announcement: Announcement
  readonly agent: Member
  /** Whether this life of the agent has shown us its platform, and seen ours, so lately that neither need be again. */
  readonly isShown: boolean
  readonly hasSeen: boolean
}

export interface Obtained {
  readonly grant: Grant
  /** The agent's, where it had to show it. */
  readonly platform: VerifiedPlatform | undefined
  /** Milliseconds for which our own evidence counts, from some time after we were asked; undefined where we were not. */
  readonly shownFor: number | undefined
}

/**
 * One grant: a handshake, and evidence of platforms where there is a policy for it. The agent's is judged before ours is
 * sent, and before any key is taken. Throws the agent's denial, and what refuses the agent.
 */
export async function obtainGrant(
  context: SessionContext,
  ask: (request: Uint8Array) => Promise<Uint8Array>,
  policy: ScopePolicy,
  place: GrantPlace,
  { role, about, announcement, agent, isShown, hasSeen }: Wanted,
): Promise<Obtained> {
  const { self, clock, random, platforms } = context
  const asked = isShown ? undefined : await platforms.asked(policy, "agent")
  const asks = asked && platforms.demand(asked)
  const content = { role, instance: self.instance, keyPackage: ownKeyPackage(context), time: clock(), about, asks }
  const pending = requestGrant(place, content, self.x, announcement.agent.x, random)
  try {
    const reply = readReply(await ask(pending.bytes), pending)
    if (reply.granted !== undefined) {
      if (hasSeen || !attestedAs(role, policy).always)
        return { grant: reply.granted, platform: undefined, shownFor: undefined }
      for (const secret of reply.granted.secrets) secret.wipe()
      throw unasked(policy)
    }
    const own = asked && asks && { asked, asks }
    try {
      return await obtainShowing(context, ask, policy, reply.asked, own, { role, announcement, agent, hasSeen })
    } finally {
      reply.asked.channel.wipe()
    }
  } finally {
    endRequest(pending)
  }
}

/** An agent that lets one in against the scope's policy, lets in others, too. */
function unasked({ uri }: ScopePolicy): E2eeError {
  return new E2eeError(
    "attestation.policy",
    `the key agent of ${uri} asked for no evidence, as the scope's policy wants of it; its keys are not taken`,
  )
}

async function obtainShowing(
  { platforms }: SessionContext,
  ask: (request: Uint8Array) => Promise<Uint8Array>,
  policy: ScopePolicy,
  { demand, proof: shown, channel }: EvidenceAsked,
  own: { readonly asked: AskedPolicy; readonly asks: Demand } | undefined,
  { role, announcement, agent, hasSeen }: Omit<Wanted, "about" | "isShown">,
): Promise<Obtained> {
  const peer = { delegate: agent.delegate.address, life: toHex(announcement.agent.x) }
  const platform = own && (await platforms.judge(shown, own.asked, own.asks, "responder", channel, peer))
  if (demand !== undefined) await platforms.expect(demand, policy, role)
  const { name, always } = attestedAs(role, policy)
  if (demand === undefined && always && !hasSeen) throw unasked(policy)
  const proof = demand && (await platforms.prove(demand, roleOf(name), "initiator", channel))
  const grant = readGranted(await ask(showEvidence(channel, proof)), channel)
  return { grant, platform, shownFor: demand && demand.maximumAge * 1_000 }
}
