import assert from "node:assert/strict"
import { run } from "../../src/cli/program.ts"

export interface Ended {
  readonly code: number
  readonly out: string
  readonly err: string
}

/** Runs a command line that ends by itself within this process, and gives what it printed. One at a time. */
export async function runHere(...args: readonly string[]): Promise<Ended> {
  const written = { out: "", err: "" }
  const { stdout, stderr } = process
  const restore = [stdout.write, stderr.write] as const
  const into = (name: "out" | "err") => (chunk: string) => {
    written[name] += chunk
    return true
  }
  stdout.write = into("out") as typeof stdout.write
  stderr.write = into("err") as typeof stderr.write
  try {
    return { code: await run(args), ...written }
  } finally {
    ;[stdout.write, stderr.write] = restore
  }
}

/** Asserts a failure with this exit code, in one line of standard error with this error code. */
export function failed({ code, out, err }: Ended, exit: 1 | 2, errorCode: string): void {
  assert.equal(code, exit, `${out}${err}`)
  assert.match(err, /^wamp-e2ee: [^\n]+\n$/)
  assert.ok(err.endsWith(` (${errorCode})\n`), `expected ${errorCode}: ${err}`)
}
