import { strict as assert } from "node:assert"
import * as fc from "fast-check"
import { toHex } from "../../src/core/bytes.ts"
import { signLabelled } from "../../src/core/ed25519.ts"
import type { ErrorCode } from "../../src/core/errors.ts"
import { Secret } from "../../src/core/secret.ts"
import {
  answerGrant,
  checkRequest,
  denyGrant,
  MAX_MEMBERS,
  parseAnswer,
  parseRequest,
  requestGrant,
  type Grant,
  type PendingGrant,
} from "../../src/keys/grant.ts"
import { ROLES, type Role } from "../../src/keys/roles.ts"
import { decodeCbor, encodeCbor } from "../../src/payload/cbor.ts"
import { sha256 } from "@noble/hashes/sha2.js"
import { onlyRefuses, refuses } from "../arbitrary.ts"
import { NOW, party } from "../trust/chains.ts"
import { countedRandom, speakerOf } from "./parties.ts"

const asker = { ...speakerOf("asker"), chain: "the asker's chain" }
const agent = { ...speakerOf("agent"), chain: "the agent's chain" }
const [askerKey, agentKey] = [party("asker").csPubKey, party("agent").csPubKey]
const scope = new Uint8Array(32).fill(3)
const grant: Grant = {
  announcement: new Uint8Array(32).fill(5),
  secret: new Secret(new Uint8Array(32).fill(6)),
  members: [{ instance: "0x0102030405060708", role: "callee", chain: "a member's chain" }],
}
const ask = (role: Role = "caller", seed = "ask"): PendingGrant =>
  requestGrant(asker, scope, role, NOW, countedRandom(seed))
const answerTo = ({ bytes }: PendingGrant, given = grant): Uint8Array =>
  answerGrant(agent, bytes, parseRequest(bytes), given, NOW + 1, countedRandom("answer"))
const openWith = (bytes: Uint8Array, pending: PendingGrant, key = agentKey): Grant => {
  const answer = parseAnswer(bytes, pending)
  answer.check(key)
  return answer.open()
}

/** A request or answer with one field changed and, where a key is given, signed again. */
function edited(bytes: Uint8Array, index: number, value: unknown): Uint8Array {
  const fields = decodeCbor(bytes) as unknown[]
  fields[index] = value
  return encodeCbor(fields)
}

