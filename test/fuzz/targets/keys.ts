import { strict as assert } from "node:assert"
import { concatBytes, fromHex, utf8ToBytes } from "../../../src/core/bytes.ts"
import { ERROR_CODES, type ErrorCode } from "../../../src/core/errors.ts"
import { parseAnnouncement } from "../../../src/keys/announcement.ts"
import { encodeDemand, parseDemand } from "../../../src/keys/demand.ts"
import { parseDisclosure } from "../../../src/keys/disclosure.ts"
import { encodeProof, parseProof, parseShown, showEvidence } from "../../../src/keys/evidence-channel.ts"
import {
  askEvidence,
  denyGrant,
  encodeControl,
  encodeInfo,
  parseControl,
  parseInfo,
  readAnswer,
  readReply,
  readRequest,
  requestGrant,
  type GrantPlace,
} from "../../../src/keys/grant.ts"
import { mlKem768 } from "../../../src/keys/hybrid.ts"
import { HandshakeState } from "../../../src/keys/noise.ts"
import { makeTick, parseTick } from "../../../src/keys/tick.ts"
import { KeyTree } from "../../../src/keys/tree/key-tree.ts"
import { encodeNotice, encodeRekey, parseNotice, parseRekey } from "../../../src/keys/tree/rekey.ts"
import { TreePath } from "../../../src/keys/tree/tree-path.ts"
import { decodeCbor, encodeCbor } from "../../../src/payload/cbor.ts"
import { ownKeyPackage } from "../../../src/session/context.ts"
import { encodeForkEvidence } from "../../../src/session/messages/evidence.ts"
import { judge } from "../../../src/session/messages/judge.ts"
import { announcementOf, contextOf, countedRandom, selfOf } from "../../keys/parties.ts"
import { named, NOW, party, REALM } from "../../trust/chains.ts"
import { mutated, randomBytes } from "../bytes.ts"
import { oneOf, seldom, type Draw } from "../draw.ts"
import { cborItem } from "../formats.ts"
import { coded, target, type Target } from "../target.ts"
import { edited, goodValue } from "../values.ts"

const random = countedRandom("fuzzed grants")
const [member, agent] = [selfOf("caller"), selfOf("callee")]
const announcement = announcementOf("callee")
const place: GrantPlace = { realm: REALM, scope: announcement.scope, policy: announcement.policy }
const commitments = { call: new Uint8Array(32), event: new Uint8Array(32).fill(1) }
const tick = makeTick(announcement, { epoch: 3, commitments, time: NOW }, party("callee").csKey)
const keyPackage = ownKeyPackage(contextOf("caller"))
const content = { role: "caller", instance: member.instance, keyPackage, time: NOW, about: undefined } as const
const asked = () => requestGrant(place, content, member.x, announcement.agent.x, random)
const { bytes: request } = asked()
const requestFields = [1, place.scope, place.policy, 1, fromHex(member.instance), keyPackage, NOW, null]
const MEMBERS = [[new Uint8Array(8), 0, "[]"]]
const grantFields = [announcement.bytes, tick.bytes, new Uint8Array(8), 3, [new Uint8Array(32)], MEMBERS]
const info = encodeInfo(announcement.bytes, tick.bytes)
const fork = encodeForkEvidence(announcement.bytes, [announcementOf("callee", { t0: NOW + 1 }).bytes])
const disclosure = encodeCbor([1, place.scope, announcement.hash, 3, fromHex(member.csPubKey), new Uint8Array(32)])

const hybridPlace: GrantPlace = { ...place, kem: mlKem768 }
const hybridAsked = () => requestGrant(hybridPlace, content, member.x, announcement.agent.x, countedRandom("hybrid"))
const hybridAnswer = denyGrant(readRequest(hybridAsked().bytes, hybridPlace, agent.x, random), "trust.revoked")
const treePlace = { scope: place.scope, branch: "event" } as const
const tree = new KeyTree(treePlace, NOW, 5)
const leaves = Array.from({ length: 20 }, () => tree.join(random) as number)
const path = tree.path(leaves[7] as number)
const { rekey } = tree.rekey(NOW + 1, leaves.slice(2, 5), random)

const demand = {
  challenge: new Uint8Array(32),
  chainId: 31_337n,
  registry: named("registry"),
  epoch: 5n,
  kinds: [1],
  bank: 0x0b,
  mask: 0x91,
  maximumAge: 300,
}
const proof = { attester: `0x${"a7".repeat(32)}`, evidence: new Uint8Array(90) } as const
const seed = (): ReturnType<typeof countedRandom> => countedRandom("asked for evidence")
const askedAgain = () => requestGrant(place, { ...content, asks: demand }, member.x, announcement.agent.x, seed())
const { bytes: asking, channel } = await askEvidence(
  readRequest(askedAgain().bytes, place, agent.x, seed()),
  demand,
  async () => proof,
)
const shown = showEvidence(channel, proof)

