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
      const existed = !plain && (await findRegistries(writer.client))?.attestationRegistry !== undefined
      const made = await deployRegistries(writer, { ...waiting, plain, tell: output.progress })
      const written = await writtenAs(globals.deployment, made)
      const deployment = written === undefined ? made : { ...made, block: written.block }
      if (written?.attestationRegistry === undefined) {
        // A file of these very registries from before there was one of attestation only gains by it.
        await writeJson(globals.deployment, deployment, options.overwrite || written !== undefined)
      }
      const { chainId, operatorRegistry, realmRegistry, attestationRegistry } = deployment
      output.result(
        { ok: true, ...deployment, existed },
        `${existed ? "already deployed" : "deployed"} on chain ${chainId}\n` +
          `  OperatorRegistry    ${operatorRegistry}\n  RealmRegistry       ${realmRegistry}\n` +
          `  AttestationRegistry ${attestationRegistry}\nwritten to ${globals.deployment}`,
      )
    })
}

/** What the file says where it names these very registries, from a block at which none of their events is missed. */
async function writtenAs(path: string, deployment: Deployment): Promise<Deployment | undefined> {
  try {
    const found = parseDeployment(await readFile(path, "utf8"))
    const same = (["chainId", "operatorRegistry", "realmRegistry", "attestationRegistry"] as const).every(
      (name) => found[name] === deployment[name] || (name === "attestationRegistry" && found[name] === undefined),
    )
    return same && found.block <= deployment.block ? found : undefined
  } catch {
    return undefined
  }
}
