import assert from "node:assert/strict"
import { setTimeout as pause } from "node:timers/promises"
import { Wampy } from "wampy"
import { CborSerializer } from "wampy/CborSerializer.js"
import { JsonSerializer } from "wampy/JsonSerializer.js"
import { MsgpackSerializer } from "wampy/MsgpackSerializer.js"
import { WebSocket } from "ws"
import { startRouter } from "../../src/router/index.ts"
import type { Router } from "../../src/router/index.ts"
import { startHostile } from "./hostile.ts"
import type { Hostile } from "./hostile.ts"

type Options = NonNullable<ConstructorParameters<typeof Wampy>[1]>
type Serializer = NonNullable<Options["serializer"]>

interface Received {
  details: Record<string, unknown>
  argsList?: unknown[]
  argsDict?: Record<string, unknown>
}

/** A handler under the type wampy has for it, which is stricter than wampy. */
function rpc(handler: (call: Received & { result_handler: (result: object) => void }) => unknown) {
  return handler as Parameters<Wampy["register"]>[1]
}

const SERIALIZERS: Record<string, new () => Serializer> = {
  json: JsonSerializer,
  msgpack: MsgpackSerializer,
  cbor: CborSerializer,
}

/** wampy's own serialiser, announcing what wampy can do but does not say. */
function announcing(Base: new () => Serializer): Serializer {
  const base = new Base()
  return {
    protocol: base.protocol,
    isBinary: base.isBinary,
    decode: (bytes) => base.decode(bytes),
    encode: (message) => {
      if (Array.isArray(message) && message[0] === 1) {
        for (const role of ["caller", "callee"]) {
          const { features } = message[2].roles[role]
          Object.assign(features, { progressive_call_invocations: true, call_canceling: true })
        }
      }
      return base.encode(message)
    },
  }
}

