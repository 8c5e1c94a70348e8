import { sha256 } from "@noble/hashes/sha2.js"
import { concatBytes } from "../core/bytes.ts"
import { E2eeError } from "../core/errors.ts"
import { decodeCbor, encodeCbor } from "./cbor.ts"
import { pack, packingOf, unpack, type Compression } from "./compression.ts"
import { LIMITS } from "./limits.ts"
import { isDictionary } from "./plain.ts"
import { isPacked, type Parts, type PayloadSerializer } from "./serializer.ts"

/** What a sealed payload is, bound into its key and its signature, not transmitted. */
export const KIND = { event: 1, call: 2, result: 3, error: 4 } as const
export type Kind = (typeof KIND)[keyof typeof KIND]

export const FLAG = { progress: 1, final: 2, retained: 4 } as const

/**
 * The header inside the box: CBOR [1, flags, sequence, time, instance, ? correlation, ? error URI, ? part, ? to]. An absent
 * field before one that is there is null.
 */
export interface FrameHeader {
  readonly flags: number
  /** Grows with each message of an instance under one key. */
  readonly sequence: number
  /** POSIX time in milliseconds. */
  readonly time: number
  /** 8 random bytes that name the sending endpoint since it started. */
  readonly instance: Uint8Array
  /** 16 bytes that tie a result or error to its request, and the further parts of a call to its first. */
  readonly correlation?: Uint8Array
  /** URI of an error, so that a router cannot change what went wrong. */
  readonly error?: string
  /** Number of this part of a progressive result or call, from 0: in the last, how many came before it. */
  readonly part?: number
  /** Instance of the one callee that is meant, 8 bytes. */
  readonly to?: Uint8Array
}

export interface Frame {
  readonly header: FrameHeader
  /** The header's bytes as sent: signature and correlation cover them. */
  readonly headerBytes: Uint8Array
  /** Ed25519 signature (64 bytes), one under a disclosed key (160), key commitment (32), or empty: who may have made it. */
  readonly authenticator: Uint8Array
  /** SHA-256 (32 bytes) of what the frame says of the arguments, as it stands in it. */
  readonly restHash: Uint8Array
  /** Arguments that are compressed are inflated when they are first asked for, which throws as {@link decodeFrame} does. */
  readonly args: readonly unknown[]
  readonly kwargs: Readonly<Record<string, unknown>>
}

export const FRAME_VERSION = 1
/** Lengths of an authenticator: none, a key commitment, an Ed25519 signature, one under a disclosed key. */
const AUTHENTICATOR_BYTES = [0, 32, 64, 160]

/**
 * The frame of a payload: a map `{"e2e": bytes, "args": list, "kwargs": dict}` with `e2e` first, where `e2e` is header
 * length (1 byte) || header || authenticator. A plain implementation of the specification still reads args and kwargs.
 * `authenticate` gets the header's bytes and the hash of the rest, and returns the authenticator. With a compression, args
 * and kwargs give way to `"z": [algorithm, length, bytes]` where that is smaller.
 */
export function encodeFrame(
  serializer: PayloadSerializer,
  header: FrameHeader,
  args: readonly unknown[],
  kwargs: Readonly<Record<string, unknown>>,
  authenticate: (headerBytes: Uint8Array, restHash: Uint8Array) => Uint8Array,
  compression?: Compression,
): { bytes: Uint8Array; headerBytes: Uint8Array } {
  const headerBytes = encodeHeader(header)
  const plain = serializer.rest(args, kwargs)
  const packed = compression === undefined ? undefined : pack(serializer, compression, plain)
  const rest = packed ?? plain
  const e2e = concatBytes(Uint8Array.of(headerBytes.length), headerBytes, authenticate(headerBytes, sha256(rest)))
  return { bytes: (packed === undefined ? serializer : packingOf(serializer)).join(e2e, rest), headerBytes }
}

/**
 * Reads what {@link encodeFrame} made. Throws `payload.decode_failed` or `payload.too_large`. Its signature comes first:
 * compressed arguments stay as they are until they are asked for.
 */
