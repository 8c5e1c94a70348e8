import { readdir, readFile, stat } from "node:fs/promises"
import { join } from "node:path"
import type { Command } from "commander"
import type { Binding } from "../attestation/binding.ts"
import { BANKS, isKeyName, isSelection, KINDS, type Bank } from "../attestation/facts.ts"
import { fromBase64 } from "../core/base64.ts"
import { fromHex, type Hex } from "../core/bytes.ts"
import { ZERO_ADDRESS } from "../core/address.ts"
import { E2eeError } from "../core/errors.ts"
import { Tpm } from "../device/tpm.ts"

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

export function registersOption({ bank, pcrs }: Pick<PlatformOptions, "bank" | "pcrs">) {
  const id = Object.entries(BANKS).find(([name]) => name === bank)?.[1]
  if (id === undefined)
    throw new E2eeError("usage.invalid", `--bank ${JSON.stringify(bank)}; expected ${Object.keys(BANKS).join(", ")}`)
  return { bank: id, mask: maskOption(pcrs) }
}

/** Numbers and ranges, such as 0-3,7. */
function maskOption(text: string): number {
  let mask = 0
  for (const part of text.split(",")) {
    const [, first = "", last = first] = /^\s*(\d{1,2})(?:-(\d{1,2}))?\s*$/.exec(part) ?? []
    if (first === "" || Number(first) > Number(last) || Number(last) > 23)
      throw new E2eeError(
        "usage.invalid",
        `--pcrs ${JSON.stringify(text)}; expected numbers from 0 to 23 such as 0-3,7`,
      )
    for (let pcr = Number(first); pcr <= Number(last); pcr++) mask |= 1 << pcr
  }
  return mask
}

/** Registers that a TPM can prove: not 16 and 23, which anybody may reset. */
export function checkProvable(kind: (typeof KINDS)[keyof typeof KINDS], bank: Bank, mask: number): void {
  if (isSelection(kind, bank, mask)) return
  const wanted = kind === TPM ? "registers 0 to 15 and 17 to 22" : "registers 0 to 15 of bank sha384"
  throw new E2eeError("usage.invalid", `these registers prove nothing; expected ${wanted}`)
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
