import { strict as assert } from "node:assert"
import { Secret } from "../../../src/core/secret.ts"
import { encodeCbor } from "../../../src/payload/cbor.ts"
import { secretbox } from "../../../src/payload/cipher.ts"
import { SERIALIZERS } from "../../../src/payload/serializer.ts"
import { ApplicationError } from "../../../src/session/messages/application-error.ts"
import type { Carriage, Connection, Payload } from "../../../src/session/connection.ts"
import { createStaticEndpoint } from "../../../src/static-endpoint.ts"
import { rejects } from "../../arbitrary.ts"
import type { Carried } from "../fake-router.ts"
import { dataKeyOf, forge, keyOf, StaticWorld, type StaticInhabitant } from "./static-world.ts"
import { settled } from "../world.ts"

const ECHO = "com.example.echo"
const HEAT = "com.example.heat"
const ACCEPT = { dangerouslyAcceptBare: true }
const SEND = { dangerouslySendBare: true }
const PLAIN = { ...ACCEPT, ...SEND }

/** What a holder of the key could put into a box. */
function boxed(map: unknown, key = "a"): Payload & { readonly sealed: true } {
  const nonce = crypto.getRandomValues(new Uint8Array(24))
  const attributes = {
    ppt_scheme: "wamp",
    ppt_serializer: "cbor",
    ppt_cipher: "xsalsa20poly1305",
    ppt_keyid: dataKeyOf(key).keyId,
  }
  return { sealed: true, attributes, payload: secretbox.seal(new Secret(keyOf(key)), nonce, encodeCbor(map)) }
}

