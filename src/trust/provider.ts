import type { CertificateChain } from "../certificate/types.ts"
import type { Address } from "../core/address.ts"
import type { TrustFacts } from "./facts.ts"

/** The one question that judging a chain asks of an edge: what is believed about it now? */
export interface TrustProvider {
  readonly realm: Address
  /** Oldest allowed boot of a delegate in milliseconds. */
  readonly maxAge?: number
  /** Facts about the chain as of one block. Rejects with a coded error when they cannot be had: never "valid". */
  facts(chain: CertificateChain): Promise<TrustFacts>
}
