import type { Address } from "../core/address.ts"
import type { Hex } from "../core/bytes.ts"
import type { Binding } from "./binding.ts"
import type { AttestationPolicy } from "./facts.ts"
import type { VerifiedPlatform } from "./verified.ts"

/** What a realm asks of the platforms of a role, as of now. */
export interface RolePolicy {
  /** 32 bytes (`roleOf`). */
  readonly role: Hex
  readonly chainId: bigint
  /** The AttestationRegistry. */
  readonly registry: Address
  readonly policy: AttestationPolicy | undefined
}

/** Evidence that came, for what it was asked, and of whom. */
export interface Shown {
  readonly evidence: Uint8Array
  readonly binding: Binding
  /** See `Expectation`. */
  readonly routerChallenge?: Uint8Array
  readonly policy: AttestationPolicy
  /** POSIX milliseconds. */
  readonly challengedAt: number
  readonly now: number
  /** Allowed difference of clocks in milliseconds. */
  readonly skew: number
  /** The peer that was verified in the handshake that the evidence is bound to. */
  readonly delegate: Address
  /** What a peer's program keeps from its start to its end, such as a key of its own: it cannot outlive a reset. */
  readonly life: Hex
}

/** What judges platforms for an endpoint, by a registry's word: `appraiserBy` makes one. */
export interface Appraiser {
  readonly realm: Address
  /** Rejects with a coded error when it cannot be learnt, or goes back behind what was seen. */
  policyOf(role: Hex): Promise<RolePolicy>
  /** Verifies and appraises evidence. Throws `attestation.*`, or that facts cannot be had. */
  judge(shown: Shown): Promise<VerifiedPlatform>
}
