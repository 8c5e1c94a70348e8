import { writeSync } from "node:fs"
import { join } from "node:path"
import { createInterface } from "node:readline"
import { fileURLToPath } from "node:url"
import type { ScopeOptions } from "../../src/session/scope.ts"
import { replayFolder } from "../../src/store/replay-folder.ts"
import { scopeMemory } from "../../src/store/scope-memory.ts"
import { Fleet } from "./restarting.ts"

/** What a key agent in a process of its own is told. */
export interface AgentOrders {
  readonly name: string
  readonly port: number
  readonly scope: ScopeOptions
  /** For what is remembered on disk: its own newest generation, and what all remember together with `replay: "shared"`. */
  readonly folder: string
}

/**
 * A key agent for tests that kill it: `node agent-process.ts ORDERS as JSON`. Prints `standing` as soon as it would take
 * the place of another, and `agent TIME` when it is the agent, in POSIX milliseconds.
 */
async function stand({ name, port, scope, folder }: AgentOrders): Promise<void> {
  const say = (line: string): void => void writeSync(1, `${line}\n`)
  const { endpoint } = await new Fleet({ port }).join(name, {
    scopes: [scope],
    sharedReplay: replayFolder(folder),
    memory: scopeMemory(join(folder, name)),
    clock: Date.now,
    onRefusal: ({ code }) => say(`refused ${code}`),
  })
  const uri = `${scope.uri}keys`
  await endpoint.standAsKeyAgent(uri)
  say("standing")
  const looking = setInterval(() => {
    if (!endpoint.isKeyAgent(uri)) return
    say(`agent ${Date.now()}`)
    clearInterval(looking)
  }, 2)
}

// Hardhat loads every file below test: there this is no program.
if (process.argv[1] === fileURLToPath(import.meta.url)) {
  await stand(JSON.parse(process.argv[2] ?? "") as AgentOrders)
  // An orphan ends with who started it.
  createInterface({ input: process.stdin }).on("close", () => process.exit())
}
