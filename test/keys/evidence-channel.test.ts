import { strict as assert } from "node:assert"
import * as fc from "fast-check"
import { toHex } from "../../src/core/bytes.ts"
import { Secret } from "../../src/core/secret.ts"
import { x25519PublicKey } from "../../src/core/x25519.ts"
import { encodeDemand, parseDemand, type Demand } from "../../src/keys/demand.ts"
import {
  denyShown,
  encodeProof,
  grantShown,
  parseProof,
  parseShown,
  readGranted,
  showEvidence,
  type EvidenceChannel,
  type Proof,
} from "../../src/keys/evidence-channel.ts"
import {
  answerGrant,
  askEvidence,
  readAnswer,
  readReply,
  readRequest,
  requestGrant,
  type GrantPlace,
} from "../../src/keys/grant.ts"
import type { Grant } from "../../src/keys/granted.ts"
import { mlKem768 } from "../../src/keys/hybrid.ts"
import { decodeCbor, encodeCbor } from "../../src/payload/cbor.ts"
import { ownKeyPackage } from "../../src/session/context.ts"
import { anAddress, bitsOf, bytesOfLength, flipped, onlyRefuses, refuses, rejects, uint } from "../arbitrary.ts"
import { named, NOW, REALM } from "../trust/chains.ts"
import { contextOf, countedRandom, selfOf } from "./parties.ts"

const [asker, agent] = [selfOf("asker"), selfOf("agent")]
const agentKey = x25519PublicKey(agent.x)
const bare: GrantPlace = { realm: REALM, scope: new Uint8Array(32).fill(3), policy: new Uint8Array(32).fill(4) }
const keyPackage = ownKeyPackage(contextOf("asker"))
const demand = (changes: Partial<Demand> = {}): Demand => ({
  challenge: new Uint8Array(32).fill(7),
  chainId: 31_337n,
  registry: named("registry"),
  epoch: 5n,
  kinds: [1],
  bank: 0x0b,
  mask: 0x91,
  maximumAge: 300,
  ...changes,
})
const PROOF: Proof = { attester: `0x${"a7".repeat(32)}`, evidence: new Uint8Array(200_000).fill(9) }
const AGENTS: Proof = { attester: `0x${"b8".repeat(32)}`, evidence: new Uint8Array(300).fill(8) }
const grant = (): Grant => ({
  announcement: new Uint8Array(300).fill(5),
  tick: new Uint8Array(200).fill(6),
  instance: agent.instance,
  epoch: 7,
  secrets: [new Secret(new Uint8Array(32).fill(1))],
  members: [],
})

/** A handshake up to where both sides have a channel. */
async function session(
  place = bare,
  { asks, wants = demand() }: { readonly asks?: Demand; readonly wants?: Demand | null } = {},
) {
  const content = { role: "caller", instance: asker.instance, keyPackage, time: NOW, about: undefined, asks } as const
  const pending = requestGrant(place, content, asker.x, agentKey, countedRandom("ask"))
  const received = readRequest(pending.bytes, place, agent.x, countedRandom("answer"))
  const { bytes, channel } = await askEvidence(received, wants ?? undefined, async () => AGENTS)
  return { pending, received, bytes, channel }
}

async function open(place = bare, given: Parameters<typeof session>[1] = {}) {
  const { pending, bytes, channel: ofAgent } = await session(place, given)
  const { asked } = readReply(bytes, pending)
  if (asked === undefined) throw new Error("nothing was asked")
  return { ...asked, ofAgent, bytes }
}

/** What the agent makes of the second request. */
const shownTo = (channel: EvidenceChannel, bytes: Uint8Array): Proof | undefined => parseShown(bytes)?.open(channel)

