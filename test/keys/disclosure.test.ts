import { strict as assert } from "node:assert"
import { createHash, createHmac, createPrivateKey, createPublicKey, sign, verify } from "node:crypto"
import { encode } from "cborg"
import * as fc from "fast-check"
import { toHex } from "../../src/core/bytes.ts"
import { ed25519PublicKey } from "../../src/core/ed25519.ts"
import {
  DISCLOSED_BYTES,
  DisclosedKeys,
  disclosesKeyOf,
  earlierSeed,
  encodeDisclosure,
  parseDisclosure,
  signingKey,
  verifyDisclosed,
  type EpochPlace,
} from "../../src/keys/disclosure.ts"
import { encodeCbor } from "../../src/payload/cbor.ts"
import { bitsOf, flipped, onlyRefuses, refuses } from "../arbitrary.ts"
import { party } from "../trust/chains.ts"

const EPOCHS = 10
const seed = new Uint8Array(32).fill(5)
const keys = new DisclosedKeys(seed, EPOCHS)
const announcement = new Uint8Array(32).fill(3)
const place = (epoch: number): EpochPlace => ({ announcement, epoch })
const covered = new Uint8Array(100).fill(8)
const alice = party("alice")
const authenticator = keys.sign(place(4), covered, alice.csKey)

describe("keys: disclosed signing keys", () => {
  it("come from a chain of seeds, of which one gives all earlier ones and none later", () => {
    const seeds = Array.from({ length: EPOCHS }, (_, epoch) => keys.seed(epoch))
    assert.equal(toHex(seeds.at(-1)!), toHex(seed))
    for (let epoch = 1; epoch < EPOCHS; epoch++) {
      assert.equal(toHex(earlierSeed(seeds[epoch]!)), toHex(seeds[epoch - 1]!))
      const hash = createHash("sha256").update("wek1 seed").update(seeds[epoch]!).digest()
      assert.equal(toHex(hash), toHex(seeds[epoch - 1]!))
    }
    assert.equal(new Set(seeds.map(toHex)).size, EPOCHS)
    const secrets = seeds.map((one) => toHex(signingKey(one).expose()))
    assert.equal(new Set([...secrets, ...seeds.map(toHex)]).size, 2 * EPOCHS)
    const expected = createHmac("sha256", seeds[4]!).update("wek1 dsig seed").update(Uint8Array.of(1)).digest()
    assert.equal(secrets[4], toHex(expected))
  })

  it("are of the epochs of their generation alone", () => {
    for (const epoch of [-1, EPOCHS, EPOCHS + 1]) refuses(() => keys.seed(epoch), "keys.epoch")
    refuses(() => keys.sign(place(EPOCHS), covered, alice.csKey), "keys.epoch")
  })

  it("sign what their writer and nobody else signed", () => {
    assert.equal(authenticator.length, DISCLOSED_BYTES)
    assert.ok(verifyDisclosed(authenticator, place(4), covered, alice.csPubKey))
    assert.ok(!verifyDisclosed(authenticator, place(4), covered, party("bob").csPubKey))
    assert.ok(!verifyDisclosed(authenticator, place(5), covered, alice.csPubKey))
    assert.ok(!verifyDisclosed(authenticator, { ...place(4), announcement: seed }, covered, alice.csPubKey))
    assert.ok(!verifyDisclosed(authenticator, place(4), flipped(covered, 9), alice.csPubKey))
    const bobs = keys.sign(place(4), covered, party("bob").csKey)
    assert.ok(!verifyDisclosed(bobs, place(4), covered, alice.csPubKey))
    for (const bit of bitsOf(authenticator))
      assert.ok(!verifyDisclosed(flipped(authenticator, bit), place(4), covered, alice.csPubKey))
    for (const length of [0, 64, DISCLOSED_BYTES - 1])
      assert.ok(!verifyDisclosed(authenticator.subarray(0, length), place(4), covered, alice.csPubKey))
    assert.ok(!verifyDisclosed(Uint8Array.from([...authenticator, 0]), place(4), covered, alice.csPubKey))
  })

  it("name themselves by their writer's own signature, as another library checks it", () => {
    const publicKey = (raw: Uint8Array) =>
      createPublicKey({ key: { kty: "OKP", crv: "Ed25519", x: Buffer.from(raw).toString("base64url") }, format: "jwk" })
    const [epochKey, naming, signature] = [
      authenticator.subarray(0, 32),
      authenticator.subarray(32, 96),
      authenticator.subarray(96),
    ]
    const named = createHash("sha256")
      .update(encode([announcement, 4, epochKey]))
      .digest()
    const writer = publicKey(Buffer.from(alice.csPubKey.slice(2), "hex"))
    assert.ok(verify(null, Buffer.concat([Buffer.from("wek1 dsig key\0"), named]), writer, naming))
    assert.ok(verify(null, Buffer.concat([Buffer.from("wek1 dsig\0"), covered]), publicKey(epochKey), signature))
  })

  it("cannot be exchanged for a key that the writer did not name", () => {
    // Somebody's own key in a message that is rightly signed with it, beside the writer's naming of another.
    const own = new DisclosedKeys(new Uint8Array(32).fill(6), EPOCHS).sign(place(4), covered, party("mallory").csKey)
    const spliced = Uint8Array.from(own)
    spliced.set(authenticator.subarray(32, 96), 32)
    assert.ok(!verifyDisclosed(spliced, place(4), covered, alice.csPubKey))
    // The writer's naming of another epoch's key.
    const five = keys.sign(place(5), covered, alice.csKey)
    assert.ok(!verifyDisclosed(five, place(4), covered, alice.csPubKey))
  })

  it("once told, let anybody make what the writer could have made", () => {
    const told = keys.seed(4)
    assert.ok(disclosesKeyOf(told, authenticator))
    assert.ok(!disclosesKeyOf(keys.seed(5), authenticator))
    assert.ok(disclosesKeyOf(earlierSeed(keys.seed(5)), authenticator))
    // Another message, made with what was told and one message that was seen, by another library.
    const der = Buffer.concat([Buffer.from("302e020100300506032b657004220420", "hex"), signingKey(told).expose()])
    const key = createPrivateKey({ key: der, format: "der", type: "pkcs8" })
    const other = new Uint8Array(100).fill(9)
    const signature = sign(null, Buffer.concat([Buffer.from("wek1 dsig\0"), other]), key)
    const forged = Uint8Array.from([...authenticator.subarray(0, 96), ...signature])
    assert.ok(verifyDisclosed(forged, place(4), other, alice.csPubKey))
    assert.equal(ed25519PublicKey(signingKey(told)), toHex(authenticator.subarray(0, 32)))
  })

  it("are gone when they are wiped: what they sign then is nobody's", () => {
    const gone = new DisclosedKeys(seed, EPOCHS)
    gone.wipe()
    assert.notEqual(toHex(gone.seed(4)), toHex(keys.seed(4)))
  })
})

