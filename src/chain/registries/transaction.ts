import { keccak256, type Account, type Chain, type PublicClient, type Transport, type WalletClient } from "viem"
import type { Address } from "../../core/address.ts"
import type { Hex } from "../../core/bytes.ts"
import { E2eeError } from "../../core/errors.ts"
import { calldataOf, type Call } from "./call.ts"
import { chainError, isUnreachable } from "../errors.ts"
import { waitUntilMined, type SentTransaction, type WaitOptions } from "./receipt.ts"

export type Wallet = WalletClient<Transport, Chain | undefined, Account>

/** The chain as one who writes sees it: a client to read, a wallet to sign and send. */
export interface Writer {
  readonly client: PublicClient
  readonly wallet: Wallet
}

export interface Receipt {
  readonly transaction: Hex
  readonly block: bigint
  readonly gas: bigint
}

/** Simulates, sends, waits for the receipt: a refusal costs nothing and comes back by its name (`chain.reverted`). */
export async function send(writer: Writer, call: Call, options: WaitOptions = {}): Promise<Receipt> {
  const { what, address, abi, functionName, args } = call
  if (options.signal?.aborted === true) throw new E2eeError("session.cancelled", `${what}: cancelled; nothing was sent`)
  try {
    await writer.client.simulateContract({ address, abi, functionName, args, account: writer.wallet.account } as never)
  } catch (error) {
    throw chainError(error, what, writer.wallet.account.address)
  }
  return submit(writer, what, calldataOf(call), options)
}

/**
 * Sends one transaction and waits for its receipt. Once it is sent, every error names its hash, since it may still be
 * mined: `chain.pending` when the time is over or the caller's signal aborts, `chain.replaced`, `chain.reverted`.
 */
export async function submit(
  writer: Writer,
  what: string,
  transaction: { readonly to?: Address; readonly data?: Hex; readonly value?: bigint | string },
  options: WaitOptions = {},
): Promise<Receipt> {
  const sent = await publish(writer, what, { ...transaction, value: BigInt(transaction.value ?? 0) })
  const receipt = await waitUntilMined(writer.client, sent, what, options)
  if (receipt.status !== "success") {
    throw new E2eeError(
      "chain.reverted",
      `${what}: transaction ${sent.transaction} was reverted in block ${receipt.blockNumber}`,
    )
  }
  return { transaction: sent.transaction, block: receipt.blockNumber, gas: receipt.gasUsed }
}

/** A key of ours signs first, so that the hash is known even when the node's answer is lost. */
async function publish(
  { client, wallet }: Writer,
  what: string,
  transaction: { to?: Address; data?: Hex; value: bigint },
): Promise<SentTransaction> {
  const { account } = wallet
  try {
    if (account.type !== "local") {
      return {
        transaction: await wallet.sendTransaction({ ...transaction, chain: null } as never),
        from: account.address,
      }
    }
    const prepared = await wallet.prepareTransactionRequest({ ...transaction, account, chain: null } as never)
    const nonce = (prepared as { nonce: number }).nonce
    const serialized = await account.signTransaction({
      ...(prepared as object),
      chainId: await client.getChainId(),
    } as never)
    const hash = keccak256(serialized)
    try {
      await client.sendRawTransaction({ serializedTransaction: serialized })
    } catch (error) {
      if (!isUnreachable(error)) throw error
      throw new E2eeError(
        "chain.pending",
        `${what}: the node did not answer to transaction ${hash}; it may still be mined: look it up before you repeat it`,
        { cause: error },
      )
    }
    return { transaction: hash, from: account.address, nonce }
  } catch (error) {
    throw chainError(error, what, account.address)
  }
}
