import { writeSync } from "node:fs"
import { createInterface } from "node:readline"
import { startRouter } from "../../src/router/index.ts"
import { sightings } from "./canary.ts"

/**
 * A router for tests that kill it: `node router-process.ts CANARY`. Takes a port as a line of its input, and prints the
 * port when it listens. Once it sees the canary, or aborts a session, it says so at once and synchronously, so that no
 * kill swallows that.
 */
const sees = sightings(process.argv[2] ?? "")
const say = (line: string): void => void writeSync(1, `${line}\n`)

const lines = createInterface({ input: process.stdin })
lines.once("line", (port) => void start(Number(port)))
// An orphan ends with who started it.
lines.once("close", () => process.exit())

async function start(port: number): Promise<void> {
  const router = await startRouter({
    port,
    tap: (_direction, _session, frame) => {
      if (sees(frame)) say("plaintext")
    },
    log: ({ event }) => {
      if (event === "session_aborted") say(event)
    },
  })
  say(String(router.port))
}
