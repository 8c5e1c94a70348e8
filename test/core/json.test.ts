import { strict as assert } from "node:assert"
import * as fc from "fast-check"
import { fromBase64, toBase64 } from "../../src/core/base64.ts"
import { parseJson, stringifyJson } from "../../src/core/exact-json.ts"
import { decodeJson } from "../../src/core/json.ts"

const BOUNDS = { depth: 64, items: 65_536 }

/** Milliseconds of this process's own work, whatever else the machine does. */
function workOf(work: () => unknown): number {
  const before = process.cpuUsage()
  try {
    work()
  } catch (error) {
    assert.ok(error instanceof SyntaxError || error instanceof TypeError || error instanceof RangeError)
    assert.doesNotMatch(error.message, /call stack/)
  }
  const { user, system } = process.cpuUsage(before)
  return (user + system) / 1_000
}

describe("core: JSON with exact integers", () => {
  it("reads what JSON.parse reads, with integers of 16 digits and more exact", () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        const text = JSON.stringify(value)
        assert.equal(stringifyJson(parseJson(text)), text)
      }),
    )
    fc.assert(
      fc.property(fc.bigInt({ min: -(1n << 256n), max: 1n << 256n }), fc.string(), (integer, text) => {
        const read = parseJson(
          `[${integer}, {${JSON.stringify(text)}: ${integer}},${JSON.stringify(`${text}${integer}`)} ]`,
        )
        const [first, second, third] = read as [unknown, Record<string, unknown>, string]
        assert.equal(first, integer.toString().replace("-", "").length > 15 ? integer : Number(integer))
        assert.equal(Object.values(second)[0], first)
        assert.equal(third, `${text}${integer}`)
      }),
    )
  })

  it("leaves digits in strings, fractions and exponents as they are", () => {
    const long = "12345678901234567890"
    for (const text of [
      `"${long}"`,
      `"\\"${long}"`,
      `"\\\\\\"${long}"`,
      `{"${long}":1}`,
      `${long}.5`,
      `0.${long}`,
      `1e-300`,
    ])
      assert.deepEqual(parseJson(text), JSON.parse(text))
    assert.equal(parseJson(`-${long}`), -BigInt(long))
    for (const text of [`0${long}`, `--${long}`, `${long}-`, `${long}"`, `"${long}`, `"\\`, "-", ""])
      assert.throws(() => parseJson(text), SyntaxError)
  })

  it("reads integers of 320 digits exactly, and longer ones as numbers like any", () => {
    assert.equal(parseJson("9".repeat(320)), 10n ** 320n - 1n)
    assert.equal(parseJson("9".repeat(321)), Infinity)
  })
})

describe("core: JSON of strangers", () => {
  const million = 1_000_000
  for (const [what, text] of [
    ["a long key and many colons", JSON.stringify("a".repeat(million)) + ":".repeat(60_000)],
    ["a number of 16 million digits", "1".repeat(16 * million)],
    ["a string of 16 million characters", JSON.stringify("a".repeat(16 * million))],
    ["a byte string of 12 million bytes", JSON.stringify("\0" + "A".repeat(16 * million))],
    ["16 million quotation marks", '"'.repeat(16 * million)],
    ["16 million backslashes", `"${"\\".repeat(16 * million)}`],
    ["16 million signs", "-".repeat(16 * million)],
    ["60,000 keys that are nearly the same", `{${Array.from({ length: 30_000 }, (_, i) => `"${i}":0`).join()}}`],
    ["60,000 long integers", `[${Array.from({ length: 60_000 }, () => "1".repeat(200)).join()}]`],
  ] as const) {
    it(`takes no more than its length for ${what}`, () => {
      const took = workOf(() => decodeJson(text, BOUNDS))
      assert.ok(took < 5_000, `${took} ms`)
    })
  }

  it("refuses a colon without a key", () => {
    for (const text of ['{"a"::1}', "{:1}", "{1:2}", '{"a":1,:2}', ":", '"a"::'])
      assert.throws(() => decodeJson(text, BOUNDS), SyntaxError)
  })
}).timeout(60_000)

describe("core: base64", () => {
  it("is the one text of its bytes, at every length", () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
        const text = Buffer.from(bytes).toString("base64")
        assert.equal(toBase64(bytes), text)
        assert.deepEqual(fromBase64(text), bytes)
      }),
    )
    const large = Uint8Array.from({ length: 9_000_001 }, (_, i) => i * 7)
    assert.deepEqual(Buffer.from(fromBase64(toBase64(large)) as Uint8Array), Buffer.from(large))
  })

  it("agrees with a rule of its own for any text", () => {
    const rule = /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/
    const characters = fc.constantFrom(..."ABab01+/=-_ \n\0é")
    fc.assert(
      fc.property(fc.array(characters, { maxLength: 13 }), (parts) => {
        const text = parts.join("")
        const canonical = rule.test(text) && Buffer.from(text, "base64").toString("base64") === text
        assert.equal(fromBase64(text) !== undefined, canonical, JSON.stringify(text))
      }),
      { numRuns: 20_000 },
    )
  })
}).timeout(30_000)
