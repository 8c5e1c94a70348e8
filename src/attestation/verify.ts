import { E2eeError } from "../core/errors.ts"
import type { Evidence } from "./evidence.ts"
import { KINDS } from "./facts.ts"
import type { Expectation } from "./kind.ts"
import { nitroKind } from "./nitro/verify.ts"
import { tpmKind } from "./tpm/verify.ts"
import { mintVerifiedQuote, type VerifiedQuote } from "./verified.ts"

/**
 * Judges evidence against what was expected, without looking at clock or chain: the first check that fails gives its
 * code, in the order of docs/attestation.md. What comes out is good for {@link appraise} alone. Throws `attestation.*`.
 */
export async function verify(evidence: Evidence, expectation: Expectation): Promise<VerifiedQuote> {
  if (!expectation.kinds.includes(evidence.kind))
    throw new E2eeError(
      "attestation.kind",
      `evidence of kind ${evidence.kind}; the policy allows ${expectation.kinds.join(", ") || "none"}`,
    )
  return mintVerifiedQuote(
    evidence.kind === KINDS["aws-nitro"]
      ? await nitroKind.verify(evidence, expectation)
      : await tpmKind.verify(evidence, expectation),
  )
}
