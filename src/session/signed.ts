import { sha256 } from "@noble/hashes/sha2.js"
import { concatBytes, toHex, utf8ToBytes, type Hex } from "../core/bytes.ts"
import { signLabelled, verifyLabelled } from "../core/ed25519.ts"
import { E2eeError } from "../core/errors.ts"
import type { Secret } from "../core/secret.ts"
import type { FoundKey, Keyring } from "../keys/keyring.ts"
import type { Member } from "../keys/member.ts"
import { messageContext } from "../keys/schedule.ts"
import type { PassthruMessage } from "../payload/attributes.ts"
import { KIND, type Frame } from "../payload/frame.ts"
import {
  misplaced,
  open,
  seal,
  type Arguments,
  type Covered,
  type Opened,
  type OpenOptions,
  type Place,
  type Sealed,
  type SealOptions,
} from "./sealing.ts"

const SIGNATURE_LABEL = "wek1 sig"

/** No member of that instance is known (yet): a grant may tell of it. */
export class UnknownSender extends E2eeError {
  override readonly name = "UnknownSender"

  constructor(instance: Hex) {
    super("keys.unknown_key", `a message names the sender ${instance}, who is no known member of its scope`)
  }
}

export interface SignedSealOptions extends Omit<SealOptions, "authenticate"> {
  /** Ring of the branch, and the key within it. */
  readonly ring: Keyring
  readonly key: FoundKey
  readonly csKey: Secret
}

/** Mode `sig`: seals a message with its sender's Ed25519 signature inside. */
export function sealSigned(payload: Arguments, options: SignedSealOptions): Sealed {
  const context = contextOf(options.ring, options, options.key.writer)
  const authenticate = (covered: Covered): Uint8Array =>
    signLabelled(SIGNATURE_LABEL, signedBytes(covered, context), options.csKey)
  return seal(payload, { ...options, authenticate })
}

export interface SignedOpenOptions extends Omit<OpenOptions<FoundKey, Member>, "find" | "verify"> {
  readonly ring: Keyring
}

/** Opens what {@link sealSigned} made. Throws {@link UnknownSender} or a coded error. */
export function openSigned(message: PassthruMessage, options: SignedOpenOptions): Opened<Member> {
  const { ring, kind, uri } = options
  return open<FoundKey, Member>(message, {
    ...options,
    find: (keyId) => ring.find(keyId, kind, uri),
    verify: (frame, covered, key) => verify(frame, covered, options, ring, key),
  })
}

/** The member that signed a message. */
function verify(frame: Frame, covered: Covered, place: Place, ring: Keyring, key: FoundKey): Member {
  const instance = toHex(frame.header.instance)
  const sender = ring.member(instance)
  if (sender === undefined) throw new UnknownSender(instance)
  const { csPubKey, address } = sender.delegate
  const answers = place.kind === KIND.result || place.kind === KIND.error
  // Events and calls speak for the writer below whose secret their key lies; answers may come from any callee.
  if (!answers && csPubKey !== key.writer) throw misplaced("its sender is not the writer of its key")
  const bytes = signedBytes(covered, contextOf(ring, place, key.writer))
  if (verifyLabelled(SIGNATURE_LABEL, bytes, frame.authenticator, csPubKey)) return sender
  throw new E2eeError("payload.signature", `a message for ${place.uri} is not signed by ${address}, whom it names`)
}

function contextOf(ring: Keyring, { kind, uri }: Place, writer: Hex): Uint8Array {
  return messageContext(ring.announcement, ring.realm, kind, uri, writer)
}

/** Bytes as sent are covered, so that no question of canonical encoding arises (keys.md, "Formats"). */
function signedBytes({ keyId, nonce, headerBytes, restHash }: Covered, context: Uint8Array): Uint8Array {
  return concatBytes(context, utf8ToBytes(keyId), nonce, sha256(headerBytes), restHash)
}
