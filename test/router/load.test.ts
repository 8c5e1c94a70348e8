import assert from "node:assert/strict"
import { RawClient } from "./client.ts"
import { RouterChild } from "./router-child.ts"

const [SUBSCRIBE, PUBLISH] = [32, 16]
const SUBSCRIBERS = 200
const MIB = 1 << 20

describe("router: under load", function () {
  this.timeout(120_000)
  const incidents: string[] = []
  const clients: RawClient[] = []
  let router: RouterChild
  let url: string

  const join = async (): Promise<RawClient> => {
    const client = await RawClient.join(url, "cbor")
    clients.push(client)
    return client
  }

  beforeEach(async () => {
    incidents.length = 0
    // A stalled client is not to be cut off by the pings meanwhile.
    router = new RouterChild((what) => void incidents.push(what), "", { maxQueuedBytes: MIB, pingIntervalMs: 0 })
    url = `ws://127.0.0.1:${await router.listen()}/`
  })
  afterEach(async () => {
    for (const client of clients.splice(0)) client.socket.terminate()
    await router.kill()
  })

  it(`lets one stalled subscriber of ${SUBSCRIBERS} hold up nobody, and keeps little for it`, async () => {
    const subscribers = await Promise.all(Array.from({ length: SUBSCRIBERS }, join))
    await Promise.all(subscribers.map((one) => one.ask(SUBSCRIBE, 1, {}, "all")))
    const [stalled, ...others] = subscribers as [RawClient, ...RawClient[]]
    const twin = others[0]!
    for (const one of [stalled, twin]) await one.ask(SUBSCRIBE, 2, {}, "bulk")
    const publisher = await join()
    let request = 0
    /** Publishes one event, and waits until the router has taken it. */
    const publish = async (topic: string, bytes: Uint8Array): Promise<void> => {
      assert.equal((await publisher.ask(PUBLISH, ++request, { acknowledge: true }, topic, [request, bytes]))[0], 17)
    }
    const received = async (one: RawClient): Promise<unknown> => ((await one.next(30_000))[4] as unknown[])[0]
    stalled.socket.pause()

    // 256 MiB that the stalled one does not take; a process may well collect its garbage late.
    const before = await router.rss()
    let most = before
    const bulk = new Uint8Array(MIB / 4)
    for (let i = 0; i < 1_024; i++) {
      await publish("bulk", bulk)
      assert.equal(await received(twin), request)
      if (i % 16 === 0) most = Math.max(most, await router.rss())
    }
    assert.ok(most - before < 128 * MIB, `the router grew by ${Math.round((most - before) / MIB)} MiB`)

    // What all others get, complete and in order.
    const small = new Uint8Array(1_024)
    const first = request + 1
    for (let i = 0; i < 200; i++) await publish("all", small)
    for (const one of others) for (let i = 0; i < 200; i++) assert.equal(await received(one), first + i)
    assert.deepEqual(incidents, [])

    // It is served again when it reads: what was kept for it in order, then what comes new.
    stalled.socket.resume()
    await publish("all", small)
    let last = 0
    while (last < request) {
      const sequence = Number(await received(stalled))
      assert.ok(sequence > last)
      last = sequence
      // Until it has taken what waits, new events are dropped for it: these keep coming.
      if (stalled.waiting === 0 && last < request) await publish("all", small)
    }
    assert.equal((await stalled.ask(SUBSCRIBE, 3, {}, "other"))[0], 33)
  })
})
