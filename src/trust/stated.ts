import { endOf } from "../certificate/meta.ts"
import type { CertificateChain, SignedCertificate } from "../certificate/types.ts"
import type { Address } from "../core/address.ts"
import type { Hex } from "../core/bytes.ts"
import type { CertificateFacts, TrustFacts } from "./facts.ts"

/** What a person says is to be believed about a realm, to check a chain without asking anybody. */
export interface StatedTrust {
  readonly chainId: bigint
  readonly verifyingContract: Address
  readonly realm: Address
  /** Block number of the head: certificates from later blocks are not valid yet. */
  readonly block: bigint
  /** Addresses of the root CAs that count. */
  readonly trustroots: readonly Address[]
  /** Digests (32 bytes) of certificates that no longer count; none where absent. */
  readonly revoked?: ReadonlySet<Hex>
  /** Block numbers: what an issuer issued with an earlier validFrom is void. */
  readonly epochs?: ReadonlyMap<Address, bigint>
}

/** Facts about a chain from what was stated and what its certificates say of their own ends. Operators are not judged. */
export function statedFacts(chain: CertificateChain, stated: StatedTrust): TrustFacts {
  const { chainId, verifyingContract, realm, block, trustroots } = stated
  return {
    source: { model: "stated" },
    chainId,
    verifyingContract,
    realm,
    block,
    roots: trustroots.map((address) => ({ address, confirmed: true })),
    anchored: [],
    certificates: chain.map((signed) => standingOf(signed, stated)),
    operator: "none",
  }
}

function standingOf({ certificate, digest }: SignedCertificate, { revoked, epochs }: StatedTrust): CertificateFacts {
  const isRoot = certificate.kind === "authority" && certificate.issuer === certificate.subject
  const issuer = certificate.kind === "authority" ? certificate.issuer : certificate.delegate
  return {
    revoked: revoked?.has(digest) ?? false,
    notAfter: endOf(certificate.meta),
    // A root's epoch voids what it issued to others, as in the registry.
    issuerEpoch: isRoot ? 0n : (epochs?.get(issuer) ?? 0n),
  }
}
