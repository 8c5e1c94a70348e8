// The attestation registry: every write as a call, and what stands in it. Who rules a realm there is the realm registry's to say.
import type { PublicClient } from "viem"
import {
  isBank,
  isSelection,
  KINDS,
  type AttestationPolicy,
  type AttesterFacts,
  type Bank,
  type Kind,
  type MeasurementFacts,
} from "../../attestation/facts.ts"
import { parseAddress, type Address } from "../../core/address.ts"
import type { Hex } from "../../core/bytes.ts"
import { E2eeError } from "../../core/errors.ts"
import { attestationCall, readAttestations, type Call } from "./call.ts"
import type { Deployment } from "../deployment.ts"

export const NO_DOCUMENT: Hex = `0x${"00".repeat(32)}`

/** From and until when something counts, POSIX seconds; `notAfter` is the first second in which it no longer does. */
export interface Window {
  readonly notBefore: number
  readonly notAfter: number
}

/** What a realm asks of a role's platforms. `mask` has bit n for PCR n, `maximumAge` is in seconds. */
export interface PolicyWish {
  readonly required: boolean
  readonly kinds: readonly Kind[]
  readonly bank: Bank
  readonly mask: number
  readonly maximumAge: number
  /** keccak256 of the document that explains it, 32 bytes. */
  readonly document?: Hex
}

/** An attestation key by its Name, for one delegate's platform. */
export interface Attester extends Window {
  readonly kind: Kind
  /** 34, 50 or 66 bytes of a TPM's key; the 48 of PCR4 of a Nitro enclave. */
  readonly name: Hex
  readonly delegate: Address
}

export interface Measured extends Window {
  readonly kind: Kind
  readonly bank: Bank
  readonly mask: number
  /** SHA-256 over the selected PCRs, 32 bytes. */
  readonly digest: Hex
  /** keccak256 of the document that explains it, 32 bytes. */
  readonly document?: Hex
}

/** Sets what is asked of a role's platforms, in place of what was asked before. The realm's owner sends it. */
export function setPolicy(deployment: Deployment, realm: Address, role: Hex, wish: PolicyWish): Call {
  const { required, kinds, bank, mask, maximumAge, document = NO_DOCUMENT } = wish
  const bits = kinds.reduce<number>((all, kind) => all | (1 << kind), 0)
  const policy = { required, kinds: bits, bank, mask, maximumAge, document }
  return attestationCall(deployment, `setting an attestation policy of realm ${realm}`, "setPolicy", [
    realm,
    role,
    policy,
  ])
}

/** Enrols an attestation key, or replaces its enrolment while it is not revoked. The realm's owner sends it. */
export function enrollAttester(deployment: Deployment, realm: Address, attester: Attester): Call {
  const { kind, name, delegate, notBefore, notAfter } = attester
  const args = [realm, kind, name, delegate, notBefore, notAfter] as const
  return attestationCall(deployment, `enrolling the attester of ${delegate}`, "enrollAttester", args)
}

/** Revokes an attestation key for ever, enrolled or not yet: the realm's owner or root, or the key's delegate. */
export function revokeAttester(deployment: Deployment, realm: Address, id: Hex, reason = 0): Call {
  return attestationCall(deployment, `revoking attester ${id}`, "revokeAttester", [realm, id, reason])
}

/** {@link revokeAttester} by the signature of `authority`: see requests. */
export function revokeAttesterFor(
  deployment: Deployment,
  fields: {
    readonly realm: Address
    readonly attester: Hex
    readonly authority: Address
    readonly reason: number
    readonly deadline: bigint
    readonly signature: Hex
  },
): Call {
  const { realm, attester, authority, reason, deadline, signature } = fields
  const args = [realm, attester, authority, reason, deadline, signature] as const
  return attestationCall(deployment, `revoking attester ${attester}`, "revokeAttesterFor", args)
}

/** Accepts a measurement of a role's platforms, or replaces its window and document. The realm's owner sends it. */
export function addMeasurement(deployment: Deployment, realm: Address, role: Hex, measured: Measured): Call {
  const what = `adding the measurement ${measured.digest}`
  return attestationCall(deployment, what, "addMeasurement", [realm, role, documented(measured)])
}

/** {@link addMeasurement} for each in one transaction: one that is refused refuses all. */
export function addMeasurements(deployment: Deployment, realm: Address, role: Hex, all: readonly Measured[]): Call {
  const what = `adding ${all.length} measurements`
  return attestationCall(deployment, what, "addMeasurements", [realm, role, all.map(documented)])
}

/** Revokes a measurement of a role for ever, by its key, added or not yet: the realm's owner or root. */
export function revokeMeasurement(deployment: Deployment, realm: Address, role: Hex, key: Hex, reason = 0): Call {
  return attestationCall(deployment, `revoking measurement ${key}`, "revokeMeasurement", [realm, role, key, reason])
}

/** {@link revokeMeasurement} for each in one transaction; what is revoked already is passed over. */
export function revokeMeasurements(
  deployment: Deployment,
  realm: Address,
  role: Hex,
  keys: readonly Hex[],
  reason = 0,
): Call {
  const what = `revoking ${keys.length} measurements`
  return attestationCall(deployment, what, "revokeMeasurements", [realm, role, keys, reason])
}

