import { E2eeError } from "../../core/errors.ts"
import type { HeadSource } from "./head.ts"
import type { Header } from "./header.ts"

export interface BlockOptions {
  /**
   * How many blocks must lie on what speaks for a peer. What speaks against it counts at once. Default 12; 0 on
   * development chains (1337, 31337) and when pinned.
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
export interface Blocks {
  readonly head: Header
  readonly safe: Header
}

/** Chains that make blocks only when there is something to do, and that nobody reorganises by accident. */
const DEVELOPMENT_CHAINS: ReadonlySet<number> = new Set([1_337, 31_337])
const DEPTH = 12
const MAX_HEAD_AGE = 60_000
/** Milliseconds for which a node may be behind a block that was seen. */
const MAX_LAG = 60_000

/** The blocks to go by, asked for anew at each call: never one that is too old, nor one before another that was seen. */
export function believedBlocks(source: HeadSource, chainId: number, options: BlockOptions): () => Promise<Blocks> {
  const { refreshMs = 0, clock = Date.now } = options
  const isFixed = source.level === "pinned"
  const isDevelopment = DEVELOPMENT_CHAINS.has(chainId)
  const depth = isFixed ? 0n : natural("depth", options.depth ?? (isDevelopment ? 0 : DEPTH))
  const maxHeadAge = isFixed ? Infinity : (options.maxHeadAge ?? (isDevelopment ? Infinity : MAX_HEAD_AGE))

  let known: { readonly at: number; readonly blocks: Blocks } | undefined
  /** When the node last had the block that is known, or a later one. */
  let confirmedAt = 0
  let reading: Promise<Blocks> | undefined

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

  /** Asked for once by all that want them at the same time. */
  return async () => {
    const age = known && clock() - known.at
    // A clock that was set back does not tell how old it is.
    if (known !== undefined && age !== undefined && age >= 0 && age < refreshMs) return known.blocks
    reading ??= readBlocks().finally(() => (reading = undefined))
    return reading
  }
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
