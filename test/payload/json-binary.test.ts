import { strict as assert } from "node:assert"
import { toHex } from "../../src/core/bytes.ts"
import { fromBase64 } from "../../src/core/base64.ts"
import { Secret } from "../../src/core/secret.ts"
import { CIPHERS } from "../../src/payload/cipher.ts"
import { SERIALIZERS } from "../../src/payload/serializer.ts"
import { SERIALIZERS as WIRE } from "../../src/core/wire/serializers.ts"
import { packParcel, Parcel } from "../../src/wamp/carriage.ts"
import { refuses } from "../arbitrary.ts"

// WAMP's byte strings in JSON, "\0" and base64 ("Binary support in JSON"), written wrong in every way that some decoder
// somewhere takes: W31. There is one right way for each string of bytes.

/** Lengths of 1 and 2 modulo 3, so that both forms of padding come up: `AAEC/Pf+/w==` and `AAEC/Pf+//8=`. */
const ONE = Uint8Array.of(0, 1, 2, 0xfc, 0xf7, 0xfe, 0xff)
const TWO = Uint8Array.of(0, 1, 2, 0xfc, 0xf7, 0xfe, 0xff, 0xff)
const [A, B] = [ONE, TWO].map((bytes) => Buffer.from(bytes).toString("base64")) as [string, string]
const [a, b] = [A.replace(/=+$/, ""), B.replace(/=+$/, "")]
const Z = "\\u0000"

/** What stands in the JSON, quotation marks included. */
type Malformed = readonly [string, string]

/** They begin with U+0000 as bytes do, and what follows is not the base64 of anything. */
const marked: readonly Malformed[] = [
  ["padding left out, of two", `"${Z}${a}"`],
  ["padding left out, of one", `"${Z}${b}"`],
  ["half of its padding", `"${Z}${a}="`],
  ["padding of two where one belongs", `"${Z}${b}=="`],
  ["padding of three", `"${Z}${A}="`],
  ["padding of four", `"${Z}${A}=="`],
  ["padding where none belongs", `"${Z}AAEC===="`],
  ["one padding where none belongs", `"${Z}AAEC="`],
  ["padding alone", `"${Z}===="`],
  ["one sign of padding alone", `"${Z}="`],
  ["padding in front", `"${Z}==${a}"`],
  ["padding inside", `"${Z}AA==AAEC"`],
  ["two encodings behind each other", `"${Z}${A}${A}"`],
  ["one character", `"${Z}A"`],
  ["one character more", `"${Z}AAECA"`],
  ["five characters and padding", `"${Z}AAECA==="`],
  ["stray bits, one, before padding of one", `"${Z}${b.slice(0, -1)}9="`],
  ["stray bits, two, before padding of one", `"${Z}${b.slice(0, -1)}/="`],
  ["stray bits, lowest, before padding of two", `"${Z}${a.slice(0, -1)}x=="`],
  ["stray bits, all four, before padding of two", `"${Z}${a.slice(0, -1)}/=="`],
  ["stray bits of the shortest string", `"${Z}AB=="`],
  ["stray bits of two bytes", `"${Z}AAB="`],
  ["the alphabet of URLs, minus", `"${Z}${A.replaceAll("+", "-")}"`],
  ["the alphabet of URLs, underscore", `"${Z}${A.replaceAll("/", "_")}"`],
  ["the alphabet of URLs without padding", `"${Z}${a.replaceAll("+", "-").replaceAll("/", "_")}"`],
  ["the alphabet of IMAP", `"${Z}${A.replaceAll("/", ",")}"`],
  ["the alphabet of crypt", `"${Z}./01"`],
  ["a space in front", `"${Z} ${A}"`],
  ["a space behind", `"${Z}${A} "`],
  ["a space inside", `"${Z}AAEC ${A.slice(4)}"`],
  ["a space in place of a plus", `"${Z}${A.replaceAll("+", " ")}"`],
  ["a newline behind", `"${Z}${A}\\n"`],
  ["a newline inside", `"${Z}AAEC\\n${A.slice(4)}"`],
  ["a carriage return and a newline", `"${Z}AAEC\\r\\n${A.slice(4)}"`],
  ["a tab", `"${Z}AAEC\\t${A.slice(4)}"`],
  ["a form feed", `"${Z}AAEC\\f${A.slice(4)}"`],
  ["a vertical tab", `"${Z}AAEC\\u000b${A.slice(4)}"`],
  ["a no-break space", `"${Z}AAEC\\u00a0${A.slice(4)}"`],
  ["a zero-width space", `"${Z}AAEC\\u200b${A.slice(4)}"`],
  ["a line separator", `"${Z}AAEC\\u2028${A.slice(4)}"`],
  ["a byte order mark", `"${Z}\\ufeff${A}"`],
  ["two marks", `"${Z}${Z}${A}"`],
  ["a mark behind", `"${Z}${A}${Z}"`],
  ["a mark inside", `"${Z}AAEC${Z}${A.slice(4)}"`],
  ["a full-width letter", `"${Z}\uff21AEC"`],
  ["a Cyrillic letter", `"${Z}\u0410AEC"`],
  ["a full-width sign of padding", `"${Z}AA\uff1d\uff1d"`],
  ["an astral character", `"${Z}\u{1d400}AEC"`],
  ["half a surrogate pair", `"${Z}\\ud800AEC"`],
  ["an accent", `"${Z}A\u0301AE"`],
  ["a quotation mark", `"${Z}AA\\"C"`],
  ["a backslash", `"${Z}AA\\\\C"`],
  ["a percent sign", `"${Z}AAE%3D"`],
  ["the length in front", `"${Z}7:${A}"`],
  ["a comment of OpenPGP's checksum", `"${Z}${A}=njUN"`],
  ["the form of a data URL", `"${Z}data:;base64,${A}"`],
  ["hexadecimal digits of an odd number", `"${Z}000102fcf7feff0"`],
  ["base32", `"${Z}AAAQF7HX7377====="`],
  ["text", `"${Z}hello world"`],
  ["base64 with a hyphen as in soft line breaks", `"${Z}AAEC-\\n${A.slice(4)}"`],
]

