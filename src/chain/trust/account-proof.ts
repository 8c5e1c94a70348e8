import { keccak256 } from "viem"
import type { Address } from "../../core/address.ts"
import type { Hex } from "../../core/bytes.ts"
import { E2eeError } from "../../core/errors.ts"
import { provenValue, rlp } from "./merkle.ts"

/** A contract's account as proven at a block. */
export interface ProvenAccount {
  readonly codeHash: Hex
  readonly storageRoot: Hex
  /** The values of the slots that were asked for, in their order; an empty slot is 0. */
  readonly values: readonly bigint[]
}

/** A path has 64 nibbles, so no proof has more nodes; a branch, the longest node of hashes, has 532 bytes. */
const MAX_NODES = 65
const MAX_NODE_BYTES = 1_024
const HEX = /^0x([0-9a-f]{2})*$/

/**
 * Checks a node's answer to eth_getProof (EIP-1186) for `address` and `slots` against a state root that is trusted:
 * of what the node says, only what the proofs show is used. Throws `chain.bad_answer` or `chain.bad_proof`.
 */
export function proveAccount(answer: unknown, stateRoot: Hex, address: Address, slots: readonly Hex[]): ProvenAccount {
  if (typeof answer !== "object" || answer === null) throw malformed("it is no object")
  const { accountProof, storageProof } = answer as Readonly<Record<string, unknown>>
  const account = provenValue(stateRoot, keccak256(address.toLowerCase() as Hex), nodesOf(accountProof))
  if (account === undefined) {
    throw new E2eeError("chain.wrong_code", `there is no account at ${address}; check the deployment file`)
  }
  const fields = rlp(account)
  if (typeof fields === "string" || fields.length !== 4) throw malformed("an account is not of its form")
  const [storageRoot, codeHash] = [hash(fields[2]), hash(fields[3])]
  if (!Array.isArray(storageProof) || storageProof.length !== slots.length) {
    throw malformed(`it has no proof for each of the ${slots.length} slots`)
  }
  const values = slots.map((slot, i) => {
    const given: unknown = storageProof[i]
    if (typeof given !== "object" || given === null) throw malformed("a slot's proof is no object")
    const value = provenValue(storageRoot, keccak256(slot), nodesOf((given as { proof?: unknown }).proof))
    return value === undefined ? 0n : integer(rlp(value))
  })
  return { storageRoot, codeHash, values }
}

function nodesOf(value: unknown): Hex[] {
  if (!Array.isArray(value) || value.length > MAX_NODES)
    throw malformed(`a proof is no list of up to ${MAX_NODES} nodes`)
  return value.map((node: unknown) => {
    const text = typeof node === "string" && node.length <= 2 + 2 * MAX_NODE_BYTES ? node.toLowerCase() : ""
    if (!HEX.test(text)) throw malformed("a proof's node is no hex, or too long")
    return text as Hex
  })
}

function hash(item: unknown): Hex {
  if (typeof item !== "string" || item.length !== 66) throw malformed("an account is not of its form")
  return item as Hex
}

/** Some nodes (anvil) keep slots that were emptied in their trie, with nothing as value. */
function integer(item: unknown): bigint {
  if (typeof item !== "string" || item.length > 66) throw malformed("a slot's value is no word")
  return item === "0x" ? 0n : BigInt(item)
}

function malformed(why: string): E2eeError {
  return new E2eeError("chain.bad_answer", `the node's proof is not of its form: ${why}; use another node`)
}
