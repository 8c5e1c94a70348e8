import { concatBytes, equalBytes, fromHex, toHex, utf8ToBytes, type Hex } from "../core/bytes.ts"
import { ERROR_CODES, E2eeError, type ErrorCode } from "../core/errors.ts"
import { Secret } from "../core/secret.ts"
import { decodeCbor, encodeCbor, encodeCborWithin } from "../payload/cbor.ts"
import type { RandomBytes } from "../payload/cipher.ts"
import { Fields } from "./fields.ts"
import { answerKem, finishKem, type Kem, type KemAnswer, type KemRequest } from "./kem.ts"
import { parseKeyPackage, type KeyPackage } from "./key-package.ts"
import { HandshakeState, type HandshakeOptions, type Transport } from "./noise.ts"
import { MAX_NOISE_MESSAGE, TAG_BYTES } from "./noise-symmetric.ts"
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
 * messages of an answer are one byte string in pieces: CBOR
 *
 *   [announcement, tick, agent's instance, epoch, [secret, …] of the role, [[instance, role, chain], …], ? path]
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
}

/** What a member is granted. */
export interface Grant {
  readonly announcement: Uint8Array
  readonly tick: Uint8Array
  /** Under which the agent itself speaks as a member. */
  readonly instance: Hex
  readonly epoch: number
  /** To a reader the branch's secret of `epoch`; to a writer its own of `epoch` and of those that follow. */
  readonly secrets: readonly Secret[]
  /** Members of the other side, as `[instance, role, chain]`: unverified until the receiver judged each. */
  readonly members: readonly { readonly instance: Hex; readonly role: Role; readonly chain: string }[]
  /** To a reader, in a scope with key trees: what it knows of its branch's. */
  readonly path?: Uint8Array | undefined
}

const VERSION = 1
const GRANTED = 1
const DENIED = 0
/** Members passed on in one grant at most: the newest, and the one asked about. */
export const MAX_MEMBERS = 256
/** Secrets of one grant at most. */
export const MAX_SECRETS = 1_024
const MAX_PIECES = 64
/** Bytes of a secret in CBOR, and of the lists around them at most. */
const SECRET_BYTES = 34
const MAX_HEADS = 16

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
}

function optionsOf({ realm, scope, kem }: GrantPlace, s: Secret, random: RandomBytes): HandshakeOptions {
  const prologue = concatBytes(utf8ToBytes("wek1"), fromHex(realm, 20) as Uint8Array, scope)
  return { pattern: kem === undefined ? "IK" : "IKpsk2", prologue, s, random }
}

/** @param s own static X25519 key, the one of the package @param agentKey the agent's, of its announcement: 32 bytes */
export function requestGrant(
  place: GrantPlace,
  content: Pick<GrantRequest, "role" | "instance" | "time" | "about"> & { readonly keyPackage: Uint8Array },
  s: Secret,
  agentKey: Uint8Array,
  random: RandomBytes,
): PendingGrant {
  const { role, instance, keyPackage, time, about } = content
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
  ])
  return { bytes: encodeCbor([VERSION, handshake.writeMessage(payload)]), handshake, hybrid }
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
  const fields = new Fields(payload, "a grant request", [kem === undefined ? 8 : 9])
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
  const { announcement, tick, instance, epoch, secrets } = grant
  const members = grant.members.map((m) => [bytesOf(m.instance), ROLES[m.role].wire, m.chain])
  const told = [announcement, tick, bytesOf(instance), epoch]
  const path = grant.path === undefined ? [] : [grant.path]
  const rest = encodeCbor([told, members]).length + (grant.path?.length ?? 0)
  const body = encodeCborWithin(rest + secrets.length * SECRET_BYTES + MAX_HEADS, [
    ...told,
    secrets.map((secret) => secret.expose()),
    members,
    ...path,
  ])
  const head = secondMessage(received, [GRANTED])
  const transport = received.handshake.split()
  const pieces = piecesOf(body).map((piece) => transport.send.encryptWithAd(new Uint8Array(), piece))
  body.fill(0)
  wipeTransport(transport)
  return encodeCbor([VERSION, ...head, ...pieces])
}

/** A refusal that the requester can believe, and nobody else can read: one of our codes. */
export function denyGrant(received: ReceivedRequest, code: ErrorCode): Uint8Array {
  const head = secondMessage(received, [DENIED, code])
  received.handshake.wipe()
  return encodeCbor([VERSION, ...head])
}

/** The grant, or throws the agent's denial: `keys.agreement` for whatever is not the agent's answer to this request. */
export function readAnswer(bytes: Uint8Array, pending: PendingGrant): Grant {
  const { handshake, hybrid } = pending
  const first = hybrid === undefined ? 2 : 3
  const lengths = Array.from({ length: MAX_PIECES }, (_, i) => i + first)
  const outer = new Fields(bytes, "a grant", lengths)
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
  head.constant(0, GRANTED, "verdict")
  const transport = handshake.split()
  const pieces = outer.all
    .slice(first)
    .map((_, i) => transport.receive.decryptWithAd(new Uint8Array(), outer.bytes(first + i, "piece")))
  wipeTransport(transport)
  const body = concatBytes(...pieces)
  for (const piece of pieces) piece.fill(0)
  try {
    return parseGrant(body)
  } finally {
    body.fill(0)
  }
}

function parseGrant(body: Uint8Array): Grant {
  const fields = new Fields(body, "a grant", [6, 7])
  const secrets = fields.list(4, "secrets", MAX_SECRETS)
  return {
    announcement: fields.bytes(0, "announcement"),
    tick: fields.bytes(1, "tick"),
    instance: toHex(fields.bytes(2, "instance", 8)),
    epoch: fields.count(3, "epoch"),
    secrets: secrets.map((secret) => {
      if (!(secret instanceof Uint8Array) || secret.length !== 32) throw fields.malformed("a secret is not 32 bytes")
      const kept = new Secret(secret)
      secret.fill(0)
      return kept
    }),
    members: fields.list(5, "members", MAX_MEMBERS).map((member) => {
      const [instance, wire, chain]: unknown[] = Array.isArray(member) && member.length === 3 ? member : []
      const role = roleOfWire(wire)
      if (!(instance instanceof Uint8Array) || instance.length !== 8 || role === undefined || typeof chain !== "string")
        throw fields.malformed("a member is no list of instance, role and chain")
      return { instance: toHex(instance), role, chain }
    }),
    ...(fields.all.length === 6 ? {} : { path: fields.bytes(6, "path") }),
  }
}

/** The agent's own word may only be a code of the closed list about trust or keys; anything else is a plain refusal. */
function denied(code: unknown): E2eeError {
  const known =
    typeof code === "string" &&
    Object.hasOwn(ERROR_CODES, code) &&
    /^(trust|certificate|attestation)\.|^keys\.policy$/.test(code)
  const ours = known ? (code as ErrorCode) : "keys.grant_refused"
  return new E2eeError(ours, `the key agent refused a grant to this identity: ${ERROR_CODES[ours]}`)
}

function piecesOf(body: Uint8Array): Uint8Array[] {
  const size = MAX_NOISE_MESSAGE - TAG_BYTES
  const pieces: Uint8Array[] = []
  for (let at = 0; at < body.length; at += size) pieces.push(body.subarray(at, at + size))
  return pieces
}

function wipeTransport({ send, receive }: Transport): void {
  send.wipe()
  receive.wipe()
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
