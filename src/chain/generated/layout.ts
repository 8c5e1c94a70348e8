// Written by scripts/generate-abi.ts from the compiled contracts; do not edit.

import { keccak_256 } from "@noble/hashes/sha3.js"
import { concatBytes, fromHex, toHex, type Hex } from "../../core/bytes.ts"

// Where the registries keep their state. A member lies `offset` bytes from the right end of slot `slot` (from the
// start of its struct) and is `bytes` long.

export const operatorRegistrySlots = {
 "operators": 0,
 "nonces": 1
} as const

export const operatorLayout = {
 "controller": {
  "slot": 0,
  "offset": 0,
  "bytes": 20
 },
 "status": {
  "slot": 0,
  "offset": 20,
  "bytes": 1
 },
 "epoch": {
  "slot": 0,
  "offset": 21,
  "bytes": 5
 },
 "retiresAt": {
  "slot": 0,
  "offset": 26,
  "bytes": 5
 },
 "profile": {
  "slot": 1,
  "offset": 0,
  "bytes": 32
 },
 "successorCa": {
  "slot": 2,
  "offset": 0,
  "bytes": 20
 },
 "custody": {
  "slot": 3,
  "offset": 0,
  "bytes": 96
 }
} as const

export const realmRegistrySlots = {
 "realms": 0,
 "records": 1,
 "revocations": 2,
 "nonces": 3
} as const

export const realmLayout = {
 "log": {
  "slot": 0,
  "offset": 0,
  "bytes": 32
 },
 "owner": {
  "slot": 1,
  "offset": 0,
  "bytes": 20
 },
 "root": {
  "slot": 2,
  "offset": 0,
  "bytes": 32
 },
 "previousRoot": {
  "slot": 3,
  "offset": 0,
  "bytes": 32
 },
 "custody": {
  "slot": 4,
  "offset": 0,
  "bytes": 96
 }
} as const

export const recordLayout = {
 "grant": {
  "slot": 0,
  "offset": 0,
  "bytes": 32
 },
 "epoch": {
  "slot": 1,
  "offset": 0,
  "bytes": 5
 },
 "digest": {
  "slot": 1,
  "offset": 5,
  "bytes": 27
 }
} as const

export const revocationLayout = {
 "blockNumber": {
  "slot": 0,
  "offset": 0,
  "bytes": 5
 },
 "reason": {
  "slot": 0,
  "offset": 5,
  "bytes": 1
 }
} as const

export const custodyLayout = {
 "pending": {
  "slot": 0,
  "offset": 0,
  "bytes": 20
 },
 "guardian": {
  "slot": 1,
  "offset": 0,
  "bytes": 20
 },
 "delay": {
  "slot": 1,
  "offset": 20,
  "bytes": 5
 },
 "successor": {
  "slot": 2,
  "offset": 0,
  "bytes": 20
 },
 "readyAt": {
  "slot": 2,
  "offset": 20,
  "bytes": 5
 }
} as const

export const attestationRegistrySlots = {
 "logs": 0,
 "policies": 1,
 "attesters": 2,
 "measurements": 3,
 "nonces": 4
} as const

export const attestationLogLayout = {
 "epoch": {
  "slot": 0,
  "offset": 0,
  "bytes": 4
 },
 "sequence": {
  "slot": 0,
  "offset": 4,
  "bytes": 4
 },
 "head": {
  "slot": 0,
  "offset": 8,
  "bytes": 24
 }
} as const

export const attestationPolicyLayout = {
 "required": {
  "slot": 0,
  "offset": 0,
  "bytes": 1
 },
 "kinds": {
  "slot": 0,
  "offset": 1,
  "bytes": 2
 },
 "bank": {
  "slot": 0,
  "offset": 3,
  "bytes": 2
 },
 "mask": {
  "slot": 0,
  "offset": 5,
  "bytes": 4
 },
 "maximumAge": {
  "slot": 0,
  "offset": 9,
  "bytes": 4
 },
 "document": {
  "slot": 1,
  "offset": 0,
  "bytes": 32
 }
} as const

export const attesterLayout = {
 "delegate": {
  "slot": 0,
  "offset": 0,
  "bytes": 20
 },
 "notBefore": {
  "slot": 0,
  "offset": 20,
  "bytes": 5
 },
 "notAfter": {
  "slot": 0,
  "offset": 25,
  "bytes": 5
 },
 "revoked": {
  "slot": 0,
  "offset": 30,
  "bytes": 1
 }
} as const

