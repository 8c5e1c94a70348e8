import { strict as assert } from "node:assert"
import { createRequire } from "node:module"
import { Wampy } from "wampy"
import { createEndpoint, type Endpoint } from "../../src/index.ts"
import { startRouter, type Router } from "../../src/router/index.ts"
import { autobahn } from "../../src/wamp/autobahn.ts"
import { wampy } from "../../src/wamp/wampy.ts"
import { startHostile, type Hostile, type Rewrite } from "../router/hostile.ts"
import { TrustTable } from "../session/world.ts"
import { buildChain, NOW, party } from "../trust/chains.ts"
import { autobahnClient, closed, opened, until } from "../world.ts"
import { eventually } from "./restarting.ts"

const REGISTER = 64
const GRANT = "com.example.e2ee.grant"

/** As fox-wamp does it: several may register one procedure, and the first of them is called. */
const takesSeveral: Rewrite = (_direction, message) =>
  message[0] === REGISTER && message[3] === GRANT
    ? [REGISTER, message[1], { ...(message[2] as object), invoke: "first" }, GRANT]
    : message

/** Clients that come back when their session is lost. */
const CLIENTS = {
  wampy: async (url: string) => {
    const { WebSocket } = createRequire(import.meta.url)("ws") as { WebSocket: unknown }
    const client = new Wampy(url, { realm: "realm1", ws: WebSocket, reconnectInterval: 500 } as never)
    await client.connect()
    return { connection: wampy(client), close: async () => client.disconnect() }
  },
  autobahn: async (url: string) => {
    const { client } = autobahnClient(url, { initial_retry_delay: 0.5 })
    await opened(client)
    return { connection: autobahn(client), close: () => closed(client) }
  },
}

for (const [name, open] of Object.entries(CLIENTS)) {
  describe(`key agents over ${name} at a router that lets several register one procedure`, function () {
    this.timeout(20_000)
    let router: Router
    let hostile: Hostile
    const closing: (() => Promise<unknown>)[] = []
    let departed = 0

    before(async () => {
      router = await startRouter({ log: ({ event }) => void (event === "session_closed" && departed++) })
      hostile = await startHostile(router.url, takesSeveral)
    })
    afterEach(async () => {
      for (const close of closing.splice(0).toReversed()) await close()
    })
    after(async () => {
      await hostile.close()
      await router.close()
    })

    async function join(who: string): Promise<Endpoint> {
      const session = await open(hostile.url)
      closing.push(session.close)
      const endpoint = await createEndpoint({
        connection: session.connection,
        identity: { certificates: buildChain({ delegate: party(who) }), csKey: party(who).csKey },
        trust: new TrustTable(),
        scopes: [{ uri: "com.example.", match: "prefix" }],
        // Of two generations the later one counts.
        clock: () => NOW + Math.trunc(performance.now()),
      })
      closing.push(() => endpoint.close())
      return endpoint
    }

    it("are one: two providers serve, hear each other, and are called", async () => {
      const [pump, valve, panel] = [await join("pump"), await join("valve"), await join("panel")]
      await pump.register("com.example.pump", ([value]) => value)
      await valve.register("com.example.valve", ([value]) => value)
      assert.deepEqual([pump.isKeyAgent("com.example.x"), valve.isKeyAgent("com.example.x")], [true, false])
      assert.equal(await panel.call("com.example.pump", [1]), 1)
      assert.equal(await panel.call("com.example.valve", [2]), 2)
      const seen: unknown[] = []
      await pump.subscribe("com.example.level", ([value]) => void seen.push(value))
      await panel.publish("com.example.level", [3])
      await valve.publish("com.example.level", [4])
      await until(() => seen.length === 2)
      assert.deepEqual(seen, [3, 4])
    })

    it("are one when the agent lost its session and another came before it was back", async () => {
      const pump = await join("pump")
      await pump.register("com.example.pump", ([value]) => value)
      const link = hostile.links.at(-1)
      const valve = await join("valve")
      const before = departed
      link?.cut()
      await until(() => departed > before)
      await valve.register("com.example.valve", ([value]) => value)
      assert.ok(valve.isKeyAgent("com.example.x"))
      await until(() => !pump.isKeyAgent("com.example.x"))
      const panel = await join("panel")
      assert.equal(await panel.call("com.example.valve", [5]), 5)
      // The pump may still be asking for keys.
      assert.equal(await eventually(() => panel.call("com.example.pump", [6])), 6)
      assert.ok(valve.isKeyAgent("com.example.x"))
    })
  })
}
