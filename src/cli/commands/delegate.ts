import type { Command } from "commander"
import { delegateChain, randomSecret } from "../../certificate/enrol.ts"
import { toTypedData } from "../../certificate/issue.ts"
import { parseChain } from "../../certificate/parse.ts"
import { revoke } from "../../chain/registries/certificates.ts"
import { send } from "../../chain/registries/transaction.ts"
import { E2eeError } from "../../core/errors.ts"
import { readIdentityPublic, saveIdentity } from "../../store/identity.ts"
import { listKeys } from "../../store/keystore.ts"
import { capabilitiesOption, deploymentOf, globalsOf, passwordOf, secretKey, writerFor } from "../options.ts"
import { outputOf } from "../output.ts"
import { certificatesAbove, readRealmFile, REALM_FILE } from "../realm-file.ts"
import { addressOfKey } from "../../certificate/signature.ts"
import { placeOf } from "../place.ts"
import { standalonePlace } from "../trustroot.ts"

/** `delegate`: machine identities, made from an operator's CA key. */
export function addDelegateCommands(program: Command): void {
  const delegate = program
    .command("delegate")
    .description("machine identities: a chain of certificates and the machine's keys")
  delegate
    .command("issue <name>")
    .description("make a machine's keys and certificates; nothing is written to the chain")
    .requiredOption("--key <name>", "the operator's CA key")
    .option("--realm-file <file>", "the realm's public certificates", REALM_FILE)
    .option("--capabilities <names>", "comma-separated", "provider,consumer")
    .option("--standalone", "for a realm without a chain: counts seconds instead of blocks", false)
    .option("--overwrite", "replace an identity of that name", false)
    .action(
      async (
        name: string,
        options: { key: string; realmFile: string; capabilities: string; standalone: boolean; overwrite: boolean },
        command: Command,
      ) => {
        const globals = globalsOf(command)
        const capabilities = capabilitiesOption(options.capabilities)
        const certificates = await readRealmFile(options.realmFile)
        const operatorKey = await secretKey(globals, options.key)
        const above = certificatesAbove(certificates, addressOfKey(operatorKey))
        const root = certificates[0]?.certificate
        if (root === undefined) throw new E2eeError("usage.invalid", `${options.realmFile} is empty`)
        const { realm } = root
        const [delegateKey, csKey] = [randomSecret(), randomSecret()]
        const place = options.standalone
          ? standalonePlace(root, above)
          : await placeOf(globals, await deploymentOf(globals), realm)
        const chain = delegateChain(place, { operatorKey, delegateKey, csKey, capabilities, now: Date.now(), above })
        // Integers beyond 2^53 lie in the file as decimal texts, which the parser takes as well.
        const stored = JSON.parse(
          JSON.stringify(chain.map(toTypedData), (_key, value: unknown) =>
            typeof value === "bigint" ? value.toString() : value,
          ),
        ) as unknown[]
        const password = await passwordOf(globals, `password for ${name}`)
        const { address } = await saveIdentity(
          globals.keystore,
          name,
          { certificates: stored, delegateKey, csKey },
          { password, overwrite: options.overwrite },
        )
        outputOf(command).result(
          { ok: true, name, delegate: address, realm, authority: chain[1]?.digest },
          `${name}: delegate ${address} of realm ${realm}`,
        )
      },
    )
  delegate
    .command("revoke <name>")
    .description("revoke a machine's authority certificate on-chain, for ever")
    .requiredOption("--key <name>", "the operator's CA key")
    .option("--reason <code>", "0 to 255, kept with the revocation", "0")
    .action(async (name: string, options: { key: string; reason: string }, command: Command) => {
      const globals = globalsOf(command)
      if (!/^\d{1,3}$/.test(options.reason) || Number(options.reason) > 255)
        throw new E2eeError("usage.invalid", `--reason ${JSON.stringify(options.reason)}; expected 0 to 255`)
      const deployment = await deploymentOf(globals)
      const { certificates } = await readIdentityPublic(globals.keystore, name)
      const authority = parseChain(certificates)[1]
      if (authority?.certificate.kind !== "authority")
        throw new E2eeError("store.corrupt", `identity ${name} has no authority certificate`)
      const { realm, subject } = authority.certificate
      const writer = await writerFor(globals, options.key)
      const named = { realm, subject, digest: authority.digest }
      const receipt = await send(writer, revoke(deployment, named, Number(options.reason)))
      outputOf(command).result(
        {
          ok: true,
          name,
          delegate: subject,
          digest: authority.digest,
          transaction: receipt.transaction,
          block: Number(receipt.block),
        },
        `${name}: delegate ${subject} is revoked`,
      )
    })
  delegate
    .command("list")
    .description("list the machine identities of the keystore")
    .action(async (_options: object, command: Command) => {
      const identities = (await listKeys(globalsOf(command).keystore)).filter((entry) => entry.kind === "identity")
      const lines = identities.map(({ name, address }) => `${name}  ${address}`)
      outputOf(command).result(
        { ok: true, delegates: identities.map(({ name, address }) => ({ name, delegate: address })) },
        lines.length === 0 ? "no identities" : lines.join("\n"),
      )
    })
}
