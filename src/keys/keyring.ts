import type { Hex } from "../core/bytes.ts"
import { E2eeError } from "../core/errors.ts"
import { KIND, type Kind } from "../payload/frame.ts"
import type { Announcement } from "./announcement.ts"
import type { BranchSecrets } from "./branch-secrets.ts"
import { Directory } from "./directory.ts"
import type { Branch } from "./roles.ts"
import { dataKey, type DataKey } from "./schedule.ts"

/** URIs whose keys are kept at once, per kind and epoch; the least recently added goes first. */
const MAX_PLACES = 1_024

/** The key of a message, whose it is, and of when. */
export interface FoundKey extends DataKey {
  /** Ed25519 key of the writer below whose secret the key lies. */
  readonly writer: Hex
  readonly epoch: number
}

/** Keys for one kind of message and URI in one epoch. */
interface Place {
  readonly byWriter: Map<Hex, FoundKey>
  readonly byId: Map<string, FoundKey>
}

/**
 * What an endpoint holds of one branch of a generation: as reader the branch's secrets, from which every writer's keys
 * follow; as writer its own below them. Derived keys are kept as long as their epoch's secret, and go with it.
 */
export class Keyring {
  readonly branch: Branch
  readonly announcement: Announcement
  readonly members: Directory
  readonly #secrets: BranchSecrets
  readonly #self: Hex
  readonly #epochs = new Map<number, Map<string, Place>>()
  #wiped = false

  /** @param self the endpoint's own Ed25519 key */
  constructor(fields: {
    readonly branch: Branch
    readonly announcement: Announcement
    readonly secrets: BranchSecrets
    readonly self: Hex
    readonly members?: Directory
  }) {
    this.branch = fields.branch
    this.announcement = fields.announcement
    this.#secrets = fields.secrets
    this.#self = fields.self
    this.members = fields.members ?? new Directory()
  }

  get canRead(): boolean {
    return this.#secrets.canRead
  }

  /** Whether it can seal in an epoch. */
  holds(epoch: number): boolean {
    return !this.#wiped && this.#secrets.holds(epoch)
  }

  /** The key under which this endpoint seals its own events or calls. Throws `keys.epoch` where none is held. */
  ownKey(kind: Kind, uri: string, epoch: number): FoundKey {
    return this.answerKey(this.#self, kind, uri, epoch)
  }

  /** The key under which a callee seals the answer to `writer`'s call. */
  answerKey(writer: Hex, kind: Kind, uri: string, epoch: number): FoundKey {
    const key = this.#keyOf(writer, kind, uri, epoch)
    if (key !== undefined) return key
    throw new E2eeError("keys.epoch", `no key of epoch ${epoch} is held for ${uri}; a new grant is needed`)
  }

  /** The key with an id among those of some epochs, by that exact id alone: no other key is ever tried on a message. */
  find(keyId: string, kind: Kind, uri: string, epochs: readonly number[]): FoundKey | undefined {
    this.#refuseWiped()
    for (const epoch of epochs.toReversed()) {
      const known = this.#epochs.get(epoch)?.get(placeOf(kind, uri))?.byId.get(keyId)
      if (known !== undefined) return known
    }
    const own = kind === KIND.result || kind === KIND.error
    if (!own && !this.canRead) return undefined
    for (const epoch of epochs.toReversed()) {
      for (const writer of own ? [this.#self] : this.members.keys)
        if (this.#keyOf(writer, kind, uri, epoch)?.keyId === keyId) return this.#keyOf(writer, kind, uri, epoch)
    }
    return undefined
  }

  /** Forgets a key's messages with its member. */
  remove(csPubKey: Hex): void {
    this.members.remove(csPubKey)
    for (const places of this.#epochs.values()) for (const place of places.values()) forgetWriter(place, csPubKey)
  }

  /** Overwrites all keys of epochs before. */
  erase(before: number): void {
    this.#secrets.erase(before)
    for (const [epoch, places] of this.#epochs) {
      if (epoch >= before) continue
      wipePlaces(places)
      this.#epochs.delete(epoch)
    }
  }

  /** Overwrites every secret; the ring is of no use afterwards. */
  wipe(): void {
    this.#wiped = true
    this.#secrets.wipe()
    for (const places of this.#epochs.values()) wipePlaces(places)
    this.#epochs.clear()
  }

  /** Keys of an overwritten secret would be anybody's. */
  #refuseWiped(): void {
    if (this.#wiped)
      throw new E2eeError("keys.unknown_key", "these keys are gone; a new generation began, or the endpoint closed")
  }

  #keyOf(writer: Hex, kind: Kind, uri: string, epoch: number): FoundKey | undefined {
    this.#refuseWiped()
    const places = this.#epochs.get(epoch) ?? new Map<string, Place>()
    const place = places.get(placeOf(kind, uri)) ?? { byWriter: new Map(), byId: new Map() }
    const known = place.byWriter.get(writer)
    if (known !== undefined) return known
    const secret = this.#secrets.writer(epoch, writer)
    if (secret === undefined) return undefined
    const { hash: announcement, agent } = this.announcement
    const found = { ...dataKey(secret, { kind, realm: agent.realm, uri, announcement }), writer, epoch }
    place.byWriter.set(writer, found)
    place.byId.set(found.keyId, found)
    this.#epochs.set(epoch, places)
    places.set(placeOf(kind, uri), place)
    if (places.size > MAX_PLACES) dropOldest(places)
    return found
  }
}

function placeOf(kind: Kind, uri: string): string {
  return `${kind} ${uri}`
}

function dropOldest(places: Map<string, Place>): void {
  for (const [name, place] of places) {
    wipePlace(place)
    places.delete(name)
    return
  }
}

function forgetWriter({ byWriter, byId }: Place, writer: Hex): void {
  const key = byWriter.get(writer)
  if (key === undefined) return
  key.key.wipe()
  byWriter.delete(writer)
  byId.delete(key.keyId)
}

function wipePlaces(places: ReadonlyMap<string, Place>): void {
  for (const place of places.values()) wipePlace(place)
}

function wipePlace({ byWriter }: Place): void {
  for (const { key } of byWriter.values()) key.wipe()
}