describe("keys: grant", () => {
  it("brings a secret and the members from agent to asker, for every role", () => {
    for (const role of Object.keys(ROLES) as Role[]) {
      const pending = ask(role)
      const request = parseRequest(pending.bytes)
      assert.equal(request.role, role)
      assert.deepEqual(
        [toHex(request.scope), request.instance, request.time, request.chain],
        [toHex(scope), asker.instance, NOW, asker.chain],
      )
      checkRequest(pending.bytes, askerKey)
      const answer = parseAnswer(answerTo(pending), pending)
      assert.deepEqual([answer.instance, answer.time, answer.chain], [agent.instance, NOW + 1, agent.chain])
      answer.check(agentKey)
      const got = answer.open()
      assert.equal(toHex(got.secret.expose()), toHex(grant.secret.expose()))
      assert.equal(toHex(got.announcement), toHex(grant.announcement))
      assert.deepEqual(got.members, grant.members)
    }
  })

  it("shows nothing of the secret on the way", () => {
    const pending = ask()
    const sent = toHex(pending.bytes) + toHex(answerTo(pending))
    for (const secret of [grant.secret, agent.csKey, asker.csKey])
      assert.ok(!sent.includes(toHex(secret.expose()).slice(2)))
  })

  it("wipes the asker's ephemeral key once the grant is open", () => {
    const pending = ask()
    const bytes = answerTo(pending)
    openWith(bytes, pending)
    assert.ok(pending.ephemeral.expose().every((byte) => byte === 0))
    refuses(() => openWith(bytes, pending), "payload.decrypt_failed")
  })

  it("brings a denial with its code", () => {
    const pending = ask()
    const codes: [ErrorCode, ErrorCode][] = [
      ["trust.revoked", "trust.revoked"],
      ["certificate.malformed", "certificate.malformed"],
      ["internal.invariant", "keys.grant_refused"],
      ["payload.stale", "keys.grant_refused"],
      ["no.such_code" as ErrorCode, "keys.grant_refused"],
      ["trust.nonsense\n" as ErrorCode, "keys.grant_refused"],
      ["__proto__" as ErrorCode, "keys.grant_refused"],
    ]
    for (const [code, expected] of codes) {
      const bytes = denyGrant(agent, pending.bytes, code, NOW)
      const error = refuses(() => openWith(bytes, pending), expected)
      assert.doesNotMatch(error.message, /\n/)
      refuses(() => openWith(bytes, pending, askerKey), "keys.agreement")
      refuses(() => openWith(bytes, ask("caller", "another")), "keys.agreement")
      refuses(() => openWith(edited(bytes, 4, "trust.expired"), pending), "keys.agreement")
    }
  })

  it("passes on at most as many members as its limit", () => {
    const members = Array.from({ length: MAX_MEMBERS + 1 }, () => grant.members[0]!)
    const pending = ask()
    assert.equal(openWith(answerTo(pending, { ...grant, members }), pending).members.length, MAX_MEMBERS)
  })

  it("refuses every changed byte of a request", () => {
    const { bytes } = ask()
    for (let at = 0; at < bytes.length; at++) {
      for (const flip of [1, 0x80, 0xff]) {
        const damaged = Uint8Array.from(bytes)
        damaged[at] = (damaged[at] ?? 0) ^ flip
        assert.throws(() => {
          parseRequest(damaged)
          checkRequest(damaged, askerKey)
        })
        onlyRefuses(() => {
          parseRequest(damaged)
          checkRequest(damaged, askerKey)
        }, /^(keys\.grant_malformed|trust\.possession)$/)
      }
      refuses(() => parseRequest(bytes.subarray(0, at)), "keys.grant_malformed")
    }
  })

  it("refuses every changed byte of an answer", () => {
    const pending = ask()
    const bytes = answerTo(pending)
    for (let at = 0; at < bytes.length; at++) {
      for (const flip of [1, 0x80, 0xff]) {
        const damaged = Uint8Array.from(bytes)
        damaged[at] = (damaged[at] ?? 0) ^ flip
        assert.throws(() => openWith(damaged, pending))
        onlyRefuses(() => openWith(damaged, pending), /^keys\.(grant_malformed|agreement)$/)
      }
      refuses(() => openWith(bytes.subarray(0, at), pending), "keys.grant_malformed")
    }
    assert.equal(openWith(bytes, pending).members.length, 1)
  })

  it("refuses an answer to another request, and another's answer", () => {
    const [first, second] = [ask("caller", "one"), ask("caller", "two")]
    refuses(() => openWith(answerTo(first), second), "keys.agreement")
    refuses(() => openWith(answerTo(first), first, askerKey), "keys.agreement")
    const stolen = requestGrant({ ...asker, csKey: party("thief").csKey }, scope, "caller", NOW, countedRandom())
    refuses(() => checkRequest(stolen.bytes, askerKey), "trust.possession")
  })

  it("refuses signatures over one kind of message as another's", () => {
    const pending = ask()
    const fields = decodeCbor(pending.bytes) as unknown[]
    const message = sha256(encodeCbor(fields.slice(0, -1)))
    const wrong = signLabelled("wek1 grant response", message, asker.csKey)
    refuses(() => checkRequest(edited(pending.bytes, 7, wrong), askerKey), "trust.possession")
    const right = signLabelled("wek1 grant request", message, asker.csKey)
    checkRequest(edited(pending.bytes, 7, right), askerKey)
  })

  it("refuses points of low order on both sides", () => {
    const order8 = "e0eb7a7c3b41b8ae1656e3faf19fc46ada098deb9c32b1fd866205165f49b800"
    const points = [
      new Uint8Array(32),
      Uint8Array.of(1, ...new Uint8Array(31)),
      Uint8Array.from(Buffer.from(order8, "hex")),
    ]
    for (const point of points) {
      const pending = ask()
      const request = { ...parseRequest(pending.bytes), ephemeral: point }
      refuses(() => answerGrant(agent, pending.bytes, request, grant, NOW, countedRandom()), "keys.agreement")
      // An agent that means it: low point, rightly signed.
      const fields = (decodeCbor(answerTo(pending)) as unknown[]).slice(0, -1)
      fields[3] = point
      const transcript = sha256(Uint8Array.from([...sha256(pending.bytes), ...encodeCbor(fields)]))
      const signature = signLabelled("wek1 grant response", transcript, agent.csKey)
      refuses(() => openWith(encodeCbor([...fields, signature]), pending), "keys.agreement")
    }
  })

  const bad: readonly [string, number, unknown][] = [
    ["version", 0, 2],
    ["scope", 1, new Uint8Array(31)],
    ["role", 2, 4],
    ["role as text", 2, "caller"],
    ["instance", 3, new Uint8Array(9)],
    ["time", 4, -1],
    ["fractional time", 4, 1.5],
    ["ephemeral", 5, new Uint8Array(33)],
    ["chain", 6, new Uint8Array()],
  ]
  for (const [name, index, value] of bad) {
    it(`refuses a request with a wrong ${name}`, () => {
      refuses(() => parseRequest(edited(ask().bytes, index, value)), "keys.grant_malformed")
    })
  }

  it("refuses a request or answer of another number of fields", () => {
    const pending = ask()
    for (const bytes of [pending.bytes, answerTo(pending)]) {
      const fields = decodeCbor(bytes) as unknown[]
      for (const other of [[], [1], [0], fields.slice(0, -1), [...fields, 1], { fields }, 7]) {
        refuses(() => parseRequest(encodeCbor(other)), "keys.grant_malformed")
        refuses(() => parseAnswer(encodeCbor(other), pending), "keys.grant_malformed")
      }
    }
  })

  it("gives nothing but errors of its own for random bytes", () => {
    const family = /^keys\.(grant_malformed|agreement)$/
    const pending = ask()
    const value = fc.oneof(fc.uint8Array({ maxLength: 33 }), fc.integer(), fc.string(), fc.constant(null))
    fc.assert(
      fc.property(fc.oneof(fc.uint8Array(), fc.array(value).map(encodeCbor)), (bytes) => {
        onlyRefuses(() => parseRequest(bytes), family)
        onlyRefuses(() => openWith(bytes, pending), family)
        onlyRefuses(() => checkRequest(bytes, askerKey), /^(keys\.grant_malformed|trust\.possession)$/)
      }),
      { numRuns: 1_000 },
    )
  })
}).timeout(60_000)
