import assert from "node:assert/strict"
import { appraise } from "../../src/attestation/appraise.ts"
import { decodeEvidence } from "../../src/attestation/evidence.ts"
import { VerifiedPlatform } from "../../src/attestation/verified.ts"
import { verify } from "../../src/attestation/verify.ts"
import { rejects } from "../arbitrary.ts"
import { describeLive, startSimulator, type Simulator } from "../device/swtpm.ts"
import { CASES, type Judged } from "./cases.ts"
import { boot, bootedMachine } from "./machines.ts"
import { DELEGATE } from "./world.ts"

async function judge({ evidence, expectation, facts, local }: Judged): Promise<VerifiedPlatform> {
  return appraise(await verify(decodeEvidence(evidence), expectation), facts, local)
}

describeLive("attestation: against TPMs", () => {
  let mine: Simulator
  let other: Simulator
  before(async () => {
    mine = await bootedMachine()
    other = await startSimulator()
    await boot(other.tpm)
  })
  after(() => Promise.all([mine.close(), other.close()]))

  for (const { id, about, code, make } of CASES)
    it(`${code === undefined ? "accepts" : "refuses"} ${id}: ${about}`, async () => {
      const judged = judge(await make(mine, other))
      if (code === undefined) {
        const platform = await judged
        assert.ok(platform instanceof VerifiedPlatform)
        assert.equal(platform.delegate, DELEGATE)
      } else await rejects(judged, code)
    })
})
