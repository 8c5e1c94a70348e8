import { sha256, sha384, sha512 } from "@noble/hashes/sha2.js"

/** TPM_ALG_ID (TPM 2.0 Library, Part 2, 6.3); what is not named here is refused. */
export const ALG = {
  rsa: 0x0001,
  sha1: 0x0004,
  aes: 0x0006,
  keyedHash: 0x0008,
  sha256: 0x000b,
  sha384: 0x000c,
  sha512: 0x000d,
  null: 0x0010,
  rsassa: 0x0014,
  rsapss: 0x0016,
  ecdsa: 0x0018,
  ecc: 0x0023,
  cfb: 0x0043,
} as const

/** TPM_ECC_CURVE (Part 2, 6.4) with the bytes of a coordinate. */
export const CURVES: Readonly<Record<number, { readonly name: "P-256" | "P-384"; readonly bytes: number }>> = {
  0x0003: { name: "P-256", bytes: 32 },
  0x0004: { name: "P-384", bytes: 48 },
}

export interface Hash {
  readonly name: "SHA-256" | "SHA-384" | "SHA-512"
  /** Of a digest. */
  readonly bytes: number
  readonly of: (message: Uint8Array) => Uint8Array
}

/** The hashes that count: SHA-1 is none of them, wherever it stands. */
const HASHES: Readonly<Record<number, Hash>> = {
  [ALG.sha256]: { name: "SHA-256", bytes: 32, of: sha256 },
  [ALG.sha384]: { name: "SHA-384", bytes: 48, of: sha384 },
  [ALG.sha512]: { name: "SHA-512", bytes: 64, of: sha512 },
}

/** Undefined for SHA-1 and whatever else does not count. */
export function hashOf(algorithm: number): Hash | undefined {
  return Object.hasOwn(HASHES, algorithm) ? HASHES[algorithm] : undefined
}

/** `0x000b` for messages. */
export function shown(code: number, digits = 4): string {
  return `0x${code.toString(16).padStart(digits, "0")}`
}
