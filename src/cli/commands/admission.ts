import type { Command } from "commander"
import { operatorStatement } from "../../certificate/enrol.ts"
import { signDigest } from "../../certificate/signature.ts"
import { accept, admit, leaveRealm, recordOf, revoke, type Named } from "../../chain/registries/certificates.ts"
import { makeRequest, requestOfCertificate } from "../../chain/registries/relayed.ts"
import { realmOf } from "../../chain/registries/realms.ts"
import type { Address } from "../../core/address.ts"
import { E2eeError } from "../../core/errors.ts"
import { addressOption, digestOption, reasonOption, secretKey } from "../options.ts"
import { placeOf } from "../place.ts"
import { ownCertificate, readRealmFile, REALM_FILE, sendAndKeep } from "../realm-file.ts"
import { rooted, rootOption, signedBy, type RootOptions } from "../root-key.ts"
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

interface AdmissionOptions extends WriteOptions {
  readonly realmFile: string
  readonly operator?: string
  readonly digest?: string
}

/** `realm admit` and `realm remove`: the realm's side of an operator's admission. */
export function addAdmissionCommands(realm: Command): void {
  addAdmit(realm)
  addRemove(realm)
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
        const { policy, owner } = await realmOf(client, deployment, address)
        const consenting = policy === "private" && operatorKey !== undefined ? options.key : undefined
        if (consenting !== undefined && (await addressOfName(globals, consenting)) !== owner) {
          throw new E2eeError("usage.invalid", `the realm is private: --key must be its owner ${owner}, see --root-key`)
        }
        const consent =
          consenting === undefined ? "0x" : signDigest(certificate.digest, await secretKey(globals, consenting))
        const { key: _key, ...rest } = options
        const sending = operatorKey === undefined ? own : await openWriting(command, { ...rest, key: operatorKey })
        // An operator that stands in the realm need not accept its certificate's successor.
        const former = await recordOf(client, deployment, address, ca)
        const accepted = operatorKey !== undefined || (former?.accepted === true && !former.revoked)
        const fields = { realm: address, operator: ca, accepted, digest: certificate.digest }
        const after = accepted ? " and has accepted" : "; it must accept with `operator accept`"
        const call = admit(deployment, certificate, consent)
        await sendAndKeep(realmFile, certificate, () =>
          sending.perform(call, fields, `operator ${ca} is admitted${after}`),
        )
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

/** `operator accept` and `operator leave`: the operator's side. */
export function addAcceptanceCommands(operator: Command): void {
  const admission = (command: Command, who: string): Command =>
    writes(command, who)
      .option("--operator <address>", "the operator's CA, when its controller sends; by default who sends")
      .option("--digest <hex>", "the certificate's digest, instead of a realm file")
  requests(admission(operator.command("accept <realm>"), "the operator's CA key, or its controller's"))
    .description("accept a realm's admission")
    .option("--realm-file <file>", "the realm's public certificates, from its owner", REALM_FILE)
    .action(async (text: string, options: AdmissionOptions & RequestOptions, command: Command) => {
      const writing = await openWriting(command, options)
      const { client, deployment, perform } = writing
      const named = await admissionOf(text, options, writing.sender)
      const { realm, subject, digest } = named
      if (isRequested(options)) {
        const wish = { realm, operator: subject, digest }
        const request = await makeRequest(client, deployment, "operator.accept", wish, lifetimeOption(options))
        return writeRequest(writing, request, options, options.key)
      }
      const fields = { realm, operator: subject, digest }
      await perform(accept(deployment, named), fields, `operator ${subject} accepted realm ${realm}`)
    })
  admission(operator.command("leave <realm>"), "the operator's CA key, or its controller's")
    .description("leave a realm: ends the admission under its certificate, for ever")
    .option("--realm-file <file>", "the realm's public certificates", REALM_FILE)
    .option("--reason <code>", "0 to 255, kept with the revocation", "0")
    .action(async (text: string, options: AdmissionOptions & { reason: string }, command: Command) => {
      const reason = reasonOption(options.reason)
      const { deployment, perform, sender } = await openWriting(command, options)
      const named = await admissionOf(text, options, sender)
      const { realm, subject, digest } = named
      const call = leaveRealm(deployment, named, reason)
      await perform(call, { realm, operator: subject, digest, reason }, `operator ${subject} left realm ${realm}`)
    })
}

/** Which certificate admits the operator: from the realm file, or by its digest. */
async function admissionOf(text: string, options: AdmissionOptions, sender: () => Promise<Address>): Promise<Named> {
  const realm = addressOption(text, "realm")
  const subject = options.operator === undefined ? await sender() : addressOption(options.operator, "--operator")
  if (options.digest !== undefined) return { realm, subject, digest: digestOption(options.digest, "--digest") }
  const { digest } = await ownCertificate(options.realmFile, realm, subject)
  return { realm, subject, digest }
}
