import { readFileSync } from "node:fs"
import { fromHex, toHex, type Hex } from "../../../src/core/bytes.ts"
import { decodeJson } from "../../../src/core/json.ts"
import { Secret } from "../../../src/core/secret.ts"
import { parseAnnouncement } from "../../../src/keys/announcement.ts"
import { ReaderSecrets } from "../../../src/keys/branch-secrets.ts"
import { parseDemand, type Demand } from "../../../src/keys/demand.ts"
import type { EvidenceAsked, EvidenceChannel } from "../../../src/keys/evidence-channel.ts"
import {
  askEvidence,
  readReply,
  readRequest,
  requestGrant,
  type GrantPlace,
  type PendingGrant,
} from "../../../src/keys/grant.ts"
import { mlKem768 } from "../../../src/keys/hybrid.ts"
import { Keyring } from "../../../src/keys/keyring.ts"
import { policyHash, type Attested, type ScopePolicy } from "../../../src/keys/policy.ts"
import type { Branch, Role } from "../../../src/keys/roles.ts"
import { scopeId } from "../../../src/keys/schedule.ts"
import type { Kind } from "../../../src/payload/frame.ts"
import { parseProfile, type Profile, type ProfileOptions } from "../../../src/payload/profile.ts"
import { ownKeyPackage } from "../../../src/session/context.ts"
import { ReplayWindows } from "../../../src/session/messages/replay.ts"
import type { Opened } from "../../../src/session/messages/sealing.ts"
import type { Member } from "../../../src/keys/member.ts"
import { contextOf, memberOf, openIn, selfOf } from "../../keys/parties.ts"
import { party, REALM } from "../../trust/chains.ts"

// test/vectors/key-distribution.json, as this library reads it.

export interface Party {
  readonly address: string
  readonly cs: Hex
  readonly x: Hex
  readonly instance: Hex
}
export interface Epoch {
  readonly epoch: number
  readonly time: number
  readonly call: Hex
  readonly event: Hex
  readonly commitments: readonly [Hex, Hex]
  readonly tick: Hex
}
export interface DescribedGeneration {
  readonly policy: string
  readonly secrets: readonly Hex[]
  readonly commitment: Hex
  readonly announcement: Hex
  readonly hash: Hex
  readonly epochs: readonly Epoch[]
  readonly writers: readonly {
    readonly writer: string
    readonly branch: Branch
    readonly epoch: number
    readonly secret: Hex
    readonly keys: readonly { readonly kind: Kind; readonly uri: string; readonly key: Hex; readonly keyId: string }[]
  }[]
}
export interface DescribedGrant {
  readonly name: string
  readonly generation: string
  readonly role: Role
  readonly requester: string
  readonly about: string | null
  readonly time: number
  readonly asked: readonly Hex[]
  readonly answered: readonly Hex[]
  readonly request: Hex
  readonly answer: Hex
  readonly denial?: string
}
export interface Place {
  readonly generation: string
  readonly kind: Kind
  readonly uri: string
  readonly epochs: readonly number[]
  readonly self: string
  readonly correlation: Hex | null
  readonly error: string | null
  readonly part: number
  readonly more: boolean
  readonly now: number
  readonly times: number
}
type Settings = Omit<ScopePolicy, "profile" | "attested"> & {
  readonly profile: readonly [string, string, string, boolean, string | null]
  readonly attested: readonly (string | null)[] | null
}
interface Sides<T> {
  readonly requester: T
  readonly agent: T
}
export interface Showing extends Omit<DescribedGrant, "about" | "denial"> {
  readonly demands: Sides<{ readonly bytes: Hex }>
  readonly proofs: Sides<{ readonly attester: Hex; readonly evidence: Hex }>
  readonly nonces: Sides<Hex>
  readonly handshakeHash: Hex
  readonly evidenceRequest: Hex
  readonly evidenceAnswer: Hex
  readonly grant: Hex
}
export interface Refused {
  readonly name: string
  readonly what: string
  readonly code: string
  readonly [more: string]: unknown
}
interface Vectors {
  readonly now: number
  readonly parties: Readonly<Record<string, Party>>
  /** Who is known to the receivers of messages, in which roles. */
  readonly members: Readonly<Record<string, readonly Role[]>>
  readonly scopes: readonly { realm: Hex; match: "exact" | "prefix"; uri: string; id: Hex }[]
  readonly policies: Readonly<
    Record<string, { settings: Settings; hash: Hex; signature?: Hex; signer?: Hex; digest?: Hex }>
  >
  readonly packages: readonly { form: string; party: string; bytes: Hex }[]
  readonly generations: Readonly<Record<string, DescribedGeneration>>
  readonly infos: readonly { generation: string; epoch: number; answer: Hex }[]
  readonly grants: readonly DescribedGrant[]
  readonly showings: readonly Showing[]
  readonly trees: {
    readonly before: string
    readonly after: string
    readonly paths: readonly { branch: Branch; party: string; leaf: number; path: Hex; next: Hex | null }[]
    readonly rekeys: Hex
    readonly notice: Hex
  }
  readonly controls: readonly { kind: string; of: string; epoch?: number; bytes: Hex }[]
  readonly messages: readonly (Readonly<Record<string, unknown>> & {
    readonly name: string
    readonly generation: string
    readonly epoch: number
    readonly kind: Kind
    readonly uri: string
    readonly writer: string
    readonly sender: string
    readonly answers: string | null
    readonly error: string | null
    readonly part: number
    readonly more: boolean
    readonly to: string | null
    readonly time: number
    readonly args: readonly unknown[]
    readonly kwargs: Readonly<Record<string, unknown>>
    readonly attributes: Readonly<Record<string, string>>
    readonly payload: Hex
    readonly correlation: Hex
  })[]
  readonly seeds: readonly { writer: string; epochs: readonly { epoch: number; seed: Hex; key: Hex }[] }[]
  readonly disclosures: readonly { writer: string; epoch: number; bytes: Hex; control: Hex }[]
  readonly evidence: readonly { name: string; bytes: Hex }[]
  readonly refused: readonly Refused[]
}

