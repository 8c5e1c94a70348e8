// npm run fuzz: FUZZ_INPUTS (20,000,000) inputs over all targets, or the one that FUZZ_TARGET and FUZZ_AT name.
import { availableParallelism } from "node:os"
import { fileURLToPath } from "node:url"
import { fuzz } from "./fuzz.ts"
import { tryOne } from "./runner.ts"
import { TARGETS } from "./targets/index.ts"

// The test runner loads every file below test: only as a program of its own it does anything.
if (process.argv[1] === fileURLToPath(import.meta.url)) await run()

async function run(): Promise<void> {
  const say = (text: string): void => void process.stdout.write(`${text}\n`)
  const seed = Number(process.env["FUZZ_SEED"] ?? Math.floor(Math.random() * 2 ** 31))
  const { FUZZ_TARGET: name, FUZZ_AT: at } = process.env
  if (name !== undefined && at !== undefined) {
    const target = TARGETS.find((one) => one.name === name)
    if (target === undefined)
      throw new Error(`no target ${name}; expected one of ${TARGETS.map((one) => one.name).join("; ")}`)
    const seen = { accepted: 0, refused: 0 }
    tryOne(target, seed, Number(at), seen)
    say(seen.accepted > 0 ? "accepted" : "refused as promised")
  } else {
    const inputs = Number(process.env["FUZZ_INPUTS"] ?? 20_000_000)
    say(`FUZZ_SEED=${seed}: ${inputs} inputs over ${TARGETS.length} targets`)
    const began = performance.now()
    const progress = (share: number, target: string): void =>
      say(`${(100 * share).toFixed(1)} % after ${Math.round((performance.now() - began) / 1_000)} s: ${target}`)
    const seen = await fuzz({ seed, inputs, workers: availableParallelism(), progress }).catch((error: unknown) => {
      say(error instanceof Error ? error.message : String(error))
      process.exit(1)
    })
    for (const [target, { accepted, refused }] of Object.entries(seen))
      say(`${target}: ${accepted} accepted, ${refused} refused`)
  }
}
