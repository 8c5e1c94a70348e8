import { encodeJson, decodeJson } from "../core/json.ts"
import { decodeMsgpack, encodeMsgpack } from "../core/msgpack.ts"
import { concatBytes, utf8ToBytes } from "../core/bytes.ts"
import { E2eeError } from "../core/errors.ts"
import { decodeCbor, decodeLooseCbor, encodeCbor } from "./cbor.ts"
import { LIMITS } from "./limits.ts"
import { isDictionary, refuseForbiddenKeys, requirePlain } from "./plain.ts"

/** What a frame holds: the bytes of `e2e`, and the application's arguments. */
export interface Parts {
  readonly e2e: Uint8Array
  /** What the signature covers: all of the frame that says anything about the arguments. */
  readonly rest: Uint8Array
  readonly args: unknown
  readonly kwargs: unknown
}

/** What a frame with compressed arguments holds. */
export interface PackedParts {
  readonly e2e: Uint8Array
  readonly rest: Uint8Array
  readonly packed: Packed
}

/** Arguments as they are compressed. */
export interface Packed {
  /** Name of the compression. */
  readonly algorithm: string
  /** Bytes that were compressed: a frame's `rest`. */
  readonly length: number
  readonly bytes: Uint8Array
}

/** How a frame with compressed arguments is written: `{"e2e": bytes, "z": [algorithm, length, bytes]}`. */
export interface Packing {
  rest(packed: Packed): Uint8Array
  join(e2e: Uint8Array, rest: Uint8Array): Uint8Array
  /** A frame of either form. Throws `payload.decode_failed` or `payload.too_large`. */
  split(bytes: Uint8Array): Parts | PackedParts
}

/**
 * How a frame is written (`ppt_serializer`). An application may bring its own, for example with a schema of FlatBuffers:
 * `split` must give the parts that `join` was given and throw for any other bytes, `rest` must not depend on `e2e`.
 */
export interface PayloadSerializer {
  readonly name: string
  /** `ppt_scheme`: `wamp` for what the specification names, else one that starts with `x_`. */
  readonly scheme: "wamp" | `x_${string}`
  /** Throws `payload.encode_failed` for what it cannot carry unchanged. */
  rest(args: readonly unknown[], kwargs: Readonly<Record<string, unknown>>): Uint8Array
  join(e2e: Uint8Array, rest: Uint8Array): Uint8Array
  /** Throws `payload.decode_failed` or `payload.too_large`. */
  split(bytes: Uint8Array): Parts
  /** The form without a frame, `{args, kwargs}`, of plain implementations; absent where there is none. */
  readonly bare?: {
    /** @param rest what {@link rest} gave */
    join(rest: Uint8Array): Uint8Array
    /** Undefined for a frame. Throws `payload.decode_failed` or `payload.too_large`. */
    split(bytes: Uint8Array): { readonly args: unknown; readonly kwargs: unknown } | undefined
  }
  /** Without it the serialiser serves for scopes without compression. */
  readonly packing?: Packing
}

export type SerializerName = "cbor" | "msgpack" | "json"

/** Our scheme for serialisers that scheme `wamp` does not have (payload_passthru_mode.md, "Custom Schemes"). */
const CUSTOM_SCHEME = "x_wamp_e2ee"
const utf8 = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true })

/** CBOR of the profile in cbor.ts: the default. */
const cbor = mapSerializer({
  name: "cbor",
  scheme: "wamp",
  head: (e2e, entries) => concatBytes(Uint8Array.of(0xa0 + entries), encodeCbor("e2e"), encodeCbor(e2e)),
  bareHead: 0xa2,
  encode: encodeCbor,
  decode: decodeCbor,
  decodeBare: decodeLooseCbor,
})

/** MessagePack without extension types; integers are exact, byte strings stay byte strings. */
const msgpack = mapSerializer({
  name: "msgpack",
  scheme: CUSTOM_SCHEME,
  head: (e2e, entries) => concatBytes(Uint8Array.of(0x80 + entries), encodeMsgpack("e2e"), encodeMsgpack(e2e)),
  bareHead: 0x82,
  encode: (value) => encodeMsgpack(plain(value)),
  decode: (bytes) => decodeMsgpack(bytes, LIMITS),
})

/** JSON with WAMP's byte strings, `\0` and base64; integers are exact up to 64 bits. */
const json = mapSerializer({
  name: "json",
  scheme: CUSTOM_SCHEME,
  head: (e2e) => utf8ToBytes(`{"e2e":${encodeJson(e2e)},`),
  bareHead: 0x7b,
  encode: (value) => utf8ToBytes(encodeJson(plain(value))),
  decode: (bytes) => decodeJson(utf8.decode(bytes), LIMITS),
})

