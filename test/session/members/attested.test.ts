import { strict as assert } from "node:assert"
import { roleOf } from "../../../src/attestation/facts.ts"
import { E2eeError } from "../../../src/core/errors.ts"
import { mlKem768 } from "../../../src/keys/hybrid.ts"
import { policyHashHex } from "../../../src/keys/policy.ts"
import { parseScopes, policyOf } from "../../../src/session/scope.ts"
import { refuses, rejects } from "../../arbitrary.ts"
import { named, REALM } from "../../trust/chains.ts"
import { AttestedWorld, BANK, MACHINE, MASK } from "./attested-world.ts"
import { OTHER_TOPIC, PUMP, TOPIC, VALVE } from "../stage.ts"
import { settled, type Inhabitant } from "../world.ts"

const EPOCH = 60_000

describe("attested grants", () => {
  let world: AttestedWorld
  beforeEach(() => {
    world = new AttestedWorld()
  })
  afterEach(() => world.close())

  /** A callee that is the key agent. */
  async function served(): Promise<Inhabitant> {
    const callee = await world.live("callee")
    await callee.endpoint.register(PUMP, ([value]) => value)
    return callee
  }

  async function subscribed(name: string, got: unknown[] = []): Promise<Inhabitant> {
    const inhabitant = await world.live(name)
    await inhabitant.endpoint.subscribe(TOPIC, ([value]) => void got.push(value))
    return inhabitant
  }

  /** Lets an epoch begin, and everything that follows from it happen. */
  async function nextEpoch(): Promise<void> {
    world.pass(EPOCH)
    await settled()
  }

  it("let in whoever shows a platform that the realm accepts, in each role, and show the agent's to each", async () => {
    const callee = await served()
    const caller = await world.live("caller")
    assert.equal(await caller.endpoint.call(PUMP, [7]), 7)
    const got: unknown[] = []
    const subscriber = await subscribed("subscriber", got)
    const publisher = await world.live("publisher")
    await publisher.endpoint.publish(TOPIC, [8])
    await settled()
    assert.deepEqual(got, [8])
    const second = await world.live("second")
    await second.endpoint.register(VALVE, ([value]) => value)
    assert.equal(await caller.endpoint.call(VALVE, [9]), 9)
    const others = ["caller", "subscriber", "publisher", "second"].map((name) => world.machine(name).made)
    assert.ok(others.every((made) => made > 0))
    assert.equal(
      world.machine("callee").made,
      others.reduce((sum, made) => sum + made),
    )
    assert.ok(callee.endpoint.isKeyAgent(PUMP))
    for (const { refused } of [callee, caller, subscriber, publisher, second]) assert.deepEqual(refused, [])
  })

  it("refuse a machine that runs something else, to both sides by the same code", async () => {
    const callee = await served()
    world.machine("caller").extend(7, "a root kit")
    const caller = await world.live("caller")
    await rejects(caller.endpoint.call(PUMP, [7]), "attestation.measurement")
    assert.deepEqual(callee.refused, ["attestation.measurement"])
    world.anchor("caller", MACHINE)
    assert.equal(await caller.endpoint.call(PUMP, [7]), 7)
  })

  it("refuse a machine that shows nothing", async () => {
    const callee = await served()
    const caller = await world.live("caller", { attestation: { judge: world.judge() } })
    await rejects(caller.endpoint.call(PUMP, [7]), "attestation.absent")
    assert.deepEqual(callee.refused, ["attestation.absent"])
  })

  it("end in the error of a TPM that fails", async () => {
    await served()
    const broken = new E2eeError("device.io", "the TPM does not answer")
    const prove = { ...world.machine("caller"), attest: () => Promise.reject(broken) }
    const caller = await world.live("caller", { attestation: { prove, judge: world.judge() } })
    await rejects(caller.endpoint.call(PUMP, [7]), "device.io")
  })

  it("are refused where the agent's machine is another than it was, before anything of ours is shown", async () => {
    await served()
    world.machine("callee").extend(0, "another firmware")
    const caller = await world.live("caller")
    await rejects(caller.endpoint.call(PUMP, [7]), "attestation.measurement")
    assert.equal(world.machine("caller").made, 0)
  })

  it("are refused where the agent's TPM fails, who is told why", async () => {
    const prove = { ...world.machine("callee"), attest: () => Promise.reject(new E2eeError("device.io", "gone")) }
    const callee = await world.live("callee", { attestation: { prove, judge: world.judge() } })
    await callee.endpoint.register(PUMP, ([value]) => value)
    const caller = await world.live("caller")
    await rejects(caller.endpoint.call(PUMP, [7]), "attestation.absent")
    assert.deepEqual(callee.refused, ["device.io"])
  })

  it("leave it to attested machines to be key agents, and to those who can judge", async () => {
    const plain = await world.live("callee", { attestation: { judge: world.judge() } })
    assert.equal(plain.endpoint.isKeyAgent(PUMP), false)
    await rejects(plain.endpoint.standAsKeyAgent(PUMP), "attestation.absent")
    await rejects(
      plain.endpoint.register(PUMP, ([value]) => value),
      "keys.no_agent",
    )
    await rejects(world.live("other", { attestation: { prove: world.machine("other") } }), "usage.invalid")
    await rejects(world.live("other", { attestation: {} }), "usage.invalid")
  })

  it("are judged by the realm whose certificates count", async () => {
    const judge = { ...world.judge(), realm: named("another realm") }
    await rejects(world.live("other", { attestation: { prove: world.machine("other"), judge } }), "usage.invalid")
  })

  describe("of platforms that count no more", () => {
    let agent: Inhabitant
    let reader: Inhabitant
    let writer: Inhabitant
    let got: unknown[]

    beforeEach(async () => {
      agent = await world.live("agent")
      assert.equal(await agent.endpoint.standAsKeyAgent(TOPIC), true)
      got = []
      reader = await subscribed("reader", got)
      writer = await world.live("writer")
      await writer.endpoint.publish(TOPIC, [1])
      await settled()
      assert.deepEqual(got, [1])
    })

    it("end with the next tick for a reader whose measurement is revoked; all others show theirs again", async () => {
      const other: unknown[] = []
      await subscribed("other", other)
      world.registry.revokeMeasurement(MACHINE, world.machine("reader").measurement(BANK, MASK))
      const before = world.ticks
      await nextEpoch()
      assert.ok(world.ticks > before)
      await writer.endpoint.publish(TOPIC, [2])
      await settled()
      assert.deepEqual([got, other], [[1], [2]])
      assert.ok(reader.refused.includes("attestation.measurement_standing"), String(reader.refused))
      assert.ok(agent.refused.includes("attestation.policy"))
      assert.ok(agent.refused.includes("attestation.measurement_standing"))
    })

    it("end for a reader whose attestation key is revoked", async () => {
      world.registry.revokeAttester(world.machine("reader").id)
      await nextEpoch()
      await writer.endpoint.publish(TOPIC, [2])
      await settled()
      assert.deepEqual(got, [1])
      assert.ok(reader.refused.includes("attestation.attester_standing"), String(reader.refused))
    })

    it("end for a writer whose attestation key is revoked, with a new generation for all others", async () => {
      world.registry.revokeAttester(world.machine("writer").id)
      await nextEpoch()
      await rejects(writer.endpoint.publish(TOPIC, [2]), "attestation.attester_standing")
      await agent.endpoint.publish(TOPIC, [3])
      await settled()
      assert.deepEqual(got, [1, 3])
    })

    it("end within an epoch and its grace where every control message is suppressed", async () => {
      world.registry.revokeMeasurement(MACHINE, world.machine("reader").measurement(BANK, MASK))
      world.router.hook = (message) => (/e2ee\.(ann|grant)$/.test(message.uri) ? undefined : message)
      await nextEpoch()
      await agent.endpoint.publish(TOPIC, [2])
      await settled()
      assert.deepEqual(got, [1])
    })

    it("are shown again after the policy changed, and go on", async () => {
      world.registry.setPolicy(MACHINE, { maximumAge: 7_200n })
      await nextEpoch()
      await writer.endpoint.publish(TOPIC, [2])
      await settled()
      assert.deepEqual(got, [1, 2])
    })

    it("end where the agent's attestation key is revoked: its ticks are taken no more", async () => {
      world.registry.revokeAttester(world.machine("agent").id)
      await nextEpoch()
      await rejects(writer.endpoint.publish(TOPIC, [2]), "attestation.attester_standing")
      await agent.endpoint.publish(TOPIC, [3])
      await settled()
      assert.deepEqual(got, [1])
      assert.ok(reader.refused.includes("attestation.attester_standing"), String(reader.refused))
    })

    it("keep nobody waiting where the registry is out: nothing is confirmed then, and all goes on after it", async () => {
      world.registry.reachable = false
      await nextEpoch()
      await rejects(writer.endpoint.publish(TOPIC, [2]), "chain.unreachable")
      world.registry.reachable = true
      world.pass(2_000)
      await settled()
      await writer.endpoint.publish(TOPIC, [3])
      await settled()
      assert.deepEqual(got, [1, 3])
    })
  })

  describe("of a certain age", () => {
    it("are renewed by readers in time, without a new generation", async () => {
      world = new AttestedWorld({ maximumAge: 300n })
      const agent = await world.live("agent")
      await agent.endpoint.standAsKeyAgent(TOPIC)
      const got: unknown[] = []
      const reader = await subscribed("reader", got)
      const made = world.machine("reader").made
      for (let i = 0; i < 12; i++) await nextEpoch()
      assert.ok(world.machine("reader").made >= made + 3)
      await agent.endpoint.publish(TOPIC, [1])
      await settled()
      assert.deepEqual(got, [1])
      assert.deepEqual([agent.refused, reader.refused], [[], []])
    })

    it("are renewed for each role that reads, whatever they were shown for", async () => {
      world = new AttestedWorld({ maximumAge: 300n })
      const agent = await world.live("agent")
      await agent.endpoint.standAsKeyAgent(TOPIC)
      const both = await world.live("both")
      const got: unknown[] = []
      await both.endpoint.publish(OTHER_TOPIC, [0])
      await both.endpoint.register(VALVE, ([value]) => value)
      await both.endpoint.subscribe(TOPIC, ([value]) => void got.push(value))
      assert.equal(world.machine("both").made, 1)
      for (let i = 0; i < 12; i++) await nextEpoch()
      assert.deepEqual([agent.refused, both.refused], [[], []])
      assert.ok(world.machine("both").made >= 4)
      await agent.endpoint.publish(TOPIC, [1])
      await settled()
      assert.deepEqual(got, [1])
      assert.equal(await agent.endpoint.call(VALVE, [2]), 2)
    })

    it("end for a reader that shows its platform no more", async () => {
      world = new AttestedWorld({ maximumAge: 300n })
      const agent = await world.live("agent")
      await agent.endpoint.standAsKeyAgent(TOPIC)
      const reader = await subscribed("reader")
      world.router.crash(reader.connection)
      for (let i = 0; i < 6; i++) await nextEpoch()
      assert.deepEqual(agent.refused, ["attestation.age"])
    })

    it("are not asked for again in other grants of the first half of it, by neither side", async () => {
      world = new AttestedWorld({ maximumAge: 300n })
      const agent = await world.live("agent")
      await agent.endpoint.standAsKeyAgent(TOPIC)
      const got: unknown[] = []
      const reader = await subscribed("reader", got)
      const quotes = () => [world.machine("reader").made, world.machine("agent").made]
      assert.deepEqual(quotes(), [1, 1])
      // Of each publisher the reader learns by a grant.
      const publishers = []
      for (const name of ["ann", "bob", "cal"]) {
        const publisher = await world.live(name)
        await publisher.endpoint.publish(TOPIC, [name])
        await settled()
        publishers.push(publisher)
      }
      assert.deepEqual(got, ["ann", "bob", "cal"])
      assert.deepEqual(quotes(), [1, 4])
      await reader.endpoint.publish(OTHER_TOPIC, [1])
      assert.deepEqual(quotes(), [1, 4])
      // Another life of the same program is another matter, and so is the second half.
      await subscribed("reader")
      assert.deepEqual(quotes(), [2, 5])
      for (const { endpoint } of [...publishers, reader]) await endpoint.close()
    })

    it("are asked for again after keys may have been stolen", async () => {
      const callee = await served()
      const caller = await world.live("caller")
      assert.equal(await caller.endpoint.call(PUMP, [1]), 1)
      world.machine("caller").extend(7, "a root kit")
      callee.endpoint.rotateKeys(PUMP)
      await settled()
      await rejects(caller.endpoint.call(PUMP, [2]), "attestation.measurement")
    })

    it("give a writer no keys for later, who gets others when it writes", async () => {
      world = new AttestedWorld({ maximumAge: 90n })
      const callee = await served()
      const caller = await world.live("caller")
      assert.equal(await caller.endpoint.call(PUMP, [1]), 1)
      const { made } = world.machine("caller")
      for (let i = 0; i < 3; i++) await nextEpoch()
      assert.equal(world.machine("caller").made, made)
      assert.equal(await caller.endpoint.call(PUMP, [2]), 2)
      assert.equal(world.machine("caller").made, made + 1)
      assert.deepEqual(callee.refused, [])
    })
  })

  describe("of TPMs that were reset", () => {
    it("are refused in one life of a program, which cannot outlive a reset", async () => {
      const callee = await served()
      const caller = await world.live("caller")
      assert.equal(await caller.endpoint.call(PUMP, [1]), 1)
      world.machine("caller").resetCount++
      callee.endpoint.rotateKeys(PUMP)
      await settled()
      await rejects(caller.endpoint.call(PUMP, [2]), "attestation.reset")
    })

    it("are taken of a program that was started after it, but never an earlier state", async () => {
      await served()
      const caller = await world.live("caller")
      assert.equal(await caller.endpoint.call(PUMP, [1]), 1)
      world.machine("caller").resetCount++
      const again = await world.live("caller")
      assert.equal(await again.endpoint.call(PUMP, [2]), 2)
      world.machine("caller").resetCount--
      await rejects((await world.live("caller")).endpoint.call(PUMP, [3]), "attestation.reset")
      world.machine("caller").resetCount++
      world.machine("caller").clock -= 100_000n
      await rejects((await world.live("caller")).endpoint.call(PUMP, [3]), "attestation.reset")
    })
  })

  describe("that the registry alone requires", () => {
    const plain = { uri: "com.example.", match: "prefix" } as const

    beforeEach(() => {
      world.scope = plain
    })

    it("are asked of providers by the policy for them, and not of consumers without one", async () => {
      world.registry.setPolicy("provider")
      for (const name of ["callee", "second"]) world.anchor(name, "provider")
      await served()
      const caller = await world.live("caller", { attestation: { judge: world.judge() } })
      assert.equal(await caller.endpoint.call(PUMP, [1]), 1)
      const second = await world.live("second")
      await second.endpoint.register(VALVE, ([value]) => value)
      assert.equal(world.machine("second").made, 1)
      const third = await world.live("third")
      await rejects(
        third.endpoint.register(OTHER_TOPIC, ([value]) => value),
        "attestation.measurement",
      )
    })

    it("are asked of nobody by a policy that requires none", async () => {
      world.registry.setPolicy("provider", { required: false })
      await served()
      const caller = await world.live("caller")
      assert.equal(await caller.endpoint.call(PUMP, [1]), 1)
      assert.equal(world.machine("caller").made + world.machine("callee").made, 0)
    })

    it("end what was granted before, once a policy requires them", async () => {
      const callee = await served()
      const caller = await world.live("caller")
      assert.equal(await caller.endpoint.call(PUMP, [1]), 1)
      world.registry.setPolicy("consumer")
      await nextEpoch()
      assert.ok(callee.refused.includes("attestation.absent"), String(callee.refused))
      await rejects(caller.endpoint.call(PUMP, [2]), "attestation.measurement")
      world.anchor("caller", "consumer")
      assert.equal(await caller.endpoint.call(PUMP, [3]), 3)
    })

    it("are refused by a policy that goes back behind one that was seen", async () => {
      const judge = world.judge()
      await judge.policyOf(roleOf(MACHINE))
      const { registry } = world
      const facts = registry.facts.bind(registry)
      registry.facts = async (question) => {
        const { policy, ...rest } = await facts(question)
        return policy === undefined ? rest : { ...rest, policy: { ...policy, epoch: 0n } }
      }
      await rejects(judge.policyOf(roleOf(MACHINE)), "attestation.policy")
      registry.facts = async (question) => {
        const { policy: _gone, ...rest } = await facts(question)
        return rest
      }
      await rejects(judge.policyOf(roleOf(MACHINE)), "attestation.policy")
    })
  })

  for (const [name, more] of [
    ["hybrid", { hybrid: mlKem768 }],
    ["key trees", { trees: true }],
    ["both", { hybrid: mlKem768, trees: true }],
  ] as const)
    it(`go with ${name}`, async () => {
      world.scope = { ...world.scope, ...more }
      const agent = await world.live("agent")
      await agent.endpoint.standAsKeyAgent(TOPIC)
      const got: unknown[][] = [[], [], []]
      const readers = []
      for (const [i, reader] of ["ann", "bob", "cal"].entries()) readers.push(await subscribed(reader, got[i]))
      await agent.endpoint.publish(TOPIC, [1])
      await settled()
      assert.deepEqual(got, [[1], [1], [1]])
      world.registry.revokeAttester(world.machine("bob").id)
      await nextEpoch()
      await agent.endpoint.publish(TOPIC, [2])
      await settled()
      assert.deepEqual(got, [[1, 2], [1], [1, 2]])
    })

  describe("in a scope's policy", () => {
    const hashOf = (given: object): string =>
      policyHashHex(policyOf(parseScopes([{ uri: "com.example.", match: "prefix", ...given }])[0]!, REALM))

    it("are part of its hash, and leave that of others as it was", () => {
      const all = [
        {},
        { trees: true },
        { attested: { agents: MACHINE } },
        { attested: { writers: MACHINE } },
        { attested: { agents: MACHINE, readers: MACHINE } },
        { attested: { agents: MACHINE, writers: MACHINE } },
        { attested: { agents: "other" } },
        { attested: { agents: MACHINE }, trees: true },
        { attested: { agents: MACHINE }, hybrid: mlKem768 },
      ].map(hashOf)
      assert.equal(new Set(all).size, all.length)
      assert.equal(hashOf({ attested: undefined }), hashOf({}))
    })

    for (const [what, attested] of [
      ["nobody", {}],
      ["nobody by name", { agents: "" }],
      ["a name that is too long", { agents: "x".repeat(65) }],
      ["no text", { agents: true }],
      ["a level that there is not", { callers: MACHINE }],
      ["readers, but not the agents that read as much", { readers: MACHINE }],
    ] as const)
      it(`may not name ${what}`, () => {
        refuses(() => hashOf({ attested }), "usage.invalid")
      })

    it("have to be the same on both sides", async () => {
      await served()
      const caller = await world.live("caller", { scopes: [{ ...world.scope, attested: { agents: MACHINE } }] })
      await rejects(caller.endpoint.call(PUMP, [1]), "keys.policy")
    })

    it("name a role that the realm has a policy for, or nobody gets in", async () => {
      world.scope = { ...world.scope, attested: { agents: MACHINE, writers: "nobody" } }
      await served()
      const caller = await world.live("caller")
      await rejects(caller.endpoint.call(PUMP, [1]), "attestation.policy")
    })
  })
}).timeout(60_000)
