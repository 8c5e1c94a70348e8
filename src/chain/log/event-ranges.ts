import { BaseError, HttpRequestError, numberToHex, RpcError, TimeoutError, type PublicClient } from "viem"
import type { Address } from "../../core/address.ts"
import type { Hex } from "../../core/bytes.ts"
import { E2eeError } from "../../core/errors.ts"
import type { RawEvent } from "./events.ts"

/** A contract's events by their topics, null for any: as `eth_getLogs` takes them. */
export interface EventFilter {
  readonly address: Address
  readonly topics: readonly (Hex | null)[]
}

/** How a long reading is watched and stopped. */
export interface Reading {
  /** Called after every range of blocks: read up to `block` of `of`, and how many events there were so far. */
  readonly progress?: (done: { readonly block: bigint; readonly of: bigint; readonly events: number }) => void
  readonly signal?: AbortSignal
}

/** Most blocks asked for at once; a node that refuses so many is asked for half of them. */
export const MOST_BLOCKS = 10_000

/** All events from block `from` to block `to`, both included, in the order of the chain. Throws viem's errors. */
export async function readEvents(
  client: PublicClient,
  filter: EventFilter,
  { from, to, most = MOST_BLOCKS }: { readonly from: bigint; readonly to: bigint; readonly most?: number },
  { progress, signal }: Reading = {},
): Promise<RawEvent[]> {
  const events: RawEvent[] = []
  let size = BigInt(most)
  for (let first = from; first <= to;) {
    if (signal?.aborted)
      throw new E2eeError("session.cancelled", "reading the log was cancelled", { cause: signal.reason })
    const last = first + size - 1n < to ? first + size - 1n : to
    try {
      events.push(...(await eventsOf(client, filter, first, last)))
    } catch (error) {
      if (last === first || !isRefusal(error)) throw error
      size = (last - first + 1n) / 2n
      continue
    }
    progress?.({ block: last, of: to, events: events.length })
    first = last + 1n
    if (size < most) size *= 2n
  }
  return events
}

async function eventsOf(client: PublicClient, filter: EventFilter, from: bigint, to: bigint): Promise<RawEvent[]> {
  const { address, topics } = filter
  const range = { fromBlock: numberToHex(from), toBlock: numberToHex(to) }
  const logs = await client.request({ method: "eth_getLogs", params: [{ address, topics: [...topics], ...range }] })
  if (!Array.isArray(logs)) throw badAnswer(logs)
  return logs.map((log) => {
    const { blockNumber, blockHash, transactionHash, logIndex, data } = log
    const isRight =
      [blockHash, transactionHash, ...log.topics].every((word) => isHex(word, 32)) &&
      [blockNumber, logIndex].every((number) => typeof number === "string" && /^0x[0-9a-f]{1,16}$/i.test(number)) &&
      isHex(data) &&
      log.address.toLowerCase() === address.toLowerCase()
    if (!isRight || !blockHash || !transactionHash || !blockNumber || !logIndex) throw badAnswer(log)
    const place = { block: BigInt(blockNumber), blockHash, transaction: transactionHash, logIndex: Number(logIndex) }
    return { ...place, topics: log.topics, data }
  })
}

function isHex(text: unknown, bytes?: number): boolean {
  if (typeof text !== "string" || !/^0x([0-9a-fA-F]{2})*$/.test(text)) return false
  return bytes === undefined || text.length === 2 + 2 * bytes
}

function badAnswer(log: unknown): E2eeError {
  return new E2eeError("chain.bad_answer", `the node's event is not of its form: ${JSON.stringify(log).slice(0, 200)}`)
}

/** The node answered, but not with events, or it took too long: fewer blocks may go through. */
function isRefusal(error: unknown): boolean {
  if (!(error instanceof BaseError)) return false
  return Boolean(
    error.walk(
      (e) =>
        e instanceof RpcError || e instanceof TimeoutError || (e instanceof HttpRequestError && e.status !== undefined),
    ),
  )
}
