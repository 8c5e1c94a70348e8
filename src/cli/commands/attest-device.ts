import type { Command } from "commander"
import { attesterId, KINDS, measurementKey } from "../../attestation/facts.ts"
import { decodeEvidence, encodeEvidence, type Evidence } from "../../attestation/evidence.ts"
import { nonceOf } from "../../attestation/binding.ts"
import { parseDocument } from "../../attestation/nitro/document.ts"
import { pcrsOf } from "../../attestation/tpm/attest.ts"
import { nameOf, parsePublic } from "../../attestation/tpm/public-area.ts"
import type { QuoteFields } from "../../attestation/verified.ts"
import { verify } from "../../attestation/verify.ts"
import { sha256 } from "@noble/hashes/sha2.js"
import { concatBytes, fromHex, toHex, type Hex } from "../../core/bytes.ts"
import { E2eeError } from "../../core/errors.ts"
import { LINUX_LOGS, openAttester } from "../../device/attester.ts"
import { describeTpm } from "../../device/registers.ts"
import { writeJson } from "../files.ts"
import { digestOption, readText } from "../options.ts"
import { outputOf } from "../output.ts"
import {
  manualBinding,
  registersOption,
  TPM,
  withDevice,
  withRegisters,
  withTpm,
  type PlatformOptions,
} from "../platform-options.ts"
import { addEnrollCommands } from "./attest-enroll.ts"

/** `attest quote`, `verify`, `enroll`: what a TPM says, and whether it is one. */
export function addAttestDeviceCommands(program: Command): void {
  const attest =
    program.commands.find((command) => command.name() === "attest") ??
    program.command("attest").description("remote attestation: platforms that a realm believes")
  addQuote(attest)
  addVerify(attest)
  addEnrollCommands(attest)
}

interface QuoteOptions extends PlatformOptions {
  readonly challenge?: string
  readonly firmwareLog?: string | true
  readonly imaLog?: string | true
  readonly out?: string
  readonly overwrite?: boolean
}

function addQuote(attest: Command): void {
  withRegisters(withDevice(attest.command("quote")))
    .description(
      "have this machine's TPM sign its registers: what is to be enrolled and anchored, or evidence for `verify`",
    )
    .option("--challenge <hex>", "32 random bytes of whoever verifies; of our own otherwise")
    .option("--firmware-log [file]", `show the firmware's log (${LINUX_LOGS.firmware})`)
    .option("--ima-log [file]", `show the kernel's log (${LINUX_LOGS.ima})`)
    .option("--out <file>", "write the evidence")
    .option("--overwrite", "replace a file", false)
    .action(async (options: QuoteOptions, command: Command) => {
      const asked = registersOption(TPM, options)
      const challenge = challengeOption(options.challenge)
      const output = outputOf(command)
      output.progress("asking the TPM …")
      const { evidence, description } = await withTpm(options.device, async (tpm) => {
        const attester = await openAttester(tpm, logsOption(options))
        try {
          const nonce = nonceOf(manualBinding(challenge, attesterId(TPM, attester.keyName)))
          return { evidence: await attester.attest(nonce, asked), description: await describeTpm(tpm) }
        } finally {
          await attester.close()
        }
      })
      const name = nameOf(parsePublic(evidence.publicArea))
      const digest = sha256(concatBytes(...evidence.registers))
      const file = { evidence: toHex(encodeEvidence(evidence)), challenge: toHex(challenge) }
      if (options.out !== undefined) await writeJson(options.out, file, options.overwrite === true)
      const fields = {
        keyName: toHex(name),
        attester: attesterId(TPM, name),
        bank: options.bank,
        registers: registerFields(asked.mask, evidence.registers),
        digest: toHex(digest),
        measurement: measurementKey(TPM, asked.bank, asked.mask, digest),
      }
      const { manufacturer, firmware } = description
      output.result(
        {
          ok: true,
          ...fields,
          manufacturer,
          firmware: versionText(firmware),
          ...(options.out ? { file: options.out } : file),
        },
        [
          `TPM          ${manufacturer}, firmware ${versionText(firmware)}`,
          `key name     ${fields.keyName}`,
          `attester     ${fields.attester}`,
          ...registerLines(options.bank, asked.mask, evidence.registers),
          `digest       ${fields.digest}`,
          `measurement  ${fields.measurement}`,
          ...(options.out === undefined ? [] : [`evidence     ${options.out}`]),
        ].join("\n"),
      )
    })
}

interface VerifyOptions extends PlatformOptions {
  readonly challenge: string
  readonly attester?: string
  readonly digest?: string
  readonly nitroRoot?: string
}

