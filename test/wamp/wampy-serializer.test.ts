import { strict as assert } from "node:assert"
import { createRequire } from "node:module"
import type { AddressInfo } from "node:net"
import { Wampy } from "wampy"
import { JsonSerializer } from "wampy/JsonSerializer.js"
import { WebSocketServer, type WebSocket } from "ws"
import { cryptosign, sealing, wampy } from "../../src/wamp/wampy.ts"
import { tapOf, wrapSerializer, type Serializer } from "../../src/wamp/wampy-serializer.ts"
import { buildChain, party } from "../trust/chains.ts"

const [HELLO, WELCOME, ERROR, PUBLISH, SUBSCRIBE, UNSUBSCRIBE, CALL] = [1, 2, 8, 16, 32, 34, 48]
const [RESULT, REGISTER, UNREGISTER, INVOCATION] = [50, 64, 66, 68]
const REQUESTS = [PUBLISH, SUBSCRIBE, UNSUBSCRIBE, CALL, REGISTER, UNREGISTER]
const answerTo = (request: number, id: unknown): unknown[] =>
  request === CALL ? [RESULT, id, {}] : [request + 1, id, 7]
const NO_IDS = ["constructor", "__proto__", "1", null, undefined, {}, [], true, -1, 1.5, 2n ** 64n]

/** A serialiser whose wire is the message itself. */
const plain: Serializer = { protocol: "msgpack", isBinary: true, encode: (data) => data, decode: (data) => data }

describe("wamp: the guard before wampy", () => {
  let serializer: Serializer
  const refuses = (message: unknown): void =>
    assert.throws(
      () => serializer.decode(message),
      TypeError,
      JSON.stringify(message, (_, v) => String(v)),
    )

  beforeEach(() => {
    serializer = wrapSerializer(plain)
  })

  it("lets each request be answered once, by its own answer or its own error alone", () => {
    let id = 0
    for (const asked of REQUESTS)
      for (const other of REQUESTS) {
        serializer.encode([asked, ++id, { acknowledge: true }, "com.example.a"])
        if (other === asked) assert.deepEqual(serializer.decode(answerTo(asked, id)), answerTo(asked, id))
        else {
          refuses(answerTo(other, id))
          refuses([ERROR, other, id, {}, "com.example.error"])
          const error = [ERROR, asked, id, {}, "com.example.error"]
          assert.deepEqual(serializer.decode(error), error)
        }
        refuses(answerTo(asked, id))
        refuses([ERROR, asked, id, {}, "com.example.error"])
      }
  })

  it("refuses answers to nothing, but passes those to requests of before its time", () => {
    assert.ok(serializer.decode([RESULT, 4, {}]))
    serializer.encode([CALL, 5, {}, "com.example.a"])
    assert.ok(serializer.decode([RESULT, 3, {}]))
    refuses([RESULT, 6, {}])
    assert.ok(serializer.decode([RESULT, 5n, {}]))
  })

  it("passes parts of a result to who asked for parts alone", () => {
    serializer.encode([CALL, 1, {}, "com.example.a"])
    serializer.encode([CALL, 2, { receive_progress: true }, "com.example.a"])
    refuses([RESULT, 1, { progress: true }])
    assert.ok(serializer.decode([RESULT, 2, { progress: true }]))
    assert.ok(serializer.decode([RESULT, 2, {}]))
    refuses([RESULT, 2, { progress: true }])
  })

  it("refuses ids that are none", () => {
    for (const id of NO_IDS) {
      for (const asked of REQUESTS) {
        refuses(answerTo(asked, id))
        refuses([ERROR, asked, id, {}, "com.example.error"])
      }
      refuses([INVOCATION, id, 1, {}])
      refuses([INVOCATION, 1, id, {}])
      for (const asked of [SUBSCRIBE, REGISTER]) refuses([asked + 1, 1, id])
    }
  })

  it("welcomes once after each hello", () => {
    refuses([WELCOME, 1, {}])
    serializer.encode([HELLO, "realm1", {}])
    assert.ok(serializer.decode([WELCOME, 1, {}]))
    refuses([WELCOME, 1, {}])
  })

  it("goes around cryptosign, whose HELLO it sees and adds to", () => {
    const identity = { certificates: buildChain({ delegate: party("pump") }), csKey: party("pump").csKey }
    const hello = [HELLO, "realm1", { roles: { callee: { features: {} } } }]
    for (const inner of [plain, new JsonSerializer() as Serializer]) {
      const proving = cryptosign(identity, { serializer: sealing(inner) }).serializer as Serializer
      assert.ok(tapOf(proving) !== undefined)
      assert.equal(sealing(proving), proving)
      const written = proving.encode(hello)
      const [, , details] = (typeof written === "string" ? JSON.parse(written) : written) as [
        unknown,
        unknown,
        { authextra: { pubkey: string }; roles: { callee: { features: Record<string, unknown> } } },
      ]
      assert.equal(details.authextra.pubkey, party("pump").csPubKey.slice(2))
      assert.equal(details.roles.callee.features["call_canceling"], true)
      assert.throws(() => proving.decode(inner.encode([WELCOME, 1, { roles: {} }])), { code: "session.authentication" })
    }
    assert.equal(tapOf(cryptosign(identity, { serializer: plain }).serializer as Serializer), undefined)
  })

  it("keeps the process alive: the session ends instead, and what waited is refused", async () => {
    const attacks = (id: unknown): unknown[][] => [
      [[RESULT, id, {}]],
      [[RESULT, "constructor", {}]],
      [[35, id]],
      [[67, "__proto__"]],
      [
        [6, {}, "wamp.close.normal"],
        [WELCOME, 1, {}],
      ],
    ]
    const features = { features: { payload_passthru_mode: true } }
    for (const index of attacks(0).keys()) {
      const server = new WebSocketServer({ host: "127.0.0.1", port: 0, handleProtocols: () => "wamp.2.json" })
      server.on("connection", (socket: WebSocket) =>
        socket.on("message", (text: Buffer) => {
          const [type, id] = JSON.parse(String(text)) as unknown[]
          const roles = { broker: features, dealer: features }
          const answers = type === HELLO ? [[WELCOME, 1, { roles }]] : type === REGISTER ? attacks(id)[index] : []
          for (const answer of answers as unknown[]) socket.send(JSON.stringify(answer))
        }),
      )
      await new Promise((resolve) => server.once("listening", resolve))
      const { WebSocket: ws } = createRequire(import.meta.url)("ws") as { WebSocket: unknown }
      const options = { realm: "realm1", ws, serializer: new JsonSerializer(), autoReconnect: false }
      const client = new Wampy(`ws://127.0.0.1:${(server.address() as AddressInfo).port}/`, options as never)
      await client.connect()
      const unhandled: unknown[] = []
      const listeners = process.listeners("unhandledRejection")
      process.removeAllListeners("unhandledRejection")
      process.on("unhandledRejection", (error) => unhandled.push(error))
      try {
        const registered = wampy(client as never).register("com.example.a", "exact", () => Promise.reject(new Error()))
        await assert.rejects(registered, { code: "session.connection" })
        await new Promise((resolve) => setTimeout(resolve, 5))
      } finally {
        process.removeAllListeners("unhandledRejection")
        for (const listener of listeners) process.on("unhandledRejection", listener)
        await new Promise((resolve) => server.close(resolve))
      }
      assert.deepEqual(unhandled, [])
    }
  })
})
