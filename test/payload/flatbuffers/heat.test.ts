import { strict as assert } from "node:assert"
import { Builder } from "flatbuffers"
import * as fc from "fast-check"
import { parseProfile } from "../../../src/payload/profile.ts"
import { flipped, onlyRefuses, refuses } from "../../arbitrary.ts"
import { World } from "../../session/world.ts"
import { ApplicationError } from "../../../src/session/messages/application-error.ts"
import { heat, type Reading } from "./heat.ts"
import { until } from "../../world.ts"

const READINGS: readonly (Reading | string)[] = [
  { sensor: "pump-7", degrees: 21.5, time: 1_700_000_000_000, trace: Uint8Array.of(0, 1, 255) },
  "calm",
]
const E2E = Uint8Array.of(1, 2, 3)
const hexOf = (bytes: Uint8Array): string => Buffer.from(bytes).toString("hex")

const aText = fc.string({ unit: "grapheme", maxLength: 20 })
const aReading = fc
  .record({
    sensor: aText,
    degrees: fc.double({ noNaN: true }),
    time: fc.maxSafeNat(),
    trace: fc.option(fc.uint8Array({ maxLength: 30 }), { nil: undefined }),
  })
  .map(({ trace, ...reading }) => (trace === undefined ? reading : { ...reading, trace }))
const someArgs = fc.array(fc.oneof(aReading, aText), { maxLength: 5 })
const someKwargs = fc.option(aText, { nil: undefined }).map((unit) => (unit === undefined ? {} : { unit }))

/** A frame around a payload that is written otherwise than `rest` writes it. */
const around = (write: (builder: Builder) => number): Uint8Array => {
  const builder = new Builder(64)
  builder.finish(write(builder))
  return heat.join(E2E, builder.asUint8Array().slice())
}
/** Payload of one argument table, which `write` fills. */
const withArgument = (write: (builder: Builder) => number): Uint8Array =>
  around((builder) => {
    const argument = write(builder)
    builder.startVector(4, 1, 4)
    builder.addOffset(argument)
    const args = builder.endVector()
    builder.startObject(2)
    builder.addFieldOffset(0, args, 0)
    return builder.endObject()
  })

