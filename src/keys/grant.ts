import { concatBytes, equalBytes, fromHex, toHex, utf8ToBytes, type Hex } from "../core/bytes.ts"
import { E2eeError, type ErrorCode } from "../core/errors.ts"
import type { Secret } from "../core/secret.ts"
import { decodeCbor, encodeCbor } from "../payload/cbor.ts"
import type { RandomBytes } from "../payload/cipher.ts"
import { encodeDemand, parseDemand, type Demand } from "./demand.ts"
import {
  encodeProof,
  EvidenceChannel,
  parseProof,
  unproven,
  type EvidenceAsked,
  type Proof,
} from "./evidence-channel.ts"
import { Fields } from "./fields.ts"
import { denied, encodeGrant, parseGrant, type Grant } from "./granted.ts"
import { answerKem, finishKem, type Kem, type KemAnswer, type KemRequest } from "./kem.ts"
import { parseKeyPackage, type KeyPackage } from "./key-package.ts"
import { HandshakeState, type HandshakeOptions } from "./noise.ts"
import { countsFrom, openPieces, sealPieces, wipeTransport } from "./pieces.ts"
import { ROLES, roleOfWire, type Role } from "./roles.ts"

/**
 * The key grant: one WAMP call, in it one handshake Noise_IK_25519_ChaChaPoly_SHA256 (Noise, revision 34).
 *
 *   request  = [1, first Noise message, with the payload
 *                [1, scope id, policy hash, role, instance, key package, time, about or null]]
 *   answer   = [1, second Noise message, with the payload [1] or [0, code], ? Noise transport message, …]
 *
 * The requester's identity is encrypted for the agent, whose package its announcement shows; what is granted has forward
 * secrecy; nothing is signed but the package, so that neither can prove to others that they talked. The transport
 * messages of an answer are one byte string in pieces: a {@link Grant}. Where a platform has to be shown first, the
 * second payload is [2, demand or null] instead, and what follows it is in evidence-channel.ts.
 *
 * In a scope with a {@link Kem} the handshake is Noise_IKpsk2 instead: the first payload has a public key of it as one field
 * more, and the answer, after the second message, its ciphertext.
 */
export interface GrantRequest {
  readonly scope: Uint8Array
  readonly policy: Uint8Array
  readonly role: Role
  readonly instance: Hex
  readonly keyPackage: KeyPackage
  /** POSIX milliseconds. */
  readonly time: number
  /** A member of the other side that the requester wants to know of. */
  readonly about: Hex | undefined
  /** What the requester asks of the agent's platform, before it takes keys. */
  readonly asks: Demand | undefined
}

const VERSION = 1
const GRANTED = 1
const DENIED = 0
const ASKED = 2

/** What both sides of a grant have to agree on before they talk. */
export interface GrantPlace {
  /** As it is in certificates. */
  readonly realm: Hex
  readonly scope: Uint8Array
  readonly policy: Uint8Array
  /** Where the scope's policy wants one: a grant with it is none without. */
  readonly kem?: Kem | undefined
}

export interface PendingGrant {
  readonly bytes: Uint8Array
  readonly handshake: HandshakeState
  readonly hybrid: KemRequest | undefined
  readonly asks: Demand | undefined
}

function optionsOf({ realm, scope, kem }: GrantPlace, s: Secret, random: RandomBytes): HandshakeOptions {
  const prologue = concatBytes(utf8ToBytes("wek1"), fromHex(realm, 20) as Uint8Array, scope)
  return { pattern: kem === undefined ? "IK" : "IKpsk2", prologue, s, random }
}

/** @param s own static X25519 key, the one of the package @param agentKey the agent's, of its announcement: 32 bytes */
export function requestGrant(
  place: GrantPlace,
  content: Pick<GrantRequest, "role" | "instance" | "time" | "about"> & {
    readonly keyPackage: Uint8Array
    readonly asks?: Demand | undefined
  },
  s: Secret,
  agentKey: Uint8Array,
  random: RandomBytes,
): PendingGrant {
  const { role, instance, keyPackage, time, about, asks } = content
  const { kem } = place
  const handshake = HandshakeState.initiator({ ...optionsOf(place, s, random), rs: agentKey })
  const hybrid = kem && { kem, ...kem.keyPair(random) }
  const payload = encodeCbor([
    VERSION,
    place.scope,
    place.policy,
    ROLES[role].wire,
    bytesOf(instance),
    keyPackage,
    time,
    about === undefined ? null : bytesOf(about),
    ...(hybrid === undefined ? [] : [hybrid.publicKey]),
    ...(asks === undefined ? [] : [encodeDemand(asks)]),
  ])
  return { bytes: encodeCbor([VERSION, handshake.writeMessage(payload)]), handshake, hybrid, asks }
}

