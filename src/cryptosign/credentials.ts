import { parseAddress, type Address } from "../core/address.ts"
import { toHex, type Hex } from "../core/bytes.ts"
import { parseWireHex, wireHex } from "./proof.ts"

/**
 * What a client (in HELLO) or a router (in CHALLENGE) says of itself: claims until the key is proven and the
 * certificates are judged.
 */
export interface Credentials {
  /** Ed25519 public key, 32 bytes. */
  readonly publicKey: Hex
  /** The certificate chain as it came, delegate first, unparsed; empty where none was shown. */
  readonly certificates: readonly unknown[]
  /** The root that the chain is said to end in. */
  readonly trustroot: Address | undefined
}

/**
 * Most that credentials may weigh: a character, a byte and a key's character count 1 each, any other value 8. A chain of
 * eight certificates weighs about 16,000.
 */
export const MAX_WEIGHT = 65_536
const MAX_DEPTH = 16

/** Reads `pubkey`, `trustroot` and `certificates` of an authextra or CHALLENGE.Extra. Throws TypeError with the reason. */
export function parseCredentials(extra: unknown): Credentials {
  if (!isDictionary(extra)) throw new TypeError("the credentials are no dictionary")
  if (weigh(extra, MAX_WEIGHT, MAX_DEPTH) === Infinity) throw new TypeError("the credentials are too large")
  const { pubkey, trustroot, certificates } = extra
  const key = parseWireHex(pubkey, 32)
  if (key === undefined) throw new TypeError("pubkey is not 64 hex digits")
  const root = typeof trustroot === "string" ? parseAddress(trustroot) : undefined
  if (isGiven(trustroot) && root === undefined) throw new TypeError("trustroot is no address")
  if (isGiven(certificates) && !Array.isArray(certificates)) throw new TypeError("certificates is no list")
  return { publicKey: toHex(key), certificates: Array.isArray(certificates) ? certificates : [], trustroot: root }
}

/** The same three as the wire has them; certificates in the specification's form. */
export function credentialsToWire({ publicKey, certificates, trustroot }: Credentials): Record<string, unknown> {
  const key = parseWireHex(publicKey.slice(2), 32)
  return {
    pubkey: key && wireHex(key),
    ...(trustroot === undefined ? {} : { trustroot }),
    ...(certificates.length === 0 ? {} : { certificates }),
  }
}

/** autobahn writes absent attributes as null. */
export function isGiven(value: unknown): boolean {
  return value !== undefined && value !== null
}

export function isDictionary(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value) && !ArrayBuffer.isView(value)
}

/** Infinity as soon as the allowance is used up or values lie too deep: it looks no further. */
function weigh(value: unknown, allowance: number, depth: number): number {
  if (typeof value === "string") return value.length
  if (value instanceof Uint8Array) return value.length
  if (typeof value !== "object" || value === null) return 8
  if (depth === 0) return Infinity
  let weight = 8
  for (const [key, item] of Object.entries(value)) {
    weight += (Array.isArray(value) ? 0 : key.length) + weigh(item, allowance - weight, depth - 1)
    if (weight > allowance) return Infinity
  }
  return weight
}
