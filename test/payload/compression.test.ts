import { strict as assert } from "node:assert"
import { constants, deflateRawSync, gunzipSync, gzipSync, inflateRawSync } from "node:zlib"
import * as fc from "fast-check"
import { concatBytes, utf8ToBytes } from "../../src/core/bytes.ts"
import type { Compression } from "../../src/payload/compression.ts"
import { decodeFrame, encodeFrame, FLAG, type Frame, type FrameHeader } from "../../src/payload/frame.ts"
import { LIMITS } from "../../src/payload/limits.ts"
import { COMPRESSIONS, parseProfile, type CompressionName } from "../../src/payload/profile.ts"
import { SERIALIZERS, type Packed, type SerializerName } from "../../src/payload/serializer.ts"
import { policyHashHex } from "../../src/keys/policy.ts"
import { parseScopes, policyOf } from "../../src/session/scope.ts"
import { flipped, onlyRefuses, refuses } from "../arbitrary.ts"
import { REALM } from "../trust/chains.ts"
import { inflatedApart, zeros, type Work } from "./bombs.ts"

const { deflate, gzip } = COMPRESSIONS
const { cbor } = SERIALIZERS
const names = Object.keys(SERIALIZERS) as SerializerName[]
const REFUSED = /^payload\.(decode_failed|too_large)$/

const header: FrameHeader = { flags: FLAG.final, sequence: 1, time: 2, instance: new Uint8Array(8) }
const signed = (): Uint8Array => new Uint8Array(64)
const READINGS = Array.from({ length: 40 }, (_, i) => ({ sensor: `pump-${i % 4}`, degrees: 20 + i / 8 }))

const frameOf = (args: readonly unknown[], serializer = cbor, compression?: Compression): Uint8Array =>
  encodeFrame(serializer, header, args, {}, signed, compression).bytes
/** Reads a frame to its arguments, as an endpoint does once the signature held. */
const read = (bytes: Uint8Array, serializer = cbor, compression: Compression = deflate): readonly unknown[] =>
  decodeFrame(serializer, bytes, compression).args
/** A frame that says of its arguments what it likes. */
function packedFrame(packed: Partial<Packed>, serializer = cbor, plain = cbor.rest([READINGS], {})): Uint8Array {
  const bytes = packed.bytes ?? deflate.compress(plain)
  const { rest, join } = serializer.packing!
  const e2e = decodeHead()
  return join(e2e, rest({ algorithm: "deflate", length: plain.length, ...packed, bytes }))
}
const decodeHead = (): Uint8Array => cbor.split(frameOf([])).e2e

const someBytes = fc.oneof(
  fc.uint8Array({ maxLength: 3_000 }),
  fc
    .array(fc.constantFrom("sensor", "pump-7", "value", "0123", "\n"), { maxLength: 600 })
    .map((w) => utf8ToBytes(w.join())),
  fc.tuple(fc.nat(255), fc.nat(70_000)).map(([byte, length]) => new Uint8Array(length).fill(byte)),
)

/** Node's zlib in the place of ours; it must take all of the bytes, too. */
const PEERS: Readonly<Record<CompressionName, Compression>> = {
  deflate: { name: "deflate", compress: deflateRawSync, decompress: (bytes) => whole(inflateRawSync, bytes) },
  gzip: { name: "gzip", compress: (bytes) => gzipSync(bytes), decompress: (bytes) => whole(gunzipSync, bytes) },
}
function whole(work: typeof inflateRawSync, bytes: Uint8Array): Uint8Array {
  const { buffer, engine } = work(bytes, { info: true } as object) as unknown as {
    buffer: Uint8Array
    engine: { bytesWritten: number }
  }
  if (engine.bytesWritten !== bytes.length) throw new Error("bytes follow")
  return buffer
}

