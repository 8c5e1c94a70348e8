import assert from "node:assert/strict"
import { chmod, mkdtemp, readdir, readFile, rm, stat, writeFile } from "node:fs/promises"
import { tmpdir } from "node:os"
import { dirname, join } from "node:path"
import { bundleFile, publishDocument } from "../../src/store/bundle-file.ts"
import { trustrootState } from "../../src/store/bundle-state.ts"
import type { Disk } from "../../src/store/disk.ts"
import { MAX_DOCUMENT } from "../../src/trust/standalone/bundle.ts"
import { documentToJson } from "../../src/trust/standalone/issue-bundle.ts"
import { parseDocument } from "../../src/trust/standalone/parse-bundle.ts"
import { rejects } from "../arbitrary.ts"
import { after as following, firstDocument } from "../trust/standalone/bundles.ts"
import { named, REALM } from "../trust/chains.ts"
import { SimulatedDisk } from "./simulated-disk.ts"

const place = { realm: REALM, trustroot: named("root") }
const never = new AbortController().signal

describe("store: the newest bundle of a trustroot", () => {
  let folder = ""
  beforeEach(async () => {
    folder = join(await mkdtemp(join(tmpdir(), "wamp-e2ee-state-")), "state")
  })
  afterEach(() => rm(dirname(folder), { recursive: true, force: true }))

  it("gives what was saved with the highest sequence, in a private folder, and removes the older", async () => {
    const state = trustrootState(folder)
    assert.equal(await state.load(place), undefined)
    for (const sequence of [9, 10, 2]) await state.save(place, sequence, `text ${sequence}`)
    assert.equal(await state.load(place), "text 10")
    assert.equal((await stat(folder)).mode & 0o777, 0o700)
    await state.save(place, 11, "text 11")
    const names = await readdir(folder)
    assert.deepEqual(
      names.map((name) => name.split("-")[2]),
      ["11.json"],
    )
    assert.equal((await stat(join(folder, names[0] ?? ""))).mode & 0o777, 0o600)
  })

  it("tells realms and trustroots apart", async () => {
    const state = trustrootState(folder)
    const others = [
      { ...place, realm: named("other") },
      { ...place, trustroot: named("other") },
    ]
    await state.save(place, 5, "mine")
    for (const [i, other] of others.entries()) await state.save(other, 7 + i, `other ${i}`)
    assert.equal(await state.load(place), "mine")
    assert.equal(await state.load(others[1] ?? place), "other 1")
  })

  it("takes the same again, and refuses another text of the same sequence", async () => {
    const state = trustrootState(folder)
    await state.save(place, 3, "this")
    await state.save(place, 3, "this")
    await rejects(state.save(place, 3, "that"), "trustroot.fork")
    assert.equal(await state.load(place), "this")
  })

  it("keeps the newest whatever order many writers come in", async () => {
    const state = trustrootState(folder)
    const sequences = Array.from({ length: 30 }, (_, i) => ((i * 7) % 30) + 1)
    await Promise.all(sequences.map((sequence) => trustrootState(folder).save(place, sequence, `text ${sequence}`)))
    assert.equal(await state.load(place), "text 30")
  })

  it("refuses a file that others can read", async () => {
    const state = trustrootState(folder)
    await state.save(place, 3, "this")
    const [name = ""] = await readdir(folder)
    await chmod(join(folder, name), 0o644)
    await rejects(state.load(place), "store.mode")
  })

  it("loses nothing that was saved, and goes back never, by a power cut at any step", async () => {
    let cuts = 0
    const found = new Set<string | undefined>()
    for (let stopAt = 0; ; stopAt++) {
      const name = `${REALM}-${place.trustroot}-1.json`.toLowerCase()
      const disk = new SimulatedDisk(new Map([[name, new TextEncoder().encode("one")]]), stopAt)
      const saved = await trustrootState("/state", inFolder(disk))
        .save(place, 2, "two")
        .then(
          () => true,
          () => false,
        )
      for (const left of disk.afterPowerCut()) {
        cuts++
        const text = await trustrootState("/state", inFolder(left)).load(place)
        found.add(text)
        assert.ok(text === "two" || (text === "one" && !saved), `after ${stopAt} steps: ${text}`)
      }
      if (disk.steps < stopAt) break
    }
    assert.deepEqual([...found].sort(), ["one", "two"])
    assert.ok(cuts >= 30, `only ${cuts} states were looked at`)
  })
})

/** A simulated disk that knows the folder itself, too. */
function inFolder(disk: SimulatedDisk): Disk {
  const folder = { isFile: () => false, isDirectory: () => true, isSymbolicLink: () => false, mode: 0o40700 }
  return {
    open: (path, flags) => disk.open(path, flags),
    rename: (from, to) => disk.rename(from, to),
    link: (existing, added) => disk.link(existing, added),
    unlink: (path) => disk.unlink(path),
    readdir: () => disk.readdir(),
    mkdir: () => disk.mkdir(),
    lstat: async (path) =>
      path === "/state"
        ? { ...folder, uid: process.geteuid?.() ?? 0, nlink: 2, size: 0, mtimeMs: 0 }
        : disk.lstat(path),
  }
}

describe("store: a published bundle", () => {
  let folder = ""
  const first = firstDocument()
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), "wamp-e2ee-bundle-"))
  })
  afterEach(() => rm(folder, { recursive: true, force: true }))

  it("is read as it was written, by anybody, and replaced as a whole", async () => {
    const path = join(folder, "trustroot.json")
    const source = bundleFile(path)
    assert.equal(source.name, path)
    for (const document of [first, following(first)]) {
      await publishDocument(path, document)
      assert.deepEqual(parseDocument(await source.read(never)), document)
    }
    assert.equal((await stat(path)).mode & 0o777, 0o644 & ~process.umask())
    assert.deepEqual(await readdir(folder), ["trustroot.json"])
    assert.match(await readFile(path, "utf8"), /\n {2}"bundle": \{/)
  })

  it("is refused where there is none, a folder, or too much", async () => {
    await rejects(bundleFile(join(folder, "absent")).read(never), "store.missing")
    await rejects(bundleFile(folder).read(never), "store.io")
    await writeFile(join(folder, "large"), new Uint8Array(MAX_DOCUMENT + 1))
    await rejects(bundleFile(join(folder, "large")).read(never), "trustroot.malformed")
    await rejects(publishDocument(join(folder, "no", "where"), first), "store.missing")
    assert.equal(documentToJson(first).includes("handovers"), false)
  })
})
