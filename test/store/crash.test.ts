import assert from "node:assert/strict"
import { spawn } from "node:child_process"
import { once } from "node:events"
import { constants } from "node:fs"
import { mkdtemp, readdir, rm } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { createFile, readSecretFile, saveFile } from "../../src/store/atomic-file.ts"
import { type Disk, nodeDisk, type OpenFile } from "../../src/store/disk.ts"
import { openFolder } from "../../src/store/private-folder.ts"
import { isE2eeError } from "../../src/core/errors.ts"
import { SimulatedDisk } from "./simulated-disk.ts"

const TARGET = "/keys/pump.json"
const OLD = new Uint8Array(100).fill(1)
const NEW = new Uint8Array(300).fill(2)

type Save = (path: string, bytes: Uint8Array, disk: Disk) => Promise<void>

/** What the target reads as: "old", "new", "missing" or "corrupt". */
async function stateOf(disk: Disk): Promise<string> {
  try {
    const bytes = Buffer.from(await readSecretFile(TARGET, 1000, disk))
    return bytes.equals(OLD) ? "old" : bytes.equals(NEW) ? "new" : "corrupt"
  } catch (error) {
    return isE2eeError(error, "store.missing") ? "missing" : String(error)
  }
}

/** The power is cut before every operation in turn; gives each state that can be found, before and after the promise resolved. */
async function powerCuts(save: Save, files: Map<string, Uint8Array>) {
  const found = { acknowledged: new Set<string>(), before: new Set<string>(), disks: 0 }
  for (let stopAt = 0; ; stopAt++) {
    const disk = new SimulatedDisk(files, stopAt)
    const acknowledged = await save(TARGET, NEW, disk).then(
      () => true,
      () => false,
    )
    for (const left of disk.afterPowerCut()) {
      found.disks++
      found[acknowledged ? "acknowledged" : "before"].add(await stateOf(left))
    }
    if (disk.steps < stopAt) return found
  }
}

const existing = new Map([["pump.json", OLD]])

describe("store: power cuts at every step of a save", () => {
  it("leaves the old file or the new one, and the new one once it was acknowledged", async () => {
    const found = await powerCuts(saveFile, existing)
    assert.deepEqual([...found.before].sort(), ["new", "old"])
    assert.deepEqual([...found.acknowledged], ["new"])
    assert.ok(found.disks >= 20, `only ${found.disks} states were looked at`)
  })

  it("leaves no file or the new one of an exclusive creation", async () => {
    const found = await powerCuts(createFile, new Map())
    assert.deepEqual([...found.before].sort(), ["missing", "new"])
    assert.deepEqual([...found.acknowledged], ["new"])
    assert.ok(found.disks >= 20, `only ${found.disks} states were looked at`)
  })

  it("never touches a file that exists, in an exclusive creation", async () => {
    const found = await powerCuts(createFile, existing)
    assert.deepEqual([...found.before], ["old"])
    assert.deepEqual([...found.acknowledged], [])
  })

  it("finds what a save in place does, or one that leaves out an fsync", async () => {
    const inPlace: Save = async (path, bytes, disk) => {
      const file = await disk.open(path, constants.O_WRONLY | constants.O_CREAT | constants.O_TRUNC, 0o600)
      await file.writeFile(bytes)
      await file.sync()
      await file.close()
    }
    assert.ok((await powerCuts(inPlace, existing)).before.has("corrupt"))

    /** A save on a disk whose fsync of files or of folders does nothing. */
    const forgetful =
      (forgets: (flags: number) => boolean): Save =>
      (path, bytes, disk) =>
        saveFile(path, bytes, {
          open: async (path, flags, mode) => {
            const file = await disk.open(path, flags, mode)
            return forgets(flags) ? { ...file, sync: async () => {} } : file
          },
          rename: (from, to) => disk.rename(from, to),
          link: (existing, added) => disk.link(existing, added),
          unlink: (path) => disk.unlink(path),
          lstat: (path) => disk.lstat(path),
          readdir: (path) => disk.readdir(path),
          mkdir: (path, options) => disk.mkdir(path, options),
        })
    const isFolder = (flags: number) => (flags & constants.O_DIRECTORY) !== 0
    assert.ok(
      (
        await powerCuts(
          forgetful((flags) => !isFolder(flags)),
          existing,
        )
      ).acknowledged.has("corrupt"),
    )
    assert.ok((await powerCuts(forgetful(isFolder), existing)).acknowledged.has("old"))
  })
})

