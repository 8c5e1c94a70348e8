import { strict as assert } from "node:assert"
import * as fc from "fast-check"
import { Fields } from "../../src/keys/fields.ts"
import { encodeCbor } from "../../src/payload/cbor.ts"
import { onlyRefuses, refuses } from "../arbitrary.ts"

const fieldsOf = (...values: readonly unknown[]): Fields => new Fields(encodeCbor(values), "a test", [values.length])

describe("keys: fields of control messages", () => {
  it("are read by their kind", () => {
    const fields = fieldsOf(1, Uint8Array.of(1, 2), null, "text", [3, 4])
    fields.constant(0, 1, "version")
    assert.equal(fields.count(0, "count"), 1)
    assert.deepEqual(fields.bytes(1, "bytes"), Uint8Array.of(1, 2))
    assert.deepEqual(fields.bytes(1, "bytes", 2), Uint8Array.of(1, 2))
    assert.deepEqual(fields.optionalBytes(1, "bytes", 2), Uint8Array.of(1, 2))
    assert.equal(fields.optionalBytes(2, "bytes", 2), undefined)
    assert.equal(fields.text(3, "text"), "text")
    assert.deepEqual(fields.list(4, "list", 2), [3, 4])
  })

  const wrong: readonly [string, (fields: Fields) => unknown][] = [
    ["constant", (fields) => fields.constant(0, 2, "version")],
    ["bytes for a count", (fields) => fields.count(1, "count")],
    ["negative count", (fields) => fields.count(5, "count")],
    ["fraction for a count", (fields) => fields.count(6, "count")],
    ["bigint for a count", (fields) => fields.count(7, "count")],
    ["text for bytes", (fields) => fields.bytes(3, "bytes")],
    ["length", (fields) => fields.bytes(1, "bytes", 3)],
    ["optional length", (fields) => fields.optionalBytes(1, "bytes", 3)],
    ["bytes for text", (fields) => fields.text(1, "text")],
    ["text for a list", (fields) => fields.list(3, "list", 9)],
    ["long list", (fields) => fields.list(4, "list", 1)],
    ["field that is not there", (fields) => fields.bytes(8, "bytes")],
  ]
  for (const [name, read] of wrong) {
    it(`are refused with a wrong ${name}`, () => {
      const fields = fieldsOf(1, Uint8Array.of(1, 2), null, "text", [3, 4], -1, 0.5, 2n ** 60n)
      const error = refuses(() => read(fields), "keys.grant_malformed")
      assert.match(error.message, /^a test is not of its form: its /)
    })
  }

  it("are refused with the code of their message", () => {
    refuses(() => new Fields(encodeCbor([1]), "a tick", [2], "keys.tick"), "keys.tick")
    refuses(() => new Fields(encodeCbor([1]), "a tick", [1], "keys.tick").text(0, "text"), "keys.tick")
  })

  it("have one encoding alone", () => {
    const long = {
      "a number that is longer than it must be": [0x81, 0x18, 0x01],
      "a float for an integer": [0x81, 0xf9, 0x3c, 0x00],
      "a list without a length": [0x9f, 0x01, 0xff],
      "undefined for null": [0x81, 0xf7],
      "a tag": [0x81, 0xc1, 0x01],
      "bytes after the list": [0x81, 0x01, 0x00],
      "no list": [0x01],
    }
    for (const [name, bytes] of Object.entries(long))
      refuses(
        () => assert.fail(`${name}: ${String(new Fields(Uint8Array.from(bytes), "a test", [1]))}`),
        "keys.grant_malformed",
      )
    assert.deepEqual(new Fields(Uint8Array.of(0x81, 0x01), "a test", [1]).all, [1])
  })

  it("are refused in no other way, whatever the bytes", () => {
    fc.assert(
      fc.property(fc.oneof(fc.uint8Array(), fc.array(fc.anything()).map(tryEncode)), (bytes) => {
        onlyRefuses(() => {
          const fields = new Fields(bytes, "a test", [1, 2, 3])
          // What is taken is what was written.
          assert.deepEqual(encodeCbor(fields.all), bytes)
        }, /^keys\.grant_malformed$/)
      }),
      { numRuns: 2_000 },
    )
  })
})

function tryEncode(value: unknown): Uint8Array {
  try {
    return encodeCbor(value)
  } catch {
    return new Uint8Array()
  }
}
