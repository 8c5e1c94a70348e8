import { REVOKED, type Claim, type RegistryTrust } from "./registry-trust.ts"
import { DIGEST_BYTES } from "../generated/layout.ts"

/** Revocations that are remembered; what was seen longest ago goes first. */
const MAX_SEEN = 10_000

/**
 * A revocation counts from the first block that has it. A reorganisation that takes it back is believed only once it is as
 * deep as what speaks for a peer has to be: until then a peer that was refused stays refused.
 *
 * Remembered is the certificate with all authorities above it, since whose word counts depends on them: so it is the same
 * however much of the path a peer shows, and nobody can have another's certificate remembered by a path of his own.
 */
export class SeenRevocations {
  /** The block at which each was seen last. */
  readonly #seen = new Map<string, bigint>()

  apply(claims: readonly Claim[], trust: RegistryTrust, head: bigint, safe: bigint): RegistryTrust {
    const links = [...claims, ...trust.anchored]
    const standings = trust.standings.map((standing, i) => {
      const link = links[i]
      if (link === undefined) return standing
      const { subject, digest } = link
      const above = links.slice(i).map(({ issuer }) => issuer)
      const certificate = [digest.slice(0, 2 + 2 * DIGEST_BYTES), subject, ...above].join()
      const revoked = this.#holds(certificate, standing.revoked, head, safe)
      const isOut = this.#holds(subject, standing.operator === REVOKED, head, safe)
      return { ...standing, revoked, operator: isOut ? REVOKED : standing.operator }
    })
    return { ...trust, standings }
  }

  #holds(what: string, isRevoked: boolean, head: bigint, safe: bigint): boolean {
    const last = isRevoked ? head : this.#seen.get(what)
    if (last === undefined) return false
    this.#seen.delete(what)
    if (!isRevoked && safe >= last) return false
    this.#seen.set(what, last)
    const [oldest] = this.#seen.keys()
    if (this.#seen.size > MAX_SEEN && oldest !== undefined) this.#seen.delete(oldest)
    return true
  }
}