for (const ours of [deflate, gzip]) {
  const peer = PEERS[ours.name as CompressionName]

  describe(`payload: compression ${ours.name}`, () => {
    it("is read by zlib, and reads what zlib writes at every level and strategy", () => {
      fc.assert(
        fc.property(someBytes, fc.integer({ min: 0, max: 9 }), fc.nat(4), (bytes, level, strategy) => {
          assert.deepEqual(Buffer.from(peer.decompress(ours.compress(bytes), bytes.length)), Buffer.from(bytes))
          const written = (ours === deflate ? deflateRawSync : gzipSync)(bytes, {
            level,
            strategy,
            memLevel: 9 - strategy,
          })
          assert.deepEqual(Buffer.from(ours.decompress(written, bytes.length)), Buffer.from(bytes))
        }),
        { numRuns: 300 },
      )
      const flushed = deflateRawSync("a", { finishFlush: constants.Z_SYNC_FLUSH })
      assert.equal(Buffer.from(deflate.decompress(concatBytes(flushed, deflateRawSync("b")), 2)).toString(), "ab")
    })

    it("never reads other bytes than zlib does, whatever is damaged", () => {
      let both = 0
      fc.assert(
        fc.property(
          someBytes,
          fc.array(fc.tuple(fc.nat(), fc.nat(255)), { minLength: 1, maxLength: 3 }),
          (bytes, edits) => {
            const damaged = Uint8Array.from(peer.compress(bytes))
            for (const [at, byte] of edits) damaged[at % damaged.length] = byte
            const [mine, theirs] = [ours, peer].map((one) => {
              try {
                return Buffer.from(one.decompress(damaged, bytes.length))
              } catch {
                return undefined
              }
            })
            if (theirs?.length === bytes.length && mine !== undefined) {
              both++
              assert.deepEqual(mine, theirs)
            }
          },
        ),
        { numRuns: 1_000 },
      )
      assert.ok(both > 10, `only ${both} were read by both`)
    })

    it("gives exactly the length that is asked for, and takes all of the bytes", () => {
      const bytes = cbor.rest([READINGS], {})
      const packed = ours.compress(bytes)
      assert.deepEqual(ours.decompress(packed, bytes.length), bytes)
      for (const length of [0, 1, bytes.length - 1, bytes.length + 1, 2 * bytes.length, LIMITS.bytes])
        assert.throws(() => ours.decompress(packed, length))
      for (let end = 0; end < packed.length; end++)
        assert.throws(() => ours.decompress(packed.subarray(0, end), bytes.length))
      const empty = gzip.compress(new Uint8Array())
      for (const more of [[0], [0x1f], new Uint8Array(8), new Uint8Array(10_000), packed, gzip.compress(bytes), empty])
        assert.throws(() => ours.decompress(concatBytes(packed, Uint8Array.from(more)), bytes.length))
      // What looks like the end of one member and another of nothing.
      const another = concatBytes(packed, new Uint8Array(8), empty.subarray(0, -8))
      assert.throws(() => ours.decompress(another, bytes.length))
    })

    it("agrees with zlib on a stream of fixed codes that is cut short and followed by zeros, which could end it", () => {
      const bytes = cbor.rest([READINGS], {})
      const fixed = (ours === deflate ? deflateRawSync : gzipSync)(bytes, { strategy: constants.Z_FIXED })
      const tail = ours === gzip ? 8 : 0
      const readBy = (one: Compression, stream: Uint8Array): string => {
        try {
          const read = one.decompress(stream, bytes.length)
          return read.length === bytes.length ? Buffer.from(read).toString("hex") : "refused"
        } catch {
          return "refused"
        }
      }
      const answers = new Set<string>()
      for (let cut = 0; cut < 6; cut++)
        for (let zeros = 0; zeros < 6; zeros++) {
          const stream = fixed.subarray(0, fixed.length - tail - cut)
          const behind = fixed.subarray(fixed.length - tail)
          const whole = concatBytes(stream, new Uint8Array(zeros), behind)
          answers.add(readBy(peer, whole))
          assert.equal(readBy(ours, whole), readBy(peer, whole), `${cut} cut, ${zeros} zeros`)
        }
      assert.ok(answers.size >= 2)
    })

    it("reads a stream that does not begin at the start of its buffer", () => {
      const bytes = cbor.rest([READINGS], {})
      const packed = ours.compress(bytes)
      const shifted = concatBytes(new Uint8Array(7), packed).subarray(7)
      assert.deepEqual(ours.decompress(shifted, bytes.length), bytes)
    })
  }).timeout(60_000)
}

