import assert from "node:assert/strict"
import { execFileSync } from "node:child_process"
import { once } from "node:events"
import {
  chmod,
  link,
  lstat,
  mkdir,
  mkdtemp,
  readdir,
  readFile,
  rename,
  rm,
  symlink,
  utimes,
  writeFile,
} from "node:fs/promises"
import { createServer } from "node:net"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { createFile, readSecretFile, saveFile } from "../../src/store/atomic-file.ts"
import { type Disk, type FileStatus, nodeDisk } from "../../src/store/disk.ts"
import { makeFolder, openFolder } from "../../src/store/private-folder.ts"

const BYTES = Buffer.from("secret bytes")

let folder: string
let path: string
/** Hooks of one describe: at the top of the file they would run for every other file's tests too. */
function eachInNewFolder(): void {
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), "store-file-"))
    path = join(folder, "a.json")
  })
  afterEach(() => rm(folder, { recursive: true }))
}

async function modeOf(path: string): Promise<string> {
  return ((await lstat(path)).mode & 0o777).toString(8)
}

async function withUmask<T>(umask: number, run: () => Promise<T>): Promise<T> {
  const before = process.umask(umask)
  try {
    return await run()
  } finally {
    process.umask(before)
  }
}

describe("store: saving a file", () => {
  eachInNewFolder()

  it("replaces the whole content", async () => {
    await saveFile(path, Buffer.alloc(5000, 1))
    await saveFile(path, BYTES)
    assert.deepEqual(await readFile(path), BYTES)
    assert.deepEqual(await readdir(folder), ["a.json"])
  })

  it("creates a file once, whoever else tries at the same time", async () => {
    const tries = Array.from({ length: 16 }, (_, at) => createFile(path, Buffer.alloc(1000, at)))
    const results = await Promise.allSettled(tries)
    const winners = results.flatMap((result, at) => (result.status === "fulfilled" ? [at] : []))
    assert.equal(winners.length, 1)
    for (const result of results) {
      if (result.status === "rejected") assert.equal((result.reason as { code: string }).code, "store.exists")
    }
    assert.deepEqual(await readFile(path), Buffer.alloc(1000, winners[0]))
    assert.deepEqual(await readdir(folder), ["a.json"])
  })

  for (const umask of [0, 0o022, 0o077]) {
    for (const before of [undefined, 0o644, 0o666, 0o777]) {
      const what = before === undefined ? "no file" : `a file of mode ${before.toString(8)}`
      it(`gives mode 600 under umask ${umask.toString(8)} over ${what}`, async () => {
        if (before !== undefined) {
          await writeFile(path, "old")
          await chmod(path, before)
          await assert.rejects(readSecretFile(path, 100), { code: "store.mode" })
        }
        await withUmask(umask, () => saveFile(path, BYTES))
        assert.equal(await modeOf(path), "600")
        assert.deepEqual(Buffer.from(await readSecretFile(path, 100)), BYTES)
      })
    }

    it(`creates files of mode 600 in folders of mode 700 under umask ${umask.toString(8)}`, async () => {
      const deep = join(folder, "one", "two")
      await withUmask(umask, async () => createFile(join(await makeFolder(deep), "a.json"), BYTES))
      assert.equal(await modeOf(join(folder, "one")), "700")
      assert.equal(await modeOf(deep), "700")
      assert.equal(await modeOf(join(deep, "a.json")), "600")
    })
  }

  it("replaces a symbolic link, and does not write through it", async () => {
    await writeFile(join(folder, "other"), "other")
    await symlink(join(folder, "other"), path)
    await saveFile(path, BYTES)
    assert.ok((await lstat(path)).isFile())
    assert.equal(await readFile(join(folder, "other"), "utf8"), "other")
  })

  it("refuses to create over a symbolic link, also a dangling one", async () => {
    await symlink(join(folder, "nowhere"), path)
    await assert.rejects(createFile(path, BYTES), { code: "store.exists" })
    assert.deepEqual(await readdir(folder), ["a.json"])
  })
})

