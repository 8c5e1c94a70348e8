import type { Command } from "commander"
import { readerOf } from "../chain/embedded.ts"
import { quorum } from "../chain/trust/head.ts"
import { onChain } from "../chain/trust/on-chain.ts"
import type { Address } from "../core/address.ts"
import type { TrustProvider } from "../trust/provider.ts"
import { deploymentOf, numberOption, transportOf, type GlobalOptions } from "./options.ts"

/** Options by which a command says how far it believes nodes of the chain. */
export interface ChainTrustOptions {
  readonly quorum?: string
  readonly depth?: string
}

export function withChainTrustOptions(command: Command): Command {
  return command
    .option("--quorum <urls>", "more RPCs, comma-separated; over half must agree, and values are proven")
    .option("--depth <blocks>", "blocks that must lie on an enrolment; 12 by default, 0 on development chains")
}

/** Trust in what the registries say: by the node at --rpc alone, or by what it and those of --quorum agree on. */
export async function chainTrust(
  globals: GlobalOptions,
  { quorum: others, depth }: ChainTrustOptions,
  realm: Address | string,
): Promise<TrustProvider> {
  const client = readerOf(transportOf(globals))
  const more = others?.split(",").map((rpc) => readerOf(transportOf({ ...globals, rpc: rpc.trim() })))
  return onChain({
    ...(more === undefined ? { client } : { head: quorum({ clients: [client, ...more] }) }),
    ...(depth === undefined ? {} : { depth: numberOption(depth, "--depth", 0, 1_000_000) }),
    deployment: await deploymentOf(globals),
    realm,
  })
}
