import assert from "node:assert/strict"
import { appraise } from "../../src/attestation/appraise.ts"
import { decodeEvidence, encodeEvidence, type TpmEvidence } from "../../src/attestation/evidence.ts"
import { attesterId } from "../../src/attestation/facts.ts"
import { parseAttest, maskOf } from "../../src/attestation/tpm/attest.ts"
import { HIERARCHY, nameOf, parsePublic, qualifiedName } from "../../src/attestation/tpm/public-area.ts"
import { parseSignature, verifySignature } from "../../src/attestation/tpm/signature.ts"
import { hashOf } from "../../src/attestation/tpm/algorithms.ts"
import { replayFirmwareLog } from "../../src/attestation/log/firmware.ts"
import { replayImaLog } from "../../src/attestation/log/ima.ts"
import { verify } from "../../src/attestation/verify.ts"
import { VerifiedPlatform, VerifiedQuote } from "../../src/attestation/verified.ts"
import { u32 } from "../../src/core/byte-writer.ts"
import { concatBytes } from "../../src/core/bytes.ts"
import { ERROR_CODES, type ErrorCode } from "../../src/core/errors.ts"
import { refuses, rejects } from "../arbitrary.ts"
import { CASES } from "./cases.ts"
import { bytesOf, MEASURED_BOOTS } from "./machines.ts"
import { readVectors } from "./vectors.ts"
import { bindingFor, expectationFor, TPM } from "./world.ts"

const vectors = readVectors()

describe("attestation: recorded evidence", () => {
  for (const { id, about, code, evidence, expectation, facts, local } of vectors)
    it(`${code === undefined ? "accepts" : "refuses"} ${id}: ${about}`, async () => {
      const judged = (async () => appraise(await verify(decodeEvidence(evidence), expectation), facts, local))()
      if (code !== undefined) return rejects(judged, code)
      assert.ok((await judged) instanceof VerifiedPlatform)
    })

  it("has a vector for each case, as the cases are now", () => {
    const shown = ({ id, about, code }: { id: string; about: string; code?: ErrorCode }): string[] => [
      id,
      about,
      `${code}`,
    ]
    const byId = ([a]: string[], [b]: string[]): number => (String(a) < String(b) ? -1 : 1)
    assert.deepEqual(vectors.map(shown).sort(byId), CASES.map(shown).sort(byId))
  })

  it("has a case for every code that a TPM's evidence can be refused with", () => {
    const refused = new Set<string | undefined>(CASES.map(({ code }) => code))
    const elsewhere = new Set(["absent", "challenge", "certificate", "activation"].map((word) => `attestation.${word}`))
    const missing = Object.keys(ERROR_CODES).filter(
      (code) => code.startsWith("attestation.") && !refused.has(code) && !elsewhere.has(code),
    )
    assert.deepEqual(missing, [])
  })

  it("is written back as it was read", () => {
    for (const { evidence, code } of vectors)
      if (code === undefined) assert.deepEqual(encodeEvidence(decodeEvidence(evidence)), evidence)
  })
})

describe("attestation: logs", () => {
  it("show no event of a register that was not quoted", async () => {
    const { evidence, expectation } = vectors.find(({ id }) => id === "accepted-logs") ?? assert.fail()
    const sound = decodeEvidence(evidence) as TpmEvidence
    const { firmwareLog = new Uint8Array() } = sound
    const { fields } = await verify(sound, expectation)
    // The last event once more, for register 12: nobody quoted it.
    const size = new DataView(firmwareLog.buffer).getUint32(28, true)
    const first = firmwareLog.slice(32 + size)
    const event = first.slice(0, 50 + new DataView(first.buffer).getUint32(46, true))
    const added = concatBytes(firmwareLog, event.with(0, 12))
    const more = await verify({ ...sound, firmwareLog: added }, expectation)
    assert.deepEqual(more.fields.firmwareEvents, fields.firmwareEvents)
    assert.ok(fields.firmwareEvents?.length === 24 && fields.imaEntries?.length === 13)
  })
})

describe("attestation: measured boots", () => {
  /** What the whole verification says of them: they are for other bindings. */
  const codes: Readonly<Record<string, ErrorCode>> = {
    "neg-fake_magic": "attestation.magic",
    "neg-gettime": "attestation.type",
    "neg-unrestricted": "attestation.key_attributes",
  }

  for (const boot of MEASURED_BOOTS) {
    const area = parsePublic(bytesOf(boot.akPub))
    const attest = parseAttest(bytesOf(boot.msg))

    it(`gives ${boot.id} the code of its fault, and refuses sound ones for their binding`, async () => {
      const evidence: TpmEvidence = {
        kind: TPM,
        publicArea: bytesOf(boot.akPub),
        statement: bytesOf(boot.msg),
        signature: bytesOf(boot.sig),
        above: [],
        registers: (boot.pcrValues ?? []).map(bytesOf),
      }
      const expectation = expectationFor(bindingFor(attesterId(TPM, nameOf(area))), { mask: maskOf(boot.pcrs) })
      await rejects(verify(evidence, expectation), codes[boot.id] ?? "attestation.binding")
    })

    it(`verifies the signature of ${boot.id}`, async () => {
      await verifySignature(area, parseSignature(bytesOf(boot.sig)), bytesOf(boot.msg))
    })

    if (boot.pcrValues !== undefined && boot.expect === "ok")
      it(`computes what ${boot.id} signed from its registers and logs`, () => {
        const registers = (boot.pcrValues ?? []).map(bytesOf)
        assert.deepEqual(attest.quote?.selections, [{ bank: boot.bank, mask: maskOf(boot.pcrs) }])
        assert.deepEqual(attest.quote?.digest, hashOf(boot.bank)?.of(concatBytes(...registers)))
        if (boot.eventLog === undefined) return
        const firmware = replayFirmwareLog(bytesOf(boot.eventLog), boot.bank)
        const ima = boot.ima === undefined ? undefined : replayImaLog(bytesOf(boot.ima), boot.bank)
        assert.ok(firmware.events.length > 15 && firmware.events.some(({ data }) => data !== undefined))
        for (const [i, pcr] of boot.pcrs.entries())
          assert.deepEqual(pcr === 10 && ima !== undefined ? ima.register : firmware.registers.get(pcr), registers[i])
      })

    if (boot.ekPub !== undefined)
      it(`finds the endorsement key above the key of ${boot.id}`, () => {
        const endorsement = qualifiedName(u32(HIERARCHY.endorsement), nameOf(parsePublic(bytesOf(boot.ekPub))))
        assert.deepEqual(qualifiedName(endorsement, nameOf(area)), attest.qualifiedSigner)
      })
  }
})

describe("attestation: verified types", () => {
  it("are made by nobody else", () => {
    for (const type of [VerifiedQuote, VerifiedPlatform] as const)
      assert.throws(() => new type(Symbol("mint") as never, {} as never), TypeError)
    assert.ok(refuses(() => decodeEvidence(new Uint8Array()), "attestation.malformed"))
  })

  it("cannot be changed", async () => {
    const { evidence, expectation, facts, local } = vectors.find(({ id }) => id === "accepted") ?? assert.fail()
    const quote = await verify(decodeEvidence(evidence), expectation)
    assert.throws(() => Object.assign(quote.fields, { attester: "0x" }), TypeError)
    const platform = appraise(quote, facts, local)
    assert.throws(() => Object.assign(platform, { delegate: "0x" }), TypeError)
    assert.equal(platform.validUntil, expectation.challengedAt + 60_000)
  })
})
