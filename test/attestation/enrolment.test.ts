import assert from "node:assert/strict"
import { sha256 } from "@noble/hashes/sha2.js"
import { id_ce_subjectAltName } from "@peculiar/asn1-x509"
import { makeCredential } from "../../src/attestation/enrolment/credential.ts"
import { checkEndorsement, type EndorsementTrust } from "../../src/attestation/enrolment/endorsement.ts"
import { Enrolment, ENROLMENT_LIFE_MS } from "../../src/attestation/enrolment/enrolment.ts"
import { nameOf, OBJECT, parsePublic, type PublicArea } from "../../src/attestation/tpm/public-area.ts"
import { u32 } from "../../src/core/byte-writer.ts"
import { concatBytes } from "../../src/core/bytes.ts"
import { endorsementTemplate } from "../../src/device/templates.ts"
import { rejects, refuses } from "../arbitrary.ts"
import { bootNamed, bytesOf } from "./machines.ts"
import {
  ellipticSigner,
  extension,
  issue,
  keyAgreement,
  keyCertSign,
  keyEncipherment,
  rsaSigner,
  rsaSpki,
  spkiOf,
  type Signer,
  type Wanted,
} from "./authority.ts"
import { NOW } from "./world.ts"

const EK_PURPOSE = "2.23.133.8.1"
const maker = ellipticSigner("maker of TPMs")
const factory = ellipticSigner("factory", "P-256")
const makerRsa = rsaSigner()

const CA = { usage: keyCertSign } as const
const root = issue({ subject: "maker", issuer: "maker", spki: maker.spki, pathLength: 1, ...CA }, maker)
const rootRsa = issue({ subject: "rsa", issuer: "rsa", spki: makerRsa.spki, pathLength: "any", ...CA }, makerRsa)
const middle = issue({ subject: "factory", issuer: "maker", spki: factory.spki, pathLength: 0, ...CA }, maker)

/** An endorsement key of swtpm, RSA 2048. */
const rsaKey = parsePublic(bytesOf(bootNamed("ovmf-A").ekPub))
const modulus = rsaKey.key.type === "rsa" ? rsaKey.key.modulus : assert.fail()
/** An elliptic one: the template, with a point in place of the zeros. */
const point = ellipticSigner("an endorsement key", "P-256").spki.slice(-64)
const eccArea = (attributes?: number): PublicArea => {
  const bytes = endorsementTemplate("L-2")
  bytes.set(point.slice(0, 32), bytes.length - 66)
  bytes.set(point.slice(32), bytes.length - 32)
  if (attributes !== undefined) bytes.set(u32(attributes), 4)
  return parsePublic(bytes)
}
const eccKey = eccArea()

const ECC: Wanted = {
  subject: "",
  issuer: "factory",
  spki: ellipticSigner("an endorsement key", "P-256").spki,
  usage: keyAgreement,
  purposes: [EK_PURPOSE],
  // The maker's name and model stand here, and it is critical where there is no subject.
  more: [extension(id_ce_subjectAltName, Uint8Array.of(0x30, 0))],
}
const certificate = (changes: Partial<Wanted> = {}, by: Signer = factory): Uint8Array =>
  issue({ ...ECC, ...changes }, by)
const trust: EndorsementTrust = { roots: [root, rootRsa], intermediates: [middle], keys: [] }

