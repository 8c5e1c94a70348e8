import type { ContractErrorName } from "viem"
import type { attestationRegistryAbi } from "./generated/AttestationRegistry.ts"
import type { operatorRegistryAbi } from "./generated/OperatorRegistry.ts"
import type { realmRegistryAbi } from "./generated/RealmRegistry.ts"

export type RegistryError =
  | ContractErrorName<typeof operatorRegistryAbi>
  | ContractErrorName<typeof realmRegistryAbi>
  | ContractErrorName<typeof attestationRegistryAbi>

/** What a person can do about each refusal of a registry. The type wants every error of all three, and no other. */
export const ADVICE: Readonly<Record<RegistryError, string>> = {
  OperatorUnknown: "enrol the operator first, or check the address",
  OperatorExists: "it is enrolled already; nothing is to be done",
  OperatorRevoked: "a revoked operator never comes back; enrol another CA key",
  OperatorAlreadyRotated: "a CA is rotated once; rotate its successor instead",
  OperatorNotController: "send it with the operator's controller key",
  OperatorZeroController: "name a controller other than the zero address",
  OperatorEpochInvalid: "choose a block after the present epoch and not after the newest block",
  OperatorOverlapTooLong: "choose an overlap of at most 90 days",
  OperatorNotActive: "enrol the operator first; a revoked or retired one cannot be admitted",
  OperatorNotAdmitted: "the realm has to admit the operator by this very certificate; check it with `certificate show`",
  OperatorNeedsAdmission: "a CA directly below the root is an operator: use `realm admit`",
  OperatorNoCaBelowRoot: "only a root's certificate with intermediate-ca admits an operator; anchor the others",
  OperatorAlreadyAccepted: "it is accepted already; nothing is to be done",
  OperatorNotCaller: "send it with the operator's CA or controller key",
  RealmUnknown: "create the realm first, or check its address",
  RealmExists: "choose another salt",
  RealmNotOwner: "send it with the realm owner's key",
  RealmPolicyNotTighter: "a policy only becomes tighter: open, permitted, private",
  RealmOverlapTooLong: "choose an overlap of at most 90 days",
  RealmOperatorEpoch: "an operator's epoch is kept by the operator registry: use `operator epoch`",
  RealmNoRecord: "only the root and holders of an anchored certificate have an epoch in a realm",
  RealmEpochInvalid: "choose a block after the present epoch and not after the newest block",
  RealmBatchUneven: "give as many signatures or digests as certificates or subjects",
  CertificateSubjectInvalid: "a certificate is for an address other than zero and the realm's own",
  CertificateSelfIssued: "only a root's certificate is issued by its subject",
  CertificateNotYetValid: "wait for the block from which it is valid, or issue it for an earlier one",
  CertificateEndInvalid: "its end must be in the future and not after its issuer's",
  CertificateCapabilitiesUnknown: "use capability bits 0 to 7 only",
  CertificateWithoutRootCapability: "a root certificate needs the capability root-ca",
  CertificateRootBelowRoot: "only the realm's root has root-ca; issue it without",
  CertificateEscalates: "grant no capability that the issuer lacks",
  CertificateSubjectIsRoot: "a root of the realm has no other certificate in it; name another subject",
  CertificateIssuerUnknown: "anchor or admit the issuer first",
  CertificateIssuerRevoked: "the issuer is revoked; have the certificate issued by another CA",
  CertificateIssuerExpired: "the issuer's own certificate has ended; renew that first",
  CertificateIssuerNotCa: "the issuer may not issue certificates; it needs intermediate-ca",
  CertificateOlderThanIssuer: "issue it with validFrom at or after its issuer's certificate",
  CertificateBeforeEpoch: "its issuer voided everything older than its epoch; issue a new certificate",
  CertificateTooDeep: "a chain has at most 8 certificates; issue it nearer to the root",
  CertificateRevoked: "it is revoked for ever; issue a new certificate",
  CertificateNotNewer: "a newer certificate stands in the record; issue one with a greater validFrom",
  CertificateIssuerChanged: "another issuer's certificate stands in the record; the realm's owner can replace it",
  CertificateSignatureInvalid: "the certificate was changed or signed with another key; have the issuer sign it anew",
  CertificateConsentMissing: "the realm's policy wants this address to send it, or to sign it as consent",
  RevocationNotAuthorised: "send it with the key of the issuer, of somebody above it, or of the realm's owner",
  PolicyKindsInvalid: "name at least one kind of platform, of tpm-2.0 (bit 1) and aws-nitro (bit 2)",
  PolicyAgeInvalid: "evidence has an age: allow some seconds",
  AttesterNameInvalid:
    "a TPM key's Name is 000b, 000c or 000d and 32, 48 or 64 bytes, by SHA-256 or better; an enclave's is its PCR4",
  AttesterDelegateInvalid: "an attester speaks for an address other than zero and the realm's own",
  AttestationKindUnknown: "kinds are 1 (tpm-2.0) and 2 (aws-nitro)",
  AttestationBankRefused: "banks are sha256, sha384 and sha512, of a Nitro enclave sha384; SHA-1 proves nothing",
  AttestationMaskRefused: "name at least one PCR: of a TPM 0 to 22 but 16, which can be reset; of an enclave 0 to 15",
  AttestationWindowInvalid: "a window begins before it ends, and ends in the future",
  AttestationRevoked: "what was revoked never comes back; enrol another key, or measure another build",
  AttestationNotAuthorised: "send it with the key of the realm's owner or root, or of the attester's own delegate",
  RequestExpired: "have the request signed anew with a later deadline",
  RequestDeadlineTooFar: "a deadline lies at most 7 days ahead; have the request signed anew",
  RequestSignatureInvalid: "the request was changed, was sent before, or was signed with another key; sign it anew",
  InvalidAccountNonce: "the request was sent before or another came between; have it signed anew",
  CustodyNotPending: "only the address to which it was offered can accept; have it offered to yours",
  CustodyNotGuardian: "send it with the guardian's key",
  CustodyNotSuccessor: "send it with the key of the recovery's successor",
  CustodyDelayOutOfRange: "choose a delay of 7 to 365 days",
  CustodyNoRecovery: "no recovery is under way; nothing is to be done",
  CustodyRecoveryNotReady: "wait until the recovery's delay is over",
  CustodyZeroAddress: "name an address other than zero",
}

export function adviceOf(name: string): string | undefined {
  return Object.hasOwn(ADVICE, name) ? ADVICE[name as RegistryError] : undefined
}
