// Sealed messages that a receiver has to refuse: changed by a router, carried elsewhere, or made by a dishonest member.
import { toHex } from "../../src/core/bytes.ts"
import type { ErrorCode } from "../../src/core/errors.ts"
import { KIND } from "../../src/payload/frame.ts"
import { deflate } from "../../src/payload/deflate.ts"
import { encodeCbor } from "../../src/payload/cbor.ts"
import { secretbox } from "../../src/payload/cipher.ts"
import type { PassthruMessage } from "../../src/payload/attributes.ts"
import type { GrantedSealOptions } from "../../src/session/messages/signed.ts"
import { selfOf } from "../../test/keys/parties.ts"
import { party } from "../../test/trust/chains.ts"
import { FORKED } from "./evidence.ts"
import {
  caseNamed,
  GENERATIONS,
  keyOf,
  messageNamed,
  nonceOf,
  ringsOf,
  sealAs,
  timeOf,
  type MessageCase,
} from "./messages.ts"
import type { Refused } from "./edit.ts"
import { fixed, MAC, SIG, type Made } from "./scene.ts"

/** Where a message is opened, as its receiver knows it; `self` is the receiver. */
function placeOf(one: MessageCase): Record<string, unknown> {
  const { generation, kind, uri, epoch, error = null, part = 0, more = false, answers } = one
  const answered = kind === "result" || kind === "error"
  return {
    generation,
    kind: KIND[kind],
    uri,
    epochs: [epoch],
    self: kind === "event" ? "subscriber" : answered ? "caller" : "callee",
    correlation: answers === undefined ? null : toHex(messageNamed(answers).correlation),
    error,
    part,
    more,
    now: timeOf(one),
    times: 1,
  }
}

const refuse = (code: ErrorCode, of: string, name: string, message: PassthruMessage, place: object = {}): Refused => ({
  name: `message: ${of}, ${name}`,
  what: "message",
  code,
  attributes: message.attributes,
  payload: toHex(message.payload),
  place: { ...placeOf(caseNamed(of)), ...place },
})
/** As it is, at another place. */
const elsewhere = (code: ErrorCode, of: string, name: string, place: object): Refused =>
  refuse(code, of, name, messageNamed(of), place)
/** As a dishonest member makes it. */
const made = (
  code: ErrorCode,
  of: string,
  name: string,
  changes: Partial<GrantedSealOptions>,
  content?: MessageCase["content"],
): Refused => refuse(code, of, name, sealAs({ ...caseNamed(of), ...(content && { content }) }, changes))
/** What else a box may hold. */
function boxed(code: ErrorCode, of: string, name: string, plaintext: Uint8Array): Refused {
  const one = caseNamed(of)
  const payload = secretbox.seal(keyOf(one).key, nonceOf(one), plaintext)
  return refuse(code, of, name, { attributes: messageNamed(of).attributes, payload })
}
const damaged = (of: string, at: number): PassthruMessage => {
  const { attributes, payload } = messageNamed(of)
  const changed = Uint8Array.from(payload)
  if (at >= changed.length) throw new RangeError(`${of} has ${changed.length} bytes`)
  changed[at] = (changed[at] as number) ^ 1
  return { attributes, payload: changed }
}
const attributed = (of: string, changes: Record<string, string>): PassthruMessage => {
  const { attributes, payload } = messageNamed(of)
  return { attributes: { ...attributes, ...changes }, payload }
}
const idOf = (of: string): string => messageNamed(of).attributes["ppt_keyid"] as string
const frameOf = (of: string): Uint8Array => {
  const { profile } = GENERATIONS[caseNamed(of).generation] as Made
  return profile.cipher.open(keyOf(caseNamed(of)).key, messageNamed(of).payload).plaintext
}
const longHead = Uint8Array.of(0xb8, 0x03, ...frameOf("sig call").subarray(1))
const elsewhereSigned = ringsOf(FORKED).call
const { instance: agentInstance } = selfOf("agent")

