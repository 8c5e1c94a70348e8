import { decodeEventLog, pad, type PublicClient } from "viem"
import type { AttestationPolicy, AttesterFacts, Bank, Kind, MeasurementFacts } from "../../attestation/facts.ts"
import { ZERO_ADDRESS, type Address } from "../../core/address.ts"
import type { Hex } from "../../core/bytes.ts"
import { E2eeError } from "../../core/errors.ts"
import { isOfChain, type BlockName } from "./blocks.ts"
import { attestationRegistryOf, checkDeployment, type Deployment } from "../deployment.ts"
import { chainError } from "../errors.ts"
import { readEvents, type Reading } from "./event-ranges.ts"
import { nextHead, type Place, type RawEvent } from "./events.ts"
import { attestationRegistryAbi } from "../generated/AttestationRegistry.ts"
import { attestationLogLayout } from "../generated/layout.ts"
import { NO_DOCUMENT, policyOf } from "../registries/attestation.ts"

type AttestationEvent = ReturnType<typeof decoded>

/** One event of a realm at the attestation registry, told apart by `eventName`. */
export type AttestationEntry = Place & AttestationEvent

export interface KnownAttester extends Omit<AttesterFacts, "confirmed"> {
  /** Absent of one that was revoked before it was seen. */
  readonly kind?: Kind
}

export interface KnownMeasurement extends Omit<MeasurementFacts, "confirmed"> {
  readonly role: Hex
  readonly key: Hex
  /** What the key stands for; absent of one that was revoked before it was seen. */
  readonly of?: { readonly kind: Kind; readonly bank: Bank; readonly mask: number; readonly digest: Hex }
}

/** What a realm has to do with attestation: its history, and all that stands at a block. */
export interface AttestationLog {
  readonly realm: Address
  readonly block: BlockName
  readonly entries: readonly AttestationEntry[]
  readonly epoch: number
  readonly sequence: number
  /** 24 bytes. */
  readonly head: Hex
  /** By role. */
  readonly policies: ReadonlyMap<Hex, AttestationPolicy>
  /** By id. */
  readonly attesters: ReadonlyMap<Hex, KnownAttester>
  /** In the order in which they were first seen. */
  readonly measurements: readonly KnownMeasurement[]
}

const NO_HEAD: Hex = `0x${"00".repeat(attestationLogLayout.head.bytes)}`
const UNSEEN = { notBefore: 0n, notAfter: 0n, revoked: true } as const

/**
 * Reads all events of a realm and what they add up to, proven complete and unaltered against the head in the registry at
 * the same block: the node is believed for that one word. Throws `chain.log_incomplete` where both differ.
 */
export async function readAttestationLog(
  client: PublicClient,
  deployment: Deployment,
  realm: Address,
  reading: Reading = {},
): Promise<AttestationLog> {
  const address = attestationRegistryOf(deployment)
  await checkDeployment(client, deployment)
  try {
    const { number, hash } = await client.getBlock()
    const topics = [null, pad(realm).toLowerCase() as Hex]
    const range = { from: BigInt(deployment.block), to: number }
    const events = await readEvents(client, { address, topics }, range, reading)
    const call = {
      address,
      abi: attestationRegistryAbi,
      functionName: "logOf",
      args: [realm],
      blockHash: hash,
    } as const
    const { epoch, sequence, head } = await client.readContract(call)
    const block = { number, hash }
    if (!(await isOfChain(client, block))) {
      throw new E2eeError("chain.bad_answer", "the chain changed while it was read; try again")
    }
    const folded = events.reduce(nextHead, NO_HEAD)
    if (events.length !== sequence || folded !== head) throw broken(realm, `${events.length} of ${sequence} events`)
    const entries = events.map((event) => entryOf(realm, event))
    return { realm, block, entries, epoch, sequence, head, ...stateOf(entries, epoch) }
  } catch (error) {
    throw chainError(error, `reading the attestation log of realm ${realm}`)
  }
}

type State = Pick<AttestationLog, "policies" | "attesters" | "measurements">

/** What stands after all events; policies have the realm's present epoch, as the registry tells it. */
function stateOf(entries: readonly AttestationEntry[], epoch: number): State {
  const policies = new Map<Hex, AttestationPolicy>()
  const attesters = new Map<Hex, KnownAttester>()
  const measurements = new Map<string, KnownMeasurement>()
  for (const { eventName, args } of entries) {
    switch (eventName) {
      case "PolicySet":
        policies.set(args.role, policyOf(args.policy, epoch))
        break
      case "AttesterEnrolled": {
        const { id, delegate, kind, notBefore, notAfter } = args
        const window = { notBefore: BigInt(notBefore), notAfter: BigInt(notAfter) }
        attesters.set(id, { kind: kind as Kind, delegate, ...window, revoked: false })
        break
      }
      case "AttesterRevoked": {
        const { id } = args
        attesters.set(id, { ...(attesters.get(id) ?? { delegate: ZERO_ADDRESS, ...UNSEEN }), revoked: true })
        break
      }
      case "MeasurementAdded": {
        const { role, key, measurement } = args
        const { kind, bank, mask, digest, notBefore, notAfter, document } = measurement
        measurements.set(`${role} ${key}`, {
          role,
          key,
          of: { kind: kind as Kind, bank: bank as Bank, mask, digest },
          notBefore: BigInt(notBefore),
          notAfter: BigInt(notAfter),
          revoked: false,
          document,
        })
        break
      }
      case "MeasurementRevoked": {
        const { role, key } = args
        const known = measurements.get(`${role} ${key}`) ?? { role, key, ...UNSEEN, document: NO_DOCUMENT }
        measurements.set(`${role} ${key}`, { ...known, revoked: true })
      }
    }
  }
  return { policies, attesters, measurements: [...measurements.values()] }
}

function entryOf(realm: Address, { topics, data, ...place }: RawEvent): AttestationEntry {
  try {
    return { ...place, ...decoded(topics, data) }
  } catch (cause) {
    throw broken(realm, `what block ${place.block} has is no event of the registry`, cause)
  }
}

function decoded(topics: readonly Hex[], data: Hex) {
  return decodeEventLog({ abi: attestationRegistryAbi, topics: topics as [Hex, ...Hex[]], data, strict: true })
}

function broken(realm: Address, why: string, cause?: unknown): E2eeError {
  return new E2eeError(
    "chain.log_incomplete",
    `the attestation log of realm ${realm} does not add up to the registry's head (${why}); ` +
      "events are missing, altered, moved or invented: ask another node",
    { cause },
  )
}
