import { strict as assert } from "node:assert"
import * as fc from "fast-check"
import { fromHex, toHex, utf8ToBytes, concatBytes, type Hex } from "../../src/core/bytes.ts"
import type { ErrorCode } from "../../src/core/errors.ts"
import { Secret } from "../../src/core/secret.ts"
import { x25519PublicKey } from "../../src/core/x25519.ts"
import {
  answerGrant,
  denyGrant,
  encodeControl,
  encodeInfo,
  INFO_REQUEST,
  isInfoRequest,
  parseControl,
  parseInfo,
  readAnswer,
  readRequest,
  requestGrant,
  type GrantPlace,
  type GrantRequest,
  type PendingGrant,
} from "../../src/keys/grant.ts"
import { MAX_MEMBERS, MAX_SECRETS, type Grant } from "../../src/keys/granted.ts"
import { HandshakeState } from "../../src/keys/noise.ts"
import { ROLES, type Role } from "../../src/keys/roles.ts"
import { decodeCbor, encodeCbor } from "../../src/payload/cbor.ts"
import { ownKeyPackage } from "../../src/session/context.ts"
import { bitsOf, bytesOfLength, flipped, onlyRefuses, refuses } from "../arbitrary.ts"
import { named, NOW, party, REALM } from "../trust/chains.ts"
import { contextOf, countedRandom, selfOf } from "./parties.ts"

const [asker, agent] = [selfOf("asker"), selfOf("agent")]
const agentKey = x25519PublicKey(agent.x)
const place: GrantPlace = { realm: REALM, scope: new Uint8Array(32).fill(3), policy: new Uint8Array(32).fill(4) }
const keyPackage = ownKeyPackage(contextOf("asker"))
const ABOUT: Hex = "0x1112131415161718"
const bytesOf = (hex: Hex): Uint8Array => fromHex(hex) as Uint8Array

const grant = (changes: Partial<Grant> = {}): Grant => ({
  announcement: new Uint8Array(300).fill(5),
  tick: new Uint8Array(200).fill(6),
  instance: agent.instance,
  epoch: 7,
  secrets: [1, 2, 3].map((byte) => new Secret(new Uint8Array(32).fill(byte))),
  members: [{ instance: "0x0102030405060708", role: "callee", chain: "a member's chain" }],
  ...changes,
})
const ask = (changes: { role?: Role; seed?: string; about?: Hex; place?: GrantPlace; to?: Uint8Array } = {}) =>
  requestGrant(
    changes.place ?? place,
    { role: changes.role ?? "caller", instance: asker.instance, keyPackage, time: NOW, about: changes.about },
    asker.x,
    changes.to ?? agentKey,
    countedRandom(changes.seed ?? "ask"),
  )
const read = (bytes: Uint8Array, at = place, key = agent.x) => readRequest(bytes, at, key, countedRandom("answer"))
const answerTo = ({ bytes }: PendingGrant, given = grant()): Uint8Array => answerGrant(read(bytes), given)
const plain = ({ secrets, ...rest }: Grant) => ({ ...rest, secrets: secrets.map((secret) => toHex(secret.expose())) })

/** A request with one field of its payload changed, by a requester that means it. */
function asked(index: number, value: unknown, count = 8): Uint8Array {
  const prologue = concatBytes(utf8ToBytes("wek1"), bytesOf(REALM), place.scope)
  const random = countedRandom("ask")
  const handshake = HandshakeState.initiator({ pattern: "IK", prologue, s: asker.x, rs: agentKey, random })
  const fields: unknown[] = [1, place.scope, place.policy, 1, bytesOf(asker.instance), keyPackage, NOW, null]
  fields[index] = value
  return encodeCbor([1, handshake.writeMessage(encodeCbor(fields.slice(0, count)))])
}

/** An answer with another head or body, by an agent that means it. */
function answered({ bytes }: PendingGrant, head: unknown, ...bodies: Uint8Array[]): Uint8Array {
  const { handshake } = read(bytes)
  const first = handshake.writeMessage(encodeCbor(head))
  const { send } = handshake.split()
  return encodeCbor([1, first, ...bodies.map((body) => send.encryptWithAd(new Uint8Array(), body))])
}

