import { join } from "node:path"
import { fromHex, type Hex, toHex, utf8ToBytes } from "../core/bytes.ts"
import { E2eeError } from "../core/errors.ts"
import { parseAddress } from "./address.ts"
import { createFile, readSecretFile, saveFile } from "./atomic-file.ts"
import { corrupt, formatLocked, type Locked, parseLocked, record } from "./secret-storage.ts"

/** An Ethereum key: a file of Web3 Secret Storage v3, as other programs write and read it. */
export interface KeyEntry {
  readonly kind: "key"
  readonly address: Hex
  readonly locked: Locked // the private key, 32 bytes
}

/**
 * The identity of a machine. The certificates stand in the clear and outside of every MAC: they are public, signed by
 * others, and judged by the trust floor each time they are used, so a changed one is refused there.
 */
export interface IdentityEntry {
  readonly kind: "identity"
  readonly address: Hex
  readonly csPubKey: string // Ed25519, 32 bytes as hex without 0x
  readonly certificates: unknown[]
  readonly locked: Locked // the delegate's private key and the Ed25519 seed, 32 bytes each
}

export type Entry = KeyEntry | IdentityEntry

export const IDENTITY_KIND = "wamp-e2ee identity"
const IDENTITY_VERSION = 1
const KEY_VERSION = 3 // of Web3 Secret Storage

/** Eight certificates of the longest sensible kind take a fifth of this. */
export const MAX_ENTRY_BYTES = 256 * 1024

const NAME = /^[a-z0-9][a-z0-9._-]{0,63}$/

/** The file of an entry. A name can't leave the folder: it has no slash and no leading dot (usage.invalid). */
export function entryPath(folder: string, name: string): string {
  if (!NAME.test(name)) {
    throw new E2eeError(
      "usage.invalid",
      `${JSON.stringify(name)} is not a name; expected 1 to 64 of a-z, 0-9, dot, dash, underscore, first a letter or digit`,
    )
  }
  return join(folder, `${name}.json`)
}

/** The name of the entry in a file of the folder; undefined for a file that is no entry. */
export function entryName(file: string): string | undefined {
  const name = file.endsWith(".json") ? file.slice(0, -5) : ""
  return NAME.test(name) ? name : undefined
}

export async function readEntry(folder: string, name: string): Promise<Entry> {
  const path = entryPath(folder, name)
  return parseEntry(await readSecretFile(path, MAX_ENTRY_BYTES), path)
}

/** Writes an entry's file; store.exists if there is one, unless it may be replaced. */
export async function writeEntry(folder: string, name: string, entry: Entry, overwrite: boolean): Promise<void> {
  const path = entryPath(folder, name)
  const bytes = formatEntry(entry)
  await (overwrite ? saveFile(path, bytes) : createFile(path, bytes))
}

/** Throws usage.invalid if the certificates are no JSON or too long: all else in an entry is ours. */
export function formatEntry(entry: Entry): Uint8Array {
  const file =
    entry.kind === "key"
      ? {
          version: KEY_VERSION,
          id: crypto.randomUUID(), // the format wants one; nothing reads it
          address: entry.address.slice(2).toLowerCase(),
          crypto: formatLocked(entry.locked),
        }
      : {
          kind: IDENTITY_KIND,
          version: IDENTITY_VERSION,
          delegate: entry.address,
          csPubKey: entry.csPubKey,
          certificates: entry.certificates,
          crypto: formatLocked(entry.locked),
        }
  const bytes = utf8ToBytes(`${toJson(file)}\n`)
  if (bytes.length > MAX_ENTRY_BYTES) {
    throw new E2eeError(
      "usage.invalid",
      `the certificates take ${bytes.length} bytes; expected ${MAX_ENTRY_BYTES} or less`,
    )
  }
  return bytes
}

function toJson(value: object): string {
  try {
    return JSON.stringify(value, undefined, 2)
  } catch {
    // A bigint, a circle or a nesting beyond the stack.
    throw new E2eeError(
      "usage.invalid",
      "the certificates are not JSON; expected them in the specification's wire form",
    )
  }
}

/** Reads either kind; throws store.corrupt for whatever is neither. No error repeats what stands in the file. */
export function parseEntry(bytes: Uint8Array, file: string): Entry {
  const json = record(parseJson(bytes, file), "the content", file)
  return "kind" in json ? parseIdentity(json, file) : parseKey(json, file)
}

function parseKey(json: Record<string, unknown>, file: string): KeyEntry {
  requireVersion(json["version"], KEY_VERSION, file)
  // The format lets the address be left out. Then nothing would show a changed iv, which gives another key: refused.
  const address = parseAddress(json["address"])
  if (address === undefined) throw corrupt(file, "address is not 20 bytes in hex (it may not be left out)")
  return { kind: "key", address, locked: parseLocked(json["crypto"], 32, file) }
}

function parseIdentity(json: Record<string, unknown>, file: string): IdentityEntry {
  if (json["kind"] !== IDENTITY_KIND) throw corrupt(file, `kind is not "${IDENTITY_KIND}"`)
  requireVersion(json["version"], IDENTITY_VERSION, file)
  const address = parseAddress(json["delegate"])
  if (address === undefined) throw corrupt(file, "delegate is not an address of 20 bytes in hex")
  const csPubKey = typeof json["csPubKey"] === "string" ? fromHex(json["csPubKey"], 32) : undefined
  if (csPubKey === undefined) throw corrupt(file, "csPubKey is not 32 bytes in hex")
  const certificates: unknown = json["certificates"]
  if (!Array.isArray(certificates)) throw corrupt(file, "certificates is not an array")
  const locked = parseLocked(json["crypto"], 64, file)
  return { kind: "identity", address, csPubKey: toHex(csPubKey).slice(2), certificates, locked }
}

/** An unknown version may mean other things by the same words: it is refused, never guessed at. */
function requireVersion(found: unknown, known: number, file: string): void {
  if (found === known) return
  const which = typeof found === "number" ? `version ${found}` : "a file without a version"
  throw corrupt(file, `${which} is not known, only version ${known} is`)
}

function parseJson(bytes: Uint8Array, file: string): unknown {
  try {
    return JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(bytes))
  } catch {
    throw corrupt(file, "it is not JSON")
  }
}
