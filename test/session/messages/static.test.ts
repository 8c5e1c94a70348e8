import { strict as assert } from "node:assert"
import { ApplicationError } from "../../../src/session/messages/application-error.ts"
import { Result } from "../../../src/session/messages/result.ts"
import { flipped, rejects } from "../../arbitrary.ts"
import type { Carried } from "../fake-router.ts"
import { dataKeyOf, forge, StaticWorld, type StaticInhabitant } from "./static-world.ts"
import { settled } from "../world.ts"

const ECHO = "com.example.echo"
const HEAT = "com.example.heat"
const HANDLER_FAILED = "e2ee.error.handler_failed"

for (const carriage of ["passthru", "in-band"] as const) {
  describe(`session: static keys, ${carriage}`, () => {
    let world: StaticWorld
    let callee: StaticInhabitant
    let caller: StaticInhabitant
    let events: unknown[]

    beforeEach(async () => {
      world = new StaticWorld()
      callee = await world.join(["a"], {}, carriage)
      caller = await world.join(["a"], {}, carriage)
      events = []
      await callee.endpoint.register(ECHO, async (args, kwargs, { progress, input }) => {
        if (args[0] === "parts") for (const part of args.slice(1)) progress?.([part])
        if (args[0] === "dry") throw new ApplicationError("com.example.error.dry", args, kwargs)
        if (args[0] === "broken") throw new Error("the secret of the callee")
        let inputs = 0
        for await (const _ of input ?? []) inputs++
        return inputs > 0 ? inputs : new Result(args, kwargs)
      })
      await callee.endpoint.subscribe(HEAT, (args, kwargs, { uri }) => void events.push([uri, args, kwargs]))
    })
    afterEach(() => world.close())

    it("calls, and tells both sides what is known of the other", async () => {
      const known = { keyId: dataKeyOf("a").keyId, authenticated: "frame", time: world.now }
      let details: object = {}
      await callee.endpoint.register("com.example.who", (_args, _kwargs, { uri, keyId, authenticated, time }) => {
        details = { uri, keyId, authenticated, time }
      })
      const answer = await caller.endpoint.callDetailed("com.example.who")
      assert.deepEqual(details, { uri: "com.example.who", ...known })
      assert.deepEqual(answer.details, { uri: "com.example.who", ...known })
    })

    it("brings arguments and results of every kind", async () => {
      const args = ["text", 2n ** 63n, Uint8Array.of(0, 255), { nested: [null, true, -1.5] }]
      const result = (await caller.endpoint.call(ECHO, args, { kwargs: { unit: "bar" } })) as Result
      assert.deepEqual([result.args, result.kwargs], [args, { unit: "bar" }])
    })

    it("brings an application's error, and of any other that there was one", async () => {
      const error = await rejects(
        caller.endpoint.call(ECHO, ["dry", 7], { kwargs: { level: 0 } }),
        "session.application_error",
      )
      assert.ok(error instanceof ApplicationError)
      assert.deepEqual([error.uri, error.args, error.kwargs], ["com.example.error.dry", ["dry", 7], { level: 0 }])
      const other = await rejects(caller.endpoint.call(ECHO, ["broken"]), "session.application_error")
      assert.deepEqual([(other as ApplicationError).uri, (other as ApplicationError).args], [HANDLER_FAILED, []])
      assert.ok(!`${other.stack}`.includes("secret of the callee"))
    })

    it("brings parts of results and of calls", async () => {
      const parts: unknown[] = []
      const onProgress = (args: readonly unknown[]): void => void parts.push(...args)
      assert.deepEqual(((await caller.endpoint.call(ECHO, ["parts", 1, 2], { onProgress })) as Result).args, [
        "parts",
        1,
        2,
      ])
      assert.deepEqual(parts, [1, 2])
      assert.equal(await caller.endpoint.call(ECHO, [0], { input: [1, 2, 3] }), 3)
    })

    it("brings events in order", async () => {
      for (let i = 0; i < 5; i++) await caller.endpoint.publish(HEAT, [i], { kwargs: { unit: "C" } })
      await settled()
      assert.deepEqual(
        events,
        [0, 1, 2, 3, 4].map((i) => [HEAT, [i], { unit: "C" }]),
      )
    })

    it("shows a router nothing of what it carries", async () => {
      const word = "a word that is a secret"
      await caller.endpoint.call(ECHO, [word], { kwargs: { [word]: word } })
      await rejects(caller.endpoint.call(ECHO, ["dry", word]), "session.application_error")
      await caller.endpoint.publish(HEAT, [word])
      assert.ok(world.router.carried.length >= 5)
      for (const { payload, ...rest } of world.router.carried) {
        assert.ok(payload.sealed)
        assert.ok(!Buffer.from(payload.payload).includes(word.slice(2, 10)))
        assert.ok(!JSON.stringify([payload.attributes, rest]).includes(word.slice(2, 10)))
      }
    })
  }).timeout(20_000)
}

