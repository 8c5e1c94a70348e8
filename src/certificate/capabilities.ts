/** Capability bits of authority certificates (authentication_cryptosign.md, "Capabilities"). Bits 8 to 63 must be zero. */
export const CAPABILITIES = {
  "root-ca": 1n << 0n,
  "intermediate-ca": 1n << 1n,
  "public-relay": 1n << 2n,
  "private-relay": 1n << 3n,
  gateway: 1n << 4n,
  exchange: 1n << 5n,
  provider: 1n << 6n,
  consumer: 1n << 7n,
} as const

export type Capability = keyof typeof CAPABILITIES

export const ALL_CAPABILITIES = 0xffn

/** May issue authority certificates (CCR-14). */
export const CA_CAPABILITIES = CAPABILITIES["root-ca"] | CAPABILITIES["intermediate-ca"]

export function isCapability(name: string): name is Capability {
  return Object.hasOwn(CAPABILITIES, name)
}

/** The bit set of some names. */
export function capabilityBits(names: Iterable<Capability>): bigint {
  let bits = 0n
  for (const name of names) bits |= CAPABILITIES[name]
  return bits
}

/** The names in a bit set, lowest bit first; unknown bits have no name. */
export function capabilityNames(bits: bigint): Capability[] {
  return (Object.keys(CAPABILITIES) as Capability[]).filter((name) => (bits & CAPABILITIES[name]) !== 0n)
}
