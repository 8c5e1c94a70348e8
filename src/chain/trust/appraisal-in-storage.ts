import type { Address } from "../../core/address.ts"
import type { Hex } from "../../core/bytes.ts"
import {
  attestationLogLayout,
  attestationLogSlot,
  attestationPolicyLayout,
  attestationPolicySlot,
  attesterLayout,
  attesterSlot,
  measurementLayout,
  measurementSlot,
  slotAfter,
} from "../generated/layout.ts"
import { appraisalOfAnswer, type Appraisal } from "../registries/attestation.ts"

/** What is asked of the registry, by names of 32 bytes each. */
export interface Asked {
  readonly role: Hex
  readonly attesterId: Hex
  readonly measurementKey: Hex
}

/** The six slots that tell everything about one platform, in the order in which {@link appraisalInSlots} takes them. */
export function appraisalSlots(realm: Address, { role, attesterId, measurementKey }: Asked): Hex[] {
  const [policy, measurement] = [
    attestationPolicySlot(realm, role),
    measurementSlot(realm, role, measurementKey),
  ] as const
  return [
    attestationLogSlot(realm),
    policy,
    slotAfter(policy, attestationPolicyLayout.document.slot),
    attesterSlot(realm, attesterId),
    measurement,
    slotAfter(measurement, measurementLayout.document.slot),
  ]
}

/**
 * {IAttestationRegistry.appraisalOf} over the bare storage: for readers that prove slots instead of believing a call.
 * Pure; both are compared by a test.
 */
export function appraisalInSlots(values: readonly bigint[], blockNumber: bigint): Appraisal {
  const [log = 0n, policy = 0n, policyDocument = 0n, attester = 0n, measurement = 0n, document = 0n] = values
  return appraisalOfAnswer({
    blockNumber,
    epoch: Number(part(log, attestationLogLayout.epoch)),
    policy: {
      required: part(policy, attestationPolicyLayout.required) !== 0n,
      kinds: Number(part(policy, attestationPolicyLayout.kinds)),
      bank: Number(part(policy, attestationPolicyLayout.bank)),
      mask: Number(part(policy, attestationPolicyLayout.mask)),
      maximumAge: Number(part(policy, attestationPolicyLayout.maximumAge)),
      document: word(policyDocument, 32),
    },
    attester: {
      delegate: word(part(attester, attesterLayout.delegate), 20),
      notBefore: Number(part(attester, attesterLayout.notBefore)),
      notAfter: Number(part(attester, attesterLayout.notAfter)),
      revoked: part(attester, attesterLayout.revoked) !== 0n,
    },
    measurement: {
      notBefore: Number(part(measurement, measurementLayout.notBefore)),
      notAfter: Number(part(measurement, measurementLayout.notAfter)),
      revoked: part(measurement, measurementLayout.revoked) !== 0n,
      document: word(document, 32),
    },
  })
}

function part(value: bigint, { offset, bytes }: { readonly offset: number; readonly bytes: number }): bigint {
  return BigInt.asUintN(8 * bytes, value >> BigInt(8 * offset))
}

function word(value: bigint, bytes: number): Hex {
  return `0x${value.toString(16).padStart(2 * bytes, "0")}`
}
