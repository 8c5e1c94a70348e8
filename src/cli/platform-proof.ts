import type { Command } from "commander"
import { appraiserBy } from "../attestation/appraiser-by.ts"
import { onChainAttestation } from "../chain/trust/attestation.ts"
import { readerOf } from "../chain/embedded.ts"
import type { Address } from "../core/address.ts"
import { openAttester } from "../device/attester.ts"
import { Tpm } from "../device/tpm.ts"
import type { AttestationOptions } from "../session/platforms.ts"
import { deploymentOf, transportOf, type GlobalOptions } from "./options.ts"

export interface ProofOptions {
  readonly tpm?: string
  readonly judgePlatforms?: boolean
}

export function withProofOptions(command: Command): Command {
  return command
    .option(
      "--tpm <path>",
      "show this machine's platform to peers that ask as the realm's registry or --policy wants it, and judge theirs: /dev/tpmrm0, or a simulator's socket",
    )
    .option("--judge-platforms", "judge peers' platforms where that is asked for, without one of this machine")
}

/** Runs work with what an endpoint shows and judges of platforms; the TPM is given back afterwards. */
export async function withPlatforms<T>(
  { tpm: path, judgePlatforms }: ProofOptions,
  globals: GlobalOptions,
  realm: Address,
  work: (attestation: AttestationOptions | undefined) => Promise<T>,
): Promise<T> {
  const judge =
    judgePlatforms === true || path !== undefined
      ? appraiserBy(
          onChainAttestation({
            client: readerOf(transportOf(globals)),
            deployment: await deploymentOf(globals),
            realm,
          }),
        )
      : undefined
  if (path === undefined) return work(judge && { judge })
  const tpm = await Tpm.open(path)
  try {
    const prove = await openAttester(tpm)
    try {
      return await work({ prove, ...(judge && { judge }) })
    } finally {
      await prove.close()
    }
  } finally {
    await tpm.close()
  }
}
