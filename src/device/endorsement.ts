import type { SealedCredential } from "../attestation/enrolment/credential.ts"
import { HIERARCHY } from "../attestation/tpm/public-area.ts"
import { sized16, u16, u32, u8 } from "../core/byte-writer.ts"
import { concatBytes } from "../core/bytes.ts"
import { ALG } from "../attestation/tpm/algorithms.ts"
import { flush, type LoadedKey } from "./keys.ts"
import { CERTIFICATE_INDEX, type EndorsementTemplate } from "./templates.ts"
import { PASSWORD, TpmRefusal, type Tpm } from "./tpm.ts"

const CC_START_AUTH_SESSION = 0x176
const CC_POLICY_SECRET = 0x151
const CC_ACTIVATE_CREDENTIAL = 0x147
const CC_NV_READ_PUBLIC = 0x169
const CC_NV_READ = 0x14e

const RH_NULL = 0x40000007
const SE_POLICY = 1
/** TPM_RC_HANDLE of the first handle: there is no such index. */
const NO_INDEX = 0x18b
/** Bytes of one NV_Read that every TPM gives, and of a certificate that is believed to be one. */
const READ_AT_ONCE = 512
const MOST_CERTIFICATE = 4_096

/**
 * Opens a credential: only the TPM that holds both the endorsement key and the attestation key that it was made for can.
 * Throws `device.refused` with TPM_RC_INTEGRITY otherwise.
 */
export async function activateCredential(
  tpm: Tpm,
  attestationKey: LoadedKey,
  endorsementKey: LoadedKey,
  { blob, seed }: SealedCredential,
): Promise<Uint8Array> {
  const session = await endorsementSession(tpm)
  try {
    const { parameters } = await tpm.send({
      name: "ActivateCredential",
      code: CC_ACTIVATE_CREDENTIAL,
      handles: [attestationKey.handle, endorsementKey.handle],
      sessions: [PASSWORD, session],
      parameters: concatBytes(sized16(blob), sized16(seed)),
    })
    const secret = parameters.sized16(64)
    parameters.end()
    return secret
  } finally {
    await flush(tpm, session)
  }
}

/** A policy session in which the endorsement hierarchy was authorised, as the policy of its keys asks. */
async function endorsementSession(tpm: Tpm): Promise<number> {
  const { handle: session, parameters } = await tpm.send({
    name: "StartAuthSession",
    code: CC_START_AUTH_SESSION,
    handles: [RH_NULL, RH_NULL],
    // A nonce has 16 bytes at least; it protects nothing here, where no session key is made.
    parameters: concatBytes(sized16(new Uint8Array(16)), sized16(), u8(SE_POLICY), u16(ALG.null), u16(ALG.sha256)),
    givesHandle: true,
  })
  parameters.sized16(64) // nonceTPM
  parameters.end()
  try {
    const answer = await tpm.send({
      name: "PolicySecret",
      code: CC_POLICY_SECRET,
      handles: [HIERARCHY.endorsement, session],
      sessions: [PASSWORD],
      // nonceTPM, cpHashA, policyRef: none; no expiration
      parameters: concatBytes(sized16(), sized16(), sized16(), u32(0)),
    })
    answer.parameters.sized16(64) // timeout
    answer.parameters.u16() // ticket: tag, hierarchy, digest
    answer.parameters.u32()
    answer.parameters.sized16(64)
    answer.parameters.end()
    return session
  } catch (error) {
    await flush(tpm, session)
    throw error
  }
}

/** The endorsement key's certificate (DER) as the maker left it in the TPM; undefined where there is none. */
export async function endorsementCertificate(tpm: Tpm, template: EndorsementTemplate): Promise<Uint8Array | undefined> {
  const index = CERTIFICATE_INDEX[template]
  let size: number
  try {
    size = await indexSize(tpm, index)
  } catch (error) {
    if (error instanceof TpmRefusal && error.responseCode === NO_INDEX) return undefined
    throw error
  }
  const chunks: Uint8Array[] = []
  for (let at = 0; at < size; at += READ_AT_ONCE) {
    const { parameters } = await tpm.send({
      name: "NV_Read",
      code: CC_NV_READ,
      handles: [index, index],
      sessions: [PASSWORD],
      parameters: concatBytes(u16(Math.min(READ_AT_ONCE, size - at)), u16(at)),
    })
    chunks.push(parameters.sized16(READ_AT_ONCE))
    parameters.end()
  }
  return trimmed(concatBytes(...chunks))
}

async function indexSize(tpm: Tpm, index: number): Promise<number> {
  const { parameters } = await tpm.send({ name: "NV_ReadPublic", code: CC_NV_READ_PUBLIC, handles: [index] })
  const area = parameters.sized16(parameters.left)
  parameters.sized16(66) // name
  parameters.end()
  const size = ((area.at(-2) ?? 0) << 8) | (area.at(-1) ?? 0) // the last field of TPMS_NV_PUBLIC
  if (size > MOST_CERTIFICATE)
    throw parameters.fail(`a certificate of ${size} bytes; expected at most ${MOST_CERTIFICATE}`)
  return size
}

/** Some makers fill the index up: a DER sequence says where it ends. */
function trimmed(bytes: Uint8Array): Uint8Array {
  const [tag = 0, length = 0, high = 0, low = 0] = bytes
  const end = tag === 0x30 && length === 0x82 ? 4 + ((high << 8) | low) : bytes.length
  return bytes.slice(0, Math.min(end, bytes.length))
}
