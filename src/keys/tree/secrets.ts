import { chacha20poly1305 } from "@noble/ciphers/chacha.js"
import { sha256 } from "@noble/hashes/sha2.js"
import { concatBytes, utf8ToBytes } from "../../core/bytes.ts"
import { E2eeError } from "../../core/errors.ts"
import { Secret } from "../../core/secret.ts"
import { encodeCbor } from "../../payload/cbor.ts"
import type { Branch } from "../roles.ts"

// What follows from the secret of a node, by SHA-256 under a label for each purpose: in every re-key an agent of 10,000
// members takes some 20,000 such steps, and one is a single block. The secrets are bytes here, which their owners overwrite.

/** Bytes of a node's secret. */
export const SECRET_BYTES = 32
/** Bytes of a secret under a node's key: 32 and a tag of 16. */
export const SEALED_BYTES = 48
/** A key is derived for one box alone. */
const NONCE = new Uint8Array(12)

const labelled = (label: string) => {
  const prefix = utf8ToBytes(label)
  return (secret: Uint8Array): Uint8Array => {
    const input = concatBytes(prefix, secret)
    const output = sha256(input)
    input.fill(0)
    return output
  }
}

/** The secret that the node has once a generation began: from it nothing of that generation's beginning follows. */
export const nextSecret = labelled("wek1 tree next")
/** The secret of the node's parent, where both are fresh. */
export const parentSecret = labelled("wek1 tree up")
const outcome = labelled("wek1 tree out")
const boxKey = labelled("wek1 tree box")

/** What the readers of a branch take for its generation's secret, 32 bytes: it follows from their tree's root. */
export function generationSecretOf(root: Uint8Array): Secret {
  const bytes = outcome(root)
  const secret = new Secret(bytes)
  bytes.fill(0)
  return secret
}

/** Which tree. */
export interface TreePlace {
  /** Id of the scope, 32 bytes. */
  readonly scope: Uint8Array
  readonly branch: Branch
}

/** Where a box belongs: no other place can be made of it. */
export interface BoxPlace extends TreePlace {
  /** The one that the re-key begins. */
  readonly generation: number
  /** Under whose key it is. */
  readonly node: number
}

/** The secret of a node's parent under the node's key, 48 bytes. */
export function sealSecret(place: BoxPlace, key: Uint8Array, secret: Uint8Array): Uint8Array {
  const ad = adOf(place)
  const derived = keyOf(key, ad)
  const box = chacha20poly1305(derived, NONCE, ad).encrypt(secret)
  derived.fill(0)
  return box
}

/** Throws `keys.rekey` for what was sealed under another key or for another place. */
export function openSecret(place: BoxPlace, key: Uint8Array, box: Uint8Array): Uint8Array {
  const ad = adOf(place)
  const derived = keyOf(key, ad)
  try {
    return chacha20poly1305(derived, NONCE, ad).decrypt(box)
  } catch {
    throw new E2eeError("keys.rekey", `a part of the re-key to generation ${place.generation} is under another key`)
  } finally {
    derived.fill(0)
  }
}

function adOf({ scope, branch, generation, node }: BoxPlace): Uint8Array {
  return encodeCbor([scope, branch, generation, node])
}

/** Of a place's own: where an agent's memory was taken back to an earlier time, no key seals twice. */
function keyOf(key: Uint8Array, ad: Uint8Array): Uint8Array {
  const both = concatBytes(key, sha256(ad))
  const derived = boxKey(both)
  both.fill(0)
  return derived
}
