import assert from "node:assert/strict"
import { decode as decodeStrict } from "cborg"
import * as fc from "fast-check"
import { Packr, Unpackr } from "msgpackr"
import { SERIALIZERS } from "../../../src/core/wire/serializers.ts"

const BOUNDS = { depth: 16, items: 1000 }
const { json, msgpack, cbor } = SERIALIZERS
const names = ["json", "msgpack", "cbor"] as const

const text = fc.string({ unit: "grapheme" }).filter((one) => !one.startsWith("\0"))
const leaf = fc.oneof(
  fc.constant(null),
  fc.boolean(),
  text,
  fc.maxSafeInteger(),
  fc.double({ noNaN: true, noDefaultInfinity: true }).map((value) => (Object.is(value, -0) ? 0 : value)),
  fc.bigInt({ min: 1n << 53n, max: (1n << 64n) - 1n }),
  fc.uint8Array({ maxLength: 300 }),
)
const { value } = fc.letrec<{ value: unknown }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 5 },
    leaf,
    fc.array(tie("value"), { maxLength: 5 }),
    fc.dictionary(fc.oneof(text, fc.constant("__proto__")), tie("value"), { maxKeys: 5 }),
  ),
}))

/** Doubles that are integers beyond 2^53 come back as bigints of the same value. */
function normal(item: unknown): unknown {
  if (typeof item === "number" && Number.isInteger(item) && !Number.isSafeInteger(item)) return `big ${BigInt(item)}`
  if (typeof item === "bigint") return `big ${item}`
  if (item instanceof Uint8Array) return Uint8Array.from(item)
  if (Array.isArray(item)) return item.map(normal)
  if (typeof item !== "object" || item === null) return item
  return Object.fromEntries(Object.entries(item).map(([key, one]) => [key, normal(one)]))
}

function refused(name: (typeof names)[number], bytes: Uint8Array | string, why?: RegExp): void {
  const input = typeof bytes === "string" ? Buffer.from(bytes) : bytes
  assert.throws(
    () => SERIALIZERS[name].decode(input, BOUNDS),
    why ?? Error,
    `${name} ${Buffer.from(input).toString("hex")}`,
  )
}

function nested(open: number[], depth: number): Uint8Array {
  return Uint8Array.from([...Array.from({ length: depth - 1 }, () => open).flat(), open[0] === 0x81 ? 0x80 : 0x90])
}

