import { createClient, http, parseEther, toHex, type Address, type Hex } from "viem"
import { account, deploy, type Provider } from "../contracts/fixture.ts"

/** The nodes that the same scenario is played on: Hardhat's EDR in this process, and those that somebody started. */
export interface Node {
  readonly name: "EDR" | "anvil" | "geth"
  /** Undefined for the chain in this process. */
  readonly url?: string
  /** Whether its clock can be put forward: without that the end of a delay cannot be waited for. */
  readonly hasClock: boolean
}

const { ANVIL, GETH } = process.env

export const NODES: readonly Node[] = [
  { name: "EDR", hasClock: true },
  ...(ANVIL === undefined ? [] : [{ name: "anvil", url: ANVIL, hasClock: true } as const]),
  ...(GETH === undefined ? [] : [{ name: "geth", url: GETH, hasClock: false } as const]),
]

export function providerOf(url: string): Provider {
  const { request } = createClient({ transport: http(url, { retryCount: 0 }) })
  return {
    // geth refuses to look for a receipt while it indexes what it has just made; it is not there yet, that is all.
    request: (asked) =>
      request(asked as never).catch((error: unknown) => {
        if (asked.method === "eth_getTransactionReceipt" && /indexing is in progress/.test(String(error))) return null
        throw error
      }),
  }
}

/** The registries, freshly deployed; the accounts of the scenario have money on whatever node. */
export async function start({ url }: Node) {
  if (url === undefined) return deploy()
  const provider = providerOf(url)
  for (let i = 0; i <= 10; i++) await fund(provider, account(i).address)
  return deploy(provider)
}

/** geth's development chain gives all money to an account of its own, for which it signs. */
async function fund(provider: Provider, to: Address): Promise<void> {
  if (BigInt((await provider.request({ method: "eth_getBalance", params: [to, "latest"] })) as Hex) > 0n) return
  const [rich] = (await provider.request({ method: "eth_accounts" })) as Address[]
  if (rich === undefined) throw new Error(`the node has no account that could give ${to} money`)
  const value = toHex(parseEther("100"))
  const hash = await provider.request({ method: "eth_sendTransaction", params: [{ from: rich, to, value }] })
  for (let i = 0; i < 200; i++) {
    if (await provider.request({ method: "eth_getTransactionReceipt", params: [hash] })) return
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
  throw new Error(`the node did not take transaction ${hash} into a block`)
}
