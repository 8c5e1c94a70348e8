import assert from "node:assert/strict"
import { mkdtemp, rm } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join } from "node:path"
import type { CertificateChain } from "../../src/certificate/types.ts"
import type { E2eeError } from "../../src/core/errors.ts"
import type { Secret } from "../../src/core/secret.ts"
import { createEndpoint, fingerprintOf, firstUse, type Endpoint, type FirstUseOptions } from "../../src/index.ts"
import { startRouter, type Router } from "../../src/router/index.ts"
import { openPins } from "../../src/store/index.ts"
import { rejects } from "../arbitrary.ts"
import { altered, buildChain, CHAIN_ID, CONTRACT, draftChain, NOW, party, REALM, signChain } from "../trust/chains.ts"
import { openWampy } from "../world.ts"

const PUMP = "com.example.pump"

interface Machine {
  readonly certificates: CertificateChain
  readonly csKey: Secret
}

const PANEL: Machine = { certificates: buildChain({ delegate: party("panel") }), csKey: party("panel").csKey }
const panelDrafts = draftChain({ delegate: party("panel") })
/** The panel after a restart: another session key, a later boot, the same authority. */
const RESTARTED: Machine = {
  certificates: signChain(
    altered(panelDrafts, 0, { csPubKey: party("panel again").csPubKey, bootedAt: BigInt(NOW) * 1_000_000n }),
  ),
  csKey: party("panel again").csKey,
}
/** Somebody who holds the panel's own key, with a session key that another operator of the realm certified. */
const TAKEN: Machine = {
  certificates: signChain(
    altered(
      altered(
        altered(panelDrafts, 0, { csPubKey: party("thief").csPubKey, bootedAt: BigInt(NOW + 1) * 1_000_000n }),
        1,
        { issuer: party("rival").address },
        party("rival").key,
      ),
      2,
      { subject: party("rival").address },
    ),
  ),
  csKey: party("thief").csKey,
}
/** A machine whose realm has another root: as if somebody stood between. */
const INTERCEPTED: Machine = {
  certificates: buildChain({ delegate: party("middle"), root: party("another root") }),
  csKey: party("middle").csKey,
}

