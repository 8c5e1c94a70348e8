import assert from "node:assert/strict"
import { Enrolment } from "../../src/attestation/enrolment/enrolment.ts"
import type { EndorsementTrust } from "../../src/attestation/enrolment/endorsement.ts"
import { attesterId, KINDS } from "../../src/attestation/facts.ts"
import { nameOf, parsePublic } from "../../src/attestation/tpm/public-area.ts"
import { concatBytes } from "../../src/core/bytes.ts"
import { openAttester } from "../../src/device/attester.ts"
import { endorsementCertificate } from "../../src/device/endorsement.ts"
import { answerEnrolment, offerEnrolment } from "../../src/device/enrolment.ts"
import { CERTIFICATE_INDEX, type EndorsementTemplate } from "../../src/device/templates.ts"
import type { Tpm } from "../../src/device/tpm.ts"
import { rejects } from "../arbitrary.ts"
import {
  ellipticSigner,
  issue,
  keyAgreement,
  keyCertSign,
  keyEncipherment,
  rsaSpki,
  spkiOf,
} from "../attestation/authority.ts"
import { NOW } from "../attestation/world.ts"
import { writeIndex } from "./commands.ts"
import { withPrimary } from "../../src/device/keys.ts"
import { endorsementTemplate } from "../../src/device/templates.ts"
import { describeLive, startSimulator, type Simulator } from "./swtpm.ts"

const maker = ellipticSigner("maker of TPMs")
const root = issue({ subject: "maker", issuer: "maker", spki: maker.spki, pathLength: 0, usage: keyCertSign }, maker)
const trust: EndorsementTrust = { roots: [root], intermediates: [], keys: [] }
const random = (): Uint8Array => crypto.getRandomValues(new Uint8Array(64))

/** What a maker does: certifies the key that the TPM has from its seed, and leaves the certificate there. */
async function manufacture(tpm: Tpm, template: EndorsementTemplate, padding = 0): Promise<Uint8Array> {
  const { key } = await withPrimary(tpm, endorsementTemplate(template), async ({ area }) => area)
  const isRsa = key.type === "rsa"
  const P256 = Uint8Array.of(6, 8, 0x2a, 0x86, 0x48, 0xce, 0x3d, 3, 1, 7)
  const certificate = issue(
    {
      subject: "a TPM",
      issuer: "maker",
      spki: isRsa ? rsaSpki(key.modulus) : spkiOf("1.2.840.10045.2.1", P256, Uint8Array.of(4, ...key.x, ...key.y)),
      usage: isRsa ? keyEncipherment : keyAgreement,
      purposes: ["2.23.133.8.1"],
    },
    maker,
  )
  await writeIndex(tpm, CERTIFICATE_INDEX[template], concatBytes(certificate, new Uint8Array(padding).fill(0xff)))
  return certificate
}

describeLive("device: enrolment", () => {
  let simulators: Simulator[] = []
  const machine = async (): Promise<Tpm> => {
    const simulator = await startSimulator()
    simulators.push(simulator)
    return simulator.tpm
  }
  afterEach(async () => {
    await Promise.all(simulators.map((simulator) => simulator.close()))
    simulators = []
  })

  for (const template of ["L-1", "L-2"] as const)
    it(`enrols a TPM whose endorsement key is of template ${template}`, async () => {
      const tpm = await machine()
      const certificate = await manufacture(tpm, template)
      const material = await offerEnrolment(tpm)
      assert.equal(material.template, template)
      assert.deepEqual(material.offer.endorsementCertificate, certificate)
      const enrolment = await Enrolment.begin(material.offer, trust, random(), NOW)
      const answer = await answerEnrolment(tpm, template, enrolment.credential)
      const { attester } = enrolment.complete(answer, NOW)
      const key = await openAttester(tpm)
      assert.equal(attester, attesterId(KINDS["tpm-2.0"], key.keyName))
      await key.close()
    })

  it("enrols a TPM without a certificate where its key was noted", async () => {
    const tpm = await machine()
    const { offer, template } = await offerEnrolment(tpm)
    assert.equal(offer.endorsementCertificate, undefined)
    await rejects(Enrolment.begin(offer, trust, random(), NOW), "attestation.certificate")
    const noted = { ...trust, keys: [nameOf(parsePublic(offer.endorsementKey))] }
    const enrolment = await Enrolment.begin(offer, noted, random(), NOW)
    enrolment.complete(await answerEnrolment(tpm, template, enrolment.credential), NOW)
  })

  it("reads a certificate whose index is longer than it", async () => {
    const tpm = await machine()
    const certificate = await manufacture(tpm, "L-2", 600)
    assert.deepEqual(await endorsementCertificate(tpm, "L-2"), certificate)
  })

  it("refuses an attestation key that is not in the TPM with the endorsement key", async () => {
    const [tpm, other] = [await machine(), await machine()]
    await manufacture(tpm, "L-2")
    const { offer } = await offerEnrolment(tpm)
    const { offer: foreign } = await offerEnrolment(other)
    // Somebody passes another TPM's key off as one of the endorsed TPM.
    const mixed = { ...offer, attestationKey: foreign.attestationKey }
    const enrolment = await Enrolment.begin(mixed, trust, random(), NOW)
    for (const answering of [tpm, other])
      await rejects(answerEnrolment(answering, "L-2", enrolment.credential), "device.refused")
  })

  it("refuses a credential that was changed on its way", async () => {
    const tpm = await machine()
    await manufacture(tpm, "L-2")
    const { offer } = await offerEnrolment(tpm)
    const { credential } = await Enrolment.begin(offer, trust, random(), NOW)
    const blob = Uint8Array.from(credential.blob)
    blob[blob.length - 1] = (blob.at(-1) ?? 0) ^ 1
    await rejects(answerEnrolment(tpm, "L-2", { ...credential, blob }), "device.refused")
    assert.equal((await answerEnrolment(tpm, "L-2", credential)).length, 32)
  })
})
