import { strict as assert } from "node:assert"
import type { Payload } from "../../src/session/connection.ts"
import { CallParcel, Parcel, type Message } from "../../src/wamp/carriage.ts"
import { Tap, type Client, type OpenInvocation } from "../../src/wamp/tap.ts"

const [HELLO, WELCOME, GOODBYE, ERROR, SUBSCRIBE, CALL, CANCEL, RESULT] = [1, 2, 6, 8, 32, 48, 49, 50]
const [REGISTER, REGISTERED, INVOCATION, INTERRUPT, YIELD] = [64, 65, 68, 69, 70]
const IGNORED: Message = ["ignored"]
const URI = "com.example.a"
const ATTRIBUTES = { ppt_scheme: "wamp", ppt_serializer: "cbor", ppt_cipher: "xsalsa20poly1305", ppt_keyid: "0x00" }
const PAYLOAD: Payload = { sealed: true, attributes: ATTRIBUTES, payload: Uint8Array.of(1, 2, 3) }
const welcome = (dealer: readonly string[], broker: readonly string[] = []): Message => {
  const role = (names: readonly string[]) => ({ features: Object.fromEntries(names.map((name) => [name, true])) })
  return [WELCOME, 1, { roles: { dealer: role(dealer), broker: role(broker) } }]
}

/** One that begins its ids anew and forgets cancelled calls, and one that does neither. */
const CLIENTS: Readonly<Record<string, Client>> = {
  restarting: { ignored: IGNORED, restarts: true, dropsCancelled: true, continues: true },
  counting: { ignored: IGNORED, restarts: false, dropsCancelled: false, continues: false },
}

