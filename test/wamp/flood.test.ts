import assert from "node:assert/strict"
import { randomBytes } from "node:crypto"
import { SERIALIZERS } from "../../src/core/wire/serializers.ts"
import type { ErrorCode } from "../../src/core/errors.ts"
import { startRouter } from "../../src/router/index.ts"
import { RawClient } from "../router/client.ts"
import { Fleet } from "./restarting.ts"

const GARBAGE = 5_000
const CALLS = 50
const [ERROR, CALL] = [8, 48]
const [VALVE, GRANT] = ["com.example.valve", "com.example.e2ee.grant"]

describe("wamp: an endpoint that is flooded with garbage", function () {
  this.timeout(60_000)

  it(`refuses ${GARBAGE} boxes, each by its code, answers valid calls all the while, and asks for few keys`, async () => {
    /** The last sealed CALL that the router saw: whoever sits there can use it. */
    let seen: { options: Record<string, unknown>; box: Uint8Array } | undefined
    let grants = 0
    const router = await startRouter({
      tap: (direction, _session, frame) => {
        const { decode } = SERIALIZERS.msgpack
        const [type, , options, uri, args] = decode(frame, { depth: 16, items: 10_000 }) as unknown[]
        if (direction !== "in" || type !== CALL) return
        if (uri === GRANT) grants++
        if (uri !== VALVE || seen !== undefined) return
        seen = { options: options as Record<string, unknown>, box: (args as [Uint8Array])[0] }
      },
    })
    const fleet = new Fleet(router)
    const agent = await fleet.join("agent")
    await agent.endpoint.register("com.example.pump", () => "on")
    const refused = new Map<ErrorCode, number>()
    const { endpoint: callee } = await fleet.join("callee", {
      onRefusal: ({ code }) => void refused.set(code, (refused.get(code) ?? 0) + 1),
    })
    const executed: unknown[] = []
    await callee.register(VALVE, ([value]) => {
      executed.push(value)
      return value
    })
    const { endpoint: caller } = await fleet.join("caller")
    assert.equal(await caller.call(VALVE, ["first"]), "first")
    const { options, box } = seen ?? assert.fail("the router saw no call")

    const flipped = Uint8Array.from(box)
    flipped[30]! ^= 1
    const kinds: [ErrorCode, () => [object, unknown[]]][] = [
      ["payload.decrypt_failed", () => [options, [randomBytes(box.length)]]],
      ["payload.decrypt_failed", () => [options, [flipped]]],
      ["payload.replay", () => [options, [box]]],
      ["keys.unknown_key", () => [{ ...options, ppt_keyid: `0x${randomBytes(20).toString("hex")}` }, [box]]],
      ["payload.plaintext_forbidden", () => [{}, ["plain", 7]]],
      ["payload.attributes", () => [{ ...options, ppt_cipher: "none" }, [box]]],
    ]
    const attacker = await RawClient.join(router.url, "msgpack")
    const before = grants
    const began = performance.now()
    const flood = async (): Promise<Map<unknown, number>> => {
      const words = new Map<unknown, number>()
      for (let sent = 0; sent < GARBAGE; sent += 250) {
        for (let i = sent; i < sent + 250; i++) {
          const [given, args] = kinds[i % kinds.length]![1]()
          attacker.send(CALL, i + 1, given, VALVE, args)
        }
        for (let i = 0; i < 250; i++) {
          const [type, , , , word] = await attacker.next(30_000)
          assert.equal(type, ERROR)
          words.set(word, (words.get(word) ?? 0) + 1)
        }
      }
      return words
    }
    const answered = async (): Promise<number> => {
      for (let i = 0; i < CALLS; i++) assert.equal(await caller.call(VALVE, [i]), i)
      return performance.now()
    }
    const [words] = await Promise.all([flood(), answered()])
    const took = performance.now() - began

    const of = (wanted: ErrorCode): number =>
      Array.from({ length: GARBAGE }, (_, i) => kinds[i % kinds.length]![0]).filter((code) => code === wanted).length
    for (const [code] of kinds) assert.equal(refused.get(code), of(code), code)
    // Two words for whoever asks, and nothing else: no oracle.
    const unknown = of("keys.unknown_key")
    assert.deepEqual(
      words,
      new Map([
        ["e2ee.error.refused", GARBAGE - unknown],
        ["e2ee.error.unknown_key", unknown],
      ]),
    )
    assert.deepEqual(executed, ["first", ...Array.from({ length: CALLS }, (_, i) => i)])
    assert.ok(grants > before, "nothing was asked for")
    const most = 8 + Math.ceil(took / 250) + 1
    assert.ok(grants - before <= most, `${grants - before} grants in ${took} ms`)
    attacker.socket.terminate()
    await fleet.close()
    await router.close()
  })
})
