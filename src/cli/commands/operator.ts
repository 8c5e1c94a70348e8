import { readFile } from "node:fs/promises"
import type { Command } from "commander"
import { keccak256 } from "viem"
import { readerOf } from "../../chain/embedded.ts"
import * as operators from "../../chain/registries/operators.ts"
import { callOfRequest, makeRequest } from "../../chain/registries/relayed.ts"
import { signRequest } from "../../chain/registries/requests.ts"
import type { Hex } from "../../core/bytes.ts"
import { E2eeError } from "../../core/errors.ts"
import {
  addressOption,
  confirmed,
  deploymentOf,
  globalsOf,
  numberOption,
  reasonOption,
  secretKey,
  transportOf,
} from "../options.ts"
import { outputOf } from "../output.ts"
import {
  addressOfName,
  isRequested,
  lifetimeOption,
  openWriting,
  requests,
  writeRequest,
  writes,
  type RequestOptions,
  type WriteOptions,
} from "../writing.ts"
import { addAcceptanceCommands } from "./admission.ts"
import { addCustodyCommands, custodyText } from "./custody.ts"

interface ProfileOptions {
  readonly uri?: string
  readonly document?: string
}

const DAY = 86_400

/** `operator`: the operator CA in its registry, from enrolment to revocation. */
export function addOperatorCommands(program: Command): void {
  const operator = program.command("operator").description("operators: who may run machines")
  addEnroll(operator)
  addRotate(operator)
  addRevoke(operator)
  addShow(operator)
  addAcceptanceCommands(operator)
  writes(operator.command("epoch <operator>"), "its CA or controller")
    .description("void every certificate that the operator issued before a block, in every realm")
    .option("--block <number>", "issued before this block; the newest one by default")
    .action(async (text: string, options: WriteOptions & { block?: string }, command: Command) => {
      const ca = addressOption(text, "operator")
      const { client, deployment, perform } = await openWriting(command, options)
      const epoch = await epochOption(options.block, () => client.getBlockNumber())
      const said = `what operator ${ca} issued before block ${epoch} is void`
      await perform(operators.setEpoch(deployment, ca, epoch), { ca, epoch }, said)
    })
  profiled(writes(operator.command("profile <operator>"), "its controller"))
    .description("say where the operator's metadata document lies, and its hash")
    .action(async (text: string, options: WriteOptions & ProfileOptions, command: Command) => {
      const ca = addressOption(text, "operator")
      const { deployment, perform } = await openWriting(command, options)
      const profile = await profileOption(options)
      await perform(
        operators.setProfile(deployment, ca, profile),
        { ca, ...profile },
        `operator ${ca} has a new profile`,
      )
    })
  addCustodyCommands(operator, {
    ...operators,
    name: "operator",
    holder: "controller",
    offer: operators.offerController,
    accept: operators.acceptController,
  })
}

function addEnroll(operator: Command): void {
  profiled(requests(writes(operator.command("enroll"), "the operator's CA key")))
    .description("enrol an address as an operator CA; its transaction or signed request proves that it has the key")
    .option("--controller <address>", "who rules the record from then on; the CA itself by default")
    .action(
      async (options: WriteOptions & RequestOptions & ProfileOptions & { controller?: string }, command: Command) => {
        const writing = await openWriting(command, options)
        const { client, deployment, perform, sender } = writing
        const ca = await sender()
        const controller = options.controller === undefined ? ca : addressOption(options.controller, "--controller")
        const profile = await profileOption(options)
        if (isRequested(options)) {
          const wish = { ca, controller, ...profile }
          const request = await makeRequest(client, deployment, "operator.enroll", wish, lifetimeOption(options))
          return writeRequest(writing, request, options, options.key)
        }
        const call = operators.enroll(deployment, { controller, ...profile })
        await perform(call, { ca, controller, ...profile }, `operator ${ca} is enrolled`)
      },
    )
}

