import { concatBytes, equalBytes } from "../core/bytes.ts"
import { ed25519PublicKey } from "../core/ed25519.ts"
import { E2eeError } from "../core/errors.ts"
import { Secret } from "../core/secret.ts"
import { addressOfKey, isEthereumKey } from "./address.ts"
import { readSecretFile, saveFile } from "./atomic-file.ts"
import {
  type Entry,
  entryPath,
  formatEntry,
  type IdentityEntry,
  MAX_ENTRY_BYTES,
  parseEntry,
  readEntry,
  writeEntry,
} from "./entry.ts"
import { type PublicEntry, type WriteOptions, wrongPassword } from "./keystore.ts"
import { makeFolder, openFolder } from "./private-folder.ts"
import { corrupt, lock, unlock } from "./secret-storage.ts"

/** What makes a machine a delegate. */
export interface StoredIdentity {
  /** The chain, delegate certificate first, in the specification's wire form as JSON; stored as given. */
  certificates: unknown[]
  /** The delegate's Ethereum private key, 32 bytes. */
  delegateKey: Secret
  /** The seed of the Ed25519 key that WAMP-cryptosign proves, 32 bytes. */
  csKey: Secret
}

export type PublicIdentity = PublicEntry & { kind: "identity" }

/**
 * Encrypts both keys into one file of the keystore, which is made if there is none, beside the certificates in the
 * clear. Rejects as `createKey` does.
 */
export async function saveIdentity(
  dir: string,
  name: string,
  identity: StoredIdentity,
  options: WriteOptions,
): Promise<PublicIdentity> {
  entryPath(dir, name)
  const { certificates, delegateKey, csKey } = identity
  if (!isEthereumKey(delegateKey)) {
    throw new E2eeError(
      "usage.invalid",
      "delegateKey is not an Ethereum private key of 32 bytes within secp256k1's order",
    )
  }
  if (csKey.length !== 32) {
    throw new E2eeError("usage.invalid", `csKey has ${csKey.length} bytes; expected an Ed25519 seed of 32`)
  }
  requireArray(certificates)
  const folder = await makeFolder(dir)
  const both = concatBytes(delegateKey.expose(), csKey.expose())
  const secret = new Secret(both)
  both.fill(0)
  try {
    const locked = await lock(secret, options.password, options.dangerouslyWeakScryptN)
    const shown = {
      kind: "identity",
      address: addressOfKey(delegateKey),
      csPubKey: csPubKeyOf(csKey),
      certificates,
    } as const
    await writeEntry(folder, name, { ...shown, locked }, options.overwrite ?? false)
    return { name, ...shown }
  } finally {
    secret.wipe()
  }
}

/** Decrypts both keys. Rejects with store.password, or store.corrupt if they are not those that the file states. */
export async function loadIdentity(dir: string, name: string, options: { password: string }): Promise<StoredIdentity> {
  entryPath(dir, name)
  const folder = await openFolder(dir)
  const entry = requireIdentity(await readEntry(folder, name), name)
  const secret = await unlock(entry.locked, options.password)
  if (secret === undefined) throw wrongPassword(name)
  const delegateKey = new Secret(secret.expose().subarray(0, 32))
  const csKey = new Secret(secret.expose().subarray(32))
  secret.wipe()
  const stated = isEthereumKey(delegateKey) && addressOfKey(delegateKey) === entry.address
  if (!stated || csPubKeyOf(csKey) !== entry.csPubKey) {
    delegateKey.wipe()
    csKey.wipe()
    throw corrupt(entryPath(folder, name), "the keys in it are not those of the stated delegate and csPubKey")
  }
  return { certificates: entry.certificates, delegateKey, csKey }
}

/** Everything but the keys; needs no password. */
export async function readIdentityPublic(dir: string, name: string): Promise<PublicIdentity> {
  entryPath(dir, name)
  const entry = requireIdentity(await readEntry(await openFolder(dir), name), name)
  const { locked: _, ...shown } = entry
  return { name, ...shown }
}

/**
 * Replaces the certificates and leaves the encrypted keys as they are; needs no password.
 *
 * It looks once more before it saves, and refuses (store.io) if another process has changed the file meanwhile. That
 * makes it unlikely, not impossible, that new keys saved in the same instant are replaced by the old ones.
 */
export async function updateCertificates(dir: string, name: string, certificates: unknown[]): Promise<void> {
  requireArray(certificates)
  entryPath(dir, name)
  const path = entryPath(await openFolder(dir), name)
  const before = await readSecretFile(path, MAX_ENTRY_BYTES)
  const entry = requireIdentity(parseEntry(before, path), name)
  const after = formatEntry({ ...entry, certificates })
  if (!equalBytes(before, await readSecretFile(path, MAX_ENTRY_BYTES))) {
    throw new E2eeError("store.io", `${path} was changed by another process meanwhile; try again`)
  }
  await saveFile(path, after)
}

function requireIdentity(entry: Entry, name: string): IdentityEntry {
  if (entry.kind === "identity") return entry
  throw new E2eeError("usage.invalid", `${name} is an Ethereum key; expected a machine's identity`)
}

function requireArray(certificates: unknown): void {
  if (!Array.isArray(certificates)) {
    throw new E2eeError("usage.invalid", "certificates is not an array; expected the chain, delegate certificate first")
  }
}

function csPubKeyOf(seed: Secret): string {
  return ed25519PublicKey(seed).slice(2)
}
