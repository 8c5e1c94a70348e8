// The same as `wamp-e2ee operator enroll`, with its options: see --help.
import { run } from "../src/cli/program.ts"

process.exitCode = await run(["operator", "enroll", ...process.argv.slice(2)])
