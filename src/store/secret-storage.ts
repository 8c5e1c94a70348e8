import { createCipheriv, pbkdf2, randomBytes, scrypt } from "node:crypto"
import { promisify } from "node:util"
import { keccak_256 } from "@noble/hashes/sha3.js"
import { concatBytes, equalBytes, fromHex, toHex } from "../core/bytes.ts"
import { asE2eeError, E2eeError } from "../core/errors.ts"
import { Secret } from "../core/secret.ts"
import { passwordsToRead, passwordToWrite } from "./password.ts"

// Web3 Secret Storage, version 3: the section `crypto` of a key file. A password is stretched to 32 bytes; the first 16
// encrypt (AES-128-CTR), the last 16 authenticate: keccak256(last 16 || ciphertext). The MAC covers neither iv nor
// cipher, so whoever opens a section must compare the public key that comes out with the one the file states.

export type Stretching =
  { kdf: "scrypt"; salt: Uint8Array; n: number; r: number; p: number } | { kdf: "pbkdf2"; salt: Uint8Array; c: number }

/** An encrypted secret whose every parameter is within bounds: only `lock` and `parseLocked` make one. */
export interface Locked {
  readonly iv: Uint8Array // 16 bytes
  readonly ciphertext: Uint8Array // as long as the secret
  readonly mac: Uint8Array // 32 bytes
  readonly stretching: Stretching
  readonly [checked]: true
}
declare const checked: unique symbol

const DERIVED_LENGTH = 32
const WRITTEN_N = 2 ** 18 // about a second
const MIN_N = 2 ** 14
/** scrypt takes 128·n·r bytes, which is 1 GiB here, and walks them p times. */
const MAX_N = 2 ** 20
const R = 8
const MAX_P = 4
const MIN_ROUNDS = 262_144
const MAX_ROUNDS = 10_000_000

/**
 * Encrypts a secret. `n` is the cost of scrypt (a power of two within 2^14..2^20); leave it out, for 2^18, unless tests
 * must be fast. Rejects with usage.invalid for an empty password or another n.
 */
export async function lock(secret: Secret, password: string, n: number = WRITTEN_N): Promise<Locked> {
  const stretching: Stretching = { kdf: "scrypt", salt: randomBytes(32), n, r: R, p: 1 }
  const wrong = outOfBounds(stretching)
  if (wrong !== undefined) throw new E2eeError("usage.invalid", wrong)
  const key = await stretch(passwordToWrite(password), stretching)
  const iv = randomBytes(16)
  const ciphertext = aesCtr(key, iv, secret.expose())
  const mac = macOf(key, ciphertext)
  key.fill(0)
  return checkedParts({ iv, ciphertext, mac, stretching })
}

/** Decrypts; undefined if the password is wrong (or salt, cost, ciphertext or mac were altered: that looks the same). */
export async function unlock(locked: Locked, password: string): Promise<Secret | undefined> {
  for (const bytes of passwordsToRead(password)) {
    const key = await stretch(bytes, locked.stretching)
    try {
      if (!equalBytes(macOf(key, locked.ciphertext), locked.mac)) continue
      const plain = aesCtr(key, locked.iv, locked.ciphertext)
      const secret = new Secret(plain)
      plain.fill(0)
      return secret
    } finally {
      key.fill(0)
    }
  }
  return undefined
}

/** Asynchronous: it takes a second in a thread of its own, not in the event loop. Overwrites the password's bytes. */
async function stretch(password: Uint8Array, by: Stretching): Promise<Uint8Array> {
  try {
    if (by.kdf === "pbkdf2") return await promisify(pbkdf2)(password, by.salt, by.c, DERIVED_LENGTH, "sha256")
    const maxmem = 128 * by.r * (by.n + by.p + 2) + 1024
    return await scryptAsync(password, by.salt, DERIVED_LENGTH, { N: by.n, r: by.r, p: by.p, maxmem })
  } catch (error) {
    throw asE2eeError(error, "store.io", `cannot derive a key by ${by.kdf}`)
  } finally {
    password.fill(0)
  }
}

const scryptAsync: (
  password: Uint8Array,
  salt: Uint8Array,
  length: number,
  options: { N: number; r: number; p: number; maxmem: number },
) => Promise<Buffer> = promisify(scrypt)

/** Encrypts and decrypts: CTR is its own inverse. */
function aesCtr(key: Uint8Array, iv: Uint8Array, input: Uint8Array): Uint8Array {
  return createCipheriv("aes-128-ctr", key.subarray(0, 16), iv).update(input)
}

function macOf(key: Uint8Array, ciphertext: Uint8Array): Uint8Array {
  return keccak_256(concatBytes(key.subarray(16, 32), ciphertext))
}

