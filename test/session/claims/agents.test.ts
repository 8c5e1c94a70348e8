import { strict as assert } from "node:assert"
import { isE2eeError } from "../../../src/core/errors.ts"
import { toHex } from "../../../src/core/bytes.ts"
import { parseAnnouncement } from "../../../src/keys/announcement.ts"
import { INFO_REQUEST, parseControl, parseInfo } from "../../../src/keys/grant.ts"
import { signPolicy } from "../../../src/keys/policy.ts"
import { ForkedKeys, judge } from "../../../src/index.ts"
import { KIND } from "../../../src/payload/frame.ts"
import { WampError } from "../../../src/session/connection.ts"
import type { RememberedGeneration, ScopeMemory } from "../../../src/session/context.ts"
import { parseScopes, policyOf } from "../../../src/session/scope.ts"
import { rejects } from "../../arbitrary.ts"
import { memberOf, selfOf } from "../../keys/parties.ts"
import { buildChain, named, party, REALM } from "../../trust/chains.ts"
import type { Carried } from "../fake-router.ts"
import { askAgent, Insider, payloadOf } from "./insider.ts"
import { RogueAgent } from "./rogue-agent.ts"
import { CONTROL, GRANT, isControl, isSealed, MODES, PUMP, refusals, setStage, TOPIC, VALVE } from "../stage.ts"
import { settled, World, type Inhabitant } from "../world.ts"

const T = 60_000
const GRACE = 5_000
const SCOPE = { uri: "com.example.", match: "prefix" } as const
const [scope] = parseScopes([SCOPE])

/** Puts the clock forward in steps, so that what happens in between can answer. */
async function pass(world: World, milliseconds: number, step = 1_000): Promise<void> {
  for (let left = milliseconds; left > 0; left -= step) {
    world.pass(Math.min(step, left))
    await settled()
  }
}

const kindOf = ({ payload }: Carried): string | undefined => {
  const bytes: unknown = payload.sealed ? undefined : payload.args[0]
  return bytes instanceof Uint8Array ? parseControl(bytes)?.kind : undefined
}

describe("claims about what is said on the wire", () => {
  for (const mode of MODES) {
    it(`a call is one CALL on the wire after the first, event after epoch after epoch, mode ${mode}`, async () => {
      const stage = await setStage({ mode })
      const { world } = stage
      const callsOf = async (work: () => Promise<unknown>): Promise<string[]> => {
        const before = world.router.carried.length
        await work()
        return world.router.carried.slice(before).flatMap(({ type, uri }) => (type === "CALL" ? [uri] : []))
      }
      assert.deepEqual(await callsOf(() => stage.call(1)), [GRANT, GRANT, PUMP], "what is in force, a grant, the call")
      assert.deepEqual(await callsOf(() => stage.call(2)), [PUMP])
      // A publisher and its subscribers alike; the first event brings the publisher to its subscribers.
      assert.equal((await callsOf(() => stage.publish(1))).filter((uri) => uri !== GRANT).length, 0)
      for (let epoch = 1; epoch <= 5; epoch++) {
        assert.deepEqual(await callsOf(() => pass(world, T, 10_000)), [], "ticks come as events")
        assert.deepEqual(await callsOf(() => stage.call(epoch)), [PUMP])
        assert.deepEqual(await callsOf(() => stage.call(epoch, VALVE)), [VALVE])
        assert.deepEqual(await callsOf(() => stage.publish(epoch)), [])
      }
      assert.equal(stage.got[0].length, 6)
      await world.close()
    }).timeout(20_000)
  }

  it("who is idle hears ticks and asks for nothing", async () => {
    const stage = await setStage()
    const { world } = stage
    const before = world.router.carried.length
    await pass(world, 10 * T, 10_000)
    const said = world.router.carried.slice(before)
    assert.deepEqual([...new Set(said.map(({ type, uri }) => `${type} ${uri}`))], [`EVENT ${CONTROL}`])
    assert.equal(said.length, 10)
    await world.close()
  }).timeout(20_000)
})

