// Writes test/vectors/attestation: what simulated TPMs gave for each case, honest and not, with what a judge is told and
// what has to come out. Keys differ from run to run, so every file changes. Needs swtpm (apt-get install swtpm).
import { mkdirSync, readdirSync, rmSync, writeFileSync } from "node:fs"
import { CASES } from "../test/attestation/cases.ts"
import { bootedMachine } from "../test/attestation/machines.ts"
import { vectorText } from "../test/attestation/vectors.ts"

const folder = new URL("../test/vectors/attestation/", import.meta.url)
mkdirSync(folder, { recursive: true })
for (const name of readdirSync(folder)) if (name.endsWith(".json")) rmSync(new URL(name, folder))

const [mine, other] = [await bootedMachine(), await bootedMachine()]
try {
  for (const { make, ...about } of CASES)
    writeFileSync(new URL(`${about.id}.json`, folder), vectorText({ ...about, ...(await make(mine, other)) }))
} finally {
  await Promise.all([mine.close(), other.close()])
}
console.log(`${CASES.length} cases`)
