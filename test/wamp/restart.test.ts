import assert from "node:assert/strict"
import { setTimeout as pause } from "node:timers/promises"
import { isE2eeError } from "../../src/core/errors.ts"
import {
  CANARY,
  eventually,
  Fleet,
  GracefulRouter,
  HalfOpenWay,
  KilledRouter,
  until,
  type Restarting,
} from "./restarting.ts"

const ADD = "com.example.add"

for (const [how, Kind] of [
  ["stops with GOODBYE", GracefulRouter],
  ["is killed", KilledRouter],
] as const) {
  describe(`wamp: endpoints over wampy whose router ${how} and comes back`, function () {
    this.timeout(60_000)
    let router: Restarting
    let fleet: Fleet
    const rejections: unknown[] = []
    const unhandled = (error: unknown): number => rejections.push(error)

    before(() => void process.on("unhandledRejection", unhandled))
    beforeEach(async () => {
      router = new Kind()
      await router.start()
      fleet = new Fleet(router)
    })
    afterEach(async () => {
      await fleet.close()
      await router.stop()
      assert.deepEqual(router.incidents, [])
      assert.deepEqual(rejections.splice(0), [])
    })
    after(() => void process.off("unhandledRejection", unhandled))

    async function restart(outage = 100): Promise<void> {
      await router.stop()
      await pause(outage)
      await router.start()
    }

    it("goes on with calls, events, patterns and shared registrations, time and again", async () => {
      const [pump, spare, panel] = [
        await fleet.join("pump"),
        await fleet.join("spare", { serializer: "cbor" }),
        await fleet.join("panel", { serializer: "json" }),
      ]
      const seen: unknown[] = []
      await pump.endpoint.register(ADD, ([a, b]) => `${CANARY} ${Number(a) + Number(b)}`)
      for (const [name, { endpoint }] of Object.entries({ pump, spare }))
        await endpoint.register("com.example.shared", () => `${CANARY} ${name}`, { invoke: "roundrobin" })
      await pump.endpoint.register("com.example.any", (_args, _kwargs, { uri }) => uri, { match: "prefix" })
      await pump.endpoint.register("com.example..wild", (_args, _kwargs, { uri }) => uri, { match: "wildcard" })
      const note =
        (how: string) =>
        ([value]: readonly unknown[]) =>
          void seen.push(`${how} ${String(value)}`)
      await panel.endpoint.subscribe("com.example.heat", note("exact"))
      await panel.endpoint.subscribe("com.example.sensor", note("prefix"), { match: "prefix" })
      await panel.endpoint.subscribe("com.example..level", note("wildcard"), { match: "wildcard" })
      assert.ok(pump.endpoint.isKeyAgent(ADD))
      for (let round = 0; round < 3; round++) {
        if (round > 0) await restart()
        assert.equal(await eventually(() => panel.endpoint.call(ADD, [round, 1, CANARY])), `${CANARY} ${round + 1}`)
        const shared = new Set<unknown>()
        await until(async () => {
          shared.add(await eventually(() => panel.endpoint.call("com.example.shared", [CANARY])))
          return shared.size === 2
        })
        for (const uri of ["com.example.any.one", "com.example.x.wild"])
          assert.equal(await eventually(() => panel.endpoint.call(uri, [CANARY])), uri)
        seen.length = 0
        await eventually(async () => {
          for (const topic of ["com.example.heat", "com.example.sensor.7", "com.example.tank.level"])
            await pump.endpoint.publish(topic, [round, CANARY])
        })
        await until(() => seen.length >= 3)
        assert.deepEqual(
          seen.map(String).sort(),
          ["exact", "prefix", "wildcard"].map((kind) => `${kind} ${round}`),
        )
        assert.ok(pump.endpoint.isKeyAgent(ADD), "the key agent is agent again")
        // A newcomer is granted keys.
        const guest = await fleet.join(`guest ${round}`)
        assert.equal(await eventually(() => guest.endpoint.call(ADD, [20, 3, CANARY])), `${CANARY} 23`)
      }
      assert.deepEqual([pump.refused, spare.refused, panel.refused], [[], [], []])
    })

    it("ends 1,000 calls in flight, each with its result or a coded error, none executed twice", async () => {
      const WORK = "com.example.work"
      const executions = new Map<number, number>()
      let answered = 0
      let goOn = (): void => undefined
      const back = new Promise<void>((resolve) => (goOn = resolve))
      const late: boolean[] = []
      for (const name of ["one", "two", "three", "four"]) {
        const { endpoint } = await fleet.join(name)
        const work = async ([id]: readonly unknown[], _kwargs: unknown, { signal }: { signal: AbortSignal }) => {
          executions.set(Number(id), (executions.get(Number(id)) ?? 0) + 1)
          if (Number(id) < 1_000) {
            // Some are at work until everybody has a new session.
            await (Number(id) % 4 === 0 ? back : pause(Math.random() * 1_500))
            answered++
            if (Number(id) % 4 === 0) late.push(signal.aborted)
          }
          return `${CANARY} ${Number(id)}`
        }
        await endpoint.register(WORK, work, { invoke: "roundrobin" })
      }
      const { endpoint: caller } = await fleet.join("caller")
      const settled: number[] = []
      const ask = async (id: number): Promise<string> => {
        try {
          assert.equal(await caller.call(WORK, [id, CANARY]), `${CANARY} ${id}`)
          return "result"
        } catch (error) {
          assert.ok(isE2eeError(error), String(error))
          return error.code
        } finally {
          settled.push(performance.now())
        }
      }
      const calls = Array.from({ length: 1_000 }, (_, id) => ask(id))
      await until(() => settled.length >= 200)
      await restart(200)
      const restarted = performance.now()
      const outcomes = await Promise.all(calls)
      assert.ok(Math.max(...settled) - restarted < 10_000)
      const failures = outcomes.filter((outcome) => outcome !== "result")
      assert.ok(outcomes.length - failures.length >= 200 && failures.length >= 100, `${failures.length} failed`)
      // A router that stops gracefully may say of a call that its callee left.
      assert.ok(failures.every((code) => code === "session.connection" || code === "session.router_error"))
      assert.ok(failures.includes("session.connection"))

      // What is at work still was told so, and its answers go nowhere: a router would abort the session that sends one.
      await until(() => fleet.isUp)
      goOn()
      await until(() => answered === executions.size)
      assert.ok(late.length > 50 && late.every(Boolean), `${late.length} answered late`)
      for (let id = 1_000; id < 1_100; id++) {
        const outcome = await eventually(async () => {
          const ended = await ask(id)
          assert.ok(ended !== "session.router_error", "a callee is not back yet")
          return ended
        })
        assert.equal(outcome, "result")
      }
      assert.ok([...executions.values()].every((times) => times === 1))
    })
  })
}

