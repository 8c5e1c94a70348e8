import { strict as assert } from "node:assert"
import type { AddressInfo } from "node:net"
import { WebSocketServer, type WebSocket } from "ws"
import { SERIALIZERS } from "../../src/core/wire/serializers.ts"
import { startRouter, type Router } from "../../src/router/index.ts"
import {
  WampError,
  type CallOptions,
  type Connection,
  type Incoming,
  type Invocation,
  type Payload,
} from "../../src/session/connection.ts"
import { autobahn, serializers, type SerializerName } from "../../src/wamp/autobahn.ts"
import { refuses, rejects } from "../arbitrary.ts"
import { startHostile, type Hostile, type Message, type Rewrite } from "../router/hostile.ts"
import { autobahnClient, closed, openAutobahn, opened, until, type Autobahn } from "../world.ts"

const [HELLO, WELCOME, GOODBYE, ERROR, EVENT, CALL, RESULT] = [1, 2, 6, 8, 36, 48, 50]
const [REGISTER, REGISTERED, UNREGISTERED, INVOCATION, YIELD] = [64, 65, 67, 68, 70]
const NAMES: readonly SerializerName[] = ["json", "msgpack", "cbor"]
const ECHO = "com.example.echo"
const NEWS = "com.example.news"
const pass: Rewrite = (_direction, message) => message

const ATTRIBUTES = {
  ppt_scheme: "wamp",
  ppt_serializer: "cbor",
  ppt_cipher: "xsalsa20poly1305",
  ppt_keyid: "0xc0ffee254729296a45a3885639AC7E10F9d54979",
}
const sealed = (...bytes: number[]): Payload => ({
  sealed: true,
  attributes: ATTRIBUTES,
  payload: Uint8Array.from(bytes),
})
const soon: CallOptions = { timeoutMs: 2_000 }
const echo = async ({ payload }: Incoming): Promise<Payload> => payload