describe("two endpoints on first use, through a router", function () {
  this.timeout(30_000)
  let router: Router
  let folder: string
  const opened: { close(): Promise<unknown> }[] = []

  before(async () => {
    router = await startRouter()
  })
  after(() => router.close())
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), "wamp-e2ee-first-use-"))
  })
  afterEach(async () => {
    await leave()
    await rm(folder, { recursive: true })
  })

  async function leave(): Promise<void> {
    for (const item of opened.splice(0).toReversed()) await item.close()
  }

  const refusals: E2eeError[] = []
  async function enter(name: string, machine: Machine, options: Partial<FirstUseOptions> = {}): Promise<Endpoint> {
    const session = await openWampy(router.url)
    opened.push(session)
    const pins = await openPins(join(folder, `${name}.jsonl`))
    const endpoint = await createEndpoint({
      connection: session.connection,
      identity: machine,
      trust: firstUse({ pins, realm: REALM, chainId: CHAIN_ID, verifyingContract: CONTRACT, ...options }),
      scopes: [{ uri: "com.example.", match: "prefix" }],
      onRefusal: (error) => refusals.push(error),
    })
    opened.push(endpoint)
    return endpoint
  }

  const callee: Machine = { certificates: buildChain({ delegate: party("pump") }), csKey: party("pump").csKey }
  async function startPump(options: Partial<FirstUseOptions> = {}): Promise<void> {
    refusals.length = 0
    const pump = await enter("pump", callee, options)
    await pump.register(PUMP, (_args, _kwargs, { sender }) => ({ csPubKey: sender.csPubKey, ...sender.source }))
  }
  const pumpPins = () => openPins(join(folder, "pump.jsonl"))

  it("pins at first contact, knows the peer after a restart of both, takes a key that is vouched for, and no other", async () => {
    const before = Date.now()
    await startPump()
    const first = (await (await enter("panel", PANEL)).call(PUMP)) as Record<string, unknown>
    assert.deepEqual(
      [first["model"], first["confirmed"], first["csPubKey"]],
      ["first-use", false, party("panel").csPubKey],
    )
    assert.ok(Number(first["since"]) >= before && Number(first["since"]) <= Date.now())
    const kinds = (await (await openPins(join(folder, "panel.jsonl"))).list()).map(({ kind }) => kind)
    assert.deepEqual(kinds, ["realm", "peer"])
    await leave()

    await startPump()
    const again = await (await enter("panel", PANEL)).call(PUMP)
    assert.deepEqual(again, first)
    await leave()

    await startPump()
    const restarted = await (await enter("panel", RESTARTED)).call(PUMP)
    assert.deepEqual(restarted, { ...first, csPubKey: party("panel again").csPubKey })
    await leave()

    await startPump()
    const [realm, peer] = await (await pumpPins()).list()
    assert.ok(realm?.kind === "realm" && peer?.kind === "peer")
    await rejects((await enter("panel", TAKEN)).call(PUMP), "trust.pin_changed")
    const shown = { ...peer, csPubKey: party("thief").csPubKey, issuer: party("rival").address }
    assert.deepEqual(
      refusals.map(({ code }) => code),
      ["trust.pin_changed"],
    )
    for (const print of [fingerprintOf(peer), fingerprintOf(shown)])
      assert.ok(refusals[0]?.message.includes(print), print)

    await rejects((await enter("middle", INTERCEPTED)).call(PUMP), "trust.pin_changed")
    const otherRoot = { ...realm, root: party("another root").address }
    for (const print of [fingerprintOf(realm), fingerprintOf(otherRoot)])
      assert.ok(refusals.at(-1)?.message.includes(print), print)
    assert.deepEqual(await (await pumpPins()).list(), [realm, peer])
    assert.equal(
      ((await (await enter("panel", RESTARTED)).call(PUMP)) as Record<string, unknown>)["model"],
      "first-use",
    )
  })

  it("refuses a callee whose root changed before anything is sealed for it", async () => {
    await startPump()
    await (await enter("panel", PANEL)).call(PUMP)
    await leave()
    const impostor = await enter("false pump", INTERCEPTED)
    let calls = 0
    await impostor.register(PUMP, () => calls++)
    await rejects((await enter("panel", PANEL)).call(PUMP), "trust.pin_changed")
    assert.equal(calls, 0)
  })

  it("takes nobody without a person's word where that is required, and nobody again whose pin was forgotten", async () => {
    const strict = { requireConfirmation: true }
    await startPump(strict)
    const panel = await enter("panel", PANEL)
    await rejects(panel.call(PUMP), "trust.unconfirmed")
    const pins = await pumpPins()
    const peer = (await pins.list()).find(({ kind }) => kind === "peer")
    assert.ok(peer)
    assert.ok(refusals[0]?.message.includes(fingerprintOf(peer)))
    await rejects(panel.call(PUMP), "trust.unconfirmed")

    await pins.change((table) => table.put({ ...peer, confirmed: true }))
    assert.equal(((await panel.call(PUMP)) as Record<string, unknown>)["confirmed"], true)
    await leave()
    await startPump(strict)
    assert.equal(((await (await enter("panel", PANEL)).call(PUMP)) as Record<string, unknown>)["confirmed"], true)
    await leave()

    await pins.change((table) => table.forget(peer))
    await startPump(strict)
    await rejects((await enter("panel", PANEL)).call(PUMP), "trust.unconfirmed")
  })

  it("takes a forgotten peer again, whatever it shows, where no confirmation is required: as at first", async () => {
    await startPump()
    await (await enter("panel", PANEL)).call(PUMP)
    const pins = await pumpPins()
    for (const pin of await pins.list()) if (pin.kind === "peer") await pins.change((table) => table.forget(pin))
    const answer = (await (await enter("other panel", TAKEN)).call(PUMP)) as Record<string, unknown>
    assert.equal(answer["csPubKey"], party("thief").csPubKey)
  })
})
