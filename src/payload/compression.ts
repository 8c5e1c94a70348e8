import { E2eeError } from "../core/errors.ts"
import { LIMITS } from "./limits.ts"
import type { Packed, Packing, Parts, PayloadSerializer } from "./serializer.ts"

/**
 * How arguments are made smaller before they are sealed (payload_passthru_mode.md, "End-to-End Encryption"). Lengths then
 * tell what the arguments have in common with each other: see {@link ProfileOptions.compression}.
 */
export interface Compression {
  /** Stands in every compressed frame and in the scope's id: a-z, 0-9 and _, 31 characters at most. */
  readonly name: string
  compress(bytes: Uint8Array): Uint8Array
  /**
   * The `length` bytes that were compressed. Throws for a stream that gives fewer or more, or that ends before `bytes`
   * does; stops as soon as there are more, so that neither memory nor time depends on what the stream would give.
   */
  decompress(bytes: Uint8Array, length: number): Uint8Array
}

/** Arguments below this length, in bytes, are never compressed: it does not pay. */
const LEAST = 512
const NOTHING = new Uint8Array()

/** A serialiser's way of writing compressed frames. Throws `usage.invalid` where it has none. */
export function packingOf(serializer: PayloadSerializer): Packing {
  if (serializer.packing !== undefined) return serializer.packing
  throw new E2eeError(
    "usage.invalid",
    `the serialiser ${serializer.name} has no form for compressed frames; give it a packing, or leave compression off`,
  )
}

/** The rest of a frame with its arguments compressed; undefined where that is not smaller. Throws `payload.too_large`. */
export function pack(
  serializer: PayloadSerializer,
  compression: Compression,
  rest: Uint8Array,
): Uint8Array | undefined {
  // What would be too large to be sent as it is stays so: whether a payload goes through must not depend on its contents.
  const length = serializer.join(NOTHING, rest).length
  if (length > LIMITS.bytes)
    throw new E2eeError("payload.too_large", `arguments of ${length} bytes; expected at most ${LIMITS.bytes}`)
  if (rest.length < LEAST) return undefined
  let bytes: Uint8Array
  try {
    bytes = compression.compress(rest)
  } catch (cause) {
    throw new E2eeError("payload.encode_failed", `arguments could not be compressed by ${compression.name}`, { cause })
  }
  if (bytes.length >= rest.length) return undefined
  const packed = packingOf(serializer).rest({ algorithm: compression.name, length: rest.length, bytes })
  return packed.length < rest.length ? packed : undefined
}

/**
 * The arguments of a compressed frame. To be called once its sender's signature held: only a verified member may make
 * this machine inflate anything. Throws `payload.decode_failed` or `payload.too_large`.
 */
export function unpack(
  serializer: PayloadSerializer,
  compression: Compression,
  { algorithm, length, bytes }: Packed,
): Parts {
  if (algorithm !== compression.name) throw malformed(`their algorithm is another than ${compression.name}`)
  if (length > LIMITS.bytes)
    throw new E2eeError("payload.too_large", `arguments of ${length} bytes; expected at most ${LIMITS.bytes}`)
  if (length <= bytes.length) throw malformed("they are not smaller than what they are said to be")
  let rest: Uint8Array
  try {
    rest = compression.decompress(bytes, length)
  } catch (cause) {
    throw malformed(`they do not give exactly ${length} bytes`, cause)
  }
  if (rest.length !== length) throw malformed(`they gave ${rest.length} bytes; expected ${length}`)
  return serializer.split(serializer.join(NOTHING, rest))
}

function malformed(why: string, cause?: unknown): E2eeError {
  return new E2eeError("payload.decode_failed", `compressed arguments are not of their form: ${why}`, { cause })
}
