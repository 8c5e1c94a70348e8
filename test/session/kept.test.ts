import { strict as assert } from "node:assert"
import { mock } from "node:test"
import * as fc from "fast-check"
import { backOff, Kept } from "../../src/session/kept.ts"

/** What is to be kept: made when it can be had, lost and undone as a test wants. */
class Thing {
  readonly losses: ((error: unknown) => void)[] = []
  asked = 0
  undone = 0
  failures = 0

  readonly make = async (lost: (error: unknown) => void): Promise<() => Promise<void>> => {
    this.asked++
    if (this.failures-- > 0) throw new Error("not to be had")
    this.losses.push(lost)
    return async () => void this.undone++
  }
}

describe("session: what is kept", () => {
  let thing: Thing
  let told: unknown[]
  const timers = (): typeof mock.timers => mock.timers
  const kept = (random = () => 1): Kept => new Kept(thing.make, (error) => told.push(error), random)
  /** Lets time pass, and what follows from it happen. */
  const pass = async (milliseconds: number): Promise<void> => {
    timers().tick(milliseconds)
    for (let i = 0; i < 5; i++) await Promise.resolve()
  }

  beforeEach(() => {
    thing = new Thing()
    told = []
    timers().enable({ apis: ["setTimeout"] })
  })
  afterEach(() => timers().reset())

  it("is asked for once at first; a failure is the application's to see, and nothing is asked again", async () => {
    thing.failures = 1
    await assert.rejects(kept().start(), /not to be had/)
    await pass(1_000_000)
    assert.deepEqual([thing.asked, told], [1, []])
  })

  it("is asked for again when it is lost, later and later, until it is there; the loss is told once", async () => {
    await kept().start()
    thing.failures = 3
    thing.losses[0]!("the session")
    assert.deepEqual(told, ["the session"])
    for (const [wait, asked] of [
      [499, 1],
      [1, 2],
      [999, 2],
      [1, 3],
      [1_999, 3],
      [1, 4],
      [3_999, 4],
      [1, 5],
      [1_000_000, 5],
    ] as const) {
      await pass(wait)
      assert.equal(thing.asked, asked)
    }
    thing.losses[1]!("again")
    assert.deepEqual(told, ["the session", "again"])
    await pass(500)
    assert.equal(thing.asked, 6, "the waits begin anew")
  })

  it("is undone when it is ended, and not asked for again: had, lost, or waited for", async () => {
    const one = kept()
    await one.start()
    await one.end()
    await one.end()
    assert.equal(thing.undone, 1)
    thing.losses[0]!("late")
    await pass(1_000_000)
    assert.deepEqual([thing.asked, told], [1, []])

    const lost = kept()
    await lost.start()
    thing.losses[1]!("the session")
    await lost.end()
    await pass(1_000_000)
    assert.deepEqual([thing.asked, thing.undone], [2, 1])
  })

  it("is undone at once when it was ended while it was asked for", async () => {
    let had = (): void => undefined
    const make = thing.make
    const slow = new Kept(
      async (lost) => {
        await new Promise<void>((resolve) => (had = resolve))
        return make(lost)
      },
      (error) => told.push(error),
      () => 1,
    )
    const starting = slow.start()
    await slow.end()
    had()
    await starting
    assert.equal(thing.undone, 1)
  })

  it("is not asked for again when it was ended while that failed", async () => {
    const one = kept()
    await one.start()
    thing.losses[0]!("the session")
    thing.failures = Infinity
    timers().tick(500)
    await one.end()
    await pass(1_000_000)
    assert.equal(thing.asked, 2)
  })

  it("waits between nothing and twice as long each time, a minute at most", () => {
    fc.assert(
      fc.property(fc.nat(2_000), fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }), (attempt, random) => {
        const wait = backOff(attempt, () => random)
        assert.ok(wait >= 0 && wait <= Math.min(60_000, 500 * 2 ** attempt))
      }),
    )
    assert.deepEqual(
      [0, 1, 6, 7, 1_000].map((attempt) => backOff(attempt, () => 1)),
      [500, 1_000, 32_000, 60_000, 60_000],
    )
    assert.equal(
      backOff(3, () => 0),
      0,
    )
  })
})
