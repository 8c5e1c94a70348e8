import { ByteReader } from "../../core/byte-reader.ts"
import { concatBytes, equalBytes, utf8ToBytes } from "../../core/bytes.ts"
import { E2eeError } from "../../core/errors.ts"
import { EVIDENCE_LIMITS } from "../evidence.ts"
import type { Bank } from "../facts.ts"
import { malformed, tooLarge } from "../refusals.ts"
import { hashOf, shown, type Hash } from "../tpm/algorithms.ts"

/** One event of the firmware's log. Its type is not signed by anybody: it is the firmware's word, or whoever edited the log. */
export interface FirmwareEvent {
  readonly pcr: number
  /** TCG_EVENTTYPE (PC Client Platform Firmware Profile, 10.4.1). */
  readonly type: number
  /** In the quoted bank. */
  readonly digest: Uint8Array
  /** Only where the digest is that of the text itself; of many events it is a file's, and the text proves nothing. */
  readonly data?: Uint8Array
}

export interface FirmwareReplay {
  readonly events: readonly FirmwareEvent[]
  /** Register values by number; what no event extended is absent. */
  readonly registers: ReadonlyMap<number, Uint8Array>
}

const WHAT = "the firmware's log"
const MOST_EVENTS = 4_096
const MOST_ALGORITHMS = 8
const EV_NO_ACTION = 3
const REGISTERS = 24
const SPECIFICATION_EVENT = utf8ToBytes("Spec ID Event03\0")
const STARTUP_LOCALITY = utf8ToBytes("StartupLocality\0")

/**
 * Parses a crypto-agile log (PC Client Platform Firmware Profile, 10) and extends registers of one bank by it. Digests
 * of other banks are stepped over. Throws `attestation.too_large`, `attestation.malformed`, `attestation.event_log`.
 */
export function replayFirmwareLog(bytes: Uint8Array, bank: Bank): FirmwareReplay {
  if (bytes.length > EVIDENCE_LIMITS.firmwareLog) throw tooLarge(WHAT, bytes.length, EVIDENCE_LIMITS.firmwareLog)
  const hash = hashOf(bank) as Hash
  const reader = new ByteReader(bytes, malformed(WHAT), "little-endian")
  const sizes = headerOf(reader)
  if (!sizes.has(bank)) throw lacks(`it has no digests of bank ${shown(bank)}`)
  const registers = new Map<number, Uint8Array>()
  const events: FirmwareEvent[] = []
  for (let count = 1; reader.left > 0; count++) {
    if (count > MOST_EVENTS) throw tooLarge(WHAT, count, MOST_EVENTS, "events")
    const [pcr, type] = [reader.u32(), reader.u32()]
    const digest = digestsOf(reader, sizes).get(bank)
    const data = reader.sized32(reader.left)
    if (type === EV_NO_ACTION) {
      const start = startOf(pcr, data, hash.bytes)
      if (start === undefined) continue
      if (registers.has(0)) throw reader.fail("a startup locality stands behind the first event of register 0")
      registers.set(0, start)
      continue
    }
    if (pcr >= REGISTERS) throw reader.fail(`an event of register ${pcr}; expected 0 to ${REGISTERS - 1}`)
    if (digest === undefined) throw lacks(`event ${count} has no digest of bank ${shown(bank)}`)
    registers.set(pcr, hash.of(concatBytes(registers.get(pcr) ?? new Uint8Array(hash.bytes), digest)))
    events.push({ pcr, type, digest, ...(equalBytes(hash.of(data), digest) ? { data } : {}) })
  }
  return { events, registers }
}

/** The first event has the form of TPM 1.2 (TCG_PCClientPCREvent) and tells which digests the others have. */
function headerOf(reader: ByteReader): ReadonlyMap<number, number> {
  const [pcr, type] = [reader.u32(), reader.u32()]
  reader.take(20) // a digest of SHA-1: zeros
  const header = new ByteReader(reader.sized32(1_024), malformed(WHAT), "little-endian")
  if (pcr !== 0 || type !== EV_NO_ACTION || !equalBytes(header.take(16), SPECIFICATION_EVENT))
    throw reader.fail('it does not begin with "Spec ID Event03"; a log of SHA-1 alone proves nothing')
  header.take(8) // platform class, version, errata, size of an integer
  const count = header.u32()
  if (count === 0 || count > MOST_ALGORITHMS) throw reader.fail(`${count} algorithms; expected 1 to ${MOST_ALGORITHMS}`)
  const sizes = new Map<number, number>()
  for (let i = 0; i < count; i++) {
    const [algorithm, size] = [header.u16(), header.u16()]
    const known = hashOf(algorithm)?.bytes
    if (sizes.has(algorithm) || size === 0 || size > 64 || (known !== undefined && known !== size))
      throw reader.fail(`digests of ${size} bytes for algorithm ${shown(algorithm)}`)
    sizes.set(algorithm, size)
  }
  header.take(header.u8()) // the vendor's own
  header.end()
  return sizes
}

/** TPML_DIGEST_VALUES: a digest for each algorithm, each at most once. */
function digestsOf(reader: ByteReader, sizes: ReadonlyMap<number, number>): ReadonlyMap<number, Uint8Array> {
  const count = reader.u32()
  if (count > sizes.size) throw reader.fail(`an event with ${count} digests; expected at most ${sizes.size}`)
  const digests = new Map<number, Uint8Array>()
  for (let i = 0; i < count; i++) {
    const algorithm = reader.u16()
    const size = sizes.get(algorithm)
    if (size === undefined || digests.has(algorithm))
      throw reader.fail(`a digest of algorithm ${shown(algorithm)}, which the log's first event does not name once`)
    digests.set(algorithm, reader.take(size))
  }
  return digests
}

/** Register 0 begins with the locality from which the TPM was started, where the log says so (10.4.5.3). */
function startOf(pcr: number, data: Uint8Array, length: number): Uint8Array | undefined {
  const isLocality = data.length === STARTUP_LOCALITY.length + 1 && equalBytes(data.slice(0, -1), STARTUP_LOCALITY)
  if (pcr !== 0 || !isLocality) return undefined
  const start = new Uint8Array(length)
  start[length - 1] = data.at(-1) ?? 0
  return start
}

function lacks(reason: string): E2eeError {
  return new E2eeError("attestation.event_log", `${WHAT} says nothing of the quoted registers: ${reason}`)
}
