import { strict as assert } from "node:assert"
import { createHash } from "node:crypto"
import { formatEntry, parseEntry } from "../../../src/store/entry.ts"
import { formatPins, parsePins, tableOf } from "../../../src/store/pin-file.ts"
import { parseLocked } from "../../../src/store/secret-storage.ts"
import { documentToJson } from "../../../src/trust/standalone/issue-bundle.ts"
import { parseDocument } from "../../../src/trust/standalone/parse-bundle.ts"
import { independentKeyFile } from "../../store/vectors.ts"
import { peerPin, REALM_PIN } from "../../store/pinned.ts"
import { after, firstDocument } from "../../trust/standalone/bundles.ts"
import { party } from "../../trust/chains.ts"
import { mutated, randomBytes } from "../bytes.ts"
import { oneOf, seldom, type Draw } from "../draw.ts"
import { jsonText } from "../formats.ts"
import { coded, target, type Target } from "../target.ts"
import { edited } from "../values.ts"

const utf8 = (text: string): Uint8Array => Uint8Array.from(Buffer.from(text))
const textOf = (bytes: Uint8Array): string => Buffer.from(bytes).toString()

/** JSON with one value changed; as text, since that is how files come. */
function editedJson(draw: Draw, text: string): string {
  const value = edited(draw, JSON.parse(text))
  return JSON.stringify(value, (_, item: unknown) => (typeof item === "bigint" ? item.toString() : item)) ?? "null"
}

// Bundles of a standalone trustroot.

const first = firstDocument()
const second = after(first, { operators: [party("operator").address], revoke: [`0x${"ab".repeat(32)}`] })
const documents = [first, second, after(second, { successors: [party("next").address] })].map(documentToJson)
const bundles = target({
  name: "trust: bundles",
  weight: 8,
  kinds: [
    (draw) => (seldom(draw, 3) ? oneOf(draw, documents) : jsonText(draw)),
    (draw) => editedJson(draw, oneOf(draw, documents)),
    (draw) => mutated(draw, documents.map(utf8)),
    (draw) => edited(draw, JSON.parse(oneOf(draw, documents))),
    (draw) => randomBytes(draw),
  ],
  decode: parseDocument,
  promised: coded("trustroot.malformed"),
  check: (document) => assert.deepEqual(parseDocument(documentToJson(document)), document),
})

// Entries of the keystore.

const locked = parseLocked(independentKeyFile.make(new Uint8Array(32), "password"), 32, "key")
const wide = parseLocked(independentKeyFile.make(new Uint8Array(64), "password"), 64, "identity")
const { address, csPubKey } = party("caller")
const entries = [
  formatEntry({ kind: "key", address, locked }),
  formatEntry({ kind: "identity", address, csPubKey: csPubKey.slice(2), certificates: [{ a: [1] }], locked: wide }),
]
const keystore = target({
  name: "store: entries of the keystore",
  weight: 4,
  kinds: [
    (draw) => (seldom(draw, 3) ? oneOf(draw, entries) : utf8(jsonText(draw))),
    (draw) => utf8(editedJson(draw, textOf(oneOf(draw, entries)))),
    (draw) => mutated(draw, entries),
    (draw) => randomBytes(draw),
  ],
  decode: (bytes) => parseEntry(bytes, "fuzzed.json"),
  promised: coded("store.corrupt"),
  check: (entry) => assert.deepEqual(parseEntry(formatEntry(entry), "again.json"), entry),
})

// The file of pins, whose last line is a checksum: a fuzzer that did not renew it would never get behind it.

const pinFiles = [0, 1, 4].map((count) =>
  formatPins({ sequence: count, pins: [REALM_PIN, ...Array.from({ length: count }, (_, i) => peerPin(i))] }),
)
const bodies = pinFiles.map((text) => text.slice(0, text.lastIndexOf("\n", text.length - 2) + 1))
const withChecksum = (body: string): string =>
  `${body}${JSON.stringify({ sha256: createHash("sha256").update(body).digest("hex") })}\n`
const pins = target({
  name: "store: files of pins",
  weight: 4,
  kinds: [
    (draw) => (seldom(draw, 4) ? oneOf(draw, pinFiles) : textOf(randomBytes(draw))),
    (draw) => textOf(mutated(draw, pinFiles.map(utf8))),
    (draw) => withChecksum(textOf(mutated(draw, bodies.map(utf8)))),
    (draw) => {
      const lines = oneOf(draw, bodies).split("\n").slice(0, -1)
      const at = draw(lines.length)
      lines[at] = editedJson(draw, lines[at] ?? "null")
      return withChecksum(`${lines.join("\n")}\n`)
    },
  ],
  decode(text) {
    const file = parsePins(text, "fuzzed.pins")
    tableOf(file.pins, "fuzzed.pins")
    return file
  },
  promised: coded("store.corrupt"),
  check: (file, text) => assert.equal(formatPins(file), text),
})

export const fileTargets: readonly Target[] = [bundles, keystore, pins]
