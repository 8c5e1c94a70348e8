import { strict as assert } from "node:assert"
import type { ErrorCode } from "../../../src/core/errors.ts"
import { KIND } from "../../../src/payload/frame.ts"
import { ApplicationError } from "../../../src/session/messages/application-error.ts"
import { flipped, rejects } from "../../arbitrary.ts"
import type { Carried } from "../fake-router.ts"
import { dataKeyOf, forge, StaticWorld, type Forgery, type StaticInhabitant } from "./static-world.ts"
import { settled } from "../world.ts"

const ECHO = "com.example.echo"
const ERASE = "com.example.erase"
const HEAT = "com.example.heat"
const SKEW = 300_000

type Forged = ReturnType<typeof forge>
type Hook = (message: Carried) => Carried | undefined

const bytesOf = ({ payload }: Carried): Uint8Array => (payload.sealed ? payload.payload : new Uint8Array())
const altered = (message: Carried, change: object): Carried =>
  ({ ...message, payload: { ...message.payload, ...change } }) as Carried
const attributed = (message: Carried, attributes: object): Carried =>
  altered(message, { attributes: { ...(message.payload as { attributes: object }).attributes, ...attributes } })
const aCall = (changes: Omit<Forgery, "kind"> = {}): Forged => forge({ uri: ECHO, kind: KIND.call, ...changes })
const KEY_ID = dataKeyOf("a").keyId
const PLAIN = { sealed: false, args: [1], kwargs: {} } as const

