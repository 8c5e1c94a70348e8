import { strict as assert } from "node:assert"
import { mkdtemp, readdir, readFile, rm } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { parseAnnouncement } from "../../../src/keys/announcement.ts"
import { INFO_REQUEST, parseInfo } from "../../../src/keys/grant.ts"
import type { ReplayPolicy } from "../../../src/keys/policy.ts"
import type { Payload } from "../../../src/session/connection.ts"
import { scopeMemory } from "../../../src/store/scope-memory.ts"
import { replayFolder } from "../../../src/store/replay-folder.ts"
import { party } from "../../trust/chains.ts"
import { GRANT, isSealed, PUMP, refusals, TOPIC } from "../stage.ts"
import { settled, World, type Inhabitant } from "../world.ts"

const T = 60_000
const AGENTS = ["agent", "standby"].map((name) => party(name).address)

describe("claims about lives that end without a word", function () {
  this.timeout(30_000)
  let folder: string
  let world: World
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), "lives-"))
    world = new World()
  })
  afterEach(async () => {
    await world.close()
    await rm(folder, { recursive: true })
  })

  const inForce = async (): Promise<ReturnType<typeof parseAnnouncement>> => {
    const question: Payload = { sealed: false, args: [INFO_REQUEST], kwargs: {} }
    const answer = await world.router.connect().call(GRANT, question, { timeoutMs: 1_000 })
    assert.ok(!answer.sealed)
    return parseAnnouncement(parseInfo(answer.args[0] as Uint8Array).announcement)
  }

  for (const [replay, runs] of [
    ["window", 2],
    ["pinned", 1],
    ["shared", 1],
  ] as readonly [ReplayPolicy, number][]) {
    it(`a callee that starts again runs a call of its life before ${runs === 1 ? "no more" : "once more"}, replay ${replay}`, async () => {
      const options = {
        scopes: [{ uri: "com.example.", match: "prefix", replay, agents: AGENTS } as const],
        sharedReplay: replayFolder(folder, () => world.now),
      }
      const agent = await world.join("agent", {}, options)
      await agent.endpoint.standAsKeyAgent(PUMP)
      const executed: unknown[] = []
      const live = async (): Promise<Inhabitant> => {
        const callee = await world.join("callee", {}, options)
        await callee.endpoint.register(PUMP, ([value]) => executed.push(value))
        return callee
      }
      const first = await live()
      const caller = await world.join("caller", {}, options)
      await caller.endpoint.call(PUMP, ["once"], { callee: party("callee").address })
      const call = world.router.carried.find((one) => one.type === "CALL" && isSealed(one))
      world.router.crash(first.connection)
      const second = await live()
      const again = world.router.connect().call(PUMP, call?.payload as Payload, { timeoutMs: 1_000 })
      if (runs === 1) await assert.rejects(again)
      else await again
      assert.equal(executed.length, runs)
      if (runs === 1) assert.match(refusals(second).join(), /^payload\.(replay|context)$/)
    })
  }

  it("an agent that starts again opens a later generation, whatever its clock and whenever it ended, and keeps no secret", async () => {
    const memory = scopeMemory(folder)
    const options = { scopes: [{ uri: "com.example.", match: "prefix", agents: AGENTS } as const], memory }
    const subscriber = await world.join("subscriber", {}, { ...options, memory: scopeMemory(join(folder, "member")) })
    const got: unknown[] = []
    let before: Awaited<ReturnType<typeof inForce>> | undefined
    const instances = new Set<string>()
    for (let life = 0; life < 5; life++) {
      const agent = await world.join("agent", {}, { ...options, clock: () => world.now - 1_000 * life })
      await agent.endpoint.standAsKeyAgent(PUMP)
      if (life === 0) await subscriber.endpoint.subscribe(TOPIC, ([value]) => got.push(value))
      const announcement = await inForce()
      assert.ok(before === undefined || announcement.generation > before.generation)
      before = announcement
      instances.add(announcement.agent.x.join())
      // Killed as soon as it said so, or later.
      if (life % 2 === 0) {
        await agent.endpoint.publish(TOPIC, [life])
        await settled()
      }
      await settled()
      world.router.crash(agent.connection)
    }
    assert.equal(instances.size, 5, "no life has another's keys")
    assert.deepEqual([got, refusals(subscriber)], [[0, 2, 4], []])
    const files = (await readdir(folder)).filter((name) => name.startsWith("scope-"))
    assert.equal(files.length, 1)
    assert.match(
      await readFile(join(folder, files[0] as string), "utf8"),
      /^"0x[0-9a-f]{64}"$/,
      "a hash, and nothing else",
    )
  })

  it("members go on without their agent until T + grace, and ask by themselves once there is another", async () => {
    const options = { scopes: [{ uri: "com.example.", match: "prefix", agents: AGENTS } as const] }
    const agent = await world.join("agent", {}, options)
    await agent.endpoint.standAsKeyAgent(PUMP)
    const callee = await world.join("callee", {}, options)
    await callee.endpoint.register(PUMP, ([value]) => value)
    const caller = await world.join("caller", {}, options)
    assert.equal(await caller.endpoint.call(PUMP, [1]), 1)
    world.router.crash(agent.connection)
    world.pass(T)
    await settled()
    assert.equal(await caller.endpoint.call(PUMP, [2]), 2)
    const standby = await world.join("standby", {}, options)
    assert.equal(await standby.endpoint.standAsKeyAgent(PUMP), true)
    await settled()
    const before = world.grants
    for (let i = 0; i < 5; i++) {
      world.pass(500)
      await settled()
    }
    assert.ok(world.grants > before, "the callee asks of its own accord")
    const carried = world.router.carried.length
    assert.equal(await caller.endpoint.call(PUMP, [3]), 3)
    assert.ok(world.router.carried.slice(carried).every(({ type, uri }) => type !== "ERROR" || uri !== PUMP))
  })
})
