import { E2eeError } from "../core/errors.ts"
import { MAX_DOCUMENT } from "../trust/standalone/bundle.ts"
import type { BundlePlace, BundleState } from "../trust/standalone/trustroot.ts"
import { type Disk, nodeDisk } from "./disk.ts"
import { SequenceFiles } from "./sequence-files.ts"

/** Remembers the newest bundle of each trustroot in a private folder, for any number of processes. */
export function trustrootState(folder: string, disk: Disk = nodeDisk): BundleState {
  const files = new SequenceFiles(folder, MAX_DOCUMENT, disk)
  return {
    load: async (place) => (await files.newest(prefixOf(place)))?.text,
    async save(place, sequence, text) {
      const other = await files.add(prefixOf(place), sequence, text)
      if (other === undefined) return
      throw new E2eeError(
        "trustroot.fork",
        `another bundle ${sequence} was seen before, see ${other}; ask the trustroot's owner which is right`,
      )
    },
  }
}

/** Lower case, because a file system may not tell the cases of a checksum apart. */
function prefixOf({ realm, trustroot }: BundlePlace): string {
  return `${realm.toLowerCase()}-${trustroot.toLowerCase()}-`
}
