import { strict as assert } from "node:assert"
import * as fc from "fast-check"
import { pad, paddedLength, unpad } from "../../src/payload/padding.ts"
import { refuses } from "../arbitrary.ts"

const NO_LIMIT = 2 ** 30

describe("payload: padding", () => {
  it("gives back what was padded", () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 600 }), (bytes) => {
        assert.deepEqual([...unpad(pad(bytes, NO_LIMIT))], [...bytes])
      }),
    )
  })

  it("has the size classes of the paper: with a length of e bits, all but its first log2(e) bits are zero", () => {
    for (const [length, padded] of [
      [1, 1],
      [8, 8],
      [9, 10],
      [100, 104],
      [1_000, 1_024],
      [1_025, 1_088],
      [65_537, 67_584],
      [1_000_000, 1_015_808],
    ] as const)
      assert.equal(paddedLength(length), padded, String(length))
  })

  it("grows with the length, by 12 % at most, in few classes", () => {
    const classes = new Set<number>()
    let before = 0
    for (let length = 1; length <= 100_000; length++) {
      const padded = paddedLength(length)
      assert.ok(padded >= length && padded >= before && padded <= length * 1.12, `${length}: ${padded}`)
      assert.equal(paddedLength(padded), padded)
      classes.add(padded)
      before = padded
    }
    assert.ok(classes.size < 250, `${classes.size} classes`)
  })

  it("makes lengths of one class equal", () => {
    const lengths = new Set(Array.from({ length: 63 }, (_, i) => pad(new Uint8Array(1_025 + i), NO_LIMIT).length))
    assert.deepEqual([...lengths], [1_088])
  })

  it("does not exceed the limit where the bytes themselves fit it", () => {
    assert.equal(pad(new Uint8Array(1_025), 1_030).length, 1_030)
    assert.equal(pad(new Uint8Array(1_029), 1_030).length, 1_030)
  })

  for (const [what, bytes] of [
    ["nothing", []],
    ["zeros alone", [0, 0]],
    ["another end", [1, 2, 0x81, 0]],
    ["no end", [1, 2, 3]],
  ] as const) {
    it(`refuses ${what}`, () => refuses(() => unpad(Uint8Array.from(bytes)), "payload.decode_failed"))
  }
})
