export { appraise, checkPlatform, type Appraisal } from "./appraise.ts"
export { appraiserBy, type AppraiserOptions } from "./appraiser-by.ts"
export type { Appraiser, RolePolicy, Shown } from "./appraiser.ts"
export { nonceOf, type Binding } from "./binding.ts"
export { CHALLENGE_LIFE_MS, Challenges } from "./challenges.ts"
export type { EndorsementTrust } from "./enrolment/endorsement.ts"
export { Enrolment, type EnrolledKey, type EnrolmentOffer } from "./enrolment/enrolment.ts"
export type { SealedCredential } from "./enrolment/credential.ts"
export {
  decodeEvidence,
  encodeEvidence,
  EVIDENCE_LIMITS,
  type Evidence,
  type NitroEvidence,
  type TpmEvidence,
} from "./evidence.ts"
export {
  attesterId,
  BANKS,
  KINDS,
  measurementKey,
  roleOf,
  type AttestationFacts,
  type AttestationPolicy,
  type AttesterFacts,
  type Bank,
  type Kind,
  type MeasurementFacts,
} from "./facts.ts"
export type { AttestationKind, Attester, Expectation } from "./kind.ts"
export type { FirmwareEvent } from "./log/firmware.ts"
export type { ImaEntry } from "./log/ima.ts"
export { NITRO_ROOT } from "./nitro/verify.ts"
export { attestedClients, type ClientPlatform, type PlatformLogin } from "./logins.ts"
export { admit, attestationOf, type Attestation } from "./outcome.ts"
export type { ClockReading } from "./tpm/attest.ts"
export type { PlatformFields, QuoteFields, VerifiedPlatform, VerifiedQuote } from "./verified.ts"
export type { AttestationProvider, AttestationQuestion } from "./provider.ts"
export { verify } from "./verify.ts"
