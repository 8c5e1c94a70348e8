import { E2eeError, isE2eeError } from "../core/errors.ts"
import type { AttestationPolicy } from "./facts.ts"
import type { VerifiedPlatform } from "./verified.ts"

/** What came of asking a peer for its platform: three values, so that none is taken for another. */
export type Attestation =
  | { readonly state: "attested"; readonly platform: VerifiedPlatform }
  | { readonly state: "failed"; readonly refusal: E2eeError }
  | { readonly state: "absent" }

/** Runs verification and appraisal; `undefined` stands for a peer that showed nothing. Errors of other families pass on. */
export async function attestationOf(judged: Promise<VerifiedPlatform> | undefined): Promise<Attestation> {
  if (judged === undefined) return { state: "absent" }
  try {
    return { state: "attested", platform: await judged }
  } catch (error) {
    if (isE2eeError(error) && error.code.startsWith("attestation.")) return { state: "failed", refusal: error }
    throw error
  }
}

/**
 * Whether the policy lets the peer in. Without a policy, and where it asks for nothing, a peer may show nothing; what it
 * does show has to hold. Throws the refusal, or `attestation.absent`.
 */
export function admit(
  outcome: Attestation,
  policy: Pick<AttestationPolicy, "required"> | undefined,
): VerifiedPlatform | undefined {
  switch (outcome.state) {
    case "attested":
      return outcome.platform
    case "failed":
      throw outcome.refusal
    case "absent":
      if (policy?.required !== true) return undefined
      throw new E2eeError(
        "attestation.absent",
        "the realm's policy asks for an attested platform; the peer showed none",
      )
  }
}
