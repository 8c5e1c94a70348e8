import { expand, extract } from "@noble/hashes/hkdf.js"
import { sha256 } from "@noble/hashes/sha2.js"
import { concatBytes, fromHex, toHex, utf8ToBytes, type Hex } from "../core/bytes.ts"
import { signLabelled, verifyLabelled } from "../core/ed25519.ts"
import { ERROR_CODES, E2eeError, type ErrorCode } from "../core/errors.ts"
import { Secret } from "../core/secret.ts"
import { x25519PublicKey, x25519SharedSecret } from "../core/x25519.ts"
import { decodeCbor, encodeCbor } from "../payload/cbor.ts"
import { secretbox, type RandomBytes } from "../payload/cipher.ts"
import { ROLES, roleOfWire, type Role } from "./roles.ts"

/**
 * The key grant: one WAMP call in which two endpoints show their chains and agree on a key by X25519, each signing
 * what was said with the Ed25519 key that its certificate names (CCR-13):
 *
 *   request  = [1, scope id, role, instance, time, ephemeral, chain, signature over all before]
 *   response = [1, instance, time, ephemeral, chain, box, signature over SHA-256(request) and all before]
 *   denial   = [0, instance, time, chain, code, signature likewise]
 *
 * The box holds the secret, sealed under HKDF(X25519(ephemerals), SHA-256(transcript)). Nothing of it is secret from
 * the router but the box; a replayed request yields a box that only its maker can open.
 */
export interface GrantRequest {
  readonly scope: Uint8Array
  readonly role: Role
  readonly instance: Hex
  readonly time: number
  readonly ephemeral: Uint8Array
  /** JSON of the specification's form. Unverified. */
  readonly chain: string
}

/** What a granted member holds: the secret of its branch (reader) or of itself below it (writer). */
export interface Grant {
  readonly announcement: Uint8Array
  readonly secret: Secret
  /** Members of the other side, as `[instance, role, chain]`: unverified until the receiver judged each. */
  readonly members: readonly { readonly instance: Hex; readonly role: Role; readonly chain: string }[]
}

const REQUEST_LABEL = "wek1 grant request"
const RESPONSE_LABEL = "wek1 grant response"
const VERSION = 1
const DENIAL = 0
/** Members passed on in one grant at most: the newest. */
export const MAX_MEMBERS = 256

/** Who speaks: its chain, its instance (8 bytes) and the Ed25519 key that the chain names. */
export interface Speaker {
  readonly chain: string
  readonly instance: Hex
  readonly csKey: Secret
}

export interface PendingGrant {
  readonly bytes: Uint8Array
  readonly ephemeral: Secret
}

export function requestGrant(
  speaker: Speaker,
  scope: Uint8Array,
  role: Role,
  time: number,
  random: RandomBytes,
): PendingGrant {
  const ephemeral = new Secret(random(32))
  const publicKey = x25519PublicKey(ephemeral)
  const fields = [VERSION, scope, ROLES[role].wire, bytesOf(speaker.instance), time, publicKey, speaker.chain]
  const signature = signLabelled(REQUEST_LABEL, sha256(encodeCbor(fields)), speaker.csKey)
  return { bytes: encodeCbor([...fields, signature]), ephemeral }
}

/** Parses a stranger's request; its signature is checked by {@link checkRequest} once its chain is known. */
export function parseRequest(bytes: Uint8Array): GrantRequest {
  const fields = decodeFields(bytes, 8)
  const [version, scope, wire, instance, time, ephemeral, chain]: unknown[] = fields
  const role = roleOfWire(wire)
  if (version !== VERSION || role === undefined) throw malformed("its version or role is unknown")
  return {
    role,
    scope: bytesField(scope, 32, "scope"),
    instance: toHex(bytesField(instance, 8, "instance")),
    time: countField(time, "time"),
    ephemeral: bytesField(ephemeral, 32, "ephemeral"),
    chain: textField(chain, "chain"),
  }
}

/** Throws `trust.possession` unless `csPubKey` signed the request: the proof of possession that CCR-13 asks for. */
export function checkRequest(bytes: Uint8Array, csPubKey: Hex): void {
  const fields = decodeFields(bytes, 8)
  const signed = sha256(encodeCbor(fields.slice(0, -1)))
  checkSignature(REQUEST_LABEL, signed, fields.at(-1), csPubKey, "trust.possession")
}

export function answerGrant(
  speaker: Speaker,
  requestBytes: Uint8Array,
  request: GrantRequest,
  grant: Grant,
  time: number,
  random: RandomBytes,
): Uint8Array {
  const ephemeral = new Secret(random(32))
  const publicKey = x25519PublicKey(ephemeral)
  const head = [VERSION, bytesOf(speaker.instance), time, publicKey, speaker.chain]
  const key = agree(ephemeral, request.ephemeral, transcript(requestBytes, head))
  const members = grant.members.slice(-MAX_MEMBERS).map((m) => [bytesOf(m.instance), ROLES[m.role].wire, m.chain])
  const body = encodeCbor([grant.announcement, grant.secret.expose(), members])
  const box = secretbox.seal(key, random(secretbox.nonceBytes), body)
  body.fill(0)
  key.wipe()
  ephemeral.wipe()
  return signedAnswer(speaker, requestBytes, [...head, box])
}

/** A refusal that the requester can believe: signed by the agent, naming one of our codes. */
export function denyGrant(speaker: Speaker, requestBytes: Uint8Array, code: ErrorCode, time: number): Uint8Array {
  return signedAnswer(speaker, requestBytes, [DENIAL, bytesOf(speaker.instance), time, speaker.chain, code])
}

