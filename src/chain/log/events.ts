import { keccak_256 } from "@noble/hashes/sha3.js"
import { decodeEventLog } from "viem"
import type { Address } from "../../core/address.ts"
import { concatBytes, fromHex, toHex, type Hex } from "../../core/bytes.ts"
import { E2eeError } from "../../core/errors.ts"
import { logBits, unpack } from "../generated/layout.ts"
import { realmRegistryAbi } from "../generated/RealmRegistry.ts"

/** Where an event is: its block (number and 32-byte hash), its transaction's hash (32 bytes) and its place in the block. */
export interface Place {
  readonly block: bigint
  readonly blockHash: Hex
  readonly transaction: Hex
  readonly logIndex: number
}

/** An event as the node gives it: up to 4 topics of 32 bytes each, and data of any length. */
export interface RawEvent extends Place {
  readonly topics: readonly Hex[]
  readonly data: Hex
}

/** How many events of a realm there are, and what they fold to: 26 bytes, zeros before the first. */
export interface Head {
  readonly sequence: number
  readonly head: Hex
}

type RealmEvent = ReturnType<typeof decoded>

/** One event of a realm, told apart by `eventName`, with the head of the log up to and including it. */
export type RealmEntry = Place & Head & RealmEvent

const HEAD_BYTES = logBits.head.bits / 8

export const EMPTY: Head = { sequence: 0, head: `0x${"00".repeat(HEAD_BYTES)}` }

/**
 * The head after one more event, over topics and data exactly as logged ("The log", docs/contracts.md). It has as many
 * bytes as the one before: 26 of a realm, 24 of what a realm has to do with attestation.
 */
export function nextHead(head: Hex, { topics, data }: Pick<RawEvent, "topics" | "data">): Hex {
  const length = (head.length - 2) / 2
  const padded = `${head}${"00".repeat(32 - length)}`
  const bytes = [padded, ...topics, data].map((hex) => fromHex(hex) ?? new Uint8Array())
  return toHex(keccak_256(concatBytes(...bytes)).subarray(0, length))
}

/** What a realm's first storage slot (32 bytes) says of its log. */
export function headOfSlot(word: Hex): Head {
  const { sequence, head } = unpack(BigInt(word), logBits)
  return { sequence: Number(sequence), head: `0x${head.toString(16).padStart(2 * HEAD_BYTES, "0")}` }
}

/** The events that follow on `last`, in order. Throws `chain.log_incomplete` at the first that does not. */
export function readEntries(realm: Address, last: Head, events: readonly RawEvent[]): RealmEntry[] {
  const entries: RealmEntry[] = []
  for (const event of events) {
    const entry = entryAfter(realm, last, event)
    entries.push(entry)
    last = entry
  }
  return entries
}

function entryAfter(realm: Address, last: Head, { topics, data, ...place }: RawEvent): RealmEntry {
  const sequence = last.sequence + 1
  const where = `block ${place.block}`
  let event: RealmEvent
  try {
    event = decoded(topics, data)
  } catch (cause) {
    throw broken(realm, [sequence], `what ${where} has there is no event of a realm`, cause)
  }
  if (event.args.realm !== realm) throw broken(realm, [sequence], `what ${where} has there is of ${event.args.realm}`)
  if (event.args.sequence !== BigInt(sequence)) {
    throw broken(realm, [sequence], `${where} has number ${event.args.sequence} there`)
  }
  return { ...place, ...event, sequence, head: nextHead(last.head, { topics, data }) }
}

function decoded(topics: readonly Hex[], data: Hex) {
  return decodeEventLog({ abi: realmRegistryAbi, topics: topics as [Hex, ...Hex[]], data, strict: true })
}

/** A log that is not what its head proves; it first breaks at `first`, or somewhere up to `last`, if that is known. */
export function broken(
  realm: Address,
  [first, last = first]: readonly [first?: number | undefined, last?: number | undefined],
  why: string,
  cause?: unknown,
): E2eeError {
  const events = first === last ? `event ${first}` : `one of the events ${first} to ${last}`
  const at = first === undefined ? "" : ` first breaks at ${events}:`
  return new E2eeError(
    "chain.log_incomplete",
    `the log of realm ${realm}${at} ${why}; events are missing, altered, moved or invented: ask another node`,
    { cause },
  )
}
