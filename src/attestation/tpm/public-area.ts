import { ByteReader } from "../../core/byte-reader.ts"
import { u16 } from "../../core/byte-writer.ts"
import { concatBytes } from "../../core/bytes.ts"
import { malformed, tooLarge } from "../refusals.ts"
import { ALG, CURVES, hashOf, shown } from "./algorithms.ts"

/** TPMA_OBJECT (Part 2, 8.3): bits of `attributes`. */
export const OBJECT = {
  fixedTPM: 1 << 1,
  stClear: 1 << 2,
  fixedParent: 1 << 4,
  sensitiveDataOrigin: 1 << 5,
  userWithAuth: 1 << 6,
  adminWithPolicy: 1 << 7,
  noDA: 1 << 10,
  restricted: 1 << 16,
  decrypt: 1 << 17,
  sign: 1 << 18,
} as const

export interface EccKey {
  readonly type: "ecc"
  readonly curve: "P-256" | "P-384"
  /** Coordinates, 32 or 48 bytes each. */
  readonly x: Uint8Array
  readonly y: Uint8Array
}

export interface RsaKey {
  readonly type: "rsa"
  /** Big-endian, 256, 384 or 512 bytes; the exponent is 65537. */
  readonly modulus: Uint8Array
}

export interface Scheme {
  /** TPM_ALG_ID of the signature scheme, and of its hash. */
  readonly algorithm: number
  readonly hash: number
}

/** A TPMT_PUBLIC (Part 2, 12.2.4) of an asymmetric key. */
export interface PublicArea {
  /** As it came: what is hashed into the Name. */
  readonly bytes: Uint8Array
  readonly nameAlg: number
  /** TPMA_OBJECT, 32 bits. */
  readonly attributes: number
  readonly authPolicy: Uint8Array
  /** Absent for TPM_ALG_NULL. */
  readonly symmetric?: { readonly algorithm: number; readonly keyBits: number; readonly mode: number }
  /** Absent for TPM_ALG_NULL: each signature could then choose. */
  readonly scheme?: Scheme
  readonly key: EccKey | RsaKey
}

const MOST_BYTES = 1_024
const RSA_BITS: readonly number[] = [2_048, 3_072, 4_096]
const RSA_EXPONENT = 65_537

/** Throws `attestation.too_large` over 1,024 bytes, `attestation.malformed`. */
export function parsePublic(bytes: Uint8Array): PublicArea {
  const what = "the public area of the key"
  if (bytes.length > MOST_BYTES) throw tooLarge(what, bytes.length, MOST_BYTES)
  const reader = new ByteReader(bytes, malformed(what))
  const type = reader.u16()
  if (type !== ALG.rsa && type !== ALG.ecc) throw reader.fail(`a key of type ${shown(type)}; expected RSA or ECC`)
  const nameAlg = reader.u16()
  if (hashOf(nameAlg) === undefined) throw reader.fail(`name algorithm ${shown(nameAlg)}; expected SHA-256, 384 or 512`)
  const attributes = reader.u32()
  const authPolicy = reader.sized16(64)
  const symmetric = symmetricOf(reader)
  const scheme = schemeOf(reader)
  const key = type === ALG.ecc ? eccOf(reader) : rsaOf(reader)
  reader.end()
  return {
    bytes: Uint8Array.from(bytes),
    nameAlg,
    attributes,
    authPolicy,
    ...(symmetric === undefined ? {} : { symmetric }),
    ...(scheme === undefined ? {} : { scheme }),
    key,
  }
}

/** The Name of a key: nameAlg (2) || digest of its public area (Part 1, 16). */
export function nameOf({ bytes, nameAlg }: PublicArea): Uint8Array {
  return concatBytes(u16(nameAlg), digest(nameAlg, bytes))
}

/** Permanent handles of the hierarchies whose keys may attest (Part 2, 7.4). */
export const HIERARCHY = { owner: 0x40000001, endorsement: 0x4000000b } as const

/** The qualified name of a key below a hierarchy or key with the given (qualified) name (Part 1, 26.5). */
export function qualifiedName(above: Uint8Array, name: Uint8Array): Uint8Array {
  const nameAlg = ((name[0] ?? 0) << 8) | (name[1] ?? 0)
  return concatBytes(u16(nameAlg), digest(nameAlg, concatBytes(above, name)))
}

function digest(algorithm: number, bytes: Uint8Array): Uint8Array {
  const hash = hashOf(algorithm)
  if (hash === undefined) throw malformed("a name")(`hash ${shown(algorithm)}; expected SHA-256, 384 or 512`)
  return hash.of(bytes)
}

function symmetricOf(reader: ByteReader): PublicArea["symmetric"] {
  const algorithm = reader.u16()
  if (algorithm === ALG.null) return undefined
  if (algorithm !== ALG.aes) throw reader.fail(`symmetric algorithm ${shown(algorithm)}; expected AES or none`)
  return { algorithm, keyBits: reader.u16(), mode: reader.u16() }
}

function schemeOf(reader: ByteReader): Scheme | undefined {
  const algorithm = reader.u16()
  if (algorithm === ALG.null) return undefined
  const known: readonly number[] = [ALG.rsassa, ALG.rsapss, ALG.ecdsa]
  if (!known.includes(algorithm))
    throw reader.fail(`scheme ${shown(algorithm)}; expected RSASSA, RSAPSS, ECDSA or none`)
  return { algorithm, hash: reader.u16() }
}

function eccOf(reader: ByteReader): EccKey {
  const id = reader.u16()
  const curve = Object.hasOwn(CURVES, id) ? CURVES[id] : undefined
  if (curve === undefined) throw reader.fail(`curve ${shown(id)}; expected P-256 or P-384`)
  const kdf = reader.u16()
  if (kdf !== ALG.null) throw reader.fail(`key derivation ${shown(kdf)}; expected none`)
  const [x, y] = [reader.sized16(curve.bytes), reader.sized16(curve.bytes)]
  if (x.length !== curve.bytes || y.length !== curve.bytes)
    throw reader.fail(`coordinates of ${x.length} and ${y.length} bytes; expected ${curve.bytes}`)
  return { type: "ecc", curve: curve.name, x, y }
}

function rsaOf(reader: ByteReader): RsaKey {
  const bits = reader.u16()
  if (!RSA_BITS.includes(bits)) throw reader.fail(`an RSA key of ${bits} bits; expected ${RSA_BITS.join(", ")}`)
  const exponent = reader.u32() // 0 stands for the default
  if (exponent !== 0 && exponent !== RSA_EXPONENT)
    throw reader.fail(`RSA exponent ${exponent}; expected ${RSA_EXPONENT}`)
  const modulus = reader.sized16(bits / 8)
  if (modulus.length !== bits / 8 || (modulus[0] ?? 0) < 0x80)
    throw reader.fail(`a modulus of ${modulus.length} bytes; expected ${bits} bits`)
  return { type: "rsa", modulus }
}
