import { expand } from "@noble/hashes/hkdf.js"
import { hmac } from "@noble/hashes/hmac.js"
import { sha256 } from "@noble/hashes/sha2.js"
import type { Address } from "../core/address.ts"
import { concatBytes, fromHex, utf8ToBytes, type Hex } from "../core/bytes.ts"
import { Secret } from "../core/secret.ts"
import { encodeCbor } from "../payload/cbor.ts"
import type { Kind } from "../payload/frame.ts"
import { keyIdOf } from "../payload/keyid.ts"
import { DEFAULT_PROFILE, type Profile } from "../payload/profile.ts"
import type { Branch } from "./roles.ts"

/** A key of one writer for one URI and kind of message, with its `ppt_keyid`. */
export interface DataKey {
  readonly key: Secret
  readonly keyId: string
}

/**
 * Names a scope: SHA-256 over realm, match, URI and how its payloads are written and sealed, 32 bytes. All keys of the
 * scope depend on it, so that end points which are set up otherwise share none.
 */
export function scopeId(
  realm: Address,
  match: "exact" | "prefix",
  uri: string,
  { serializer, cipher, padding, compression }: Profile = DEFAULT_PROFILE,
): Uint8Array {
  const fields = [addressBytes(realm), match, uri, serializer.scheme, serializer.name, cipher.name, padding]
  const all = compression === undefined ? fields : [...fields, compression.name]
  return sha256(concatBytes(utf8ToBytes("wek1 scope"), encodeCbor(all)))
}

/** Names a generation: commits to the scope, the agent and the generation's secret (32 bytes), itself 32 bytes. */
export function announcementHash(scope: Uint8Array, agent: Hex, generationSecret: Secret): Uint8Array {
  const commitment = sha256(concatBytes(utf8ToBytes("wek1 commit"), generationSecret.expose()))
  return sha256(concatBytes(utf8ToBytes("wek1 ann"), encodeCbor([1, scope, fromHex(agent), commitment])))
}

/** The secret of a generation's branch, 32 bytes: what its readers hold. */
export function branchSecret(announcement: Uint8Array, generationSecret: Secret, branch: Branch): Secret {
  const root = hmac(sha256, announcement, generationSecret.expose())
  const secret = derive(new Secret(root), branch)
  root.fill(0)
  return secret
}

/** The one secret below a branch that a writer, named by its Ed25519 key, holds: 32 bytes. */
export function writerSecret(branch: Secret, writer: Hex): Secret {
  return derive(branch, concatBytes(utf8ToBytes("writer"), fromHex(writer, 32) as Uint8Array))
}

/** The data key of a writer for one kind of message and URI: a clamped X25519 scalar (RFC 7748), used as secretbox key. */
export function dataKey(writer: Secret, kind: Kind, realm: Address, uri: string): DataKey {
  const derived = expand(
    sha256,
    writer.expose(),
    concatBytes(utf8ToBytes("dek"), encodeCbor([kind, addressBytes(realm), uri])),
    32,
  )
  derived[0] = (derived[0] as number) & 248
  derived[31] = ((derived[31] as number) & 127) | 64
  const result = { key: new Secret(derived), keyId: keyIdOf(derived) }
  derived.fill(0)
  return result
}

/** What a message's signature covers beside its bytes, 32 bytes. Not transmitted. */
export function messageContext(
  announcement: Uint8Array,
  realm: Address,
  kind: Kind,
  uri: string,
  writer: Hex,
): Uint8Array {
  // Generation and epoch are 0 until the schedule has epochs.
  const fields = [announcement, addressBytes(realm), 0, 0, kind, uri, fromHex(writer)]
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
