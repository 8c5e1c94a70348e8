import { spawnSync } from "node:child_process"
import { fileURLToPath } from "node:url"
import { deflateRawSync } from "node:zlib"

/** A raw DEFLATE stream of about that many MiB of zeros, and how many bytes they are: 1,032 times as many as it has. */
export function zeros(mebibytes: number): { readonly bytes: Uint8Array; readonly length: number } {
  const one = deflateRawSync(Buffer.alloc(2 ** 20), { level: 9 })
  // One block, whose bytes in the middle are four copies of 258 bytes each: as many more as one likes can follow.
  const half = one.length >> 1
  const more = Math.floor(((mebibytes - 1) * 2 ** 20) / 1_032)
  const bytes = Buffer.concat([one.subarray(0, half), Buffer.alloc(more, one[half]), one.subarray(half)])
  return { bytes, length: 2 ** 20 + more * 1_032 }
}

export interface Work {
  readonly algorithm: string
  readonly bytes: Uint8Array
  readonly length: number
}

export interface Measured {
  /** Code or message of what was thrown; "inflated" where nothing was. */
  readonly outcomes: readonly string[]
  /** Milliseconds of the slowest. */
  readonly slowest: number
  /** MiB by which the process grew at most. */
  readonly growth: number
}

/** Inflates each in a process of its own, since what a process once took is not given back. */
export function inflatedApart(works: readonly Work[]): Measured {
  const script = fileURLToPath(new URL("inflate-apart.ts", import.meta.url))
  const input = JSON.stringify(works.map((work) => ({ ...work, bytes: Buffer.from(work.bytes).toString("base64") })))
  const { stdout, stderr, status } = spawnSync(process.execPath, ["--expose-gc", script], { input, encoding: "utf8" })
  if (status !== 0) throw new Error(stderr)
  return JSON.parse(stdout) as Measured
}
