import {
  TransactionNotFoundError,
  TransactionReceiptNotFoundError,
  type PublicClient,
  type TransactionReceipt,
} from "viem"
import type { Address } from "../../core/address.ts"
import type { Hex } from "../../core/bytes.ts"
import { E2eeError } from "../../core/errors.ts"

export interface SentTransaction {
  readonly transaction: Hex
  readonly from: Address
  /** Absent when a wallet elsewhere chose it: then a replacement is not noticed before the time is over. */
  readonly nonce?: number
}

/** What happens to a transaction, as it happens. `confirmations` counts the block that has it as the first. */
export type Progress =
  | { readonly state: "sent" | "waiting"; readonly transaction: Hex }
  | { readonly state: "mined"; readonly transaction: Hex; readonly block: bigint; readonly confirmations: number }

export interface WaitOptions {
  readonly progress?: (progress: Progress) => void
  /** Blocks that must have been built, the transaction's own included; 1 by default. */
  readonly confirmations?: number
  /** Milliseconds to wait for all of them; 3 minutes by default. */
  readonly timeoutMs?: number
  /** Ends the waiting, not the transaction. */
  readonly signal?: AbortSignal
}

/**
 * Waits until a transaction has its confirmations; a receipt that a reorganisation takes away is waited for again.
 * A node that fails to answer is asked again until the time is over.
 */
export async function waitUntilMined(
  client: PublicClient,
  sent: SentTransaction,
  what: string,
  { progress = () => undefined, confirmations = 1, timeoutMs = 180_000, signal }: WaitOptions,
): Promise<TransactionReceipt> {
  const { transaction } = sent
  const timeout = AbortSignal.timeout(timeoutMs)
  const stop = signal === undefined ? timeout : AbortSignal.any([signal, timeout])
  let told = ""
  const tell = (news: Progress): void => {
    const text = news.state === "mined" ? `${news.block} ${news.confirmations}` : news.state
    if (text !== told) progress(news)
    told = text
  }
  tell({ state: "sent", transaction })
  let failure: unknown
  let missed = 0
  while (!stop.aborted) {
    try {
      failure = undefined
      const receipt = await receiptOf(client, transaction)
      if (receipt === undefined) {
        tell({ state: "waiting", transaction })
        missed = (await isNonceUsed(client, sent)) ? missed + 1 : 0
        if (missed === SURE) throw replaced(sent, what)
      } else {
        const built = confirmations > 1 ? Number((await client.getBlockNumber()) - receipt.blockNumber) + 1 : 1
        tell({ state: "mined", transaction, block: receipt.blockNumber, confirmations: Math.max(built, 1) })
        if (built >= confirmations) return receipt
      }
    } catch (error) {
      if (error instanceof E2eeError) throw error
      failure = error
    }
    await pause(client.pollingInterval, stop)
  }
  const why = signal?.aborted === true ? "waiting was cancelled" : `it was not confirmed within ${timeoutMs / 1_000} s`
  const where = failure === undefined ? await whereabouts(client, transaction) : "the node does not answer"
  throw new E2eeError(
    "chain.pending",
    `${what}: transaction ${transaction} was sent, but ${why}; ${where}; it may still be mined: look it up before you repeat it`,
    { cause: failure ?? signal?.reason },
  )
}

async function receiptOf(client: PublicClient, hash: Hex): Promise<TransactionReceipt | undefined> {
  return client.getTransactionReceipt({ hash }).catch((error: unknown) => {
    if (error instanceof TransactionReceiptNotFoundError) return undefined
    throw error
  })
}

/** Rounds in a row in which the nonce is used and the receipt missing: nodes behind one URL may differ for a moment. */
const SURE = 3

async function isNonceUsed(client: PublicClient, { from, nonce }: SentTransaction): Promise<boolean> {
  return nonce !== undefined && (await client.getTransactionCount({ address: from })) > nonce
}

function replaced({ transaction, from, nonce }: SentTransaction, what: string): E2eeError {
  return new E2eeError(
    "chain.replaced",
    `${what}: another transaction of ${from} with nonce ${nonce} took the place of ${transaction}; look at the account`,
  )
}

async function whereabouts(client: PublicClient, hash: Hex): Promise<string> {
  try {
    await client.getTransaction({ hash })
    return "the node still has it"
  } catch (error) {
    return error instanceof TransactionNotFoundError ? "the node has dropped it" : "the node does not answer"
  }
}

function pause(milliseconds: number, stop: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (stop.aborted) return resolve()
    const done = (): void => {
      clearTimeout(timer)
      stop.removeEventListener("abort", done)
      resolve()
    }
    const timer = setTimeout(done, milliseconds)
    stop.addEventListener("abort", done)
  })
}
