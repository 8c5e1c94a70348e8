import { custom, type PublicClient } from "viem"
import { readerOf } from "../../../src/chain/embedded.ts"

/** Answers in a node's stead: what it would have said, to be said otherwise. */
export type Lie = (method: string, params: readonly unknown[], honest: () => Promise<unknown>) => unknown

/** A client of a node that lies; everything else it answers as the honest one does. */
export function lyingNode(honest: PublicClient, lie: Lie): PublicClient {
  const request = async ({ method, params }: { method: string; params?: unknown }): Promise<unknown> =>
    lie(method, (params ?? []) as readonly unknown[], () => honest.request({ method, params } as never))
  return readerOf(custom({ request }, { retryCount: 0 }))
}

/** The lie that changes the answers to one method. */
export function lieAbout(method: string, change: (answer: never, params: readonly unknown[]) => unknown): Lie {
  return async (asked, params, honest) => (asked === method ? change((await honest()) as never, params) : honest())
}
