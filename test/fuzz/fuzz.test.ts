import { strict as assert } from "node:assert"
import { E2eeError, type ErrorCode } from "../../src/core/errors.ts"
import { drawFrom } from "./draw.ts"
import { fuzz } from "./fuzz.ts"
import { Failure, sharesOf, tryOne } from "./runner.ts"
import { coded, plain, target } from "./target.ts"
import { TARGETS } from "./targets/index.ts"

/** Over all targets; .ci/run asks for a million, `npm run fuzz` for twenty. */
const INPUTS = Number(process.env["FUZZ_INPUTS"] ?? 100_000)

describe("fuzz: every decoder", function () {
  this.timeout(0) // .ci/run ends it

  it(`returns or throws what it promises, for ${INPUTS} inputs`, async () => {
    const seed = Number(process.env["FUZZ_SEED"] ?? Math.floor(Math.random() * 2 ** 31))
    const seen = await fuzz({ seed, inputs: INPUTS })
    assert.deepEqual(
      Object.keys(seen),
      TARGETS.map(({ name }) => name),
    )
    // Inputs go deep enough to meet both answers, but where nothing may be taken.
    for (const [name, { accepted, refused }] of Object.entries(seen)) {
      const none = /member made up|denials/.test(name)
      assert.ok(refused > (accepted + refused) / 200, `${name}: ${refused} of ${accepted + refused} refused`)
      assert.ok(none ? accepted === 0 : accepted > (accepted + refused) / 200, `${name}: ${accepted} accepted`)
    }
  })
})

describe("fuzz: the runner itself", () => {
  const bytes = { kinds: [(draw: (below: number) => number) => Uint8Array.of(draw(256), 1)], promised: plain }
  const fails = (decode: (input: Uint8Array) => unknown, why: RegExp, check?: () => void): void =>
    assert.throws(
      () =>
        tryOne(target({ name: "made", ...bytes, decode, ...(check === undefined ? {} : { check }) }), 7, 3, {
          accepted: 0,
          refused: 0,
        }),
      (error) =>
        error instanceof Failure &&
        why.test(error.message) &&
        /hex [0-9a-f]{4}\n.*FUZZ_SEED=7 FUZZ_TARGET="made" FUZZ_AT=3/.test(error.message),
    )

  it("tells an error that was not promised, with its seed and the input as hex", () => {
    fails(() => {
      throw new Error("other")
    }, /other/)
    fails((input) => (input as unknown as { a: { b: unknown } }).a.b, /Cannot read/)
  })

  it("tells what was accepted and does not hold", () => {
    fails(
      () => 1,
      /does not hold/,
      () => assert.fail("does not hold"),
    )
  })

  it("tells a decoder that takes more than a second", () => {
    fails(() => {
      for (const began = performance.now(); performance.now() - began < 1_050;);
    }, /more than 1000 ms/)
  }).timeout(10_000)

  it("tells a prototype that was reached", () => {
    try {
      fails(() => Object.assign(Object.prototype, { polluted: true }), /every object now has a property polluted/)
    } finally {
      delete (Object.prototype as { polluted?: boolean }).polluted
    }
  })

  for (const [what, seed, why] of [
    ["never returns", 2, /nothing for 2 s: .*FUZZ_SEED=2 .*FUZZ_AT=7/],
    ["takes all memory", 1, /ERR_WORKER_OUT_OF_MEMORY.*FUZZ_SEED=1 .*FUZZ_AT=7/],
  ] as const) {
    it(`tells a decoder that ${what}, and where it was`, async () => {
      const script = new URL("bad-worker.ts", import.meta.url)
      const patience = seed === 1 ? 60 : 2
      await assert.rejects(fuzz({ seed, inputs: 1, patience, memory: 32, script }), { message: why })
    }).timeout(90_000)
  }

  it("does not take a coded error that hides a mistake", () => {
    const promised = coded("payload.decode_failed")
    const error = (cause: unknown, code: ErrorCode = "payload.decode_failed"): E2eeError =>
      new E2eeError(code, "x", { cause })
    assert.ok(promised(error(undefined)) && promised(error(new TypeError("a key is given twice"))))
    assert.ok(!promised(error(new TypeError("Cannot read properties of undefined (reading 'a')"))))
    assert.ok(!promised(error(undefined, "payload.context")) && !promised(new TypeError("x")))
    assert.ok(plain(new RangeError("more than 9 items")) && !plain(new RangeError("Maximum call stack size exceeded")))
  })

  it("makes the same inputs from the same seed, others from another, and shares them out by weight", () => {
    const drawn = (seed: number): number[] =>
      Array.from(
        { length: 8 },
        (
          (draw) => () =>
            draw(1_000)
        )(drawFrom(seed)),
      )
    assert.deepEqual(drawn(5), drawn(5))
    assert.notDeepEqual(drawn(5), drawn(8))
    const shares = sharesOf(TARGETS, 1_000_000)
    assert.ok(Math.abs(shares.reduce((sum, share) => sum + share, 0) - 1_000_000) < TARGETS.length)
  })
})
