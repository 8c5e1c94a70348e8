// The same as `wamp-e2ee deploy`, with its options: see --help.
import { run } from "../src/cli/program.ts"

process.exitCode = await run(["deploy", ...process.argv.slice(2)])
