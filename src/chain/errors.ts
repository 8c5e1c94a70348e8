import {
  AbiEncodingLengthMismatchError,
  BaseError,
  ContractFunctionRevertedError,
  ExecutionRevertedError,
  HttpRequestError,
  InsufficientFundsError,
  IntegerOutOfRangeError,
  TimeoutError,
  WebSocketRequestError,
} from "viem"
import type { Address } from "../core/address.ts"
import { E2eeError } from "../core/errors.ts"
import { adviceOf } from "./advice.ts"

/** A chain client's error as one of ours: the registry's refusal by name and values, or what the node or `payer` lacks. */
export function chainError(error: unknown, what: string, payer?: Address): E2eeError {
  if (error instanceof E2eeError) return error
  if (!(error instanceof BaseError)) {
    return new E2eeError("chain.bad_answer", `${what}: ${error instanceof Error ? error.message : String(error)}`, {
      cause: error,
    })
  }
  const reverted = error.walk((e) => e instanceof ContractFunctionRevertedError)
  if (reverted instanceof ContractFunctionRevertedError) {
    return new E2eeError("chain.reverted", `${what}: ${refusalOf(reverted)}`, { cause: error })
  }
  if (isUnreachable(error)) {
    return new E2eeError(
      "chain.unreachable",
      `${what}: the chain's RPC does not answer; check its URL and that the node runs`,
      { cause: error },
    )
  }
  if (error.walk((e) => e instanceof InsufficientFundsError) || LACKS_FUNDS.test(error.details)) {
    const account = payer === undefined ? "the account" : `account ${payer}`
    return new E2eeError("chain.funds", `${what}: ${account} cannot pay for the transaction; send it funds`, {
      cause: error,
    })
  }
  if (error.walk((e) => e instanceof IntegerOutOfRangeError || e instanceof AbiEncodingLengthMismatchError)) {
    return new E2eeError("usage.invalid", `${what}: ${error.shortMessage}`, { cause: error })
  }
  const code = error.walk((e) => e instanceof ExecutionRevertedError) ? "chain.reverted" : "chain.bad_answer"
  return new E2eeError(code, `${what}: ${error.shortMessage} ${error.details}`.trim(), { cause: error })
}

/** As nodes say it whose words the client does not know. */
const LACKS_FUNDS = /enough funds|insufficient (funds|balance)/i

export function isUnreachable(error: unknown): boolean {
  if (!(error instanceof BaseError)) return false
  const isTransport = (e: unknown): boolean =>
    e instanceof HttpRequestError || e instanceof TimeoutError || e instanceof WebSocketRequestError
  return error.walk(isTransport) !== null
}

function refusalOf({ data, reason, signature }: ContractFunctionRevertedError): string {
  if (data === undefined) return `it was refused: ${reason ?? signature ?? "without a reason"}`
  const { errorName, args = [], abiItem } = data
  const inputs = "inputs" in abiItem ? abiItem.inputs : []
  const values = args.map((value, i) => `${inputs[i]?.name ? `${inputs[i].name} ` : ""}${String(value)}`)
  const advice = adviceOf(errorName)
  return `the registry refused: ${errorName}(${values.join(", ")})${advice === undefined ? "" : `; ${advice}`}`
}
