import { sha256 } from "@noble/hashes/sha2.js"
import { equalBytes, toHex } from "../core/bytes.ts"
import { signLabelled, verifyLabelled } from "../core/ed25519.ts"
import { E2eeError } from "../core/errors.ts"
import type { Secret } from "../core/secret.ts"
import { encodeCbor } from "../payload/cbor.ts"
import { Fields } from "./fields.ts"
import { parseKeyPackage, type KeyPackage } from "./key-package.ts"
import { announcementHash } from "./schedule.ts"

/**
 * Begins a generation of a scope's keys:
 *
 *   [1, scope id, policy hash, generation, t0, commitment, tree hash or null, previous or null, key package, signature]
 *
 * Each names the one before it by its hash, as far as its agent knows it: a chain. All keys of the generation depend on
 * the announcement's own hash, so that members who were told different ones share no key.
 */
export interface Announcement {
  readonly scope: Uint8Array
  /** What the agent takes for the scope's policy, 32 bytes. */
  readonly policy: Uint8Array
  /** Greater than that of every announcement before; an agent without memory takes the time. */
  readonly generation: number
  /** Beginning of epoch 0, POSIX milliseconds. */
  readonly t0: number
  /** To the generation's secret, 32 bytes. */
  readonly commitment: Uint8Array
  /** Of the re-key message in use, 32 bytes. */
  readonly tree: Uint8Array | undefined
  /** Hash of the announcement before, 32 bytes. */
  readonly previous: Uint8Array | undefined
  readonly agent: KeyPackage
  /** As it was sent. */
  readonly bytes: Uint8Array
  /** Names it, 32 bytes. */
  readonly hash: Uint8Array
}

const LABEL = "wek1 ann"
const VERSION = 1
const FIELDS = 10

/** @param agent the agent's key package, as it was made @param csKey the key that the package names */
export function makeAnnouncement(
  content: Pick<Announcement, "scope" | "policy" | "generation" | "t0" | "commitment" | "tree" | "previous">,
  agent: Uint8Array,
  csKey: Secret,
): Announcement {
  const { scope, policy, generation, t0, commitment, tree, previous } = content
  const fields = [VERSION, scope, policy, generation, t0, commitment, tree ?? null, previous ?? null, agent]
  return parseAnnouncement(encodeCbor([...fields, signLabelled(LABEL, sha256(encodeCbor(fields)), csKey)]))
}

/**
 * A stranger's announcement: of its form, and signed by the key that its package names. Whose that is, the trustroot
 * tells. Throws `keys.announcement`, or what a key package is refused with.
 */
export function parseAnnouncement(bytes: Uint8Array): Announcement {
  const fields = new Fields(bytes, "an announcement of keys", [FIELDS], "keys.announcement")
  fields.constant(0, VERSION, "version")
  const agent = parseKeyPackage(fields.bytes(8, "key package"))
  const signed = sha256(encodeCbor(fields.all.slice(0, -1)))
  if (!verifyLabelled(LABEL, signed, fields.bytes(FIELDS - 1, "signature", 64), agent.cs))
    throw new E2eeError("keys.announcement", `an announcement of keys is not signed by ${agent.cs}, whom it names`)
  return {
    scope: fields.bytes(1, "scope", 32),
    policy: fields.bytes(2, "policy", 32),
    generation: fields.count(3, "generation"),
    t0: fields.count(4, "t0"),
    commitment: fields.bytes(5, "commitment", 32),
    tree: fields.optionalBytes(6, "tree", 32),
    previous: fields.optionalBytes(7, "previous", 32),
    agent,
    bytes: Uint8Array.from(bytes),
    hash: announcementHash(bytes),
  }
}

/** How an announcement stands to the one that is in force. */
export type Standing =
  | "same"
  /** Of an earlier generation: a router's memory. */
  | "older"
  | "newer"
  /** One agent announced one generation twice: it tells some members one thing and some another. */
  | "forked"

/**
 * Two agents that announce the same generation, each without knowing of the other, are no fork: the greater hash counts
 * for everybody.
 */
export function standingOf(known: Announcement, other: Announcement): Standing {
  if (equalBytes(known.hash, other.hash)) return "same"
  if (other.generation !== known.generation) return other.generation > known.generation ? "newer" : "older"
  if (other.agent.cs === known.agent.cs) return "forked"
  return toHex(other.hash) > toHex(known.hash) ? "newer" : "older"
}
