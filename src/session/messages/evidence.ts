import type { Address } from "../../core/address.ts"
import { fromHex, type Hex } from "../../core/bytes.ts"
import { encodeCbor } from "../../payload/cbor.ts"
import type { Kind } from "../../payload/frame.ts"

/**
 * What a receiver can show to others of a message of mode `sig`:
 *
 *   [1, chain, announcement hash, realm, generation, epoch, kind, uri, writer, key id, nonce, serialiser, compression, frame]
 *
 * No key is in it. Whoever has it knows what was said, and by whom.
 */
export interface MessageEvidence {
  /** Chain of the sender, as it was shown. */
  readonly chain: string
  readonly announcement: Uint8Array
  readonly realm: Address
  readonly generation: number
  readonly epoch: number
  readonly kind: Kind
  readonly uri: string
  /** Ed25519 key below whose secret the message's key lay. */
  readonly writer: Hex
  readonly keyId: string
  readonly nonce: Uint8Array
  readonly serializer: string
  readonly compression: string | undefined
  /** The opened payload, without padding. */
  readonly frame: Uint8Array
}

/** First field of evidence: what it is of. */
export const EVIDENCE = { message: 1, fork: 2, ticks: 3 } as const

export function encodeEvidence(evidence: MessageEvidence): Uint8Array {
  return encodeCbor([
    EVIDENCE.message,
    evidence.chain,
    evidence.announcement,
    fromHex(evidence.realm, 20),
    evidence.generation,
    evidence.epoch,
    evidence.kind,
    evidence.uri,
    fromHex(evidence.writer, 32),
    evidence.keyId,
    evidence.nonce,
    evidence.serializer,
    evidence.compression ?? null,
    evidence.frame,
  ])
}

/** Two announcements of one generation, or its announcement and two ticks of one epoch. */
export function encodeForkEvidence(announcement: Uint8Array, others: readonly Uint8Array[]): Uint8Array {
  return encodeCbor(
    others.length === 1 ? [EVIDENCE.fork, announcement, ...others] : [EVIDENCE.ticks, announcement, ...others],
  )
}
