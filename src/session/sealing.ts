import { sha256 } from "@noble/hashes/sha2.js"
import { concatBytes, equalBytes, fromHex, toHex, utf8ToBytes, type Hex } from "../core/bytes.ts"
import { signLabelled, verifyLabelled } from "../core/ed25519.ts"
import { E2eeError } from "../core/errors.ts"
import type { Secret } from "../core/secret.ts"
import type { FoundKey, Keyring } from "../keys/keyring.ts"
import type { Member } from "../keys/member.ts"
import { messageContext } from "../keys/schedule.ts"
import { attributesFor, parseAttributes, type PassthruMessage } from "../payload/attributes.ts"
import { correlationOf, decodeFrame, encodeFrame, FLAG, KIND, type FrameHeader, type Kind } from "../payload/frame.ts"
import type { RandomBytes } from "../payload/cipher.ts"
import { LIMITS } from "../payload/limits.ts"
import { pad, unpad } from "../payload/padding.ts"
import type { Profile } from "../payload/profile.ts"
import type { ReplayWindows } from "./replay.ts"

const SIGNATURE_LABEL = "wek1 sig"

/** An application's arguments, as WAMP has them. */
export interface Arguments {
  readonly args: readonly unknown[]
  readonly kwargs: Readonly<Record<string, unknown>>
}

export interface Sealed extends PassthruMessage {
  /** 16 bytes by which the answer to this message names it. */
  readonly correlation: Uint8Array
}

export interface SealOptions {
  readonly profile: Profile
  readonly kind: Kind
  readonly uri: string
  /** Ring of the branch, and the key within it. */
  readonly ring: Keyring
  readonly key: FoundKey
  readonly csKey: Secret
  readonly instance: Hex
  readonly sequence: number
  /** POSIX milliseconds. */
  readonly now: number
  readonly random: RandomBytes
  /** Of the request, in results and errors. */
  readonly correlation?: Uint8Array
  /** The error's URI, in errors. */
  readonly error?: string
}

/** Seals one message: signed inside, encrypted, with its passthru attributes. */
export function seal({ args, kwargs }: Arguments, options: SealOptions): Sealed {
  const { profile, ring, key, kind, uri } = options
  const nonce = options.random(profile.cipher.nonceBytes)
  const header: FrameHeader = {
    flags: FLAG.final,
    sequence: options.sequence,
    time: options.now,
    instance: fromHex(options.instance, 8) as Uint8Array,
    ...(options.correlation === undefined ? {} : { correlation: options.correlation }),
    ...(options.error === undefined ? {} : { error: options.error }),
  }
  const context = messageContext(ring.announcement, ring.realm, kind, uri, key.writer)
  const { bytes, headerBytes } = encodeFrame(profile.serializer, header, args, kwargs, (headerBytes, restHash) =>
    signLabelled(SIGNATURE_LABEL, signedBytes(context, key.keyId, nonce, headerBytes, restHash), options.csKey),
  )
  const plaintext = profile.padding ? pad(bytes, LIMITS.bytes - profile.cipher.overhead) : bytes
  const payload = profile.cipher.seal(key.key, nonce, plaintext)
  return {
    attributes: { ...attributesFor(profile, key.keyId) },
    payload,
    correlation: correlationOf(nonce, headerBytes),
  }
}

export interface OpenOptions {
  readonly profile: Profile
  readonly kind: Kind
  readonly uri: string
  readonly ring: Keyring
  readonly now: number
  /** Allowed difference of clocks, and age of a message, in milliseconds. */
  readonly skew: number
  readonly replay: ReplayWindows
  /** Own instance: a message of our own that comes back is a reflection. */
  readonly self: Hex
  /** Of our request, where this must be its answer. */
  readonly correlation?: Uint8Array
  /** URI that the ERROR message carried in the clear. */
  readonly error?: string
}

export interface Opened extends Arguments {
  readonly sender: Member
  readonly writer: Hex
  readonly correlation: Uint8Array
  readonly time: number
}

/** No member of that instance is known (yet): a grant may tell of it. */
export class UnknownSender extends E2eeError {
  override readonly name = "UnknownSender"

  constructor(instance: Hex) {
    super("keys.unknown_key", `a message names the sender ${instance}, who is no known member of its scope`)
  }
}

/** Opens one message and checks all that ties it to its place. Throws a coded error; nothing is released before. */
export function open(message: PassthruMessage, options: OpenOptions): Opened {
  const { profile, ring, kind, uri } = options
  const keyId = parseAttributes(profile, message.attributes)
  const key = ring.find(keyId, kind, uri)
  if (key === undefined) {
    throw new E2eeError("keys.unknown_key", `no key ${keyId} is held for ${uri}; its sender has another, or no grant`)
  }
  const { nonce, plaintext } = profile.cipher.open(key.key, message.payload)
  const frame = decodeFrame(profile.serializer, profile.padding ? unpad(plaintext) : plaintext)
  const { header } = frame
  const instance = toHex(header.instance)
  if (instance === options.self) throw context("a message of our own came back")
  const sender = ring.member(instance)
  if (sender === undefined) throw new UnknownSender(instance)
  const toOurCall = kind === KIND.result || kind === KIND.error
  // Events and calls speak for the writer below whose secret their key lies; answers may come from any callee.
  if (!toOurCall && sender.delegate.csPubKey !== key.writer) throw context("its sender is not the writer of its key")
  const covered = signedBytes(
    messageContext(ring.announcement, ring.realm, kind, uri, key.writer),
    keyId,
    nonce,
    frame.headerBytes,
    frame.restHash,
  )
  if (!verifyLabelled(SIGNATURE_LABEL, covered, frame.signature, sender.delegate.csPubKey)) {
    throw new E2eeError(
      "payload.signature",
      `a message for ${uri} is not signed by ${sender.delegate.address}, whom it names`,
    )
  }
  if (toOurCall) {
    const wanted = options.correlation ?? new Uint8Array()
    if (header.correlation === undefined || !equalBytes(header.correlation, wanted))
      throw context("it answers another request")
  } else if (header.correlation !== undefined) throw context("it is an answer, not a request")
  if (header.error !== options.error) throw context("its error URI was changed on the way")
  if ((header.flags & FLAG.final) === 0) throw context("it is one part of an answer, not the whole")
  if (Math.abs(options.now - header.time) > options.skew) {
    throw new E2eeError(
      "payload.stale",
      `a message is ${options.now - header.time} ms old; expected within ${options.skew}; check both clocks`,
    )
  }
  if (!options.replay.accept(`${keyId} ${instance}`, header.sequence)) {
    throw new E2eeError("payload.replay", `message ${header.sequence} of ${instance} was seen before or is too old`)
  }
  return {
    args: frame.args,
    kwargs: frame.kwargs,
    sender,
    writer: key.writer,
    correlation: correlationOf(nonce, frame.headerBytes),
    time: header.time,
  }
}

/** Bytes as sent are covered, so that no question of canonical encoding arises (keys.md, "Formats"). */
function signedBytes(
  context: Uint8Array,
  keyId: string,
  nonce: Uint8Array,
  headerBytes: Uint8Array,
  restHash: Uint8Array,
): Uint8Array {
  return concatBytes(context, utf8ToBytes(keyId), nonce, sha256(headerBytes), restHash)
}

function context(why: string): E2eeError {
  return new E2eeError("payload.context", `a message is not what its place asks for: ${why}`)
}