describe("attestation: endorsement of TPMs", () => {
  it("holds with a certificate whose path ends in a pinned root, whatever stands between", async () => {
    await checkEndorsement(eccKey, certificate(), trust, NOW)
    const rsa = { issuer: "rsa", spki: rsaSpki(modulus), usage: keyEncipherment }
    await checkEndorsement(rsaKey, certificate(rsa, makerRsa), trust, NOW)
  })

  it("holds without a certificate where the operator noted the key itself", async () => {
    await checkEndorsement(eccKey, undefined, { ...trust, keys: [nameOf(eccKey)] }, NOW)
    await rejects(checkEndorsement(eccKey, undefined, trust, NOW), "attestation.certificate")
  })

  it("finds the issuer among several of one name", async () => {
    const namesake = issue(
      { subject: "factory", issuer: "maker", spki: ellipticSigner("x").spki, pathLength: 0, ...CA },
      maker,
    )
    await checkEndorsement(eccKey, certificate(), { ...trust, intermediates: [namesake, middle] }, NOW)
    await rejects(
      checkEndorsement(eccKey, certificate(), { ...trust, intermediates: [namesake] }, NOW),
      "attestation.certificate",
    )
  })

  const faults: readonly (readonly [string, Uint8Array, PublicArea?])[] = [
    ["is of another key", certificate(), rsaKey],
    ["is of another elliptic key", certificate({ spki: ellipticSigner("other", "P-256").spki })],
    ["is of an RSA key while the TPM's is elliptic", certificate({ spki: rsaSpki(modulus), usage: keyEncipherment })],
    [
      "is of another algorithm, with the same bytes",
      certificate({ spki: spkiOf("1.2.3", Uint8Array.of(5, 0), Uint8Array.of(4, ...point)), usage: keyEncipherment }),
    ],
    ["is not for endorsement", certificate({ purposes: ["1.3.6.1.5.5.7.3.1"] })],
    ["names no purpose", certificate({ purposes: undefined } as never)],
    ["has a key for something else", certificate({ usage: keyEncipherment })],
    ["is a CA's", certificate({ pathLength: 0 })],
    ["is past its end", certificate({ notAfter: NOW - 1 })],
    ["does not count yet", certificate({ notBefore: NOW + 60_000 })],
    ["was signed by SHA-1", certificate({}, { ...factory, algorithm: "1.2.840.10045.4.1" })],
    ["says that an elliptic key signed by RSA", certificate({}, { ...factory, algorithm: "1.2.840.113549.1.1.11" })],
    ["has a signature that is none", certificate({}, { ...factory, sign: () => new Uint8Array(70) })],
    ["was signed by somebody else", certificate({}, ellipticSigner("stranger", "P-256"))],
    [
      "is signed by itself",
      certificate({ subject: "factory", issuer: "factory" }, ellipticSigner("an endorsement key", "P-256")),
    ],
    ["was issued by nobody", certificate({ issuer: "nobody" })],
    [
      "is of a curve that does not count",
      certificate({
        spki: spkiOf("1.2.840.10045.2.1", Uint8Array.of(6, 5, 0x2b, 0x81, 4, 0, 0x23), new Uint8Array(133)),
      }),
    ],
  ]
  for (const [what, der, area = eccKey] of faults)
    it(`refuses a certificate that ${what}`, async () => {
      await rejects(checkEndorsement(area, der, trust, NOW), "attestation.certificate")
    })

  it("refuses a path without its pinned end, or through what is no CA", async () => {
    for (const other of [
      { ...trust, roots: [rootRsa] },
      { ...trust, roots: [] },
      { ...trust, intermediates: [] },
      {
        ...trust,
        intermediates: [issue({ subject: "factory", issuer: "maker", spki: factory.spki, usage: keyCertSign }, maker)],
      },
    ])
      await rejects(checkEndorsement(eccKey, certificate(), other, NOW), "attestation.certificate")
  })

  it("does not take a key of a curve that does not count for a maker's", async () => {
    const spki = spkiOf("1.2.840.10045.2.1", Uint8Array.of(6, 5, 0x2b, 0x81, 4, 0, 0x23), new Uint8Array(133))
    const other = issue({ subject: "factory", issuer: "factory", spki, pathLength: 0, ...CA }, factory)
    await rejects(
      checkEndorsement(eccKey, certificate(), { ...trust, roots: [other], intermediates: [] }, NOW),
      "attestation.certificate",
    )
  })

  it("does not take an RSA key of 1,024 bits for a maker's", async () => {
    const weak = rsaSigner(1_024)
    const weakRoot = issue({ subject: "weak", issuer: "weak", spki: weak.spki, pathLength: 0, ...CA }, weak)
    const signed = certificate({ issuer: "weak" }, weak)
    await rejects(checkEndorsement(eccKey, signed, { ...trust, roots: [weakRoot] }, NOW), "attestation.certificate")
  })

  it("refuses keys that may leave their TPM, or sign", async () => {
    for (const attributes of [
      0x000300b2 & ~OBJECT.fixedTPM,
      0x000300b2 & ~OBJECT.restricted,
      0x000300b2 & ~OBJECT.decrypt,
      0x000300b2 | OBJECT.sign,
    ]) {
      const area = eccArea(attributes)
      await rejects(
        checkEndorsement(area, undefined, { ...trust, keys: [nameOf(area)] }, NOW),
        "attestation.key_attributes",
      )
    }
  })
})

