import { ByteReader } from "../../core/byte-reader.ts"
import { concatBytes } from "../../core/bytes.ts"
import { E2eeError } from "../../core/errors.ts"
import { verifyEcdsa } from "../ecdsa.ts"
import { verifyRsa } from "../rsa.ts"
import { malformed, tooLarge } from "../refusals.ts"
import { ALG, hashOf, shown, type Hash } from "./algorithms.ts"
import type { EccKey, PublicArea, Scheme } from "./public-area.ts"

/** TPMT_SIGNATURE (Part 2, 11.3.4) of ECDSA, RSASSA or RSAPSS. */
export interface TpmSignature extends Scheme {
  /** r and s of ECDSA, without or with leading zeros; the one octet string of RSA. */
  readonly parts: readonly Uint8Array[]
}

const MOST_BYTES = 1_024

/** Throws `attestation.too_large`, `attestation.malformed`. */
export function parseSignature(bytes: Uint8Array): TpmSignature {
  const what = "the signature"
  if (bytes.length > MOST_BYTES) throw tooLarge(what, bytes.length, MOST_BYTES)
  const reader = new ByteReader(bytes, malformed(what))
  const algorithm = reader.u16()
  const isRsa = algorithm === ALG.rsassa || algorithm === ALG.rsapss
  if (!isRsa && algorithm !== ALG.ecdsa)
    throw reader.fail(`algorithm ${shown(algorithm)}; expected ECDSA, RSASSA or RSAPSS`)
  const hash = reader.u16()
  const parts = isRsa ? [reader.sized16(512)] : [reader.sized16(48), reader.sized16(48)]
  reader.end()
  return { algorithm, hash, parts }
}

/**
 * Checks a signature over `message` by the scheme of the key, never by the one that the signature names. Throws
 * `attestation.scheme`, `attestation.signature`.
 */
export async function verifySignature(area: PublicArea, signature: TpmSignature, message: Uint8Array): Promise<void> {
  const { scheme, key } = area
  const hash = hashOf(scheme?.hash ?? 0)
  const fits = scheme !== undefined && (scheme.algorithm === ALG.ecdsa) === (key.type === "ecc")
  if (!fits || hash === undefined || scheme.algorithm !== signature.algorithm || scheme.hash !== signature.hash) {
    const wanted = scheme === undefined ? "none" : `${shown(scheme.algorithm)} with hash ${shown(scheme.hash)}`
    const came = `${shown(signature.algorithm)} with hash ${shown(signature.hash)}`
    throw new E2eeError("attestation.scheme", `the signature is of scheme ${came}; the ${key.type} key's is ${wanted}`)
  }
  const holds =
    key.type === "ecc"
      ? await verifyElliptic(key, signature.parts, message, hash)
      : await verifyRsa({
          key,
          padding: scheme.algorithm === ALG.rsapss ? "PSS" : "PKCS1-v1_5",
          hash,
          message,
          signature: signature.parts[0] ?? new Uint8Array(),
        })
  if (!holds) throw new E2eeError("attestation.signature", "the signature over the quote is not the key's")
}

async function verifyElliptic(key: EccKey, parts: readonly Uint8Array[], message: Uint8Array, hash: Hash) {
  const [r, s] = parts.map((part) => leftPadded(part, key.x.length))
  if (r === undefined || s === undefined) return false
  const point = concatBytes(Uint8Array.of(4), key.x, key.y)
  return verifyEcdsa({ curve: key.curve, point, hash: hash.name, message, signature: concatBytes(r, s) })
}

/** Some TPMs leave leading zeros out; a part that is longer than the field, or begins with a needless zero, is none. */
function leftPadded(part: Uint8Array, length: number): Uint8Array | undefined {
  if (part.length === 0 || part.length > length || (part.length < length && part[0] === 0)) return undefined
  const padded = new Uint8Array(length)
  padded.set(part, length - part.length)
  return padded
}
