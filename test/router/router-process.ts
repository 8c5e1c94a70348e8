import { writeSync } from "node:fs"
import { createInterface } from "node:readline"
import { fileURLToPath } from "node:url"
import { startRouter, type RouterOptions } from "../../src/router/index.ts"
import { sightings } from "./canary.ts"

/**
 * A router for tests that kill or measure it: `node router-process.ts CANARY [OPTIONS as JSON]`. Takes a port as the
 * first line of its input, and prints the port when it listens; prints its memory in bytes for each line `rss`. Once it
 * sees the canary, aborts a session or cuts one off, it says so at once and synchronously, so that no kill swallows that.
 */
const [canary = "", options = "{}"] = process.argv.slice(2)
const sees = sightings(canary)
const say = (line: string): void => void writeSync(1, `${line}\n`)
const told = new Set(["session_aborted", "session_cut_off"])

async function start(port: number): Promise<void> {
  const router = await startRouter({
    ...(JSON.parse(options) as RouterOptions),
    port,
    tap: (_direction, _session, frame) => {
      if (canary !== "" && sees(frame)) say("plaintext")
    },
    log: ({ event }) => {
      if (told.has(event)) say(event)
    },
  })
  say(String(router.port))
}

// Hardhat loads every file below test: there this is no program.
if (process.argv[1] === fileURLToPath(import.meta.url))
  createInterface({ input: process.stdin })
    .on("line", (line) => {
      if (line === "rss") say(`rss ${process.memoryUsage.rss()}`)
      else void start(Number(line))
    })
    // An orphan ends with who started it.
    .on("close", () => process.exit())
