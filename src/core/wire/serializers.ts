import type { Bounds } from "../bounds.ts"
import { utf8ToBytes } from "../bytes.ts"
import { decodeJson, encodeJson } from "../json.ts"
import { decodeMsgpack, encodeMsgpack } from "../msgpack.ts"
import { decodeCbor, encodeCbor } from "./cbor.ts"

export type SerializerName = "json" | "msgpack" | "cbor"

/** A session's serialisation, chosen by WebSocket subprotocol ("WebSocket Transport"). */
export interface Serializer {
  readonly name: SerializerName
  readonly subprotocol: `wamp.2.${SerializerName}`
  /** Whether messages are binary frames; otherwise text frames. */
  readonly binary: boolean
  /** Throws when the value cannot be written in this serialisation without being changed. */
  encode(value: unknown): Uint8Array
  /** Throws for bytes that are not one value of this serialisation within the bounds. */
  decode(bytes: Uint8Array, bounds: Bounds): unknown
}

const utf8 = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true })

export const SERIALIZERS: Readonly<Record<SerializerName, Serializer>> = {
  json: {
    name: "json",
    subprotocol: "wamp.2.json",
    binary: false,
    encode: (value) => utf8ToBytes(encodeJson(value)),
    decode: (bytes, bounds) => decodeJson(utf8.decode(bytes), bounds),
  },
  msgpack: {
    name: "msgpack",
    subprotocol: "wamp.2.msgpack",
    binary: true,
    encode: encodeMsgpack,
    decode: decodeMsgpack,
  },
  cbor: { name: "cbor", subprotocol: "wamp.2.cbor", binary: true, encode: encodeCbor, decode: decodeCbor },
}
