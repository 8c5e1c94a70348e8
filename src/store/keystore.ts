import { readdir } from "node:fs/promises"
import type { Hex } from "../core/bytes.ts"
import { E2eeError, type ErrorCode, isE2eeError } from "../core/errors.ts"
import type { Secret } from "../core/secret.ts"
import { addressOfKey, isEthereumKey } from "./address.ts"
import { diskError } from "./disk.ts"
import { type Entry, entryName, entryPath, readEntry, writeEntry } from "./entry.ts"
import { makeFolder, openFolder } from "./private-folder.ts"
import { corrupt, lock, unlock } from "./secret-storage.ts"

// A keystore is a folder (mode 0700) with one file (mode 0600) per entry: `<name>.json`. Every function may reject with
// usage.invalid (name), store.missing, store.mode (others can reach folder or file), store.corrupt or store.io.

export interface WriteOptions {
  password: string
  /** Replace an entry of that name, whatever it holds; otherwise it is refused with store.exists. */
  overwrite?: boolean
  /** scrypt's n instead of 2^18: a power of two from 2^14. Makes passwords cheaper to guess; for tests. */
  dangerouslyWeakScryptN?: number
}

/** The public part of an entry. Addresses have the capitals of EIP-55. */
export type PublicEntry =
  | { name: string; kind: "key"; address: Hex }
  | { name: string; kind: "identity"; address: Hex; csPubKey: string; certificates: unknown[] }

/** An entry that cannot be read stands in the list with its code, so that it hides no other. */
export type ListedEntry = PublicEntry | { name: string; kind: "unreadable"; problem: ErrorCode; reason: string }

/**
 * Encrypts an Ethereum private key (32 bytes) into a new entry, making the keystore if there is none.
 * Rejects with store.exists, or usage.invalid for bytes that are no such key and for an empty password.
 */
export async function createKey(
  dir: string,
  name: string,
  secret: Secret,
  options: WriteOptions,
): Promise<PublicEntry & { kind: "key" }> {
  entryPath(dir, name)
  if (!isEthereumKey(secret)) {
    throw new E2eeError(
      "usage.invalid",
      "this is not an Ethereum private key; expected 32 bytes within secp256k1's order",
    )
  }
  const folder = await makeFolder(dir)
  const address = addressOfKey(secret)
  const locked = await lock(secret, options.password, options.dangerouslyWeakScryptN)
  await writeEntry(folder, name, { kind: "key", address, locked }, options.overwrite ?? false)
  return { name, kind: "key", address }
}

/** Decrypts an Ethereum private key. Rejects with store.password, or store.corrupt if it is not the stated address's. */
export async function openKey(dir: string, name: string, options: { password: string }): Promise<Secret> {
  entryPath(dir, name)
  const folder = await openFolder(dir)
  const entry = await readEntry(folder, name)
  if (entry.kind !== "key") {
    throw new E2eeError("usage.invalid", `${name} is a machine's identity; expected an Ethereum key`)
  }
  const secret = await unlock(entry.locked, options.password)
  if (secret === undefined) throw wrongPassword(name)
  if (!isEthereumKey(secret) || addressOfKey(secret) !== entry.address) {
    secret.wipe()
    throw corrupt(entryPath(folder, name), "the key in it is not that of the stated address")
  }
  return secret
}

/** The public part of one entry, of either kind; needs no password. */
export async function showKey(dir: string, name: string): Promise<PublicEntry> {
  entryPath(dir, name)
  return publicPart(name, await readEntry(await openFolder(dir), name))
}

/** All entries in the order of their names. Files whose name is no entry's are passed over. */
export async function listKeys(dir: string): Promise<ListedEntry[]> {
  const folder = await openFolder(dir)
  const files = await readdir(folder).catch((error: unknown) => {
    throw diskError(error, "cannot list", folder)
  })
  const entries: ListedEntry[] = []
  for (const name of files
    .map(entryName)
    .filter((name) => name !== undefined)
    .sort()) {
    try {
      entries.push(publicPart(name, await readEntry(folder, name)))
    } catch (error) {
      if (!isE2eeError(error)) throw error
      entries.push({ name, kind: "unreadable", problem: error.code, reason: error.message })
    }
  }
  return entries
}

export function wrongPassword(name: string): E2eeError {
  return new E2eeError("store.password", `the password for ${name} is wrong, or its file was altered; try again`)
}

function publicPart(name: string, entry: Entry): PublicEntry {
  const { locked: _, ...shown } = entry
  return { name, ...shown }
}
