// A worker that meets a decoder which never returns, or takes all memory: for the tests of fuzz.ts.
import { isMainThread, workerData } from "node:worker_threads"
import type { Work } from "./worker.ts"

if (!isMainThread) {
  const { seed, place } = workerData as Work
  place[1] = 7
  const taken: unknown[] = []
  for (let i = 0; ; i++) if (seed === 1) taken.push(Array.from({ length: 1_000 }, () => i))
}
