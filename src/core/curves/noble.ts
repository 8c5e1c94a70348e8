import { ed25519, x25519 } from "@noble/curves/ed25519.js"
import type { CurveOperations } from "./operations.ts"

/** Pure JavaScript, everywhere: what it answers is right by definition. */
export const nobleCurves: CurveOperations = {
  name: "noble",
  sign: (message, seed) => ed25519.sign(message, seed.expose()),
  verify(message, signature, publicKey) {
    try {
      // The library's default (ZIP 215) takes signatures that others refuse.
      return ed25519.verify(signature, message, publicKey, { zip215: false })
    } catch {
      return false
    }
  },
  ed25519PublicKey: (seed) => ed25519.getPublicKey(seed.expose()),
  x25519(scalar, point) {
    try {
      return x25519.getSharedSecret(scalar.expose(), point)
    } catch {
      return undefined
    }
  },
  x25519PublicKey: (scalar) => x25519.getPublicKey(scalar.expose()),
}
