import { join } from "node:path"
import { E2eeError, isE2eeError } from "../core/errors.ts"
import type { SharedReplay } from "../session/context.ts"
import { createFile } from "./atomic-file.ts"
import { type Disk, nodeDisk } from "./disk.ts"
import { makeFolder } from "./private-folder.ts"

const MINUTE = 60_000
/** Claims between two looks at what may go. */
const CLAIMS_A_SWEEP = 256

/**
 * What several callees of one procedure remember together, in a private folder that they share: which calls were
 * claimed. A call is a file that can be created once, whoever tries; it survives all of them, and a power cut.
 */
export function replayFolder(folder: string, clock: () => number = Date.now, disk: Disk = nodeDisk): SharedReplay {
  let claims = 0
  return {
    async claim(id, until) {
      if (!/^0x[0-9a-f]{32}$/.test(id)) throw new E2eeError("usage.invalid", `call ${id}; expected 16 bytes as hex`)
      const path = await makeFolder(folder, disk)
      if (claims++ % CLAIMS_A_SWEEP === 0) await sweep(path, clock(), disk)
      try {
        await createFile(join(path, `call-${Math.ceil(until / MINUTE)}-${id.slice(2)}`), new Uint8Array(), disk)
        return true
      } catch (error) {
        if (isE2eeError(error, "store.exists")) return false
        throw error
      }
    },
  }
}

/** Removes calls that would be refused as too old by now, with a minute to spare. */
async function sweep(folder: string, now: number, disk: Disk): Promise<void> {
  for (const name of await disk.readdir(folder)) {
    const minute = Number(/^call-(\d{1,12})-[0-9a-f]{32}$/.exec(name)?.[1] ?? Infinity)
    if ((minute + 1) * MINUTE < now) await disk.unlink(join(folder, name)).catch(() => undefined)
  }
}
