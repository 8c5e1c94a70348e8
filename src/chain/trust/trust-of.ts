import type { PublicClient } from "viem"
import { parseAddress, type Address } from "../../core/address.ts"
import type { Hex } from "../../core/bytes.ts"
import type { Deployment } from "../deployment.ts"
import { countingRoots, type Claim, type Grant, type RegistryTrust } from "./registry-trust.ts"
import { standingBits } from "../generated/layout.ts"
import { realmRegistryAbi } from "../generated/RealmRegistry.ts"
import { inTime } from "../rpc.ts"

const ZERO = /^0x0{40}$/
/** The registry speaks of this many certificates at most (CCR-15). */
const MAX_CLAIMS = 8

/** What the registries say of a chain by one call of `trustOf`: the node that answers is believed. */
export async function callTrustOf(
  client: PublicClient,
  deployment: Deployment,
  realm: Address,
  claims: readonly Claim[],
  blockHash?: Hex,
): Promise<RegistryTrust> {
  const answer = client.readContract({
    address: deployment.realmRegistry,
    abi: realmRegistryAbi,
    functionName: "trustOf",
    args: [realm, claims.slice(0, MAX_CLAIMS)],
    ...(blockHash === undefined ? {} : { blockHash }),
  })
  const trust = await inTime(answer, `reading realm ${realm}`)
  const { root, previousRoot, policy } = trust.realm
  const grants = (root.standing & Number(standingBits.overlapped)) === 0 ? [root] : [root, previousRoot]
  return {
    block: trust.blockNumber,
    timestamp: trust.timestamp,
    roots: policy === 0 ? [] : countingRoots(grants.map(grantOf), trust.timestamp),
    anchored: trust.anchored.map((link) => ({
      issuer: ours(link.issuer),
      subject: ours(link.subject),
      capabilities: BigInt(link.capabilities),
      validFrom: BigInt(link.validFrom),
      notAfter: BigInt(link.notAfter),
      digest: link.digest,
    })),
    standings: trust.standings.map(({ revokedBy, epoch, operator, admitted }) => ({
      revoked: !ZERO.test(revokedBy),
      epoch: BigInt(epoch),
      operator,
      admitted,
    })),
  }
}

/** The block number by which the contracts judge `realm`: what is issued now holds from it. On some chains a node counts others. */
export async function blockOf(client: PublicClient, deployment: Deployment, realm: Address): Promise<bigint> {
  const { block } = await callTrustOf(client, deployment, realm, [])
  return block
}

function grantOf(grant: {
  issuer: string
  capabilities: number
  standing: number
  validFrom: number
  notAfter: number
}): Grant {
  return {
    issuer: ours(grant.issuer),
    capabilities: BigInt(grant.capabilities),
    standing: BigInt(grant.standing),
    validFrom: BigInt(grant.validFrom),
    notAfter: BigInt(grant.notAfter),
  }
}

/** viem has them checked and checksummed; ours is the one form. */
function ours(address: string): Address {
  return parseAddress(address.toLowerCase()) as Address
}
