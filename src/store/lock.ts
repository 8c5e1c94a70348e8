import { randomBytes } from "node:crypto"
import { constants } from "node:fs"
import { readFile, readlink } from "node:fs/promises"
import { hostname } from "node:os"
import { basename, dirname, join } from "node:path"
import { E2eeError } from "../core/errors.ts"
import { isRunning, temporaryName } from "./atomic-file.ts"
import { type Disk, diskError, nodeDisk, systemCode } from "./disk.ts"

// A lock is a file that names the process which holds it, and comes into being as a whole, by a hard link. It is broken
// only when that process is gone: another time of start under the same number, or a start of the machine since.

/** Which process of which machine; what a system does not tell is empty. */
export interface ProcessName {
  /** Machine and process namespace within which `pid` means something. */
  readonly host: string
  /** Of the machine's last start. */
  readonly boot: string
  readonly pid: number
  /** When the process started. */
  readonly start: string
}

export interface LockOptions {
  readonly disk?: Disk
  readonly self?: Promise<ProcessName> | undefined
  /** Milliseconds after which one gives up. Default half a minute: a holder works for milliseconds. */
  readonly patience?: number
}

const MAX_LOCK_BYTES = 4096

/**
 * Waits for the lock, and gives what releases it. Rejects with store.io when another process keeps it too long, or one
 * of another machine left it behind.
 */
export async function acquireLock(path: string, options: LockOptions = {}): Promise<() => Promise<void>> {
  const { disk = nodeDisk, self = thisProcess(), patience = 30_000 } = options
  const own = new TextEncoder().encode(JSON.stringify({ ...(await self), nonce: randomBytes(8).toString("hex") }))
  const deadline = performance.now() + patience
  try {
    for (;;) {
      if (await linkNew(path, own, disk)) return () => disk.unlink(path).catch(unlessMissing)
      const holder = await readLock(path, disk)
      if (holder === undefined) continue
      if (await isGone(holder, await self)) {
        await breakLock(path, holder, { disk, self, patience })
        continue
      }
      if (performance.now() > deadline) {
        const { pid, host } = parseLock(holder) ?? { pid: "?", host: "?" }
        throw new E2eeError(
          "store.io",
          `${path} is locked by process ${pid} of ${host}; wait for it, or remove the file if that process is gone`,
        )
      }
      await new Promise((resolve) => setTimeout(resolve, 1 + Math.random() * 9))
    }
  } catch (error) {
    throw diskError(error, "cannot lock", path)
  }
}

/**
 * Removes a lock whose holder is gone, under a lock on doing so (which is broken in the same way): otherwise two might
 * find the same holder gone, and the slower remove what the faster took meanwhile.
 */
async function breakLock(
  path: string,
  gone: Uint8Array,
  options: LockOptions & { readonly disk: Disk },
): Promise<void> {
  const { disk } = options
  const release = await acquireLock(`${path}.break`, options)
  try {
    const holder = await readLock(path, disk)
    if (holder !== undefined && Buffer.from(holder).equals(gone)) await disk.unlink(path).catch(unlessMissing)
  } finally {
    await release()
  }
}

/** Makes a file that appears with all of its bytes; false if there is one. Not made to survive a power cut. */
async function linkNew(path: string, bytes: Uint8Array, disk: Disk): Promise<boolean> {
  const temporary = join(dirname(path), temporaryName(basename(path)))
  const file = await disk.open(temporary, constants.O_WRONLY | constants.O_CREAT | constants.O_EXCL, 0o600)
  try {
    await file.writeFile(bytes)
  } finally {
    await file.close()
  }
  try {
    await disk.link(temporary, path)
    return true
  } catch (error) {
    if (systemCode(error) === "EEXIST") return false
    throw error
  } finally {
    await disk.unlink(temporary).catch(unlessMissing)
  }
}

async function readLock(path: string, disk: Disk): Promise<Uint8Array | undefined> {
  try {
    const file = await disk.open(path, constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0) | (constants.O_NONBLOCK ?? 0))
    try {
      const bytes = new Uint8Array(MAX_LOCK_BYTES)
      const { bytesRead } = await file.read(bytes, 0, MAX_LOCK_BYTES, 0)
      return bytes.subarray(0, bytesRead)
    } finally {
      await file.close()
    }
  } catch (error) {
    if (systemCode(error) === "ENOENT") return undefined
    throw error
  }
}

/** A lock that cannot be read was torn by a power cut, which no holder survived. */
async function isGone(lock: Uint8Array, self: ProcessName): Promise<boolean> {
  const holder = parseLock(lock)
  if (holder === undefined) return true
  if (holder.host !== self.host) return false
  if (holder.boot !== self.boot) return true
  if (holder.pid === self.pid) return holder.start !== self.start
  if (!isRunning(holder.pid)) return true
  const start = await startOf(holder.pid)
  return start !== "" && start !== holder.start
}

function parseLock(bytes: Uint8Array): ProcessName | undefined {
  try {
    const { host, boot, pid, start } = JSON.parse(new TextDecoder().decode(bytes)) as Record<string, unknown>
    const fits = typeof host === "string" && typeof boot === "string" && typeof start === "string"
    return fits && typeof pid === "number" && Number.isSafeInteger(pid) && pid > 0
      ? { host, boot, pid, start }
      : undefined
  } catch {
    return undefined
  }
}

let own: Promise<ProcessName> | undefined

/** This process's name. Start times and boots are told by Linux; elsewhere the number alone says who is gone. */
export function thisProcess(): Promise<ProcessName> {
  own ??= (async () => ({
    host: `${hostname()} ${await readlink("/proc/self/ns/pid").catch(() => "")}`.trim(),
    boot: (await readFile("/proc/sys/kernel/random/boot_id", "utf8").catch(() => "")).trim(),
    pid: process.pid,
    start: await startOf(process.pid),
  }))()
  return own
}

/** Field 22 of proc(5)'s stat; the name before it may hold spaces and brackets. */
async function startOf(pid: number): Promise<string> {
  const stat = await readFile(`/proc/${pid}/stat`, "utf8").catch(() => "")
  return stat.slice(stat.lastIndexOf(")") + 2).split(" ")[19] ?? ""
}

function unlessMissing(error: unknown): void {
  if (systemCode(error) !== "ENOENT") throw error
}
