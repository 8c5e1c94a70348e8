import { mkdir } from "node:fs/promises"
import { dirname } from "node:path"
import type { Command } from "commander"
import { addressOfKey } from "../certificate/signature.ts"
import type { Address } from "../core/address.ts"
import { E2eeError, isE2eeError } from "../core/errors.ts"
import type { Secret } from "../core/secret.ts"
import { bundleFile, publishDocument } from "../store/bundle-file.ts"
import { diskError } from "../store/disk.ts"
import type { Bundle, BundleDocument } from "../trust/standalone/bundle.ts"
import {
  attachSignature,
  bundleTypedData,
  documentOf,
  nextBundle,
  signBundle,
  type BundleChanges,
  type BundleLife,
} from "../trust/standalone/issue-bundle.ts"
import { parseDocument } from "../trust/standalone/parse-bundle.ts"
import { addressOption, durationOption, globalsOf, secretKey } from "./options.ts"
import { outputOf } from "./output.ts"

/** Seconds that a first bundle holds, and between looks for a newer one. */
const LIFE = 7 * 86_400
const REFRESH = 60

export const never: AbortSignal = new AbortController().signal

export interface BundleOptions {
  readonly bundle: string
}

export interface SigningOptions extends BundleOptions {
  readonly key?: string
  readonly signer?: string
  readonly life?: string
  readonly refresh?: string
}

/** Signs and publishes what follows the published bundle, or prints what is to be signed. */
export async function publishNext(
  options: SigningOptions,
  command: Command,
  changes: (former: Bundle) => BundleChanges,
): Promise<void> {
  const former = await readOwn(options.bundle)
  const signer = await signerOf(options, command)
  const bundle = nextBundle(
    former,
    { signer: signer.address, ...changes(former.head.bundle) },
    lifeOf(options, former.head.bundle),
  )
  if (signer.key === undefined) return printTypedData(command, bundle)
  const document = documentOf(signBundle(bundle, signer.key), former)
  await publish(options.bundle, document)
  report(command, document, options.bundle)
}

export async function signerOf(
  { key, signer }: SigningOptions,
  command: Command,
): Promise<{ readonly address: Address; readonly key?: Secret }> {
  if ((key === undefined) === (signer === undefined))
    throw new E2eeError("usage.invalid", "expected either --key NAME or --signer ADDRESS")
  if (key === undefined) return { address: addressOption(signer ?? "", "--signer") }
  const secret = await secretKey(globalsOf(command), key)
  return { address: addressOfKey(secret), key: secret }
}

/** Where nothing else is said, as long as the bundle before. */
export function lifeOf({ life, refresh }: SigningOptions, former?: Bundle): BundleLife {
  const seconds = (text: string | undefined, name: string, otherwise: number): number =>
    text === undefined ? otherwise : durationOption(text, name) / 1_000
  return {
    now: Date.now(),
    lifeSeconds: seconds(life, "--life", former === undefined ? LIFE : former.notAfter - former.issuedAt),
    refreshSeconds: seconds(refresh, "--refresh", former === undefined ? REFRESH : former.refreshHint),
  }
}

export async function readOwn(path: string): Promise<BundleDocument> {
  return requireSigned(parseDocument(await bundleFile(path).read(never)))
}

/** Whether it is the named signer's; not whether that is the right one. */
export function requireSigned(document: BundleDocument): BundleDocument {
  attachSignature(document.head.bundle, document.head.signature)
  return document
}

export async function publish(path: string, document: BundleDocument): Promise<void> {
  await mkdir(dirname(path), { recursive: true }).catch((error: unknown) => {
    throw diskError(error, "cannot make the folder of", path)
  })
  await publishDocument(path, document)
}

export async function exists(path: string): Promise<boolean> {
  return bundleFile(path)
    .read(never)
    .then(
      () => true,
      (error: unknown) => !isE2eeError(error, "store.missing"),
    )
}

export function report(command: Command, { head: { bundle, digest } }: BundleDocument, file: string): void {
  const { realm, signer, sequence, notAfter } = bundle
  outputOf(command).result(
    { ok: true, realm, trustroot: signer, sequence, notAfter, digest, file },
    `realm ${realm}: bundle ${sequence} of trustroot ${signer}, believed until ${timeText(notAfter)}\nin ${file}`,
  )
}

export function printTypedData(command: Command, bundle: Bundle): void {
  const typedData = bundleTypedData(bundle)
  outputOf(command).result({ ok: true, typedData }, JSON.stringify(typedData, undefined, 2))
}

export function textOf(bundle: Bundle): string {
  const { realm, sequence, signer, chainId, verifyingContract, issuedAt, notAfter, refreshHint } = bundle
  const roots = bundle.roots.map(({ root, notAfter: end }) => (end === 0 ? root : `${root} until ${timeText(end)}`))
  const lines = [
    `realm ${realm}, bundle ${sequence} signed by ${signer}`,
    `  issued ${timeText(issuedAt)}, believed until ${timeText(notAfter)}, refreshed every ${refreshHint} s`,
    `  chain id ${chainId}, contract ${verifyingContract}${bundle.block === undefined ? "" : `, block ${bundle.block}`}`,
    ...roots.map((text) => `  root ${text}`),
    ...bundle.successors.map((address) => `  successor ${address}`),
    ...(bundle.operators ?? []).map((address) => `  operator ${address}`),
    ...bundle.revocations.map((digest) => `  revoked ${digest}`),
    ...bundle.epochs.map(({ issuer, validFrom }) => `  void before ${validFrom}: what ${issuer} issued`),
  ]
  return lines.join("\n")
}

function timeText(seconds: number): string {
  const time = new Date(seconds * 1_000)
  return Number.isNaN(time.getTime()) ? `${seconds} s` : time.toISOString()
}