/** No text that begins with U+0000, so none that is bytes; as a plain argument each is the text or value that it is. */
const bare: readonly Malformed[] = [
  ["no mark", `"${A}"`],
  ["a mark behind alone", `"${A}${Z}"`],
  ["a space before the mark", `" ${Z}${A}"`],
  ["a byte order mark before the mark", `"\\ufeff${Z}${A}"`],
  ["the digit 0 for a mark", `"0${A}"`],
  ["a backslash and a 0 for a mark", `"\\\\0${A}"`],
  ["the mark's escape written out", `"\\\\u0000${A}"`],
  ["the picture of the mark", `"\\u2400${A}"`],
  ["another control character", `"\\u0001${A}"`],
  ["a list of numbers", "[0,1,2,252,247,254,255]"],
  ["Node's object of a buffer", `{"type":"Buffer","data":[0,1,2,252,247,254,255]}`],
  ["an object of places", `{"0":0,"1":1,"2":2}`],
  ["nothing", "null"],
  ["an empty text", '""'],
  ["a number", "7"],
]

/** What no JSON parser may take. */
const broken: readonly Malformed[] = [
  ["the mark as it is, unescaped", `"\0${A}"`],
  ["an octal escape", `"\\0${A}"`],
  ["an escape of two digits", `"\\x00${A}"`],
  ["an escape of three digits", `"\\u000${A.replace("A", "g")}"`],
  ["an escape in braces", `"\\u{0}${A}"`],
  ["a capital escape", `"\\U0000${A}"`],
  ["apostrophes", `'${Z}${A}'`],
  ["a newline as it is", `"${Z}AAEC\n${A.slice(4)}"`],
  ["a trailing escape", `"${Z}${A}\\"`],
]

