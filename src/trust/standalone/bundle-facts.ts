import { endOf } from "../../certificate/meta.ts"
import type { CertificateChain, SignedCertificate } from "../../certificate/types.ts"
import type { Address } from "../../core/address.ts"
import type { Bundle } from "./bundle.ts"
import type { CertificateFacts, OperatorStanding, TrustFacts } from "../facts.ts"

/** A bundle as it is asked about: thousands of revocations, looked up for each certificate. */
export class BundleIndex {
  readonly bundle: Bundle
  readonly #trustroot: Address
  readonly #revoked: ReadonlySet<string>
  readonly #epochs: ReadonlyMap<Address, bigint>
  readonly #rootEnds: ReadonlyMap<Address, number>

  /** @param trustroot the configured one: what a verdict names as its source */
  constructor(bundle: Bundle, trustroot: Address) {
    this.bundle = bundle
    this.#trustroot = trustroot
    this.#revoked = new Set(bundle.revocations)
    this.#epochs = new Map(bundle.epochs.map(({ issuer, validFrom }) => [issuer, validFrom]))
    this.#rootEnds = new Map(bundle.roots.map(({ root, notAfter }) => [root, notAfter]))
  }

  /** What the bundle says of a chain. */
  factsOf(chain: CertificateChain): TrustFacts {
    const { realm, chainId, verifyingContract, block, roots, sequence } = this.bundle
    return {
      source: { model: "standalone", trustroot: this.#trustroot, sequence },
      realm,
      chainId,
      verifyingContract,
      ...(block === undefined ? {} : { block }),
      roots: roots.map(({ root }) => ({ address: root, confirmed: true })),
      anchored: [],
      certificates: chain.map((signed) => this.#certificate(signed)),
      operator: this.#operator(chain),
    }
  }

  #certificate({ certificate, digest }: SignedCertificate): CertificateFacts {
    const issuer = certificate.kind === "delegate" ? certificate.delegate : certificate.issuer
    const rootEnd =
      certificate.kind === "authority" && certificate.subject === issuer ? this.#rootEnds.get(issuer) : undefined
    return {
      revoked: this.#revoked.has(digest),
      notAfter: earlier(endOf(certificate.meta), BigInt(rootEnd ?? 0)),
      // A root's epoch voids what it issued, not the certificate by which it is the root.
      issuerEpoch: rootEnd === undefined ? (this.#epochs.get(issuer) ?? 0n) : 0n,
    }
  }

  #operator(chain: CertificateChain): OperatorStanding {
    const ca = chain.at(-2)?.certificate
    if (this.bundle.operators === undefined || chain.length < 4 || ca?.kind !== "authority") return "none"
    return this.bundle.operators.includes(ca.subject) ? "active" : "not-admitted"
  }
}

/** The earlier of two ends, of which 0 is none. */
function earlier(a: bigint, b: bigint): bigint {
  return a === 0n || (b !== 0n && b < a) ? b : a
}
