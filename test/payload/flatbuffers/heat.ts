import { Builder } from "flatbuffers"
import { E2eeError, type Parts, type PayloadSerializer } from "../../../src/index.ts"
import { Checked, type Table } from "./checked.ts"

// An application's serialiser over heat.fbs, written by hand; `flatc` would generate the same calls of the builder.

export interface Reading {
  readonly sensor: string
  readonly degrees: number
  /** POSIX milliseconds. */
  readonly time: number
  readonly trace?: Uint8Array
}

/** Numbers of the fields in heat.fbs, and how many a table has. */
const READING = { sensor: 0, degrees: 1, time: 2, trace: 3, fields: 4 }
const ARGUMENT = { reading: 0, text: 1, fields: 2 }
const PAYLOAD = { args: 0, unit: 1, fields: 2 }
const FRAME = { e2e: 0, payload: 1, fields: 2 }

export const heat: PayloadSerializer = {
  name: "flatbuffers",
  scheme: "wamp",

  rest(args, kwargs) {
    const { unit, ...others } = kwargs
    if (Object.keys(others).length > 0 || (unit !== undefined && typeof unit !== "string"))
      throw refused("encode", "kwargs are something else than a unit")
    const builder = new Builder(256)
    const items = args.map((argument) => writeArgument(builder, argument))
    builder.startVector(4, items.length, 4)
    for (const item of items.toReversed()) builder.addOffset(item)
    const list = builder.endVector()
    const unitAt = unit === undefined ? 0 : builder.createString(wellFormed(unit))
    builder.startObject(PAYLOAD.fields)
    builder.addFieldOffset(PAYLOAD.args, list, 0)
    builder.addFieldOffset(PAYLOAD.unit, unitAt, 0)
    builder.finish(builder.endObject())
    return builder.asUint8Array().slice()
  },

  join(e2e, rest) {
    const builder = new Builder(e2e.length + rest.length + 64)
    builder.startVector(1, rest.length, 8) // so that what it holds is aligned, too
    for (let at = rest.length - 1; at >= 0; at--) builder.addInt8(rest[at] as number)
    const payload = builder.endVector()
    const head = builder.createByteVector(e2e)
    builder.startObject(FRAME.fields)
    builder.addFieldOffset(FRAME.payload, payload, 0)
    builder.addFieldOffset(FRAME.e2e, head, 0)
    builder.finish(builder.endObject())
    return builder.asUint8Array().slice()
  },

  split(bytes) {
    return coded(() => {
      const frame = new Checked(bytes)
      const table = frame.root(FRAME.fields)
      const e2e = required(frame.bytes(table, FRAME.e2e))
      const rest = required(frame.bytes(table, FRAME.payload))
      // Frames have one form: whoever looks for the rest in another way finds the same bytes.
      if (Buffer.compare(heat.join(e2e, rest), bytes) !== 0) throw new TypeError("the frame is written otherwise")
      return { e2e, rest, ...readPayload(rest) }
    })
  },
}

function writeArgument(builder: Builder, argument: unknown): number {
  const isText = typeof argument === "string"
  const at = isText ? builder.createString(wellFormed(argument)) : writeReading(builder, argument)
  builder.startObject(ARGUMENT.fields)
  builder.addFieldOffset(isText ? ARGUMENT.text : ARGUMENT.reading, at, 0)
  return builder.endObject()
}

/** What cannot be carried unchanged is refused, never rounded or left out. */
function writeReading(builder: Builder, argument: unknown): number {
  const { sensor, degrees, time, trace, ...others } = Object(argument) as Record<string, unknown>
  if (
    typeof sensor !== "string" ||
    typeof degrees !== "number" ||
    !Number.isSafeInteger(time) ||
    (time as number) < 0 ||
    (trace !== undefined && !(trace instanceof Uint8Array)) ||
    Object.keys(others).length > 0
  )
    throw refused("encode", "an argument is neither a text nor a reading of { sensor, degrees, time, trace? }")
  const sensorAt = builder.createString(wellFormed(sensor))
  const traceAt = trace === undefined ? 0 : builder.createByteVector(trace)
  builder.startObject(READING.fields)
  builder.addFieldFloat64(READING.degrees, degrees, null) // also 0, which may be -0
  builder.addFieldInt64(READING.time, BigInt(time as number), 0n)
  builder.addFieldOffset(READING.sensor, sensorAt, 0)
  builder.addFieldOffset(READING.trace, traceAt, 0)
  return builder.endObject()
}

function readPayload(bytes: Uint8Array): Pick<Parts, "args" | "kwargs"> {
  const payload = new Checked(bytes)
  const table = payload.root(PAYLOAD.fields)
  const args = required(payload.tables(table, PAYLOAD.args, ARGUMENT.fields)).map((item) => readArgument(payload, item))
  const unit = payload.text(table, PAYLOAD.unit)
  return { args, kwargs: unit === undefined ? {} : { unit } }
}

function readArgument(payload: Checked, item: Table): string | Reading {
  const text = payload.text(item, ARGUMENT.text)
  const reading = payload.tableIn(item, ARGUMENT.reading, READING.fields)
  if ((text === undefined) === (reading === undefined)) throw new TypeError("an argument is not one thing")
  if (reading === undefined) return required(text)
  const time = Number(payload.ulong(reading, READING.time))
  if (!Number.isSafeInteger(time)) throw new TypeError("a time is beyond 2^53")
  const trace = payload.bytes(reading, READING.trace)
  return {
    sensor: required(payload.text(reading, READING.sensor)),
    degrees: payload.double(reading, READING.degrees),
    time,
    ...(trace === undefined ? {} : { trace }),
  }
}

/** The builder would write half a surrogate pair as another character. */
function wellFormed(text: string): string {
  if (text.isWellFormed()) return text
  throw refused("encode", "a text has half a surrogate pair")
}

function required<T>(value: T | undefined): T {
  if (value === undefined) throw new TypeError("a required field is missing")
  return value
}

function coded<T>(work: () => T): T {
  try {
    return work()
  } catch (cause) {
    throw refused("decode", cause instanceof Error ? cause.message : "unknown", cause)
  }
}

function refused(what: "encode" | "decode", why: string, cause?: unknown): E2eeError {
  return new E2eeError(`payload.${what}_failed`, `the payload is no FlatBuffer of the schema heat: ${why}`, { cause })
}