describe("keys: evidence in a grant", () => {
  for (const [name, place] of [
    ["plain", bare],
    ["hybrid", { ...bare, kem: mlKem768 }],
  ] as const)
    it(`goes both ways before keys do, in a ${name} handshake whose hash both sides have`, async () => {
      const asks = demand({ challenge: new Uint8Array(32).fill(1) })
      const { received } = await session(place, { asks })
      assert.deepEqual(received.request.asks, asks)
      const { channel, ofAgent, proof, demand: wanted } = await open(place, { asks })
      assert.deepEqual(wanted, demand())
      assert.deepEqual(proof, AGENTS)
      assert.deepEqual(channel.transcript, ofAgent.transcript)
      assert.equal(channel.suite, ofAgent.suite)
      assert.match(channel.suite, place.kem ? /^Noise_IKpsk2_/ : /^Noise_IK_/)
      const request = showEvidence(channel, PROOF)
      assert.equal(parseShown(request)?.transcript, toHex(ofAgent.transcript))
      assert.deepEqual(shownTo(ofAgent, request), PROOF)
      const got = readGranted(grantShown(ofAgent, grant()), channel)
      assert.deepEqual(got.secrets[0]?.expose(), new Uint8Array(32).fill(1))
    })

  it("may be asked of one side alone", async () => {
    const members = await open()
    assert.deepEqual([members.proof, members.demand], [undefined, demand()])
    const agents = await open(bare, { asks: demand(), wants: null })
    assert.deepEqual([agents.proof, agents.demand], [AGENTS, undefined])
    assert.equal(shownTo(agents.ofAgent, showEvidence(agents.channel, undefined)), undefined)
  })

  it("is not to be seen on the way, nor who shows it", async () => {
    const { channel, bytes } = await open(bare, { asks: demand() })
    const sent = toHex(encodeCbor([bytes, showEvidence(channel, PROOF)]))
    const hidden = [AGENTS.evidence, PROOF.evidence.subarray(0, 64), demand().challenge, ...[PROOF, AGENTS].map(idOf)]
    for (const secret of hidden) assert.ok(!sent.includes(toHex(secret).slice(2)))
  })
  const idOf = ({ attester }: Proof): Uint8Array => Uint8Array.from(Buffer.from(attester.slice(2), "hex"))

  it("is refused with any bit changed, cut short, or in pieces that are left out, exchanged or repeated", async () => {
    const small = { ...PROOF, evidence: new Uint8Array(20) }
    const { channel } = await open()
    const request = showEvidence(channel, small)
    for (const bit of bitsOf(request)) {
      const { ofAgent } = await open()
      onlyRefuses(() => {
        const shown = parseShown(flipped(request, bit))
        // Of another session, or no second request at all: nobody opens it.
        if (shown?.transcript === toHex(ofAgent.transcript)) assert.fail(String(shown.open(ofAgent)))
      }, /^keys\.(agreement|grant_malformed)$/)
    }
    const { channel: long } = await open()
    const [version, hash, ...pieces] = decodeCbor(showEvidence(long, PROOF)) as [number, Uint8Array, ...Uint8Array[]]
    assert.equal(pieces.length, 4)
    for (const changed of [pieces.slice(1), pieces.slice(0, 3), pieces.toReversed(), [...pieces, pieces[3]], []]) {
      const { ofAgent } = await open()
      const bytes = encodeCbor([version, hash, ...changed])
      onlyRefuses(() => assert.fail(String(shownTo(ofAgent, bytes))), /^keys\.(agreement|grant_malformed)$/)
    }
  }).timeout(120_000)

  it("brings the agent's denial with its code, and no key behind it", async () => {
    for (const [code, expected] of [
      ["attestation.measurement", "attestation.measurement"],
      ["trust.revoked", "trust.revoked"],
      ["device.io", "keys.grant_refused"],
    ] as const) {
      const { channel, ofAgent } = await open()
      const answer = denyShown(ofAgent, code)
      assert.equal((decodeCbor(answer) as unknown[]).length, 2)
      refuses(() => readGranted(answer, channel), expected)
    }
  })

  it("is followed by a verdict of the agent's alone: once, and neither asking again nor anything else", async () => {
    for (const verdict of [[2, encodeDemand(demand())], [2], [3], [], [1, 1, 1], "granted"]) {
      const { channel, ofAgent } = await open()
      const answer = encodeCbor([2, ...ofAgent.seal(encodeCbor(verdict))])
      refuses(() => readGranted(answer, channel), "keys.grant_malformed")
    }
    const { channel, ofAgent, bytes } = await open()
    refuses(() => readGranted(bytes, channel), "keys.grant_malformed")
    const answer = grantShown(ofAgent, grant())
    assert.ok(readGranted(answer, channel))
    refuses(() => readGranted(answer, channel), "keys.agreement")
    const other = await open()
    refuses(() => readGranted(other.bytes, channel), "keys.grant_malformed")
  })

  it("is refused of another session, whatever the message says", async () => {
    const one = await open()
    const content = { role: "callee", instance: asker.instance, keyPackage, time: NOW, about: undefined } as const
    const pending = requestGrant(bare, content, asker.x, agentKey, countedRandom("another"))
    const received = readRequest(pending.bytes, bare, agent.x, countedRandom("another answer"))
    const two = await askEvidence(received, demand(), async () => undefined)
    const [, , ...pieces] = decodeCbor(showEvidence(one.channel, PROOF)) as [number, Uint8Array, ...Uint8Array[]]
    const moved = encodeCbor([2, two.channel.transcript, ...pieces])
    refuses(() => shownTo(two.channel, moved), "keys.agreement")
  })

  it("is needed where it was asked for: keys without it are refused, and asking whoever cannot show any", async () => {
    const content = { role: "caller", instance: asker.instance, keyPackage, time: NOW, about: undefined } as const
    const pending = requestGrant(bare, { ...content, asks: demand() }, asker.x, agentKey, countedRandom("ask"))
    const received = readRequest(pending.bytes, bare, agent.x, countedRandom("answer"))
    refuses(() => readReply(answerGrant(received, grant()), pending), "attestation.absent")
    const { pending: without, bytes } = await session()
    refuses(() => readAnswer(bytes, without), "attestation.absent")
  })

  it("ends the channel where the agent's own machine fails", async () => {
    const content = { role: "caller", instance: asker.instance, keyPackage, time: NOW, about: undefined } as const
    const pending = requestGrant(bare, { ...content, asks: demand() }, asker.x, agentKey, countedRandom("ask"))
    const received = readRequest(pending.bytes, bare, agent.x, countedRandom("answer"))
    let used: EvidenceChannel | undefined
    const failing = askEvidence(received, demand(), async (channel) => {
      used = channel
      return refuse()
    })
    await rejects(failing, "keys.grant_malformed")
    refuses(() => used?.seal(new Uint8Array(1)), "internal.invariant")
  })
  const refuse = (): never => {
    parseProof(new Uint8Array())
    throw new Error("taken")
  }
})

