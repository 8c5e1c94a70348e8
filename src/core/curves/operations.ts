import type { Secret } from "../secret.ts"

/**
 * What is asked of a library of curves. Secrets and public keys have 32 bytes, signatures 64: whoever calls has seen to
 * that. Every backend gives the same answers.
 */
export interface CurveOperations {
  readonly name: "node:crypto" | "noble"
  /** Ed25519 signature (RFC 8032) by a seed. */
  sign(message: Uint8Array, seed: Secret): Uint8Array
  /** Strict RFC 8032. False for whatever does not verify, also for a public key that is no point. */
  verify(message: Uint8Array, signature: Uint8Array, publicKey: Uint8Array): boolean
  ed25519PublicKey(seed: Secret): Uint8Array
  /** X25519 (RFC 7748); undefined for a point of low order, which would give zeros whatever the scalar. */
  x25519(scalar: Secret, point: Uint8Array): Uint8Array | undefined
  x25519PublicKey(scalar: Secret): Uint8Array
}
