import type { Hex } from "../../../src/core/bytes.ts"
import type { Secret } from "../../../src/core/secret.ts"
import { parseAnnouncement, type Announcement } from "../../../src/keys/announcement.ts"
import { ReaderSecrets, WriterSecrets } from "../../../src/keys/branch-secrets.ts"
import { DisclosedKeys } from "../../../src/keys/disclosure.ts"
import {
  INFO_REQUEST,
  parseInfo,
  readAnswer,
  requestGrant,
  type GrantPlace,
  type PendingGrant,
} from "../../../src/keys/grant.ts"
import type { Grant } from "../../../src/keys/granted.ts"
import { Keyring } from "../../../src/keys/keyring.ts"
import { policyHash, type ScopePolicy } from "../../../src/keys/policy.ts"
import { ROLES, type Role } from "../../../src/keys/roles.ts"
import { scopeId } from "../../../src/keys/schedule.ts"
import { parseTick, type Tick } from "../../../src/keys/tick.ts"
import { decodeFrame, type Frame, type Kind } from "../../../src/payload/frame.ts"
import type { Payload } from "../../../src/session/connection.ts"
import { ownKeyPackage, type Self } from "../../../src/session/context.ts"
import { grantUri, parseScopes, policyOf, type Scope, type ScopeOptions } from "../../../src/session/scope.ts"
import type { Arguments, Sealed } from "../../../src/session/messages/sealing.ts"
import { sealGranted, type GrantedSealOptions } from "../../../src/session/messages/signed.ts"
import { contextOf, countedRandom, selfOf } from "../../keys/parties.ts"
import { REALM } from "../../trust/chains.ts"
import type { Carried, FakeRouter } from "../fake-router.ts"

/** A router and a time. */
export interface Place {
  readonly router: FakeRouter
  readonly now: number
}

/** Asks the key agent anything, as whoever reaches the router can. */
export async function askAgent({ router }: Place, scope: Scope, bytes: Uint8Array): Promise<Uint8Array> {
  const request: Payload = { sealed: false, args: [bytes], kwargs: {} }
  const answer = await router.connect().call(grantUri(scope), request, { timeoutMs: 10_000 })
  const item: unknown = answer.sealed ? undefined : answer.args[0]
  if (!(item instanceof Uint8Array)) throw new Error("no bytes")
  return item
}

export type Forging = Omit<
  GrantedSealOptions,
  "mode" | "profile" | "key" | "csKey" | "instance" | "sequence" | "now" | "random"
> &
  Partial<GrantedSealOptions>

/** A member that did all that was asked of it, got its grant, and from then on does as it likes with what it holds. */
export class Insider {
  readonly self: Self
  readonly scope: Scope
  readonly policy: ScopePolicy
  readonly announcement: Announcement
  readonly tick: Tick
  readonly grant: Grant
  readonly ring: Keyring
  readonly disclosed = new DisclosedKeys(new Uint8Array(32).fill(77), 100)
  readonly #place: Place
  readonly #random = countedRandom("insider")
  #sequence = 1_000

  private constructor(place: Place, self: Self, scope: Scope, role: Role, grant: Grant) {
    this.#place = place
    this.self = self
    this.scope = scope
    this.policy = policyOf(scope, REALM)
    this.grant = grant
    this.announcement = parseAnnouncement(grant.announcement)
    this.tick = parseTick(grant.tick, this.announcement)
    const { branch, level } = ROLES[role]
    const secrets =
      level === "read"
        ? new ReaderSecrets(grant.epoch, grant.secrets[0] as Secret)
        : new WriterSecrets(self.csPubKey, grant.epoch, grant.secrets)
    this.ring = new Keyring({ branch, announcement: this.announcement, secrets, self: self.csPubKey })
  }

  static async join(
    place: Place,
    name: string,
    role: Role,
    options: ScopeOptions = { uri: "com.example.", match: "prefix" },
    self: Self = selfOf(name),
  ): Promise<Insider> {
    const [scope] = parseScopes([options])
    if (scope === undefined) throw new Error("no scope")
    const pending = await Insider.request(place, scope, role, self)
    return new Insider(place, self, scope, role, readAnswer(await askAgent(place, scope, pending.bytes), pending))
  }

  /** A request for a grant, of the agent that answers now. */
  static async request(place: Place, scope: Scope, role: Role, self: Self): Promise<PendingGrant> {
    const { agent } = parseAnnouncement(parseInfo(await askAgent(place, scope, INFO_REQUEST)).announcement)
    const asked: GrantPlace = {
      realm: REALM,
      scope: scopeId(REALM, scope.match, scope.uri),
      policy: policyHash(policyOf(scope, REALM)),
    }
    const keyPackage = ownKeyPackage({ ...contextOf("anybody", place.now), self })
    const content = { role, instance: self.instance, keyPackage, time: place.now, about: undefined }
    return requestGrant(asked, content, self.x, agent.x, countedRandom(`grant ${self.instance} ${role}`))
  }

  /** What a message says, as whoever holds the branch's secret reads it. */
  read({ uri, payload }: Carried, kind: Kind, writer: Hex, epoch = this.tick.epoch): Frame {
    if (!payload.sealed) throw new Error("not sealed")
    const { cipher, serializer, compression } = this.scope.profile
    const { plaintext } = cipher.open(this.ring.answerKey(writer, kind, uri, epoch).key, payload.payload)
    return decodeFrame(serializer, plaintext, compression)
  }

  /** Seals what it likes, as itself unless said otherwise. @param writer below whose secret the key is taken */
  seal(payload: Arguments, forging: Forging, writer: Hex = this.self.csPubKey, epoch = this.tick.epoch): Sealed {
    const { kind, uri } = forging
    return sealGranted(payload, {
      mode: this.policy.mode,
      profile: this.scope.profile,
      key: { ...this.ring.answerKey(writer, kind, uri, epoch), ring: this.ring },
      csKey: this.self.csKey,
      disclosed: this.disclosed,
      instance: this.self.instance,
      sequence: this.#sequence++,
      now: this.#place.now,
      random: this.#random,
      ...forging,
    })
  }
}

export function payloadOf({ attributes, payload }: Sealed): Payload & { readonly sealed: true } {
  return { sealed: true, attributes, payload }
}
