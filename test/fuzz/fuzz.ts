import { Worker } from "node:worker_threads"
import { sharesOf, type Seen } from "./runner.ts"
import { TARGETS } from "./targets/index.ts"
import type { Word, Work } from "./worker.ts"

export interface FuzzOptions {
  readonly seed: number
  /** Over all targets together. */
  readonly inputs: number
  readonly workers?: number
  /** Seconds without a step after which a worker counts as hung. Default 30. */
  readonly patience?: number
  /** MiB that a worker's objects may take. Default 1,024. */
  readonly memory?: number
  /** What a worker runs; for tests of this file. */
  readonly script?: URL
  /** Called about every ten seconds with what share of the inputs is done. */
  readonly progress?: (share: number, target: string) => void
}

const PATIENCE = 30
const WORKER = new URL("worker.ts", import.meta.url)
const MEMORY = 1_024

/** Feeds every target; rejects at the first failure, also where a decoder never returns or takes all memory. */
export async function fuzz({
  seed,
  inputs,
  workers = 1,
  patience = PATIENCE,
  memory = MEMORY,
  script = WORKER,
  progress,
}: FuzzOptions): Promise<Record<string, Seen>> {
  const parts = await Promise.all(Array.from({ length: workers }, (_, part) => runPart(part)))
  const seen: Record<string, Seen> = {}
  for (const part of parts)
    for (const [name, { accepted, refused }] of Object.entries(part)) {
      const sum = (seen[name] ??= { accepted: 0, refused: 0 })
      sum.accepted += accepted
      sum.refused += refused
    }
  return seen

  function runPart(part: number): Promise<Record<string, Seen>> {
    const place = new Int32Array(new SharedArrayBuffer(8))
    const worker = new Worker(script, {
      workerData: { seed, inputs, part, of: workers, place } satisfies Work,
      resourceLimits: { maxOldGenerationSizeMb: memory },
    })
    const where = (): string =>
      `${TARGETS[place[0] ?? 0]?.name}, FUZZ_SEED=${seed} FUZZ_TARGET=${JSON.stringify(TARGETS[place[0] ?? 0]?.name)} FUZZ_AT=${place[1]}`
    return new Promise<Record<string, Seen>>((resolve, reject) => {
      let last = ""
      let still = 0
      const watch = setInterval(() => {
        const now = place.join()
        still = now === last ? still + 1 : 0
        last = now
        if (still >= patience) end(() => reject(new Error(`nothing for ${patience} s: ${where()}`)))
        if (part === 0 && ticks++ % 10 === 9) progress?.(shareOf(place), TARGETS[place[0] ?? 0]?.name ?? "")
      }, 1_000)
      let ticks = 0
      const end = (settle: () => void): void => {
        clearInterval(watch)
        settle()
        void worker.terminate()
      }
      worker.on("message", (word: Word) =>
        end(() => ("seen" in word ? resolve(word.seen) : reject(new Error(word.failure)))),
      )
      worker.on("error", (error) => end(() => reject(new Error(`${String(error)}: ${where()}`))))
    })
  }

  function shareOf([target = 0, at = 0]: Int32Array): number {
    const shares = sharesOf(TARGETS, inputs)
    const before = shares.slice(0, target).reduce((sum, share) => sum + share, 0)
    return (before + at) / shares.reduce((sum, share) => sum + share, 0)
  }
}
