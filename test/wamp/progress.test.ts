import { strict as assert } from "node:assert"
import { createEndpoint, type Endpoint } from "../../src/index.ts"
import { startRouter, type Router, type SerializerName } from "../../src/router/index.ts"
import { ApplicationError } from "../../src/session/messages/application-error.ts"
import { rejects } from "../arbitrary.ts"
import { startHostile, type Hostile, type Message, type Rewrite } from "../router/hostile.ts"
import { TrustTable } from "../session/world.ts"
import { buildChain, NOW, party } from "../trust/chains.ts"
import { openAutobahn, openSealing, openWampy, until } from "../world.ts"

const [WELCOME, RESULT, INVOCATION, INTERRUPT, YIELD] = [2, 50, 68, 69, 70]
const COUNT = "com.example.count"
const SUM = "com.example.sum"
const CLIENTS = { wampy: openSealing, autobahn: openAutobahn } as const
type Client = keyof typeof CLIENTS
const pass: Rewrite = (_direction, message) => message

/** A list, and whoever reads it waits a while between its items. */
async function* later<T>(items: readonly T[], milliseconds = 2): AsyncGenerator<T> {
  for (const item of items) {
    await new Promise((resolve) => setTimeout(resolve, milliseconds))
    yield item
  }
}

describe("progressive results, progressive calls and cancellation through a router", function () {
  this.timeout(10_000)
  let router: Router
  let hostile: Hostile
  const closing: (() => Promise<unknown>)[] = []

  before(async () => {
    router = await startRouter()
  })
  beforeEach(async () => {
    hostile = await startHostile(router.url, pass)
  })
  afterEach(async () => {
    for (const close of closing.splice(0).toReversed()) await close()
    await hostile.close()
  })
  after(() => router.close())

  async function join(
    name: string,
    open: (url: string, serializer?: SerializerName) => ReturnType<typeof openWampy | typeof openAutobahn>,
    serializer?: SerializerName,
  ): Promise<Endpoint> {
    const session = await open(hostile.url, serializer)
    closing.push(async () => session.close())
    const endpoint = await createEndpoint({
      connection: session.connection,
      identity: { certificates: buildChain({ delegate: party(name) }), csKey: party(name).csKey },
      trust: new TrustTable(),
      scopes: [{ uri: "com.example.", match: "prefix" }],
      clock: () => NOW,
    })
    closing.push(() => endpoint.close())
    return endpoint
  }

  /** A callee that counts and sums; `aborted` are the counts it was told to end. */
  async function serve(open: Parameters<typeof join>[1], serializer?: SerializerName) {
    const aborted: unknown[] = []
    const callee = await join("callee", open, serializer)
    await callee.register(COUNT, async ([to], _kwargs, { progress, signal }) => {
      for (let i = 0; i < Number(to) && !signal.aborted; i++) {
        progress?.([i], { of: to })
        await new Promise((resolve) => setTimeout(resolve, 2))
      }
      if (signal.aborted) aborted.push(to)
      if (to === 13) throw new ApplicationError("com.example.error.unlucky", [to])
      return "done"
    })
    await callee.register(SUM, async ([first], _kwargs, { input, progress }) => {
      let sum = Number(first)
      for await (const { args } of input ?? []) {
        sum += Number(args[0])
        progress?.([sum])
      }
      return sum
    })
    return { callee, aborted }
  }

  const pairings = (["wampy", "autobahn"] as const).flatMap((callee) =>
    (["wampy", "autobahn"] as const).map((caller): [Client, Client] => [callee, caller]),
  )
  const serializers: readonly [SerializerName, SerializerName][] = [
    ["json", "json"],
    ["msgpack", "cbor"],
    ["cbor", "json"],
  ]
  for (const [calleeClient, callerClient] of pairings) {
    for (const [calleeSerializer, callerSerializer] of serializers) {
      it(`go from ${callerClient} over ${callerSerializer} to ${calleeClient} over ${calleeSerializer}`, async () => {
        const { aborted } = await serve(CLIENTS[calleeClient], calleeSerializer)
        const caller = await join("caller", CLIENTS[callerClient], callerSerializer)
        const parts: unknown[] = []
        const onProgress = (args: readonly unknown[], kwargs: object): void => void parts.push([...args, kwargs])
        assert.equal(await caller.call(COUNT, [3], { onProgress }), "done")
        assert.deepEqual(parts.splice(0), [
          [0, { of: 3 }],
          [1, { of: 3 }],
          [2, { of: 3 }],
        ])
        assert.equal(await caller.call(COUNT, [3]), "done", "nobody asked for parts")

        assert.equal(await caller.call(SUM, [1], { input: later([2, 3, 4]), onProgress }), 10)
        assert.deepEqual(parts.splice(0), [
          [3, {}],
          [6, {}],
          [10, {}],
        ])
        assert.equal(await caller.call(SUM, [1], { input: [] }), 1)

        const failed = await rejects(caller.call(COUNT, [13], { onProgress }), "session.application_error")
        assert.deepEqual([(failed as ApplicationError).uri, parts.splice(0).length], ["com.example.error.unlucky", 13])

        const abort = new AbortController()
        const call = caller.call(COUNT, [1_000], { onProgress, signal: abort.signal })
        await until(() => parts.length >= 2)
        abort.abort()
        await rejects(call, "session.cancelled")
        await until(() => aborted.length === 1)
        const seen = parts.length
        assert.equal(await caller.call(COUNT, [0]), "done", "the session is still of use")
        assert.equal(parts.length, seen, "no part comes after the end")

        async function* failing(): AsyncGenerator<unknown> {
          yield 1
          throw new Error("the sensor is gone")
        }
        await rejects(caller.call(SUM, [1], { input: failing() }), "session.cancelled")
        await rejects(caller.call(COUNT, [500], { timeoutMs: 60 }), "session.timeout")
        await until(() => aborted.length === 2)
      })
    }
  }

  for (const client of ["wampy", "autobahn"] as const) {
    const open = CLIENTS[client]

    it(`take their time anew with each part, over ${client}`, async () => {
      await serve(open)
      const caller = await join("caller", open)
      assert.equal(await caller.call(COUNT, [1]), "done")
      assert.equal(await caller.call(COUNT, [200], { onProgress: () => undefined, timeoutMs: 250 }), "done")
      await rejects(caller.call(COUNT, [200], { timeoutMs: 250 }), "session.timeout")
    })

    it(`need a router that knows progressive calls: nothing is sent where it does not, over ${client}`, async () => {
      hostile.rewrite = (_direction, message) => {
        if (message[0] === WELCOME) delete dealerFeatures(message)["progressive_call_invocations"]
        return message
      }
      await serve(open)
      const caller = await join("caller", open)
      await rejects(caller.call(SUM, [1], { input: [2] }), "session.unsupported")
      assert.equal(await caller.call(SUM, [1]), 1)
    })

    it(`find what a router drops, repeats or ends early, over ${client}`, async () => {
      await serve(open)
      const caller = await join("caller", open)
      const onProgress = (): void => undefined
      assert.equal(await caller.call(COUNT, [2], { onProgress }), "done")
      let nth = 0
      const onNth = (type: number, at: number, alter: (message: Message) => Message | Message[] | null): Rewrite => {
        nth = 0
        return (direction, message) =>
          direction === "toClient" && message[0] === type && nth++ === at ? alter(message) : message
      }
      hostile.rewrite = onNth(RESULT, 1, () => null)
      await rejects(caller.call(COUNT, [3], { onProgress }), "payload.incomplete")
      hostile.rewrite = onNth(RESULT, 1, (message) => [message, message])
      await rejects(caller.call(COUNT, [3], { onProgress }), "payload.incomplete")
      hostile.rewrite = onNth(INVOCATION, 1, () => null)
      await rejects(caller.call(SUM, [1], { input: [2, 3] }), "session.application_error")
      hostile.rewrite = pass
      assert.equal(await caller.call(COUNT, [2], { onProgress }), "done")
      // What comes behind the end ends the session too, which may be noticed first.
      hostile.rewrite = onNth(RESULT, 1, (message) => {
        const { progress: _part, ...details } = message[2] as Record<string, unknown>
        return [RESULT, message[1], details, message[3]]
      })
      await assert.rejects(caller.call(COUNT, [3], { onProgress }), {
        code: /^(payload\.context|session\.connection)$/,
      })
    })

    it(`keep the attributes of the first message where a router drops those of further parts, over ${client}`, async () => {
      hostile.rewrite = (direction, message) => {
        if (direction !== "toClient" || message[0] !== INVOCATION) return message
        const details = message[3] as Record<string, unknown>
        if (!seen.has(message[1])) {
          seen.add(message[1])
          return message
        }
        const { progress } = details
        return [INVOCATION, message[1], message[2], progress === undefined ? {} : { progress }, message[4]]
      }
      const seen = new Set<unknown>()
      await serve(open)
      const caller = await join("caller", open)
      assert.equal(await caller.call(SUM, [1], { input: [2, 3] }), 6)
    })
  }

  it("tell a handler of autobahn's that its session was lost, and send nothing more of it", async () => {
    const { aborted } = await serve(openAutobahn)
    const caller = await join("caller", openSealing)
    const parts: unknown[] = []
    const call = caller.call(COUNT, [1_000], { onProgress: (args) => parts.push(args), timeoutMs: 1_000 })
    await until(() => parts.length > 2)
    hostile.links[0]!.cut()
    await rejects(call, "session.router_error")
    await until(() => aborted.length === 1)
  })

  it("tells a handler of a wampy session without `sealing` nothing of interruptions, as it announced none", async () => {
    const sent: unknown[] = []
    hostile.rewrite = (_direction, message) => {
      if (message[0] === INTERRUPT) sent.push(message)
      return message
    }
    const { aborted } = await serve(openWampy)
    const caller = await join("caller", openWampy)
    assert.equal(await caller.call(COUNT, [1]), "done")
    await rejects(caller.call(COUNT, [50], { timeoutMs: 20 }), "session.timeout")
    assert.equal(await caller.call(COUNT, [1]), "done")
    assert.deepEqual([sent, aborted], [[], []])
  })

  it("has no parts of a result in the clear", async () => {
    const yields: Message[] = []
    hostile.rewrite = (_direction, message) => {
      if (message[0] === YIELD) yields.push(message)
      return message
    }
    await serve(openAutobahn)
    const caller = await join("caller", openAutobahn)
    await caller.call(COUNT, [3], { onProgress: () => undefined })
    const parts = yields.filter(([, , options]) => (options as Record<string, unknown>)["progress"] === true)
    assert.equal(parts.length, 3)
    for (const [, , options, args] of parts) {
      assert.equal((options as Record<string, unknown>)["ppt_cipher"], "xsalsa20poly1305")
      assert.ok((args as unknown[])[0] instanceof Uint8Array && (args as unknown[]).length === 1)
    }
  })
})

function dealerFeatures(welcome: Message): Record<string, unknown> {
  return (welcome[2] as { roles: { dealer: { features: Record<string, unknown> } } }).roles.dealer.features
}
