import type { Address } from "../core/address.ts"
import type { Hex } from "../core/bytes.ts"
import { E2eeError } from "../core/errors.ts"
import type { Secret } from "../core/secret.ts"
import { KIND, type Kind } from "../payload/frame.ts"
import type { Member } from "./member.ts"
import type { Branch } from "./roles.ts"
import { dataKey, writerSecret, type DataKey } from "./schedule.ts"

/** URIs whose keys are kept at once, per kind; the least recently added goes first. */
const MAX_URIS = 1_024
/** Endpoints that one key may run in a scope at once: a machine that restarts again and again crowds out none but itself. */
const MAX_INSTANCES = 8

/** The key of a message and whose it is. */
export interface FoundKey extends DataKey {
  /** Ed25519 key of the writer below whose secret the key lies. */
  readonly writer: Hex
}

/**
 * What an endpoint holds of one branch of a scope: as reader the branch's secret, from which every writer's keys
 * follow; as writer its own secret below it. Derived keys are kept; they go with the ring.
 */
export class Keyring {
  readonly realm: Address
  readonly branch: Branch
  /** Names the generation, 32 bytes. */
  readonly announcement: Uint8Array
  readonly #level: "read" | "write"
  readonly #secret: Secret
  readonly #self: Hex
  readonly #members = new Map<Hex, Member>()
  readonly #writers = new Map<Hex, Secret>()
  readonly #keys = new Map<string, Map<string, FoundKey>>()
  #wiped = false

  /** @param self the endpoint's own Ed25519 key. @param secret 32 bytes, of the branch or of the writer as `level` says. */
  constructor(fields: {
    realm: Address
    branch: Branch
    announcement: Uint8Array
    level: "read" | "write"
    secret: Secret
    self: Hex
  }) {
    this.realm = fields.realm
    this.branch = fields.branch
    this.announcement = fields.announcement
    this.#level = fields.level
    this.#secret = fields.secret
    this.#self = fields.self
  }

  get canRead(): boolean {
    return this.#level === "read"
  }

  get members(): Iterable<Member> {
    return this.#members.values()
  }

  member(instance: Hex): Member | undefined {
    return this.#members.get(instance)
  }

  /**
   * Adds a member, or what is newly known of one. An instance belongs to whoever used it first: nobody takes another's
   * place. One key has few instances, of which the newest are kept. Throws `keys.grant_refused`.
   */
  addMember(member: Member): void {
    const { csPubKey } = member.delegate
    const known = this.#members.get(member.instance)
    if (known !== undefined && known.delegate.csPubKey !== csPubKey) {
      throw new E2eeError(
        "keys.grant_refused",
        `instance ${member.instance} is another member's; start again for a new one`,
      )
    }
    this.#members.delete(member.instance) // so that the newest come last
    const own = [...this.#members.values()].filter(({ delegate }) => delegate.csPubKey === csPubKey)
    const gone = own.slice(0, Math.max(0, own.length + 1 - MAX_INSTANCES))
    for (const { instance } of gone) this.#members.delete(instance)
    // What an instance was granted stays with its key: a reader must not be forgotten for having restarted.
    const roles = new Set([known, ...gone, member].flatMap((from) => [...(from?.roles ?? [])]))
    this.#members.set(member.instance, { ...member, roles })
  }

  removeMember(instance: Hex): void {
    this.#members.delete(instance)
    this.#keys.clear()
  }

  /** The key under which this endpoint seals its own events or calls. */
  ownKey(kind: Kind, uri: string): FoundKey {
    return this.#keyOf(this.#self, kind, uri)
  }

  /** The key under which a callee seals the answer to `writer`'s call. */
  answerKey(writer: Hex, kind: Kind, uri: string): FoundKey {
    return this.#keyOf(writer, kind, uri)
  }

  /** The key with an id, looked up by that exact id alone: no other key is ever tried on a message. */
  find(keyId: string, kind: Kind, uri: string): FoundKey | undefined {
    if (kind === KIND.result || kind === KIND.error) {
      const own = this.#keyOf(this.#self, kind, uri)
      return own.keyId === keyId ? own : undefined
    }
    if (!this.canRead) return undefined
    for (const member of this.#members.values()) {
      const key = this.#keyOf(member.delegate.csPubKey, kind, uri)
      if (key.keyId === keyId) return key
    }
    return undefined
  }

  /** What a new member is granted: the branch's secret to read, or the secret of `writer` below it to write. */
  secretFor(level: "read" | "write", writer: Hex): Secret {
    this.#refuseWiped()
    return level === "read" ? this.#secret : this.#writerSecret(writer)
  }

  /** Overwrites every secret; the ring is of no use afterwards. */
  wipe(): void {
    this.#wiped = true
    this.#secret.wipe()
    for (const secret of this.#writers.values()) secret.wipe()
    for (const keys of this.#keys.values()) for (const { key } of keys.values()) key.wipe()
    this.#writers.clear()
    this.#keys.clear()
    this.#members.clear()
  }

  /** Keys of an overwritten secret would be anybody's. */
  #refuseWiped(): void {
    if (this.#wiped)
      throw new E2eeError("keys.unknown_key", "these keys are gone; a new generation began, or the endpoint closed")
  }

  #keyOf(writer: Hex, kind: Kind, uri: string): FoundKey {
    this.#refuseWiped()
    const place = `${kind} ${uri}`
    let keys = this.#keys.get(place)
    if (keys === undefined) {
      if (this.#keys.size >= MAX_URIS)
        for (const oldest of this.#keys.keys()) {
          this.#keys.delete(oldest)
          break
        }
      keys = new Map()
      this.#keys.set(place, keys)
    }
    let found = keys.get(writer)
    if (found === undefined) {
      found = { ...dataKey(this.#writerSecret(writer), kind, this.realm, uri), writer }
      keys.set(writer, found)
    }
    return found
  }

  #writerSecret(writer: Hex): Secret {
    if (!this.canRead) return this.#secret
    let secret = this.#writers.get(writer)
    if (secret === undefined) {
      secret = writerSecret(this.#secret, writer)
      this.#writers.set(writer, secret)
    }
    return secret
  }
}
