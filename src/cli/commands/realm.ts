import type { Command } from "commander"
import { issueCertificate } from "../../certificate/issue.ts"
import { operatorStatement, randomSalt, rootStatement } from "../../certificate/enrol.ts"
import { addressOfKey, signDigest } from "../../certificate/signature.ts"
import type { AuthorityCertificate, SignedCertificate } from "../../certificate/types.ts"
import { admit, recordOf, revoke } from "../../chain/certificates.ts"
import { readerOf } from "../../chain/embedded.ts"
import * as realms from "../../chain/realms.ts"
import { requestOfCertificate } from "../../chain/relayed.ts"
import type { Address } from "../../core/address.ts"
import { E2eeError } from "../../core/errors.ts"
import {
  addressOption,
  deploymentOf,
  digestOption,
  globalsOf,
  numberOption,
  reasonOption,
  secretKey,
  transportOf,
  type GlobalOptions,
} from "../options.ts"
import { outputOf } from "../output.ts"
import { placeOf } from "../place.ts"
import { addToRealmFile, ownCertificate, readRealmFile } from "../realm-file.ts"
import {
  addressOfName,
  isRequested,
  openWriting,
  requests,
  writeRequest,
  writes,
  type RequestOptions,
  type WriteOptions,
} from "../writing.ts"
import { addAnchorCommand } from "./anchor.ts"
import { addCustodyCommands } from "./custody.ts"
import { epochOption } from "./operator.ts"

interface RootOptions {
  readonly rootKey?: string
  readonly root?: string
}

const DAY = 86_400
const REALM_FILE = "deployments/realm.json"

/** `realm`: a realm, its root CA and its operators. */
export function addRealmCommands(program: Command): void {
  const realm = program.command("realm").description("realms: a root CA and the operators that it admits")
  addCreate(realm)
  addAdmit(realm)
  addRemove(realm)
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
        const receipt = await perform(call, fields, `realm ${address}\nits certificates are in ${options.realmFile}`)
        if (receipt !== undefined) await addToRealmFile(options.realmFile, signed)
      },
    )
}

function addAdmit(realm: Command): void {
  rooted(requests(writes(realm.command("admit <realm>"), "the realm's root CA, or its owner with --root-key")))
    .description("admit an operator: the root certifies its CA, the operator accepts")
    .option("--operator-key <name>", "the operator's CA key, when it is at hand: it sends, and so accepts at once")
    .option("--operator <address>", "the operator's CA, when its key is elsewhere: it accepts with `operator accept`")
    .option("--realm-file <file>", "the realm's public certificates; the operator's is added", REALM_FILE)
    .action(
      async (
        text: string,
        options: WriteOptions &
          RequestOptions &
          RootOptions & { operatorKey?: string; operator?: string; realmFile: string },
        command: Command,
      ) => {
        const { operatorKey, realmFile } = options
        if ((operatorKey === undefined) === (options.operator === undefined)) {
          throw new E2eeError("usage.invalid", "expected either --operator-key NAME or --operator ADDRESS")
        }
        const address = addressOption(text, "realm")
        const own = await openWriting(command, options)
        const { client, deployment, globals } = own
        const ca =
          operatorKey === undefined
            ? addressOption(options.operator ?? "", "--operator")
            : await addressOfName(globals, operatorKey)
        const root = await rootOption(globals, options, undefined)
        const statement = operatorStatement(await placeOf(globals, deployment, address), root, ca)
        const rootKey = options.rootKey ?? options.key
        if (isRequested(options)) {
          return writeRequest(own, requestOfCertificate(deployment, "realm.admit", statement), options, rootKey)
        }
        await readRealmFile(realmFile) // refused before anything is sent
        const certificate = await signedBy(globals, statement, rootKey)
        // In a private realm the owner consents by a signature when the operator sends.
        const { policy, owner } = await realms.realmOf(client, deployment, address)
        const consenting = policy === "private" && operatorKey !== undefined ? options.key : undefined
        if (consenting !== undefined && (await addressOfName(globals, consenting)) !== owner) {
          throw new E2eeError("usage.invalid", `the realm is private: --key must be its owner ${owner}, see --root-key`)
        }
        const consent =
          consenting === undefined ? "0x" : signDigest(certificate.digest, await secretKey(globals, consenting))
        const { key: _key, ...rest } = options
        const sending = operatorKey === undefined ? own : await openWriting(command, { ...rest, key: operatorKey })
        const accepted = operatorKey !== undefined
        const fields = { realm: address, operator: ca, accepted, digest: certificate.digest }
        const after = accepted ? " and has accepted" : "; it must accept with `operator accept`"
        const call = admit(deployment, certificate, consent)
        const receipt = await sending.perform(call, fields, `operator ${ca} is admitted${after}`)
        if (receipt !== undefined) await addToRealmFile(realmFile, certificate)
      },
    )
}

