import { strict as assert } from "node:assert"
import * as fc from "fast-check"
import { concatBytes, toHex, utf8ToBytes } from "../../src/core/bytes.ts"
import { encodeCbor } from "../../src/payload/cbor.ts"
import { decodeInBand, encodeInBand } from "../../src/payload/in-band.ts"
import { refuses } from "../arbitrary.ts"
import { named } from "../trust/chains.ts"

const attributes = {
  ppt_scheme: "wamp",
  ppt_serializer: "cbor",
  ppt_cipher: "xsalsa20poly1305",
  ppt_keyid: named("key"),
}
const payload = Uint8Array.of(1, 2, 3)
const frameOf = (header: Uint8Array, magic = "WE2E", version = 1): Uint8Array =>
  concatBytes(utf8ToBytes(magic), Uint8Array.of(version, header.length), header, payload)
const id = new Uint8Array(20)

describe("payload: in-band attributes", () => {
  it("travel in front of the box, byte for byte as documented", () => {
    const bytes = encodeInBand({ attributes, payload })
    const header = `8464${"77616d70"}64${"63626f72"}70${Buffer.from("xsalsa20poly1305").toString("hex")}54${attributes.ppt_keyid.slice(2).toLowerCase()}`
    assert.equal(
      toHex(bytes),
      `0x${Buffer.from("WE2E").toString("hex")}01${(header.length / 2).toString(16)}${header}010203`,
    )
    assert.deepEqual(decodeInBand(bytes), { attributes, payload })
  })

  it("are none where the bytes do not begin with their mark", () => {
    for (const bytes of [new Uint8Array(), payload, utf8ToBytes("WE2F"), utf8ToBytes("we2e")])
      assert.equal(decodeInBand(bytes), undefined)
  })

  const broken: readonly [string, Uint8Array][] = [
    ["another version", frameOf(encodeCbor(["wamp", "cbor", "c", id]), "WE2E", 2)],
    ["a header that is cut short", utf8ToBytes("WE2E\u0001\u0040wamp")],
    ["nothing behind the mark", utf8ToBytes("WE2E")],
    ["a header that is no CBOR", frameOf(Uint8Array.of(0xff, 0xff))],
    ["three fields", frameOf(encodeCbor(["wamp", "cbor", id]))],
    ["a key id of 19 bytes", frameOf(encodeCbor(["wamp", "cbor", "c", new Uint8Array(19)]))],
    ["a key id that is text", frameOf(encodeCbor(["wamp", "cbor", "c", named("key")]))],
  ]
  for (const [name, bytes] of broken)
    it(`are empty, and so refused, with ${name}`, () => {
      assert.deepEqual(decodeInBand(bytes)?.attributes, {})
    })

  it("are not written without a key id, or too long", () => {
    refuses(() => encodeInBand({ attributes: { ...attributes, ppt_keyid: "0x12" }, payload }), "payload.encode_failed")
    refuses(() => encodeInBand({ attributes: { ...attributes, ppt_keyid: 5 }, payload }), "payload.encode_failed")
    const long = { ...attributes, ppt_serializer: "s".repeat(250) }
    refuses(() => encodeInBand({ attributes: long, payload }), "payload.encode_failed")
  })

  it("never throw, whatever comes", () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 90 }), (bytes) => {
        decodeInBand(bytes)
        decodeInBand(concatBytes(utf8ToBytes("WE2E\u0001"), bytes))
      }),
      { numRuns: 5_000 },
    )
  })
})
