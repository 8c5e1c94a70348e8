import { chainToJson } from "../certificate/issue.ts"
import { parseChain } from "../certificate/parse.ts"
import type { AuthorityCertificate, CertificateChain, SignedCertificate } from "../certificate/types.ts"
import type { Address } from "../core/address.ts"
import { E2eeError } from "../core/errors.ts"
import { saveFile } from "../store/atomic-file.ts"
import { readText } from "./options.ts"

/**
 * A realm's public certificates in one file, in the specification's form: its root certificate first, then one for each
 * admitted operator. The realm's owner gives it to the operators; their machines' chains end in it.
 */
export type RealmCertificates = readonly SignedCertificate<AuthorityCertificate>[]

export async function saveRealmFile(path: string, certificates: RealmCertificates): Promise<void> {
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

/** What vouches for an operator: the realm's newest certificate for its CA, and the root's own. */
export function certificatesAbove(certificates: RealmCertificates, operator: Address): CertificateChain {
  const root = certificates[0]
  const own = certificates.findLast(
    ({ certificate }) => certificate.subject === operator && certificate.issuer !== operator,
  )
  if (root === undefined || own === undefined) {
    throw new E2eeError(
      "trust.operator",
      `the realm file has no certificate for operator ${operator}; admit it first with \`realm admit\``,
    )
  }
  return [own, root]
}
