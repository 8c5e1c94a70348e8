import { keccak_256 } from "@noble/hashes/sha3.js"
import type { Address } from "../core/address.ts"
import { concatBytes, fromHex, type Hex, toHex, utf8ToBytes } from "../core/bytes.ts"
import { E2eeError } from "../core/errors.ts"

/** How a platform proves what it runs, by the number that the registry has for it. */
export const KINDS = { "tpm-2.0": 1, "aws-nitro": 2 } as const

export type Kind = (typeof KINDS)[keyof typeof KINDS]

/** The hash of a bank of PCRs, by its id in the TCG Algorithm Registry. SHA-1 (0x0004) is refused everywhere. */
export const BANKS = { sha256: 0x000b, sha384: 0x000c, sha512: 0x000d } as const

export type Bank = (typeof BANKS)[keyof typeof BANKS]

/** Bytes of one PCR of a bank, and of the hash in a key's Name. */
export const BANK_LENGTHS: Readonly<Record<Bank, number>> = { 0x000b: 32, 0x000c: 48, 0x000d: 64 }

/**
 * PCRs that may be asked for, bit n for PCR n. A TPM has 0 to 23; 16 (debug) and 23 (application) can be reset by anybody
 * who is logged in, and are refused. Of an enclave's PCRs a document states 0 to 15.
 */
export const MASKS: Readonly<Record<Kind, number>> = { 1: 0x7e_ff_ff, 2: 0xff_ff }

/**
 * Where facts come from. Structurally an on-chain source of trust: one node believed in everything (`single-rpc`), or
 * every slot proven against a block that nodes agreed on (`quorum`), a verifying provider vouched for (`light-client`) or
 * the application named (`pinned`).
 */
export interface AttestationSource {
  readonly model: "on-chain"
  readonly level: "single-rpc" | "quorum" | "light-client" | "pinned"
  /** Block of what speaks against a platform, and of the policy: the newest. */
  readonly block: bigint
  readonly blockHash?: Hex
  /** Block of what speaks for a platform, as deep below the newest as policy asks. */
  readonly safeBlock: bigint
}

/** What a realm asks of the platforms of one role. Its epoch is bound into every quote. */
export interface AttestationPolicy {
  /** Whether a peer in the role without evidence is refused. True, too, while only the safe block still says so. */
  readonly required: boolean
  /** Never empty, ascending. */
  readonly kinds: readonly Kind[]
  readonly bank: Bank
  /** PCRs that a quote must select, exactly these: bit n for PCR n. Never zero, within {@link MASKS} of each kind. */
  readonly mask: number
  /** Greatest age of evidence in seconds, never 0. */
  readonly maximumAge: bigint
  /**
   * Grows by one with every change of a policy of the realm, every revocation, and every replacement of what stood in the
   * registry; never shrinks. One number per realm: whoever sees it unchanged knows that nothing was taken away.
   */
  readonly epoch: bigint
  /** Hash of the document that explains the policy, 32 bytes; zero for none. */
  readonly document: Hex
}

/** An enrolled attestation key, found by {@link attesterId}. */
export interface AttesterFacts {
  /** The delegate whose platform the key speaks for, and no other (cuckoo). */
  readonly delegate: Address
  /** POSIX seconds from which it counts. */
  readonly notBefore: bigint
  /** POSIX seconds from which it no longer counts. */
  readonly notAfter: bigint
  /** Final. */
  readonly revoked: boolean
  /** False while it stands, as it is, only in blocks that policy does not yet believe. */
  readonly confirmed: boolean
}

/** A measurement that a realm accepts for a role, found by {@link measurementKey}. */
export interface MeasurementFacts {
  /** POSIX seconds from which it counts. */
  readonly notBefore: bigint
  /** POSIX seconds from which it no longer counts. */
  readonly notAfter: bigint
  /** Final. */
  readonly revoked: boolean
  /** Hash of the document that explains the measurement, 32 bytes; zero for none. */
  readonly document: Hex
  /** False while it stands, as it is, only in blocks that policy does not yet believe. */
  readonly confirmed: boolean
}

