import { cfb } from "@noble/ciphers/aes.js"
import { p256 } from "@noble/curves/nist.js"
import { hmac } from "@noble/hashes/hmac.js"
import { sha256 } from "@noble/hashes/sha2.js"
import { sized16, u32 } from "../../core/byte-writer.ts"
import { concatBytes, utf8ToBytes } from "../../core/bytes.ts"
import { E2eeError } from "../../core/errors.ts"
import { encryptOaep } from "../rsa.ts"
import { ALG } from "../tpm/algorithms.ts"
import type { EccKey, PublicArea } from "../tpm/public-area.ts"

/** A secret for one attestation key within one TPM (TPM 2.0 Library, Part 1, 24: credential protection). */
export interface SealedCredential {
  /** TPM2B_ID_OBJECT without its length: HMAC and encrypted secret. */
  readonly blob: Uint8Array
  /** TPM2B_ENCRYPTED_SECRET without its length: the seed for the endorsement key. */
  readonly seed: Uint8Array
}

/** Bytes of the secret, of the seed, and of an ephemeral private key. */
export const SECRET_LENGTH = 32
const SEED_BITS = 256

/**
 * What the command MakeCredential does, without a TPM: only the TPM with `endorsementKey` opens it, and only where it holds
 * the key called `name`, too. Keys of the templates L-1 and L-2 alone: SHA-256 and AES-128.
 * @param random 32 fresh bytes: the seed for an RSA key, the ephemeral private key for an elliptic one
 */
export async function makeCredential(
  endorsementKey: PublicArea,
  name: Uint8Array,
  secret: Uint8Array,
  random: Uint8Array,
): Promise<SealedCredential> {
  const { nameAlg, symmetric, key } = endorsementKey
  const isAes128 = symmetric?.algorithm === ALG.aes && symmetric.keyBits === 128 && symmetric.mode === ALG.cfb
  if (nameAlg !== ALG.sha256 || !isAes128 || secret.length !== SECRET_LENGTH || random.length !== SECRET_LENGTH)
    throw new E2eeError(
      "usage.invalid",
      "credentials are made for endorsement keys of SHA-256 and AES-128, with 32 bytes each",
    )
  const { seed, sealed } = key.type === "ecc" ? agreed(key, random) : await transported(key.modulus, random)
  const storageKey = kdfa(seed, "STORAGE", name, 128)
  const encrypted = cfb(storageKey, new Uint8Array(16)).encrypt(sized16(secret))
  const mac = hmac(sha256, kdfa(seed, "INTEGRITY", new Uint8Array(), SEED_BITS), concatBytes(encrypted, name))
  return { blob: concatBytes(sized16(mac), encrypted), seed: sealed }
}

interface Seed {
  readonly seed: Uint8Array
  readonly sealed: Uint8Array
}

const LABEL = utf8ToBytes("IDENTITY\0")

/** RSAES-OAEP of the seed (Part 1, B.10.3). */
async function transported(modulus: Uint8Array, random: Uint8Array): Promise<Seed> {
  return { seed: random, sealed: await encryptOaep({ modulus }, LABEL, random) }
}

/** One-pass Diffie-Hellman and KDFe (Part 1, C.6.1 and 11.4.10.3). */
function agreed({ curve, x, y }: EccKey, random: Uint8Array): Seed {
  if (curve !== "P-256") throw new E2eeError("usage.invalid", `an endorsement key of curve ${curve}; expected P-256`)
  let shared: Uint8Array
  let point: Uint8Array
  try {
    point = p256.getPublicKey(random, false)
    shared = p256.getSharedSecret(random, concatBytes(Uint8Array.of(4), x, y)).slice(1)
  } catch (cause) {
    throw new E2eeError("attestation.certificate", "the endorsement key is no point of its curve", { cause })
  }
  const [ephemeralX, ephemeralY] = [point.slice(1, 33), point.slice(33)]
  return {
    seed: sha256(concatBytes(u32(1), shared, LABEL, ephemeralX, x)),
    sealed: concatBytes(sized16(ephemeralX), sized16(ephemeralY)),
  }
}

/** KDFa with HMAC-SHA-256 for at most one block (Part 1, 11.4.10.2). */
function kdfa(key: Uint8Array, label: string, context: Uint8Array, bits: number): Uint8Array {
  const block = hmac(sha256, key, concatBytes(u32(1), utf8ToBytes(`${label}\0`), context, u32(bits)))
  return block.slice(0, bits / 8)
}
