import assert from "node:assert/strict"
import { p256 } from "@noble/curves/nist.js"
import { sha256 } from "@noble/hashes/sha2.js"
import { decodeEvidence, type TpmEvidence } from "../../../src/attestation/evidence.ts"
import { ALG } from "../../../src/attestation/tpm/algorithms.ts"
import { parseAttest } from "../../../src/attestation/tpm/attest.ts"
import { nameOf, parsePublic, qualifiedName, type PublicArea } from "../../../src/attestation/tpm/public-area.ts"
import { parseSignature, verifySignature } from "../../../src/attestation/tpm/signature.ts"
import { verify } from "../../../src/attestation/verify.ts"
import { sized16, u16, u32, u64, u8 } from "../../../src/core/byte-writer.ts"
import { concatBytes } from "../../../src/core/bytes.ts"
import { refuses, rejects } from "../../arbitrary.ts"
import { bootNamed, bytesOf } from "../machines.ts"
import { readVectors } from "../vectors.ts"

const statement = bytesOf(bootNamed("ok-ecc").msg)
const rsaArea = bytesOf(bootNamed("ok-rsassa").akPub)

describe("attestation: statements of a TPM", () => {
  const head = (safe = 1): Uint8Array =>
    concatBytes(
      u32(0xff544347),
      u16(0x8018),
      sized16(new Uint8Array(34)),
      sized16(),
      u64(0),
      u32(1),
      u32(0),
      u8(safe),
      u64(7),
    )
  const quote = (...selections: readonly Uint8Array[]): Uint8Array =>
    concatBytes(head(), u32(selections.length), ...selections, sized16(new Uint8Array(32)))
  const select = (size: number): Uint8Array => concatBytes(u16(ALG.sha256), u8(size), new Uint8Array(size).fill(0xff))

  it("are read as they are", () => {
    assert.deepEqual(parseAttest(quote(select(4))).quote?.selections, [{ bank: ALG.sha256, mask: 0xffff_ffff }])
    assert.equal(parseAttest(quote(...Array.from({ length: 16 }, () => select(1)))).quote?.selections.length, 16)
    assert.deepEqual(parseAttest(statement).bytes, statement)
    const { quote: none, firmware } = parseAttest(concatBytes(head().with(5, 0x19), new Uint8Array(9)))
    assert.deepEqual([none, firmware], [undefined, 7n])
  })

  it("are refused where they are not of their form", () => {
    refuses(() => parseAttest(new Uint8Array(1_025)), "attestation.too_large")
    for (const bytes of [
      quote(...Array.from({ length: 17 }, () => select(1))),
      quote(select(0)),
      quote(select(5)),
      concatBytes(head(2), u32(0), sized16()),
      concatBytes(u32(0xff544347), u16(0x8018), sized16(new Uint8Array(67))),
      concatBytes(head(), u32(0), sized16(new Uint8Array(65))),
      concatBytes(head(), u32(0xffff_ffff)),
    ])
      refuses(() => parseAttest(bytes), "attestation.malformed")
  })
})

