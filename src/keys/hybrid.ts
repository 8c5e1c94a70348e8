import { ml_kem768 } from "@noble/post-quantum/ml-kem.js"
import { E2eeError } from "../core/errors.ts"
import { Secret } from "../core/secret.ts"
import type { Kem } from "./kem.ts"

export type { Kem }

// An entry of its own, `wamp-e2ee/hybrid`: nothing else loads ML-KEM.

/**
 * ML-KEM-768 (FIPS 203), as `hybrid` of a scope: public keys of 1,184 bytes, ciphertexts of 1,088. In JavaScript, so without
 * a promise of constant time; each key pair is used once.
 */
export const mlKem768: Kem = {
  name: "mlkem768",
  publicKeyBytes: 1_184,
  ciphertextBytes: 1_088,
  keyPair(random) {
    const seed = random(64)
    const { publicKey, secretKey } = ml_kem768.keygen(seed)
    return wiping([seed, secretKey], () => ({ publicKey, secretKey: new Secret(secretKey) }))
  },
  encapsulate(publicKey, random) {
    const message = random(32)
    return wiping([message], () => {
      const { cipherText, sharedSecret } = agreeing("public key", () => ml_kem768.encapsulate(publicKey, message))
      return wiping([sharedSecret], () => ({ ciphertext: cipherText, shared: new Secret(sharedSecret) }))
    })
  },
  decapsulate(ciphertext, secretKey) {
    const shared = agreeing("ciphertext", () => ml_kem768.decapsulate(ciphertext, secretKey.expose()))
    return wiping([shared], () => new Secret(shared))
  },
}

/** The modulus check of section 7.2 and the type checks of 7.2 and 7.3 are the library's. */
function agreeing<T>(what: string, work: () => T): T {
  try {
    return work()
  } catch {
    // No cause: it may hold what is secret.
    throw new E2eeError("keys.agreement", `the other side's ML-KEM-768 ${what} is none`)
  }
}

function wiping<T>(secrets: readonly Uint8Array[], work: () => T): T {
  try {
    return work()
  } finally {
    for (const secret of secrets) secret.fill(0)
  }
}
