import { strict as assert } from "node:assert"
import { parseMessage, ProtocolViolation } from "../../../src/router/messages.ts"
import { SERIALIZERS } from "../../../src/core/wire/serializers.ts"
import { mutated, randomBytes } from "../bytes.ts"
import { oneOf, seldom, type Draw } from "../draw.ts"
import { cborItem, jsonText, msgpackItem } from "../formats.ts"
import { plain, target, type Target } from "../target.ts"
import { comparable, edited, goodValue, requireInert } from "../values.ts"

const BOUNDS = { depth: 128, items: 65_536 }

/** Each message that a client sends. */
const FORMS: readonly unknown[][] = [
  [1, "realm1", { roles: { caller: { features: { payload_passthru_mode: true } } }, authid: "a" }],
  [3, {}, "wamp.error.x", [], {}],
  [5, "signature", {}],
  [6, {}, "wamp.close.close_realm"],
  [8, 68, 7, { ppt_scheme: "wamp" }, "com.error", [new Uint8Array(40)]],
  [16, 7, { acknowledge: true, exclude: [1, 2] }, "com.example.heat", [1], { k: 1 }],
  [32, 7, { match: "wildcard" }, "com..heat"],
  [34, 7, 1],
  [48, 2 ** 40, { timeout: 5 }, "com.example.add2", [1, 2.5, null], { k: [2n ** 60n] }],
  [49, 7, { mode: "kill" }],
  [64, 7, {}, "com.example.add2"],
  [66, 7, 1],
  [70, 7, { progress: true }, [new Uint8Array(3)], {}],
]

const writers: Readonly<Record<string, (draw: Draw) => Uint8Array>> = {
  json: (draw) => Buffer.from(jsonText(draw)),
  msgpack: (draw) => Uint8Array.from(msgpackItem(draw)),
  cbor: (draw) => Uint8Array.from(cborItem(draw)),
}
const message = (draw: Draw): unknown => (seldom(draw, 4) ? oneOf(draw, FORMS) : edited(draw, oneOf(draw, FORMS)))

const wires = Object.values(SERIALIZERS).map(({ name, encode, decode }) => {
  const corpus = FORMS.map((form) => Uint8Array.from(encode(form)))
  const written = (draw: Draw): Uint8Array => {
    try {
      return Uint8Array.from(encode(message(draw)))
    } catch {
      return oneOf(draw, corpus) // what JSON or 64 bits cannot carry
    }
  }
  return target({
    name: `router: messages in ${name}`,
    weight: 10,
    kinds: [
      (draw) => randomBytes(draw),
      (draw) => writers[name]!(draw),
      (draw) => mutated(draw, corpus),
      written,
      (draw) => Uint8Array.from(encode([16, 1, {}, "a", [goodValue(draw)]])),
    ],
    decode: (bytes) => decode(bytes, BOUNDS),
    promised: plain,
    check(value) {
      requireInert(value)
      assert.deepEqual(comparable(decode(encode(value), BOUNDS)), comparable(value))
      try {
        parseMessage(value)
      } catch (error) {
        assert.ok(error instanceof ProtocolViolation, String(error))
      }
    },
  })
})

export const routerTargets: readonly Target[] = [
  ...wires,
  target({
    name: "router: shapes of messages",
    weight: 6,
    kinds: [
      message,
      (draw) => goodValue(draw),
      (draw) => [draw(80), ...Array.from({ length: draw(6) }, () => goodValue(draw))],
    ],
    decode: parseMessage,
    promised: (error) => error instanceof ProtocolViolation,
    check: ({ kind }) => assert.match(kind, /^[a-z]+$/),
  }),
]