describe("router: serialisers", () => {
  for (const name of names) {
    it(`${name}: what is encoded is decoded to the same`, () => {
      fc.assert(
        fc.property(value, (value) => {
          const { encode, decode } = SERIALIZERS[name]
          assert.deepEqual(normal(decode(encode(value), BOUNDS)), normal(value))
        }),
      )
    })

    it(`${name}: any bytes are decoded or refused with an error, in bounded time`, () => {
      fc.assert(
        fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
          try {
            SERIALIZERS[name].decode(bytes, BOUNDS)
          } catch (error) {
            assert.ok(error instanceof Error)
          }
        }),
        { numRuns: 2000 },
      )
    })

    it(`${name}: a message cut short or followed by bytes is refused`, () => {
      const bytes = SERIALIZERS[name].encode([48, 1, { a: true }, "a.b", [new Uint8Array(3), "text", 2 ** 40, 1.5]])
      for (let length = 0; length < bytes.length; length++) refused(name, bytes.slice(0, length))
      refused(name, Uint8Array.from([...bytes, 0x31]))
    })

    it(`${name}: __proto__ is a key like any other`, () => {
      const bytes = SERIALIZERS[name].encode(JSON.parse('{"__proto__":{"polluted":true}}'))
      const decoded = SERIALIZERS[name].decode(bytes, BOUNDS) as object
      assert.deepEqual(Object.keys(decoded), ["__proto__"])
      assert.equal(Object.getPrototypeOf(decoded), Object.prototype)
      assert.equal(({} as { polluted?: boolean }).polluted, undefined)
    })
  }

  it("session ids are integers on the wire, also beyond 2^32", () => {
    const id = 2 ** 52 + 1
    assert.equal(Buffer.from(msgpack.encode(id)).toString("hex"), "d30010000000000001")
    assert.equal(Buffer.from(cbor.encode(id)).toString("hex"), "1b0010000000000001")
    assert.equal(Buffer.from(json.encode(id)).toString(), String(id))
  })

  it("absent attributes are understood and written as null in lists", () => {
    assert.deepEqual(msgpack.decode(new Packr({ useRecords: false }).pack({ match: undefined }), BOUNDS), {
      match: undefined,
    })
    assert.deepEqual(cbor.decode(Uint8Array.from([0xa1, 0x61, 0x61, 0xf7]), BOUNDS), { a: undefined })
    for (const name of names) {
      const { encode, decode } = SERIALIZERS[name]
      assert.deepEqual(decode(encode([undefined]), BOUNDS), [null], name)
    }
  })

  it("json: byte strings are \\0 and base64 as in the specification's example", () => {
    const bytes = Buffer.from("10e3ff9053075c526f5fc06d4fe37cdb", "hex")
    const form = '"\\u0000EOP/kFMHXFJvX8BtT+N82w=="'
    assert.equal(Buffer.from(json.encode(new Uint8Array(bytes))).toString(), form)
    assert.deepEqual(json.decode(Buffer.from(form), BOUNDS), new Uint8Array(bytes))
    for (const bad of ["A", "AA", "AA=", "AAA", "AB==", "A===", "AA==A", "A A=", "AA==\\n", "_w==", "é"]) {
      refused("json", `"\\u0000${bad}"`, /base64/)
    }
  })

  it("json: refuses to write what it would change", () => {
    for (const value of ["\0text", NaN, Infinity, -Infinity]) assert.throws(() => json.encode([value]), /JSON cannot/)
  })

  it("msgpack: refuses to write an integer beyond 64 bits", () => {
    assert.throws(() => msgpack.encode([1n << 64n]))
  })

  it("json: integers beyond 2^53 stay exact", () => {
    assert.equal(json.decode(Buffer.from("18446744073709551615"), BOUNDS), (1n << 64n) - 1n)
    assert.equal(Buffer.from(json.encode(-38272145869985288)).toString(), "-38272145869985288")
    assert.equal(json.decode(Buffer.from("1e300"), BOUNDS), 1e300)
    assert.equal(json.decode(Buffer.from("100000000000000000000"), BOUNDS), 1e20)
  })

  it("bounds stop nesting and numbers of items at the limit", () => {
    const deep = { json: "[".repeat(16) + "]".repeat(16), msgpack: nested([0x91], 16), cbor: nested([0x81], 16) }
    const deeper = { json: "[".repeat(17) + "]".repeat(17), msgpack: nested([0x91], 17), cbor: nested([0x81], 17) }
    const bomb = {
      json: "[".repeat(5e6),
      msgpack: new Uint8Array(5e6).fill(0x91),
      cbor: new Uint8Array(5e6).fill(0x81),
    }
    for (const name of names) {
      const { encode, decode } = SERIALIZERS[name]
      decode(Buffer.from(deep[name]), BOUNDS)
      refused(name, deeper[name], /nested deeper than 16/)
      refused(name, bomb[name], /nested deeper/)
      decode(encode(Array.from({ length: 990 }, () => 0)), BOUNDS)
      refused(name, encode(Array.from({ length: 1002 }, () => 0)), /more than 1000 items/)
      const map = Object.fromEntries(Array.from({ length: 501 }, (_, i) => [i, 0]))
      refused(name, encode(map), /more than 1000 items/)
    }
  })

  it("a list that claims four thousand million items costs nothing", () => {
    refused("msgpack", Uint8Array.from([0xdd, 0xff, 0xff, 0xff, 0xff]), /items/)
    refused("msgpack", Uint8Array.from([0xc6, 0xff, 0xff, 0xff, 0xff]), /ends early/)
    refused("cbor", Uint8Array.from([0x9a, 0xff, 0xff, 0xff, 0xff]), /items/)
    refused("cbor", Uint8Array.from([0x5a, 0xff, 0xff, 0xff, 0xff]))
  })

  it("cbor: indefinite lengths are counted too", () => {
    assert.deepEqual(cbor.decode(Uint8Array.from([0x9f, 1, 0x9f, 2, 0xff, 3, 0xff]), BOUNDS), [1, [2], 3])
    refused("cbor", new Uint8Array(17).fill(0x9f), /nested deeper/)
    refused("cbor", Uint8Array.from([0x9f, ...Array.from({ length: 1001 }, () => 0), 0xff]), /items/)
  })

  it("cbor: a break is refused where it ends nothing: it would be read as a symbol", () => {
    for (const hex of ["ff", "81ff", "a16161ff", "bf6161ffff", "d840ff", "9f81ffff", "9fbf6161ffff"])
      refused("cbor", Buffer.from(hex, "hex"), /break/)
    for (const hex of ["bfffff", "8100ff", "c0ff"]) refused("cbor", Buffer.from(hex, "hex"))
    assert.deepEqual(cbor.decode(Buffer.from("bf616180ff", "hex"), BOUNDS), { a: [] })
    assert.deepEqual(cbor.decode(Buffer.from("9fbf6161bfffff80ff", "hex"), BOUNDS), [{ a: {} }, []])
  })

  it("repeated and non-string keys are refused", () => {
    refused("msgpack", Uint8Array.from([0x82, 0xa1, 0x61, 1, 0xa1, 0x61, 2]), /key/)
    refused("msgpack", Uint8Array.from([0x81, 1, 2]), /key/)
    refused("cbor", Uint8Array.from([0xa2, 0x61, 0x61, 1, 0x61, 0x61, 2]), /repeat map key/)
    refused("cbor", Uint8Array.from([0xa1, 1, 2]), /non-string key/)
  })

  it("extension types and tags are refused, but for a tagged Uint8Array", () => {
    const more = new Packr({ useRecords: false, moreTypes: true, structuredClone: true })
    for (const value of [new Date(0), /x/, new Set([1]), new Error("x")])
      refused("msgpack", more.pack(value), /not accepted/)
    refused("msgpack", Uint8Array.from([0xc1]), /not accepted/)
    for (const tag of [0xc0, 0xc1, 0xc2]) refused("cbor", Uint8Array.from([tag, 0x40]), /tag not supported/)
    for (const tag of [28, 29, 35]) refused("cbor", Uint8Array.from([0xd8, tag, 0x40]), /tag not supported/)
    assert.deepEqual(cbor.decode(Uint8Array.from([0xd8, 64, 0x42, 1, 2]), BOUNDS), Uint8Array.from([1, 2]))
    refused("cbor", Uint8Array.from([0xd8, 64, 0x01]), /tag 64/)
  })

  it("other implementations read what is written", () => {
    const unpackr = new Unpackr({ useRecords: false })
    fc.assert(
      fc.property(value, (value) => {
        assert.deepEqual(
          normal(decodeStrict(cbor.encode(value), { strict: true, rejectDuplicateMapKeys: true })),
          normal(value),
        )
      }),
    )
    const plain = [1, "a", { b: [true, null, 1.5, new Uint8Array([7])] }]
    assert.deepEqual(normal(unpackr.unpack(msgpack.encode(plain))), plain)
  })

  it("decoded byte strings do not change with the buffer they came in", () => {
    for (const name of ["msgpack", "cbor"] as const) {
      const frame = Buffer.from(SERIALIZERS[name].encode([new Uint8Array([1, 2, 3])]))
      const decoded = SERIALIZERS[name].decode(frame, BOUNDS)
      frame.fill(0xff)
      assert.deepEqual(decoded, [new Uint8Array([1, 2, 3])], name)
    }
  })
})