/** What is wrong with a cost, asked before anything is allocated: a stranger's file must neither be weak nor kill us. */
function outOfBounds(by: Stretching): string | undefined {
  if (by.kdf === "pbkdf2") {
    const fits = Number.isSafeInteger(by.c) && by.c >= MIN_ROUNDS && by.c <= MAX_ROUNDS
    return fits ? undefined : `pbkdf2 c is ${by.c}; expected ${MIN_ROUNDS} to ${MAX_ROUNDS}`
  }
  const { n, r, p } = by
  if (!Number.isSafeInteger(n) || n < MIN_N || n > MAX_N || (n & (n - 1)) !== 0) {
    return `scrypt n is ${n}; expected a power of two from ${MIN_N} to ${MAX_N}`
  }
  if (r !== R) return `scrypt r is ${r}; expected ${R}`
  if (!Number.isSafeInteger(p) || p < 1 || p > MAX_P) return `scrypt p is ${p}; expected 1 to ${MAX_P}`
  return undefined
}

/** The section as JSON; hex without 0x. */
export function formatLocked(locked: Locked): object {
  const { salt, kdf, ...cost } = locked.stretching
  const prf = kdf === "pbkdf2" ? { prf: "hmac-sha256" } : {}
  return {
    cipher: "aes-128-ctr",
    cipherparams: { iv: hex(locked.iv) },
    ciphertext: hex(locked.ciphertext),
    kdf,
    kdfparams: { dklen: DERIVED_LENGTH, ...cost, ...prf, salt: hex(salt) },
    mac: hex(locked.mac),
  }
}

/**
 * A section read from JSON, all bounds checked: cipher aes-128-ctr, a ciphertext of exactly `length` bytes, salt of 16
 * to 64 bytes, scrypt or pbkdf2 with hmac-sha256 within the bounds above. Throws store.corrupt, naming `file`.
 */
export function parseLocked(section: unknown, length: number, file: string): Locked {
  const crypto = record(section, "crypto", file)
  if (crypto["cipher"] !== "aes-128-ctr") throw corrupt(file, "crypto.cipher is not aes-128-ctr")
  const stretching = parseStretching(crypto["kdf"], record(crypto["kdfparams"], "crypto.kdfparams", file), file)
  const wrong = outOfBounds(stretching)
  if (wrong !== undefined) throw corrupt(file, wrong)
  return checkedParts({
    iv: bytes(record(crypto["cipherparams"], "crypto.cipherparams", file)["iv"], 16, "crypto.cipherparams.iv", file),
    ciphertext: bytes(crypto["ciphertext"], length, "crypto.ciphertext", file),
    mac: bytes(crypto["mac"], 32, "crypto.mac", file),
    stretching,
  })
}

function parseStretching(kdf: unknown, params: Record<string, unknown>, file: string): Stretching {
  if (params["dklen"] !== DERIVED_LENGTH) throw corrupt(file, `crypto.kdfparams.dklen is not ${DERIVED_LENGTH}`)
  const salt = typeof params["salt"] === "string" ? fromHex(params["salt"]) : undefined
  if (!salt || salt.length < 16 || salt.length > 64) throw corrupt(file, "crypto.kdfparams.salt is not 16 to 64 bytes")
  const cost = (name: string): number => {
    const value = params[name]
    if (typeof value !== "number") throw corrupt(file, `crypto.kdfparams.${name} is not a number`)
    return value
  }
  if (kdf === "scrypt") return { kdf, salt, n: cost("n"), r: cost("r"), p: cost("p") }
  if (kdf !== "pbkdf2") throw corrupt(file, "crypto.kdf is neither scrypt nor pbkdf2")
  if (params["prf"] !== "hmac-sha256") throw corrupt(file, "crypto.kdfparams.prf is not hmac-sha256")
  return { kdf, salt, c: cost("c") }
}

/** The one place that mints a Locked; both callers have asked outOfBounds before. */
function checkedParts(parts: Omit<Locked, typeof checked>): Locked {
  return parts as Locked
}

/** The value as an object with fields; store.corrupt if it is none. */
export function record(value: unknown, what: string, file: string): Record<string, unknown> {
  if (typeof value !== "object" || value === null || Array.isArray(value)) {
    throw corrupt(file, `${what} is not an object`)
  }
  return value as Record<string, unknown>
}

function bytes(value: unknown, length: number, what: string, file: string): Uint8Array {
  const parsed = typeof value === "string" ? fromHex(value, length) : undefined
  if (parsed === undefined) throw corrupt(file, `${what} is not ${length} bytes in hex`)
  return parsed
}

/** The error of a file that is not what it should be. */
export function corrupt(file: string, what: string): E2eeError {
  return new E2eeError("store.corrupt", `${file} is damaged or of another format: ${what}; restore it from a backup`)
}

function hex(value: Uint8Array): string {
  return toHex(value).slice(2)
}
