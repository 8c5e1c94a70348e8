import type { Address } from "../core/address.ts"
import type { Hex } from "../core/bytes.ts"

/** How the facts about a chain were won: part of every verdict, so that an application can ask for more. */
export type TrustSource =
  | { readonly model: "on-chain"; readonly level: "single-rpc"; readonly block: bigint }
  | { readonly model: "standalone"; readonly sequence: number }

/** What the trustroot says of one certificate of the presented chain. */
export interface CertificateFacts {
  readonly revoked: boolean
  /** POSIX seconds from which the certificate no longer counts; 0 for no end. */
  readonly notAfter: bigint
  /** Block number: what the certificate's issuer issued with an earlier validFrom is void. */
  readonly issuerEpoch: bigint
}

/** What is believed about a chain, all of it as of one block: gathered by an edge, judged by the chain rules. */
export interface TrustFacts {
  readonly source: TrustSource
  readonly chainId: bigint
  readonly verifyingContract: Address
  readonly realm: Address
  /** Block number of the trusted head. */
  readonly block: bigint
  /** Root CAs valid now: more than one while a rotation overlaps; empty when the realm does not exist. */
  readonly roots: readonly Address[]
  /** One for each certificate of the chain, in its order. */
  readonly certificates: readonly CertificateFacts[]
  /** Standing of the operator CA that the realm's root certified, where the chain has one. */
  readonly operator: "active" | "not-admitted" | "revoked" | "none"
}

/** What local policy asks beside the rules. */
export interface TrustPolicy {
  /** POSIX milliseconds. */
  readonly now: number
  /** Oldest allowed boot of a delegate in milliseconds; not judged where absent. */
  readonly maxAge?: number
  /** Allowed difference of clocks in milliseconds. */
  readonly skew: number
  /** The Ed25519 key (32 bytes of hex) that the peer proved to hold in this session; not judged where absent. */
  readonly provenKey?: Hex
}
