import assert from "node:assert/strict"
import { spawn } from "node:child_process"
import { once } from "node:events"
import { mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { acquireLock, thisProcess, type ProcessName } from "../../src/store/lock.ts"
import { rejects } from "../arbitrary.ts"

/** The number of a process that was and is no more. */
async function goneProcess(): Promise<number> {
  const child = spawn(process.execPath, ["--version"], { stdio: "ignore" })
  await once(child, "close")
  assert.ok(child.pid)
  return child.pid
}

describe("store: locks", () => {
  let folder: string
  let path: string
  let self: ProcessName
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), "store-lock-"))
    path = join(folder, "a.lock")
    self = await thisProcess()
  })
  afterEach(() => rm(folder, { recursive: true }))

  const leave = (holder: object | string): Promise<void> =>
    writeFile(path, typeof holder === "string" ? holder : JSON.stringify({ ...self, nonce: "left", ...holder }))
  const taken = async (): Promise<void> => {
    const release = await acquireLock(path, { patience: 2_000 })
    const held = JSON.parse(await readFile(path, "utf8")) as ProcessName
    assert.deepEqual([held.pid, held.start, held.boot], [process.pid, self.start, self.boot])
    await release()
    assert.deepEqual(await readdir(folder), [])
  }

  it("are held by one at a time, in turn", async () => {
    let holders = 0
    let turns = 0
    const worker = async (): Promise<void> => {
      for (let i = 0; i < 10; i++) {
        const release = await acquireLock(path)
        assert.equal(++holders, 1)
        await new Promise((resolve) => setTimeout(resolve, 1))
        holders--
        turns++
        await release()
      }
    }
    await Promise.all([worker(), worker(), worker(), worker()])
    assert.equal(turns, 40)
    assert.deepEqual(await readdir(folder), [])
  }).timeout(60_000)

  it("of a process that is gone are broken", async () => {
    await leave({ pid: await goneProcess() })
    await taken()
  })

  it("of this number, but another process that had it before, are broken", async () => {
    if (process.platform !== "linux") return // elsewhere no start is told
    await leave({ start: "1" })
    await taken()
    await leave({ pid: process.ppid, start: "1" })
    await taken()
  })

  it("from before the machine's last start are broken", async () => {
    await leave({ boot: "before" })
    await taken()
  })

  it("that a power cut tore are broken", async () => {
    for (const torn of ["", "{", "[]", "null", '{"pid":0}', '{"host":"x","boot":"","start":"","pid":-1}']) {
      await leave(torn)
      await taken()
    }
  })

  it("of a process that breaks a lock, and is gone, are broken", async () => {
    const pid = await goneProcess()
    await leave({ pid })
    await writeFile(`${path}.break`, JSON.stringify({ ...self, pid, nonce: "breaker" }))
    await taken()
  })

  it("of a living process, or one of another machine, are never broken", async () => {
    for (const holder of [
      {},
      { host: "another machine", pid: await goneProcess() },
      { host: "another", boot: "another" },
    ]) {
      await leave(holder)
      const before = await readFile(path, "utf8")
      const error = await rejects(acquireLock(path, { patience: 50 }), "store.io")
      assert.match(error.message, /locked by process \d+ of .*remove the file/)
      assert.equal(await readFile(path, "utf8"), before)
      assert.deepEqual(await readdir(folder), ["a.lock"])
    }
  })

  it("left behind are taken by one of many that find them, however often", async () => {
    const pid = await goneProcess()
    for (let round = 0; round < 20; round++) {
      await leave({ pid, nonce: String(round) })
      let holders = 0
      const worker = async (): Promise<void> => {
        const release = await acquireLock(path)
        assert.equal(++holders, 1)
        await new Promise((resolve) => setImmediate(resolve))
        holders--
        await release()
      }
      await Promise.all(Array.from({ length: 8 }, worker))
    }
    assert.deepEqual(await readdir(folder), [])
  }).timeout(60_000)
})
