import type { CertificateChain } from "../certificate/types.ts"
import type { RegistryFacts } from "./facts.ts"

/** Chains whose revocation is remembered; the oldest goes first. */
const MAX_SEEN = 10_000

/**
 * A revocation counts from the first block that has it. A reorganisation that takes it back is believed only once it is as
 * deep as what speaks for a peer has to be: until then a peer that was refused stays refused.
 */
export class SeenRevocations {
  readonly #seen = new Map<string, { readonly block: bigint; readonly facts: RegistryFacts }>()

  apply(chain: CertificateChain, facts: RegistryFacts, head: bigint, safe: bigint): RegistryFacts {
    const key = chain.map(({ digest }) => digest).join()
    const before = this.#seen.get(key)
    if (facts.operator === "revoked" || facts.certificates.some(({ revoked }) => revoked)) {
      if (before === undefined) this.#remember(key, { block: head, facts })
      return facts
    }
    if (before === undefined) return facts
    if (safe >= before.block) {
      this.#seen.delete(key)
      return facts
    }
    const wasRevoked = before.facts.certificates
    return {
      ...facts,
      operator: before.facts.operator === "revoked" ? "revoked" : facts.operator,
      certificates: facts.certificates.map((fact, i) => ({ ...fact, revoked: wasRevoked[i]?.revoked ?? fact.revoked })),
    }
  }

  #remember(key: string, seen: { readonly block: bigint; readonly facts: RegistryFacts }): void {
    this.#seen.set(key, seen)
    const [oldest] = this.#seen.keys()
    if (this.#seen.size > MAX_SEEN && oldest !== undefined) this.#seen.delete(oldest)
  }
}
