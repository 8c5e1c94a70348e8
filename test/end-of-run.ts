import { after } from "mocha"

/** Milliseconds that a run may take to end after its last test. */
const PATIENCE = 20_000

// Hardhat's runner waits for whatever is still open: a connection that a test forgot would let a run hang for ever.
after(() => {
  setTimeout(() => {
    process.stderr.write(`tests left something open: ${process.getActiveResourcesInfo().join(", ")}\n`)
    process.exit()
  }, PATIENCE).unref()
})
