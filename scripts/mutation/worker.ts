import { readdirSync } from "node:fs"
import { join } from "node:path"
import Mocha from "mocha"
import { compile, numbered, read, type Code, type CompilerError } from "./compiler.ts"
import type { Mutant } from "./mutants.ts"
import { compileSchema, withMutant } from "./schema.ts"
import { contractOf, remember, UNMUTATED, type Killers, type Report, type Task, type Verdict } from "./verdict.ts"

// A process that puts mutants into the contracts, one after the other, and runs the contracts' tests until one fails.
// The suites are loaded once and run many times, each time on new chains.

const TESTS = join(import.meta.dirname, "..", "..", "test", "contracts")
/** The generated files are compared with code that is meant to be another here. */
const GENERATED = /what is generated from the contracts/
/** On-chain trust refuses registries of another code, so this one would notice anything. */
const PINNED = "differential.test.ts"

const { instead } = await import("../../test/contracts/fixture.ts")

const mocha = new Mocha({ bail: true, timeout: 120_000, reporter: "min" })
mocha.cleanReferencesAfterRun(false)
for (const file of readdirSync(TESTS).toSorted())
  if (file.endsWith(".test.ts") && file !== PINNED) mocha.addFile(join(TESTS, file))
await mocha.loadFilesAsync()
mocha.reporter(function silent() {} as never)

interface Failure {
  readonly by: string
  readonly why: string
}

/** The first test that fails, of those whose title matches (or does not). */
function firstFailure(pattern: RegExp, isWanted: boolean): Promise<Failure | undefined> {
  mocha.options.grep = pattern
  mocha.options.invert = !isWanted
  return new Promise((resolve) => {
    let failed: Failure | undefined
    const runner = mocha.run(() => resolve(failed))
    runner.on("fail", (test: Mocha.Test | Mocha.Hook, error: Error) => {
      failed ??= { by: titleOf(test), why: error.message.slice(0, 200) }
    })
  })
}

/** Of a hook, the title of the test that it was for. */
function titleOf(failed: Mocha.Test | Mocha.Hook): string {
  let test = failed.type === "hook" ? failed.ctx?.currentTest : failed
  if (!test) failed.parent?.eachTest((first) => (test ??= first))
  return (test ?? failed).fullTitle()
}

/** Where the tests of a function most likely are. */
const HOMES: readonly (readonly [RegExp, string])[] = [
  [/^(OperatorRegistry|Custody)/, "OperatorRegistry"],
  [/^RealmViews/, "RealmRegistry: judging chains"],
  [/evo[ck]/, "RealmRegistry: revocation"],
  [/Realm\b|Root|Policy|Owner|Guardian|Recovery|_known/, "RealmRegistry: realms"],
  [/admit|ccept|leave|perator/, "RealmRegistry: admission of operators"],
  [/^(RealmRegistry|Authority|Packed|Capabilities|RealmState)/, "RealmRegistry: anchoring"],
]

/** First the tests that noticed other mutants of the function, then those of its contract, then all. */
async function judge(code: Code, inside: string): Promise<Verdict> {
  instead.code = { OperatorRegistry: `0x${code.OperatorRegistry}`, RealmRegistry: `0x${code.RealmRegistry}` }
  const contract = contractOf(inside)
  const home = HOMES.find(([pattern]) => pattern.test(inside))?.[1]
  const rank = ({ title }: Mocha.Suite) => Number(title !== home)
  mocha.suite.suites.sort((a, b) => rank(a) - rank(b))
  const began = performance.now()
  let failure: Failure | undefined
  for (const titles of [likely[inside], likely[contract]]) {
    if (titles) failure ??= await firstFailure(new RegExp(`^(${titles.map(escaped).join("|")})$`), true)
  }
  failure ??= await firstFailure(GENERATED, false)
  const ms = Math.round(performance.now() - began)
  if (failure === undefined) return { outcome: "survived", ms }
  remember(likely, inside, failure.by)
  return { outcome: "killed", ...failure, ms }
}

function escaped(title: string): string {
  return title.replace(/[\\^$.*+?()[\]{}|]/g, "\\$&")
}

const withoutMetadata = (code: Code | CompilerError[]) => (Array.isArray(code) ? "" : JSON.stringify(numbered(code, 0)))
/** By file, made by the same compilation: the code as it is checked in may have its parts in another order. */
const originals = new Map<string, string>()
let likely: Killers = {}

function originalOf(file: string): string {
  const original = originals.get(file) ?? withoutMetadata(compile({ [file]: read(file) }))
  originals.set(file, original)
  return original
}

async function judgeAlone(mutant: Mutant): Promise<Verdict> {
  const isMutant = mutant.key !== UNMUTATED.key
  const code = compile(isMutant ? withMutant(mutant) : {})
  if (Array.isArray(code)) return { outcome: "invalid", reason: code[0]?.message.slice(0, 200) ?? "" }
  if (isMutant && withoutMetadata(code) === originalOf(mutant.file)) return { outcome: "same" }
  return judge(code, mutant.inside)
}

async function work({ mutants, likely: known }: Task): Promise<void> {
  likely = known
  const say = (report: Report) => void process.send?.(report)
  let alone = mutants
  if (mutants.length > 1) {
    const schema = compileSchema({ mutants: mutants.filter(({ key }) => key !== UNMUTATED.key) })
    alone = schema.alone
    // No number switches none on: what holds the mutants is itself no fault.
    const numbers = new Map(schema.mutants.map((mutant, i) => [mutant, i + 1]))
    for (const mutant of mutants) {
      const number = mutant.key === UNMUTATED.key ? 0 : numbers.get(mutant)
      if (number === undefined) continue
      say({ kind: "starts", key: mutant.key })
      say({ kind: "verdict", key: mutant.key, verdict: await judge(numbered(schema.code, number), mutant.inside) })
    }
  }
  for (const mutant of alone) {
    say({ kind: "starts", key: mutant.key })
    say({ kind: "verdict", key: mutant.key, verdict: await judgeAlone(mutant) })
  }
  say({ kind: "done" })
}

process.on("message", (task: Task) => void work(task))
process.on("disconnect", () => process.exit())
process.send?.({ kind: "ready" } satisfies Report)
