import { strict as assert } from "node:assert"
import { createHash } from "node:crypto"
import { deflateRawSync, gzipSync } from "node:zlib"
import { Tokenizer, Type } from "cborg"
import { concatBytes, utf8ToBytes } from "../../../src/core/bytes.ts"
import { attributesFor, parseAttributes, PASSTHRU_KEYS } from "../../../src/payload/attributes.ts"
import { decodeCbor, encodeCbor } from "../../../src/payload/cbor.ts"
import { decodeFrame, encodeFrame, type Frame } from "../../../src/payload/frame.ts"
import { pad, unpad } from "../../../src/payload/padding.ts"
import { COMPRESSIONS, DEFAULT_PROFILE, type CompressionName } from "../../../src/payload/profile.ts"
import { SERIALIZERS, type PayloadSerializer, type SerializerName } from "../../../src/payload/serializer.ts"
import { heat } from "../../payload/flatbuffers/heat.ts"
import { mutated, randomBytes } from "../bytes.ts"
import { drawFrom, oneOf, seldom, type Draw } from "../draw.ts"
import { cborItem, jsonText, msgpackItem } from "../formats.ts"
import { coded, target, type Target } from "../target.ts"
import { comparable, edited, goodValue, requireInert } from "../values.ts"

const refused = coded("payload.decode_failed", "payload.too_large")
const names = Object.keys(SERIALIZERS) as SerializerName[]
const signed = (): Uint8Array => new Uint8Array(64).fill(9)
const HEADER = { flags: 2, sequence: 3, time: 1_700_000_000_000, instance: new Uint8Array(8).fill(7) }
const FIELDS: readonly unknown[] = [1, 2, 3, 1_700_000_000_000, new Uint8Array(8), new Uint8Array(16), "com.error"]

const goodArgs = (draw: Draw): unknown[] => Array.from({ length: draw(4) }, () => goodValue(draw))
const goodKwargs = (draw: Draw): Record<string, unknown> => (seldom(draw, 2) ? { degrees: goodValue(draw) } : {})

/** Whether bytes of this profile are the only ones for their value: floats may be longer than need be. */
function hasFloats(bytes: Uint8Array): boolean {
  const tokens = new Tokenizer(bytes, { allowBigInt: true })
  while (!tokens.done()) if (Type.equals(tokens.next().type, Type.float)) return true
  return false
}

/** JavaScript puts keys that look like places of a list first. */
function keepsOrder(value: unknown): boolean {
  if (typeof value !== "object" || value === null || value instanceof Uint8Array) return true
  if (!Array.isArray(value) && Object.keys(value).some((key) => /^\d+$/.test(key))) return false
  return Object.values(value).every(keepsOrder)
}

const cborCorpus = [
  FIELDS,
  { e2e: new Uint8Array(80), args: ["a", 1, 1.5, null], kwargs: { a: { b: [true, 2n ** 60n] } } },
].map((value) => encodeCbor(value))
const cborItems = target({
  name: "payload: CBOR",
  kinds: [
    (draw) => randomBytes(draw),
    (draw) => Uint8Array.from(cborItem(draw)),
    (draw) => mutated(draw, cborCorpus),
    (draw) => encodeCbor(goodValue(draw)),
  ],
  decode: decodeCbor,
  promised: refused,
  check(value, bytes) {
    requireInert(value)
    if (!hasFloats(bytes) && keepsOrder(value)) assert.deepEqual(Buffer.from(encodeCbor(value)), Buffer.from(bytes))
    else assert.deepEqual(comparable(decodeCbor(encodeCbor(value))), comparable(value))
  },
})

/** `args` and `kwargs` written at random after the format's structure. */
const wild: Readonly<Record<SerializerName, (draw: Draw) => Uint8Array>> = {
  cbor: (draw) => {
    const [args, kwargs] = [
      seldom(draw, 2) ? cborItem(draw) : [0x81, ...cborItem(draw)],
      seldom(draw, 4) ? cborItem(draw) : [0xa0],
    ]
    return Uint8Array.from([0x64, ...Buffer.from("args"), ...args, 0x66, ...Buffer.from("kwargs"), ...kwargs])
  },
  msgpack: (draw) => {
    const args = seldom(draw, 2) ? msgpackItem(draw) : [0x91, ...msgpackItem(draw)]
    const kwargs = seldom(draw, 4) ? msgpackItem(draw) : [0x80]
    return Uint8Array.from([0xa4, ...Buffer.from("args"), ...args, 0xa6, ...Buffer.from("kwargs"), ...kwargs])
  },
  json: (draw) => {
    const args = seldom(draw, 2) ? jsonText(draw) : `[${jsonText(draw)}]`
    return utf8ToBytes(`"args":${args},"kwargs":${seldom(draw, 4) ? jsonText(draw) : "{}"}}`)
  },
}

