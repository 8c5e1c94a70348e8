import { concatBytes, fromHex, toHex, utf8ToBytes, type Hex } from "./bytes.ts"
import { curves } from "./curves/choice.ts"
import { E2eeError } from "./errors.ts"
import type { Secret } from "./secret.ts"

/**
 * Ed25519 over labelled messages. A label ends in a zero byte and no labelled message of ours has 32 bytes: a router
 * chooses the 32-byte challenge of WAMP-cryptosign, and could otherwise have anything signed.
 */
export function signLabelled(label: string, message: Uint8Array, key: Secret): Uint8Array {
  return curves.sign(labelled(label, message), seedOf(key))
}

export function verifyLabelled(label: string, message: Uint8Array, signature: Uint8Array, publicKey: Hex): boolean {
  return verifyStrictly(labelled(label, message), signature, publicKey)
}

/** Length of a WAMP-cryptosign challenge, which is signed as it is: the one thing signed without a label. */
export const CHALLENGE_LENGTH = 32

/** Signs what WAMP-cryptosign has one sign: 32 bytes that the other side chose. */
export function signChallenge(challenge: Uint8Array, key: Secret): Uint8Array {
  if (challenge.length !== CHALLENGE_LENGTH)
    throw new E2eeError("internal.invariant", `a challenge of ${challenge.length} bytes was to be signed; expected 32`)
  return curves.sign(challenge, seedOf(key))
}

export function verifyChallenge(challenge: Uint8Array, signature: Uint8Array, publicKey: Hex): boolean {
  return challenge.length === CHALLENGE_LENGTH && verifyStrictly(challenge, signature, publicKey)
}

/** The public key (32 bytes) of a seed (32 bytes). */
export function ed25519PublicKey(seed: Secret): Hex {
  return toHex(curves.ed25519PublicKey(seedOf(seed)))
}

function verifyStrictly(message: Uint8Array, signature: Uint8Array, publicKey: Hex): boolean {
  const key = fromHex(publicKey, 32)
  return key !== undefined && signature.length === 64 && curves.verify(message, signature, key)
}

function seedOf(key: Secret): Secret {
  if (key.length === 32) return key
  throw new E2eeError("usage.invalid", `an Ed25519 seed of ${key.length} bytes; expected 32`)
}

function labelled(label: string, message: Uint8Array): Uint8Array {
  const bytes = concatBytes(utf8ToBytes(`${label}\0`), message)
  if (bytes.length === CHALLENGE_LENGTH)
    throw new E2eeError("internal.invariant", `a message labelled ${label} has the length of a challenge, 32 bytes`)
  return bytes
}