const utf8 = (text: string): Uint8Array => Uint8Array.from(Buffer.from(text))
const BOUNDS = { depth: 16, items: 1_000 }
const frame = (e2e: string, argument: string): Uint8Array => utf8(`{"e2e":${e2e},"args":[${argument}],"kwargs":{}}`)
const right = (bytes: Uint8Array): string => `"${Z}${Buffer.from(bytes).toString("base64")}"`
const EVENT = (argument: string, details = '{"ppt_scheme":"wamp"}'): string => `[36,6,7,${details},[${argument}]]`

describe("JSON: byte strings", () => {
  it("are at least 60 malformed ones, each another", () => {
    const all = [...marked, ...bare, ...broken].map(([, text]) => text)
    assert.ok(marked.length >= 60, `${marked.length}`)
    assert.equal(new Set(all).size, all.length)
  })

  it("have one right form, which is taken everywhere", () => {
    for (const bytes of [new Uint8Array(), Uint8Array.of(0), ONE, TWO, new Uint8Array(300).fill(0xfb)]) {
      const { e2e, args } = SERIALIZERS.json.split(frame(right(bytes), right(bytes)))
      assert.deepEqual([e2e, args], [bytes, [bytes]])
      assert.deepEqual(WIRE.json.decode(utf8(EVENT(right(bytes))), BOUNDS), [36, 6, 7, { ppt_scheme: "wamp" }, [bytes]])
      assert.equal(toHex(sealedBytes(right(bytes))!), toHex(bytes))
      // An escape in capitals, and escapes of other characters, are the same JSON.
      assert.deepEqual(SERIALIZERS.json.split(frame(right(ONE), right(bytes).replace("A", "\\u0041"))).args, [bytes])
    }
  })

  for (const [what, text] of marked)
    it(`with ${what} are refused, in payloads and on the wire`, () => {
      refuses(() => SERIALIZERS.json.split(frame(text, "1")), "payload.decode_failed")
      refuses(() => SERIALIZERS.json.split(frame(right(ONE), text)), "payload.decode_failed")
      refuses(() => SERIALIZERS.json.split(frame(right(ONE), `{"a":[${text}]}`)), "payload.decode_failed")
      assert.throws(() => WIRE.json.decode(utf8(EVENT(text)), BOUNDS), TypeError)
      assert.equal(sealedBytes(text)?.length, 0)
    })

  for (const [what, text] of bare)
    it(`with ${what} are no bytes`, () => {
      refuses(() => SERIALIZERS.json.split(frame(text, "1")), "payload.decode_failed")
      const [argument] = SERIALIZERS.json.split(frame(right(ONE), text)).args as unknown[]
      assert.deepEqual(argument, JSON.parse(text))
      // Base64 without the mark is what one router makes of sealed bytes: a client hands it on as those (docs/routers.md).
      const given: unknown = JSON.parse(text)
      const unmarked = typeof given === "string" ? fromBase64(given) : undefined
      assert.equal(sealedBytes(text)?.length, unmarked?.length ?? 0)
    })

  for (const [what, text] of broken)
    it(`with ${what} are no JSON`, () => {
      refuses(() => SERIALIZERS.json.split(frame(text, "1")), "payload.decode_failed")
      refuses(() => SERIALIZERS.json.split(frame(right(ONE), text)), "payload.decode_failed")
      assert.throws(() => WIRE.json.decode(utf8(EVENT(text)), BOUNDS), SyntaxError)
      assert.throws(() => JSON.parse(EVENT(text)), SyntaxError)
    })

  it("that a client could not read leave an empty box, which opens under no key", () => {
    for (const { open } of Object.values(CIPHERS))
      refuses(() => open(new Secret(new Uint8Array(32)), sealedBytes(marked[0]![1])!), "payload.decrypt_failed")
  })
})

/** The sealed bytes that a client over JSON hands on of an event with that argument, after its own parser. */
function sealedBytes(argument: string): Uint8Array | undefined {
  const packed = packParcel(JSON.parse(EVENT(argument))) as unknown[]
  const [parcel] = packed[4] as unknown[]
  if (!(parcel instanceof Parcel) || !parcel.payload.sealed) return undefined
  return parcel.payload.payload
}
