import { createDecipheriv, createHash, createHmac, createPublicKey, verify } from "node:crypto"
import { createRequire } from "node:module"
import { gunzipSync, inflateRawSync } from "node:zlib"
import { decode as decodeCbor, encode as encodeCbor } from "cborg"
import { Unpackr } from "msgpackr"

// Sealed messages as docs/how-it-works.md describes them, read once more with other libraries and without a line of ours:
// Node's cryptography, tweetnacl, zlib, and bare decoders.

const { secretbox } = createRequire(import.meta.url)("tweetnacl") as {
  secretbox: { open: (box: Uint8Array, nonce: Uint8Array, key: Uint8Array) => Uint8Array | null }
}
const KINDS = { event: 1, call: 2, result: 3, error: 4 }

export interface Message {
  readonly kind: keyof typeof KINDS
  readonly uri: string
  /** Hex with its 0x: 20 bytes. */
  readonly realm: string
  readonly announcement: Buffer
  readonly generation: number
  readonly epoch: number
  /** Of the branch in epoch 0, 32 bytes. */
  readonly secret: Buffer
  /** Ed25519 keys, 32 bytes each. */
  readonly writer: Buffer
  readonly sender: Buffer
  readonly serializer: string
  readonly cipher: string
  readonly padding: boolean
  readonly compression?: string
  /** `sig` where absent. */
  readonly mode?: "sig" | "mac" | "dsig"
  readonly keyId: string
  readonly payload: Buffer
}

export interface Reading {
  readonly key: Buffer
  readonly header: readonly unknown[]
  readonly args: unknown
  readonly kwargs: unknown
  readonly compressed: boolean
  readonly correlation: Buffer
}

export function readIndependently(message: Message): Reading {
  const realm = bytesOf(message.realm)
  const kind = KINDS[message.kind]
  let branch = message.secret
  for (let epoch = 0; epoch < message.epoch; epoch++) branch = expand(branch, Buffer.from("next"))
  const key = expand(
    expand(branch, Buffer.concat([Buffer.from("writer"), message.writer])),
    Buffer.concat([Buffer.from("dek"), encodeCbor([kind, realm, message.uri, message.announcement])]),
  )
  key[0]! &= 248
  key[31] = (key[31]! & 127) | 64

  const nonce = message.payload.subarray(0, message.cipher === "aes256gcm" ? 12 : 24)
  let plain = unbox(message, key, nonce)
  if (message.padding) {
    const end = plain.findLastIndex((byte) => byte !== 0)
    if (plain[end] !== 0x80) throw new Error("no padding")
    plain = plain.subarray(0, end)
  }

  const frame = decode(message.serializer, plain)
  const e2e = Buffer.from(frame["e2e"] as Uint8Array)
  const headerBytes = e2e.subarray(1, 1 + e2e[0]!)
  const signature = e2e.subarray(1 + e2e[0]!)
  const context = sha256(
    "wek1 ctx",
    encodeCbor([message.announcement, realm, message.generation, message.epoch, kind, message.uri, message.writer]),
  )
  // The rest is what follows e2e's own bytes, however the format writes them.
  const rest = plain.subarray(plain.indexOf(marked(message.serializer, e2e)) + marked(message.serializer, e2e).length)
  const covered = Buffer.concat([context, Buffer.from(message.keyId), nonce, sha256(headerBytes), sha256(rest)])
  if (!isAuthentic(message, signature, covered)) throw new Error("the authenticator does not hold")

  let content = frame
  if ("z" in frame) {
    const [algorithm, length, bytes] = frame["z"] as [string, number, Uint8Array]
    if (algorithm !== message.compression) throw new Error("another compression")
    const inflated = algorithm === "gzip" ? gunzipSync(bytes) : inflateRawSync(bytes)
    if (inflated.length !== length) throw new Error("another length")
    const map = { cbor: [0xa2], msgpack: [0x82], json: [0x7b] }[message.serializer]!
    content = decode(message.serializer, Buffer.concat([Buffer.from(map), inflated]))
  }
  return {
    key,
    header: decodeCbor(headerBytes) as unknown[],
    args: content["args"],
    kwargs: content["kwargs"],
    compressed: "z" in frame,
    correlation: sha256(nonce, headerBytes).subarray(0, 16),
  }
}

function isAuthentic({ mode = "sig", sender, announcement, epoch }: Message, bytes: Buffer, covered: Buffer): boolean {
  const signed = (label: string, key: Buffer, message: Buffer, signature: Buffer): boolean => {
    const jwk = { kty: "OKP", crv: "Ed25519", x: key.toString("base64url") }
    const publicKey = createPublicKey({ key: jwk, format: "jwk" })
    return verify(null, Buffer.concat([Buffer.from(`${label}\0`), message]), publicKey, signature)
  }
  if (mode === "mac") return bytes.length === 0
  if (mode === "sig") return signed("wek1 sig", sender, covered, bytes)
  const [epochKey, naming, signature] = [bytes.subarray(0, 32), bytes.subarray(32, 96), bytes.subarray(96)]
  const named = sha256(encodeCbor([announcement, epoch, epochKey]))
  return signed("wek1 dsig key", sender, named, naming) && signed("wek1 dsig", epochKey, covered, signature)
}

function unbox({ cipher, payload }: Message, key: Buffer, nonce: Buffer): Buffer {
  if (cipher === "aes256gcm") {
    const aes = createDecipheriv("aes-256-gcm", key, nonce).setAuthTag(payload.subarray(-16))
    return Buffer.concat([aes.update(payload.subarray(12, -16)), aes.final()])
  }
  const plain = secretbox.open(payload.subarray(24), nonce, key)
  if (plain === null) throw new Error("the box does not open")
  return Buffer.from(plain)
}

function decode(serializer: string, bytes: Buffer): Record<string, unknown> {
  if (serializer === "cbor") return decodeCbor(bytes) as Record<string, unknown>
  if (serializer === "msgpack")
    return new Unpackr({ useRecords: false, int64AsType: "auto" as "bigint" }).unpack(bytes) as Record<string, unknown>
  // Integers beyond 2^53 are the digits that stand there.
  return JSON.parse(bytes.toString(), (_, value: unknown, context?: { source?: string }) => {
    if (typeof value === "number" && Number.isInteger(value) && !Number.isSafeInteger(value))
      return BigInt(context?.source ?? value)
    return typeof value === "string" && value.startsWith("\0") ? Buffer.from(value.slice(1), "base64") : value
  }) as Record<string, unknown>
}

function marked(serializer: string, e2e: Buffer): Buffer {
  return serializer === "json" ? Buffer.from(`${e2e.toString("base64")}",`) : e2e
}

function expand(secret: Buffer, info: Uint8Array): Buffer {
  return createHmac("sha256", secret).update(info).update(Buffer.of(1)).digest()
}

function sha256(...parts: readonly (string | Uint8Array)[]): Buffer {
  const hash = createHash("sha256")
  for (const part of parts) hash.update(part)
  return hash.digest()
}

function bytesOf(hex: string): Buffer {
  return Buffer.from(hex.slice(2), "hex")
}
