import { strict as assert } from "node:assert"
import { mkdtemp, readdir, rm, writeFile } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { toHex, type Hex } from "../../src/core/bytes.ts"
import { replayFolder } from "../../src/store/replay-folder.ts"
import { scopeMemory } from "../../src/store/scope-memory.ts"
import { rejects } from "../arbitrary.ts"

const idOf = (byte: number, length = 32): Hex => toHex(new Uint8Array(length).fill(byte))

describe("store: memory of scopes and calls", () => {
  let folder: string
  beforeEach(async () => (folder = await mkdtemp(join(tmpdir(), "wamp-e2ee-memory-"))))
  afterEach(() => rm(folder, { recursive: true }))

  it("remembers each scope's newest generation, whoever saves last", async () => {
    const [one, other] = [scopeMemory(folder), scopeMemory(folder)]
    assert.equal(await one.load(idOf(1)), undefined)
    await one.save(idOf(1), { generation: 7, hash: idOf(9) })
    await other.save(idOf(1), { generation: 5, hash: idOf(8) })
    await other.save(idOf(2), { generation: 1, hash: idOf(3) })
    assert.deepEqual(await one.load(idOf(1)), { generation: 7, hash: idOf(9) })
    assert.deepEqual(await one.load(idOf(2)), { generation: 1, hash: idOf(3) })
    await one.save(idOf(1), { generation: 8, hash: idOf(7) })
    assert.deepEqual(await scopeMemory(folder).load(idOf(1)), { generation: 8, hash: idOf(7) })
    assert.equal((await readdir(folder)).filter((name) => name.includes(idOf(1).slice(2))).length, 1)
  })

  it("refuses what is damaged rather than to begin anew", async () => {
    const memory = scopeMemory(folder)
    await memory.save(idOf(1), { generation: 7, hash: idOf(9) })
    const [name] = await readdir(folder)
    for (const text of ["", "{}", '"0x12"', `"${idOf(9)}" `])
      await writeFile(join(folder, name as string), text).then(() => rejects(memory.load(idOf(1)), "store.corrupt"))
  })

  it("lets one claim a call, of many at once", async () => {
    const callees = Array.from({ length: 8 }, () => replayFolder(folder))
    const claims = await Promise.all(callees.map((callee) => callee.claim(idOf(1, 16), Date.now() + 60_000)))
    assert.equal(claims.filter(Boolean).length, 1)
    assert.equal(await replayFolder(folder).claim(idOf(1, 16), Date.now() + 60_000), false)
    assert.equal(await replayFolder(folder).claim(idOf(2, 16), Date.now() + 60_000), true)
    await rejects(replayFolder(folder).claim("0x../../x" as Hex, 1), "usage.invalid")
  })

  it("forgets calls that are refused as too old by then", async () => {
    let now = 1_700_000_000_000
    const callee = replayFolder(folder, () => now)
    await callee.claim(idOf(1, 16), now + 300_000)
    now += 600_000
    await replayFolder(folder, () => now).claim(idOf(2, 16), now + 300_000)
    assert.deepEqual(
      (await readdir(folder)).map((name) => name.slice(-32)),
      [idOf(2, 16).slice(2)],
    )
  })
})
