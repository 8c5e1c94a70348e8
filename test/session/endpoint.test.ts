import { strict as assert } from "node:assert"
import { sha256 } from "@noble/hashes/sha2.js"
import { signLabelled } from "../../src/core/ed25519.ts"
import { isE2eeError, type ErrorCode } from "../../src/core/errors.ts"
import { createEndpoint } from "../../src/endpoint.ts"
import { parseAnnouncement } from "../../src/keys/announcement.ts"
import { INFO_REQUEST, parseInfo, readAnswer, requestGrant } from "../../src/keys/grant.ts"
import { scopeId } from "../../src/keys/schedule.ts"
import { decodeCbor, encodeCbor } from "../../src/payload/cbor.ts"
import { ApplicationError, HANDLER_FAILED } from "../../src/session/messages/application-error.ts"
import { WampError, type Payload } from "../../src/session/connection.ts"
import { ownKeyPackage } from "../../src/session/context.ts"
import { Result } from "../../src/session/messages/result.ts"
import { parseScopes } from "../../src/session/scope.ts"
import { rejects, refuses } from "../arbitrary.ts"
import { contextOf, countedRandom, selfOf } from "../keys/parties.ts"
import { buildChain, named, party, PROVIDER, REALM } from "../trust/chains.ts"
import type { Carried } from "./fake-router.ts"
import { askAgent } from "./claims/insider.ts"
import { settled, World, type Inhabitant } from "./world.ts"

const PUMP = "com.example.pump"
const TOPIC = "com.example.level"
const GRANT = "com.example.e2ee.grant"

/** Rewrites messages of one type that are no grants. */
const on =
  (type: Carried["type"], change: (message: Carried) => Carried | undefined) =>
  (message: Carried): Carried | undefined =>
    message.type === type && message.uri !== GRANT ? change(message) : message
const plain = (message: Carried): Carried => ({ ...message, payload: { sealed: false, args: ["forged"], kwargs: {} } })
function attributes(change: (old: Readonly<Record<string, unknown>>) => Record<string, unknown>) {
  return (message: Carried): Carried =>
    message.payload.sealed
      ? { ...message, payload: { ...message.payload, attributes: change(message.payload.attributes) } }
      : message
}
function damaged(message: Carried): Carried {
  if (message.payload.sealed) message.payload.payload[30] = (message.payload.payload[30] ?? 0) ^ 1
  return message
}
const WITHOUT_CIPHER = attributes((old) =>
  Object.fromEntries(Object.entries(old).filter(([key]) => key !== "ppt_cipher")),
)
const OTHER_KEY = attributes((old) => ({ ...old, ppt_keyid: named("some key") }))
const OTHER_SCHEME = attributes((old) => ({ ...old, ppt_scheme: "x_plain" }))