describe("claims about announcements", () => {
  it("an earlier generation that a router plays again changes nothing: keys.rollback where it is an answer", async () => {
    const stage = await setStage()
    const { world, callee, subscribers } = stage
    const old: Uint8Array[] = []
    for (let i = 0; i < 5; i++) {
      old.push(await askAgent(world, scope!, INFO_REQUEST))
      world.pass(1_000)
      callee.endpoint.rotateKeys(PUMP)
      await settled()
      await stage.publish(i)
    }
    const rogue = new RogueAgent(world, "nobody")
    for (const info of old) await rogue.tell("announcement", parseInfo(info).announcement)
    await settled()
    const grants = world.grants
    await stage.publish("goes on")
    assert.equal(world.grants, grants)
    // As the answer to those that ask.
    for (const info of old) {
      world.router.hook = (message) => {
        if (!isControl(message)) return message
        if (message.type !== "RESULT") return message.type === "EVENT" ? undefined : message
        return { ...message, payload: { sealed: false, args: [info], kwargs: {} } }
      }
      world.pass(T + GRACE)
      await settled()
      await rejects(stage.publisher.endpoint.publish(TOPIC, ["old"]), "keys.rollback")
    }
    assert.deepEqual(new Set(refusals(subscribers[0])), new Set(["keys.rollback"]))
    world.router.hook = (message) => message
    await stage.publish("again")
    assert.deepEqual(stage.got[0], [0, 1, 2, 3, 4, "goes on", "again"])
    await world.close()
  }).timeout(20_000)

  it("memory refuses earlier generations after a restart, and an agent with memory goes beyond them whatever its clock", async () => {
    const world = new World()
    const store = new Map<string, RememberedGeneration>()
    const memory: ScopeMemory = {
      load: async (name) => store.get(name),
      save: async (name, generation) => void store.set(name, generation),
    }
    const callee = await world.join("callee")
    await callee.endpoint.register(PUMP, () => 1)
    const old = await askAgent(world, scope!, INFO_REQUEST)
    world.pass(1_000)
    callee.endpoint.rotateKeys(PUMP)
    const first = await world.join("caller", {}, { memory })
    assert.equal(await first.endpoint.call(PUMP), 1)
    await first.endpoint.close()
    assert.equal(store.size, 1)
    const [remembered] = [...store.values()]
    const again = await world.join("caller", {}, { memory })
    world.router.hook = ({ ...message }) =>
      message.type === "RESULT" && message.uri === GRANT
        ? { ...message, payload: { sealed: false, args: [old], kwargs: {} } }
        : message
    await rejects(again.endpoint.call(PUMP), "keys.rollback")
    world.router.hook = (message) => message
    assert.equal(await again.endpoint.call(PUMP), 1)
    const forgetful = await world.join("forgetful")
    assert.equal(await forgetful.endpoint.call(PUMP), 1)
    // The next agent's clock is behind, as far as it may be.
    await callee.endpoint.close()
    const late = await world.join("callee", {}, { memory, clock: () => world.now - GRACE + 1 })
    await late.endpoint.register(PUMP, () => 2)
    const announced = parseAnnouncement(parseInfo(await askAgent(world, scope!, INFO_REQUEST)).announcement)
    assert.equal(announced.generation, (remembered?.generation ?? 0) + 1)
    assert.equal(toHex(announced.previous ?? new Uint8Array()), remembered?.hash)
    assert.equal(await again.endpoint.call(PUMP), 2)
    await world.close()
  })

  it("an agent that announces one generation twice is stopped for good, with both announcements as evidence", async () => {
    for (const way of ["announcement", "answer"] as const) {
      const world = new World()
      const agent = new RogueAgent(world, "agent")
      await agent.serve()
      const told: ForkedKeys[] = []
      const subscriber = await world.join(
        "subscriber",
        {},
        {
          onRefusal: (error) => error instanceof ForkedKeys && told.push(error),
        },
      )
      await subscriber.endpoint.subscribe(TOPIC, () => 0)
      const other = agent.make()
      assert.equal(other.announcement.generation, agent.made.announcement.generation)
      if (way === "announcement") {
        await agent.tell("announcement", other.announcement.bytes)
        await settled()
      } else {
        agent.made = other
        world.pass(T + GRACE)
        await assert.rejects(subscriber.endpoint.publish(TOPIC, [1]), ForkedKeys)
      }
      if (way === "announcement") assert.equal(told.length, 1)
      const error = await rejects(subscriber.endpoint.publish(TOPIC, [1]), "keys.forked")
      assert.ok(error instanceof ForkedKeys)
      const judgement = judge(error.evidence)
      assert.ok(judgement.what === "fork")
      assert.deepEqual(
        [judgement.signer, judgement.generation],
        [party("agent").csPubKey, agent.made.announcement.generation],
      )
      // An honest agent changes nothing any more: a person has to look.
      agent.made = agent.make({ generation: world.now + 1 })
      await agent.tell("announcement", agent.made.announcement.bytes)
      await settled()
      for (const work of [
        subscriber.endpoint.publish(TOPIC, [1]),
        subscriber.endpoint.call(PUMP),
        subscriber.endpoint.subscribe("com.example.more", () => 0),
      ])
        await rejects(work, "keys.forked")
      await world.close()
    }
  })

  it("an agent that commits to two secrets for one epoch is stopped as soon as both ticks are seen", async () => {
    const world = new World()
    const agent = new RogueAgent(world, "agent")
    await agent.serve()
    const [one, two] = [await world.join("one"), await world.join("two")]
    await one.endpoint.subscribe(TOPIC, () => 0)
    // The second reader is told of other keys under the same announcement.
    const other = agent.make()
    const made = { announcement: agent.made.announcement, secrets: other.secrets }
    agent.info = () => ({ announcement: made.announcement.bytes, tick: agent.tick(0, made).bytes })
    agent.grant = (request) => agent.granting(request, 0, made)
    await two.endpoint.subscribe(TOPIC, () => 0)
    await agent.tell("tick", agent.tick(0).bytes)
    await settled()
    assert.deepEqual(two.refused, ["keys.forked"])
    const error = await rejects(two.endpoint.publish(TOPIC, [1]), "keys.forked")
    assert.ok(error instanceof ForkedKeys && judge(error.evidence).what === "fork")
    await world.close()
  })

  it("an agent that hands one secret out under two announcements makes two groups that share no key, in any mode", async () => {
    for (const mode of MODES) {
      const world = new World()
      const options = { ...SCOPE, mode }
      const agent = new RogueAgent(world, "agent", options)
      await agent.serve()
      const one = agent.made
      const two = { announcement: agent.make().announcement, secrets: one.secrets }
      const told = {
        instance: selfOf("publisher").instance,
        role: "publisher",
        chain: memberOf("publisher").chain,
      } as const
      agent.grant = (request) => {
        const made = request.keyPackage.cs === party("in two").csPubKey ? two : one
        return { ...agent.granting(request, 0, made), members: [told] }
      }
      const publisher = await Insider.join(world, "publisher", "publisher", options)
      const join = async (name: string, got: unknown[]): Promise<Inhabitant> => {
        const member = await world.join(name, {}, { scopes: [options] })
        await member.endpoint.subscribe(TOPIC, ([value]) => got.push(value))
        return member
      }
      const got: [unknown[], unknown[]] = [[], []]
      const first = await join("in one", got[0])
      agent.made = two
      const second = await join("in two", got[1])
      const event = publisher.seal({ args: ["said"], kwargs: {} }, { kind: KIND.event, uri: TOPIC })
      await world.router.connect().publish(TOPIC, payloadOf(event))
      await settled()
      assert.deepEqual(got, [["said"], []])
      assert.deepEqual([refusals(first), refusals(second)], [[], ["keys.unknown_key"]])
      await world.close()
    }
  })

  it("an agent that grants other keys than its tick commits to is refused: no two readers hold different ones", async () => {
    for (const role of ["subscriber", "callee"] as const) {
      const world = new World()
      const agent = new RogueAgent(world, "agent")
      await agent.serve()
      const other = agent.make()
      agent.grant = (request) => ({
        ...agent.granting(request),
        secrets: agent.granting(request, 0, { ...agent.made, secrets: other.secrets }).secrets,
      })
      const reader = await world.join("reader")
      const joined =
        role === "subscriber" ? reader.endpoint.subscribe(TOPIC, () => 0) : reader.endpoint.register(PUMP, () => 0)
      await rejects(joined, "keys.forked")
      // Right keys, of the epoch before.
      agent.grant = (request) => ({ ...agent.granting(request), tick: agent.tick(1).bytes })
      world.pass(T)
      const next =
        role === "subscriber" ? reader.endpoint.subscribe(TOPIC, () => 0) : reader.endpoint.register(PUMP, () => 0)
      await next
      await world.close()
    }
  })

  it("generations and ticks from the future are refused, so that they take no later one's place", async () => {
    const world = new World()
    const agent = new RogueAgent(world, "agent")
    await agent.serve()
    const reader = await world.join("reader")
    for (const changes of [
      { generation: Number.MAX_SAFE_INTEGER },
      { generation: world.now + 300_001 },
      { t0: world.now + 300_001 },
    ]) {
      agent.made = agent.make(changes)
      await rejects(
        reader.endpoint.subscribe(TOPIC, () => 0),
        "keys.announcement",
      )
    }
    agent.made = agent.make()
    for (const [epoch, changes] of [
      [7, {}],
      [60, {}],
      [1_000_000, {}],
      [0, { time: world.now + 300_001 }],
    ] as const) {
      const tick = agent.tick(epoch > 60 ? 60 : epoch, agent.made, { epoch, ...changes })
      agent.grant = (request) => ({ ...agent.granting(request), tick: tick.bytes })
      await rejects(
        reader.endpoint.subscribe(TOPIC, () => 0),
        epoch === 0 ? "keys.tick" : "keys.grant_malformed",
      )
    }
    agent.grant = (request) => agent.granting(request)
    await reader.endpoint.subscribe(TOPIC, () => 0)
    await reader.endpoint.publish(TOPIC, [0])
    // As events.
    for (const epoch of [7, 60, 4_000]) await agent.tell("tick", agent.tick(epoch).bytes)
    await settled()
    suppressed(world)
    world.pass(T + GRACE)
    await settled()
    await rejects(reader.endpoint.publish(TOPIC, [1]), "keys.stale")
    await world.close()
  })

  it("two agents that do not know of each other converge, with one generation or with two", async () => {
    for (const apart of [0, 1_000]) {
      const world = new World()
      const got: unknown[] = []
      const one = await world.join("one")
      await one.endpoint.register(PUMP, ([value]) => value)
      await one.endpoint.subscribe(TOPIC, ([value]) => got.push(["one", value]))
      const member = await world.join("member")
      await member.endpoint.subscribe(TOPIC, ([value]) => got.push(["member", value]))
      await member.endpoint.publish(TOPIC, ["before"])
      world.pass(apart)
      // Neither hears the other's announcement as it begins.
      world.router.hook = (message) => (message.uri === CONTROL ? undefined : message)
      const two = await world.join("two")
      world.router.takesSeveral = "newest"
      await two.endpoint.register(VALVE, ([value]) => value)
      world.router.takesSeveral = undefined
      await two.endpoint.subscribe(TOPIC, ([value]) => got.push(["two", value]))
      assert.deepEqual(
        [one, two].map(({ endpoint }) => endpoint.isKeyAgent(PUMP)),
        [true, true],
      )
      const announced = world.router.carried.filter((one) => one.uri === CONTROL && kindOf(one) === "announcement")
      assert.equal(announced.length, 2)
      world.router.hook = (message) => message
      // The router tells both, at last, of each other: and from then on there is one procedure.
      for (const { payload } of announced) await world.router.connect().publish(CONTROL, structuredClone(payload))
      await settled()
      assert.equal([one, two].filter(({ endpoint }) => endpoint.isKeyAgent(PUMP)).length, 1)
      await pass(world, T + GRACE, 5_000)
      const caller = await world.join("caller")
      assert.equal(await caller.endpoint.call(PUMP, ["to one"]), "to one")
      assert.equal(await caller.endpoint.call(VALVE, ["to two"]), "to two")
      got.splice(0)
      await member.endpoint.publish(TOPIC, ["after"])
      await new Promise((resolve) => setTimeout(resolve, 500))
      assert.deepEqual(got.sort(), [
        ["one", "after"],
        ["two", "after"],
      ])
      await world.close()
    }
  }).timeout(20_000)

  it("announcements by strangers, and by verified members that may not be agents, change nothing and are judged one at a time", async () => {
    const operator = [party("callee").address]
    const stage = await setStage({ agents: operator })
    const { world, callee } = stage
    await stage.publish("warm")
    let [under, most, asked] = [0, 0, 0]
    const facts = world.trust.facts.bind(world.trust)
    world.trust.facts = async (chain) => {
      asked++
      most = Math.max(most, ++under)
      await new Promise((resolve) => setTimeout(resolve, 1))
      under--
      return facts(chain)
    }
    const options = { ...SCOPE, agents: operator }
    const member = new RogueAgent(world, "publisher", options)
    const stranger = new RogueAgent(world, "stranger", options, {
      ...selfOf(
        "stranger",
        party("stranger").csKey,
        buildChain({ delegate: party("stranger"), root: party("self-made") }),
      ),
    })
    world.pass(1_000)
    for (let i = 0; i < 200; i++) {
      await member.tell("announcement", member.make({ generation: world.now + i }).announcement.bytes)
      await stranger.tell("announcement", stranger.make({ generation: world.now + i }).announcement.bytes)
    }
    await settled()
    // Five listen, each of which judges one at a time.
    assert.ok(most <= 5, `${most} at once`)
    assert.ok(asked <= 100, `${asked} of 400`)
    assert.ok(callee.endpoint.isKeyAgent(PUMP))
    const grants = world.grants
    await stage.publish("goes on")
    assert.equal(world.grants, grants)
    assert.deepEqual(stage.got[0], ["warm", "goes on"])
    await world.close()
  }).timeout(20_000)

  it("what is published beside control messages, or damaged, changes nothing", async () => {
    const stage = await setStage()
    const { world } = stage
    await stage.publish("warm")
    const real = world.router.carried.filter(({ uri }) => uri === CONTROL)
    const rogue = world.router.connect()
    for (const args of [[], ["text"], [new Uint8Array()], [new Uint8Array(3)], [{}], [null], [1, 2]])
      await rogue.publish(CONTROL, { sealed: false, args, kwargs: {} })
    await rogue.publish(CONTROL, { sealed: true, attributes: {}, payload: new Uint8Array(100) })
    for (const { payload } of real) {
      const bytes = (payload.sealed ? undefined : payload.args[0]) as Uint8Array
      for (let i = 0; i < bytes.length; i += 97) {
        const damaged = Uint8Array.from(bytes)
        damaged[i]! ^= 1
        await rogue.publish(CONTROL, { sealed: false, args: [damaged], kwargs: {} })
      }
      await rogue.publish(CONTROL, structuredClone(payload))
    }
    const grants = world.grants
    await stage.publish("goes on")
    assert.equal(world.grants, grants)
    assert.deepEqual([stage.got[0], refusals(stage.subscribers[0])], [["warm", "goes on"], []])
    await world.close()
  })
})

