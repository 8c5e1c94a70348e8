import type { Command } from "commander"
import { randomSecret } from "../../certificate/enrol.ts"
import { developmentKey } from "../../chain/embedded.ts"
import { E2eeError } from "../../core/errors.ts"
import { createKey, listKeys, showKey } from "../../store/keystore.ts"
import { globalsOf, passwordOf } from "../options.ts"
import { outputOf } from "../output.ts"

/** `key`: the encrypted keystore. Nothing here prints a secret. */
export function addKeyCommands(program: Command): void {
  const key = program.command("key").description("the encrypted keystore (Web3 Secret Storage v3, mode 0600)")
  key
    .command("new <name>")
    .description("make a new key; it is the account of an operator or a realm's owner")
    .option(
      "--development <index>",
      "take account 0 to 19 of the embedded chain instead, which has ether and no secrecy",
    )
    .action(async (name: string, { development }: { development?: string }, command: Command) => {
      const globals = globalsOf(command)
      if (development !== undefined && !/^1?\d$/.test(development)) {
        throw new E2eeError(
          "usage.invalid",
          `--development ${JSON.stringify(development)} is no account; expected 0 to 19`,
        )
      }
      const secret = development === undefined ? randomSecret() : developmentKey(Number(development))
      const { address } = await createKey(globals.keystore, name, secret, {
        password: await passwordOf(globals, `password for ${name}`),
      })
      secret.wipe()
      outputOf(command).result({ ok: true, name, address }, `${name}: ${address}`)
    })
  key
    .command("list")
    .description("list keys and machine identities")
    .action(async (_options: object, command: Command) => {
      const entries = await listKeys(globalsOf(command).keystore)
      const lines = entries.map((entry) =>
        entry.kind === "unreadable"
          ? `${entry.name}  unreadable: ${entry.reason}`
          : `${entry.name}  ${entry.kind}  ${entry.address}`,
      )
      outputOf(command).result(
        { ok: true, keys: entries },
        lines.length === 0 ? "the keystore is empty" : lines.join("\n"),
      )
    })
  key
    .command("show <name>")
    .description("show the public part of a key or identity")
    .action(async (name: string, _options: object, command: Command) => {
      const entry = await showKey(globalsOf(command).keystore, name)
      outputOf(command).result({ ok: true, ...entry }, `${entry.name}  ${entry.kind}  ${entry.address}`)
    })
}
