import { spawn, type ChildProcess } from "node:child_process"
import { fileURLToPath } from "node:url"
import type { RouterOptions } from "../../src/router/index.ts"

const PROGRAM = fileURLToPath(new URL("router-process.ts", import.meta.url))

/** A router in a process of its own. */
export class RouterChild {
  readonly #process: ChildProcess
  readonly #incident: (what: string) => void
  #answered: (line: string) => void = () => undefined

  /** Loads the program; it does not listen yet. @param incident told of what the router says by itself */
  constructor(incident: (what: string) => void, canary = "", options: Partial<RouterOptions> = {}) {
    this.#incident = incident
    this.#process = spawn(process.execPath, [PROGRAM, canary, JSON.stringify(options)], {
      stdio: ["pipe", "pipe", "inherit"],
    })
    this.#process.stdin?.on("error", () => undefined) // it may be dead already
    let rest = ""
    this.#process.stdout?.on("data", (text: Buffer) => {
      const lines = (rest + String(text)).split("\n")
      rest = lines.pop() ?? ""
      for (const line of lines) {
        if (/^(rss )?\d+$/.test(line)) this.#answered(line)
        else this.#incident(line)
      }
    })
  }

  /** @param port 0 for a free one @returns the port */
  async listen(port = 0): Promise<number> {
    return Number(await this.#ask(String(port)))
  }

  /** Its resident memory in bytes. */
  async rss(): Promise<number> {
    return Number((await this.#ask("rss")).slice("rss ".length))
  }

  async kill(): Promise<void> {
    const closed = new Promise((resolve) => this.#process.once("close", resolve))
    this.#process.kill("SIGKILL")
    await closed
  }

  #ask(line: string): Promise<string> {
    return new Promise((resolve, reject) => {
      const ended = (): void => reject(new Error("the router ended by itself"))
      this.#process.once("close", ended)
      this.#answered = (answer) => {
        this.#process.off("close", ended)
        resolve(answer)
      }
      this.#process.stdin?.write(`${line}\n`)
    })
  }
}
