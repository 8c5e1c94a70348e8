import { expand } from "@noble/hashes/hkdf.js"
import { sha256 } from "@noble/hashes/sha2.js"
import { concatBytes, equalBytes, fromHex, toHex, utf8ToBytes, type Hex } from "../core/bytes.ts"
import { ed25519PublicKey, signLabelled, verifyLabelled } from "../core/ed25519.ts"
import { E2eeError } from "../core/errors.ts"
import { Secret } from "../core/secret.ts"
import { encodeCbor } from "../payload/cbor.ts"
import { Fields } from "./fields.ts"

/**
 * Mode `dsig`: a writer signs under a key of the epoch, which it names with its own signature, and publishes that key's
 * seed two epochs later. Receivers take messages of an epoch in the next one's grace at the latest, before the seed is
 * known; afterwards anybody could have made them. The seeds are a chain, s(e) = SHA-256("wek1 seed" || s(e + 1)), so that
 * one late disclosure gives all earlier ones.
 */
export const DISCLOSURE_DELAY = 2

/** Bytes of the authenticator: epoch key (32) || its naming by the writer (64) || signature under it (64). */
export const DISCLOSED_BYTES = 160
const NAMING_LABEL = "wek1 dsig key"
const SIGNATURE_LABEL = "wek1 dsig"

/** Of which generation and epoch a signing key is. */
export interface EpochPlace {
  /** Hash of the generation's announcement, 32 bytes. */
  readonly announcement: Uint8Array
  readonly epoch: number
}

/** The signing keys of a writer for one generation. */
export class DisclosedKeys {
  readonly #last: Secret
  readonly #epochs: number

  /** @param seed 32 random bytes @param epochs how many the generation has at most */
  constructor(seed: Uint8Array, epochs: number) {
    this.#last = new Secret(seed)
    this.#epochs = epochs
  }

  /** The seed of an epoch, 32 bytes: to be told only when its time has come. */
  seed(epoch: number): Uint8Array {
    if (epoch < 0 || epoch >= this.#epochs)
      throw new E2eeError("keys.epoch", `epoch ${epoch} is none of the ${this.#epochs} of its generation`)
    let seed = Uint8Array.from(this.#last.expose())
    for (let at = this.#epochs - 1; at > epoch; at--) seed = earlierSeed(seed)
    return seed
  }

  /** The authenticator of a message, 160 bytes. @param covered what the signature covers */
  sign(place: EpochPlace, covered: Uint8Array, csKey: Secret): Uint8Array {
    const key = signingKey(this.seed(place.epoch))
    const publicKey = fromHex(ed25519PublicKey(key), 32) as Uint8Array
    const naming = signLabelled(NAMING_LABEL, named(place, publicKey), csKey)
    const signature = signLabelled(SIGNATURE_LABEL, covered, key)
    key.wipe()
    return concatBytes(publicKey, naming, signature)
  }

  wipe(): void {
    this.#last.wipe()
  }
}

/** Whether an authenticator is that of a message of the epoch by the writer with that Ed25519 key. */
export function verifyDisclosed(
  authenticator: Uint8Array,
  place: EpochPlace,
  covered: Uint8Array,
  writer: Hex,
): boolean {
  if (authenticator.length !== DISCLOSED_BYTES) return false
  const publicKey = authenticator.subarray(0, 32)
  return (
    verifyLabelled(NAMING_LABEL, named(place, publicKey), authenticator.subarray(32, 96), writer) &&
    verifyLabelled(SIGNATURE_LABEL, covered, authenticator.subarray(96), toHex(publicKey))
  )
}

/** A seed that was published: [1, scope id, announcement hash, epoch, writer's Ed25519 key, seed]. */
export interface Disclosure extends EpochPlace {
  readonly scope: Uint8Array
  readonly writer: Hex
  readonly seed: Uint8Array
}

export function encodeDisclosure({ scope, announcement, epoch, writer, seed }: Disclosure): Uint8Array {
  return encodeCbor([1, scope, announcement, epoch, fromHex(writer, 32), seed])
}

export function parseDisclosure(bytes: Uint8Array): Disclosure {
  const fields = new Fields(bytes, "a disclosure", [6])
  fields.constant(0, 1, "version")
  return {
    scope: fields.bytes(1, "scope", 32),
    announcement: fields.bytes(2, "announcement", 32),
    epoch: fields.count(3, "epoch"),
    writer: toHex(fields.bytes(4, "writer", 32)),
    seed: fields.bytes(5, "seed", 32),
  }
}

/** Whether a seed is that of the key under which a message was signed: from then on the message proves nothing. */
export function disclosesKeyOf(seed: Uint8Array, authenticator: Uint8Array): boolean {
  const key = signingKey(seed)
  return equalBytes(fromHex(ed25519PublicKey(key), 32) as Uint8Array, authenticator.subarray(0, 32))
}

/** The Ed25519 seed of an epoch's signing key. */
export function signingKey(seed: Uint8Array): Secret {
  return new Secret(expand(sha256, seed, utf8ToBytes("wek1 dsig seed"), 32))
}

export function earlierSeed(seed: Uint8Array): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(sha256(concatBytes(utf8ToBytes("wek1 seed"), seed)))
}

function named({ announcement, epoch }: EpochPlace, publicKey: Uint8Array): Uint8Array {
  return sha256(encodeCbor([announcement, epoch, publicKey]))
}