/** Gives a request up, or is done with it: its secrets are overwritten. */
export function endRequest({ handshake, hybrid }: PendingGrant): void {
  handshake.wipe()
  hybrid?.secretKey.wipe()
}

export interface ReceivedRequest {
  readonly request: GrantRequest
  readonly handshake: HandshakeState
  /** For the answer. */
  readonly hybrid: KemAnswer | undefined
}

/**
 * Reads a request as the agent whose announcement it was made for. That the requester holds the key of its package is
 * shown by the handshake. Throws `keys.agreement` for one made for another key, `keys.grant_malformed`, or what a
 * package is refused with.
 */
export function readRequest(bytes: Uint8Array, place: GrantPlace, s: Secret, random: RandomBytes): ReceivedRequest {
  const outer = new Fields(bytes, "a grant request", [2])
  outer.constant(0, VERSION, "version")
  const { kem } = place
  const handshake = HandshakeState.responder(optionsOf(place, s, random))
  const payload = handshake.readMessage(outer.bytes(1, "handshake"))
  const plain = kem === undefined ? 8 : 9
  const fields = new Fields(payload, "a grant request", [plain, plain + 1])
  fields.constant(0, VERSION, "version")
  const role = roleOfWire(fields.all[3])
  if (role === undefined) throw fields.malformed("its role is unknown")
  const keyPackage = parseKeyPackage(fields.bytes(5, "key package"))
  if (!equalBytes(keyPackage.x, handshake.remoteStatic))
    throw new E2eeError("keys.agreement", "a grant is asked with another key than that of its package")
  const about = fields.optionalBytes(7, "about", 8)
  const request = {
    scope: fields.bytes(1, "scope", 32),
    policy: fields.bytes(2, "policy", 32),
    role,
    instance: toHex(fields.bytes(4, "instance", 8)),
    keyPackage,
    time: fields.count(6, "time"),
    about: about && toHex(about),
    asks: fields.all.length === plain ? undefined : parseDemand(fields.bytes(plain, "demand")),
  }
  const publicKey = kem && fields.bytes(8, "public key", kem.publicKeyBytes)
  const hybrid = kem && publicKey && answerKem(kem, publicKey, handshake.transcript, random)
  return { request, handshake, hybrid }
}

/** The second Noise message, and what its key was made of. */
function secondMessage({ handshake, hybrid }: ReceivedRequest, payload: readonly unknown[]): Uint8Array[] {
  const message = handshake.writeMessage(encodeCbor(payload), hybrid?.psk)
  hybrid?.psk.wipe()
  return hybrid === undefined ? [message] : [message, hybrid.ciphertext]
}

export function answerGrant(received: ReceivedRequest, grant: Grant): Uint8Array {
  const body = encodeGrant(grant)
  const head = secondMessage(received, [GRANTED])
  const transport = received.handshake.split()
  const pieces = sealPieces(transport.send, body)
  body.fill(0)
  wipeTransport(transport)
  return encodeCbor([VERSION, ...head, ...pieces])
}

/**
 * Ends the handshake by asking for evidence, and shows its own where the request asks for that. What is granted goes
 * through the channel.
 * @param prove makes the agent's own evidence for the channel
 */
export async function askEvidence(
  received: ReceivedRequest,
  demand: Demand | undefined,
  prove: (channel: EvidenceChannel) => Promise<Proof | undefined>,
): Promise<{ readonly bytes: Uint8Array; readonly channel: EvidenceChannel }> {
  const { handshake, request } = received
  const head = secondMessage(received, [ASKED, demand === undefined ? null : encodeDemand(demand)])
  const channel = new EvidenceChannel(handshake.protocol, handshake.split())
  try {
    const pieces = request.asks === undefined ? [] : channel.seal(encodeProof(await prove(channel)))
    return { bytes: encodeCbor([VERSION, ...head, ...pieces]), channel }
  } catch (error) {
    channel.wipe()
    throw error
  }
}

