import type { PublicClient } from "viem"
import type { Hex } from "../../core/bytes.ts"
import { E2eeError, isE2eeError } from "../../core/errors.ts"
import type { ChainLevel } from "../../trust/facts.ts"
import { headerOf, type Header } from "./header.ts"
import { ask, hexNumber, quantity } from "../rpc.ts"

/** Where blocks that are believed come from. */
export interface HeadSource {
  readonly level: ChainLevel
  /** Nodes to read values from, one after the other; but at level `single-rpc` they are not believed and have to prove. */
  readonly clients: readonly [PublicClient, ...PublicClient[]]
  /** The newest block. */
  newest(): Promise<Header>
  /** The block of a number, which is on the chain of the newest. */
  at(number: bigint): Promise<Header>
}

/** One node, believed in everything: what it says of blocks and what it says is in them. */
export function singleRpc(client: PublicClient): HeadSource {
  return { level: "single-rpc", clients: [client], ...blocksOf(client) }
}

/**
 * A provider that verifies what it says about blocks, for example a light client. Values are proven against its blocks
 * by any nodes, which need not be trusted; by default by the provider itself.
 */
export function lightClient(
  client: PublicClient,
  values: readonly [PublicClient, ...PublicClient[]] = [client],
): HeadSource {
  return { level: "light-client", clients: values, ...blocksOf(client) }
}

/** One block that the application names: trust as of then. Nothing that came later is seen, revocations neither. */
export function pinned(client: PublicClient, block: { readonly number: bigint; readonly hash: Hex }): HeadSource {
  const read = async (): Promise<Header> => {
    const header = await blocksOf(client).at(block.number)
    if (header.hash === block.hash.toLowerCase()) return header
    throw new E2eeError(
      "chain.bad_proof",
      `block ${block.number} has hash ${header.hash} at the node; ${block.hash} is pinned; use a node of the pinned chain`,
    )
  }
  return { level: "pinned", clients: [client], newest: read, at: read }
}

export interface QuorumOptions {
  /** Nodes of different providers: who runs two of them has two voices. */
  readonly clients: readonly PublicClient[]
  /** How many must agree on a block's hash; more than half, by default the fewest that are. */
  readonly agree?: number
  /** Told when a node differs from those that agree, or does not answer: its place in `clients`, and why. */
  readonly onDissent?: (client: number, error: E2eeError) => void
}

/** Milliseconds that slower nodes have when enough have told their newest block. */
const GRACE = 300
/** Blocks by which honest nodes are apart; where it is more, one may hold the head back, and slower nodes are waited for. */
const APART = 2n

/** Several nodes, of which `agree` must name the same hash; fewer, and nothing is believed. */
export function quorum({ clients, agree = Math.floor(clients.length / 2) + 1, onDissent }: QuorumOptions): HeadSource {
  const [first, ...others] = clients
  if (
    first === undefined ||
    clients.length < 2 ||
    !Number.isInteger(agree) ||
    agree > clients.length ||
    agree * 2 <= clients.length
  ) {
    throw new E2eeError(
      "usage.invalid",
      `a quorum of ${agree} of ${clients.length} nodes; expected at least 2 nodes and more than half of them to agree`,
    )
  }
  const dissents = (node: number, error: unknown): void => {
    try {
      if (isE2eeError(error)) onDissent?.(node, error)
    } catch {
      // An application's alarm that fails must neither decide about trust nor end the process.
    }
  }
  /** The first hash that enough nodes name; those that differ are told of, also when they come later. */
  const at = (number: bigint): Promise<Header> =>
    new Promise((resolve, reject) => {
      const headers: { readonly node: number; readonly header: Header }[] = []
      let agreed: Header | undefined
      let left = clients.length
      const compare = (node: number, { hash }: Header, { hash: other }: Header): void => {
        if (hash !== other)
          dissents(node, new E2eeError("chain.no_quorum", `block ${number} is ${hash} here, ${other} elsewhere`))
      }
      const take = (node: number, header: Header): void => {
        headers.push({ node, header })
        if (agreed !== undefined) return compare(node, header, agreed)
        if (headers.filter((other) => other.header.hash === header.hash).length < agree) return
        agreed = header
        for (const other of headers) compare(other.node, other.header, agreed)
        resolve(agreed)
      }
      for (const [node, client] of clients.entries()) {
        blocksOf(client)
          .at(number)
          .then((header) => take(node, header))
          .catch((error: unknown) => dissents(node, error))
          .finally(() => {
            if (--left === 0) reject(noQuorum(`on block ${number}`, agree, clients.length))
          })
      }
    })
  /** What nodes answer, highest first: all, or enough that are of one mind and those hardly slower, so that one that hangs holds nobody up. */
  const numbers = (): Promise<bigint[]> =>
    new Promise((resolve) => {
      const answers: bigint[] = []
      let left = clients.length
      let timer: ReturnType<typeof setTimeout> | undefined
      const end = (): void => {
        clearTimeout(timer)
        resolve(answers)
      }
      const take = (number: bigint): void => {
        answers.push(number)
        answers.sort((a, b) => (a < b ? 1 : a > b ? -1 : 0))
        const [highest, enough] = [answers[0], answers[agree - 1]]
        if (highest !== undefined && enough !== undefined && highest - enough <= APART) timer ??= setTimeout(end, GRACE)
      }
      for (const [node, client] of clients.entries()) {
        newestNumber(client)
          .then(take)
          .catch((error: unknown) => dissents(node, error))
          .finally(() => {
            if (--left === 0) end()
          })
      }
    })
  return {
    level: "quorum",
    clients: [first, ...others],
    at,
    async newest() {
      // The highest that enough nodes have: a few can neither raise it nor hold it back.
      const number = (await numbers())[agree - 1]
      if (number === undefined) throw noQuorum("that there is a block", agree, clients.length)
      return at(number)
    },
  }
}

function blocksOf(client: PublicClient): Pick<HeadSource, "newest" | "at"> {
  const read = async (block: string): Promise<Header> =>
    headerOf(await ask(client, "eth_getBlockByNumber", [block, false], `reading block ${block}`))
  return {
    newest: () => read("latest"),
    async at(number) {
      const header = await read(hexNumber(number))
      if (header.number === number) return header
      throw new E2eeError("chain.bad_answer", `the node gave block ${header.number}; expected ${number}`)
    },
  }
}

async function newestNumber(client: PublicClient): Promise<bigint> {
  const number = quantity(await ask(client, "eth_blockNumber", [], "reading the newest block's number"))
  if (number === undefined) throw new E2eeError("chain.bad_answer", "the node's block number is no number")
  return number
}

function noQuorum(what: string, agree: number, of: number): E2eeError {
  return new E2eeError("chain.no_quorum", `fewer than ${agree} of ${of} nodes agree ${what}; nothing is believed`)
}
