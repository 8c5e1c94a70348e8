import type { Hex } from "../core/bytes.ts"
import { E2eeError } from "../core/errors.ts"
import type { ScopeMemory } from "../session/context.ts"
import { type Disk, nodeDisk } from "./disk.ts"
import { SequenceFiles } from "./sequence-files.ts"

/** Bytes of a file at most. */
const LIMIT = 256

/**
 * Remembers the newest generation of each scope's keys in a private folder, for any number of processes: what a router or
 * a clock that was set back offers of before is refused after a restart too. No key is in it.
 */
export function scopeMemory(folder: string, disk: Disk = nodeDisk): ScopeMemory {
  const files = new SequenceFiles(folder, LIMIT, disk)
  return {
    async load(scope) {
      const newest = await files.newest(prefixOf(scope))
      if (newest === undefined) return undefined
      const hash = /^"(0x[0-9a-f]{64})"$/.exec(newest.text)?.[1]
      if (hash === undefined)
        throw new E2eeError(
          "store.corrupt",
          `${folder}: what is remembered of scope ${scope} is damaged; remove its file`,
        )
      return { generation: newest.sequence, hash: hash as Hex }
    },
    async save(scope, { generation, hash }) {
      // Two agents that did not know of each other may announce one number: the one that counts is remembered already.
      await files.add(prefixOf(scope), generation, JSON.stringify(hash))
    },
  }
}

function prefixOf(scope: Hex): string {
  return `scope-${scope.slice(2)}-`
}