function addRemove(realm: Command): void {
  writes(realm.command("remove <realm>"), "the realm's owner or root CA")
    .description("end an operator's admission: revokes its certificate, for ever; another one can admit it again")
    .requiredOption("--operator <address>", "the operator's CA")
    .option("--digest <hex>", "the certificate's digest, instead of the realm file")
    .option("--realm-file <file>", "the realm's public certificates", REALM_FILE)
    .option("--reason <code>", "0 to 255, kept with the revocation", "0")
    .action(
      async (
        text: string,
        options: WriteOptions & { operator: string; digest?: string; realmFile: string; reason: string },
        command: Command,
      ) => {
        const [address, ca] = [addressOption(text, "realm"), addressOption(options.operator, "--operator")]
        const reason = reasonOption(options.reason)
        const { client, deployment, perform } = await openWriting(command, options)
        const digest =
          options.digest === undefined
            ? (await ownCertificate(options.realmFile, address, ca)).digest
            : digestOption(options.digest, "--digest")
        const record = await recordOf(client, deployment, address, ca)
        if (record === undefined || !digest.startsWith(record.digest)) {
          const found = record === undefined ? "none" : `${record.digest}…`
          throw new E2eeError(
            "trust.operator",
            `certificate ${digest} is not what admits ${ca} to realm ${address} (${found}); name that with --digest`,
          )
        }
        const call = revoke(deployment, { realm: address, subject: ca, digest }, reason)
        const fields = { realm: address, operator: ca, digest, reason }
        await perform(call, fields, `operator ${ca} is no longer in realm ${address}`)
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
        text: string,
        options: WriteOptions & RequestOptions & RootOptions & { overlap: string; realmFile: string },
        command: Command,
      ) => {
        const address = addressOption(text, "realm")
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
        const receipt = await perform(
          realms.rotateRoot(deployment, signed, overlapUntil),
          fields,
          `realm ${address} has the root CA ${root}; admit its operators anew`,
        )
        if (receipt !== undefined) await addToRealmFile(options.realmFile, signed)
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
      const { policy, owner, root, previousRoot, sequence } = shown
      const former = previousRoot === undefined ? "" : `, former root ${previousRoot.ca}`
      const line = `realm ${address}: ${policy}, owner ${owner}, root CA ${root.ca}${former}, ${sequence} events`
      outputOf(command).result({ ok: true, ...shown }, line)
    })
}

function rooted(command: Command): Command {
  return command
    .option("--root-key <name>", "the root CA key, which signs; --key by default")
    .option("--root <address>", "the root CA, when its key is elsewhere: with --prepare")
}

/** The root CA: of --root-key, --root, --key, in this order, or else `otherwise`. */
async function rootOption(
  globals: GlobalOptions,
  { rootKey, root, key }: RootOptions & { readonly key?: string },
  otherwise: Address | undefined,
): Promise<Address> {
  if (rootKey !== undefined && root !== undefined)
    throw new E2eeError("usage.invalid", "expected --root-key or --root, not both")
  if (rootKey !== undefined) return addressOfName(globals, rootKey)
  if (root !== undefined) return addressOption(root, "--root")
  if (key !== undefined) return addressOfName(globals, key)
  if (otherwise !== undefined) return otherwise
  throw new E2eeError("usage.invalid", "which root CA? expected --root-key NAME, or --root ADDRESS with --prepare")
}

async function signedBy(
  globals: GlobalOptions,
  statement: AuthorityCertificate,
  name: string | undefined,
): Promise<SignedCertificate<AuthorityCertificate>> {
  const advice = `${statement.issuer} has to sign: expected its key, or --prepare to have it signed elsewhere`
  if (name === undefined) throw new E2eeError("usage.invalid", advice)
  const key = await secretKey(globals, name)
  if (addressOfKey(key) !== statement.issuer) throw new E2eeError("usage.invalid", `${name} is another key; ${advice}`)
  return issueCertificate(statement, key)
}

function policyOption(text: string): realms.Policy {
  if (realms.isPolicy(text)) return text
  throw new E2eeError("usage.invalid", `policy ${JSON.stringify(text)}; expected open, permitted or private`)
}
