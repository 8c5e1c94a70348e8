import type { Mutant } from "./mutants.ts"

/** Mutants for a worker to judge; several are compiled together. */
export interface Task {
  readonly mutants: readonly Mutant[]
  /** Titles of the tests that are likely to notice, by the function that a mutant is in; they are run first. */
  readonly likely: Killers
}

export type Killers = Record<string, readonly string[]>

/** Notes that a test killed a mutant; the tests that did so last come first. */
export function remember(killers: Killers, inside: string, title: string): void {
  for (const place of [inside, contractOf(inside)])
    killers[place] = [title, ...(killers[place] ?? []).filter((other) => other !== title)].slice(0, 8)
}

export function contractOf(inside: string): string {
  return inside.replace(/\..*/, "")
}

export type Verdict =
  /** The test `by` failed, with the message `why`. */
  | { readonly outcome: "killed"; readonly by: string; readonly why: string; readonly ms: number }
  | { readonly outcome: "survived"; readonly ms: number }
  /** The compiler makes the same code of it, byte for byte. */
  | { readonly outcome: "same" }
  /** The compiler refuses it: no mutant at all. */
  | { readonly outcome: "invalid"; readonly reason: string }

export type Report =
  | { readonly kind: "ready" }
  | { readonly kind: "starts"; readonly key: string }
  | { readonly kind: "verdict"; readonly key: string; readonly verdict: Verdict }
  | { readonly kind: "done" }

/** Not a mutant: the contracts as they are. Tests that kill it would kill anything. */
export const UNMUTATED: Mutant = {
  key: "unmutated",
  file: "",
  inside: "",
  operator: "none",
  start: 0,
  end: 0,
  original: "",
  replacement: "",
  kind: "text",
}
