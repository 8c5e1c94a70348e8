import { strict as assert } from "node:assert"
import * as fc from "fast-check"
import type { ErrorCode } from "../../src/core/errors.ts"
import { decodeCbor, encodeCbor } from "../../src/payload/cbor.ts"
import { LIMITS } from "../../src/payload/limits.ts"
import { onlyRefuses, refuses } from "../arbitrary.ts"

const hex = (text: string): Uint8Array => Uint8Array.from(Buffer.from(text.replaceAll(" ", ""), "hex"))
const nested = (depth: number, open: string, inner: string): string => open.repeat(depth) + inner

/** What survives: no undefined, no -0, no keys that reach a prototype. */
const aValue = fc.letrec<{ value: unknown }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 5 },
    fc.string({ unit: "binary" }),
    fc.integer(),
    fc.boolean(),
    fc.constant(null),
    fc.double({ noNaN: true, noInteger: true, noDefaultInfinity: true }),
    fc.bigInt({ min: BigInt(Number.MAX_SAFE_INTEGER) + 1n, max: (1n << 64n) - 1n }),
    fc.uint8Array({ maxLength: 40 }),
    fc.array(tie("value"), { maxLength: 5 }),
    fc.dictionary(
      fc.string({ unit: "binary" }).filter((key) => !["__proto__", "constructor", "prototype"].includes(key)),
      tie("value"),
      { maxKeys: 5, noNullPrototype: true },
    ),
  ),
})).value

describe("payload: CBOR", () => {
  it("gives back what it wrote, integers of 64 bits included", () => {
    fc.assert(
      fc.property(aValue, (value) => assert.deepEqual(decodeCbor(encodeCbor(value)), value)),
      { numRuns: 300 },
    )
    for (const value of [2n ** 64n - 1n, -(2n ** 64n), 2n ** 53n]) assert.equal(decodeCbor(encodeCbor(value)), value)
  })

  it("writes known bytes", () => {
    assert.equal(
      Buffer.from(encodeCbor({ b: [1, -1, null, undefined], a: "é" })).toString("hex"),
      "a261628401 20f6f6 616162c3a9".replaceAll(" ", ""),
    )
    assert.equal(Buffer.from(encodeCbor({ gone: undefined })).toString("hex"), "a0")
  })

  const bombs: readonly [string, Uint8Array, ErrorCode][] = [
    ["nothing", hex(""), "payload.decode_failed"],
    ["bytes behind the item", hex("00 00"), "payload.decode_failed"],
    ["a cut list", hex("82 01"), "payload.decode_failed"],
    ["a cut text", hex("63 61 62"), "payload.decode_failed"],
    ["a list deeper than 64", hex(nested(LIMITS.depth + 1, "81", "00")), "payload.too_large"],
    ["a map deeper than 64", hex(nested(LIMITS.depth + 1, "a1 61 61", "00")), "payload.too_large"],
    ["100,000 opened lists", hex(nested(100_000, "81", "")), "payload.too_large"],
    ["a list of 65,537 items", Uint8Array.from([0x9a, 0, 1, 0, 1, ...new Uint8Array(65_537)]), "payload.too_large"],
    ["a list that claims 2^32 items", hex("9a ff ff ff ff"), "payload.too_large"],
    ["a list that claims 2^53 items", hex("9b 00 1f ff ff ff ff ff ff"), "payload.too_large"],
    ["a map that claims 40,000 entries", hex("b9 9c 40"), "payload.too_large"],
    [
      "lists that together have too many items",
      hex(`84${`99 40 01 ${"00".repeat(0x4001)}`.repeat(4)}`),
      "payload.too_large",
    ],
    ["more than 1 MiB", new Uint8Array(LIMITS.bytes + 1), "payload.too_large"],
    ["a byte string that claims 1 GiB", hex("5a 40 00 00 00"), "payload.decode_failed"],
    ["a key twice", hex("a2 61 61 00 61 61 01"), "payload.decode_failed"],
    ["a tag", hex("c1 00"), "payload.decode_failed"],
    ["a bignum tag", hex("c2 41 01"), "payload.decode_failed"],
    ["a shared reference tag", hex("d8 1c 81 d8 1d 00"), "payload.decode_failed"],
    [
      "the key __proto__",
      hex(`a1 69 ${Buffer.from("__proto__").toString("hex")} a1 61 61 01`),
      "payload.decode_failed",
    ],
    [
      "the key constructor, deep inside",
      hex(`81 a1 61 61 a1 6b ${Buffer.from("constructor").toString("hex")} 00`),
      "payload.decode_failed",
    ],
    ["the key prototype", hex(`a1 69 ${Buffer.from("prototype").toString("hex")} 00`), "payload.decode_failed"],
    ["a key that is a number", hex("a1 01 00"), "payload.decode_failed"],
    ["a text with invalid UTF-8", hex("62 c3 28"), "payload.decode_failed"],
    ["a text with half a surrogate pair", hex("63 ed a0 80"), "payload.decode_failed"],
    ["a key with invalid UTF-8", hex("a1 61 ff 00"), "payload.decode_failed"],
    ["a list of indefinite length", hex("9f 01 ff"), "payload.decode_failed"],
    ["a map of indefinite length", hex("bf 61 61 01 ff"), "payload.decode_failed"],
    ["a text of indefinite length", hex("7f 61 61 ff"), "payload.decode_failed"],
    ["bytes of indefinite length", hex("5f 41 00 ff"), "payload.decode_failed"],
    ["a break alone", hex("ff"), "payload.decode_failed"],
    ["undefined", hex("f7"), "payload.decode_failed"],
    ["an integer that is not shortest", hex("18 00"), "payload.decode_failed"],
    ["a length that is not shortest", hex("78 01 61"), "payload.decode_failed"],
    ["a reserved first byte", hex("1c"), "payload.decode_failed"],
    ["a simple value", hex("e0"), "payload.decode_failed"],
  ]
  for (const [name, bytes, code] of bombs) {
    it(`refuses ${name}`, () => {
      refuses(() => decodeCbor(bytes), code)
    })
  }

  it("takes what is just within the limits", () => {
    decodeCbor(hex(nested(LIMITS.depth, "81", "00")))
    assert.equal(
      (decodeCbor(Uint8Array.from([0x9a, 0, 1, 0, 0, ...new Uint8Array(65_536)])) as unknown[]).length,
      65_536,
    )
  })

  it("refuses to write what CBOR lacks", () => {
    const cycle: unknown[] = []
    cycle.push(cycle)
    const bad = [
      () => 0,
      Symbol("s"),
      cycle,
      { a: [Symbol("s")] },
      2n ** 64n,
      -(2n ** 64n) - 1n,
      { constructor: 1 },
      JSON.parse('{"__proto__": 1}'),
    ]
    for (const value of bad as unknown[]) refuses(() => encodeCbor(value), "payload.encode_failed")
    refuses(() => encodeCbor(new Uint8Array(LIMITS.bytes)), "payload.too_large")
  })

  it("gives nothing but coded errors for random bytes, and reads nothing it would write otherwise", () => {
    const family = /^payload\.(decode_failed|too_large)$/
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 60 }), (bytes) => onlyRefuses(() => decodeCbor(bytes), family)),
      { numRuns: 5_000 },
    )
    fc.assert(
      fc.property(aValue, fc.nat(), fc.nat(255), (value, at, byte) => {
        const bytes = encodeCbor(value)
        bytes[at % bytes.length] = byte
        onlyRefuses(() => decodeCbor(bytes), family)
      }),
      { numRuns: 2_000 },
    )
  })
}).timeout(60_000)
