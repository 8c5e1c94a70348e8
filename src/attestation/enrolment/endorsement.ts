import { equalBytes, toHex } from "../../core/bytes.ts"
import { E2eeError } from "../../core/errors.ts"
import { nameOf, OBJECT, type PublicArea } from "../tpm/public-area.ts"
import { EC_PUBLIC_KEY, parseCertificate, type X509 } from "../x509/certificate.ts"
import { buildPath, verifyPath } from "../x509/path.ts"

/** What an operator trusts to tell real TPMs from others. */
export interface EndorsementTrust {
  /** Certificates (DER) of makers of TPMs: those that are pinned, and those between them and the TPM's own. */
  readonly roots: readonly Uint8Array[]
  readonly intermediates: readonly Uint8Array[]
  /** Names of endorsement keys that the operator read from the machines himself: of TPMs that have no certificate. */
  readonly keys: readonly Uint8Array[]
}

/** tcg-kp-EKCertificate (EK Credential Profile 2.6, 3.2). */
const EK_PURPOSE = "2.23.133.8.1"

/**
 * Whether an endorsement key is a real TPM's: by the maker's certificate, or because the operator knows the key. Throws
 * `attestation.key_attributes`, `attestation.certificate`, and what parsing throws.
 * @param certificate DER, where the TPM has one @param now POSIX milliseconds
 */
export async function checkEndorsement(
  area: PublicArea,
  certificate: Uint8Array | undefined,
  trust: EndorsementTrust,
  now: number,
): Promise<void> {
  checkAttributes(area)
  if (trust.keys.some((name) => equalBytes(name, nameOf(area)))) return
  if (certificate === undefined)
    throw refusal(
      `the TPM has no endorsement certificate, and its key ${toHex(nameOf(area))} is not one that was noted`,
    )
  const leaf = parseCertificate(certificate, "the endorsement certificate")
  const roots = trust.roots.map((der, i) => parseCertificate(der, `root ${i}`))
  const others = trust.intermediates.map((der, i) => parseCertificate(der, `intermediate certificate ${i}`))
  const path = await buildPath(leaf, [...roots, ...others])
  const { from, until } = await verifyPath(
    path,
    roots.map(({ fingerprint }) => fingerprint),
  )
  if (now < from || now > until)
    throw refusal(`its certificates count from ${new Date(from).toISOString()} to ${new Date(until).toISOString()}`)
  checkPurpose(leaf)
  if (!isOf(leaf, area)) throw refusal("the endorsement certificate is of another key")
}

/** A storage key that cannot leave its TPM, and that nobody can use to sign. */
function checkAttributes({ attributes }: PublicArea): void {
  const wanted = ["fixedTPM", "fixedParent", "sensitiveDataOrigin", "restricted", "decrypt"] as const
  const missing = wanted.filter((name) => (attributes & OBJECT[name]) === 0)
  if (missing.length > 0 || (attributes & OBJECT.sign) !== 0)
    throw new E2eeError(
      "attestation.key_attributes",
      `the endorsement key ${missing.length > 0 ? `lacks ${missing.join(", ")}` : "may sign"}`,
    )
}

function checkPurpose({ pathLength, keyUsage, extendedKeyUsage, key }: X509): void {
  if (pathLength !== undefined) throw refusal("the endorsement certificate is a CA's")
  if (extendedKeyUsage?.has(EK_PURPOSE) !== true)
    throw refusal(`the certificate is not for endorsement (${EK_PURPOSE})`)
  const usage = key.algorithm === EC_PUBLIC_KEY ? "keyAgreement" : "keyEncipherment"
  if (keyUsage?.has(usage) !== true) throw refusal(`the certificate's key usage lacks ${usage}`)
}

/** The key of the certificate is the TPM's. */
function isOf({ key }: X509, { key: tpmKey }: PublicArea): boolean {
  if (tpmKey.type === "ecc") {
    if (key.algorithm !== EC_PUBLIC_KEY) return false
    return equalBytes(key.bytes, Uint8Array.of(4, ...tpmKey.x, ...tpmKey.y))
  }
  // RSAPublicKey (RFC 8017, A.1.1): the modulus with its sign byte, then the exponent 65537.
  const { modulus } = tpmKey
  const tail = Uint8Array.of(0, ...modulus, 2, 3, 1, 0, 1)
  return key.algorithm !== EC_PUBLIC_KEY && equalBytes(key.bytes.slice(-tail.length), tail)
}

function refusal(reason: string): E2eeError {
  return new E2eeError("attestation.certificate", `no TPM of a maker that is trusted: ${reason}`)
}
