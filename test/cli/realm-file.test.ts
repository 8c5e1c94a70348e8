import assert from "node:assert/strict"
import { mkdtemp, readdir, rm, writeFile } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { readRealmFile, saveRealmFile, sendAndKeep, type RealmCertificates } from "../../src/cli/realm-file.ts"
import { E2eeError } from "../../src/core/errors.ts"
import { buildChain } from "../trust/chains.ts"

const [root, operator] = buildChain().slice(1).toReversed() as unknown as [
  RealmCertificates[number],
  RealmCertificates[number],
]

describe("a realm's file while a certificate is sent", () => {
  let folder: string
  let path: string
  const spare = (): string => `realm.json.${operator.digest.slice(2, 10)}`
  const digests = async (file = path) => (await readRealmFile(file)).map(({ digest }) => digest)

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), "realm-file-"))
    path = join(folder, "realm.json")
    await saveRealmFile(path, [root])
  })
  afterEach(() => rm(folder, { recursive: true }))

  it("has the certificate beside it, so that a kill loses nothing, and in it afterwards", async () => {
    let meanwhile: unknown
    await sendAndKeep(path, operator, async () => {
      meanwhile = [await digests(), await digests(join(folder, spare()))]
    })
    assert.deepEqual(meanwhile, [[root.digest], [operator.digest]])
    assert.deepEqual(await digests(), [root.digest, operator.digest])
    assert.deepEqual(await readdir(folder), ["realm.json"])
  })

  it("stays as it was when the certificate is refused", async () => {
    const refusal = new E2eeError("chain.reverted", "no")
    await assert.rejects(
      sendAndKeep(path, operator, () => Promise.reject(refusal)),
      refusal,
    )
    assert.deepEqual(await digests(), [root.digest])
    assert.deepEqual(await readdir(folder), ["realm.json"])
  })

  it("has the certificate when it may still be mined", async () => {
    const waiting = new E2eeError("chain.pending", "wait")
    await assert.rejects(
      sendAndKeep(path, operator, () => Promise.reject(waiting)),
      waiting,
    )
    assert.deepEqual(await digests(), [root.digest, operator.digest])
  })

  it("has it beside it when it cannot be added", async () => {
    const damage = (): Promise<void> => writeFile(path, "[")
    await assert.rejects(sendAndKeep(path, operator, damage), { code: "certificate.malformed" })
    assert.deepEqual((await readdir(folder)).sort(), ["realm.json", spare()])
    assert.deepEqual(await digests(join(folder, spare())), [operator.digest])
  })

  it("is asked for before anything is sent: what cannot be saved is not sent", async () => {
    let sent = false
    const nowhere = join(path, "no-folder", "realm.json")
    await assert.rejects(
      sendAndKeep(nowhere, operator, async () => void (sent = true)),
      { code: "store.io" },
    )
    assert.equal(sent, false)
  })
})
