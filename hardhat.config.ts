import { fileURLToPath } from "node:url"
import hardhatMocha from "@nomicfoundation/hardhat-mocha"
import { defineConfig } from "hardhat/config"

// Fuzz runs a property, and calls for each stateful invariant, in runs of 100. A release raises them.
const runs = Number(process.env["FUZZ_RUNS"] ?? 10_000)
const calls = Number(process.env["INVARIANT_CALLS"] ?? 20_000)

export default defineConfig({
  plugins: [hardhatMocha],
  solidity: {
    compilers: [
      {
        version: "0.8.37",
        // The compiler comes from npm like every other package: nothing is downloaded while building.
        path: fileURLToPath(import.meta.resolve("solc/soljson.js")),
        settings: {
          evmVersion: "cancun",
          viaIR: true,
          optimizer: { enabled: true, runs: 1_000 },
          // scripts/generate-abi.ts exports the slots that end points prove.
          outputSelection: { "*": { "*": ["storageLayout"] } },
          // The code depends on the program alone, not on comments or line endings: its address is known in advance.
          metadata: { bytecodeHash: "none" },
        },
      },
    ],
  },
  paths: { tests: { mocha: "test", solidity: "test/contracts" } },
  test: {
    mocha: { timeout: 60_000, forbidOnly: true, forbidPending: true },
    solidity: { fuzz: { runs }, invariant: { runs: Math.ceil(calls / 100), depth: 100, failOnRevert: true } },
  },
})
