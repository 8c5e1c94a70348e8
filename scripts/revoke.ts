// The same as `wamp-e2ee delegate revoke`, with its options: see --help.
import { run } from "../src/cli/program.ts"

process.exitCode = await run(["delegate", "revoke", ...process.argv.slice(2)])
