import assert from "node:assert/strict"
import { checkPlatform } from "../../src/attestation/appraise.ts"
import { appraiserBy } from "../../src/attestation/appraiser-by.ts"
import type { Shown } from "../../src/attestation/appraiser.ts"
import { nonceOf, type Binding } from "../../src/attestation/binding.ts"
import { encodeEvidence } from "../../src/attestation/evidence.ts"
import { roleOf, type AttestationPolicy } from "../../src/attestation/facts.ts"
import { VerifiedPlatform } from "../../src/attestation/verified.ts"
import { refuses, rejects } from "../arbitrary.ts"
import { BANK, boot, MACHINE, MASK, RegistryTable } from "../session/members/attested-world.ts"
import { named, NOW, party } from "../trust/chains.ts"
import { SoftwareTpm } from "./software-tpm.ts"

describe("attestation: an appraiser", () => {
  let registry: RegistryTable
  let machine: SoftwareTpm
  const role = roleOf(MACHINE)
  const { address: delegate } = party("machine")

  beforeEach(() => {
    registry = new RegistryTable()
    registry.setPolicy(MACHINE)
    machine = new SoftwareTpm("machine")
    boot(machine, "machine")
    registry.enroll(machine.id, delegate)
    registry.measure(MACHINE, machine.measurement(BANK, MASK))
  })

  async function shown(changes: Partial<Shown> = {}): Promise<Shown> {
    const { chainId, registry: address, policy } = await registry.facts({ role })
    if (policy === undefined) throw new Error("no policy")
    const binding: Binding = {
      suite: "a handshake",
      prover: "initiator",
      challenge: crypto.getRandomValues(new Uint8Array(32)),
      transcript: new Uint8Array(32).fill(1),
      chainId,
      registry: address,
      realm: registry.realm,
      role,
      attester: machine.id,
      policyEpoch: policy.epoch,
    }
    const evidence = encodeEvidence(await machine.attest(nonceOf(binding), policy))
    const given = {
      evidence,
      binding,
      policy,
      challengedAt: NOW - 10,
      now: NOW,
      skew: 0,
      delegate,
      life: "0x01",
    } as const
    return { ...given, ...changes }
  }

  it("makes a platform of evidence that holds, by what the registry says now", async () => {
    const appraiser = appraiserBy(registry)
    const platform = await appraiser.judge(await shown())
    assert.ok(platform instanceof VerifiedPlatform)
    assert.deepEqual([platform.delegate, platform.attester, platform.role], [delegate, machine.id, role])
    assert.equal(platform.validUntil, NOW - 10 + 3_600_000)
    const late = await shown()
    registry.revokeMeasurement(MACHINE, machine.measurement(BANK, MASK))
    await rejects(appraiser.judge(late), "attestation.policy")
    await rejects(appraiser.judge(await shown()), "attestation.measurement_standing")
  })

  it("expects the firmware and the vendor's roots that it was given", async () => {
    assert.ok(await appraiserBy(registry, { firmware: [7n] }).judge(await shown()))
    await rejects(appraiserBy(registry, { firmware: [8n, 9n] }).judge(await shown()), "attestation.firmware")
  })

  it("refuses a policy that goes back, or away, and says nothing where there never was one", async () => {
    const appraiser = appraiserBy(registry)
    assert.equal((await appraiser.policyOf(role)).policy?.epoch, 1n)
    assert.equal((await appraiser.policyOf(roleOf("another"))).policy, undefined)
    const facts = registry.facts.bind(registry)
    let change: (policy: AttestationPolicy | undefined) => AttestationPolicy | undefined = (policy) => policy
    registry.facts = async (question) => {
      const { policy, ...rest } = await facts(question)
      const changed = change(policy)
      return changed === undefined ? rest : { ...rest, policy: changed }
    }
    change = (policy) => policy && { ...policy, epoch: 0n }
    await rejects(appraiser.policyOf(role), "attestation.policy")
    change = () => undefined
    await rejects(appraiser.policyOf(role), "attestation.policy")
    change = (policy) => policy
    assert.equal((await appraiser.policyOf(role)).policy?.epoch, 1n)
  })

  describe("that saw a TPM's clock", () => {
    const seen = async (changes: Partial<Shown> = {}) => {
      const appraiser = appraiserBy(registry)
      await appraiser.judge(await shown(changes))
      return appraiser
    }

    it("takes evidence of about one time in any order, and none from before", async () => {
      const [first, second] = [await shown(), await shown()]
      const appraiser = appraiserBy(registry)
      await appraiser.judge(second)
      assert.ok(await appraiser.judge(first))
      machine.clock -= 60_000n
      await rejects(appraiser.judge(await shown()), "attestation.reset")
    })

    it("refuses a reset, and a resumption, within one life of a program", async () => {
      for (const count of ["resetCount", "restartCount"] as const) {
        const appraiser = await seen()
        machine[count]++
        await rejects(appraiser.judge(await shown()), "attestation.reset")
        assert.ok(await appraiser.judge(await shown({ life: "0x02" })))
        // From then on it is that life's.
        assert.ok(await appraiser.judge(await shown({ life: "0x02" })))
        machine[count]--
        await rejects(appraiser.judge(await shown({ life: "0x03" })), "attestation.reset")
      }
    })

    it("keeps nothing of evidence that was refused", async () => {
      const appraiser = await seen()
      machine.resetCount++
      machine.extend(0, "something else")
      await rejects(appraiser.judge(await shown({ life: "0x02" })), "attestation.measurement")
      machine.resetCount--
      machine.restart()
      machine.resetCount--
      boot(machine, "machine")
      assert.ok(await appraiser.judge(await shown()))
    })
  })

  describe("whose platform is looked at again", () => {
    it("lets it stand while its policy's epoch stays, until it is too old", async () => {
      const appraiser = appraiserBy(registry)
      const platform = await appraiser.judge(await shown())
      const { policy } = await appraiser.policyOf(role)
      checkPlatform(platform, policy, platform.validUntil - 1)
      refuses(() => checkPlatform(platform, policy, platform.validUntil), "attestation.age")
      refuses(() => checkPlatform(platform, policy, NOW - 11), "attestation.age")
      refuses(() => checkPlatform(platform, undefined, NOW), "attestation.policy")
      registry.enroll(new SoftwareTpm("another").id, named("another"))
      checkPlatform(platform, (await appraiser.policyOf(role)).policy, NOW)
      registry.revokeAttester(new SoftwareTpm("another").id)
      const raised = (await appraiser.policyOf(role)).policy
      refuses(() => checkPlatform(platform, raised, NOW), "attestation.policy")
    })
  })
})
