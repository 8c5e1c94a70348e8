// The same as `wamp-e2ee delegate issue`, with its options: see --help.
import { run } from "../src/cli/program.ts"

process.exitCode = await run(["delegate", "issue", ...process.argv.slice(2)])
