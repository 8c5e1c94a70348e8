// The same as `wamp-e2ee realm create`, with its options: see --help.
import { run } from "../src/cli/program.ts"

process.exitCode = await run(["realm", "create", ...process.argv.slice(2)])
