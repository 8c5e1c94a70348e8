import assert from "node:assert/strict"
import { inspect } from "node:util"
import * as fc from "fast-check"
import { parseMessage, ProtocolViolation } from "../../src/router/messages.ts"
import { makePeer } from "../../src/router/peer.ts"

const identity = { authid: "a", authrole: "b", authmethod: "c" }

/** Each message a client may send, in its longest form; `shortest` items may stay away from the end. */
const FORMS: { message: unknown[]; shortest: number }[] = [
  { message: [1, "realm1", { roles: {} }], shortest: 3 },
  { message: [3, {}, "wamp.error.x", [], {}], shortest: 3 },
  { message: [5, "signature", {}], shortest: 3 },
  { message: [6, {}, "wamp.close.close_realm"], shortest: 3 },
  { message: [8, 68, 7, {}, "com.error", [1], { k: 1 }], shortest: 5 },
  { message: [16, 7, {}, "a.b", [1], { k: 1 }], shortest: 4 },
  { message: [32, 7, {}, "a.b"], shortest: 4 },
  { message: [34, 7, 1], shortest: 3 },
  { message: [48, 7, {}, "a.b", [1], { k: 1 }], shortest: 4 },
  { message: [49, 7, {}], shortest: 3 },
  { message: [64, 7, {}, "a.b"], shortest: 4 },
  { message: [66, 7, 1], shortest: 3 },
  { message: [70, 7, {}, [1], { k: 1 }], shortest: 3 },
]

function refused(value: unknown): void {
  assert.throws(() => parseMessage(value), ProtocolViolation, inspect(value))
}

describe("router: message shapes", () => {
  for (const { message, shortest } of FORMS) {
    it(`code ${String(message[0])}: takes its lengths, refuses all others`, () => {
      for (let length = shortest; length <= message.length; length++) parseMessage(message.slice(0, length))
      for (let length = 0; length < shortest; length++) refused(message.slice(0, length))
      refused([...message, {}])
    })

    it(`code ${String(message[0])}: refuses an item of another type`, () => {
      for (let at = 1; at < message.length; at++) {
        // ABORT's payload is let pass unread: it has no answer.
        if (message[0] === 3 && at > 2) continue
        for (const wrong of [null, undefined, true, 1.5, -1, 0, 2 ** 53, 7n, new Uint8Array(1)]) {
          refused(message.with(at, wrong))
        }
        for (const other of ["text", 5, [], {}]) {
          const same = typeof other === typeof message[at] && Array.isArray(other) === Array.isArray(message[at])
          if (!same) refused(message.with(at, other))
        }
      }
    })
  }

  it("refuses what is no message, and messages that only a router sends", () => {
    for (const value of [null, undefined, 1, "x", {}, [], [null], ["48"], [[48]], new Uint8Array([48])]) refused(value)
    for (const code of [0, 2, 4, 17, 33, 35, 36, 50, 65, 67, 68, 69, 71, 256, -1, 1.5]) refused([code, 1, {}, "a.b"])
  })

  it("refuses an ERROR that answers no INVOCATION", () => {
    for (const type of [16, 32, 34, 48, 64, 66, 70, 0, null, "68"]) refused([8, type, 1, {}, "a.b"])
  })

  it("never throws anything but a ProtocolViolation", () => {
    const item = fc.oneof(fc.anything(), fc.nat(80), fc.dictionary(fc.string(), fc.anything()), fc.string())
    fc.assert(
      fc.property(fc.oneof(fc.array(item, { maxLength: 8 }), fc.anything()), (value) => {
        try {
          parseMessage(value)
        } catch (error) {
          assert.ok(error instanceof ProtocolViolation)
        }
      }),
      { numRuns: 5000 },
    )
  })

  it("HELLO announces at least one role of a client, each with features that are true", () => {
    const peer = makePeer(1, identity, { roles: { caller: { features: { x: true, y: 1, z: false } }, unknown: 1 } })
    assert.ok(peer.announced("caller", "x"))
    for (const feature of ["y", "z", "w"]) assert.ok(!peer.announced("caller", feature))
    assert.ok(!peer.announced("callee", "x"))
    const bad = [{}, { roles: {} }, { roles: { broker: {} } }, { roles: 1 }, { roles: { caller: 1 } }]
    for (const details of [...bad, { roles: { caller: { features: [] } } }]) {
      assert.throws(() => makePeer(1, identity, details), ProtocolViolation, JSON.stringify(details))
    }
  })
})
