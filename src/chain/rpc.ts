import type { PublicClient } from "viem"
import { E2eeError } from "../core/errors.ts"
import { chainError } from "./errors.ts"

/** Milliseconds that a node has for one answer. */
const PATIENCE = 5_000

/** One question to a node, its answer unread; a node that does not answer in time is one that does not answer. */
export function ask(client: PublicClient, method: string, params: readonly unknown[], what: string): Promise<unknown> {
  return inTime(client.request({ method, params } as never), what)
}

/** The promise, or `chain.unreachable` when the node takes too long; other failures as coded errors. */
export async function inTime<T>(answer: Promise<T>, what: string, patience = PATIENCE): Promise<T> {
  let timer: ReturnType<typeof setTimeout> | undefined
  const late = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(
      () => reject(new E2eeError("chain.unreachable", `${what}: the node did not answer within ${patience} ms`)),
      patience,
    )
  })
  try {
    return await Promise.race([answer, late])
  } catch (error) {
    throw chainError(error, what)
  } finally {
    clearTimeout(timer)
  }
}

/** A number in a node's answer, or undefined. */
export function quantity(answer: unknown): bigint | undefined {
  return typeof answer === "string" && /^0x[0-9a-f]{1,16}$/i.test(answer) ? BigInt(answer) : undefined
}

export function hexNumber(number: bigint): string {
  return `0x${number.toString(16)}`
}
