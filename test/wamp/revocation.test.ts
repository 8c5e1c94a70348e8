import assert from "node:assert/strict"
import { setTimeout as pause } from "node:timers/promises"
import { onChain } from "../../src/chain/index.ts"
import { isE2eeError } from "../../src/core/errors.ts"
import { createEndpoint, type Endpoint } from "../../src/endpoint.ts"
import { startRouter, type Router } from "../../src/router/index.ts"
import { startHostile, type Hostile } from "../router/hostile.ts"
import { openWampy, startWorld, until, type Machine } from "../world.ts"

const [PUMP, TOPIC, CONTROL] = ["com.example.pump", "com.example.level", "com.example.e2ee."]
const T = 1_500
const GRACE = T / 2
/** What a busy machine may be late: no claim is about it. */
const LATE = 2_000

describe("wamp: revocation on a chain, by a real clock, all control messages suppressed", function () {
  this.timeout(60_000)
  let world: Awaited<ReturnType<typeof startWorld>>
  let router: Router
  let hostile: Hostile
  const open: (() => Promise<unknown>)[] = []

  before(async () => {
    world = await startWorld()
    router = await startRouter({ port: 0 })
    hostile = await startHostile(router.url)
  })
  after(async () => {
    await Promise.all(open.map((close) => close()))
    await hostile.close()
    await router.close()
    await world.stop()
  })

  it("a revoked reader and a revoked writer are out after T + grace", async () => {
    const realm = await world.foundRealm(world.owner)
    const join = async (machine: Machine): Promise<Endpoint> => {
      const session = await openWampy(hostile.url)
      const endpoint = await createEndpoint({
        connection: session.connection,
        identity: machine,
        trust: onChain({ client: world.client, deployment: world.deployment, realm: realm.realm }),
        scopes: [{ uri: "com.example.", match: "prefix", epochMs: T, generationMs: 500 * T }],
      })
      open.push(async () => {
        await endpoint.close()
        await session.close()
      })
      return endpoint
    }
    const machines = await Promise.all([0, 1, 0, 1].map((operator) => realm.machine(operator as 0 | 1)))
    const [agentMachine, publisherMachine, readerMachine, writerMachine] = machines as [
      Machine,
      Machine,
      Machine,
      Machine,
    ]
    const agent = await join(agentMachine)
    const last = { sealed: 0, read: 0, executed: 0 }
    const counts = { sealed: 0, read: 0, executed: 0, tried: 0 }
    const at = (what: keyof typeof last): void => {
      last[what] = Date.now()
      counts[what]++
    }
    await agent.register(PUMP, () => at("executed"))
    assert.ok(agent.isKeyAgent(PUMP))
    // It was granted its keys before there was the reader, of whom nobody tells it.
    const publisher = await join(publisherMachine)
    await publisher.publish(TOPIC, [0])
    const reader = await join(readerMachine)
    await reader.subscribe(TOPIC, () => at("read"))
    const writer = await join(writerMachine)
    const enough = new AbortController()
    const forever = async (work: () => Promise<unknown>): Promise<void> => {
      while (!enough.signal.aborted) {
        counts.tried++
        await work().catch((error: unknown) => assert.ok(isE2eeError(error), String(error)))
        await pause(20)
      }
    }
    const talk = [
      forever(() => publisher.publish(TOPIC, [1], { timeoutMs: 500 }).then(() => at("sealed"))),
      forever(() => writer.call(PUMP, [1], { timeoutMs: 500 })),
    ]
    await until(() => counts.read > 20 && counts.executed > 20)

    hostile.rewrite = (direction, message) =>
      direction === "toRouter" && String(message[3]).startsWith(CONTROL) ? null : message
    await Promise.all([world.revoke(readerMachine), world.revoke(writerMachine)])
    const revoked = Date.now()
    const before = { ...counts }
    await pause(T + GRACE + LATE + 3_000)
    const tried = counts.tried
    enough.abort()
    await Promise.all(talk)

    for (const [what, when] of Object.entries(last))
      assert.ok(when - revoked < T + GRACE + LATE, `${what} for ${when - revoked} ms after the revocation`)
    assert.ok(tried - before.tried > 5, "they went on trying")
    assert.ok(counts.sealed > before.sealed, "whoever was not told sealed on for a while")
  })
})
