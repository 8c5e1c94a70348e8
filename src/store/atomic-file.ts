import { randomBytes } from "node:crypto"
import { constants } from "node:fs"
import { basename, dirname, join } from "node:path"
import { toHex } from "../core/bytes.ts"
import { E2eeError } from "../core/errors.ts"
import { type Disk, diskError, type FileStatus, hasModes, nodeDisk, type OpenFile, systemCode } from "./disk.ts"

/**
 * Replaces a file as a whole: after a crash or a kill at any instant it holds either all of the old bytes or all of the
 * new ones, and the new ones for sure once the promise has resolved. The new file has mode 0600, or the given one, whatever
 * the old had.
 *
 * A new temporary file in the same folder, write, fsync, rename, fsync of the folder: leaving out any one of these
 * steps admits a torn or lost file. Rejects with store.missing (no folder) or store.io; a rejection before the rename
 * leaves the old file as it was.
 */
export async function saveFile(
  path: string,
  bytes: Uint8Array,
  disk: Disk = nodeDisk,
  mode: 0o600 | 0o644 = 0o600,
): Promise<void> {
  const place = (temporary: string): Promise<void> => disk.rename(temporary, path)
  await throughTemporary(path, bytes, disk, place, mode)
}

/**
 * The same for a file that must not exist yet: rejects with store.exists and touches nothing if it does.
 * A hard link, unlike a rename, never replaces; a file system without hard links therefore refuses (store.io).
 */
export async function createFile(path: string, bytes: Uint8Array, disk: Disk = nodeDisk): Promise<void> {
  await throughTemporary(path, bytes, disk, async (temporary) => {
    await disk.link(temporary, path)
    await disk.unlink(temporary).catch(unlessMissing)
  })
}

async function throughTemporary(
  path: string,
  bytes: Uint8Array,
  disk: Disk,
  place: (temporary: string) => Promise<void>,
  mode = 0o600,
): Promise<void> {
  const temporary = join(dirname(path), temporaryName(basename(path)))
  try {
    // O_EXCL, because a mode given to open does nothing to a file that exists.
    const file = await disk.open(temporary, constants.O_WRONLY | constants.O_CREAT | constants.O_EXCL, mode)
    try {
      await file.writeFile(bytes)
      await file.sync()
    } finally {
      await file.close()
    }
    await place(temporary)
    await syncFolder(dirname(path), disk)
  } catch (error) {
    await disk.unlink(temporary).catch(() => undefined)
    throw diskError(error, "cannot save", path)
  }
}

/** Makes what was renamed, linked or made in a folder survive a power cut. */
export async function syncFolder(folder: string, disk: Disk): Promise<void> {
  if (!hasModes) return // Windows can't open a folder, and journals renames by itself.
  const file = await disk.open(folder, constants.O_RDONLY | constants.O_DIRECTORY)
  try {
    await file.sync()
  } finally {
    await file.close()
  }
}

/**
 * Reads a file that only its owner may read. Refuses with store.mode: a symbolic link, anything but a regular file,
 * another owner, a bit for group or others, a second hard link. All of it is asked of the open file, so that
 * nobody can exchange the file between check and read. More than `limit` bytes are store.corrupt.
 * Owner and mode are not checked on Windows, which has neither.
 */
export async function readSecretFile(path: string, limit: number, disk: Disk = nodeDisk): Promise<Uint8Array> {
  try {
    // O_NONBLOCK: opening a named pipe must not wait for a writer.
    const file = await disk.open(path, constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0) | (constants.O_NONBLOCK ?? 0))
    try {
      // A crash between link and unlink in createFile leaves a second link, which is ours to remove.
      if ((await file.stat()).nlink > 1) await removeStrays(dirname(path), disk)
      const status = await file.stat()
      refuseUnlessPrivate(path, status)
      if (status.size > limit) {
        throw new E2eeError("store.corrupt", `${path} has ${status.size} bytes; no such file has more than ${limit}`)
      }
      return await readAll(file, status.size)
    } finally {
      await file.close()
    }
  } catch (error) {
    const code = systemCode(error)
    if (code === "ELOOP" || code === "EMLINK") {
      throw new E2eeError("store.mode", `${path} is a symbolic link; name the file itself`)
    }
    if (code === "ENXIO") throw new E2eeError("store.mode", `${path} is not a regular file`)
    throw diskError(error, "cannot read", path)
  }
}

function refuseUnlessPrivate(path: string, status: FileStatus): void {
  if (!status.isFile()) throw new E2eeError("store.mode", `${path} is not a regular file`)
  if (status.nlink > 1) {
    throw new E2eeError("store.mode", `${path} has ${status.nlink} hard links; expected 1, remove the others`)
  }
  refuseOthers(path, status, "600")
}

/** Refuses (store.mode) what group or others may touch, or somebody else owns. */
export function refuseOthers(path: string, status: FileStatus, wanted: "600" | "700"): void {
  if (!hasModes) return
  if (status.uid !== process.geteuid?.()) {
    throw new E2eeError("store.mode", `${path} belongs to user ${status.uid}; expected ${process.geteuid?.()}`)
  }
  if ((status.mode & 0o077) !== 0) {
    const mode = (status.mode & 0o777).toString(8)
    throw new E2eeError("store.mode", `${path} has mode ${mode}: others can use it; run: chmod ${wanted} '${path}'`)
  }
}

/** Reads the first `size` bytes, or fewer of a file that became shorter. */
export async function readAll(file: OpenFile, size: number): Promise<Uint8Array> {
  const bytes = new Uint8Array(size)
  let length = 0
  while (length < size) {
    const { bytesRead } = await file.read(bytes, length, size - length, length)
    if (bytesRead === 0) break
    length += bytesRead
  }
  return bytes.subarray(0, length)
}

const TEMPORARY = /^\..+\.([1-9][0-9]{0,9})\.[0-9a-f]{16}\.tmp$/
const ABANDONED_MS = 3_600_000 // a save takes milliseconds

export function temporaryName(name: string): string {
  return `.${name}.${process.pid}.${toHex(randomBytes(8)).slice(2)}.tmp`
}

/**
 * Removes what killed saves left in a folder. A temporary file is a stray when it has been linked into its place
 * already, when the process named in it is gone, or when it is an hour old (a later process may have the same number).
 * Never rejects: a stray that cannot be removed does no harm.
 */
export async function removeStrays(folder: string, disk: Disk = nodeDisk): Promise<void> {
  const names = await disk.readdir(folder).catch(() => [])
  for (const name of names) {
    const writer = TEMPORARY.exec(name)?.[1]
    if (writer === undefined) continue
    const path = join(folder, name)
    const status = await disk.lstat(path).catch(() => undefined)
    if (status === undefined || !status.isFile()) continue
    const abandoned = status.nlink > 1 || !isRunning(Number(writer)) || Date.now() - status.mtimeMs > ABANDONED_MS
    if (abandoned) await disk.unlink(path).catch(() => undefined)
  }
}

export function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return systemCode(error) !== "ESRCH"
  }
}

function unlessMissing(error: unknown): void {
  if (systemCode(error) !== "ENOENT") throw error
}
