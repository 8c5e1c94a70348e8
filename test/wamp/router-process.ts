import { writeSync } from "node:fs"
import { startRouter } from "../../src/router/index.ts"
import { sightings } from "./canary.ts"

/**
 * A router for tests that kill it: `node router-process.ts PORT CANARY`. Prints the port when it listens. Once it sees the
 * canary, or aborts a session, it says so at once and synchronously, so that no kill swallows that.
 */
const [port, canary] = process.argv.slice(2)
const sees = sightings(canary ?? "")
const router = await startRouter({
  port: Number(port),
  tap: (_direction, _session, frame) => {
    if (sees(frame)) writeSync(1, "plaintext\n")
  },
  log: ({ event }) => {
    if (event === "session_aborted") writeSync(1, `${event}\n`)
  },
})
writeSync(1, `${router.port}\n`)
// An orphan ends with who started it.
process.stdin.on("end", () => process.exit())
process.stdin.resume()