describe("keys: demands and proofs", () => {
  it("come back as they were", () => {
    const aDemand: fc.Arbitrary<Demand> = fc.record(
      {
        challenge: bytesOfLength(32),
        chainId: uint(64),
        registry: anAddress,
        epoch: uint(64),
        kinds: fc.array(fc.nat(), { maxLength: 16 }),
        bank: fc.nat(),
        mask: fc.nat(),
        maximumAge: fc.maxSafeNat(),
      },
      { noNullPrototype: true },
    )
    fc.assert(fc.property(aDemand, (given) => assert.deepEqual(parseDemand(encodeDemand(given)), given)))
    for (const proof of [PROOF, undefined]) assert.deepEqual(parseProof(encodeProof(proof)), proof)
  })

  const fields = decodeCbor(encodeDemand(demand())) as unknown[]
  for (const [what, at, value] of [
    ["a challenge of 31 bytes", 0, new Uint8Array(31)],
    ["a chain id below zero", 1, -1],
    ["a registry of 21 bytes", 2, new Uint8Array(21)],
    ["an epoch that is text", 3, "5"],
    ["a kind that is text", 4, ["tpm"]],
    ["17 kinds", 4, Array.from({ length: 17 }, () => 1)],
    ["no list of kinds", 4, 1],
    ["a fractional bank", 5, 1.5],
    ["no mask", 6, null],
    ["an age below zero", 7, -300],
  ] as const)
    it(`are refused with ${what}`, () => {
      refuses(() => parseDemand(encodeCbor(fields.with(at, value))), "keys.grant_malformed")
    })

  it("are refused in any other form", () => {
    for (const other of [[], fields.slice(1), [...fields, 0], "demand", null])
      refuses(() => parseDemand(encodeCbor(other)), "keys.grant_malformed")
    const id = new Uint8Array(32)
    for (const other of [[id], [id.subarray(1), id], [id, "evidence"], [id, id, id], null, id])
      refuses(() => parseProof(encodeCbor(other)), "keys.grant_malformed")
    for (const other of [[2], [2, id], [2, id.subarray(1), id], [2, "hash", id]])
      refuses(() => parseShown(encodeCbor(other)), "keys.grant_malformed")
    for (const other of [[0], [1, id], [3, id, id], [], 2]) assert.equal(parseShown(encodeCbor(other)), undefined)
  })

  it("give nothing but errors of their own for random bytes", () => {
    const value = fc.oneof(fc.uint8Array({ maxLength: 40 }), fc.integer(), fc.string(), fc.constant(null))
    const bytes = fc.oneof(
      fc.uint8Array(),
      fc.array(value).map((list) => encodeCbor(list)),
      fc.array(value).map((list) => encodeCbor([2, ...list])),
    )
    fc.assert(
      fc.property(bytes, (given) => {
        for (const parse of [parseDemand, parseProof, parseShown])
          onlyRefuses(() => parse(given), /^keys\.grant_malformed$/)
      }),
      { numRuns: 1_000 },
    )
  })
})
