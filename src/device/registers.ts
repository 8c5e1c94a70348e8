import { hashOf } from "../attestation/tpm/algorithms.ts"
import { clockOf, parseSelections, pcrsOf, type ClockReading, type PcrSelection } from "../attestation/tpm/attest.ts"
import { u16, u32, u8 } from "../core/byte-writer.ts"
import { concatBytes } from "../core/bytes.ts"
import { E2eeError } from "../core/errors.ts"
import { PASSWORD, type Tpm } from "./tpm.ts"

const CC_PCR_READ = 0x17e
const CC_PCR_EXTEND = 0x182
const CC_READ_CLOCK = 0x181
/** Digests in one answer to PCR_Read. */
const MOST_DIGESTS = 8

/** TPML_PCR_SELECTION of one bank (Part 2, 10.9.7); PC TPMs have 24 registers. */
export function selection({ bank, mask }: PcrSelection): Uint8Array {
  if (!Number.isInteger(mask) || mask <= 0 || mask >= 2 ** 24)
    throw new E2eeError("usage.invalid", `register mask 0x${mask.toString(16)}; expected registers from 0 to 23`)
  return concatBytes(u32(1), u16(bank), u8(3), Uint8Array.of(mask & 0xff, (mask >> 8) & 0xff, mask >> 16))
}

/** Values of the registers of a mask, lowest register first. */
export async function readRegisters(tpm: Tpm, { bank, mask }: PcrSelection): Promise<Uint8Array[]> {
  const length = hashOf(bank)?.bytes
  const values: Uint8Array[] = []
  const pcrs = pcrsOf(mask)
  for (let at = 0; at < pcrs.length; at += MOST_DIGESTS) {
    const asked = pcrs.slice(at, at + MOST_DIGESTS).reduce((sum, pcr) => sum + 2 ** pcr, 0)
    const { parameters } = await tpm.send({
      name: "PCR_Read",
      code: CC_PCR_READ,
      parameters: selection({ bank, mask: asked }),
    })
    parameters.u32() // pcrUpdateCounter
    const [read] = parseSelections(parameters)
    const count = parameters.u32()
    if (read?.mask !== asked || count !== pcrsOf(asked).length)
      throw new E2eeError(
        "device.refused",
        `the TPM has no bank 0x${bank.toString(16)} with these registers; see which banks its firmware turned on`,
      )
    for (let i = 0; i < count; i++) values.push(parameters.sized16(64))
    parameters.end()
  }
  if (values.some((value) => value.length !== length))
    throw new E2eeError(
      "device.bad_answer",
      `a register of bank 0x${bank.toString(16)} has another length than its hash`,
    )
  return values
}

/** Extends a register by the digests that the banks are given. */
export async function extendRegister(tpm: Tpm, pcr: number, digests: ReadonlyMap<number, Uint8Array>): Promise<void> {
  const values = [...digests].map(([bank, digest]) => concatBytes(u16(bank), digest))
  const { parameters } = await tpm.send({
    name: "PCR_Extend",
    code: CC_PCR_EXTEND,
    handles: [pcr],
    sessions: [PASSWORD],
    parameters: concatBytes(u32(values.length), ...values),
  })
  parameters.end()
}

/** TPMS_TIME_INFO: its time since start, and the clock that quotes carry. */
export async function readClock(tpm: Tpm): Promise<ClockReading & { readonly time: bigint }> {
  const { parameters } = await tpm.send({ name: "ReadClock", code: CC_READ_CLOCK })
  const time = parameters.u64()
  const clock = clockOf(parameters)
  parameters.end()
  return { time, ...clock }
}

const CC_GET_CAPABILITY = 0x17a
const CAP_TPM_PROPERTIES = 6
const CAP_PCRS = 5
/** TPM_PT (Part 2, 6.13). */
const PROPERTIES = { manufacturer: 0x105, firmware1: 0x10b, firmware2: 0x10c } as const

/** What the TPM says of itself: nothing of it is signed. */
export interface TpmDescription {
  /** Four letters of the vendor id registry, `IBM` for example. */
  readonly manufacturer: string
  readonly firmware: bigint
  /** Banks that are turned on, with their registers. */
  readonly banks: readonly PcrSelection[]
}

export async function describeTpm(tpm: Tpm): Promise<TpmDescription> {
  const [manufacturer, high, low] = [
    await property(tpm, PROPERTIES.manufacturer),
    await property(tpm, PROPERTIES.firmware1),
    await property(tpm, PROPERTIES.firmware2),
  ]
  const letters = [24, 16, 8, 0].map((shift) => (manufacturer >>> shift) & 0xff)
  const { parameters } = await capability(tpm, CAP_PCRS, 0, 1)
  const banks = parseSelections(parameters).filter(({ mask }) => mask !== 0)
  parameters.end()
  return {
    manufacturer: String.fromCharCode(...letters.filter((letter) => letter >= 0x20 && letter < 0x7f)).trim(),
    firmware: (BigInt(high) << 32n) | BigInt(low),
    banks,
  }
}

async function property(tpm: Tpm, wanted: number): Promise<number> {
  const { parameters } = await capability(tpm, CAP_TPM_PROPERTIES, wanted, 1)
  const [count, name, value] = [parameters.u32(), parameters.u32(), parameters.u32()]
  parameters.end()
  if (count !== 1 || name !== wanted) throw parameters.fail(`it lacks property 0x${wanted.toString(16)}`)
  return value
}

async function capability(tpm: Tpm, kind: number, from: number, count: number) {
  const answer = await tpm.send({
    name: "GetCapability",
    code: CC_GET_CAPABILITY,
    parameters: concatBytes(u32(kind), u32(from), u32(count)),
  })
  answer.parameters.u8() // whether there is more
  const given = answer.parameters.u32()
  if (given !== kind) throw answer.parameters.fail(`it tells of capability ${given}; expected ${kind}`)
  return answer
}
