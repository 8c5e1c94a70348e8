import { strict as assert } from "node:assert"
import { setTimeout as pause } from "node:timers/promises"
import type { WampError } from "../../../src/session/connection.ts"
import { rejects } from "../../arbitrary.ts"
import { World, type Inhabitant } from "../world.ts"

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
    assert.equal(world.grants - grants, 1, "the newcomer's alone: all others hold the same keys as before")
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
    await soon(world, () => callee.endpoint.isKeyAgent(PUMP))
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

describe("session: key agents at a router that lets several register one procedure", function () {
  this.timeout(10_000)
  let world: World
  let first: Inhabitant
  let second: Inhabitant

  beforeEach(async () => {
    world = new World()
    world.router.takesSeveral = "first"
    first = await world.join("first")
    second = await world.join("second")
    await first.endpoint.register(PUMP, ([value]) => value)
    await second.endpoint.register("com.example.valve", ([value]) => value)
  })
  afterEach(() => world.close())

  const agents = (): boolean[] => [first, second].map(({ endpoint }) => endpoint.isKeyAgent(PUMP))
  const registered = (): number => world.router.registered.filter((uri) => uri === GRANT).length

  it("are one: whoever is not asked asks the other", async () => {
    assert.deepEqual([agents(), registered()], [[true, false], 1])
    const caller = await world.join("caller")
    assert.equal(await caller.endpoint.call(PUMP, [1]), 1)
    assert.equal(await caller.endpoint.call("com.example.valve", [2]), 2)
    assert.equal(await second.endpoint.call(PUMP, [3]), 3)
    const seen: unknown[] = []
    await first.endpoint.subscribe(TOPIC, (args) => void seen.push(...args))
    await second.endpoint.publish(TOPIC, [4])
    await soon(world, () => seen.length === 1)
    assert.deepEqual([first.refused, second.refused], [[], []])
  })

  it("are one however many begin at once", async () => {
    const others = await Promise.all(["a", "b", "c"].map((name) => world.join(name)))
    world.router.lose(GRANT)
    world.pass(1)
    await Promise.all(others.map(({ endpoint }, i) => endpoint.register(`com.example.at${i}`, () => i)))
    await soon(world, () => registered() === 1)
    for (const i of others.keys()) assert.equal(await second.endpoint.call(`com.example.at${i}`), i)
  })

  it("stay one when the agent was away and another came, of which nobody tells it", async () => {
    const back = world.router.part(GRANT)
    world.pass(1)
    world.router.hook = (message) => (message.uri.endsWith("e2ee.ann") ? undefined : message)
    const other = await world.join("other")
    await other.endpoint.register("com.example.gate", ([value]) => value)
    assert.ok(other.endpoint.isKeyAgent(PUMP) && first.endpoint.isKeyAgent(PUMP))
    back()
    await soon(world, () => !first.endpoint.isKeyAgent(PUMP) && registered() === 1)
    assert.deepEqual(first.refused, ["session.connection"])
    // In every role that it has: what it made itself is forgotten.
    const grants = world.grants
    await soon(world, () => world.grants > grants)
    const caller = await world.join("caller")
    assert.equal(await caller.endpoint.call(PUMP, [5]), 5)
    assert.equal(await caller.endpoint.call("com.example.gate", [6]), 6)
    assert.equal(await first.endpoint.call("com.example.gate", [7]), 7)
    assert.ok(other.endpoint.isKeyAgent(PUMP))
  })

  it("stay what they are when they come back and nobody came", async () => {
    world.router.part(GRANT)()
    await pause(20)
    assert.deepEqual([agents(), registered(), first.refused], [[true, false], 1, []])
    const newcomer = await world.join("newcomer")
    assert.equal(await newcomer.endpoint.call(PUMP, [8]), 8)
    assert.equal(await second.endpoint.call(PUMP, [9]), 9)
  })

  it("are agents where a router lets them not call, or nothing comes back", async () => {
    await second.endpoint.close()
    await first.endpoint.close()
    world.router.hook = (message) => (message.uri === GRANT && message.type === "CALL" ? undefined : message)
    const lonely = await world.join("lonely")
    await lonely.endpoint.register(PUMP, ([value]) => value)
    assert.ok(lonely.endpoint.isKeyAgent(PUMP))
  })
})
