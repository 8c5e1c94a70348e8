import { ByteReader } from "../../core/byte-reader.ts"
import { malformed, tooLarge } from "../refusals.ts"
import { shown } from "./algorithms.ts"

/** TPM_GENERATED_VALUE (Part 2, 6.2): begins what a TPM itself made, and nothing else that a restricted key signs. */
export const TPM_GENERATED = 0xff544347
/** TPM_ST_ATTEST_QUOTE (Part 2, 6.9). */
export const ATTEST_QUOTE = 0x8018

/** TPMS_CLOCK_INFO (Part 2, 10.11.1). */
export interface ClockReading {
  /** Milliseconds that the TPM has been powered. */
  readonly clock: bigint
  /** TPM Resets: restarts of the machine, as a rule. */
  readonly resetCount: number
  /** TPM Restarts and Resumes since the last reset. */
  readonly restartCount: number
  /** False where the clock may have gone back since an unorderly shutdown. */
  readonly safe: boolean
}

export interface PcrSelection {
  /** TPM_ALG_ID of the bank's hash. */
  readonly bank: number
  /** Bit n stands for PCR n; 32 bits at most. */
  readonly mask: number
}

/** TPMS_ATTEST (Part 2, 10.12.12) before anybody has checked it. */
export interface Attest {
  readonly bytes: Uint8Array
  readonly magic: number
  readonly type: number
  /** Qualified name of the key that signed. */
  readonly qualifiedSigner: Uint8Array
  readonly extraData: Uint8Array
  readonly clock: ClockReading
  readonly firmware: bigint
  /** Absent for other types than a quote. */
  readonly quote?: { readonly selections: readonly PcrSelection[]; readonly digest: Uint8Array }
}

const MOST_BYTES = 1_024
const MOST_SELECTIONS = 16
const MOST_SELECT_BYTES = 4
/** A TPMT_HA of SHA-512, and a Name: algorithm and digest. */
const MOST_NAME = 66

/** Throws `attestation.too_large` over 1,024 bytes, `attestation.malformed`. Says nothing of magic and type. */
export function parseAttest(bytes: Uint8Array): Attest {
  const what = "the signed statement"
  if (bytes.length > MOST_BYTES) throw tooLarge(what, bytes.length, MOST_BYTES)
  const reader = new ByteReader(bytes, malformed(what))
  const attest = {
    bytes: Uint8Array.from(bytes),
    magic: reader.u32(),
    type: reader.u16(),
    qualifiedSigner: reader.sized16(MOST_NAME),
    extraData: reader.sized16(MOST_NAME),
    clock: clockOf(reader),
    firmware: reader.u64(),
  }
  if (attest.type !== ATTEST_QUOTE) return attest
  const quote = { selections: parseSelections(reader), digest: reader.sized16(64) }
  reader.end()
  return { ...attest, quote }
}

/** TPML_PCR_SELECTION (Part 2, 10.9.7). */
export function parseSelections(reader: ByteReader): PcrSelection[] {
  const count = reader.u32()
  if (count > MOST_SELECTIONS) throw reader.fail(`${count} selections; expected at most ${MOST_SELECTIONS}`)
  return Array.from({ length: count }, () => {
    const bank = reader.u16()
    const size = reader.u8()
    if (size === 0 || size > MOST_SELECT_BYTES) throw reader.fail(`a selection of ${size} bytes; expected 1 to 4`)
    return { bank, mask: reader.take(size).reduce((mask, byte, i) => mask + byte * 2 ** (8 * i), 0) }
  })
}

/** TPMS_CLOCK_INFO. */
export function clockOf(reader: ByteReader): ClockReading {
  const [clock, resetCount, restartCount, safe] = [reader.u64(), reader.u32(), reader.u32(), reader.u8()]
  if (safe > 1) throw reader.fail(`${shown(safe, 2)} for yes or no; expected 0 or 1`)
  return { clock, resetCount, restartCount, safe: safe === 1 }
}

/** PCR numbers of a mask, lowest first. */
export function pcrsOf(mask: number): number[] {
  return Array.from({ length: 32 }, (_, pcr) => pcr).filter((pcr) => Math.floor(mask / 2 ** pcr) % 2 === 1)
}

/** The mask of PCR numbers from 0 to 31. */
export function maskOf(pcrs: Iterable<number>): number {
  return [...new Set(pcrs)].reduce((mask, pcr) => mask + 2 ** pcr, 0)
}
