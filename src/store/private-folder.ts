import { dirname, resolve } from "node:path"
import { E2eeError, isE2eeError } from "../core/errors.ts"
import { refuseOthers, removeStrays, syncFolder } from "./atomic-file.ts"
import { type Disk, diskError, nodeDisk } from "./disk.ts"

/**
 * Checks a folder of secret files, removes what killed saves left in it, and gives its absolute path.
 * Refuses with store.mode a symbolic link, another owner, and any bit for group or others; store.missing if there is
 * none. The folders above it are not judged: every file in it is judged by itself when it is read.
 */
export async function openFolder(folder: string, disk: Disk = nodeDisk): Promise<string> {
  // Without the trailing slash, with which lstat would follow a link.
  const path = resolve(folder)
  const status = await disk.lstat(path).catch((error: unknown) => {
    throw diskError(error, "cannot open", path)
  })
  if (status.isSymbolicLink()) {
    throw new E2eeError("store.mode", `${path} is a symbolic link; name the folder itself`)
  }
  if (!status.isDirectory()) throw new E2eeError("store.io", `${path} is not a folder`)
  refuseOthers(path, status, "700")
  await removeStrays(path, disk)
  return path
}

/** The same, but makes a missing folder first (mode 0700, also of its missing parents). */
export async function makeFolder(folder: string, disk: Disk = nodeDisk): Promise<string> {
  try {
    return await openFolder(folder, disk)
  } catch (error) {
    if (!isE2eeError(error, "store.missing")) throw error
  }
  const path = resolve(folder)
  try {
    const topmost = (await disk.mkdir(path, { recursive: true, mode: 0o700 })) ?? path
    for (let made = path; ; made = dirname(made)) {
      await syncFolder(dirname(made), disk)
      if (made === topmost || made === dirname(made)) break
    }
  } catch (error) {
    throw diskError(error, "cannot make the folder", path)
  }
  return openFolder(path, disk)
}
