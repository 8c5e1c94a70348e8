import { sha256 } from "@noble/hashes/sha2.js"
import type { Address } from "../core/address.ts"
import { bigEndian, sized16 } from "../core/byte-writer.ts"
import { concatBytes, fromHex, utf8ToBytes, type Hex } from "../core/bytes.ts"
import { E2eeError } from "../core/errors.ts"

/** All that a piece of evidence is made for: evidence of anything else is refused. */
export interface Binding {
  /** Name of the handshake and its algorithms. */
  readonly suite: string
  /** Whose evidence it is: evidence that comes back to its maker is of the other role. */
  readonly prover: "initiator" | "responder"
  /** 32 bytes, chosen by who judges the evidence, good for one answer. */
  readonly challenge: Uint8Array
  /** Hash of the handshake, 32 bytes: it covers both identities and both ephemeral keys. */
  readonly transcript: Uint8Array
  readonly chainId: bigint
  /** The AttestationRegistry. */
  readonly registry: Address
  readonly realm: Address
  /** The role whose policy asks for evidence, 32 bytes (`roleOf`). */
  readonly role: Hex
  /** Id of the attestation key that is to sign, 32 bytes (`attesterId`). */
  readonly attester: Hex
  /** Of the policy that evidence is made for. */
  readonly policyEpoch: bigint
}

const LABEL = "wamp-e2ee attestation 1"
/** So that a nonce has 34 bytes: a router may have any 32 bytes signed, in the specification's own attestation. */
const PREFIX = utf8ToBytes("WE")

/** Bytes of {@link nonceOf}. */
export const NONCE_LENGTH = 34

/** What the evidence carries: "WE" || SHA-256 over all fields, each behind its 16-bit length. Throws `usage.invalid`. */
export function nonceOf(binding: Binding): Uint8Array {
  const fields = [
    utf8ToBytes(LABEL),
    utf8ToBytes(binding.suite),
    utf8ToBytes(binding.prover),
    exactly(binding.challenge, 32, "challenge"),
    exactly(binding.transcript, 32, "transcript"),
    bigEndian(binding.chainId, 32),
    exactly(fromHex(binding.registry), 20, "registry"),
    exactly(fromHex(binding.realm), 20, "realm"),
    exactly(fromHex(binding.role), 32, "role"),
    exactly(fromHex(binding.attester), 32, "attester"),
    bigEndian(binding.policyEpoch, 32),
  ]
  return concatBytes(PREFIX, sha256(concatBytes(...fields.map((field) => sized16(field)))))
}

function exactly(bytes: Uint8Array | undefined, length: number, what: string): Uint8Array {
  if (bytes?.length === length) return bytes
  throw new E2eeError("usage.invalid", `the ${what} of a binding has ${bytes?.length ?? 0} bytes; expected ${length}`)
}
