import assert from "node:assert/strict"
import { encode } from "cborg"
import { appraise, type Appraisal } from "../../src/attestation/appraise.ts"
import { decodeEvidence, encodeEvidence } from "../../src/attestation/evidence.ts"
import { nonceOf } from "../../src/attestation/binding.ts"
import { attesterId, BANKS } from "../../src/attestation/facts.ts"
import type { Expectation } from "../../src/attestation/kind.ts"
import { NITRO_ROOT } from "../../src/attestation/nitro/verify.ts"
import { verify } from "../../src/attestation/verify.ts"
import { concatBytes, toHex } from "../../src/core/bytes.ts"
import type { ErrorCode } from "../../src/core/errors.ts"
import { flipped, rejects } from "../arbitrary.ts"
import { digitalSignature, ellipticSigner, extension, keyCertSign } from "./authority.ts"
import {
  bundleOf,
  documentOf,
  enclaveBinding,
  enclaveExpectation,
  enclaveFacts,
  enclaveNonce,
  MASK,
  NITRO,
  PCRS,
  type Written,
} from "./enclave.ts"
import { APPRAISAL, DELEGATE, NOW } from "./world.ts"

const nonce = enclaveNonce()

async function judge(document: Uint8Array, expected: Partial<Expectation> = {}, local: Partial<Appraisal> = {}) {
  const evidence = decodeEvidence(encodeEvidence({ kind: NITRO, document }))
  return appraise(await verify(evidence, enclaveExpectation(expected)), enclaveFacts(), { ...APPRAISAL, ...local })
}

/** A map without a length. */
const indefinite = (fields: Iterable<readonly [string, unknown]>): Uint8Array =>
  concatBytes(
    Uint8Array.of(0xbf),
    ...[...fields].flatMap(([key, value]) => [encode(key), encode(value)]),
    Uint8Array.of(0xff),
  )
const withRegisters = (changes: readonly (readonly [number, Uint8Array | undefined])[]): Written => {
  const pcrs = new Map(PCRS)
  for (const [pcr, value] of changes) {
    if (value === undefined) pcrs.delete(pcr)
    else pcrs.set(pcr, value)
  }
  return { fields: { pcrs } }
}

