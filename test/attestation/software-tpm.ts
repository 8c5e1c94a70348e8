import { p256 } from "@noble/curves/nist.js"
import { sha256 } from "@noble/hashes/sha2.js"
import type { TpmEvidence } from "../../src/attestation/evidence.ts"
import { attesterId, KINDS, measurementKey, type Bank } from "../../src/attestation/facts.ts"
import type { Attester } from "../../src/attestation/kind.ts"
import { ALG } from "../../src/attestation/tpm/algorithms.ts"
import { ATTEST_QUOTE, pcrsOf, TPM_GENERATED } from "../../src/attestation/tpm/attest.ts"
import { HIERARCHY, nameOf, OBJECT, parsePublic, qualifiedName } from "../../src/attestation/tpm/public-area.ts"
import { sized16, u16, u32, u64, u8 } from "../../src/core/byte-writer.ts"
import { concatBytes, utf8ToBytes, type Hex } from "../../src/core/bytes.ts"

const ATTRIBUTES =
  OBJECT.fixedTPM |
  OBJECT.fixedParent |
  OBJECT.sensitiveDataOrigin |
  OBJECT.userWithAuth |
  OBJECT.restricted |
  OBJECT.sign
const P256 = 0x0003
const TPM = KINDS["tpm-2.0"]

/** The quotes of a TPM 2.0 with registers of SHA-256, made in JavaScript: what verification cannot tell from a real one. */
export class SoftwareTpm implements Attester<TpmEvidence> {
  readonly kind = TPM
  readonly keyName: Uint8Array
  readonly id: Hex
  /** Quotes that were made. */
  made = 0
  resetCount = 1
  restartCount = 0
  /** Milliseconds of power. */
  clock = 1_000_000n
  readonly #secret: Uint8Array
  readonly #publicArea: Uint8Array
  #registers = Array.from({ length: 24 }, () => new Uint8Array(32))

  /** @param name gives the key: the same one for the same name */
  constructor(name: string) {
    this.#secret = sha256(utf8ToBytes(`attestation key of ${name}`))
    const point = p256.getPublicKey(this.#secret, false)
    this.#publicArea = concatBytes(
      concatBytes(u16(ALG.ecc), u16(ALG.sha256), u32(ATTRIBUTES), sized16()),
      concatBytes(u16(ALG.null), u16(ALG.ecdsa), u16(ALG.sha256), u16(P256), u16(ALG.null)),
      concatBytes(sized16(point.slice(1, 33)), sized16(point.slice(33))),
    )
    this.keyName = nameOf(parsePublic(this.#publicArea))
    this.id = attesterId(TPM, this.keyName)
  }

  extend(pcr: number, what: string): void {
    this.#registers[pcr] = sha256(concatBytes(this.#registers[pcr] as Uint8Array, sha256(utf8ToBytes(what))))
  }

  /** Turns the machine off and on. */
  restart(): void {
    this.#registers = Array.from({ length: 24 }, () => new Uint8Array(32))
    this.resetCount++
    this.restartCount = 0
  }

  /** The registry's key of what the registers of a mask hold. */
  measurement(bank: Bank, mask: number): Hex {
    return measurementKey(TPM, bank, mask, sha256(concatBytes(...this.#selected(mask))))
  }

  async attest(
    nonce: Uint8Array,
    { bank, mask }: { readonly bank: Bank; readonly mask: number },
  ): Promise<TpmEvidence> {
    this.made++
    this.clock += 5n
    const registers = this.#selected(mask)
    const statement = concatBytes(
      concatBytes(u32(TPM_GENERATED), u16(ATTEST_QUOTE)),
      sized16(qualifiedName(u32(HIERARCHY.endorsement), this.keyName)),
      sized16(nonce),
      concatBytes(u64(this.clock), u32(this.resetCount), u32(this.restartCount), u8(1), u64(7n)),
      concatBytes(u32(1), u16(bank), u8(3), u32(mask).slice(1).toReversed()),
      sized16(sha256(concatBytes(...registers))),
    )
    const raw = p256.sign(sha256(statement), this.#secret, { prehash: false, lowS: false })
    const signature = concatBytes(
      concatBytes(u16(ALG.ecdsa), u16(ALG.sha256)),
      concatBytes(sized16(raw.slice(0, 32)), sized16(raw.slice(32))),
    )
    return { kind: TPM, publicArea: this.#publicArea, statement, signature, above: [], registers }
  }

  #selected(mask: number): Uint8Array[] {
    return pcrsOf(mask).map((pcr) => this.#registers[pcr] as Uint8Array)
  }
}
