import { createHash } from "node:crypto"
import { readFileSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import { read } from "./compiler.ts"
import type { Mutant } from "./mutants.ts"
import type { Verdict } from "./verdict.ts"

/** Why a mutant that no test notices is no fault, by its key. */
export type Reasons = Readonly<Record<string, string>>

export interface Counts {
  /** So many there are, or were chosen. */
  of: number
  /** So many were judged. */
  mutants: number
  killed: number
  survived: number
  /** Of those that survived, the ones that change nothing that could be observed. */
  explained: number
  /** Judged to be the same code by the compiler, or refused by it: not counted as mutants. */
  none: number
}

export interface Result {
  /** SHA-256 of the sources. */
  readonly contracts: string
  /** All boolean expressions made true and made false. */
  readonly conditions: Counts
  /** Every other kind of mutant: all of them, or the sample that was judged. */
  readonly others: Counts & { readonly seed: string }
  readonly score: number
  readonly survivors: Readonly<Record<string, string>>
}

/** Verdicts are of these contracts and nothing else. */
export function hashOf(mutants: readonly Mutant[]): string {
  const hash = createHash("sha256")
  for (const file of [...new Set(mutants.map((mutant) => mutant.file))].sort()) hash.update(file).update(read(file))
  return hash.digest("hex")
}

export function readJson<T>(name: string): T {
  return JSON.parse(readFileSync(join(import.meta.dirname, name), "utf8")) as T
}

export function resultOf(
  contracts: string,
  mutants: readonly Mutant[],
  verdicts: ReadonlyMap<string, Verdict>,
  reasons: Reasons,
  seed: string,
): Result {
  const conditions = mutants.filter(({ operator }) => operator === "condition")
  const others = mutants.filter(({ operator }) => operator !== "condition")
  const survivors = mutants.map(({ key }) => key).filter((key) => verdicts.get(key)?.outcome === "survived")
  const [a, b] = [count(conditions, verdicts, reasons), count(others, verdicts, reasons)]
  return {
    contracts,
    conditions: a,
    others: { ...b, seed },
    score: Math.floor((1_000 * (a.killed + b.killed)) / (a.mutants + b.mutants)) / 1_000,
    survivors: Object.fromEntries(survivors.map((key) => [key, reasons[key] ?? "no test notices it"])),
  }
}

function count(mutants: readonly Mutant[], verdicts: ReadonlyMap<string, Verdict>, reasons: Reasons): Counts {
  const counts: Counts = { of: mutants.length, mutants: 0, killed: 0, survived: 0, explained: 0, none: 0 }
  for (const { key } of mutants) {
    const outcome = verdicts.get(key)?.outcome
    if (outcome === undefined) continue
    if (outcome === "same" || outcome === "invalid") counts.none++
    else {
      counts.mutants++
      counts[outcome]++
      if (outcome === "survived" && key in reasons) counts.explained++
    }
  }
  return counts
}

export function writeResult(result: Result): void {
  writeFileSync(join(import.meta.dirname, "result.json"), `${JSON.stringify(result, null, 2)}\n`)
}
