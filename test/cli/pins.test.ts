import assert from "node:assert/strict"
import { chmod, mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { createEndpoint } from "../../src/endpoint.ts"
import { firstUse } from "../../src/trust/first-use/first-use.ts"
import { toTypedData } from "../../src/certificate/issue.ts"
import { startRouter, type Router } from "../../src/router/index.ts"
import { saveIdentity } from "../../src/store/identity.ts"
import { openPins } from "../../src/store/pins.ts"
import { fingerprintOf, type PeerPin, type Pin } from "../../src/trust/first-use/pins.ts"
import { numbered, peerPin, pinPeer, PLACE, REALM_PIN } from "../store/pinned.ts"
import { buildChain, CHAIN_ID, CONTRACT, party, REALM } from "../trust/chains.ts"
import { MemoryPins } from "../trust/first-use/memory-pins.ts"
import { openWampy } from "../world.ts"
import { failed, runHere, type Ended } from "./in-process.ts"

const PASSWORD = "a password for tests"

describe("the command line: trust pins", function () {
  this.timeout(60_000)
  let folder: string
  let keystore: string
  let file: string
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), "wamp-e2ee-"))
    keystore = join(folder, "keystore")
    file = join(folder, "pins.jsonl")
    await writeFile(join(folder, "password"), PASSWORD, { mode: 0o600 })
  })
  afterEach(() => rm(folder, { recursive: true }))

  const pins = (...args: readonly string[]) => runHere("trust", "pins", ...args, "--pins", file)
  async function json(...args: readonly string[]): Promise<Record<string, unknown>> {
    const { code, out, err } = await runHere("--json", "trust", "pins", ...args, "--pins", file)
    assert.equal(code, 0, err)
    return JSON.parse(out) as Record<string, unknown>
  }
  const stored = async (): Promise<readonly Pin[]> => (await openPins(file)).list()

  async function fill(): Promise<PeerPin> {
    const store = await openPins(file)
    await pinPeer(store, 1)
    await pinPeer(store, 2)
    return peerPin(1)
  }

  it("lists and shows pins with their fingerprints", async () => {
    assert.deepEqual(await json("list"), { ok: true, pins: [] })
    assert.equal((await pins("list")).out, "no pins\n")
    const peer = await fill()
    const { out } = await pins("list")
    for (const pin of [REALM_PIN, peer, peerPin(2)]) assert.ok(out.includes(fingerprintOf(pin)))
    assert.match(out, /unconfirmed, first-use, since 2023-11-14T22:13:20\.000Z/)
    const shown = await json("show", peer.delegate.toLowerCase())
    const { place, bootedAt, ...own } = peer
    const { chainId, verifyingContract, realm } = place
    const expected = { ...own, chainId: String(chainId), verifyingContract, realm, bootedAt: String(bootedAt) }
    assert.deepEqual(shown, { ok: true, ...expected, fingerprint: fingerprintOf(peer) })
    assert.equal((await json("show", PLACE.realm))["root"], REALM_PIN.root)
    assert.match((await pins("show", peer.delegate)).out, new RegExp(`certificate ${peer.digests[0]}`))
  })

  it("confirms a peer or a realm, with the fingerprint that its operator told or without", async () => {
    const peer = await fill()
    failed(await pins("confirm", peer.delegate, "--fingerprint", fingerprintOf(peerPin(2))), 1, "trust.pin_changed")
    assert.ok((await stored()).every(({ confirmed }) => !confirmed))
    const told = fingerprintOf(peer).replaceAll(" ", "").toUpperCase()
    assert.equal((await json("confirm", peer.delegate, "--fingerprint", told))["confirmed"], true)
    await json("confirm", PLACE.realm)
    assert.deepEqual(
      (await stored()).map(({ confirmed }) => confirmed),
      [true, true, false],
    )
  })

  it("forgets a peer, and a realm with its peers", async () => {
    const peer = await fill()
    assert.equal(((await json("forget", peer.delegate))["forgotten"] as unknown[]).length, 1)
    assert.deepEqual(await stored(), [REALM_PIN, peerPin(2)])
    assert.equal(((await json("forget", PLACE.realm))["forgotten"] as unknown[]).length, 2)
    assert.deepEqual(await stored(), [])
  })

  it("asks which realm is meant where an address is pinned in several", async () => {
    const peer = await fill()
    const place = { ...PLACE, realm: numbered(0xf1) }
    const store = await openPins(file)
    await store.update(place, peer.delegate, () => ({ realm: { ...REALM_PIN, place }, peer: { ...peer, place } }))
    failed(await pins("confirm", peer.delegate), 2, "usage.invalid")
    assert.equal((await json("confirm", peer.delegate, "--realm", place.realm))["realm"], place.realm)
    assert.deepEqual(
      (await stored()).filter(({ confirmed }) => confirmed),
      [{ ...peer, place, confirmed: true }],
    )
  })

  it("exports to a new file and imports what does not contradict", async () => {
    const peer = await fill()
    const exported = join(folder, "export.jsonl")
    await json("confirm", peer.delegate)
    assert.deepEqual(await json("export", exported), { ok: true, file: exported, pins: 3 })
    failed(await pins("export", exported), 1, "store.exists")
    const before = await stored()
    await json("forget", PLACE.realm)
    assert.deepEqual(await json("import", exported), { ok: true, added: 3 })
    assert.deepEqual(await stored(), before)
    assert.deepEqual(await json("import", exported), { ok: true, added: 0 })

    const store = await openPins(file)
    await store.change((table) => table.put({ ...peer, issuer: numbered(0xdead) }))
    failed(await pins("import", exported), 1, "trust.pin_changed")
    await writeFile(exported, (await readFile(exported, "utf8")).replace("true", "TRUE"))
    failed(await pins("import", exported), 1, "store.corrupt")
    failed(await pins("import", join(folder, "none")), 1, "store.missing")
  })

  it("refuses everything when the file is damaged, and puts an export in its place on request alone", async () => {
    const peer = await fill()
    const exported = join(folder, "export.jsonl")
    await json("export", exported)
    failed(await pins("import", exported, "--replace-damaged"), 2, "usage.invalid")
    const bytes = await readFile(file)
    bytes[200] = (bytes[200] ?? 0) ^ 1
    await writeFile(file, bytes)
    for (const args of [
      ["list"],
      ["show", peer.delegate],
      ["confirm", peer.delegate],
      ["forget", PLACE.realm],
      ["export", join(folder, "x")],
      ["import", exported],
    ])
      failed(await pins(...args), 1, "store.corrupt")
    assert.deepEqual(await readFile(file), bytes)
    const { kept } = await json("import", exported, "--replace-damaged")
    assert.deepEqual(await readFile(String(kept)), bytes)
    assert.equal((await stored()).length, 3)
    assert.ok(!(await readdir(folder)).some((name) => /lock|tmp/.test(name)))
  })

  it("says what is wrong in one line", async () => {
    await fill()
    failed(await pins("show", numbered(7)), 1, "store.missing")
    failed(await pins("forget", "0x12"), 2, "usage.invalid")
    failed(await pins("confirm", numbered(7), "--realm", "x"), 2, "usage.invalid")
    await chmod(file, 0o644)
    failed(await pins("list"), 1, "store.mode")
    failed(await runHere("trust", "pins", "list", "--pins", join(folder, "none", "pins")), 1, "store.missing")
  })

  describe("with machines and a router", () => {
    let router: Router
    beforeEach(async () => {
      router = await startRouter()
      for (const name of ["pump", "panel"]) {
        const { key, csKey } = party(name)
        const certificates = JSON.parse(
          JSON.stringify(buildChain({ delegate: party(name) }).map(toTypedData), (_key, value: unknown) =>
            typeof value === "bigint" ? String(value) : value,
          ),
        ) as unknown[]
        const options = { password: PASSWORD, dangerouslyWeakScryptN: 2 ** 14 }
        await saveIdentity(keystore, name, { certificates, delegateKey: key, csKey }, options)
      }
    })
    afterEach(() => router.close())

    const machine = (...args: readonly string[]) =>
      runHere("--json", "--keystore", keystore, "--password-file", join(folder, "password"), ...args)
    const call = (...args: readonly string[]) =>
      machine("call", "com.example.add2", "[2, 3]", "--as", "panel", "--router", router.url, ...args)
    const parsed = ({ code, out, err }: Ended): Record<string, unknown> => {
      assert.equal(code, 0, err)
      return JSON.parse(out) as Record<string, unknown>
    }
    async function startPump(): Promise<{ close(): Promise<void> }> {
      const session = await openWampy(router.url)
      const place = { realm: REALM, chainId: CHAIN_ID, verifyingContract: CONTRACT }
      const endpoint = await createEndpoint({
        connection: session.connection,
        identity: { certificates: buildChain({ delegate: party("pump") }), csKey: party("pump").csKey },
        trust: firstUse({ pins: new MemoryPins(), ...place }),
        scopes: [{ uri: "com.example", match: "prefix" }],
      })
      await endpoint.register("com.example.add2", ([a, b]) => Number(a) + Number(b))
      return {
        close: async () => {
          await endpoint.close()
          await session.close()
        },
      }
    }

    it("calls on first use when asked, without a chain, and pins what others show as their fingerprint", async () => {
      const pump = await startPump()
      try {
        const answer = parsed(await call("--first-use"))
        assert.deepEqual(answer["args"], [5])
        const { source } = answer["sender"] as { source: Record<string, unknown> }
        assert.deepEqual([source["model"], source["confirmed"]], ["first-use", false])
        const own = parsed(await machine("trust", "pins", "fingerprint", "pump"))
        const shown = parsed(await machine("trust", "pins", "show", party("pump").address))
        assert.equal(shown["fingerprint"], own["fingerprint"])
        assert.equal(parsed(await machine("trust", "pins", "show", REALM))["fingerprint"], own["realmFingerprint"])

        failed(await call("--first-use", "--require-confirmed"), 1, "trust.unconfirmed")
        parsed(
          await machine("trust", "pins", "confirm", party("pump").address, "--fingerprint", String(own["fingerprint"])),
        )
        assert.deepEqual(parsed(await call("--first-use", "--require-confirmed"))["args"], [5])
      } finally {
        await pump.close()
      }
      failed(await machine("trust", "pins", "fingerprint", "nobody"), 1, "store.missing")
    })

    it("never takes first use unasked, nor with damaged pins", async () => {
      failed(await call(), 1, "store.missing") // the deployment file: the chain is to be asked
      await writeFile(join(keystore, "pins.jsonl"), "damaged", { mode: 0o600 })
      failed(await call("--first-use"), 1, "store.corrupt")
      await writeFile(file, "damaged", { mode: 0o600 })
      failed(await call("--first-use", "--pins", file), 1, "store.corrupt")
    })
  })
})
