import type { Command } from "commander"
import { operatorCertificate, rootCertificate } from "../../certificate/enrol.ts"
import { parseChain } from "../../certificate/parse.ts"
import { addressOfKey } from "../../certificate/signature.ts"
import { addressOf, type Address } from "../../core/address.ts"
import { fromHex, toHex, type Hex } from "../../core/bytes.ts"
import { E2eeError } from "../../core/errors.ts"
import type { Secret } from "../../core/secret.ts"
import { standalone } from "../../standalone.ts"
import { readIdentityPublic } from "../../store/identity.ts"
import { acceptBundle, requireTimely } from "../../trust/standalone/accept-bundle.ts"
import type { Bundle, BundleEpoch } from "../../trust/standalone/bundle.ts"
import {
  attachSignature,
  documentOf,
  firstBundle,
  nextBundle,
  rotation,
  signBundle,
} from "../../trust/standalone/issue-bundle.ts"
import { parseBundle, parseDocument } from "../../trust/standalone/parse-bundle.ts"
import {
  exists,
  lifeOf,
  never,
  printTypedData,
  publish,
  publishNext,
  readOwn,
  report,
  requireSigned,
  signerOf,
  textOf,
  type BundleOptions,
  type SigningOptions,
} from "../bundle-writing.ts"
import { readInput } from "../files.ts"
import { addressOption, durationOption, globalsOf, integerOption, secretKey } from "../options.ts"
import { outputOf } from "../output.ts"
import { readRealmFile, saveRealmFile, type RealmCertificates } from "../realm-file.ts"
import { sourceOf, standalonePlace, stateOf, withStateOption, type TrustrootOptions } from "../trustroot.ts"

