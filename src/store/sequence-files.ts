import { join } from "node:path"
import { isE2eeError } from "../core/errors.ts"
import { createFile, readSecretFile } from "./atomic-file.ts"
import { type Disk, diskError } from "./disk.ts"
import { makeFolder } from "./private-folder.ts"

/**
 * Remembers the newest of a sequence of texts in a private folder, which is made if there is none: one file a number,
 * created and never changed, of which the highest counts. So any number of processes may share the folder without waiting
 * for each other: none can put an older text in the place of a newer one.
 */
export class SequenceFiles {
  readonly #folder: string
  readonly #limit: number
  readonly #disk: Disk

  /** @param limit bytes of a file at most */
  constructor(folder: string, limit: number, disk: Disk) {
    this.#folder = folder
    this.#limit = limit
    this.#disk = disk
  }

  /** The newest of the files with a prefix. */
  async newest(prefix: string): Promise<{ readonly sequence: number; readonly text: string } | undefined> {
    const path = await makeFolder(this.#folder, this.#disk)
    for (;;) {
      const sequence = (await this.#sequences(path, prefix)).at(-1)
      if (sequence === undefined) return undefined
      try {
        return { sequence, text: await this.#read(fileOf(path, prefix, sequence)) }
      } catch (error) {
        // Another process saved a newer one and removed this one meanwhile: look again.
        const again = isE2eeError(error, "store.missing") && (await this.#sequences(path, prefix)).at(-1) !== sequence
        if (!again) throw error
      }
    }
  }

  /** Adds one, and removes those before it. Gives the path of a file that has the number and says something else. */
  async add(prefix: string, sequence: number, text: string): Promise<string | undefined> {
    const path = await makeFolder(this.#folder, this.#disk)
    const file = fileOf(path, prefix, sequence)
    try {
      await createFile(file, new TextEncoder().encode(text), this.#disk)
    } catch (error) {
      if (!isE2eeError(error, "store.exists")) throw error
      if ((await this.#read(file)) !== text) return file
    }
    const older = (await this.#sequences(path, prefix)).filter((other) => other < sequence)
    for (const other of older) await this.#disk.unlink(fileOf(path, prefix, other)).catch(() => undefined)
    return undefined
  }

  /** Ascending. */
  async #sequences(folder: string, prefix: string): Promise<number[]> {
    const names = await this.#disk.readdir(folder).catch((error: unknown) => {
      throw diskError(error, "cannot list", folder)
    })
    return names
      .filter((name) => name.startsWith(prefix))
      .map((name) => Number(/^([1-9]\d{0,15})\.json$/.exec(name.slice(prefix.length))?.[1]))
      .filter((sequence) => Number.isSafeInteger(sequence))
      .sort((a, b) => a - b)
  }

  async #read(path: string): Promise<string> {
    return new TextDecoder().decode(await readSecretFile(path, this.#limit, this.#disk))
  }
}

function fileOf(folder: string, prefix: string, sequence: number): string {
  return join(folder, `${prefix}${sequence}.json`)
}
