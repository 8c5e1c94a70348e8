import { sha256 } from "@noble/hashes/sha2.js"
import { addressOf } from "../core/address.ts"
import { Secret } from "../core/secret.ts"
import { x25519PublicKey } from "../core/x25519.ts"

/**
 * `ppt_keyid` of a data key (32 bytes): 0x and the last 20 bytes of SHA-256 of the key's public key, with EIP-55
 * checksum (payload_passthru_mode.md, "End-to-End Encryption Predefined Scheme"). The public key is X25519(key, 9).
 * It is a hint for finding a key and commits to none: 32 unclamped keys share one id.
 */
export function keyIdOf(dataKey: Uint8Array): string {
  const scalar = new Secret(dataKey)
  const publicKey = x25519PublicKey(scalar)
  scalar.wipe()
  return addressOf(sha256(publicKey).subarray(12))
}
