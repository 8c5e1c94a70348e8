import assert from "node:assert/strict"
import { runAttestedDemo } from "../../scripts/attested-demo.ts"
import type { Step } from "../../scripts/demo-realm.ts"
import { rejects } from "../arbitrary.ts"
import { describeLive } from "../device/swtpm.ts"

const STEPS =
  "chain router deploy operator operator realm admit admit delegate delegate policy tpm tpm enrol enrol measurement " +
  "measurement admitted event refused admitted revoke refused measurement admitted revoke refused done"

describeLive("npm start -- --attested", () => {
  it("does the main job between attested machines, step by step, and refuses each by its code", async () => {
    const steps: Step[] = []
    await runAttestedDemo((step) => steps.push(JSON.parse(JSON.stringify(step)) as Step)) // as --json prints them
    assert.equal(steps.map(({ step }) => step).join(" "), STEPS)
    const codes = steps.filter(({ step }) => step === "refused").map(({ code }) => code)
    assert.deepEqual(codes, [
      "attestation.measurement",
      "attestation.measurement_standing",
      "attestation.attester_standing",
    ])
    assert.equal(steps.at(-1)?.["ok"], true)
  }).timeout(60_000)
})

describe("npm start -- --attested, without swtpm", () => {
  it("says what to install", async () => {
    const { PATH } = process.env
    process.env["PATH"] = "/nowhere"
    try {
      const error = await rejects(
        runAttestedDemo(() => assert.fail("it began")),
        "device.missing",
      )
      assert.match(error.message, /apt-get install swtpm/)
    } finally {
      process.env["PATH"] = PATH
    }
  })
})
