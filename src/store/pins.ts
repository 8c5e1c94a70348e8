import { realpath } from "node:fs/promises"
import { basename, dirname, join } from "node:path"
import type { Address } from "../core/address.ts"
import { utf8ToBytes } from "../core/bytes.ts"
import { E2eeError, isE2eeError } from "../core/errors.ts"
import { PinTable, type Pins } from "../trust/first-use/pin-table.ts"
import type { Pin, Pinned, PinPlace } from "../trust/first-use/pins.ts"
import { readSecretFile, removeStrays, saveFile } from "./atomic-file.ts"
import { type Disk, diskError, hasModes, nodeDisk } from "./disk.ts"
import { acquireLock, type ProcessName } from "./lock.ts"
import { formatPins, MAX_PIN_FILE_BYTES, parsePins, tableOf } from "./pin-file.ts"
import { corrupt } from "./secret-storage.ts"

interface Waiting {
  readonly work: (table: PinTable) => unknown
  readonly resolve: (value: never) => void
  readonly reject: (error: unknown) => void
}

interface Loaded {
  readonly text: string
  readonly table: PinTable
}

/**
 * Opens a file of pins for `firstUse`, one that several processes may use at once. A file that is not there yet is
 * made with the first pin. Rejects with `store.corrupt` where it is damaged, `store.mode` where others could write it
 * or its folder, `store.missing` where there is no such folder, `store.io`.
 */
export async function openPins(path: string): Promise<PinStore> {
  const folder = await realpath(dirname(path)).catch((error: unknown) => {
    throw diskError(error, "cannot open the folder of", path)
  })
  await removeStrays(folder)
  const store = new PinStore(join(folder, basename(path)))
  await store.list()
  return store
}

/**
 * Puts pins in the place of a damaged file, and gives the name under which that is kept. There is no moment without a
 * file, which would be taken for one without pins. Rejects with `usage.invalid` where the file is not damaged.
 */
export async function replaceDamaged(path: string, pins: readonly Pin[], now: number = Date.now()): Promise<string> {
  const damaged = await openPins(path).then(
    () => false,
    (error: unknown) => {
      if (isE2eeError(error, "store.corrupt")) return true
      throw error
    },
  )
  if (!damaged) throw new E2eeError("usage.invalid", `${path} is not damaged; add pins to it instead`)
  const kept = `${path}.damaged-${now}`
  const release = await acquireLock(`${path}.lock`)
  try {
    await nodeDisk.link(path, kept)
    await saveFile(path, utf8ToBytes(formatPins({ sequence: 1, pins })))
  } catch (error) {
    throw diskError(error, "cannot replace", path)
  } finally {
    await release()
  }
  return kept
}

/**
 * A file of pins. Whoever changes it holds its lock, reads it anew, and replaces it as a whole: what was reported as
 * saved survives a kill and a power cut, and no writer undoes another's work. Changes that wait are saved together.
 */
export class PinStore implements Pins {
  readonly path: string
  readonly #disk: Disk
  readonly #self: Promise<ProcessName> | undefined
  readonly #queue: Waiting[] = []
  #working = false
  #loaded: Loaded | undefined
  /** The highest count of saves that was seen: a file with a lower one is an older copy, put back meanwhile. */
  #seen = 0

  constructor(path: string, disk: Disk = nodeDisk, self?: Promise<ProcessName>) {
    this.path = path
    this.#disk = disk
    this.#self = self
  }

  async list(): Promise<readonly Pin[]> {
    return [...(await this.#load()).table.pins]
  }

  async find(place: PinPlace, delegate: Address): Promise<Pinned> {
    return (await this.#load()).table.find(place, delegate)
  }

  update(place: PinPlace, delegate: Address, change: (pinned: Pinned) => Pinned): Promise<Pinned> {
    return this.change((table) => table.update(place, delegate, change))
  }

  /** Changes the table while nobody else can. `work` either throws or changes it, not both; what it throws rejects. */
  change<T>(work: (table: PinTable) => T): Promise<T> {
    return new Promise<T>((resolve, reject) => {
      this.#queue.push({ work, resolve, reject })
      if (!this.#working) void this.#drain()
    })
  }

  async #drain(): Promise<void> {
    this.#working = true
    while (this.#queue.length > 0) {
      let batch: Waiting[] = []
      let answers: readonly (() => void)[]
      try {
        await this.#requireFolder()
        const release = await acquireLock(`${this.path}.lock`, { disk: this.#disk, self: this.#self })
        try {
          batch = this.#queue.splice(0)
          answers = await this.#save(batch)
        } finally {
          await release()
        }
      } catch (error) {
        const refused = batch.length > 0 ? batch : this.#queue.splice(0)
        answers = refused.map(
          ({ reject }) =>
            () =>
              reject(error),
        )
      }
      for (const answer of answers) answer()
    }
    this.#working = false
  }

  /** Does a batch of work and saves what came of it; gives what tells each its outcome. */
  async #save(batch: readonly Waiting[]): Promise<(() => void)[]> {
    const table = (await this.#load()).table.copy()
    const answers = batch.map(({ work, resolve, reject }) => {
      try {
        const value = work(table)
        return () => resolve(value as never)
      } catch (error) {
        return () => reject(error)
      }
    })
    if (table.changes > 0) {
      const sequence = this.#seen + 1
      const text = formatPins({ sequence, pins: [...table.pins] })
      await saveFile(this.path, utf8ToBytes(text), this.#disk)
      this.#loaded = { text, table }
      this.#seen = sequence
    }
    return answers
  }

  /** The file as it is now, parsed anew only where it is another. */
  async #load(): Promise<Loaded> {
    const seen = this.#seen // before it is read: a save may end meanwhile
    const text = await this.#read()
    if (this.#loaded?.text === text) return this.#loaded
    const { sequence, pins } = text === "" ? { sequence: 0, pins: [] } : parsePins(text, this.path)
    if (sequence < seen) throw corrupt(this.path, `it is the copy of save ${sequence}; save ${seen} was there before`)
    const loaded = { text, table: tableOf(pins, this.path) }
    if (sequence >= this.#seen) {
      this.#loaded = loaded
      this.#seen = sequence
    }
    return loaded
  }

  /** Its text; empty where there is no file. */
  async #read(): Promise<string> {
    try {
      const bytes = await readSecretFile(this.path, MAX_PIN_FILE_BYTES, this.#disk)
      if (bytes.length === 0) throw corrupt(this.path, "it is empty")
      return new TextDecoder("utf-8", { ignoreBOM: true }).decode(bytes)
    } catch (error) {
      if (!isE2eeError(error, "store.missing")) throw error
      await this.#requireFolder()
      return ""
    }
  }

  /** Whoever may write the folder may put another file in this one's place. */
  async #requireFolder(): Promise<void> {
    const folder = dirname(this.path)
    const status = await this.#disk.lstat(folder).catch((error: unknown) => {
      throw diskError(error, "cannot open the folder of pins", folder)
    })
    const sticky = (status.mode & 0o1000) !== 0
    if (hasModes && (status.mode & 0o022) !== 0 && !sticky) {
      throw new E2eeError(
        "store.mode",
        `others can write in ${folder}, and so replace pins; run: chmod go-w '${folder}'`,
      )
    }
  }
}