describe("keys: grant", () => {
  it("brings what is asked to the agent and what is granted back, for every role", () => {
    for (const role of Object.keys(ROLES) as Role[]) {
      const pending = ask({ role, about: ABOUT })
      const { request } = read(pending.bytes)
      const { keyPackage: shown, ...rest } = request
      const expected: Omit<GrantRequest, "keyPackage"> = {
        scope: place.scope,
        policy: place.policy,
        role,
        instance: asker.instance,
        time: NOW,
        about: ABOUT,
        asks: undefined,
      }
      assert.deepEqual(rest, expected)
      assert.equal(shown.cs, party("asker").csPubKey)
      assert.deepEqual(plain(readAnswer(answerTo(pending), pending)), plain(grant()))
    }
  })

  it("shows on the way neither what is granted nor who asks", () => {
    const pending = ask()
    const sent = toHex(concatBytes(pending.bytes, answerTo(pending)))
    const hidden = [
      ...grant().secrets.map((secret) => secret.expose()),
      asker.x.expose(),
      agent.x.expose(),
      asker.csKey.expose(),
      x25519PublicKey(asker.x),
      bytesOf(party("asker").csPubKey),
      bytesOf(party("asker").address),
      bytesOf(asker.instance),
      place.scope,
      place.policy,
      utf8ToBytes(party("asker").address),
      utf8ToBytes("a member's chain"),
    ]
    for (const bytes of hidden) assert.ok(!sent.includes(toHex(bytes).slice(2)))
  })

  it("brings a large grant in pieces", () => {
    const secrets = Array.from({ length: MAX_SECRETS }, (_, i) => new Secret(new Uint8Array(32).fill(i)))
    const members = Array.from({ length: MAX_MEMBERS }, (_, i) => ({
      instance: toHex(new Uint8Array(8).fill(i)),
      role: "callee" as const,
      chain: `${i}`.padEnd(2_000, "x"),
    }))
    const pending = ask()
    const large = grant({ secrets, members })
    const bytes = answerTo(pending, large)
    assert.ok((decodeCbor(bytes) as unknown[]).length > 9)
    assert.deepEqual(plain(readAnswer(bytes, pending)), plain(large))
  })

  it("refuses pieces that are left out, exchanged or repeated", () => {
    const secrets = Array.from({ length: MAX_SECRETS }, (_, i) => new Secret(new Uint8Array(32).fill(i)))
    const members = Array.from({ length: 90 }, () => ({ ...grant().members[0]!, chain: "x".repeat(2_000) }))
    const withPieces = (change: (pieces: unknown[]) => unknown[]): void => {
      const pending = ask()
      const [version, head, ...pieces] = decodeCbor(answerTo(pending, grant({ secrets, members }))) as unknown[]
      assert.equal(pieces.length, 4)
      const bytes = encodeCbor([version, head, ...change(pieces)])
      onlyRefuses(() => assert.fail(String(readAnswer(bytes, pending))), /^keys\.(agreement|grant_malformed)$/)
    }
    for (let i = 0; i < 4; i++) withPieces((pieces) => pieces.toSpliced(i, 1))
    withPieces((pieces) => pieces.toReversed())
    withPieces((pieces) => [...pieces, pieces[3]])
    withPieces(() => [])
  })

  it("brings a denial with its code", () => {
    const codes: [string, ErrorCode][] = [
      ["trust.revoked", "trust.revoked"],
      ["certificate.malformed", "certificate.malformed"],
      ["attestation.signature", "attestation.signature"],
      ["attestation.none", "keys.grant_refused"],
      ["keys.policy", "keys.policy"],
      ["internal.invariant", "keys.grant_refused"],
      ["payload.stale", "keys.grant_refused"],
      ["no.such_code", "keys.grant_refused"],
      ["trust.nonsense\n", "keys.grant_refused"],
      ["__proto__", "keys.grant_refused"],
    ]
    for (const [code, expected] of codes) {
      const pending = ask()
      const error = refuses(() => readAnswer(denyGrant(read(pending.bytes), code as ErrorCode), pending), expected)
      assert.doesNotMatch(error.message, /\n/)
    }
    for (const head of [[0, 7], [0, null], [0], [2], [1, 1], [], "no list"]) {
      const pending = ask()
      const bytes = answered(pending, head)
      onlyRefuses(() => assert.fail(String(readAnswer(bytes, pending))), /^keys\.grant_(refused|malformed)$/)
    }
  })

  it("refuses a request of which any bit was changed, and every part of one", () => {
    const { bytes } = ask({ about: ABOUT })
    for (const bit of bitsOf(bytes))
      onlyRefuses(() => assert.fail(String(read(flipped(bytes, bit)))), /^keys\.(grant_malformed|agreement)$/)
    for (let end = 0; end < bytes.length; end += 7)
      onlyRefuses(() => assert.fail(String(read(bytes.subarray(0, end)))), /^keys\.(grant_malformed|agreement)$/)
    assert.ok(read(bytes))
  }).timeout(180_000)

  it("refuses an answer of which any bit was changed, and every part of one", () => {
    const pending = ask()
    const bytes = answerTo(pending)
    for (const bit of bitsOf(bytes))
      onlyRefuses(
        () => assert.fail(String(readAnswer(flipped(bytes, bit), ask()))),
        /^keys\.(grant_malformed|agreement)$/,
      )
    for (let end = 0; end < bytes.length; end += 7)
      onlyRefuses(
        () => assert.fail(String(readAnswer(bytes.subarray(0, end), ask()))),
        /^keys\.(grant_malformed|agreement)$/,
      )
    assert.ok(readAnswer(bytes, pending))
  }).timeout(180_000)

  it("refuses an answer to another request, another's answer, and one that comes twice", () => {
    const [first, second] = [ask({ seed: "one" }), ask({ seed: "two" })]
    const bytes = answerTo(first)
    refuses(() => readAnswer(bytes, second), "keys.agreement")
    assert.ok(readAnswer(bytes, first))
    refuses(() => readAnswer(bytes, first), "internal.invariant")
    const thief = ask({ to: x25519PublicKey(selfOf("thief").x) })
    refuses(
      () => readAnswer(answerGrant(read(thief.bytes, place, selfOf("thief").x), grant()), ask()),
      "keys.agreement",
    )
  })

  it("refuses a request made for another agent, realm or scope", () => {
    refuses(() => read(ask({ to: x25519PublicKey(selfOf("other").x) }).bytes), "keys.agreement")
    refuses(() => read(ask({ place: { ...place, realm: named("other") } }).bytes), "keys.agreement")
    refuses(() => read(ask({ place: { ...place, scope: new Uint8Array(32) } }).bytes), "keys.agreement")
    // Another policy is told, so that both learn why.
    assert.ok(read(ask({ place: { ...place, policy: new Uint8Array(32) } }).bytes))
  })

  it("refuses a request with another key than that of its package", () => {
    const stolen = requestGrant(
      place,
      { role: "caller", instance: asker.instance, keyPackage, time: NOW, about: undefined },
      selfOf("thief").x,
      agentKey,
      countedRandom(),
    )
    refuses(() => read(stolen.bytes), "keys.agreement")
  })

  it("refuses points of low order on both sides", () => {
    const order8 = "0xe0eb7a7c3b41b8ae1656e3faf19fc46ada098deb9c32b1fd866205165f49b800"
    for (const point of [new Uint8Array(32), Uint8Array.of(1, ...new Uint8Array(31)), bytesOf(order8)]) {
      const pending = ask()
      refuses(() => ask({ to: point }), "keys.agreement")
      for (const bytes of [pending.bytes, answerTo(pending)]) {
        const [version, message, ...rest] = decodeCbor(bytes) as [number, Uint8Array, ...Uint8Array[]]
        message.set(point)
        const weak = encodeCbor([version, message, ...rest])
        refuses(() => (rest.length > 0 ? readAnswer(weak, ask()) : read(weak)), "keys.agreement")
      }
    }
  })

  const bad: readonly [string, number, unknown, ErrorCode][] = [
    ["version", 0, 2, "keys.grant_malformed"],
    ["scope", 1, new Uint8Array(31), "keys.grant_malformed"],
    ["policy", 2, new Uint8Array(33), "keys.grant_malformed"],
    ["role", 3, 4, "keys.grant_malformed"],
    ["role as text", 3, "caller", "keys.grant_malformed"],
    ["instance", 4, new Uint8Array(9), "keys.grant_malformed"],
    ["key package", 5, new Uint8Array(), "keys.package_malformed"],
    ["key package as text", 5, "package", "keys.grant_malformed"],
    ["time", 6, -1, "keys.grant_malformed"],
    ["fractional time", 6, 1.5, "keys.grant_malformed"],
    ["member asked about", 7, new Uint8Array(7), "keys.grant_malformed"],
  ]
  for (const [name, index, value, code] of bad) {
    it(`refuses a request with a wrong ${name}`, () => {
      refuses(() => read(asked(index, value)), code)
    })
  }

  it("refuses a request or answer of another number of fields", () => {
    assert.ok(read(asked(7, null)))
    refuses(() => read(asked(7, null, 7)), "keys.grant_malformed")
    refuses(() => read(asked(8, null, 9)), "keys.grant_malformed")
    const pending = ask()
    for (const bytes of [pending.bytes, answerTo(pending)]) {
      const fields = decodeCbor(bytes) as unknown[]
      for (const other of [[], [1], [0], Array.from({ length: 70 }, () => fields[1]), { fields }, 7]) {
        refuses(() => read(encodeCbor(other)), "keys.grant_malformed")
        refuses(() => readAnswer(encodeCbor(other), ask()), "keys.grant_malformed")
      }
      refuses(() => read(encodeCbor([2, ...fields.slice(1)])), "keys.grant_malformed")
      refuses(() => readAnswer(encodeCbor([2, ...fields.slice(1)]), ask()), "keys.grant_malformed")
    }
  })

  const [announcement, tick] = [new Uint8Array(3), new Uint8Array(4)]
  const instance = bytesOf(agent.instance)
  const member = [new Uint8Array(8), 0, "chain"]
  const secret = new Uint8Array(32)
  const bodies: readonly [string, readonly unknown[]][] = [
    ["no list of secrets", [announcement, tick, instance, 1, secret, []]],
    ["a secret of 31 bytes", [announcement, tick, instance, 1, [secret.subarray(1)], []]],
    ["too many secrets", [announcement, tick, instance, 1, Array.from({ length: MAX_SECRETS + 1 }, () => secret), []]],
    ["too many members", [announcement, tick, instance, 1, [], Array.from({ length: MAX_MEMBERS + 1 }, () => member)]],
    ["a member of two fields", [announcement, tick, instance, 1, [secret], [member.slice(1)]]],
    ["a member of an unknown role", [announcement, tick, instance, 1, [secret], [member.with(1, 9)]]],
    ["a member without a chain", [announcement, tick, instance, 1, [secret], [member.with(2, 5)]]],
    ["an instance of 7 bytes", [announcement, tick, new Uint8Array(7), 1, [secret], []]],
    ["an epoch below zero", [announcement, tick, instance, -1, [secret], []]],
    ["five fields", [announcement, tick, instance, 1, [secret]]],
  ]
  for (const [name, body] of bodies) {
    it(`refuses a grant with ${name}`, () => {
      const pending = ask()
      refuses(() => readAnswer(answered(pending, [1], encodeCbor(body)), pending), "keys.grant_malformed")
    })
  }

  it("gives nothing but errors of its own for random bytes", () => {
    const family = /^keys\.(grant_malformed|agreement)$/
    const value = fc.oneof(fc.uint8Array({ maxLength: 133 }), fc.integer(), fc.string(), fc.constant(null))
    const lists = fc.array(value).map((list) => encodeCbor(list))
    const handshakes = bytesOfLength(200).map((bytes) => encodeCbor([1, bytes]))
    fc.assert(
      fc.property(fc.oneof(fc.uint8Array(), lists, handshakes), (bytes) => {
        onlyRefuses(() => read(bytes), family)
        onlyRefuses(() => readAnswer(bytes, ask()), family)
        onlyRefuses(() => parseInfo(bytes), family)
        parseControl(bytes)
      }),
      { numRuns: 1_000 },
    )
  })
}).timeout(60_000)

