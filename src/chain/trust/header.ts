import { keccak256, toRlp } from "viem"
import type { Hex } from "../../core/bytes.ts"
import { E2eeError } from "../../core/errors.ts"

/** A block as far as trust needs it, its hash computed from its header. */
export interface Header {
  readonly number: bigint
  readonly hash: Hex
  readonly stateRoot: Hex
  /** POSIX seconds. */
  readonly timestamp: bigint
}

/** The fields of a header in the order in which they are hashed: bytes as they are, numbers without leading zeros. */
const FIELDS: readonly (readonly [name: string, bytes: number | "number" | "any"])[] = [
  ["parentHash", 32],
  ["sha3Uncles", 32],
  ["miner", 20],
  ["stateRoot", 32],
  ["transactionsRoot", 32],
  ["receiptsRoot", 32],
  ["logsBloom", 256],
  ["difficulty", "number"],
  ["number", "number"],
  ["gasLimit", "number"],
  ["gasUsed", "number"],
  ["timestamp", "number"],
  ["extraData", "any"],
  ["mixHash", 32],
  ["nonce", 8],
]
/** Added by upgrades, each only with those before it: London, Shanghai, Cancun (3), Prague. */
const LATER_FIELDS: typeof FIELDS = [
  ["baseFeePerGas", "number"],
  ["withdrawalsRoot", 32],
  ["blobGasUsed", "number"],
  ["excessBlobGas", "number"],
  ["parentBeaconBlockRoot", 32],
  ["requestsHash", 32],
]
const MAX_EXTRA_DATA = 1_024
const HEX = /^0x([0-9a-f]{2})*$/i
const NUMBER = /^0x[0-9a-f]{1,64}$/i

/**
 * The header in a node's answer to eth_getBlockBy…. What the node says is its hash is not believed but computed
 * (Yellow Paper, 4.4); where both differ, the node lies or its chain hashes headers otherwise. Throws `chain.bad_answer`
 * or `chain.bad_proof`.
 */
export function headerOf(answer: unknown): Header {
  if (typeof answer !== "object" || answer === null) throw malformed("it is no block")
  const block = answer as Readonly<Record<string, unknown>>
  const encoded = FIELDS.map((field) => encode(block, field))
  const later = LATER_FIELDS.filter(([name]) => block[name] !== undefined && block[name] !== null)
  if (later.some(([name], i) => name !== LATER_FIELDS[i]?.[0])) throw malformed("a field of an upgrade is missing")
  const hash = keccak256(toRlp([...encoded, ...later.map((field) => encode(block, field))]))
  if (typeof block["hash"] !== "string" || block["hash"].toLowerCase() !== hash) {
    throw new E2eeError(
      "chain.bad_proof",
      `the node says block ${String(block["number"])} has hash ${String(block["hash"])}; its header gives ${hash}`,
    )
  }
  const { number, stateRoot, timestamp } = block as Record<"number" | "stateRoot" | "timestamp", string>
  return { number: BigInt(number), hash, stateRoot: stateRoot.toLowerCase() as Hex, timestamp: BigInt(timestamp) }
}

function encode(block: Readonly<Record<string, unknown>>, [name, bytes]: (typeof FIELDS)[number]): Hex {
  const value = block[name]
  if (typeof value !== "string") throw malformed(`${name} is missing`)
  if (bytes === "number") {
    if (!NUMBER.test(value)) throw malformed(`${name} is no number`)
    const digits = BigInt(value) === 0n ? "" : BigInt(value).toString(16)
    return `0x${digits.length % 2 === 0 ? digits : `0${digits}`}`
  }
  const length = (value.length - 2) / 2
  if (!HEX.test(value) || (bytes === "any" ? length > MAX_EXTRA_DATA : length !== bytes))
    throw malformed(`${name} has ${length} bytes`)
  return value.toLowerCase() as Hex
}

function malformed(why: string): E2eeError {
  return new E2eeError("chain.bad_answer", `the node's block is not of its form: ${why}; use another node`)
}
