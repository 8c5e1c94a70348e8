import {
  BaseError,
  ContractFunctionRevertedError,
  HttpRequestError,
  InsufficientFundsError,
  TimeoutError,
  WebSocketRequestError,
} from "viem"
import { E2eeError } from "../core/errors.ts"

/** What a person can do about a registry's refusal, where the name alone does not say it. */
const ADVICE: Readonly<Record<string, string>> = {
  OperatorExists: "it is enrolled already; nothing is to be done",
  OperatorUnknown: "enrol the operator first",
  OperatorNotActive: "enrol the operator first; a revoked or retired one cannot be admitted",
  RealmExists: "choose another salt",
  RealmUnknown: "create the realm first, or check its address",
  RealmNotOwner: "send it with the realm owner's key",
  OperatorNotController: "send it with the operator's controller key",
  RevocationNotAuthorised: "send it with the key of the issuer, of somebody above it, or of the realm's owner",
  CertificateRevoked: "it is revoked for ever; issue a new certificate",
}

/** A chain client's error as one of ours: the registry's refusal by name and values, or what the node or account lacks. */
export function chainError(error: unknown, what: string): E2eeError {
  if (error instanceof E2eeError) return error
  if (!(error instanceof BaseError)) {
    return new E2eeError("chain.bad_answer", `${what}: ${error instanceof Error ? error.message : String(error)}`, {
      cause: error,
    })
  }
  const reverted = error.walk((e) => e instanceof ContractFunctionRevertedError)
  if (reverted instanceof ContractFunctionRevertedError && reverted.data !== undefined) {
    const { errorName, args = [] } = reverted.data
    const advice = ADVICE[errorName]
    return new E2eeError(
      "chain.reverted",
      `${what}: the registry refused: ${errorName}(${args.map(String).join(", ")})${advice ? `; ${advice}` : ""}`,
      { cause: error },
    )
  }
  const unreachable = error.walk(
    (e) => e instanceof HttpRequestError || e instanceof TimeoutError || e instanceof WebSocketRequestError,
  )
  if (unreachable) {
    return new E2eeError(
      "chain.unreachable",
      `${what}: the chain's RPC does not answer; check its URL and that the node runs`,
      { cause: error },
    )
  }
  if (error.walk((e) => e instanceof InsufficientFundsError)) {
    return new E2eeError("chain.funds", `${what}: the account cannot pay for the transaction; send it funds`, {
      cause: error,
    })
  }
  return new E2eeError("chain.bad_answer", `${what}: ${error.shortMessage}`, { cause: error })
}