describe("keys: what anybody may ask and hear", () => {
  it("is which generation is in force", () => {
    assert.ok(isInfoRequest(INFO_REQUEST))
    for (const other of [ask().bytes, new Uint8Array(), encodeCbor([1]), encodeCbor([0, 0])])
      assert.ok(!isInfoRequest(other))
    const [announcement, tick] = [Uint8Array.of(1), Uint8Array.of(2, 3)]
    assert.deepEqual(parseInfo(encodeInfo(announcement, tick)), { announcement, tick })
    const others = [
      [0, announcement],
      [1, announcement, tick],
      [0, announcement, "tick"],
      [0, announcement, tick, 0],
    ]
    for (const other of others) refuses(() => parseInfo(encodeCbor(other)), "keys.grant_malformed")
  })

  it("are ticks, announcements, disclosures and notices of re-keys, and nothing else", () => {
    for (const kind of ["tick", "announcement", "disclosure", "rekey"] as const) {
      const message = { kind, bytes: Uint8Array.of(1, 2) }
      assert.deepEqual(parseControl(encodeControl(message)), message)
    }
    const bytes = Uint8Array.of(1)
    const others = [[4, bytes], [-1, bytes], ["length", bytes], ["map", bytes], [0, "text"], [0], [0, bytes, 1], 7, {}]
    for (const other of others) assert.equal(parseControl(encodeCbor(other)), undefined)
    assert.equal(parseControl(Uint8Array.of(0xff)), undefined)
  })
})
