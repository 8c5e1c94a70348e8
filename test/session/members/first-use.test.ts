import assert from "node:assert/strict"
import { E2eeError } from "../../../src/core/errors.ts"
import type { Pins } from "../../../src/trust/first-use/pin-table.ts"
import { firstUse, type FirstUseOptions } from "../../../src/trust/first-use/first-use.ts"
import type { TrustProvider } from "../../../src/trust/provider.ts"
import { rejects } from "../../arbitrary.ts"
import { altered, CHAIN_ID, CONTRACT, draftChain, party, REALM, signChain } from "../../trust/chains.ts"
import { MemoryPins } from "../../trust/first-use/memory-pins.ts"
import { settled, World } from "../world.ts"

const PUMP = "com.example.pump"
const VALVE = "com.example.valve"
const TOPIC = "com.example.level"

describe("session: trust on first use", () => {
  let world: World
  let pins: MemoryPins
  const trust = (changes: Partial<FirstUseOptions> = {}): TrustProvider =>
    firstUse({
      pins,
      realm: REALM,
      chainId: CHAIN_ID,
      verifyingContract: CONTRACT,
      clock: () => world.now,
      ...changes,
    })
  const isPinned = async (name: string): Promise<boolean> => {
    const place = { chainId: CHAIN_ID, verifyingContract: CONTRACT, realm: REALM }
    return (await pins.find(place, party(name).address)).peer !== undefined
  }
  beforeEach(() => {
    world = new World()
    pins = new MemoryPins()
  })
  afterEach(() => world.close())

  it("pins whoever asks for a grant, whoever grants it, and others when their first message opens", async () => {
    const agent = await world.join("agent")
    await agent.endpoint.register(PUMP, () => "pumped")
    const second = await world.join("second")
    await second.endpoint.register(VALVE, () => "opened")
    const caller = await world.join("caller", {}, { trust: trust() })
    assert.equal(await caller.endpoint.call(PUMP), "pumped")
    assert.deepEqual([await isPinned("agent"), await isPinned("second")], [true, false])
    const answer = await caller.endpoint.callDetailed(VALVE)
    assert.deepEqual(answer.args, ["opened"])
    assert.deepEqual(answer.details.sender.source, { model: "first-use", since: world.now, confirmed: false })
    assert.equal(await isPinned("second"), true)
    assert.equal(pins.writes, 2)
    await caller.endpoint.call(VALVE)
    assert.equal(pins.writes, 2)
  })

  it("pins callers and publishers at a callee and subscriber that is not the agent", async () => {
    const agent = await world.join("agent")
    await agent.endpoint.register(PUMP, () => "pumped")
    await agent.endpoint.subscribe(TOPIC, () => undefined)
    const other = await world.join("other", {}, { trust: trust() })
    await other.endpoint.register(VALVE, (_args, _kwargs, { sender }) => sender.source.model)
    const events: unknown[] = []
    await other.endpoint.subscribe(TOPIC, (args) => events.push(...args))
    const caller = await world.join("caller")
    assert.equal(await caller.endpoint.call(VALVE), "first-use")
    assert.equal(await isPinned("caller"), true)
    const publisher = await world.join("publisher")
    await publisher.endpoint.publish(TOPIC, [7])
    await settled()
    assert.deepEqual([events, await isPinned("publisher")], [[7], true])
  })

  // U01
  it("seals and opens nothing for a peer whose authority changed, asked, told of or answering", async () => {
    const agent = await world.join("agent", {}, { trust: trust() })
    let calls = 0
    await agent.endpoint.register(PUMP, () => calls++)
    const caller = await world.join("caller")
    await caller.endpoint.call(PUMP)
    await caller.endpoint.close()
    const rival = altered(
      draftChain({ delegate: party("caller") }),
      1,
      { issuer: party("rival").address },
      party("rival").key,
    )
    const certificates = signChain(altered(rival, 2, { subject: party("rival").address }))
    const changed = await world.join("caller", {}, { identity: { certificates, csKey: party("caller").csKey } })
    const sealed = world.count("CALL") + world.count("RESULT")
    await rejects(changed.endpoint.call(PUMP), "trust.pin_changed")
    assert.deepEqual([calls, world.count("CALL") + world.count("RESULT")], [1, sealed])
    assert.ok(agent.refused.includes("trust.pin_changed"))
  })

  it("refuses a live member once the pin says otherwise", async () => {
    const agent = await world.join("agent", {}, { trust: trust() })
    await agent.endpoint.register(PUMP, () => "pumped")
    const caller = await world.join("caller")
    assert.equal(await caller.endpoint.call(PUMP), "pumped")
    for (const pin of pins.table.pins)
      if (pin.kind === "peer") pins.table.put({ ...pin, issuer: party("rival").address })
    world.pass()
    await rejects(caller.endpoint.call(PUMP), "trust.pin_changed")
  })

  it("lets nobody in before a person confirmed it, where that is required", async () => {
    const agent = await world.join("agent", {}, { trust: trust({ requireConfirmation: true }) })
    await agent.endpoint.register(PUMP, () => "pumped")
    const caller = await world.join("caller")
    await rejects(caller.endpoint.call(PUMP), "trust.unconfirmed")
    assert.equal(await isPinned("caller"), true)
    pins.confirm("peer")
    assert.equal(await caller.endpoint.call(PUMP), "pumped")
  })

  it("does nothing for a peer that cannot be pinned", async () => {
    const broken: Pins = {
      find: async () => ({}),
      update: () => Promise.reject(new E2eeError("store.io", "the disk is full")),
    }
    const agent = await world.join("agent", {}, { trust: trust({ pins: broken }) })
    let calls = 0
    await agent.endpoint.register(PUMP, () => calls++)
    const caller = await world.join("caller")
    await rejects(caller.endpoint.call(PUMP), "keys.grant_refused")
    assert.equal(calls, 0)
    assert.deepEqual(agent.refused, ["store.io"])
  })
})
