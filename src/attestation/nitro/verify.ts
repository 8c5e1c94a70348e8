import { sha256 } from "@noble/hashes/sha2.js"
import { concatBytes, equalBytes, fromHex, toHex } from "../../core/bytes.ts"
import { E2eeError, type ErrorCode } from "../../core/errors.ts"
import { nonceOf } from "../binding.ts"
import { verifyEcdsa } from "../ecdsa.ts"
import type { NitroEvidence } from "../evidence.ts"
import { attesterId, BANKS, KINDS, measurementKey } from "../facts.ts"
import type { AttestationKind, Expectation } from "../kind.ts"
import { pcrsOf } from "../tpm/attest.ts"
import type { QuoteFields } from "../verified.ts"
import { parseCertificate, type X509 } from "../x509/certificate.ts"
import { verifyPath } from "../x509/path.ts"
import { parseDocument, type NitroDocument } from "./document.ts"

/**
 * SHA-256 of the root of all Nitro enclaves (AWS_NitroEnclaves_Root-G1, DER), as AWS publishes it in its user guide,
 * "Verifying the root of trust": docs.aws.amazon.com/enclaves/latest/user/verify-root.html.
 */
export const NITRO_ROOT = fromHex("641A0321A3E244EFE456463195D606317ED7CDCC3C1756E09893F3C68F79BB5B") as Uint8Array

const KIND = KINDS["aws-nitro"]
/** COSE's ECDSA with SHA-384, the only one of these documents (RFC 9053, 2.1). */
const ES384 = -35
/** Of these the enclave's image is measured into the first; the fifth tells its parent instance. */
const [IMAGE, PARENT] = [0, 4] as const

/** Documents of AWS Nitro enclaves. */
export const nitroKind: AttestationKind<NitroEvidence> = { kind: KIND, place: "nonce of the document", verify }

async function verify(evidence: NitroEvidence, expectation: Expectation): Promise<QuoteFields> {
  const { binding, bank, mask } = expectation
  const document = parseDocument(evidence.document)
  const path = document.path.map((der, i) => parseCertificate(der, `certificate ${i} of the document`))
  await checkSignature(document, path[0] as X509) // first, for a forged document then costs no more than this
  const certified = await verifyPath(path, expectation.nitroRoots ?? [NITRO_ROOT])
  const attester = checkParent(document, binding.attester)
  checkBinding(document, nonceOf(binding))
  const registers = checkRegisters(document, expectation)
  const { chainId, registry, realm, role, policyEpoch } = binding
  return {
    kind: KIND,
    attester,
    bank,
    mask,
    measurement: measurementKey(KIND, bank, mask, sha256(concatBytes(...registers))),
    registers,
    chainId,
    registry,
    realm,
    role,
    policyEpoch,
    challengedAt: expectation.challengedAt,
    madeAt: document.timestamp,
    certified,
  }
}

async function checkSignature(document: NitroDocument, { key, keyUsage, pathLength }: X509): Promise<void> {
  const { algorithm, signed, signature } = document
  if (algorithm !== ES384)
    throw refusal("attestation.scheme", `COSE algorithm ${algorithm ?? "unknown"}; expected ${ES384}`)
  if (pathLength !== undefined || keyUsage?.has("digitalSignature") !== true)
    throw refusal("attestation.certificate", "the certificate of the document is a CA's, or its key may not sign")
  const asked = { curve: "P-384", point: key.bytes, hash: "SHA-384", message: signed, signature } as const
  if (key.curve !== "P-384" || !(await verifyEcdsa(asked)))
    throw refusal("attestation.signature", "the document is not signed by the key of its certificate")
}

function checkParent({ registers }: NitroDocument, expected: string) {
  const parent = registers.get(PARENT)
  if (parent?.length !== 48 || isZero(parent))
    throw refusal("attestation.attester", "the document names no parent instance")
  const id = attesterId(KIND, parent)
  if (id !== expected) throw refusal("attestation.attester", `the enclave's parent is ${id}; expected ${expected}`)
  return id
}

function checkBinding({ nonce, userData, publicKey }: NitroDocument, expected: Uint8Array): void {
  if (nonce === undefined || !equalBytes(nonce, expected))
    throw refusal(
      "attestation.binding",
      `the document is for ${nonce ? toHex(nonce) : "nobody"}; expected ${toHex(expected)}`,
    )
  // What nobody judges must not be taken for attested.
  if (userData !== undefined || publicKey !== undefined)
    throw refusal("attestation.binding", "the document carries user data or a public key; expected the nonce alone")
}

function checkRegisters({ digest, registers }: NitroDocument, { bank, mask }: Expectation): Uint8Array[] {
  if (digest !== "SHA384" || bank !== BANKS.sha384)
    throw refusal("attestation.bank", `registers of ${digest}; expected SHA384, and a policy for bank ${BANKS.sha384}`)
  const selected = pcrsOf(mask).map((pcr) => registers.get(pcr))
  if (mask <= 0 || selected.some((register) => register?.length !== 48))
    throw refusal("attestation.selection", `the document lacks registers of ${mask}, or has them by another hash`)
  const image = registers.get(IMAGE)
  if (image === undefined || isZero(image))
    throw refusal("attestation.measurement", "the enclave runs in debug mode, in which nothing is measured")
  return selected as Uint8Array[]
}

function isZero(bytes: Uint8Array): boolean {
  return bytes.every((byte) => byte === 0)
}

function refusal(code: ErrorCode, message: string): E2eeError {
  return new E2eeError(code, message)
}
