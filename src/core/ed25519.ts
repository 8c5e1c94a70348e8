import { ed25519 } from "@noble/curves/ed25519.js"
import { concatBytes, fromHex, toHex, utf8ToBytes, type Hex } from "./bytes.ts"
import type { Secret } from "./secret.ts"

/**
 * Ed25519 over labelled messages. A label ends in a zero byte and no labelled message of ours has 32 bytes: a router
 * chooses the 32-byte challenge of WAMP-cryptosign, and could otherwise have anything signed.
 */
export function signLabelled(label: string, message: Uint8Array, key: Secret): Uint8Array {
  return ed25519.sign(labelled(label, message), key.expose())
}

/** Strict RFC 8032: the default of the library (ZIP 215) takes signatures that others refuse. */
export function verifyLabelled(label: string, message: Uint8Array, signature: Uint8Array, publicKey: Hex): boolean {
  const key = fromHex(publicKey, 32)
  if (key === undefined || signature.length !== 64) return false
  try {
    return ed25519.verify(signature, labelled(label, message), key, { zip215: false })
  } catch {
    return false // the public key is no point
  }
}

/** The public key (32 bytes) of a seed (32 bytes). */
export function ed25519PublicKey(seed: Secret): Hex {
  return toHex(ed25519.getPublicKey(seed.expose()))
}

function labelled(label: string, message: Uint8Array): Uint8Array {
  return concatBytes(utf8ToBytes(`${label}\0`), message)
}