function addRotate(operator: Command): void {
  requests(writes(operator.command("rotate <operator>"), "its controller"))
    .description("enrol another CA key as the operator's successor; both count until the overlap is over")
    .option("--new-key <name>", "the successor's CA key, which signs")
    .option("--new-ca <address>", "the successor's CA, when its key is elsewhere: with --prepare")
    .option("--overlap <days>", "days that the present CA counts besides, 0 to 90", "30")
    .action(
      async (
        text: string,
        options: WriteOptions & RequestOptions & { newKey?: string; newCa?: string; overlap: string },
        command: Command,
      ) => {
        const ca = addressOption(text, "operator")
        const { newKey } = options
        if ((newKey === undefined) === (options.newCa === undefined)) {
          throw new E2eeError("usage.invalid", "expected either --new-key NAME or --new-ca ADDRESS with --prepare")
        }
        const overlap = numberOption(options.overlap, "--overlap", 0, 90) * DAY
        const writing = await openWriting(command, options)
        const { client, deployment, globals, perform } = writing
        const newCa =
          newKey === undefined ? addressOption(options.newCa ?? "", "--new-ca") : await addressOfName(globals, newKey)
        const { timestamp } = await client.getBlock()
        // A minute less than the most, so that a slow block does not make it too long.
        const retiresAt = overlap === 0 ? 0 : Number(timestamp) + Math.min(overlap, 90 * DAY - 60)
        const wish = { ca, newCa, retiresAt }
        const request = await makeRequest(client, deployment, "operator.rotate", wish, lifetimeOption(options))
        if (isRequested(options)) return writeRequest(writing, request, options, newKey)
        if (newKey === undefined) {
          throw new E2eeError(
            "usage.invalid",
            "--new-ca goes with --prepare: the new key has to sign; or take --new-key",
          )
        }
        const signed = signRequest(request, await secretKey(globals, newKey))
        const until = retiresAt === 0 ? "at once" : `at ${new Date(retiresAt * 1_000).toISOString()}`
        const said = `operator ${newCa} follows ${ca}, which retires ${until}; realms have to admit it`
        await perform(callOfRequest(deployment, signed), { ...wish }, said)
      },
    )
}

function addRevoke(operator: Command): void {
  requests(writes(operator.command("revoke <operator>"), "its controller"))
    .description("end an operator in every realm at once, for ever")
    .option("--reason <code>", "0 to 255, kept with the revocation", "0")
    .option("--yes", "do not ask")
    .action(
      async (
        text: string,
        options: WriteOptions & RequestOptions & { reason: string; yes?: boolean },
        command: Command,
      ) => {
        const ca = addressOption(text, "operator")
        const reason = reasonOption(options.reason)
        const writing = await openWriting(command, options)
        const { client, deployment, perform } = writing
        if (isRequested(options)) {
          const { controller } = await operators.operatorOf(client, deployment, ca)
          const wish = { ca, controller, reason }
          const request = await makeRequest(client, deployment, "operator.revoke", wish, lifetimeOption(options))
          return writeRequest(writing, request, options, options.key)
        }
        if (options.calldata !== true) await confirmed(options.yes, `revoking operator ${ca}`)
        const call = operators.revoke(deployment, ca, reason)
        await perform(call, { ca, reason }, `operator ${ca} is revoked, in every realm and for ever`)
      },
    )
}

function addShow(operator: Command): void {
  operator
    .command("show <operator>")
    .description("show an operator's record")
    .action(async (text: string, _options: object, command: Command) => {
      const globals = globalsOf(command)
      const ca = addressOption(text, "operator")
      const shown = await operators.operatorOf(readerOf(transportOf(globals)), await deploymentOf(globals), ca)
      const { status, controller, custody, epoch, successorCa, retiresAt = 0 } = shown
      const rotated = successorCa ? `, until ${new Date(retiresAt * 1_000).toISOString()}, then ${successorCa}` : ""
      const line = `operator ${ca}: ${status}${rotated}, controller ${controller}, epoch ${epoch}${custodyText(custody)}`
      outputOf(command).result({ ok: true, ...shown }, line)
    })
}

function profiled(command: Command): Command {
  return command
    .option("--uri <uri>", "where the operator's metadata document lies")
    .option("--document <file>", "that document: its hash is written")
}

async function profileOption({ uri, document }: ProfileOptions): Promise<{ profile?: Hex; uri?: string }> {
  if (uri !== undefined && uri.length > 2_048)
    throw new E2eeError("usage.invalid", "--uri has more than 2,048 characters")
  if (document === undefined) return uri === undefined ? {} : { uri }
  const bytes = await readFile(document).catch((cause: unknown) => {
    throw new E2eeError("store.missing", `the document ${document} cannot be read; check its name`, { cause })
  })
  return { profile: keccak256(bytes), ...(uri === undefined ? {} : { uri }) }
}

/** The block of --block, or the newest one. */
export async function epochOption(text: string | undefined, newest: () => Promise<bigint>): Promise<number> {
  return text === undefined ? Number(await newest()) : numberOption(text, "--block", 1, 2 ** 40 - 1)
}
