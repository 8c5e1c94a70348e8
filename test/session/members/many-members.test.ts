import { strict as assert } from "node:assert"
import { CAPABILITIES } from "../../../src/certificate/capabilities.ts"
import type { CertificateChain } from "../../../src/certificate/types.ts"
import type { TrustFacts } from "../../../src/trust/facts.ts"
import { AGENT_BUSY, WampError } from "../../../src/session/connection.ts"
import { PROVIDER } from "../../trust/chains.ts"
import { settled, TrustTable, World, type Inhabitant } from "../world.ts"

const [PUMP, TOPIC, GRANT] = ["com.example.pump", "com.example.level", "com.example.e2ee.grant"]
const T = 60_000

/** A trustroot that counts what it is asked, and answers when it is let. */
class CountingTrust extends TrustTable {
  asked = 0
  under = 0
  most = 0
  gates: (() => void)[] | undefined

  override async facts(chain: CertificateChain): Promise<TrustFacts> {
    this.asked++
    this.most = Math.max(this.most, ++this.under)
    if (this.gates !== undefined) await new Promise<void>((resolve) => this.gates?.push(resolve))
    this.under--
    return super.facts(chain)
  }

  open(): void {
    const gates = this.gates?.splice(0) ?? []
    for (const open of gates) open()
  }
}