/** A list of fields of which one is another, gone or one too many. */
function editedFields(draw: Draw, bytes: Uint8Array): Uint8Array {
  try {
    return encodeCbor(edited(draw, decodeCbor(bytes)))
  } catch {
    return bytes // an integer of more than 64 bits, or a key that is not written
  }
}
const kindsOf = (...corpus: readonly Uint8Array[]): ((draw: Draw) => Uint8Array)[] => [
  (draw) => randomBytes(draw),
  (draw) => Uint8Array.from(cborItem(draw)),
  (draw) => editedFields(draw, oneOf(draw, corpus)),
  (draw) => (seldom(draw, 20) ? oneOf(draw, corpus) : mutated(draw, corpus)),
]
const codesOf = (family: RegExp): ErrorCode[] =>
  (Object.keys(ERROR_CODES) as ErrorCode[]).filter((code) => family.test(code))
const OF_PACKAGES = codesOf(/^(keys\.package_|certificate\.|trust\.)/)

/** The answer of an agent that grants whatever bytes it likes. */
function answerWith(body: Uint8Array, pending: ReturnType<typeof asked>): Uint8Array {
  const { handshake } = readRequest(pending.bytes, place, agent.x, random)
  const head = handshake.writeMessage(encodeCbor([1]))
  return encodeCbor([1, head, handshake.split().send.encryptWithAd(new Uint8Array(), body)])
}

/** The request of a member that asks whatever it likes. */
function requestWith(payload: Uint8Array): Uint8Array {
  const prologue = concatBytes(utf8ToBytes("wek1"), fromHex(REALM, 20) as Uint8Array, place.scope)
  const options = { pattern: "IK", prologue, s: member.x, rs: announcement.agent.x, random } as const
  return encodeCbor([1, HandshakeState.initiator(options).writeMessage(payload)])
}