export const SERIALIZERS: Readonly<Record<SerializerName, PayloadSerializer>> = { cbor, msgpack, json }

/** For formats in which a map of one entry more is the same bytes after another beginning of its own. */
function mapSerializer(format: {
  readonly name: SerializerName
  readonly scheme: PayloadSerializer["scheme"]
  /** The beginning of a map of that many entries up to behind its first, `e2e`. */
  readonly head: (e2e: Uint8Array, entries: number) => Uint8Array
  /** The byte with which a map of two begins. */
  readonly bareHead: number
  readonly encode: (value: unknown) => Uint8Array
  readonly decode: (bytes: Uint8Array) => unknown
  /** Reads what others wrote; {@link decode} where it is not given. */
  readonly decodeBare?: (bytes: Uint8Array) => unknown
}): PayloadSerializer {
  const { name, scheme, head, decodeBare = format.decode } = format
  // All of a map but the byte that says that it is one.
  const entriesOf = (map: object): Uint8Array => {
    const bytes = coded("payload.encode_failed", `arguments cannot be encoded as ${name}`, () => format.encode(map))
    checkSize(bytes.length)
    return bytes.subarray(1)
  }
  const split = (bytes: Uint8Array): Parts | PackedParts => {
    checkSize(bytes.length)
    return coded("payload.decode_failed", `the opened payload is not ${name} of this profile`, () => {
      const map = format.decode(bytes)
      refuseForbiddenKeys(map)
      if (!isDictionary(map)) throw new TypeError("it is no map")
      const keys = Object.keys(map).join()
      const { e2e, args, kwargs, z } = map
      if (!(e2e instanceof Uint8Array) || (keys !== "e2e,args,kwargs" && keys !== "e2e,z"))
        throw new TypeError("its keys are not e2e, args, kwargs in this order")
      const beginning = head(e2e, keys === "e2e,z" ? 2 : 3)
      // One way to write it: a reader that looks for the rest by another way finds the same bytes.
      if (beginning.some((byte, i) => byte !== bytes[i])) throw new TypeError("its beginning is written otherwise")
      const rest = bytes.subarray(beginning.length)
      return keys === "e2e,z" ? { e2e, rest, packed: packedOf(z) } : { e2e, rest, args, kwargs }
    })
  }
  return {
    name,
    scheme,
    rest: (args, kwargs) => entriesOf({ args, kwargs }),
    join: (e2e, rest) => concatBytes(head(e2e, 3), rest),
    split(bytes) {
      const parts = split(bytes)
      if (!isPacked(parts)) return parts
      throw new E2eeError("payload.decode_failed", "the opened payload is compressed; its scope has no compression")
    },
    packing: {
      rest: ({ algorithm, length, bytes }) => entriesOf({ z: [algorithm, length, bytes] }),
      join: (e2e, rest) => concatBytes(head(e2e, 2), rest),
      split,
    },
    bare: {
      join: (rest) => concatBytes(Uint8Array.of(format.bareHead), rest),
      split(bytes) {
        checkSize(bytes.length)
        return coded("payload.decode_failed", `the opened payload is not ${name} of this profile`, () => {
          const map = decodeBare(bytes)
          refuseForbiddenKeys(map)
          if (!isDictionary(map)) throw new TypeError("it is no map")
          if (Object.hasOwn(map, "e2e")) return undefined
          const { args, kwargs, ...others } = map
          if (Object.keys(others).length > 0) throw new TypeError("its keys are not args and kwargs")
          return { args, kwargs }
        })
      },
    },
  }
}

export function isPacked(parts: Parts | PackedParts): parts is PackedParts {
  return "packed" in parts
}

function packedOf(z: unknown): Packed {
  const [algorithm, length, bytes]: unknown[] = Array.isArray(z) && z.length === 3 ? z : []
  if (typeof algorithm === "string" && Number.isSafeInteger(length) && bytes instanceof Uint8Array)
    return { algorithm, length: length as number, bytes }
  throw new TypeError("z is no list of algorithm, length and bytes")
}

function plain(value: unknown): unknown {
  requirePlain(value)
  return value
}

function coded<T>(code: "payload.encode_failed" | "payload.decode_failed", what: string, work: () => T): T {
  try {
    return work()
  } catch (cause) {
    if (cause instanceof E2eeError) throw cause
    const why = cause instanceof Error ? cause.message : "unknown"
    throw new E2eeError(
      cause instanceof RangeError && code === "payload.decode_failed" ? "payload.too_large" : code,
      `${what}: ${why}`,
      { cause },
    )
  }
}

function checkSize(length: number): void {
  if (length <= LIMITS.bytes) return
  throw new E2eeError("payload.too_large", `a payload of ${length} bytes; expected at most ${LIMITS.bytes}`)
}
