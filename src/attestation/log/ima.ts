import { sha1 } from "@noble/hashes/legacy.js"
import { ByteReader } from "../../core/byte-reader.ts"
import { concatBytes, equalBytes } from "../../core/bytes.ts"
import { EVIDENCE_LIMITS } from "../evidence.ts"
import type { Bank } from "../facts.ts"
import { malformed, tooLarge } from "../refusals.ts"
import { hashOf, type Hash } from "../tpm/algorithms.ts"
import { imaRecords, type ImaRecord } from "./ima-ascii.ts"

/** A file that the kernel measured (Documentation/security/IMA-templates.rst of Linux). */
export interface ImaEntry {
  /** Such as ima-ng or ima-sig: the log's word, which is not hashed into the register. */
  readonly template: string
  /** Fields of the template, each without its length; empty for a violation, of which the log proves nothing more. */
  readonly fields: readonly Uint8Array[]
  /** The file was open for writing while it was measured, or the like. */
  readonly violation: boolean
}

export interface ImaReplay {
  readonly entries: readonly ImaEntry[]
  /** Value of the register. */
  readonly register: Uint8Array
}

/** The register that IMA extends (CONFIG_IMA_MEASURE_PCR_IDX), unless a kernel was built otherwise. */
export const IMA_REGISTER = 10

const WHAT = "the log of IMA"
const MOST_ENTRIES = 8_192
const MOST_NAME = 32
const MOST_DATA = 16_384
const ascii = new TextDecoder("ascii")

/**
 * Parses a log of the kernel's integrity measurement, binary or ASCII, and extends the register of one bank by it. Since
 * Linux 5.8 each bank is extended by its own hash of an entry; older kernels padded SHA-1, and their logs do not replay.
 * Throws `attestation.too_large`, `attestation.malformed`.
 */
export function replayImaLog(bytes: Uint8Array, bank: Bank): ImaReplay {
  const entries: ImaEntry[] = []
  let register: Uint8Array = new Uint8Array((hashOf(bank) as Hash).bytes)
  for (const step of steps(bytes, bank)) {
    entries.push(step.entry)
    register = step.register
  }
  return { entries, register }
}

/** The beginning of a log that leads to a register's value: the kernel adds entries while a quote is made. */
export function imaLogUpTo(bytes: Uint8Array, bank: Bank, register: Uint8Array): Uint8Array | undefined {
  if (register.every((byte) => byte === 0)) return new Uint8Array()
  for (const step of steps(bytes, bank)) if (equalBytes(step.register, register)) return bytes.slice(0, step.end)
  return undefined
}

function* steps(bytes: Uint8Array, bank: Bank): Iterable<{ entry: ImaEntry; register: Uint8Array; end: number }> {
  if (bytes.length > EVIDENCE_LIMITS.imaLog) throw tooLarge(WHAT, bytes.length, EVIDENCE_LIMITS.imaLog)
  const hash = hashOf(bank) as Hash
  let register: Uint8Array = new Uint8Array(hash.bytes)
  let count = 0
  for (const { pcr, digest, template, data, end } of isAscii(bytes) ? imaRecords(bytes) : binaryRecords(bytes)) {
    if (++count > MOST_ENTRIES) throw tooLarge(WHAT, count, MOST_ENTRIES, "entries")
    if (pcr !== IMA_REGISTER) throw malformed(WHAT)(`an entry of register ${pcr}; expected ${IMA_REGISTER}`)
    const violation = digest.every((byte) => byte === 0)
    // SHA-1 proves nothing; where it differs the log was edited, or is of another form than it says.
    if (!violation && !equalBytes(sha1(data), digest))
      throw malformed(WHAT)("a template digest is not that of its data")
    register = hash.of(concatBytes(register, violation ? new Uint8Array(hash.bytes).fill(0xff) : hash.of(data)))
    yield { entry: { template, fields: violation ? [] : fieldsOf(data), violation }, register, end }
  }
}

/** Both forms begin with the register: as digits, or as a 32-bit number whose higher bytes are zero. */
function isAscii(bytes: Uint8Array): boolean {
  return bytes.length > 1 && bytes[1] !== 0
}

function* binaryRecords(bytes: Uint8Array): Iterable<ImaRecord> {
  const reader = new ByteReader(bytes, malformed(WHAT), "little-endian")
  while (reader.left > 0) {
    const [pcr, digest] = [reader.u32(), reader.take(20)]
    const template = ascii.decode(reader.sized32(MOST_NAME))
    if (!/^ima-[a-z0-9|-]+$/.test(template))
      throw reader.fail("a template that is none of IMA's, or is the oldest, `ima`")
    const data = reader.sized32(MOST_DATA)
    yield { pcr, digest, template, data, end: reader.position }
  }
}

/** Fields with their lengths, none left over. */
function fieldsOf(data: Uint8Array): Uint8Array[] {
  const reader = new ByteReader(data, malformed(WHAT), "little-endian")
  const fields: Uint8Array[] = []
  while (reader.left > 0) fields.push(reader.sized32(MOST_DATA))
  return fields
}
