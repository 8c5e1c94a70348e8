import { readFile } from "node:fs/promises"
import type { TpmEvidence } from "../attestation/evidence.ts"
import { NONCE_LENGTH } from "../attestation/binding.ts"
import { KINDS } from "../attestation/facts.ts"
import type { Attester } from "../attestation/kind.ts"
import { IMA_REGISTER, imaLogUpTo } from "../attestation/log/ima.ts"
import { ALG, hashOf, type Hash } from "../attestation/tpm/algorithms.ts"
import { parseAttest, pcrsOf, type PcrSelection } from "../attestation/tpm/attest.ts"
import { concatBytes, equalBytes } from "../core/bytes.ts"
import { E2eeError } from "../core/errors.ts"
import { createPrimary, flush } from "./keys.ts"
import { quote } from "./quote.ts"
import { readRegisters } from "./registers.ts"
import { attestationTemplate } from "./templates.ts"
import type { Tpm } from "./tpm.ts"

/** Where Linux shows its logs (securityfs); both want root. */
export const LINUX_LOGS = {
  firmware: "/sys/kernel/security/tpm0/binary_bios_measurements",
  ima: "/sys/kernel/security/ima/binary_runtime_measurements",
} as const

export interface TpmAttesterOptions {
  /** Of the attestation key: each purpose has a key of its own. */
  readonly purpose?: string
  /** Files with logs to be shown; none where absent. */
  readonly firmwareLog?: string
  readonly imaLog?: string
}

/** The purpose of keys that attest to peers: they sign nothing but nonces of 34 bytes. */
export const PEERS = "peers"
/** The purpose of keys that attest to routers in the specification's own way: they sign 32 bytes of the router's choice. */
export const ROUTERS = "routers"
const ROUTER_CHALLENGE = 32
/** Registers may be extended while they are quoted and read: then it is done again. */
const ATTEMPTS = 5

/** The attestation key of a TPM, loaded until `close`. */
export interface TpmAttester extends Attester<TpmEvidence> {
  close(): Promise<void>
}

/**
 * Makes the attestation key of a purpose, the same one every time. A key for peers cannot be had to sign what a router
 * chooses, nor the other way round. Throws `device.*`; `attest` besides `usage.invalid`, `store.io`, `attestation.event_log`.
 */
export async function openAttester(tpm: Tpm, options: TpmAttesterOptions = {}): Promise<TpmAttester> {
  const { purpose = PEERS } = options
  const key = await createPrimary(tpm, attestationTemplate(purpose))
  const length = purpose === ROUTERS ? ROUTER_CHALLENGE : NONCE_LENGTH
  return {
    kind: KINDS["tpm-2.0"],
    keyName: key.name,
    attest: async (nonce, asked) => {
      if (nonce.length !== length)
        throw new E2eeError("usage.invalid", `a nonce of ${nonce.length} bytes for ${purpose}; expected ${length}`)
      for (let attempt = 1; attempt <= ATTEMPTS; attempt++) {
        const { statement, signature } = await quote(tpm, key, asked, nonce)
        const registers = await readRegisters(tpm, asked)
        if (!leadsTo(registers, statement)) continue
        const evidence = { publicArea: key.area.bytes, statement, signature, above: [], registers }
        return { kind: KINDS["tpm-2.0"], ...evidence, ...(await logsFor(registers, asked, options)) }
      }
      throw new E2eeError(
        "device.refused",
        `the registers changed in each of ${ATTEMPTS} quotes; ask for fewer registers`,
      )
    },
    close: () => flush(tpm, key.handle),
  }
}

/** Keys of {@link attestationTemplate} sign by SHA-256. */
function leadsTo(registers: readonly Uint8Array[], statement: Uint8Array): boolean {
  const { digest } = parseAttest(statement).quote ?? {}
  return digest !== undefined && equalBytes((hashOf(ALG.sha256) as Hash).of(concatBytes(...registers)), digest)
}

async function logsFor(
  registers: readonly Uint8Array[],
  { bank, mask }: Parameters<TpmAttester["attest"]>[1] & PcrSelection,
  options: TpmAttesterOptions,
): Promise<Pick<TpmEvidence, "firmwareLog" | "imaLog">> {
  const register = registers[pcrsOf(mask).indexOf(IMA_REGISTER)]
  const firmwareLog = options.firmwareLog === undefined ? undefined : await logOf(options.firmwareLog)
  if (options.imaLog === undefined || register === undefined) return firmwareLog === undefined ? {} : { firmwareLog }
  const imaLog = imaLogUpTo(await logOf(options.imaLog), bank, register)
  if (imaLog === undefined)
    throw new E2eeError(
      "attestation.event_log",
      `${options.imaLog} does not lead to register ${IMA_REGISTER} of this TPM`,
    )
  return { ...(firmwareLog === undefined ? {} : { firmwareLog }), imaLog }
}

async function logOf(path: string): Promise<Uint8Array> {
  try {
    return Uint8Array.from(await readFile(path))
  } catch (cause) {
    const why = cause instanceof Error ? cause.message : String(cause)
    throw new E2eeError("store.io", `the log ${path} cannot be read: ${why}; it wants root, or leave logs out`, {
      cause,
    })
  }
}
