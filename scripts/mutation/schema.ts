import { compile, read, SWITCH, SWITCH_FILE, type Code, type Sources } from "./compiler.ts"
import type { Mutant } from "./mutants.ts"

/** Mutants that are compiled together, each switched on by its number: one compilation instead of dozens. */
export interface Schema {
  readonly mutants: readonly Mutant[]
}

/** Mutants of which no two overlap, unless they replace exactly the same text; other text is compiled by itself. */
export function schemata(mutants: readonly Mutant[], most: number): Schema[] {
  const open: Mutant[][] = []
  for (const mutant of mutants) {
    const fits = (others: readonly Mutant[]) =>
      mutant.kind !== "text" &&
      others.length < most &&
      others.every(
        (other) =>
          other.kind !== "text" &&
          (other.file !== mutant.file ||
            other.end <= mutant.start ||
            mutant.end <= other.start ||
            (other.start === mutant.start && other.end === mutant.end && other.kind === mutant.kind)),
      )
    const home = open.find(fits)
    if (home) home.push(mutant)
    else open.push([mutant])
  }
  return open.map((group) => ({ mutants: group }))
}

function replaced(source: string, edits: readonly { start: number; end: number; text: string }[]): string {
  const bytes = Buffer.from(source)
  let text = ""
  let at = 0
  for (const { start, end, text: part } of [...edits].sort((a, b) => a.start - b.start)) {
    text += bytes.subarray(at, start).toString() + part
    at = end
  }
  return text + bytes.subarray(at).toString()
}

/** The sources with one mutant put in for good. */
export function withMutant({ file, start, end, replacement, kind }: Mutant): Sources {
  const text = kind === "expression" ? `(${replacement})` : kind === "statement" ? `{ ${replacement} }` : replacement
  return { [file]: replaced(read(file), [{ start, end, text }]) }
}

/** The sources with all mutants of a schema, numbered from 1 in its order. */
function withSwitches({ mutants }: Schema): Sources {
  const sources: Record<string, string> = { [SWITCH_FILE]: SWITCH }
  for (const file of new Set(mutants.map((mutant) => mutant.file))) {
    const places = new Map<string, { start: number; end: number; text: string }>()
    for (const [i, mutant] of mutants.entries()) {
      if (mutant.file !== file) continue
      const place = `${mutant.start}-${mutant.end}`
      const { start, end, original, replacement, kind } = mutant
      const so = places.get(place)?.text ?? (kind === "expression" ? `(${original})` : `{ ${original} }`)
      const text =
        kind === "expression"
          ? `(mutantOn(${i + 1}) ? (${replacement}) : ${so})`
          : `{ if (mutantOn(${i + 1})) { ${replacement} } else ${so} }`
      places.set(place, { start, end, text })
    }
    const source = replaced(read(file), [...places.values()])
    sources[file] = source.replace(/(pragma solidity [^;]+;)/, `$1 import {mutantOn} from "${SWITCH_FILE}";`)
  }
  return sources
}

/** Compiles a schema; mutants that do not fit in one (types that a choice cannot have) come back to be compiled alone. */
export function compileSchema(schema: Schema): { code: Code; mutants: readonly Mutant[]; alone: readonly Mutant[] } {
  const alone: Mutant[] = []
  let mutants = [...schema.mutants]
  for (;;) {
    const sources = withSwitches({ mutants })
    const code = compile(sources)
    if (!Array.isArray(code)) return { code, mutants, alone }
    const guilty = new Set<Mutant>()
    for (const { file, start } of code) {
      // The switch before the place of the error names the mutant.
      const before = Buffer.from(sources[file ?? ""] ?? "")
        .subarray(0, start + 24)
        .toString()
      const number = [...before.matchAll(/mutantOn\((\d+)\)/g)].at(-1)?.[1]
      const found = mutants[Number(number) - 1]
      if (found) guilty.add(found)
    }
    // An error without a place: too much for one contract; every second one waits.
    const out = guilty.size > 0 ? guilty : new Set(mutants.filter((_, i) => i % 2 === 1))
    if (out.size === 0) throw new Error(code.map(({ message }) => message).join("\n"))
    alone.push(...out)
    mutants = mutants.filter((mutant) => !out.has(mutant))
  }
}
