import { expand } from "@noble/hashes/hkdf.js"
import { hmac } from "@noble/hashes/hmac.js"
import { sha256 } from "@noble/hashes/sha2.js"
import type { Address } from "../core/address.ts"
import { concatBytes, fromHex, utf8ToBytes, type Hex } from "../core/bytes.ts"
import { Secret } from "../core/secret.ts"
import { encodeCbor } from "../payload/cbor.ts"
import type { Kind } from "../payload/frame.ts"
import { keyIdOf } from "../payload/keyid.ts"
import type { Branch } from "./roles.ts"

/** A key of one writer for one URI and kind of message, with its `ppt_keyid`. */
export interface DataKey {
  readonly key: Secret
  readonly keyId: string
}

/** Names a scope: SHA-256 over realm, match and URI, 32 bytes. */
export function scopeId(realm: Address, match: "exact" | "prefix", uri: string): Uint8Array {
  return sha256(concatBytes(utf8ToBytes("wek1 scope"), encodeCbor([addressBytes(realm), match, uri])))
}

/** Commits to a generation's secret, or to one of each branch (32 bytes each), without telling it, itself 32 bytes. */
export function generationCommitment(...secrets: readonly Secret[]): Uint8Array {
  return sha256(concatBytes(utf8ToBytes("wek1 commit"), ...secrets.map((secret) => secret.expose())))
}

/** Names a generation, 32 bytes: forked announcements give different keys. */
export function announcementHash(announcement: Uint8Array): Uint8Array {
  return sha256(concatBytes(utf8ToBytes("wek1 ann"), announcement))
}

/** The secret of a generation's branch in its epoch 0, 32 bytes: what readers of that epoch hold. */
export function branchSecret(announcement: Uint8Array, generationSecret: Secret, branch: Branch): Secret {
  const root = hmac(sha256, announcement, generationSecret.expose())
  const secret = derive(new Secret(root), branch)
  root.fill(0)
  return secret
}

/** The branch's secret of the next epoch. There is no way back. */
export function nextBranchSecret(secret: Secret): Secret {
  return derive(secret, "next")
}

/** Commits to a branch's secret of an epoch, 32 bytes: that all readers hold the same. */
export function epochCommitment(secret: Secret): Uint8Array {
  return sha256(concatBytes(utf8ToBytes("wek1 ec"), secret.expose()))
}

/** The one secret below a branch's epoch that a writer, named by its Ed25519 key, holds: 32 bytes. */
export function writerSecret(branch: Secret, writer: Hex): Secret {
  return derive(branch, concatBytes(utf8ToBytes("writer"), fromHex(writer, 32) as Uint8Array))
}

/**
 * The data key of a writer for one kind of message and URI: a clamped X25519 scalar (RFC 7748), used as secretbox key. The
 * announcement goes in once more: an agent that hands one branch secret out under two of them gives two groups no key in common.
 */
export function dataKey(
  writer: Secret,
  { kind, realm, uri, announcement }: Pick<MessagePlace, "kind" | "realm" | "uri" | "announcement">,
): DataKey {
  const place = encodeCbor([kind, addressBytes(realm), uri, announcement])
  const derived = expand(sha256, writer.expose(), concatBytes(utf8ToBytes("dek"), place), 32)
  derived[0] = (derived[0] as number) & 248
  derived[31] = ((derived[31] as number) & 127) | 64
  const result = { key: new Secret(derived), keyId: keyIdOf(derived) }
  derived.fill(0)
  return result
}

/** Where and when a message belongs. */
export interface MessagePlace {
  readonly realm: Address
  /** Hash of the generation's announcement, 32 bytes, and its number. */
  readonly announcement: Uint8Array
  readonly generation: number
  readonly epoch: number
  readonly kind: Kind
  readonly uri: string
  /** Ed25519 key of the writer below whose secret the key lies. */
  readonly writer: Hex
}

/** What a message's signature covers beside its bytes, 32 bytes. Not transmitted. */
export function messageContext({
  announcement,
  realm,
  generation,
  epoch,
  kind,
  uri,
  writer,
}: MessagePlace): Uint8Array {
  const fields = [announcement, addressBytes(realm), generation, epoch, kind, uri, fromHex(writer)]
  return sha256(concatBytes(utf8ToBytes("wek1 ctx"), encodeCbor(fields)))
}

function derive(secret: Secret, label: string | Uint8Array): Secret {
  const bytes = expand(sha256, secret.expose(), typeof label === "string" ? utf8ToBytes(label) : label, 32)
  const derived = new Secret(bytes)
  bytes.fill(0)
  return derived
}

function addressBytes(address: Address): Uint8Array {
  return fromHex(address, 20) as Uint8Array
}
