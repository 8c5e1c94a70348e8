import assert from "node:assert/strict"
import { sha1 } from "@noble/hashes/legacy.js"
import { sha256 } from "@noble/hashes/sha2.js"
import * as fc from "fast-check"
import { imaLogUpTo, replayImaLog } from "../../../src/attestation/log/ima.ts"
import { concatBytes, equalBytes, toHex, utf8ToBytes } from "../../../src/core/bytes.ts"
import { flipped, onlyRefuses, refuses } from "../../arbitrary.ts"
import { bootNamed, bytesOf, LOGS } from "../machines.ts"

const SHA256 = 0x0b
const u32 = (value: number): Uint8Array => {
  const bytes = new Uint8Array(4)
  new DataView(bytes.buffer).setUint32(0, value, true)
  return bytes
}
const sized = (bytes: Uint8Array): Uint8Array => concatBytes(u32(bytes.length), bytes)

interface Entry {
  readonly path: string
  readonly file: Uint8Array
  readonly signature?: Uint8Array
  readonly violation?: boolean
}

const dataOf = ({ path, file, signature }: Entry): Uint8Array =>
  concatBytes(
    sized(concatBytes(utf8ToBytes("sha256:\0"), file)),
    sized(utf8ToBytes(`${path}\0`)),
    signature === undefined ? new Uint8Array() : sized(signature),
  )
const digestOf = (entry: Entry): Uint8Array => (entry.violation === true ? new Uint8Array(20) : sha1(dataOf(entry)))

/** The two forms as the kernel writes them. */
function binary(entries: readonly Entry[]): Uint8Array {
  return concatBytes(
    ...entries.map((entry) =>
      concatBytes(
        concatBytes(u32(10), digestOf(entry)),
        sized(utf8ToBytes(entry.signature === undefined ? "ima-ng" : "ima-sig")),
        sized(dataOf(entry)),
      ),
    ),
  )
}

function ascii(entries: readonly Entry[]): Uint8Array {
  const lines = entries.map((entry) => {
    const start = `10 ${toHex(digestOf(entry)).slice(2)} ${entry.signature === undefined ? "ima-ng" : "ima-sig"}`
    const end = entry.signature === undefined ? "" : ` ${toHex(entry.signature).slice(2)}`
    return `${start} sha256:${toHex(entry.file).slice(2)} ${entry.path}${end}\n`
  })
  return utf8ToBytes(lines.join(""))
}

const anEntry: fc.Arbitrary<Entry> = fc.record(
  {
    path: fc.stringMatching(/^\/[a-z0-9._\-é]{1,20}$/),
    file: fc.uint8Array({ minLength: 32, maxLength: 32 }),
    signature: fc.uint8Array({ maxLength: 80 }),
  },
  { requiredKeys: ["path", "file"] },
)
const one: Entry = { path: "/init", file: sha256(Uint8Array.of(1)) }

describe("attestation: log of IMA", () => {
  it("leads to the register of a real boot", () => {
    const boot = bootNamed("ovmf-A")
    const { register, entries } = replayImaLog(LOGS.imaLog, SHA256)
    assert.deepEqual(register, bytesOf(boot.pcrValues?.[boot.pcrs.indexOf(10)]))
    const paths = entries.map(({ fields }) => new TextDecoder().decode(fields[1]))
    assert.deepEqual(paths.slice(0, 3), ["boot_aggregate\0", "/init\0", "/bin/busybox\0"])
  })

  it("says the same in binary and ASCII", () => {
    fc.assert(
      fc.property(fc.array(anEntry, { maxLength: 8 }), (entries) => {
        assert.deepEqual(replayImaLog(ascii(entries), SHA256), replayImaLog(binary(entries), SHA256))
      }),
    )
  })

  it("extends by ones where the kernel noted a violation, and shows no text of it", () => {
    const { entries, register } = replayImaLog(binary([{ ...one, violation: true }]), SHA256)
    assert.deepEqual(entries, [{ template: "ima-ng", fields: [], violation: true }])
    assert.deepEqual(register, sha256(concatBytes(new Uint8Array(32), new Uint8Array(32).fill(0xff))))
  })

  it("is cut where the quoted register was, for the kernel goes on", () => {
    const later = { ...one, path: "/bin/late" }
    for (const form of [binary, ascii]) {
      const { register } = replayImaLog(form([one]), SHA256)
      assert.deepEqual(imaLogUpTo(form([one, later]), SHA256, register), form([one]))
      assert.deepEqual(imaLogUpTo(form([one, later]), SHA256, new Uint8Array(32)), new Uint8Array())
      assert.equal(imaLogUpTo(form([later, one]), SHA256, register), undefined)
    }
  })

  it("refuses what is not of its form", () => {
    const sound = binary([one])
    const line = new TextDecoder().decode(ascii([one]))
    for (const log of [
      sound.slice(0, -1),
      concatBytes(sound, Uint8Array.of(0)),
      concatBytes(u32(11), sound.slice(4)),
      concatBytes(sound.slice(0, 28), utf8ToBytes("IMA-NG"), sound.slice(34)),
      concatBytes(u32(10), new Uint8Array(20).fill(1), sound.slice(24)),
      ...[line.slice(0, -1), `${line}\n`, line.replace("10 ", "11 "), line.replace("ima-ng", "ima-buf")].map(
        utf8ToBytes,
      ),
      ...[line.replace("/init", "/in it"), line.replace("sha256:", "sha256:0"), line.replace("\n", " \n")].map(
        utf8ToBytes,
      ),
      ...[`\uFEFF${line}`, line.replace("/init", "/inis"), line.replace("\n", " abc\n")].map(utf8ToBytes),
      concatBytes(utf8ToBytes("10 "), Uint8Array.of(0xff, 0x0a)),
    ])
      refuses(() => replayImaLog(log, SHA256), "attestation.malformed")
  })

  it("refuses logs that are too large", () => {
    refuses(() => replayImaLog(new Uint8Array(524_289), SHA256), "attestation.too_large")
    const shortest = concatBytes(u32(10), sha1(new Uint8Array()), sized(utf8ToBytes("ima-x")), u32(0))
    const log = (count: number): Uint8Array =>
      Uint8Array.from({ length: count * shortest.length }, (_, i) => shortest[i % shortest.length] ?? 0)
    assert.equal(replayImaLog(log(8_192), SHA256).entries.length, 8_192)
    refuses(() => replayImaLog(log(8_193), SHA256), "attestation.too_large")
  })

  it("leads nowhere else with one bit turned, but for a template's name, which nobody hashed", () => {
    const sound = replayImaLog(LOGS.imaLog, SHA256)
    const fields = ({ entries }: typeof sound): string => JSON.stringify(entries.map((entry) => entry.fields))
    for (let bit = 0; bit < 8 * LOGS.imaLog.length; bit += 3)
      onlyRefuses(() => {
        const replayed = replayImaLog(flipped(LOGS.imaLog, bit), SHA256)
        if (equalBytes(replayed.register, sound.register)) assert.equal(fields(replayed), fields(sound))
      }, /^attestation\.malformed$/)
  })
})
