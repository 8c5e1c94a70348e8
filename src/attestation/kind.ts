import type { Binding } from "./binding.ts"
import type { Evidence } from "./evidence.ts"
import type { Bank, Kind } from "./facts.ts"
import type { QuoteFields } from "./verified.ts"

/** What evidence has to be. All of it is known before the evidence comes; nothing of it is the peer's word. */
export interface Expectation {
  readonly binding: Binding
  /**
   * At a router's login alone, which the specification has the challenge itself for (32 bytes): what a TPM's quote carries
   * in place of `nonceOf` of the binding. A key that signs such quotes signs whatever a router likes, and nothing for peers.
   */
  readonly routerChallenge?: Uint8Array
  /** POSIX milliseconds at which the challenge of the binding was given. */
  readonly challengedAt: number
  /** What the realm's policy asks, see `AttestationPolicy`. */
  readonly kinds: readonly Kind[]
  readonly bank: Bank
  readonly mask: number
  /** SHA-256 of the certificates (DER) in which a vendor's chain may end, 32 bytes each; of AWS where absent. */
  readonly nitroRoots?: readonly Uint8Array[]
}

/**
 * A kind of platform. Whatever has keys of its own that sign a measurement with some bytes of the asker's fits: of AMD
 * SEV-SNP and Intel TDX the bytes are `report_data` (64, the rest zeros), the Name is the chip's id.
 */
export interface AttestationKind<E extends Evidence = Evidence> {
  readonly kind: E["kind"]
  /** Where the 34 bytes of `nonceOf` stand in what is signed. */
  readonly place: string
  /** Checks evidence by itself and against the expectation: pure, in the order of docs/attestation.md, one code a check. */
  verify(evidence: E, expectation: Expectation): Promise<QuoteFields>
}

/** The edge: a platform that makes evidence of its kind. */
export interface Attester<E extends Evidence = Evidence> {
  readonly kind: E["kind"]
  /** Of its key: what `attesterId` is computed from. */
  readonly keyName: Uint8Array
  /** Has the registers signed with `nonce`, 34 bytes of `nonceOf`. */
  attest(nonce: Uint8Array, registers: { readonly bank: Bank; readonly mask: number }): Promise<E>
}
