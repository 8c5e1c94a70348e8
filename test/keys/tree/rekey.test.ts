import { strict as assert } from "node:assert"
import * as fc from "fast-check"
import { toHex } from "../../../src/core/bytes.ts"
import {
  announcedRekeys,
  encodeRekey,
  encodeRekeys,
  MAX_PARTS,
  MAX_REMOVED,
  parseRekey,
  rekeysHash,
} from "../../../src/keys/tree/rekey.ts"
import { decodeCbor, encodeCbor } from "../../../src/payload/cbor.ts"
import { flipped, onlyRefuses, refuses } from "../../arbitrary.ts"
import { treeOf } from "./world.ts"

const { tree, leaves, random } = treeOf(12)
const { rekey } = tree.rekey(2, [leaves[2]!, leaves[9]!], random)
const rekeys = encodeRekeys({ call: undefined, event: rekey })
const announcement = { tree: rekeysHash(rekeys), generation: 2 }

type Wire = [number, number, number, number[], [number, Uint8Array][]]
const edited = (change: (fields: Wire) => unknown): Uint8Array => {
  const fields = decodeCbor(rekey) as Wire
  return encodeCbor(change(fields) ?? fields)
}

describe("keys: re-key messages", () => {
  it("are written in one way and read back", () => {
    const parsed = parseRekey(rekey)
    assert.deepEqual([...parsed.removed], [leaves[2], leaves[9]])
    assert.deepEqual([parsed.before, parsed.generation], [1, 2])
    assert.equal(toHex(encodeRekey(parsed)), toHex(rekey))
    assert.deepEqual(
      [...parsed.parts.keys()],
      [1, 6, 11, 16, 21, 23].filter((node) => parsed.parts.has(node)),
    )
  })

  it("are those of both branches that the announcement names", () => {
    const both = encodeRekeys({ call: rekey, event: rekey })
    const { call, event } = announcedRekeys(both, { tree: rekeysHash(both), generation: 2 })
    assert.deepEqual(call, event)
    assert.equal(announcedRekeys(rekeys, announcement).call, undefined)
    const none = encodeRekeys({ call: undefined, event: undefined })
    assert.deepEqual(announcedRekeys(none, { tree: rekeysHash(none), generation: 2 }), {
      call: undefined,
      event: undefined,
    })
  })

  it("are refused with any bit turned over, cut off at any place or followed by anything", () => {
    for (let bit = 0; bit < rekeys.length * 8; bit++)
      refuses(() => announcedRekeys(flipped(rekeys, bit), announcement), "keys.rekey")
    for (let length = 0; length < rekeys.length; length++)
      refuses(() => announcedRekeys(rekeys.subarray(0, length), announcement), "keys.rekey")
    refuses(() => announcedRekeys(Uint8Array.of(...rekeys, 0), announcement), "keys.rekey")
  })

  it("are refused where the announcement names none, or is of another generation", () => {
    refuses(() => announcedRekeys(rekeys, { ...announcement, tree: undefined }), "keys.rekey")
    refuses(() => announcedRekeys(rekeys, { ...announcement, generation: 3 }), "keys.rekey")
    const sworn = (bytes: Uint8Array): unknown => announcedRekeys(bytes, { tree: rekeysHash(bytes), generation: 2 })
    for (const bytes of [
      encodeCbor([null]),
      encodeCbor([null, null, null]),
      encodeCbor([1, null]),
      encodeCbor({}),
      rekey,
    ])
      refuses(() => sworn(bytes), "keys.rekey")
  })

  const bad: readonly [string, (fields: Wire) => unknown][] = [
    ["another version", (f) => void (f[0] = 2)],
    ["a generation that is not later", (f) => void (f[1] = 2)],
    ["a negative generation", (f) => void (f[1] = -1)],
    ["a broken generation", (f) => void (f[2] = 2.5)],
    ["a removed node that is no leaf", (f) => [...f.slice(0, 3), [5], []]],
    ["leaves that do not ascend", (f) => void (f[3] = f[3].toReversed())],
    ["a leaf twice", (f) => [...f.slice(0, 3), [4, 4], []]],
    ["a leaf beyond every tree", (f) => [...f.slice(0, 3), [4, 2 ** 21], []]],
    ["a negative leaf", (f) => [...f.slice(0, 3), [-2], []]],
    ["a leaf as text", (f) => [...f.slice(0, 3), ["4"], f[4]]],
    ["more leaves than it may have", (f) => void (f[3] = Array.from({ length: MAX_REMOVED + 1 }, (_, i) => 2 * i))],
    ["nodes that do not ascend", (f) => void (f[4] = f[4].toReversed())],
    ["a node twice", (f) => void f[4].push(f[4].at(-1)!)],
    ["a part for a removed leaf", (f) => void f[4].splice(1, 0, [4, f[4][0]![1]])],
    ["a part below no fresh node", (f) => void (f[3] = [leaves[9]!])],
    ["parts though nobody is removed", (f) => void (f[3] = [])],
    ["a shorter box", (f) => void (f[4][0]![1] = f[4][0]![1].subarray(1))],
    ["a longer box", (f) => void (f[4][0]![1] = new Uint8Array(49))],
    ["a box as text", (f) => [...f.slice(0, 4), [[6, "box"]]]],
    ["a part with more in it", (f) => [...f.slice(0, 4), [[...f[4][0]!, 1]]]],
    ["a part that is no list", (f) => [...f.slice(0, 4), [6]]],
    ["more parts than it may have", (f) => [...f.slice(0, 4), Array.from({ length: MAX_PARTS + 1 }, () => f[4][0])]],
    ["a field less", (f) => f.slice(0, 4)],
    ["a field more", (f) => [...f, 1]],
    ["a map", () => ({})],
  ]
  for (const [name, change] of bad) {
    it(`are refused with ${name}`, () => {
      refuses(() => parseRekey(edited(change)), "keys.rekey")
    })
  }

  it("give nothing but a refusal, or what is written again alike, for random bytes", () => {
    const box = fc.uint8Array({ minLength: 48, maxLength: 48 })
    const node = fc.nat(40)
    const fields = fc.tuple(
      fc.constantFrom(1, 1, 1, 0),
      fc.nat(3),
      fc.nat(4),
      fc.array(node, { maxLength: 4 }).map((nodes) => nodes.sort((a, b) => a - b)),
      fc.array(fc.tuple(node, box), { maxLength: 4 }).map((parts) => parts.sort(([a], [b]) => a - b)),
    )
    let read = 0
    fc.assert(
      fc.property(fc.oneof(fc.uint8Array(), fields.map(encodeCbor)), (bytes) => {
        onlyRefuses(() => {
          const parsed = parseRekey(bytes)
          assert.equal(toHex(encodeRekey(parsed)), toHex(bytes))
          read++
        }, /^keys\.rekey$/)
      }),
      { numRuns: 3_000 },
    )
    assert.ok(read > 0)
  })
})
