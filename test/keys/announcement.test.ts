import { strict as assert } from "node:assert"
import { createHash, createPublicKey, verify } from "node:crypto"
import { sha256 } from "@noble/hashes/sha2.js"
import { decode, encode } from "cborg"
import * as fc from "fast-check"
import { toHex } from "../../src/core/bytes.ts"
import { signLabelled } from "../../src/core/ed25519.ts"
import { makeAnnouncement, parseAnnouncement, standingOf, type Announcement } from "../../src/keys/announcement.ts"
import { encodeCbor } from "../../src/payload/cbor.ts"
import { ownKeyPackage } from "../../src/session/context.ts"
import { bitsOf, flipped, onlyRefuses, refuses } from "../arbitrary.ts"
import { NOW, party, type Party } from "../trust/chains.ts"
import { announcementOf, contextOf } from "./parties.ts"

const announcement = announcementOf("agent", { tree: new Uint8Array(32).fill(7), previous: new Uint8Array(32).fill(8) })
const REFUSED = /^keys\.(announcement|package_(malformed|signature))$|^certificate\./

/** With fields exchanged, and signed again. */
function signed(changes: Readonly<Record<number, unknown>>, by: Party = party("agent"), count = 9): Uint8Array {
  const fields = (decode(announcement.bytes) as unknown[]).slice(0, 9)
  for (const [index, value] of Object.entries(changes)) fields[Number(index)] = value
  const cut = fields.slice(0, count)
  return encodeCbor([...cut, signLabelled("wek1 ann", sha256(encodeCbor(cut)), by.csKey)])
}

