import { hkdf } from "@noble/hashes/hkdf.js"
import { sha256 } from "@noble/hashes/sha2.js"
import { concatBytes, utf8ToBytes } from "../core/bytes.ts"
import { E2eeError } from "../core/errors.ts"
import { Secret } from "../core/secret.ts"
import { encodeCbor } from "../payload/cbor.ts"
import type { RandomBytes } from "../payload/cipher.ts"

/**
 * A key encapsulation mechanism beside X25519 in key grants, for their forward secrecy against whoever records them now
 * and breaks curves later. Optional: `wamp-e2ee/hybrid` has the one that there is, a scope's policy names it, and nobody
 * negotiates. An endpoint of such a scope without it is refused, and refuses.
 *
 * The requester sends a public key made for this grant alone inside the first Noise message; the agent, with the second,
 * the ciphertext of a secret, from which both make the pre-shared key of Noise_IKpsk2.
 */
export interface Kem {
  /** Stands in the scope's policy: a-z, 0-9 and _, 31 characters at most. */
  readonly name: string
  readonly publicKeyBytes: number
  readonly ciphertextBytes: number
  /** A key pair for one grant; what `random` gives is overwritten. */
  keyPair(random: RandomBytes): { readonly publicKey: Uint8Array; readonly secretKey: Secret }
  /** Throws `keys.agreement` for a public key of another length or that is none. */
  encapsulate(publicKey: Uint8Array, random: RandomBytes): { readonly ciphertext: Uint8Array; readonly shared: Secret }
  /** Another secret for a ciphertext that was changed. Throws `keys.agreement` for one of another length. */
  decapsulate(ciphertext: Uint8Array, secretKey: Secret): Secret
}

/** What a program passed as one. Throws `usage.invalid`. */
export function parseKem(given: unknown): Kem {
  // What JavaScript passed may be anything.
  const { name, keyPair, encapsulate, decapsulate } = Object(given) as Partial<Record<keyof Kem, unknown>>
  const works = [keyPair, encapsulate, decapsulate].every((part) => typeof part === "function")
  if (works && typeof name === "string" && /^[a-z][a-z0-9_]{0,30}$/.test(name)) return given as Kem
  throw new E2eeError(
    "usage.invalid",
    "hybrid is no key encapsulation mechanism; expected mlKem768 of wamp-e2ee/hybrid",
  )
}

/** The requester's part of one grant. */
export interface KemRequest {
  readonly kem: Kem
  readonly publicKey: Uint8Array
  readonly secretKey: Secret
}

/** The agent's part: what it sends, and the pre-shared key, 32 bytes. */
export interface KemAnswer {
  readonly ciphertext: Uint8Array
  readonly psk: Secret
}

/** As the agent, to a requester's public key. Throws `keys.agreement`. @param transcript hash of the first message, 32 bytes */
export function answerKem(kem: Kem, publicKey: Uint8Array, transcript: Uint8Array, random: RandomBytes): KemAnswer {
  const { ciphertext, shared } = kem.encapsulate(publicKey, random)
  return { ciphertext, psk: hybridKey(kem, shared, transcript, publicKey, ciphertext) }
}

/** As the requester, once: the pre-shared key, or another one where anything was changed on the way. Throws `keys.agreement`. */
export function finishKem(
  { kem, publicKey, secretKey }: KemRequest,
  ciphertext: Uint8Array,
  transcript: Uint8Array,
): Secret {
  const shared = kem.decapsulate(ciphertext, secretKey)
  secretKey.wipe()
  return hybridKey(kem, shared, transcript, publicKey, ciphertext)
}

/** Bound to this handshake so far, both public values and the mechanism; `shared` is overwritten. */
function hybridKey(kem: Kem, shared: Secret, transcript: Uint8Array, ...publicValues: readonly Uint8Array[]): Secret {
  // Hashed: OpenSSL's HKDF takes 1,024 or 2,048 bytes of info at most.
  const info = concatBytes(utf8ToBytes("wek1 hybrid"), sha256(encodeCbor([kem.name, ...publicValues])))
  const bytes = hkdf(sha256, shared.expose(), transcript, info, 32)
  shared.wipe()
  const key = new Secret(bytes)
  bytes.fill(0)
  return key
}