/** The real disk, whose operation number `failing` (from 0) is refused with `code`; `count` says how many there were. */
function faultyDisk(failing: number, code: string) {
  let count = 0
  const step = <T>(run: () => Promise<T>): Promise<T> =>
    count++ === failing ? Promise.reject(SimulatedDisk.failure(code)) : run()
  const wrap = (file: OpenFile): OpenFile => ({
    stat: () => step(() => file.stat()),
    read: (...args) => step(() => file.read(...args)),
    writeFile: (bytes) => step(() => file.writeFile(bytes)),
    sync: () => step(() => file.sync()),
    close: () => {
      // A close that fails has closed the file all the same.
      const closed = file.close()
      return step(() => closed)
    },
  })
  const disk: Disk = {
    open: (path, flags, mode) => step(async () => wrap(await nodeDisk.open(path, flags, mode))),
    rename: (from, to) => step(() => nodeDisk.rename(from, to)),
    link: (existing, added) => step(() => nodeDisk.link(existing, added)),
    unlink: (path) => step(() => nodeDisk.unlink(path)),
    lstat: (path) => step(() => nodeDisk.lstat(path)),
    readdir: (path) => step(() => nodeDisk.readdir(path)),
    mkdir: (path, options) => step(() => nodeDisk.mkdir(path, options)),
  }
  return { disk, count: () => count }
}

describe("store: a disk that refuses", () => {
  let folder: string
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), "store-fault-"))
  })
  afterEach(() => rm(folder, { recursive: true }))

  for (const code of ["ENOSPC", "EDQUOT", "EROFS", "EIO"]) {
    it(`tells ${code} at every operation of a save, and leaves the old file or the new one and no stray`, async () => {
      const path = join(folder, "a.json")
      for (let failing = 0; ; failing++) {
        await saveFile(path, OLD)
        const { disk, count } = faultyDisk(failing, code)
        const error = await saveFile(path, NEW, disk).then(
          () => undefined,
          (error: unknown) => error,
        )
        if (count() <= failing) {
          assert.equal(error, undefined)
          assert.ok(failing >= 8, `only ${failing} operations were refused`)
          break
        }
        assert.ok(isE2eeError(error, "store.io"), String(error))
        assert.match(error.message, new RegExp(`a\\.json.*${code}`))
        const left = Buffer.from(await readSecretFile(path, 1000))
        assert.ok(left.equals(OLD) || left.equals(NEW))
        // Operations 0 to 3 open, write, fsync and close the temporary file, 4 renames it.
        if (failing <= 4) assert.ok(left.equals(OLD))
        assert.deepEqual(await readdir(folder), ["a.json"])
      }
    })

    it(`tells ${code} at every operation of a creation, and leaves no file or the whole one`, async () => {
      for (let failing = 0; ; failing++) {
        const name = `${code}-${failing}.json`
        const { disk, count } = faultyDisk(failing, code)
        const error = await createFile(join(folder, name), NEW, disk).then(
          () => undefined,
          (error: unknown) => error,
        )
        const left = await readdir(folder)
        if (left.includes(name)) {
          assert.deepEqual(Buffer.from(await readSecretFile(join(folder, name), 1000)), Buffer.from(NEW))
          await rm(join(folder, name))
        }
        if (count() <= failing) {
          assert.equal(error, undefined)
          assert.ok(failing >= 9, `only ${failing} operations were refused`)
          break
        }
        assert.ok(isE2eeError(error, "store.io"), String(error))
        assert.deepEqual(await readdir(folder), [])
      }
    })
  }

  it("tells EIO at every operation of a read", async () => {
    const path = join(folder, "a.json")
    await saveFile(path, OLD)
    for (let failing = 0; failing < 5; failing++) {
      await assert.rejects(readSecretFile(path, 1000, faultyDisk(failing, "EIO").disk), { code: "store.io" })
    }
  })

  it("says store.missing for a folder that does not exist, and usage.invalid for a path that cannot be", async () => {
    await assert.rejects(saveFile(join(folder, "none", "a.json"), NEW), { code: "store.missing" })
    await assert.rejects(createFile(join(folder, "none", "a.json"), NEW), { code: "store.missing" })
    await assert.rejects(saveFile(join(folder, "a\0.json"), NEW), { code: "usage.invalid" })
  })
})

