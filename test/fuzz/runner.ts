import { inspect } from "node:util"
import { drawFrom, mix } from "./draw.ts"
import type { Target } from "./target.ts"

/** Milliseconds that an input may take; one that took more is tried once more, for the machine has other work, too. */
const PATIENCE = 1_000

export interface Seen {
  accepted: number
  refused: number
}

/** One failure, with all that makes it again. */
export class Failure extends Error {
  constructor(target: Target, seed: number, at: number, input: unknown, why: unknown) {
    const shown = input instanceof Uint8Array ? `hex ${Buffer.from(input).toString("hex")}` : shownValue(input)
    const again = `FUZZ_SEED=${seed} FUZZ_TARGET=${JSON.stringify(target.name)} FUZZ_AT=${at} npm run fuzz`
    super(
      `${target.name}: ${why instanceof Error ? (why.stack ?? why.message) : String(why)}\n  input: ${shown}\n  again: ${again}`,
    )
    this.name = "Failure"
  }
}

function shownValue(input: unknown): string {
  if (typeof input === "string") return `text, hex ${Buffer.from(input).toString("hex")}`
  return inspect(input, { depth: 12, maxStringLength: 500, breakLength: Infinity })
}

/** Makes the input with that number and judges what the decoder does with it. Throws {@link Failure}. */
export function tryOne(target: Target, seed: number, at: number, seen: Seen): void {
  const draw = drawFrom(mix(seed, at, ...Buffer.from(target.name)))
  const make = target.kinds[at % target.kinds.length] as (typeof target.kinds)[number]
  const input = make(draw)
  const fail = (why: unknown): never => {
    throw new Failure(target, seed, at, input, why)
  }
  const began = performance.now()
  let decoded: { readonly value: unknown } | undefined
  try {
    decoded = { value: target.decode(input as never) }
    seen.accepted++
  } catch (error) {
    if (!target.promised(error)) fail(error)
    seen.refused++
  }
  if (performance.now() - began > PATIENCE && timeOf(target, input) > PATIENCE) fail(`took more than ${PATIENCE} ms`)
  try {
    if (decoded !== undefined) target.check?.(decoded.value as never, input as never)
  } catch (error) {
    fail(error)
  }
  // oxlint-disable-next-line guard-for-in
  for (const name in {}) fail(`every object now has a property ${name}`)
}

function timeOf(target: Target, input: unknown): number {
  const began = performance.now()
  try {
    target.decode(input as never)
  } catch {
    // Judged before.
  }
  return performance.now() - began
}

/** How many of all inputs each target gets; at least one. */
export function sharesOf(targets: readonly Target[], inputs: number): number[] {
  const weights = targets.reduce((sum, { weight }) => sum + weight, 0)
  return targets.map(({ weight }) => Math.max(1, Math.round((inputs * weight) / weights)))
}
