import { equalBytes, fromHex, toHex, type Hex } from "../../core/bytes.ts"
import { E2eeError } from "../../core/errors.ts"
import { attributesFor, parseAttributes, type PassthruMessage } from "../../payload/attributes.ts"
import {
  correlationOf,
  decodeFrame,
  encodeFrame,
  FLAG,
  KIND,
  type Frame,
  type FrameHeader,
  type Kind,
} from "../../payload/frame.ts"
import type { DataKey } from "../../keys/schedule.ts"
import type { RandomBytes } from "../../payload/cipher.ts"
import { LIMITS } from "../../payload/limits.ts"
import { pad, unpad } from "../../payload/padding.ts"
import type { Profile } from "../../payload/profile.ts"
import type { ReplayWindows } from "./replay.ts"

/** An application's arguments, as WAMP has them. */
export interface Arguments {
  readonly args: readonly unknown[]
  readonly kwargs: Readonly<Record<string, unknown>>
}

/** What a message is: bound into key or authenticator, and compared by its receiver. */
export interface Place {
  readonly kind: Kind
  readonly uri: string
  /** Of the request, in results, errors and the further parts of a call. */
  readonly correlation?: Uint8Array | undefined
  /** The error's URI, in errors: needed to seal one; to open one, only where it was told outside as well. */
  readonly error?: string | undefined
  /** How many parts came before this one; 0 by default. */
  readonly part?: number | undefined
  /** Whether more parts follow. By default none do when sealing, and either is taken when opening. */
  readonly more?: boolean | undefined
  /** The one callee that is meant, 8 bytes: to be sealed in a call. What names another than us is refused. */
  readonly to?: Hex | undefined
}

/** What an authenticator covers beside the message's place: bytes as sent, so that no question of encoding arises. */
export interface Covered {
  readonly keyId: string
  readonly nonce: Uint8Array
  readonly headerBytes: Uint8Array
  readonly restHash: Uint8Array
}

export interface Sealed extends PassthruMessage {
  /** 16 bytes by which the answer to this message names it. */
  readonly correlation: Uint8Array
}

export interface SealOptions extends Place {
  readonly profile: Profile
  readonly key: DataKey
  readonly instance: Hex
  readonly sequence: number
  /** POSIX milliseconds. */
  readonly now: number
  readonly random: RandomBytes
  /** Marks an event that the router is to keep for later subscribers. */
  readonly retained?: boolean | undefined
  /** Shows who made the message: a signature (64 bytes) or a key commitment (32). */
  readonly authenticate: (covered: Covered) => Uint8Array
}

/** Seals one message: authenticated inside, encrypted, with its passthru attributes. */
export function seal({ args, kwargs }: Arguments, options: SealOptions): Sealed {
  const { profile, key, correlation, error, part = 0, more = false } = options
  const nonce = options.random(profile.cipher.nonceBytes)
  const header: FrameHeader = {
    flags: (more ? FLAG.progress : FLAG.final) | (options.retained ? FLAG.retained : 0),
    sequence: options.sequence,
    time: options.now,
    instance: fromHex(options.instance, 8) as Uint8Array,
    ...(correlation === undefined ? {} : { correlation }),
    ...(error === undefined ? {} : { error }),
    ...(part === 0 && !more ? {} : { part }),
    ...(options.to === undefined ? {} : { to: fromHex(options.to, 8) as Uint8Array }),
  }
  const authenticate = (headerBytes: Uint8Array, restHash: Uint8Array): Uint8Array =>
    options.authenticate({ keyId: key.keyId, nonce, headerBytes, restHash })
  const { serializer, compression } = profile
  const { bytes, headerBytes } = encodeFrame(serializer, header, args, kwargs, authenticate, compression)
  return {
    attributes: { ...attributesFor(profile, key.keyId) },
    payload: box(profile, key, nonce, bytes),
    correlation: correlationOf(nonce, headerBytes),
  }
}

/** A serialised payload, padded where its scope has it so, in its box. */
export function box(profile: Profile, { key }: DataKey, nonce: Uint8Array, bytes: Uint8Array): Uint8Array {
  return profile.cipher.seal(key, nonce, profile.padding ? pad(bytes, LIMITS.bytes - profile.cipher.overhead) : bytes)
}

/** What {@link box} made, opened with the key that its attributes name. */
export function unbox<Key extends DataKey>(
  message: PassthruMessage,
  profile: Profile,
  uri: string,
  find: (keyId: string) => Key | undefined,
): { key: Key; nonce: Uint8Array; bytes: Uint8Array } {
  const keyId = parseAttributes(profile, message.attributes)
  const key = find(keyId)
  if (key === undefined) {
    throw new E2eeError("keys.unknown_key", `no key ${keyId} is held for ${uri}; its sender has another, or no grant`)
  }
  const { nonce, plaintext } = profile.cipher.open(key.key, message.payload)
  return { key, nonce, bytes: profile.padding ? unpad(plaintext) : plaintext }
}

