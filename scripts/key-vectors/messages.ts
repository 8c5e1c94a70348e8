// Sealed messages of every kind in every mode, and what is disclosed of mode dsig later.
import { toHex } from "../../src/core/bytes.ts"
import { DisclosedKeys, encodeDisclosure, signingKey } from "../../src/keys/disclosure.ts"
import { encodeControl } from "../../src/keys/grant.ts"
import { Keyring } from "../../src/keys/keyring.ts"
import { SENDER_OF } from "../../src/keys/roles.ts"
import { KIND, type Kind } from "../../src/payload/frame.ts"
import { encodeInBand } from "../../src/payload/in-band.ts"
import type { Arguments, Sealed } from "../../src/session/messages/sealing.ts"
import { sealGranted, type GrantedSealOptions, type LocatedKey } from "../../src/session/messages/signed.ts"
import { ed25519PublicKey } from "../../src/core/ed25519.ts"
import { selfOf } from "../../test/keys/parties.ts"
import { party } from "../../test/trust/chains.ts"
import { startOf } from "../../src/keys/epochs.ts"
import { DSIG, fixed, HYBRID, MAC, SIG, tickOf, type Made } from "./scene.ts"

export const GENERATIONS: Readonly<Record<string, Made>> = { sig: SIG, mac: MAC, dsig: DSIG, hybrid: HYBRID }
const PUMP = "com.example.pump"
const LEVEL = "com.example.level"
export const DRY = "com.example.error.dry"

/** Last seeds of mode dsig, by writer: of five epochs and two more. */
const SEEDS = ["caller", "publisher", "callee"] as const
export const disclosedOf = (name: string): DisclosedKeys => new DisclosedKeys(fixed(`last seed of ${name}`), 7)

export interface MessageCase {
  readonly name: string
  readonly generation: "sig" | "mac" | "dsig"
  readonly epoch: number
  readonly kind: keyof typeof KIND
  readonly uri: string
  /** Below whose secret the key is; the sender, unless it is an answer. */
  readonly writer: string
  readonly sender: string
  readonly content: Arguments
  readonly answers?: string
  readonly error?: string
  readonly part?: number
  readonly more?: boolean
  readonly to?: string
  readonly retained?: boolean
}

const call = (generation: MessageCase["generation"], name: string, more: Partial<MessageCase> = {}): MessageCase => ({
  name: `${generation} ${name}`,
  generation,
  epoch: 1,
  kind: "call",
  uri: PUMP,
  writer: "caller",
  sender: "caller",
  content: { args: [1, "on"], kwargs: { level: 0.5 } },
  ...more,
})
const answer = (generation: MessageCase["generation"], name: string, more: Partial<MessageCase> = {}): MessageCase =>
  call(generation, name, {
    kind: "result",
    sender: "callee",
    answers: `${generation} call`,
    content: { args: [true], kwargs: {} },
    ...more,
  })
const event = (generation: MessageCase["generation"], name: string, more: Partial<MessageCase> = {}): MessageCase =>
  call(generation, name, {
    kind: "event",
    uri: LEVEL,
    writer: "publisher",
    sender: "publisher",
    content: { args: [21.5], kwargs: {} },
    ...more,
  })
const error = { kind: "error", error: DRY, content: { args: ["no water"], kwargs: { level: 0 } } } as const
/** What compresses. */
const READINGS = { args: [Array.from({ length: 60 }, (_, i) => `pump ${i % 3}: 20 degrees`)], kwargs: {} }

export const CASES: readonly MessageCase[] = [
  call("sig", "call"),
  answer("sig", "result", { epoch: 2 }),
  answer("sig", "error", error),
  event("sig", "event", { epoch: 0 }),
  call("sig", "call, first of three", { more: true }),
  call("sig", "call, second of three", { more: true, part: 1, answers: "sig call, first of three" }),
  call("sig", "call, last of three", {
    part: 2,
    answers: "sig call, first of three",
    content: { args: [], kwargs: {} },
  }),
  answer("sig", "result, part", { more: true }),
  answer("sig", "result, after a part", { part: 1 }),
  event("sig", "event of the agent itself", { writer: "agent", sender: "agent" }),
  call("mac", "call", { to: "callee" }),
  answer("mac", "result"),
  answer("mac", "error", error),
  event("mac", "event", { retained: true }),
  event("mac", "event, compressed", { content: READINGS }),
  call("dsig", "call"),
  answer("dsig", "result", { epoch: 2 }),
  answer("dsig", "error", error),
  event("dsig", "event", { uri: PUMP, epoch: 0 }),
]

const keyrings = new Map<Made, Readonly<Record<"call" | "event", Keyring>>>()

