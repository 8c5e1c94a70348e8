import { strict as assert } from "node:assert"
import { spawnSync } from "node:child_process"
import { fileURLToPath } from "node:url"
import { decodeMsgpack } from "../../src/core/msgpack.ts"
import { decodeCbor } from "../../src/payload/cbor.ts"
import { LIMITS } from "../../src/payload/limits.ts"
import { refuses } from "../arbitrary.ts"
import { BOMBS, type Format } from "./bombs.ts"

interface Outcome {
  readonly wrong: readonly string[]
  readonly slowest: { readonly ms: number; readonly what: string }
  /** MiB. */
  readonly growth: number
  readonly runs: number
}

function feed(format: Format, decoders: "wide" | "narrow"): Outcome {
  const script = fileURLToPath(new URL("bombs-apart.ts", import.meta.url))
  const { stdout, stderr, status } = spawnSync(process.execPath, ["--expose-gc", script, format, decoders], {
    encoding: "utf8",
  })
  assert.equal(status, 0, stderr)
  return JSON.parse(stdout) as Outcome
}

describe("fuzz: bombs", () => {
  for (const format of Object.keys(BOMBS) as Format[]) {
    for (const [decoders, most] of [
      ["narrow", 96],
      ["wide", 256],
    ] as const) {
      it(`of ${format} are refused in a second and ${most} MiB by decoders with ${decoders} bounds`, () => {
        const { wrong, slowest, growth, runs } = feed(format, decoders)
        assert.deepEqual(wrong, [])
        assert.ok(runs >= BOMBS[format].length)
        assert.ok(slowest.ms < 1_000, `${slowest.what}: ${slowest.ms} ms`)
        assert.ok(growth < most, `grew by ${growth} MiB`)
      })
    }
  }

  it("that only claim their size cost less than a mebibyte", () => {
    const lies = (["cbor", "msgpack"] as const).flatMap((format) =>
      BOMBS[format].filter(([name]) => name.includes("claims")).map(([, make]) => [format, make()] as const),
    )
    assert.ok(lies.length > 30)
    const memory = (): number => process.memoryUsage().arrayBuffers
    const before = memory()
    for (let round = 0; round < 100; round++)
      for (const [format, bytes] of lies)
        if (format === "cbor") assert.throws(() => decodeCbor(bytes))
        else assert.throws(() => decodeMsgpack(bytes, LIMITS))
    assert.ok(memory() - before < 2 ** 20, `${memory() - before} bytes`)
  })

  it("are refused with the code of what is too large", () => {
    for (const [name, make] of BOMBS.cbor)
      if (/(lists|maps) \d+ deep|million empty|entries/.test(name))
        refuses(() => decodeCbor(make()), "payload.too_large")
  })
}).timeout(120_000)
