import { sha256 } from "@noble/hashes/sha2.js"
import { concatBytes, equalBytes, utf8ToBytes } from "../../core/bytes.ts"
import { E2eeError } from "../../core/errors.ts"
import { encodeCbor } from "../../payload/cbor.ts"
import type { Announcement } from "../announcement.ts"
import { Fields } from "../fields.ts"
import type { Branch } from "../roles.ts"
import { above, MAX_DEPTH, nodeCount, parentOf } from "./nodes.ts"
import { SEALED_BYTES } from "./secrets.ts"

/**
 * Takes the readers of one branch from one generation of its tree to a later one, but for those that are removed:
 *
 *   [1, generation before, generation, [removed leaf, …], [[node, 48 bytes], …]]
 *
 * The nodes above a removed leaf get fresh secrets. A part is one of those under the key of a child, which is its node; where
 * there is none, it follows from the child's own fresh secret. Leaves and nodes ascend.
 */
export interface Rekey {
  readonly before: number
  readonly generation: number
  readonly removed: ReadonlySet<number>
  /** By node. */
  readonly parts: ReadonlyMap<number, Uint8Array>
  /** All nodes above removed leaves. */
  readonly fresh: ReadonlySet<number>
}

declare const announced: unique symbol
/** What an announcement names by its hash, and so its agent vouches for. */
export type AnnouncedRekey = Rekey & { readonly [announced]: true }

const VERSION = 1
const FIELDS = 5
const WHAT = "a re-key message"
const CODE = "keys.rekey"
/** Leaves removed by one message at most. Everybody gets it all: where it is longer than a grant, grants are less. */
export const MAX_REMOVED = 256
export const MAX_PARTS = 1_024
const MOST_NODES = nodeCount(MAX_DEPTH)

/** @param parts ascending by node */
export function encodeRekey({ before, generation, removed, parts }: Omit<Rekey, "fresh">): Uint8Array {
  return encodeCbor([VERSION, before, generation, [...removed], [...parts]])
}

/** Throws `keys.rekey`. Who made it, its announcement tells: see {@link announcedRekeys}. */
export function parseRekey(bytes: Uint8Array): Rekey {
  const fields = new Fields(bytes, WHAT, [FIELDS], CODE)
  fields.constant(0, VERSION, "version")
  const [before, generation] = [fields.count(1, "generation before"), fields.count(2, "generation")]
  if (generation <= before) throw fields.malformed(`its generation ${generation} does not follow ${before}`)
  const leaves = fields.list(3, "removed leaves", MAX_REMOVED)
  const removed = new Set(ascending(fields, leaves, (leaf) => leaf % 2 === 0))
  const fresh = new Set(above(removed, MAX_DEPTH))
  const given = fields.list(4, "parts", MAX_PARTS).map((part) => {
    const [node, box, ...more]: unknown[] = Array.isArray(part) ? part : []
    if (!(box instanceof Uint8Array) || box.length !== SEALED_BYTES || more.length > 0)
      throw fields.malformed(`a part is not a node and ${SEALED_BYTES} bytes`)
    return [node, Uint8Array.from(box)] as const
  })
  const wanted = (node: number): boolean => fresh.has(parentOf(node)) && !removed.has(node)
  const nodes = ascending(
    fields,
    given.map(([node]) => node),
    wanted,
  )
  return {
    before,
    generation,
    removed,
    parts: new Map(given.map(([, box], i) => [nodes[i] as number, box])),
    fresh,
  }
}

function ascending(fields: Fields, values: readonly unknown[], wanted: (node: number) => boolean): number[] {
  let last = -1
  return values.map((value) => {
    if (typeof value !== "number" || !Number.isSafeInteger(value) || value <= last || value >= MOST_NODES)
      throw fields.malformed("its nodes are no ascending numbers")
    if (!wanted(value)) throw fields.malformed(`node ${value} has no place in it`)
    return (last = value)
  })
}

type Branched<T> = Readonly<Record<Branch, T>>

/** Both branches' messages as one, as it is published: a list of two, of which each may be null. */
export function encodeRekeys({ call, event }: Branched<Uint8Array | undefined>): Uint8Array {
  return encodeCbor([call ?? null, event ?? null])
}

/** What is published when a generation begins: [announcement, tick, rekeys]. */
export interface RekeyNotice {
  readonly announcement: Uint8Array
  readonly tick: Uint8Array
  readonly rekeys: Uint8Array
}

export function encodeNotice({ announcement, tick, rekeys }: RekeyNotice): Uint8Array {
  return encodeCbor([announcement, tick, rekeys])
}

/** Unverified. Throws `keys.rekey`. */
export function parseNotice(bytes: Uint8Array): RekeyNotice {
  const fields = new Fields(bytes, "a notice of new keys", [3], CODE)
  const [announcement, tick, rekeys] = (["announcement", "tick", "rekeys"] as const).map((name, i) =>
    fields.bytes(i, name),
  ) as [Uint8Array, Uint8Array, Uint8Array]
  return { announcement, tick, rekeys }
}

/** What an announcement calls `tree`, 32 bytes. */
export function rekeysHash(rekeys: Uint8Array): Uint8Array {
  return sha256(concatBytes(utf8ToBytes("wek1 tree"), rekeys))
}

/** The messages that an announcement names. Throws `keys.rekey` for others, changed ones, and for any where it names none. */
export function announcedRekeys(
  rekeys: Uint8Array,
  { tree, generation }: Pick<Announcement, "tree" | "generation">,
): Branched<AnnouncedRekey | undefined> {
  if (tree === undefined || !equalBytes(rekeysHash(rekeys), tree))
    throw new E2eeError(CODE, `${WHAT} is not the one that generation ${generation} was announced with`)
  const fields = new Fields(rekeys, "re-key messages of two branches", [2], CODE)
  const parse = (at: number): AnnouncedRekey | undefined => {
    if (fields.all[at] === null) return undefined
    const rekey = parseRekey(fields.bytes(at, "branch"))
    if (rekey.generation === generation) return rekey as AnnouncedRekey
    throw new E2eeError(CODE, `${WHAT} for generation ${rekey.generation} comes with that of ${generation}`)
  }
  return { call: parse(0), event: parse(1) }
}
