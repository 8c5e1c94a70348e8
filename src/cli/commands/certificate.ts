import type { Command } from "commander"
import { capabilityNames } from "../../certificate/capabilities.ts"
import { parseChain } from "../../certificate/parse.ts"
import {
  pathOf,
  recordOf,
  revocationOf,
  revoke,
  revokeAs,
  revokeBatch,
  type Named,
} from "../../chain/registries/certificates.ts"
import { readerOf } from "../../chain/embedded.ts"
import { makeRequest } from "../../chain/registries/relayed.ts"
import type { Address } from "../../core/address.ts"
import { E2eeError } from "../../core/errors.ts"
import { readIdentityPublic } from "../../store/identity.ts"
import { addressOption, deploymentOf, digestOption, globalsOf, reasonOption, transportOf } from "../options.ts"
import { outputOf } from "../output.ts"
import {
  isRequested,
  lifetimeOption,
  openWriting,
  requests,
  writeRequest,
  writes,
  type RequestOptions,
  type WriteOptions,
} from "../writing.ts"

interface RevokeOptions extends WriteOptions, RequestOptions {
  readonly subject?: string
  readonly digest?: string
  readonly as?: string
  readonly reason: string
}

/** `certificate`: what the realm registry knows of certificates, and their revocation. */
export function addCertificateCommands(program: Command): void {
  const certificate = program.command("certificate").description("certificates in a realm's registry")
  certificate
    .command("show <realm> <subject>")
    .description("show the certificate that stands in a realm's record for an address, and its path to the root")
    .option(
      "--digest <hex>",
      "show, too, whether --issuer revoked this certificate, which may never have been anchored",
    )
    .option("--issuer <address>", "in whose name it would be revoked")
    .action(
      async (realmText: string, text: string, options: { digest?: string; issuer?: string }, command: Command) => {
        const globals = globalsOf(command)
        const [realm, subject] = [addressOption(realmText, "realm"), addressOption(text, "subject")]
        const [client, deployment] = [readerOf(transportOf(globals)), await deploymentOf(globals)]
        const { digest, issuer } = options
        if ((digest === undefined) !== (issuer === undefined)) {
          throw new E2eeError("usage.invalid", "expected --digest and --issuer together")
        }
        const record = await recordOf(client, deployment, realm, subject)
        const path = await pathOf(client, deployment, realm, subject)
        const revocation =
          digest === undefined || issuer === undefined
            ? undefined
            : await revocationOf(client, deployment, {
                realm,
                authority: addressOption(issuer, "--issuer"),
                digest: digestOption(digest, "--digest"),
              })
        const held =
          record === undefined
            ? `${subject} has no record in realm ${realm}`
            : `${subject}: ${capabilityNames(BigInt(record.capabilities)).join(", ")}${record.revoked ? ", revoked" : ""}, ` +
              `by ${path.map((link) => link.issuer).join(" < ")}`
        const noted = revocation === undefined ? "" : `\nrevoked in the name of ${issuer} in block ${revocation.block}`
        outputOf(command).result({ ok: true, realm, subject, record, path, revocation }, `${held}${noted}`)
      },
    )
  requests(writes(certificate.command("revoke <realm> [identities...]"), "the issuer, the subject, or one above it"))
    .description("revoke certificates for ever: those of machine identities, or one by its digest")
    .option("--subject <address>", "whose certificate it is")
    .option("--digest <hex>", "the certificate's digest")
    .option("--as <authority>", "as the realm's owner, in the name of this issuer")
    .option("--reason <code>", "0 to 255, kept with the revocation", "0")
    .action(async (text: string, names: readonly string[], options: RevokeOptions, command: Command) => {
      const realm = addressOption(text, "realm")
      const reason = reasonOption(options.reason)
      const writing = await openWriting(command, options)
      const { client, deployment, globals, perform, sender } = writing
      const named = names.length > 0 ? await ofIdentities(globals.keystore, realm, names) : [ofOptions(realm, options)]
      const [first] = named
      if (first === undefined) throw new E2eeError("usage.invalid", "expected a certificate")
      const single = named.length === 1
      if (!single && (options.as !== undefined || isRequested(options))) {
        throw new E2eeError("usage.invalid", "a batch is sent by the key itself: without --as, --sign-only, --prepare")
      }
      if (isRequested(options)) {
        const wish = { ...first, authority: await sender(), reason }
        const request = await makeRequest(client, deployment, "certificate.revoke", wish, lifetimeOption(options))
        return writeRequest(writing, request, options, options.key)
      }
      const call =
        options.as !== undefined
          ? revokeAs(deployment, addressOption(options.as, "--as"), first, reason)
          : single
            ? revoke(deployment, first, reason)
            : revokeBatch(deployment, named, reason)
      const digests = named.map(({ digest }) => digest)
      await perform(call, { realm, digests, reason }, `revoked: ${digests.join(", ")}`)
    })
}

function ofOptions(realm: Address, { subject, digest }: RevokeOptions): Named {
  if (subject === undefined || digest === undefined) {
    throw new E2eeError("usage.invalid", "expected names of machine identities, or --subject ADDRESS and --digest HEX")
  }
  return { realm, subject: addressOption(subject, "--subject"), digest: digestOption(digest, "--digest") }
}

async function ofIdentities(keystore: string, realm: Address, names: readonly string[]): Promise<readonly Named[]> {
  const named: Named[] = []
  for (const name of names) {
    const authority = parseChain((await readIdentityPublic(keystore, name)).certificates)[1]
    if (authority?.certificate.kind !== "authority" || authority.certificate.realm !== realm) {
      throw new E2eeError("trust.realm", `identity ${name} has no certificate of realm ${realm}`)
    }
    named.push({ realm, subject: authority.certificate.subject, digest: authority.digest })
  }
  return named
}