describe("payload: compression gzip, its frame", () => {
  const bytes = new Uint8Array(2_000).fill(7)
  const member = gzip.compress(bytes)
  for (const [what, at, mask] of [
    ["a name", 3, 8],
    ["a comment", 3, 16],
    ["other fields", 3, 4],
    ["a reserved flag", 3, 32],
    ["another CRC", -8, 1],
    ["another length", -4, 1],
    ["another beginning", 0, 1],
    ["another method", 2, 1],
  ] as const) {
    it(`refuses a member with ${what}`, () => {
      const place = at < 0 ? member.length + at : at
      assert.throws(() => gzip.decompress(member.with(place, member[place]! ^ mask), bytes.length))
    })
  }
})

for (const name of names) {
  const serializer = SERIALIZERS[name]

  describe(`payload: compressed frames in ${name}`, () => {
    it("give back what was written, in fewer bytes", () => {
      for (const compression of [deflate, gzip]) {
        const [plain, small] = [frameOf([READINGS], serializer), frameOf([READINGS], serializer, compression)]
        assert.ok(small.length < plain.length / 2, `${small.length} of ${plain.length}`)
        assert.deepEqual(read(small, serializer, compression), [READINGS])
      }
      fc.assert(
        fc.property(
          fc.array(
            fc.string({ unit: "grapheme", minLength: 60 }).map((text) => text.repeat(9).replaceAll("\0", "")),
            { maxLength: 9 },
          ),
          (args) => {
            const bytes = frameOf(args, serializer, deflate)
            assert.deepEqual(read(bytes, serializer), args)
          },
        ),
        { numRuns: 100 },
      )
    })

    it("are plain where that is no larger: below 512 bytes, and for what does not shrink", () => {
      const random = Array.from({ length: 1_000 }, (_, i) => (Math.imul(i, 2654435761) >>> 13) & 0xff)
      let state = 1
      const noise = Uint8Array.from(random, () => (state = Math.imul(state, 48271) % 0x7fffffff) >>> 8)
      for (const args of [[], ["a".repeat(470)], [noise]]) {
        const bytes = frameOf(args, serializer, deflate)
        assert.deepEqual(bytes, frameOf(args, serializer))
        assert.deepEqual(read(bytes, serializer), args)
      }
      assert.notDeepEqual(frameOf(["a".repeat(520)], serializer, deflate), frameOf(["a".repeat(520)], serializer))
    })

    it("are refused in a scope without compression, plain ones taken in one with it", () => {
      const error = refuses(
        () => decodeFrame(serializer, frameOf([READINGS], serializer, deflate)),
        "payload.decode_failed",
      )
      assert.match(error.message, /no compression/)
      assert.deepEqual(read(frameOf([READINGS], serializer), serializer), [READINGS])
    })

    it("are refused at every truncation, and read only as they were written at every bit", () => {
      const bytes = frameOf([READINGS], serializer, deflate)
      for (let end = 0; end < bytes.length; end++)
        refuses(() => read(bytes.subarray(0, end), serializer), "payload.decode_failed")
      refuses(() => read(concatBytes(bytes, Uint8Array.of(0)), serializer), "payload.decode_failed")
      for (let bit = 0; bit < 8 * bytes.length; bit++) onlyRefuses(() => read(flipped(bytes, bit), serializer), REFUSED)
    })

    const rest = serializer.rest([READINGS], {})
    const { packing } = serializer
    const lies: readonly [string, Partial<Packed>, string][] = [
      ["a byte fewer than there are", { length: rest.length - 1 }, "payload.decode_failed"],
      ["a byte more than there are", { length: rest.length + 1 }, "payload.decode_failed"],
      ["twice as many", { length: 2 * rest.length }, "payload.decode_failed"],
      ["no length", { length: 0 }, "payload.decode_failed"],
      ["a negative length", { length: -1 }, "payload.decode_failed"],
      ["a length that is no integer", { length: rest.length + 0.5 }, "payload.decode_failed"],
      ["a length that is text", { length: "900" as never }, "payload.decode_failed"],
      ["a length over the limit", { length: LIMITS.bytes + 1 }, "payload.too_large"],
      ["a length of 2^53 - 1", { length: Number.MAX_SAFE_INTEGER }, "payload.too_large"],
      ["a length of 2^63", { length: (1n << 63n) as never }, "payload.decode_failed"],
      ["another algorithm", { algorithm: "gzip" }, "payload.decode_failed"],
      ["an algorithm that every object has", { algorithm: "constructor" }, "payload.decode_failed"],
      ["an algorithm that is no text", { algorithm: 1 as never }, "payload.decode_failed"],
      ["bytes that are text", { bytes: "abc" as never }, "payload.decode_failed"],
      ["bytes that are no stream", { bytes: new Uint8Array(100).fill(0xff) }, "payload.decode_failed"],
      ["no bytes", { bytes: new Uint8Array() }, "payload.decode_failed"],
      [
        "bytes behind the stream",
        { bytes: concatBytes(deflate.compress(rest), Uint8Array.of(3, 0)) },
        "payload.decode_failed",
      ],
      ["arguments that are no smaller for it", { bytes: deflateRawSync(rest, { level: 0 }) }, "payload.decode_failed"],
      ["arguments of no serialiser", { bytes: deflate.compress(rest.map(() => 0xff)) }, "payload.decode_failed"],
    ]
    for (const [what, packed, code] of lies) {
      it(`refuse ${what}`, () => {
        const error = refuses(() => read(packedFrame(packed, serializer, rest), serializer), code as never)
        assert.ok(error.message.length < 200)
      })
    }

    it("refuse another algorithm even where its name is that of every object's property", () => {
      refuses(() => read(packedFrame({}, serializer, rest), serializer, gzip), "payload.decode_failed")
    })

    it("refuse compressed arguments inside compressed arguments", () => {
      const inner = packing!.rest({ algorithm: "deflate", length: rest.length, bytes: deflate.compress(rest) })
      const padded = packing!.rest({
        algorithm: "deflate",
        length: 4_000,
        bytes: deflate.compress(new Uint8Array(4_000)),
      })
      for (const nested of [inner, padded])
        refuses(() => {
          const bytes = concatBytes(deflateRawSync(nested, { level: 9 }))
          read(
            packing!.join(decodeHead(), packing!.rest({ algorithm: "deflate", length: nested.length, bytes })),
            serializer,
          )
        }, "payload.decode_failed")
    })

    it("have the limits of plain frames, before and behind the compression", () => {
      const around = serializer.join(new Uint8Array(), serializer.rest(["a".repeat(100_000)], {})).length - 100_000
      const most = LIMITS.bytes - around
      assert.equal((read(frameOf(["a".repeat(most)], serializer, deflate), serializer)[0] as string).length, most)
      refuses(() => frameOf(["a".repeat(most + 1)], serializer, deflate), "payload.too_large")
      const many = Object.fromEntries(Array.from({ length: LIMITS.kwargs + 1 }, (_, i) => [`k${i}`, 0]))
      const { bytes } = encodeFrame(serializer, header, [], many, signed, deflate)
      refuses(() => read(bytes, serializer), "payload.decode_failed")
      const deep = JSON.parse("[".repeat(63) + "]".repeat(63)) as unknown[]
      refuses(() => read(frameOf([deep, "a".repeat(600)], serializer, deflate), serializer), "payload.too_large")
    })
  }).timeout(60_000)
}

