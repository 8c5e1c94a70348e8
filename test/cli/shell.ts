import assert from "node:assert/strict"
import { mkdtemp, rm, writeFile } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { createTestClient } from "viem"
import { hardhat } from "viem/chains"
import { addressOfKey } from "../../src/certificate/signature.ts"
import { developmentKey, readerOf, startEmbeddedChain } from "../../src/chain/embedded.ts"
import type { Address } from "../../src/core/address.ts"
import { createKey } from "../../src/store/keystore.ts"
import { runHere, type Ended } from "./in-process.ts"

/** The command line in this process: a folder of its own, a served chain, keys of its accounts under cheap passwords. */
export async function openShell(names: readonly string[]) {
  const folder = await mkdtemp(join(tmpdir(), "wamp-e2ee-"))
  const chain = await startEmbeddedChain({ port: 0 })
  const before = process.cwd()
  process.chdir(folder)
  await writeFile("password", "a password for tests\n")
  const addresses: Record<string, Address> = {}
  for (const [i, name] of names.entries()) {
    const key = developmentKey(i)
    await createKey("keystore", name, key, { password: "a password for tests", dangerouslyWeakScryptN: 2 ** 14 })
    addresses[name] = addressOfKey(key)
  }

  /** Runs one command line as in a pipe; `watched` as on a terminal. */
  async function shell(...args: readonly string[]): Promise<Ended> {
    return as(false, () => runHere("--rpc", chain.url ?? "", "--password-file", "password", ...args))
  }

  async function watched(...args: readonly string[]): Promise<Ended> {
    return as(true, () => runHere("--rpc", chain.url ?? "", "--password-file", "password", ...args))
  }

  async function json(...args: readonly string[]): Promise<Record<string, unknown>> {
    const { code, out, err } = await shell("--json", ...args)
    assert.equal(code, 0, `${args.join(" ")}: ${err}`)
    const result = JSON.parse(out) as Record<string, unknown>
    assert.equal(result["ok"], true)
    return result
  }

  /** One clear line, the expected exit code, nothing on standard output. */
  async function refused(exit: 1 | 2, word: RegExp, ...args: readonly string[]): Promise<void> {
    const { code, out, err } = await shell(...args)
    assert.equal(code, exit, `${args.join(" ")}: ${out}${err}`)
    assert.match(err, word)
    assert.equal(err.trim().split("\n").length, 1, `one line, not: ${err}`)
    assert.equal(out, "")
  }

  return {
    json,
    shell,
    watched,
    refused,
    addressOf: (name: string): Address => addresses[name] ?? assert.fail(`no key ${name}`),
    client: readerOf(chain.transport),
    test: createTestClient({ chain: hardhat, mode: "hardhat", transport: chain.transport }),
    close: async () => {
      process.chdir(before)
      await chain.close()
      await rm(folder, { recursive: true, force: true })
    },
  }
}

/** Whoever runs the tests may sit at a terminal: the command line is told what the test wants. */
async function as<T>(terminal: boolean, action: () => Promise<T>): Promise<T> {
  const [stdin, stderr] = [process.stdin.isTTY, process.stderr.isTTY]
  process.stdin.isTTY = false
  process.stderr.isTTY = terminal
  try {
    return await action()
  } finally {
    process.stdin.isTTY = stdin
    process.stderr.isTTY = stderr
  }
}

export type Shell = Awaited<ReturnType<typeof openShell>>
