import assert from "node:assert/strict"
import { CallParcel, Parcel, type Message } from "../../src/wamp/carriage.ts"
import type { OpenInvocation, Tap } from "../../src/wamp/tap.ts"
import { wampyTap, wrapSerializer, type TappedSerializer } from "../../src/wamp/wampy-serializer.ts"
import { plain, PPT, SEALED, WELCOMED } from "./fake-socket.ts"

const [HELLO, WELCOME, ABORT, GOODBYE, ERROR] = [1, 2, 3, 6, 8]
const [PUBLISH, PUBLISHED, SUBSCRIBE, UNSUBSCRIBE] = [16, 17, 32, 34]
const [CALL, CANCEL, RESULT, REGISTER, REGISTERED, UNREGISTER] = [48, 49, 50, 64, 65, 66]
const [INVOCATION, YIELD] = [68, 70]

describe("wamp: what the tap remembers", () => {
  let tap: Tap
  let serializer: TappedSerializer
  let request: number
  const sent = (...message: unknown[]): unknown => serializer.encode(message)
  const received = (...message: unknown[]): Message => serializer.decode(message) as Message
  const call = (): number => {
    const parcel = new CallParcel(SEALED, "passthru", { onPart: () => undefined, continues: false })
    sent(CALL, ++request, {}, "com.a", [parcel])
    return request
  }
  const open = (): void => {
    sent(HELLO, "realm1", {})
    received(WELCOME, 1, WELCOMED)
  }
  const register = (): void => {
    tap.claim("com.a")
    sent(REGISTER, ++request, {}, "com.a")
    received(REGISTERED, request, 5)
  }
  const invoke = (id: number, details: object = {}): Message =>
    received(INVOCATION, id, 5, { ...PPT, ...details }, [Uint8Array.of(1)])
  const opened = (message: Message): OpenInvocation | undefined => tap.invocationOf(message[4])

  beforeEach(() => {
    tap = wampyTap()
    serializer = wrapSerializer(plain, tap)
    request = 0
    open()
  })

  it("is of the present session and the one before, however many there were", () => {
    tap.claimTopic("com.t")
    for (let session = 0; session < 100; session++) {
      open()
      register()
      sent(SUBSCRIBE, ++request, {}, "com.t")
      for (let i = 0; i < 30; i++) {
        const id = call()
        if (i % 3 === 0) received(RESULT, id, PPT, [Uint8Array.of(1)])
        if (i % 3 === 1) received(ERROR, CALL, id, {}, "com.error")
        sent(PUBLISH, ++request, {}, "com.t", [new Parcel(SEALED)])
        invoke(i + 1, { progress: true })
        if (i % 2 === 0) sent(YIELD, i + 1, {}, [new Parcel(SEALED)])
      }
      assert.ok(tap.size < 300, `${tap.size} in session ${session}`)
      if (session % 2 === 0) tap.lost()
    }
    open()
    open()
    assert.equal(tap.size, 0)
  })

  it("is nothing of what was answered", () => {
    register()
    const before = tap.size
    for (let i = 1; i <= 2_000; i++) {
      const id = call()
      if (i % 4 === 0) tap.forget(id)
      received(RESULT, id, { ...PPT, progress: true }, [Uint8Array.of(1)])
      received(RESULT, id, PPT, [Uint8Array.of(1)])
      invoke(i)
      sent(YIELD, i, { progress: true }, [new Parcel(SEALED)])
      sent(
        ...(i % 2 === 0 ? [YIELD, i, {}, [new Parcel(SEALED)]] : [ERROR, INVOCATION, i, {}, "e", [new Parcel(SEALED)]]),
      )
    }
    assert.equal(tap.size, before)
  })

  it("is bounded where the router never answers, however much is asked and given up", () => {
    for (let i = 0; i < 100_000; i++) tap.forget(call())
    assert.ok(tap.size <= 65_536 + 2 * 16_384, String(tap.size))
    // The latest are known still: their late answers are no fault of the router's.
    received(RESULT, request, PPT, [Uint8Array.of(1)])
    assert.throws(() => received(RESULT, 1, PPT, [Uint8Array.of(1)]), TypeError)
  })

  it("is bounded where the router calls without end: what is above the limit is not opened, until one is answered", () => {
    register()
    for (let id = 1; id <= 16_384; id++) assert.ok(opened(invoke(id)))
    const most = tap.size
    for (let id = 20_000; id < 25_000; id++) assert.equal(opened(invoke(id)), undefined)
    assert.equal(tap.size, most)
    sent(YIELD, 7, {}, [new Parcel(SEALED)])
    assert.ok(opened(invoke(30_000)))
  })

  it("is 1,024 parts of a call that its handler does not read; it is told then, and more are dropped", async () => {
    register()
    const { parts } = opened(invoke(1, { progress: true }))!
    for (let i = 0; i < 5_000; i++) invoke(1, { progress: true })
    const read = async (): Promise<void> => {
      for await (const _part of parts!) assert.fail("a part was released of a call that failed")
    }
    await assert.rejects(read(), { code: "payload.too_large" })
    invoke(1)
    assert.equal(opened(invoke(1, { progress: true })), undefined)
  })

  it("takes no part that crosses the answer for a new call, and no second call under a number that is at work", () => {
    register()
    invoke(1, { progress: true })
    sent(YIELD, 1, {}, [new Parcel(SEALED)])
    assert.deepEqual(invoke(1, { progress: true }), [PUBLISHED, 0, 0])
    assert.ok(opened(invoke(2)))
    assert.throws(() => invoke(2), TypeError)
  })

  it("tells what may not go out in another session: answers, ends, and requests of ours", () => {
    const ours = call()
    sent(PUBLISH, ++request, {}, "com.t", [new Parcel(SEALED)])
    tap.claim("com.a")
    sent(REGISTER, ++request, {}, "com.a")
    tap.claimTopic("com.t")
    sent(SUBSCRIBE, ++request, {}, "com.t")
    sent(SUBSCRIBE, ++request, {}, "com.theirs")
    sent(CALL, ++request, {}, "com.theirs")
    open()
    const fresh = call()
    for (const type of [YIELD, ERROR, UNREGISTER, UNSUBSCRIBE, CANCEL, ABORT, GOODBYE])
      assert.ok(tap.isStale([type, request]), String(type))
    for (const id of [ours, ours + 1, ours + 2, ours + 3]) assert.ok(tap.isStale([CALL, id]))
    for (const id of [ours + 4, ours + 5, fresh]) assert.ok(!tap.isStale([CALL, id]))
    open()
    assert.ok(tap.isStale([CALL, fresh]) && !tap.isStale([CALL, ours]))
  })
})