/** `trust`: a realm whose members a signed file names, without a chain. */
export function addTrustCommands(program: Command): void {
  const trust =
    program.commands.find((command) => command.name() === "trust") ??
    program.command("trust").description("whom this machine trusts")
  const bundled = (command: Command): Command =>
    command.option("--bundle <file>", "the trustroot's published bundle", "deployments/trustroot.json")
  const signing = (command: Command): Command =>
    bundled(command)
      .option("--key <name>", "the trustroot's key, of the keystore")
      .option("--signer <address>", "where its key is elsewhere: prints what to sign, see `trust attach`")
      .option("--life <time>", "how long the bundle is believed: seconds, or 90m, 24h, 7d; at first 7d, then as before")
      .option("--refresh <time>", "how often endpoints look for a newer one; at first 60s, then as before")
  const realmed = (command: Command): Command =>
    command.option("--realm-file <file>", "the realm's public certificates", "deployments/realm.json")

  realmed(signing(trust.command("create")))
    .description("found a realm without a chain: the first bundle, and the root's certificate")
    .option("--realm <address>", "the realm's address; a random one by default")
    .option("--chain-id <n>", "chain id in the realm's certificates", "1")
    .option("--contract <address>", "verifyingContract in its certificates; the trustroot's own address by default")
    .option("--block <n>", "newest block, where certificates count blocks; they count seconds otherwise")
    .action(async (options: CreateOptions, command: Command) => create(options, command))

  realmed(signing(trust.command("admit")))
    .description("certify an operator's CA; it needs the realm file to issue machines' identities")
    .requiredOption("--operator <address>", "the operator's CA")
    .option("--listed", "also list it in the bundle; from then on operators that are not listed are refused", false)
    .action(async (options: AdmitOptions, command: Command) => admit(options, command))

  realmed(signing(trust.command("revoke")))
    .description("revoke certificates for ever, or all that an issuer issued until now")
    .option("--digest <hex...>", "digests of certificates")
    .option("--delegate <name...>", "machine identities of the keystore")
    .option("--operator <address...>", "operators of the realm file")
    .option("--epoch <issuer...>", "issuers whose certificates until now are void; <issuer>=<n> sets another begin")
    .action(async (options: RevokeOptions, command: Command) => revoke(options, command))

  signing(trust.command("renew"))
    .description("publish the same again with a later end; with a successor's key, take over")
    .action(async (options: SigningOptions, command: Command) => publishNext(options, command, () => ({})))

  realmed(signing(trust.command("rotate")))
    .description("name a successor of the trustroot's key, which signs the bundles from its first one on")
    .option("--successor <address>", "its address; its holder takes over with `trust renew`")
    .option("--successor-key <name>", "its key, when it is at hand: it takes over at once")
    .option("--overlap <time>", "how long the former root's certificates still count", "30d")
    .action(async (options: RotateOptions, command: Command) => rotate(options, command))

  bundled(trust.command("attach <typed-data>"))
    .description("publish a bundle that was signed elsewhere; - reads what was signed from standard input")
    .requiredOption("--signature <hex>", "65 bytes")
    .action(async (file: string, options: BundleOptions & { signature: string }, command: Command) =>
      attach(file, options, command),
    )

  bundled(trust.command("show [file-or-url]"))
    .description("show a bundle; nobody is asked whether its signer is the right one")
    .action(async (source: string | undefined, { bundle }: BundleOptions, command: Command) => {
      const { head } = requireSigned(parseDocument(await sourceOf(source ?? bundle).read(never)))
      outputOf(command).result({ ok: true, digest: head.digest, ...head.bundle }, textOf(head.bundle))
    })

  bundled(trust.command("export <file>"))
    .description("publish a copy of the bundle to another file, for a web server or another machine")
    .action(async (file: string, { bundle }: BundleOptions, command: Command) => {
      const document = await readOwn(bundle)
      requireTimely(document.head.bundle, Date.now(), 0)
      await publish(file, document)
      report(command, document, file)
    })

  withStateOption(bundled(trust.command("import <file-or-url>")))
    .description("take a realm's bundle over if its trustroot signed it and no newer one was seen")
    .requiredOption("--trustroot <address>", "the trustroot, from its owner by another way")
    .requiredOption("--realm <address>", "its realm")
    .action(async (source: string, options: ImportOptions, command: Command) => {
      const bytes = await sourceOf(source).read(never)
      const document = parseDocument(bytes)
      const trusted = standalone({
        trustroot: addressOption(options.trustroot, "--trustroot"),
        realm: addressOption(options.realm, "--realm"),
        source: () => Promise.resolve(bytes),
        state: stateOf(globalsOf(command), options),
      })
      await trusted.refresh()
      await publish(options.bundle, document)
      report(command, document, options.bundle)
    })
}

interface CreateOptions extends SigningOptions {
  readonly realmFile: string
  readonly realm?: string
  readonly chainId: string
  readonly contract?: string
  readonly block?: string
}

async function create(options: CreateOptions, command: Command): Promise<void> {
  if (await exists(options.bundle))
    throw new E2eeError("store.exists", `${options.bundle} exists already; name another file with --bundle`)
  const signer = await signerOf(options, command)
  const bundle = firstBundle({
    trustroot: signer.address,
    realm: options.realm === undefined ? randomAddress() : addressOption(options.realm, "--realm"),
    chainId: integerOption(options.chainId, "--chain-id"),
    ...(options.contract === undefined ? {} : { verifyingContract: addressOption(options.contract, "--contract") }),
    ...(options.block === undefined ? {} : { block: integerOption(options.block, "--block") }),
    ...lifeOf(options),
  })
  if (signer.key === undefined) return printTypedData(command, bundle)
  const document = documentOf(signBundle(bundle, signer.key))
  await publish(options.bundle, document)
  await saveRealmFile(options.realmFile, [rootCertificate(standalonePlace(bundle, []), signer.key)])
  report(command, document, options.bundle)
}

interface AdmitOptions extends SigningOptions {
  readonly realmFile: string
  readonly operator: string
  readonly listed: boolean
}

