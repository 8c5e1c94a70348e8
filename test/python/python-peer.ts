import { spawn, type ChildProcess } from "node:child_process"
import { once } from "node:events"
import { createInterface } from "node:readline"
import { fileURLToPath } from "node:url"
import { decodeJson, encodeJson } from "../../src/core/json.ts"

type Fields = Readonly<Record<string, unknown>>

/** What the peer itself refused, in a word of its own. */
export class PeerRefused extends Error {
  override readonly name = "PeerRefused"
  readonly word: string

  constructor(word: string, why: string) {
    super(`${word}: ${why}`)
    this.word = word
  }
}

/** Milliseconds for one request; the peer gives up earlier, and says why. */
const REQUEST_TIMEOUT = 15_000

/** test/python/peer.py as a process of its own, asked line by line. */
export class PythonPeer {
  /** What came to it from others, in order. */
  readonly seen: Fields[] = []
  readonly #process: ChildProcess
  readonly #waiting = new Map<number, { resolve: (ok: unknown) => void; reject: (error: Error) => void }>()
  #said = ""
  #count = 0

  constructor(python: string) {
    const script = fileURLToPath(new URL("peer.py", import.meta.url))
    this.#process = spawn(python, [script], { stdio: ["pipe", "pipe", "pipe"] })
    this.#process.stderr?.on("data", (text: Buffer) => (this.#said = (this.#said + text.toString()).slice(-4_000)))
    this.#process.stdin?.on("error", () => undefined) // its end is told by "exit"
    this.#process.on("error", (error) => this.#fail(error))
    this.#process.on("exit", (code) => this.#fail(new Error(`the Python peer ended with ${code}: ${this.#said}`)))
    createInterface({ input: this.#process.stdout! }).on("line", (line) => this.#read(line))
  }

  async ask<T = unknown>(what: string, given: Fields = {}): Promise<T> {
    const id = this.#count++
    const answer = new Promise<unknown>((resolve, reject) => {
      const late = (): void => reject(new Error(`no answer to ${what} from the Python peer: ${this.#said}`))
      const timer = setTimeout(late, REQUEST_TIMEOUT)
      const settled =
        <V>(settle: (value: V) => void) =>
        (value: V): void => (clearTimeout(timer), settle(value))
      this.#waiting.set(id, { resolve: settled(resolve), reject: settled(reject) })
    })
    this.#process.stdin?.write(`${encodeJson({ id, do: what, ...given })}\n`)
    return (await answer) as T
  }

  /** Waits until that much came to it. */
  async saw(count: number): Promise<readonly Fields[]> {
    for (let i = 0; i < 500 && this.seen.length < count; i++) await new Promise((resolve) => setTimeout(resolve, 10))
    return this.seen
  }

  /** Ends it by the end of its input, and if that does not help by force. */
  async close(): Promise<void> {
    if (this.#process.exitCode !== null || this.#process.signalCode !== null) return
    const exit = once(this.#process, "exit")
    this.#process.stdin?.end()
    const timer = setTimeout(() => this.#process.kill("SIGKILL"), 5_000)
    await exit
    clearTimeout(timer)
  }

  #read(line: string): void {
    const message = decodeJson(line, { depth: 64, items: 65_536 }) as Fields
    const asked = this.#waiting.get(message["id"] as number)
    if (asked === undefined) return void this.seen.push(message)
    this.#waiting.delete(message["id"] as number)
    const { ok, refused, why, failed } = message
    if (typeof refused === "string") asked.reject(new PeerRefused(refused, String(why)))
    else if (failed === undefined) asked.resolve(ok)
    else asked.reject(new Error(`the Python peer failed: ${String(failed)}`))
  }

  #fail(error: Error): void {
    for (const { reject } of this.#waiting.values()) reject(error)
    this.#waiting.clear()
  }
}
