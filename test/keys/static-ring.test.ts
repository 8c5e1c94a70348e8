import { strict as assert } from "node:assert"
import { createHash, createHmac } from "node:crypto"
import * as fc from "fast-check"
import { toHex, type Hex } from "../../src/core/bytes.ts"
import { Secret } from "../../src/core/secret.ts"
import { keyCommitment, StaticRing, staticAuthenticator } from "../../src/keys/static-ring.ts"
import { encodeCbor } from "../../src/payload/cbor.ts"
import { KIND } from "../../src/payload/frame.ts"
import { keyIdOf } from "../../src/payload/keyid.ts"
import { parseProfile } from "../../src/payload/profile.ts"
import { bytesOfLength, flipped, refuses } from "../arbitrary.ts"

const KEY = Uint8Array.from({ length: 32 }, (_, i) => i * 7 + 1)
const sha256 = (...parts: (string | Uint8Array)[]): Buffer => {
  const hash = createHash("sha256")
  for (const part of parts) hash.update(part)
  return hash.digest()
}

/** The 32 keys of one id: clamping sets five bits, whatever they were (RFC 7748, section 5). */
function sameId(key: Uint8Array): Uint8Array[] {
  return Array.from({ length: 32 }, (_, bits) => {
    const copy = Uint8Array.from(key)
    copy[0] = (copy[0]! & 248) | (bits & 7)
    copy[31] = (copy[31]! & 63) | ((bits >> 3) << 6)
    return copy
  })
}

describe("keys: static rings", () => {
  it("seals with the first key and finds each by its id", () => {
    const keys = [KEY, flipped(KEY, 40)]
    const ring = new StaticRing(keys.map((key) => ({ key })))
    assert.deepEqual(ring.own.key.expose(), KEY)
    for (const key of keys) assert.deepEqual(ring.find(keyIdOf(key))?.key.expose(), key)
    assert.equal(ring.find(keyIdOf(flipped(KEY, 41))), undefined)
  })

  it("takes bytes and secrets, and keeps copies of its own", () => {
    const [bytes, secret] = [Uint8Array.from(KEY), new Secret(flipped(KEY, 40))]
    const ring = new StaticRing([{ key: bytes }, { key: secret }])
    bytes.fill(0)
    assert.deepEqual(ring.own.key.expose(), KEY)
    ring.wipe()
    assert.deepEqual(secret.expose(), flipped(KEY, 40), "the application's own secret stays")
  })

  it("overwrites its keys and has none afterwards", () => {
    const ring = new StaticRing([{ key: KEY }])
    const { key, keyId } = ring.own
    ring.wipe()
    assert.deepEqual(key.expose(), new Uint8Array(32))
    assert.equal(ring.find(keyId), undefined)
    refuses(() => ring.own, "session.closed")
  })

  const refused: readonly [string, unknown, RegExp][] = [
    ["no keys", [], /no keys/],
    ["no list", undefined, /no keys/],
    ["a key that is text", [{ key: toHex(KEY) }], /key 0 is no Uint8Array/],
    ["a key without its object", [KEY], /key 0 is no Uint8Array/],
    ["nothing as a key", [undefined], /key 0 is no Uint8Array/],
    ["31 bytes", [{ key: KEY.subarray(1) }], /key 0 has 31 bytes/],
    ["33 bytes", [{ key: KEY }, { key: new Uint8Array(33).fill(1) }], /key 1 has 33 bytes/],
    ["a key that was never filled", [{ key: new Uint8Array(32) }], /all zeros/],
    ["one key twice", [{ key: KEY }, { key: KEY }], /key 1 has the id 0x.* of an earlier key/],
    ["a commitment that is no hex", [{ key: KEY, commitment: "0x12" }], /is not the one/],
    ["a commitment that is bytes", [{ key: KEY, commitment: keyCommitment(new Secret(KEY)) }], /is not the one/],
  ]
  for (const [what, keys, message] of refused) {
    it(`refuses ${what}`, () => {
      assert.match(refuses(() => new StaticRing(keys as never), "usage.invalid").message, message)
    })
  }

  it("names no key in what it says", () => {
    const { message } = refuses(() => new StaticRing([{ key: KEY }, { key: KEY }]), "usage.invalid")
    assert.ok(!message.includes(Buffer.from(KEY).toString("hex").slice(0, 16)))
  })

  it("refuses any two of the 32 keys that share one id, of which a commitment tells the one that is meant", () => {
    const keys = sameId(KEY)
    assert.equal(new Set(keys.map((key) => keyIdOf(key))).size, 1)
    const commitments = keys.map((key): Hex => toHex(keyCommitment(new Secret(key))))
    assert.equal(new Set(commitments).size, 32)
    for (const [i, key] of keys.entries()) {
      for (const other of keys.slice(0, i)) refuses(() => new StaticRing([{ key }, { key: other }]), "usage.invalid")
      for (const [j, commitment] of commitments.entries()) {
        if (i === j) assert.ok(new StaticRing([{ key, commitment }]))
        else refuses(() => new StaticRing([{ key, commitment }]), "usage.invalid")
      }
    }
  })

  it("commits to a key as its documentation says", () => {
    assert.equal(toHex(keyCommitment(new Secret(KEY))), `0x${sha256("wek1 commit", KEY).toString("hex")}`)
  })
})

