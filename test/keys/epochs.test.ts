import { strict as assert } from "node:assert"
import * as fc from "fast-check"
import {
  epochAt,
  graceOf,
  isStale,
  oldestNeeded,
  openEpochs,
  sealingEpoch,
  startOf,
  type EpochTimes,
} from "../../src/keys/epochs.ts"
import { NOW } from "../trust/chains.ts"

const T = 60_000
const GRACE = 5_000
const times: EpochTimes = { t0: NOW, epochMs: T }
/** Milliseconds after the start of an epoch. */
const at = (epoch: number, later = 0): number => NOW + epoch * T + later

describe("keys: epochs", () => {
  it("begin and end to the millisecond", () => {
    assert.deepEqual(
      [at(0, -1), at(0), at(1, -1), at(1), at(7, 1)].map((now) => epochAt(times, now)),
      [0, 0, 0, 1, 7],
    )
    assert.deepEqual([startOf(times, 0), startOf(times, 3)], [at(0), at(3)])
  })

  it("have a grace of half an epoch, of 5 seconds at most", () => {
    assert.deepEqual(
      [100, 400, 10_000, 10_001, 60_000, 3_600_000].map((epochMs) => graceOf({ epochMs })),
      [50, 200, 5_000, 5_000, 5_000, 5_000],
    )
  })

  it("seal in the one that is ticked, then by the clock in the next, and never further", () => {
    assert.deepEqual(
      [at(2), at(3, -1), at(3), at(3, T - 1), at(4), at(40)].map((now) => sealingEpoch(times, 2, now)),
      [2, 2, 3, 3, 3, 3],
    )
    // A tick that came before its epoch began here: the agent's clock is ahead.
    assert.equal(sealingEpoch(times, 3, at(3, -1)), 3)
  })

  it("are stale from the end of grace on, not a millisecond later", () => {
    assert.equal(isStale(times, 2, at(3, GRACE - 1)), false)
    assert.equal(isStale(times, 2, at(3, GRACE)), true)
    assert.equal(isStale(times, 3, at(3, GRACE)), false)
  })

  it("are open while they last, before and after them within grace", () => {
    const open = (ticked: number, now: number, history?: number): number[] => openEpochs(times, ticked, now, history)
    assert.deepEqual(open(0, at(0)), [0])
    assert.deepEqual(open(2, at(2)), [1, 2])
    assert.deepEqual(open(2, at(2, GRACE - 1)), [1, 2])
    assert.deepEqual(open(2, at(2, GRACE)), [2])
    assert.deepEqual(open(2, at(3, -GRACE - 1)), [2])
    assert.deepEqual(open(2, at(3, -GRACE)), [2, 3])
    assert.deepEqual(open(2, at(3)), [2, 3])
    assert.deepEqual(open(2, at(3, GRACE)), [3])
    assert.deepEqual(open(5, at(5, GRACE), 3), [2, 3, 4, 5])
    assert.deepEqual(open(1, at(1, GRACE), 3), [0, 1])
  })

  it("open what another seals whose clock differs by less than grace, and nothing older", () => {
    const clock = fc.integer({ min: 0, max: 20 * T })
    const skew = fc.integer({ min: -GRACE + 1, max: GRACE - 1 })
    fc.assert(
      fc.property(clock, skew, fc.integer({ min: 0, max: 1 }), fc.integer({ min: 0, max: 1 }), (now, off, a, b) => {
        // Each has the tick of its present epoch, or the one before as long as it is not stale.
        const tickedAt = (time: number, behind: number): number => {
          const late = Math.max(0, epochAt(times, time) - behind)
          return isStale(times, late, time) ? epochAt(times, time) : late
        }
        const [mine, theirs] = [NOW + now, Math.max(NOW, NOW + now + off)]
        const sealed = sealingEpoch(times, tickedAt(theirs, a), theirs)
        assert.ok(openEpochs(times, tickedAt(mine, b), mine).includes(sealed))
      }),
      { numRuns: 5_000 },
    )
  })

  it("are those that a plain model finds by looking at each epoch", () => {
    const epochMs = fc.constantFrom(100, 400, 9_998, 10_000, 60_000)
    fc.assert(
      fc.property(
        epochMs,
        fc.integer({ min: 0, max: 12 }),
        fc.integer({ min: -2, max: 12 }),
        fc.constantFrom(-1, 0, 1),
        fc.constantFrom("start", "grace", "before", "middle"),
        fc.integer({ min: 0, max: 4 }),
        (length, ticked, epoch, edge, where, history) => {
          const model = { t0: NOW, epochMs: length }
          const grace = length >= 10_000 ? 5_000 : length / 2
          const offset = { start: 0, grace, before: length - grace, middle: length / 2 }[where]
          const now = NOW + epoch * length + offset + edge
          // The epoch of now: the last whose start is not after it.
          let present = 0
          while (NOW + (present + 1) * length <= now) present++
          assert.equal(epochAt(model, now), present)
          const sealing = present <= ticked ? ticked : ticked + 1
          assert.equal(sealingEpoch(model, ticked, now), sealing)
          assert.equal(isStale(model, ticked, now), now - (NOW + (ticked + 1) * length) >= grace)
          const expected: number[] = []
          for (let one = 0; one <= ticked + 2; one++) {
            const isPresent = one === sealing
            const isBefore = one === sealing - 1 && now < NOW + sealing * length + grace
            const isPast = one < sealing && one >= sealing - history
            const isNext = one === sealing + 1 && sealing === ticked && now >= NOW + one * length - grace
            if (isPresent || isBefore || isPast || isNext) expected.push(one)
          }
          assert.deepEqual(openEpochs(model, ticked, now, history), expected)
          assert.equal(oldestNeeded(model, ticked, now, history), expected[0])
        },
      ),
      { numRuns: 10_000 },
    )
  })

  it("never need an older one again, as the clock and ticks go forward", () => {
    const steps = fc.array(fc.tuple(fc.integer({ min: 0, max: 2 * T }), fc.boolean()), { maxLength: 40 })
    fc.assert(
      fc.property(steps, fc.integer({ min: 0, max: 3 }), (walk, history) => {
        let [now, ticked, oldest] = [NOW, 0, 0]
        for (const [passed, ticks] of walk) {
          now += passed
          if (ticks) ticked = Math.max(ticked, epochAt(times, now))
          const next = oldestNeeded(times, ticked, now, history)
          assert.ok(next >= oldest)
          oldest = next
        }
      }),
      { numRuns: 1_000 },
    )
  })
})