/** What stands before the arguments: right, or with a field of its header changed. */
function e2eOf(draw: Draw): Uint8Array {
  if (seldom(draw, 12)) return randomBytes(draw)
  const fields = FIELDS.slice(0, 5 + draw(3))
  const header = Uint8Array.from(
    seldom(draw, 3) ? encodeCbor(safely(() => edited(draw, fields)) ?? 0) : encodeCbor(fields),
  )
  const signature = new Uint8Array(seldom(draw, 12) ? draw(70) : oneOf(draw, [0, 64]))
  return concatBytes(Uint8Array.of(seldom(draw, 30) ? draw(256) : header.length), header, signature)
}

/** Undefined for a value that cannot be written. */
function safely(make: () => unknown): unknown {
  try {
    const value = make()
    encodeCbor(value)
    return value
  } catch {
    return undefined
  }
}

/** What a reader gets of a frame, its arguments read. */
interface Opened extends Frame {
  readonly args: readonly unknown[]
}
function read(serializer: PayloadSerializer, bytes: Uint8Array, compression?: CompressionName): Opened {
  const frame = decodeFrame(serializer, bytes, compression === undefined ? undefined : COMPRESSIONS[compression])
  const { args, kwargs } = frame
  return { ...frame, args, kwargs }
}

function checkArguments(serializer: PayloadSerializer, { args, kwargs }: Opened): void {
  requireInert([args, kwargs])
  const again = serializer.split(serializer.join(new Uint8Array(), serializer.rest(args, kwargs)))
  assert.deepEqual(comparable([again.args, again.kwargs]), comparable([args, kwargs]))
}

const frames = names.map((name) => {
  const serializer = SERIALIZERS[name]
  const good = (draw: Draw): Uint8Array =>
    encodeFrame(serializer, HEADER, goodArgs(draw), goodKwargs(draw), signed).bytes
  const corpus = Array.from({ length: 12 }, (_, i) => good(drawFrom(i * 77 + 1)))
  return target({
    name: `payload: frames in ${name}`,
    kinds: [
      (draw) => (seldom(draw, 3) ? good(draw) : randomBytes(draw)),
      (draw) => serializer.join(e2eOf(draw), wild[name](draw)),
      (draw) => serializer.join(e2eOf(draw), serializer.rest(goodArgs(draw), goodKwargs(draw))),
      (draw) => mutated(draw, corpus),
    ],
    decode: (bytes) => read(serializer, bytes),
    promised: refused,
    check(frame, bytes) {
      const { e2e, rest } = serializer.split(bytes)
      assert.deepEqual(Buffer.from(serializer.join(e2e, rest)), Buffer.from(bytes))
      assert.deepEqual(Buffer.from(frame.restHash), createHash("sha256").update(rest).digest())
      checkArguments(serializer, frame)
    },
  })
})

const compressed = names.flatMap((name) => {
  const serializer = SERIALIZERS[name]
  const compressions: readonly CompressionName[] = ["deflate", "gzip"]
  return compressions.map((compression) => {
    const squeeze = compression === "gzip" ? gzipSync : deflateRawSync
    const rests = Array.from({ length: 6 }, (_, i) =>
      serializer.rest([...goodArgs(drawFrom(i + 9)), "pump-7 ".repeat(90)], { unit: "°C" }),
    )
    const streams = rests.map((rest) => COMPRESSIONS[compression].compress(rest))
    const frameOf = (draw: Draw, bytes: Uint8Array, length: number): Uint8Array => {
      const algorithm = seldom(draw, 40) ? oneOf(draw, ["gzip", "deflate", "", "constructor"]) : compression
      const { rest, join } = serializer.packing!
      return join(new Uint8Array([0, 0]), rest({ algorithm, length, bytes }))
    }
    const good = rests.map((rest, i) => {
      const { rest: packed, join } = serializer.packing!
      const { e2e } = serializer.split(encodeFrame(serializer, HEADER, [], {}, signed).bytes)
      return join(e2e, packed({ algorithm: compression, length: rest.length, bytes: streams[i]! }))
    })
    const { e2e } = serializer.packing!.split(good[0]!)
    const withHead = (frame: Uint8Array): Uint8Array => {
      const parts = serializer.packing!.split(frame)
      return serializer.packing!.join(e2e, parts.rest)
    }
    return target({
      name: `payload: frames in ${name}, compressed by ${compression}`,
      weight: 3,
      kinds: [
        (draw) => (seldom(draw, 4) ? oneOf(draw, good) : mutated(draw, good)),
        // The right length for other arguments; now and then one that lies.
        (draw) => {
          const rest = seldom(draw, 3) ? wild[name](draw) : mutated(draw, rests)
          const length = seldom(draw, 8)
            ? oneOf(draw, [0, 1, rest.length + 1, rest.length * 2, 2 ** 20, 2 ** 31])
            : rest.length
          return withHead(frameOf(draw, squeeze(rest), length))
        },
        (draw) => withHead(frameOf(draw, mutated(draw, streams), rests[draw(rests.length)]!.length)),
        (draw) =>
          encodeFrame(
            serializer,
            HEADER,
            [goodValue(draw), "a".repeat(draw(900))],
            {},
            signed,
            COMPRESSIONS[compression],
          ).bytes,
      ],
      decode: (bytes) => read(serializer, bytes, compression),
      promised: refused,
      check: (frame) => checkArguments(serializer, frame),
    })
  })
})

