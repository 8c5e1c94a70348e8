import { fromHex, toHex, type Hex } from "../core/bytes.ts"
import { E2eeError, type ErrorCode } from "../core/errors.ts"
import { encodeCbor } from "../payload/cbor.ts"
import type { Demand } from "./demand.ts"
import { Fields } from "./fields.ts"
import { denied, encodeGrant, parseGrant, type Grant } from "./granted.ts"
import type { Transport } from "./noise.ts"
import { countsFrom, openPieces, sealPieces, wipeTransport } from "./pieces.ts"

/**
 * What follows the handshake of a grant where a platform has to be shown: Noise transport messages of the same session.
 *
 *   answer to the request = [1, second Noise message with the payload [2, demand or null], ? piece, …]
 *   second request        = [2, handshake hash, piece, …]
 *   answer to that        = [2, verdict, ? piece, …]
 *
 * The first pieces are the agent's proof, where the request asked for it; those of the second request the requester's; the
 * last ones the grant. A proof is CBOR [attester id, evidence], or [] for none. The verdict is a transport message too:
 * [1], or [0, code] for a denial. The agent has granted nothing until it has judged what the second request shows, and
 * that one alone shows that it is no recording.
 */
export class EvidenceChannel {
  /** Name of the handshake and its algorithms. */
  readonly suite: string
  /** Hash of the handshake, 32 bytes: it names the session, and what evidence is bound to. */
  readonly transcript: Uint8Array
  readonly #transport: Transport

  constructor(suite: string, transport: Transport) {
    this.suite = suite
    this.transcript = transport.handshakeHash
    this.#transport = transport
  }

  /** In pieces. */
  seal(body: Uint8Array): Uint8Array[] {
    return sealPieces(this.#transport.send, body)
  }

  /** From field `first` on. Throws `keys.agreement` for what is not the other side's, or not next. */
  open(fields: Fields, first: number): Uint8Array {
    return openPieces(this.#transport.receive, fields, first)
  }

  openOne(bytes: Uint8Array): Uint8Array {
    return this.#transport.receive.decryptWithAd(new Uint8Array(), bytes)
  }

  /** Ends the session: its keys are overwritten. */
  wipe(): void {
    wipeTransport(this.#transport)
  }
}

/** Evidence on its way: nothing of it is believed. */
export interface Proof {
  /** Id of the attestation key that made it, 32 bytes (`attesterId`). */
  readonly attester: Hex
  readonly evidence: Uint8Array
}

/** What the agent wants before it answers; `proof` is its own, where it was asked for one and has one. */
export interface EvidenceAsked {
  /** Undefined where the agent wants no evidence, but was asked for its own. */
  readonly demand: Demand | undefined
  readonly proof: Proof | undefined
  readonly channel: EvidenceChannel
}

const SHOWN = 2
const [DENIED, GRANTED] = [0, 1]
/** One byte of CBOR for the list's length: so that the second byte tells what it is. */
const MAX_FIELDS = 23
const LIST = 0x80

/** @param proof undefined for none */
export function encodeProof(proof: Proof | undefined): Uint8Array {
  return encodeCbor(proof === undefined ? [] : [fromHex(proof.attester, 32), proof.evidence])
}

/** Throws `keys.grant_malformed`. */
export function parseProof(body: Uint8Array): Proof | undefined {
  const fields = new Fields(body, "evidence of a platform", [0, 2])
  if (fields.all.length === 0) return undefined
  return { attester: toHex(fields.bytes(0, "attester", 32)), evidence: fields.bytes(1, "evidence") }
}

/** The second request: shows the requester's platform, or that it has nothing to show. */
export function showEvidence(channel: EvidenceChannel, proof: Proof | undefined): Uint8Array {
  return encodeCbor([SHOWN, channel.transcript, ...channel.seal(encodeProof(proof))])
}

/** A second request before its session is found. */
export interface Shown {
  /** Of its handshake. */
  readonly transcript: Hex
  /** Throws `keys.agreement`, `keys.grant_malformed`. */
  open(channel: EvidenceChannel): Proof | undefined
}

/** Undefined for what is no second request. Throws `keys.grant_malformed`. */
export function parseShown(bytes: Uint8Array): Shown | undefined {
  if (bytes[1] !== SHOWN || (bytes[0] ?? 0) < LIST || (bytes[0] ?? 0) > LIST + MAX_FIELDS) return undefined
  const fields = new Fields(bytes, "evidence of a platform", countsFrom(3))
  return {
    transcript: toHex(fields.bytes(1, "handshake", 32)),
    open: (channel) => parseProof(channel.open(fields, 2)),
  }
}

/** The agent's answer to evidence that it has judged; the session ends. */
export function grantShown(channel: EvidenceChannel, grant: Grant): Uint8Array {
  const body = encodeGrant(grant)
  const verdict = channel.seal(encodeCbor([GRANTED]))
  const pieces = channel.seal(body)
  body.fill(0)
  channel.wipe()
  return encodeCbor([SHOWN, ...verdict, ...pieces])
}

/** A refusal that the requester can believe, and nobody else can read; the session ends. */
export function denyShown(channel: EvidenceChannel, code: ErrorCode): Uint8Array {
  const verdict = channel.seal(encodeCbor([DENIED, code]))
  channel.wipe()
  return encodeCbor([SHOWN, ...verdict])
}

/** The grant, or throws the agent's denial: `keys.agreement` for whatever is not its answer. Asking again is none. */
export function readGranted(bytes: Uint8Array, channel: EvidenceChannel): Grant {
  const outer = new Fields(bytes, "a grant", countsFrom(2))
  outer.constant(0, SHOWN, "version")
  const verdict = new Fields(channel.openOne(outer.bytes(1, "verdict")), "a grant", [1, 2])
  if (verdict.all[0] === DENIED) throw denied(verdict.all[1])
  verdict.constant(0, GRANTED, "verdict")
  return parseGrant(channel.open(outer, 2))
}

/** Who had to show its platform showed nothing. */
export function unproven(who: string): E2eeError {
  return new E2eeError("attestation.absent", `${who} has to show its platform, and shows none`)
}
