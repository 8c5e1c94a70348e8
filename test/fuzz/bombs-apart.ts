// Feeds all bombs of a format to the decoders with wide bounds or to every other that reads it, and tells on standard output what came of it and what it took:
// see bombs.test.ts. In a process of its own, since what a process once took is not given back.
import { fileURLToPath } from "node:url"
import { deflateRawSync } from "node:zlib"
import { isE2eeError } from "../../src/core/errors.ts"
import { decodeMsgpack } from "../../src/core/msgpack.ts"
import { parseChain } from "../../src/certificate/parse.ts"
import { parseInfo } from "../../src/keys/grant.ts"
import { decodeCbor } from "../../src/payload/cbor.ts"
import { unpack } from "../../src/payload/compression.ts"
import { LIMITS } from "../../src/payload/limits.ts"
import { decodeFrame } from "../../src/payload/frame.ts"
import { COMPRESSIONS } from "../../src/payload/profile.ts"
import { SERIALIZERS as PAYLOAD } from "../../src/payload/serializer.ts"
import { DEFAULT_LIMITS } from "../../src/router/limits.ts"
import { SERIALIZERS } from "../../src/core/wire/serializers.ts"
import { MAX_ENTRY_BYTES, parseEntry } from "../../src/store/entry.ts"
import { parsePins } from "../../src/store/pin-file.ts"
import { parseDocument } from "../../src/trust/standalone/parse-bundle.ts"
import { BOMBS, type Format } from "./bombs.ts"
import { plain } from "./target.ts"

type Decode = (bytes: Uint8Array) => unknown

const BOUNDS = { depth: DEFAULT_LIMITS.maxDepth, items: DEFAULT_LIMITS.maxItems }
const textOf = (bytes: Uint8Array): string => Buffer.from(bytes).toString()

const frames = (format: Format): Record<string, Decode> => ({
  frame: (bytes) => decodeFrame(PAYLOAD[format], bytes),
  // As the arguments of a frame that is otherwise right, compressed or not.
  arguments: (bytes) => decodeFrame(PAYLOAD[format], PAYLOAD[format].join(Uint8Array.of(0), behindArgs(format, bytes))),
  "compressed arguments": (bytes) => {
    const all = behindArgs(format, bytes)
    const packed = { algorithm: "deflate", length: all.length, bytes: deflateRawSync(all) }
    globalThis.gc?.()
    return unpack(PAYLOAD[format], COMPRESSIONS.deflate, packed)
  },
  router: (bytes) => SERIALIZERS[format].decode(bytes, BOUNDS),
})
function behindArgs(format: Format, bytes: Uint8Array): Uint8Array {
  const before = {
    cbor: [0x64, 0x61, 0x72, 0x67, 0x73],
    msgpack: [0xa4, 0x61, 0x72, 0x67, 0x73],
    json: [...'"args":'].map((c) => c.charCodeAt(0)),
  }
  return Buffer.concat([Uint8Array.from(before[format]), bytes])
}

const DECODERS: Readonly<Record<Format, Record<string, Decode>>> = {
  cbor: { ...frames("cbor"), CBOR: decodeCbor, info: parseInfo },
  msgpack: { ...frames("msgpack"), MessagePack: (bytes) => decodeMsgpack(bytes, LIMITS) },
  json: {
    ...frames("json"),
    certificates: (bytes) => parseChain(textOf(bytes)),
    bundle: parseDocument,
    keystore(bytes) {
      if (bytes.length > MAX_ENTRY_BYTES) throw new RangeError("no file of that size is read")
      return parseEntry(bytes, "bomb.json")
    },
    pins: (bytes) => parsePins(textOf(bytes), "bomb.pins"),
  },
}

/** The router takes 1,048,576 items of a message, a bundle has 400,000; payloads and files have far fewer. */
const WIDE = new Set(["router", "bundle"])

// The test runner loads every file below test: only as a program of its own it does anything.
if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const format = process.argv[2] as Format
  const decoders = Object.entries(DECODERS[format]).filter(([name]) => WIDE.has(name) === (process.argv[3] === "wide"))
  const wrong: string[] = []
  let slowest = { ms: 0, what: "" }
  let runs = 0
  const before = process.resourceUsage().maxRSS
  for (const [name, bomb] of BOMBS[format]) {
    const bytes = bomb()
    for (const [decoder, decode] of decoders) {
      globalThis.gc?.()
      const began = process.cpuUsage()
      try {
        decode(bytes)
      } catch (error) {
        if (!isE2eeError(error) && !plain(error)) wrong.push(`${decoder}, ${name}: ${String(error)}`)
      }
      const ms = process.cpuUsage(began).user / 1_000
      if (ms > slowest.ms) slowest = { ms, what: `${decoder}, ${name}` }
      runs++
    }
  }
  const growth = (process.resourceUsage().maxRSS - before) / 1_024
  process.stdout.write(JSON.stringify({ wrong, slowest, growth, runs }))
}