export const refusedMessages: readonly Refused[] = [
  // By a router.
  refuse("payload.decrypt_failed", "sig call", "a byte of the nonce is another", damaged("sig call", 0)),
  refuse("payload.decrypt_failed", "sig call", "a byte of the tag is another", damaged("sig call", 30)),
  refuse("payload.decrypt_failed", "sig call", "a byte is another", damaged("sig call", 100)),
  refuse("payload.decrypt_failed", "mac call", "a byte is another", damaged("mac call", 60)),
  refuse("payload.decrypt_failed", "sig call", "short", {
    attributes: messageNamed("sig call").attributes,
    payload: fixed("p", 39),
  }),
  refuse("payload.attributes", "sig call", "another scheme", attributed("sig call", { ppt_scheme: "x_wamp_e2ee" })),
  refuse("payload.attributes", "sig call", "another cipher", attributed("sig call", { ppt_cipher: "aes256gcm" })),
  refuse("payload.attributes", "sig call", "no key id", attributed("sig call", { ppt_keyid: "key" })),
  refuse(
    "keys.unknown_key",
    "sig call",
    "its key id in small letters",
    attributed("sig call", { ppt_keyid: idOf("sig call").toLowerCase() }),
  ),
  elsewhere("keys.unknown_key", "sig call", "at another URI", { uri: "com.example.valve" }),
  elsewhere("keys.unknown_key", "sig call", "as a result", {
    kind: 3,
    self: "caller",
    correlation: toHex(messageNamed("sig call").correlation),
  }),
  elsewhere("keys.unknown_key", "sig result", "as an error", { kind: 4 }),
  elsewhere("keys.unknown_key", "sig event", "as a call", { kind: 2 }),
  elsewhere("keys.unknown_key", "sig call", "in another epoch", { epochs: [2, 3] }),
  elsewhere("keys.unknown_key", "sig call", "in another generation", { generation: "hybrid" }),
  elsewhere("payload.context", "sig call", "back to its sender", { self: "caller" }),
  elsewhere("payload.context", "sig result", "for another call", {
    correlation: toHex(messageNamed("sig call, first of three").correlation),
  }),
  elsewhere("payload.context", "mac call", "to another callee", { self: "second callee" }),
  elsewhere("payload.context", "sig error", "under another error URI", { error: "com.example.error.flood" }),
  elsewhere("payload.context", "sig call, first of three", "as the whole", { more: false }),
  elsewhere("payload.context", "sig call, last of three", "as one part", { more: true }),
  elsewhere("payload.incomplete", "sig call, last of three", "out of turn", { part: 1 }),
  elsewhere("payload.stale", "sig call", "late", { now: timeOf(caseNamed("sig call")) + 300_001 }),
  elsewhere("payload.stale", "sig call", "from the future", { now: timeOf(caseNamed("sig call")) - 300_001 }),
  elsewhere("payload.stale", "mac event", "retained for too long", {
    now: timeOf(caseNamed("mac event")) + 300_000 + 120_001,
  }),
  elsewhere("payload.replay", "sig call", "twice", { times: 2 }),
  // By a member.
  made("payload.signature", "sig event", "signed by another", { csKey: party("subscriber").csKey }),
  made("payload.signature", "sig call", "signed for another generation", {
    key: { ...keyOf(caseNamed("sig call")), ring: elsewhereSigned },
  }),
  made("payload.signature", "sig call", "signed for another epoch", {
    key: { ...keyOf(caseNamed("sig call")), epoch: 2 },
  }),
  made("payload.signature", "sig call", "signed for another writer", {
    key: { ...keyOf(caseNamed("sig call")), writer: party("callee").csPubKey },
  }),
  made("payload.signature", "sig result", "unsigned", { mode: "mac" }),
  made("payload.signature", "mac event", "signed", { mode: "sig" }),
  made("payload.signature", "dsig call", "its key named for another epoch", {
    key: { ...keyOf(caseNamed("dsig call")), epoch: 0 },
  }),
  made("payload.signature", "dsig call", "its key named by another", { csKey: party("callee").csKey }),
  made("payload.signature", "dsig call", "as in mode sig", { mode: "sig" }),
  made("payload.context", "sig event", "by another than the key's writer", {
    instance: agentInstance,
    csKey: party("agent").csKey,
  }),
  made("keys.unknown_key", "sig event", "by nobody who is known", { instance: toHex(fixed("nobody", 8)) }),
  made("keys.unknown_key", "sig result", "by a caller", {
    instance: selfOf("second caller").instance,
    csKey: party("caller").csKey,
  }),
  made("payload.context", "sig result", "without correlation", { correlation: undefined }),
  made("payload.context", "sig event", "with correlation", { correlation: fixed("c", 16) }),
  made("payload.context", "sig error", "without its URI", { error: undefined }),
  made("payload.context", "sig result", "with an error's URI", { error: "com.example.error.dry" }),
  made("payload.context", "sig call", "as a retained one", { retained: true }),
  made("payload.decode_failed", "mac call", "without padding", {
    profile: { ...MAC.profile, padding: false },
  }),
  made(
    "payload.decode_failed",
    "sig event",
    "compressed where it may not be",
    { profile: { ...SIG.profile, compression: deflate } },
    caseNamed("mac event, compressed").content,
  ),
  made("payload.decode_failed", "mac event, compressed", "cut short", {
    profile: {
      ...MAC.profile,
      compression: { ...deflate, compress: (bytes) => deflate.compress(bytes).subarray(0, -1) },
    },
  }),
  boxed("payload.decode_failed", "sig call", "no frame", encodeCbor({ args: [1], kwargs: {} })),
  boxed("payload.decode_failed", "sig call", "a byte after the frame", Uint8Array.of(...frameOf("sig call"), 0)),
  boxed("payload.decode_failed", "sig call", "a frame in a longer form", longHead),
]
