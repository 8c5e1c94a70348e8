import type { Address } from "../core/address.ts"
import type { Hex } from "../core/bytes.ts"
import type { AttestationSource, Bank, Kind } from "./facts.ts"
import type { FirmwareEvent } from "./log/firmware.ts"
import type { ImaEntry } from "./log/ima.ts"
import type { ClockReading } from "./tpm/attest.ts"

/** What evidence says that is what it seems: signed by the platform, for this very session. */
export interface QuoteFields {
  readonly kind: Kind
  /** Id of the attestation key or enclave's parent, 32 bytes (`attesterId`). */
  readonly attester: Hex
  readonly bank: Bank
  /** Bit n for register n. */
  readonly mask: number
  /** The registry's key of the measurement, 32 bytes (`measurementKey`). */
  readonly measurement: Hex
  /** Values of the registers of the mask, lowest register first. */
  readonly registers: readonly Uint8Array[]
  /** Where it was made for. */
  readonly chainId: bigint
  readonly registry: Address
  readonly realm: Address
  readonly role: Hex
  readonly policyEpoch: bigint
  /** POSIX milliseconds at which the challenge was given: the evidence is not older. */
  readonly challengedAt: number
  /** POSIX milliseconds that the platform itself states. */
  readonly madeAt?: number
  /** POSIX milliseconds between which the vendor's certificates count. */
  readonly certified?: { readonly from: number; readonly until: number }
  /** Of a TPM. */
  readonly clock?: ClockReading
  /** Of a TPM: its own firmware, not the machine's. */
  readonly firmware?: bigint
  /** Events that led to the quoted registers, where the logs were shown. */
  readonly firmwareEvents?: readonly FirmwareEvent[]
  readonly imaEntries?: readonly ImaEntry[]
}

const MINT = Symbol("mint")

/** Evidence that was verified: {@link mintVerifiedQuote}, which `verify` alone calls, makes one. Nothing is granted for it. */
export class VerifiedQuote {
  readonly fields: QuoteFields

  /** @internal */
  constructor(mint: typeof MINT, fields: QuoteFields) {
    if (mint !== MINT) throw new TypeError("a VerifiedQuote is made by verify alone")
    this.fields = Object.freeze({ ...fields })
    Object.freeze(this)
  }
}

/** @internal for verify.ts alone; a test checks that nothing else imports it. */
export function mintVerifiedQuote(fields: QuoteFields): VerifiedQuote {
  return new VerifiedQuote(MINT, fields)
}

/** A peer's platform that runs what its realm accepts. */
export interface PlatformFields {
  /** The peer whose platform it is. */
  readonly delegate: Address
  readonly kind: Kind
  /** 32 bytes each, see {@link QuoteFields}. */
  readonly attester: Hex
  readonly measurement: Hex
  readonly chainId: bigint
  readonly registry: Address
  readonly realm: Address
  readonly role: Hex
  readonly policyEpoch: bigint
  readonly source: AttestationSource
  /** POSIX milliseconds from which it has to be attested again. */
  readonly validUntil: number
  /** To be kept, and given to the next appraisal of the same peer. */
  readonly clock?: ClockReading
  readonly firmware?: bigint
}

/** The type that a policy asks for: {@link mintVerifiedPlatform}, which `appraise` alone calls, makes one. */
export class VerifiedPlatform implements PlatformFields {
  readonly delegate: Address
  readonly kind: Kind
  readonly attester: Hex
  readonly measurement: Hex
  readonly chainId: bigint
  readonly registry: Address
  readonly realm: Address
  readonly role: Hex
  readonly policyEpoch: bigint
  readonly source: AttestationSource
  readonly validUntil: number
  readonly clock?: ClockReading
  readonly firmware?: bigint

  /** @internal */
  constructor(mint: typeof MINT, fields: PlatformFields) {
    if (mint !== MINT) throw new TypeError("a VerifiedPlatform is made by appraise alone")
    this.delegate = fields.delegate
    this.kind = fields.kind
    this.attester = fields.attester
    this.measurement = fields.measurement
    this.chainId = fields.chainId
    this.registry = fields.registry
    this.realm = fields.realm
    this.role = fields.role
    this.policyEpoch = fields.policyEpoch
    this.source = fields.source
    this.validUntil = fields.validUntil
    if (fields.clock !== undefined) this.clock = fields.clock
    if (fields.firmware !== undefined) this.firmware = fields.firmware
    Object.freeze(this)
  }
}

/** @internal for appraise.ts alone; a test checks that nothing else imports it. */
export function mintVerifiedPlatform(fields: PlatformFields): VerifiedPlatform {
  return new VerifiedPlatform(MINT, fields)
}
