import { mkdir, rm } from "node:fs/promises"
import { dirname } from "node:path"
import { chainToJson } from "../certificate/issue.ts"
import { parseChain } from "../certificate/parse.ts"
import type { AuthorityCertificate, CertificateChain, SignedCertificate } from "../certificate/types.ts"
import type { Address } from "../core/address.ts"
import { E2eeError, isE2eeError } from "../core/errors.ts"
import { saveFile } from "../store/atomic-file.ts"
import { diskError } from "../store/disk.ts"
import { readText } from "./options.ts"

/**
 * A realm's public certificates in one file, in the specification's form: its root certificate first, then one for each
 * admitted operator. The realm's owner gives it to the operators; their machines' chains end in it.
 */
export type RealmCertificates = readonly SignedCertificate<AuthorityCertificate>[]

/** Where it lies unless a command is told otherwise. */
export const REALM_FILE = "deployments/realm.json"

export async function saveRealmFile(path: string, certificates: RealmCertificates): Promise<void> {
  await mkdir(dirname(path), { recursive: true }).catch((error: unknown) => {
    throw diskError(error, "cannot make the folder of", path)
  })
  await saveFile(path, new TextEncoder().encode(`${chainToJson(certificates, 2)}\n`))
}

export async function readRealmFile(path: string): Promise<RealmCertificates> {
  const chain = parseChain(await readText(path, "the realm file", "it is written by `realm create` and `realm admit`"))
  const wrong = chain.find(({ certificate }) => certificate.kind !== "authority")
  if (wrong)
    throw new E2eeError(
      "usage.invalid",
      `${path} holds a delegate certificate; expected a realm's root and operator certificates`,
    )
  return chain as RealmCertificates
}

/** The newest certificate of a realm for an operator in a file. */
export async function ownCertificate(
  path: string,
  realm: Address,
  operator: Address,
): Promise<SignedCertificate<AuthorityCertificate>> {
  const own = (await readRealmFile(path)).findLast(
    ({ certificate: { subject, issuer, realm: of } }) => subject === operator && issuer !== operator && of === realm,
  )
  if (own !== undefined) return own
  throw new E2eeError(
    "trust.operator",
    `${path} has no certificate of realm ${realm} for ${operator}; ask the realm's owner to admit it`,
  )
}

/**
 * Sends a certificate and adds it to the realm's file, also where only calldata was printed or the transaction may still
 * be mined: the registry has nothing but its digest. Until then it lies beside the file, under its digest's first digits,
 * so that neither a kill nor a full disk loses it.
 */
export async function sendAndKeep(
  path: string,
  certificate: SignedCertificate<AuthorityCertificate>,
  send: () => Promise<unknown>,
): Promise<void> {
  const spare = `${path}.${certificate.digest.slice(2, 10)}`
  await saveRealmFile(spare, [certificate])
  try {
    await send()
  } catch (error) {
    if (isE2eeError(error, "chain.pending")) await addToRealmFile(path, certificate)
    await rm(spare, { force: true })
    throw error
  }
  await addToRealmFile(path, certificate)
  await rm(spare, { force: true })
}

/**
 * Adds certificates to a realm's file; a root's goes to the front, and makes the file when there is none. The file of
 * another realm is kept beside it, under that realm's address.
 */
export async function addToRealmFile(path: string, added: SignedCertificate<AuthorityCertificate>): Promise<void> {
  const { issuer, subject, realm } = added.certificate
  const isRoot = issuer === subject
  const former = await readRealmFile(path).catch((error: unknown) => {
    if (isRoot && isE2eeError(error, "store.missing")) return []
    throw error
  })
  const own = former[0]?.certificate.realm
  if (isRoot && own !== realm) {
    if (own !== undefined) await saveRealmFile(`${path}.${own}`, former)
    return saveRealmFile(path, [added])
  }
  if (own !== realm) throw new E2eeError("trust.realm", `${path} is of realm ${own}; expected ${realm}`)
  const others = former.filter(({ digest }) => digest !== added.digest)
  await saveRealmFile(path, isRoot ? [added, ...others] : [...others, added])
}

/** What vouches for an operator: the realm's newest certificate for its CA, and that of the root which issued it. */
export function certificatesAbove(certificates: RealmCertificates, operator: Address): CertificateChain {
  const own = certificates.findLast(
    ({ certificate }) => certificate.subject === operator && certificate.issuer !== operator,
  )
  const root = certificates.find(
    ({ certificate }) => certificate.subject === own?.certificate.issuer && certificate.issuer === certificate.subject,
  )
  if (root === undefined || own === undefined) {
    throw new E2eeError(
      "trust.operator",
      `the realm file has no certificate for operator ${operator}; admit it first with \`realm admit\``,
    )
  }
  return [own, root]
}
