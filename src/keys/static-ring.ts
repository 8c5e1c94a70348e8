import { hmac } from "@noble/hashes/hmac.js"
import { sha256 } from "@noble/hashes/sha2.js"
import { concatBytes, equalBytes, fromHex, utf8ToBytes, type Hex } from "../core/bytes.ts"
import { E2eeError } from "../core/errors.ts"
import { Secret } from "../core/secret.ts"
import { encodeCbor } from "../payload/cbor.ts"
import type { Kind } from "../payload/frame.ts"
import { keyIdOf } from "../payload/keyid.ts"
import type { Profile } from "../payload/profile.ts"
import type { DataKey } from "./schedule.ts"

/** A data key that all parties of a scope were given beforehand. */
export interface StaticKey {
  /** 32 bytes. */
  readonly key: Uint8Array | Secret
  /** SHA-256("wek1 commit" || key), where a party that is trusted published it: a key id alone commits to no key. */
  readonly commitment?: Hex
}

/** The static keys of a scope: the first seals, all open. */
export class StaticRing {
  readonly #keys = new Map<string, DataKey>()

  /** Throws `usage.invalid` for keys that are none, are not what their commitment says, or share one key id. */
  constructor(keys: readonly StaticKey[]) {
    // What JavaScript passed may be anything.
    if (!Array.isArray(keys) || keys.length === 0) throw invalid("no keys; expected a list of { key }, one at least")
    for (const [i, given] of keys.entries()) {
      const key = secretOf(given, i)
      const commitment: unknown = given.commitment
      if (commitment !== undefined && !commitsTo(commitment, key))
        throw invalid(`key ${i} is not the one that its commitment ${JSON.stringify(commitment)} names`)
      const keyId = keyIdOf(key.expose())
      // 32 keys share one id, of which a message can mean one alone.
      if (this.#keys.has(keyId)) throw invalid(`key ${i} has the id ${keyId} of an earlier key`)
      this.#keys.set(keyId, { key, keyId })
    }
  }

  /** The key that seals. */
  get own(): DataKey {
    for (const key of this.#keys.values()) return key
    throw new E2eeError("session.closed", "the endpoint is closed")
  }

  find(keyId: string): DataKey | undefined {
    return this.#keys.get(keyId)
  }

  wipe(): void {
    for (const { key } of this.#keys.values()) key.wipe()
    this.#keys.clear()
  }
}

/** SHA-256("wek1 commit" || key), 32 bytes. */
export function keyCommitment(key: Secret): Uint8Array {
  return sha256(concatBytes(utf8ToBytes("wek1 commit"), key.expose()))
}

function secretOf(given: StaticKey, i: number): Secret {
  const { key } = Object(given) as StaticKey
  const bytes: unknown = key instanceof Secret ? key.expose() : key
  if (!(bytes instanceof Uint8Array)) throw invalid(`key ${i} is no Uint8Array; expected { key } with 32 bytes`)
  if (bytes.length !== 32) throw invalid(`key ${i} has ${bytes.length} bytes; expected 32`)
  // Forgotten to be filled, or overwritten after use.
  if (bytes.every((byte) => byte === 0)) throw invalid(`key ${i} is all zeros; expected 32 random bytes`)
  return new Secret(bytes)
}

function commitsTo(commitment: unknown, key: Secret): boolean {
  const bytes = typeof commitment === "string" ? fromHex(commitment, 32) : undefined
  return bytes !== undefined && equalBytes(bytes, keyCommitment(key))
}

/**
 * The authenticator of a message under a static key, 32 bytes: shows that its maker held this very key, and meant the
 * message for this place. Secretbox alone commits to no key and has no associated data.
 */
export function staticAuthenticator(
  { key, keyId }: DataKey,
  { serializer, cipher, padding, compression }: Profile,
  { kind, uri }: { readonly kind: Kind; readonly uri: string },
  covered: { readonly nonce: Uint8Array; readonly headerBytes: Uint8Array; readonly restHash: Uint8Array },
): Uint8Array {
  const profile = [serializer.scheme, serializer.name, cipher.name, padding, compression?.name ?? null]
  const context = encodeCbor([profile, kind, uri, fromHex(keyId)])
  const parts = [sha256(context), covered.nonce, sha256(covered.headerBytes), covered.restHash]
  return hmac(sha256, key.expose(), concatBytes(utf8ToBytes("wek1 kc"), ...parts))
}

function invalid(why: string): E2eeError {
  return new E2eeError("usage.invalid", `static keys: ${why}`)
}