export const measurementLayout = {
 "notBefore": {
  "slot": 0,
  "offset": 0,
  "bytes": 5
 },
 "notAfter": {
  "slot": 0,
  "offset": 5,
  "bytes": 5
 },
 "revoked": {
  "slot": 0,
  "offset": 10,
  "bytes": 1
 },
 "document": {
  "slot": 1,
  "offset": 0,
  "bytes": 32
 }
} as const

/** The parts of the word that is a grant, in storage and in events: bits from the low end. */
export const grantBits = {
  issuer: { at: 0, bits: 160 },
  capabilities: { at: 160, bits: 8 },
  standing: { at: 168, bits: 8 },
  validFrom: { at: 176, bits: 40 },
  notAfter: { at: 216, bits: 40 },
} as const

/** Bits of a grant's standing. */
export const standingBits = { depth: 0x0f, overlapped: 0x20, admitted: 0x40, revoked: 0x80 } as const

/** The parts of the word `log` of a realm: bits from the low end. */
export const logBits = { policy: { at: 0, bits: 8 }, sequence: { at: 8, bits: 40 }, head: { at: 48, bits: 208 } } as const

/** A grant's or log's word taken apart. */
export function unpack<Name extends string>(
  value: bigint,
  parts: Readonly<Record<Name, { at: number; bits: number }>>,
): Record<Name, bigint> {
  const entries = Object.entries<{ at: number; bits: number }>(parts)
  return Object.fromEntries(
    entries.map(([name, { at, bits }]) => [name, BigInt.asUintN(bits, value >> BigInt(at))]),
  ) as Record<Name, bigint>
}

/** Bytes of a digest that name a certificate in records and revocations. */
export const DIGEST_BYTES = 27

/** First slot of an operator's record. */
export function operatorSlot(ca: string): Hex {
  return toHex(mapped(word(ca, 20), number(operatorRegistrySlots.operators)))
}

/** First slot of a realm: head, sequence and policy. */
export function realmSlot(realm: string): Hex {
  return toHex(mapped(word(realm, 20), number(realmRegistrySlots.realms)))
}

/** First of the two slots of a subject's record. */
export function recordSlot(realm: string, subject: string): Hex {
  return toHex(mapped(word(subject, 20), mapped(word(realm, 20), number(realmRegistrySlots.records))))
}

/** The slot of what `authority` said against the certificate `digest` (32 bytes, of which 27 count). */
export function revocationSlot(realm: string, authority: string, digest: string): Hex {
  const name = word(digest, 32).fill(0, DIGEST_BYTES)
  const key = keccak_256(concatBytes(word(realm, 20), word(authority, 20), name))
  return toHex(mapped(key, number(realmRegistrySlots.revocations)))
}

/** The slot of what the attestation registry counts of a realm: epoch, sequence and head. */
export function attestationLogSlot(realm: string): Hex {
  return toHex(mapped(word(realm, 20), number(attestationRegistrySlots.logs)))
}

/** First of the two slots of a role's policy. `role` has 32 bytes. */
export function attestationPolicySlot(realm: string, role: string): Hex {
  return toHex(mapped(word(role, 32), mapped(word(realm, 20), number(attestationRegistrySlots.policies))))
}

/** The slot of an attester by its id, 32 bytes. */
export function attesterSlot(realm: string, id: string): Hex {
  return toHex(mapped(word(id, 32), mapped(word(realm, 20), number(attestationRegistrySlots.attesters))))
}

/** First of the two slots of a role's measurement by its key, 32 bytes. */
export function measurementSlot(realm: string, role: string, key: string): Hex {
  const ofRealm = mapped(word(realm, 20), number(attestationRegistrySlots.measurements))
  return toHex(mapped(word(key, 32), mapped(word(role, 32), ofRealm)))
}

/** The slot `index` places after `slot`. */
export function slotAfter(slot: Hex, index: number): Hex {
  return toHex(number(BigInt(slot) + BigInt(index)))
}

function mapped(key: Uint8Array, base: Uint8Array): Uint8Array {
  return keccak_256(concatBytes(key, base))
}

function word(text: string, length: number): Uint8Array {
  const bytes = fromHex(text, length)
  if (bytes === undefined) throw new TypeError(`not ${length} bytes of hex: ${text}`)
  return concatBytes(new Uint8Array(32 - length), bytes)
}

function number(value: number | bigint): Uint8Array {
  const bytes = fromHex(BigInt.asUintN(256, BigInt(value)).toString(16).padStart(64, "0"))
  return bytes ?? new Uint8Array(32)
}
