import { readFile } from "node:fs/promises"
import type { Command } from "commander"
import { deployRegistries, findRegistries } from "../../chain/registries/deploy.ts"
import { parseDeployment, type Deployment } from "../../chain/deployment.ts"
import { writeJson } from "../files.ts"
import { globalsOf, writerFor } from "../options.ts"
import { outputOf } from "../output.ts"
import { waitOptions } from "../writing.ts"

interface DeployOptions {
  readonly key: string
  readonly plain?: boolean
  readonly overwrite: boolean
  readonly confirmations: string
  readonly wait: string
}

/** `deploy`: the registries, and the file that says where they are. */
export function addDeployCommand(program: Command): void {
  program
    .command("deploy")
    .description(
      "deploy the registries, or find them where anybody deployed them, and write the deployment file; " +
        "CREATE2 gives them the same addresses on every chain",
    )
    .requiredOption("--key <name>", "key that pays")
    .option("--plain", "deploy by transactions of the key alone, at addresses that depend on it")
    .option("--overwrite", "replace a deployment file that says otherwise", false)
    .option("--confirmations <blocks>", "blocks to wait for, the transaction's own included", "1")
    .option("--wait <seconds>", "how long to wait for each transaction", "180")
    .action(async (options: DeployOptions, command: Command) => {
      const globals = globalsOf(command)
      const output = outputOf(command)
      const waiting = waitOptions(options, output)
      const writer = await writerFor(globals, options.key)
      const plain = options.plain === true
      const existed = !plain && (await findRegistries(writer.client)) !== undefined
      const deployment = await deployRegistries(writer, { ...waiting, plain, tell: output.progress })
      if (!(await isWritten(globals.deployment, deployment))) {
        await writeJson(globals.deployment, deployment, options.overwrite)
      }
      const { chainId, operatorRegistry, realmRegistry } = deployment
      output.result(
        { ok: true, ...deployment, existed },
        `${existed ? "already deployed" : "deployed"} on chain ${chainId}\n` +
          `  OperatorRegistry ${operatorRegistry}\n  RealmRegistry    ${realmRegistry}\nwritten to ${globals.deployment}`,
      )
    })
}

/** Whether the file names these very registries, from a block at which none of their events is missed. */
async function isWritten(path: string, deployment: Deployment): Promise<boolean> {
  try {
    const found = parseDeployment(await readFile(path, "utf8"))
    const same = (["chainId", "operatorRegistry", "realmRegistry"] as const).every(
      (name) => found[name] === deployment[name],
    )
    return same && found.block <= deployment.block
  } catch {
    return false
  }
}
