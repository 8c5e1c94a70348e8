import { spawnSync } from "node:child_process"
import { existsSync, readFileSync, statSync } from "node:fs"
import { fileURLToPath } from "node:url"
import type { Abi, Address, Hex, TransactionReceipt } from "viem"
import type { HDAccount } from "viem/accounts"
import type { Fixture } from "../../test/contracts/fixture.ts"
import type { Operation } from "./operations.ts"

/** A registry of somebody else, measured: its column's title and, where it has the like of an operation, call and gas. */
export interface Peer {
  readonly title: string
  readonly gas: Partial<Record<Operation, { readonly call: string; readonly gas: number }>>
}

export interface PeerContract {
  readonly address: Address
  read(functionName: string, args?: readonly unknown[]): Promise<unknown>
  send(from: HDAccount, functionName: string, args: readonly unknown[]): Promise<TransactionReceipt>
}

const FOLDER = fileURLToPath(new URL("../peers/", import.meta.url))

/** Installs what bench/peers pins, unless it is there. Returns why it cannot be had, if so. */
export function installPeers(): string | undefined {
  const [lock, installed] = [`${FOLDER}package-lock.json`, `${FOLDER}node_modules/.package-lock.json`]
  if (existsSync(installed) && statSync(installed).mtimeMs >= statSync(lock).mtimeMs) return undefined
  const args = ["ci", "--ignore-scripts", "--no-audit", "--no-fund", "--prefix", FOLDER]
  process.stderr.write("gas: installing the other registries into bench/peers …\n")
  const { status, error } = spawnSync("npm", args, { stdio: ["ignore", 2, 2], shell: process.platform === "win32" })
  return status === 0 ? undefined : `npm ${args.join(" ")}: ${error?.message ?? `exit code ${status}`}`
}

export function versionOf(packageName: string): string {
  const { version } = JSON.parse(readFileSync(`${FOLDER}node_modules/${packageName}/package.json`, "utf8")) as {
    version: string
  }
  return version
}

/** Deploys a contract as its npm package has it compiled. `contract` is the name of the file and of the contract. */
export async function deployPeer(
  fixture: Fixture,
  packageName: string,
  contract: string,
  args: readonly unknown[],
): Promise<PeerContract> {
  const file = `${FOLDER}node_modules/${packageName}/artifacts/contracts/${contract}.sol/${contract}.json`
  const { abi, bytecode } = JSON.parse(readFileSync(file, "utf8")) as { abi: Abi; bytecode: Hex }
  const address = await fixture.create(abi, bytecode, args)
  return {
    address,
    read: (functionName, args = []) => fixture.chain.readContract({ address, abi, functionName, args }),
    async send(from, functionName, args) {
      const call = { address, abi, functionName, args, account: from } as const
      await fixture.chain.simulateContract(call) // a refusal becomes an error here, not a cheap transaction
      const hash = await fixture.wallet(from).writeContract(call)
      return fixture.chain.getTransactionReceipt({ hash })
    },
  }
}
