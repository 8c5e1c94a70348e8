import { strict as assert } from "node:assert"
import * as fc from "fast-check"
import { attributesFor, parseAttributes, PASSTHRU_KEYS } from "../../src/payload/attributes.ts"
import { DEFAULT_PROFILE } from "../../src/payload/profile.ts"
import { onlyRefuses, refuses } from "../arbitrary.ts"

const ID = "0x0123456789abcdef0123456789ABCDEF01234567"
const right: Readonly<Record<string, unknown>> = { ...attributesFor(DEFAULT_PROFILE, ID) }

describe("payload: passthru attributes", () => {
  it("are the triple of scheme, serializer and cipher, and the key id", () => {
    assert.deepEqual(right, {
      ppt_scheme: "wamp",
      ppt_serializer: "cbor",
      ppt_cipher: "xsalsa20poly1305",
      ppt_keyid: ID,
    })
    assert.deepEqual(Object.keys(right), PASSTHRU_KEYS)
    assert.equal(parseAttributes(DEFAULT_PROFILE, right), ID)
    assert.equal(parseAttributes(DEFAULT_PROFILE, { ...right, progress: true }), ID)
  })

  it("are refused when one is missing, inherited or other", () => {
    for (const key of PASSTHRU_KEYS) {
      const { [key]: value, ...rest } = right
      refuses(() => parseAttributes(DEFAULT_PROFILE, rest), "payload.attributes")
      refuses(
        () => parseAttributes(DEFAULT_PROFILE, Object.assign(Object.create({ [key]: value }) as object, rest)),
        "payload.attributes",
      )
      for (const other of [
        undefined,
        null,
        "",
        0,
        [value],
        { value },
        `${String(value)} `,
        "mqtt",
        new String(value),
      ]) {
        const error = refuses(() => parseAttributes(DEFAULT_PROFILE, { ...right, [key]: other }), "payload.attributes")
        assert.match(error.message, new RegExp(key))
      }
    }
    for (const [key, value] of [
      ["ppt_scheme", "x_wamp_e2ee"],
      ["ppt_serializer", "msgpack"],
      ["ppt_cipher", "aes256gcm"],
      ["ppt_keyid", ID.slice(0, -1)],
      ["ppt_keyid", ID.slice(2)],
      ["ppt_keyid", `${ID}\n`],
    ] as const) {
      refuses(() => parseAttributes(DEFAULT_PROFILE, { ...right, [key]: value }), "payload.attributes")
    }
  })

  it("are read or refused, whatever comes", () => {
    const value = fc.oneof(fc.anything(), fc.constantFrom("wamp", "cbor", "xsalsa20poly1305", ID))
    fc.assert(
      fc.property(fc.dictionary(fc.constantFrom(...PASSTHRU_KEYS, "__proto__", "x"), value), (attributes) => {
        onlyRefuses(() => {
          parseAttributes(DEFAULT_PROFILE, attributes)
          for (const key of PASSTHRU_KEYS.slice(0, 3)) assert.equal(attributes[key], right[key])
        }, /^payload\.attributes$/)
      }),
      { numRuns: 500 },
    )
  })
}).timeout(60_000)
