import assert from "node:assert/strict"
import { setTimeout as pause } from "node:timers/promises"
import type { Incoming, Payload } from "../../src/session/connection.ts"
import { CborSerializer } from "wampy/CborSerializer.js"
import { sealing, wampy } from "../../src/wamp/wampy.ts"
import { CANARY, eventually, Fleet, GracefulRouter, until, type Inhabitant } from "./restarting.ts"

const [ADD, HEAT] = ["com.example.add", "com.example.heat"]

describe("wamp: a wampy client without a session", function () {
  this.timeout(30_000)
  let router: GracefulRouter
  let fleet: Fleet
  let pump: Inhabitant
  let panel: Inhabitant

  beforeEach(async () => {
    router = new GracefulRouter()
    await router.start()
    fleet = new Fleet(router)
    pump = await fleet.join("pump")
    panel = await fleet.join("panel")
    await pump.endpoint.register(ADD, ([a, b]) => Number(a) + Number(b))
    assert.equal(await panel.endpoint.call(ADD, [1, 2]), 3)
    await panel.endpoint.publish("com.example.first", [CANARY])
  })
  afterEach(async () => {
    await fleet.close()
    await router.close()
    assert.deepEqual(router.incidents, [])
  })

  async function stopped(): Promise<void> {
    await router.stop()
    await until(() => panel.client.getSessionId() === null && pump.client.getSessionId() === null)
  }

  it("keeps calls and events until it has one again, through any number of failed attempts", async () => {
    const seen: unknown[] = []
    await pump.endpoint.subscribe(HEAT, ([value]) => void seen.push(value))
    await stopped()
    const calls = Array.from({ length: 20 }, (_, i) => panel.endpoint.call(ADD, [i, 1, CANARY]))
    const event = panel.endpoint.publish(HEAT, [CANARY])
    await pause(200)
    await router.start()
    // Whether pump is back before panel is chance: what came too early was answered by the router.
    const outcomes = await Promise.allSettled(calls)
    for (const [i, outcome] of outcomes.entries()) {
      if (outcome.status === "fulfilled") assert.equal(outcome.value, i + 1)
      else assert.equal((outcome.reason as { code: string }).code, "session.router_error")
    }
    await event
    assert.equal(await eventually(() => panel.endpoint.call(ADD, [40, 2])), 42)
    await eventually(async () => {
      await panel.endpoint.publish(HEAT, ["later"])
      await pause(50)
      assert.ok(seen.includes("later"))
    })
    assert.equal(seen.filter((value) => value === CANARY).length <= 1, true)
  })

  it("ends calls at their deadline, on cancellation, and with the endpoint", async () => {
    await stopped()
    const abort = new AbortController()
    const cancelled = panel.endpoint.call(ADD, [1, 1], { signal: abort.signal })
    const late = panel.endpoint.call(ADD, [1, 1], { timeoutMs: 100 })
    await assert.rejects(late, { code: "session.timeout", message: /there was no session with a router for \d+ ms/ })
    abort.abort()
    await assert.rejects(cancelled, { code: "session.cancelled" })
    await router.start()
    await until(() => fleet.isUp)
    await pause(50)
    assert.equal(await eventually(() => panel.endpoint.call(ADD, [40, 2])), 42)
  })

  it("executes nothing that was given up meanwhile", async () => {
    let executed = 0
    await pump.endpoint.register("com.example.count", () => ++executed)
    assert.equal(await panel.endpoint.call("com.example.count"), 1)
    await stopped()
    const calls = Array.from({ length: 10 }, () => panel.endpoint.call("com.example.count", [], { timeoutMs: 50 }))
    assert.ok((await Promise.allSettled(calls)).every(({ status }) => status === "rejected"))
    await router.start()
    assert.equal(await eventually(() => panel.endpoint.call("com.example.count")), 2)
  })

  it("ends what it renews nevertheless when that was ended meanwhile, and lets it be had anew", async () => {
    const seen: unknown[] = []
    const endRegistration = await pump.endpoint.register("com.example.gone", () => "first")
    const endSubscription = await pump.endpoint.subscribe(HEAT, ([value]) => void seen.push(value))
    await stopped()
    await endRegistration()
    await endSubscription()
    const again = pump.endpoint.register("com.example.gone", () => "second")
    await router.start()
    await again
    assert.equal(await eventually(() => panel.endpoint.call("com.example.gone")), "second")
    await panel.endpoint.publish(HEAT, [CANARY])
    await pause(100)
    assert.equal(seen.length, 0)
    await pump.endpoint.subscribe(HEAT, ([value]) => void seen.push(value))
    await panel.endpoint.publish(HEAT, [1])
    await until(() => seen.length === 1)
    assert.deepEqual(pump.refused, [])
  })

  it("has all that it held again though the router goes once more while that is renewed", async () => {
    const names = Array.from({ length: 30 }, (_, i) => `com.example.many.n${i}`)
    for (const name of names) await pump.endpoint.register(name, () => name)
    for (let round = 0; round < 4; round++) {
      await router.stop()
      await router.start()
      await until(() => pump.client.getSessionId() !== null)
      await pause(Math.random() * 10)
    }
    for (const name of names) assert.equal(await eventually(() => panel.endpoint.call(name)), name)
  })

  it("answers the router's GOODBYE, which then need not wait, and takes it for no error", async () => {
    const errors: string[] = []
    const guest = await fleet.join("guest", { client: { onError: (error: Error) => errors.push(error.name) } })
    assert.equal(await guest.endpoint.call(ADD, [1, 2]), 3)
    const began = performance.now()
    await router.stop(20_000)
    assert.ok(performance.now() - began < 10_000, "it waited for its deadline")
    assert.ok(!errors.includes("ProtocolViolationError"), errors.join())
    await router.start()
    assert.equal(await eventually(() => guest.endpoint.call(ADD, [2, 2])), 4)
  })

  it("refuses at once when it does not come back, and goes on when the application connects it again", async () => {
    const seen: unknown[] = []
    await pump.endpoint.subscribe(HEAT, ([value]) => void seen.push(value))
    let closed = 0
    const guest = await fleet.join("guest", { client: { autoReconnect: false, onClose: () => closed++ } })
    await guest.endpoint.register("com.example.guest", () => "here")
    assert.equal(await panel.endpoint.call("com.example.guest"), "here")
    await router.stop()
    await until(() => closed === 1)
    await assert.rejects(guest.endpoint.call(ADD, [1, 2]), { code: "session.connection", message: /connect it again/ })
    await assert.rejects(guest.endpoint.publish(HEAT, [1]), { code: "session.connection" })
    await router.start()
    await guest.client.connect()
    // The client has forgotten what it had registered: it is asked for again.
    assert.equal(await eventually(() => panel.endpoint.call("com.example.guest")), "here")
    assert.equal(await eventually(() => guest.endpoint.call(ADD, [1, 2])), 3)
    const leaving = guest.client.disconnect()
    await assert.rejects(guest.endpoint.call(ADD, [1, 2]), { code: "session.connection" })
    await leaving
  })
})

