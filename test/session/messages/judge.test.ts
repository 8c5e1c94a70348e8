import { strict as assert } from "node:assert"
import { isE2eeError, judge, signPolicy } from "../../../src/index.ts"
import { encodeForkEvidence } from "../../../src/session/messages/evidence.ts"
import { parseScopes, policyOf } from "../../../src/session/scope.ts"
import { makeTick } from "../../../src/keys/tick.ts"
import { flipped, refuses, rejects } from "../../arbitrary.ts"
import { announcementOf } from "../../keys/parties.ts"
import { NOW, party, REALM } from "../../trust/chains.ts"
import { World, type Inhabitant } from "../world.ts"

const refusesAnyhow = (work: () => unknown): void =>
  assert.throws(work, (error) => isE2eeError(error) && /^(keys|payload|certificate|trust)\./.test(error.code))

describe("session: evidence", () => {
  let world: World
  let callee: Inhabitant
  let caller: Inhabitant
  beforeEach(async () => {
    world = new World()
    callee = await world.join("callee")
    caller = await world.join("caller")
  })
  afterEach(() => world.close())

  it("of a call, an event and a result shows to anybody who said what, where and when", async () => {
    const seen: Uint8Array[] = []
    await callee.endpoint.register("com.example.pump", (args, _kwargs, { evidence }) => {
      seen.push(evidence?.() ?? new Uint8Array())
      return args[0]
    })
    const { details } = await caller.endpoint.callDetailed("com.example.pump", ["on", 5n ** 25n], {
      kwargs: { now: true },
    })
    const call = judge(seen[0] as Uint8Array)
    assert.ok(call.what === "message")
    assert.deepEqual([call.kind, call.uri, call.realm], ["call", "com.example.pump", REALM])
    assert.deepEqual([call.args, call.kwargs, call.time], [["on", 5n ** 25n], { now: true }, NOW])
    assert.equal(call.signer, party("caller").csPubKey)
    const result = judge(details.evidence?.() ?? new Uint8Array())
    assert.ok(result.what === "message" && result.kind === "result")
    assert.deepEqual([result.args, result.signer], [["on"], party("callee").csPubKey])
    const event = new Promise<Uint8Array>((resolve) => {
      void caller.endpoint
        .subscribe("com.example.heat", (_a, _k, { evidence }) => resolve(evidence?.() ?? new Uint8Array()))
        .then(() => callee.endpoint.publish("com.example.heat", [21.5]))
    })
    const shown = judge(await event)
    assert.ok(shown.what === "message" && shown.kind === "event" && shown.args[0] === 21.5)
  })

  it("proves nothing when any byte of it is another", async () => {
    let evidence = new Uint8Array()
    await callee.endpoint.register("com.example.pump", (_a, _k, details) => {
      evidence = Uint8Array.from(details.evidence?.() ?? [])
    })
    await caller.endpoint.call("com.example.pump", [1])
    assert.ok(judge(evidence))
    for (let at = 0; at < evidence.length; at++) {
      const changed = flipped(evidence, at * 8 + (at % 8))
      refusesAnyhow(() => judge(changed))
    }
    for (const length of [0, 1, evidence.length - 1]) refusesAnyhow(() => judge(evidence.subarray(0, length)))
  })

  it("is not given in modes that prove nothing to others", async () => {
    for (const mode of ["mac", "dsig"] as const) {
      const scopes = [{ uri: `org.${mode}.`, match: "prefix" as const, mode }]
      const [a, b] = [await world.join(`a ${mode}`, {}, { scopes }), await world.join(`b ${mode}`, {}, { scopes })]
      await a.endpoint.register(`org.${mode}.p`, (_x, _y, { evidence, signed, sender }) => [
        evidence === undefined,
        signed,
        sender.address,
      ])
      assert.deepEqual(await b.endpoint.call(`org.${mode}.p`), [true, false, party(`b ${mode}`).address])
    }
  })

  it("of an agent that announced one generation twice is evidence against that agent alone", () => {
    const [one, other] = [announcementOf("agent"), announcementOf("agent", { t0: NOW + 1 })]
    const fork = judge(encodeForkEvidence(one.bytes, [other.bytes]))
    assert.deepEqual([fork.what, fork.signer], ["fork", party("agent").csPubKey])
    const commitments = { call: new Uint8Array(32), event: new Uint8Array(32) }
    const others = { ...commitments, call: new Uint8Array(32).fill(1) }
    const tick = (given: typeof commitments, epoch = 3): Uint8Array =>
      makeTick(one, { epoch, commitments: given, time: NOW }, party("agent").csKey).bytes
    assert.equal(judge(encodeForkEvidence(one.bytes, [tick(commitments), tick(others)])).what, "fork")
    for (const none of [
      encodeForkEvidence(one.bytes, [one.bytes]),
      encodeForkEvidence(one.bytes, [announcementOf("somebody else").bytes]),
      encodeForkEvidence(one.bytes, [announcementOf("agent", { generation: NOW + 1 }).bytes]),
      encodeForkEvidence(one.bytes, [tick(commitments), tick(commitments)]),
      encodeForkEvidence(one.bytes, [tick(commitments), tick(others, 4)]),
    ])
      refuses(() => judge(none), "keys.evidence")
  })
}).timeout(30_000)

