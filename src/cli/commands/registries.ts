import type { Command } from "commander"
import { operatorCertificate, randomSalt, rootCertificate, type Place } from "../../certificate/enrol.ts"
import type { Deployment } from "../../chain/deployment.ts"
import { readerOf } from "../../chain/embedded.ts"
import { accept, admit } from "../../chain/certificates.ts"
import { deployRegistries } from "../../chain/deploy.ts"
import { enroll, operatorOf } from "../../chain/operators.ts"
import { create, POLICIES, realmAddress, realmOf, type Policy } from "../../chain/realms.ts"
import { send, type Receipt } from "../../chain/transaction.ts"
import { blockOf } from "../../chain/trust-of.ts"
import type { Address } from "../../core/address.ts"
import { E2eeError } from "../../core/errors.ts"
import { writeJson } from "../files.ts"
import { addressOption, deploymentOf, globalsOf, transportOf, writerFor, type GlobalOptions } from "../options.ts"
import { outputOf } from "../output.ts"
import { readRealmFile, saveRealmFile } from "../realm-file.ts"

/** `deploy`, `operator` and `realm`: what is written to the registries, and what stands in them. */
export function addRegistryCommands(program: Command): void {
  program
    .command("deploy")
    .description("deploy the registries and write the deployment file")
    .requiredOption("--key <name>", "key that pays")
    .option("--overwrite", "replace an existing deployment file", false)
    .action(async ({ key, overwrite }: { key: string; overwrite: boolean }, command: Command) => {
      const globals = globalsOf(command)
      const output = outputOf(command)
      const writer = await writerFor(globals, key)
      output.progress("deploying OperatorRegistry and RealmRegistry …")
      const deployment = await deployRegistries(writer)
      await writeJson(globals.deployment, deployment, overwrite)
      output.result(
        { ok: true, ...deployment },
        `deployed on chain ${deployment.chainId}\n  OperatorRegistry ${deployment.operatorRegistry}\n  RealmRegistry    ${deployment.realmRegistry}\nwritten to ${globals.deployment}`,
      )
    })

  const operator = program.command("operator").description("operators: who may run machines")
  operator
    .command("enroll")
    .description("enrol a key of the keystore as an operator CA; sending it proves possession")
    .requiredOption("--key <name>", "the operator's CA key")
    .option("--controller <address>", "who rules the record from then on; the CA itself by default")
    .action(async ({ key, controller }: { key: string; controller?: string }, command: Command) => {
      const globals = globalsOf(command)
      const deployment = await deploymentOf(globals)
      const writer = await writerFor(globals, key)
      const by = controller === undefined ? writer.address : addressOption(controller, "--controller")
      const receipt = await send(writer, enroll(deployment, { controller: by }))
      outputOf(command).result(
        { ok: true, ca: writer.address, controller: by, ...receiptFields(receipt) },
        `operator ${writer.address} is enrolled`,
      )
    })
  operator
    .command("show <address>")
    .description("show an operator's record")
    .action(async (address: string, _options: object, command: Command) => {
      const globals = globalsOf(command)
      const shown = await operatorOf(
        readerOf(transportOf(globals)),
        await deploymentOf(globals),
        addressOption(address, "operator"),
      )
      outputOf(command).result(
        { ok: true, ...shown },
        `operator ${shown.ca}: ${shown.status}, controller ${shown.controller}`,
      )
    })
  operator
    .command("accept <realm>")
    .description("accept a realm's admission, with the operator's CA key")
    .requiredOption("--key <name>", "the operator's CA key")
    .requiredOption("--realm-file <file>", "the realm's public certificates, from its owner")
    .action(async (realm: string, options: { key: string; realmFile: string }, command: Command) => {
      const globals = globalsOf(command)
      const deployment = await deploymentOf(globals)
      const writer = await writerFor(globals, options.key)
      const wanted = addressOption(realm, "realm")
      const certificates = await readRealmFile(options.realmFile)
      const own = certificates.findLast(
        ({ certificate }) => certificate.subject === writer.address && certificate.realm === wanted,
      )
      if (own === undefined)
        throw new E2eeError(
          "trust.operator",
          `${options.realmFile} has no certificate of realm ${wanted} for ${writer.address}; ask the realm's owner to admit it`,
        )
      const receipt = await send(
        writer,
        accept(deployment, { realm: wanted, subject: writer.address, digest: own.digest }),
      )
      outputOf(command).result(
        { ok: true, realm: wanted, operator: writer.address, ...receiptFields(receipt) },
        `operator ${writer.address} accepted realm ${wanted}`,
      )
    })

  const realm = program.command("realm").description("realms: a root CA and the operators that it admits")
  realm
    .command("create")
    .description("create a realm; the key is its owner and root CA")
    .requiredOption("--key <name>", "the realm's root CA key")
    .option("--policy <policy>", "open, permitted or private", "open")
    .option("--realm-file <file>", "where its public certificates are written", "deployments/realm.json")
    .action(async (options: { key: string; policy: string; realmFile: string }, command: Command) => {
      const globals = globalsOf(command)
      if (!Object.hasOwn(POLICIES, options.policy))
        throw new E2eeError(
          "usage.invalid",
          `--policy ${JSON.stringify(options.policy)}; expected open, permitted or private`,
        )
      const deployment = await deploymentOf(globals)
      const writer = await writerFor(globals, options.key)
      const salt = randomSalt()
      const address = await realmAddress(writer.client, deployment, writer.address, salt)
      const root = rootCertificate(await placeOf(globals, deployment, address), writer.key)
      const receipt = await send(writer, create(deployment, { salt, policy: options.policy as Policy, root }))
      await saveRealmFile(options.realmFile, [root])
      outputOf(command).result(
        { ok: true, realm: address, root: writer.address, realmFile: options.realmFile, ...receiptFields(receipt) },
        `realm ${address}\nits certificates are in ${options.realmFile}`,
      )
    })
  realm
    .command("admit <realm>")
    .description("admit an operator: the root certifies its CA, the operator accepts")
    .requiredOption("--key <name>", "the realm's root CA key")
    .option("--operator-key <name>", "the operator's CA key, when it is at hand: admitted and accepted at once")
    .option("--operator <address>", "the operator's CA, when its key is elsewhere: it accepts with `operator accept`")
    .option("--realm-file <file>", "the realm's public certificates; the operator's is added", "deployments/realm.json")
    .action(
      async (
        realmText: string,
        options: { key: string; operatorKey?: string; operator?: string; realmFile: string },
        command: Command,
      ) => {
        const globals = globalsOf(command)
        if ((options.operatorKey === undefined) === (options.operator === undefined)) {
          throw new E2eeError("usage.invalid", "expected either --operator-key NAME or --operator ADDRESS")
        }
        const deployment = await deploymentOf(globals)
        const address = addressOption(realmText, "realm")
        const owner = await writerFor(globals, options.key)
        const sender = options.operatorKey === undefined ? owner : await writerFor(globals, options.operatorKey)
        const ca = options.operator === undefined ? sender.address : addressOption(options.operator, "--operator")
        const certificates = await readRealmFile(options.realmFile)
        if (certificates[0]?.certificate.realm !== address)
          throw new E2eeError(
            "trust.realm",
            `${options.realmFile} is of realm ${certificates[0]?.certificate.realm}; expected ${address}`,
          )
        const certificate = operatorCertificate(await placeOf(globals, deployment, address), owner.key, ca)
        const receipt = await send(sender, admit(deployment, certificate))
        await saveRealmFile(options.realmFile, [...certificates, certificate])
        const accepted = options.operatorKey !== undefined
        outputOf(command).result(
          { ok: true, realm: address, operator: ca, accepted, digest: certificate.digest, ...receiptFields(receipt) },
          `operator ${ca} is admitted${accepted ? " and has accepted" : "; it must accept with `operator accept`"}`,
        )
      },
    )
  realm
    .command("show <realm>")
    .description("show a realm's record")
    .action(async (realmText: string, _options: object, command: Command) => {
      const globals = globalsOf(command)
      const shown = await realmOf(
        readerOf(transportOf(globals)),
        await deploymentOf(globals),
        addressOption(realmText, "realm"),
      )
      outputOf(command).result(
        { ok: true, ...shown },
        `realm ${shown.realm}: ${shown.policy}, owner ${shown.owner}, root CA ${shown.root.ca}, ${shown.sequence} events`,
      )
    })
}

/** Where certificates hold that are issued now: from the newest block on, as the contracts count. */
export async function placeOf(globals: GlobalOptions, deployment: Deployment, realm: Address): Promise<Place> {
  const validFrom = await blockOf(readerOf(transportOf(globals)), deployment, realm)
  return { chainId: BigInt(deployment.chainId), verifyingContract: deployment.realmRegistry, realm, validFrom }
}

function receiptFields({ transaction, block, gas }: Receipt): Record<string, unknown> {
  return { transaction, block: Number(block), gas: Number(gas) }
}
