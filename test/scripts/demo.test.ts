import assert from "node:assert/strict"
import { findPlaintext, formsOf } from "../../scripts/plaintext-search.ts"
import { runDemo, type Step } from "../../scripts/demo.ts"
import { startRouter } from "../../src/router/index.ts"
import { openWampy, WAMPY_SERIALIZERS } from "../world.ts"

const STEPS =
  "chain router deploy operator operator realm admit admit delegate delegate verified call event router-saw revoke refused done"

describe("npm start", () => {
  it("does the main job, step by step", async () => {
    const steps: Step[] = []
    await runDemo((step) => steps.push(JSON.parse(JSON.stringify(step)) as Step)) // as --json prints them
    assert.equal(steps.map(({ step }) => step).join(" "), STEPS)
    const find = (name: string): Step => steps.find(({ step }) => step === name)!
    assert.equal(find("router-saw")["plaintextFound"], false)
    assert.match(String(find("router-saw")["sample"]), /^[0-9a-f]{100,}$/)
    assert.ok(Number(find("router-saw")["messages"]) > 5)
    assert.equal(find("refused")["code"], "trust.revoked")
    assert.equal(find("done")["ok"], true)
  })

  for (const serializer of Object.keys(WAMPY_SERIALIZERS) as (keyof typeof WAMPY_SERIALIZERS)[]) {
    it(`would find one unprotected call over ${serializer}`, async () => {
      const received: Uint8Array[] = []
      const router = await startRouter({
        tap: (direction, _session, frame) => direction === "in" && received.push(Uint8Array.from(frame)),
      })
      const session = await openWampy(router.url, serializer)
      try {
        const args = ["open valve seven slowly", 21.5]
        await session.client.call("com.example.valve.set", args).catch(() => undefined)
        const bytes = Buffer.concat(received)
        assert.match(findPlaintext(bytes, [args]) ?? "nothing", new RegExp(`^${serializer}`))
        assert.match(findPlaintext(bytes, [args[0]]) ?? "nothing", / of "open valve/)
        assert.equal(findPlaintext(bytes, ["open valve eight slowly"]), undefined)
      } finally {
        await session.close()
        await router.close()
      }
    })
  }

  it("finds a value in every form that it knows, at every place", () => {
    const value = "open valve seven slowly"
    for (const { form, bytes } of formsOf(value))
      assert.ok(findPlaintext(Buffer.concat([Buffer.from("ab"), bytes, Buffer.from("c")]), [value]), form)
    for (const before of ["", "a", "ab", "abc"]) {
      assert.ok(
        findPlaintext(Buffer.from(Buffer.from(`${before}${value}${before}`).toString("base64")), [value]),
        `base64 behind ${before.length}`,
      )
    }
    assert.throws(() => findPlaintext(Buffer.alloc(9), ["ab"]), RangeError)
  })
})
