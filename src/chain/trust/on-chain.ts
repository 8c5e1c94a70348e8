import type { PublicClient } from "viem"
import { parseAddress, type Address } from "../../core/address.ts"
import { E2eeError } from "../../core/errors.ts"
import type { TrustFacts } from "../../trust/facts.ts"
import type { TrustProvider } from "../../trust/provider.ts"
import type { Deployment } from "../deployment.ts"
import { believedBlocks, type BlockOptions } from "./believed-blocks.ts"
import { claimsOf, registryFacts, type Claim, type RegistryTrust } from "./registry-trust.ts"
import { singleRpc, type HeadSource } from "./head.ts"
import type { Header } from "./header.ts"
import { callingReader, provingReader } from "./reader.ts"
import { SeenRevocations } from "./seen-revocations.ts"
import { TrustCache } from "./trust-cache.ts"

export interface OnChainOptions extends BlockOptions {
  /** A viem client of the registries' chain whose node is believed in everything: level `single-rpc`. */
  readonly client?: PublicClient
  /** In place of `client`, blocks that are believed for a better reason: `quorum`, `lightClient`, `pinned`. */
  readonly head?: HeadSource
  readonly deployment: Deployment
  readonly realm: string
  /** Oldest allowed boot of a delegate in milliseconds; not judged where absent. */
  readonly maxAge?: number
}

/** Trust in what the registries say, everything about a chain as of one block (and of one deeper, for what speaks for it). */
export function onChain(options: OnChainOptions): TrustProvider {
  const { deployment, maxAge } = options
  const realm = realmIn(options.realm)
  const source = sourceOf(options)
  const reader =
    source.level === "single-rpc"
      ? callingReader(source.clients[0], deployment, realm)
      : provingReader(source.clients, deployment, realm)
  const caches = { head: new TrustCache(reader), safe: new TrustCache(reader) }
  const revocations = new SeenRevocations()

  let checked: Promise<void> | undefined
  const blocks = believedBlocks(source, deployment.chainId, options)

  return {
    realm,
    ...(maxAge === undefined ? {} : { maxAge }),
    async facts(chain): Promise<TrustFacts> {
      checked ??= reader.check()
      await checked.catch((error: unknown) => {
        checked = undefined // a node that was down may come back
        throw error
      })
      const { head, safe } = await blocks()
      const claims = claimsOf(chain)
      const ofHead = await caches.head.trust(head, claims)
      const ofSafe = safe === head ? ofHead : await trustBefore(safe, claims)
      const seen = revocations.apply(claims, ofHead, head.number, safe.number)
      return {
        source: {
          model: "on-chain",
          level: source.level,
          block: head.number,
          blockHash: head.hash,
          safeBlock: safe.number,
        },
        chainId: BigInt(deployment.chainId),
        verifyingContract: deployment.realmRegistry,
        realm,
        ...registryFacts(chain, seen, ofSafe),
      }
    },
  }

  /** Before the registries were deployed nothing is enrolled, and nothing can be asked. */
  async function trustBefore(safe: Header, claims: readonly Claim[]): Promise<RegistryTrust> {
    // The realm registry comes after the operator registry, whose block the deployment names.
    if (safe.number > BigInt(deployment.block)) return caches.safe.trust(safe, claims)
    return { block: safe.number, timestamp: safe.timestamp, roots: [], anchored: [], standings: [] }
  }
}

/** Throws `usage.invalid`. */
export function realmIn(text: string): Address {
  const realm = parseAddress(text)
  if (realm !== undefined) return realm
  const what = `realm ${JSON.stringify(text)} is no address; expected 0x and 40 hex digits`
  throw new E2eeError("usage.invalid", what)
}

/** Throws `usage.invalid` unless exactly one is given. */
export function sourceOf({ client, head }: Pick<OnChainOptions, "client" | "head">): HeadSource {
  if ((client === undefined) === (head === undefined))
    throw new E2eeError("usage.invalid", "expected either client, whose node is believed, or head")
  return head ?? singleRpc(client as PublicClient)
}
