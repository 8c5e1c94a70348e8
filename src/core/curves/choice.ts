import { ED25519_TORSION_SUBGROUP } from "@noble/curves/ed25519.js"
import { equalBytes, fromHex, toHex, utf8ToBytes } from "../bytes.ts"
import { Secret } from "../secret.ts"
import { nobleCurves } from "./noble.ts"
import type { CurveOperations } from "./operations.ts"
import { nodeCrypto, platformCurves, type NodeCrypto } from "./platform.ts"

/** node:crypto where it is there and answers known questions rightly, noble otherwise. */
export function chooseCurves(crypto: NodeCrypto | undefined): CurveOperations {
  if (crypto === undefined) return nobleCurves
  const platform = platformCurves(crypto)
  return answersRightly(platform) ? confirmedByNoble(platform) : nobleCurves
}

/**
 * The platform's answers, and noble's where the two might differ. OpenSSL checks the equation of RFC 8032, section
 * 5.1.7, without its cofactor, and before 3.5 takes keys of low order; noble checks with the cofactor and refuses such
 * keys, and those with y beyond the field. So what the platform verifies with an ordinary key, noble would too, and all else noble
 * judges: a wrong signature costs both.
 */
function confirmedByNoble(platform: CurveOperations): CurveOperations {
  return {
    ...platform,
    verify: (message, signature, publicKey) =>
      (isOrdinary(publicKey) && platform.verify(message, signature, publicKey)) ||
      nobleCurves.verify(message, signature, publicKey),
    x25519: (scalar, point) => platform.x25519(scalar, point) ?? nobleCurves.x25519(scalar, point),
  }
}

/** Without the sign of x, their last bit. */
const LOW_ORDER_Y = new Set(ED25519_TORSION_SUBGROUP.map((point) => toHex(withoutSign(fromHex(point) as Uint8Array))))

function isOrdinary(publicKey: Uint8Array): boolean {
  const y = withoutSign(publicKey)
  const beyondField = (y[0] as number) >= 0xed && y[31] === 0x7f && y.subarray(1, 31).every((byte) => byte === 0xff)
  return !beyondField && !LOW_ORDER_Y.has(toHex(y))
}

function withoutSign(point: Uint8Array): Uint8Array {
  const y = Uint8Array.from(point)
  y[31] = (y[31] as number) & 0x7f
  return y
}

const bytes = (hex: string): Uint8Array => fromHex(hex) as Uint8Array

/** RFC 8032, section 7.1, test 2, and RFC 7748, section 6.1. */
const KNOWN = {
  seed: bytes("4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb"),
  verifier: bytes("3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c"),
  message: utf8ToBytes("r"),
  signature: bytes(
    "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da" +
      "085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00",
  ),
  scalar: bytes("77076d0a7318a57d3c16c17251b26645df4c2f87ebc0992ab177fba51db92c2a"),
  point: bytes("8520f0098930a754748b7ddcb43ef75a0dbf3a0d26381af4eba4a98eaa9b4e6a"),
  peer: bytes("de9edb7d7b7dc1b4d35b61c2ece435373f8343c85b78674dadfc7e146f882b4f"),
  shared: bytes("4a5d9d5ba4ce2de1728e3bf480350f25e07e21c947d19e3376f09b3c1e161742"),
} as const

/** A platform may lack a curve, want other forms of keys, or take what is to be refused. */
function answersRightly(platform: CurveOperations): boolean {
  const { seed, verifier, message, signature, scalar, point, peer, shared } = KNOWN
  const [signer, own] = [new Secret(seed), new Secret(scalar)]
  const wrong = Uint8Array.from(signature, (byte, i) => (i === 40 ? byte ^ 1 : byte))
  try {
    return (
      equalBytes(platform.ed25519PublicKey(signer), verifier) &&
      equalBytes(platform.sign(message, signer), signature) &&
      platform.verify(message, signature, verifier) &&
      !platform.verify(message, wrong, verifier) &&
      equalBytes(platform.x25519PublicKey(own), point) &&
      equalBytes(platform.x25519(own, peer) ?? new Uint8Array(), shared) &&
      platform.x25519(own, new Uint8Array(32)) === undefined
    )
  } catch {
    return false
  } finally {
    signer.wipe()
    own.wipe()
  }
}

/** Chosen once, when the library is loaded. */
export const curves = chooseCurves(nodeCrypto)
