import type {
  AuthorityCertificate,
  CertificateChain,
  DelegateCertificate,
  SignedCertificate,
} from "../certificate/types.ts"
import type { Address } from "../core/address.ts"
import type { TrustFacts } from "./facts.ts"

/** An authority certificate on the path, whether it was shown or is anchored. */
export interface Link {
  /** Its place on the path; the delegate certificate has 0. */
  readonly index: number
  readonly issuer: Address
  readonly subject: Address
  readonly capabilities: bigint
  /** Block number. */
  readonly validFrom: bigint
  /** Absent when it is anchored: the registry checked its signature, realm, chain and contract. */
  readonly shown?: SignedCertificate<AuthorityCertificate>
  readonly confirmed: boolean
}

/** A chain whose shape is known, completed by what is anchored: what the rules behind CCR-3 speak of. */
export interface Path {
  readonly delegate: SignedCertificate<DelegateCertificate>
  /** The delegate's authority certificate first, the root last: at least one. */
  readonly links: readonly [Link, ...Link[]]
  readonly root: Link
}

/** The path of a chain that has passed CCR-15 and CCR-3. */
export function pathOf(chain: CertificateChain, facts: TrustFacts): Path {
  const [delegate, ...authorities] = chain as [
    SignedCertificate<DelegateCertificate>,
    ...SignedCertificate<AuthorityCertificate>[],
  ]
  const shown = authorities.map((signed, i): Link => {
    const { issuer, subject, capabilities, validFrom } = signed.certificate
    return { index: i + 1, issuer, subject, capabilities, validFrom, shown: signed, confirmed: true }
  })
  const anchored = facts.anchored.map((link, i): Link => ({ ...link, index: chain.length + i }))
  const links = [...shown, ...anchored] as [Link, ...Link[]]
  return { delegate, links, root: links.at(-1) as Link }
}

/** Certificates that were shown, with their places. */
export function shownOf({ delegate, links }: Path): SignedCertificate[] {
  return [delegate, ...links.flatMap(({ shown }) => (shown ? [shown] : []))]
}

/** The CA directly below the root; the root itself where nobody stands between it and the delegate. */
export function operatorOf({ links, root }: Path): Address {
  return links.length > 2 ? (links.at(-2) as Link).subject : root.subject
}