describe("session: endpoints", () => {
  let world: World
  let callee: Inhabitant
  let caller: Inhabitant
  let invoked: unknown[][]

  beforeEach(async () => {
    world = new World()
    invoked = []
    callee = await world.join("callee")
    caller = await world.join("caller")
    await callee.endpoint.register(PUMP, (args, _kwargs, { sender }) => {
      invoked.push([...args])
      if (args[0] === "fail") throw new ApplicationError("com.example.error.dry", ["no water"], { level: 0 })
      if (args[0] === "crash") throw new Error("the secret path /secret/pump")
      if (args[0] === "many") return new Result([1, 2], { ok: true })
      return args[0] === "who" ? sender.address : args[0]
    })
  })
  afterEach(() => world.close())

  describe("calls", () => {
    it("bring back what the handler returned", async () => {
      assert.equal(await caller.endpoint.call(PUMP, ["the plaintext"]), "the plaintext")
      assert.equal(await caller.endpoint.call(PUMP, []), undefined)
      assert.equal(await caller.endpoint.call(PUMP, ["who"]), party("caller").address)
      assert.deepEqual(await caller.endpoint.call(PUMP, ["many"]), new Result([1, 2], { ok: true }))
      const { details, args } = await caller.endpoint.callDetailed(PUMP, [2n ** 60n])
      assert.deepEqual(args, [2n ** 60n])
      assert.equal(details.sender.address, party("callee").address)
      assert.deepEqual([details.uri, details.time, details.signed], [PUMP, world.now, true])
      assert.deepEqual([caller.refused, callee.refused], [[], []])
      assert.equal(world.grants, 1)
    })

    it("show the router no plaintext", async () => {
      await caller.endpoint.call(PUMP, ["the plaintext"])
      const seen = world.router.carried.filter(({ uri }) => uri === PUMP)
      assert.equal(seen.length, 2)
      for (const { payload } of seen) {
        assert.ok(payload.sealed)
        assert.ok(!Buffer.from(payload.payload).includes("the plaintext"))
      }
    })

    it("bring back the handler's error, and nothing of a crash", async () => {
      const error = await rejects(caller.endpoint.call(PUMP, ["fail"]), "session.application_error")
      assert.ok(error instanceof ApplicationError)
      assert.deepEqual([error.uri, error.args, error.kwargs], ["com.example.error.dry", ["no water"], { level: 0 }])
      const crash = await rejects(caller.endpoint.call(PUMP, ["crash"]), "session.application_error")
      assert.ok(crash instanceof ApplicationError)
      assert.deepEqual([crash.uri, crash.args], [HANDLER_FAILED, []])
      assert.doesNotMatch(crash.message, /secret/)
      assert.deepEqual(callee.refused, ["internal.invariant"])
    })

    it("serve two callers, each under keys of its own", async () => {
      const other = await world.join("other")
      const results = await Promise.all([caller, other].map(({ endpoint }) => endpoint.call(PUMP, ["who"])))
      assert.deepEqual(results, [party("caller").address, party("other").address])
      const ids = world.router.carried.map(({ payload }) => payload.sealed && payload.attributes["ppt_keyid"])
      assert.equal(new Set(ids.filter(Boolean)).size, 4)
    })

    const refusedByCaller: readonly [string, Carried["type"], (message: Carried) => Carried, ErrorCode][] = [
      ["a plaintext result", "RESULT", plain, "payload.plaintext_forbidden"],
      ["a damaged result", "RESULT", damaged, "payload.decrypt_failed"],
      ["a result without cipher", "RESULT", WITHOUT_CIPHER, "payload.attributes"],
      ["a result of another scheme", "RESULT", OTHER_SCHEME, "payload.attributes"],
      ["a result under another key", "RESULT", OTHER_KEY, "keys.unknown_key"],
    ]
    for (const [name, type, change, code] of refusedByCaller) {
      it(`refuse ${name}`, async () => {
        world.router.hook = on(type, change)
        await rejects(caller.endpoint.call(PUMP, [1]), code)
        assert.deepEqual(invoked, [[1]])
      })
    }

    const refusedByCallee: readonly [string, (message: Carried) => Carried, ErrorCode, ErrorCode][] = [
      ["a plaintext call", plain, "payload.plaintext_forbidden", "session.router_error"],
      ["a damaged call", damaged, "payload.decrypt_failed", "session.router_error"],
      ["a call without cipher", WITHOUT_CIPHER, "payload.attributes", "session.router_error"],
      ["a call under another key", OTHER_KEY, "keys.unknown_key", "keys.unknown_key"],
    ]
    for (const [name, change, code, atCaller] of refusedByCallee) {
      it(`refuse ${name} before the handler`, async () => {
        world.router.hook = on("CALL", change)
        await rejects(caller.endpoint.call(PUMP, [1]), atCaller)
        assert.deepEqual(invoked, [])
        assert.deepEqual(callee.refused, [code])
      })
    }

    it("tell what the router says of a procedure that another has", async () => {
      const other = await world.join("other")
      const error = await rejects(
        other.endpoint.register(PUMP, () => 1),
        "session.router_error",
      )
      assert.match(error.message, /procedure_already_exists/)
    })

    it("refuse an error whose URI was changed, and a plain one as the router's", async () => {
      world.router.hook = on("ERROR", (message) => ({ ...message, error: "com.example.error.other" }))
      await rejects(caller.endpoint.call(PUMP, ["fail"]), "payload.context")
      world.router.hook = on("ERROR", (message) => plain(message))
      await rejects(caller.endpoint.call(PUMP, ["fail"]), "session.router_error")
      world.router.hook = on("ERROR", damaged)
      await rejects(caller.endpoint.call(PUMP, ["fail"]), "payload.decrypt_failed")
    })

    it("refuse a replayed call and an earlier result", async () => {
      await caller.endpoint.call(PUMP, [1])
      const [call, result] = ["CALL", "RESULT"].map((type) =>
        world.router.carried.find((message) => message.type === type && message.uri === PUMP),
      ) as [Carried, Carried]
      const again = world.router.connect().call(PUMP, call.payload, { timeoutMs: 100 })
      await assert.rejects(again, (error) => error instanceof WampError && error.uri === "e2ee.error.refused")
      assert.deepEqual(callee.refused, ["payload.replay"])
      assert.deepEqual(invoked, [[1]])
      world.router.hook = on("RESULT", (message) => ({
        ...message,
        payload: structuredClone(result.payload) as Payload,
      }))
      await rejects(caller.endpoint.call(PUMP, [2]), "payload.context")
    })

    it("refuse to be delivered to another procedure", async () => {
      await callee.endpoint.register("com.example.valve", () => assert.fail("invoked"))
      world.router.hook = on("CALL", (message) => ({ ...message, uri: "com.example.valve" }))
      await rejects(caller.endpoint.call(PUMP, [1]), "keys.unknown_key")
      assert.deepEqual(invoked, [])
    })

    it("end in time when the router drops them, and are not repeated", async () => {
      world.router.hook = on("CALL", () => undefined)
      await rejects(caller.endpoint.call(PUMP, [1], { timeoutMs: 50 }), "session.timeout")
      world.router.hook = on("RESULT", () => undefined)
      await rejects(caller.endpoint.call(PUMP, [2], { timeoutMs: 50 }), "session.timeout")
      assert.deepEqual(invoked, [[2]])
    })

    it("refuse URIs outside the scopes and reserved ones", async () => {
      await rejects(caller.endpoint.call("org.other"), "session.outside_scope")
      await rejects(caller.endpoint.call(GRANT), "session.reserved_uri")
      await rejects(
        callee.endpoint.register("wamp.x", () => 0),
        "session.reserved_uri",
      )
      await rejects(caller.endpoint.call(PUMP, [() => 0]), "payload.encode_failed")
    })
  })

  describe("trust", () => {
    it("refuses a caller revoked since", async () => {
      await caller.endpoint.call(PUMP, [1])
      world.trust.revoke("caller")
      world.pass()
      await rejects(caller.endpoint.call(PUMP, [2]), "trust.revoked")
      assert.deepEqual(invoked, [[1]])
      assert.ok(callee.refused.includes("trust.revoked"))
    })

    it("seals nothing for a callee revoked since", async () => {
      await caller.endpoint.call(PUMP, [1])
      world.trust.revoke("callee")
      world.pass()
      const before = world.count("CALL")
      await rejects(caller.endpoint.call(PUMP, [2]), "trust.revoked")
      assert.equal(world.count("CALL"), before)
    })

    const strangers: readonly [string, Parameters<World["join"]>[1], ErrorCode][] = [
      ["of a foreign realm", { realm: named("another realm") }, "trust.realm"],
      ["with a self-made root", { root: party("self-made") }, "trust.root"],
      ["without a capability", { capabilities: 0n }, "trust.capability_missing"],
      ["that boots in the future", { bootedAt: 1_800_000_000_000 }, "trust.age"],
    ]
    for (const [name, chain, code] of strangers) {
      it(`gives no key to a peer ${name}`, async () => {
        const stranger = await world.join("stranger", chain)
        await rejects(stranger.endpoint.call(PUMP, [1]), code)
        assert.deepEqual(callee.refused, [code])
        assert.equal(world.count("CALL"), 0)
      })
    }

    it("gives no key to a peer revoked before", async () => {
      world.trust.revoke("caller")
      await rejects(caller.endpoint.call(PUMP, [1]), "trust.revoked")
    })

    it("gives no key for someone else's chain, and drops nobody for it", async () => {
      await caller.endpoint.call(PUMP, [1])
      const ask = async (bytes: Uint8Array): Promise<Uint8Array> => {
        const request: Payload = { sealed: false, args: [bytes], kwargs: {} }
        const answer = await world.router.connect().call(GRANT, request, { timeoutMs: 100 })
        assert.ok(!answer.sealed && answer.args[0] instanceof Uint8Array)
        return answer.args[0]
      }
      const announcement = parseAnnouncement(parseInfo(await ask(INFO_REQUEST)).announcement)
      const thief = contextOf("caller", world.now, party("thief").csKey)
      const { policy, scope } = announcement
      const { self } = thief
      const pending = requestGrant(
        { realm: REALM, scope, policy },
        {
          role: "caller",
          instance: self.instance,
          keyPackage: ownKeyPackage(thief),
          time: world.now,
          about: undefined,
        },
        self.x,
        announcement.agent.x,
        countedRandom(),
      )
      const answer = await ask(pending.bytes)
      refuses(() => readAnswer(answer, pending), "trust.possession")
      assert.deepEqual(callee.refused, ["trust.possession"])
      assert.equal(await caller.endpoint.call(PUMP, [2]), 2)
    })

    it("takes no keys from an agent that is a stranger", async () => {
      const other = new World()
      const agent = await other.join("agent", { root: party("self-made") })
      await agent.endpoint.register(PUMP, () => "forged")
      const victim = await other.join("victim")
      await rejects(victim.endpoint.call(PUMP, [1]), "trust.root")
      assert.equal(other.count("CALL"), 0)
      await other.close()
    })

    it("refuses a request with certificates that are none with the same word: it is not to come again", async () => {
      const [scope] = parseScopes([{ uri: "com.example.", match: "prefix" }])
      assert.ok(scope)
      const { agent, policy } = parseAnnouncement(parseInfo(await askAgent(world, scope, INFO_REQUEST)).announcement)
      const self = selfOf("member")
      const fields = decodeCbor(ownKeyPackage({ ...contextOf("anybody", world.now), self })) as unknown[]
      fields.splice(8, 2, ["[]"])
      const signature = signLabelled("wek1 kp", sha256(encodeCbor(fields)), self.csKey)
      const keyPackage = encodeCbor([...fields, signature])
      const place = { realm: REALM, scope: scopeId(REALM, "prefix", "com.example."), policy }
      const content = {
        role: "caller",
        instance: self.instance,
        keyPackage,
        time: world.now,
        about: undefined,
      } as const
      const { bytes } = requestGrant(place, content, self.x, agent.x, countedRandom())
      await assert.rejects(
        askAgent(world, scope, bytes),
        (error) => error instanceof WampError && error.uri === "e2ee.error.grant_malformed",
      )
      assert.deepEqual(callee.refused, ["certificate.malformed"])
    })

    it("refuses garbage at the grant procedure with one word", async () => {
      for (const args of [[], ["text"], [new Uint8Array(3)], [new Uint8Array(200)]]) {
        const call = world.router.connect().call(GRANT, { sealed: false, args, kwargs: {} }, { timeoutMs: 100 })
        await assert.rejects(call, (error) => error instanceof WampError && error.uri === "e2ee.error.grant_malformed")
      }
    })
  })

  describe("keys", () => {
    it("are pulled once and the call repeated once when the callee has others", async () => {
      await caller.endpoint.call(PUMP, [1])
      await callee.endpoint.close()
      world.pass(1)
      // Nobody hears of the new keys.
      world.router.hook = (message) => (message.uri.endsWith("e2ee.ann") ? undefined : message)
      const second = await world.join("second callee")
      await second.endpoint.register(PUMP, () => "from the second")
      const [calls, grants] = [world.count("CALL"), world.grants]
      assert.equal(await caller.endpoint.call(PUMP, [2]), "from the second")
      // Asked of the first agent, which is gone, and of the second.
      assert.deepEqual([world.count("CALL") - calls, world.grants - grants], [2, 2])
      assert.deepEqual(second.refused, ["keys.unknown_key", "keys.agreement"])
    })

    it("of a newcomer are pulled once for all of its calls that come at once", async () => {
      const [second, newcomer] = [await world.join("second"), await world.join("newcomer")]
      await second.endpoint.register("com.example.valve", ([state]) => state)
      await newcomer.endpoint.call(PUMP, [0])
      const grants = world.grants
      const states = Array.from({ length: 50 }, (_, i) => i)
      const answers = await Promise.all(states.map((i) => newcomer.endpoint.call("com.example.valve", [i])))
      assert.deepEqual(answers, states)
      assert.deepEqual([world.grants - grants, second.refused], [1, []])
    })

    it("of two newcomers are pulled for each, though the agent's answer for the first is under way", async () => {
      const [second, one, two] = [await world.join("second"), await world.join("one"), await world.join("two")]
      await second.endpoint.register("com.example.valve", ([state]) => state)
      const answers = await Promise.all([one, two].map(({ endpoint }) => endpoint.call("com.example.valve", [1])))
      assert.deepEqual([answers, second.refused], [[1, 1], []])
    })

    it("of a generation that began while the handler ran seal its answer", async () => {
      const spare = await world.join("spare")
      await spare.endpoint.subscribe(TOPIC, () => 0)
      await callee.endpoint.register("com.example.slow", async () => {
        world.trust.revoke("spare")
        world.pass()
        await callee.endpoint.publish(TOPIC, ["opens a new generation"])
        return "after all"
      })
      const grants = world.grants
      assert.equal(await caller.endpoint.call("com.example.slow"), "after all")
      assert.ok(world.grants > grants + 1)
    })

    it("of a new generation are no reason to repeat a call that was answered", async () => {
      const spare = await world.join("spare")
      await spare.endpoint.subscribe(TOPIC, () => 0)
      let runs = 0
      await callee.endpoint.register("com.example.once", async () => {
        runs++
        world.trust.revoke("spare")
        world.pass()
        await callee.endpoint.publish(TOPIC, ["opens a new generation"])
      })
      world.router.hook = on("RESULT", OTHER_KEY)
      await rejects(caller.endpoint.call("com.example.once"), "keys.unknown_key")
      assert.equal(runs, 1)
    })

    it("that went while the handler ran seal nothing", async () => {
      await callee.endpoint.register("com.example.last", async () => {
        await callee.endpoint.close()
        return "too late"
      })
      await rejects(caller.endpoint.call("com.example.last"), "session.router_error")
      assert.equal(world.count("RESULT"), 0)
    })

    it("of a new generation serve an agent that calls and drops a reader first", async () => {
      const [second, spare] = [await world.join("second"), await world.join("spare")]
      await second.endpoint.register("com.example.valve", () => "open")
      await spare.endpoint.register("com.example.tap", () => "shut")
      world.trust.revoke("spare")
      world.pass()
      assert.equal(await callee.endpoint.call("com.example.valve"), "open")
      assert.deepEqual(callee.refused, ["trust.revoked"])
    })

    it("are asked for in vain where nobody is the agent", async () => {
      await callee.endpoint.close()
      await rejects(caller.endpoint.call(PUMP, [1]), "keys.no_agent")
    })
  })

  describe("events", () => {
    let publisher: Inhabitant
    let got: unknown[][]

    const listener = async (name: string): Promise<Inhabitant> => {
      const inhabitant = await world.join(name, { capabilities: 128n })
      await inhabitant.endpoint.subscribe(TOPIC, (args, _kwargs, { sender, uri }) => {
        got.push([name, ...args, sender.address, uri])
      })
      return inhabitant
    }
    const publish = async (value: unknown): Promise<void> => {
      await publisher.endpoint.publish(TOPIC, [value])
      await settled()
    }
    const from = (): string => party("publisher").address

    beforeEach(async () => {
      await callee.endpoint.close()
      got = []
      publisher = await world.join("publisher", { capabilities: PROVIDER })
      await publisher.endpoint.publish("com.example.other", ["makes this one the agent"])
    })

    it("reach every subscriber in order", async () => {
      await listener("one")
      await listener("two")
      for (const value of [1, 2, 3]) await publish(value)
      for (const name of ["one", "two"]) {
        const values = got.filter(([who]) => who === name)
        assert.deepEqual(
          values,
          [1, 2, 3].map((value) => [name, value, from(), TOPIC]),
        )
      }
    })

    const refusals: readonly [string, (message: Carried) => Carried, ErrorCode][] = [
      ["in plaintext", plain, "payload.plaintext_forbidden"],
      ["damaged", damaged, "payload.decrypt_failed"],
      ["without cipher", WITHOUT_CIPHER, "payload.attributes"],
      ["of another scheme", OTHER_SCHEME, "payload.attributes"],
      ["under another key", OTHER_KEY, "keys.unknown_key"],
    ]
    for (const [name, change, code] of refusals) {
      it(`are refused ${name}, and the next one delivered`, async () => {
        const one = await listener("one")
        world.router.hook = on("EVENT", change)
        await publish(1)
        assert.deepEqual([got, one.refused], [[], [code]])
        world.router.hook = (message) => message
        await publish(2)
        assert.deepEqual(got, [["one", 2, from(), TOPIC]])
      })
    }

    it("are refused the second time", async () => {
      const one = await listener("one")
      await publish(1)
      const event = world.router.carried.findLast(({ type }) => type === "EVENT")
      assert.ok(event)
      await world.router.connect().publish(TOPIC, event.payload)
      await settled()
      assert.deepEqual([got.length, one.refused], [1, ["payload.replay"]])
    })

    it("of a new generation reach all but the revoked subscriber", async () => {
      const [one, two] = [await listener("one"), await listener("two")]
      await publish(1)
      assert.equal(got.length, 2)
      const ids = (): unknown[] =>
        world.router.carried
          .filter(({ type, uri }) => type === "EVENT" && uri === TOPIC)
          .map(({ payload }) => payload.sealed && payload.attributes["ppt_keyid"])
      world.trust.revoke("one")
      world.pass()
      await publish(2)
      assert.deepEqual(got.slice(2), [["two", 2, from(), TOPIC]])
      assert.equal(new Set(ids()).size, 2)
      assert.ok(one.refused.includes("trust.revoked"))
      assert.deepEqual(two.refused, [])
      assert.ok(publisher.refused.includes("trust.revoked"))
    })

    it("of a publisher revoked since are refused", async () => {
      const one = await listener("one")
      await publish(1)
      world.trust.revoke("publisher")
      world.pass()
      await publish(2)
      assert.equal(got.length, 1)
      assert.deepEqual(one.refused, ["trust.revoked"])
    })
  })

  describe("close", () => {
    it("ends everything, twice as well as once", async () => {
      const { endpoint } = callee
      await endpoint.subscribe(TOPIC, () => 0)
      assert.deepEqual(world.router.registered.sort(), [GRANT, PUMP])
      await endpoint.close()
      await endpoint.close()
      assert.deepEqual([world.router.registered, world.router.subscribed], [[], []])
      await rejects(endpoint.call(PUMP), "session.closed")
      await rejects(endpoint.publish(TOPIC), "session.closed")
      await rejects(
        endpoint.register(PUMP, () => 0),
        "session.closed",
      )
      await rejects(
        endpoint.subscribe(TOPIC, () => 0),
        "session.closed",
      )
    })

    it("of one registration ends that one alone", async () => {
      const undo = await callee.endpoint.register("com.example.valve", () => 1)
      await undo()
      await undo()
      assert.deepEqual(world.router.registered.sort(), [GRANT, PUMP])
      assert.equal(await caller.endpoint.call(PUMP, [3]), 3)
    })
  })

  describe("identity", () => {
    it("must be its own", async () => {
      const common = { connection: world.router.connect(), trust: world.trust, scopes: [{ uri: "com.a" }] }
      const certificates = buildChain({ delegate: party("a") })
      const wrongKey = createEndpoint({ ...common, identity: { certificates, csKey: party("b").csKey } })
      await rejects(wrongKey, "usage.invalid")
      const noDelegate = createEndpoint({
        ...common,
        identity: { certificates: certificates.slice(1), csKey: party("a").csKey },
      })
      await rejects(noDelegate, "usage.invalid")
      const identity = { certificates, csKey: party("a").csKey }
      assert.ok(!isE2eeError(await createEndpoint({ ...common, identity })))
    })
  })
}).timeout(20_000)
