import { sha256 } from "@noble/hashes/sha2.js"
import { nonceOf } from "../binding.ts"
import { u32 } from "../../core/byte-writer.ts"
import { concatBytes, equalBytes, toHex } from "../../core/bytes.ts"
import { E2eeError, type ErrorCode } from "../../core/errors.ts"
import type { TpmEvidence } from "../evidence.ts"
import { attesterId, isKeyName, KINDS, measurementKey } from "../facts.ts"
import type { AttestationKind, Expectation } from "../kind.ts"
import { replayFirmwareLog } from "../log/firmware.ts"
import { IMA_REGISTER, replayImaLog } from "../log/ima.ts"
import { malformed } from "../refusals.ts"
import type { QuoteFields } from "../verified.ts"
import { hashOf, shown, type Hash } from "./algorithms.ts"
import { ATTEST_QUOTE, parseAttest, pcrsOf, TPM_GENERATED, type Attest } from "./attest.ts"
import { HIERARCHY, nameOf, OBJECT, parsePublic, qualifiedName, type PublicArea } from "./public-area.ts"
import { parseSignature, verifySignature } from "./signature.ts"

const KIND = KINDS["tpm-2.0"]

/** Quotes of a TPM 2.0. */
export const tpmKind: AttestationKind<TpmEvidence> = { kind: KIND, place: "extraData of the quote", verify }

async function verify(evidence: TpmEvidence, expectation: Expectation): Promise<QuoteFields> {
  const { binding, bank, mask } = expectation
  const area = parsePublic(evidence.publicArea)
  const attest = parseAttest(evidence.statement)
  const signature = parseSignature(evidence.signature)
  checkAttributes(area)
  const attester = checkName(area, binding.attester)
  await verifySignature(area, signature, evidence.statement)
  const quote = checkStatement(attest, expectation)
  checkSigner(attest, area, evidence.above)
  checkSelection(quote, expectation)
  checkDigest(quote.digest, area, evidence.registers, expectation)
  const logs = checkLogs(evidence, expectation)
  const { chainId, registry, realm, role, policyEpoch } = binding
  return {
    kind: KIND,
    attester,
    bank,
    mask,
    // Whatever hash the key signs with, the registry has SHA-256 over the registers.
    measurement: measurementKey(KIND, bank, mask, sha256(concatBytes(...evidence.registers))),
    registers: evidence.registers,
    chainId,
    registry,
    realm,
    role,
    policyEpoch,
    challengedAt: expectation.challengedAt,
    clock: attest.clock,
    firmware: attest.firmware,
    ...logs,
  }
}

/** A key that any other program or machine could hold, or that signs what it is given, proves nothing. */
export function checkAttributes({ attributes }: PublicArea): void {
  const wanted = ["fixedTPM", "fixedParent", "sensitiveDataOrigin", "restricted", "sign"] as const
  const missing = wanted.filter((name) => (attributes & OBJECT[name]) === 0)
  const decrypts = (attributes & OBJECT.decrypt) !== 0
  if (missing.length === 0 && !decrypts) return
  const fault = decrypts ? "may decrypt" : `lacks ${missing.join(", ")}`
  throw refusal("attestation.key_attributes", `the attestation key ${fault} (attributes ${shown(attributes >>> 0, 8)})`)
}

function checkName(area: PublicArea, expected: string) {
  const id = attesterId(KIND, nameOf(area))
  if (id !== expected) throw refusal("attestation.attester", `the key shown is ${id}; expected ${expected}`)
  return id
}

function checkStatement(attest: Attest, { binding, routerChallenge }: Expectation): NonNullable<Attest["quote"]> {
  if (attest.magic !== TPM_GENERATED)
    throw refusal("attestation.magic", `magic ${shown(attest.magic, 8)}; expected ${shown(TPM_GENERATED, 8)}`)
  if (attest.type !== ATTEST_QUOTE || attest.quote === undefined)
    throw refusal(
      "attestation.type",
      `statement of type ${shown(attest.type)}; expected a quote, ${shown(ATTEST_QUOTE)}`,
    )
  const nonce = routerChallenge ?? nonceOf(binding)
  if (!equalBytes(attest.extraData, nonce))
    throw refusal("attestation.binding", `the quote is for ${toHex(attest.extraData)}; expected ${toHex(nonce)}`)
  return attest.quote
}