describe("payload: an application's serialiser over FlatBuffers", () => {
  it("gives back what it wrote, the rest to the byte", () => {
    fc.assert(
      fc.property(someArgs, someKwargs, fc.uint8Array({ maxLength: 200 }), (args, kwargs, e2e) => {
        const rest = heat.rest(args, kwargs)
        const parts = heat.split(heat.join(e2e, rest))
        assert.deepEqual([parts.args, parts.kwargs], [args, kwargs])
        assert.deepEqual([hexOf(parts.e2e), hexOf(parts.rest)], [hexOf(e2e), hexOf(rest)])
      }),
      { numRuns: 300 },
    )
  })

  it("writes what the builder for Python writes", () => {
    // flatbuffers 25.9.23 from PyPI, the same calls in the same order.
    const payload =
      "100000000000000008000c000800040008000000080000000c000000010000004300000002000000280000000c000000080008000000040008000000040000000400000063616c6d000006000800040006000000100000000c002000080014000c0004000c0000001c000000200000000068e5cf8b010000000000000080354000000000030000000001ff000600000070756d702d370000"
    const before = "100000000000000008000c000400080008000000080000000c000000030000000102030098000000"
    const rest = heat.rest(READINGS, { unit: "C" })
    assert.equal(hexOf(rest), payload)
    assert.equal(hexOf(heat.join(E2E, rest)), before + payload)
  })

  for (const [what, args, kwargs] of [
    ["a value of another type", [5], {}],
    ["null", [null], {}],
    ["a reading without a sensor", [{ degrees: 1, time: 2 }], {}],
    ["a reading with a field of its own", [{ sensor: "a", degrees: 1, time: 2, more: 3 }], {}],
    ["a time that is no integer", [{ sensor: "a", degrees: 1, time: 2.5 }], {}],
    ["a time before 1970", [{ sensor: "a", degrees: 1, time: -1 }], {}],
    ["half a surrogate pair", ["\ud800"], {}],
    ["a unit that is no text", [], { unit: 5 }],
    ["another keyword argument", [], { other: "x" }],
  ] as [string, unknown[], Record<string, unknown>][]) {
    it(`does not write ${what}`, () => void refuses(() => heat.rest(args, kwargs), "payload.encode_failed"))
  }

  it("refuses every truncation, and every byte behind", () => {
    const bytes = heat.join(E2E, heat.rest(READINGS, { unit: "C" }))
    for (let end = 0; end < bytes.length; end++)
      refuses(() => heat.split(bytes.subarray(0, end)), "payload.decode_failed")
    refuses(() => heat.split(Uint8Array.from([...bytes, 0])), "payload.decode_failed")
    refuses(() => heat.split(Uint8Array.from([0, 0, 0, 0, ...bytes])), "payload.decode_failed")
  })

  it("gives nothing but coded errors, or what is written, for every byte that is changed", () => {
    const bytes = heat.join(E2E, heat.rest(READINGS, { unit: "C" }))
    let read = 0
    for (let bit = 0; bit < 8 * bytes.length; bit++)
      onlyRefuses(() => {
        const { args, kwargs } = heat.split(flipped(bytes, bit))
        read++
        heat.rest(args as unknown[], kwargs as Record<string, unknown>)
      }, /^payload\.(decode|encode)_failed$/)
    for (let at = 0; at < bytes.length; at++)
      for (let byte = 0; byte < 256; byte++)
        onlyRefuses(() => heat.split(bytes.with(at, byte)), /^payload\.decode_failed$/)
    // Values may be others; places may not.
    assert.ok(read > 20 && read < 4 * bytes.length, `${read} were read`)
  })

  const rest = heat.rest(READINGS, { unit: "C" })
  for (const [what, bytes] of [
    ["nothing", new Uint8Array()],
    ["an offset behind the end", heat.join(E2E, rest.with(0, 0xff))],
    ["an offset of 2^32 - 1", heat.join(E2E, Uint8Array.from([255, 255, 255, 255, ...rest.subarray(4)]))],
    ["an offset to itself", heat.join(E2E, rest.with(0, 0))],
    ["a table without alignment", heat.join(E2E, rest.with(0, 0x11))],
    ["an empty payload", heat.join(E2E, new Uint8Array())],
    ["a frame in another order", Uint8Array.from(otherOrder())],
    ["a payload without args", around((builder) => (builder.startObject(2), builder.endObject()))],
    ["an argument that is nothing", withArgument((builder) => (builder.startObject(2), builder.endObject()))],
    [
      "an argument that is two things",
      withArgument((builder) => {
        const text = builder.createString("a")
        builder.startObject(4)
        builder.addFieldOffset(0, text, 0)
        const reading = builder.endObject()
        builder.startObject(2)
        builder.addFieldOffset(0, reading, 0)
        builder.addFieldOffset(1, text, 0)
        return builder.endObject()
      }),
    ],
    [
      "a field that the schema does not know",
      withArgument((builder) => {
        const text = builder.createString("a")
        builder.startObject(3)
        builder.addFieldOffset(1, text, 0)
        builder.addFieldInt32(2, 7, 0)
        return builder.endObject()
      }),
    ],
    [
      "a text that is no UTF-8",
      withArgument((builder) => {
        const text = builder.createString(Uint8Array.of(0xc3, 0x28))
        builder.startObject(2)
        builder.addFieldOffset(1, text, 0)
        return builder.endObject()
      }),
    ],
    [
      "a time beyond 2^53",
      withArgument((builder) => {
        const text = builder.createString("a")
        builder.startObject(4)
        builder.addFieldInt64(2, -1n, 0n)
        builder.addFieldOffset(0, text, 0)
        const reading = builder.endObject()
        builder.startObject(2)
        builder.addFieldOffset(0, reading, 0)
        return builder.endObject()
      }),
    ],
    ["a text that ten thousand arguments share", shared("a".repeat(1_000), 10_000)],
  ] as const) {
    it(`refuses ${what}`, () => void refuses(() => heat.split(bytes), "payload.decode_failed"))
  }

  it("takes little time and memory for a buffer whose parts are used again and again", () => {
    const bytes = shared("a".repeat(500_000), 100_000) // 50 GB, if each were read
    const began = process.cpuUsage()
    refuses(() => heat.split(bytes), "payload.decode_failed")
    assert.ok(process.cpuUsage(began).user < 2_000_000)
  })

  it("cannot be used with compression, for which it has no form", () => {
    refuses(() => parseProfile({ serializer: heat, compression: "deflate" }), "usage.invalid")
  })
}).timeout(60_000)

