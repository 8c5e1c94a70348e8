import assert from "node:assert/strict"
import { setTimeout as pause } from "node:timers/promises"
import { startRouter } from "../../src/router/index.ts"
import type { Router } from "../../src/router/index.ts"
import { RawClient } from "./client.ts"
import { startHostile } from "./hostile.ts"
import type { Hostile, Link } from "./hostile.ts"

const PPT = { ppt_scheme: "wamp", ppt_keyid: "0x1" }
const EVENT = 36

for (const name of ["json", "msgpack", "cbor"] as const) {
  describe(`hostile router over ${name}`, () => {
    let router: Router
    let hostile: Hostile
    let publisher: RawClient
    let subscriber: RawClient

    beforeEach(async () => {
      router = await startRouter()
      hostile = await startHostile(router.url)
      publisher = await RawClient.join(router.url, name)
      subscriber = await RawClient.join(hostile.url, name)
      await subscriber.ask(32, 1, {}, "t")
    })
    afterEach(async () => {
      publisher.socket.terminate()
      subscriber.socket.terminate()
      await hostile.close()
      await router.close({ deadlineMs: 20 })
    })

    const bytes = (...items: number[]) => Uint8Array.from(items)
    const publish = (request: number, item: unknown = request) => publisher.send(16, request, PPT, "t", [item])
    const received = async () => (await subscriber.next()).slice(3)

    it("passes everything on as it is", async () => {
      publish(1, bytes(0, 255))
      assert.deepEqual(await received(), [PPT, [bytes(0, 255)]])
    })

    it("strips attributes and alters bytes", async () => {
      hostile.rewrite = (_direction, message) =>
        message[0] === EVENT ? [...message.slice(0, 3), {}, [bytes(9)]] : message
      publish(1, bytes(1))
      assert.deepEqual(await received(), [{}, [bytes(9)]])
    })

    it("drops, replays and reorders", async () => {
      let held: unknown[] | undefined
      hostile.rewrite = (_direction, message) => {
        const item = (message[4] as unknown[])[0]
        if (item === 1) return null
        if (item === 2) return [message, message]
        if (item === 3) held = message
        return item === 3 ? null : [message, held ?? []]
      }
      for (const request of [1, 2, 3, 4]) publish(request)
      const items = [await received(), await received(), await received(), await received()]
      assert.deepEqual(
        items.map((item) => (item[1] as unknown[])[0]),
        [2, 2, 4, 3],
      )
    })

    it("keeps the order when a rewrite takes its time", async () => {
      hostile.rewrite = async (_direction, message) => {
        await pause((message[4] as number[])[0] === 1 ? 30 : 0)
        return message
      }
      for (const request of [1, 2, 3]) publish(request)
      for (const request of [1, 2, 3]) assert.deepEqual((await received())[1], [request])
    })

    it("sends messages of its own, to either side", async () => {
      const link = hostile.links[0] as Link
      link.send("toClient", [EVENT, 1, 7, {}, ["forged"]])
      assert.deepEqual(await subscriber.next(), [EVENT, 1, 7, {}, ["forged"]])
      link.send("toRouter", [16, 9, { exclude_me: false }, "t", ["in your name"]])
      assert.deepEqual((await received())[1], ["in your name"])
    })

    it("carries one client's message to another", async () => {
      const other = await RawClient.join(hostile.url, name)
      hostile.rewrite = (_direction, message) => {
        if (message[0] === EVENT) hostile.links[1]?.send("toClient", message)
        return null
      }
      publish(1)
      assert.deepEqual((await other.next())[4], [1])
      assert.equal(subscriber.waiting, 0)
    })

    it("cuts connections, which both sides notice", async () => {
      hostile.cut()
      await subscriber.closed
      for (let i = 0; i < 100 && router.sessions > 1; i++) await pause(10)
      assert.equal(router.sessions, 1)
    })

    it("does not hide a mistake in the attack", async () => {
      hostile.rewrite = () => {
        throw new Error("a mistake in the attack")
      }
      publish(1)
      await subscriber.closed
      await assert.rejects(hostile.close(), /a mistake in the attack/)
      hostile = await startHostile(router.url)
    })
  })
}
