import assert from "node:assert/strict"
import { sha256 } from "@noble/hashes/sha2.js"
import { replayFirmwareLog } from "../../../src/attestation/log/firmware.ts"
import { concatBytes, utf8ToBytes } from "../../../src/core/bytes.ts"
import { refuses } from "../../arbitrary.ts"
import { bootNamed, bytesOf, LOGS } from "../machines.ts"

const SHA256 = 0x0b
const [u16, u32] = [2, 4].map((length) => (value: number): Uint8Array => {
  const bytes = new Uint8Array(length)
  for (let i = 0; i < length; i++) bytes[i] = Math.floor(value / 256 ** i) % 256
  return bytes
}) as [(value: number) => Uint8Array, (value: number) => Uint8Array]
const sized = (bytes: Uint8Array): Uint8Array => concatBytes(u32(bytes.length), bytes)
const EV_NO_ACTION = 3
const EV_SEPARATOR = 4

function header(algorithms: readonly (readonly [number, number])[], signature = "Spec ID Event03\0"): Uint8Array {
  const list = algorithms.flatMap(([algorithm, size]) => [u16(algorithm), u16(size)])
  const text = concatBytes(utf8ToBytes(signature), new Uint8Array(8), u32(algorithms.length), ...list, Uint8Array.of(0))
  return concatBytes(u32(0), u32(EV_NO_ACTION), new Uint8Array(20), sized(text))
}

const BOTH = header([
  [0x04, 20],
  [SHA256, 32],
])

function event(pcr: number, type: number, data: Uint8Array, ...digests: readonly (readonly [number, Uint8Array])[]) {
  const list = digests.flatMap(([algorithm, digest]) => [u16(algorithm), digest])
  return concatBytes(u32(pcr), u32(type), u32(digests.length), ...list, sized(data))
}

const text = utf8ToBytes("text")
const [mark, zeros] = [new Uint8Array(20).fill(1), new Uint8Array(32)]
const plain = event(1, EV_SEPARATOR, text, [0x04, mark], [SHA256, sha256(text)])
const locality = (level: number): Uint8Array =>
  event(
    0,
    EV_NO_ACTION,
    concatBytes(utf8ToBytes("StartupLocality\0"), Uint8Array.of(level)),
    [0x04, mark],
    [SHA256, zeros],
  )

