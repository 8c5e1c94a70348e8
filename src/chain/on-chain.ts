import type { PublicClient } from "viem"
import type { CertificateChain } from "../certificate/types.ts"
import { parseAddress, type Address } from "../core/address.ts"
import { E2eeError } from "../core/errors.ts"
import type { TrustFacts } from "../trust/facts.ts"
import type { TrustProvider } from "../trust/provider.ts"
import { checkDeployment, type Deployment } from "./deployment.ts"
import { claimsOf, registryFacts } from "./facts.ts"
import { callTrustOf } from "./trust-of.ts"

export interface OnChainOptions {
  /** A viem client of the registries' chain. The node behind it is believed (level `single-rpc`). */
  readonly client: PublicClient
  readonly deployment: Deployment
  readonly realm: string
  /** Oldest allowed boot of a delegate in milliseconds; not judged where absent. */
  readonly maxAge?: number
}

/** Trust in what the registries say: everything about a chain as of one block, by one call. */
export function onChain({ client, deployment, realm: realmText, maxAge }: OnChainOptions): TrustProvider {
  const realm = parseAddress(realmText)
  if (realm === undefined)
    throw new E2eeError(
      "usage.invalid",
      `realm ${JSON.stringify(realmText)} is no address; expected 0x and 40 hex digits`,
    )
  let checked: Promise<void> | undefined

  return {
    realm,
    ...(maxAge === undefined ? {} : { maxAge }),
    async facts(chain) {
      checked ??= checkDeployment(client, deployment)
      await checked.catch((error: unknown) => {
        checked = undefined // a node that was down may come back
        throw error
      })
      return readFacts(client, deployment, realm, chain)
    },
  }
}

async function readFacts(
  client: PublicClient,
  deployment: Deployment,
  realm: Address,
  chain: CertificateChain,
): Promise<TrustFacts> {
  const trust = await callTrustOf(client, deployment, realm, claimsOf(chain))
  return {
    source: { model: "on-chain", level: "single-rpc", block: trust.block, safeBlock: trust.block },
    chainId: BigInt(deployment.chainId),
    verifyingContract: deployment.realmRegistry,
    realm,
    ...registryFacts(chain, trust, trust),
  }
}
