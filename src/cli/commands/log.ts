import type { Command } from "commander"
import { readerOf } from "../../chain/embedded.ts"
import { readOperatorHistory } from "../../chain/log/operator-log.ts"
import { RealmLog } from "../../chain/log/realm-log.ts"
import type { Reading } from "../../chain/log/event-ranges.ts"
import type { Place } from "../../chain/log/events.ts"
import { E2eeError } from "../../core/errors.ts"
import { addressOption, deploymentOf, globalsOf, transportOf } from "../options.ts"
import { outputOf, type Output } from "../output.ts"

/** `realm log` and `operator log`: what the registries' events tell, checked against what the registries hold. */
export function addLogCommands(program: Command): void {
  group(program, "realm")
    .command("log <realm>")
    .description("show a realm's whole history, proven complete against the head in the registry")
    .action(async (realmText: string, _options: object, command: Command) => {
      const globals = globalsOf(command)
      const output = outputOf(command)
      const realm = addressOption(realmText, "realm")
      const deployment = await deploymentOf(globals)
      const log = new RealmLog({ client: readerOf(transportOf(globals)), deployment, realm })
      const { block } = await log.refresh(readingOf(output))
      if (log.state === undefined) {
        throw new E2eeError(
          "trust.unknown_realm",
          `realm ${realm} does not exist; check its address and the deployment`,
        )
      }
      for (const entry of log.entries) {
        const { realm: _realm, sequence: _sequence, ...args } = entry.args
        printEvent(output, entry, { sequence: entry.sequence }, args)
      }
      const { sequence, head } = log.state
      output.result(
        { ok: true, complete: true, realm, sequence, head, block: Number(block.number), blockHash: block.hash },
        `complete: ${sequence} events add up to the registry's head ${head} at block ${block.number} (${block.hash})`,
      )
    })
  group(program, "operator")
    .command("log <address>")
    .description("show an operator's history as the node tells it, checked against its record")
    .action(async (address: string, _options: object, command: Command) => {
      const globals = globalsOf(command)
      const output = outputOf(command)
      const [deployment, ca] = [await deploymentOf(globals), addressOption(address, "operator")]
      const reader = readerOf(transportOf(globals))
      const { block, entries } = await readOperatorHistory(reader, deployment, ca, readingOf(output))
      for (const entry of entries) printEvent(output, entry, {}, entry.args)
      output.result(
        {
          ok: true,
          complete: "unproven",
          ca,
          events: entries.length,
          block: Number(block.number),
          blockHash: block.hash,
        },
        `${entries.length} events add up to the record at block ${block.number} (${block.hash}); operators have no head that would prove them all`,
      )
    })
}

function group(program: Command, name: string): Command {
  return program.commands.find((command) => command.name() === name) ?? program.command(name)
}

export function readingOf(output: Output): Reading {
  return {
    progress: ({ block, of, events }) => output.progress(`read up to block ${block} of ${of}: ${events} events`),
  }
}

function printEvent(
  output: Output,
  { block, eventName }: Place & { readonly eventName: string },
  number: { readonly sequence?: number },
  args: object,
): void {
  const words = Object.entries(args).map(([name, value]) => `${name}=${String(value)}`)
  const first = number.sequence === undefined ? "" : `${number.sequence}  `
  output.result(
    { ...number, block: Number(block), event: eventName, args },
    `${first}block ${block}  ${eventName}  ${words.join(" ")}`,
  )
}
