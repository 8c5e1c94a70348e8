import { addressOf, type Address } from "../core/address.ts"
import { fromHex } from "../core/bytes.ts"
import { encodeCbor } from "../payload/cbor.ts"
import { Fields } from "./fields.ts"

/**
 * What one side of a grant asks of the other's platform: CBOR
 *
 *   [challenge, chain id, registry, policy epoch, [kind, …], bank, PCR mask, maximum age]
 *
 * Realm and role are those of the grant: both sides know them, and evidence for others is of another binding.
 */
export interface Demand {
  /** 32 bytes, good for one answer. */
  readonly challenge: Uint8Array
  readonly chainId: bigint
  /** The AttestationRegistry. */
  readonly registry: Address
  /** Of the policy for the role, with what it asks: see `AttestationPolicy`. */
  readonly epoch: bigint
  readonly kinds: readonly number[]
  readonly bank: number
  readonly mask: number
  /** Seconds. */
  readonly maximumAge: number
}

const WHAT = "a demand for evidence"
const FIELDS = 8
const MAX_KINDS = 16

export function encodeDemand(demand: Demand): Uint8Array {
  const { challenge, chainId, registry, epoch, kinds, bank, mask, maximumAge } = demand
  return encodeCbor([challenge, chainId, fromHex(registry), epoch, kinds, bank, mask, maximumAge])
}

/** Throws `keys.grant_malformed`. */
export function parseDemand(bytes: Uint8Array): Demand {
  const fields = new Fields(bytes, WHAT, [FIELDS])
  return {
    challenge: fields.bytes(0, "challenge", 32),
    chainId: fields.uint(1, "chain id"),
    registry: addressOf(fields.bytes(2, "registry", 20)),
    epoch: fields.uint(3, "epoch"),
    kinds: fields.list(4, "kinds", MAX_KINDS).map((kind) => {
      if (typeof kind === "number" && Number.isSafeInteger(kind) && kind >= 0) return kind
      throw fields.malformed("a kind is no count")
    }),
    bank: fields.count(5, "bank"),
    mask: fields.count(6, "mask"),
    maximumAge: fields.count(7, "maximum age"),
  }
}
