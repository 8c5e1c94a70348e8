import assert from "node:assert/strict"
import { encode } from "cborg"
import * as fc from "fast-check"
import { decodeEvidence, encodeEvidence, type Evidence } from "../../src/attestation/evidence.ts"
import { BANKS, KINDS } from "../../src/attestation/facts.ts"
import { replayFirmwareLog } from "../../src/attestation/log/firmware.ts"
import { replayImaLog } from "../../src/attestation/log/ima.ts"
import { parseDocument } from "../../src/attestation/nitro/document.ts"
import { maskOf, parseAttest, pcrsOf } from "../../src/attestation/tpm/attest.ts"
import { parsePublic } from "../../src/attestation/tpm/public-area.ts"
import { parseSignature } from "../../src/attestation/tpm/signature.ts"
import { parseCertificate } from "../../src/attestation/x509/certificate.ts"
import { onlyRefuses, refuses } from "../arbitrary.ts"

const some = (maxLength: number): fc.Arbitrary<Uint8Array> => fc.uint8Array({ maxLength })
const anEvidence: fc.Arbitrary<Evidence> = fc.oneof(
  fc.record({ kind: fc.constant(KINDS["aws-nitro"]), document: some(200) }, { noNullPrototype: true }),
  fc.record(
    {
      kind: fc.constant(KINDS["tpm-2.0"]),
      publicArea: some(200),
      statement: some(200),
      signature: some(200),
      above: fc.array(some(66), { maxLength: 4 }),
      registers: fc.array(some(64), { maxLength: 24 }),
      firmwareLog: some(300),
      imaLog: some(300),
    },
    { requiredKeys: ["kind", "publicArea", "statement", "signature", "above", "registers"], noNullPrototype: true },
  ),
)

describe("attestation: parsers", () => {
  it("have only coded errors for random bytes, and for random items of CBOR", () => {
    const parsers: readonly ((bytes: Uint8Array) => unknown)[] = [
      parseAttest,
      parsePublic,
      parseSignature,
      decodeEvidence,
      parseDocument,
      (bytes) => parseCertificate(bytes, "a certificate"),
      (bytes) => replayFirmwareLog(bytes, BANKS.sha256),
      (bytes) => replayImaLog(bytes, BANKS.sha256),
    ]
    const item = fc.anything({ withBigInt: false, withDate: false, withTypedArray: false, maxDepth: 4 })
    const cbor = item.map((value) => {
      try {
        return encode([1, 1, value])
      } catch {
        return new Uint8Array()
      }
    })
    fc.assert(
      fc.property(fc.oneof(some(300), cbor), (bytes) => {
        for (const parse of parsers) onlyRefuses(() => parse(bytes), /^attestation\.(malformed|too_large|event_log)$/)
      }),
      { numRuns: 2_000 },
    )
  })

  it("give back the evidence that was written", () => {
    fc.assert(
      fc.property(anEvidence, (evidence) => {
        const bytes = encodeEvidence(evidence)
        assert.deepEqual(decodeEvidence(bytes), evidence)
        assert.deepEqual(encodeEvidence(decodeEvidence(bytes)), bytes)
      }),
    )
  })

  it("turn registers into a mask and back", () => {
    fc.assert(
      fc.property(fc.uniqueArray(fc.nat(31), { maxLength: 32 }), (pcrs) => {
        assert.deepEqual(
          pcrsOf(maskOf(pcrs)),
          pcrs.toSorted((a, b) => a - b),
        )
      }),
    )
  })

  it("refuse evidence that is over a limit before they look into it", () => {
    const [tpm, empty] = [KINDS["tpm-2.0"], new Uint8Array()]
    const long = (length: number): Uint8Array => new Uint8Array(length)
    for (const fields of [
      [tpm, long(1_025), empty, empty, [], [], null, null],
      [tpm, empty, long(1_025), empty, [], [], null, null],
      [tpm, empty, empty, long(1_025), [], [], null, null],
      [tpm, empty, empty, empty, Array.from({ length: 5 }, () => empty), [], null, null],
      [tpm, empty, empty, empty, [long(67)], [], null, null],
      [tpm, empty, empty, empty, [], Array.from({ length: 25 }, () => empty), null, null],
      [tpm, empty, empty, empty, [], [long(65)], null, null],
      [tpm, empty, empty, empty, [], [], long(262_145), null],
      [tpm, empty, empty, empty, [], [], null, long(524_289)],
      [KINDS["aws-nitro"], long(16_385)],
      [tpm, Array.from({ length: 65 }, () => 1)],
    ])
      refuses(() => decodeEvidence(encode([1, ...fields])), "attestation.too_large")
    refuses(() => decodeEvidence(long(786_433)), "attestation.too_large")
    refuses(() => decodeEvidence(Uint8Array.from({ length: 600_000 }, () => 0x81)), "attestation.too_large")
  })

  it("refuse evidence of another form", () => {
    for (const value of [
      {},
      [],
      [2, 1],
      [1],
      [1, 3, new Uint8Array()],
      [1, 2],
      [1, 2, "document"],
      [1, 2, new Uint8Array(), null],
      [1, 1, new Uint8Array(), new Uint8Array(), new Uint8Array(), [], []],
      [1, 1, new Uint8Array(), new Uint8Array(), new Uint8Array(), [], [], null, null, null],
      [1, 1, new Uint8Array(), new Uint8Array(), new Uint8Array(), {}, [], null, null],
      [1, 1, new Uint8Array(), new Uint8Array(), new Uint8Array(), [1], [], null, null],
      [1, 1, new Uint8Array(), new Uint8Array(), new Uint8Array(), [], [], false, null],
    ])
      refuses(() => decodeEvidence(encode(value)), "attestation.malformed")
  })
})
