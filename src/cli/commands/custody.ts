import type { Command } from "commander"
import type { Call } from "../../chain/registries/call.ts"
import type { Custody } from "../../chain/registries/custody.ts"
import type { Deployment } from "../../chain/deployment.ts"
import { ZERO_ADDRESS, type Address } from "../../core/address.ts"
import { E2eeError } from "../../core/errors.ts"
import { addressOption, numberOption } from "../options.ts"
import { openWriting, writes, type WriteOptions } from "../writing.ts"

/** What changes hands: an operator's record, or a realm. */
export interface Held {
  /** The word for the argument, and for who holds it. */
  readonly name: "operator" | "realm"
  readonly holder: "controller" | "owner"
  readonly offer: (deployment: Deployment, held: Address, to: Address) => Call
  readonly accept: (deployment: Deployment, held: Address) => Call
  readonly setGuardian: (deployment: Deployment, held: Address, guardian: Address, delay: number) => Call
  readonly startRecovery: (deployment: Deployment, held: Address, successor: Address) => Call
  readonly cancelRecovery: (deployment: Deployment, held: Address) => Call
  readonly completeRecovery: (deployment: Deployment, held: Address) => Call
}

const DAY = 86_400

/** `controller` or `owner`, `guardian`, `recovery`: who holds a record, and how it is won back when a key is lost. */
export function addCustodyCommands(parent: Command, held: Held): void {
  const { name, holder } = held
  const one = `<${name}>`

  const hands = parent.command(holder).description(`hand ${nameOf(name)} over to another ${holder}, in two steps`)
  writes(hands.command(`offer ${one} <address>`), `the ${holder}`)
    .description(`offer it; the other one takes it with \`accept\`; the zero address takes an offer back`)
    .action(async (text: string, to: string, options: WriteOptions, command: Command) => {
      const [address, pending] = [addressOption(text, name), addressOption(to, holder)]
      const { perform, deployment } = await openWriting(command, options)
      const what = pending === ZERO_ADDRESS ? "is offered to nobody" : `is offered to ${pending}, who must accept`
      await perform(
        held.offer(deployment, address, pending),
        { [name]: address, pending },
        `${name} ${address} ${what}`,
      )
    })
  writes(hands.command(`accept ${one}`), "to whom it was offered")
    .description("take it")
    .action(async (text: string, options: WriteOptions, command: Command) => {
      const address = addressOption(text, name)
      const { perform, deployment } = await openWriting(command, options)
      await perform(held.accept(deployment, address), { [name]: address }, `${name} ${address} has a new ${holder}`)
    })

  writes(parent.command(`guardian ${one} [guardian]`), `the ${holder}`)
    .description(`name who may win ${nameOf(name)} back when the ${holder}'s key is lost, or --none`)
    .option("--delay <days>", `days in which the ${holder} can cancel, 7 to 365`, "30")
    .option("--none", "have no guardian")
    .action(
      async (
        text: string,
        who: string | undefined,
        options: WriteOptions & { readonly delay: string; readonly none?: boolean },
        command: Command,
      ) => {
        const address = addressOption(text, name)
        if ((who === undefined) !== (options.none === true)) {
          throw new E2eeError("usage.invalid", "expected either the guardian's address or --none")
        }
        const guardian = who === undefined ? ZERO_ADDRESS : addressOption(who, "guardian")
        const delay = who === undefined ? 0 : numberOption(options.delay, "--delay", 7, 365) * DAY
        const { perform, deployment } = await openWriting(command, options)
        await perform(
          held.setGuardian(deployment, address, guardian, delay),
          { [name]: address, guardian, delay },
          who === undefined ? `${name} ${address} has no guardian` : `${guardian} is guardian of ${name} ${address}`,
        )
      },
    )

  const recovery = parent
    .command("recovery")
    .description(`win ${nameOf(name)} back after a delay in which the ${holder} can cancel`)
  writes(recovery.command(`start ${one} <successor>`), "the guardian")
    .description("start the delay after which the successor may take it")
    .action(async (text: string, who: string, options: WriteOptions, command: Command) => {
      const [address, successor] = [addressOption(text, name), addressOption(who, "successor")]
      const { perform, deployment } = await openWriting(command, options)
      const call = held.startRecovery(deployment, address, successor)
      await perform(call, { [name]: address, successor }, `the recovery of ${name} ${address} by ${successor} began`)
    })
  writes(recovery.command(`cancel ${one}`), `the ${holder}`)
    .description("end a recovery that is under way")
    .action(async (text: string, options: WriteOptions, command: Command) => {
      const address = addressOption(text, name)
      const { perform, deployment } = await openWriting(command, options)
      const call = held.cancelRecovery(deployment, address)
      await perform(call, { [name]: address }, `the recovery of ${name} ${address} is cancelled`)
    })
  writes(recovery.command(`complete ${one}`), "the successor")
    .description("take it, once the delay is over")
    .action(async (text: string, options: WriteOptions, command: Command) => {
      const address = addressOption(text, name)
      const { perform, deployment } = await openWriting(command, options)
      const call = held.completeRecovery(deployment, address)
      await perform(call, { [name]: address }, `${name} ${address} has a new ${holder}`)
    })
}

/** Who may take a record, as the end of a line that shows it; nothing where nobody may. */
export function custodyText({ pending, guardian, delay, successor, readyAt }: Custody): string {
  const offered = pending === ZERO_ADDRESS ? "" : `, offered to ${pending}`
  const guarded = guardian === ZERO_ADDRESS ? "" : `, guardian ${guardian} with a delay of ${delay / DAY} days`
  const ready = new Date(readyAt * 1_000).toISOString()
  const recovered = successor === ZERO_ADDRESS ? "" : `; RECOVERY by ${successor} under way, complete from ${ready} on`
  return `${offered}${guarded}${recovered}`
}

function nameOf(name: Held["name"]): string {
  return name === "operator" ? "an operator's record" : "a realm"
}
