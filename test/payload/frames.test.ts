import { strict as assert } from "node:assert"
import { readFileSync } from "node:fs"
import { generate } from "../../scripts/generate-frames.ts"
import { fromHex, toHex, type Hex } from "../../src/core/bytes.ts"
import { decodeJson } from "../../src/core/json.ts"
import { KIND } from "../../src/payload/frame.ts"
import { parseProfile, type ProfileOptions } from "../../src/payload/profile.ts"
import { ReplayWindows } from "../../src/session/messages/replay.ts"
import { announcementOf, memberOf, openIn, ringOf } from "../keys/parties.ts"
import { readIndependently } from "./independent-reader.ts"

interface Vectors {
  readonly realm: Hex
  readonly uri: string
  readonly announcement: Hex
  readonly generation: number
  readonly epoch: number
  readonly secrets: Readonly<Record<"call" | "event", Hex>>
  readonly writer: Hex
  readonly senders: Readonly<Record<string, { readonly csPubKey: Hex; readonly instance: Hex }>>
  readonly kinds: Readonly<Record<string, { branch: "call" | "event"; sender: string; key: Hex; keyId: string }>>
  readonly request: Hex
  readonly error: string
  readonly arguments: Readonly<Record<string, { readonly args: unknown[]; readonly kwargs: object }>>
  readonly cases: readonly (ProfileOptions & {
    readonly kind: keyof typeof KIND
    readonly serializer: string
    readonly cipher: string
    readonly padding: boolean
    readonly compression?: string
    readonly holds: string
    readonly attributes: Readonly<Record<string, string>>
    readonly sequence: number
    readonly time: number
    readonly correlation: Hex
    readonly payload: Hex
  })[]
}

const text = readFileSync(new URL("../vectors/frames.json", import.meta.url), "utf8")
const vectors = decodeJson(text, { depth: 16, items: 65_536 }) as Vectors
const bytes = (hex: string): Uint8Array => fromHex(hex) as Uint8Array

/** Byte strings of Node's kind and of the language's own are the same here. */
function plain(value: unknown): unknown {
  if (value instanceof Uint8Array) return Uint8Array.from(value)
  if (Array.isArray(value)) return value.map(plain)
  if (typeof value !== "object" || value === null) return value
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, plain(item)]))
}

describe("payload: pinned messages", () => {
  it("come out again byte for byte; run node scripts/generate-frames.ts if they are meant to change", () => {
    assert.equal(generate(), text)
    assert.equal(vectors.cases.length, 4 * 3 * 2 * 2 * 3)
    assert.equal(new Set(vectors.cases.map(({ payload }) => payload)).size, vectors.cases.length)
  })

  for (const kind of Object.keys(KIND) as (keyof typeof KIND)[]) {
    const cases = vectors.cases.filter((one) => one.kind === kind)
    const { branch, sender, key, keyId } = vectors.kinds[kind]!
    const answers = kind === "result" || kind === "error"

    it(`open: ${kind}`, () => {
      // Only answers open under the own key: they are read as the caller, whose key it is, reads them.
      const ring = ringOf("caller", "read", {
        branch,
        secret: bytes(vectors.secrets[branch]),
        announcement: {
          ...announcementOf("callee"),
          hash: bytes(vectors.announcement),
          generation: vectors.generation,
        },
      })
      ring.members.add(memberOf("caller", "caller", "publisher"))
      ring.members.add(memberOf("callee", "callee"))
      for (const one of cases) {
        const { profile, message } = {
          profile: parseProfile(one),
          message: { attributes: one.attributes, payload: bytes(one.payload) },
        }
        const opened = openIn(ring, message, {
          epochs: [vectors.epoch],
          profile,
          kind: KIND[kind],
          uri: vectors.uri,
          now: one.time,
          skew: 0,
          replay: new ReplayWindows(),
          self: "0x0000000000000000" as Hex,
          ...(answers ? { correlation: bytes(vectors.request) } : {}),
          ...(kind === "error" ? { error: vectors.error } : {}),
        })
        assert.deepEqual({ args: opened.args, kwargs: opened.kwargs }, vectors.arguments[one.holds])
        assert.equal(opened.sender.instance, vectors.senders[sender]!.instance)
        assert.deepEqual([toHex(opened.correlation), opened.time], [one.correlation, one.time])
      }
    })

    it(`are read by other libraries after the documentation: ${kind}`, () => {
      for (const one of cases) {
        const [secret, announcement] = [vectors.secrets[branch], vectors.announcement].map((hex) =>
          Buffer.from(bytes(hex)),
        )
        const [writer, speaker] = [vectors.writer, vectors.senders[sender]!.csPubKey].map((hex) =>
          Buffer.from(bytes(hex)),
        )
        const read = readIndependently({
          ...one,
          uri: vectors.uri,
          realm: vectors.realm,
          keyId,
          payload: Buffer.from(bytes(one.payload)),
          secret: secret!,
          announcement: announcement!,
          generation: vectors.generation,
          epoch: vectors.epoch,
          writer: writer!,
          sender: speaker!,
        })
        assert.equal(toHex(read.key), key)
        assert.deepEqual(plain({ args: read.args, kwargs: read.kwargs }), plain(vectors.arguments[one.holds]))
        assert.equal(read.compressed, one.compression !== undefined)
        assert.equal(toHex(read.correlation), one.correlation)
        const header = [1, 2, one.sequence, one.time, bytes(vectors.senders[sender]!.instance)]
        assert.deepEqual(plain(read.header), [
          ...header,
          ...(answers ? [bytes(vectors.request)] : []),
          ...(kind === "error" ? [vectors.error] : []),
        ])
      }
    })
  }
})
