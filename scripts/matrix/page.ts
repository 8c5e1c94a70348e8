import { readFileSync, writeFileSync } from "node:fs"
import { padded } from "../../bench/gas/table.ts"
import { MESSAGES, titleOf, type Outcome, type Passed } from "./cells.ts"
import { limitIn } from "./limits.ts"
import { PARTS, type Measured, type Part } from "./run.ts"

const PAGE = new URL("../../docs/routers.md", import.meta.url)

/** Rows of one of the page's tables, the titles first. */
export type Rows = readonly (readonly string[])[]

export function rowsOf(part: Part, all: readonly Measured[]): Rows {
  if (part !== "beside") return [["router", "over", ...MESSAGES], ...all.flatMap((one) => roadRows(one, one[part]))]
  const facts = [...new Set(all.flatMap(({ beside }) => Object.keys(beside)))]
  const rows = facts.map((fact) => [fact, ...all.map(({ beside }) => beside[fact] ?? "not measured")])
  return [["", ...all.map(({ router }) => router)], ...rows]
}

function roadRows({ router }: Measured, passed: readonly Passed[]): Rows {
  return passed.map(({ road, outcomes }) => [router, titleOf(road), ...MESSAGES.map((kind) => shown(outcomes[kind]))])
}

function shown(outcome: Outcome): string {
  if (outcome.ok) return outcome.carriage
  const limit = limitIn(outcome)
  return limit === undefined ? "FAILED" : `[${limit.name}](${limit.link.replace(/^.*#/, "#")})`
}

/** As Markdown, each cell as `change` has it. */
export function tableOf(part: Part, all: readonly Measured[], change = (cell: string): string => cell): string {
  return padded(rowsOf(part, all).map((row) => row.map(change)))
}

/** Puts all tables into docs/routers.md, between their marks. */
export function write(all: readonly Measured[]): void {
  let text = readFileSync(PAGE, "utf8")
  for (const part of PARTS) text = text.replace(marked(part), () => tableOf(part, all))
  writeFileSync(PAGE, text)
}

/** The rows that docs/routers.md has. Throws when it has no such table. */
export function documented(part: Part): Rows {
  const [table] = marked(part).exec(readFileSync(PAGE, "utf8")) ?? []
  if (table === undefined) throw new Error(`docs/routers.md has no table marked ${part}`)
  const rows = table.split("\n").map((line) => line.split(/ *\| */).slice(1, -1))
  return rows.filter(([first]) => !/^-+$/.test(first ?? ""))
}

function marked(part: Part): RegExp {
  return new RegExp(`(?<=<!-- npm run matrix -- --write: ${part} -->\n\n)[^]*?(?=\n\n<!-- end -->)`)
}
