import { account, type Fixture } from "../../test/contracts/fixture.ts"
import { deployAttestations, digestOf, nameOf, POLICY, ROLE, TPM } from "../../test/contracts/attestation-fixture.ts"
import { BATCH, gasOf, type Operation } from "./operations.ts"

const REASON = 1

export type AttestationOperation = Extract<
  Operation,
  `${string}-policy` | `${string}attester` | `${string}measurement${string}`
>

/** Gas of each operation of the attestation registry, sent by the realm's owner. The realm has events before. */
export async function measureAttestation(fixture: Fixture): Promise<Record<AttestationOperation, number>> {
  const at = await deployAttestations(fixture)
  const { realm, owner, send } = at
  const [notBefore, notAfter] = [1, 2 ** 40 - 1]
  const enroll = (seed: string) =>
    send(owner, "enrollAttester", realm, TPM, nameOf(seed), account(3).address, notBefore, notAfter)
  const measured = (seed: number | string) => at.measurement({ digest: digestOf(seed), notBefore, notAfter })
  const many = await Promise.all(Array.from({ length: BATCH }, (_, i) => measured(i)))
  const keys = await Promise.all(many.map((measurement) => at.keyOf(measurement)))
  const [one, id] = [await measured("one"), await at.registry.read.attesterId([TPM, nameOf("one")])]
  await enroll("first")

  return {
    "set-policy": gasOf(await send(owner, "setPolicy", realm, ROLE, POLICY)),
    "change-policy": gasOf(await send(owner, "setPolicy", realm, ROLE, { ...POLICY, mask: 1 })),
    "enroll-attester": gasOf(await enroll("one")),
    "revoke-attester": gasOf(await send(owner, "revokeAttester", realm, id, REASON)),
    "add-measurement": gasOf(await send(owner, "addMeasurement", realm, ROLE, one)),
    "add-measurement-batch": gasOf(await send(owner, "addMeasurements", realm, ROLE, many), BATCH),
    "revoke-measurement": gasOf(await send(owner, "revokeMeasurement", realm, ROLE, await at.keyOf(one), REASON)),
    "revoke-measurement-batch": gasOf(await send(owner, "revokeMeasurements", realm, ROLE, keys, REASON), BATCH),
  }
}