for (const [name, Base] of Object.entries(SERIALIZERS)) {
  describe(`router: wampy over ${name}`, () => {
    let router: Router
    let hostile: Hostile | undefined
    let clients: Wampy[]

    async function client(options: Partial<Options> = {}, url = router.url): Promise<Wampy> {
      const payloadSerializers = { cbor: new CborSerializer() }
      const wampy = new Wampy(url, {
        ws: WebSocket,
        realm: "com.example",
        serializer: new Base(),
        payloadSerializers,
        autoReconnect: false,
        ...options,
      } as Options)
      await wampy.connect()
      clients.push(wampy)
      return wampy
    }
    async function until(condition: () => boolean): Promise<void> {
      for (let i = 0; i < 200 && !condition(); i++) await pause(10)
      assert.ok(condition())
    }

    beforeEach(async () => {
      clients = []
      hostile = undefined
      router = await startRouter()
    })
    afterEach(async () => {
      await Promise.all(clients.map((one) => one.disconnect()))
      await hostile?.close()
      await router.close({ deadlineMs: 200 })
    })

    it("calls, with arguments and results of all kinds", async () => {
      const [caller, callee] = [await client(), await client()]
      await callee.register(
        "echo",
        rpc(({ argsList, argsDict }) => ({ argsList, argsDict })),
      )
      const payload = { argsList: [1, "é", null, true, [1.5, -7], { a: { b: 1 } }], argsDict: { x: "y" } }
      const { argsList, argsDict } = await caller.call("echo", payload)
      assert.deepEqual({ argsList, argsDict }, payload)
    })

    it("gets the callee's error, and the router's", async () => {
      const [caller, callee] = [await client(), await client()]
      await callee.register("fails", () => {
        throw Object.assign(new Error("no"), { error: "com.example.error", argsList: [1], argsDict: { k: 2 } })
      })
      await assert.rejects(
        async () => caller.call("fails"),
        (error: Record<string, unknown>) => {
          assert.deepEqual(
            [error["errorUri"], error["argsList"], error["argsDict"]],
            ["com.example.error", [1], { k: 2 }],
          )
          return true
        },
      )
      await assert.rejects(async () => caller.call("nobody"), { errorUri: "wamp.error.no_such_procedure" })
    })

    it("gets progressive results in order", async () => {
      const [caller, callee] = [await client(), await client()]
      await callee.register("counts", async ({ result_handler }: { result_handler: (result: object) => void }) => {
        for (let i = 1; i <= 5; i++) result_handler({ argsList: [i], options: { progress: true } })
        return { argsList: ["end"] }
      })
      const parts: unknown[] = []
      const progress_callback = ({ argsList }: Received) => void parts.push(argsList?.[0])
      const result = await caller.call("counts", null, { progress_callback })
      assert.deepEqual([parts, result.argsList], [[1, 2, 3, 4, 5], ["end"]])
    })

    it("sends progressive invocations, once they are announced", async () => {
      const [caller, callee] = [
        await client({ serializer: announcing(Base) }),
        await client({ serializer: announcing(Base) }),
      ]
      const parts: unknown[] = []
      await callee.register(
        "collects",
        rpc(({ argsList, details }) => {
          parts.push(argsList?.[0])
          // wampy yields once for every part; all but the last are progressive results.
          return details["progress"] ? { options: { progress: true } } : { argsList: [parts.length] }
        }),
      )
      const call = caller.progressiveCall("collects", ["a"], { progress_callback: () => {} })
      call.sendData(["b"])
      call.sendData(["c"], { progress: false })
      assert.deepEqual([(await call.result).argsList, parts], [[3], ["a", "b", "c"]])
    })

    it("cancels, and lives on when the late answer comes", async () => {
      const [caller, callee] = [await client(), await client()]
      await callee.register("slow", async () => {
        await pause(50)
        return { argsList: ["late"] }
      })
      for (const mode of ["skip", "kill", "killnowait"] as const) {
        const call = caller.call("slow")
        caller.cancel(caller.getOpStatus().reqId ?? 0, { mode })
        await assert.rejects(async () => call, { errorUri: "wamp.error.canceled" })
      }
      await pause(80)
      assert.deepEqual((await caller.call("slow")).argsList, ["late"])
    })

    it("gets a timeout from the router", async () => {
      const [caller, callee] = [await client(), await client()]
      await callee.register("never", () => pause(1_000))
      await assert.rejects(async () => caller.call("never", null, { timeout: 30 }), { errorUri: "wamp.error.timeout" })
    })

    it("publishes with acknowledgement to exact, prefix and wildcard subscribers", async () => {
      const [publisher, subscriber] = [await client(), await client()]
      const events: [string, unknown, unknown][] = []
      for (const [topic, match] of [
        ["a.b.c", "exact"],
        ["a.b", "prefix"],
        ["a..c", "wildcard"],
      ] as const) {
        const listen = ({ argsList, details }: Received) => void events.push([match, details["topic"], argsList?.[0]])
        await subscriber.subscribe(topic, listen, { match })
      }
      const { publicationId } = await publisher.publish("a.b.c", [1])
      assert.ok(publicationId)
      await publisher.publish("a.x.c", [2])
      await until(() => events.length === 4)
      assert.deepEqual(events.sort(), [
        ["exact", undefined, 1],
        ["prefix", "a.b.c", 1],
        ["wildcard", "a.b.c", 1],
        ["wildcard", "a.x.c", 2],
      ])
    })

    it("is told of a callee that is gone", async () => {
      const [caller, callee] = [await client(), await client()]
      await callee.register("leaves", () => pause(1_000))
      const call = caller.call("leaves")
      const rejected = assert.rejects(async () => call, { errorUri: "wamp.error.canceled" })
      await pause(30)
      await callee.disconnect()
      await rejected
      await assert.rejects(async () => caller.call("leaves"), { errorUri: "wamp.error.no_such_procedure" })
    })

    it("reconnects after its connection was cut, goes on counting requests, and registers anew", async () => {
      hostile = await startHostile(router.url)
      const callee = await client({ autoReconnect: true, reconnectInterval: 20 }, hostile.url)
      const caller = await client()
      await callee.register(
        "echo",
        rpc(({ argsList }) => ({ argsList })),
      )
      hostile.cut()
      await until(() => router.sessions === 1)
      await until(() => router.sessions === 2)
      await pause(50)
      assert.deepEqual((await caller.call("echo", [1])).argsList, [1])
    })

    it("closes with the router, by GOODBYE, and does not reconnect", async () => {
      const wampy = await client({ autoReconnect: true, reconnectInterval: 10 })
      const started = performance.now()
      await router.close({ deadlineMs: 5_000 })
      assert.ok(performance.now() - started < 1_000)
      await until(() => wampy.getSessionId() === null || wampy.getSessionId() === undefined)
    })

    if (name !== "json") {
      it("passes sealed payloads through, with their attributes", async () => {
        const [caller, callee] = [await client(), await client()]
        const ppt = { ppt_scheme: "wamp", ppt_serializer: "cbor", ppt_cipher: "xsalsa20poly1305", ppt_keyid: "0x1" }
        const seen: Record<string, unknown>[] = []
        const bytes = new Uint8Array([0, 1, 255])
        await callee.register(
          "sealed",
          rpc(({ argsList, details }) => {
            seen.push(details)
            return { argsList, options: ppt }
          }),
        )
        await callee.subscribe("topic", ({ argsList, details }: Received) => void seen.push({ ...details, argsList }))
        const result = await caller.call("sealed", [bytes], ppt)
        assert.deepEqual(Uint8Array.from(result.argsList?.[0] as Uint8Array), bytes)
        await caller.publish("topic", ["x"], ppt)
        await until(() => seen.length === 2)
        assert.deepEqual([seen[0], result.details, seen[1]], [ppt, ppt, { ...ppt, argsList: ["x"] }])
      })
    }
  })
}
