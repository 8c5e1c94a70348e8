import type { Command } from "commander"
import { authorityCertificate } from "../../certificate/issue.ts"
import { parseChain } from "../../certificate/parse.ts"
import { addressOfKey, signDigest } from "../../certificate/signature.ts"
import type { AuthorityCertificate, SignedCertificate } from "../../certificate/types.ts"
import { anchor, anchorBatch, type Signed } from "../../chain/registries/certificates.ts"
import { requestOfCertificate } from "../../chain/registries/relayed.ts"
import { digestOf, signRequest } from "../../chain/registries/requests.ts"
import type { Address } from "../../core/address.ts"
import { E2eeError } from "../../core/errors.ts"
import { readIdentityPublic } from "../../store/identity.ts"
import { addressOption, capabilitiesOption, secretKey } from "../options.ts"
import { placeOf } from "../place.ts"
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

interface AnchorOptions extends WriteOptions, RequestOptions {
  readonly subject?: string
  readonly issuerKey?: string
  readonly issuer?: string
  readonly capabilities: string
  readonly consentKey?: string
}

/** `realm anchor`: certificates put into the realm's record, of machines or of a CA that is issued here. */
export function addAnchorCommand(realm: Command): void {
  requests(writes(realm.command("anchor <realm> [identities...]"), "anybody who pays"))
    .description("put certificates into the realm's record: those of machine identities, or a new one for --subject")
    .option("--subject <address>", "issue a certificate for this address and anchor it")
    .option("--issuer-key <name>", "the CA key that issues it")
    .option("--issuer <address>", "the CA, when its key is elsewhere: with --prepare")
    .option("--capabilities <names>", "of the new certificate, comma-separated", "provider,consumer")
    .option("--consent-key <name>", "the subject's or owner's key, where the realm's policy wants its consent")
    .action(async (text: string, names: readonly string[], options: AnchorOptions, command: Command) => {
      const realmAddress = addressOption(text, "realm")
      if ((names.length === 0) === (options.subject === undefined)) {
        throw new E2eeError("usage.invalid", "expected names of machine identities, or --subject ADDRESS")
      }
      const writing = await openWriting(command, options)
      const { deployment, globals, perform } = writing
      if (options.subject !== undefined) return anchorNew(writing, realmAddress, options)
      if (isRequested(options)) {
        throw new E2eeError(
          "usage.invalid",
          "certificates of identities are signed already: leave --sign-only and --prepare out",
        )
      }
      const signed: SignedCertificate<AuthorityCertificate>[] = []
      for (const name of names) {
        const own = parseChain((await readIdentityPublic(globals.keystore, name)).certificates)[1]
        if (own?.certificate.kind !== "authority" || own.certificate.realm !== realmAddress) {
          throw new E2eeError("trust.realm", `identity ${name} has no certificate of realm ${realmAddress}`)
        }
        signed.push({ ...own, certificate: own.certificate })
      }
      const [first] = signed
      const consent = first && options.consentKey && signed.length === 1 ? first.digest : undefined
      if (options.consentKey !== undefined && consent === undefined) {
        throw new E2eeError("usage.invalid", "a batch takes no --consent-key: anchor them one by one")
      }
      const call =
        first !== undefined && signed.length === 1
          ? anchor(
              deployment,
              first,
              consent && signDigest(consent, await secretKey(globals, options.consentKey ?? "")),
            )
          : anchorBatch(deployment, signed)
      const subjects = signed.map(({ certificate }) => certificate.subject)
      const digests = signed.map(({ digest }) => digest)
      await perform(call, { realm: realmAddress, subjects, digests }, `anchored: ${subjects.join(", ")}`)
    })
}

async function anchorNew(
  writing: Awaited<ReturnType<typeof openWriting>>,
  realm: Address,
  options: AnchorOptions,
): Promise<void> {
  const { deployment, globals, perform } = writing
  const { issuerKey } = options
  if ((issuerKey === undefined) === (options.issuer === undefined)) {
    throw new E2eeError("usage.invalid", "expected --issuer-key NAME, or --issuer ADDRESS with --prepare")
  }
  const subject = addressOption(options.subject ?? "", "--subject")
  const issuer =
    issuerKey === undefined ? addressOption(options.issuer ?? "", "--issuer") : await addressOfName(globals, issuerKey)
  const capabilities = capabilitiesOption(options.capabilities)
  const place = await placeOf(globals, deployment, realm)
  const statement = authorityCertificate({ ...place, issuer, subject, capabilities, meta: "" })
  const request = requestOfCertificate(deployment, "realm.anchor", statement)
  if (isRequested(options)) return writeRequest(writing, request, options, issuerKey)
  if (issuerKey === undefined) {
    throw new E2eeError("usage.invalid", "--issuer goes with --prepare: the CA has to sign; or take --issuer-key")
  }
  const { signature } = signRequest(request, await secretKey(globals, issuerKey))
  const consenting = options.consentKey === undefined ? undefined : await secretKey(globals, options.consentKey)
  const digest = digestOf(request)
  const signed: Signed = { certificate: statement, signature: signature ?? "0x" }
  const call = anchor(deployment, signed, consenting && signDigest(digest, consenting))
  const consentBy = consenting === undefined ? undefined : addressOfKey(consenting)
  await perform(call, { realm, subject, issuer, digest, consentBy }, `anchored: ${subject}, issued by ${issuer}`)
}
