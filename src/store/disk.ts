import type { Stats } from "node:fs"
import * as fs from "node:fs/promises"
import { E2eeError } from "../core/errors.ts"

export type FileStatus = Pick<
  Stats,
  "isFile" | "isDirectory" | "isSymbolicLink" | "mode" | "uid" | "nlink" | "size" | "mtimeMs"
>

export interface OpenFile {
  stat(): Promise<FileStatus>
  read(into: Uint8Array, offset: number, length: number, position: number): Promise<{ bytesRead: number }>
  writeFile(bytes: Uint8Array): Promise<void>
  sync(): Promise<void>
  close(): Promise<void>
}

/** The file operations that the store needs: a value, so that a test can stop or spoil every single one of them. */
export interface Disk {
  open(path: string, flags: number, mode?: number): Promise<OpenFile>
  rename(from: string, to: string): Promise<void>
  link(existing: string, added: string): Promise<void>
  unlink(path: string): Promise<void>
  lstat(path: string): Promise<FileStatus>
  readdir(path: string): Promise<string[]>
  /** Makes the folder and its missing parents; gives the topmost one that it made. */
  mkdir(path: string, options: { recursive: true; mode: number }): Promise<string | undefined>
}

export const nodeDisk: Disk = fs

/** Windows has neither owners nor mode bits of this kind: there the user's profile folder is what protects a key. */
export const hasModes = process.platform !== "win32"

/** The system's code of a failed file operation, such as ENOENT. */
export function systemCode(error: unknown): string | undefined {
  return error instanceof Error && "code" in error && typeof error.code === "string" ? error.code : undefined
}

const ADVICE: Readonly<Record<string, string>> = {
  ENOSPC: "no space is left, free some",
  EDQUOT: "the quota is used up, free some space",
  EROFS: "the file system is read-only",
  EACCES: "permission is missing, check owner and mode",
  EPERM: "the operation is not permitted here",
  ENOTDIR: "a part of the path is no folder",
  EISDIR: "a folder is in its place",
  EMFILE: "too many files are open",
  EIO: "the device reports a fault",
}

/** The coded error of a failed file operation: `what` says what was being done, such as "cannot save". */
export function diskError(error: unknown, what: string, path: string): E2eeError {
  if (error instanceof E2eeError) return error
  const code = systemCode(error)
  if (code === "ENOENT") return new E2eeError("store.missing", `${what} ${path}: there is no such file or folder`)
  if (code === "EEXIST") return new E2eeError("store.exists", `${what} ${path}: it exists already`)
  if (code?.startsWith("ERR_INVALID_ARG")) return new E2eeError("usage.invalid", `${what}: the path is not a valid one`)
  const reason = (code !== undefined && ADVICE[code]) || "the disk refused"
  return new E2eeError("store.io", `${what} ${path}: ${reason} (${code ?? "unknown"})`, { cause: error })
}
