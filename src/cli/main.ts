#!/usr/bin/env node
import { run } from "./program.ts"

process.exitCode = await run(process.argv.slice(2))
// The WAMP client and RPC connections may keep timers: everything is closed by now.
setTimeout(() => process.exit(), 3_000).unref()
