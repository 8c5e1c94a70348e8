import type { Command } from "commander"
import { randomSalt, rootStatement } from "../../certificate/enrol.ts"
import { readerOf } from "../../chain/embedded.ts"
import * as realms from "../../chain/registries/realms.ts"
import { requestOfCertificate } from "../../chain/registries/relayed.ts"
import { E2eeError } from "../../core/errors.ts"
import { addressOption, deploymentOf, digestOption, globalsOf, numberOption, transportOf } from "../options.ts"
import { outputOf } from "../output.ts"
import { placeOf } from "../place.ts"
import { REALM_FILE, sendAndKeep } from "../realm-file.ts"
import { rooted, rootOption, signedBy, type RootOptions } from "../root-key.ts"
import {
  isRequested,
  openWriting,
  requests,
  writeRequest,
  writes,
  type RequestOptions,
  type WriteOptions,
} from "../writing.ts"
import { addAdmissionCommands } from "./admission.ts"
import { addAnchorCommand } from "./anchor.ts"
import { addCustodyCommands, custodyText } from "./custody.ts"
import { epochOption } from "./operator.ts"

const DAY = 86_400

/** `realm`: a realm, its root CA and its operators. */
export function addRealmCommands(program: Command): void {
  const realm = program.command("realm").description("realms: a root CA and the operators that it admits")
  addCreate(realm)
  addAdmissionCommands(realm)
  addRotateRoot(realm)
  addPolicy(realm)
  addShow(realm)
  addAnchorCommand(realm)
  writes(realm.command("epoch <realm>"), "the root CA key, or that of a CA further down")
    .description("void every certificate that the sender issued in the realm before a block")
    .option("--block <number>", "issued before this block; the newest one by default")
    .action(async (text: string, options: WriteOptions & { block?: string }, command: Command) => {
      const address = addressOption(text, "realm")
      const { client, deployment, perform } = await openWriting(command, options)
      const epoch = await epochOption(options.block, () => client.getBlockNumber())
      const said = `what was issued in realm ${address} before block ${epoch} is void`
      await perform(realms.setEpoch(deployment, address, epoch), { realm: address, epoch }, said)
    })
  addCustodyCommands(realm, {
    ...realms,
    name: "realm",
    holder: "owner",
    offer: realms.offerOwner,
    accept: realms.acceptOwner,
  })
}

function addCreate(realm: Command): void {
  rooted(requests(writes(realm.command("create"), "the realm's owner")))
    .description("create a realm; the sender is its owner, and its root CA where no other is named")
    .option("--policy <policy>", "open, permitted or private", "open")
    .option("--salt <hex>", "32 bytes from which the address follows; random by default")
    .option("--realm-file <file>", "where its public certificates are written", REALM_FILE)
    .action(
      async (
        options: WriteOptions & RequestOptions & RootOptions & { policy: string; salt?: string; realmFile: string },
        command: Command,
      ) => {
        const policy = policyOption(options.policy)
        const salt = options.salt === undefined ? randomSalt() : digestOption(options.salt, "--salt")
        const writing = await openWriting(command, options)
        const { client, deployment, globals, perform, sender } = writing
        const owner = await sender()
        const address = await realms.realmAddress(client, deployment, owner, salt)
        const root = await rootOption(globals, options, owner)
        const statement = rootStatement(await placeOf(globals, deployment, address), root)
        if (isRequested(options)) {
          const request = requestOfCertificate(deployment, "realm.create", statement, { salt, policy })
          return writeRequest(writing, request, options, options.rootKey ?? options.key)
        }
        const signed = await signedBy(globals, statement, options.rootKey ?? options.key)
        const call = realms.create(deployment, { salt, policy, root: signed })
        const fields = { realm: address, owner, root, policy, realmFile: options.realmFile }
        const text = `realm ${address}\nits certificates are in ${options.realmFile}`
        await sendAndKeep(options.realmFile, signed, () => perform(call, fields, text))
      },
    )
}

function addRotateRoot(realm: Command): void {
  rooted(requests(writes(realm.command("rotate-root <realm>"), "the realm's owner")))
    .description(
      "replace the root CA; the former one counts until the overlap is over; operators are then admitted anew",
    )
    .option("--overlap <days>", "days that the former root counts besides, 0 to 90", "30")
    .option("--realm-file <file>", "the realm's public certificates; the new root's is put first", REALM_FILE)
    .action(
      async (
        which: string,
        options: WriteOptions & RequestOptions & RootOptions & { overlap: string; realmFile: string },
        command: Command,
      ) => {
        const address = addressOption(which, "realm")
        const overlap = numberOption(options.overlap, "--overlap", 0, 90) * DAY
        const writing = await openWriting(command, options)
        const { client, deployment, globals, perform } = writing
        const root = await rootOption(globals, options, undefined)
        const { timestamp } = await client.getBlock()
        const overlapUntil = overlap === 0 ? 0 : Number(timestamp) + Math.min(overlap, 90 * DAY - 60)
        const statement = rootStatement(await placeOf(globals, deployment, address), root)
        if (isRequested(options)) {
          const request = requestOfCertificate(deployment, "realm.rotate-root", statement, { overlapUntil })
          return writeRequest(writing, request, options, options.rootKey)
        }
        const signed = await signedBy(globals, statement, options.rootKey ?? options.key)
        const fields = { realm: address, root, overlapUntil, realmFile: options.realmFile }
        const call = realms.rotateRoot(deployment, signed, overlapUntil)
        const text = `realm ${address} has the root CA ${root}; admit its operators anew`
        await sendAndKeep(options.realmFile, signed, () => perform(call, fields, text))
      },
    )
}

function addPolicy(realm: Command): void {
  writes(realm.command("policy <realm> <policy>"), "the realm's owner")
    .description("tighten the policy to permitted (subjects consent) or private (the owner does); there is no way back")
    .action(async (text: string, wanted: string, options: WriteOptions, command: Command) => {
      const [address, policy] = [addressOption(text, "realm"), policyOption(wanted)]
      const { deployment, perform } = await openWriting(command, options)
      const call = realms.tightenPolicy(deployment, address, policy)
      await perform(call, { realm: address, policy }, `realm ${address} is ${policy}`)
    })
}

function addShow(realm: Command): void {
  realm
    .command("show <realm>")
    .description("show a realm's record")
    .action(async (text: string, _options: object, command: Command) => {
      const globals = globalsOf(command)
      const address = addressOption(text, "realm")
      const shown = await realms.realmOf(readerOf(transportOf(globals)), await deploymentOf(globals), address)
      const { policy, owner, root, custody, previousRoot, sequence } = shown
      const former = previousRoot === undefined ? "" : `, former root ${previousRoot.ca}`
      const record = `${policy}, owner ${owner}, root CA ${root.ca}${former}, ${sequence} events`
      const line = `realm ${address}: ${record}${custodyText(custody)}`
      outputOf(command).result({ ok: true, ...shown }, line)
    })
}

function policyOption(text: string): realms.Policy {
  if (realms.isPolicy(text)) return text
  throw new E2eeError("usage.invalid", `policy ${JSON.stringify(text)}; expected open, permitted or private`)
}