/** The key is where it is said to be: below the endorsement or owner hierarchy, whose seeds outlast a restart. */
function checkSigner(attest: Attest, area: PublicArea, above: readonly Uint8Array[]): void {
  for (const name of above) if (!isKeyName(KIND, name)) throw malformed("a name above the key")(toHex(name))
  const names = [...above, nameOf(area)]
  const possible = Object.values(HIERARCHY).map((handle) => names.reduce<Uint8Array>(qualifiedName, u32(handle)))
  if (possible.some((name) => equalBytes(name, attest.qualifiedSigner))) return
  throw refusal(
    "attestation.signer",
    `signed by the key of qualified name ${toHex(attest.qualifiedSigner)}; the key shown, ${above.length} keys below the ` +
      "endorsement or owner hierarchy, has another",
  )
}

function checkSelection({ selections }: NonNullable<Attest["quote"]>, { bank, mask }: Expectation): void {
  const [selected] = selections
  if (selections.length !== 1 || selected?.bank !== bank) {
    const banks = selections.map((selection) => shown(selection.bank)).join(", ") || "none"
    throw refusal("attestation.bank", `banks quoted: ${banks}; expected ${shown(bank)} alone`)
  }
  if (selected.mask !== mask)
    throw refusal("attestation.selection", `registers quoted: ${shown(selected.mask, 6)}; expected ${shown(mask, 6)}`)
}

function checkDigest(digest: Uint8Array, area: PublicArea, registers: readonly Uint8Array[], asked: Expectation): void {
  const length = hashOf(asked.bank)?.bytes
  const count = pcrsOf(asked.mask).length
  if (registers.length !== count || registers.some((register) => register.length !== length))
    throw refusal("attestation.digest", `${registers.length} register values; expected ${count} of ${length} bytes`)
  const computed = (hashOf(area.scheme?.hash ?? 0) as Hash).of(concatBytes(...registers))
  if (!equalBytes(computed, digest))
    throw refusal("attestation.digest", `the registers give ${toHex(computed)}; signed was ${toHex(digest)}`)
}

/**
 * Where a log is shown, it leads to the quoted registers that it speaks of; those without an event are zeros. Events of
 * registers that were not quoted are nobody's word, and are left out.
 */
function checkLogs(
  { registers, firmwareLog, imaLog }: TpmEvidence,
  { bank, mask }: Expectation,
): Pick<QuoteFields, "firmwareEvents" | "imaEntries"> {
  const zeros = new Uint8Array(hashOf(bank)?.bytes ?? 0)
  const firmware = firmwareLog && replayFirmwareLog(firmwareLog, bank)
  const ima = imaLog && replayImaLog(imaLog, bank)
  const quoted = pcrsOf(mask)
  for (const [i, pcr] of quoted.entries()) {
    const replayed = pcr === IMA_REGISTER ? ima?.register : firmware && (firmware.registers.get(pcr) ?? zeros)
    if (replayed === undefined || equalBytes(replayed, registers[i] ?? zeros)) continue
    throw refusal("attestation.event_log", `the log leads register ${pcr} to ${toHex(replayed)}, which was not quoted`)
  }
  const firmwareEvents = firmware?.events.filter(({ pcr }) => pcr !== IMA_REGISTER && quoted.includes(pcr))
  const imaEntries = quoted.includes(IMA_REGISTER) ? ima?.entries : undefined
  return { ...(firmwareEvents && { firmwareEvents }), ...(imaEntries && { imaEntries }) }
}

function refusal(code: ErrorCode, message: string): E2eeError {
  return new E2eeError(code, message)
}
