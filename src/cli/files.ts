import { createReadStream } from "node:fs"
import { mkdir } from "node:fs/promises"
import { dirname } from "node:path"
import { E2eeError, type ErrorCode } from "../core/errors.ts"
import { createFile, saveFile } from "../store/atomic-file.ts"
import { diskError } from "../store/disk.ts"

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

/** Four times the longest chain that the parser takes. */
const MAX_INPUT = 1_048_576

/** A stranger's text: of a file, or of standard input for `-`. Throws `store.*`, or `certificate.malformed` for no text. */
export async function readInput(path: string): Promise<string> {
  const bytes = await readBytes(path, MAX_INPUT, "certificate.malformed")
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes)
  } catch {
    throw new E2eeError("certificate.malformed", `${path} is not UTF-8; expected JSON`)
  }
}

/** A stranger's bytes, at most `most`: of a file, or of standard input for `-`. Throws `store.*`, or `code` for too many. */
export async function readBytes(path: string, most: number, code: ErrorCode): Promise<Uint8Array> {
  const chunks: Buffer[] = []
  let length = 0
  try {
    for await (const chunk of path === "-" ? process.stdin : createReadStream(path)) {
      chunks.push(chunk as Buffer)
      length += (chunk as Buffer).length
      if (length > most) throw new E2eeError(code, `${path} has over ${most} bytes; expected fewer`)
    }
  } catch (error) {
    throw diskError(error, "cannot read", path)
  }
  return Buffer.concat(chunks)
}
