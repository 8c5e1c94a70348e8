// A grant for which both sides show their platforms. What evidence is, is another matter: here it is any bytes.
import { toHex, type Hex } from "../../src/core/bytes.ts"
import type { ErrorCode } from "../../src/core/errors.ts"
import { x25519PublicKey } from "../../src/core/x25519.ts"
import { nonceOf } from "../../src/attestation/binding.ts"
import { roleOf } from "../../src/attestation/facts.ts"
import { encodeDemand, type Demand } from "../../src/keys/demand.ts"
import {
  denyShown,
  grantShown,
  parseShown,
  showEvidence,
  type EvidenceChannel,
  type Proof,
} from "../../src/keys/evidence-channel.ts"
import { askEvidence, readReply, readRequest, requestGrant, type PendingGrant } from "../../src/keys/grant.ts"
import { encodeGrant } from "../../src/keys/granted.ts"
import { ownKeyPackage } from "../../src/session/context.ts"
import { contextOf, selfOf } from "../../test/keys/parties.ts"
import { named, NOW, REALM } from "../../test/trust/chains.ts"
import { grantOf, placeOf, recorded, type GrantCase } from "./grants.ts"
import { ATTESTED, fixed } from "./scene.ts"

export const SHOWING: GrantCase = {
  name: "both show their platforms",
  made: ATTESTED,
  role: "subscriber",
  requester: "subscriber",
  epoch: 0,
}

const demandOf = (side: string): Demand => ({
  challenge: fixed(`challenge of the ${side}`),
  chainId: 31_337n,
  registry: named("attestation registry"),
  epoch: 5n,
  kinds: [1, 2],
  bank: 0x0b,
  mask: 0x91,
  maximumAge: 300,
})
const proofOf = (side: string): Proof => ({
  attester: toHex(fixed(`attester of the ${side}`)),
  evidence: fixed(`evidence of the ${side}`, 300),
})
const DEMANDS = { requester: demandOf("requester"), agent: demandOf("agent") }
const PROOFS = { requester: proofOf("requester"), agent: proofOf("agent") }

export function pendingOf(
  { made, requester, role, name }: GrantCase,
  random = recorded(`ask ${name}`).random,
): PendingGrant {
  const { instance, x } = selfOf(requester)
  const content = {
    role,
    instance,
    keyPackage: ownKeyPackage(contextOf(requester)),
    time: NOW + 500,
    about: undefined,
    asks: DEMANDS.requester,
  }
  return requestGrant(placeOf(made), content, x, x25519PublicKey(selfOf("agent").x), random)
}

/** Both sides up to where the agent waits for evidence. */
export async function session(given = SHOWING) {
  const [ask, reply] = [recorded(`ask ${given.name}`), recorded(`answer ${given.name}`)]
  const pending = pendingOf(given, ask.random)
  const received = readRequest(pending.bytes, placeOf(given.made), selfOf("agent").x, reply.random)
  const { bytes, channel } = await askEvidence(received, DEMANDS.agent, async () => PROOFS.agent)
  const { asked } = readReply(bytes, pending)
  if (asked === undefined) throw new Error("nothing was asked")
  return { pending, asked: ask.drawn, answered: reply.drawn, first: bytes, agent: channel, requester: asked.channel }
}

/** The second call's answer. */
export async function secondAnswer(
  denial?: ErrorCode,
): Promise<{ readonly shown: Uint8Array; readonly answer: Uint8Array }> {
  const { agent, requester } = await session()
  const shown = showEvidence(requester, PROOFS.requester)
  parseShown(shown)?.open(agent)
  const grant = grantOf(SHOWING)
  return { shown, answer: denial === undefined ? grantShown(agent, grant) : denyShown(agent, denial) }
}

function nonce(
  demand: Demand,
  prover: "initiator" | "responder",
  { suite, transcript }: EvidenceChannel,
  proof: Proof,
): Hex {
  const { challenge, chainId, registry, epoch: policyEpoch } = demand
  const role = roleOf(prover === "initiator" ? "reader" : "keeper")
  const place = {
    suite,
    prover,
    challenge,
    transcript,
    chainId,
    registry,
    realm: REALM,
    role,
    attester: proof.attester,
    policyEpoch,
  }
  return toHex(nonceOf(place))
}

const described = (demand: Demand): object => ({
  ...demand,
  challenge: toHex(demand.challenge),
  chainId: Number(demand.chainId),
  epoch: Number(demand.epoch),
  bytes: toHex(encodeDemand(demand)),
})

async function describeShowing(): Promise<object> {
  const { pending, asked, answered, first, requester } = await session()
  const { shown, answer } = await secondAnswer()
  const { agent: agents, requester: requesters } = DEMANDS
  const { name, role, requester: who } = SHOWING
  return {
    name,
    generation: "attested",
    role,
    requester: who,
    time: NOW + 500,
    asked,
    answered,
    request: toHex(pending.bytes),
    // Each side's demand is for the other.
    demands: { requester: described(requesters), agent: described(agents) },
    proofs: {
      requester: { ...PROOFS.requester, evidence: toHex(PROOFS.requester.evidence) },
      agent: { ...PROOFS.agent, evidence: toHex(PROOFS.agent.evidence) },
    },
    nonces: {
      requester: nonce(agents, "initiator", requester, PROOFS.requester),
      agent: nonce(requesters, "responder", requester, PROOFS.agent),
    },
    answer: toHex(first),
    handshakeHash: toHex(requester.transcript),
    evidenceRequest: toHex(shown),
    evidenceAnswer: toHex(answer),
    grant: toHex(encodeGrant(grantOf(SHOWING))),
  }
}

export const showings = [await describeShowing()]