const padding = target({
  name: "payload: padding",
  weight: 2,
  kinds: [
    (draw) => randomBytes(draw),
    (draw) => concatBytes(randomBytes(draw), Uint8Array.of(oneOf(draw, [0x80, 0, 0x81])), new Uint8Array(draw(40))),
    (draw) => pad(randomBytes(draw), 2 ** 20),
  ],
  decode: unpad,
  promised: coded("payload.decode_failed"),
  check(bytes, padded) {
    const zeros = new Uint8Array(padded.length - bytes.length - 1)
    assert.deepEqual(concatBytes(bytes, Uint8Array.of(0x80), zeros), Uint8Array.from(padded))
  },
})

const RIGHT = { ...attributesFor(DEFAULT_PROFILE, `0x${"0123456789abcdefABCD".repeat(2)}`) }
const attributes = target({
  name: "payload: passthru attributes",
  weight: 4,
  kinds: [
    (draw) => edited(draw, RIGHT),
    (draw) => Object.fromEntries(PASSTHRU_KEYS.map((key) => [key, seldom(draw, 6) ? goodValue(draw) : RIGHT[key]])),
    (draw) => Object.assign(Object.create(seldom(draw, 2) ? RIGHT : null) as object, edited(draw, RIGHT)),
  ],
  decode: (given) => parseAttributes(DEFAULT_PROFILE, Object(given) as Record<string, unknown>),
  promised: coded("payload.attributes"),
  check(keyId, given) {
    const own = given as typeof RIGHT
    assert.ok(PASSTHRU_KEYS.every((key) => Object.hasOwn(own, key) && typeof own[key] === "string"))
    assert.deepEqual({ ...RIGHT, ppt_keyid: keyId }, Object.fromEntries(PASSTHRU_KEYS.map((key) => [key, own[key]])))
  },
})

const heatFrames = [
  [],
  ["calm"],
  [{ sensor: "pump-7", degrees: 1.5, time: 2 ** 40, trace: new Uint8Array(9) }, "calm", ""],
].map((args, i) => heat.join(new Uint8Array(8), heat.rest(args, i === 0 ? {} : { unit: "C" })))
const flatbuffers = target({
  name: "payload: frames of the example in FlatBuffers",
  weight: 4,
  kinds: [
    (draw) => randomBytes(draw),
    (draw) => (seldom(draw, 20) ? oneOf(draw, heatFrames) : mutated(draw, heatFrames)),
    // The frame right, the payload in it not: what is there has offsets that lead elsewhere.
    (draw) => {
      const { rest } = heat.split(oneOf(draw, heatFrames))
      const altered = Uint8Array.from(rest)
      for (let edits = draw(3); edits >= 0; edits--)
        altered[draw(altered.length)] = seldom(draw, 2) ? draw(256) : 4 * draw(24)
      return heat.join(new Uint8Array(8), altered)
    },
  ],
  decode: (bytes) => heat.split(bytes),
  promised: coded("payload.decode_failed"),
  check({ e2e, rest, args, kwargs }, bytes) {
    assert.deepEqual(Buffer.from(heat.join(e2e, rest)), Buffer.from(bytes))
    const again = heat.split(heat.join(e2e, heat.rest(args as unknown[], kwargs as Record<string, unknown>)))
    assert.deepEqual([again.args, again.kwargs], [args, kwargs])
  },
})

export const payloadTargets: readonly Target[] = [cborItems, ...frames, flatbuffers, ...compressed, padding, attributes]
