import { strict as assert } from "node:assert"
import * as fc from "fast-check"
import { addressOf, type Address } from "../src/core/address.ts"
import { toHex, type Hex } from "../src/core/bytes.ts"
import { isE2eeError, type ErrorCode } from "../src/core/errors.ts"
import type { AuthorityCertificate, Certificate, DelegateCertificate } from "../src/certificate/types.ts"

/** What tests of several floors draw at random, and how they look at refusals. */

export const bytesOfLength = (length: number): fc.Arbitrary<Uint8Array> =>
  fc.uint8Array({ minLength: length, maxLength: length })
export const hexOfLength = (length: number): fc.Arbitrary<Hex> => bytesOfLength(length).map(toHex)
export const anAddress: fc.Arbitrary<Address> = bytesOfLength(20).map(addressOf)
export const uint = (bits: number): fc.Arbitrary<bigint> => fc.bigInt({ min: 0n, max: (1n << BigInt(bits)) - 1n })
/** Texts of every plane, but no lone surrogates: those have no UTF-8. */
export const aText = fc.string({ unit: "binary", maxLength: 24 })

const anyAuthority: fc.Arbitrary<AuthorityCertificate> = fc.record(
  {
    kind: fc.constant("authority" as const),
    chainId: uint(256),
    verifyingContract: anAddress,
    validFrom: uint(256),
    issuer: anAddress,
    subject: anAddress,
    realm: anAddress,
    capabilities: uint(64),
    meta: aText,
  },
  { noNullPrototype: true },
)
const anyDelegate: fc.Arbitrary<DelegateCertificate> = fc.record(
  {
    kind: fc.constant("delegate" as const),
    chainId: uint(256),
    verifyingContract: anAddress,
    validFrom: uint(256),
    delegate: anAddress,
    csPubKey: hexOfLength(32),
    bootedAt: uint(64),
    meta: aText,
  },
  { noNullPrototype: true },
)
export const aCertificate: fc.Arbitrary<Certificate> = fc.oneof(anyAuthority, anyDelegate)

/** Asserts that something throws an error of ours with exactly this code; returns it. */
export function refuses(work: () => unknown, code: ErrorCode): Error {
  let refused: unknown
  try {
    work()
  } catch (error) {
    refused = error
  }
  assert.ok(isE2eeError(refused), `expected ${code}; got ${String(refused)}`)
  assert.equal(refused.code, code, refused.message)
  return refused
}

/** {@link refuses} for promises. */
export async function rejects(work: Promise<unknown>, code: ErrorCode): Promise<Error> {
  const refused: unknown = await work.then(
    () => undefined,
    (error: unknown) => error,
  )
  assert.ok(isE2eeError(refused), `expected ${code}; got ${String(refused)}`)
  assert.equal(refused.code, code, refused.message)
  return refused
}

/** Asserts that something either works or throws a code of one family; returns what it threw. */
export function onlyRefuses(work: () => unknown, family: RegExp): void {
  try {
    work()
  } catch (error) {
    assert.ok(isE2eeError(error), `not an error of ours: ${String(error)}`)
    assert.match(error.code, family)
  }
}

/** A copy with one bit turned over. */
export function flipped(bytes: Uint8Array, bit: number): Uint8Array {
  const copy = Uint8Array.from(bytes)
  copy[bit >> 3] = (copy[bit >> 3] ?? 0) ^ (1 << (bit & 7))
  return copy
}

/** Bits to turn over, one after another: one of each byte, each time another; all of them where `EVERY_BIT` is set. */
export function* bitsOf(bytes: Uint8Array): Generator<number> {
  const step = process.env["EVERY_BIT"] === undefined ? 9 : 1
  for (let bit = 0; bit < bytes.length * 8; bit += step) yield bit
}