describe("attestation: log of the firmware", () => {
  it("uses digests of the quoted bank alone", () => {
    const { registers } = replayFirmwareLog(concatBytes(BOTH, plain), SHA256)
    const otherSha1 = event(1, EV_SEPARATOR, text, [0x04, new Uint8Array(20)], [SHA256, sha256(text)])
    assert.deepEqual(registers, replayFirmwareLog(concatBytes(BOTH, otherSha1), SHA256).registers)
    assert.deepEqual([...registers], [[1, sha256(concatBytes(zeros, sha256(text)))]])
    const boot = bootNamed("ok-ecc")
    assert.deepEqual(
      replayFirmwareLog(bytesOf(boot.eventLog), SHA256).registers.get(7),
      bytesOf(boot.pcrValues?.[boot.pcrs.indexOf(7)]),
    )
  })

  it("shows a text only where its digest was extended", () => {
    const file = event(2, EV_SEPARATOR, text, [SHA256, sha256(Uint8Array.of(1))])
    const { events } = replayFirmwareLog(concatBytes(BOTH, plain, file), SHA256)
    assert.deepEqual(events[0], { pcr: 1, type: EV_SEPARATOR, digest: sha256(text), data: text })
    assert.deepEqual(events[1], { pcr: 2, type: EV_SEPARATOR, digest: sha256(Uint8Array.of(1)) })
  })

  it("extends nothing by events without action, but begins register 0 at the locality of the start", () => {
    const note = event(0xffff_ffff, EV_NO_ACTION, text)
    const { registers, events } = replayFirmwareLog(concatBytes(BOTH, note, locality(3), plain), SHA256)
    assert.equal(events.length, 1)
    assert.equal(registers.get(0)?.at(-1), 3)
    const elsewhere = concatBytes(utf8ToBytes("StartupLocality\0"), Uint8Array.of(3))
    for (const other of [event(1, EV_NO_ACTION, elsewhere), event(0, EV_NO_ACTION, elsewhere.with(0, 0x73))])
      assert.equal(replayFirmwareLog(concatBytes(BOTH, other), SHA256).registers.size, 0)
    const late = event(0, EV_SEPARATOR, text, [SHA256, sha256(text)])
    refuses(() => replayFirmwareLog(concatBytes(BOTH, late, locality(3)), SHA256), "attestation.malformed")
  })

  it("refuses a log that lacks the quoted bank", () => {
    refuses(() => replayFirmwareLog(concatBytes(BOTH, plain), 0x0c), "attestation.event_log")
    refuses(() => replayFirmwareLog(BOTH, 0x0c), "attestation.event_log")
    const lacking = event(1, EV_SEPARATOR, text, [0x04, mark])
    refuses(() => replayFirmwareLog(concatBytes(BOTH, plain, lacking), SHA256), "attestation.event_log")
  })

  it("refuses what is not of its form", () => {
    const faults: readonly (readonly [string, Uint8Array])[] = [
      ["nothing", new Uint8Array()],
      ["a log of SHA-1 alone", header([[0x04, 20]], "Spec ID Event02\0")],
      ["a beginning for another register", BOTH.with(0, 1)],
      ["a beginning of another type", BOTH.with(4, 4)],
      ["a beginning without text", concatBytes(BOTH.slice(0, 28), u32(15), new Uint8Array(15))],
      ["no algorithm", header([])],
      ["a digest without bytes", header([[0x12, 0], [SHA256, 32]])], // prettier-ignore
      ["a digest of 65 bytes", header([[0x12, 65], [SHA256, 32]])], // prettier-ignore
      ["an algorithm twice", header([[SHA256, 32], [SHA256, 32]])], // prettier-ignore
      ["a digest of another size", header([[SHA256, 20]])],
      ["nine algorithms", header(Array.from({ length: 9 }, (_, i) => [0x100 + i, 32]))],
      ["a register beyond the last", concatBytes(BOTH, event(24, EV_SEPARATOR, text, [SHA256, zeros]))],
      ["a digest twice", concatBytes(BOTH, event(1, EV_SEPARATOR, text, [SHA256, zeros], [SHA256, zeros]))],
      ["an unknown digest", concatBytes(BOTH, event(1, EV_SEPARATOR, text, [0x0c, new Uint8Array(48)]))],
      ["three digests of two", concatBytes(BOTH, u32(1), u32(4), u32(3))],
      ["a text that does not end", concatBytes(BOTH, plain.slice(0, -1))],
      ["a byte too many", concatBytes(BOTH, plain, Uint8Array.of(0))],
      ["a text of 4 GiB", concatBytes(BOTH, plain.slice(0, -8), u32(0xffff_ffff), text)],
    ]
    for (const [what, log] of faults)
      assert.ok(
        refuses(() => replayFirmwareLog(log, SHA256), "attestation.malformed"),
        what,
      )
  })

  it("refuses logs that are too large", () => {
    refuses(() => replayFirmwareLog(new Uint8Array(262_145), SHA256), "attestation.too_large")
    const small = event(1, EV_SEPARATOR, new Uint8Array(), [SHA256, zeros])
    const many = concatBytes(BOTH, ...Array.from({ length: 4_097 }, () => small))
    assert.ok(many.length < 262_144)
    refuses(() => replayFirmwareLog(many, SHA256), "attestation.too_large")
  })

  it("leads nowhere else with any event left out, told twice, or told before the one before it", () => {
    const log = LOGS.firmwareLog
    const view = new DataView(log.buffer, log.byteOffset)
    const events: Uint8Array[] = []
    const begin = 32 + view.getUint32(28, true)
    for (let at = begin; at < log.length; at += events.at(-1)?.length ?? 0)
      events.push(log.slice(at, at + 50 + view.getUint32(at + 46, true)))
    const led = (list: readonly Uint8Array[]): string =>
      JSON.stringify([...replayFirmwareLog(concatBytes(log.slice(0, begin), ...list), SHA256).registers].sort())
    assert.equal(events.length, replayFirmwareLog(log, SHA256).events.length)
    for (const [i, event] of events.entries()) {
      assert.notEqual(led(events.toSpliced(i, 1)), led(events))
      assert.notEqual(led(events.toSpliced(i, 0, event)), led(events))
      const before = events.slice(0, i).findLastIndex(([pcr]) => pcr === event[0])
      const earlier = events[before]
      if (earlier === undefined || led([event]) === led([earlier])) continue
      assert.notEqual(led(events.with(i, earlier).with(before, event)), led(events))
    }
  })

  it("leads nowhere else with one bit of a digest turned", () => {
    const { registers } = replayFirmwareLog(LOGS.firmwareLog, SHA256)
    const all = ({ registers }: { registers: ReadonlyMap<number, Uint8Array> }): string =>
      JSON.stringify([...registers])
    const { events } = replayFirmwareLog(LOGS.firmwareLog, SHA256)
    for (const { digest } of events) {
      const log = Uint8Array.from(LOGS.firmwareLog)
      const at = log.findIndex((_, i) => digest.every((byte, j) => log[i + j] === byte))
      log[at + 31] = (log[at + 31] ?? 0) ^ 1
      assert.notEqual(all(replayFirmwareLog(log, SHA256)), all({ registers }))
    }
  })
})