describe("store: reading a secret file", () => {
  eachInNewFolder()

  it("gives its bytes up to the limit, and refuses one byte more", async () => {
    await saveFile(path, BYTES)
    assert.deepEqual(Buffer.from(await readSecretFile(path, BYTES.length)), BYTES)
    await assert.rejects(readSecretFile(path, BYTES.length - 1), { code: "store.corrupt" })
    await saveFile(path, new Uint8Array())
    assert.equal((await readSecretFile(path, 0)).length, 0)
  })

  it("says store.missing", async () => {
    await assert.rejects(readSecretFile(path, 100), { code: "store.missing" })
  })

  for (const bit of [0o040, 0o020, 0o010, 0o004, 0o002, 0o001]) {
    it(`refuses mode ${(0o600 | bit).toString(8)}`, async () => {
      await saveFile(path, BYTES)
      await chmod(path, 0o600 | bit)
      await assert.rejects(readSecretFile(path, 100), { code: "store.mode", message: /chmod 600/ })
    })
  }

  it("refuses a file of another owner", async () => {
    await saveFile(path, BYTES)
    await assert.rejects(readSecretFile(path, 100, ownedByAnother), { code: "store.mode", message: /belongs to user/ })
  })

  it("refuses a symbolic link, dangling or not", async () => {
    await saveFile(join(folder, "real"), BYTES)
    await symlink(join(folder, "real"), path)
    await assert.rejects(readSecretFile(path, 100), { code: "store.mode" })
    await rm(join(folder, "real"))
    await assert.rejects(readSecretFile(path, 100), { code: "store.mode" })
  })

  it("refuses a second hard link", async () => {
    await saveFile(path, BYTES)
    await link(path, join(folder, "second"))
    await assert.rejects(readSecretFile(path, 100), { code: "store.mode", message: /hard links/ })
  })

  it("refuses a folder, a named pipe and a socket, without waiting", async () => {
    await mkdir(path, { mode: 0o700 })
    await assert.rejects(readSecretFile(path, 100), { code: "store.mode" })
    execFileSync("mkfifo", ["-m", "600", join(folder, "pipe")])
    await assert.rejects(readSecretFile(join(folder, "pipe"), 100), { code: "store.mode" })
    const server = createServer().listen(join(folder, "socket"))
    await once(server, "listening")
    await assert.rejects(readSecretFile(join(folder, "socket"), 100), { code: "store.mode" })
    server.close()
    await once(server, "close")
  })

  it("never reads through a link that is swapped in while it opens", async () => {
    const foreign = join(folder, "foreign")
    await saveFile(foreign, Buffer.from("foreign bytes"))
    const swap = { on: true }
    const swapper = (async () => {
      while (swap.on) {
        await saveFile(path, BYTES)
        await symlink(foreign, join(folder, "next"))
        await rename(join(folder, "next"), path)
      }
    })()
    const seen = { read: 0, refused: 0 }
    while (seen.read < 50 || seen.refused < 50) {
      try {
        assert.deepEqual(Buffer.from(await readSecretFile(path, 100)), BYTES)
        seen.read++
      } catch (error) {
        const { code } = error as { code: string }
        // It was unlinked after it was opened, or not there yet.
        assert.ok(code === "store.mode" || code === "store.missing", String(error))
        seen.refused++
      }
    }
    swap.on = false
    await swapper
  })
})

/** The real disk, where all belongs to user 4242. */
const foreign = (status: FileStatus): FileStatus => Object.assign(Object.create(status) as FileStatus, { uid: 4242 })
const ownedByAnother: Disk = {
  ...nodeDisk,
  lstat: async (path) => foreign(await nodeDisk.lstat(path)),
  open: async (path, flags) => {
    const file = await nodeDisk.open(path, flags)
    return {
      stat: async () => foreign(await file.stat()),
      read: (...args) => file.read(...args),
      writeFile: (bytes) => file.writeFile(bytes),
      sync: () => file.sync(),
      close: () => file.close(),
    }
  },
}