// More with STORE_KILLS=1000. SIGKILL shows what a killed process leaves; the power cuts above what a dead machine does.
const KILLS = Number(process.env["STORE_KILLS"] ?? 100)
const AT_ONCE = 4

const SOURCE = new URL("../../src/store/atomic-file.ts", import.meta.url).href
const SAVER = `
  import { writeSync } from "node:fs"
  const { saveFile, createFile } = await import(${JSON.stringify(SOURCE)})
  const folder = process.argv[1]
  for (let turn = 1; ; turn++) {
    const bytes = new Uint8Array(20_000 + turn).fill(turn % 251)
    await saveFile(folder + "/saved.json", bytes)
    await createFile(folder + "/created-" + turn + ".json", bytes)
    writeSync(1, turn + "\\n")
  }
`

/** Whether these are the whole bytes of a turn, and of which. */
function turnOf(bytes: Uint8Array): number {
  const turn = bytes.length - 20_000
  assert.ok(turn >= 1 && bytes.every((byte) => byte === turn % 251), "a file is torn")
  return turn
}

async function killOnce(delay: number): Promise<number> {
  const folder = await mkdtemp(join(tmpdir(), "store-kill-"))
  try {
    const child = spawn(process.execPath, ["--input-type=module", "--eval", SAVER, folder], {
      stdio: ["ignore", "pipe", "inherit"],
    })
    let output = ""
    child.stdout.setEncoding("utf8").on("data", (text: string) => {
      if (output === "") setTimeout(() => child.kill("SIGKILL"), delay)
      output += text
    })
    const [, signal] = (await once(child, "close")) as [number | null, string | null]
    assert.equal(signal, "SIGKILL", "the saving process ended by itself")
    const acknowledged = Number(output.split("\n").at(-2))

    await openFolder(folder)
    const files = await readdir(folder)
    assert.deepEqual(
      files.filter((name) => name.endsWith(".tmp")),
      [],
    )
    const saved = turnOf(await readSecretFile(join(folder, "saved.json"), 1_000_000))
    assert.ok(saved === acknowledged || saved === acknowledged + 1, `${saved} after ${acknowledged} was acknowledged`)
    const created = files.filter((name) => name.startsWith("created-"))
    for (const name of created) {
      assert.equal(`created-${turnOf(await readSecretFile(join(folder, name), 1_000_000))}.json`, name)
    }
    for (let turn = 1; turn <= acknowledged; turn++) assert.ok(created.includes(`created-${turn}.json`))
    return acknowledged
  } finally {
    await rm(folder, { recursive: true })
  }
}

describe("store: kill -9", () => {
  it(`loses nothing acknowledged and tears nothing in ${KILLS} kills`, async function () {
    this.timeout(30_000 + KILLS * 1_000)
    let left = KILLS
    let turns = 0
    const worker = async (): Promise<void> => {
      while (left-- > 0) {
        const acknowledged = await killOnce(Math.random() * 20)
        turns += acknowledged
      }
    }
    await Promise.all(Array.from({ length: AT_ONCE }, worker))
    assert.ok(turns >= KILLS)
  })
})