describe("attestation: keys of a TPM", () => {
  interface Parts {
    readonly type?: number
    readonly nameAlg?: number
    readonly policy?: number
    readonly symmetric?: Uint8Array
    readonly scheme?: Uint8Array
    readonly curve?: number
    readonly kdf?: number
    readonly x?: number
    readonly y?: number
  }
  const none = u16(ALG.null)
  const ecc = (parts: Parts = {}): Uint8Array =>
    concatBytes(
      concatBytes(u16(parts.type ?? ALG.ecc), u16(parts.nameAlg ?? ALG.sha256), u32(0x50072)),
      concatBytes(sized16(new Uint8Array(parts.policy ?? 0)), parts.symmetric ?? none, parts.scheme ?? none),
      concatBytes(u16(parts.curve ?? 3), u16(parts.kdf ?? ALG.null)),
      concatBytes(sized16(new Uint8Array(parts.x ?? 32)), sized16(new Uint8Array(parts.y ?? 32))),
    )
  const rsa = (bits: number, exponent: number, modulus: Uint8Array): Uint8Array =>
    concatBytes(
      u16(ALG.rsa),
      u16(ALG.sha256),
      u32(0x50072),
      sized16(),
      none,
      none,
      u16(bits),
      u32(exponent),
      sized16(modulus),
    )
  const full = (bytes: number): Uint8Array => new Uint8Array(bytes).fill(0x80)

  it("are read as they are", () => {
    assert.equal(parsePublic(ecc()).key.type, "ecc")
    const wide = parsePublic(ecc({ curve: 4, x: 48, y: 48, nameAlg: ALG.sha384, policy: 64 }))
    assert.equal(nameOf(wide).length, 50)
    for (const bits of [2_048, 3_072, 4_096])
      assert.equal(parsePublic(rsa(bits, 65_537, full(bits / 8))).key.type, "rsa")
    assert.deepEqual(parsePublic(ecc({ symmetric: concatBytes(u16(ALG.aes), u16(128), u16(ALG.cfb)) })).symmetric, {
      algorithm: ALG.aes,
      keyBits: 128,
      mode: ALG.cfb,
    })
  })

  it("are refused where they are not of their form, or of a make that does not count", () => {
    refuses(() => parsePublic(new Uint8Array(1_025)), "attestation.too_large")
    for (const bytes of [
      ecc({ type: ALG.keyedHash }),
      ecc({ type: 0x25 }),
      ecc({ nameAlg: ALG.sha1 }),
      ecc({ nameAlg: ALG.null }),
      ecc({ policy: 65 }),
      ecc({ symmetric: concatBytes(u16(0x26), u16(128), u16(ALG.cfb)) }),
      ecc({ scheme: concatBytes(u16(0x1a), u16(ALG.sha256)) }),
      ecc({ curve: 5, x: 66, y: 66 }),
      ecc({ curve: 0x10 }),
      ecc({ kdf: 0x20 }),
      ecc({ x: 31 }),
      ecc({ y: 31 }),
      ecc({ x: 33 }),
      ecc({ curve: 4 }),
      rsa(1_024, 0, full(128)),
      rsa(2_048, 3, full(256)),
      rsa(2_048, 0, full(255)),
      rsa(2_048, 0, full(257)),
      rsa(2_048, 0, full(256).with(0, 0x7f)),
      concatBytes(ecc(), u8(0)),
      ecc().slice(0, -1),
    ])
      refuses(() => parsePublic(bytes), "attestation.malformed")
    refuses(() => qualifiedName(u32(1), concatBytes(u16(ALG.sha1), new Uint8Array(20))), "attestation.malformed")
  })
})

