import { strict as assert } from "node:assert"
import * as fc from "fast-check"
import { SERIALIZERS } from "../../src/core/wire/serializers.ts"
import { serializers, type AutobahnSerializer, type SerializerName } from "../../src/wamp/autobahn.ts"
import { refuses } from "../arbitrary.ts"
import { autobahnJs, type AutobahnSession } from "../world.ts"

const [HELLO, WELCOME, ABORT, CHALLENGE, GOODBYE, ERROR, PUBLISH] = [1, 2, 3, 4, 6, 8, 16]
const [SUBSCRIBE, UNSUBSCRIBE, EVENT, CALL, CANCEL, RESULT] = [32, 34, 36, 48, 49, 50]
const [REGISTER, UNREGISTER, INVOCATION] = [64, 66, 68]
const REFUSED = [-1]
const IGNORED = ["valueOf"]
const ROLES = { roles: { broker: { features: {} }, dealer: { features: { call_canceling: true } } } }
const NAMES: readonly SerializerName[] = ["json", "msgpack", "cbor"]

/** What makes an object that breaks whoever looks it up as a name. */
const NO_IDS: readonly unknown[] = [
  "constructor",
  "__proto__",
  "__defineGetter__",
  "1",
  null,
  {},
  [],
  { toString: 1 },
  true,
  -1,
  1.5,
]

