import { strict as assert } from "node:assert"
import { PASSTHRU_KEYS } from "../../../src/payload/attributes.ts"
import { packParcel, Parcel, payloadOf, unpackParcel } from "../../../src/wamp/carriage.ts"
import { wrapSerializer } from "../../../src/wamp/wampy-serializer.ts"
import { oneOf, seldom, type Draw } from "../draw.ts"
import { plain, target, type Target } from "../target.ts"
import { edited, goodValue, requireInert } from "../values.ts"

const PPT = { ppt_scheme: "wamp", ppt_serializer: "cbor", ppt_cipher: "xsalsa20poly1305", ppt_keyid: "0x00" }
const BOX = new Uint8Array(40).fill(1)
/** What a router sends to a client. */
const FORMS: readonly unknown[][] = [
  [2, 7, { roles: { broker: {}, dealer: {} } }],
  [8, 48, 1, PPT, "com.example.error", [BOX]],
  [8, 48, 1, {}, "wamp.error.no_such_procedure"],
  [17, 5, 6],
  [33, 2, 6],
  [35, 3],
  [36, 6, 7, { ...PPT, topic: "com.example.heat" }, [BOX]],
  [36, 6, 7, {}, ["plain"], { k: 1 }],
  [50, 1, { ...PPT, progress: true }, ["\0AQID"]],
  [50, 1, {}, [1, 2], {}],
  [65, 4, 9],
  [68, 8, 9, { ...PPT, caller: 1 }, [BOX]],
]
const message = (draw: Draw): unknown => (seldom(draw, 6) ? oneOf(draw, FORMS) : edited(draw, oneOf(draw, FORMS)))
const kinds = [
  message,
  message,
  (draw: Draw) => [draw(80), ...Array.from({ length: draw(6) }, () => goodValue(draw))],
  goodValue,
]

export const wampTargets: readonly Target[] = [
  ...[true, false].map((json) =>
    target({
      name: `wamp: parcels ${json ? "over text" : "over bytes"}`,
      weight: 4,
      kinds,
      decode: (given) => packParcel(given) as unknown[],
      promised: plain,
      check(packed) {
        requireInert(packed.map((item) => (Array.isArray(item) && item[0] instanceof Parcel ? null : item)))
        for (const item of packed) {
          if (!Array.isArray(item) || !(item[0] instanceof Parcel)) continue
          const { payload } = item[0]
          assert.ok(payload.sealed && payload.payload instanceof Uint8Array && item.length === 1)
          assert.ok(PASSTHRU_KEYS.some((key) => Object.hasOwn(payload.attributes, key)))
          assert.equal(payloadOf(item, undefined), payload)
          assert.equal(Object.getPrototypeOf(payload.attributes), Object.prototype)
        }
        unpackParcel(packed, json)
      },
    }),
  ),
  target({
    name: "wamp: what a client's serialiser lets through",
    weight: 4,
    kinds: [(draw: Draw) => Array.from({ length: 1 + draw(4) }, () => message(draw))],
    decode(messages) {
      const wrapped = wrapSerializer({
        protocol: "cbor",
        isBinary: true,
        encode: (data) => data,
        decode: (data) => data,
      })
      wrapped.encode([1, "realm1", {}])
      for (const [id, code] of [48, 32, 34, 64, 16].entries()) wrapped.encode([code, id + 1, {}, "com.example.heat"])
      return messages.map((one) => wrapped.decode(one) as unknown[])
    },
    promised: plain,
    check(messages) {
      for (const one of messages) assert.ok(Array.isArray(one) && Number.isSafeInteger(one[0]))
    },
  }),
]