for (const carriage of ["passthru", "in-band"] as const) {
  describe(`session: static keys and a hostile router, ${carriage}`, () => {
    let world: StaticWorld
    let callee: StaticInhabitant
    let caller: StaticInhabitant
    let done: unknown[]
    let events: unknown[]

    beforeEach(async () => {
      world = new StaticWorld()
      callee = await world.join(["a"], {}, carriage)
      caller = await world.join(["a"], {}, carriage)
      done = []
      events = []
      for (const uri of [ECHO, ERASE]) {
        await callee.endpoint.register(uri, ([value]) => {
          done.push([uri, value])
          if (value === "dry") throw new ApplicationError("com.example.error.dry")
          return value
        })
      }
      for (const topic of [HEAT, "com.example.cold"])
        await callee.endpoint.subscribe(topic, (args, _kwargs, { uri }) => void events.push([uri, args]))
    })
    afterEach(() => world.close())

    /** Alters every message of one type. */
    const altering = (type: Carried["type"], change: Hook): Hook => {
      return (message) => (message.type === type ? change(message) : message)
    }

    const ofCalls: readonly [string, Hook, ErrorCode][] = [
      ["moves it to another procedure", (m) => ({ ...m, uri: ERASE }), "payload.context"],
      ["delivers an event in its place", (m) => ({ ...m, payload: forge({ uri: ECHO }) }), "payload.context"],
      [
        "delivers the first part of one in its place",
        (m) => ({ ...m, payload: aCall({ more: true }) }),
        "payload.context",
      ],
      [
        "delivers one with a correlation",
        (m) => ({ ...m, payload: aCall({ correlation: new Uint8Array(16) }) }),
        "payload.context",
      ],
      ["flips a bit", (m) => altered(m, { payload: flipped(bytesOf(m), 300) }), "payload.decrypt_failed"],
      ["cuts it short", (m) => altered(m, { payload: bytesOf(m).slice(0, -1) }), "payload.decrypt_failed"],
      ["leaves nothing of it", (m) => altered(m, { payload: new Uint8Array() }), "payload.decrypt_failed"],
      ["names a key that nobody has", (m) => attributed(m, { ppt_keyid: `0x${"00".repeat(20)}` }), "keys.unknown_key"],
      ["spells the key id otherwise", (m) => attributed(m, { ppt_keyid: KEY_ID.toLowerCase() }), "keys.unknown_key"],
      ["names another cipher", (m) => attributed(m, { ppt_cipher: "aes256gcm" }), "payload.attributes"],
      ["drops an attribute", (m) => attributed(m, { ppt_serializer: undefined }), "payload.attributes"],
      ["sends plaintext", (m) => ({ ...m, payload: PLAIN }), "payload.plaintext_forbidden"],
      ["holds it back too long", (m) => ((world.now += SKEW + 1), m), "payload.stale"],
      ["brings it before its time", (m) => ((world.now -= SKEW + 1), m), "payload.stale"],
    ]
    for (const [what, change, code] of ofCalls) {
      it(`refuses the call of a router that ${what}`, async () => {
        world.router.hook = altering("CALL", change)
        await rejects(caller.endpoint.call(ECHO, [1]), code === "keys.unknown_key" ? code : "session.router_error")
        assert.deepEqual([callee.refused, done], [[code], []])
        world.router.hook = (message) => message
        assert.equal(await caller.endpoint.call(ECHO, [1]), 1)
      })
    }

    it("carries a call out once, however often a router brings it", async () => {
      let first: Carried | undefined
      world.router.hook = altering("CALL", (message) => (first ??= message))
      await caller.endpoint.call(ECHO, [1])
      await rejects(caller.endpoint.call(ECHO, [2]), "session.router_error")
      assert.deepEqual([callee.refused, done], [["payload.replay"], [[ECHO, 1]]])
    })

    const ofResults: readonly [string, Hook, ErrorCode][] = [
      ["returns another call", (m) => ({ ...m, payload: aCall() }), "payload.context"],
      ["returns an event", (m) => ({ ...m, payload: forge({ uri: ECHO }) }), "payload.context"],
      [
        "answers without being asked",
        (m) => ({ ...m, payload: forge({ uri: ECHO, kind: KIND.result }) }),
        "payload.context",
      ],
      [
        "answers with a key of its own",
        (m) => ({ ...m, payload: forge({ uri: ECHO, kind: KIND.result, key: "router" }) }),
        "keys.unknown_key",
      ],
      ["flips a bit", (m) => altered(m, { payload: flipped(bytesOf(m), 0) }), "payload.decrypt_failed"],
      ["sends plaintext", (m) => ({ ...m, payload: PLAIN }), "payload.plaintext_forbidden"],
      ["makes an error of it", (m) => ({ ...m, type: "ERROR", error: "com.example.error.dry" }), "payload.context"],
      ["holds it back too long", (m) => ((world.now += SKEW + 1), m), "payload.stale"],
    ]
    for (const [what, change, code] of ofResults) {
      it(`refuses the result of a router that ${what}`, async () => {
        world.router.hook = altering("RESULT", change)
        await rejects(caller.endpoint.call(ECHO, [1]), code)
        world.router.hook = (message) => message
        assert.equal(await caller.endpoint.call(ECHO, [2]), 2)
      })
    }

    it("refuses its own call, returned as a result or brought to a procedure of its own", async () => {
      let sent: Carried | undefined
      world.router.hook = (m) => (m.type === "CALL" ? (sent = m) : { ...m, payload: sent!.payload })
      await rejects(caller.endpoint.call(ECHO, [1]), "payload.context")
      world.router.hook = (message) => message
      await caller.endpoint.register("com.example.own", () => 1)
      await rejects(caller.endpoint.call("com.example.own"), "session.router_error")
      assert.deepEqual(caller.refused, ["payload.context"])
    })

    it("refuses the result of an earlier call", async () => {
      let first: Carried | undefined
      world.router.hook = altering("RESULT", (message) => (first ??= message))
      await caller.endpoint.call(ECHO, [1])
      await rejects(caller.endpoint.call(ECHO, [2]), "payload.context")
    })

    it("takes an error for one that a router brings as a result, and its URI from inside", async () => {
      world.router.hook = (message) =>
        message.type === "ERROR" ? { type: "RESULT", uri: message.uri, payload: message.payload } : message
      const error = await rejects(caller.endpoint.call(ECHO, ["dry"]), "session.application_error")
      assert.equal((error as ApplicationError).uri, "com.example.error.dry")
    })

    if (carriage === "passthru") {
      it("refuses an error whose URI a router changes", async () => {
        world.router.hook = altering("ERROR", (message) => ({ ...message, error: "com.example.error.wet" }))
        await rejects(caller.endpoint.call(ECHO, ["dry"]), "payload.context")
      })
    }

    const ofEvents: readonly [string, () => Forged, ErrorCode][] = [
      ["of another topic", () => forge({ uri: "com.example.cold" }), "payload.context"],
      ["that was a call", () => forge({ uri: HEAT, kind: KIND.call }), "payload.context"],
      ["that is an answer", () => forge({ uri: HEAT, correlation: new Uint8Array(16) }), "payload.context"],
      ["that is one part", () => forge({ uri: HEAT, more: true }), "payload.context"],
      ["whose box has another key than its authenticator", () => forge({ uri: HEAT, signs: "b" }), "payload.context"],
      ["without an authenticator", () => forge({ uri: HEAT, authenticator: new Uint8Array() }), "payload.context"],
      [
        "with a signature in place of the authenticator",
        () => forge({ uri: HEAT, authenticator: new Uint8Array(64) }),
        "payload.context",
      ],
      [
        "with half an authenticator",
        () => forge({ uri: HEAT, authenticator: new Uint8Array(16) }),
        "payload.decode_failed",
      ],
      ["of a key that it has not", () => forge({ uri: HEAT, key: "b" }), "keys.unknown_key"],
      ["that is padded", () => forge({ uri: HEAT, profile: { padding: true } }), "payload.decode_failed"],
      [
        "that might have been compressed",
        () => forge({ uri: HEAT, profile: { compression: "deflate" } }),
        "payload.context",
      ],
      ["in another cipher", () => forge({ uri: HEAT, profile: { cipher: "aes256gcm" } }), "payload.attributes"],
      ["in another serialiser", () => forge({ uri: HEAT, profile: { serializer: "msgpack" } }), "payload.attributes"],
      [
        "in another serialiser under the name of the right one",
        () => ({
          ...forge({ uri: HEAT, profile: { serializer: "json" } }),
          attributes: forge({ uri: HEAT }).attributes,
        }),
        "payload.decode_failed",
      ],
      [
        "in another cipher under the name of the right one",
        () => ({
          ...forge({ uri: HEAT, profile: { cipher: "aes256gcm" } }),
          attributes: forge({ uri: HEAT }).attributes,
        }),
        "payload.decrypt_failed",
      ],
      ["that is too old", () => forge({ uri: HEAT, now: world.now - SKEW - 1 }), "payload.stale"],
    ]
    for (const [what, make, code] of ofEvents) {
      it(`refuses an event ${what}`, async () => {
        await world.router.connect().publish(HEAT, make())
        await settled()
        assert.deepEqual([callee.refused, events], [[code], []])
      })
    }

    it("delivers an event once, and those that come out of order", async () => {
      const [first, second] = [forge({ uri: HEAT }), forge({ uri: HEAT })]
      for (const payload of [second, first, second, first]) await world.router.connect().publish(HEAT, payload)
      await settled()
      assert.equal(events.length, 2)
      assert.deepEqual(callee.refused, ["payload.replay", "payload.replay"])
    })
  }).timeout(20_000)
}
