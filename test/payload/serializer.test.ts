import { strict as assert } from "node:assert"
import * as fc from "fast-check"
import { concatBytes, utf8ToBytes } from "../../src/core/bytes.ts"
import { LIMITS } from "../../src/payload/limits.ts"
import { parseProfile } from "../../src/payload/profile.ts"
import { SERIALIZERS, type SerializerName } from "../../src/payload/serializer.ts"
import { onlyRefuses, refuses } from "../arbitrary.ts"

const names = Object.keys(SERIALIZERS) as SerializerName[]
const hexOf = (bytes: Uint8Array): string => Buffer.from(bytes).toString("hex")
const E2E = Uint8Array.of(1, 2, 3)
const REFUSED = /^payload\.(decode_failed|too_large)$/

const aText = fc.string({ unit: "grapheme" }).filter((text) => !text.startsWith("\0"))
const aKey = aText.filter((key) => !["__proto__", "constructor", "prototype"].includes(key))
const { value: aValue } = fc.letrec<{ value: unknown }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 5 },
    fc.constant(null),
    fc.boolean(),
    aText,
    fc.maxSafeInteger(),
    fc.double({ noNaN: true, noDefaultInfinity: true, noInteger: true }),
    fc.bigInt({ min: 1n << 53n, max: (1n << 64n) - 1n }),
    fc.bigInt({ min: -(1n << 63n), max: -(1n << 53n) }),
    fc.uint8Array({ maxLength: 40 }),
    fc.array(tie("value"), { maxLength: 4 }),
    fc.dictionary(aKey, tie("value"), { maxKeys: 4, noNullPrototype: true }),
  ),
}))
const someArgs = fc.array(aValue, { maxLength: 4 })
const someKwargs = fc.dictionary(aKey, aValue, { maxKeys: 4, noNullPrototype: true })

/** A frame whose arguments are lists in lists, written without an encoder of ours. */
function deep(name: SerializerName, levels: number): Uint8Array {
  const { join, rest } = SERIALIZERS[name]
  const [open, close] = { cbor: ["81", "80"], msgpack: ["91", "90"], json: ["5b", "5b5d"] }[name] as [string, string]
  const end = name === "json" ? "5d".repeat(levels - 1) : ""
  const inner = open.repeat(levels - 1) + close + end
  const empty = name === "json" ? "5b5d" : close
  const args = name === "json" ? `5b${inner}5d` : open + inner
  const plain = hexOf(rest([], {}))
  const at = plain.indexOf(hexOf(utf8ToBytes("args")))
  const behind = plain.indexOf(empty, at)
  return join(
    E2E,
    Uint8Array.from(Buffer.from(plain.slice(0, behind) + args + plain.slice(behind + empty.length), "hex")),
  )
}

for (const name of names) {
  const serializer = SERIALIZERS[name]
  const join = (args: readonly unknown[], kwargs = {}, e2e = E2E): Uint8Array =>
    serializer.join(e2e, serializer.rest(args, kwargs))

  describe(`payload: serialiser ${name}`, () => {
    it("gives back what it wrote, the rest to the byte", () => {
      fc.assert(
        fc.property(someArgs, someKwargs, fc.uint8Array({ maxLength: 330 }), (args, kwargs, e2e) => {
          const rest = serializer.rest(args, kwargs)
          const parts = serializer.split(serializer.join(e2e, rest))
          assert.deepEqual([parts.args, parts.kwargs], [args, kwargs])
          assert.deepEqual([hexOf(parts.e2e), hexOf(parts.rest)], [hexOf(e2e), hexOf(rest)])
        }),
        { numRuns: 300 },
      )
    })

    it("copies byte strings: what is opened is no view of what was received", () => {
      const bytes = join([Uint8Array.of(7)])
      const { args } = serializer.split(bytes)
      bytes.fill(0)
      assert.deepEqual(args, [Uint8Array.of(7)])
    })

    for (const [what, value] of [
      ["a function", () => undefined],
      ["a symbol", Symbol("s")],
      ["a key __proto__", JSON.parse('{"__proto__":1}')],
      ["a key constructor", { constructor: 1 }],
      ["an integer of 65 bits", 1n << 64n],
    ] as const) {
      it(`does not write ${what}`, () => {
        refuses(() => serializer.rest([value], {}), "payload.encode_failed")
        refuses(() => serializer.rest([], { a: { b: [value] } }), "payload.encode_failed")
      })
    }

    it("does not write what contains itself, nor what is larger than the limit", () => {
      const loop: unknown[] = []
      loop.push(loop)
      refuses(() => serializer.rest(loop, {}), "payload.encode_failed")
      refuses(() => serializer.rest([new Uint8Array(LIMITS.bytes)], {}), "payload.too_large")
    })

    it("stops at depth and size before it builds anything", () => {
      assert.ok(serializer.split(deep(name, LIMITS.depth - 2)))
      refuses(() => serializer.split(deep(name, LIMITS.depth - 1)), "payload.too_large")
      refuses(() => serializer.split(deep(name, 100_000)), "payload.too_large")
      refuses(() => serializer.split(join([Array.from({ length: LIMITS.items }, () => 0)])), "payload.too_large")
      refuses(() => serializer.split(new Uint8Array(LIMITS.bytes + 1)), "payload.too_large")
    })

    it("refuses every truncation, and every byte behind", () => {
      const bytes = join(["text", 1, { a: [null, true] }], { b: Uint8Array.of(1) })
      for (let end = 0; end < bytes.length; end++)
        refuses(() => serializer.split(bytes.subarray(0, end)), "payload.decode_failed")
      refuses(() => serializer.split(concatBytes(bytes, Uint8Array.of(0x41))), "payload.decode_failed")
    })

    it("gives nothing but coded errors for damaged and random bytes", () => {
      const bytes = join(["text", 1.5, { a: [null, true] }], { b: Uint8Array.of(1) })
      for (let at = 0; at < bytes.length; at++)
        for (let byte = 0; byte < 256; byte++) onlyRefuses(() => serializer.split(bytes.with(at, byte)), REFUSED)
      fc.assert(
        fc.property(fc.uint8Array({ maxLength: 60 }), (bytes) => onlyRefuses(() => serializer.split(bytes), REFUSED)),
        { numRuns: 2_000 },
      )
    })
  }).timeout(60_000)
}

