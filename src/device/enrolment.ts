import type { SealedCredential } from "../attestation/enrolment/credential.ts"
import type { EnrolmentOffer } from "../attestation/enrolment/enrolment.ts"
import { PEERS } from "./attester.ts"
import { activateCredential, endorsementCertificate } from "./endorsement.ts"
import { withPrimary } from "./keys.ts"
import { attestationTemplate, endorsementTemplate, type EndorsementTemplate } from "./templates.ts"
import type { Tpm } from "./tpm.ts"

export interface EnrolmentMaterial {
  readonly offer: EnrolmentOffer
  /** Of the endorsement key that is offered: the one with a certificate, or the elliptic one. */
  readonly template: EndorsementTemplate
}

/** What a machine shows to be enrolled. Throws `device.*`. */
export async function offerEnrolment(tpm: Tpm, purpose: string = PEERS): Promise<EnrolmentMaterial> {
  const [elliptic, rsa] = [await endorsementCertificate(tpm, "L-2"), await endorsementCertificate(tpm, "L-1")]
  const template = elliptic === undefined && rsa !== undefined ? "L-1" : "L-2"
  const certificate = elliptic ?? rsa
  const areaOf = (of: Uint8Array): Promise<Uint8Array> => withPrimary(tpm, of, async ({ area }) => area.bytes)
  return {
    template,
    offer: {
      endorsementKey: await areaOf(endorsementTemplate(template)),
      attestationKey: await areaOf(attestationTemplate(purpose)),
      ...(certificate === undefined ? {} : { endorsementCertificate: certificate }),
    },
  }
}

/** The secret of a credential, by which the TPM shows that it holds both keys. Throws `device.refused` where it does not. */
export async function answerEnrolment(
  tpm: Tpm,
  template: EndorsementTemplate,
  credential: SealedCredential,
  purpose: string = PEERS,
): Promise<Uint8Array> {
  return withPrimary(tpm, endorsementTemplate(template), (endorsementKey) =>
    withPrimary(tpm, attestationTemplate(purpose), (attestationKey) =>
      activateCredential(tpm, attestationKey, endorsementKey, credential),
    ),
  )
}
