import { sha256 } from "@noble/hashes/sha2.js"
import { equalBytes } from "../core/bytes.ts"
import { signLabelled, verifyLabelled } from "../core/ed25519.ts"
import { E2eeError } from "../core/errors.ts"
import type { Secret } from "../core/secret.ts"
import { encodeCbor } from "../payload/cbor.ts"
import type { Announcement } from "./announcement.ts"
import { Fields } from "./fields.ts"
import type { Branch } from "./roles.ts"

/**
 * The agent's word, once an epoch, that a generation still stands: that none of its readers is refused by the trustroot.
 *
 *   [1, scope id, generation, epoch, announcement hash, [commitment of calls, of events], time, signature]
 */
export interface Tick {
  readonly epoch: number
  /** To the branches' secrets of the epoch, 32 bytes each. */
  readonly commitments: Readonly<Record<Branch, Uint8Array>>
  /** POSIX milliseconds. */
  readonly time: number
  readonly bytes: Uint8Array
}

const LABEL = "wek1 tick"
const VERSION = 1
const FIELDS = 8

export function makeTick(
  { scope, generation, hash }: Pick<Announcement, "scope" | "generation" | "hash">,
  { epoch, commitments, time }: Omit<Tick, "bytes">,
  csKey: Secret,
): Tick {
  const fields = [VERSION, scope, generation, epoch, hash, [commitments.call, commitments.event], time]
  const bytes = encodeCbor([...fields, signLabelled(LABEL, sha256(encodeCbor(fields)), csKey)])
  return { epoch, commitments, time, bytes }
}

/** A tick of that very announcement, signed by its agent. Throws `keys.tick`. */
export function parseTick(bytes: Uint8Array, announcement: Announcement): Tick {
  const fields = new Fields(bytes, "a tick", [FIELDS], "keys.tick")
  fields.constant(0, VERSION, "version")
  const { scope, generation, hash, agent } = announcement
  const places = [scope, hash].map((wanted, i) => equalBytes(wanted, fields.bytes(i === 0 ? 1 : 4, "place", 32)))
  if (places.includes(false) || fields.count(2, "generation") !== generation)
    throw new E2eeError("keys.tick", "a tick is for another scope or generation")
  const signed = sha256(encodeCbor(fields.all.slice(0, -1)))
  if (!verifyLabelled(LABEL, signed, fields.bytes(FIELDS - 1, "signature", 64), agent.cs))
    throw new E2eeError("keys.tick", `a tick is not signed by ${agent.cs}, the agent of its generation`)
  const [call, event, ...more] = fields.list(5, "commitments", 2)
  if (!isHash(call) || !isHash(event) || more.length > 0)
    throw fields.malformed("its commitments are not 2 of 32 bytes")
  return {
    epoch: fields.count(3, "epoch"),
    commitments: { call: Uint8Array.from(call), event: Uint8Array.from(event) },
    time: fields.count(6, "time"),
    bytes: Uint8Array.from(bytes),
  }
}

/** Whether two ticks say different things of one epoch: then their agent tells some members one thing and some another. */
export function contradicts(one: Tick, other: Tick): boolean {
  const { call, event } = one.commitments
  return (
    one.epoch === other.epoch &&
    !(equalBytes(call, other.commitments.call) && equalBytes(event, other.commitments.event))
  )
}

function isHash(value: unknown): value is Uint8Array {
  return value instanceof Uint8Array && value.length === 32
}
