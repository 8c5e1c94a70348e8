import assert from "node:assert/strict"
import { randomSecret } from "../../src/certificate/enrol.ts"
import { onChain } from "../../src/chain/index.ts"
import type { E2eeError } from "../../src/core/errors.ts"
import { ApplicationError, createEndpoint, Result, type Endpoint } from "../../src/index.ts"
import { startRouter, type Router, type SerializerName } from "../../src/router/index.ts"
import type { Connection } from "../../src/session/connection.ts"
import { startHostile, type Hostile, type Message, type Rewrite } from "../router/hostile.ts"
import { openAutobahn, openWampy, startWorld, until, type Machine } from "../world.ts"

const SCOPE = { uri: "com.example.", match: "prefix" } as const
const [ERROR, PUBLISH, EVENT, CALL, RESULT, INVOCATION, YIELD] = [8, 16, 36, 48, 50, 68, 70]
const pass: Rewrite = (_direction, message) => message

describe("endpoints over wampy through a router", function () {
  endpoints.call(this, openWampy)
})

describe("endpoints over autobahn through a router", function () {
  endpoints.call(this, openAutobahn)
})

type Open = (url: string, serializer?: SerializerName) => Promise<{ connection: Connection; close(): Promise<unknown> }>

function endpoints(this: Mocha.Suite, open: Open): void {
  this.timeout(20_000)
  let world: Awaited<ReturnType<typeof startWorld>>
  let realm: Awaited<ReturnType<(typeof world)["foundRealm"]>>
  let router: Router
  let hostile: Hostile
  const opened: { close(): Promise<unknown> }[] = []

  before(async () => {
    world = await startWorld()
    realm = await world.foundRealm(world.owner)
    router = await startRouter()
    hostile = await startHostile(router.url, pass)
  })
  afterEach(async () => {
    hostile.rewrite = pass
    for (const item of opened.splice(0).toReversed()) await item.close()
  })
  after(async () => {
    await hostile.close()
    await router.close()
    await world.stop()
  })

  async function join(
    machine: Machine,
    options: {
      serializer?: SerializerName
      onRefusal?: (error: E2eeError) => void
      url?: string
      recheckMs?: number
      clock?: () => number
    } = {},
  ): Promise<Endpoint> {
    const session = await open(options.url ?? hostile.url, options.serializer)
    opened.push(session)
    const trust = onChain({ client: world.client, deployment: world.deployment, realm: realm.realm })
    const endpoint = await createEndpoint({
      connection: session.connection,
      identity: machine,
      trust,
      scopes: [SCOPE],
      recheckMs: options.recheckMs ?? 0,
      ...(options.clock ? { clock: options.clock } : {}),
      ...(options.onRefusal ? { onRefusal: options.onRefusal } : {}),
    })
    opened.push(endpoint)
    return endpoint
  }

  async function pair(
    options: Parameters<typeof join>[1] = {},
  ): Promise<{ pump: Endpoint; panel: Endpoint; executions: unknown[]; refusals: string[] }> {
    const executions: unknown[] = []
    const refusals: string[] = []
    const pump = await join(await realm.machine(0), { ...options, onRefusal: ({ code }) => refusals.push(code) })
    const panel = await join(await realm.machine(1), { ...options, onRefusal: ({ code }) => refusals.push(code) })
    await pump.register("com.example.add", (args) => {
      executions.push(args)
      return (args as number[]).reduce((a, b) => a + b, 0)
    })
    return { pump, panel, executions, refusals }
  }

  for (const serializer of ["json", "msgpack", "cbor"] as const) {
    it(`calls, answers errors and delivers events over ${serializer}`, async () => {
      const { pump, panel } = await pair({ serializer })
      assert.equal(await panel.call("com.example.add", [2, 3]), 5)
      await pump.register("com.example.echo", (args, kwargs) => new Result(args, kwargs))
      const args = ["text", 21.5, 2n ** 63n, null, true, Uint8Array.of(0, 255), { nested: [1] }]
      const echoed = (await panel.call("com.example.echo", args, { kwargs: { unit: "bar" } })) as Result
      assert.deepEqual(echoed.args, args)
      assert.deepEqual(echoed.kwargs, { unit: "bar" })
      await pump.register("com.example.fail", () => {
        throw new ApplicationError("com.example.error.dry", ["no water"], { level: 0 })
      })
      await assert.rejects(panel.call("com.example.fail"), (error: ApplicationError) => {
        assert.equal(error.code, "session.application_error")
        assert.equal(error.uri, "com.example.error.dry")
        assert.deepEqual([error.args, error.kwargs], [["no water"], { level: 0 }])
        return true
      })
      await pump.register("com.example.broken", () => {
        throw new Error("secret reason")
      })
      await assert.rejects(
        panel.call("com.example.broken"),
        (error: ApplicationError) => error.uri === "e2ee.error.handler_failed" && error.args.length === 0,
      )
      const event = new Promise(
        (resolve) =>
          void panel
            .subscribe("com.example.heat", (...all) => resolve(all))
            .then(() => pump.publish("com.example.heat", [21.5], { kwargs: { unit: "C" } })),
      )
      const [list, dictionary] = (await event) as unknown[]
      assert.deepEqual([list, dictionary], [[21.5], { unit: "C" }])
    })
  }

  it("delivers pattern-based events and calls under their concrete URI alone", async () => {
    const { pump, panel, refusals } = await pair()
    const seen: string[] = []
    await panel.subscribe("com.example.sensor", (_args, _kwargs, { uri }) => void seen.push(uri), { match: "prefix" })
    await pump.publish("com.example.sensor.a", [1])
    hostile.rewrite = (_direction, message) => {
      if (message[0] === EVENT) (message[3] as Record<string, unknown>)["topic"] = "com.example.sensor.b"
      return message
    }
    await pump.publish("com.example.sensor.a", [2])
    await until(() => refusals.length > 0)
    assert.deepEqual(seen, ["com.example.sensor.a"])
  })

  const alterations: [string, (message: Message) => Message | Message[] | null, RegExp][] = [
    [
      "strips the attributes of a result",
      (m) =>
        on(m, RESULT, () => {
          m[2] = {}
        }),
      /^payload\.plaintext_forbidden$/,
    ],
    [
      "answers in plaintext instead",
      (m) =>
        on(m, RESULT, () => {
          m[2] = {}
          m[3] = [7]
        }),
      /^payload\.plaintext_forbidden$/,
    ],
    [
      "alters the scheme of a result",
      (m) =>
        on(m, RESULT, () => {
          ;(m[2] as Record<string, unknown>)["ppt_scheme"] = "x_own"
        }),
      /^payload\.attributes$/,
    ],
    [
      "removes the cipher of a result",
      (m) =>
        on(m, RESULT, () => {
          delete (m[2] as Record<string, unknown>)["ppt_cipher"]
        }),
      /^payload\.attributes$/,
    ],
    ["flips a bit of a result", (m) => on(m, RESULT, () => flip(m[3])), /^payload\.decrypt_failed$/],
    [
      "cuts a result short",
      (m) =>
        on(m, RESULT, () => {
          ;(m[3] as unknown[])[0] = ((m[3] as unknown[])[0] as Uint8Array).slice(0, 20)
        }),
      /^payload\.decrypt_failed$/,
    ],
    [
      "strips the attributes of a call",
      (m) =>
        on(m, INVOCATION, () => {
          m[3] = {}
        }),
      /^session\.router_error$/,
    ],
    ["flips a bit of a call", (m) => on(m, INVOCATION, () => flip(m[4])), /^session\.router_error$/],
    [
      "names another key of a call",
      (m) =>
        on(m, INVOCATION, () => {
          ;(m[3] as Record<string, unknown>)["ppt_keyid"] = `0x${"00".repeat(20)}`
        }),
      /^keys\.unknown_key$/,
    ],
    [
      "turns a result into an error",
      (m) => (m[0] === RESULT && sealed(m[2]) ? [ERROR, CALL, m[1], m[2], "wamp.error.runtime_error", m[3]] : m),
      /^(keys\.unknown_key|payload\.\w+)$/,
    ],
    ["returns the call as its own result", reflect(), /^(keys\.unknown_key|payload\.\w+)$/],
  ]
  for (const [what, alter, code] of alterations) {
    it(`refuses when the router ${what}`, async () => {
      const { panel, executions } = await pair()
      assert.equal(await panel.call("com.example.add", [1, 1]), 2)
      const before = executions.length
      hostile.rewrite = (_direction, message) => alter(message)
      await assert.rejects(panel.call("com.example.add", [2, 3], { timeoutMs: 5_000 }), (error: E2eeError) => {
        assert.match(error.code, code)
        return true
      })
      hostile.rewrite = pass
      assert.ok(executions.slice(before).every((args) => JSON.stringify(args) === "[2,3]"))
      assert.equal(await panel.call("com.example.add", [4, 5]), 9, "the session is still of use")
    })
  }

  it("swaps the results of two calls: both are refused", async () => {
    const { panel } = await pair()
    await panel.call("com.example.add", [0])
    const held: Message[] = []
    hostile.rewrite = (_direction, message) => {
      if (message[0] !== RESULT || !sealed(message[2])) return message
      held.push(message)
      if (held.length < 2) return null
      const [a, b] = held as [Message, Message]
      return [
        [RESULT, a[1], b[2], b[3]],
        [RESULT, b[1], a[2], a[3]],
      ]
    }
    const both = await Promise.allSettled([panel.call("com.example.add", [1]), panel.call("com.example.add", [2])])
    assert.deepEqual(
      both.map((r) => (r.status === "rejected" ? (r.reason as E2eeError).code : "accepted")),
      ["payload.context", "payload.context"],
    )
  })

  it("replays a call and an event: each is seen once", async () => {
    const { pump, panel, executions, refusals } = await pair()
    const seen: unknown[] = []
    await panel.subscribe("com.example.heat", (args) => void seen.push(args))
    await panel.call("com.example.add", [0])
    hostile.rewrite = (direction, message) => {
      // The router knows nothing of the invocations made up here, so their answers end here.
      const request = message[0] === ERROR ? message[2] : message[1]
      if (direction === "toRouter" && Number(request) >= 1_000) return null
      if (message[0] === EVENT) return [message, message]
      if (message[0] === INVOCATION && sealed(message[3]))
        return [message, [INVOCATION, Number(message[1]) + 1_000, ...message.slice(2)]]
      return message
    }
    const before = executions.length
    assert.equal(await panel.call("com.example.add", [1]), 1)
    await pump.publish("com.example.heat", [1])
    await until(() => refusals.filter((code) => code === "payload.replay").length === 2)
    assert.equal(executions.length - before, 1)
    assert.deepEqual(seen, [[1]])
  })

  it("puts nothing in plain into a protected scope when there is no key", async () => {
    const sent: number[] = []
    hostile.rewrite = (direction, message) => {
      if (direction === "toRouter") sent.push(message[0] as number)
      return message
    }
    const panel = await join(await realm.machine(1))
    await assert.rejects(panel.call("com.example.add", [1]), { code: "keys.no_agent" })
    await assert.rejects(panel.call("org.elsewhere", [1]), { code: "session.outside_scope" })
    await assert.rejects(panel.publish("com.example.e2ee.grant", [1]), { code: "session.reserved_uri" })
    assert.equal(sent.filter((type) => type === PUBLISH || type === YIELD).length, 0)
    assert.equal(sent.filter((type) => type === CALL).length, 1, "the grant that nobody answered")
  })

  it("refuses peers without right, each by its code, and grants them nothing", async () => {
    const { refusals } = await pair()
    const other = await (await world.foundRealm(world.owner)).machine(1)
    await assert.rejects((await join(other)).call("com.example.add", [1]), { code: "trust.realm" })

    const thief = await realm.machine(1)
    const victim = await realm.machine(0)
    const own = randomSecret()
    await assert.rejects(join({ ...victim, csKey: own }), { code: "usage.invalid" })
    // A grant that is changed on its way opens for nobody.
    hostile.rewrite = (_direction, message) => {
      const [item] = (Array.isArray(message[4]) ? message[4] : []) as unknown[]
      if (message[0] !== INVOCATION || sealed(message[3]) || !(item instanceof Uint8Array)) return message
      const bytes = Uint8Array.from(item)
      if (bytes.length > 500) bytes[400]! ^= 1
      ;(message[4] as unknown[])[0] = bytes
      return message
    }
    await assert.rejects((await join(thief)).call("com.example.add", [1]), { code: "keys.no_agent" })
    hostile.rewrite = pass

    const doomed = await realm.machine(1)
    await world.revoke(doomed)
    await assert.rejects((await join(doomed)).call("com.example.add", [1]), { code: "trust.revoked" })

    const consumer = await realm.machine(1, 128n)
    await assert.rejects(
      (await join(consumer)).register("com.example.x", () => 1),
      { code: "trust.capability_missing" },
    )
    assert.ok(
      refusals.includes("trust.realm") && refusals.includes("keys.agreement") && refusals.includes("trust.revoked"),
    )
  })

  it("stops serving a live caller, and calling a live callee, once it is revoked", async () => {
    const callee = await realm.machine(0)
    const caller = await realm.machine(1)
    const pump = await join(callee)
    await pump.register("com.example.add", () => 1)
    const panel = await join(caller)
    const bystander = await join(await realm.machine(1))
    assert.equal(await panel.call("com.example.add"), 1)
    assert.equal(await bystander.call("com.example.add"), 1)
    await world.revoke(caller)
    await assert.rejects(panel.call("com.example.add"), { code: "trust.revoked" })
    assert.equal(await bystander.call("com.example.add"), 1)
    await world.revoke(callee)
    await assert.rejects(bystander.call("com.example.add"), { code: "trust.revoked" })
  })

  it("keeps events from a revoked subscriber: the publisher opens a new generation", async () => {
    const pump = await join(await realm.machine(0))
    const doomed = await realm.machine(1)
    const seen: Record<string, unknown[]> = { doomed: [], other: [] }
    await pump.publish("com.example.heat", [0])
    await (await join(doomed)).subscribe("com.example.heat", ([value]) => void seen["doomed"]!.push(value))
    await (
      await join(await realm.machine(1))
    ).subscribe("com.example.heat", ([value]) => void seen["other"]!.push(value))
    await pump.publish("com.example.heat", [1])
    await until(() => seen["doomed"]!.length === 1 && seen["other"]!.length === 1)
    await world.revoke(doomed)
    await pump.publish("com.example.heat", [2])
    await until(() => seen["other"]!.length === 2)
    assert.deepEqual(seen["doomed"], [1])
  })

  it("keeps events from a revoked reader that hid behind new instances of its key", async () => {
    // The agent's clock stands still meanwhile: it judges nobody again, so nothing reminds it of the reader.
    let now = Date.now()
    const pump = await join(await realm.machine(0), { recheckMs: 1_000, clock: () => now })
    await pump.publish("com.example.heat", [0])
    const doomed = await realm.machine(1)
    const seen: Record<string, unknown[]> = { doomed: [], other: [] }
    await (await join(doomed)).subscribe("com.example.heat", ([value]) => void seen["doomed"]!.push(value))
    await (
      await join(await realm.machine(1))
    ).subscribe("com.example.heat", ([value]) => void seen["other"]!.push(value))
    for (let i = 0; i < 9; i++) await (await join(doomed)).publish("com.example.noise", [i])
    await world.revoke(doomed)
    now += 2_000
    for (const value of [1, 2, 3]) await pump.publish("com.example.heat", [value])
    await until(() => seen["other"]!.includes(3))
    await new Promise((resolve) => setTimeout(resolve, 300)) // what could still come, would
    assert.deepEqual(seen["doomed"], [])
  })

  it("keeps a publisher that is no key agent from sealing for a revoked subscriber", async () => {
    const agent = await join(await realm.machine(0))
    await agent.register("com.example.add", () => 1)
    const doomed = await realm.machine(1)
    const seen: Record<string, unknown[]> = { doomed: [], agent: [] }
    await agent.subscribe("com.example.heat", ([value]) => void seen["agent"]!.push(value))
    await (await join(doomed)).subscribe("com.example.heat", ([value]) => void seen["doomed"]!.push(value))
    const publisher = await join(await realm.machine(1))
    await publisher.publish("com.example.heat", [1])
    await until(() => seen["doomed"]!.length === 1 && seen["agent"]!.length === 1)
    await world.revoke(doomed)
    await publisher.publish("com.example.heat", [2])
    await until(() => seen["agent"]!.length === 2)
    assert.deepEqual(seen["doomed"], [1])
  })

  it("becomes key agent once, whatever is registered at once", async () => {
    const pump = await join(await realm.machine(0))
    await Promise.all(["a", "b", "c"].map((name) => pump.register(`com.example.${name}`, () => name)))
    await pump.subscribe("com.example.heat", () => undefined)
    const panel = await join(await realm.machine(1))
    const names = await Promise.all(["a", "b", "c"].map((name) => panel.call(`com.example.${name}`)))
    assert.deepEqual(names, ["a", "b", "c"])
  })

  it("ends a call at its deadline and on cancellation", async () => {
    const { pump, panel } = await pair()
    await pump.register("com.example.never", () => new Promise(() => undefined))
    await assert.rejects(panel.call("com.example.never", [], { timeoutMs: 300 }), { code: "session.timeout" })
    const abort = new AbortController()
    setTimeout(() => abort.abort(), 200)
    await assert.rejects(panel.call("com.example.never", [], { signal: abort.signal }), { code: "session.cancelled" })
  })

  it("refuses everything after close, and goes in-band through a router without passthru", async () => {
    const { panel } = await pair()
    await panel.close()
    await assert.rejects(panel.call("com.example.add", [1]), { code: "session.closed" })
    hostile.rewrite = (_direction, message) => {
      if (message[0] === 2)
        for (const role of Object.values(
          (message[2] as { roles: Record<string, { features?: Record<string, unknown> }> }).roles,
        ))
          delete role.features?.["payload_passthru_mode"]
      return message
    }
    const [other, third] = [await join(await realm.machine(0)), await join(await realm.machine(1))]
    assert.equal(await other.carriage(), "in-band")
    await other.register("com.example.triple", ([a]) => {
      if (a === 0) throw new ApplicationError("com.example.error.zero", ["no zero"])
      return 3 * Number(a)
    })
    assert.equal(await third.call("com.example.triple", [2]), 6)
    await assert.rejects(
      third.call("com.example.triple", [0]),
      (error: ApplicationError) => error.uri === "com.example.error.zero" && error.args[0] === "no zero",
    )
  })
}

function sealed(details: unknown): boolean {
  return typeof details === "object" && details !== null && "ppt_scheme" in details
}

/** Alters a sealed message of a type; grants, which are not sealed, go through. */
function on(message: Message, type: number, alter: () => void): Message {
  if (message[0] === type && sealed(message[type === INVOCATION ? 3 : 2])) alter()
  return message
}

function flip(args: unknown): void {
  const bytes = Uint8Array.from((args as Uint8Array[])[0]!)
  bytes[bytes.length - 1]! ^= 1
  ;(args as unknown[])[0] = bytes
}

function reflect(): (message: Message) => Message {
  let call: Message | undefined
  return (message) => {
    if (message[0] === CALL && sealed(message[2])) call = message
    return message[0] === RESULT && sealed(message[2]) && call
      ? [RESULT, message[1], { ...(call[2] as object) }, call[4]]
      : message
  }
}
