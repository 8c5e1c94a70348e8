import { strict as assert } from "node:assert"
import * as fc from "fast-check"
import { ReplayWindows } from "../../../src/session/messages/replay.ts"

/** All that was ever accepted, and the rule in one line. */
class NaiveWindows {
  readonly #seen = new Map<string, Set<number>>()

  accept(sender: string, sequence: number): boolean {
    const seen = this.#seen.get(sender) ?? new Set()
    this.#seen.set(sender, seen)
    const tooOld = sequence <= Math.max(-1, ...seen) - 64
    if (tooOld || seen.has(sequence)) return false
    seen.add(sequence)
    return true
  }
}

describe("session: replay windows", () => {
  it("accept what a memory of everything would, once and not 64 behind", () => {
    const near = fc.nat(150)
    const far = fc.oneof(near, near, fc.nat(1_000), fc.maxSafeNat())
    const message = fc.tuple(fc.constantFrom("0xa", "0xb" as const), far)
    fc.assert(
      fc.property(fc.array(message, { maxLength: 200, size: "max" }), (messages) => {
        const [windows, naive] = [new ReplayWindows(), new NaiveWindows()]
        for (const [sender, sequence] of messages) {
          assert.equal(windows.accept("key", sender, sequence), naive.accept(sender, sequence), `${sender} ${sequence}`)
        }
      }),
      { numRuns: 300 },
    )
  })

  it("end 64 behind the newest", () => {
    const windows = new ReplayWindows()
    assert.ok(windows.accept("key", "0xa", 100))
    assert.ok(!windows.accept("key", "0xa", 36))
    assert.ok(windows.accept("key", "0xa", 37))
    assert.ok(!windows.accept("key", "0xa", 37))
    assert.ok(!windows.accept("key", "0xa", 100))
    assert.ok(windows.accept("key", "0xb", 100))
  })

  it("forget what is unused for longest, and never the one just seen", () => {
    const windows = new ReplayWindows()
    for (let i = 0; i < 65_536; i++) windows.accept("key", `0x${i}`, 1)
    assert.ok(!windows.accept("key", "0x0", 1))
    assert.ok(windows.accept("key", "0x0", 2))
    assert.ok(windows.accept("key", "0xone more", 1))
    assert.ok(!windows.accept("key", "0xone more", 1))
    assert.ok(!windows.accept("key", "0x0", 2))
  })

  it("take nothing again of what had to be forgotten, whatever others send to fill them", () => {
    const windows = new ReplayWindows()
    assert.ok(windows.accept("topic", "0xvictim", 5))
    assert.ok(windows.accept("other topic", "0xvictim", 7))
    for (let i = 0; i < 65_536; i++) windows.accept(`topic ${i}`, "0xflooder", i)
    for (const sequence of [4, 5, 6, 7]) assert.ok(!windows.accept("topic", "0xvictim", sequence))
    assert.ok(windows.accept("topic", "0xvictim", 8))
    assert.ok(!windows.accept("other topic", "0xvictim", 7))
    assert.ok(windows.accept("other topic", "0xvictim", 9))
    assert.ok(windows.accept("topic", "0xsomebody", 1))
  })
}).timeout(20_000)
