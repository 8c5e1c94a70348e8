import { sha256 } from "@noble/hashes/sha2.js"
import { appraise, type Appraisal } from "../../src/attestation/appraise.ts"
import { nonceOf, type Binding } from "../../src/attestation/binding.ts"
import { decodeEvidence, encodeEvidence, type TpmEvidence } from "../../src/attestation/evidence.ts"
import { attesterId, BANKS, KINDS, measurementKey, roleOf, type AttestationFacts } from "../../src/attestation/facts.ts"
import type { Expectation } from "../../src/attestation/kind.ts"
import type { PcrSelection } from "../../src/attestation/tpm/attest.ts"
import type { VerifiedPlatform } from "../../src/attestation/verified.ts"
import { verify } from "../../src/attestation/verify.ts"
import { addressOf, type Address } from "../../src/core/address.ts"
import { concatBytes, type Hex } from "../../src/core/bytes.ts"
import type { LoadedKey } from "../../src/device/keys.ts"
import { readRegisters } from "../../src/device/registers.ts"
import type { Quote } from "../../src/device/quote.ts"
import type { Tpm } from "../../src/device/tpm.ts"
import { quoteOf } from "../device/commands.ts"

/** A realm, a peer and a session in which evidence is asked for and judged. */

export const NOW = Date.UTC(2026, 0, 31, 12)
export const DELEGATE: Address = addressOf(new Uint8Array(20).fill(0xd1))
const [REGISTRY, REALM] = [addressOf(new Uint8Array(20).fill(0xa1)), addressOf(new Uint8Array(20).fill(0xa2))]
export const TPM = KINDS["tpm-2.0"]
/** Firmware, boot loader, kernel, and what a test extends. */
export const REGISTERS = { bank: BANKS.sha256, mask: 0x47ff } as const

export function bindingFor(attester: Hex, changes: Partial<Binding> = {}): Binding {
  return {
    suite: "WEK1_IK_25519_ChaChaPoly_SHA256",
    prover: "responder",
    challenge: new Uint8Array(32).fill(0xc1),
    transcript: new Uint8Array(32).fill(0x71),
    chainId: 31_337n,
    registry: REGISTRY,
    realm: REALM,
    role: roleOf("provider"),
    attester,
    policyEpoch: 7n,
    ...changes,
  }
}

export function expectationFor(binding: Binding, changes: Partial<Expectation> = {}): Expectation {
  return { binding, challengedAt: NOW - 1_000, kinds: [TPM], ...REGISTERS, ...changes }
}

/** What the chain says where everything is in order. */
export function factsFor(attester: Hex, measurement: Hex): AttestationFacts {
  const window = { notBefore: BigInt(NOW / 1_000 - 3_600), notAfter: BigInt(NOW / 1_000 + 3_600) }
  const document: Hex = `0x${"00".repeat(32)}`
  return {
    source: { model: "on-chain", level: "single-rpc", block: 100n, safeBlock: 90n },
    chainId: 31_337n,
    registry: REGISTRY,
    realm: REALM,
    role: roleOf("provider"),
    attesterId: attester,
    measurementKey: measurement,
    policy: { required: true, kinds: [TPM], ...REGISTERS, maximumAge: 60n, epoch: 7n, document },
    attester: { delegate: DELEGATE, ...window, revoked: false, confirmed: true },
    measurement: { ...window, revoked: false, document, confirmed: true },
  }
}

export const APPRAISAL: Appraisal = { now: NOW, skew: 5_000, delegate: DELEGATE }

export const idOf = (key: LoadedKey): Hex => attesterId(TPM, key.name)

export function measurementOf(registers: readonly Uint8Array[], asked: PcrSelection = REGISTERS): Hex {
  return measurementKey(TPM, asked.bank as typeof BANKS.sha256, asked.mask, sha256(concatBytes(...registers)))
}

/** Evidence of one key for one session; `changes` are what an attacker does to it. */
export async function evidenceOf(
  tpm: Tpm,
  key: LoadedKey,
  binding: Binding,
  changes: Partial<TpmEvidence> & { selections?: readonly PcrSelection[]; extraData?: Uint8Array; made?: Quote } = {},
): Promise<TpmEvidence> {
  const { selections = [REGISTERS], extraData = nonceOf(binding), made, ...others } = changes
  const { statement, signature } = made ?? (await quoteOf(tpm, key, selections, extraData))
  const registers = await readRegisters(tpm, REGISTERS)
  return { kind: TPM, publicArea: key.area.bytes, statement, signature, above: [], registers, ...others }
}

/** The whole way of evidence: over the wire, verified, appraised. */
export async function judge(
  evidence: TpmEvidence | Uint8Array,
  expectation: Expectation,
  facts?: AttestationFacts,
  local: Appraisal = APPRAISAL,
): Promise<VerifiedPlatform> {
  const bytes = evidence instanceof Uint8Array ? evidence : encodeEvidence(evidence)
  const quote = await verify(decodeEvidence(bytes), expectation)
  return appraise(quote, facts ?? factsFor(quote.fields.attester, quote.fields.measurement), local)
}
