import type { PublicClient } from "viem"
import type { Address } from "../../core/address.ts"
import type { Hex } from "../../core/bytes.ts"
import { proveAccount, type ProvenAccount } from "./account-proof.ts"
import { checkChainId, checkCodeHash, type Deployment } from "../deployment.ts"
import type { Header } from "./header.ts"
import { ask, hexNumber, inTime } from "../rpc.ts"

/** A contract by its address and the program that has to be there. */
export interface Program {
  readonly name: string
  readonly address: Address
  /** keccak256 of its code. */
  readonly code: Hex
}

/** Slots proven by nodes that are not believed: against the block's state root, with the program at the address. */
export interface Prover {
  /** Whether there is a node of the deployment's chain. */
  check(deployment: Deployment): Promise<void>
  prove(block: Header, program: Program, slots: readonly Hex[]): Promise<ProvenAccount>
}

export function proverBy(clients: readonly PublicClient[]): Prover {
  const nodes = [...clients]
  return {
    async check(deployment) {
      await firstOf(nodes, async (client) =>
        checkChainId(await inTime(client.getChainId(), "reading the chain's id"), deployment),
      )
    },
    async prove(block, { name, address, code }, slots) {
      return firstOf(nodes, async (client) => {
        const answer = await ask(client, "eth_getProof", [address, slots, hexNumber(block.number)], `proving ${name}`)
        const account = proveAccount(answer, block.stateRoot, address, slots)
        checkCodeHash(name, address, account.codeHash, code)
        return account
      })
    },
  }
}

/** The first answer that holds; else why the last node's did not. The node that gave it is asked first from then on. */
async function firstOf<T>(nodes: PublicClient[], question: (client: PublicClient) => Promise<T>): Promise<T> {
  let failure: unknown
  const order = [...nodes] // of now: other questions reorder the nodes meanwhile
  for (const node of order) {
    try {
      const answer = await question(node)
      nodes.unshift(...nodes.splice(nodes.indexOf(node), 1))
      return answer
    } catch (error) {
      failure = error
    }
  }
  throw failure
}