describe("wamp: the connection over autobahn", function () {
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
    hostile.rewrite = pass
    for (const close of closing.splice(0).toReversed()) await close()
    await hostile.close()
  })
  after(() => router.close())

  async function join(name: SerializerName = "msgpack", url = hostile.url) {
    const session = await openAutobahn(url, name)
    closing.push(() => session.close())
    return session
  }
  /** The next session of a client that lost its present one. */
  const nextSession = (client: Autobahn): Promise<void> =>
    new Promise((resolve) => {
      client.onopen = () => resolve()
    })

  describe("one session", () => {
    for (const name of NAMES) {
      it(`carries attributes and bytes of calls, results, errors and events over ${name}`, async () => {
        const [callee, caller] = [await join(name), await join(name)]
        await callee.connection.register(ECHO, "exact", echo)
        assert.deepEqual(await caller.connection.call(ECHO, sealed(0, 1, 255), soon), sealed(0, 1, 255))
        await callee.connection.register("com.example.fail", "exact", () =>
          Promise.reject(new WampError("com.example.error.dry", sealed(7, 8))),
        )
        await assert.rejects(caller.connection.call("com.example.fail", sealed(1), soon), (error: WampError) => {
          assert.deepEqual([error.uri, error.payload], ["com.example.error.dry", sealed(7, 8)])
          return true
        })
        const events: Incoming[] = []
        await callee.connection.subscribe(NEWS, "exact", (event) => events.push(event))
        await caller.connection.publish(NEWS, sealed(9))
        await until(() => events.length === 1)
        assert.deepEqual(events, [{ payload: sealed(9), uri: NEWS }])
        assert.deepEqual([...callee.errors, ...caller.errors], [])
      })
    }

    it("says nothing but its own words of a handler that fails", async () => {
      const { connection } = await join()
      await connection.register(ECHO, "exact", () => Promise.reject(new Error("the secret reason")))
      await assert.rejects(connection.call(ECHO, sealed(1), soon), (error: WampError) => {
        assert.deepEqual(
          [error.uri, error.payload],
          ["wamp.error.runtime_error", { sealed: false, args: [], kwargs: {} }],
        )
        return true
      })
    })

    it("tells the router's refusals apart from failures of the connection", async () => {
      const { connection } = await join()
      await assert.rejects(connection.call("com.example.nobody", sealed(1), soon), {
        uri: "wamp.error.no_such_procedure",
      })
      await connection.register(ECHO, "exact", echo)
      await assert.rejects(connection.register(ECHO, "exact", echo), { uri: "wamp.error.procedure_already_exists" })
      await assert.rejects(
        connection.subscribe("com..example", "exact", () => undefined),
        { uri: "wamp.error.invalid_uri" },
      )
      await assert.rejects(connection.publish("com..example", sealed(1)), { uri: "wamp.error.invalid_uri" })
    })

    it("tells concrete URIs of patterns, and spreads calls of a shared registration", async () => {
      const [a, b, caller] = [await join(), await join(), await join()]
      const seen: unknown[] = []
      for (const [name, { connection }] of Object.entries({ a, b }))
        await connection.register(
          "com.example.shared",
          "prefix",
          async ({ uri, payload }) => {
            seen.push([name, uri])
            return payload
          },
          { invoke: "roundrobin" },
        )
      for (const end of ["x", "y"]) await caller.connection.call(`com.example.shared.${end}`, sealed(1), soon)
      assert.deepEqual(seen.toSorted(), [
        ["a", "com.example.shared.x"],
        ["b", "com.example.shared.y"],
      ])
      const topics: unknown[] = []
      await a.connection.subscribe("com..news", "wildcard", ({ uri }) => topics.push(uri))
      await caller.connection.publish(NEWS, sealed(1))
      await until(() => topics.length === 1)
      assert.deepEqual(topics, [NEWS])
    })

    it("serves several handlers of one topic, and ends each alone", async () => {
      const [reader, writer] = [await join(), await join()]
      const seen: string[] = []
      const handle = (name: string) => () => void seen.push(name)
      const ends = [
        await reader.connection.subscribe(NEWS, "exact", handle("a")),
        await reader.connection.subscribe(NEWS, "exact", handle("b")),
      ]
      await reader.client.session.subscribe(NEWS, handle("plain"))
      await writer.connection.publish(NEWS, sealed(1))
      await until(() => seen.length === 3)
      assert.deepEqual(seen.splice(0), ["a", "b", "plain"])
      await ends[0]!()
      await writer.connection.publish(NEWS, sealed(2))
      await until(() => seen.length === 2)
      assert.deepEqual(seen.splice(0), ["b", "plain"])
      await ends[0]!()
      await ends[1]!()
      await writer.connection.publish(NEWS, sealed(3))
      await until(() => seen.length === 1)
    })

    it("ends registrations, and calls at their deadline and on cancellation", async () => {
      const { connection } = await join()
      let aborted = 0
      const never = (invocation: Invocation): Promise<Payload> => {
        invocation.signal.addEventListener("abort", () => aborted++)
        return new Promise(() => undefined)
      }
      const end = await connection.register(ECHO, "exact", never)
      await rejects(connection.call(ECHO, sealed(1), { timeoutMs: 50 }), "session.timeout")
      await until(() => aborted === 1)
      const abort = new AbortController()
      const call = connection.call(ECHO, sealed(1), { timeoutMs: 2_000, signal: abort.signal })
      setTimeout(() => abort.abort(), 30)
      await rejects(call, "session.cancelled")
      await until(() => aborted === 2)
      await rejects(
        connection.call(ECHO, sealed(1), { timeoutMs: 2_000, signal: AbortSignal.abort() }),
        "session.cancelled",
      )
      await end()
      await assert.rejects(connection.call(ECHO, sealed(1), soon), { uri: "wamp.error.no_such_procedure" })
      assert.equal(aborted, 2, "what was cancelled before it was sent is not sent")
    })

    it("passes over late answers of a router that knows no cancelling", async () => {
      hostile.rewrite = (_direction, message) => {
        if (message[0] === WELCOME) delete featuresOf(message, "dealer")["call_canceling"]
        return message
      }
      const { client, connection, errors } = await join()
      const { session } = client
      let answer = (_payload: Payload): void => undefined
      let sendPart: Invocation["sendPart"]
      await connection.register(ECHO, "exact", (invocation) => {
        sendPart = invocation.sendPart
        return new Promise((resolve) => (answer = resolve))
      })
      const parts: Payload[] = []
      const onPart = (part: Payload): void => void parts.push(part)
      await rejects(connection.call(ECHO, sealed(1), { timeoutMs: 50, onPart }), "session.timeout")
      sendPart?.(sealed(2))
      answer(sealed(1))
      await connection.register("com.example.other", "exact", echo)
      assert.deepEqual(await connection.call("com.example.other", sealed(2), soon), sealed(2))
      assert.deepEqual([client.session === session, errors, parts], [true, [], []])
    })

    it("publishes with the broker's options, always acknowledged, and refuses what cannot be written", async () => {
      const { client, connection } = await join()
      const seen: Incoming[] = []
      await connection.subscribe(NEWS, "exact", (event) => seen.push(event))
      await connection.publish(NEWS, sealed(1), { options: { exclude_me: false, acknowledge: false } })
      await until(() => seen.length === 1)
      await connection.publish(NEWS, sealed(2), { options: { exclude_me: false, exclude: [client.session.id] } })
      await connection.publish(NEWS, sealed(3), { options: { exclude_me: false } })
      await until(() => seen.length === 2)
      assert.deepEqual(seen[1]!.payload, sealed(3))
      for (const bad of [() => 1, Symbol("a"), NaN, "\0x", new Date(), 2n ** 64n])
        await rejects(connection.publish(NEWS, sealed(1), { options: { x_own: bad } }), "usage.invalid")
    })
  })

  describe("the application's own traffic", () => {
    for (const name of NAMES) {
      it(`is what it is without us, over ${name}`, async () => {
        const { client, connection, errors } = await join(name)
        await connection.register(ECHO, "exact", echo)
        const { session } = client
        const args = ["text", 21.5, 2 ** 40, null, true, { nested: [1, { deep: "x" }] }]
        await session.register("org.plain.args", (given, kwargs) => [given, kwargs])
        assert.deepEqual(await session.call("org.plain.args", args, { unit: "bar" }), [args, { unit: "bar" }])
        await session.register("org.plain.none", () => undefined)
        assert.equal(await session.call("org.plain.none"), null)
        await session.register("org.plain.bytes", ([bytes]) => bytes)
        assert.deepEqual(await session.call("org.plain.bytes", [Uint8Array.of(1, 2)]), Uint8Array.of(1, 2))
        await session.register("org.plain.fail", () => {
          throw "plain reason"
        })
        await assert.rejects(session.call("org.plain.fail"), (error: { error: string; args: unknown[] }) => {
          assert.deepEqual([error.error, error.args], ["wamp.error.runtime_error", ["plain reason"]])
          return true
        })
        assert.deepEqual(errors.splice(0), ["plain reason"])
        const seen: unknown[] = []
        const subscription = await session.subscribe("org.plain.news", (given, kwargs) => seen.push([given, kwargs]))
        await session.publish("org.plain.news", [1], { a: 2 }, { exclude_me: false, acknowledge: true })
        void session.publish("org.plain.news", [3], {}, { exclude_me: false })
        await until(() => seen.length === 2)
        assert.deepEqual(seen, [
          [[1], { a: 2 }],
          [[3], {}],
        ])
        assert.equal(await session.unsubscribe(subscription as never), true)
        assert.deepEqual(await connection.call(ECHO, sealed(1), soon), sealed(1))
        assert.deepEqual(errors, [])
      })
    }

    it("may be cancelled without breaking the session that both share", async () => {
      const { client, connection, errors } = await join()
      const { session } = client
      await session.register("org.plain.never", () => new Promise(() => undefined))
      const call = session.call("org.plain.never")
      call.cancel()
      await assert.rejects(call, { error: "Cancelled" })
      await connection.register(ECHO, "exact", echo)
      assert.deepEqual(await connection.call(ECHO, sealed(1), soon), sealed(1))
      assert.deepEqual([client.session === session, errors], [true, []])
    })
  })

  describe("what is passed in", () => {
    it("must be a client whose session is open, with serialisers of ours", async () => {
      const { client } = autobahnClient(hostile.url)
      assert.match(refuses(() => autobahn(client), "usage.invalid").message, /onopen/)
      const own = autobahnClient(hostile.url, { serializers: undefined }).client
      await opened(own)
      closing.push(() => closed(own))
      assert.match(refuses(() => autobahn(own), "usage.invalid").message, /serializers: serializers\(\)/)
      await opened(client)
      closing.push(() => closed(client))
      assert.equal(await autobahn(client).carriage, "passthru")
      assert.equal(await autobahn(client, { carriage: "in-band" }).carriage, "in-band")
    })

    it("may be used from the client's first onopen", async () => {
      const { client } = autobahnClient(hostile.url, { serializers: serializers("cbor", "json") })
      const connection = await new Promise<Connection>((resolve) => {
        client.onopen = () => resolve(autobahn(client))
        client.open()
      })
      closing.push(() => closed(client))
      await connection.register(ECHO, "exact", echo)
      assert.deepEqual(await connection.call(ECHO, sealed(1), soon), sealed(1))
    })
  })

  describe("one session after another", () => {
    it("ends calls under way, waits for the next session with new ones, and registers and subscribes again", async () => {
      const { client, connection, errors } = await join()
      const events: unknown[] = []
      const invocations: Invocation[] = []
      await connection.register(ECHO, "exact", echo)
      await connection.register("com.example.never", "exact", (invocation) => {
        invocations.push(invocation)
        return new Promise(() => undefined)
      })
      await connection.subscribe("com.example.", "prefix", ({ uri }) => events.push(uri))
      const lost = connection.call("com.example.never", sealed(1), soon)
      await until(() => invocations.length === 1)
      hostile.cut()
      await rejects(lost, "session.connection")
      assert.equal(invocations[0]!.signal.aborted, true)
      assert.equal(client.isOpen, false)
      assert.deepEqual(await connection.call(ECHO, sealed(2), soon), sealed(2))
      const writer = await join()
      await writer.connection.publish(NEWS, sealed(3))
      await until(() => events.length === 1)
      assert.deepEqual([events, errors], [[NEWS], []])
    })

    it("survives a router that stops and starts again, told of nothing", async () => {
      let own = await startRouter()
      const { port, url } = own
      const [callee, caller] = [await join("cbor", url), await join("json", url)]
      const events: unknown[] = []
      await callee.connection.register(ECHO, "exact", echo)
      await callee.connection.subscribe(NEWS, "exact", ({ payload }) => events.push(payload))
      for (let round = 1; round <= 3; round++) {
        const began = performance.now()
        await own.close()
        assert.ok(performance.now() - began < 1_500, "the router need not cut the clients off: they say goodbye")
        const call = caller.connection.call(ECHO, sealed(round), { timeoutMs: 5_000 })
        own = await startRouter({ port })
        // Callee and caller come back in any order: until the callee is back, there is no such procedure.
        const answer = call.catch(() => untilAnswered(() => caller.connection.call(ECHO, sealed(round), soon)))
        assert.deepEqual(await answer, sealed(round))
        await untilAnswered(async () => {
          await caller.connection.publish(NEWS, sealed(round))
          await until(() => events.length > 0, 100)
          return events[0] as Payload
        })
        assert.deepEqual(events.splice(0)[0], sealed(round))
      }
      for (const close of closing.splice(0)) await close()
      await own.close()
    })

    it("sends no late answer into the next session", async () => {
      const { connection, client } = await join()
      const yields: Message[] = []
      let answer = (_payload: Payload): void => undefined
      await connection.register(ECHO, "exact", () => new Promise((resolve) => (answer = resolve)))
      const call = connection.call(ECHO, sealed(1), soon)
      await new Promise((resolve) => setTimeout(resolve, 50))
      const next = nextSession(client)
      hostile.cut()
      await rejects(call, "session.connection")
      await next
      hostile.rewrite = (_direction, message) => {
        if (message[0] === YIELD) yields.push(message)
        return message
      }
      answer(sealed(1))
      await untilAnswered(() => connection.call("com.example.nobody", sealed(1), soon).catch(() => sealed()))
      assert.deepEqual(yields, [])
    })

    for (const whose of ["ours", "the application's"]) {
      it(`keeps a late answer, ${whose}, from ending an invocation of the next session`, async () => {
        const { connection, client } = await join()
        const { session } = client
        let answerLate = (): void => undefined
        const late = <T>(value: T) => new Promise<T>((resolve) => (answerLate = () => resolve(value)))
        if (whose === "ours") await connection.register("com.example.late", "exact", () => late(sealed(1)))
        else await session.register("com.example.late", () => late(1))
        let aborted = 0
        await connection.register("com.example.never", "exact", ({ signal }) => {
          signal.addEventListener("abort", () => aborted++)
          return new Promise(() => undefined)
        })
        void session.call("com.example.late")
        await new Promise((resolve) => setTimeout(resolve, 50))
        const next = nextSession(client)
        hostile.cut()
        await next
        const abort = new AbortController()
        const call = connection.call("com.example.never", sealed(1), { timeoutMs: 2_000, signal: abort.signal })
        await new Promise((resolve) => setTimeout(resolve, 50))
        answerLate() // Both were invocation 1 of their session.
        await new Promise((resolve) => setTimeout(resolve, 20))
        abort.abort()
        await rejects(call, "session.cancelled")
        await until(() => aborted === 1)
      })
    }

    it("waits for a session no longer than asked, and not at all for a client that is closed", async () => {
      const { client, connection } = await join()
      hostile.rewrite = (_direction, message) => (message[0] === HELLO ? null : message)
      hostile.cut()
      await until(() => !client.isOpen)
      const began = performance.now()
      await rejects(connection.call(ECHO, sealed(1), { timeoutMs: 60 }), "session.timeout")
      assert.ok(performance.now() - began >= 55)
      await rejects(connection.publish(NEWS, sealed(1), { timeoutMs: 20 }), "session.timeout")
      hostile.rewrite = pass
      hostile.cut()
      await nextSession(client)
      client.close()
      const meanwhile = connection.call(ECHO, sealed(1), { timeoutMs: 5_000 })
      await rejects(meanwhile, "session.connection")
      assert.equal(client.isConnected, false)
      await rejects(connection.call(ECHO, sealed(1), soon), "session.connection")
      await rejects(connection.register(ECHO, "exact", echo), "session.connection")
      const again = nextSession(client)
      client.open()
      await again
      await connection.register(ECHO, "exact", echo)
      assert.deepEqual(await connection.call(ECHO, sealed(2), soon), sealed(2))
    })

    it("tells what a router does not give back, and asks no more", async () => {
      const [first, second] = [await join(), await join()]
      const lost: unknown[] = []
      await first.connection.register(ECHO, "exact", echo, { lost: (error) => lost.push(error) })
      hostile.links[0]!.cut()
      await second.connection.register(ECHO, "exact", async () => sealed(2))
      await until(() => lost.length === 1)
      assert.equal((lost[0] as WampError).uri, "wamp.error.procedure_already_exists")
      hostile.links.at(-1)!.cut()
      await new Promise((resolve) => setTimeout(resolve, 200))
      assert.equal(lost.length, 1)
    })

    it("tells what a router takes back", async () => {
      const { connection } = await join()
      const lost: unknown[] = []
      let registered: unknown
      hostile.rewrite = (_direction, message) => {
        if (message[0] === REGISTERED) registered = message[2]
        return message
      }
      const end = await connection.register(ECHO, "exact", echo, { lost: (error) => lost.push(error) })
      hostile.links[0]!.send("toClient", [UNREGISTERED, 0, { registration: registered, reason: "wamp.error.own" }])
      await until(() => lost.length === 1)
      assert.equal((lost[0] as WampError).uri, "wamp.error.own")
      await end()
    })

    it("leaves the application's onclose alone, whenever it is set, and what it says", async () => {
      const { client, connection } = await join()
      await connection.register(ECHO, "exact", echo)
      const told: unknown[] = []
      const onclose = (reason: string): boolean => {
        told.push(reason)
        return true // Stops the client from coming back.
      }
      client.onclose = onclose
      assert.equal(client.onclose, onclose)
      await connection.register("com.example.never", "exact", () => new Promise(() => undefined))
      const call = connection.call("com.example.never", sealed(1), { timeoutMs: 5_000 })
      hostile.cut()
      await rejects(call, "session.connection")
      await until(() => told.length === 1)
      await new Promise((resolve) => setTimeout(resolve, 100))
      assert.deepEqual([client.isConnected, hostile.links.length], [false, 1])
      await rejects(connection.call(ECHO, sealed(1), soon), "session.connection")
    })

    it("goes in-band or by passthru as each session's router announces", async () => {
      const strip: Rewrite = (_direction, message) => {
        if (message[0] === WELCOME) delete featuresOf(message, "broker")["payload_passthru_mode"]
        return message
      }
      const attributes: boolean[] = []
      const [callee, caller] = [await join("json"), await join("cbor")]
      await callee.connection.register(ECHO, "exact", echo)
      const watching =
        (rewrite: Rewrite): Rewrite =>
        (direction, message, link) => {
          if (message[0] === CALL) attributes.push("ppt_scheme" in (message[2] as object))
          return rewrite(direction, message, link)
        }
      for (const [rewrite, carriage] of [
        [strip, "in-band"],
        [pass, "passthru"],
      ] as const) {
        hostile.rewrite = watching(rewrite)
        const next = Promise.all([nextSession(callee.client), nextSession(caller.client)])
        hostile.cut()
        await next
        assert.equal(await caller.connection.carriage, carriage)
        const answer = await untilAnswered(() => caller.connection.call(ECHO, sealed(3), soon))
        assert.deepEqual(answer, sealed(3))
        assert.ok(attributes.length > 0 && attributes.splice(0).every((has) => has === (carriage === "passthru")))
      }
    })
  })

  describe("a hostile router", () => {
    it("is left before there is an adapter, too, and tried again", async () => {
      let welcomes = 0
      hostile.rewrite = (_direction, message) =>
        message[0] === WELCOME && ++welcomes < 3 ? [WELCOME, 7, [null, {}][welcomes - 1]] : message
      const { client, connection } = await join()
      assert.deepEqual([welcomes, client.isOpen, await connection.carriage], [3, true, "passthru"])
    })

    for (const name of NAMES) {
      it(`ends neither the process nor what comes after, over ${name}`, async () => {
        const ill: readonly unknown[][] = [
          [RESULT, 1, {}],
          [RESULT, "constructor", {}],
          [RESULT, 1, { progress: true }],
          [EVENT, 5, 1, {}],
          [EVENT, "constructor", 1, null],
          [ERROR, "__defineGetter__", 1, {}],
          [ERROR, CALL, 1, {}],
          [INVOCATION, 1, 99, {}],
          [INVOCATION, 1, { toString: 1 }, {}],
          [GOODBYE, null, "wamp.close.killed"],
          [UNREGISTERED, 0],
          [WELCOME, 2, null],
          ["valueOf"],
          ["constructor", 1],
          [-1],
          [],
        ]
        const server = new WebSocketServer({ host: "127.0.0.1", port: 0, handleProtocols: () => `wamp.2.${name}` })
        const wire = SERIALIZERS[name]
        let sessions = 0
        server.on("connection", (socket: WebSocket) => {
          const send = (message: unknown): void => socket.send(wire.encode(message), { binary: wire.binary })
          const attack = ill[sessions++]
          socket.on("message", (frame: Buffer) => {
            const [type, id] = wire.decode(frame, { depth: 16, items: 1_000 }) as unknown[]
            if (type === HELLO) send([WELCOME, 1, { roles: { broker: {}, dealer: {} } }])
            if (type !== REGISTER) return
            if (attack !== undefined) send(attack)
            else if (sessions === ill.length + 1) socket.send("no message at all", { binary: !wire.binary })
            else if (sessions === ill.length + 2) socket.send("no message at all", { binary: wire.binary })
            else send([REGISTERED, id, 1])
          })
        })
        await new Promise((resolve) => server.once("listening", resolve))
        const unhandled: unknown[] = []
        const note = (error: unknown): void => void unhandled.push(error)
        process.on("unhandledRejection", note)
        process.on("uncaughtExceptionMonitor", note)
        try {
          const { client, connection, errors } = await join(
            name,
            `ws://127.0.0.1:${(server.address() as AddressInfo).port}/`,
          )
          // In each session it asks for this, is attacked, and comes back, until the last one answers.
          const registered = untilAnswered(async () => {
            await connection.register(ECHO, "exact", echo)
            return sealed()
          })
          await registered
          await new Promise((resolve) => setTimeout(resolve, 20))
          assert.equal(sessions, ill.length + 3)
          assert.equal(client.isOpen, true)
          assert.deepEqual(errors, [], "the client itself saw nothing wrong")
        } finally {
          process.off("unhandledRejection", note)
          process.off("uncaughtExceptionMonitor", note)
          server.close()
          for (const socket of server.clients) socket.terminate()
        }
        assert.deepEqual(unhandled, [])
      })
    }
  })
})

type Features = Record<string, unknown>

function featuresOf(welcome: Message, role: "broker" | "dealer"): Features {
  return (welcome[2] as { roles: Record<typeof role, { features: Features }> }).roles[role].features
}

/** Asks again until it is answered: a session may be lost meanwhile, or the other side not be back yet. */
async function untilAnswered(ask: () => Promise<Payload>): Promise<Payload> {
  for (let i = 0; ; i++) {
    const answer = await ask().catch((error: unknown) => {
      if (i === 100) throw error
    })
    if (answer !== undefined) return answer
    await new Promise((resolve) => setTimeout(resolve, 10))
  }
}