export const keyTargets: readonly Target[] = [
  target({
    name: "keys: announcements",
    weight: 1,
    kinds: kindsOf(announcement.bytes),
    decode: parseAnnouncement,
    promised: coded("keys.announcement", ...OF_PACKAGES),
    // Only what was signed is taken, to the byte.
    check: ({ bytes }) => assert.deepEqual(Buffer.from(bytes), Buffer.from(announcement.bytes)),
  }),
  target({
    name: "keys: ticks",
    weight: 2,
    kinds: kindsOf(tick.bytes),
    decode: (bytes) => parseTick(bytes, announcement),
    promised: coded("keys.tick"),
    check: ({ bytes }) => assert.deepEqual(Buffer.from(bytes), Buffer.from(tick.bytes)),
  }),
  target({
    name: "keys: what an agent says is in force",
    weight: 4,
    kinds: kindsOf(info),
    decode: parseInfo,
    promised: coded("keys.grant_malformed"),
    check: (said, bytes) => assert.deepEqual(Buffer.from(encodeInfo(said.announcement, said.tick)), Buffer.from(bytes)),
  }),
  target({
    name: "keys: control messages and disclosures",
    weight: 4,
    kinds: kindsOf(encodeControl({ kind: "tick", bytes: tick.bytes }), disclosure),
    decode: (bytes) => parseControl(bytes) ?? parseDisclosure(bytes),
    promised: coded("keys.grant_malformed"),
    check: (parsed) => assert.ok("kind" in parsed ? parsed.bytes instanceof Uint8Array : parsed.seed.length === 32),
  }),
  target({
    name: "keys: grant requests",
    weight: 1,
    kinds: kindsOf(request),
    decode: (bytes) => readRequest(bytes, place, agent.x, random),
    promised: coded("keys.grant_malformed", "keys.agreement"),
    check: (_, bytes) => assert.deepEqual(Buffer.from(bytes), Buffer.from(request)),
  }),
  target({
    name: "keys: grant requests, once they are read",
    weight: 0.3,
    kinds: kindsOf(encodeCbor(requestFields)),
    decode: (payload) => readRequest(requestWith(payload), place, agent.x, random).request,
    promised: coded("keys.grant_malformed", "keys.agreement", ...OF_PACKAGES),
    check: ({ scope, instance, time }) =>
      assert.ok(scope.length === 32 && instance.length === 18 && Number.isSafeInteger(time) && time >= 0),
  }),
  target({
    name: "keys: grants",
    weight: 0.3,
    kinds: [
      (draw) => ({ alter: (bytes: Uint8Array) => mutated(draw, [bytes]) }),
      (draw) => ({ alter: (bytes: Uint8Array) => editedFields(draw, bytes) }),
      (draw) => ({ alter: () => Uint8Array.from(cborItem(draw)) }),
    ],
    decode({ alter }) {
      const pending = asked()
      const answer = answerWith(encodeCbor(grantFields), pending)
      const altered = alter(answer)
      const same = Buffer.compare(altered, answer) === 0
      return { same, grant: readAnswer(altered, pending) }
    },
    promised: coded("keys.grant_malformed", "keys.agreement"),
    check: ({ same }) => assert.ok(same),
  }),
  target({
    name: "keys: grants, once they are read",
    weight: 0.3,
    kinds: [
      ...kindsOf(encodeCbor(grantFields)),
      (draw) => encodeCbor([...grantFields.slice(0, 5), [goodValue(draw), ...MEMBERS]]),
    ],
    decode(body) {
      const pending = asked()
      return readAnswer(answerWith(body, pending), pending)
    },
    promised: coded("keys.grant_malformed"),
    check: ({ secrets, members }) =>
      assert.ok(secrets.every((secret) => secret.length === 32) && members.length <= 256),
  }),
  target({
    name: "keys: demands for evidence",
    kinds: kindsOf(encodeDemand(demand)),
    decode: parseDemand,
    promised: coded("keys.grant_malformed"),
    check: (decoded, input) => assert.deepEqual(Buffer.from(encodeDemand(decoded)), Buffer.from(input)),
  }),
  target({
    name: "keys: proofs",
    kinds: kindsOf(encodeProof(proof), encodeProof(undefined)),
    decode: (bytes) => ({ proof: parseProof(bytes) }),
    promised: coded("keys.grant_malformed"),
    check: (decoded, input) => assert.deepEqual(Buffer.from(encodeProof(decoded.proof)), Buffer.from(input)),
  }),
  target({
    name: "keys: evidence on its way",
    weight: 2,
    kinds: kindsOf(shown),
    decode: (bytes) => parseShown(bytes),
    promised: coded("keys.grant_malformed"),
    check: (decoded) => assert.ok(decoded === undefined || decoded.transcript.length === 66),
  }),
  target({
    name: "keys: what an agent asks",
    weight: 0.3,
    kinds: kindsOf(asking),
    decode: (bytes) => readReply(bytes, askedAgain()),
    promised: coded("keys.grant_malformed", "keys.agreement"),
    check: (_, input) => assert.deepEqual(Buffer.from(input), Buffer.from(asking)),
  }),
  target({
    name: "keys: hybrid denials",
    weight: 0.1,
    kinds: kindsOf(hybridAnswer),
    decode: (bytes) => readAnswer(bytes, hybridAsked()),
    promised: coded("keys.grant_malformed", "keys.agreement", "trust.revoked"),
    check: () => assert.fail("a denial was taken for a grant"),
  }),
  target({
    name: "keys: re-key messages",
    weight: 4,
    kinds: kindsOf(rekey),
    decode: parseRekey,
    promised: coded("keys.rekey"),
    check: (parsed, bytes) => assert.deepEqual(Buffer.from(encodeRekey(parsed)), Buffer.from(bytes)),
  }),
  target({
    name: "keys: notices of new keys",
    weight: 4,
    kinds: kindsOf(encodeNotice({ announcement: announcement.bytes, tick: tick.bytes, rekeys: rekey })),
    decode: parseNotice,
    promised: coded("keys.rekey"),
    check: (notice, bytes) => assert.deepEqual(Buffer.from(encodeNotice(notice)), Buffer.from(bytes)),
  }),
  target({
    name: "keys: paths of a key tree",
    weight: 4,
    kinds: kindsOf(path),
    decode: (bytes) => new TreePath(bytes, treePlace, NOW),
    promised: coded("keys.grant_malformed"),
    check: ({ leaf }) => assert.ok(Number.isSafeInteger(leaf) && leaf >= 0 && leaf % 2 === 0),
  }),
  target({
    name: "keys: evidence",
    weight: 0.3,
    kinds: kindsOf(fork),
    decode: (bytes) => judge(bytes),
    promised: coded("keys.evidence", "keys.announcement", "keys.tick", "payload.decode_failed", ...OF_PACKAGES),
    check: ({ what }) => assert.equal(what, "fork"),
  }),
]
