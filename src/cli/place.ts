import type { Place } from "../certificate/enrol.ts"
import type { Deployment } from "../chain/deployment.ts"
import { readerOf } from "../chain/embedded.ts"
import { blockOf } from "../chain/trust/trust-of.ts"
import type { Address } from "../core/address.ts"
import { transportOf, type GlobalOptions } from "./options.ts"

/** Where certificates hold that are issued now: from the newest block on, as the contracts count. */
export async function placeOf(globals: GlobalOptions, deployment: Deployment, realm: Address): Promise<Place> {
  const validFrom = await blockOf(readerOf(transportOf(globals)), deployment, realm)
  return { chainId: BigInt(deployment.chainId), verifyingContract: deployment.realmRegistry, realm, validFrom }
}