describe("attestation: signatures of a TPM", () => {
  const secret = sha256(Uint8Array.of(1))
  const point = p256.getPublicKey(secret, false)
  const scheme = { algorithm: ALG.ecdsa, hash: ALG.sha256 }
  const area: PublicArea = {
    bytes: new Uint8Array(),
    nameAlg: ALG.sha256,
    attributes: 0,
    authPolicy: new Uint8Array(),
    scheme,
    key: { type: "ecc", curve: "P-256", x: point.slice(1, 33), y: point.slice(33) },
  }
  const sign = (message: Uint8Array): Uint8Array => p256.sign(message, secret, { lowS: false })
  const written = (r: Uint8Array, s: Uint8Array): Uint8Array =>
    concatBytes(u16(ALG.ecdsa), u16(ALG.sha256), sized16(r), sized16(s))
  const judge = (message: Uint8Array, r: Uint8Array, s: Uint8Array, by = area): Promise<void> =>
    verifySignature(by, parseSignature(written(r, s)), message)

  /** A message whose r, or s, begins with a zero byte. */
  function short(part: "r" | "s"): { message: Uint8Array; r: Uint8Array; s: Uint8Array } {
    for (let i = 0; ; i++) {
      const message = u32(i)
      const signature = sign(message)
      const [r, s] = [signature.slice(0, 32), signature.slice(32)]
      if ((part === "r" ? r : s)[0] === 0) return { message, r, s }
    }
  }

  it("count with s of either half, and with leading zeros left out or not", async () => {
    const seen = new Set<boolean>()
    for (let i = 0; i < 16; i++) {
      const signature = sign(u32(i))
      seen.add((signature[32] ?? 0) >= 0x80)
      await judge(u32(i), signature.slice(0, 32), signature.slice(32))
    }
    assert.equal(seen.size, 2)
    for (const part of ["r", "s"] as const) {
      const { message, r, s } = short(part)
      await judge(message, r, s)
      await judge(message, part === "r" ? r.slice(1) : r, part === "s" ? s.slice(1) : s)
    }
  })

  it("have one form for each length: no needless zeros, nothing longer than the field", async () => {
    const message = u32(1)
    const signature = sign(message)
    const [r, s] = [signature.slice(0, 32), signature.slice(32)]
    const zero = Uint8Array.of(0)
    await rejects(judge(message, concatBytes(zero, r), s), "attestation.signature")
    await rejects(judge(message, r, concatBytes(zero, s)), "attestation.signature")
    for (const none of [new Uint8Array(), zero, new Uint8Array(32)]) {
      await rejects(judge(message, none, s), "attestation.signature")
      await rejects(judge(message, r, none), "attestation.signature")
    }
    const { message: other, r: brief, s: rest } = short("r")
    await rejects(judge(other, concatBytes(brief.slice(1, 20), brief.slice(21)), rest), "attestation.signature")
  })

  it("are of the key's scheme, and of a key that has one", async () => {
    const message = u32(1)
    const signature = sign(message)
    const [r, s] = [signature.slice(0, 32), signature.slice(32)]
    const { scheme: _scheme, ...bare } = area
    for (const by of [
      bare,
      { ...area, scheme: { ...scheme, hash: ALG.sha384 } },
      { ...area, scheme: { ...scheme, hash: ALG.sha1 } },
      { ...area, scheme: { ...scheme, algorithm: ALG.rsassa } },
      { ...area, key: parsePublic(rsaArea).key },
    ])
      await rejects(judge(message, r, s, by), "attestation.scheme")
    // Key and signature agree upon SHA-1.
    const weak = concatBytes(u16(ALG.ecdsa), u16(ALG.sha1), sized16(r), sized16(s))
    const by = { ...area, scheme: { ...scheme, hash: ALG.sha1 } }
    await rejects(verifySignature(by, parseSignature(weak), message), "attestation.scheme")
    // Key and signature agree upon RSA, and the key is elliptic; or the other way round.
    const rsa = concatBytes(u16(ALG.rsassa), u16(ALG.sha256), sized16(signature))
    const elliptic = { ...area, scheme: { ...scheme, algorithm: ALG.rsassa } }
    await rejects(verifySignature(elliptic, parseSignature(rsa), message), "attestation.scheme")
    await rejects(judge(message, r, s, { ...area, key: parsePublic(rsaArea).key }), "attestation.scheme")
  })

  it("are refused by a key that is no point of its curve", async () => {
    const signature = sign(u32(1))
    const key = { ...area.key, x: new Uint8Array(32) } as PublicArea["key"]
    await rejects(judge(u32(1), signature.slice(0, 32), signature.slice(32), { ...area, key }), "attestation.signature")
  })

  it("are refused where they are not of their form", () => {
    refuses(() => parseSignature(new Uint8Array(1_025)), "attestation.too_large")
    const part = new Uint8Array(32)
    for (const bytes of [
      new Uint8Array(),
      concatBytes(u16(0x1a), u16(ALG.sha256), sized16(part), sized16(part)),
      concatBytes(u16(ALG.null)),
      written(new Uint8Array(49), part),
      written(part, new Uint8Array(49)),
      concatBytes(u16(ALG.rsassa), u16(ALG.sha256), sized16(new Uint8Array(513))),
      concatBytes(written(part, part), u8(0)),
    ])
      refuses(() => parseSignature(bytes), "attestation.malformed")
  })
})

describe("attestation: names above a key", () => {
  it("have the form of names", async () => {
    const { evidence, expectation } = readVectors().find(({ id }) => id === "accepted-below") ?? assert.fail()
    const sound = decodeEvidence(evidence) as TpmEvidence
    const [parent = new Uint8Array()] = sound.above
    await verify(sound, expectation)
    for (const name of [new Uint8Array(), parent.slice(1), concatBytes(parent, u8(0)), parent.with(1, ALG.sha1)])
      await rejects(verify({ ...sound, above: [name] }, expectation), "attestation.malformed")
    await rejects(verify({ ...sound, above: [parent, parent] }, expectation), "attestation.signer")
  })
})