/** What is believed about one platform, all of it as of one moment: gathered by an edge, judged by a pure function. */
export interface AttestationFacts {
  readonly source: AttestationSource
  readonly chainId: bigint
  /** The AttestationRegistry. */
  readonly registry: Address
  readonly realm: Address
  /** See {@link roleOf}. */
  readonly role: Hex
  /** What was asked for: facts about another key or measurement prove nothing. */
  readonly attesterId: Hex
  readonly measurementKey: Hex
  /** Absent while none was ever set for the role; once set, a policy can be changed and never removed. */
  readonly policy?: AttestationPolicy
  /** Absent when no such key was ever enrolled or revoked. One that was revoked unseen has the zero delegate. */
  readonly attester?: AttesterFacts
  /** Absent when no such measurement was ever added or revoked. */
  readonly measurement?: MeasurementFacts
}

/** A role's name in the registry, 32 bytes: keccak256 of its UTF-8. */
export function roleOf(name: string): Hex {
  if (name === "") throw new E2eeError("usage.invalid", "A role has no name. Give it one, such as `provider`.")
  return toHex(keccak_256(utf8ToBytes(name)))
}

/**
 * The registry's id of an attestation key, 32 bytes: keccak256(kind as one byte || Name). Of a TPM the Name is the one
 * that the TPM 2.0 Library, part 1, section 16 computes from the public area: 2 bytes of algorithm, then 32, 48 or 64 of
 * hash. Of a Nitro enclave it is the 48 bytes of PCR4, which tell its parent instance from every other.
 */
export function attesterId(kind: Kind, name: Uint8Array): Hex {
  if (!isKeyName(kind, name)) {
    const wanted =
      kind === KINDS["tpm-2.0"] ? "000b, 000c or 000d with 32, 48 or 64 bytes behind it" : "48 bytes (PCR4)"
    throw new E2eeError("usage.invalid", `The key Name ${toHex(name)} is none of kind ${kind}: it is ${wanted}.`)
  }
  return toHex(keccak_256(concatBytes(Uint8Array.of(kind), name)))
}

/** Whether bytes have the shape of a key's Name. A Name by SHA-1 has not. */
export function isKeyName(kind: Kind, name: Uint8Array): boolean {
  if (kind === KINDS["aws-nitro"]) return name.length === 48
  const algorithm = name.length > 2 ? ((name[0] ?? 0) << 8) | (name[1] ?? 0) : 0
  return isBank(algorithm) && name.length === 2 + BANK_LENGTHS[algorithm]
}

/**
 * The registry's key of a measurement, 32 bytes: keccak256(abi.encode(uint8 kind, uint16 bank, uint32 mask, bytes32
 * digest)). The digest is SHA-256 over the selected PCRs of the bank, ascending, one behind the other: for a TPM key that
 * signs with SHA-256 it is the pcrDigest of its quotes; of any other key or kind it is computed from the PCRs themselves.
 */
export function measurementKey(kind: Kind, bank: Bank, mask: number, digest: Uint8Array | Hex): Hex {
  const bytes = typeof digest === "string" ? fromHex(digest, 32) : digest
  if (bytes?.length !== 32) {
    throw new E2eeError("usage.invalid", `The digest of a measurement is 32 bytes, not ${String(digest)}.`)
  }
  if (!isSelection(kind, bank, mask)) {
    throw new E2eeError(
      "usage.invalid",
      `Bank 0x${bank.toString(16)} with the PCR mask 0x${mask.toString(16)} is nothing that kind ${kind} may be asked ` +
        `for. A TPM has banks 0xb, 0xc, 0xd and masks within 0x7effff; a Nitro enclave has bank 0xc and masks within 0xffff.`,
    )
  }
  return toHex(keccak_256(concatBytes(word(kind), word(bank), word(mask), bytes)))
}

/** Whether a kind of platform may be asked for these PCRs: at least one, all of them its own, none that can be reset. */
export function isSelection(kind: Kind, bank: number, mask: number): boolean {
  const allowed = MASKS[kind]
  const isSubset = Number.isInteger(mask) && mask > 0 && mask <= allowed && (mask & ~allowed) === 0
  return isSubset && (kind === KINDS["aws-nitro"] ? bank === BANKS.sha384 : isBank(bank))
}

export function isBank(algorithm: number): algorithm is Bank {
  return algorithm === BANKS.sha256 || algorithm === BANKS.sha384 || algorithm === BANKS.sha512
}

/** A small number as a word of 32 bytes. */
function word(value: number): Uint8Array {
  const bytes = new Uint8Array(32)
  new DataView(bytes.buffer).setUint32(28, value)
  return bytes
}