export function decodeFrame(serializer: PayloadSerializer, bytes: Uint8Array, compression?: Compression): Frame {
  const { e2e, rest, content } = contentOf(serializer, bytes, compression)
  const headerLength = e2e[0] ?? 0
  const headerBytes = Uint8Array.from(e2e.subarray(1, 1 + headerLength))
  const authenticator = Uint8Array.from(e2e.subarray(1 + headerLength))
  if (headerBytes.length !== headerLength) throw malformed("its header is cut short")
  if (!AUTHENTICATOR_BYTES.includes(authenticator.length))
    throw malformed(`its authenticator is not ${AUTHENTICATOR_BYTES.join(" or ")} bytes`)
  const header = decodeHeader(headerBytes)
  return {
    header,
    headerBytes,
    authenticator,
    restHash: sha256(rest),
    get args() {
      return content().args
    },
    get kwargs() {
      return content().kwargs
    },
  }
}

type Arguments = Pick<Frame, "args" | "kwargs">

function contentOf(
  serializer: PayloadSerializer,
  bytes: Uint8Array,
  compression: Compression | undefined,
): { e2e: Uint8Array; rest: Uint8Array; content: () => Arguments } {
  const parts = compression === undefined ? serializer.split(bytes) : packingOf(serializer).split(bytes)
  const { e2e, rest } = parts
  if (compression === undefined || !isPacked(parts)) {
    const read = argumentsOf(parts as Parts)
    return { e2e, rest, content: () => read }
  }
  const { packed } = parts
  let read: Arguments | undefined
  return { e2e, rest, content: () => (read ??= argumentsOf(unpack(serializer, compression, packed))) }
}

function argumentsOf({ args, kwargs }: Parts): Arguments {
  if (!Array.isArray(args) || !isDictionary(kwargs)) throw malformed("args is no list or kwargs no dictionary")
  if (Object.keys(kwargs).length > LIMITS.kwargs) throw malformed(`more than ${LIMITS.kwargs} keyword arguments`)
  return { args, kwargs }
}

/** First 16 bytes of SHA-256(request nonce || request header): names one request among all of an endpoint's. */
export function correlationOf(nonce: Uint8Array, headerBytes: Uint8Array): Uint8Array {
  return sha256(concatBytes(nonce, headerBytes)).slice(0, 16)
}

function encodeHeader(header: FrameHeader): Uint8Array {
  const { flags, sequence, time, instance, correlation, error, part, to } = header
  const optional = [correlation, error, part, to]
  const present = optional.slice(0, optional.findLastIndex((field) => field !== undefined) + 1)
  const bytes = encodeCbor([FRAME_VERSION, flags, sequence, time, instance, ...present.map((field) => field ?? null)])
  if (bytes.length > 255)
    throw new E2eeError("payload.encode_failed", "the error URI is too long; expected at most 200 bytes")
  return bytes
}

function decodeHeader(bytes: Uint8Array): FrameHeader {
  const fields = decodeCbor(bytes)
  if (!Array.isArray(fields) || fields.length < 5 || fields.length > 9)
    throw malformed("its header has not 5 to 9 fields")
  if (fields.length > 5 && fields.at(-1) === null) throw malformed("its header ends in an absent field")
  const [version, flags, sequence, time, instance, ...optional]: unknown[] = fields
  const [correlation, error, part, to] = optional.map((field) => field ?? undefined)
  if (version !== FRAME_VERSION) throw malformed("its version is not 1")
  if (!isCount(flags) || !isCount(sequence) || !isCount(time)) throw malformed("flags, sequence or time is no count")
  if (!(instance instanceof Uint8Array) || instance.length !== 8) throw malformed("its instance is not 8 bytes")
  if (correlation !== undefined && (!(correlation instanceof Uint8Array) || correlation.length !== 16)) {
    throw malformed("its correlation is not 16 bytes")
  }
  if (error !== undefined && typeof error !== "string") throw malformed("its error is no text")
  if (part !== undefined && !isCount(part)) throw malformed("its part is no count")
  if (to !== undefined && (!(to instanceof Uint8Array) || to.length !== 8)) throw malformed("its to is not 8 bytes")
  return {
    flags,
    sequence,
    time,
    instance: Uint8Array.from(instance),
    ...(correlation === undefined ? {} : { correlation: Uint8Array.from(correlation) }),
    ...(error === undefined ? {} : { error }),
    ...(part === undefined ? {} : { part }),
    ...(to === undefined ? {} : { to: Uint8Array.from(to) }),
  }
}

function isCount(value: unknown): value is number {
  return typeof value === "number" && Number.isSafeInteger(value) && value >= 0
}

function malformed(why: string): E2eeError {
  return new E2eeError("payload.decode_failed", `the opened payload is no frame: ${why}`)
}
