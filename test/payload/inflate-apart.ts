// Inflates what standard input names and tells on standard output what came of it and what it took: see bombs.ts.
import { readFileSync } from "node:fs"
import { fileURLToPath } from "node:url"
import { isE2eeError } from "../../src/core/errors.ts"
import { unpack, type Compression } from "../../src/payload/compression.ts"
import { COMPRESSIONS } from "../../src/payload/profile.ts"
import { SERIALIZERS } from "../../src/payload/serializer.ts"
import { brotli, zstd } from "../../src/zlib/index.ts"

const all: Readonly<Record<string, () => Compression>> = {
  deflate: () => COMPRESSIONS.deflate,
  gzip: () => COMPRESSIONS.gzip,
  brotli,
  zstd,
}
/** The test runner loads every file below test: only as a program of its own it reads and inflates. */
if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const works = JSON.parse(readFileSync(0, "utf8")) as readonly { algorithm: string; length: number; bytes: string }[]
  const given = works.map(({ algorithm, length, bytes }) => ({
    compression: (all[algorithm] as () => Compression)(),
    packed: { algorithm, length, bytes: Uint8Array.from(Buffer.from(bytes, "base64")) },
  }))
  /** Kibibytes. */
  const before = process.resourceUsage().maxRSS
  let slowest = 0
  const outcomes = given.map(({ compression, packed }) => {
    globalThis.gc?.() // so that each is measured by itself
    const began = performance.now()
    try {
      unpack(SERIALIZERS.cbor, compression, packed)
      return "inflated"
    } catch (error) {
      return isE2eeError(error) ? error.code : String(error)
    } finally {
      slowest = Math.max(slowest, performance.now() - began)
    }
  })
  const growth = (process.resourceUsage().maxRSS - before) / 1024
  process.stdout.write(JSON.stringify({ outcomes, slowest, growth }))
}
