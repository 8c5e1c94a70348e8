import assert from "node:assert/strict"
import { mkdtemp, rm, writeFile } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { createTestClient } from "viem"
import { hardhat } from "viem/chains"
import { addressOfKey } from "../../src/certificate/signature.ts"
import { developmentKey, readerOf, startEmbeddedChain } from "../../src/chain/embedded.ts"
import { run } from "../../src/cli/program.ts"
import type { Address } from "../../src/core/address.ts"
import { createKey } from "../../src/store/keystore.ts"

export interface Ended {
  readonly code: number
  readonly out: string
  readonly err: string
}

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

  /** Runs one command line and gives what it printed. */
  async function shell(...args: readonly string[]): Promise<Ended> {
    const printed = { out: "", err: "" }
    const [out, err] = [process.stdout.write, process.stderr.write]
    process.stdout.write = ((text: string) => ((printed.out += text), true)) as typeof out
    process.stderr.write = ((text: string) => ((printed.err += text), true)) as typeof err
    try {
      const code = await run(["--rpc", chain.url ?? "", "--password-file", "password", ...args])
      return { code, ...printed }
    } finally {
      process.stdout.write = out
      process.stderr.write = err
    }
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

export type Shell = Awaited<ReturnType<typeof openShell>>