/** A refusal that the requester can believe, and nobody else can read: one of our codes. */
export function denyGrant(received: ReceivedRequest, code: ErrorCode): Uint8Array {
  const head = secondMessage(received, [DENIED, code])
  received.handshake.wipe()
  return encodeCbor([VERSION, ...head])
}

/** The grant of an agent that asks for no evidence first. Throws `attestation.absent` for one that does, and {@link readReply}'s. */
export function readAnswer(bytes: Uint8Array, pending: PendingGrant): Grant {
  const { granted, asked } = readReply(bytes, pending)
  if (granted !== undefined) return granted
  asked.channel.wipe()
  throw unproven("the requester")
}

/** What an agent says that does not deny: keys, or that a platform has to be shown first. */
export type Reply =
  | { readonly granted: Grant; readonly asked?: undefined }
  | { readonly granted?: undefined; readonly asked: EvidenceAsked }

/** Throws the agent's denial; `keys.agreement` for whatever is not the agent's answer to this request. */
export function readReply(bytes: Uint8Array, pending: PendingGrant): Reply {
  const { handshake, hybrid, asks } = pending
  const first = hybrid === undefined ? 2 : 3
  const outer = new Fields(bytes, "a grant", countsFrom(first))
  outer.constant(0, VERSION, "version")
  const message = outer.bytes(1, "handshake")
  const psk =
    hybrid && finishKem(hybrid, outer.bytes(2, "ciphertext", hybrid.kem.ciphertextBytes), handshake.transcript)
  let head: Fields
  try {
    head = new Fields(handshake.readMessage(message, psk), "a grant", [1, 2])
  } finally {
    psk?.wipe()
  }
  if (head.all[0] === DENIED) throw denied(head.all[1])
  if (head.all[0] === ASKED) {
    if (head.all.length !== 2) throw head.malformed("what is asked is missing")
    const demand = head.optionalBytes(1, "demand")
    const channel = new EvidenceChannel(handshake.protocol, handshake.split())
    try {
      const proof = asks === undefined ? undefined : parseProof(channel.open(outer, first))
      return { asked: { demand: demand && parseDemand(demand), proof, channel } }
    } catch (error) {
      channel.wipe()
      throw error
    }
  }
  head.constant(0, GRANTED, "verdict")
  // Keys without the evidence that was asked for are not taken.
  if (asks !== undefined) throw unproven("the key agent")
  const transport = handshake.split()
  try {
    return { granted: parseGrant(openPieces(transport.receive, outer, first)) }
  } finally {
    wipeTransport(transport)
  }
}

function bytesOf(hex: Hex): Uint8Array {
  return fromHex(hex, 8) as Uint8Array
}

/** What anybody may ask an agent: which generation is in force. */
export const INFO_REQUEST: Uint8Array = encodeCbor([0])

export function isInfoRequest(bytes: Uint8Array): boolean {
  return equalBytes(bytes, INFO_REQUEST)
}

export function encodeInfo(announcement: Uint8Array, tick: Uint8Array): Uint8Array {
  return encodeCbor([0, announcement, tick])
}

/** Unverified. */
export function parseInfo(bytes: Uint8Array): { readonly announcement: Uint8Array; readonly tick: Uint8Array } {
  const fields = new Fields(bytes, "an agent's answer", [3])
  fields.constant(0, 0, "kind")
  return { announcement: fields.bytes(1, "announcement"), tick: fields.bytes(2, "tick") }
}

/** What travels as events of the scope's control topic. */
export type ControlMessage =
  | { readonly kind: "tick" | "announcement"; readonly bytes: Uint8Array }
  | { readonly kind: "disclosure" | "rekey"; readonly bytes: Uint8Array }

const CONTROL = ["tick", "announcement", "disclosure", "rekey"] as const

export function encodeControl({ kind, bytes }: ControlMessage): Uint8Array {
  return encodeCbor([CONTROL.indexOf(kind), bytes])
}

/** Undefined for what is none; unverified. */
export function parseControl(message: Uint8Array): ControlMessage | undefined {
  let fields: unknown
  try {
    fields = decodeCbor(message)
  } catch {
    return undefined
  }
  if (!Array.isArray(fields) || fields.length !== 2) return undefined
  const [at, bytes]: unknown[] = fields
  const kind = typeof at === "number" ? CONTROL[at] : undefined
  return kind === undefined || !(bytes instanceof Uint8Array) ? undefined : { kind, bytes: Uint8Array.from(bytes) }
}