describe("session: a scope with an application's serialiser over FlatBuffers", () => {
  let world: World
  beforeEach(() => (world = new World()))
  afterEach(() => world.close())

  it("calls, fails and publishes, and tells a program what its schema does not carry", async () => {
    const scopes = [{ uri: "com.example.", match: "prefix" as const, serializer: heat }]
    const callee = await world.join("callee", {}, { scopes })
    const caller = await world.join("caller", {}, { scopes })
    await callee.endpoint.register("com.example.warmest", (args) => {
      const readings = args as Reading[]
      if (readings.length === 0) throw new ApplicationError("com.example.error.none", ["no readings"])
      return readings.toSorted((a, b) => b.degrees - a.degrees)[0]
    })
    const [cold, warm] = [10, 30].map((degrees): Reading => ({ sensor: "pump", degrees, time: 5 }))
    assert.deepEqual(await caller.endpoint.call("com.example.warmest", [cold, warm]), warm)
    await assert.rejects(caller.endpoint.call("com.example.warmest", []), {
      uri: "com.example.error.none",
      args: ["no readings"],
    })
    await assert.rejects(caller.endpoint.call("com.example.warmest", [5]), { code: "payload.encode_failed" })

    const heard: unknown[] = []
    await caller.endpoint.subscribe("com.example.heat", (args, kwargs) => void heard.push([args, kwargs]))
    await callee.endpoint.publish("com.example.heat", READINGS, { kwargs: { unit: "C" } })
    await until(() => heard.length > 0)
    assert.deepEqual(heard, [[READINGS, { unit: "C" }]])

    const sent = world.router.carried.find(({ type, payload }) => type === "EVENT" && payload.sealed)
    assert.ok(sent!.payload.sealed)
    assert.deepEqual(
      [sent!.payload.attributes["ppt_scheme"], sent!.payload.attributes["ppt_serializer"]],
      ["wamp", "flatbuffers"],
    )
    assert.deepEqual([callee.refused, caller.refused], [[], []])
  })
})

/** The same frame with e2e written before the payload: right for any reader of the schema, but not the one form. */
function otherOrder(): Uint8Array {
  const builder = new Builder(256)
  const e2e = builder.createByteVector(E2E)
  const bytes = heat.rest(READINGS, {})
  builder.startVector(1, bytes.length, 8)
  for (let at = bytes.length - 1; at >= 0; at--) builder.addInt8(bytes[at]!)
  const payload = builder.endVector()
  builder.startObject(2)
  builder.addFieldOffset(1, payload, 0)
  builder.addFieldOffset(0, e2e, 0)
  builder.finish(builder.endObject())
  return builder.asUint8Array().slice()
}

/** A payload in which every argument is the same table, with the same text. */
function shared(text: string, count: number): Uint8Array {
  return around((builder) => {
    const at = builder.createString(text)
    builder.startObject(2)
    builder.addFieldOffset(1, at, 0)
    const argument = builder.endObject()
    builder.startVector(4, count, 4)
    for (let i = 0; i < count; i++) builder.addOffset(argument)
    const args = builder.endVector()
    builder.startObject(2)
    builder.addFieldOffset(0, args, 0)
    return builder.endObject()
  })
}
