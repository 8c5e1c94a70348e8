import { addressOf } from "../core/address.ts"
import { concatBytes, fromHex, utf8ToBytes } from "../core/bytes.ts"
import { E2eeError } from "../core/errors.ts"
import type { PassthruMessage } from "./attributes.ts"
import { decodeCbor, encodeCbor } from "./cbor.ts"

/**
 * A sealed payload that carries its own attributes, for routers that drop those of passthru:
 *
 *   "WE2E" || version 1 (1 byte) || length of header (1 byte) || header || box
 *   header = CBOR [ppt_scheme, ppt_serializer, ppt_cipher, key id (20 bytes)]
 *
 * Nothing in it is believed more than a router's attributes are: they name a key, and only what it opens counts.
 */
const MAGIC = utf8ToBytes("WE2E")
const VERSION = 1
const PREFIX_BYTES = MAGIC.length + 2

/** Throws `payload.encode_failed` for names that do not fit. */
export function encodeInBand({ attributes, payload }: PassthruMessage): Uint8Array {
  const { ppt_scheme, ppt_serializer, ppt_cipher, ppt_keyid } = attributes
  const keyId = typeof ppt_keyid === "string" ? fromHex(ppt_keyid, 20) : undefined
  const header = encodeCbor([ppt_scheme, ppt_serializer, ppt_cipher, keyId])
  if (keyId === undefined || header.length > 255)
    throw new E2eeError("payload.encode_failed", "scheme, serialiser, cipher and key id do not fit into 255 bytes")
  return concatBytes(MAGIC, Uint8Array.of(VERSION, header.length), header, payload)
}

/** Undefined for bytes that are none of ours; without attributes, which nobody takes, for those that are broken. */
export function decodeInBand(bytes: Uint8Array): PassthruMessage | undefined {
  if (MAGIC.some((byte, i) => bytes[i] !== byte)) return undefined
  const end = PREFIX_BYTES + (bytes[MAGIC.length + 1] ?? 0)
  const payload = Uint8Array.from(bytes.subarray(end))
  if (bytes[MAGIC.length] !== VERSION || bytes.length < end) return { attributes: {}, payload }
  return { attributes: attributesOf(bytes.subarray(PREFIX_BYTES, end)), payload }
}

function attributesOf(header: Uint8Array): PassthruMessage["attributes"] {
  let fields: unknown
  try {
    fields = decodeCbor(header)
  } catch {
    return {}
  }
  if (!Array.isArray(fields) || fields.length !== 4) return {}
  const [ppt_scheme, ppt_serializer, ppt_cipher, keyId]: unknown[] = fields
  if (!(keyId instanceof Uint8Array) || keyId.length !== 20) return {}
  return { ppt_scheme, ppt_serializer, ppt_cipher, ppt_keyid: addressOf(keyId) }
}