describe("payload: serialisers", () => {
  it("write these bytes", () => {
    const written = names.map((name) => [
      name,
      hexOf(SERIALIZERS[name].join(E2E, SERIALIZERS[name].rest(["hi", 1], { a: true }))),
    ])
    assert.deepEqual(Object.fromEntries(written), {
      cbor: "a36365326543010203646172677382626869016 66b7761726773a16161f5".replace(" ", ""),
      msgpack: "83a3653265c403010203a46172677392a2686901a66b776172677381a161c3",
      json: hexOf(utf8ToBytes('{"e2e":"\\u0000AQID","args":["hi",1],"kwargs":{"a":true}}')),
    })
  })

  const json = (text: string): Uint8Array => utf8ToBytes(text)
  for (const [what, text] of [
    ["a key twice", '{"e2e":"\\u0000AQID","args":[],"args":[1],"kwargs":{}}'],
    ["a key twice, once escaped", '{"e2e":"\\u0000AQID","args":[],"kwargs":{"a":1,"\\u0061":2}}'],
    ["e2e written otherwise", '{"e2e":"\\u0000AQID" ,"args":[],"kwargs":{}}'],
    ["e2e that is no base64", '{"e2e":"\\u0000AQI","args":[],"kwargs":{}}'],
    ["base64 with stray bits", '{"e2e":"\\u0000AR==","args":[],"kwargs":{}}'],
    ["e2e that is text", '{"e2e":"AQID","args":[],"kwargs":{}}'],
    ["e2e last", '{"args":[],"kwargs":{},"e2e":"\\u0000AQID"}'],
    ["a key __proto__", '{"e2e":"\\u0000AQID","args":[],"kwargs":{"__proto__":1}}'],
    ["a number beyond all doubles", '{"e2e":"\\u0000AQID","args":[1e309],"kwargs":{}}'],
    ["an integer beyond all doubles", `{"e2e":"\\u0000AQID","args":[${"9".repeat(310)}],"kwargs":{}}`],
    ["a byte order mark", '\uFEFF{"e2e":"\\u0000AQID","args":[],"kwargs":{}}'],
  ] as const) {
    it(`json: refuses ${what}`, () => refuses(() => SERIALIZERS.json.split(json(text)), "payload.decode_failed"))
  }

  it("json: keeps a text that looks like one of its own marks", () => {
    const text = "\uE000integer:12345678901234567890"
    assert.deepEqual(SERIALIZERS.json.split(SERIALIZERS.json.join(E2E, SERIALIZERS.json.rest([text], {}))).args, [text])
  })

  for (const [what, hex] of [
    ["a key twice", "83a3653265c403010203a461726773 90a461726773 90"],
    ["e2e in a longer form than needed", "83a3653265c50003010203a46172677390a66b776172677380"],
    ["an extension type", "83a3653265c403010203a461726773 91d60000000000 a66b776172677380"],
    ["a key that is no text", "83a3653265c403010203a46172677390a66b7761726773 810101"],
  ] as const) {
    it(`msgpack: refuses ${what}`, () =>
      refuses(
        () => SERIALIZERS.msgpack.split(Uint8Array.from(Buffer.from(hex.replaceAll(" ", ""), "hex"))),
        "payload.decode_failed",
      ))
  }

  for (const [what, options] of [
    ["an unknown serialiser", { serializer: "ubjson" }],
    ["a property that every object has", { serializer: "constructor" }],
    ["an unknown cipher", { cipher: "aes128gcm" }],
    ["a serialiser of its own without a scheme", { serializer: { ...SERIALIZERS.cbor, scheme: "mine" } }],
    ["a serialiser of its own with a name of other letters", { serializer: { ...SERIALIZERS.cbor, name: "C B O R" } }],
  ] as const) {
    it(`a profile with ${what} is refused`, () => refuses(() => parseProfile(options as never), "usage.invalid"))
  }
})
