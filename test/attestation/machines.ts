import { readFileSync } from "node:fs"
import type { Bank } from "../../src/attestation/facts.ts"
import { replayFirmwareLog } from "../../src/attestation/log/firmware.ts"
import { replayImaLog } from "../../src/attestation/log/ima.ts"
import { hashOf } from "../../src/attestation/tpm/algorithms.ts"
import { fromHex } from "../../src/core/bytes.ts"
import { concatBytes } from "../../src/core/bytes.ts"
import { extendRegister } from "../../src/device/registers.ts"
import type { Tpm } from "../../src/device/tpm.ts"
import { startSimulator, type Simulator } from "../device/swtpm.ts"

interface MeasuredBoot {
  readonly id: string
  readonly expect: string
  readonly akPub: string
  readonly ekPub?: string
  readonly extra: string
  readonly bank: Bank
  readonly pcrs: readonly number[]
  readonly pcrValues?: readonly string[]
  readonly msg: string
  readonly sig: string
  readonly eventLog?: string
  readonly ima?: string
}

/** test/vectors/measured-boot.json: quotes and logs of real boots. */
export const MEASURED_BOOTS = (
  JSON.parse(readFileSync(new URL("../vectors/measured-boot.json", import.meta.url), "utf8")) as {
    readonly vectors: readonly MeasuredBoot[]
  }
).vectors

export function bootNamed(id: string): MeasuredBoot {
  const found = MEASURED_BOOTS.find((boot) => boot.id === id)
  if (found === undefined) throw new Error(`no measured boot ${id}`)
  return found
}

export const bytesOf = (hex = ""): Uint8Array => fromHex(hex) as Uint8Array

/** Logs of a machine that booted OVMF and Linux. */
export const LOGS = {
  firmwareLog: bytesOf(bootNamed("ovmf-A").eventLog),
  imaLog: bytesOf(bootNamed("ovmf-A").ima),
}

/** A machine after a measured boot: its TPM was extended by what the logs say. */
export async function bootedMachine(): Promise<Simulator> {
  const machine = await startSimulator()
  await boot(machine.tpm)
  return machine
}

/** Extends the registers of SHA-256 as firmware and kernel did. */
export async function boot(tpm: Tpm): Promise<void> {
  const { events } = replayFirmwareLog(LOGS.firmwareLog, 0x0b)
  for (const { pcr, digest } of events) await extendRegister(tpm, pcr, new Map([[0x0b, digest]]))
  for (const { fields, violation } of replayImaLog(LOGS.imaLog, 0x0b).entries) {
    if (violation) throw new Error("the log of a clean boot has a violation")
    const data = concatBytes(...fields.flatMap((field) => [littleEndian(field.length), field]))
    await extendRegister(tpm, 10, new Map([[0x0b, hashOf(0x0b)?.of(data) ?? data]]))
  }
}

function littleEndian(length: number): Uint8Array {
  const bytes = new Uint8Array(4)
  new DataView(bytes.buffer).setUint32(0, length, true)
  return bytes
}
