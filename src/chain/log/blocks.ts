import { BlockNotFoundError, type PublicClient } from "viem"
import type { Hex } from "../../core/bytes.ts"

/** A block by its number and its hash (32 bytes), which names its whole past besides. */
export interface BlockName {
  readonly number: bigint
  readonly hash: Hex
}

/** Whether the chain that the node follows now has this block. Throws viem's errors. */
export async function isOfChain(client: PublicClient, { number, hash }: BlockName): Promise<boolean> {
  try {
    return (await client.getBlock({ blockNumber: number })).hash === hash
  } catch (error) {
    if (error instanceof BlockNotFoundError) return false
    throw error
  }
}
