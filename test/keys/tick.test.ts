import { strict as assert } from "node:assert"
import { createHash, createPublicKey, verify } from "node:crypto"
import { sha256 } from "@noble/hashes/sha2.js"
import { decode, encode } from "cborg"
import * as fc from "fast-check"
import { toHex } from "../../src/core/bytes.ts"
import { signLabelled } from "../../src/core/ed25519.ts"
import { contradicts, makeTick, parseTick, type Tick } from "../../src/keys/tick.ts"
import { encodeCbor } from "../../src/payload/cbor.ts"
import { flipped, onlyRefuses, refuses } from "../arbitrary.ts"
import { NOW, party, type Party } from "../trust/chains.ts"
import { announcementOf } from "./parties.ts"

const announcement = announcementOf("agent")
const content = {
  epoch: 7,
  commitments: { call: new Uint8Array(32).fill(1), event: new Uint8Array(32).fill(2) },
  time: NOW + 420_000,
}
const tick = makeTick(announcement, content, party("agent").csKey)

function signed(
  changes: Readonly<Record<number, unknown>>,
  by: Party = party("agent"),
  label = "wek1 tick",
): Uint8Array {
  const fields = (decode(tick.bytes) as unknown[]).slice(0, -1)
  for (const [index, value] of Object.entries(changes)) fields[Number(index)] = value
  return encodeCbor([...fields, signLabelled(label, sha256(encodeCbor(fields)), by.csKey)])
}

describe("keys: tick", () => {
  it("comes out as it was made", () => {
    assert.deepEqual(parseTick(tick.bytes, announcement), { ...content, bytes: tick.bytes })
    assert.deepEqual(tick, { ...content, bytes: tick.bytes })
  })

  it("is on the wire what its description says, signed so that another library finds it right", () => {
    const fields = decode(tick.bytes) as unknown[]
    const { scope, hash } = announcement
    assert.deepEqual(fields.slice(0, -1), [
      1,
      scope,
      NOW,
      7,
      hash,
      [content.commitments.call, content.commitments.event],
      NOW + 420_000,
    ])
    const covered = createHash("sha256")
      .update(encode(fields.slice(0, -1)))
      .digest()
    const x = Buffer.from(party("agent").csPubKey.slice(2), "hex").toString("base64url")
    const key = createPublicKey({ key: { kty: "OKP", crv: "Ed25519", x }, format: "jwk" })
    assert.ok(verify(null, Buffer.concat([Buffer.from("wek1 tick\0"), covered]), key, fields.at(-1) as Uint8Array))
  })

  it("is refused with any bit changed, and in parts", () => {
    for (let bit = 0; bit < tick.bytes.length * 8; bit++)
      refuses(() => parseTick(flipped(tick.bytes, bit), announcement), "keys.tick")
    for (let end = 0; end < tick.bytes.length; end++)
      refuses(() => parseTick(tick.bytes.subarray(0, end), announcement), "keys.tick")
  }).timeout(20_000)

  it("is refused for another scope, generation or announcement", () => {
    const others = [
      announcementOf("agent", { scope: new Uint8Array(32) }),
      announcementOf("agent", { generation: NOW + 1 }),
      announcementOf("agent", { t0: NOW + 1 }),
      announcementOf("other"),
    ]
    for (const other of others) refuses(() => parseTick(tick.bytes, other), "keys.tick")
  })

  const bad: readonly [string, number, unknown][] = [
    ["version", 0, 0],
    ["scope", 1, new Uint8Array(32)],
    ["generation", 2, NOW + 1],
    ["epoch", 3, -1],
    ["announcement", 4, new Uint8Array(32)],
    ["number of commitments", 5, [new Uint8Array(32)]],
    ["third commitment", 5, [new Uint8Array(32), new Uint8Array(32), new Uint8Array(32)]],
    ["length of a commitment", 5, [new Uint8Array(32), new Uint8Array(31)]],
    ["commitment as text", 5, ["call", "event"]],
    ["time", 6, 1.5],
  ]
  for (const [name, index, value] of bad) {
    it(`is refused with a wrong ${name}, rightly signed`, () => {
      refuses(() => parseTick(signed({ [index]: value }), announcement), "keys.tick")
    })
  }

  it("is refused when another signed it, or as another kind of message", () => {
    assert.ok(parseTick(signed({}), announcement))
    refuses(() => parseTick(signed({}, party("other")), announcement), "keys.tick")
    refuses(() => parseTick(signed({}, party("agent"), "wek1 ann"), announcement), "keys.tick")
  })

  it("contradicts another of its epoch that commits to other secrets, and no other", () => {
    const other = (changes: Partial<Omit<Tick, "bytes">>): Tick =>
      makeTick(announcement, { ...content, ...changes }, party("agent").csKey)
    const { call, event } = content.commitments
    assert.equal(contradicts(tick, tick), false)
    assert.equal(contradicts(tick, other({ time: NOW })), false)
    assert.equal(contradicts(tick, other({ commitments: { call: event, event } })), true)
    assert.equal(contradicts(tick, other({ commitments: { call, event: call } })), true)
    assert.equal(contradicts(tick, other({ epoch: 8, commitments: { call: event, event: call } })), false)
  })

  it("gives nothing but errors of its own for random bytes", () => {
    const value = fc.oneof(fc.uint8Array({ maxLength: 64 }), fc.integer(), fc.constant(null))
    const list = fc.array(value, { minLength: 8, maxLength: 8 }).map((fields) => encodeCbor(fields.with(0, 1)))
    fc.assert(
      fc.property(fc.oneof(fc.uint8Array(), list), (bytes) =>
        onlyRefuses(() => parseTick(bytes, announcement), /^keys\.tick$/),
      ),
      { numRuns: 2_000 },
    )
    assert.equal(toHex(tick.bytes), toHex(signed({})))
  })
})
