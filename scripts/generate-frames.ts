// Writes test/vectors/frames.json: one sealed message for each kind, serialiser, cipher, padding and compression. Keys,
// nonces and times are fixed and signatures deterministic, so that the same bytes come out each time.
import { mkdirSync, writeFileSync } from "node:fs"
import { fileURLToPath } from "node:url"
import { sha256 } from "@noble/hashes/sha2.js"
import { toHex, utf8ToBytes } from "../src/core/bytes.ts"
import { encodeJson } from "../src/core/json.ts"
import type { Keyring } from "../src/keys/keyring.ts"
import { CIPHERS, type CipherName } from "../src/payload/cipher.ts"
import { KIND } from "../src/payload/frame.ts"
import { COMPRESSIONS, parseProfile, type CompressionName } from "../src/payload/profile.ts"
import { SERIALIZERS, type SerializerName } from "../src/payload/serializer.ts"
import type { Arguments } from "../src/session/messages/sealing.ts"
import { sealGranted, type LocatedKey } from "../src/session/messages/signed.ts"
import { announcementOf, ringOf, selfOf } from "../test/keys/parties.ts"
import { NOW, party, REALM } from "../test/trust/chains.ts"

const target = new URL("../test/vectors/", import.meta.url)

const URI = "com.example.heat"
const ERROR = "com.example.error.dry"
/** Of a generation of that hash and number; messages are of its epoch 2. */
const ANNOUNCEMENT = {
  ...announcementOf("callee"),
  hash: sha256(utf8ToBytes("announcement")),
  generation: 1_700_000_000_000,
}
const EPOCH = 2
const CORRELATION = sha256(utf8ToBytes("correlation")).slice(0, 16)
const SECRETS = { call: sha256(utf8ToBytes("call")), event: sha256(utf8ToBytes("event")) }
/** Whose key it is, and who speaks: a callee answers under its caller's key. */
const [WRITER, CALLEE] = [selfOf("caller"), selfOf("callee")]

/** What messages hold: of every type, and what compresses. */
const ARGUMENTS: Readonly<Record<"every type" | "readings", Arguments>> = {
  "every type": {
    args: ["hé 𝄞", 0, -1, 2 ** 40, 2n ** 64n - 1n, -(2n ** 60n), 1.5, true, null, Uint8Array.of(0, 127, 255), [[]]],
    kwargs: { "": {}, nested: { list: [1, { deep: "x" }] } },
  },
  readings: {
    args: [Array.from({ length: 24 }, (_, i) => ({ sensor: `pump-${i % 4}`, degrees: 20 + i / 8 }))],
    kwargs: { unit: "°C" },
  },
}

interface Case {
  readonly kind: keyof typeof KIND
  readonly serializer: SerializerName
  readonly cipher: CipherName
  readonly padding: boolean
  readonly compression?: CompressionName
}

const CASES: readonly Case[] = (["event", "call", "result", "error"] as const).flatMap((kind) =>
  (Object.keys(SERIALIZERS) as SerializerName[]).flatMap((serializer) =>
    (Object.keys(CIPHERS) as CipherName[]).flatMap((cipher) =>
      [false, true].flatMap((padding) =>
        [undefined, ...(Object.keys(COMPRESSIONS) as CompressionName[])].map((compression) => ({
          kind,
          serializer,
          cipher,
          padding,
          ...(compression === undefined ? {} : { compression }),
        })),
      ),
    ),
  ),
)

const ring = (branch: "call" | "event"): Keyring =>
  ringOf("callee", "read", { branch, secret: SECRETS[branch], announcement: ANNOUNCEMENT })
const RINGS = { call: ring("call"), event: ring("event") }

function keyOf(kind: Case["kind"]): LocatedKey {
  const ring = RINGS[kind === "event" ? "event" : "call"]
  return { ...ring.answerKey(party("caller").csPubKey, KIND[kind], URI, EPOCH), ring }
}

function sealed(one: Case, at: number): object {
  const { kind, serializer, cipher, padding, compression } = one
  const answers = kind === "result" || kind === "error"
  const speaker = answers ? CALLEE : WRITER
  const holds = compression === undefined ? "every type" : "readings"
  const nonce = sha256(utf8ToBytes(`nonce ${at}`)).slice(0, CIPHERS[cipher].nonceBytes)
  const { attributes, payload, correlation } = sealGranted(ARGUMENTS[holds], {
    kind: KIND[kind],
    uri: URI,
    mode: "sig",
    key: keyOf(kind),
    csKey: speaker.csKey,
    instance: speaker.instance,
    profile: parseProfile({ serializer, cipher, padding, ...(compression === undefined ? {} : { compression }) }),
    sequence: at,
    now: NOW + at,
    random: () => nonce,
    ...(answers ? { correlation: CORRELATION } : {}),
    ...(kind === "error" ? { error: ERROR } : {}),
  })
  return {
    ...one,
    holds,
    attributes,
    sequence: at,
    time: NOW + at,
    correlation: toHex(correlation),
    payload: toHex(payload),
  }
}

export function generate(): string {
  const kinds = Object.keys(KIND).map((kind) => {
    const { ring, key, keyId } = keyOf(kind as Case["kind"])
    const sender = kind === "event" || kind === "call" ? "caller" : "callee"
    return [kind, { branch: ring.branch, sender, key: toHex(key.expose()), keyId }]
  })
  const head = {
    about:
      "Sealed messages, written by scripts/generate-frames.ts; docs/how-it-works.md says how they are made. Arguments are JSON of WAMP, in which a text that begins with U+0000 is base64 of a byte string.",
    realm: REALM,
    uri: URI,
    announcement: toHex(ANNOUNCEMENT.hash),
    generation: ANNOUNCEMENT.generation,
    epoch: EPOCH,
    secrets: { call: toHex(SECRETS.call), event: toHex(SECRETS.event) },
    writer: party("caller").csPubKey,
    senders: {
      caller: { csPubKey: party("caller").csPubKey, instance: WRITER.instance },
      callee: { csPubKey: party("callee").csPubKey, instance: CALLEE.instance },
    },
    kinds: Object.fromEntries(kinds) as object,
    request: toHex(CORRELATION),
    error: ERROR,
    arguments: ARGUMENTS,
  }
  const lines = Object.entries(head).map(([name, value]) => `  ${JSON.stringify(name)}: ${encodeJson(value)},`)
  const cases = CASES.map((one, at) => `    ${encodeJson(sealed(one, at))}`)
  return `{\n${lines.join("\n")}\n  "cases": [\n${cases.join(",\n")}\n  ]\n}\n`
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  mkdirSync(target, { recursive: true })
  writeFileSync(new URL("frames.json", target), generate())
}