describe("session: payloads without a frame", () => {
  let world: StaticWorld
  let events: unknown[]
  beforeEach(() => {
    world = new StaticWorld()
    events = []
  })
  afterEach(() => world.close())

  const listening = async (scope: object, over: Carriage = "passthru"): Promise<StaticInhabitant> => {
    const inhabitant = await world.join(["a", "b"], scope, over)
    await inhabitant.endpoint.subscribe(HEAT, (args, kwargs, details) => void events.push([args, kwargs, details]))
    return inhabitant
  }
  const answering = async (scope: object): Promise<StaticInhabitant> => {
    const inhabitant = await world.join(["a"], scope)
    await inhabitant.endpoint.register(ECHO, (args, kwargs, { authenticated, progress, input }) => {
      if (args[0] === "dry") throw new ApplicationError("com.example.error.dry", args, kwargs)
      for (const part of args.slice(1)) progress?.([part])
      return [authenticated, args[0], input !== undefined]
    })
    return inhabitant
  }
  const publish = async (payload: Payload): Promise<void> => {
    await world.router.connect().publish(HEAT, payload)
    await settled()
  }

  it("are refused unless asked for", async () => {
    const { refused } = await listening({})
    await publish(boxed({ args: [21.5], kwargs: {} }))
    const sender = await world.join(["a"], SEND)
    await sender.endpoint.publish(HEAT, [21.5])
    await settled()
    assert.deepEqual([refused, events], [["payload.decode_failed", "payload.decode_failed"], []])
  })

  it("are marked as what they are where they are accepted", async () => {
    const { refused } = await listening(ACCEPT)
    await publish(boxed({ args: [21.5], kwargs: { unit: "C" } }, "b"))
    const details = { uri: HEAT, keyId: dataKeyOf("b").keyId, authenticated: "bare", time: world.now }
    assert.deepEqual([refused, events], [[], [[[21.5], { unit: "C" }, details]]])
  })

  it("are accepted beside frames, which stay marked as such", async () => {
    await listening(ACCEPT)
    await publish(forge({ uri: HEAT }))
    await publish(boxed({ args: [], kwargs: {} }))
    assert.deepEqual(
      events.map((event) => (event as [unknown, unknown, { authenticated: string }])[2].authenticated),
      ["frame", "bare"],
    )
  })

  it("are sent where asked for: exactly the map of the specification", async () => {
    const { endpoint } = await world.join(["a"], SEND)
    await endpoint.publish(HEAT, [1, "x"], { kwargs: { unit: "bar" } })
    const { payload } = world.router.carried[0]!
    assert.ok(payload.sealed)
    assert.deepEqual(payload.attributes, boxed({}).attributes)
    const { plaintext } = secretbox.open(new Secret(keyOf("a")), payload.payload)
    assert.deepEqual(plaintext, encodeCbor({ args: [1, "x"], kwargs: { unit: "bar" } }))
  })

  const pairs: readonly [string, object, object, string][] = [
    ["from both to both", PLAIN, PLAIN, "bare"],
    ["from the caller alone", SEND, ACCEPT, "bare"],
    ["from the callee alone", ACCEPT, SEND, "frame"],
  ]
  for (const [who, ofCaller, ofCallee, authenticated] of pairs) {
    it(`carry calls, results, parts and errors, ${who}`, async () => {
      await answering(ofCallee)
      const { endpoint } = await world.join(["a"], ofCaller)
      const parts: unknown[] = []
      const onProgress = (args: readonly unknown[]): void => void parts.push(...args)
      assert.deepEqual(await endpoint.call(ECHO, ["x", 1, 2], { onProgress }), [authenticated, "x", false])
      assert.deepEqual(parts, [1, 2])
      const error = await rejects(endpoint.call(ECHO, ["dry"], { kwargs: { level: 0 } }), "session.application_error")
      assert.ok(error instanceof ApplicationError)
      assert.deepEqual([error.uri, error.args, error.kwargs], ["com.example.error.dry", ["dry"], { level: 0 }])
    })
  }

  it("carry no progressive calls, in which nothing would tell the parts apart", async () => {
    const callee = await answering(PLAIN)
    const { endpoint } = await world.join(["a"], SEND)
    await rejects(endpoint.call(ECHO, [1], { input: [2] }), "session.unsupported")
    assert.equal(world.router.carried.length, 0)
    world.router.hook = (message) => (message.type === "CALL" ? { ...message, payload: boxed({ args: [1] }) } : message)
    const framed = await world.join(["a"])
    await rejects(framed.endpoint.call(ECHO, [1], { input: [2] }), "session.router_error")
    assert.deepEqual(callee.refused, ["session.unsupported"])
  })

  it("are no way around a frame's checks: what was refused as a frame stays refused", async () => {
    const { refused } = await listening(ACCEPT)
    const old = forge({ uri: HEAT })
    const frames: [Payload, string][] = [
      [forge({ uri: "com.example.cold" }), "payload.context"],
      [forge({ uri: HEAT, signs: "b" }), "payload.context"],
      [forge({ uri: HEAT, authenticator: new Uint8Array() }), "payload.context"],
      [forge({ uri: HEAT, authenticator: new Uint8Array(7) }), "payload.decode_failed"],
      [forge({ uri: HEAT, now: world.now - 300_001 }), "payload.stale"],
      [forge({ uri: HEAT, profile: { padding: true } }), "payload.decode_failed"],
      [boxed({ e2e: Uint8Array.of(0), args: [1], kwargs: {} }), "payload.decode_failed"],
      [boxed({ e2e: null, args: [1], kwargs: {} }), "payload.decode_failed"],
      [boxed({ args: [1], kwargs: {}, e2e: new Uint8Array() }), "payload.decode_failed"],
      [boxed({ e2e: new Uint8Array(), z: ["deflate", 9, new Uint8Array(8)] }), "payload.decode_failed"],
      [boxed({ args: [1], z: [] }), "payload.decode_failed"],
      [boxed([[1], {}]), "payload.decode_failed"],
      [{ ...boxed({ args: [1] }), attributes: boxed({}, "b").attributes }, "payload.decrypt_failed"],
      [boxed({ args: [1] }, "c"), "keys.unknown_key"],
      [{ sealed: false, args: [1], kwargs: {} }, "payload.plaintext_forbidden"],
    ]
    for (const [payload] of frames) await publish(payload)
    assert.deepEqual([refused, events], [frames.map(([, code]) => code), []])
    for (const payload of [old, old]) await publish(payload)
    assert.deepEqual([refused.at(-1), events.length], ["payload.replay", 1])
  })

  it("tell nothing of where and when, which is why they are marked: a router can move and repeat them", async () => {
    const callee = await answering(ACCEPT)
    await listening(ACCEPT)
    const payload = boxed({ args: ["x"], kwargs: {} })
    for (let i = 0; i < 2; i++) await publish(payload)
    assert.equal(events.length, 2)
    world.router.hook = (message) => (message.type === "CALL" ? { ...message, payload } : message)
    const caller = await world.join(["a"])
    // The callee takes the event for a call; its answer belongs to that, and the caller's frame refuses it.
    await rejects(caller.endpoint.call(ECHO, ["y"]), "payload.context")
    assert.deepEqual(callee.refused, [])
  })

  it("are no answer to those who accept none", async () => {
    await answering({})
    const { endpoint } = await world.join(["a"])
    world.router.hook = (message): Carried =>
      message.type === "RESULT" ? { ...message, payload: boxed({ args: [1], kwargs: {} }) } : message
    await rejects(endpoint.call(ECHO, [1]), "payload.decode_failed")
  })

  it("are warned of once each, by scope and setting", async () => {
    const { warned, endpoint } = await world.join(["a"], PLAIN)
    for (let i = 0; i < 3; i++) await endpoint.publish(HEAT, [i])
    assert.equal(warned.length, 2)
    assert.match(warned[0]!, /^com\.example\.: .*\(dangerouslyAcceptBare\)$/)
    assert.match(warned[1]!, /^com\.example\.: .*\(dangerouslySendBare\)$/)
    assert.deepEqual((await world.join(["a"])).warned, [])
  })

  it("are warned of on the console where nobody listens", async () => {
    const said: unknown[] = []
    const { warn } = console
    Object.assign(console, { warn: (...words: unknown[]) => void said.push(...words) })
    try {
      const scopes = [{ uri: HEAT, keys: [{ key: keyOf("a") }], ...ACCEPT }]
      await (await createStaticEndpoint({ connection: world.router.connect(), scopes })).close()
    } finally {
      Object.assign(console, { warn })
    }
    assert.equal(said.length, 1)
    assert.match(String(said[0]), /^wamp-e2ee: com\.example\.heat: /)
  })

  it("go through no router that lacks passthru", async () => {
    const { endpoint } = await world.join(["a"], SEND, "in-band")
    await rejects(endpoint.call(ECHO, [1]), "session.unsupported")
    await rejects(endpoint.publish(HEAT, [1]), "session.unsupported")
    await rejects(
      endpoint.register(ECHO, () => 1),
      "session.unsupported",
    )
    assert.deepEqual([world.router.carried, world.router.registered], [[], []])
  })

  it("are sent no more, and no call is carried out, once the session is at a router without passthru", async () => {
    let carriage: Carriage = "passthru"
    const over: Connection = Object.defineProperty(world.router.connect(), "carriage", { get: () => carriage })
    const callee = await world.join(["a"], PLAIN, over)
    let done = 0
    await callee.endpoint.register(ECHO, () => ++done)
    const { endpoint } = await world.join(["a"], ACCEPT)
    assert.equal(await endpoint.call(ECHO), 1)
    carriage = "in-band"
    await rejects(endpoint.call(ECHO), "session.router_error")
    await rejects(callee.endpoint.publish(HEAT), "session.unsupported")
    assert.deepEqual([callee.refused, done], [["session.unsupported"], 1])
  })

  it("are refused beside padding, and with a serialiser that has none", async () => {
    const { bare: _, ...own } = SERIALIZERS.cbor
    for (const setting of [ACCEPT, SEND]) {
      assert.match(
        (await rejects(world.join(["a"], { ...setting, padding: true }), "usage.invalid")).message,
        /padding/,
      )
      await rejects(world.join(["a"], { ...setting, serializer: own }), "usage.invalid")
    }
    assert.ok(await world.join(["a"], { serializer: own, padding: true }))
  })

  for (const scope of [{}, PLAIN]) {
    it(`leave no key behind after close: ${JSON.stringify(scope)}`, async () => {
      const { endpoint } = await world.join(["a", "b"], scope)
      const wiped: Uint8Array[] = []
      const { wipe } = Secret.prototype
      Secret.prototype.wipe = function (this: Secret) {
        wipe.call(this)
        wiped.push(this.expose())
      }
      try {
        await endpoint.close()
        await endpoint.close()
      } finally {
        Secret.prototype.wipe = wipe
      }
      assert.deepEqual(wiped, [new Uint8Array(32), new Uint8Array(32)])
      await rejects(endpoint.call(ECHO), "session.closed")
      await rejects(endpoint.publish(HEAT), "session.closed")
    })
  }
}).timeout(20_000)
