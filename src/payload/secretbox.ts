import { xsalsa20poly1305 } from "@noble/ciphers/salsa.js"
import { concatBytes } from "../core/bytes.ts"
import { E2eeError } from "../core/errors.ts"
import type { Secret } from "../core/secret.ts"
import { LIMITS } from "./limits.ts"

export const NONCE_BYTES = 24
export const TAG_BYTES = 16

/** Fills nonces; the default is the platform's generator. Given as a value so that vectors can be made in tests. */
export type RandomBytes = (length: number) => Uint8Array

/** NaCl secretbox: nonce (24) || tag (16) || ciphertext. The key has 32 bytes, the nonce is `nonce`. */
export function sealBox(key: Secret, nonce: Uint8Array, plaintext: Uint8Array): Uint8Array {
  const length = NONCE_BYTES + TAG_BYTES + plaintext.length
  if (length > LIMITS.bytes) {
    throw new E2eeError("payload.too_large", `a sealed payload of ${length} bytes; expected at most ${LIMITS.bytes}`)
  }
  return concatBytes(nonce, xsalsa20poly1305(key.expose(), nonce).encrypt(plaintext))
}

/** Opens what {@link sealBox} made: authenticated before a byte of it is looked at. Throws `payload.decrypt_failed`. */
export function openBox(key: Secret, box: Uint8Array): { nonce: Uint8Array; plaintext: Uint8Array } {
  if (box.length > LIMITS.bytes) {
    throw new E2eeError(
      "payload.too_large",
      `a sealed payload of ${box.length} bytes; expected at most ${LIMITS.bytes}`,
    )
  }
  if (box.length < NONCE_BYTES + TAG_BYTES) {
    const least = NONCE_BYTES + TAG_BYTES
    throw new E2eeError("payload.decrypt_failed", `a sealed payload of ${box.length} bytes; expected at least ${least}`)
  }
  const nonce = Uint8Array.from(box.subarray(0, NONCE_BYTES))
  try {
    return { nonce, plaintext: xsalsa20poly1305(key.expose(), nonce).decrypt(box.subarray(NONCE_BYTES)) }
  } catch {
    // No cause: nothing about the failure may tell one wrong box from another (decryption oracle).
    throw new E2eeError("payload.decrypt_failed", "the sealed payload does not open with the key that it names")
  }
}
