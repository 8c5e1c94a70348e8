import type { PublicClient } from "viem"
import { endOf } from "../certificate/meta.ts"
import type { AuthorityCertificate, CertificateChain } from "../certificate/types.ts"
import { parseAddress, type Address } from "../core/address.ts"
import { E2eeError } from "../core/errors.ts"
import type { TrustFacts } from "../trust/facts.ts"
import type { TrustProvider } from "../trust/provider.ts"
import { checkDeployment, type Deployment } from "./deployment.ts"
import { chainError } from "./errors.ts"
import { standingBits } from "./generated/layout.ts"
import { realmRegistryAbi } from "./generated/RealmRegistry.ts"

export interface OnChainOptions {
  /** A viem client of the registries' chain. The node behind it is believed (level `single-rpc`). */
  readonly client: PublicClient
  readonly deployment: Deployment
  readonly realm: string
  /** Oldest allowed boot of a delegate in milliseconds; not judged where absent. */
  readonly maxAge?: number
}

/** Status of an operator, as the registry counts. */
const ACTIVE = 1
const REVOKED = 3
/** What the registry writes for "no end". */
const NO_END = 2 ** 40 - 1
const ZERO = /^0x0{40}$/

/** Trust in what the registries say: everything about a chain as of one block, by one call. */
export function onChain({ client, deployment, realm: realmText, maxAge }: OnChainOptions): TrustProvider {
  const realm = parseAddress(realmText)
  if (realm === undefined)
    throw new E2eeError(
      "usage.invalid",
      `realm ${JSON.stringify(realmText)} is no address; expected 0x and 40 hex digits`,
    )
  let checked: Promise<void> | undefined

  return {
    realm,
    ...(maxAge === undefined ? {} : { maxAge }),
    async facts(chain) {
      checked ??= checkDeployment(client, deployment)
      await checked.catch((error: unknown) => {
        checked = undefined // a node that was down may come back
        throw error
      })
      return readFacts(client, deployment, realm, chain)
    },
  }
}

async function readFacts(
  client: PublicClient,
  deployment: Deployment,
  realm: Address,
  chain: CertificateChain,
): Promise<TrustFacts> {
  const claims = chain.map(({ certificate, digest }) =>
    certificate.kind === "delegate"
      ? { issuer: certificate.delegate, subject: certificate.delegate, digest }
      : { issuer: certificate.issuer, subject: certificate.subject, digest },
  )
  const trust = await client
    .readContract({
      address: deployment.realmRegistry,
      abi: realmRegistryAbi,
      functionName: "trustOf",
      args: [realm, claims.slice(0, 8)],
    })
    .catch((error: unknown) => {
      throw chainError(error, `reading realm ${realm}`)
    })

  const presentedRoot = chain.at(-1)?.certificate
  const roots: Address[] = []
  let rootEnd = 0n
  const { root, previousRoot } = trust.realm
  const candidates = (previousRoot.standing & standingBits.overlapped) === 0 ? [root] : [root, previousRoot]
  for (const candidate of trust.realm.policy === 0 ? [] : candidates) {
    if (candidate.notAfter !== NO_END && trust.timestamp >= BigInt(candidate.notAfter)) continue
    roots.push(parseAddress(candidate.issuer.toLowerCase()) as Address)
    if (presentedRoot?.kind === "authority" && isRoot(presentedRoot, candidate)) {
      rootEnd = candidate.notAfter === NO_END ? 0n : BigInt(candidate.notAfter)
    }
  }
  const anchoredRoot =
    presentedRoot?.kind === "authority" && candidates.some((candidate) => isRoot(presentedRoot, candidate))

  return {
    source: { model: "on-chain", level: "single-rpc", block: trust.blockNumber },
    chainId: BigInt(deployment.chainId),
    verifyingContract: deployment.realmRegistry,
    realm,
    block: trust.blockNumber,
    roots,
    certificates: chain.map(({ certificate }, i) => {
      const standing = trust.standings[i]
      const isLast = i === chain.length - 1
      return {
        // A root certificate other than the anchored one counts for nothing, though signed by the same key.
        revoked:
          standing === undefined ||
          !ZERO.test(standing.revokedBy) ||
          (isLast && roots.length > 0 && !anchoredRoot && claimsRoot(certificate, roots)),
        notAfter: isLast ? rootEnd : endOf(certificate.meta),
        // A root's epoch voids what it issued, not the certificate by which it is the root.
        issuerEpoch: isLast ? 0n : BigInt(standing?.epoch ?? 0),
      }
    }),
    operator: operatorOf(trust.standings.slice(0, chain.length)),
  }
}

/** The CA below the root must be an admitted, active operator; nobody on the path may be a retired or revoked one. */
function operatorOf(standings: readonly { operator: number; admitted: boolean }[]): TrustFacts["operator"] {
  if (standings.some(({ operator }) => operator === REVOKED)) return "revoked"
  if (standings.some(({ operator }) => operator > ACTIVE)) return "not-admitted"
  if (standings.length < 4) return "none"
  const ca = standings[standings.length - 2]
  return ca?.operator === ACTIVE && ca.admitted ? "active" : "not-admitted"
}

/** As the registry judges it: anchored capabilities, and no newer. A root's epoch raises the anchored validFrom. */
function isRoot(
  certificate: AuthorityCertificate,
  anchored: { issuer: string; validFrom: number; capabilities: number },
): boolean {
  return (
    certificate.issuer.toLowerCase() === anchored.issuer.toLowerCase() &&
    certificate.validFrom <= BigInt(anchored.validFrom) &&
    certificate.capabilities === BigInt(anchored.capabilities)
  )
}

function claimsRoot(certificate: CertificateChain[number]["certificate"], roots: readonly Address[]): boolean {
  return certificate.kind === "authority" && roots.includes(certificate.issuer)
}
