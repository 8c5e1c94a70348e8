import { strict as assert } from "node:assert"
import { createHash } from "node:crypto"
import { decode } from "cborg"
import * as fc from "fast-check"
import { encodeCbor } from "../../src/payload/cbor.ts"
import { correlationOf, decodeFrame, encodeFrame, FLAG, type FrameHeader } from "../../src/payload/frame.ts"
import { LIMITS } from "../../src/payload/limits.ts"
import { SERIALIZERS } from "../../src/payload/serializer.ts"
import { bytesOfLength, onlyRefuses, refuses } from "../arbitrary.ts"

const { cbor } = SERIALIZERS
const header: FrameHeader = {
  flags: FLAG.final,
  sequence: 3,
  time: 1_700_000_000_000,
  instance: new Uint8Array(8).fill(7),
}
const noSignature = (): Uint8Array => new Uint8Array()
const hexOf = (bytes: Uint8Array): string => Buffer.from(bytes).toString("hex")
const sha256 = (bytes: Uint8Array): string => createHash("sha256").update(bytes).digest("hex")

const aHeader: fc.Arbitrary<FrameHeader> = fc
  .record({
    flags: fc.nat(3),
    sequence: fc.maxSafeNat(),
    time: fc.maxSafeNat(),
    instance: bytesOfLength(8),
    correlation: fc.option(bytesOfLength(16), { nil: undefined }),
    error: fc.option(fc.string({ maxLength: 60 }), { nil: undefined }),
  })
  .map(({ correlation, error, ...rest }) => ({
    ...rest,
    ...(correlation === undefined ? {} : { correlation, ...(error === undefined ? {} : { error }) }),
  }))
const aKey = fc.string({ maxLength: 8 }).filter((key) => !["__proto__", "constructor", "prototype"].includes(key))
const someKwargs = fc.dictionary(aKey, fc.oneof(fc.integer(), fc.string()), { noNullPrototype: true })
const someArgs = fc.array(fc.oneof(fc.integer(), fc.string(), fc.uint8Array({ maxLength: 9 })), { maxLength: 6 })

/** A map of exactly these entries, in this order. */
const map = (entries: Readonly<Record<string, unknown>>): Uint8Array => encodeCbor(entries)
const e2eOf = (fields: unknown, signature = new Uint8Array()): Uint8Array => {
  const bytes = encodeCbor(fields)
  return Uint8Array.from([bytes.length, ...bytes, ...signature])
}
const fields = [1, 2, 3, 4, new Uint8Array(8)] as const
const frameOf = (e2e: unknown): Uint8Array => map({ e2e, args: [], kwargs: {} })

