import { fromBase64, toBase64 } from "../base64.ts"
import { toHex, type Hex } from "../bytes.ts"
import type { Secret } from "../secret.ts"
import type { CurveOperations } from "./operations.ts"

/** Node's module, asked for at run time: bundlers leave the question alone, and browsers answer nothing. */
export const nodeCrypto = globalThis.process?.getBuiltinModule?.("node:crypto")

export type NodeCrypto = NonNullable<typeof nodeCrypto>
type KeyObject = ReturnType<NodeCrypto["createPublicKey"]>

/** Public keys kept as key objects; the least recently added goes first. */
const MAX_PUBLIC_KEYS = 1_024
/** A private JWK has to have its public key, which OpenSSL computes anew and does not look at. */
const UNREAD = toBase64Url(new Uint8Array(32))

/**
 * The curves of node:crypto. Key objects are made of JWK, which older versions read ten times faster than DER; the text
 * that stands in between cannot be overwritten, no more than noble's numbers can. A private one is kept by its
 * {@link Secret} and goes with it.
 */
export function platformCurves(crypto: NodeCrypto): CurveOperations {
  const publicKeys = new Map<Hex, KeyObject>()
  const importer = (crv: "Ed25519" | "X25519") => (bytes: Uint8Array) =>
    crypto.createPrivateKey({ key: { kty: "OKP", crv, x: UNREAD, d: toBase64Url(bytes) }, format: "jwk" })
  const [ed25519, x25519] = [importer("Ed25519"), importer("X25519")]

  const importPublic = (crv: "Ed25519" | "X25519", bytes: Uint8Array): KeyObject =>
    crypto.createPublicKey({ key: { kty: "OKP", crv, x: toBase64Url(bytes) }, format: "jwk" })
  const verifier = (bytes: Uint8Array): KeyObject => {
    const name = toHex(bytes)
    let key = publicKeys.get(name)
    if (key === undefined) {
      key = importPublic("Ed25519", bytes)
      if (publicKeys.size >= MAX_PUBLIC_KEYS)
        for (const oldest of publicKeys.keys()) {
          publicKeys.delete(oldest)
          break
        }
      publicKeys.set(name, key)
    }
    return key
  }

  return {
    name: "node:crypto",
    sign: (message, seed) => Uint8Array.from(crypto.sign(null, message, seed.as(ed25519))),
    verify(message, signature, publicKey) {
      try {
        return crypto.verify(null, message, verifier(publicKey), signature)
      } catch {
        return false
      }
    },
    ed25519PublicKey: (seed) => publicBytes(crypto, seed, ed25519),
    x25519(scalar, point) {
      try {
        const publicKey = importPublic("X25519", point)
        const shared = crypto.diffieHellman({ privateKey: scalar.as(x25519), publicKey })
        const copy = Uint8Array.from(shared)
        shared.fill(0)
        return copy
      } catch {
        return undefined
      }
    },
    x25519PublicKey: (scalar) => publicBytes(crypto, scalar, x25519),
  }
}

function publicBytes(crypto: NodeCrypto, secret: Secret, importKey: (bytes: Uint8Array) => KeyObject): Uint8Array {
  const { x = "" } = crypto.createPublicKey(secret.as(importKey)).export({ format: "jwk" })
  const bytes = fromBase64(`${x.replaceAll("-", "+").replaceAll("_", "/")}=`)
  if (bytes?.length !== 32) throw new TypeError("the platform's public key has not 32 bytes")
  return bytes
}

function toBase64Url(bytes: Uint8Array): string {
  return toBase64(bytes).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "")
}
