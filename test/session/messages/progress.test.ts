import { strict as assert } from "node:assert"
import type { ErrorCode } from "../../../src/core/errors.ts"
import { ApplicationError } from "../../../src/session/messages/application-error.ts"
import { Result } from "../../../src/session/messages/result.ts"
import { rejects } from "../../arbitrary.ts"
import type { Carried } from "../fake-router.ts"
import { settled, World, type Inhabitant } from "../world.ts"

const COUNT = "com.example.count"
const SUM = "com.example.sum"
const GRANT = "com.example.e2ee.grant"

async function* later<T>(items: readonly T[]): AsyncGenerator<T> {
  for (const item of items) {
    await new Promise((resolve) => setTimeout(resolve, 1))
    yield item
  }
}

for (const carriage of ["passthru", "in-band"] as const) {
  describe(`session: progressive results and calls, ${carriage}`, () => {
    let world: World
    let callee: Inhabitant
    let caller: Inhabitant
    let summed: unknown[]
    let aborted: number

    beforeEach(async () => {
      world = new World()
      summed = []
      aborted = 0
      const connection = () => ({ connection: world.router.connect(carriage) })
      callee = await world.join("callee", {}, connection())
      caller = await world.join("caller", {}, connection())
      await callee.endpoint.register(COUNT, async ([to], _kwargs, { progress, signal }) => {
        signal.addEventListener("abort", () => aborted++)
        for (let i = 0; i < Number(to); i++) {
          progress?.([i], { of: to })
          await new Promise((resolve) => setTimeout(resolve, 1))
        }
        if (to === 13) throw new ApplicationError("com.example.error.unlucky", [to])
        return "done"
      })
      await callee.endpoint.register(SUM, async ([first], _kwargs, { input }) => {
        let sum = Number(first)
        for await (const { args, kwargs } of input ?? []) {
          summed.push([args, kwargs])
          sum += Number(args[0] ?? 0)
        }
        return sum
      })
    })
    afterEach(() => world.close())

    const parts: unknown[] = []
    const collect = (args: readonly unknown[], kwargs: object, { uri }: { uri: string }): void =>
      void parts.push([args, kwargs, uri])
    beforeEach(() => void (parts.length = 0))

    it("brings every part in order, then the end", async () => {
      assert.equal(await caller.endpoint.call(COUNT, [3], { onProgress: collect }), "done")
      assert.deepEqual(
        parts,
        [0, 1, 2].map((i) => [[i], { of: 3 }, COUNT]),
      )
      assert.equal(await caller.endpoint.call(COUNT, [0], { onProgress: collect }), "done")
    })

    it("waits for a handler of parts before the next", async () => {
      let working = 0
      const slow = async (): Promise<void> => {
        assert.equal(working++, 0)
        await new Promise((resolve) => setTimeout(resolve, 3))
        working--
        parts.push(1)
      }
      await caller.endpoint.call(COUNT, [4], { onProgress: slow })
      assert.equal(parts.length, 4)
    })

    it("sends no parts to a caller that wants none", async () => {
      assert.equal(await caller.endpoint.call(COUNT, [3]), "done")
      assert.equal(world.router.carried.filter(({ progress }) => progress).length, 0)
    })

    it("brings an error behind parts", async () => {
      const error = await rejects(
        caller.endpoint.call(COUNT, [13], { onProgress: collect }),
        "session.application_error",
      )
      assert.deepEqual([(error as ApplicationError).uri, parts.length], ["com.example.error.unlucky", 13])
    })

    it("brings further arguments as they come, and tells the last", async () => {
      const input = later([[2], new Result([3], { unit: "bar" }), 4])
      assert.equal(await caller.endpoint.call(SUM, [1], { input }), 10)
      assert.deepEqual(summed, [
        [[2], {}],
        [[3], { unit: "bar" }],
        [[4], {}],
      ])
      assert.equal(await caller.endpoint.call(SUM, [1], { input: [] }), 1)
      assert.equal(await caller.endpoint.call(SUM, [1]), 1)
    })

    it("tells the handler that the caller cancelled", async () => {
      const abort = new AbortController()
      const call = caller.endpoint.call(COUNT, [1_000], { onProgress: collect, signal: abort.signal })
      while (parts.length < 2) await settled()
      abort.abort()
      await rejects(call, "session.cancelled")
      assert.equal(aborted, 1)
      await rejects(caller.endpoint.call(COUNT, [1], { signal: abort.signal }), "session.cancelled")
    })

    it("ends a call whose handler of parts throws", async () => {
      const broken = (): never => {
        throw new Error("the display is gone")
      }
      await rejects(caller.endpoint.call(COUNT, [3], { onProgress: broken }), "internal.invariant")
      assert.equal(aborted, 1)
    })

    it("ends a call whose input fails", async () => {
      async function* failing(): AsyncGenerator<unknown> {
        yield [1]
        throw new Error("the sensor is gone")
      }
      await rejects(caller.endpoint.call(SUM, [1], { input: failing() }), "session.cancelled")
    })

    const results = (change: (message: Carried, nth: number) => Carried | undefined) => {
      let nth = 0
      return (message: Carried): Carried | undefined =>
        message.type === "RESULT" && message.uri !== GRANT ? change(message, nth++) : message
    }
    const attacks: readonly [string, () => (message: Carried) => Carried | undefined, ErrorCode][] = [
      ["drops a part", () => results((message, nth) => (nth === 1 ? undefined : message)), "payload.incomplete"],
      ["drops the last part", () => results((message, nth) => (nth === 2 ? undefined : message)), "payload.incomplete"],
      [
        "gives a part for the end",
        () => results((message, nth) => (nth === 1 ? { ...message, progress: false } : message)),
        "payload.context",
      ],
      [
        "gives the end for a part",
        () => results((message, nth) => (nth === 3 ? { ...message, progress: true } : message)),
        "payload.context",
      ],
      [
        "repeats a part",
        () => {
          let first: Carried | undefined
          return results((message, nth) => (nth === 1 && first ? first : ((first ??= message), message)))
        },
        "payload.incomplete",
      ],
      [
        "sends a part in plaintext",
        () =>
          results((message, nth) =>
            nth === 1 ? { ...message, payload: { sealed: false, args: [1], kwargs: {} } } : message,
          ),
        "payload.plaintext_forbidden",
      ],
    ]
    for (const [name, hook, code] of attacks) {
      it(`refuses the result of a router that ${name}`, async () => {
        world.router.hook = hook()
        await rejects(caller.endpoint.call(COUNT, [3], { onProgress: collect }), code)
        assert.ok(parts.length < 4)
      })
    }

    const calls = (change: (message: Carried, nth: number) => Carried | undefined) => {
      let nth = 0
      return (message: Carried): Carried | undefined =>
        message.type === "CALL" && message.uri !== GRANT ? change(message, nth++) : message
    }
    const inputAttacks: readonly [string, () => (message: Carried) => Carried | undefined, ErrorCode][] = [
      ["drops an argument", () => calls((message, nth) => (nth === 1 ? undefined : message)), "payload.incomplete"],
      [
        "ends the call early",
        () => calls((message, nth) => (nth === 1 ? { ...message, progress: false } : message)),
        "payload.incomplete",
      ],
      [
        "repeats an argument",
        () => {
          let first: Carried | undefined
          return calls((message, nth) => (nth === 2 && first ? first : (nth === 1 && (first = message), message)))
        },
        "payload.incomplete",
      ],
      [
        "gives the first argument again",
        () => {
          let first: Carried | undefined
          return calls((message, nth) =>
            nth === 1 && first ? { ...first, progress: true } : ((first ??= message), message),
          )
        },
        "payload.context",
      ],
      [
        "inserts plaintext",
        () =>
          calls((message, nth) =>
            nth === 1 ? { ...message, payload: { sealed: false, args: [1], kwargs: {} } } : message,
          ),
        "payload.plaintext_forbidden",
      ],
    ]
    for (const [name, hook, code] of inputAttacks) {
      it(`refuses the arguments of a router that ${name}`, async () => {
        world.router.hook = hook()
        await rejects(caller.endpoint.call(SUM, [1], { input: later([[2], [3], [4]]) }), "session.application_error")
        assert.deepEqual(callee.refused, [code])
      })
    }

    it("refuses a part of another call", async () => {
      const held: Carried[] = []
      world.router.hook = calls((message, nth) => {
        if (nth === 1) held.push(message)
        return nth > 3 && held[0] && message.progress ? held[0] : message
      })
      assert.equal(await caller.endpoint.call(SUM, [1], { input: later([[2]]) }), 3)
      await rejects(caller.endpoint.call(SUM, [1], { input: later([[2], [5]]) }), "session.application_error")
      assert.deepEqual(callee.refused, ["payload.context"])
    })
  }).timeout(20_000)
}
