import { strict as assert } from "node:assert"
import { capabilityBits } from "../../../src/certificate/capabilities.ts"
import { rejects } from "../../arbitrary.ts"
import { settled, World, type Inhabitant } from "../world.ts"

const NEWS = "com.example.news"

describe("session: endpoints that both read and write, and are not the key agent", () => {
  let world: World
  let agent: Inhabitant
  let left: Inhabitant
  let right: Inhabitant

  beforeEach(async () => {
    world = new World()
    agent = await world.join("agent")
    await agent.endpoint.register("com.example.agent", () => "agent")
    left = await world.join("left")
    right = await world.join("right")
  })
  afterEach(() => world.close())

  it("call each other, and ask for keys once a role", async () => {
    await left.endpoint.register("com.example.left", () => "left")
    await right.endpoint.register("com.example.right", () => "right")
    assert.equal(await left.endpoint.call("com.example.right"), "right")
    assert.equal(await right.endpoint.call("com.example.left"), "left")
    const { grants } = world
    for (let i = 0; i < 3; i++) {
      assert.equal(await left.endpoint.call("com.example.right"), "right")
      assert.equal(await right.endpoint.call("com.example.left"), "left")
      assert.equal(await right.endpoint.call("com.example.agent"), "agent")
    }
    assert.equal(world.grants, grants)
    assert.deepEqual([...agent.refused, ...left.refused, ...right.refused], [])
  })

  it("hear each other, again under the keys of a new generation", async () => {
    const heard: unknown[] = []
    for (const [name, { endpoint }] of Object.entries({ left, right }))
      await endpoint.subscribe(NEWS, ([text]) => heard.push(`${name} hears ${String(text)}`))
    const both = async (round: number): Promise<void> => {
      await left.endpoint.publish(NEWS, [`left ${round}`])
      await right.endpoint.publish(NEWS, [`right ${round}`])
      await settled()
    }
    await both(1)
    const leaver = await world.join("leaver")
    await leaver.endpoint.subscribe(NEWS, () => undefined)
    world.trust.revoke("leaver")
    world.pass()
    await agent.endpoint.publish(NEWS, ["agent"])
    await settled()
    world.pass(6_000)
    await both(2)
    const others = heard.filter((line) => /left hears right|right hears left/.test(String(line)))
    assert.deepEqual(others, ["right hears left 1", "left hears right 1", "right hears left 2", "left hears right 2"])
  })

  it("are refused as publishers without the capability, though they may listen", async () => {
    const consumer = await world.join("consumer", { capabilities: capabilityBits(["consumer"]) })
    await consumer.endpoint.subscribe(NEWS, () => undefined)
    await rejects(consumer.endpoint.publish(NEWS, [1]), "trust.capability_missing")
  })
})
