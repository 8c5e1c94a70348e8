import { mkdir } from "node:fs/promises"
import { join } from "node:path"
import type { Command } from "commander"
import type { Details } from "../endpoint.ts"
import { createFile } from "../store/atomic-file.ts"
import { diskError } from "../store/disk.ts"

export interface EvidenceOptions {
  readonly evidence?: string
}

export function withEvidenceOption(command: Command): Command {
  return command.option(
    "--evidence <folder>",
    "keep evidence of each signed message there, a file each, for `judge`; whoever has one can show what was said",
  )
}

/** Keeps evidence of messages where it was asked for: what a message says goes to disk in the clear then. */
export function evidenceKeeper({ evidence: folder }: EvidenceOptions): (details: Details) => Promise<void> {
  let count = 0
  return async (details) => {
    if (folder === undefined || details.evidence === undefined) return
    const name = `${new Date(details.time).toISOString().replaceAll(":", "")}-${++count}.evidence`
    await mkdir(folder, { recursive: true, mode: 0o700 }).catch((error: unknown) => {
      throw diskError(error, "cannot make", folder)
    })
    await createFile(join(folder, name), details.evidence())
  }
}
