import { u16, u32, sized16 } from "../core/byte-writer.ts"
import { concatBytes, fromHex, utf8ToBytes } from "../core/bytes.ts"
import { sha256 } from "@noble/hashes/sha2.js"
import { ALG } from "../attestation/tpm/algorithms.ts"
import { OBJECT } from "../attestation/tpm/public-area.ts"

/** TPMT_PUBLIC of keys that a TPM makes from its seed: the same template gives the same key, until the TPM is cleared. */

const P256 = 0x0003
const RSA_BITS = 2_048
/** PolicySecret of the endorsement hierarchy: the policy of endorsement keys (EK Credential Profile 2.6, B.3.2). */
const ENDORSEMENT_POLICY = fromHex("837197674484b3f81a90cc8d46a5d724fd52d76e06520b64f2a1da1b331469aa") as Uint8Array

const EK_ATTRIBUTES =
  OBJECT.fixedTPM |
  OBJECT.fixedParent |
  OBJECT.sensitiveDataOrigin |
  OBJECT.adminWithPolicy |
  OBJECT.restricted |
  OBJECT.decrypt
const AK_ATTRIBUTES =
  OBJECT.fixedTPM |
  OBJECT.fixedParent |
  OBJECT.sensitiveDataOrigin |
  OBJECT.userWithAuth |
  OBJECT.restricted |
  OBJECT.sign

export type EndorsementTemplate = "L-1" | "L-2"

/** Where the TPM's maker put the certificate of the key (EK Credential Profile 2.6, 2.2.1.4). */
export const CERTIFICATE_INDEX: Readonly<Record<EndorsementTemplate, number>> = { "L-1": 0x01c00002, "L-2": 0x01c0000a }

const AES_128_CFB = concatBytes(u16(ALG.aes), u16(128), u16(ALG.cfb))

/** The endorsement key: RSA 2048 for L-1, ECC P-256 for L-2 (EK Credential Profile 2.6, B.3.3 and B.3.4). */
export function endorsementTemplate(template: EndorsementTemplate): Uint8Array {
  const type = template === "L-1" ? ALG.rsa : ALG.ecc
  const head = concatBytes(u16(type), u16(ALG.sha256), u32(EK_ATTRIBUTES), sized16(ENDORSEMENT_POLICY), AES_128_CFB)
  if (template === "L-1") {
    const parameters = concatBytes(u16(ALG.null), u16(RSA_BITS), u32(0))
    return concatBytes(head, parameters, sized16(new Uint8Array(RSA_BITS / 8)))
  }
  const parameters = concatBytes(u16(ALG.null), u16(P256), u16(ALG.null))
  return concatBytes(head, parameters, sized16(new Uint8Array(32)), sized16(new Uint8Array(32)))
}

/**
 * An attestation key: restricted, so that it signs nothing but what the TPM itself states. `purpose` gives a key of its
 * own to each use: what one signs is nothing to another.
 */
export function attestationTemplate(purpose: string): Uint8Array {
  return concatBytes(
    concatBytes(u16(ALG.ecc), u16(ALG.sha256), u32(AK_ATTRIBUTES), sized16()),
    concatBytes(u16(ALG.null), u16(ALG.ecdsa), u16(ALG.sha256), u16(P256), u16(ALG.null)),
    concatBytes(sized16(sha256(utf8ToBytes(`wamp-e2ee attestation key\0${purpose}`))), sized16()),
  )
}
