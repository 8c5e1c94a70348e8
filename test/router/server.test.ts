import assert from "node:assert/strict"
import { isUtf8 } from "node:buffer"
import { connect } from "node:net"
import { setTimeout as pause } from "node:timers/promises"
import * as fc from "fast-check"
import { WebSocket } from "ws"
import { isE2eeError } from "../../src/core/errors.ts"
import { startRouter } from "../../src/router/index.ts"
import type { Router, RouterEvent, RouterOptions, Verdict } from "../../src/router/index.ts"
import { RawClient, roles } from "./client.ts"

const names = ["json", "msgpack", "cbor"] as const

describe("router: over sockets", () => {
  let router: Router
  let events: RouterEvent[]
  let rejections: unknown[]
  const rejected = (error: unknown) => rejections.push(error)

  async function start(options: RouterOptions = {}): Promise<void> {
    events = []
    router = await startRouter({ log: (event) => events.push(event), ...options })
  }
  async function until(condition: () => boolean): Promise<void> {
    for (let i = 0; i < 200 && !condition(); i++) await pause(10)
    assert.ok(condition())
  }
  /** The HTTP status with which an upgrade is refused. */
  function refusal(protocols: string[], headers = {}): Promise<number> {
    return new Promise((resolve, reject) => {
      const socket = new WebSocket(router.url, protocols, { headers })
      socket.on("unexpected-response", (_request, response) => resolve(response.statusCode ?? 0))
      socket.on("open", () => reject(new Error("it was let in")))
      socket.on("error", () => {})
    })
  }

  beforeEach(() => {
    rejections = []
    process.on("unhandledRejection", rejected)
  })
  afterEach(async () => {
    await router.close({ deadlineMs: 20 })
    process.off("unhandledRejection", rejected)
    assert.deepEqual(rejections, [])
    assert.deepEqual(
      events.filter(({ event }) => event === "fault"),
      [],
    )
  })

  for (const name of names) {
    it(`${name}: joins, calls across serialisations, says goodbye`, async () => {
      await start()
      const [a, b] = [await RawClient.join(router.url, name), await RawClient.join(router.url, "cbor")]
      assert.equal(router.sessions, 2)
      await b.ask(64, 1, {}, "a.p")
      const payload = [[new Uint8Array([0, 255]), 2 ** 40, "é", null, { k: [1.5] }], { kw: true }]
      a.send(48, 1, { ppt_scheme: "wamp", ppt_keyid: "0x1" }, "a.p", ...payload)
      const details = { ppt_scheme: "wamp", ppt_keyid: "0x1" }
      assert.deepEqual(await b.next(), [68, 1, 1, details, ...payload])
      b.send(70, 1, details, ...payload)
      assert.deepEqual(await a.next(), [50, 1, details, ...payload])
      assert.deepEqual(await a.ask(6, {}, "wamp.close.close_realm"), [6, {}, "wamp.close.goodbye_and_out"])
      assert.equal(await a.closed, 1000)
      assert.equal(router.sessions, 1)
    })

    it(`${name}: aborts on bytes that are no message, and on a frame of the wrong type`, async () => {
      await start()
      const bad = await RawClient.join(router.url, name)
      bad.sendRaw(Uint8Array.from([0x7b, 0x00, 0x7b]), name !== "json")
      await bad.aborted()
      const wrong = await RawClient.join(router.url, name)
      wrong.sendRaw(Buffer.from("[]"), name === "json")
      await wrong.aborted()
      const shape = await RawClient.join(router.url, name)
      shape.send(48, 1, {})
      await shape.aborted()
      await until(() => router.sessions === 0)
    })

    it(`${name}: survives any frame`, async () => {
      await start()
      await fc.assert(
        fc.asyncProperty(fc.uint8Array({ maxLength: 40 }), async (bytes) => {
          const client = new RawClient(router.url, name)
          await client.opened()
          // WebSocket itself refuses a text frame that is no UTF-8.
          const isText = name !== "json" || isUtf8(bytes)
          client.sendRaw(bytes, name !== "json")
          if (isText) await client.aborted()
          else assert.equal(await client.closed, 1007)
        }),
        { numRuns: 30 },
      )
      await RawClient.join(router.url, name)
    })
  }

  it("announces passthru and its other features as broker and dealer", async () => {
    await start()
    const client = new RawClient(router.url)
    await client.opened()
    const [, id, details] = (await client.ask(1, "realm1", roles())) as [number, number, Record<string, unknown>]
    assert.ok(Number.isSafeInteger(id) && id > 0)
    assert.equal(details["authmethod"], "anonymous")
    const { broker, dealer } = details["roles"] as Record<string, { features: Record<string, boolean> }>
    for (const role of [broker, dealer]) assert.equal(role?.features["payload_passthru_mode"], true)
    for (const feature of ["call_canceling", "progressive_call_results", "progressive_call_invocations"]) {
      assert.equal(dealer?.features[feature], true)
    }
  })

  it("keeps realms apart", async () => {
    await start()
    const a = await RawClient.join(router.url, "json", undefined, "realm1")
    const b = await RawClient.join(router.url, "json", undefined, "realm2")
    await a.ask(64, 1, {}, "p")
    assert.equal((await b.ask(48, 1, {}, "p"))[4], "wamp.error.no_such_procedure")
  })

  it("lets into listed realms alone", async () => {
    await start({ realms: ["realm1"] })
    await RawClient.join(router.url)
    const other = new RawClient(router.url)
    await other.opened()
    other.send(1, "realm2", roles())
    await other.aborted("wamp.error.no_such_realm")
  })

  it("aborts a realm that is no URI, a HELLO without roles, a second HELLO, and whatever comes before HELLO", async () => {
    await start()
    const firsts: [unknown[], string?][] = [
      [[1, "a b", roles()], "wamp.error.invalid_uri"],
      [[1, "realm1", {}]],
      [[6, {}, "wamp.close.close_realm"]],
      [[48, 1, {}, "p"]],
      [[5, "signature", {}]],
    ]
    for (const [message, uri] of firsts) {
      const client = new RawClient(router.url)
      await client.opened()
      client.send(...message)
      await client.aborted(uri)
    }
    const twice = await RawClient.join(router.url)
    twice.send(1, "realm1", roles())
    await twice.aborted()
  })

  it("closes without a word on a client's ABORT", async () => {
    await start()
    const client = await RawClient.join(router.url)
    client.send(3, {}, "wamp.error.x")
    assert.equal(await client.closed, 1000)
    assert.equal(client.waiting, 0)
  })

  it("an aborted callee's callers get their answer", async () => {
    await start()
    const [caller, callee] = [await RawClient.join(router.url), await RawClient.join(router.url)]
    await callee.ask(64, 1, {}, "p")
    caller.send(48, 1, {}, "p")
    await callee.next()
    callee.send(70, 99, {})
    await callee.aborted()
    assert.equal((await caller.next())[4], "wamp.error.canceled")
  })

  it("a callee whose socket breaks is noticed at once", async () => {
    await start()
    const [caller, callee] = [await RawClient.join(router.url), await RawClient.join(router.url)]
    await callee.ask(64, 1, {}, "p")
    caller.send(48, 1, {}, "p")
    await callee.next()
    callee.socket.terminate()
    assert.equal((await caller.next())[4], "wamp.error.canceled")
  })

  it("ends a call by its timeout", async () => {
    await start()
    const [caller, callee] = [await RawClient.join(router.url), await RawClient.join(router.url)]
    await callee.ask(64, 1, {}, "p")
    const started = performance.now()
    caller.send(48, 1, { timeout: 60 }, "p")
    assert.equal((await caller.next())[4], "wamp.error.timeout")
    const took = performance.now() - started
    assert.ok(took >= 60 && took < 500, `${took}`)
  })

  it("a payload that the receiver's serialisation cannot carry fails the call and drops the event", async () => {
    await start()
    const [json, cbor] = [await RawClient.join(router.url, "json"), await RawClient.join(router.url, "cbor")]
    await json.ask(64, 1, {}, "p.json")
    await cbor.ask(64, 1, {}, "p.cbor")
    await json.ask(32, 2, {}, "t")
    assert.equal((await cbor.ask(48, 2, {}, "p.json", [NaN]))[4], "wamp.error.invalid_argument")
    assert.equal((await json.next())[0], 68 + 1)
    json.send(48, 3, { receive_progress: true }, "p.cbor")
    await cbor.next()
    cbor.send(70, 1, { progress: true }, ["\0no base64"])
    assert.equal((await json.next())[4], "wamp.error.invalid_argument")
    assert.equal((await cbor.next())[0], 69)
    json.send(48, 4, {}, "p.cbor")
    await cbor.next()
    cbor.send(70, 2, {}, [Infinity])
    assert.equal((await json.next())[4], "wamp.error.invalid_argument")
    assert.equal((await cbor.ask(16, 3, { acknowledge: true }, "t", [NaN]))[0], 17)
    assert.equal((await cbor.ask(16, 4, { acknowledge: true }, "t", [1]))[0], 17)
    assert.deepEqual((await json.next())[4], [1])
    assert.equal(events.filter(({ event }) => event === "event_dropped").length, 1)
  })

  it("shows every byte to the tap, under the session's number", async () => {
    const seen: [string, number, string][] = []
    await start({ tap: (direction, session, frame) => seen.push([direction, session, Buffer.from(frame).toString()]) })
    const client = await RawClient.join(router.url)
    await client.ask(32, 1, {}, "t")
    assert.deepEqual(
      seen.map(([direction]) => direction),
      ["in", "out", "in", "out"],
    )
    assert.ok(seen.every(([, session]) => session === client.id))
    assert.equal(seen[2]?.[2], '[32,1,{},"t"]')
    assert.equal(seen[3]?.[2], "[33,1,1]")
  })

  it("refuses connections without a subprotocol of ours, from foreign pages, and over the limit", async () => {
    await start({ maxSessions: 1, serializers: ["cbor"], origins: ["https://good.example"] })
    for (const protocols of [[], ["wamp.2.json"], ["wamp.2.cbor.batched"]]) assert.equal(await refusal(protocols), 400)
    for (const origin of [
      "https://evil.example",
      "null",
      "http://localhost.evil.example",
      "http://127.0.0.1.evil.example",
    ]) {
      assert.equal(await refusal(["wamp.2.cbor"], { origin }), 403)
    }
    for (const origin of ["https://good.example", "http://localhost:8080", "http://127.0.0.1:1"]) {
      const socket = new WebSocket(router.url, "wamp.2.cbor", { headers: { origin } })
      await new Promise((resolve) => socket.once("open", resolve))
      assert.equal(await refusal(["wamp.2.cbor"]), 503)
      socket.close()
      await new Promise((resolve) => socket.once("close", resolve))
    }
  })

  it("answers plain HTTP with a status, and survives garbage on the port", async () => {
    await start()
    assert.equal((await fetch(router.url.replace("ws", "http"))).status, 426)
    const raw = connect(router.port, "127.0.0.1")
    raw.on("error", () => {})
    raw.resume()
    raw.write("\0\0garbage\r\n\r\n")
    await new Promise((resolve) => raw.once("close", resolve))
    await RawClient.join(router.url)
  })

  it("does not compress", async () => {
    await start()
    const socket = new WebSocket(router.url, "wamp.2.json", { perMessageDeflate: true })
    await new Promise((resolve) => socket.once("open", resolve))
    assert.equal(socket.extensions, "")
    socket.terminate()
  })

  it("closes on a message over the limit, takes one at the limit", async () => {
    await start({ maxMessageBytes: 1000 })
    const client = await RawClient.join(router.url)
    const frame = (length: number) => {
      const head = '[32,1,{},"t'
      return Buffer.from(`${head}${"t".repeat(length - head.length - 2)}"]`)
    }
    client.sendRaw(frame(1000), false)
    assert.equal((await client.next())[0], 33)
    client.sendRaw(frame(1001), false)
    assert.equal(await client.closed, 1009)
    await until(() => router.sessions === 0)
  })

  it("aborts on a message that is nested too deep or has too many items", async () => {
    await start({ maxDepth: 10, maxItems: 100 })
    for (const argument of [JSON.parse("[".repeat(9) + "]".repeat(9)), Array.from({ length: 100 }, () => 0)]) {
      const client = await RawClient.join(router.url, "msgpack", [])
      client.send(48, 1, {}, "p", [argument])
      await client.aborted()
    }
  })

  it("gives up on a client that does not open a session in time", async () => {
    await start({ handshakeTimeoutMs: 50 })
    const client = new RawClient(router.url)
    await client.opened()
    await client.aborted()
    const joined = await RawClient.join(router.url)
    await pause(100)
    assert.equal((await joined.ask(32, 1, {}, "t"))[0], 33)
  })

  it("cuts off a client that answers no ping, and keeps one that does", async () => {
    await start({ pingIntervalMs: 150 })
    const dead = await RawClient.join(router.url)
    const live = await RawClient.join(router.url)
    dead.socket.pause()
    await until(() => router.sessions === 1)
    await pause(400)
    assert.equal((await live.ask(32, 1, {}, "t"))[0], 33)
    dead.socket.terminate()
  })

  it("reads a client that sends too fast at the limit's speed, and loses nothing", async () => {
    await start({ maxMessagesPerSecond: 100 })
    const client = await RawClient.join(router.url)
    const other = await RawClient.join(router.url)
    const started = performance.now()
    const padding = "x".repeat(10_000)
    for (let request = 1; request <= 280; request++) client.send(16, request, { acknowledge: true }, "t", [padding])
    // 200 in a burst, 80 at 100 a second; meanwhile nobody else waits.
    assert.equal((await other.ask(32, 1, {}, "x"))[0], 33)
    assert.ok(performance.now() - started < 600)
    for (let request = 1; request <= 280; request++) assert.deepEqual((await client.next()).slice(0, 2), [17, request])
    assert.ok(performance.now() - started > 600)
  })

  it("drops events for a slow subscriber, keeps the order of the rest, and loses none for the others", async () => {
    await start({ maxQueuedBytes: 1 << 20 })
    const [slow, fast, publisher] = [
      await RawClient.join(router.url, "cbor"),
      await RawClient.join(router.url, "cbor"),
      await RawClient.join(router.url, "cbor"),
    ]
    for (const client of [slow, fast]) await client.ask(32, 1, {}, "t")
    slow.socket.pause()
    const payload = new Uint8Array(100_000)
    for (let request = 1; request <= 300; request++) {
      publisher.send(16, request, {}, "t", [request, payload])
      assert.equal(((await fast.next())[4] as number[])[0], request)
    }
    const dropped = events.filter((event) => event.event === "event_dropped" && event.session === slow.id)
    assert.ok(dropped.length > 100, `${dropped.length}`)
    assert.equal(router.sessions, 3)
    slow.socket.resume()
    let last = 0
    for (let received = dropped.length; received < 300; received++) {
      const sequence = ((await slow.next())[4] as number[])[0] ?? 0
      assert.ok(sequence > last)
      last = sequence
    }
    assert.equal((await slow.ask(32, 2, {}, "u"))[0], 33)
  })

  it("cuts off a slow client whose answers pile up, and answers its callers", async () => {
    await start({ maxQueuedBytes: 1 << 20 })
    const [slow, caller] = [await RawClient.join(router.url, "cbor"), await RawClient.join(router.url, "cbor")]
    await slow.ask(64, 1, {}, "p")
    slow.socket.pause()
    const payload = new Uint8Array(100_000)
    for (let request = 1; request <= 200; request++) caller.send(48, request, {}, "p", [payload])
    const answers = new Set<unknown>()
    for (let request = 1; request <= 200; request++) {
      const [, , answered, , uri] = await caller.next()
      assert.ok(uri === "wamp.error.canceled" || uri === "wamp.error.no_such_procedure", String(uri))
      answers.add(answered)
    }
    assert.equal(answers.size, 200)
    assert.equal(router.sessions, 1)
    assert.ok(events.some((event) => event.event === "session_cut_off" && event.session === slow.id))
    // What reads nothing is not told that it is over, and would keep the process running.
    slow.socket.terminate()
  })

  it("asks the authenticator, challenges, and takes over its identity", async () => {
    const wrong: Verdict = { kind: "refused", uri: "wamp.error.authentication_denied", message: "wrong" }
    const identity = { authid: "ann", authrole: "admin", authmethod: "ticket", authextra: { x: 1 } }
    await start({
      authenticate: ({ realm, details }) => {
        if (details["authid"] === "broken") throw new Error("no database")
        if (details["authid"] !== "ann") return { ...wrong, uri: "wamp.error.no_such_principal" }
        const answer = async (signature: string): Promise<Verdict> =>
          signature === "secret" ? { kind: "accepted", identity } : wrong
        return { kind: "challenged", method: "ticket", extra: { realm }, answer }
      },
    })
    const hello = async (authid: string) => {
      const client = new RawClient(router.url)
      await client.opened()
      client.send(1, "realm1", { ...roles(), authid })
      return client
    }
    await (await hello("bob")).aborted("wamp.error.no_such_principal")
    await (await hello("broken")).aborted("wamp.error.authentication_failed")
    const right = await hello("ann")
    assert.deepEqual(await right.next(), [4, "ticket", { realm: "realm1" }])
    const [code, , details] = await right.ask(5, "secret", {})
    assert.equal(code, 2)
    const { authid, authrole, authmethod, authextra } = details as Record<string, unknown>
    assert.deepEqual({ authid, authrole, authmethod, authextra }, identity)
    const liar = await hello("ann")
    await liar.next()
    liar.send(5, "guess", {})
    await liar.aborted("wamp.error.authentication_denied")
    const eager = await hello("ann")
    await eager.next()
    eager.send(32, 1, {}, "t")
    await eager.aborted()
    assert.equal(router.sessions, 1)
  })

  it("stops gracefully: GOODBYE to all, resolves when all have answered", async () => {
    await start()
    const clients = await Promise.all(names.map((name) => RawClient.join(router.url, name)))
    const idle = new RawClient(router.url)
    await idle.opened()
    const stopped = router.close({ deadlineMs: 5_000 })
    for (const client of clients) {
      assert.deepEqual(await client.next(), [6, {}, "wamp.close.system_shutdown"])
      client.send(48, 1, {}, "ignored.by.now")
      client.send(6, {}, "wamp.close.goodbye_and_out")
    }
    await idle.aborted("wamp.close.system_shutdown")
    const started = performance.now()
    await stopped
    assert.ok(performance.now() - started < 1_000)
    assert.deepEqual(await Promise.all(clients.map(({ closed }) => closed)), [1000, 1000, 1000])
    assert.equal(router.sessions, 0)
    await router.close()
    await assert.rejects(new RawClient(router.url).opened())
  })

  it("stops by its deadline when clients do not answer", async () => {
    await start()
    const client = await RawClient.join(router.url)
    const started = performance.now()
    await router.close({ deadlineMs: 100 })
    const took = performance.now() - started
    assert.ok(took >= 90 && took < 1_000, `${took}`)
    assert.equal(await client.closed, 1006)
  })

  it("says in one line what is wrong with an option or a port", async () => {
    await start()
    await assert.rejects(startRouter({ port: router.port }), (error) => isE2eeError(error, "session.connection"))
    for (const bad of [{ maxDepth: 0 }, { maxMessageBytes: 1.5 }, { pingIntervalMs: -1 }, { maxSessions: NaN }]) {
      await assert.rejects(startRouter(bad), (error) => isE2eeError(error, "usage.invalid"))
    }
  })
})
