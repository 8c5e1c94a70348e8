import { toHex, type Hex } from "../../../src/core/bytes.ts"
import { Secret } from "../../../src/core/secret.ts"
import { makeAnnouncement, type Announcement } from "../../../src/keys/announcement.ts"
import { ReaderSecrets } from "../../../src/keys/branch-secrets.ts"
import {
  answerGrant,
  encodeControl,
  encodeInfo,
  isInfoRequest,
  readRequest,
  type ControlMessage,
  type GrantPlace,
  type GrantRequest,
} from "../../../src/keys/grant.ts"
import type { Grant } from "../../../src/keys/granted.ts"
import { policyHash } from "../../../src/keys/policy.ts"
import { ROLES, type Branch } from "../../../src/keys/roles.ts"
import { branchSecret, epochCommitment, generationCommitment, scopeId } from "../../../src/keys/schedule.ts"
import { makeTick, type Tick } from "../../../src/keys/tick.ts"
import type { Payload } from "../../../src/session/connection.ts"
import { ownKeyPackage, type Self } from "../../../src/session/context.ts"
import {
  announcementUri,
  grantUri,
  parseScopes,
  policyOf,
  type Scope,
  type ScopeOptions,
} from "../../../src/session/scope.ts"
import { contextOf, countedRandom, selfOf } from "../../keys/parties.ts"
import { REALM } from "../../trust/chains.ts"
import type { Place } from "./insider.ts"

/** One generation as an agent makes it: honest in itself, whatever is done with it. */
export interface Made {
  readonly announcement: Announcement
  readonly secrets: Readonly<Record<Branch, ReaderSecrets>>
}

/** A key agent with a right identity, which says and grants what it likes. */
export class RogueAgent {
  readonly self: Self
  readonly scope: Scope
  readonly place: GrantPlace
  readonly #at: Place
  readonly #random = countedRandom("rogue")
  /** What it answers with, request by request; by default what an honest agent would. */
  info: () => { readonly announcement: Uint8Array; readonly tick: Uint8Array }
  grant: (request: GrantRequest) => Grant
  made: Made
  asked = 0

  constructor(
    at: Place,
    name: string,
    options: ScopeOptions = { uri: "com.example.", match: "prefix" },
    self = selfOf(name),
  ) {
    const [scope] = parseScopes([options])
    if (scope === undefined) throw new Error("no scope")
    this.#at = at
    this.self = self
    this.scope = scope
    const policy = policyHash(policyOf(scope, REALM))
    this.place = { realm: REALM, scope: scopeId(REALM, scope.match, scope.uri), policy }
    this.made = this.make()
    this.info = () => ({ announcement: this.made.announcement.bytes, tick: this.tick().bytes })
    this.grant = (request) => this.granting(request)
  }

  make(changes: Partial<Pick<Announcement, "scope" | "policy" | "generation" | "t0" | "previous">> = {}): Made {
    const secret = new Secret(this.#random(32))
    const { now } = this.#at
    const content = {
      scope: this.place.scope,
      policy: this.place.policy,
      generation: now,
      t0: now,
      commitment: generationCommitment(secret),
      tree: undefined,
      previous: undefined,
      ...changes,
    }
    const keyPackage = ownKeyPackage({ ...contextOf("anybody", now), self: this.self })
    const announcement = makeAnnouncement(content, keyPackage, this.self.csKey)
    const secretsOf = (branch: Branch): ReaderSecrets =>
      new ReaderSecrets(0, branchSecret(announcement.hash, secret, branch))
    return { announcement, secrets: { call: secretsOf("call"), event: secretsOf("event") } }
  }

  tick(epoch = 0, { announcement, secrets }: Made = this.made, changes: Partial<Omit<Tick, "bytes">> = {}): Tick {
    const commitments = {
      call: epochCommitment(secrets.call.branch(epoch)),
      event: epochCommitment(secrets.event.branch(epoch)),
    }
    return makeTick(announcement, { epoch, commitments, time: this.#at.now, ...changes }, this.self.csKey)
  }

  granting({ role, keyPackage }: GrantRequest, epoch = 0, made = this.made): Grant {
    const { branch, level } = ROLES[role]
    const secrets = made.secrets[branch]
    const own = (at: number): Secret => secrets.writer(at, keyPackage.cs) as Secret
    return {
      announcement: made.announcement.bytes,
      tick: this.tick(epoch, made).bytes,
      instance: this.self.instance,
      epoch,
      secrets:
        level === "read"
          ? [secrets.branch(epoch)]
          : Array.from({ length: 60 }, (_, i) => new Secret(own(epoch + i).expose())),
      members: [],
    }
  }

  /** Registers the grant procedure; resolves to what ends it. */
  serve(): Promise<() => Promise<void>> {
    return this.#at.router.connect().register(grantUri(this.scope), "exact", async ({ payload }) => {
      const bytes: unknown = payload.sealed ? undefined : payload.args[0]
      if (!(bytes instanceof Uint8Array)) throw new Error("no bytes")
      this.asked++
      if (isInfoRequest(bytes)) {
        const { announcement, tick } = this.info()
        return plain(encodeInfo(announcement, tick))
      }
      const received = readRequest(bytes, this.place, this.self.x, this.#random)
      return plain(answerGrant(received, this.grant(received.request)))
    })
  }

  tell(kind: ControlMessage["kind"], bytes: Uint8Array): Promise<void> {
    return this.#at.router.connect().publish(announcementUri(this.scope), plain(encodeControl({ kind, bytes })))
  }
}

function plain(bytes: Uint8Array): Payload {
  return { sealed: false, args: [bytes], kwargs: {} }
}

export const hashOf = ({ announcement }: Made): Hex => toHex(announcement.hash)