export const text = readFileSync(new URL("../../vectors/key-distribution.json", import.meta.url), "utf8")
export const vectors = decodeJson(text, { depth: 16, items: 65_536 }) as Vectors
export const bytes = (hex: unknown): Uint8Array => fromHex(String(hex)) as Uint8Array

/** A policy as it is described, apart from where it came from. */
export function policyNamed(name: string): ScopePolicy & { readonly profile: Profile } {
  const { settings } = vectors.policies[name] as Vectors["policies"][string]
  const [, serializer, cipher, padding, compression] = settings.profile
  const profile = parseProfile({ serializer, cipher, padding, ...(compression && { compression }) } as ProfileOptions)
  const rule = (given: unknown): never => (given ?? "certified") as never
  const { hybrid, trees, attested, agents, readers, writers, ...rest } = settings
  const levels = attested?.map((role, at) => [["agents", "readers", "writers"][at], role ?? undefined])
  return {
    ...rest,
    agents: rule(agents),
    readers: rule(readers),
    writers: rule(writers),
    profile,
    ...(hybrid && { hybrid }),
    ...(trees && { trees }),
    ...(levels && { attested: Object.fromEntries(levels) as Attested }),
  }
}

export function generationNamed(name: string) {
  const described = vectors.generations[name] as DescribedGeneration
  const policy = policyNamed(described.policy)
  return { ...described, name: described.policy, policy, parsed: parseAnnouncement(bytes(described.announcement)) }
}

/** What a member of a generation agrees on with its agent. */
export function placeNamed(generation: string): GrantPlace {
  const { policy } = generationNamed(generation)
  const scope = scopeId(policy.realm, policy.match, policy.uri)
  return { realm: REALM, scope, policy: policyHash(policy), kem: policy.hybrid === undefined ? undefined : mlKem768 }
}

/** Gives what was recorded, in order. */
export function replayed(drawn: readonly Hex[]): (length: number) => Uint8Array {
  const left = drawn.map(bytes)
  return (length) => {
    const next = left.shift()
    if (next?.length !== length) throw new Error(`${length} bytes are wanted; recorded are ${next?.length}`)
    return next
  }
}

/** The requester's side of a grant, with its recorded randomness. */
export function pendingOf(
  { generation, role, requester, about = null, time, asked }: Omit<DescribedGrant, "about"> & { about?: string | null },
  asks?: Demand,
): PendingGrant {
  const { instance, x } = selfOf(requester)
  const told = about === null ? undefined : vectors.parties[about]?.instance
  const content = { role, instance, keyPackage: ownKeyPackage(contextOf(requester)), time, about: told, asks }
  return requestGrant(placeNamed(generation), content, x, bytes(vectors.parties["agent"]?.x), replayed(asked))
}

/** Opens a message as its receiver, who knows all that take part. */
export function openAt(
  message: { readonly attributes: unknown; readonly payload: unknown },
  { generation, kind, uri, epochs, self, correlation, error, part, more, now }: Place,
  replay = new ReplayWindows(),
): Opened<Member> {
  const { policy, epochs: known, parsed: announcement } = generationNamed(generation)
  const branch = kind === 1 ? "event" : "call"
  const secrets = new ReaderSecrets(0, new Secret(bytes(known[0]?.[branch])))
  const ring = new Keyring({ branch, announcement, secrets, self: party(self).csPubKey })
  for (const [name, roles] of Object.entries(vectors.members)) ring.members.add(memberOf(name, ...roles))
  return openIn(
    ring,
    { attributes: message.attributes as Record<string, unknown>, payload: bytes(message.payload) },
    {
      epochs,
      profile: policy.profile,
      mode: policy.mode,
      kind,
      uri,
      now,
      skew: 300_000,
      history: policy.historyEpochs * policy.epochMs,
      replay,
      self: toHex(bytes(vectors.parties[self]?.instance)),
      part,
      more,
      ...(correlation === null ? {} : { correlation: bytes(correlation) }),
      ...(error === null ? {} : { error }),
    },
  )
}

/** The requester's side of a grant for which platforms are shown. */
export function askingOf(showing: Showing): PendingGrant {
  return pendingOf(showing, parseDemand(bytes(showing.demands.requester.bytes)))
}

/** The same after the first answer. */
export function askedOf(showing: Showing, answer = bytes(showing.answer)): EvidenceAsked {
  const { asked } = readReply(answer, askingOf(showing))
  if (asked === undefined) throw new Error("nothing is asked")
  return asked
}

/** The agent's side, which waits for evidence. */
export async function waitingOf({ request, generation, answered, demands, proofs }: Showing): Promise<EvidenceChannel> {
  const received = readRequest(bytes(request), placeNamed(generation), selfOf("agent").x, replayed(answered))
  const proof = { attester: proofs.agent.attester, evidence: bytes(proofs.agent.evidence) }
  return (await askEvidence(received, parseDemand(bytes(demands.agent.bytes)), async () => proof)).channel
}