function addVerify(attest: Command): void {
  withRegisters(attest.command("verify <file>"))
    .description("verify evidence of `attest quote`, offline: nobody is asked whether key and measurement are accepted")
    .requiredOption("--challenge <hex>", "the 32 bytes that the machine was given")
    .option("--attester <id>", "the attester that it has to be; only shown otherwise")
    .option("--digest <hex>", "the digest of the registers that it has to have; only shown otherwise")
    .option("--nitro-root <hex>", "SHA-256 of the root of enclaves, where it is not that of AWS")
    .action(async (path: string, options: VerifyOptions, command: Command) => {
      const evidence = await evidenceIn(path)
      const { bank, mask } = registersOption(evidence.kind, options)
      const shown = attesterOf(evidence)
      const attester = options.attester === undefined ? shown : digestOption(options.attester, "--attester")
      const quote = await verify(evidence, {
        binding: manualBinding(challengeOption(options.challenge), attester),
        challengedAt: 0,
        kinds: [evidence.kind],
        bank,
        mask,
        ...(options.nitroRoot === undefined ? {} : { nitroRoots: [rootOption(options.nitroRoot)] }),
      })
      const { fields } = quote
      const digest = toHex(sha256(concatBytes(...fields.registers)))
      if (options.digest !== undefined && digestOption(options.digest, "--digest") !== digest)
        throw new E2eeError("attestation.measurement", `the registers give ${digest}; expected ${options.digest}`)
      const { measurement, registers, clock, firmware, firmwareEvents, imaEntries, madeAt } = fields
      outputOf(command).result(
        {
          ok: true,
          kind: fields.kind,
          attester,
          compared: { attester: options.attester !== undefined, digest: options.digest !== undefined },
          bank: options.bank,
          registers: registerFields(mask, registers),
          digest,
          measurement,
          clock,
          firmware: firmware === undefined ? undefined : versionText(firmware),
          madeAt,
          firmwareEvents: firmwareEvents?.length,
          imaEntries: imaEntries?.length,
        },
        [
          `attester     ${attester}${options.attester === undefined ? ", compared with nothing" : ""}`,
          ...registerLines(options.bank, mask, registers),
          `digest       ${digest}${options.digest === undefined ? ", compared with nothing" : ""}`,
          `measurement  ${measurement}`,
          ...platformLines(fields),
          "verified     by itself: whether the key is enrolled and the measurement accepted, the chain says",
        ].join("\n"),
      )
    })
}

function platformLines({ clock, firmware, firmwareEvents, imaEntries, certified }: QuoteFields): string[] {
  return [
    ...(clock === undefined
      ? []
      : [
          `clock        ${clock.clock} ms, reset ${clock.resetCount}, restart ${clock.restartCount}, ${clock.safe ? "safe" : "NOT SAFE"}`,
        ]),
    ...(firmware === undefined ? [] : [`firmware     ${versionText(firmware)}`]),
    ...(firmwareEvents === undefined ? [] : [`firmware log ${firmwareEvents.length} events lead to these registers`]),
    ...(imaEntries === undefined ? [] : [`IMA log      ${imaEntries.length} files lead to register 10`]),
    ...(certified === undefined
      ? []
      : [`certified    ${new Date(certified.from).toISOString()} to ${new Date(certified.until).toISOString()}`]),
  ]
}

async function evidenceIn(path: string): Promise<Evidence> {
  const text = await readText(path, "the evidence", "it is written by `attest quote --out`")
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch {
    value = undefined
  }
  const hex = typeof value === "object" && value !== null && "evidence" in value ? value.evidence : undefined
  const bytes = typeof hex === "string" ? fromHex(hex) : undefined
  if (bytes === undefined)
    throw new E2eeError("attestation.malformed", `${path} is no evidence; expected {"evidence": "0x…"}`)
  return decodeEvidence(bytes)
}

/** The attester that evidence says to be of. */
function attesterOf(evidence: Evidence): Hex {
  if (evidence.kind === TPM) return attesterId(TPM, nameOf(parsePublic(evidence.publicArea)))
  const parent = parseDocument(evidence.document).registers.get(4)
  if (parent?.length !== 48) throw new E2eeError("attestation.attester", "the document names no parent instance")
  return attesterId(KINDS["aws-nitro"], parent)
}

function challengeOption(text: string | undefined): Uint8Array {
  if (text === undefined) return crypto.getRandomValues(new Uint8Array(32))
  return fromHex(digestOption(text, "--challenge")) as Uint8Array
}

function rootOption(text: string): Uint8Array {
  return fromHex(digestOption(text, "--nitro-root")) as Uint8Array
}

function logsOption({ firmwareLog, imaLog }: QuoteOptions): { firmwareLog?: string; imaLog?: string } {
  return {
    ...(firmwareLog === undefined ? {} : { firmwareLog: firmwareLog === true ? LINUX_LOGS.firmware : firmwareLog }),
    ...(imaLog === undefined ? {} : { imaLog: imaLog === true ? LINUX_LOGS.ima : imaLog }),
  }
}

function registerFields(mask: number, registers: readonly Uint8Array[]): Record<string, Hex> {
  return Object.fromEntries(pcrsOf(mask).map((pcr, i) => [pcr, toHex(registers[i] ?? new Uint8Array())]))
}

function registerLines(bank: string, mask: number, registers: readonly Uint8Array[]): string[] {
  return pcrsOf(mask).map((pcr, i) => `${`${bank} ${pcr}`.padEnd(12)} ${toHex(registers[i] ?? new Uint8Array())}`)
}

/** As vendors write it: two numbers of 32 bits. */
function versionText(firmware: bigint): string {
  return `0x${firmware.toString(16).padStart(16, "0")}`
}
