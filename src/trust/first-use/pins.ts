import { sha256 } from "@noble/hashes/sha2.js"
import type { CertificateChain } from "../../certificate/types.ts"
import type { Address } from "../../core/address.ts"
import { concatBytes, fromHex, toHex, utf8ToBytes, type Hex } from "../../core/bytes.ts"
import { E2eeError } from "../../core/errors.ts"
import type { AnchoredLink, TrustSource } from "../facts.ts"

/** Where a pin counts: the same address at another chain, contract or realm is another one's. */
export interface PinPlace {
  readonly chainId: bigint
  readonly verifyingContract: Address
  readonly realm: Address
}

/** Models by which live peers are verified. */
export type TrustModel = Exclude<TrustSource["model"], "stated">

interface Kept {
  readonly place: PinPlace
  /** POSIX milliseconds of the first contact. */
  readonly since: number
  /** Whether a person compared the fingerprint and said so. */
  readonly confirmed: boolean
  /** The strongest trust model by which it was ever verified. */
  readonly model: TrustModel
}

/** The root that a realm was first seen with. */
export interface RealmPin extends Kept {
  readonly kind: "realm"
  readonly root: Address
}

/** The session key and the authority that a delegate was seen with. */
export interface PeerPin extends Kept {
  readonly kind: "peer"
  readonly delegate: Address
  /** Ed25519 key, 32 bytes. */
  readonly csPubKey: Hex
  /** POSIX nanoseconds: when the holder of that key started. */
  readonly bootedAt: bigint
  /** Who issued the delegate's authority certificate. */
  readonly issuer: Address
  /** Digests of the chain, delegate first. */
  readonly digests: readonly Hex[]
}

export type Pin = RealmPin | PeerPin

/** What is pinned of a realm and of one delegate in it. A peer is never pinned without its realm. */
export interface Pinned {
  readonly realm?: RealmPin
  readonly peer?: PeerPin
}

/** What a chain says of whom it is for, as far as pins are about it. */
export interface PinClaim {
  readonly delegate: Address
  readonly csPubKey: Hex
  readonly bootedAt: bigint
  /** Issuers of the authority certificates, the delegate's authority first, the root last: at least one. */
  readonly issuers: readonly [Address, ...Address[]]
  readonly root: Address
  readonly digests: readonly Hex[]
}

/**
 * The claim of a chain, completed by what is anchored; undefined where it has no such shape (the chain rules refuse it
 * then).
 */
export function claimOf(chain: CertificateChain, anchored: readonly AnchoredLink[] = []): PinClaim | undefined {
  const [own, ...others] = chain
  if (own?.certificate.kind !== "delegate") return undefined
  const issuers = others.flatMap(({ certificate }) => (certificate.kind === "authority" ? [certificate.issuer] : []))
  if (issuers.length !== others.length) return undefined
  const [authority, ...above] = [...issuers, ...anchored.map(({ issuer }) => issuer)]
  if (authority === undefined) return undefined
  const { delegate, csPubKey, bootedAt } = own.certificate
  return {
    delegate,
    csPubKey,
    bootedAt,
    issuers: [authority, ...above],
    root: above.at(-1) ?? authority,
    digests: chain.map(({ digest }) => digest),
  }
}

export type PinDecision =
  /** Nothing is pinned of the peer: this is the first contact. */
  | { readonly verdict: "new" }
  /** Key and authority are the pinned ones. */
  | { readonly verdict: "known" }
  /** Key or authority are others, and the pinned authority answers for them. */
  | { readonly verdict: "vouched" }
  /** Refused until a person decides. `changed` is what does not fit. */
  | { readonly verdict: "changed"; readonly changed: "model" | "root" | "authority" | "key" }

/**
 * What first use says to a chain. The first line that fits decides:
 *
 * | pinned                                  | shown                                                    | verdict             |
 * | --------------------------------------- | -------------------------------------------------------- | ------------------- |
 * | realm or peer, ever by a stronger model | anything                                                 | changed (model)     |
 * | nothing of the realm                    | anything                                                 | new                 |
 * | a root                                  | another root                                             | changed (root)      |
 * | the root, nothing of the peer           | that root                                                | new                 |
 * | key K by authority A                    | K, issued by A                                           | known               |
 * | key K by authority A                    | A issued no certificate of the chain                     | changed (authority) |
 * | key K by authority A                    | K, and A certified whoever issued it                     | vouched             |
 * | key K by authority A                    | another key of a later boot; A issued, or certified so   | vouched             |
 * | key K by authority A                    | another key of no later boot: one that was left behind   | changed (key)       |
 *
 * Only for chains that pass the chain rules with the pinned root: whose certificates were really signed.
 */