describe("payload: compression", () => {
  it("inflates nothing before the arguments are asked for, and once", () => {
    let times = 0
    const counting: Compression = { ...deflate, decompress: (...given) => (times++, deflate.decompress(...given)) }
    const frame: Frame = decodeFrame(cbor, frameOf([READINGS], cbor, deflate), counting)
    assert.deepEqual([frame.header.sequence, frame.authenticator.length, frame.restHash.length, times], [1, 64, 32, 0])
    assert.deepEqual([frame.args, frame.kwargs], [[READINGS], {}])
    assert.equal(times, 1)
  })

  it("covers the bytes as sent with the hash that is signed", () => {
    let covered: Uint8Array | undefined
    const { bytes } = encodeFrame(cbor, header, [READINGS], {}, (_, rest) => ((covered = rest), signed()), deflate)
    const frame = decodeFrame(cbor, bytes, deflate)
    assert.deepEqual(frame.restHash, covered)
    // One stream and another for the same arguments are not the same message.
    const other: Compression = { ...deflate, compress: (given) => deflateRawSync(given, { level: 1 }) }
    const again = decodeFrame(cbor, encodeFrame(cbor, header, [READINGS], {}, signed, other).bytes, deflate)
    assert.deepEqual(again.args, frame.args)
    assert.notDeepEqual(again.restHash, frame.restHash)
  })

  it("is these bytes", () => {
    const args = ["a".repeat(600)]
    const { bytes } = encodeFrame(cbor, header, args, {}, () => new Uint8Array(), deflate)
    const rest = Buffer.from(cbor.rest(args, {}))
    const stream = inflateRawSync(bytes.subarray(bytes.length - deflate.compress(rest).length))
    assert.deepEqual(stream, rest)
    assert.match(Buffer.from(bytes).toString("hex"), /^a2636532654f.{30}617a83676465666c61746519026958/)
  })

  for (const [what, compression, code] of [
    ["throws as it writes", { compress: () => assert.fail("x") }, "payload.encode_failed"],
    ["throws as it reads", { decompress: () => assert.fail("x") }, "payload.decode_failed"],
    ["gives fewer bytes", { decompress: (b, n) => deflate.decompress(b, n).subarray(1) }, "payload.decode_failed"],
    ["gives other arguments", { decompress: () => cbor.rest(["other"], {}) }, "payload.decode_failed"],
    ["gives more bytes", { decompress: (_, n) => new Uint8Array(n + 1) }, "payload.decode_failed"],
  ] as [string, Partial<Compression>, "payload.encode_failed" | "payload.decode_failed"][]) {
    it(`is coded where an application's own ${what}`, () => {
      const own = { ...deflate, ...compression }
      refuses(() => read(frameOf([READINGS], cbor, own), cbor, own), code)
    })
  }

  it("calls an application's own as the object that it is", () => {
    class Own implements Compression {
      readonly name = "own"
      readonly #level = 9
      compress(bytes: Uint8Array): Uint8Array {
        return deflateRawSync(bytes, { level: this.#level })
      }
      decompress(bytes: Uint8Array, length: number): Uint8Array {
        assert.equal(this.#level, 9)
        return deflate.decompress(bytes, length)
      }
    }
    const own = new Own()
    assert.deepEqual(read(frameOf([READINGS], cbor, own), cbor, own), [READINGS])
  })

  it("stops bombs: 10 MiB to 1 GiB, declared small, large or as they are, in 64 MiB and a second each", () => {
    const one = zeros(10)
    assert.equal(inflateRawSync(one.bytes).length, one.length)
    const works: Work[] = [10, 100, 1_024].flatMap((mebibytes) => {
      const bomb = zeros(mebibytes)
      assert.ok(bomb.bytes.length < LIMITS.bytes)
      const member = concatBytes(gzip.compress(new Uint8Array()).subarray(0, 10), bomb.bytes, new Uint8Array(8))
      return [bomb.bytes.length + 100, LIMITS.bytes, bomb.length, 2 ** 53 - 1].flatMap((length) => [
        { algorithm: "deflate", bytes: bomb.bytes, length },
        { algorithm: "gzip", bytes: member, length },
      ])
    })
    const { outcomes, slowest, growth } = inflatedApart(works)
    const expected = works.map(({ length }) => (length > LIMITS.bytes ? "payload.too_large" : "payload.decode_failed"))
    assert.deepEqual(outcomes, expected)
    assert.ok(growth < 64, `grew by ${growth} MiB`)
    assert.ok(slowest < 1_000, `${slowest} ms`)
  })

  it("makes a policy of its own", () => {
    const id = (options: Parameters<typeof parseProfile>[0]): string =>
      policyHashHex(policyOf(parseScopes([{ uri: "com.a", ...options }])[0]!, REALM))
    const ids = [
      {},
      { compression: "deflate" },
      { compression: "gzip" },
      { compression: { ...gzip, name: "own" } },
    ] as const
    assert.equal(new Set(ids.map(id)).size, 4)
    assert.equal(id({ compression: { ...gzip } }), id({ compression: "gzip" }))
  })

  const { packing: _, ...bare } = cbor
  for (const [what, options] of [
    ["an unknown compression", { compression: "brotli" }],
    ["a property that every object has", { compression: "constructor" }],
    ["true", { compression: true }],
    ["null", { compression: null }],
    ["an object without compress", { compression: { name: "own", decompress: () => new Uint8Array() } }],
    ["an object without decompress", { compression: { name: "own", compress: () => new Uint8Array() } }],
    ["a name of other letters", { compression: { ...gzip, name: "G Z" } }],
    ["no name", { compression: { ...gzip, name: undefined } }],
    ["a serialiser that has no form for it", { compression: "gzip", serializer: bare }],
  ] as const) {
    it(`a profile with ${what} is refused`, () => void refuses(() => parseProfile(options as never), "usage.invalid"))
  }
}).timeout(60_000)
