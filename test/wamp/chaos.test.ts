import assert from "node:assert/strict"
import { setTimeout as pause } from "node:timers/promises"
import { isE2eeError } from "../../src/core/errors.ts"
import { ApplicationError } from "../../src/session/messages/application-error.ts"
import { CANARY, eventually, Fleet, KilledRouter, until } from "./restarting.ts"

/** Kills of the router: few by default, 50 in .ci/run, 500 before a release. */
const KILLS = Number(process.env["ROUTER_KILLS"] ?? 8)
/** Calls that every caller has under way. */
const CONCURRENT = 12
/** Milliseconds within which every call ends, whatever happens to the router. */
const PATIENCE = 10_000

const [WORK, COUNT, SUM, FAIL] = ["work", "count", "sum", "fail"].map((name) => `com.example.${name}`) as [
  string,
  string,
  string,
  string,
]
const some = (milliseconds: number): Promise<void> => pause(Math.random() * milliseconds)

/** What was asked for and came of it. */
class Ledger {
  readonly outcomes = new Map<string, number>()
  /** How often the handler of each call ran. */
  readonly executions = new Map<number, number>()
  longest = 0
  calls = 0

  execute(id: unknown): number {
    assert.ok(typeof id === "number")
    this.executions.set(id, (this.executions.get(id) ?? 0) + 1)
    return id
  }

  /** Makes a call under an id of its own and checks what comes back. */
  async call(make: (id: number) => Promise<void>): Promise<void> {
    const began = performance.now()
    let outcome = "result"
    try {
      await make(++this.calls)
    } catch (error) {
      if (!isE2eeError(error)) throw error
      outcome = error.code
    }
    this.longest = Math.max(this.longest, performance.now() - began)
    this.outcomes.set(outcome, (this.outcomes.get(outcome) ?? 0) + 1)
  }
}

describe("wamp: endpoints over wampy while their router is killed time and again", function () {
  this.timeout(60_000 + KILLS * 5_000)
  const router = new KilledRouter()
  const rejections: unknown[] = []
  const unhandled = (error: unknown): number => rejections.push(error)

  before(() => void process.on("unhandledRejection", unhandled))
  after(() => void process.off("unhandledRejection", unhandled))

  it(`end every call in ${PATIENCE / 1_000} s, with its own result or a coded error, executed once at most (${KILLS} kills)`, async () => {
    await router.start()
    const fleet = new Fleet(router)
    const ledger = new Ledger()
    const traffic: Promise<void>[] = []
    const enough = new AbortController()
    const forever = (work: () => Promise<void>): void => {
      const loop = async (): Promise<void> => {
        while (!enough.signal.aborted) await work()
      }
      traffic.push(loop())
    }
    /** For what an application does now and then: it may fail, by a code of ours. */
    const tolerant = async (work: () => Promise<unknown>): Promise<void> => {
      await work().catch((error: unknown) => assert.ok(isE2eeError(error), String(error)))
    }

    const callees = [await fleet.join("one"), await fleet.join("two", { serializer: "cbor" })]
    for (const { endpoint } of callees)
      await endpoint.register(
        WORK,
        async ([id]) => {
          ledger.execute(id)
          await some(80)
          return `${CANARY} ${String(id)}`
        },
        { invoke: "roundrobin" },
      )
    const [{ endpoint: callee }] = callees as [(typeof callees)[0], ...typeof callees]
    await callee.register(COUNT, async ([id], _kwargs, { progress }) => {
      ledger.execute(id)
      for (let part = 0; part < 3; part++) {
        progress?.([id, part, CANARY])
        await some(20)
      }
      return id
    })
    await callee.register(SUM, async ([id], _kwargs, { input }) => {
      let sum = ledger.execute(id)
      for await (const { args } of input ?? []) sum += Number(args[0])
      return sum
    })
    await callee.register(
      FAIL,
      async ([id]) => {
        throw new ApplicationError("com.example.error.dry", [ledger.execute(id), CANARY])
      },
      { match: "prefix" },
    )
    const seen = new Map<unknown, number>()
    const subscriber = await fleet.join("subscriber", { serializer: "json" })
    await subscriber.endpoint.subscribe(
      "com.example.level",
      ([value]) => void seen.set(value, (seen.get(value) ?? 0) + 1),
      {
        match: "prefix",
      },
    )

    for (const serializer of ["msgpack", "json"] as const) {
      const { endpoint: caller } = await fleet.join(`caller over ${serializer}`, { serializer })
      const kinds: ((id: number) => Promise<void>)[] = [
        async (id) => assert.equal(await caller.call(WORK, [id, CANARY]), `${CANARY} ${id}`),
        async (id) => {
          const parts: unknown[] = []
          const onProgress = (args: readonly unknown[]): void => void parts.push(args)
          assert.equal(await caller.call(COUNT, [id], { onProgress }), id)
          assert.deepEqual(
            parts,
            [0, 1, 2].map((part) => [id, part, CANARY]),
          )
        },
        async (id) => {
          const input = async function* (): AsyncGenerator<unknown> {
            for (const value of [1, 2, 3]) {
              await some(10)
              yield [value, CANARY]
            }
          }
          assert.equal(await caller.call(SUM, [id], { input: input() }), id + 6)
        },
        async (id) => {
          try {
            await caller.call(`${FAIL}.now`, [id])
            assert.fail("it came back with a result")
          } catch (error) {
            if (!(error instanceof ApplicationError)) throw error
            assert.deepEqual([error.uri, error.args], ["com.example.error.dry", [id, CANARY]])
          }
        },
      ]
      for (let i = 0; i < CONCURRENT; i++) forever(() => ledger.call(kinds[Math.floor(Math.random() * kinds.length)]!))
    }
    const publisher = await fleet.join("publisher")
    let published = 0
    forever(async () => {
      await tolerant(() => publisher.endpoint.publish("com.example.level.north", [++published, CANARY]))
      await some(20)
    })
    forever(async () => {
      await tolerant(async () => {
        const end = await publisher.endpoint.register("com.example.passing", () => CANARY)
        await some(100)
        await end()
      })
      await some(50)
    })

    for (let kill = 0; kill < KILLS; kill++) {
      // Some kills hit right after the start, while everything is renewed; others in the middle of work.
      await some(kill % 3 === 0 ? 60 : 1_500)
      await router.stop()
      await some(100)
      await router.start()
    }
    await until(() => fleet.isUp)
    await pause(500)
    enough.abort()
    await Promise.all(traffic)

    const counts = JSON.stringify(Object.fromEntries(ledger.outcomes))
    assert.ok(ledger.longest < PATIENCE, `a call took ${ledger.longest} ms`)
    assert.ok(
      [...ledger.executions.values()].every((times) => times === 1),
      "a call was executed twice",
    )
    assert.ok(
      [...seen].every(([value, times]) => Number(value) <= published && times === 1),
      "an event came twice",
    )
    assert.ok((ledger.outcomes.get("result") ?? 0) > KILLS && seen.size > 0, counts)
    assert.deepEqual(rejections, [])

    // Everything works again, for newcomers too.
    const { endpoint: guest } = await fleet.join("guest")
    for (const uri of [WORK, COUNT, SUM]) await eventually(() => guest.call(uri, [++ledger.calls]))
    await assert.rejects(guest.call(FAIL, [++ledger.calls]), { code: "session.application_error" })
    await eventually(async () => {
      await publisher.endpoint.publish("com.example.level.north", [++published, CANARY])
      await pause(50)
      assert.ok(seen.has(published))
    })
    await fleet.close()
    await router.close()
    assert.deepEqual(router.incidents, [], counts)
  })
})
