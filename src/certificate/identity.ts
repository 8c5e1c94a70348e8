import type { Hex } from "../core/bytes.ts"
import { ed25519PublicKey } from "../core/ed25519.ts"
import { E2eeError } from "../core/errors.ts"
import type { Secret } from "../core/secret.ts"
import { parseChain } from "./parse.ts"
import type { AuthorityCertificate, CertificateChain, DelegateCertificate } from "./types.ts"

/** Who an endpoint is: its certificate chain, and the Ed25519 seed (32 bytes) of the key that the chain names. */
export interface Identity {
  /** Delegate certificate first, root last: parsed, or in the specification's JSON form. */
  readonly certificates: CertificateChain | readonly unknown[] | string
  readonly csKey: Secret
}

/** An identity that was looked at: its key is the one that its delegate certificate names. */
export interface OwnIdentity {
  readonly chain: CertificateChain
  readonly delegate: DelegateCertificate
  /** The one that was issued for the delegate. */
  readonly authority: AuthorityCertificate
  readonly csPubKey: Hex
}

/**
 * An endpoint whose own certificate names another key would be refused by every peer: said here, at once. Throws
 * `usage.invalid`, or what `parseChain` throws.
 */
export function readIdentity({ certificates, csKey }: Identity): OwnIdentity {
  const chain = isParsed(certificates) ? certificates : parseChain(certificates)
  const [delegate, authority] = chain.map(({ certificate }) => certificate)
  if (delegate?.kind !== "delegate" || authority?.kind !== "authority") {
    throw new E2eeError(
      "usage.invalid",
      "the identity's chain does not begin with a delegate and an authority certificate",
    )
  }
  const csPubKey = ed25519PublicKey(csKey)
  if (csPubKey !== delegate.csPubKey) {
    throw new E2eeError(
      "usage.invalid",
      `the identity's key is ${csPubKey}; its certificate names ${delegate.csPubKey}`,
    )
  }
  return { chain, delegate, authority, csPubKey }
}

/** The root that a chain says it ends in; undefined where it ends before, in what is anchored. */
export function trustrootOf(chain: CertificateChain): AuthorityCertificate["issuer"] | undefined {
  const last = chain.at(-1)?.certificate
  return last?.kind === "authority" && last.issuer === last.subject ? last.issuer : undefined
}

function isParsed(certificates: Identity["certificates"]): certificates is CertificateChain {
  return (
    typeof certificates !== "string" &&
    certificates.every((item) => typeof item === "object" && item !== null && "digest" in item)
  )
}