describe("keys: the authenticator of static keys", () => {
  const profile = parseProfile({})
  const place = { kind: KIND.call, uri: "com.example.pump" }
  const dataKey = new StaticRing([{ key: KEY }]).own
  const covered = {
    nonce: new Uint8Array(24).fill(1),
    headerBytes: new Uint8Array(20).fill(2),
    restHash: new Uint8Array(32).fill(3),
  }
  const made = (changes: { place?: object; profile?: object; covered?: object; key?: typeof dataKey }): string =>
    toHex(
      staticAuthenticator(
        changes.key ?? dataKey,
        { ...profile, ...changes.profile },
        { ...place, ...changes.place },
        { ...covered, ...changes.covered },
      ),
    )

  it("is what its documentation says", () => {
    const keyId = Buffer.from(dataKey.keyId.slice(2), "hex")
    const context = encodeCbor([["wamp", "cbor", "xsalsa20poly1305", false, null], 2, "com.example.pump", keyId])
    const parts = [sha256(context), covered.nonce, sha256(covered.headerBytes), covered.restHash]
    const mac = createHmac("sha256", KEY).update("wek1 kc")
    for (const part of parts) mac.update(part)
    assert.equal(made({}), `0x${mac.digest("hex")}`)
  })

  it("is another for every key, place, profile and content", () => {
    const compression = parseProfile({ compression: "deflate" }).compression
    const changes = [
      {},
      ...[KIND.event, KIND.result, KIND.error].map((kind) => ({ place: { kind } })),
      { place: { uri: "com.example.pumps" } },
      { profile: parseProfile({ cipher: "aes256gcm" }) },
      { profile: parseProfile({ serializer: "msgpack" }) },
      { profile: parseProfile({ padding: true }) },
      { profile: { compression } },
      { covered: { nonce: new Uint8Array(24).fill(9) } },
      { covered: { headerBytes: new Uint8Array(20).fill(9) } },
      { covered: { headerBytes: new Uint8Array(21).fill(2) } },
      { covered: { restHash: new Uint8Array(32).fill(9) } },
      ...sameId(KEY)
        .filter((key) => Buffer.compare(key, KEY) !== 0)
        .map((key) => ({ key: new StaticRing([{ key }]).own })),
    ]
    assert.equal(new Set(changes.map(made)).size, changes.length)
  })

  it("tells any two keys apart, whatever their ids", () => {
    fc.assert(
      fc.property(bytesOfLength(32), fc.nat(255), (key, bit) => {
        fc.pre(key.some((byte) => byte > 1))
        const [one, other] = [key, flipped(key, bit)].map((bytes) => new StaticRing([{ key: bytes }]).own)
        assert.notEqual(made({ key: one! }), made({ key: other! }))
      }),
      { numRuns: 50 },
    )
  })
}).timeout(20_000)