function suppressed(world: World): void {
  world.router.hook = (message) => (isControl(message) ? undefined : message)
}

describe("claims about the agent", () => {
  it("a flood of grants is worked on 64 at a time, told to come again, and keeps nobody out for long", async () => {
    const world = new World()
    world.router.patience = 10_000
    const callee = await world.join("callee")
    await callee.endpoint.register(PUMP, () => 1)
    let [under, most] = [0, 0]
    const facts = world.trust.facts.bind(world.trust)
    const gates: (() => void)[] = []
    world.trust.facts = async (chain) => {
      most = Math.max(most, ++under)
      await new Promise<void>((resolve) => gates.push(resolve))
      under--
      return facts(chain)
    }
    const pending = await Promise.all(
      Array.from({ length: 200 }, (_, i) => Insider.request(world, scope!, "caller", { ...selfOf(`flooder ${i}`) })),
    )
    const answers = pending.map(({ bytes }) =>
      askAgent(world, scope!, bytes).then(
        () => "granted",
        (error: unknown) => (error instanceof WampError ? error.uri : String(error)),
      ),
    )
    await settled()
    assert.equal(most, 64)
    // An honest newcomer is told to come again, does, and gets in once there is room.
    const caller = await world.join("caller")
    const call = caller.endpoint.call(PUMP)
    await settled()
    world.trust.facts = facts
    for (const open of gates) open()
    await pass(world, 20_000, 500)
    assert.equal(await call, 1)
    const told = await Promise.all(answers)
    assert.equal(told.filter((one) => one === "granted").length, 64)
    assert.equal(told.filter((one) => one === "e2ee.error.agent_busy").length, 136)
    await world.close()
  }).timeout(20_000)

  it("that crashes without goodbye is replaced by a standby within T + grace; all go on, and nothing is accepted twice", async () => {
    for (const mode of MODES) {
      const world = new World()
      const agents = ["agent", "standby"].map((name) => party(name).address)
      const options = { scopes: [{ ...SCOPE, mode, agents }] }
      const got: unknown[] = []
      const executed: unknown[] = []
      const agent = await world.join("agent", {}, options)
      assert.equal(await agent.endpoint.standAsKeyAgent(PUMP), true)
      const standby = await world.join("standby", {}, options)
      assert.equal(await standby.endpoint.standAsKeyAgent(PUMP), false)
      const callee = await world.join("callee", {}, options)
      await callee.endpoint.register(PUMP, ([value]) => {
        executed.push(value)
        return value
      })
      const [caller, publisher] = [await world.join("caller", {}, options), await world.join("publisher", {}, options)]
      const subscriber = await world.join("subscriber", {}, options)
      await subscriber.endpoint.subscribe(TOPIC, ([value]) => got.push(value))
      let n = 0
      const say = async (): Promise<boolean> => {
        n++
        const event = publisher.endpoint.publish(TOPIC, [n])
        const call = caller.endpoint.call(PUMP, [n])
        const said = await Promise.allSettled([event, call])
        return said.every(({ status }) => status === "fulfilled")
      }
      assert.ok(await say())
      await pass(world, 10_000)
      const crashed = world.now
      world.router.crash(agent.connection)
      assert.ok(await say(), "what was granted holds meanwhile")
      while (!standby.endpoint.isKeyAgent(PUMP) && world.now < crashed + 3 * T) {
        world.pass(500)
        await settled()
      }
      assert.ok(world.now - crashed < T + GRACE, `took over after ${world.now - crashed} ms`)
      for (let i = 0; i < 3; i++) {
        await pass(world, 10_000)
        assert.ok(await say())
      }
      await settled()
      // A router that plays everything again has nothing accepted twice.
      const [events, calls] = [got.length, executed.length]
      for (const { type, uri, payload } of world.router.carried.filter(isSealed)) {
        if (type === "EVENT") await world.router.connect().publish(uri, structuredClone(payload))
        if (type === "CALL")
          await world.router
            .connect()
            .call(uri, structuredClone(payload), { timeoutMs: 100 })
            .catch(() => undefined)
      }
      await settled()
      assert.deepEqual([got.length, executed.length], [events, calls])
      assert.deepEqual(
        [got, executed],
        [
          [1, 2, 3, 4, 5],
          [1, 2, 3, 4, 5],
        ],
      )
      await world.close()
    }
  }).timeout(60_000)

  it("whose own certificates have ended makes room for another, and is not agent again", async () => {
    const stage = await setStage()
    const { world, callee } = stage
    await stage.publish("before")
    world.trust.revoke("callee")
    await pass(world, T, 10_000)
    assert.ok(!callee.endpoint.isKeyAgent(PUMP))
    assert.ok(refusals(callee).includes("trust.revoked"))
    await rejects(callee.endpoint.publish(TOPIC, ["x"]), "keys.no_agent")
    // Whoever reads takes its place when it misses a tick; whoever writes, when it has something to say.
    await pass(world, GRACE)
    await stage.publish("after")
    assert.deepEqual(stage.got, [
      ["before", "after"],
      ["before", "after"],
    ])
    await rejects(callee.endpoint.standAsKeyAgent(PUMP), "trust.capability_missing")
    await world.close()
  }).timeout(20_000)

  it("clocks that are set back or forward lose nobody for good, and make nothing readable again", async () => {
    const stage = await setStage()
    const { world } = stage
    await stage.publish("before")
    const first = world.router.carried.findLast(({ uri }) => uri === TOPIC)
    await pass(world, T, 10_000)
    await pass(world, GRACE)
    await stage.publish("next epoch")
    // The subscriber's clock alone, by way of the options that it was made with, is another test's; here all are set.
    const subscriber = await jumping(world)
    await subscriber.inhabitant.endpoint.subscribe(TOPIC, ([value]) => subscriber.got.push(value))
    await stage.publish("heard")
    subscriber.offset = -30_000
    await stage.publish("behind by half a minute")
    subscriber.offset = 2 * T
    await stage.publish("ahead by two epochs")
    subscriber.offset = 0
    await stage.publish("right again")
    await world.router.connect().publish(TOPIC, structuredClone(first!.payload))
    await settled()
    assert.ok(subscriber.got.includes("heard") && subscriber.got.includes("right again"), String(subscriber.got))
    assert.ok(!subscriber.got.includes("before"))
    // A minute ago again, for everybody.
    await pass(world, 3 * T, 10_000)
    await stage.publish("late")
    assert.equal(subscriber.got.at(-1), "late")
    assert.equal(stage.got[0].at(-1), "late")
    await world.close()
  }).timeout(20_000)
})

