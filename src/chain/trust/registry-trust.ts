import { endOf } from "../../certificate/meta.ts"
import type { CertificateChain } from "../../certificate/types.ts"
import type { Address } from "../../core/address.ts"
import type { Hex } from "../../core/bytes.ts"
import type { AnchoredLink, CertificateFacts, OperatorStanding, RootFacts } from "../../trust/facts.ts"

/** A grant as the registry holds it, {IRealmRegistry.Grant}. */
export interface Grant {
  readonly issuer: Address
  readonly capabilities: bigint
  readonly standing: bigint
  readonly validFrom: bigint
  readonly notAfter: bigint
}

/** An anchored certificate, {IRealmRegistry.Link}. */
export interface RegistryLink {
  readonly issuer: Address
  readonly subject: Address
  readonly capabilities: bigint
  readonly validFrom: bigint
  readonly notAfter: bigint
  /** 27 bytes; zeros for a root's. */
  readonly digest: Hex
}

/** {IRealmRegistry.Standing}, the operator's status as the registry counts. */
export interface RegistryStanding {
  readonly revoked: boolean
  readonly epoch: bigint
  readonly operator: number
  readonly admitted: boolean
}

/** What the registries say of a chain at one block, {IRealmRegistry.Trust}: read by a call, or proven slot by slot. */
export interface RegistryTrust {
  readonly block: bigint
  /** POSIX seconds. */
  readonly timestamp: bigint
  /** Roots that count; empty when the realm does not exist. */
  readonly roots: readonly Grant[]
  readonly anchored: readonly RegistryLink[]
  readonly standings: readonly RegistryStanding[]
  /** POSIX seconds from which something here is otherwise though no block changed it: an overlap over, a CA retired. */
  readonly until?: bigint
}

/** The part of the trust facts that the registries tell. */
export interface RegistryFacts {
  readonly block: bigint
  readonly roots: readonly RootFacts[]
  readonly anchored: readonly AnchoredLink[]
  readonly certificates: readonly CertificateFacts[]
  readonly operator: OperatorStanding
}

/** A certificate as {IRealmRegistry.Claim}: a delegate certificate is issued by its delegate. */
export interface Claim {
  readonly issuer: Address
  readonly subject: Address
  readonly digest: Hex
}

export function claimsOf(chain: CertificateChain): Claim[] {
  return chain.map(({ certificate, digest }) =>
    certificate.kind === "delegate"
      ? { issuer: certificate.delegate, subject: certificate.delegate, digest }
      : { issuer: certificate.issuer, subject: certificate.subject, digest },
  )
}

/** What the registry writes for "no end". */
export const NO_END = 2n ** 40n - 1n
/** Status of an operator, as the registry counts. */
const ACTIVE = 1
export const REVOKED = 3

/** The roots that there are and whose overlap is not over. */
export function countingRoots(grants: readonly (Grant | undefined)[], timestamp: bigint): Grant[] {
  return grants.flatMap((grant) =>
    grant !== undefined && (grant.notAfter === NO_END || timestamp < grant.notAfter) ? [grant] : [],
  )
}

/**
 * What the chain rules are told. `head` is the newest block, for what speaks against a peer; `safe` is one as deep as
 * policy asks, in which what speaks for it must stand, too.
 */
export function registryFacts(chain: CertificateChain, head: RegistryTrust, safe: RegistryTrust): RegistryFacts {
  const roots = head.roots.map((root) => ({
    address: root.issuer,
    capabilities: root.capabilities,
    validFrom: root.validFrom,
    confirmed: safe.roots.some((deep) => covers(deep, root, head.timestamp)),
  }))
  const anchored = head.anchored.map((link) => {
    const { issuer, subject, capabilities, validFrom } = link
    const place = safe.anchored.findIndex((other) => other.subject === subject)
    const [deep, standing] = [safe.anchored[place], safe.standings[chain.length + place]]
    const counted = standing !== undefined && !standing.revoked
    const confirmed =
      deep !== undefined && counted && deep.validFrom >= standing.epoch && covers(deep, link, head.timestamp)
    return { issuer, subject, capabilities, validFrom, confirmed }
  })
  const links = [...claimsOf(chain), ...head.anchored].map((link, i, all) => {
    const isRoot = i > 0 && i === all.length - 1 && link.issuer === link.subject
    const root = isRoot ? head.roots.find(({ issuer }) => issuer === link.issuer) : undefined
    const own = chain[i] === undefined ? (link as RegistryLink).notAfter : endOf(chain[i].certificate.meta)
    return { notAfter: root?.notAfter ?? own }
  })
  const operator = operatorStanding(head)
  const isDeep = operator !== "active" || operatorStanding(safe) === "active"
  return {
    block: head.block,
    roots,
    anchored,
    certificates: head.standings.map(({ revoked, epoch }, i) => {
      const end = links[i]?.notAfter ?? 0n
      return { revoked, notAfter: end === NO_END ? 0n : end, issuerEpoch: epoch }
    }),
    operator: isDeep ? operator : "unconfirmed",
  }
}

type Granted = Pick<Grant, "issuer" | "capabilities" | "validFrom" | "notAfter">

/** Whether what stood at the safe block was as much as what stands now, and would still last: a renewal may be newer. */
function covers(deep: Granted, now: Granted, timestamp: bigint): boolean {
  const isAsMuch = deep.issuer === now.issuer && (now.capabilities & ~deep.capabilities) === 0n
  return isAsMuch && deep.validFrom <= now.validFrom && timestamp < deep.notAfter
}

/** The CA below the root must be an admitted, active operator; nobody on the path may be a retired or revoked one. */
function operatorStanding({ standings }: RegistryTrust): OperatorStanding {
  if (standings.some(({ operator }) => operator === REVOKED)) return "revoked"
  if (standings.some(({ operator }) => operator > ACTIVE)) return "not-admitted"
  if (standings.length < 4) return "none"
  const ca = standings[standings.length - 2]
  return ca?.operator === ACTIVE && ca.admitted ? "active" : "not-admitted"
}