for (const [name, client] of Object.entries(CLIENTS)) {
  describe(`wamp: the tap of a ${name} client`, () => {
    let tap: Tap
    const greet = (dealer: readonly string[] = [], broker?: readonly string[]): void => {
      tap.sent([HELLO, "realm1", { roles: {} }], false)
      tap.received(welcome(dealer, broker))
    }
    /** Has the tap know registration 5 as ours. */
    const serve = (): void => {
      tap.claim(URI)
      tap.sent([REGISTER, 1, {}, URI], false)
      tap.received([REGISTERED, 1, 5])
    }
    const invoke = (request: number, details: object = {}): { message: Message; open: OpenInvocation | undefined } => {
      const message = tap.received([INVOCATION, request, 5, details, [Uint8Array.of(1)]])
      return { message, open: tap.invocationOf(message[4]) }
    }
    const answer = (request: number, options: object = {}): void =>
      void tap.sent([YIELD, request, options, [new Parcel(PAYLOAD)]], false)
    const call = (request: number, onPart?: (part: Payload) => void): Message =>
      tap.sent([CALL, request, {}, URI, [new CallParcel(PAYLOAD, "passthru", { onPart, continues: false })]], false)

    beforeEach(() => {
      tap = new Tap(client)
    })

    it("announces for each role what it adds, beside what the client can do, and continuation where it can", () => {
      const hello = tap.sent([HELLO, "realm1", { roles: { caller: { features: { own: true } }, callee: {} } }], false)
      const { roles } = hello[2] as { roles: Record<string, { features: Record<string, boolean> }> }
      assert.deepEqual(Object.keys(roles), ["caller", "callee"])
      assert.equal(roles["caller"]!.features["own"], true)
      assert.equal(roles["caller"]!.features["progressive_call_invocations"] ?? false, client.continues)
      assert.equal(roles["callee"]!.features["progressive_call_invocations"], true)
    })

    it("goes by passthru only where dealer and broker both announce it, in each session anew", () => {
      assert.equal(tap.carriage, undefined)
      const mode = ["payload_passthru_mode"]
      for (const [dealer, broker, carriage] of [
        [mode, mode, "passthru"],
        [mode, [], "in-band"],
        [[], mode, "in-band"],
        [[], [], "in-band"],
      ] as const) {
        greet(dealer, broker)
        assert.equal(tap.carriage, carriage)
      }
      tap.sent([HELLO, "realm1", { roles: {} }], false)
      tap.received([WELCOME, 1, { roles: { dealer: null, broker: [] } }])
      assert.equal(tap.carriage, "in-band")
    })

    it("knows whether the router cancels and continues calls, by either spelling", () => {
      greet()
      assert.deepEqual([tap.canInterrupt, tap.canContinue], [false, false])
      greet(["call_canceling", "progressive_call_invocations"])
      assert.deepEqual([tap.canInterrupt, tap.canContinue], [true, client.continues])
      greet(["call_cancelling"])
      assert.deepEqual([tap.canInterrupt, tap.canContinue], [true, false])
    })

    it("tells of each welcome and of each refusal of what outlives a session", () => {
      const told: unknown[] = []
      tap.onWelcome(() => told.push("welcome"))
      tap.onRefused(({ type, uri, match }, error) => told.push([type, uri, match, error]))
      greet()
      tap.claim(URI)
      tap.claimTopic(URI)
      tap.sent([REGISTER, 1, { match: "prefix" }, URI], false)
      tap.sent([REGISTER, 2, {}, "org.plain"], false)
      tap.sent([SUBSCRIBE, 3, {}, URI], false)
      tap.sent([SUBSCRIBE, 4, {}, "org.plain"], false)
      for (const [type, id] of [
        [REGISTER, 1],
        [REGISTER, 2],
        [SUBSCRIBE, 3],
        [SUBSCRIBE, 4],
      ])
        tap.received([ERROR, type, id, {}, "com.example.error"])
      assert.deepEqual(told, [
        "welcome",
        ["register", URI, "prefix", "com.example.error"],
        ["subscribe", URI, "exact", "com.example.error"],
      ])
    })

    it("hands parts to who asked for them, and the client the end alone", () => {
      greet()
      const parts: Payload[] = []
      const sent = call(1, (part) => parts.push(part))
      assert.deepEqual(sent[2], { receive_progress: true, ...ATTRIBUTES })
      for (const byte of [1, 2])
        assert.deepEqual(tap.received([RESULT, 1, { progress: true, ...ATTRIBUTES }, [Uint8Array.of(byte)]]), IGNORED)
      assert.deepEqual(
        parts.map((part) => part.sealed && part.payload[0]),
        [1, 2],
      )
      const end = tap.received([RESULT, 1, { ...ATTRIBUTES }, [Uint8Array.of(3)]])
      const [parcel] = end[3] as [Parcel]
      assert.deepEqual([end[2], parcel.payload.sealed, parts.length], [{}, true, 2])
    })

    it("gives any result of a call of ours as one payload, and plain ones as they are", () => {
      greet()
      call(1)
      const [parcel] = tap.received([RESULT, 1, {}, ["plain", 2], { a: 1 }])[3] as [Parcel]
      assert.deepEqual(parcel.payload, { sealed: false, args: ["plain", 2], kwargs: { a: 1 } })
      tap.sent([CALL, 2, {}, "org.plain", [1]], false)
      const plain = [RESULT, 2, {}, ["plain", 2], { a: 1 }]
      assert.deepEqual(tap.received(plain), plain)
    })

    it("lets nothing of a call that was forgotten reach its caller", () => {
      greet(["call_canceling"])
      const parts: Payload[] = []
      call(1, (part) => parts.push(part))
      tap.forget(1)
      tap.sent([CANCEL, 1, { mode: "killnowait" }], false)
      tap.received([RESULT, 1, { progress: true }, [1]])
      assert.equal(parts.length, 0)
      const error = [ERROR, CALL, 1, {}, "wamp.error.canceled"]
      assert.deepEqual(tap.received(error), client.dropsCancelled ? IGNORED : error)
    })

    it("tells an invocation of ours by its arguments, with what its caller asks", () => {
      greet()
      serve()
      const { message, open } = invoke(1, { receive_progress: true })
      assert.ok(open !== undefined && (message[4] as unknown[])[0] instanceof Parcel)
      assert.deepEqual([open.receivesParts, open.parts, open.abort.signal.aborted], [true, undefined, false])
      assert.equal(invoke(2).open?.receivesParts, false)
      const plain = [INVOCATION, 3, 6, {}, ["plain"]]
      assert.deepEqual(tap.received(plain), plain)
      assert.equal(tap.invocationOf(plain[4]), undefined)
      for (const none of [undefined, null, 1, []]) assert.equal(tap.invocationOf(none), undefined)
    })

    it("aborts an invocation that the router interrupts, until it is answered", () => {
      greet()
      serve()
      const { open } = invoke(1)
      answer(1, { progress: true })
      tap.sent([YIELD, 1, {}, ["a plain one of another session"]], false)
      assert.deepEqual(tap.received([INTERRUPT, 1, {}]), IGNORED)
      assert.ok(open?.abort.signal.aborted && !tap.isOver(open))
      const answered = invoke(2).open
      answer(2)
      assert.deepEqual(tap.received([INTERRUPT, 2, {}]), IGNORED)
      assert.equal(answered?.abort.signal.aborted, false)
      const failed = invoke(3).open
      tap.sent([ERROR, INVOCATION, 3, {}, "com.example.error", [new Parcel(PAYLOAD)]], false)
      tap.received([INTERRUPT, 3, {}])
      assert.equal(failed?.abort.signal.aborted, false)
    })

    it("queues the further parts of a call until the last, with the attributes of the first where they lack", async () => {
      greet()
      serve()
      const { open } = invoke(1, { progress: true, ...ATTRIBUTES })
      assert.ok(open?.parts)
      assert.deepEqual(invoke(1, { progress: true }).message, IGNORED)
      assert.deepEqual(invoke(1, { ...ATTRIBUTES, ppt_keyid: "0x01" }).message, IGNORED)
      const parts: Payload[] = []
      for await (const part of open.parts) parts.push(part)
      assert.deepEqual(
        parts.map((part) => part.sealed && part.attributes["ppt_keyid"]),
        ["0x00", "0x01"],
      )
    })

    it("takes an invocation's number again once it is answered; before that the session ends", () => {
      greet()
      serve()
      const first = invoke(1).open
      answer(1)
      const second = invoke(1).open
      assert.ok(first && second && first !== second)
      assert.throws(() => invoke(1), TypeError)
      assert.deepEqual([tap.isOver(second), tap.isUp], [true, false])
    })

    it("ends all that hangs on a session that was lost, and knows that it is over", async () => {
      greet()
      serve()
      const [plain, progressive] = [invoke(1).open, invoke(2, { progress: true }).open]
      assert.ok(plain && progressive?.parts)
      tap.sent([HELLO, "realm1", { roles: {} }], false)
      assert.ok(tap.isOver(plain) && tap.isOver(progressive))
      await assert.rejects(progressive.parts[Symbol.asyncIterator]().next(), { code: "session.connection" })
      tap.received(welcome([]))
      const stale = [INVOCATION, 3, 5, {}, [1]]
      assert.deepEqual(tap.received(stale), stale, "the old registration is none of ours any more")
    })

    it("hides the goodbye of a router that will be back, and all behind it, but no other, and none to ours", () => {
      for (const reason of ["wamp.close.system_shutdown", "wamp.close.close_realm"]) {
        greet()
        assert.deepEqual(tap.received([GOODBYE, {}, reason]), IGNORED)
        assert.deepEqual([tap.isLeft, tap.isUp], [true, false])
        assert.deepEqual(tap.received([RESULT, 1, {}]), IGNORED)
      }
      greet()
      assert.deepEqual([tap.isLeft, tap.isUp], [false, true])
      const killed = [GOODBYE, {}, "wamp.close.killed"]
      assert.deepEqual(tap.received(killed), killed)
      greet()
      tap.sent([GOODBYE, {}, "wamp.close.normal"], false)
      const closed = [GOODBYE, {}, "wamp.close.system_shutdown"]
      assert.deepEqual(tap.received(closed), closed)
      assert.deepEqual([tap.isLeft, tap.isUp], [false, false])
    })

    it("writes bytes in JSON as WAMP does, and no option that is undefined", () => {
      greet()
      const plain = new Parcel({ sealed: false, args: [Uint8Array.of(1, 2), "x"], kwargs: {} })
      assert.deepEqual(tap.sent([CALL, 1, { a: undefined, b: 1 }, URI, [plain], {}], true), [
        CALL,
        1,
        { b: 1 },
        URI,
        ["\0AQI=", "x"],
      ])
    })
  })
}