export function decidePin({ realm, peer }: Pinned, shown: PinClaim): PinDecision {
  const changed = (what: "model" | "root" | "authority" | "key"): PinDecision => ({ verdict: "changed", changed: what })
  if ([realm, peer].some((pin) => pin !== undefined && pin.model !== "first-use")) return changed("model")
  if (realm === undefined) return { verdict: "new" }
  if (realm.root !== shown.root) return changed("root")
  if (peer === undefined) return { verdict: "new" }
  if (!shown.issuers.includes(peer.issuer)) return changed("authority")
  if (peer.csPubKey === shown.csPubKey) return { verdict: peer.issuer === shown.issuers[0] ? "known" : "vouched" }
  return shown.bootedAt > peer.bootedAt ? { verdict: "vouched" } : changed("key")
}

const STRENGTH: Readonly<Record<TrustModel, number>> = { "first-use": 0, standalone: 1, "on-chain": 2 }

export function stronger(a: TrustModel, b: TrustModel): TrustModel {
  return STRENGTH[a] >= STRENGTH[b] ? a : b
}

/**
 * The pins after a chain was verified by `model`; the same objects where nothing changes. What stays the same keeps the
 * time of its first contact and a person's confirmation; so does a key for which the pinned authority answers.
 */
export function pinsAfter(pinned: Pinned, place: PinPlace, shown: PinClaim, model: TrustModel, now: number): Pinned {
  const first = { place, since: now, confirmed: false }
  const oldRealm = pinned.realm
  const sameRoot = oldRealm?.root === shown.root
  const realm: RealmPin = {
    ...(sameRoot ? oldRealm : { ...first, kind: "realm", root: shown.root }),
    model: stronger(model, oldRealm?.model ?? model),
  }
  const { delegate, csPubKey, bootedAt, digests } = shown
  const [issuer] = shown.issuers
  const oldPeer = pinned.peer
  const continued = sameRoot && oldPeer !== undefined && shown.issuers.includes(oldPeer.issuer)
  const kept = continued ? oldPeer : { ...first, place }
  const known = continued && oldPeer.csPubKey === csPubKey && oldPeer.issuer === issuer
  const peer: PeerPin = {
    ...(known ? oldPeer : { kind: "peer", delegate, csPubKey, bootedAt, issuer, digests, ...timesOf(kept) }),
    model: stronger(model, oldPeer?.model ?? model),
  }
  return {
    realm: sameRoot && oldRealm.model === realm.model ? oldRealm : realm,
    peer: known && oldPeer.model === peer.model ? oldPeer : peer,
  }
}

function timesOf({ place, since, confirmed }: Omit<Kept, "model">): Omit<Kept, "model"> {
  return { place, since, confirmed }
}

/** A pin's name: the same for every spelling of the same place and address, and for nothing else. */
export function pinKey({ chainId, verifyingContract, realm }: PinPlace, delegate?: Address): string {
  return [chainId, verifyingContract, realm, ...(delegate ? [delegate] : [])].join(" ").toLowerCase()
}

/** The name of a pin itself. */
export function keyOfPin(pin: Pin): string {
  return pinKey(pin.place, pin.kind === "peer" ? pin.delegate : undefined)
}

type Fingerprinted =
  Pick<PeerPin, "kind" | "place" | "delegate" | "csPubKey" | "issuer"> | Pick<RealmPin, "kind" | "place" | "root">

/** SHA-256 of what is pinned and where, as people compare it: 16 groups of four hexadecimal digits. */
export function fingerprintOf(pin: Fingerprinted): string {
  const what =
    pin.kind === "realm"
      ? [placeBytes(pin.place), bytesOf(pin.root)]
      : [placeBytes(pin.place, pin.delegate), bytesOf(pin.csPubKey), bytesOf(pin.issuer)]
  const digest = sha256(concatBytes(utf8ToBytes(`wamp-e2ee pin ${pin.kind}\0`), ...what))
  return toHex(digest).slice(2).match(/.{4}/g)?.join(" ") ?? ""
}

/** Fingerprints of what a chain shows, of its root and of its peer. */
export function fingerprintsOf(place: PinPlace, shown: PinClaim): { readonly realm: string; readonly peer: string } {
  const { delegate, csPubKey, root, issuers } = shown
  return {
    realm: fingerprintOf({ kind: "realm", place, root }),
    peer: fingerprintOf({ kind: "peer", place, delegate, csPubKey, issuer: issuers[0] }),
  }
}

/** Chain id (32 bytes), contract, realm and, for a peer, its address. */
function placeBytes({ chainId, verifyingContract, realm }: PinPlace, delegate?: Address): Uint8Array {
  const id = fromHex(chainId.toString(16).padStart(64, "0"), 32)
  if (id === undefined) throw new E2eeError("usage.invalid", `chain id ${chainId} does not fit 256 bits`)
  return concatBytes(id, bytesOf(verifyingContract), bytesOf(realm), ...(delegate ? [bytesOf(delegate)] : []))
}

function bytesOf(hex: Hex): Uint8Array {
  const bytes = fromHex(hex)
  if (bytes === undefined) throw new E2eeError("internal.invariant", `${hex} is no hex`)
  return bytes
}