describe("wamp: an endpoint over wampy whose connection breaks on its side alone", function () {
  this.timeout(30_000)
  const router = new GracefulRouter()
  const way = new HalfOpenWay(() => router.port)
  let url: string
  let fleet: Fleet

  before(async () => {
    await router.start()
    url = await way.open()
  })
  beforeEach(() => void (fleet = new Fleet(router)))
  afterEach(async () => {
    await fleet.close()
    way.bury()
  })
  after(async () => {
    await way.close()
    await router.stop()
    assert.deepEqual(router.incidents, [])
  })

  it("asks again for what the router still holds for the dead session, until it is let go", async () => {
    const seen: unknown[] = []
    const pump = await fleet.join("pump", { url })
    await pump.endpoint.register(ADD, ([a, b]) => `${CANARY} ${Number(a) + Number(b)}`)
    await pump.endpoint.subscribe("com.example.heat", ([value]) => void seen.push(value))
    const panel = await fleet.join("panel")
    assert.equal(await panel.endpoint.call(ADD, [1, 2, CANARY]), `${CANARY} 3`)
    await panel.endpoint.publish("com.example.heat", [CANARY])
    await until(() => seen.length === 1)
    way.break()
    // Its procedure and its grants are refused; a subscription can be had twice.
    await until(() => pump.refused.length >= 2)
    assert.deepEqual(new Set(pump.refused), new Set(["session.connection"]))
    assert.ok(!pump.endpoint.isKeyAgent(ADD))
    await assert.rejects(panel.endpoint.call(ADD, [1, 3, CANARY], { timeoutMs: 300 }), { code: "session.timeout" })
    way.bury()
    assert.equal(await eventually(() => panel.endpoint.call(ADD, [2, 3, CANARY])), `${CANARY} 5`)
    await until(() => pump.endpoint.isKeyAgent(ADD))
    await eventually(async () => {
      await panel.endpoint.publish("com.example.heat", [`${CANARY} again`])
      await pause(50)
      assert.ok(seen.includes(`${CANARY} again`))
    })
    const guest = await fleet.join("guest")
    assert.equal(await guest.endpoint.call(ADD, [20, 3, CANARY]), `${CANARY} 23`)
  })

  it("asks the endpoint that became key agent meanwhile", async () => {
    const pump = await fleet.join("pump", { url, reconnectInterval: 400 })
    await pump.endpoint.register(ADD, ([a, b]) => `${CANARY} ${Number(a) + Number(b)}`)
    const panel = await fleet.join("panel")
    assert.equal(await panel.endpoint.call(ADD, [1, 2, CANARY]), `${CANARY} 3`)
    way.break()
    way.bury()
    const other = await fleet.join("other")
    await eventually(() => other.endpoint.register("com.example.other", ([value]) => value))
    assert.ok(other.endpoint.isKeyAgent(ADD))
    // What panel holds is of the former agent: told so, it asks the new one, and calls again.
    assert.equal(await eventually(() => panel.endpoint.call(ADD, [2, 3, CANARY])), `${CANARY} 5`)
    assert.equal(await panel.endpoint.call("com.example.other", [CANARY]), CANARY)
    assert.ok(!pump.endpoint.isKeyAgent(ADD) && other.endpoint.isKeyAgent(ADD))
    assert.ok(pump.refused.includes("session.connection"), pump.refused.join())
  })
})
