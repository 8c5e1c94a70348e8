import { readdir, readFile, stat } from "node:fs/promises"
import { join } from "node:path"
import type { Command } from "commander"
import type { Binding } from "../attestation/binding.ts"
import { isKeyName, KINDS, type Kind } from "../attestation/facts.ts"
import { fromBase64 } from "../core/base64.ts"
import { fromHex, type Hex } from "../core/bytes.ts"
import { ZERO_ADDRESS } from "../core/address.ts"
import { E2eeError } from "../core/errors.ts"
import { Tpm } from "../device/tpm.ts"
import { bankOption, checkSelection, pcrsOption } from "./attestation-options.ts"

/** Options of the commands that speak to a TPM or judge what it said. */
export interface PlatformOptions {
  readonly device: string
  readonly bank: string
  readonly pcrs: string
}

export const TPM = KINDS["tpm-2.0"]

export function withDevice(command: Command): Command {
  const { env } = process
  return command.option(
    "--device <path>",
    "the TPM: Linux's resource manager, or the socket of a simulator (WAMP_E2EE_TPM)",
    env["WAMP_E2EE_TPM"] ?? "/dev/tpmrm0",
  )
}

export function withRegisters(command: Command): Command {
  return command
    .option("--bank <name>", "sha256, sha384 or sha512", "sha256")
    .requiredOption("--pcrs <numbers>", "registers of the policy, such as 0-3,7")
}

/** Opens the TPM for one piece of work. */
export async function withTpm<T>(device: string, work: (tpm: Tpm) => Promise<T>): Promise<T> {
  const tpm = await Tpm.open(device)
  try {
    return await work(tpm)
  } finally {
    await tpm.close()
  }
}

/** Throws `usage.invalid` for registers that prove nothing of that kind of platform. */
export function registersOption(kind: Kind, { bank, pcrs }: Pick<PlatformOptions, "bank" | "pcrs">) {
  const asked = { bank: bankOption(bank), mask: pcrsOption(pcrs) }
  checkSelection([kind], asked.bank, asked.mask)
  return asked
}

/** What a person has quoted by hand, outside any session: no peer ever takes it. */
export function manualBinding(challenge: Uint8Array, attester: Hex): Binding {
  return {
    suite: "by hand",
    prover: "responder",
    challenge,
    transcript: new Uint8Array(32),
    chainId: 0n,
    registry: ZERO_ADDRESS,
    realm: ZERO_ADDRESS,
    role: `0x${"00".repeat(32)}`,
    attester,
    policyEpoch: 0n,
  }
}

/** The name of a TPM's key. */
export function keyNameOption(text: string, option: string): Uint8Array {
  const bytes = text.startsWith("0x") ? fromHex(text) : undefined
  if (bytes !== undefined && isKeyName(TPM, bytes)) return bytes
  throw new E2eeError(
    "usage.invalid",
    `${option} ${JSON.stringify(text.slice(0, 160))}; expected 0x000b, 0x000c or 0x000d and the hash`,
  )
}

const PEM = /-----BEGIN CERTIFICATE-----([^-]*)-----END CERTIFICATE-----/g
const MOST_FILES = 1_000

/** Certificates of a file, DER or PEM, or of all files of a folder. */
export async function certificatesOf(path: string): Promise<Uint8Array[]> {
  try {
    if (!(await stat(path)).isDirectory()) return certificatesIn(path, Uint8Array.from(await readFile(path)))
    const names = (await readdir(path)).sort().slice(0, MOST_FILES)
    return (await Promise.all(names.map((name) => certificatesOf(join(path, name))))).flat()
  } catch (cause) {
    if (cause instanceof E2eeError) throw cause
    throw new E2eeError("store.missing", `the certificates ${path} cannot be read; name a file or folder`, { cause })
  }
}

function certificatesIn(path: string, bytes: Uint8Array): Uint8Array[] {
  if (bytes[0] === 0x30) return [bytes]
  const found = [...new TextDecoder("latin1").decode(bytes).matchAll(PEM)].map(([, body = ""]) =>
    fromBase64(body.replaceAll(/\s/g, "")),
  )
  if (found.length === 0 || found.some((der) => der === undefined))
    throw new E2eeError("usage.invalid", `${path} holds no certificate; expected DER, or PEM`)
  return found as Uint8Array[]
}