export interface OpenOptions<Key extends DataKey, Sender> extends Place {
  readonly profile: Profile
  /** The key with exactly that id for this kind and URI, if it is held; no other is ever tried. */
  readonly find: (keyId: string) => Key | undefined
  /** Who made the message. Throws unless its authenticator shows it. */
  readonly verify: (frame: Frame, covered: Covered, key: Key, bytes: Uint8Array) => Sender
  readonly now: number
  /** Allowed difference of clocks, and age of a message, in milliseconds. */
  readonly skew: number
  readonly replay: ReplayWindows
  /** How much older a retained event may be, in milliseconds; 0 by default. */
  readonly history?: number
  /** Own instance: a message of our own that comes back is a reflection. */
  readonly self: Hex
}

export interface Opened<Sender> extends Arguments {
  readonly sender: Sender
  /** Of the key that it was sealed with. */
  readonly keyId: string
  readonly correlation: Uint8Array
  /** POSIX milliseconds. */
  readonly time: number
  /** The sender's life, 8 bytes. */
  readonly instance: Hex
  /** Whether more parts follow. */
  readonly more: boolean
  /** The error's URI, in errors. */
  readonly error: string | undefined
  /** Whether its publisher had the router keep it for later subscribers. */
  readonly retained: boolean
  /** What can be shown to others, where its sender signed it for that. */
  readonly evidence?: () => Uint8Array
}

/** Opens one message and checks all that ties it to its place. Throws a coded error; nothing is released before. */
export function open<Key extends DataKey, Sender>(
  message: PassthruMessage,
  options: OpenOptions<Key, Sender>,
): Opened<Sender> {
  const { profile, kind, uri } = options
  const { key, nonce, bytes } = unbox(message, profile, uri, options.find)
  const frame = decodeFrame(profile.serializer, bytes, profile.compression)
  const { header, headerBytes, restHash } = frame
  const instance = toHex(header.instance)
  if (instance === options.self) throw misplaced("a message of our own came back")
  if (header.to !== undefined && toHex(header.to) !== options.self) throw misplaced("it is for another callee")
  const sender = options.verify(frame, { keyId: key.keyId, nonce, headerBytes, restHash }, key, bytes)
  const more = (header.flags & FLAG.progress) !== 0
  const retained = (header.flags & FLAG.retained) !== 0
  const known = (more ? FLAG.progress : FLAG.final) | (retained ? FLAG.retained : 0)
  if (header.flags !== known || (retained && kind !== KIND.event)) throw misplaced("its flags are unknown")
  comparePlaces(header, options, more)
  const age = options.now - header.time
  if (Math.abs(age) > options.skew && !(retained && age > 0 && age <= options.skew + (options.history ?? 0))) {
    throw new E2eeError(
      "payload.stale",
      `a message is ${options.now - header.time} ms old; expected within ${options.skew}; check both clocks`,
    )
  }
  if (!options.replay.accept(`${key.keyId} ${kind}`, instance, header.sequence)) {
    throw new E2eeError("payload.replay", `message ${header.sequence} of ${instance} was seen before or is too old`)
  }
  // Compressed ones are inflated here, once everything about their sender held.
  const { args, kwargs } = frame
  const correlation = correlationOf(nonce, headerBytes)
  const { time, error } = header
  return { args, kwargs, sender, keyId: key.keyId, correlation, time, instance, more, error, retained }
}

function comparePlaces(header: FrameHeader, place: Place, more: boolean): void {
  const { kind, correlation } = place
  const answers = kind === KIND.result || kind === KIND.error
  if (correlation === undefined && !answers) {
    if (header.correlation !== undefined) throw misplaced("it is an answer or a later part, not a request")
  } else if (header.correlation === undefined || !equalBytes(header.correlation, correlation ?? new Uint8Array()))
    throw misplaced("it belongs to another request")
  if ((header.error !== undefined) !== (kind === KIND.error)) throw misplaced("errors alone name one")
  if (place.error !== undefined && header.error !== place.error) throw misplaced("its error URI was changed on the way")
  if (place.more !== undefined && more !== place.more)
    throw misplaced(more ? "it is one part, not the whole" : "it is the whole or the end, not one part")
  const { part = 0 } = place
  if ((header.part ?? 0) === part) return
  throw new E2eeError("payload.incomplete", `part ${header.part ?? 0} of ${place.uri} came where part ${part} was next`)
}

export function misplaced(why: string): E2eeError {
  return new E2eeError("payload.context", `a message is not what its place asks for: ${why}`)
}