describe("attestation: credentials", () => {
  const [name, secret] = [nameOf(eccKey), new Uint8Array(32)]
  const seal = (area: PublicArea, changes: { secret?: Uint8Array; random?: Uint8Array } = {}) =>
    makeCredential(area, name, changes.secret ?? secret, changes.random ?? sha256(Uint8Array.of(3)))

  it("have the lengths that TPMs take", async () => {
    const elliptic = await seal(eccKey)
    assert.deepEqual([elliptic.blob.length, elliptic.seed.length], [2 + 32 + 34, 2 * 34])
    const rsa = await seal(rsaKey)
    assert.deepEqual([rsa.blob.length, rsa.seed.length], [2 + 32 + 34, 256])
  })

  it("are made for endorsement keys of the known templates alone", async () => {
    const symmetric = { algorithm: 0x06, keyBits: 128, mode: 0x43 }
    const { symmetric: _none, ...bare } = eccKey
    for (const area of [
      { ...eccKey, nameAlg: 0x0c },
      { ...eccKey, symmetric: { ...symmetric, keyBits: 256 } },
      { ...eccKey, symmetric: { ...symmetric, mode: 0x42 } },
      { ...eccKey, symmetric: { ...symmetric, algorithm: 0x26 } },
      bare,
      { ...eccKey, key: { ...eccKey.key, curve: "P-384" } } as PublicArea,
    ])
      await rejects(seal(area), "usage.invalid")
    await rejects(seal(eccKey, { secret: new Uint8Array(31) }), "usage.invalid")
    await rejects(seal(eccKey, { random: new Uint8Array(33) }), "usage.invalid")
  })

  it("are not made for a point beside the curve", async () => {
    const key = { ...eccKey.key, x: new Uint8Array(32) } as PublicArea["key"]
    await rejects(seal({ ...eccKey, key }), "attestation.certificate")
  })
})

describe("attestation: enrolment", () => {
  const offer = {
    endorsementKey: eccKey.bytes,
    endorsementCertificate: certificate(),
    attestationKey: bytesOf(bootNamed("ovmf-A").akPub),
  }
  const random = concatBytes(sha256(Uint8Array.of(1)), sha256(Uint8Array.of(2)))
  const begin = (changes: Partial<typeof offer> = {}): Promise<Enrolment> =>
    Enrolment.begin({ ...offer, ...changes }, trust, random, NOW)

  it("gives the key to whoever opens the credential", async () => {
    const enrolment = await begin()
    assert.equal(enrolment.state, "open")
    const { keyName } = enrolment.complete(random.slice(0, 32), NOW + 1_000)
    assert.deepEqual(keyName, nameOf(parsePublic(offer.attestationKey)))
    assert.equal(enrolment.state, "over")
  })

  it("is over after one answer, right or wrong, and after its time", async () => {
    const right = random.slice(0, 32)
    const done = await begin()
    done.complete(right, NOW)
    refuses(() => done.complete(right, NOW), "attestation.activation")
    const wrong = await begin()
    for (const answer of [random.slice(32), new Uint8Array()])
      refuses(() => wrong.complete(answer, NOW), "attestation.activation")
    refuses(() => wrong.complete(right, NOW), "attestation.activation")
    for (const late of [NOW + ENROLMENT_LIFE_MS + 1, NOW - 1]) {
      const other = await begin()
      refuses(() => other.complete(right, late), "attestation.activation")
      assert.equal(other.state, "over")
    }
  })

  it("begins only for keys that attest, in TPMs that are endorsed, with fresh randomness", async () => {
    await rejects(begin({ attestationKey: bytesOf(bootNamed("neg-unrestricted").akPub) }), "attestation.key_attributes")
    await rejects(begin({ attestationKey: new Uint8Array() }), "attestation.malformed")
    await rejects(begin({ endorsementCertificate: certificate({ notAfter: NOW - 1 }) }), "attestation.certificate")
    await rejects(Enrolment.begin(offer, trust, new Uint8Array(32), NOW), "usage.invalid")
  })

  it("does not show its secret", async () => {
    const enrolment = await begin()
    const shown = JSON.stringify(enrolment, (_key, value: unknown) =>
      value instanceof Uint8Array ? [...value] : value,
    )
    assert.ok(!shown.includes(random.slice(0, 32).join()))
  })
})
