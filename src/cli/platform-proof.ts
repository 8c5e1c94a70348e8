import type { Command } from "commander"
import { appraiserBy } from "../attestation/appraiser-by.ts"
import { onChainAttestation } from "../chain/trust/attestation.ts"
import { readerOf } from "../chain/embedded.ts"
import type { Address } from "../core/address.ts"
import { E2eeError } from "../core/errors.ts"
import { openAttester, ROUTERS, type TpmAttester } from "../device/attester.ts"
import { Tpm } from "../device/tpm.ts"
import type { AttestationOptions } from "../session/members/platforms.ts"
import { deploymentOf, transportOf, type GlobalOptions } from "./options.ts"

export interface ProofOptions {
  readonly tpm?: string
  readonly judgePlatforms?: boolean
  readonly attestRouter?: boolean
}

/** What an endpoint shows and judges of platforms, and what its session shows to a router. */
export interface Shown {
  readonly attestation: AttestationOptions | undefined
  readonly forRouter: TpmAttester | undefined
}

export function withProofOptions(command: Command): Command {
  return command
    .option(
      "--tpm <path>",
      "show this machine's platform to peers that ask as the realm's registry or --policy wants it, and judge theirs: /dev/tpmrm0, or a simulator's socket",
    )
    .option(
      "--attest-router",
      "show the platform of --tpm to a router that asks, too, by the TPM's key for routers: `attest enroll … --for-routers`",
    )
    .option("--judge-platforms", "judge peers' platforms where that is asked for, without one of this machine")
}

/** Runs work with what is shown and judged of platforms; the TPM is given back afterwards. */
export async function withPlatforms<T>(
  { tpm: path, judgePlatforms, attestRouter }: ProofOptions,
  globals: GlobalOptions,
  realm: Address,
  work: (shown: Shown) => Promise<T>,
): Promise<T> {
  if (attestRouter === true && path === undefined)
    throw new E2eeError("usage.invalid", "--attest-router without --tpm; name the TPM")
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
  if (path === undefined) return work({ attestation: judge && { judge }, forRouter: undefined })
  const tpm = await Tpm.open(path)
  try {
    const prove = await openAttester(tpm)
    const forRouter = attestRouter === true ? await openAttester(tpm, { purpose: ROUTERS }) : undefined
    try {
      return await work({ attestation: { prove, ...(judge && { judge }) }, forRouter })
    } finally {
      await prove.close()
      await forRouter?.close()
    }
  } finally {
    await tpm.close()
  }
}
