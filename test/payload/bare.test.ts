import { strict as assert } from "node:assert"
import * as fc from "fast-check"
import { CborSerializer } from "wampy/CborSerializer.js"
import { decodeBare, encodeBare } from "../../src/payload/bare.ts"
import { decodeCbor, decodeLooseCbor } from "../../src/payload/cbor.ts"
import { deflate } from "../../src/payload/deflate.ts"
import { encodeFrame, FLAG } from "../../src/payload/frame.ts"
import { LIMITS } from "../../src/payload/limits.ts"
import { SERIALIZERS, type SerializerName } from "../../src/payload/serializer.ts"
import { onlyRefuses, refuses } from "../arbitrary.ts"

const { cbor } = SERIALIZERS
const hex = (text: string): Uint8Array => Uint8Array.from(Buffer.from(text.replaceAll(" ", ""), "hex"))
const [ARGS, KWARGS, E2E] = ["6461726773", "666b7761726773", "63653265"]
const REFUSED = /^payload\.(decode_failed|too_large)$/

describe("payload: payloads without a frame", () => {
  it("are exactly the map of the specification", () => {
    const bytes = encodeBare(cbor, [1, "x"], { unit: "bar" })
    assert.equal(Buffer.from(bytes).toString("hex"), `a2${ARGS}82016178${KWARGS}a164756e697463626172`)
  })

  for (const name of Object.keys(SERIALIZERS) as SerializerName[]) {
    it(`come back in ${name}`, () => {
      const serializer = SERIALIZERS[name]
      const args = ["text", 2 ** 40, 2n ** 63n, null, Uint8Array.of(0, 255), [{ deep: -1.5 }]]
      for (const kwargs of [{}, { unit: "bar" }])
        assert.deepEqual(decodeBare(serializer, encodeBare(serializer, args, kwargs)), { args, kwargs })
      assert.deepEqual(decodeBare(serializer, encodeBare(serializer, [], {})), { args: [], kwargs: {} })
    })
  }

  const read: readonly [string, string, unknown][] = [
    ["args alone", `a1 ${ARGS} 8101`, { args: [1], kwargs: {} }],
    ["kwargs alone", `a1 ${KWARGS} a1616101`, { args: [], kwargs: { a: 1 } }],
    ["kwargs first", `a2 ${KWARGS} a0 ${ARGS} 8101`, { args: [1], kwargs: {} }],
    ["neither", "a0", { args: [], kwargs: {} }],
    ["null for what is absent", `a2 ${ARGS} f6 ${KWARGS} f6`, { args: [], kwargs: {} }],
    ["undefined for what is absent", `a2 ${ARGS} 8101 ${KWARGS} f7`, { args: [1], kwargs: {} }],
    ["lengths of two bytes", `b90002 ${ARGS} 990001 01 ${KWARGS} b90000`, { args: [1], kwargs: {} }],
    ["maps and lists without a length", `bf ${ARGS} 9f01ff ${KWARGS} bfff ff`, { args: [1], kwargs: {} }],
    ["integers that are not shortest", `a1 ${ARGS} 811a00000001`, { args: [1], kwargs: {} }],
    ["byte strings with tag 64", `a1 ${ARGS} 81d84042 0102`, { args: [Uint8Array.of(1, 2)], kwargs: {} }],
  ]
  for (const [what, bytes, expected] of read) {
    it(`are read with ${what}`, () => {
      assert.deepEqual(decodeBare(cbor, hex(bytes)), expected)
    })
  }

  it("are read as wampy's own serialiser writes them, which the profile of frames does not take", () => {
    const args = ["text", 1, 2 ** 40, -1.5, null, true, { nested: [Uint8Array.of(1, 2)] }]
    const bytes = new CborSerializer().encode({ args, kwargs: undefined }) as Uint8Array
    assert.deepEqual(decodeBare(cbor, bytes), { args, kwargs: {} })
    refuses(() => decodeCbor(bytes), "payload.decode_failed")
  })

  const refused: readonly [string, string][] = [
    ["nothing", ""],
    ["a list", "8101"],
    ["a text", "6161"],
    ["other keys", `a2 ${ARGS} 80 6161 01`],
    ["a key that is a number", `a2 ${ARGS} 80 01 01`],
    ["args twice", `a2 ${ARGS} 80 ${ARGS} 8101`],
    ["args twice, once with a longer length", `a2 ${ARGS} 80 7804 61726773 8101`],
    ["args that are a map", `a1 ${ARGS} a0`],
    ["args that are bytes", `a1 ${ARGS} 4101`],
    ["kwargs that are a list", `a1 ${KWARGS} 80`],
    ["kwargs with a forbidden key", `a1 ${KWARGS} a1 69 5f5f70726f746f5f5f 01`],
    ["bytes behind them", `a1 ${ARGS} 80 00`],
    ["an unfinished map", `a2 ${ARGS} 80`],
    ["a map without its break", `bf ${ARGS} 80`],
    ["a break alone", "ff"],
    ["text that is no UTF-8", `a1 ${ARGS} 81 61ff`],
    ["text without a length", `a1 ${ARGS} 81 7f6161ff`],
    ["any other tag", `a1 ${ARGS} 81 c101`],
    ["tag 64 on a text", `a1 ${ARGS} 81 d8406161`],
    ["lists too deep", `a1 ${ARGS} ${"81".repeat(LIMITS.depth)}80`],
    ["lists without a length too deep", `a1 ${ARGS} ${"9f".repeat(LIMITS.depth)}80${"ff".repeat(LIMITS.depth)}`],
    ["too many items", `a1 ${ARGS} 9a00010001 ${"00".repeat(0x10001)}`],
    ["too many items in a list without a length", `a1 ${ARGS} 9f ${"00".repeat(0x10001)} ff`],
  ]
  for (const [what, bytes] of refused) {
    it(`are refused with ${what}`, () => {
      let code: unknown
      try {
        decodeBare(cbor, hex(bytes))
      } catch (error) {
        code = (error as { code?: unknown }).code
      }
      assert.match(String(code), REFUSED)
      assert.equal(code === "payload.too_large", /too (deep|many)/.test(what))
    })
  }

  it("are refused with too many keyword arguments", () => {
    const kwargs = Object.fromEntries(Array.from({ length: LIMITS.kwargs + 1 }, (_, i) => [`k${i}`, i]))
    refuses(() => decodeBare(cbor, encodeBare(cbor, [], kwargs)), "payload.decode_failed")
  })

  it("are told from frames of every kind and state", () => {
    const header = { flags: FLAG.final, sequence: 1, time: 2, instance: new Uint8Array(8) }
    const make = (authenticator: Uint8Array, args: unknown[], compressed: boolean): Uint8Array =>
      encodeFrame(cbor, header, args, {}, () => authenticator, compressed ? deflate : undefined).bytes
    for (const length of [0, 1, 32, 64])
      assert.equal(decodeBare(cbor, make(new Uint8Array(length), [1], false)), undefined)
    assert.equal(decodeBare(cbor, make(new Uint8Array(32), ["a".repeat(4_096)], true)), undefined)
    for (const broken of [
      `a3 ${E2E} 40 ${ARGS} 80 ${KWARGS} a0`,
      `a3 ${ARGS} 80 ${KWARGS} a0 ${E2E} 40`,
      `a3 ${ARGS} 80 ${KWARGS} a0 7803 653265 40`,
      `a2 ${E2E} f6 ${ARGS} 80`,
      `a1 ${E2E} 00`,
      `bf ${E2E} f7 ff`,
      `a4 ${E2E} 40 ${ARGS} 80 ${KWARGS} a0 6161 01`,
    ])
      assert.equal(decodeBare(cbor, hex(broken)), undefined, broken)
  })

  it("give nothing but coded errors for random bytes, and what the profile reads they read alike", () => {
    const anyBytes = fc.oneof(
      fc.uint8Array({ maxLength: 64 }),
      fc.uint8Array({ maxLength: 24 }).map((tail) => Uint8Array.of(...hex(`a2 ${ARGS}`), ...tail)),
    )
    fc.assert(
      fc.property(anyBytes, (bytes) => {
        for (const serializer of Object.values(SERIALIZERS)) onlyRefuses(() => decodeBare(serializer, bytes), REFUSED)
        let strict: unknown
        try {
          strict = decodeCbor(bytes)
        } catch {
          return
        }
        assert.deepEqual(decodeLooseCbor(bytes), strict)
      }),
      { numRuns: 5_000 },
    )
  })
}).timeout(20_000)
