import { strict as assert } from "node:assert"
import * as fc from "fast-check"
import { toHex, type Hex } from "../../src/core/bytes.ts"
import { Secret } from "../../src/core/secret.ts"
import { ReaderSecrets, WriterSecrets } from "../../src/keys/branch-secrets.ts"
import { nextBranchSecret, writerSecret } from "../../src/keys/schedule.ts"
import { refuses } from "../arbitrary.ts"
import { party } from "../trust/chains.ts"

const [alice, bob] = [party("alice").csPubKey, party("bob").csPubKey]
const secretOf = (byte: number): Secret => new Secret(new Uint8Array(32).fill(byte))
const hex = (secret: Secret | undefined): Hex | undefined => secret && toHex(secret.expose())
const isGone = (secret: Secret): boolean => secret.expose().every((byte) => byte === 0)

/** The branch's secret of each epoch, without any of the code that keeps them. */
const CHAIN = [secretOf(1)]
while (CHAIN.length < 64) CHAIN.push(nextBranchSecret(CHAIN.at(-1)!))

describe("keys: secrets of a branch", () => {
  describe("of a reader", () => {
    it("follow from its first one, for every writer", () => {
      const reader = new ReaderSecrets(3, CHAIN[3]!)
      assert.equal(reader.canRead, true)
      for (const epoch of [5, 3, 4]) {
        assert.equal(hex(reader.branch(epoch)), hex(CHAIN[epoch]))
        for (const writer of [alice, bob])
          assert.equal(hex(reader.writer(epoch, writer)), hex(writerSecret(CHAIN[epoch]!, writer)))
      }
      assert.equal(reader.writer(4, alice), reader.writer(4, alice))
    })

    it("give none of before", () => {
      const reader = new ReaderSecrets(3, CHAIN[3]!)
      refuses(() => reader.branch(2), "keys.epoch")
      assert.equal(reader.writer(2, alice), undefined)
    })

    it("are a copy of what was granted", () => {
      const granted = secretOf(9)
      const reader = new ReaderSecrets(0, granted)
      granted.wipe()
      assert.equal(hex(reader.branch(0)), hex(secretOf(9)))
    })

    it("are overwritten when their epoch is over, and there is no way back", () => {
      const reader = new ReaderSecrets(0, CHAIN[0]!)
      const held = [0, 1, 2, 3].flatMap((epoch) => [reader.branch(epoch), reader.writer(epoch, alice)!])
      reader.erase(2)
      assert.deepEqual(held.map(isGone), [true, true, true, true, false, false, false, false])
      for (const epoch of [0, 1]) {
        refuses(() => reader.branch(epoch), "keys.epoch")
        assert.equal(reader.writer(epoch, alice), undefined)
      }
      assert.equal(hex(reader.writer(2, alice)), hex(writerSecret(CHAIN[2]!, alice)))
      reader.erase(1)
      assert.equal(hex(reader.branch(2)), hex(CHAIN[2]))
    })

    it("derive what later epochs need before the last one is overwritten", () => {
      const reader = new ReaderSecrets(0, CHAIN[0]!)
      reader.erase(20)
      assert.equal(hex(reader.branch(20)), hex(CHAIN[20]))
      assert.equal(hex(reader.branch(21)), hex(CHAIN[21]))
    })

    it("are not derived without end", () => {
      const reader = new ReaderSecrets(10, CHAIN[10]!)
      assert.ok(reader.branch(10 + 4_096))
      refuses(() => new ReaderSecrets(10, CHAIN[10]!).branch(10 + 4_097), "keys.epoch")
      refuses(() => reader.branch(Number.MAX_SAFE_INTEGER), "keys.epoch")
    })

    it("are all overwritten by a wipe, and give nothing then", () => {
      const reader = new ReaderSecrets(0, CHAIN[0]!)
      const held = [reader.branch(0), reader.branch(1), reader.writer(1, alice)!, reader.writer(0, bob)!]
      reader.wipe()
      assert.ok(held.every(isGone))
      for (const epoch of [0, 1, 2]) refuses(() => reader.branch(epoch), "keys.unknown_key")
      refuses(() => reader.writer(1, alice), "keys.unknown_key")
    })
  })

  describe("of a writer", () => {
    const granted = (): Secret[] => [3, 4, 5].map((epoch) => writerSecret(CHAIN[epoch]!, alice))

    it("are its own of the epochs that were granted, and nobody else's", () => {
      const writer = new WriterSecrets(alice, 3, granted())
      assert.equal(writer.canRead, false)
      for (const epoch of [3, 4, 5])
        assert.equal(hex(writer.writer(epoch, alice)), hex(writerSecret(CHAIN[epoch]!, alice)))
      for (const epoch of [2, 6]) assert.equal(writer.writer(epoch, alice), undefined)
      assert.equal(writer.writer(4, bob), undefined)
      assert.ok(!("branch" in writer))
    })

    it("are overwritten when their epoch is over, and all by a wipe", () => {
      const secrets = granted()
      const writer = new WriterSecrets(alice, 3, secrets)
      writer.erase(4)
      assert.deepEqual(secrets.map(isGone), [true, false, false])
      assert.equal(writer.writer(3, alice), undefined)
      writer.wipe()
      assert.ok(secrets.every(isGone))
      assert.equal(writer.writer(4, alice), undefined)
    })
  })

  it("are those of a plain list, whatever is asked and erased in whatever order", () => {
    const step = fc.oneof(
      fc.record({ ask: fc.integer({ min: 0, max: 40 }), by: fc.constantFrom(alice, bob) }),
      fc.record({ erase: fc.integer({ min: 0, max: 40 }) }),
    )
    fc.assert(
      fc.property(fc.array(step, { maxLength: 30 }), fc.integer({ min: 0, max: 5 }), (steps, first) => {
        const reader = new ReaderSecrets(first, CHAIN[first]!)
        let oldest = first
        for (const one of steps) {
          if ("erase" in one) {
            reader.erase(one.erase)
            oldest = Math.max(oldest, one.erase)
            continue
          }
          const expected = one.ask < oldest ? undefined : hex(writerSecret(CHAIN[one.ask]!, one.by))
          assert.equal(hex(reader.writer(one.ask, one.by)), expected)
        }
      }),
      { numRuns: 500 },
    )
  }).timeout(20_000)
})
