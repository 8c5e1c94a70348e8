import { strict as assert } from "node:assert"
import zlib from "node:zlib"
import * as fc from "fast-check"
import { concatBytes } from "../../src/core/bytes.ts"
import { LIMITS } from "../../src/payload/limits.ts"
import { brotli, zstd, type Compression } from "../../src/zlib/index.ts"
import { flipped, refuses } from "../arbitrary.ts"
import { inflatedApart, type Work } from "../payload/bombs.ts"

const hasZstd = typeof zlib.zstdCompressSync === "function"
const all: readonly (readonly [Compression, (bytes: Uint8Array) => Uint8Array])[] = [
  [
    brotli(),
    (bytes) => zlib.brotliCompressSync(bytes, { params: { [zlib.constants.BROTLI_PARAM_QUALITY]: 1 } }),
  ] as const,
  ...(hasZstd ? [[zstd(), (bytes: Uint8Array) => zlib.zstdCompressSync(bytes)] as const] : []),
]

for (const [compression, write] of all) {
  describe(`zlib: ${compression.name}`, () => {
    const bytes = Uint8Array.from(
      Buffer.from(JSON.stringify(Array.from({ length: 200 }, (_, i) => ({ i, name: "pump" })))),
    )
    const packed = compression.compress(bytes)

    it("gives back what it compressed, in buffers of its own", () => {
      fc.assert(
        fc.property(
          fc.uint8Array({ minLength: 1, maxLength: 3_000 }),
          fc.integer({ min: 1, max: 20 }),
          (part, times) => {
            const given = concatBytes(...Array.from({ length: times }, () => part))
            const small = compression.compress(given)
            assert.equal(small.buffer.byteLength, small.length)
            const back = compression.decompress(small, given.length)
            assert.deepEqual(back, given)
            assert.equal(back.buffer.byteLength, back.length)
          },
        ),
        { numRuns: 100 },
      )
      assert.ok(packed.length < bytes.length / 4)
      assert.deepEqual(compression.decompress(write(bytes), bytes.length), bytes)
    })

    it("refuses fewer bytes than there are, a stream cut short anywhere, and bytes behind it", () => {
      assert.throws(() => compression.decompress(packed, bytes.length - 1))
      for (let end = 0; end < packed.length; end++)
        assert.throws(() => compression.decompress(packed.subarray(0, end), bytes.length), `${end}`)
      for (const more of [Uint8Array.of(0), Uint8Array.of(3), packed, new Uint8Array(1_000)])
        assert.throws(() => compression.decompress(concatBytes(packed, more), bytes.length))
    })

    it("reads any damaged stream to at most the length, or throws an error", () => {
      for (let bit = 0; bit < 8 * packed.length; bit++) {
        try {
          assert.ok(compression.decompress(flipped(packed, bit), bytes.length).length <= bytes.length)
        } catch (error) {
          assert.ok(error instanceof Error)
          assert.notEqual(error.name, "AssertionError")
        }
      }
    })

    it("stops bombs: 10 MiB to 1 GiB, declared small or large, in 64 MiB and a second each", () => {
      const works: Work[] = [10, 100, 1_024].flatMap((mebibytes) => {
        const bomb = write(new Uint8Array(mebibytes * 2 ** 20))
        return [bomb.length + 1, LIMITS.bytes, mebibytes * 2 ** 20].map((length) => ({
          algorithm: compression.name,
          bytes: bomb,
          length,
        }))
      })
      const { outcomes, slowest, growth } = inflatedApart(works)
      const expected = works.map(({ length }) =>
        length > LIMITS.bytes ? "payload.too_large" : "payload.decode_failed",
      )
      assert.deepEqual(outcomes, expected)
      assert.ok(growth < 64, `grew by ${growth} MiB`)
      assert.ok(slowest < 1_000, `${slowest} ms`)
    })
  }).timeout(60_000)
}

describe("zlib", () => {
  it("refuses a level that there is not", () => {
    for (const quality of [-1, 12, 1.5, Number.NaN]) refuses(() => brotli({ quality }), "usage.invalid")
    for (const level of [0, 20, 1.5, Number.NaN]) refuses(() => zstd({ level }), "usage.invalid")
  })

  it("writes smaller at a higher level", () => {
    const bytes = Buffer.from(Array.from({ length: 5_000 }, (_, i) => `${(i * i) % 977} pumps`).join())
    const lengths = [0, 5, 11].map((quality) => brotli({ quality }).compress(bytes).length)
    assert.deepEqual(
      lengths.toSorted((a, b) => b - a),
      lengths,
    )
    if (hasZstd) assert.ok(zstd({ level: 19 }).compress(bytes).length < zstd({ level: 1 }).compress(bytes).length)
  })

  it("says at once that this Node has no zstd, where it has none", () => {
    if (hasZstd) assert.equal(zstd().name, "zstd")
    else assert.match(refuses(() => zstd(), "session.unsupported").message, /22\.15/)
  })

  if (hasZstd)
    it("refuses zstd whose window is larger than 8 MiB, however little is in it", () => {
      // RFC 8878, 3.1.1: magic number, no flags, window, then one raw block of four bytes, the last.
      const frame = (windowLog: number): Uint8Array =>
        Uint8Array.of(0x28, 0xb5, 0x2f, 0xfd, 0, (windowLog - 10) << 3, 0x21, 0, 0, 1, 2, 3, 4)
      for (const windowLog of [10, 20, 23])
        assert.deepEqual(zstd().decompress(frame(windowLog), 4), Uint8Array.of(1, 2, 3, 4))
      for (const windowLog of [24, 27, 31, 41]) assert.throws(() => zstd().decompress(frame(windowLog), 4))
    })
})