async function admit(options: AdmitOptions, command: Command): Promise<void> {
  const operator = addressOption(options.operator, "--operator")
  const { head } = await readOwn(options.bundle)
  const { bundle } = head
  const { key, address } = await signerOf(options, command)
  if (key === undefined)
    throw new E2eeError("usage.invalid", "--signer cannot certify; expected --key NAME, the root's")
  if (!bundle.roots.some(({ root }) => root === address))
    throw new E2eeError("trust.root", `${address} is no root of realm ${bundle.realm}; expected ${bundle.signer}`)
  const known = (await exists(options.realmFile)) ? await readRealmFile(options.realmFile) : []
  const isOurs = known[0]?.certificate.issuer === address && known[0].certificate.realm === bundle.realm
  // A new root begins anew: what a former one certified leads to another end.
  const above: RealmCertificates = isOurs ? known : [rootCertificate(standalonePlace(bundle, []), key)]
  const certificate = operatorCertificate(standalonePlace(bundle, above), key, operator)
  await saveRealmFile(options.realmFile, [...above, certificate])
  if (options.listed || bundle.operators !== undefined)
    return publishNext(options, command, ({ operators = [] }) => ({ operators: [...operators, operator] }))
  outputOf(command).result(
    { ok: true, realm: bundle.realm, operator, digest: certificate.digest, realmFile: options.realmFile },
    `operator ${operator} is certified; its certificate is in ${options.realmFile}`,
  )
}

interface RevokeOptions extends SigningOptions {
  readonly realmFile: string
  readonly digest?: readonly string[]
  readonly delegate?: readonly string[]
  readonly operator?: readonly string[]
  readonly epoch?: readonly string[]
}

async function revoke(options: RevokeOptions, command: Command): Promise<void> {
  const { digest = [], delegate = [], operator = [], epoch = [] } = options
  if (digest.length + delegate.length + operator.length + epoch.length === 0)
    throw new E2eeError("usage.invalid", "nothing is named; expected --digest, --delegate, --operator or --epoch")
  const { keystore } = globalsOf(command)
  const gone = operator.map((text) => addressOption(text, "--operator"))
  const revoked = digest.map(digestOption)
  for (const name of delegate) revoked.push(await authorityOf(keystore, name))
  for (const ca of gone) revoked.push(...(await certificatesFor(options.realmFile, ca)))
  await publishNext(options, command, ({ operators, block }) => {
    const epochs = epoch.map((text) => epochOption(text, block))
    // A list that became empty would admit everybody: the last one stays there, revoked.
    const left = operators?.filter((ca) => !gone.includes(ca)) ?? []
    return { revoke: revoked, epochs, ...(left.length === 0 ? {} : { operators: left }) }
  })
}

interface RotateOptions extends SigningOptions {
  readonly realmFile: string
  readonly successor?: string
  readonly successorKey?: string
  readonly overlap: string
}

async function rotate(options: RotateOptions, command: Command): Promise<void> {
  const { successor, successorKey } = options
  if ((successor === undefined) === (successorKey === undefined))
    throw new E2eeError("usage.invalid", "expected either --successor ADDRESS or --successor-key NAME")
  const former = await readOwn(options.bundle)
  const life = lifeOf(options, former.head.bundle)
  const until = Math.floor((life.now + durationOption(options.overlap, "--overlap")) / 1_000)
  if (successorKey === undefined) {
    const heir = addressOption(successor ?? "", "--successor")
    return publishNext(options, command, (bundle) => rotation(bundle, heir, until))
  }
  const { key } = await signerOf(options, command)
  if (key === undefined)
    throw new E2eeError("usage.invalid", "--successor-key with --signer; expected --key NAME, or --successor ADDRESS")
  const heirKey = await secretKey(globalsOf(command), successorKey)
  const heir = addressOfKey(heirKey)
  const signer = addressOfKey(key)
  const naming = documentOf(
    signBundle(nextBundle(former, { signer, ...rotation(former.head.bundle, heir, until) }, life), key),
    former,
  )
  const document = documentOf(signBundle(nextBundle(naming, { signer: heir }, life), heirKey), naming)
  await publish(options.bundle, document)
  await recertify(options.realmFile, document.head.bundle, heirKey)
  report(command, document, options.bundle)
}

