import { chacha20poly1305 } from "@noble/ciphers/chacha.js"
import { expand, extract } from "@noble/hashes/hkdf.js"
import { sha256 } from "@noble/hashes/sha2.js"
import { concatBytes, utf8ToBytes } from "../core/bytes.ts"
import { E2eeError } from "../core/errors.ts"
import { Secret } from "../core/secret.ts"

// The Noise Protocol Framework, revision 34, sections 4 and 5: ChaChaPoly, SHA256, CipherState and SymmetricState.

/** Bytes of a Noise message at most (section 3). */
export const MAX_NOISE_MESSAGE = 65_535
/** Bytes by which a ciphertext is longer than its plaintext. */
export const TAG_BYTES = 16
/** This nonce is reserved; none follows the one before it (section 5.1). */
const LAST_NONCE = 2n ** 64n - 1n

/**
 * A key and the count of what was encrypted or decrypted with it. Without a key the specification passes plaintext
 * through; the patterns here encrypt nothing before they have one, so that means a wiped state and is refused.
 */
export class CipherState {
  #k: Secret | undefined
  #n: bigint

  /** @param k 32 bytes, which this state will wipe */
  constructor(k?: Secret, n = 0n) {
    this.#k = k
    this.#n = n
  }

  /** Ciphertext and tag (16 bytes). Throws `payload.too_large`. */
  encryptWithAd(ad: Uint8Array, plaintext: Uint8Array): Uint8Array {
    requireSize(TAG_BYTES + plaintext.length)
    const ciphertext = this.#cipher(ad).encrypt(plaintext)
    this.#n++
    return ciphertext
  }

  /** Throws `keys.agreement`; the nonce is then used for the next attempt again. */
  decryptWithAd(ad: Uint8Array, ciphertext: Uint8Array): Uint8Array {
    const cipher = this.#cipher(ad)
    if (ciphertext.length > MAX_NOISE_MESSAGE) throw unauthentic()
    let plaintext: Uint8Array
    try {
      plaintext = cipher.decrypt(ciphertext)
    } catch {
      // No cause: one wrong message is not to be told from another.
      throw unauthentic()
    }
    this.#n++
    return plaintext
  }

  /** Overwrites the key; the state is of no use afterwards. */
  wipe(): void {
    this.#k?.wipe()
    this.#k = undefined
  }

  #cipher(ad: Uint8Array): ReturnType<typeof chacha20poly1305> {
    if (this.#k === undefined) throw new E2eeError("internal.invariant", "a cipher state without a key was to be used")
    if (this.#n >= LAST_NONCE) throw new E2eeError("internal.invariant", "a cipher state has no nonce left")
    // 32 zero bits, then the count, little-endian (section 12.3).
    const nonce = new Uint8Array(12)
    new DataView(nonce.buffer).setBigUint64(4, this.#n, true)
    return chacha20poly1305(this.#k.expose(), nonce, ad)
  }
}

/** Chaining key and hash of a handshake, with the key that follows from them (section 5.2). */
export class SymmetricState {
  #ck: Secret
  #h: Uint8Array
  #cipher = new CipherState()

  constructor(protocolName: string) {
    const name = utf8ToBytes(protocolName)
    this.#h = name.length > 32 ? sha256(name) : concatBytes(name, new Uint8Array(32 - name.length))
    this.#ck = new Secret(this.#h)
  }

  /** What was said so far, 32 bytes; after the last message it names the session (section 11.2). */
  get handshakeHash(): Uint8Array {
    return Uint8Array.from(this.#h)
  }

  mixKey(input: Uint8Array): void {
    const [ck, k] = hkdf(this.#ck, input, 2)
    this.#replace(ck, k)
  }

  mixHash(given: Uint8Array): void {
    this.#h = sha256(concatBytes(this.#h, given))
  }

  mixKeyAndHash(input: Uint8Array): void {
    const [ck, hash, k] = hkdf(this.#ck, input, 3)
    this.mixHash(hash.expose())
    hash.wipe()
    this.#replace(ck, k)
  }

  encryptAndHash(plaintext: Uint8Array): Uint8Array {
    const ciphertext = this.#cipher.encryptWithAd(this.#h, plaintext)
    this.mixHash(ciphertext)
    return ciphertext
  }

  /** Throws `keys.agreement`. */
  decryptAndHash(ciphertext: Uint8Array): Uint8Array {
    const plaintext = this.#cipher.decryptWithAd(this.#h, ciphertext)
    this.mixHash(ciphertext)
    return plaintext
  }

  /** The initiator's state to send with and the responder's. */
  split(): [CipherState, CipherState] {
    const [first, second] = hkdf(this.#ck, new Uint8Array(), 2)
    return [new CipherState(first), new CipherState(second)]
  }

  wipe(): void {
    this.#ck.wipe()
    this.#cipher.wipe()
  }

  #replace(ck: Secret, k: Secret): void {
    this.wipe()
    this.#ck = ck
    this.#cipher = new CipherState(k)
  }
}

/** Refuses to send what no receiver would take. */
export function requireSize(length: number): void {
  if (length <= MAX_NOISE_MESSAGE) return
  throw new E2eeError("payload.too_large", `a Noise message of ${length} bytes; expected at most ${MAX_NOISE_MESSAGE}`)
}

/** No word about where or why: whoever sent it learns nothing from trying. */
export function unauthentic(): E2eeError {
  return new E2eeError("keys.agreement", "a message of the handshake is not its sender's, or was changed on the way")
}

/** HKDF of section 4.3: RFC 5869 with the chaining key as salt and no info. 32 bytes each. */
function hkdf(ck: Secret, input: Uint8Array, outputs: 2): [Secret, Secret]
function hkdf(ck: Secret, input: Uint8Array, outputs: 3): [Secret, Secret, Secret]
function hkdf(ck: Secret, input: Uint8Array, outputs: number): Secret[] {
  const temporary = extract(sha256, input, ck.expose())
  const expanded = expand(sha256, temporary, undefined, 32 * outputs)
  const secrets = Array.from({ length: outputs }, (_, i) => new Secret(expanded.subarray(32 * i, 32 * i + 32)))
  temporary.fill(0)
  expanded.fill(0)
  return secrets
}
