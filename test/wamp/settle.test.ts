import { strict as assert } from "node:assert"
import { getEventListeners } from "node:events"
import { mock } from "node:test"
import { confirmed, settle, within } from "../../src/wamp/settle.ts"
import { rejects } from "../arbitrary.ts"

const URI = "com.example.a"
const never = new Promise<never>(() => undefined)
const after = (milliseconds: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, milliseconds))

describe("wamp: what waits for a router", () => {
  it("takes the answer, or the request's own failure", async () => {
    assert.equal(await settle(Promise.resolve(1), URI, { timeoutMs: 1_000 }), 1)
    await assert.rejects(settle(Promise.reject(new Error("no")), URI, { timeoutMs: 1_000 }), /no/)
    assert.equal(await confirmed(Promise.resolve(2), URI), 2)
  })

  it("ends at its deadline, and says which URI did not answer in how long", async () => {
    const error = await rejects(settle(never, URI, { timeoutMs: 20 }), "session.timeout")
    assert.match(error.message, /com\.example\.a within 20 ms/)
    await rejects(confirmed(never, URI, { timeoutMs: 20 }), "session.timeout")
  })

  it("ends when it is cancelled, before or meanwhile, and listens no more after that", async () => {
    await rejects(settle(never, URI, { timeoutMs: 1_000, signal: AbortSignal.abort() }), "session.cancelled")
    const abort = new AbortController()
    const waiting = settle(never, URI, { timeoutMs: 1_000, signal: abort.signal })
    assert.equal(getEventListeners(abort.signal, "abort").length, 1)
    await settle(Promise.resolve(), URI, { timeoutMs: 1_000, signal: abort.signal })
    setTimeout(() => abort.abort(), 10)
    await rejects(waiting, "session.cancelled")
    assert.equal(getEventListeners(abort.signal, "abort").length, 0)
  })

  it("has its time anew with each sign of life", async () => {
    let touch = (): void => undefined
    const answer = settle(after(150), URI, { timeoutMs: 100 }, (given) => (touch = given))
    await after(60)
    touch()
    await answer
    const late = settle(never, URI, { timeoutMs: 40 }, (given) => (touch = given))
    touch()
    await rejects(late, "session.timeout")
  })

  it("does not wait long for an ending", async () => {
    await within(Promise.resolve())
    mock.timers.enable({ apis: ["setTimeout"] })
    try {
      let over = false
      const ending = within(never).then(() => (over = true))
      mock.timers.tick(4_999)
      await Promise.resolve()
      assert.equal(over, false)
      mock.timers.tick(1)
      await ending
    } finally {
      mock.timers.reset()
    }
  })
})
