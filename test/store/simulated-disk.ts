import { constants } from "node:fs"
import { basename, dirname } from "node:path"
import type { Disk, FileStatus } from "../../src/store/disk.ts"

// One folder below the root, on a disk that may lose whatever was not fsynced: file bytes, and folder entries in any combination.

interface Inode {
  bytes: Uint8Array
  durable: Uint8Array | undefined // undefined: never fsynced since it was last written
}

const FOLDER: FileStatus = {
  isFile: () => false,
  isDirectory: () => true,
  isSymbolicLink: () => false,
  mode: 0o040700,
  uid: process.geteuid?.() ?? 0,
  nlink: 2,
  size: 0,
  mtimeMs: 0,
}

/** A change of the folder: names set to an inode, or taken away. One change is kept or lost as a whole. */
type Change = Map<string, Inode | undefined>

export class SimulatedDisk implements Disk {
  #durable: Map<string, Inode>
  #pending: Change[] = []
  steps = 0
  #stopAt: number

  /** After `stopAt` operations the power is gone: each further one rejects and does nothing. */
  constructor(files: Map<string, Uint8Array>, stopAt = Number.POSITIVE_INFINITY) {
    this.#durable = new Map([...files].map(([name, bytes]) => [name, { bytes, durable: bytes }]))
    this.#stopAt = stopAt
  }

  static failure(code: string): Error {
    return Object.assign(new Error(`${code}: simulated`), { code })
  }

  #step(): void {
    if (this.steps >= this.#stopAt) throw SimulatedDisk.failure("EPOWER")
    this.steps++
  }

  get #now(): Map<string, Inode> {
    return apply(this.#durable, this.#pending)
  }

  #find(path: string): Inode {
    const inode = this.#now.get(basename(path))
    if (inode === undefined) throw SimulatedDisk.failure("ENOENT")
    return inode
  }

  #status(inode: Inode): FileStatus {
    return {
      isFile: () => true,
      isDirectory: () => false,
      isSymbolicLink: () => false,
      mode: 0o100600,
      uid: process.geteuid?.() ?? 0,
      nlink: [...this.#now.values()].filter((other) => other === inode).length,
      size: inode.bytes.length,
      mtimeMs: Date.now(),
    }
  }

  async open(path: string, flags: number) {
    this.#step()
    if (flags & constants.O_DIRECTORY) {
      return this.#opened(undefined, () => {
        this.#durable = this.#now
        this.#pending = []
      })
    }
    const name = basename(path)
    if (flags & constants.O_CREAT) {
      const existing = this.#now.get(name)
      if (existing && flags & constants.O_EXCL) throw SimulatedDisk.failure("EEXIST")
      if (!existing) this.#pending.push(new Map([[name, { bytes: new Uint8Array(), durable: undefined }]]))
    }
    const inode = this.#find(path)
    if (flags & constants.O_TRUNC) Object.assign(inode, { bytes: new Uint8Array(), durable: undefined })
    return this.#opened(inode, () => {
      inode.durable = inode.bytes
    })
  }

  #opened(inode: Inode | undefined, sync: () => void) {
    const file = inode ?? { bytes: new Uint8Array(), durable: undefined }
    return {
      stat: async () => {
        this.#step()
        return this.#status(file)
      },
      read: async (into: Uint8Array, offset: number, length: number, position: number) => {
        this.#step()
        const part = file.bytes.subarray(position, position + length)
        into.set(part, offset)
        return { bytesRead: part.length }
      },
      writeFile: async (bytes: Uint8Array) => {
        this.#step()
        Object.assign(file, { bytes, durable: undefined })
      },
      sync: async () => {
        this.#step()
        sync()
      },
      close: async () => {
        this.#step()
      },
    }
  }

  async rename(from: string, to: string) {
    this.#step()
    this.#pending.push(
      new Map<string, Inode | undefined>([
        [basename(to), this.#find(from)],
        [basename(from), undefined],
      ]),
    )
  }

  async link(existing: string, added: string) {
    this.#step()
    if (this.#now.has(basename(added))) throw SimulatedDisk.failure("EEXIST")
    this.#pending.push(new Map([[basename(added), this.#find(existing)]]))
  }

  async unlink(path: string) {
    this.#step()
    this.#find(path)
    this.#pending.push(new Map([[basename(path), undefined]]))
  }

  async lstat(path: string): Promise<FileStatus> {
    this.#step()
    if (dirname(path) === "/") return FOLDER
    return this.#status(this.#find(path))
  }

  async readdir() {
    this.#step()
    return [...this.#now.keys()]
  }

  async mkdir(): Promise<undefined> {
    throw SimulatedDisk.failure("ENOTSUP")
  }

  /** Every disk that a power cut at this moment may leave behind. */
  *afterPowerCut(): Generator<SimulatedDisk> {
    for (let kept = 0; kept < 2 ** this.#pending.length; kept++) {
      const folder = apply(
        this.#durable,
        this.#pending.filter((_, at) => kept & (1 << at)),
      )
      const inodes = [...new Set(folder.values())]
      for (const contents of product(inodes.map(possibleBytes))) {
        const survived = new Map(inodes.map((inode, at) => [inode, asInode(contents[at]!)]))
        const disk = new SimulatedDisk(new Map())
        disk.#durable = new Map([...folder].map(([name, inode]) => [name, survived.get(inode)!]))
        yield disk
      }
    }
  }
}

function apply(folder: Map<string, Inode>, changes: Change[]): Map<string, Inode> {
  const result = new Map(folder)
  for (const change of changes) {
    for (const [name, inode] of change) {
      if (inode === undefined) result.delete(name)
      else result.set(name, inode)
    }
  }
  return result
}

function possibleBytes({ bytes, durable }: Inode): Uint8Array[] {
  if (durable !== undefined) return [durable]
  return [new Uint8Array(), bytes.subarray(0, bytes.length >> 1), new Uint8Array(bytes.length), bytes]
}

function asInode(bytes: Uint8Array): Inode {
  return { bytes, durable: bytes }
}

function product<T>(choices: T[][]): T[][] {
  return choices.reduce<T[][]>((all, next) => all.flatMap((head) => next.map((item) => [...head, item])), [[]])
}