describe("payload: frame", () => {
  it("gives back what it wrote", () => {
    fc.assert(
      fc.property(
        aHeader,
        someArgs,
        someKwargs,
        fc.boolean(),
        bytesOfLength(64),
        (header, args, kwargs, signed, signature) => {
          let covered: Uint8Array[] = []
          const { bytes, headerBytes } = encodeFrame(cbor, header, args, kwargs, (...parts) => {
            covered = parts
            return signed ? signature : new Uint8Array()
          })
          const frame = decodeFrame(cbor, bytes)
          assert.deepEqual(frame.header, header)
          assert.deepEqual(frame.args, args)
          assert.deepEqual(frame.kwargs, kwargs)
          assert.equal(hexOf(frame.authenticator), signed ? hexOf(signature) : "")
          assert.deepEqual([hexOf(frame.headerBytes), hexOf(frame.restHash)], covered.map(hexOf))
          assert.equal(hexOf(headerBytes), hexOf(frame.headerBytes))
        },
      ),
      { numRuns: 200 },
    )
  })

  it("is these bytes", () => {
    const { bytes, headerBytes } = encodeFrame(cbor, header, ["hi", 1], { a: true }, noSignature)
    const head = "850102031b0000018bcfe56800480707070707070707"
    const rest = "64617267738262686901666b7761726773a16161f5"
    assert.equal(hexOf(headerBytes), head)
    // map of 3, "e2e", 23 bytes: the length of the header, the header; no signature
    assert.equal(hexOf(bytes), `a3636532655716${head}${rest}`)
    assert.equal(hexOf(decodeFrame(cbor, bytes).restHash), sha256(Buffer.from(rest, "hex")))
  })

  it("is a map whose args and kwargs any CBOR reader sees", () => {
    fc.assert(
      fc.property(someArgs, someKwargs, (args, kwargs) => {
        const plain = decode(encodeFrame(cbor, header, args, kwargs, noSignature).bytes) as Record<string, unknown>
        assert.deepEqual(Object.keys(plain), ["e2e", "args", "kwargs"])
        assert.deepEqual(plain["args"], args)
        assert.deepEqual(plain["kwargs"], kwargs)
      }),
    )
  })

  it("names a request by SHA-256 of nonce and header", () => {
    const [nonce, head] = [new Uint8Array(24).fill(1), new Uint8Array(20).fill(2)]
    assert.equal(hexOf(correlationOf(nonce, head)), sha256(Buffer.concat([nonce, head])).slice(0, 32))
  })

  const malformed: readonly [string, Uint8Array][] = [
    ["a list", encodeCbor([])],
    ["a number", encodeCbor(1)],
    ["null", encodeCbor(null)],
    ["bytes", encodeCbor(new Uint8Array(3))],
    ["no e2e: a plain payload", map({ args: [], kwargs: {} })],
    ["e2e last", map({ args: [], kwargs: {}, e2e: e2eOf(fields) })],
    ["kwargs before args", map({ e2e: e2eOf(fields), kwargs: {}, args: [] })],
    ["one key more", map({ e2e: e2eOf(fields), args: [], kwargs: {}, x: 1 })],
    ["args that is a map", map({ e2e: e2eOf(fields), args: {}, kwargs: {} })],
    ["args that is bytes", map({ e2e: e2eOf(fields), args: new Uint8Array(), kwargs: {} })],
    ["kwargs that is a list", map({ e2e: e2eOf(fields), args: [], kwargs: [] })],
    ["kwargs that is null", map({ e2e: e2eOf(fields), args: [], kwargs: null })],
    [
      "too many kwargs",
      map({
        e2e: e2eOf(fields),
        args: [],
        kwargs: Object.fromEntries(Array.from({ length: LIMITS.kwargs + 1 }, (_, i) => [`k${i}`, 0])),
      }),
    ],
    ["e2e that is text", frameOf("e2e")],
    ["an empty e2e", frameOf(new Uint8Array())],
    ["a header cut short", frameOf(e2eOf(fields).subarray(0, -1))],
    ["a header longer than said", frameOf(Uint8Array.from([3, ...e2eOf(fields).subarray(1)]))],
    ["a signature of 63 bytes", frameOf(e2eOf(fields, new Uint8Array(63)))],
    ["a signature of 65 bytes", frameOf(e2eOf(fields, new Uint8Array(65)))],
    ["a header that is a map", frameOf(e2eOf({ v: 1 }))],
    ["a header of 4 fields", frameOf(e2eOf(fields.slice(0, 4)))],
    ["a header of 9 fields", frameOf(e2eOf([...fields, new Uint8Array(16), "e", 1, 1]))],
    ["a part that is no count", frameOf(e2eOf([...fields, new Uint8Array(16), "e", -1]))],
    ["an error of null at the end", frameOf(e2eOf([...fields, new Uint8Array(16), null]))],
    ["a part of null", frameOf(e2eOf([...fields, new Uint8Array(16), null, null]))],
    ["version 2", frameOf(e2eOf([2, ...fields.slice(1)]))],
    ["negative flags", frameOf(e2eOf([1, -1, 3, 4, new Uint8Array(8)]))],
    ["a sequence that is text", frameOf(e2eOf([1, 2, "3", 4, new Uint8Array(8)]))],
    ["a sequence beyond 2^53", frameOf(e2eOf([1, 2, 2n ** 53n, 4, new Uint8Array(8)]))],
    ["a fractional time", frameOf(e2eOf([1, 2, 3, 4.5, new Uint8Array(8)]))],
    ["an instance of 7 bytes", frameOf(e2eOf([1, 2, 3, 4, new Uint8Array(7)]))],
    ["a correlation of 15 bytes", frameOf(e2eOf([...fields, new Uint8Array(15)]))],
    ["a correlation of null", frameOf(e2eOf([...fields, null]))],
    ["an error that is no text", frameOf(e2eOf([...fields, new Uint8Array(16), 5]))],
  ]
  for (const [name, bytes] of malformed) {
    it(`refuses ${name}`, () => {
      refuses(() => decodeFrame(cbor, bytes), "payload.decode_failed")
    })
  }

  it("takes as many kwargs as the limit", () => {
    const kwargs = Object.fromEntries(Array.from({ length: LIMITS.kwargs }, (_, i) => [`k${i}`, i]))
    assert.deepEqual(decodeFrame(cbor, encodeFrame(cbor, header, [], kwargs, noSignature).bytes).kwargs, kwargs)
  })

  it("writes a part behind absent fields, and reads it", () => {
    const { bytes } = encodeFrame(cbor, { ...header, part: 3 }, [], {}, noSignature)
    assert.deepEqual(decodeFrame(cbor, bytes).header, { ...header, part: 3 })
  })

  it("refuses to write a header that its length byte cannot hold", () => {
    const long = { ...header, correlation: new Uint8Array(16), error: "e".repeat(250) }
    refuses(() => encodeFrame(cbor, long, [], {}, noSignature), "payload.encode_failed")
  })

  it("gives nothing but coded errors for random bytes and damaged frames", () => {
    const family = /^payload\.(decode_failed|too_large)$/
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 80 }), (bytes) => onlyRefuses(() => decodeFrame(cbor, bytes), family)),
      { numRuns: 3_000 },
    )
    const { bytes } = encodeFrame(cbor, header, ["hi", 1], { a: true }, () => new Uint8Array(64))
    for (let at = 0; at < bytes.length; at++) {
      for (let byte = 0; byte < 256; byte++) {
        const damaged = Uint8Array.from(bytes)
        damaged[at] = byte
        onlyRefuses(() => decodeFrame(cbor, damaged), family)
      }
      refuses(() => decodeFrame(cbor, bytes.subarray(0, at)), "payload.decode_failed")
    }
  })
}).timeout(60_000)
