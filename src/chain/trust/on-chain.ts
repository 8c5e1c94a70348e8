import type { PublicClient } from "viem"
import { parseAddress } from "../../core/address.ts"
import { E2eeError } from "../../core/errors.ts"
import type { TrustFacts } from "../../trust/facts.ts"
import type { TrustProvider } from "../../trust/provider.ts"
import type { Deployment } from "../deployment.ts"
import { claimsOf, registryFacts, type Claim, type RegistryTrust } from "./registry-trust.ts"
import { singleRpc, type HeadSource } from "./head.ts"
import type { Header } from "./header.ts"
import { callingReader, provingReader } from "./reader.ts"
import { SeenRevocations } from "./seen-revocations.ts"
import { TrustCache } from "./trust-cache.ts"

export interface OnChainOptions {
  /** A viem client of the registries' chain whose node is believed in everything: level `single-rpc`. */
  readonly client?: PublicClient
  /** In place of `client`, blocks that are believed for a better reason: `quorum`, `lightClient`, `pinned`. */
  readonly head?: HeadSource
  readonly deployment: Deployment
  readonly realm: string
  /** Oldest allowed boot of a delegate in milliseconds; not judged where absent. */
  readonly maxAge?: number
  /**
   * How many blocks must lie on what speaks for a peer (root, admission, anchored certificates). What speaks against it
   * counts at once. Default 12; 0 on development chains (1337, 31337) and when pinned.
   */
  readonly depth?: number
  /** Milliseconds after which a newest block is too old to go by. Default 60,000; no limit on development chains and when pinned. */
  readonly maxHeadAge?: number
  /** Milliseconds for which the newest block is not asked for again. Default 0: each judgement asks, those at once share. */
  readonly refreshMs?: number
  /** POSIX milliseconds; for tests. */
  readonly clock?: () => number
}

/** The newest block, for what speaks against a peer, and the one deep enough for what speaks for it. */
interface Blocks {
  readonly head: Header
  readonly safe: Header
}

/** Chains that make blocks only when there is something to do, and that nobody reorganises by accident. */
const DEVELOPMENT_CHAINS: ReadonlySet<number> = new Set([1_337, 31_337])
const DEPTH = 12
const MAX_HEAD_AGE = 60_000
/** Milliseconds for which a node may be behind a block that was seen. */
const MAX_LAG = 60_000

/** Trust in what the registries say, everything about a chain as of one block (and of one deeper, for what speaks for it). */
export function onChain(options: OnChainOptions): TrustProvider {
  const { deployment, maxAge, refreshMs = 0, clock = Date.now } = options
  const realm = parseAddress(options.realm)
  if (realm === undefined)
    throw new E2eeError(
      "usage.invalid",
      `realm ${JSON.stringify(options.realm)} is no address; expected 0x and 40 hex digits`,
    )
  const source = sourceOf(options)
  const isFixed = source.level === "pinned"
  const isDevelopment = DEVELOPMENT_CHAINS.has(deployment.chainId)
  const depth = isFixed ? 0n : natural("depth", options.depth ?? (isDevelopment ? 0 : DEPTH))
  const maxHeadAge = isFixed ? Infinity : (options.maxHeadAge ?? (isDevelopment ? Infinity : MAX_HEAD_AGE))
  const reader =
    source.level === "single-rpc"
      ? callingReader(source.clients[0], deployment, realm)
      : provingReader(source.clients, deployment, realm)
  const caches = { head: new TrustCache(reader), safe: new TrustCache(reader) }
  const revocations = new SeenRevocations()

  let checked: Promise<void> | undefined
  let known: { readonly at: number; readonly blocks: Blocks } | undefined
  /** When the node last had the block that is known, or a later one. */
  let confirmedAt = 0
  let reading: Promise<Blocks> | undefined

  /** Asked for once by all that want them at the same time. */
  const blocks = async (): Promise<Blocks> => {
    const age = known && clock() - known.at
    // A clock that was set back does not tell how old it is.
    if (known !== undefined && age !== undefined && age >= 0 && age < refreshMs) return known.blocks
    reading ??= readBlocks().finally(() => (reading = undefined))
    return reading
  }
  const readBlocks = async (): Promise<Blocks> => {
    const newest = await source.newest()
    // A node that lags behind takes nothing back that was seen; one that stays behind was rolled back, or lies.
    const before = known?.blocks.head
    const lags = before !== undefined && newest.number < before.number
    if (!lags) confirmedAt = clock()
    else if (Math.abs(clock() - confirmedAt) > MAX_LAG) throw goneBack(before, newest)
    const head = lags ? before : newest
    checkAge(head, clock(), maxHeadAge)
    const safe = depth === 0n ? head : await source.at(head.number > depth ? head.number - depth : 0n)
    known = { at: clock(), blocks: { head, safe } }
    return known.blocks
  }

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

function sourceOf({ client, head }: OnChainOptions): HeadSource {
  if ((client === undefined) === (head === undefined))
    throw new E2eeError("usage.invalid", "expected either client, whose node is believed, or head")
  return head ?? singleRpc(client as PublicClient)
}

function natural(name: string, value: number): bigint {
  if (Number.isSafeInteger(value) && value >= 0) return BigInt(value)
  throw new E2eeError("usage.invalid", `${name} is ${value}; expected a whole number from 0`)
}

function goneBack(before: Header, newest: Header): E2eeError {
  return new E2eeError(
    "chain.stale_head",
    `the newest block is ${newest.number} for over ${MAX_LAG / 1_000} s, and was ${before.number} before; use another node`,
  )
}

/** Throws `chain.stale_head` for a block that is too old to say what is not revoked. */
function checkAge({ number, timestamp }: Header, now: number, most: number): void {
  const age = now - Number(timestamp) * 1_000
  if (Math.abs(age) <= most) return
  throw new E2eeError(
    "chain.stale_head",
    `the newest block (${number}) is ${Math.round(age / 1_000)} s old; expected within ${most / 1_000} s; use another node, or compare the clock`,
  )
}
