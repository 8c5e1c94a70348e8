import { equalBytes, toHex, type Hex } from "../../core/bytes.ts"
import { E2eeError } from "../../core/errors.ts"
import { attesterId, KINDS } from "../facts.ts"
import { nameOf, parsePublic } from "../tpm/public-area.ts"
import { checkAttributes } from "../tpm/verify.ts"
import { makeCredential, SECRET_LENGTH, type SealedCredential } from "./credential.ts"
import { checkEndorsement, type EndorsementTrust } from "./endorsement.ts"

/** What a machine shows of its TPM to be enrolled. Nothing of it is believed before the credential came back. */
export interface EnrolmentOffer {
  /** TPMT_PUBLIC of the endorsement key. */
  readonly endorsementKey: Uint8Array
  /** DER, where the maker left one. */
  readonly endorsementCertificate?: Uint8Array
  /** TPMT_PUBLIC of the attestation key. */
  readonly attestationKey: Uint8Array
}

/** An attestation key that is in a real TPM: to be anchored for a delegate. */
export interface EnrolledKey {
  /** `attesterId` of the key, 32 bytes. */
  readonly attester: Hex
  /** nameAlg (2) || digest. */
  readonly keyName: Uint8Array
}

/** A machine has this long to answer, in milliseconds. */
export const ENROLMENT_LIFE_MS = 10 * 60_000

/**
 * One enrolment, at the operator's: `begin` judges the offer and seals a secret, the machine opens it, `complete` compares.
 * It is `open` until the first answer, right or wrong, or until its time is over; then it is `over`.
 */
export class Enrolment {
  /** To be sent to the machine. */
  readonly credential: SealedCredential
  readonly #key: EnrolledKey
  readonly #began: number
  #secret: Uint8Array | undefined

  private constructor(key: EnrolledKey, credential: SealedCredential, secret: Uint8Array, began: number) {
    this.credential = credential
    this.#key = key
    this.#secret = secret
    this.#began = began
  }

  get state(): "open" | "over" {
    return this.#secret === undefined ? "over" : "open"
  }

  /** @param random 64 fresh bytes @param now POSIX milliseconds. Throws `attestation.*`. */
  static async begin(
    offer: EnrolmentOffer,
    trust: EndorsementTrust,
    random: Uint8Array,
    now: number,
  ): Promise<Enrolment> {
    if (random.length !== 2 * SECRET_LENGTH)
      throw new E2eeError("usage.invalid", `${random.length} random bytes; expected ${2 * SECRET_LENGTH}`)
    const endorsementKey = parsePublic(offer.endorsementKey)
    const attestationKey = parsePublic(offer.attestationKey)
    checkAttributes(attestationKey)
    await checkEndorsement(endorsementKey, offer.endorsementCertificate, trust, now)
    const keyName = nameOf(attestationKey)
    const secret = random.slice(0, SECRET_LENGTH)
    const credential = await makeCredential(endorsementKey, keyName, secret, random.slice(SECRET_LENGTH))
    return new Enrolment({ attester: attesterId(KINDS["tpm-2.0"], keyName), keyName }, credential, secret, now)
  }

  /** The enrolled key, where `answer` is what the credential holds. Throws `attestation.activation`; there is one try. */
  complete(answer: Uint8Array, now: number): EnrolledKey {
    const secret = this.#secret
    this.#secret = undefined
    if (secret === undefined) throw activation("the enrolment is over; begin another")
    if (now < this.#began || now - this.#began > ENROLMENT_LIFE_MS)
      throw activation(`the answer came after ${now - this.#began} ms; expected at most ${ENROLMENT_LIFE_MS}`)
    if (!equalBytes(answer, secret))
      throw activation(`the TPM did not open the credential for key ${toHex(this.#key.keyName)}`)
    return this.#key
  }
}

function activation(reason: string): E2eeError {
  return new E2eeError("attestation.activation", reason)
}