describe("session: many members of one scope", function () {
  this.timeout(60_000)
  let world: World
  let trust: CountingTrust
  let agent: Inhabitant
  const heard = new Map<unknown, number>()

  beforeEach(async () => {
    heard.clear()
    world = new World()
    world.router.patience = 30_000
    trust = new CountingTrust()
    agent = await world.join("agent", {}, { trust })
    assert.ok(await agent.endpoint.standAsKeyAgent(PUMP))
  })
  afterEach(() => world.close())

  async function subscribers(count: number, named: string): Promise<void> {
    const join = async (_: unknown, i: number): Promise<void> => {
      const { endpoint } = await world.join(`${named} ${i}`, { capabilities: CAPABILITIES.consumer })
      await endpoint.subscribe(TOPIC, ([value]) => void heard.set(value, (heard.get(value) ?? 0) + 1))
    }
    await Promise.all(Array.from({ length: count }, join))
  }

  it("are judged again once for all grants and messages of a time, however many there are", async () => {
    await subscribers(40, "early")
    world.pass(2_000)
    trust.asked = 0
    await subscribers(20, "late")
    for (let i = 0; i < 10; i++) await agent.endpoint.publish(TOPIC, [i])
    await settled()
    assert.equal(trust.asked, 40 + 20, "each of the early once, and each of the late for its own grant")
    assert.deepEqual([...heard.values()], Array(10).fill(60))
  })

  it("are judged at the trustroot 64 at a time, for an epoch too, and one who is refused is out", async () => {
    for (const place of ["left", "middle", "right"]) await subscribers(50, place)
    trust.revoke("middle 7")
    trust.gates = []
    trust.most = 0
    const rounds: number[] = []
    world.pass(T)
    for (await settled(); trust.under > 0; await settled()) {
      rounds.push(trust.under)
      trust.open()
    }
    trust.gates = undefined
    assert.deepEqual([trust.most, rounds.slice(0, 3)], [64, [64, 64, 22]])
    await settled()
    await agent.endpoint.publish(TOPIC, ["now"])
    for (let i = 0; i < 60 && heard.get("now") !== 149; i++) {
      await settled()
      world.pass(500)
    }
    assert.equal(heard.get("now"), 149)
  })

  it("share the judgement that comes next where one takes too long, and do not begin one each", async () => {
    await subscribers(10, "reader")
    world.pass(2_000)
    trust.gates = []
    trust.asked = 0
    const first = agent.endpoint.publish(TOPIC, [1])
    await settled()
    assert.equal(trust.asked, 10)
    world.pass(1_500) // what is under way is too old for whoever comes now
    const more = [2, 3, 4, 5].map((value) => agent.endpoint.publish(TOPIC, [value]))
    await settled()
    assert.equal(trust.asked, 10)
    for (let i = 0; i < 4; i++) {
      trust.open()
      await settled()
    }
    await Promise.all([first, ...more])
    assert.equal(trust.asked, 20)
  })

  it("are not believed for a judgement that failed", async () => {
    await subscribers(3, "reader")
    world.pass(2_000)
    trust.reachable = false
    await assert.rejects(agent.endpoint.publish(TOPIC, [1]), { code: "chain.unreachable" })
    trust.reachable = true
    trust.revoke("reader 1")
    await agent.endpoint.publish(TOPIC, [2])
    await settled()
    assert.deepEqual([heard.get(1), heard.get(2)], [undefined, 2])
  })

  it("come in one after another where the agent is busy for long, each of them", async () => {
    // Room for one grant in ten.
    let asked = 0
    world.router.hook = (message) => {
      if (message.type !== "CALL" || message.uri !== GRANT || message.payload.sealed) return message
      const isRequest = (message.payload.args[0] as Uint8Array).length > 32
      if (isRequest && asked++ % 10 !== 0) throw new WampError(AGENT_BUSY)
      return message
    }
    const all = subscribers(60, "newcomer")
    const progress = { isIn: false }
    void all.then(() => (progress.isIn = true))
    for (let i = 0; i < 300 && !progress.isIn; i++) {
      await settled()
      world.pass(1_000)
    }
    await all
    world.router.hook = (message) => message
    await agent.endpoint.publish(TOPIC, ["welcome"])
    await settled()
    assert.equal(heard.get("welcome"), 60)
    assert.ok(asked > 300)
  })

  it("hear at once that they are too many where they come at once, before any work is done for those behind", async () => {
    const busy = (): number => world.router.carried.filter(({ error }) => error === AGENT_BUSY).length
    const all = subscribers(100, "crowd")
    while (busy() === 0) await new Promise((resolve) => setTimeout(resolve, 0))
    assert.equal(trust.asked, 0, "nobody is judged yet")
    const progress = { isIn: false }
    void all.then(() => (progress.isIn = true))
    for (let i = 0; i < 60 && !progress.isIn; i++) {
      await settled()
      world.pass(500)
    }
    await all
    assert.ok(busy() >= 36)
  })

  it("ask for new keys until they have them, though nothing is said meanwhile", async () => {
    await subscribers(2, "reader")
    agent.endpoint.rotateKeys(PUMP)
    const calls = { asked: 0 }
    world.router.hook = (message) => {
      if (message.type !== "CALL" || message.uri !== GRANT || calls.asked++ >= 8) return message
      throw new WampError("wamp.error.no_such_procedure")
    }
    for (let i = 0; i < 40 && calls.asked < 10; i++) {
      await settled()
      world.pass(1_000)
    }
    await settled()
    world.router.hook = (message) => (message.type === "CALL" ? undefined : message)
    await agent.endpoint.publish(TOPIC, ["new"])
    await settled()
    assert.equal(heard.get("new"), 2, "nobody had to ask any more")
  })

  it("ask once more where a grant was on its way until its tick was over, and not for ever", async () => {
    let late = 1
    world.router.hook = (message) => {
      const answer = message.type === "RESULT" && message.uri === GRANT && !message.payload.sealed
      // The announcement that comes before is in the clear.
      if (answer && (message.payload.args[0] as Uint8Array)[1] === 1 && late-- > 0) world.timers.now += T + 5_000
      return message
    }
    await subscribers(1, "reader")
    await agent.endpoint.publish(TOPIC, ["in time"])
    await settled()
    assert.equal(heard.get("in time"), 1)
    late = Infinity
    const { endpoint } = await world.join("caller", { capabilities: CAPABILITIES.consumer })
    await assert.rejects(endpoint.call(PUMP), { code: "keys.stale" })
  })

  it("end a call and a publication by their own time while the agent is busy", async () => {
    world.router.hook = (message) => {
      if (message.type === "CALL" && message.uri === GRANT) throw new WampError(AGENT_BUSY)
      return message
    }
    const { endpoint } = await world.join("caller", { capabilities: PROVIDER })
    const late = { code: "session.timeout" }
    await assert.rejects(endpoint.call(PUMP, [], { timeoutMs: 50 }), late)
    await assert.rejects(endpoint.publish(TOPIC, [], { timeoutMs: 50 }), late)
    const abort = new AbortController()
    const cancelled = endpoint.call(PUMP, [], { signal: abort.signal })
    abort.abort()
    await assert.rejects(cancelled, { code: "session.cancelled" })
  })
})
