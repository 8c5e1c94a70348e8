import { strict as assert } from "node:assert"
import { setTimeout as pause } from "node:timers/promises"
import type { WampError } from "../../src/session/connection.ts"
import { rejects } from "../arbitrary.ts"
import { World, type Inhabitant } from "./world.ts"

const [PUMP, TOPIC, GRANT] = ["com.example.pump", "com.example.level", "com.example.e2ee.grant"]

/** The first wait before what is lost is asked for again takes half a second at most, the second one. */
async function soon(world: World, holds: () => boolean, milliseconds = 3_000): Promise<void> {
  for (let i = 0; i < milliseconds / 10 && !holds(); i++) {
    world.pass(10)
    await pause(10)
  }
  assert.ok(holds())
}

describe("session: a key agent that lost its registration", function () {
  this.timeout(10_000)
  let world: World
  let callee: Inhabitant
  let caller: Inhabitant

  beforeEach(async () => {
    world = new World()
    callee = await world.join("callee")
    caller = await world.join("caller")
    await callee.endpoint.register(PUMP, ([value]) => value)
    assert.equal(await caller.endpoint.call(PUMP, [1]), 1)
  })
  afterEach(() => world.close())

  it("becomes agent anew by itself: newcomers and all that held its keys go on", async () => {
    world.router.lose(GRANT)
    assert.ok(!callee.endpoint.isKeyAgent(PUMP))
    assert.deepEqual(callee.refused, ["session.connection"])
    const grants = world.grants
    assert.equal(await caller.endpoint.call(PUMP, [2]), 2, "what was granted holds meanwhile")
    // Nobody talks meanwhile: it is not asked for by what arrives.
    await soon(world, () => callee.endpoint.isKeyAgent(PUMP))
    const newcomer = await world.join("newcomer")
    assert.equal(await newcomer.endpoint.call(PUMP, [2]), 2)
    assert.equal(await caller.endpoint.call(PUMP, [3]), 3)
    assert.equal(world.grants - grants, 2, "the newcomer's alone: all others hold the same keys as before")
  })

  it("is agent anew as soon as the router lets go of what the lost session had", async () => {
    const dead = world.router.connect()
    world.router.lose(GRANT)
    const letGo = await dead.register(GRANT, "exact", () => new Promise(() => undefined))
    const grants = world.grants
    await soon(world, () => world.grants > grants)
    assert.ok(!callee.endpoint.isKeyAgent(PUMP))
    await letGo()
    await soon(world, () => callee.endpoint.isKeyAgent(PUMP), 6_000)
    assert.equal(await caller.endpoint.call(PUMP, [3]), 3)
  })

  it("asks the one that became agent meanwhile, in every role that it had", async () => {
    const seen: unknown[] = []
    await callee.endpoint.subscribe(TOPIC, (args) => void seen.push(...args))
    const other = await world.join("other")
    world.router.lose(GRANT)
    world.pass(1)
    await other.endpoint.register("com.example.valve", ([value]) => value)
    assert.ok(other.endpoint.isKeyAgent(PUMP))
    const grants = world.grants
    await soon(world, () => world.grants >= grants + 2)
    assert.ok(!callee.endpoint.isKeyAgent(PUMP))
    // The caller holds keys of a generation that is no more: it is told so, asks the new agent, and calls once again.
    assert.equal(await caller.endpoint.call(PUMP, [4]), 4)
    await other.endpoint.publish(TOPIC, [5])
    await soon(world, () => seen.length === 1)
    assert.deepEqual(seen, [5])
  })

  it("opens a new generation when it is agent after another was", async () => {
    const other = await world.join("other")
    world.router.lose(GRANT)
    world.pass(1)
    await other.endpoint.register("com.example.valve", ([value]) => value)
    const grants = world.grants
    await soon(world, () => world.grants > grants)
    await other.endpoint.close()
    await callee.endpoint.publish(TOPIC, [0])
    assert.ok(callee.endpoint.isKeyAgent(PUMP))
    const newcomer = await world.join("newcomer")
    assert.equal(await newcomer.endpoint.call(PUMP, [7]), 7)
    assert.equal(await caller.endpoint.call(PUMP, [8]), 8)
  })

  it("forgets its keys with a reader that is refused meanwhile, and is agent of a new generation", async () => {
    const reader = await world.join("reader")
    await reader.endpoint.register("com.example.valve", ([value]) => value)
    world.router.lose(GRANT)
    world.trust.revoke("reader")
    world.pass()
    await rejects(callee.endpoint.call("com.example.valve", [1]), "keys.unknown_key")
    await soon(world, () => callee.endpoint.isKeyAgent(PUMP))
    assert.equal(await caller.endpoint.call(PUMP, [9]), 9)
  })

  it("does not come back once it is closed", async () => {
    world.router.lose(GRANT)
    await callee.endpoint.close()
    await pause(700)
    assert.deepEqual(world.router.registered, [])
  })

  it("has what it registered besides, too", async () => {
    world.router.lose(PUMP)
    await soon(world, () => world.router.registered.includes(PUMP))
    assert.equal(await caller.endpoint.call(PUMP, [6]), 6)
    const refused = await world.router
      .connect()
      .register(PUMP, "exact", () => new Promise(() => undefined))
      .catch((error: WampError) => error.uri)
    assert.equal(refused, "wamp.error.procedure_already_exists")
  })
})
