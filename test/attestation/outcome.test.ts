import assert from "node:assert/strict"
import { appraise } from "../../src/attestation/appraise.ts"
import { decodeEvidence } from "../../src/attestation/evidence.ts"
import { admit, attestationOf } from "../../src/attestation/outcome.ts"
import { verify } from "../../src/attestation/verify.ts"
import { E2eeError } from "../../src/core/errors.ts"
import { refuses, rejects } from "../arbitrary.ts"
import { readVectors } from "./vectors.ts"

const vectorNamed = (name: string) => readVectors().find(({ id }) => id === name) ?? assert.fail(name)

async function judge(name: string) {
  const { evidence, expectation, facts, local } = vectorNamed(name)
  return appraise(await verify(decodeEvidence(evidence), expectation), facts, local)
}

describe("attestation: outcomes", () => {
  it("let an attested platform in", async () => {
    const outcome = await attestationOf(judge("accepted"))
    assert.equal(outcome.state, "attested")
    for (const policy of [{ required: true }, { required: false }, undefined])
      assert.equal(admit(outcome, policy)?.delegate, vectorNamed("accepted").local.delegate)
  })

  it("refuse a peer that shows nothing where the policy asks, and there alone", async () => {
    const outcome = await attestationOf(undefined)
    assert.deepEqual(outcome, { state: "absent" })
    refuses(() => admit(outcome, { required: true }), "attestation.absent")
    assert.equal(admit(outcome, { required: false }), undefined)
    assert.equal(admit(outcome, undefined), undefined)
  })

  it("refuse what fails, also where nothing was asked", async () => {
    const outcome = await attestationOf(judge("signature"))
    assert.equal(outcome.state, "failed")
    for (const policy of [{ required: true }, { required: false }, undefined])
      refuses(() => admit(outcome, policy), "attestation.signature")
  })

  it("are none of the peer's where something else fails", async () => {
    const fault = new E2eeError("chain.unreachable", "the node is away")
    await rejects(attestationOf(Promise.reject(fault)), "chain.unreachable")
  })
})