/** {@link revokeMeasurement} by the signature of `authority`: see requests. */
export function revokeMeasurementFor(
  deployment: Deployment,
  fields: {
    readonly realm: Address
    readonly role: Hex
    readonly measurement: Hex
    readonly authority: Address
    readonly reason: number
    readonly deadline: bigint
    readonly signature: Hex
  },
): Call {
  const { realm, role, measurement, authority, reason, deadline, signature } = fields
  const args = [realm, role, measurement, authority, reason, deadline, signature] as const
  return attestationCall(deployment, `revoking measurement ${measurement}`, "revokeMeasurementFor", args)
}

/** What stands of a role, a key and a measurement, as the registry has it at one block; absent where nothing does. */
export interface Appraisal {
  readonly block: bigint
  /** Grows with everything that may count less than before. */
  readonly epoch: bigint
  readonly policy?: AttestationPolicy
  readonly attester?: Omit<AttesterFacts, "confirmed">
  readonly measurement?: Omit<MeasurementFacts, "confirmed">
}

/** All of it in one call, at one block. */
export async function appraisalOf(
  client: PublicClient,
  deployment: Deployment,
  realm: Address,
  { role, attesterId, measurementKey }: Readonly<Record<"role" | "attesterId" | "measurementKey", Hex>>,
): Promise<Appraisal> {
  const args = [realm, role, attesterId, measurementKey] as const
  const what = `reading the attestation of realm ${realm}`
  return appraisalOfAnswer(await readAttestations(client, deployment, what, "appraisalOf", args))
}

/** The realm's epoch, its number of events and the keccak chain over them (24 bytes). */
export function logOf(
  client: PublicClient,
  deployment: Deployment,
  realm: Address,
): Promise<{ readonly epoch: number; readonly sequence: number; readonly head: Hex }> {
  return readAttestations(client, deployment, `reading the attestation log of realm ${realm}`, "logOf", [realm])
}

/** The nonce that the next request signed by `signer` needs. */
export function nonceOf(client: PublicClient, deployment: Deployment, signer: Address): Promise<bigint> {
  return readAttestations(client, deployment, `reading the nonce of ${signer}`, "nonces", [signer])
}

/** {IAttestationRegistry.Appraisal} as a call gives it, or the same out of proven slots. */
export interface RawAppraisal {
  readonly blockNumber: bigint
  readonly epoch: number
  readonly policy: {
    readonly required: boolean
    readonly kinds: number
    readonly bank: number
    readonly mask: number
    readonly maximumAge: number
    readonly document: Hex
  }
  readonly attester: Window & { readonly delegate: string; readonly revoked: boolean }
  readonly measurement: Window & { readonly revoked: boolean; readonly document: Hex }
}

/** Throws `chain.bad_answer` for a policy that the registry does not take. */
export function appraisalOfAnswer({ blockNumber, epoch, policy, attester, measurement }: RawAppraisal): Appraisal {
  return {
    block: blockNumber,
    epoch: BigInt(epoch),
    ...(policy.kinds === 0 ? {} : { policy: policyOf(policy, epoch) }),
    ...(isThere(attester)
      ? {
          attester: {
            delegate: parseAddress(attester.delegate.toLowerCase()) as Address,
            ...windowOf(attester),
            revoked: attester.revoked,
          },
        }
      : {}),
    ...(isThere(measurement)
      ? { measurement: { ...windowOf(measurement), revoked: measurement.revoked, document: measurement.document } }
      : {}),
  }
}

/** A policy as the registry has it, with the realm's epoch. Throws `chain.bad_answer`. */
export function policyOf(policy: RawAppraisal["policy"], epoch: number): AttestationPolicy {
  const { required, bank, mask, maximumAge, document } = policy
  const kinds = kindsIn(policy.kinds)
  const isWhole = kinds.reduce<number>((bits, kind) => bits | (1 << kind), 0) === policy.kinds
  if (!isWhole || !isBank(bank) || maximumAge === 0 || !kinds.every((kind) => isSelection(kind, bank, mask))) {
    const said = JSON.stringify(policy)
    throw new E2eeError("chain.bad_answer", `the node tells a policy that the registry does not take: ${said}`)
  }
  return { required, kinds, bank, mask, maximumAge: BigInt(maximumAge), epoch: BigInt(epoch), document }
}

/** The kinds of a bit set, ascending. */
export function kindsIn(bits: number): Kind[] {
  return Object.values(KINDS).filter((kind) => (bits & (1 << kind)) !== 0)
}

function isThere({ notAfter, revoked }: { readonly notAfter: number; readonly revoked: boolean }): boolean {
  return notAfter !== 0 || revoked
}

function windowOf({ notBefore, notAfter }: Window): { readonly notBefore: bigint; readonly notAfter: bigint } {
  return { notBefore: BigInt(notBefore), notAfter: BigInt(notAfter) }
}

function documented(measured: Measured): Required<Measured> {
  return { ...measured, document: measured.document ?? NO_DOCUMENT }
}
