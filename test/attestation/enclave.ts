import { sha256, sha384 } from "@noble/hashes/sha2.js"
import { encode } from "cborg"
import { nonceOf, type Binding } from "../../src/attestation/binding.ts"
import { attesterId, BANKS, KINDS, measurementKey, type AttestationFacts } from "../../src/attestation/facts.ts"
import type { Expectation } from "../../src/attestation/kind.ts"
import { concatBytes, type Hex } from "../../src/core/bytes.ts"
import { digitalSignature, ellipticSigner, issue, keyCertSign, type Signer, type Wanted } from "./authority.ts"
import { bindingFor, expectationFor, factsFor, NOW } from "./world.ts"

/** An enclave of a maker of our own, whose documents have the form of those of AWS. */

export const NITRO = KINDS["aws-nitro"]
/** Image, kernel, application. */
export const MASK = 0b111
const filled = (byte: number): Uint8Array => new Uint8Array(48).fill(byte)
const PARENT = sha384(new TextEncoder().encode("i-0123456789abcdef0"))
export const PCRS: ReadonlyMap<number, Uint8Array> = new Map(
  Array.from({ length: 16 }, (_, pcr) => [pcr, pcr < 3 ? filled(pcr + 1) : pcr === 4 ? PARENT : filled(0)]),
)
export const ATTESTER: Hex = attesterId(NITRO, PARENT)

const HOUR = 3_600_000
const root = ellipticSigner("nitro root")
const region = ellipticSigner("nitro region")
const parent = ellipticSigner("nitro parent")
export const enclaveKey = ellipticSigner("nitro enclave")
const CA = { usage: keyCertSign } as const

/** Names and makers, root first; `pathLength` as AWS has it. */
const AUTHORITIES: readonly (readonly [Wanted, Signer])[] = [
  [{ subject: "root", issuer: "root", spki: root.spki, pathLength: "any", ...CA }, root],
  [{ subject: "region", issuer: "root", spki: region.spki, pathLength: 1, ...CA }, root],
  [{ subject: "parent", issuer: "region", spki: parent.spki, pathLength: 0, ...CA }, region],
]
const LEAF: Wanted = {
  subject: "enclave",
  issuer: "parent",
  spki: enclaveKey.spki,
  usage: digitalSignature,
  notAfter: NOW + 3 * HOUR,
}

export interface Bundle {
  readonly certificate: Uint8Array
  /** Root first. */
  readonly cabundle: readonly Uint8Array[]
}

/** The certificates of a document; `changes` are what is wrong with one of them: 0 for the root, 3 for the enclave's. */
export function bundleOf(changes: Readonly<Record<number, Partial<Wanted>>> = {}): Bundle {
  return {
    cabundle: AUTHORITIES.map(([wanted, by], i) => issue({ ...wanted, ...changes[i] }, by)),
    certificate: issue({ ...LEAF, ...changes[3] }, parent),
  }
}

export const SOUND = bundleOf()
export const ROOT_FINGERPRINT = sha256(SOUND.cabundle[0] as Uint8Array)

export interface Written {
  readonly fields?: Readonly<Record<string, unknown>>
  readonly header?: unknown
  readonly unprotected?: unknown
  readonly bundle?: Bundle
  readonly signer?: Signer
  /** The payload's bytes, where it is to be written in another way. */
  readonly payload?: (fields: ReadonlyMap<string, unknown>) => Uint8Array
  /** The envelope's bytes. */
  readonly envelope?: (parts: readonly unknown[]) => Uint8Array
}

/** A document for a nonce. */
export function documentOf(nonce: Uint8Array | null, written: Written = {}): Uint8Array {
  const { fields = {}, bundle = SOUND, signer = enclaveKey, header = new Map([[1, -35]]) } = written
  const all = new Map<string, unknown>(
    Object.entries({
      module_id: "i-0123456789abcdef0-enc0123456789abcdef",
      digest: "SHA384",
      timestamp: NOW - 500,
      pcrs: PCRS,
      certificate: bundle.certificate,
      cabundle: bundle.cabundle,
      public_key: null,
      user_data: null,
      nonce,
      ...fields,
    }).filter(([, value]) => value !== undefined),
  )
  const protectedHeader = header instanceof Uint8Array ? header : encode(header)
  const payload = written.payload?.(all) ?? encode(all)
  const signature = signer.signRaw?.(encode(["Signature1", protectedHeader, new Uint8Array(), payload]))
  const parts = [protectedHeader, written.unprotected ?? new Map(), payload, signature]
  return written.envelope?.(parts) ?? encode(parts)
}

export const enclaveBinding = (changes: Partial<Binding> = {}): Binding => bindingFor(ATTESTER, changes)

export function enclaveExpectation(changes: Partial<Expectation> = {}): Expectation {
  return expectationFor(enclaveBinding(), {
    kinds: [NITRO],
    bank: BANKS.sha384,
    mask: MASK,
    nitroRoots: [ROOT_FINGERPRINT],
    ...changes,
  })
}

export function enclaveFacts(): AttestationFacts {
  const registers = [0, 1, 2].map((pcr) => PCRS.get(pcr) as Uint8Array)
  const facts = factsFor(ATTESTER, measurementKey(NITRO, BANKS.sha384, MASK, sha256(concatBytes(...registers))))
  const policy = facts.policy && { ...facts.policy, kinds: [NITRO], bank: BANKS.sha384, mask: MASK }
  return policy === undefined ? facts : { ...facts, policy }
}

export const enclaveNonce = (): Uint8Array => nonceOf(enclaveBinding())