describe("keys: announcement", () => {
  it("comes out as it was made", () => {
    for (const one of [announcement, announcementOf("agent")]) {
      const { bytes, hash, agent, ...content } = parseAnnouncement(one.bytes)
      assert.deepEqual(content, {
        scope: one.scope,
        policy: one.policy,
        generation: NOW,
        t0: NOW,
        commitment: one.commitment,
        tree: one.tree,
        previous: one.previous,
      })
      assert.deepEqual([toHex(bytes), toHex(hash)], [toHex(one.bytes), toHex(one.hash)])
      assert.equal(agent.cs, party("agent").csPubKey)
    }
  })

  it("is hashed and signed as keys.md says, by another library", () => {
    const fields = decode(announcement.bytes) as unknown[]
    assert.equal(fields.length, 10)
    const hash = createHash("sha256").update("wek1 ann").update(announcement.bytes).digest()
    assert.equal(toHex(announcement.hash), toHex(hash))
    const covered = createHash("sha256")
      .update(encode(fields.slice(0, 9)))
      .digest()
    const x = Buffer.from(party("agent").csPubKey.slice(2), "hex").toString("base64url")
    const key = createPublicKey({ key: { kty: "OKP", crv: "Ed25519", x }, format: "jwk" })
    const message = Buffer.concat([Buffer.from("wek1 ann\0"), covered])
    assert.ok(verify(null, message, key, fields[9] as Uint8Array))
  })

  it("is refused with any bit changed, and in parts", () => {
    const { bytes } = announcement
    for (const bit of bitsOf(bytes))
      onlyRefuses(() => assert.fail(`bit ${bit}: ${parseAnnouncement(flipped(bytes, bit)).generation}`), REFUSED)
    for (let end = 0; end < bytes.length; end++)
      refuses(() => parseAnnouncement(bytes.subarray(0, end)), "keys.announcement")
  }).timeout(60_000)

  const bad: readonly [string, number, unknown][] = [
    ["version", 0, 2],
    ["scope", 1, new Uint8Array(31)],
    ["policy", 2, "policy"],
    ["generation", 3, -1],
    ["generation beyond 2^53", 3, 2n ** 53n],
    ["t0", 4, 0.5],
    ["commitment", 5, new Uint8Array(33)],
    ["tree", 6, new Uint8Array(16)],
    ["previous", 7, 7],
    ["key package as text", 8, "package"],
  ]
  for (const [name, index, value] of bad) {
    it(`is refused with a wrong ${name}, rightly signed`, () => {
      refuses(() => parseAnnouncement(signed({ [index]: value })), "keys.announcement")
    })
  }

  it("is refused with fewer or more fields, rightly signed", () => {
    assert.ok(parseAnnouncement(signed({})))
    refuses(() => parseAnnouncement(signed({}, party("agent"), 8)), "keys.announcement")
    refuses(() => parseAnnouncement(signed({ 9: null }, party("agent"), 10)), "keys.announcement")
  })

  it("is refused when another signed it, or another's package stands in it", () => {
    refuses(() => parseAnnouncement(signed({}, party("thief"))), "keys.announcement")
    refuses(() => parseAnnouncement(signed({ 8: ownKeyPackage(contextOf("thief")) })), "keys.announcement")
    assert.equal(
      parseAnnouncement(signed({ 8: ownKeyPackage(contextOf("thief")) }, party("thief"))).agent.cs,
      party("thief").csPubKey,
    )
    const content = { ...announcement }
    refuses(
      () => makeAnnouncement(content, ownKeyPackage(contextOf("agent")), party("thief").csKey),
      "keys.announcement",
    )
  })

  it("is refused when what was signed is another kind of message", () => {
    const fields = (decode(announcement.bytes) as unknown[]).slice(0, 9)
    const signature = signLabelled("wek1 tick", sha256(encodeCbor(fields)), party("agent").csKey)
    refuses(() => parseAnnouncement(encodeCbor([...fields, signature])), "keys.announcement")
  })

  it("gives nothing but errors of its own for random bytes", () => {
    const value = fc.oneof(fc.uint8Array({ maxLength: 64 }), fc.integer(), fc.constant(null))
    const list = fc.array(value, { minLength: 10, maxLength: 10 }).map((fields) => encodeCbor(fields.with(0, 1)))
    fc.assert(
      fc.property(fc.oneof(fc.uint8Array(), list), (bytes) => onlyRefuses(() => parseAnnouncement(bytes), REFUSED)),
      { numRuns: 2_000 },
    )
  })

  describe("stands to another", () => {
    const of = (name: string, generation: number, t0 = NOW): Announcement => announcementOf(name, { generation, t0 })

    it("as the same by its hash, else by its generation", () => {
      const known = of("agent", 5)
      assert.equal(standingOf(known, parseAnnouncement(known.bytes)), "same")
      assert.equal(standingOf(known, of("agent", 6)), "newer")
      assert.equal(standingOf(known, of("other", 6)), "newer")
      assert.equal(standingOf(known, of("agent", 4)), "older")
      assert.equal(standingOf(known, of("other", 4)), "older")
    })

    it("as forked where one agent announced one generation twice", () => {
      const [one, other] = [of("agent", 5, NOW), of("agent", 5, NOW + 1)]
      assert.equal(standingOf(one, other), "forked")
      assert.equal(standingOf(other, one), "forked")
    })

    it("so that all who see both of two agents of one generation take the same", () => {
      const [one, other] = [of("agent", 5), of("other", 5)]
      assert.deepEqual(new Set([standingOf(one, other), standingOf(other, one)]), new Set(["newer", "older"]))
    })

    it("in an order: whatever is seen in whatever order, one stays in force", () => {
      const all = ["a", "b", "c"].flatMap((name) => [1, 2, 3].map((generation) => of(name, generation)))
      const winner = all
        .filter(({ generation }) => generation === 3)
        .reduce((best, one) => (toHex(one.hash) > toHex(best.hash) ? one : best))
      fc.assert(
        fc.property(fc.shuffledSubarray(all, { minLength: all.length }), (order) => {
          let held = order[0]!
          for (const one of order) if (standingOf(held, one) === "newer") held = one
          assert.equal(held, winner)
        }),
      )
    })
  })
})