/** The realm file of a new root: its own certificate, and one for each operator that still stands. */
async function recertify(path: string, bundle: Bundle, key: Secret): Promise<void> {
  const former = (await exists(path)) ? await readRealmFile(path) : []
  const standing = former.filter(
    ({ certificate, digest }) => certificate.issuer !== certificate.subject && !bundle.revocations.includes(digest),
  )
  const root = rootCertificate(standalonePlace(bundle, []), key)
  const operators = [...new Set(standing.map(({ certificate }) => certificate.subject))]
  const certificates = operators.map((ca) => operatorCertificate(standalonePlace(bundle, [root]), key, ca))
  await saveRealmFile(path, [root, ...certificates])
}

async function attach(file: string, options: BundleOptions & { signature: string }, command: Command): Promise<void> {
  const bundle = parseBundle(messageOf(await readInput(file)))
  const signed = attachSignature(bundle, options.signature)
  const former = (await exists(options.bundle)) ? await readOwn(options.bundle) : undefined
  const expected = (former?.head.bundle.sequence ?? 0) + 1
  if (bundle.sequence !== expected)
    throw new E2eeError(
      "trustroot.rollback",
      `the signed bundle has sequence ${bundle.sequence}; expected ${expected}: print and sign it again`,
    )
  const document = documentOf(signed, former)
  acceptBundle(document, {
    trustroot: bundle.signer,
    realm: former?.head.bundle.realm ?? bundle.realm,
    ...(former === undefined ? {} : { seen: former.head }),
  })
  await publish(options.bundle, document)
  report(command, document, options.bundle)
}

interface ImportOptions extends BundleOptions, TrustrootOptions {
  readonly trustroot: string
  readonly realm: string
}

/** The message of typed data as `--signer` printed it, in either form. */
function messageOf(text: string): unknown {
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch (cause) {
    throw new E2eeError(
      "trustroot.malformed",
      "what was signed is not JSON; expected the typed data printed by --signer",
      {
        cause,
      },
    )
  }
  const typed = fieldOf(value, "typedData") ?? value
  return fieldOf(typed, "message")
}

function fieldOf(value: unknown, name: string): unknown {
  return typeof value === "object" && value !== null ? (value as Readonly<Record<string, unknown>>)[name] : undefined
}

function digestOption(text: string): Hex {
  const bytes = fromHex(text, 32)
  if (bytes === undefined)
    throw new E2eeError("usage.invalid", `--digest ${JSON.stringify(text)} is none; expected 32 bytes of hex`)
  return toHex(bytes)
}

function epochOption(text: string, block = BigInt(Math.floor(Date.now() / 1_000))): BundleEpoch {
  const [issuer = "", begin] = text.split("=")
  const validFrom = begin === undefined ? block : integerOption(begin, "--epoch")
  return { issuer: addressOption(issuer, "--epoch"), validFrom }
}

/** What vouches for a machine: whoever loses it is out. */
async function authorityOf(keystore: string, name: string): Promise<Hex> {
  const authority = parseChain((await readIdentityPublic(keystore, name)).certificates)[1]
  if (authority === undefined) throw new E2eeError("store.corrupt", `identity ${name} has no authority certificate`)
  return authority.digest
}

async function certificatesFor(path: string, ca: Address): Promise<Hex[]> {
  const found = (await readRealmFile(path)).filter(
    ({ certificate }) => certificate.subject === ca && certificate.issuer !== ca,
  )
  if (found.length === 0)
    throw new E2eeError("trust.operator", `${path} has no certificate for operator ${ca}; name its digest instead`)
  return found.map(({ digest }) => digest)
}

function randomAddress(): Address {
  return addressOf(crypto.getRandomValues(new Uint8Array(20)))
}
