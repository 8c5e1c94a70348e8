import { createHash } from "node:crypto"
import { appendFileSync, existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs"
import { availableParallelism } from "node:os"
import { join } from "node:path"
import { parseArgs } from "node:util"
import { allMutants, type Mutant } from "./mutants.ts"
import { judgeAll } from "./pool.ts"
import { hashOf, readJson, resultOf, writeResult, type Reasons, type Result } from "./result.ts"
import { schemata } from "./schema.ts"
import { remember, UNMUTATED, type Killers, type Verdict } from "./verdict.ts"

// Mutation test of the contracts: npm run mutation. It goes on where it was stopped; see docs/development.md.

const MOST_TOGETHER = 60

const { values: options } = parseArgs({
  options: {
    sample: { type: "string" }, // all conditions, and so many of the other mutants
    seed: { type: "string", default: "1" }, // of the sample
    only: { type: "string", default: "" }, // mutants whose key contains it
    again: { type: "boolean", default: false }, // only survivors without a reason, once more
    fresh: { type: "boolean", default: false }, // forget all verdicts
    check: { type: "boolean", default: false }, // the mutants of check.json, all of which the tests must notice
    workers: { type: "string", default: String(Math.min(4, availableParallelism())) },
  },
})

/** All conditions and a sample of the rest, from each file in proportion, by the hashes of seed and key. */
function sampleOf(all: readonly Mutant[], size: number): Mutant[] {
  const rest = all.filter(({ operator }) => operator !== "condition")
  const place = ({ key }: Mutant) => createHash("sha256").update(`${options.seed} ${key}`).digest("hex")
  const files = [...new Set(rest.map(({ file }) => file))]
  const chosen = files.flatMap((file) => {
    const own = rest.filter((mutant) => mutant.file === file).sort((a, b) => place(a).localeCompare(place(b)))
    return own.slice(0, Math.ceil((own.length * size) / rest.length))
  })
  return [...all.filter(({ operator }) => operator === "condition"), ...chosen]
}

const say = (text: string) => process.stdout.write(`${text}\n`)
const mutants = allMutants()
const contracts = hashOf(mutants)
const folder = join(import.meta.dirname, "..", "..", "cache", "mutation")
mkdirSync(folder, { recursive: true })
const log = join(folder, `${options.check ? "check-" : ""}${contracts.slice(0, 16)}.jsonl`)
const verdicts = new Map<string, Verdict>()
if (existsSync(log) && !options.fresh && !options.check) {
  for (const line of readFileSync(log, "utf8").split("\n").filter(Boolean)) {
    const { key, verdict } = JSON.parse(line) as { key: string; verdict: Verdict }
    verdicts.set(key, verdict)
  }
} else writeFileSync(log, "")

const checked = options.check ? readJson<string[]>("check.json") : []
const population = options.check
  ? mutants.filter(({ key }) => checked.includes(key))
  : options.sample === undefined
    ? mutants
    : sampleOf(mutants, Number(options.sample))
const reasons = readJson<Reasons>("survivors.json")
const isUnexplained = (key: string) => verdicts.get(key)?.outcome === "survived" && !(key in reasons)
const isWanted = ({ key }: Mutant) =>
  key.includes(options.only) && (options.again ? isUnexplained(key) : !verdicts.has(key))
const wanted = population.filter(isWanted)
say(`${mutants.length} mutants of the contracts ${contracts.slice(0, 16)}, ${wanted.length} to judge`)

const likely: Killers = {}
const insides = new Map(mutants.map(({ key, inside }) => [key, inside]))
function learn(key: string, verdict: Verdict): void {
  const inside = insides.get(key)
  if (verdict.outcome === "killed" && inside !== undefined) remember(likely, inside, verdict.by)
}
for (const [key, verdict] of verdicts) learn(key, verdict)

const began = Date.now()
let count = 0
function tell(key: string, verdict: Verdict): void {
  if (key === UNMUTATED.key) {
    // Nothing is worth anything if the tests do not pass on the contracts as they are.
    if (verdict.outcome !== "survived") throw new Error(`the tests fail without a mutant: ${JSON.stringify(verdict)}`)
    say(`the tests pass without a mutant (${verdict.ms} ms)`)
    return
  }
  verdicts.set(key, verdict)
  appendFileSync(log, `${JSON.stringify({ key, verdict })}\n`)
  learn(key, verdict)
  const place = `${++count}/${wanted.length} ${Math.round((Date.now() - began) / 1000)} s`
  say(`${place} ${verdict.outcome} ${key}${"by" in verdict ? ` | ${verdict.by}` : ""}`)
}

// The conditions first: all of them, made true and made false, are what stands for branch coverage.
wanted.sort((a, b) => Number(b.operator === "condition") - Number(a.operator === "condition"))
const groups = schemata(wanted, MOST_TOGETHER).map((schema) => [...schema.mutants])
// The last group is judged once more with nothing switched on.
groups.at(-1)?.push(UNMUTATED)
await judgeAll(groups, Number(options.workers), likely, tell)

if (options.check) {
  const recorded = readJson<Result>("result.json")
  if (recorded.contracts !== contracts) say("result.json is of other contracts: npm run mutation before a release")
  const missed = checked.filter((key) => verdicts.get(key)?.outcome !== "killed")
  for (const key of missed) say(`not noticed, or no longer there: ${key}`)
  if (missed.length > 0 || checked.length === 0) process.exitCode = 1
} else {
  const result = resultOf(contracts, population, verdicts, reasons, options.seed)
  writeResult(result)
  const { conditions, others, score } = result
  say(`conditions ${JSON.stringify(conditions)}\nothers ${JSON.stringify(others)}\nscore ${score}`)
}
