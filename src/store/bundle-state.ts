import { join } from "node:path"
import { E2eeError, isE2eeError } from "../core/errors.ts"
import { MAX_DOCUMENT } from "../trust/standalone/bundle.ts"
import type { BundlePlace, BundleState } from "../trust/standalone/trustroot.ts"
import { createFile, readSecretFile } from "./atomic-file.ts"
import { type Disk, diskError, nodeDisk } from "./disk.ts"
import { makeFolder } from "./private-folder.ts"

/**
 * Remembers the newest bundle of each trustroot in a private folder, which is made if there is none: one file a
 * sequence, created and never changed, of which the highest counts. So any number of processes may share the folder
 * without waiting for each other: none can put an older bundle in the place of a newer one.
 */
export function trustrootState(folder: string, disk: Disk = nodeDisk): BundleState {
  return {
    async load(place) {
      const path = await makeFolder(folder, disk)
      for (;;) {
        const newest = (await sequencesOf(path, place, disk)).at(-1)
        if (newest === undefined) return undefined
        try {
          return await readText(fileOf(path, place, newest), disk)
        } catch (error) {
          // Another process saved a newer one and removed this one meanwhile: look again.
          const again = isE2eeError(error, "store.missing") && (await sequencesOf(path, place, disk)).at(-1) !== newest
          if (!again) throw error
        }
      }
    },
    async save(place, sequence, text) {
      const path = await makeFolder(folder, disk)
      const file = fileOf(path, place, sequence)
      try {
        await createFile(file, new TextEncoder().encode(text), disk)
      } catch (error) {
        if (!isE2eeError(error, "store.exists")) throw error
        if ((await readText(file, disk)) !== text)
          throw new E2eeError(
            "trustroot.fork",
            `another bundle ${sequence} was seen before, see ${file}; ask the trustroot's owner which is right`,
          )
      }
      const older = (await sequencesOf(path, place, disk)).filter((other) => other < sequence)
      for (const other of older) await disk.unlink(fileOf(path, place, other)).catch(() => undefined)
    },
  }
}

function fileOf(folder: string, place: BundlePlace, sequence: number): string {
  return join(folder, `${prefixOf(place)}${sequence}.json`)
}

/** Lower case, because a file system may not tell the cases of a checksum apart. */
function prefixOf({ realm, trustroot }: BundlePlace): string {
  return `${realm.toLowerCase()}-${trustroot.toLowerCase()}-`
}

/** Ascending. */
async function sequencesOf(folder: string, place: BundlePlace, disk: Disk): Promise<number[]> {
  const names = await disk.readdir(folder).catch((error: unknown) => {
    throw diskError(error, "cannot list", folder)
  })
  const prefix = prefixOf(place)
  return names
    .filter((name) => name.startsWith(prefix))
    .map((name) => Number(/^([1-9]\d{0,15})\.json$/.exec(name.slice(prefix.length))?.[1]))
    .filter((sequence) => Number.isSafeInteger(sequence))
    .sort((a, b) => a - b)
}

async function readText(path: string, disk: Disk): Promise<string> {
  return new TextDecoder().decode(await readSecretFile(path, MAX_DOCUMENT, disk))
}