/** An agent's answer whose chain is not yet judged. */
export interface Answer {
  readonly instance: Hex
  readonly time: number
  readonly chain: string
  /** Checks the signature with the key that the chain names: before trust is asked. Throws `keys.agreement`. */
  readonly check: (csPubKey: Hex) => void
  /** The grant, or throws the agent's denial: only once the chain is verified and the signature checked. */
  readonly open: () => Grant
}

export function parseAnswer(bytes: Uint8Array, pending: PendingGrant): Answer {
  const kind = decodeFields(bytes)[0]
  if (kind === DENIAL) {
    const [, instance, time, chain, code, signature] = decodeFields(bytes, 6)
    return {
      instance: toHex(bytesField(instance, 8, "instance")),
      time: countField(time, "time"),
      chain: textField(chain, "chain"),
      check: (csPubKey) => checkAnswer(pending.bytes, [kind, instance, time, chain, code], signature, csPubKey),
      open: () => {
        throw denied(code)
      },
    }
  }
  if (kind !== VERSION) throw malformed("its version is unknown")
  const [, instance, time, ephemeral, chain, box, signature] = decodeFields(bytes, 7)
  const peer = bytesField(ephemeral, 32, "ephemeral")
  const head = [kind, instance, time, ephemeral, chain]
  return {
    instance: toHex(bytesField(instance, 8, "instance")),
    time: countField(time, "time"),
    chain: textField(chain, "chain"),
    check: (csPubKey) => checkAnswer(pending.bytes, [...head, box], signature, csPubKey),
    open: () => {
      const key = agree(pending.ephemeral, peer, transcript(pending.bytes, head))
      pending.ephemeral.wipe()
      if (!(box instanceof Uint8Array)) throw malformed("its box is no bytes")
      return parseGrant(secretbox.open(key, box).plaintext)
    },
  }
}

function parseGrant(plaintext: Uint8Array): Grant {
  const [announcement, secret, members] = decodeFields(plaintext, 3)
  if (!Array.isArray(members) || members.length > MAX_MEMBERS) throw malformed("its members are no list of its length")
  return {
    announcement: bytesField(announcement, 32, "announcement"),
    secret: new Secret(bytesField(secret, 32, "secret")),
    members: members.map((member: unknown) => {
      if (!Array.isArray(member) || member.length !== 3) throw malformed("a member is no list of 3")
      const [instance, wire, chain]: unknown[] = member
      const role = roleOfWire(wire)
      if (role === undefined) throw malformed("a member's role is unknown")
      return { instance: toHex(bytesField(instance, 8, "instance")), role, chain: textField(chain, "chain") }
    }),
  }
}

/** The agent's own word may only be a code of the closed list about trust or keys; anything else is a plain refusal. */
function denied(code: unknown): E2eeError {
  const known = typeof code === "string" && Object.hasOwn(ERROR_CODES, code) && /^(trust|certificate)\./.test(code)
  const ours = known ? (code as ErrorCode) : "keys.grant_refused"
  return new E2eeError(ours, `the key agent refused a grant to this identity: ${ERROR_CODES[ours]}`)
}

function signedAnswer(speaker: Speaker, requestBytes: Uint8Array, fields: unknown[]): Uint8Array {
  const signature = signLabelled(RESPONSE_LABEL, transcript(requestBytes, fields), speaker.csKey)
  return encodeCbor([...fields, signature])
}

function checkAnswer(requestBytes: Uint8Array, fields: unknown[], signature: unknown, csPubKey: Hex): void {
  checkSignature(RESPONSE_LABEL, transcript(requestBytes, fields), signature, csPubKey, "keys.agreement")
}

function checkSignature(
  label: string,
  message: Uint8Array,
  signature: unknown,
  csPubKey: Hex,
  code: "trust.possession" | "keys.agreement",
): void {
  if (signature instanceof Uint8Array && verifyLabelled(label, message, signature, csPubKey)) return
  throw new E2eeError(code, `the ${label.slice(5)} is not signed by ${csPubKey}, the key of its certificate`)
}

function transcript(requestBytes: Uint8Array, fields: unknown[]): Uint8Array {
  return sha256(concatBytes(sha256(requestBytes), encodeCbor(fields)))
}

function agree(own: Secret, peer: Uint8Array, salt: Uint8Array): Secret {
  const shared = x25519SharedSecret(own, peer)
  const key = new Secret(expand(sha256, extract(sha256, shared.expose(), salt), utf8ToBytes("wek1 grant key"), 32))
  shared.wipe()
  return key
}

function decodeFields(bytes: Uint8Array, length?: number): unknown[] {
  let fields: unknown
  try {
    fields = decodeCbor(bytes)
  } catch (cause) {
    throw new E2eeError("keys.grant_malformed", "a grant message is not CBOR of this profile", { cause })
  }
  if (!Array.isArray(fields) || (length !== undefined && fields.length !== length)) {
    throw malformed(`it is no list${length === undefined ? "" : ` of ${length}`}`)
  }
  return fields
}

function bytesField(value: unknown, length: number, name: string): Uint8Array {
  if (!(value instanceof Uint8Array) || value.length !== length) throw malformed(`its ${name} is not ${length} bytes`)
  return Uint8Array.from(value)
}

function countField(value: unknown, name: string): number {
  if (typeof value !== "number" || !Number.isSafeInteger(value) || value < 0) throw malformed(`its ${name} is no count`)
  return value
}

function textField(value: unknown, name: string): string {
  if (typeof value !== "string") throw malformed(`its ${name} is no text`)
  return value
}

function bytesOf(hex: Hex): Uint8Array {
  return fromHex(hex) ?? new Uint8Array()
}

function malformed(why: string): E2eeError {
  return new E2eeError("keys.grant_malformed", `a grant message is not of its form: ${why}`)
}