for (const name of NAMES) {
  describe(`wamp: autobahn's serialiser for ${name}`, () => {
    const wire = SERIALIZERS[name]
    let serializer: AutobahnSerializer
    /** A router's message, as autobahn takes it out of its WebSocket. */
    const receive = (message: unknown): unknown => {
      const bytes = Uint8Array.from(wire.encode(message))
      return serializer.unserialize(wire.binary ? bytes.buffer : new TextDecoder().decode(bytes))
    }
    const sent = (message: unknown): unknown => {
      const payload = serializer.serialize(message)
      assert.equal(typeof payload === "string", !wire.binary)
      const bytes = typeof payload === "string" ? new TextEncoder().encode(payload) : payload
      return wire.decode(bytes, { depth: 16, items: 1_000 })
    }
    const refused = (...messages: unknown[]): void => {
      for (const message of messages) assert.deepEqual(receive(message), REFUSED, JSON.stringify(message))
    }

    const hello = (): void => void sent([HELLO, "realm1", { roles: { caller: { features: {} } } }])

    beforeEach(() => {
      serializer = serializers(name)[0]!
      hello()
    })

    it("announces what the tap adds, and writes plain messages as they are", () => {
      const hello = sent([HELLO, "realm1", { roles: { caller: { features: { call_timeout: true } }, callee: {} } }])
      const { caller, callee } = (hello as [unknown, unknown, { roles: Record<string, { features: object }> }])[2].roles
      assert.deepEqual(caller!.features, {
        call_timeout: true,
        payload_passthru_mode: true,
        progressive_call_results: true,
        call_canceling: true,
        progressive_call_invocations: true,
      })
      assert.equal((callee!.features as Record<string, unknown>)["call_canceling"], true)
      const args = ["text", 1, 2n ** 60n, null, true, [{ a: Uint8Array.of(0, 255) }]]
      const plain = [CALL, 1, {}, "com.example.plain", args, { kw: "x" }]
      assert.deepEqual(sent(plain), plain)
      receive([WELCOME, 7, ROLES])
      const result = [RESULT, 1, {}, args, { kw: "x" }]
      assert.deepEqual(receive(result), result)
    })

    it("never throws, whatever bytes or text come in, and never passes them on as they are", () => {
      fc.assert(
        fc.property(fc.oneof(fc.uint8Array(), fc.string(), fc.constantFrom(undefined, null, 1, {})), (given) => {
          const payload = given instanceof Uint8Array ? Uint8Array.from(given).buffer : given
          const message = serializer.unserialize(payload)
          assert.ok(Array.isArray(message))
          if (message[0] !== -1) assert.ok(Number.isSafeInteger(message[0]) || message[0] === "valueOf")
        }),
        { numRuns: 2_000 },
      )
    })

    it("refuses text where bytes are expected and bytes where text is", () => {
      const bytes = Uint8Array.from(wire.encode([WELCOME, 7, ROLES]))
      const wrong = wire.binary ? new TextDecoder().decode(bytes) : bytes.buffer
      assert.deepEqual(serializer.unserialize(wrong), REFUSED)
      assert.deepEqual(receive([WELCOME, 7, ROLES]), [WELCOME, 7, ROLES])
    })

    it("refuses endings without details and welcomes without roles, which the client would fail at", () => {
      refused([WELCOME, 7], [WELCOME, 7, null], [WELCOME, 7, {}], [WELCOME, 7, { roles: null }], [WELCOME, 7, []])
      refused([ABORT], [ABORT, null, "wamp.error.no_such_realm"], [GOODBYE, "x"], [GOODBYE], [])
      assert.deepEqual(receive([ABORT, {}, "wamp.error.no_such_realm"]), [ABORT, {}, "wamp.error.no_such_realm"])
      assert.deepEqual(receive([CHALLENGE, "ticket", {}]), [CHALLENGE, "ticket", {}])
    })

    it("refuses ids that are none, and answers that nothing asked for", () => {
      receive([WELCOME, 7, ROLES])
      for (const id of NO_IDS) {
        refused([EVENT, id, 1, {}], [EVENT, 1, id, {}], [INVOCATION, id, 1, {}], [INVOCATION, 1, id, {}])
        refused([RESULT, id, {}], [ERROR, CALL, id, {}, "com.example.error"], [ERROR, id, 1, {}, "com.example.error"])
        refused([35, 0, { subscription: id }], [67, 0, { registration: id }], [SUBSCRIBE + 1, id, 1])
      }
      for (const request of [PUBLISH, SUBSCRIBE, UNSUBSCRIBE, REGISTER, UNREGISTER]) {
        refused([request + 1, 1, 7], [ERROR, request, 1, {}, "com.example.error"])
        sent([request, 1, { acknowledge: true }, "com.example.a"])
        assert.deepEqual(receive([request + 1, 1, 7]), [request + 1, 1, 7])
        refused([request + 1, 1, 7])
      }
      refused([35, 0], [67, 0, 1], [67, 0, { registration: 3 }])
      assert.deepEqual(receive([67, 0, { registration: 7 }]), [67, 0, { registration: 7 }])
      refused([67, 0, { registration: 7 }])
    })

    it("refuses what comes at the wrong time, or for what was never had or is over", () => {
      refused([GOODBYE, {}, "wamp.close.killed"], [69, 1, {}], [99], [EVENT, 5, 1, {}])
      // The connection is being closed: what still comes opens no session.
      refused([WELCOME, 7, ROLES])
      hello()
      receive([WELCOME, 7, ROLES])
      refused([WELCOME, 7, ROLES], [ABORT, {}, "wamp.error.own"], [CHALLENGE, "ticket", {}], [99], [-1])
      refused([EVENT, 5, 1, {}], [INVOCATION, 1, 6, {}])
      sent([SUBSCRIBE, 1, {}, "com.example.a"])
      sent([REGISTER, 2, {}, "com.example.a"])
      receive([SUBSCRIBE + 1, 1, 5])
      receive([REGISTER + 1, 2, 6])
      const event = [EVENT, 5, 1, {}]
      const call = [INVOCATION, 1, 6, {}]
      assert.deepEqual([receive(event), receive(call)], [event, call])
      sent([UNSUBSCRIBE, 3, 5])
      sent([UNREGISTER, 4, 6])
      assert.deepEqual([receive(event), receive(call)], [event, call])
      receive([UNSUBSCRIBE + 1, 3])
      receive([UNREGISTER + 1, 4])
      refused(event, call)
    })

    it("keeps nothing of a publication that wants no answer", () => {
      receive([WELCOME, 7, ROLES])
      sent([PUBLISH, 1, {}, "com.example.a", [1]])
      refused([PUBLISH + 1, 1, 7])
    })

    it("hides what comes of a call that the client forgot when it was cancelled", () => {
      receive([WELCOME, 7, ROLES])
      const cancelled = (options: object): void => {
        sent([CALL, 1, { receive_progress: true }, "com.example.a"])
        sent([CANCEL, 1, options])
      }
      cancelled({ mode: "killnowait" })
      assert.deepEqual(receive([RESULT, 1, { progress: true }, [1]]), IGNORED)
      assert.deepEqual(receive([ERROR, CALL, 1, {}, "wamp.error.canceled"]), IGNORED)
      refused([ERROR, CALL, 1, {}, "wamp.error.canceled"])
      cancelled({})
      assert.deepEqual(receive([RESULT, 1, {}, [1]]), IGNORED)
      cancelled({ mode: "kill" })
      const error = [ERROR, CALL, 1, {}, "wamp.error.canceled"]
      assert.deepEqual(receive(error), error)
    })

    it("hides interruptions, and goodbyes of a router that will be back", () => {
      const greet = (): void => {
        sent([HELLO, "realm1", { roles: {} }])
        receive([WELCOME, 7, ROLES])
      }
      greet()
      assert.deepEqual(receive([69, 1, {}]), IGNORED)
      assert.deepEqual(receive([GOODBYE, {}, "wamp.close.system_shutdown"]), IGNORED)
      greet()
      assert.deepEqual(receive([GOODBYE, {}, "wamp.close.killed"]), [GOODBYE, {}, "wamp.close.killed"])
      greet()
      sent([GOODBYE, {}, "wamp.close.normal"])
      const answer = [GOODBYE, {}, "wamp.close.system_shutdown"]
      assert.deepEqual(receive(answer), answer)
    })
  })
}

