import { strict as assert } from "node:assert"
import { x25519 } from "@noble/curves/ed25519.js"
import { expand, extract } from "@noble/hashes/hkdf.js"
import { sha256 } from "@noble/hashes/sha2.js"
import { concatBytes, utf8ToBytes } from "../../../src/core/bytes.ts"
import { ERROR_CODES, type ErrorCode } from "../../../src/core/errors.ts"
import { Secret } from "../../../src/core/secret.ts"
import {
  answerGrant,
  checkRequest,
  denyGrant,
  parseAnswer,
  parseRequest,
  requestGrant,
  type Grant,
} from "../../../src/keys/grant.ts"
import { decodeCbor, encodeCbor } from "../../../src/payload/cbor.ts"
import { secretbox } from "../../../src/payload/cipher.ts"
import { countedRandom, speakerOf } from "../../keys/parties.ts"
import { NOW, party } from "../../trust/chains.ts"
import { mutated, randomBytes } from "../bytes.ts"
import { oneOf, seldom, type Draw } from "../draw.ts"
import { cborItem } from "../formats.ts"
import { coded, target, type Target } from "../target.ts"
import { edited, goodValue } from "../values.ts"

const random = countedRandom("fuzzed grants")
const [member, agent] = [speakerOf("caller"), speakerOf("callee")]
const pending = requestGrant(member, new Uint8Array(32).fill(1), "caller", NOW, random)
const request = parseRequest(pending.bytes)
const grant: Grant = {
  announcement: new Uint8Array(32),
  secret: new Secret(new Uint8Array(32).fill(3)),
  members: [{ instance: "0x0102030405060708", role: "callee", chain: "[]" }],
}
const answer = answerGrant(agent, pending.bytes, request, grant, NOW, random)
const denial = denyGrant(agent, pending.bytes, "trust.revoked", NOW)
/** `open` overwrites the ephemeral key: each input gets one of its own. */
const asked = (): typeof pending => ({ ...pending, ephemeral: new Secret(pending.ephemeral.expose()) })

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

/** The plaintext of a grant, sealed as the agent would: what a hostile agent can have its members read. */
const ephemeral = x25519.getPublicKey(new Uint8Array(32).fill(5))
const head = [1, Uint8Array.from(Buffer.from(agent.instance.slice(2), "hex")), NOW, ephemeral, agent.chain]
const shared = x25519.getSharedSecret(new Uint8Array(32).fill(5), request.ephemeral)
const salt = sha256(concatBytes(sha256(pending.bytes), encodeCbor(head)))
const boxKey = new Secret(expand(sha256, extract(sha256, shared, salt), utf8ToBytes("wek1 grant key"), 32))
const MEMBERS = [[new Uint8Array(8), 0, "[]"]]
const contents = encodeCbor([new Uint8Array(32), new Uint8Array(32), MEMBERS])

const told = (Object.keys(ERROR_CODES) as ErrorCode[]).filter((code) => /^(trust|certificate)\./.test(code))

export const keyTargets: readonly Target[] = [
  target({
    name: "keys: grant requests",
    weight: 6,
    kinds: kindsOf(pending.bytes),
    decode: parseRequest,
    promised: coded("keys.grant_malformed"),
    check(parsed) {
      assert.deepEqual([parsed.scope.length, parsed.ephemeral.length, parsed.instance.length], [32, 32, 18])
      assert.ok(Number.isSafeInteger(parsed.time) && parsed.time >= 0 && typeof parsed.chain === "string")
    },
  }),
  target({
    name: "keys: grant answers",
    weight: 6,
    kinds: kindsOf(answer, denial),
    decode: (bytes) => parseAnswer(bytes, pending),
    promised: coded("keys.grant_malformed"),
    check: ({ instance, time }) => assert.ok(instance.length === 18 && Number.isSafeInteger(time) && time >= 0),
  }),
  target({
    name: "keys: grant requests and answers, their signatures",
    weight: 0.3,
    kinds: [
      (draw) => ({
        bytes: mutated(draw, [pending.bytes]),
        check: (b: Uint8Array) => checkRequest(b, party("caller").csPubKey),
      }),
      (draw) => ({
        bytes: seldom(draw, 2) ? mutated(draw, [answer, denial]) : editedFields(draw, answer),
        check: (b: Uint8Array) => parseAnswer(b, pending).check(party("callee").csPubKey),
      }),
      (draw) =>
        oneOf(draw, [
          { bytes: pending.bytes, check: (b: Uint8Array) => checkRequest(b, party("caller").csPubKey) },
          { bytes: answer, check: (b: Uint8Array) => parseAnswer(b, pending).check(party("callee").csPubKey) },
        ]),
    ],
    decode: ({ bytes, check }) => check(bytes),
    promised: coded("keys.grant_malformed", "trust.possession", "keys.agreement"),
    // Only what was signed is taken, to the byte.
    check: (_, { bytes }) => assert.ok([pending.bytes, answer, denial].some((one) => Buffer.compare(one, bytes) === 0)),
  }),
  target({
    name: "keys: grants, opened",
    weight: 0.3,
    kinds: [
      (draw) => mutated(draw, [contents]),
      (draw) => Uint8Array.from(cborItem(draw)),
      (draw) => editedFields(draw, contents),
      (draw) => encodeCbor([new Uint8Array(32), new Uint8Array(32), [goodValue(draw), ...MEMBERS]]),
      (draw) => (seldom(draw, 2) ? contents : encodeCbor([new Uint8Array(32), new Uint8Array(32), []])),
    ],
    decode(plaintext) {
      const box = secretbox.seal(boxKey, new Uint8Array(24), plaintext)
      return parseAnswer(encodeCbor([...head, box, new Uint8Array(64)]), asked()).open()
    },
    promised: coded("keys.grant_malformed"),
    check: ({ secret, members }) => assert.ok(secret.length === 32 && members.length <= 256),
  }),
  target({
    name: "keys: denials, opened",
    weight: 1,
    kinds: [(draw) => editedFields(draw, denial), (draw) => mutated(draw, [denial]), () => denial],
    decode(bytes) {
      const parsed = parseAnswer(bytes, pending)
      if ((decodeCbor(bytes) as unknown[])[0] === 0) parsed.open()
      return parsed
    },
    promised: coded("keys.grant_malformed", "keys.grant_refused", ...told),
    check: () => assert.fail("a denial granted something"),
  }),
]