describe("session: replay policies", () => {
  let world: World
  beforeEach(() => (world = new World()))
  afterEach(() => world.close())
  const PUMP = "com.example.pump"

  it("shared: of two callees that are handed one call, one runs it", async () => {
    const claimed = new Set<string>()
    const sharedReplay = { claim: async (id: string) => !claimed.has(id) && Boolean(claimed.add(id)) }
    const scopes = [{ uri: "com.example.", match: "prefix" as const, replay: "shared" as const }]
    await rejects(world.join("none", {}, { scopes }), "usage.invalid")
    const callees = [
      await world.join("one", {}, { scopes, sharedReplay }),
      await world.join("two", {}, { scopes, sharedReplay }),
    ]
    const runs: unknown[] = []
    for (const [i, { endpoint }] of callees.entries()) await endpoint.register(`${PUMP}${i}`, () => runs.push(i))
    const caller = await world.join("caller", {}, { scopes, sharedReplay })
    await caller.endpoint.call(`${PUMP}0`)
    assert.equal(runs.length, 1)
    assert.equal(claimed.size, 1)
  })

  it("pinned: a call is for one callee, and another refuses it", async () => {
    const scopes = [{ uri: "com.example.", match: "prefix" as const, replay: "pinned" as const }]
    const first = await world.join("one", {}, { scopes })
    const second = await world.join("two", {}, { scopes })
    const runs: string[] = []
    const handler = (name: string) => (): void => void runs.push(name)
    await first.endpoint.register(PUMP, handler("one"))
    await second.endpoint.register("com.example.other", handler("two"))
    const caller = await world.join("caller", {}, { scopes })
    await rejects(caller.endpoint.call(PUMP), "usage.invalid")
    const [one, two] = [party("one").address, party("two").address]
    await caller.endpoint.call(PUMP, [], { callee: one })
    assert.deepEqual(runs, ["one"])
    // The router delivers it to another than is meant.
    await rejects(caller.endpoint.call(PUMP, [], { callee: two }), "session.router_error")
    assert.deepEqual([runs, first.refused], [["one"], ["payload.context"]])
    // Who answered once is meant from then on.
    await caller.endpoint.call(PUMP)
    assert.deepEqual(runs, ["one", "one"])
    await rejects(caller.endpoint.call(PUMP, [], { callee: party("nobody").address }), "keys.unknown_key")
  })
}).timeout(30_000)

describe("session: retained events", () => {
  it("need a scope with history", async () => {
    const world = new World()
    const { endpoint } = await world.join("publisher")
    await rejects(endpoint.publish("com.example.heat", [1], { retain: true }), "usage.invalid")
    await world.close()
  })
})

describe("session: signed policies", () => {
  it("are taken from their owner alone, and as a whole", async () => {
    const world = new World()
    const policy = policyOf(parseScopes([{ uri: "com.example.", match: "prefix", mode: "mac" }])[0]!, REALM)
    const document = signPolicy({ ...policy, serial: 1 }, party("owner").key)
    const owner = party("owner").address
    const scopes = (signed: object) => ({ scopes: [{ uri: "com.example.", match: "prefix" as const, ...signed }] })
    const callee = await world.join("callee", {}, scopes({ signed: { document, owner } }))
    const caller = await world.join("caller", {}, scopes({ signed: { document, owner } }))
    await callee.endpoint.register("com.example.pump", (_a, _k, { mode }) => mode)
    assert.equal(await caller.endpoint.call("com.example.pump"), "mac")
    const changed = { ...document, policy: { ...document.policy, mode: "sig" as const } }
    await rejects(world.join("x", {}, scopes({ signed: { document: changed, owner } })), "keys.policy")
    await rejects(world.join("x", {}, scopes({ signed: { document, owner: party("other").address } })), "keys.policy")
    for (const also of [{ epochMs: 1_000 }, { cipher: "xsalsa20poly1305" }, { padding: true }])
      await rejects(world.join("x", {}, scopes({ signed: { document, owner }, ...also })), "usage.invalid")
    const plain = await world.join("plain", {}, scopes({ mode: "mac" }))
    await rejects(plain.endpoint.call("com.example.pump"), "keys.policy")
    await world.close()
  })

  it("say how payloads are written and sealed, too", async () => {
    const world = new World()
    const sealed = { cipher: "aes256gcm", serializer: "msgpack" } as const
    const policy = policyOf(parseScopes([{ uri: "com.example.", match: "prefix", ...sealed }])[0]!, REALM)
    const signed = { document: signPolicy(policy, party("owner").key), owner: party("owner").address }
    const scopes = { scopes: [{ uri: "com.example.", match: "prefix" as const, signed }] }
    const callee = await world.join("callee", {}, scopes)
    const caller = await world.join("caller", {}, scopes)
    await callee.endpoint.register("com.example.pump", (args) => args[0])
    assert.equal(await caller.endpoint.call("com.example.pump", ["on"]), "on")
    const calls = world.router.carried.flatMap(({ payload }) => (payload.sealed ? [payload.attributes] : []))
    assert.ok(calls.length > 0)
    for (const { ppt_cipher, ppt_serializer } of calls)
      assert.deepEqual([ppt_cipher, ppt_serializer], [sealed.cipher, sealed.serializer])
    await world.close()
  })
}).timeout(30_000)
