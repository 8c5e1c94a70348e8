import { capabilityNames, type Capability } from "../certificate/capabilities.ts"
import type { Address } from "../core/address.ts"
import type { Hex } from "../core/bytes.ts"
import type { TrustSource } from "./facts.ts"

/** A peer whose chain passed every rule. */
export interface DelegateFields {
  /** The delegate's address. */
  readonly address: Address
  /** The operator CA that stands for it; the realm's root where no operator is on the path. */
  readonly operator: Address
  readonly realm: Address
  /** Bit set of its authority certificate. */
  readonly capabilityBits: bigint
  /** Its Ed25519 session key, 32 bytes. */
  readonly csPubKey: Hex
  readonly source: TrustSource
  /** Digests of the chain's certificates, delegate first. */
  readonly digests: readonly Hex[]
}

const MINT = Symbol("mint")

/** The type that key grants ask for: only {@link mintVerifiedDelegate}, which the chain rules alone call, makes one. */
export class VerifiedDelegate implements DelegateFields {
  readonly address: Address
  readonly operator: Address
  readonly realm: Address
  readonly capabilityBits: bigint
  readonly csPubKey: Hex
  readonly source: TrustSource
  readonly digests: readonly Hex[]

  /** @internal */
  constructor(mint: typeof MINT, fields: DelegateFields) {
    if (mint !== MINT) throw new TypeError("a VerifiedDelegate is made by the chain rules alone")
    this.address = fields.address
    this.operator = fields.operator
    this.realm = fields.realm
    this.capabilityBits = fields.capabilityBits
    this.csPubKey = fields.csPubKey
    this.source = fields.source
    this.digests = fields.digests
    Object.freeze(this)
  }

  get capabilities(): Capability[] {
    return capabilityNames(this.capabilityBits)
  }
}

/** @internal for judge.ts alone; a test checks that nothing else imports it. */
export function mintVerifiedDelegate(fields: DelegateFields): VerifiedDelegate {
  return new VerifiedDelegate(MINT, fields)
}
