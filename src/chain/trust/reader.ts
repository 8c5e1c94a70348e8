import type { PublicClient } from "viem"
import type { Address } from "../../core/address.ts"
import type { Hex } from "../../core/bytes.ts"
import { E2eeError } from "../../core/errors.ts"
import type { ProvenAccount } from "./account-proof.ts"
import { checkDeployment, type Deployment } from "../deployment.ts"
import type { Claim, RegistryTrust } from "./registry-trust.ts"
import { operatorRegistryCodeHash } from "../generated/OperatorRegistry.ts"
import { realmRegistryCodeHash } from "../generated/RealmRegistry.ts"
import { realmSlot } from "../generated/layout.ts"
import type { Header } from "./header.ts"
import { proverBy } from "./prover.ts"
import { trustInStorage, type Storage } from "./trust-in-storage.ts"
import { callTrustOf } from "./trust-of.ts"

/** Reads what the registries say of a chain at a block. */
export interface RegistryReader {
  /** Whether there is what to read from: once is enough. */
  check(): Promise<void>
  trust(block: Header, claims: readonly Claim[]): Promise<RegistryTrust>
  /** What is the same at two blocks between which nothing changed that can concern the realm; undefined where unknown. */
  stamp(block: Header): Promise<string | undefined>
}

/** Believes the node: one call of `trustOf`. */
export function callingReader(client: PublicClient, deployment: Deployment, realm: Address): RegistryReader {
  return {
    check: () => checkDeployment(client, deployment),
    trust: (block, claims) => callTrustOf(client, deployment, realm, claims, block.hash),
    stamp: () => Promise.resolve(undefined),
  }
}

/** A path of 8 certificates is known after one round, and one more for each step that only the registry knows. */
const MAX_ROUNDS = 10

/**
 * Believes no node: every slot, empty ones included, is proven against the block's state root, and so is the program at
 * each address.
 */
export function provingReader(
  clients: readonly PublicClient[],
  deployment: Deployment,
  realm: Address,
): RegistryReader {
  const registries = {
    realms: {
      name: "RealmRegistry",
      address: deployment.realmRegistry,
      code: realmRegistryCodeHash(deployment.operatorRegistry),
    },
    operators: { name: "OperatorRegistry", address: deployment.operatorRegistry, code: operatorRegistryCodeHash },
  }
  const prover = proverBy(clients)
  const prove = (block: Header, of: keyof typeof registries, slots: readonly Hex[]): Promise<ProvenAccount> =>
    prover.prove(block, registries[of], slots)
  return {
    check: () => prover.check(deployment),
    async trust(block, claims) {
      const known = { realms: new Map<Hex, bigint>(), operators: new Map<Hex, bigint>() }
      for (let round = 0; round < MAX_ROUNDS; round++) {
        const missing = { realms: new Set<Hex>(), operators: new Set<Hex>() }
        const slotOf = (of: keyof typeof registries, slot: Hex): bigint => {
          const value = known[of].get(slot)
          if (value === undefined) missing[of].add(slot)
          return value ?? 0n
        }
        const storage: Storage = {
          realms: (slot) => slotOf("realms", slot),
          operators: (slot) => slotOf("operators", slot),
        }
        const trust = trustInStorage(storage, realm, claims, block)
        if (missing.realms.size + missing.operators.size === 0) return trust
        await Promise.all(
          (["realms", "operators"] as const).map(async (of) => {
            const slots = [...missing[of]]
            if (slots.length === 0) return
            const { values } = await prove(block, of, slots)
            for (const [i, slot] of slots.entries()) known[of].set(slot, values[i] ?? 0n)
          }),
        )
      }
      throw new E2eeError("internal.invariant", "the registries' slots did not settle")
    },
    /** The realm's head folds all of its events; operators have no such word, but their contract has one root. */
    async stamp(block) {
      const [realms, operators] = await Promise.all([
        prove(block, "realms", [realmSlot(realm)]),
        prove(block, "operators", []),
      ])
      return `${realms.values[0]} ${operators.storageRoot}`
    },
  }
}