describe("session: static keys and their change", () => {
  let world: StaticWorld
  beforeEach(() => (world = new StaticWorld()))
  afterEach(() => world.close())

  const answering = async (keys: readonly string[]): Promise<StaticInhabitant> => {
    const callee = await world.join(keys)
    await callee.endpoint.register(ECHO, ([value]) => value)
    return callee
  }
  const usedBy = (type: Carried["type"]): unknown[] =>
    world.router.carried.flatMap(({ type: other, payload }) =>
      other === type && payload.sealed ? [payload.attributes["ppt_keyid"]] : [],
    )
  const [a, b] = [dataKeyOf("a").keyId, dataKeyOf("b").keyId]

  it("goes on through every step of a change: added everywhere, then first, then alone", async () => {
    await answering(["a"])
    const old = await world.join(["a"])
    assert.equal(await old.endpoint.call(ECHO, [1]), 1)
    await world.close()

    await answering(["a", "b"])
    for (const keys of [["a"], ["a", "b"], ["b", "a"], ["b"]])
      assert.equal(await (await world.join(keys)).endpoint.call(ECHO, [2]), 2)
    await world.close()

    await answering(["b", "a"])
    for (const keys of [["a", "b"], ["a"], ["b"]])
      assert.equal(await (await world.join(keys)).endpoint.call(ECHO, [3]), 3)
    // Each answer is under the key of its call: a caller may have no other.
    assert.deepEqual(usedBy("RESULT"), usedBy("CALL"))
    assert.deepEqual([...new Set(usedBy("CALL"))].sort(), [a, b].sort())
  })

  it("refuses the old key once it is gone, to both sides by its code", async () => {
    const callee = await answering(["b"])
    const late = await world.join(["a"])
    await rejects(late.endpoint.call(ECHO, [1]), "keys.unknown_key")
    assert.deepEqual(callee.refused, ["keys.unknown_key"])
    assert.equal(usedBy("CALL").length, 1, "nothing is tried again")
  })

  it("tries no key but the one that is named", async () => {
    const callee = await world.join(["a", "b"])
    await callee.endpoint.subscribe(HEAT, () => assert.fail("it was delivered"))
    const { attributes } = forge({ uri: HEAT, key: "a" })
    await world.router.connect().publish(HEAT, { ...forge({ uri: HEAT, key: "b" }), attributes })
    await settled()
    assert.deepEqual(callee.refused, ["payload.decrypt_failed"])
  })

  it("opens nothing of which any bit was changed", async () => {
    const { endpoint, refused } = await world.join(["a"])
    await endpoint.subscribe(HEAT, () => assert.fail("it was delivered"))
    const whole = forge({ uri: HEAT })
    const bits = whole.payload.length * 8
    for (let bit = 0; bit < bits; bit++) {
      await world.router.connect().publish(HEAT, { ...whole, payload: flipped(whole.payload, bit) })
      if (bit % 256 === 0) await settled()
    }
    await settled()
    assert.deepEqual([refused.length, new Set(refused)], [bits, new Set(["payload.decrypt_failed"])])
  })
}).timeout(20_000)
