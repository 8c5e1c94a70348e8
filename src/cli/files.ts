import { mkdir } from "node:fs/promises"
import { dirname } from "node:path"
import { E2eeError } from "../core/errors.ts"
import { createFile, saveFile } from "../store/atomic-file.ts"

/** Saves a public JSON file; an existing one only with `overwrite`. */
export async function writeJson(path: string, value: unknown, overwrite: boolean): Promise<void> {
  const bytes = new TextEncoder().encode(`${JSON.stringify(value, undefined, 2)}\n`)
  try {
    await mkdir(dirname(path), { recursive: true })
  } catch (cause) {
    throw new E2eeError("store.io", `the folder of ${path} cannot be made`, { cause })
  }
  await (overwrite ? saveFile(path, bytes) : createFile(path, bytes))
}
