import type { Address } from "../core/address.ts"
import type { Hex } from "../core/bytes.ts"

/**
 * How the head of the chain that the facts are of came to be believed, from weakest to strongest:
 * `single-rpc` one node was believed in everything; `quorum` nodes agreed on the block's hash; `light-client` a verifying
 * provider vouched for the block; `pinned` the application named the block. In all but the first, each value was proven.
 */
export type ChainLevel = "single-rpc" | "quorum" | "light-client" | "pinned"

/** How the facts about a chain were won: part of every verdict, so that an application can ask for more. */
export type TrustSource =
  | {
      readonly model: "on-chain"
      readonly level: ChainLevel
      /** Block of what speaks against a peer: the newest. */
      readonly block: bigint
      readonly blockHash?: Hex
      /** Block of what speaks for a peer, as deep below the newest as policy asks. */
      readonly safeBlock: bigint
    }
  /** A person said so, to check a chain by hand: nobody was asked. */
  | { readonly model: "stated" }
  | { readonly model: "standalone"; readonly trustroot: Address; readonly sequence: number }
  | {
      readonly model: "first-use"
      /** POSIX milliseconds of the first contact. */
      readonly since: number
      /** Whether a person compared the fingerprint and said so. */
      readonly confirmed: boolean
    }

/** A root CA that counts now. What is absent is not compared with the certificate that is shown. */
export interface RootFacts {
  readonly address: Address
  readonly capabilities?: bigint
  /** Block number: a certificate of the root that is shown may be older, not newer. */
  readonly validFrom?: bigint
  /** False while it stands only in blocks that policy does not yet believe. */
  readonly confirmed: boolean
}

/** What the trustroot says of one certificate of the path. */
export interface CertificateFacts {
  readonly revoked: boolean
  /** POSIX seconds from which the certificate no longer counts; 0 for no end. */
  readonly notAfter: bigint
  /** Block number: what the certificate's issuer issued with an earlier validFrom is void. */
  readonly issuerEpoch: bigint
}

/** An authority certificate that the peer did not show and the trustroot holds: its signature was checked there. */
export interface AnchoredLink {
  readonly issuer: Address
  readonly subject: Address
  readonly capabilities: bigint
  /** Block number. */
  readonly validFrom: bigint
  /** False while it stands only in blocks that policy does not yet believe. */
  readonly confirmed: boolean
}

/** Standing of the operator CA that the realm's root certified; `unconfirmed`: admitted in blocks not yet believed. */
export type OperatorStanding = "active" | "unconfirmed" | "not-admitted" | "revoked" | "none"

/** What is believed about a chain, all of it as of one moment: gathered by an edge, judged by the chain rules. */
export interface TrustFacts {
  readonly source: TrustSource
  readonly chainId: bigint
  readonly verifyingContract: Address
  readonly realm: Address
  /** Block number of the trusted head; absent where the trustroot has no chain. */
  readonly block?: bigint
  /** More than one while a rotation overlaps; empty when the realm does not exist. */
  readonly roots: readonly RootFacts[]
  /** Certificates from the issuer of the last one shown up to the root, where the chain does not end in a root. */
  readonly anchored: readonly AnchoredLink[]
  /** One for each certificate shown, in the chain's order, then for each anchored one. */
  readonly certificates: readonly CertificateFacts[]
  readonly operator: OperatorStanding
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