describe("wamp: serialisers of autobahn", () => {
  it("come in the order given, share one tap a call, and have no other names", () => {
    assert.deepEqual(
      serializers().map(({ SERIALIZER_ID, BINARY }) => [SERIALIZER_ID, BINARY]),
      [
        ["msgpack", true],
        ["cbor", true],
        ["json", false],
      ],
    )
    const [cbor, json] = serializers("cbor", "json") as [AutobahnSerializer, AutobahnSerializer]
    assert.deepEqual([cbor.SERIALIZER_ID, json.SERIALIZER_ID], ["cbor", "json"])
    // What one was told, the other knows.
    cbor.serialize([HELLO, "realm1", { roles: {} }])
    assert.deepEqual(json.unserialize(JSON.stringify([WELCOME, 7, ROLES])), [WELCOME, 7, ROLES])
    const [other] = serializers("json") as [AutobahnSerializer]
    assert.deepEqual(other.unserialize(JSON.stringify([WELCOME, 7, ROLES])), REFUSED)
    for (const name of ["ubjson", "constructor", ""]) refuses(() => serializers(name as never), "usage.invalid")
  })
})

/** Messages near those that a router may send, with fields exchanged for anything. */
const aMessage = fc
  .tuple(
    fc.constantFrom(2, 3, 4, 6, 8, 17, 33, 35, 36, 50, 65, 67, 68, 69, 70, -1, 99),
    fc.array(
      fc.oneof(
        { weight: 3, arbitrary: fc.constantFrom<unknown>(0, 1, 2, 3, 7, 48, 64, {}, ROLES, { progress: true }, []) },
        { weight: 1, arbitrary: fc.constantFrom(...NO_IDS) },
        { weight: 1, arbitrary: fc.jsonValue({ maxDepth: 2 }) },
      ),
      { maxLength: 6 },
    ),
  )
  .map(([type, fields]) => [type, ...fields])

describe("wamp: a session of autobahn-js behind our serialiser", () => {
  it("throws nothing into the event loop, whatever a router sends", () => {
    let opened = 0
    let closed = 0
    fc.assert(
      fc.property(fc.array(aMessage, { maxLength: 8 }), fc.boolean(), (messages, welcomed) => {
        const [serializer] = serializers("json") as [AutobahnSerializer]
        let isClosed = false
        const transport = {
          onmessage: (_message: unknown) => undefined,
          send: (message: unknown) => void serializer.serialize(message),
          close: (_code: number, reason?: string) => {
            // It sees no other fault than our refusal.
            assert.match(reason ?? "", /unexpected message type -1$/)
            isClosed = true
          },
        }
        const defer = () => {
          const deferred: Record<string, unknown> = {}
          const promise = new Promise((resolve, reject) => Object.assign(deferred, { resolve, reject }))
          promise.catch(() => undefined)
          return { ...deferred, promise }
        }
        const handlers = [defer, () => "signature", () => undefined, () => undefined]
        const session = Object.assign(new autobahnJs.Session(transport, ...handlers), {
          // As the client's Connection has them.
          onjoin: (details: Record<string, unknown>) => (details["transport"] = {}),
          onleave: (_reason: unknown, details: { message?: unknown }) => details.message,
        }) as never as { join(realm: string): void } & AutobahnSession
        const receive = (message: unknown): void => {
          if (!isClosed) transport.onmessage(serializer.unserialize(JSON.stringify(message)))
        }
        session.join("realm1")
        if (welcomed) {
          receive([2, 7, ROLES])
          void session.register("com.example.a", () => 1)
          receive([65, 1, 1])
          void session.subscribe("com.example.b", () => undefined)
          receive([33, 2, 2])
          void session.call("com.example.c", [])
          opened++
        }
        for (const message of messages) receive(message)
        if (isClosed) closed++
      }),
      { numRuns: 5_000 },
    )
    assert.ok(opened > 1_000 && closed > 1_000)
  }).timeout(20_000)
})