/** Everything that a generation's agent reads and writes. */
export function ringsOf(made: Made): Readonly<Record<"call" | "event", Keyring>> {
  const { announcement, branches } = made
  const ring = (branch: "call" | "event"): Keyring =>
    new Keyring({ branch, announcement, secrets: branches[branch], self: party("agent").csPubKey })
  const known = keyrings.get(made) ?? { call: ring("call"), event: ring("event") }
  keyrings.set(made, known)
  return known
}

export function keyOf(one: Pick<MessageCase, "generation" | "kind" | "uri" | "writer" | "epoch">): LocatedKey {
  const ring = ringsOf(GENERATIONS[one.generation] as Made)[one.kind === "event" ? "event" : "call"]
  return { ...ring.answerKey(party(one.writer).csPubKey, KIND[one.kind], one.uri, one.epoch), ring }
}

export const caseNamed = (name: string): MessageCase => CASES.find((one) => one.name === name) as MessageCase
const sealed = new Map<string, Sealed>()

/** A message of the list, the same each time. */
export function messageNamed(name: string): Sealed {
  const known = sealed.get(name) ?? sealAs(caseNamed(name))
  sealed.set(name, known)
  return known
}

export const timeOf = ({ generation, epoch }: Pick<MessageCase, "generation" | "epoch">): number => {
  const { announcement, policy } = GENERATIONS[generation] as Made
  return startOf({ t0: announcement.t0, epochMs: policy.epochMs }, epoch) + 10_000
}
/** Sequences count through an endpoint's life; here they are the message's place in the list. */
const sequenceOf = ({ name }: MessageCase): number => CASES.findIndex((one) => one.name === name)

export const nonceOf = ({ name, generation }: MessageCase): Uint8Array =>
  fixed(`nonce ${name}`, (GENERATIONS[generation] as Made).profile.cipher.nonceBytes)

/** @param changes what a dishonest sender does otherwise */
export function sealAs(one: MessageCase, changes: Partial<GrantedSealOptions> = {}): Sealed {
  const { policy, profile } = GENERATIONS[one.generation] as Made
  const { csKey, instance } = selfOf(one.sender)
  const correlation = one.answers === undefined ? undefined : messageNamed(one.answers).correlation
  return sealGranted(one.content, {
    kind: KIND[one.kind],
    uri: one.uri,
    mode: policy.mode,
    profile,
    key: keyOf(one),
    csKey,
    disclosed: policy.mode === "dsig" ? disclosedOf(one.sender) : undefined,
    instance,
    sequence: sequenceOf(one),
    now: timeOf(one),
    random: () => nonceOf(one),
    correlation,
    error: one.error,
    part: one.part,
    more: one.more,
    to: one.to === undefined ? undefined : selfOf(one.to).instance,
    retained: one.retained,
    ...changes,
  })
}

export const messages = CASES.map((one) => {
  const { name, generation, epoch, kind, uri, writer, sender, content, answers = null } = one
  const { error: named = null, part = 0, more = false, to = null, retained = false } = one
  const message = messageNamed(name)
  const { key, keyId } = keyOf(one)
  return {
    name,
    generation,
    epoch,
    kind: KIND[kind] satisfies Kind,
    role: SENDER_OF[KIND[kind]],
    uri,
    writer,
    sender,
    answers,
    error: named,
    part,
    more,
    to,
    retained,
    sequence: sequenceOf(one),
    time: timeOf(one),
    ...content,
    key: toHex(key.expose()),
    keyId,
    nonce: toHex(nonceOf(one)),
    attributes: message.attributes,
    payload: toHex(message.payload),
    correlation: toHex(message.correlation),
    inBand: toHex(encodeInBand(message)),
  }
})

export const seeds = SEEDS.map((name) => ({
  writer: name,
  generation: "dsig",
  last: toHex(fixed(`last seed of ${name}`)),
  epochs: Array.from({ length: 7 }, (_, epoch) => {
    const seed = disclosedOf(name).seed(epoch)
    return { epoch, seed: toHex(seed), key: ed25519PublicKey(signingKey(seed)) }
  }),
}))

/** What is told of it, when each epoch's time has come. */
export const disclosures = [
  ["caller", 1],
  ["publisher", 0],
  ["callee", 2],
].map(([name, epoch]) => {
  const { scope, announcement } = DSIG
  const writer = party(name as string).csPubKey
  const place = { scope, announcement: announcement.hash, epoch: epoch as number, writer }
  const bytes = encodeDisclosure({ ...place, seed: disclosedOf(name as string).seed(epoch as number) })
  return { writer: name, epoch, bytes: toHex(bytes), control: toHex(encodeControl({ kind: "disclosure", bytes })) }
})

export const controls = [
  { kind: "tick", of: "sig", epoch: 1, bytes: toHex(encodeControl({ kind: "tick", bytes: tickOf(SIG, 1).bytes })) },
  {
    kind: "announcement",
    of: "sig",
    bytes: toHex(encodeControl({ kind: "announcement", bytes: SIG.announcement.bytes })),
  },
]
