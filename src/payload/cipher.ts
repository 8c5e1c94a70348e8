import { gcm } from "@noble/ciphers/aes.js"
import { xsalsa20poly1305 } from "@noble/ciphers/salsa.js"
import { concatBytes } from "../core/bytes.ts"
import { E2eeError } from "../core/errors.ts"
import type { Secret } from "../core/secret.ts"
import { LIMITS } from "./limits.ts"

/** Fills nonces; the default is the platform's generator. Given as a value so that vectors can be made in tests. */
export type RandomBytes = (length: number) => Uint8Array

/** `ppt_cipher` (payload_passthru_mode.md, "Attributes"). */
export type CipherName = "xsalsa20poly1305" | "aes256gcm"

/** An authenticated cipher whose boxes carry their nonce. Keys have 32 bytes. */
export interface Cipher {
  readonly name: CipherName
  readonly nonceBytes: number
  /** Bytes by which a box is longer than its plaintext. */
  readonly overhead: number
  /** Throws `payload.too_large`. */
  seal(key: Secret, nonce: Uint8Array, plaintext: Uint8Array): Uint8Array
  /** Authenticated before a byte is looked at. Throws `payload.decrypt_failed` or `payload.too_large`. */
  open(key: Secret, box: Uint8Array): { nonce: Uint8Array; plaintext: Uint8Array }
}

const TAG_BYTES = 16

/** NaCl secretbox: nonce (24) || tag (16) || ciphertext. */
export const secretbox = cipher("xsalsa20poly1305", 24, xsalsa20poly1305)

/** AES-256-GCM: nonce (12) || ciphertext || tag (16). A key serves for 2^32 messages at most (SP 800-38D, 8.3). */
export const aes256gcm = cipher("aes256gcm", 12, gcm)

export const CIPHERS: Readonly<Record<CipherName, Cipher>> = { xsalsa20poly1305: secretbox, aes256gcm }

function cipher(
  name: CipherName,
  nonceBytes: number,
  primitive: (key: Uint8Array, nonce: Uint8Array) => Record<"encrypt" | "decrypt", (bytes: Uint8Array) => Uint8Array>,
): Cipher {
  const overhead = nonceBytes + TAG_BYTES
  return {
    name,
    nonceBytes,
    overhead,
    seal(key, nonce, plaintext) {
      checkSize(overhead + plaintext.length)
      return concatBytes(nonce, primitive(key.expose(), nonce).encrypt(plaintext))
    },
    open(key, box) {
      checkSize(box.length)
      if (box.length < overhead) {
        throw new E2eeError(
          "payload.decrypt_failed",
          `a sealed payload of ${box.length} bytes; expected ${overhead} at least`,
        )
      }
      const nonce = Uint8Array.from(box.subarray(0, nonceBytes))
      try {
        return { nonce, plaintext: primitive(key.expose(), nonce).decrypt(box.subarray(nonceBytes)) }
      } catch {
        // No cause: nothing about the failure may tell one wrong box from another (decryption oracle).
        throw new E2eeError("payload.decrypt_failed", "the sealed payload does not open with the key that it names")
      }
    },
  }
}

function checkSize(length: number): void {
  if (length <= LIMITS.bytes) return
  throw new E2eeError("payload.too_large", `a sealed payload of ${length} bytes; expected at most ${LIMITS.bytes}`)
}
