import type { CertificateChain } from "../certificate/types.ts"
import type { Address } from "../core/address.ts"
import type { Hex } from "../core/bytes.ts"
import type { TrustFacts } from "./facts.ts"
import type { VerifiedDelegate } from "./verified-delegate.ts"

/** The one question that judging a chain asks of an edge: what is believed about it now? */
export interface TrustProvider {
  readonly realm: Address
  /** Oldest allowed boot of a delegate in milliseconds. */
  readonly maxAge?: number
  /**
   * Facts about the chain as of one block. Rejects with a coded error when they cannot be had: never "valid".
   * @param provenKey the chain's Ed25519 key, where the peer has just proved to hold it: {@link accept} follows then.
   */
  facts(chain: CertificateChain, provenKey?: Hex): Promise<TrustFacts>
  /**
   * Told of a chain that passed every rule and whose holder proved its key (CCR-13), before anything is done for the
   * peer: where trust is remembered (pins), it is stored here. Rejects when it cannot be.
   */
  accept?(chain: CertificateChain, delegate: VerifiedDelegate): Promise<void>
}