describe("store: a folder of secret files", () => {
  eachInNewFolder()

  for (const bit of [0o040, 0o020, 0o010, 0o004, 0o002, 0o001]) {
    it(`refuses mode ${(0o700 | bit).toString(8)}`, async () => {
      await chmod(folder, 0o700 | bit)
      await assert.rejects(openFolder(folder), { code: "store.mode", message: /chmod 700/ })
      await assert.rejects(makeFolder(folder), { code: "store.mode" })
    })
  }

  it("refuses another owner", async () => {
    await assert.rejects(openFolder(folder, ownedByAnother), { code: "store.mode", message: /belongs to user/ })
  })

  it("refuses a symbolic link, also with a slash behind it, and a dangling one", async () => {
    const real = await makeFolder(join(folder, "real"))
    await symlink(real, join(folder, "link"))
    await symlink(join(folder, "nowhere"), join(folder, "dangling"))
    for (const name of ["link", "link/", "link/.", "dangling"]) {
      await assert.rejects(openFolder(`${folder}/${name}`), { code: "store.mode" }, name)
      await assert.rejects(makeFolder(`${folder}/${name}`), { code: "store.mode" }, name)
    }
  })

  it("makes every new folder survive a power cut, by an fsync of the one above it", async () => {
    const synced: string[] = []
    const disk: Disk = {
      ...nodeDisk,
      open: async (path, flags) => {
        const file = await nodeDisk.open(path, flags)
        return {
          stat: () => file.stat(),
          read: (...args) => file.read(...args),
          writeFile: (bytes) => file.writeFile(bytes),
          sync: async () => void synced.push(path),
          close: () => file.close(),
        }
      },
    }
    await makeFolder(join(folder, "one", "two"), disk)
    assert.deepEqual(synced, [join(folder, "one"), folder])
    await makeFolder(join(folder, "one", "two"), disk)
    assert.equal(synced.length, 2)
  })

  it("refuses a file in its place, and in the place of a parent", async () => {
    await saveFile(path, BYTES)
    await assert.rejects(openFolder(path), { code: "store.io" })
    await assert.rejects(makeFolder(join(path, "deeper")), { code: "store.io" })
    await assert.rejects(openFolder(join(folder, "none")), { code: "store.missing" })
  })

  it("removes the strays of killed saves and nothing else", async () => {
    const dead = execFileSync(process.execPath, ["-p", "process.pid"], { encoding: "utf8" }).trim()
    const random = "0123456789abcdef"
    const strays = [`.a.json.${dead}.${random}.tmp`, `.b.json.${process.pid}.${random}.tmp`]
    const others = [`.c.json.${process.pid}.${random}.tmp`, ".hidden", "a.json", `x.${dead}.${random}.tmp`, ".a.tmp"]
    for (const name of [...strays, ...others]) await writeFile(join(folder, name), "")
    const longAgo = new Date(Date.now() - 2 * 3_600_000)
    await utimes(join(folder, `.b.json.${process.pid}.${random}.tmp`), longAgo, longAgo)
    // A folder of such a name is not ours to remove.
    await mkdir(join(folder, `.d.json.${dead}.${random}.tmp`))
    await openFolder(folder)
    assert.deepEqual((await readdir(folder)).sort(), [...others, `.d.json.${dead}.${random}.tmp`].sort())
  })

  it("removes the second link that a creation killed half-way leaves, and reads the file", async () => {
    await saveFile(path, BYTES)
    await link(path, join(folder, `.a.json.${process.pid}.0123456789abcdef.tmp`))
    assert.deepEqual(Buffer.from(await readSecretFile(path, 100)), BYTES)
    assert.deepEqual(await readdir(folder), ["a.json"])
  })
})
