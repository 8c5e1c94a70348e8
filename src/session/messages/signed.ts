import { sha256 } from "@noble/hashes/sha2.js"
import { concatBytes, toHex, utf8ToBytes, type Hex } from "../../core/bytes.ts"
import { signLabelled, verifyLabelled } from "../../core/ed25519.ts"
import { E2eeError } from "../../core/errors.ts"
import type { Secret } from "../../core/secret.ts"
import { verifyDisclosed, type DisclosedKeys } from "../../keys/disclosure.ts"
import type { FoundKey, Keyring } from "../../keys/keyring.ts"
import type { Member } from "../../keys/member.ts"
import type { Mode } from "../../keys/policy.ts"
import { SENDER_OF } from "../../keys/roles.ts"
import { messageContext } from "../../keys/schedule.ts"
import type { PassthruMessage } from "../../payload/attributes.ts"
import { KIND, type Frame } from "../../payload/frame.ts"
import { encodeEvidence } from "./evidence.ts"
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

export const SIGNATURE_LABEL = "wek1 sig"

/** No member of that instance is known (yet) to make such messages: a grant may tell of it. */
export class UnknownSender extends E2eeError {
  override readonly name = "UnknownSender"
  readonly instance: Hex

  constructor(instance: Hex) {
    super("keys.unknown_key", `a message names the sender ${instance}, who is no known member of its scope`)
    this.instance = instance
  }
}

/** A key and the ring that it is of. */
export type LocatedKey = FoundKey & { readonly ring: Keyring }

export interface GrantedSealOptions extends Omit<SealOptions, "authenticate"> {
  readonly mode: Mode
  readonly key: LocatedKey
  readonly csKey: Secret
  /** Signing keys of the generation, in mode `dsig`. */
  readonly disclosed?: DisclosedKeys | undefined
}

/** Seals a message under a granted key, so that its receivers know who made it, as the scope's mode has it. */
export function sealGranted(payload: Arguments, options: GrantedSealOptions): Sealed {
  const { mode, key, csKey, disclosed } = options
  const authenticate = (covered: Covered): Uint8Array => {
    // By its key alone: its writer and all readers have that, and each could have made the message.
    if (mode === "mac") return new Uint8Array()
    const bytes = signedBytes(covered, contextOf(options, key))
    if (mode === "sig") return signLabelled(SIGNATURE_LABEL, bytes, csKey)
    if (disclosed === undefined) throw new E2eeError("internal.invariant", "mode dsig without its signing keys")
    return disclosed.sign({ announcement: key.ring.announcement.hash, epoch: key.epoch }, bytes, csKey)
  }
  return seal(payload, { ...options, authenticate })
}

export interface GrantedOpenOptions extends Omit<OpenOptions<LocatedKey, Member>, "verify"> {
  readonly mode: Mode
}

/** Opens what {@link sealGranted} made. Throws {@link UnknownSender} or a coded error. */
export function openGranted(message: PassthruMessage, options: GrantedOpenOptions): Opened<Member> {
  let evidence: (() => Uint8Array) | undefined
  const opened = open<LocatedKey, Member>(message, {
    ...options,
    verify: (frame, covered, key, bytes) => {
      const sender = verify(frame, covered, options, key)
      if (options.mode === "sig") evidence = () => evidenceOf(sender, covered, options, key, bytes)
      return sender
    },
  })
  return evidence === undefined ? opened : { ...opened, evidence }
}

function evidenceOf(
  { chain }: Member,
  { keyId, nonce }: Covered,
  { kind, uri, profile }: GrantedOpenOptions,
  { ring, epoch, writer }: LocatedKey,
  frame: Uint8Array,
): Uint8Array {
  const { hash: announcement, generation, agent } = ring.announcement
  const [serializer, compression] = [profile.serializer.name, profile.compression?.name]
  const place = { announcement, realm: agent.realm, generation, epoch, kind, uri, writer }
  return encodeEvidence({ ...place, chain, keyId, nonce, serializer, compression, frame })
}

/** The member that made a message. */
function verify(frame: Frame, covered: Covered, place: GrantedOpenOptions, key: LocatedKey): Member {
  const sender = key.ring.members.get(toHex(frame.header.instance))
  // A reader has all that a writer needs, but for the word of the agent that it may be one.
  if (!sender?.roles.has(SENDER_OF[place.kind])) throw new UnknownSender(toHex(frame.header.instance))
  const { csPubKey, address } = sender.delegate
  const answers = place.kind === KIND.result || place.kind === KIND.error
  // Events and calls speak for the writer below whose secret their key lies; answers may come from any callee.
  if (!answers && csPubKey !== key.writer) throw misplaced("its sender is not the writer of its key")
  const { authenticator } = frame
  const bytes = signedBytes(covered, contextOf(place, key))
  const epoch = { announcement: key.ring.announcement.hash, epoch: key.epoch }
  const shown =
    place.mode === "mac"
      ? authenticator.length === 0
      : place.mode === "sig"
        ? verifyLabelled(SIGNATURE_LABEL, bytes, authenticator, csPubKey)
        : verifyDisclosed(authenticator, epoch, bytes, csPubKey)
  if (shown) return sender
  throw new E2eeError("payload.signature", `a message for ${place.uri} is not signed by ${address}, whom it names`)
}

function contextOf({ kind, uri }: Place, { ring, epoch, writer }: LocatedKey): Uint8Array {
  const { hash: announcement, generation, agent } = ring.announcement
  return messageContext({ realm: agent.realm, announcement, generation, epoch, kind, uri, writer })
}

/** Bytes as sent are covered, so that no question of canonical encoding arises (keys.md, "Formats"). */
export function signedBytes({ keyId, nonce, headerBytes, restHash }: Covered, context: Uint8Array): Uint8Array {
  return concatBytes(context, utf8ToBytes(keyId), nonce, sha256(headerBytes), restHash)
}
