import type { Command } from "commander"
import type { PublicClient } from "viem"
import { calldataOf, type Call } from "../chain/registries/call.ts"
import type { Deployment } from "../chain/deployment.ts"
import { readerOf, writerOf } from "../chain/embedded.ts"
import type { Progress, WaitOptions } from "../chain/registries/receipt.ts"
import { formatRequest, signerOf, signRequest, type SignedRequest } from "../chain/registries/requests.ts"
import { send, type Receipt } from "../chain/registries/transaction.ts"
import type { Address } from "../core/address.ts"
import { utf8ToBytes } from "../core/bytes.ts"
import { E2eeError, isE2eeError } from "../core/errors.ts"
import { createFile, saveFile } from "../store/atomic-file.ts"
import { showKey } from "../store/keystore.ts"
import {
  addressOption,
  deploymentOf,
  globalsOf,
  numberOption,
  secretKey,
  transportOf,
  type GlobalOptions,
} from "./options.ts"
import { outputOf, type Output } from "./output.ts"
import { interruptible } from "./until-interrupted.ts"

export interface WriteOptions {
  readonly key?: string
  readonly from?: string
  readonly calldata?: boolean
  readonly confirmations: string
  readonly wait: string
}

export interface RequestOptions {
  readonly signOnly?: boolean
  readonly prepare?: boolean
  readonly out: string
  readonly deadline: string
  readonly overwrite?: boolean
}

/** Options of every command that writes to the registries. */
export function writes(command: Command, who: string): Command {
  return command
    .option("--key <name>", `key that sends and pays: ${who}`)
    .option("--calldata", "print what a contract wallet or another account is to execute; send nothing")
    .option("--from <address>", "who sends it, where there is no --key")
    .option("--confirmations <blocks>", "blocks to wait for, the transaction's own included", "1")
    .option("--wait <seconds>", "how long to wait for them", "180")
}

/** Options of commands whose write one account can sign and another send. */
export function requests(command: Command): Command {
  return command
    .option("--sign-only", "sign a request and write it to --out; whoever has it sends it with `relay`")
    .option("--prepare", "write the request unsigned, for a key or wallet elsewhere: see `request`")
    .option("--out <file>", "where the request is written", "request.json")
    .option("--overwrite", "replace an existing request file")
    .option("--deadline <seconds>", "how long a request is good; a certificate has no deadline", "86400")
}

/** One write in the making: who sends it, where, and how it is told. */
export interface Writing {
  readonly globals: GlobalOptions
  readonly output: Output
  readonly deployment: Deployment
  readonly client: PublicClient
  /** Of --key or --from. Throws `usage.invalid` when there is neither. */
  readonly sender: () => Promise<Address>
  /** Sends a call and prints the result, or prints its calldata. Undefined when nothing was sent. */
  readonly perform: (
    call: Call,
    fields: Readonly<Record<string, unknown>>,
    text: string,
  ) => Promise<Receipt | undefined>
}

export async function openWriting(command: Command, options: WriteOptions): Promise<Writing> {
  const globals = globalsOf(command)
  const output = outputOf(command)
  const { key, from, calldata } = options
  if (from !== undefined && key !== undefined)
    throw new E2eeError("usage.invalid", "expected --key or --from, not both")
  const waiting = waitOptions(options, output)
  const perform: Writing["perform"] = async (call, fields, text) => {
    if (calldata === true) {
      const { to, data, value } = calldataOf(call)
      output.result({ ok: true, ...fields, to, data, value }, JSON.stringify({ to, data, value }, undefined, 2))
      return undefined
    }
    if (key === undefined) throw noKey()
    const writer = writerOf(transportOf(globals), await secretKey(globals, key))
    output.progress(`${call.what} …`)
    const receipt = await interruptible((signal) => send(writer, call, { ...waiting, signal }))
    output.result({ ok: true, ...fields, ...receiptFields(receipt) }, text)
    return receipt
  }
  const sender = async (): Promise<Address> => {
    if (key !== undefined) return (await showKey(globals.keystore, key)).address
    if (from !== undefined) return addressOption(from, "--from")
    throw noKey()
  }
  return {
    globals,
    output,
    deployment: await deploymentOf(globals),
    client: readerOf(transportOf(globals)),
    sender,
    perform,
  }
}

/** Whether a request is to be written instead of a transaction sent. */
export function isRequested({ signOnly, prepare }: RequestOptions): boolean {
  if (signOnly === true && prepare === true) {
    throw new E2eeError("usage.invalid", "expected --sign-only or --prepare, not both")
  }
  return signOnly === true || prepare === true
}

/** Writes a request file, signed with `key` for --sign-only. */
export async function writeRequest(
  { globals, output }: Pick<Writing, "globals" | "output">,
  request: SignedRequest,
  { signOnly, out, overwrite }: RequestOptions,
  key: string | undefined,
): Promise<void> {
  if (signOnly === true && key === undefined) {
    throw new E2eeError("usage.invalid", `--sign-only needs the key of ${signerOf(request)}; or take --prepare`)
  }
  const made = signOnly === true && key !== undefined ? signRequest(request, await secretKey(globals, key)) : request
  const bytes = utf8ToBytes(formatRequest(made))
  await (overwrite === true ? saveFile(out, bytes) : createFile(out, bytes)).catch((error: unknown) => {
    if (!isE2eeError(error, "store.exists")) throw error
    throw new E2eeError("store.exists", `${out} exists already; name another with --out, or add --overwrite`)
  })
  const signer = signerOf(made)
  const signed = made.signature !== undefined
  const next = signed ? `send it with: relay ${out}` : `${signer} signs it with: request sign ${out}`
  output.result({ ok: true, request: out, action: made.action, signer, signed }, `written to ${out}; ${next}`)
}

/** The address of a key of the keystore; its public part, so no password is asked. */
export async function addressOfName(globals: GlobalOptions, name: string): Promise<Address> {
  return (await showKey(globals.keystore, name)).address
}

export function lifetimeOption({ deadline }: RequestOptions): number {
  return numberOption(deadline, "--deadline", 1, 7 * 86_400)
}

export function receiptFields({ transaction, block, gas }: Receipt): Record<string, unknown> {
  return { transaction, block: Number(block), gas: Number(gas) }
}

export function waitOptions(
  { confirmations, wait }: Pick<WriteOptions, "confirmations" | "wait">,
  output: Output,
): WaitOptions {
  return {
    confirmations: numberOption(confirmations, "--confirmations", 1, 10_000),
    timeoutMs: numberOption(wait, "--wait", 1, 86_400) * 1_000,
    progress: (progress) => output.progress(told(progress)),
  }
}

function told(progress: Progress): string {
  if (progress.state !== "mined") {
    return progress.state === "sent" ? `sent ${progress.transaction}` : "waiting for a block …"
  }
  return `in block ${progress.block}, ${progress.confirmations} confirmation${progress.confirmations === 1 ? "" : "s"}`
}

function noKey(): E2eeError {
  return new E2eeError("usage.invalid", "who sends it? expected --key NAME, or --calldata with --from ADDRESS")
}
