// What tests of refusals have in common: how messages are changed.
import { sha256 } from "@noble/hashes/sha2.js"
import { concatBytes, fromHex } from "../../src/core/bytes.ts"
import { signLabelled } from "../../src/core/ed25519.ts"
import type { ErrorCode } from "../../src/core/errors.ts"
import type { Secret } from "../../src/core/secret.ts"
import { decodeCbor, encodeCbor } from "../../src/payload/cbor.ts"

export interface Refused {
  readonly name: string
  readonly what: string
  readonly code: ErrorCode
  readonly [more: string]: unknown
}

/** Default of `skewMs`. */
export const SKEW = 300_000

/** With one bit changed; from the end where `at` is negative. */
export const flipped = (bytes: Uint8Array, at: number): Uint8Array => {
  const changed = Uint8Array.from(bytes)
  const place = at < 0 ? changed.length + at : at
  changed[place] = (changed[place] as number) ^ 1
  return changed
}
export const bytesOf = (hex: string): Uint8Array => fromHex(hex) as Uint8Array
export type Fields = unknown[]
export const fieldsOf = (bytes: Uint8Array): Fields => decodeCbor(bytes) as Fields
/** A signed list with some fields changed; signed again by `csKey`, or not. */
export function edited(
  bytes: Uint8Array,
  change: (fields: Fields) => void,
  label?: string,
  csKey?: Secret,
): Uint8Array {
  const fields = fieldsOf(bytes)
  const signature = fields.pop()
  change(fields)
  const again = label === undefined ? signature : signLabelled(label, sha256(encodeCbor(fields)), csKey as Secret)
  return encodeCbor([...fields, again])
}
/** The same list in a longer form: its head takes two bytes. */
export const longer = (bytes: Uint8Array): Uint8Array =>
  concatBytes(Uint8Array.of(0x98, (bytes[0] as number) & 0x1f), bytes.subarray(1))
