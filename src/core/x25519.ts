import { curves } from "./curves/choice.ts"
import { E2eeError } from "./errors.ts"
import { Secret } from "./secret.ts"

/** The public key (32 bytes) of a secret one (32 bytes, clamped by the curve). */
export function x25519PublicKey(secret: Secret): Uint8Array {
  return curves.x25519PublicKey(scalarOf(secret))
}

/**
 * What both sides of an agreement share, 32 bytes. Throws `keys.agreement` for a peer's key of another length or of low
 * order, whose result would be all zero (RFC 7748, section 6.1).
 */
export function x25519SharedSecret(own: Secret, peer: Uint8Array): Secret {
  const shared = peer.length === 32 ? curves.x25519(scalarOf(own), peer) : undefined
  if (shared === undefined) {
    const what = peer.length === 32 ? "is of low order" : `has ${peer.length} bytes`
    throw new E2eeError("keys.agreement", `the peer's X25519 key ${what}; expected 32 bytes, made of random ones`)
  }
  const result = new Secret(shared)
  shared.fill(0)
  return result
}

/** Throws `keys.agreement` for a public key with which nothing can be agreed: before one is wanted. */
export function refuseLowOrder(publicKey: Uint8Array): void {
  // Every clamped scalar gives zero with such a key, and none with another.
  x25519SharedSecret(new Secret(new Uint8Array(32)), publicKey).wipe()
}

function scalarOf(key: Secret): Secret {
  if (key.length === 32) return key
  throw new E2eeError("usage.invalid", `an X25519 key of ${key.length} bytes; expected 32`)
}