/** A member whose clock is off by what is set. */
async function jumping(world: World): Promise<{ offset: number; got: unknown[]; inhabitant: Inhabitant }> {
  const state = { offset: 0, got: [] as unknown[] }
  const inhabitant = await world.join("jumping", {}, { clock: () => world.now + state.offset })
  return Object.assign(state, { inhabitant })
}

describe("claims about policies", () => {
  const OPERATOR = party("operator 0").address
  const joins = (work: Promise<unknown>): Promise<string> =>
    work.then(
      () => "joined",
      (error: unknown) => (isE2eeError(error) ? error.code : String(error)),
    )

  it("readers, writers and agents are those that the policy names, by their own address or their operator's", async () => {
    const address = (name: string) => party(name).address
    const cases = [
      { agents: [address("agent")], readers: [address("reader")], writers: [address("writer")] },
      { agents: [OPERATOR], readers: [address("reader")], writers: [address("writer")] },
    ] as const
    for (const rules of cases) {
      const world = new World()
      const options = { scopes: [{ ...SCOPE, ...rules }] }
      const join = (name: string): Promise<Inhabitant> => world.join(name, {}, options)
      const agent = await join("agent")
      assert.equal(await agent.endpoint.standAsKeyAgent(PUMP), true)
      const [reader, writer] = [await join("reader"), await join("writer")]
      assert.equal(await joins(reader.endpoint.subscribe(TOPIC, () => 0)), "joined")
      assert.equal(await joins(reader.endpoint.register(PUMP, () => 0)), "joined")
      assert.equal(await joins(writer.endpoint.publish(TOPIC, [1])), "joined")
      assert.equal(await joins(writer.endpoint.call(PUMP, [1])), "joined")
      assert.equal(await joins(reader.endpoint.publish(TOPIC, [1])), "keys.grant_refused")
      assert.equal(await joins(reader.endpoint.call(PUMP, [1])), "keys.grant_refused")
      assert.equal(await joins(writer.endpoint.subscribe(TOPIC, () => 0)), "keys.grant_refused")
      assert.equal(await joins(writer.endpoint.register(VALVE, () => 0)), "keys.grant_refused")
      await agent.endpoint.close()
      const expected = rules.agents[0] === OPERATOR ? "joined" : "trust.capability_missing"
      assert.equal(await joins(reader.endpoint.standAsKeyAgent(PUMP)), expected)
      await world.close()
    }
  })

  it("whoever may not be agent is believed nothing, though the router lets it answer", async () => {
    const world = new World()
    const rules = { ...SCOPE, agents: [party("agent").address] }
    const rogue = new RogueAgent(world, "rogue", rules)
    await rogue.serve()
    const member = await world.join("member", {}, { scopes: [rules] })
    assert.equal(await joins(member.endpoint.publish(TOPIC, [1])), "keys.policy")
    assert.equal(await joins(member.endpoint.subscribe(TOPIC, () => 0)), "keys.policy")
    assert.equal(world.count("EVENT"), 0)
    await world.close()
  })

  it("whom an agent tells of as a writer is judged by the policy once more", async () => {
    const world = new World()
    const rules = { ...SCOPE, writers: [party("writer").address] }
    const agent = new RogueAgent(world, "agent", rules)
    agent.grant = (request) => ({
      ...agent.granting(request),
      members: ["writer", "other"].map((name) => ({
        instance: selfOf(name).instance,
        role: "publisher",
        chain: memberOf(name).chain,
      })),
    })
    await agent.serve()
    const member = await world.join("member", {}, { scopes: [rules] })
    await member.endpoint.subscribe(TOPIC, () => 0)
    assert.deepEqual(member.refused, ["keys.policy"])
    await world.close()
  })

  it("another policy at the other side is keys.policy for both, whatever differs", async () => {
    const others = [{ epochMs: 30_000 }, { mode: "mac" }, { readers: [named("x")] }, { cipher: "aes256gcm" }] as const
    for (const other of others) {
      const world = new World()
      const agent = await world.join("agent")
      await agent.endpoint.register(PUMP, () => 1)
      const member = await world.join("member", {}, { scopes: [{ ...SCOPE, ...other }] })
      assert.equal(await joins(member.endpoint.call(PUMP)), "keys.policy")
      // An agent of that other policy, asked by one that believes the announcement of this one.
      await world.close()
    }
    const world = new World()
    const agent = await world.join("agent")
    await agent.endpoint.register(PUMP, () => 1)
    const rejected = Insider.join(world, "member", "caller", { ...SCOPE, mode: "mac" })
    assert.equal(await joins(rejected), "keys.policy")
    assert.deepEqual(agent.refused, ["keys.policy"])
    await world.close()
  })

  it("a signed policy holds for those that are given its owner, and for no others", async () => {
    const owner = party("owner")
    const draft = policyOf(parseScopes([{ ...SCOPE, mode: "mac", writers: [party("caller").address] }])[0]!, REALM)
    const document = signPolicy({ ...draft, serial: 3 }, owner.key)
    const signed = { scopes: [{ ...SCOPE, signed: { document, owner: owner.address } }] }
    const world = new World()
    const callee = await world.join("callee", {}, signed)
    await callee.endpoint.register(PUMP, (_args, _kwargs, { mode }) => mode)
    const caller = await world.join("caller", {}, signed)
    assert.equal(await caller.endpoint.call(PUMP), "mac")
    const other = await world.join("other", {}, signed)
    assert.equal(await joins(other.endpoint.call(PUMP)), "keys.grant_refused")
    // The same settings without the owner's word are another policy.
    const unsigned = await world.join(
      "caller",
      {},
      { scopes: [{ ...SCOPE, mode: "mac", writers: [party("caller").address] }] },
    )
    assert.equal(await joins(unsigned.endpoint.call(PUMP)), "keys.policy")
    const newer = signPolicy({ ...draft, serial: 4 }, owner.key)
    const ahead = await world.join(
      "caller",
      {},
      { scopes: [{ ...SCOPE, signed: { document: newer, owner: owner.address } }] },
    )
    assert.equal(await joins(ahead.endpoint.call(PUMP)), "keys.policy")
    for (const given of [
      { document: { ...document, policy: { ...document.policy, mode: "sig" as const } }, owner: owner.address },
      { document, owner: party("somebody").address },
      { document: signPolicy(draft, party("somebody").key), owner: owner.address },
      { document: signPolicy({ ...draft, uri: "com.example.other." }, owner.key), owner: owner.address },
      { document: signPolicy({ ...draft, realm: named("another realm") }, owner.key), owner: owner.address },
    ])
      assert.equal(await joins(world.join("member", {}, { scopes: [{ ...SCOPE, signed: given }] })), "keys.policy")
    await rejects(
      world.join("member", {}, { scopes: [{ ...SCOPE, mode: "mac", signed: { document, owner: owner.address } }] }),
      "usage.invalid",
    )
    await world.close()
  })
})
