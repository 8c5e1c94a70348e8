import { fork, type ChildProcess } from "node:child_process"
import { join } from "node:path"
import type { Mutant } from "./mutants.ts"
import type { Killers, Report, Task, Verdict } from "./verdict.ts"

/** A mutant that keeps the tests busy for so long is as good as killed. */
const TIMEOUT_MS = 600_000
/** Chains of finished runs stay in a worker's memory. */
const MUTANTS_A_WORKER = 150

type Tell = (key: string, verdict: Verdict) => void

/** Judges groups of mutants in `workers` processes; `likely` is brought up to date by `tell`. */
export async function judgeAll(
  groups: readonly (readonly Mutant[])[],
  workers: number,
  likely: Killers,
  tell: Tell,
): Promise<void> {
  const queue = [...groups]
  await Promise.all(
    Array.from({ length: Math.min(workers, queue.length) }, async () => {
      const worker = new Worker()
      try {
        for (let next = queue.shift(); next; next = queue.shift()) await worker.run(next, likely, tell)
      } finally {
        worker.stop()
      }
    }),
  )
}

class Worker {
  #process: ChildProcess | undefined
  #judged = 0

  /** Those that make a worker hang or die are killed by that. */
  async run(mutants: readonly Mutant[], likely: Killers, tell: Tell): Promise<void> {
    let rest = mutants
    while (rest.length > 0) {
      const judged = new Set<string>()
      const culprit = await this.#attempt({ mutants: rest, likely }, (key, verdict) => {
        judged.add(key)
        this.#judged++
        tell(key, verdict)
      })
      if (culprit !== undefined) {
        judged.add(culprit)
        tell(culprit, { outcome: "killed", by: "no end", why: "the time limit", ms: TIMEOUT_MS })
      }
      rest = rest.filter(({ key }) => !judged.has(key))
      if (culprit !== undefined || this.#judged >= MUTANTS_A_WORKER) this.stop()
    }
  }

  stop(): void {
    this.#process?.kill("SIGKILL")
    this.#process = undefined
    this.#judged = 0
  }

  async #attempt(task: Task, tell: Tell): Promise<string | undefined> {
    const child = (this.#process ??= await start())
    return new Promise((resolve, reject) => {
      let current: string | undefined
      let timer: NodeJS.Timeout | undefined
      const finish = (culprit: string | undefined) => {
        clearTimeout(timer)
        child.removeAllListeners()
        resolve(culprit)
      }
      child.on("exit", (code) => {
        if (current === undefined) reject(new Error(`a worker ended with ${code}`))
        else finish(current)
      })
      child.on("message", (report: Report) => {
        clearTimeout(timer)
        if (report.kind === "starts") {
          current = report.key
          timer = setTimeout(() => finish(current), TIMEOUT_MS)
        } else if (report.kind === "verdict") tell(report.key, report.verdict)
        else if (report.kind === "done") finish(undefined)
      })
      child.send(task)
    })
  }
}

function start(): Promise<ChildProcess> {
  const child = fork(join(import.meta.dirname, "worker.ts"), { stdio: ["ignore", "ignore", "inherit", "ipc"] })
  return new Promise((resolve, reject) => {
    child.once("message", () => {
      child.removeAllListeners()
      resolve(child)
    })
    child.once("exit", (code) => reject(new Error(`a worker ended with ${code} before it began`)))
  })
}