describe("wamp: a progressive call over wampy", function () {
  this.timeout(20_000)

  it("goes on when keys change in its middle, though routers repeat the first part's attributes", async () => {
    const router = new GracefulRouter()
    await router.start()
    const fleet = new Fleet(router)
    const [{ endpoint: callee }, reader, caller] = [
      await fleet.join("callee", { recheckMs: 0, client: { serializer: sealing(new CborSerializer()) } }),
      await fleet.join("reader"),
      await fleet.join("caller", { recheckMs: 0, client: { serializer: sealing(new CborSerializer()) } }),
    ]
    await callee.register("com.example.sum", async ([first], _kwargs, { input }) => {
      let sum = Number(first)
      for await (const { args } of input ?? []) sum += Number(args[0])
      return sum
    })
    await reader.endpoint.register("com.example.valve", () => "shut")
    const input = async function* (): AsyncGenerator<number> {
      yield 1
      await pause(50)
      fleet.trust.revoke("reader")
      // The next part is sealed for those who read it: one is refused, and the agent opens a new generation.
      yield 10
      yield 100
    }
    assert.equal(await caller.endpoint.call("com.example.sum", [1_000], { input: input() }), 1_111)
    assert.ok(caller.refused.includes("trust.revoked"))
    await fleet.close()
    await router.close()
    assert.deepEqual(router.incidents, [])
  })
})

describe("wamp: handlers of one wampy client that are had at the same time", function () {
  this.timeout(20_000)

  it("each get every event of their topic, end one by one, and are one alone for a procedure", async () => {
    const router = new GracefulRouter()
    await router.start()
    const fleet = new Fleet(router)
    const { client } = await fleet.join("panel")
    const [connection, publisher] = [wampy(client), wampy((await fleet.join("pump")).client)]
    const seen: string[] = []
    const plain = (value: unknown): Payload => ({ sealed: false, args: [value], kwargs: {} })
    const note =
      (name: string) =>
      ({ payload }: Incoming): void =>
        void seen.push(`${name} ${payload.sealed ? "" : String(payload.args[0])}`)
    const ends = await Promise.all(["first", "second"].map((name) => connection.subscribe(HEAT, "exact", note(name))))
    await publisher.publish(HEAT, plain(1))
    await until(() => seen.length === 2)
    await ends[0]!()
    await publisher.publish(HEAT, plain(2))
    await until(() => seen.length === 3)
    assert.deepEqual(seen.toSorted(), ["first 1", "second 1", "second 2"])
    const twice = [1, 2].map((value) => connection.register(ADD, "exact", async () => plain(value)))
    assert.deepEqual(
      (await Promise.allSettled(twice)).map(({ status }) => status),
      ["fulfilled", "rejected"],
    )
    assert.deepEqual(await publisher.call(ADD, plain(0), { timeoutMs: 5_000 }), plain(1))
    await ends[1]!()
    await fleet.close()
    await router.close()
  })
})
