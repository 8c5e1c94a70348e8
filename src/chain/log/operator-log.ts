import { decodeEventLog, encodeEventTopics, pad, type PublicClient } from "viem"
import { ZERO_ADDRESS, type Address } from "../../core/address.ts"
import type { Hex } from "../../core/bytes.ts"
import { E2eeError } from "../../core/errors.ts"
import { isOfChain, type BlockName } from "./blocks.ts"
import { applyCustody, NO_CUSTODY, type Custody } from "../registries/custody.ts"
import { checkDeployment, type Deployment } from "../deployment.ts"
import { chainError } from "../errors.ts"
import { readEvents, type Reading } from "./event-ranges.ts"
import { operatorRegistryAbi } from "../generated/OperatorRegistry.ts"
import type { Place, RawEvent } from "./events.ts"

type OperatorEvent = ReturnType<typeof decoded>

/** One event of an operator, told apart by `eventName`. */
export type OperatorEntry = Place & OperatorEvent

/** An operator's record as the registry stores it: status 0 unknown, 1 active or retired (see `retiresAt`), 3 revoked. */
export interface OperatorState {
  readonly controller: Address
  readonly status: number
  /** Block number. */
  readonly epoch: number
  /** POSIX seconds from which a rotated CA no longer counts; 0 when it was not rotated. */
  readonly retiresAt: number
  /** 32 bytes. */
  readonly profile: Hex
  readonly successorCa: Address
  readonly custody: Custody
}

/** An operator's history as a node tells it, and what it adds up to. */
export interface OperatorHistory {
  readonly ca: Address
  readonly block: BlockName
  readonly entries: readonly OperatorEntry[]
  readonly state: OperatorState
}

const UNKNOWN: OperatorState = {
  controller: ZERO_ADDRESS,
  status: 0,
  epoch: 0,
  retiresAt: 0,
  profile: `0x${"00".repeat(32)}`,
  successorCa: ZERO_ADDRESS,
  custody: NO_CUSTODY,
}
const [ACTIVE, RETIRED, REVOKED] = [1, 2, 3]

/**
 * Reads all events of an operator and checks that they add up to its record at the same block. That does not prove the
 * history whole, as a realm's is: operators have no head, and a change that a later one undid can be kept from a reader.
 * Throws `chain.log_incomplete` where history and record differ.
 */
export async function readOperatorHistory(
  client: PublicClient,
  deployment: Deployment,
  ca: Address,
  reading: Reading = {},
): Promise<OperatorHistory> {
  await checkDeployment(client, deployment)
  const address = deployment.operatorRegistry
  const topic = pad(ca).toLowerCase() as Hex
  const rotated = encodeEventTopics({ abi: operatorRegistryAbi, eventName: "Rotated" })[0]
  try {
    const { number, hash } = await client.getBlock()
    const block = { number, hash }
    const range = { from: BigInt(deployment.block), to: number }
    // A successor's record begins with an event of the CA before it.
    const first = await readEvents(client, { address, topics: [rotated, null, topic] }, range, reading)
    const own = await readEvents(client, { address, topics: [null, topic] }, range, reading)
    const call = { address, abi: operatorRegistryAbi, functionName: "operatorOf", args: [ca], blockHash: hash } as const
    const record = await client.readContract(call)
    if (!(await isOfChain(client, block))) {
      throw new E2eeError("chain.bad_answer", "the chain changed while it was read; try again")
    }
    const entries = [...first, ...own].map((event) => entryOf(ca, event))
    const state = entries.reduce((before, entry) => next(before, ca, entry), UNKNOWN)
    const stored = { ...record, status: record.status === RETIRED ? ACTIVE : record.status }
    if (!isSame(state, stored)) throw broken(ca, `its ${entries.length} events do not add up to the registry's record`)
    return { ca, block, entries, state }
  } catch (error) {
    throw chainError(error, `reading the history of operator ${ca}`)
  }
}

/** An operator's record after one more of its events. */
function next(before: OperatorState, ca: Address, entry: OperatorEntry): OperatorState {
  const { custody } = before
  switch (entry.eventName) {
    case "Enrolled": {
      const { controller, profile } = entry.args
      return { ...before, controller, profile, status: ACTIVE }
    }
    case "ProfileSet":
      return { ...before, profile: entry.args.profile }
    case "Rotated": {
      const { newCa, controller, profile, retiresAt } = entry.args
      if (newCa === ca) return { ...before, status: ACTIVE, controller, profile }
      return { ...before, retiresAt, successorCa: newCa }
    }
    case "EpochSet":
      return { ...before, epoch: entry.args.epoch }
    case "Revoked":
      return { ...before, status: REVOKED }
    case "ControllerOffered":
      return { ...before, custody: applyCustody(custody, { kind: "offered", ...entry.args }) }
    case "ControllerChanged": {
      const { controller } = entry.args
      return { ...before, controller, custody: applyCustody(custody, { kind: "changed", ...entry.args }) }
    }
    case "GuardianSet":
      return { ...before, custody: applyCustody(custody, { kind: "entrusted", ...entry.args }) }
    case "RecoveryStarted":
      return { ...before, custody: applyCustody(custody, { kind: "started", ...entry.args }) }
    case "RecoveryCancelled":
      return { ...before, custody: applyCustody(custody, { kind: "cancelled" }) }
  }
}

function entryOf(ca: Address, { topics, data, ...place }: RawEvent): OperatorEntry {
  try {
    return { ...place, ...decoded(topics, data) }
  } catch (cause) {
    throw broken(ca, `what block ${place.block} has is no event of an operator`, cause)
  }
}

function decoded(topics: readonly Hex[], data: Hex) {
  return decodeEventLog({ abi: operatorRegistryAbi, topics: topics as [Hex, ...Hex[]], data, strict: true })
}

function isSame(state: OperatorState, record: OperatorState): boolean {
  const words = ({ controller, status, epoch, retiresAt, profile, successorCa, custody }: OperatorState) => {
    const { pending, guardian, delay, successor, readyAt } = custody
    const own = [controller, status, epoch, retiresAt, profile, successorCa]
    return [...own, pending, guardian, delay, successor, readyAt].join()
  }
  return words(state) === words(record)
}

function broken(ca: Address, why: string, cause?: unknown): E2eeError {
  return new E2eeError("chain.log_incomplete", `operator ${ca}: ${why}; ask another node`, { cause })
}
