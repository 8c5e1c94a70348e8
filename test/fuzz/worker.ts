// Tries every `of`-th input of every target and tells where it is, for the one who waits: see fuzz.ts.
import { isMainThread, parentPort, workerData, type MessagePort } from "node:worker_threads"
import { sharesOf, tryOne, type Seen } from "./runner.ts"
import { TARGETS } from "./targets/index.ts"

export interface Work {
  readonly seed: number
  readonly inputs: number
  readonly part: number
  readonly of: number
  /** Target and input at work. */
  readonly place: Int32Array
}
export type Word = { readonly seen: Record<string, Seen> } | { readonly failure: string }

// The test runner loads every file below test: only as a worker it does anything.
if (!isMainThread && parentPort !== null) {
  // Most errors are what is hoped for, and their stacks would take a third of the time; FUZZ_AT tells the whole.
  Error.stackTraceLimit = 3
  tell(parentPort, work(workerData as Work))
}

function tell(port: Pick<MessagePort, "postMessage">, word: Word): void {
  port.postMessage(word, [])
}

function work({ seed, inputs, part, of, place }: Work): Word {
  const shares = sharesOf(TARGETS, inputs)
  const seen: Record<string, Seen> = {}
  try {
    for (const [index, target] of TARGETS.entries()) {
      const counts = (seen[target.name] = { accepted: 0, refused: 0 })
      place[0] = index
      for (let at = part; at < (shares[index] ?? 0); at += of) {
        place[1] = at
        tryOne(target, seed, at, counts)
      }
    }
    return { seen }
  } catch (error) {
    return { failure: error instanceof Error ? error.message : String(error) }
  }
}