describe("keys: disclosure", () => {
  const disclosure = {
    scope: new Uint8Array(32).fill(1),
    announcement,
    epoch: 4,
    writer: alice.csPubKey,
    seed: keys.seed(4),
  }

  it("comes out as it was made", () => {
    assert.deepEqual(parseDisclosure(encodeDisclosure(disclosure)), disclosure)
  })

  it("is refused when it is none", () => {
    const fields: readonly (number | string | Uint8Array)[] = [
      1,
      disclosure.scope,
      announcement,
      4,
      new Uint8Array(32),
      disclosure.seed,
    ]
    const bad: readonly [number, number | string | Uint8Array][] = [
      [0, 2],
      [1, new Uint8Array(31)],
      [2, "announcement"],
      [3, -1],
      [4, new Uint8Array(33)],
      [5, new Uint8Array(31)],
    ]
    for (const [index, value] of bad)
      refuses(() => parseDisclosure(encodeCbor(fields.with(index, value))), "keys.grant_malformed")
    refuses(() => parseDisclosure(encodeCbor(fields.slice(1))), "keys.grant_malformed")
    fc.assert(
      fc.property(fc.uint8Array(), (bytes) => onlyRefuses(() => parseDisclosure(bytes), /^keys\.grant_malformed$/)),
    )
  })
})