describe("attestation: Nitro enclaves", () => {
  it("accepts a document for this session, whose chain ends in the pinned root", async () => {
    const platform = await judge(documentOf(nonce))
    assert.equal(platform.delegate, DELEGATE)
    assert.equal(platform.kind, NITRO)
    assert.equal(platform.validUntil, NOW - 1_000 + 60_000)
    assert.equal(platform.clock, undefined)
  })

  it("asks an enclave for no firmware of a TPM", async () => {
    assert.equal((await judge(documentOf(nonce), {}, { firmware: [1n] })).firmware, undefined)
  })

  it("accepts a payload without a length, as newer hypervisors write it", async () => {
    assert.equal((await judge(documentOf(nonce, { payload: indefinite }))).delegate, DELEGATE)
  })

  it("accepts fields that are left out instead of empty", async () => {
    const written = { fields: { user_data: undefined, public_key: undefined } }
    assert.equal((await judge(documentOf(nonce, written))).delegate, DELEGATE)
  })

  it("pins the root of AWS unless another is named", async () => {
    assert.equal(toHex(NITRO_ROOT), "0x641a0321a3e244efe456463195d606317ed7cdcc3c1756e09893f3c68f79bb5b")
    const { nitroRoots: _roots, ...aws } = enclaveExpectation()
    await rejects(verify({ kind: NITRO, document: documentOf(nonce) }, aws), "attestation.certificate")
  })

  it("is of an attestation key only while the enclave's certificates count", async () => {
    const brief = bundleOf({ 3: { notAfter: NOW + 10_000 } })
    assert.equal((await judge(documentOf(nonce, { bundle: brief }))).validUntil, NOW + 10_000)
  })

  const faults: readonly (readonly [string, ErrorCode, Written])[] = [
    ["another root", "attestation.certificate", { bundle: bundleOf({ 0: { notAfter: NOW + 7_200_000 } }) }],
    [
      "a chain without its root",
      "attestation.certificate",
      { bundle: { ...bundleOf(), cabundle: bundleOf().cabundle.slice(1) } },
    ],
    [
      "a chain without an intermediate",
      "attestation.certificate",
      { bundle: { ...bundleOf(), cabundle: bundleOf().cabundle.toSpliced(1, 1) } },
    ],
    [
      "a chain in another order",
      "attestation.certificate",
      { bundle: { ...bundleOf(), cabundle: bundleOf().cabundle.toReversed() } },
    ],
    [
      "a certificate that is past its end",
      "attestation.certificate",
      { bundle: bundleOf({ 3: { notAfter: NOW - 1_000 } }) },
    ],
    [
      "a certificate of the future",
      "attestation.certificate",
      { bundle: bundleOf({ 2: { notBefore: NOW + 600_000 } }) },
    ],
    [
      "certificates that never count together",
      "attestation.certificate",
      { bundle: bundleOf({ 2: { notAfter: NOW - 7_200_000, notBefore: NOW - 8_000_000 } }) },
    ],
    [
      "an intermediate that is no CA",
      "attestation.certificate",
      { bundle: bundleOf({ 2: { pathLength: undefined } as never }) },
    ],
    [
      "an intermediate that may not sign certificates",
      "attestation.certificate",
      { bundle: bundleOf({ 2: { usage: digitalSignature } }) },
    ],
    ["an intermediate without key usage", "attestation.certificate", { bundle: bundleOf({ 2: { usage: undefined } }) }],
    ["one CA more than allowed", "attestation.certificate", { bundle: bundleOf({ 1: { pathLength: 0 } }) }],
    ["an issuer of another name", "attestation.certificate", { bundle: bundleOf({ 3: { issuer: "stranger" } }) }],
    [
      "a certificate that somebody else signed",
      "attestation.certificate",
      { bundle: bundleOf({ 2: { spki: ellipticSigner("stranger").spki } }) },
    ],
    ["a document signed by a CA", "attestation.certificate", { bundle: bundleOf({ 3: { pathLength: 0 } }) }],
    ["a key that may not sign", "attestation.certificate", { bundle: bundleOf({ 3: { usage: keyCertSign } }) }],
    [
      "a critical extension that nobody understands",
      "attestation.malformed",
      { bundle: bundleOf({ 3: { more: [extension("1.2.3.4", Uint8Array.of(5, 0))] } }) },
    ],
    [
      "a truth that is not DER's",
      "attestation.malformed",
      { bundle: bundleOf({ 2: { constraints: Uint8Array.of(0x30, 3, 1, 1, 1) } }) },
    ],
    [
      "a default that is written out",
      "attestation.malformed",
      { bundle: bundleOf({ 3: { constraints: Uint8Array.of(0x30, 3, 1, 1, 0) } }) },
    ],
    [
      "constraints with something behind them",
      "attestation.malformed",
      { bundle: bundleOf({ 3: { constraints: Uint8Array.of(0x30, 0, 5, 0) } }) },
    ],
    [
      "constraints of a longer length than needed",
      "attestation.malformed",
      { bundle: bundleOf({ 3: { constraints: Uint8Array.of(0x30, 0x81, 0) } }) },
    ],
    [
      "constraints without an end",
      "attestation.malformed",
      { bundle: bundleOf({ 3: { constraints: Uint8Array.of(0x30, 0x80, 0, 0) } }) },
    ],
    [
      "an extension twice",
      "attestation.malformed",
      {
        bundle: bundleOf({
          3: { more: [extension("1.2.3", Uint8Array.of(5, 0), false), extension("1.2.3", Uint8Array.of(5, 0), false)] },
        }),
      },
    ],
    ["a certificate of version 1", "attestation.malformed", { bundle: bundleOf({ 3: { version: 0 } }) }],
    [
      "two signature algorithms",
      "attestation.malformed",
      { bundle: bundleOf({ 3: { innerAlgorithm: "1.2.840.10045.4.3.2" } }) },
    ],
    [
      "a certificate with a byte behind it",
      "attestation.malformed",
      { bundle: { ...bundleOf(), certificate: concatBytes(bundleOf().certificate, Uint8Array.of(0)) } },
    ],
    [
      "a certificate over the limit",
      "attestation.too_large",
      { bundle: { ...bundleOf(), certificate: new Uint8Array(4_097) } },
    ],
    [
      "too many certificates",
      "attestation.too_large",
      { bundle: { ...bundleOf(), cabundle: Array.from({ length: 8 }, () => bundleOf().certificate) } },
    ],

    ["another algorithm in its header", "attestation.scheme", { header: new Map([[1, -7]]) }],
    ["a second header beside the algorithm", "attestation.scheme", { header: new Map<number, number>([[1, -35], [4, 0]]) }], // prettier-ignore
    ["a header without algorithm", "attestation.scheme", { header: new Map() }],
    ["another key's signature", "attestation.signature", { signer: ellipticSigner("stranger") }],
    ["a signature of P-256", "attestation.signature", { signer: ellipticSigner("stranger", "P-256") }],
    [
      "an enclave's key of P-256",
      "attestation.signature",
      { bundle: bundleOf({ 3: { spki: ellipticSigner("stranger", "P-256").spki } }) },
    ],

    ["another parent instance", "attestation.attester", withRegisters([[4, new Uint8Array(48).fill(9)]])],
    ["no parent instance", "attestation.attester", withRegisters([[4, undefined]])],
    ["a parent of zeros", "attestation.attester", withRegisters([[4, new Uint8Array(48)]])],
    ["user data that nobody judges", "attestation.binding", { fields: { user_data: Uint8Array.of(1) } }],
    ["a public key that nobody judges", "attestation.binding", { fields: { public_key: Uint8Array.of(1) } }],
    ["another hash of registers", "attestation.bank", { fields: { digest: "SHA256" } }],
    ["a register missing", "attestation.selection", withRegisters([[2, undefined]])],
    ["a register of another length", "attestation.selection", withRegisters([[2, new Uint8Array(32).fill(1)]])],
    ["debug mode", "attestation.measurement", withRegisters([[0, new Uint8Array(48)], [1, new Uint8Array(48)], [2, new Uint8Array(48)]])], // prettier-ignore
    ["another image", "attestation.measurement", withRegisters([[0, new Uint8Array(48).fill(7)]])],
    ["a date long before the challenge", "attestation.age", { fields: { timestamp: NOW - 3_600_000 } }],
    ["a date in the future", "attestation.age", { fields: { timestamp: NOW + 60_000 } }],

    ["a field that is not known", "attestation.malformed", { fields: { more: 1 } }],
    ["registers that are no map", "attestation.malformed", { fields: { pcrs: [] } }],
    ["no registers", "attestation.malformed", { fields: { pcrs: new Map() } }],
    ["a register of no hash's length", "attestation.malformed", withRegisters([[2, new Uint8Array(47)]])],
    ["a register beyond the last", "attestation.malformed", withRegisters([[32, new Uint8Array(48)]])],
    // The first letters of the module's name: head of the map (1), "module_id" (10), head of the name (2).
    ["a text that is not UTF-8", "attestation.malformed", { payload: (fields) => indefinite(fields).with(13, 0xff) }],
    ["no timestamp", "attestation.malformed", { fields: { timestamp: undefined } }],
    ["a timestamp of 0", "attestation.malformed", { fields: { timestamp: 0 } }],
    ["no module", "attestation.malformed", { fields: { module_id: "" } }],
    ["no digest", "attestation.malformed", { fields: { digest: undefined } }],
    ["no certificate", "attestation.malformed", { fields: { certificate: undefined } }],
    ["a bundle that is no list", "attestation.malformed", { fields: { cabundle: Uint8Array.of(1) } }],
    ["a nonce that is no bytes", "attestation.malformed", { fields: { nonce: "nonce" } }],
    ["a nonce over the limit", "attestation.too_large", { fields: { nonce: new Uint8Array(1_025) } }],
    ["an unprotected header", "attestation.malformed", { unprotected: new Map([[1, -35]]) }],
    [
      "a map of four instead of a list",
      "attestation.malformed",
      { envelope: (parts) => encode(new Map(parts.map((part, i) => [i, part]))) },
    ],
    ["a header that is no bytes", "attestation.malformed", { envelope: (parts) => encode(["", ...parts.slice(1)]) }],
    ["a payload that is no bytes", "attestation.malformed", { envelope: (parts) => encode(parts.with(2, "")) }],
    ["a signature that is no bytes", "attestation.malformed", { envelope: (parts) => encode(parts.with(3, "")) }],
    ["an unprotected header that is no map", "attestation.malformed", { unprotected: [] }],
    ["a payload that is a text", "attestation.malformed", { payload: () => encode("text") }],
    [
      "33 registers",
      "attestation.too_large",
      { fields: { pcrs: new Map(Array.from({ length: 33 }, (_, pcr) => [pcr, new Uint8Array(48)])) } },
    ],
    [
      "a register by its name",
      "attestation.malformed",
      { fields: { pcrs: new Map<unknown, unknown>([...PCRS, ["0", new Uint8Array(48)]]) } },
    ],
    ["a register before the first", "attestation.malformed", withRegisters([[-1, new Uint8Array(48)]])],
    [
      "a register that is a text",
      "attestation.malformed",
      { fields: { pcrs: new Map<unknown, unknown>([...PCRS, [2, "x".repeat(48)]]) } },
    ],
    ["a bundle with a text", "attestation.malformed", { fields: { cabundle: [...bundleOf().cabundle, "x"] } }],
    ["a header that is no map", "attestation.malformed", { header: [1, -35] }],
    ["a payload that is no map", "attestation.malformed", { payload: () => encode([1]) }],
    [
      "a payload with a key twice",
      "attestation.malformed",
      { payload: (fields) => indefinite([...fields, ["nonce", nonce]]) },
    ],
    [
      "bytes behind its payload",
      "attestation.malformed",
      { payload: (fields) => concatBytes(encode(fields), Uint8Array.of(0)) },
    ],
    [
      "a tag before it",
      "attestation.malformed",
      { envelope: (parts) => concatBytes(Uint8Array.of(0xd2), encode(parts)) },
    ],
    ["three parts", "attestation.malformed", { envelope: (parts) => encode(parts.slice(1)) }],
    ["five parts", "attestation.malformed", { envelope: (parts) => encode([...parts, null]) }],
    [
      "a length that is not the shortest",
      "attestation.malformed",
      { envelope: (parts) => concatBytes(Uint8Array.of(0x98, 4), encode(parts).slice(1)) },
    ],
    [
      "an envelope without a length",
      "attestation.malformed",
      { envelope: (parts) => concatBytes(Uint8Array.of(0x9f), encode(parts).slice(1), Uint8Array.of(0xff)) },
    ],
    ["bytes behind it", "attestation.malformed", { envelope: (parts) => concatBytes(encode(parts), Uint8Array.of(0)) }],
  ]
  for (const [what, code, written] of faults)
    it(`refuses ${what}`, async () => {
      await rejects(judge(documentOf(nonce, written)), code)
    })

  it("refuses a document for another session, or for nobody", async () => {
    for (const binding of [
      enclaveBinding({ prover: "initiator" }),
      enclaveBinding({ transcript: new Uint8Array(32) }),
      enclaveBinding({ policyEpoch: 8n }),
    ])
      await rejects(judge(documentOf(nonce), { binding }), "attestation.binding")
    for (const other of [null, nonce.slice(2), concatBytes(nonce, Uint8Array.of(0)), new Uint8Array()])
      await rejects(judge(documentOf(other)), "attestation.binding")
  })

  it("refuses parents and debug mode whatever the chain may hold", async () => {
    const verified = (written: Written, expected: Partial<Expectation> = {}) =>
      verify({ kind: NITRO, document: documentOf(nonce, written) }, enclaveExpectation(expected))
    await rejects(verified(withRegisters([[4, new Uint8Array(48).fill(9)]])), "attestation.attester")
    // Somebody enrolled a parent of zeros, and anchored what debug mode measures.
    const none = new Uint8Array(48)
    const binding = enclaveBinding({ attester: attesterId(NITRO, none) })
    const written = withRegisters([[4, none]])
    await rejects(
      verify({ kind: NITRO, document: documentOf(nonceOf(binding), written) }, enclaveExpectation({ binding })),
      "attestation.attester",
    )
    await rejects(verified(withRegisters([[0, none]])), "attestation.measurement")
    await rejects(verified(withRegisters([[0, none]]), { mask: 0b110 }), "attestation.measurement")
  })

  it("refuses a policy that no enclave can meet", async () => {
    await rejects(judge(documentOf(nonce), { bank: BANKS.sha256 }), "attestation.bank")
    await rejects(judge(documentOf(nonce), { mask: 0x1_0000 | MASK }), "attestation.selection")
    await rejects(judge(documentOf(nonce), { mask: 0 }), "attestation.selection")
  })

  it("refuses a document that is older than the policy allows", async () => {
    await rejects(judge(documentOf(nonce), { challengedAt: NOW - 60_001 }), "attestation.age")
  })

  it("refuses it once a certificate is past its end", async () => {
    const bundle = bundleOf({ 3: { notAfter: NOW + 1_000 } })
    await rejects(judge(documentOf(nonce, { bundle }), {}, { now: NOW + 2_000 }), "attestation.certificate")
  })

  it("refuses a document of 16,385 bytes, and evidence that is no document", async () => {
    await rejects(judge(new Uint8Array(16_385)), "attestation.too_large")
    await rejects(judge(new Uint8Array()), "attestation.malformed")
    const bytes = encodeEvidence({ kind: NITRO, document: documentOf(nonce) })
    assert.throws(() => decodeEvidence(concatBytes(bytes, Uint8Array.of(0))), { code: "attestation.malformed" })
  })

  it("refuses a document with any one of some bits turned", async () => {
    const sound = documentOf(nonce)
    for (let bit = 0; bit < 8 * sound.length; bit += 503)
      await assert.rejects(judge(flipped(sound, bit)), { name: "E2eeError", code: /^attestation\./ } as never)
  })
})
