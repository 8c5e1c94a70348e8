import { constants } from "node:fs"
import { E2eeError } from "../core/errors.ts"
import { MAX_DOCUMENT, type BundleDocument } from "../trust/standalone/bundle.ts"
import { documentToJson } from "../trust/standalone/issue-bundle.ts"
import type { BundleSource } from "../trust/standalone/trustroot.ts"
import { readAll, saveFile } from "./atomic-file.ts"
import { type Disk, diskError, nodeDisk } from "./disk.ts"

/** A trustroot's document in a file, read anew at each look. It is signed: its mode does not matter. */
export function bundleFile(path: string, disk: Disk = nodeDisk): BundleSource {
  return { name: path, read: () => readDocument(path, disk) }
}

async function readDocument(path: string, disk: Disk): Promise<Uint8Array> {
  try {
    // O_NONBLOCK: opening a named pipe must not wait for a writer.
    const file = await disk.open(path, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0))
    try {
      const status = await file.stat()
      if (!status.isFile()) throw new E2eeError("store.io", `${path} is not a regular file`)
      if (status.size > MAX_DOCUMENT)
        throw new E2eeError("trustroot.malformed", `${path} has ${status.size} bytes; expected at most ${MAX_DOCUMENT}`)
      return await readAll(file, status.size)
    } finally {
      await file.close()
    }
  } catch (error) {
    throw diskError(error, "cannot read", path)
  }
}

/**
 * Publishes a document to a file that others may read (mode 0644): whoever reads it, at any instant and after any
 * crash, finds all of the old document or all of the new one. Rejects as saveFile does.
 */
export async function publishDocument(path: string, document: BundleDocument, disk: Disk = nodeDisk): Promise<void> {
  await saveFile(path, new TextEncoder().encode(`${documentToJson(document, 2)}\n`), disk, 0o644)
}
