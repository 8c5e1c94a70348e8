import { strict as assert } from "node:assert"
import { createHash, createPrivateKey, sign } from "node:crypto"
import { sha256 } from "@noble/hashes/sha2.js"
import * as fc from "fast-check"
import { toTypedData } from "../../src/certificate/issue.ts"
import type { CertificateChain } from "../../src/certificate/types.ts"
import { concatBytes, fromHex, toHex, utf8ToBytes } from "../../src/core/bytes.ts"
import { ed25519PublicKey, signLabelled } from "../../src/core/ed25519.ts"
import { stringifyJson } from "../../src/core/exact-json.ts"
import { Secret } from "../../src/core/secret.ts"
import { x25519PublicKey } from "../../src/core/x25519.ts"
import {
  chainReference,
  checkKeyPackage,
  makeKeyPackage,
  parseKeyPackage,
  type CheckedKeyPackage,
  type KeyPackage,
} from "../../src/keys/key-package.ts"
import { roleBits, ROLES, rolesOfBits, type Role } from "../../src/keys/roles.ts"
import { decodeCbor, encodeCbor } from "../../src/payload/cbor.ts"
import { judgeChain } from "../../src/trust/judge.ts"
import type { VerifiedDelegate } from "../../src/trust/verified-delegate.ts"
import { anAddress, bytesOfLength, flipped, onlyRefuses, refuses } from "../arbitrary.ts"
import { buildChain, factsOf, named, NOW, party, POLICY, REALM, type Party } from "../trust/chains.ts"
import { countedRandom } from "./parties.ts"

const DAY = 86_400_000
const SKEW = 300_000
const LABEL = "wek1 kp"

const [alice, mallory] = [party("alice"), party("mallory")]
const chainOf = (delegate: Party): CertificateChain => buildChain({ delegate, length: 3 })
const verified = (chain: CertificateChain): VerifiedDelegate => judgeChain(chain, factsOf(chain), POLICY)
const x = x25519PublicKey(new Secret(countedRandom("x of alice")(32)))
const pq = countedRandom("pq")(32)
const chain = chainOf(alice)
const delegate = verified(chain)

const content = (changes: Partial<KeyPackage> = {}): Omit<KeyPackage, "cs"> => ({
  realm: REALM,
  principal: alice.address,
  x,
  notBefore: NOW - 60_000,
  notAfter: NOW + 3_600_000,
  roles: new Set(["callee", "agent"] as const),
  certificates: chain,
  ...changes,
})
const made = (changes: Partial<KeyPackage> = {}, key = alice.csKey): Uint8Array => makeKeyPackage(content(changes), key)
const referring = { certificates: chainReference(chain) }
const check = (bytes: Uint8Array, by = delegate, now = NOW, skew = SKEW): CheckedKeyPackage =>
  checkKeyPackage(parseKeyPackage(bytes), by, now, skew)

/** A package with fields exchanged, and signed again, rightly. */
function signed(changes: Readonly<Record<number, unknown>>, key = alice.csKey, bytes = made(referring)): Uint8Array {
  const fields = (decodeCbor(bytes) as unknown[]).slice(0, -1)
  for (const [index, value] of Object.entries(changes)) fields[Number(index)] = value
  return encodeCbor([...fields, signLabelled(LABEL, sha256(encodeCbor(fields)), key)])
}

function refusesDamaged(bytes: Uint8Array): void {
  let taken = false
  const take = (): void => {
    parseKeyPackage(bytes)
    taken = true
  }
  onlyRefuses(take, /^keys\.package_(malformed|signature)$/)
  assert.equal(taken, false)
}

describe("keys: key package", () => {
  it("comes out as it was made, with a chain or a reference, with a post-quantum key or without", () => {
    const kem = concatBytes(...Array.from({ length: 37 }, () => pq))
    for (const more of [{}, referring, { pq: kem }, { ...referring, pq: kem }]) {
      const given = content(more)
      const parsed = parseKeyPackage(makeKeyPackage(given, alice.csKey))
      assert.deepEqual(parsed, { ...given, cs: alice.csPubKey })
      const checked = checkKeyPackage(parsed, delegate, NOW, SKEW)
      assert.deepEqual(checked, { ...parsed, delegate })
      assert.equal(checked.delegate, delegate)
    }
  })

  it("is on the wire what its description says, byte for byte", () => {
    const hex = (text: string): Uint8Array => fromHex(text) as Uint8Array
    const uint64 = (value: number): Uint8Array => {
      const bytes = new Uint8Array(9).fill(0x1b, 0, 1)
      new DataView(bytes.buffer).setBigUint64(1, BigInt(value))
      return bytes
    }
    const body = [
      Uint8Array.of(0x01, 0x54),
      hex(REALM),
      Uint8Array.of(0x54),
      hex(alice.address),
      Uint8Array.of(0x58, 32),
      hex(alice.csPubKey),
      Uint8Array.of(0x58, 32),
      x,
      uint64(NOW - 60_000),
      uint64(NOW + 3_600_000),
      Uint8Array.of(0b10001, 0x58, 32),
      createHash("sha256")
        .update("wek1 certs")
        .update(Buffer.concat(chain.map(({ digest }) => hex(digest))))
        .digest(),
    ]
    // The hash is of the list without its signature.
    const hash = createHash("sha256")
      .update(Buffer.concat([Uint8Array.of(0x89), ...body]))
      .digest()
    const key = createPrivateKey({
      key: Buffer.concat([hex("302e020100300506032b657004220420"), alice.csKey.expose()]),
      format: "der",
      type: "pkcs8",
    })
    const signature = sign(null, Buffer.concat([Buffer.from("wek1 kp\0"), hash]), key)
    const expected = Buffer.concat([Uint8Array.of(0x8a), ...body, Uint8Array.of(0x58, 64), signature])
    assert.equal(toHex(made(referring)), toHex(expected))
  })

  it("refuses every turned bit", () => {
    const bytes = made(referring)
    for (let bit = 0; bit < 8 * bytes.length; bit++) {
      refusesDamaged(flipped(bytes, bit))
    }
    check(bytes)
  })

  it("refuses every changed byte of one with its chain, and every one that is cut short or goes on", () => {
    const bytes = made()
    for (let at = 0; at < bytes.length; at++) {
      refusesDamaged(flipped(bytes, 8 * at + (at % 8)))
      refuses(() => parseKeyPackage(bytes.subarray(0, at)), "keys.package_malformed")
    }
    refuses(() => parseKeyPackage(concatBytes(bytes, new Uint8Array(1))), "keys.package_malformed")
    check(bytes)
  })

  describe("of somebody else", () => {
    const own = x25519PublicKey(new Secret(countedRandom("x of mallory")(32)))

    it("is refused where the X25519 key was exchanged on the way", () => {
      const fields = decodeCbor(made()) as unknown[]
      fields[4] = own
      refuses(() => parseKeyPackage(encodeCbor(fields)), "keys.package_signature")
    })

    it("is refused under the certificate of one who certified another's key as its own", () => {
      // Mallory's chain is valid and names Alice's key: she shows Alice's own package with it.
      const stolen = chainOf({ ...mallory, csKey: alice.csKey, csPubKey: alice.csPubKey })
      const thief = verified(stolen)
      assert.deepEqual([thief.address, thief.csPubKey], [mallory.address, alice.csPubKey])
      for (const certificates of [chain, chainReference(chain), stolen])
        refuses(() => check(made({ certificates }), thief), "keys.package_mismatch")
      // What she would need: a package that names her, by Alice's key.
      const hers = content({ principal: mallory.address, x: own, certificates: stolen })
      check(makeKeyPackage(hers, alice.csKey), thief)
      const bytes = makeKeyPackage(hers, mallory.csKey)
      refuses(() => check(bytes, thief), "keys.package_mismatch")
      const fields = decodeCbor(bytes) as unknown[]
      fields[3] = fromHex(alice.csPubKey)
      refuses(() => parseKeyPackage(encodeCbor(fields)), "keys.package_signature")
    })

    it("is refused where it names a principal whose certificate names another key", () => {
      refuses(() => check(made({ x: own }, mallory.csKey)), "keys.package_mismatch")
      refuses(() => check(made({ x: own }, mallory.csKey), verified(chainOf(mallory))), "keys.package_mismatch")
    })

    it("is refused where its own key signed what names another", () => {
      const forged = signed({ 4: own }, mallory.csKey)
      refuses(() => parseKeyPackage(forged), "keys.package_signature")
    })

    it("is refused for another realm, or with another chain than the judged one", () => {
      refuses(() => check(made({ realm: named("another realm") })), "keys.package_mismatch")
      const other = buildChain({ delegate: alice, length: 3, bootedAt: NOW - 120_000 })
      for (const certificates of [other, chainReference(other), new Uint8Array(32), chain.slice(0, 2)])
        refuses(() => check(made({ certificates })), "keys.package_mismatch")
      check(made({ certificates: other }), verified(other))
    })
  })

  it("counts from its beginning to before its end, give or take the skew", () => {
    const [notBefore, notAfter] = [NOW, NOW + 1_000]
    const bytes = made({ notBefore, notAfter })
    for (const skew of [0, 500]) {
      for (const now of [notBefore - skew, notAfter - 1 + skew]) check(bytes, delegate, now, skew)
      for (const now of [notBefore - 1 - skew, notAfter + skew])
        refuses(() => check(bytes, delegate, now, skew), "keys.package_expired")
    }
  })

  it("is for 24 hours at most, and for some time at all", () => {
    check(made({ notBefore: NOW, notAfter: NOW + DAY }))
    for (const notAfter of [NOW + DAY + 1, NOW, NOW - 1]) {
      refuses(() => made({ notBefore: NOW, notAfter }), "keys.package_malformed")
      refuses(() => parseKeyPackage(signed({ 5: NOW, 6: notAfter })), "keys.package_malformed")
    }
  })

  it("is refused with an X25519 key of low order", () => {
    const order8 = "e0eb7a7c3b41b8ae1656e3faf19fc46ada098deb9c32b1fd866205165f49b800"
    for (const point of [new Uint8Array(32), Uint8Array.of(1, ...new Uint8Array(31)), fromHex(order8) as Uint8Array])
      refuses(() => check(made({ x: point })), "keys.agreement")
  })

  it("carries every set of roles, and no set of none or of unknown ones", () => {
    const names = [...(Object.keys(ROLES) as Role[]), "agent" as const]
    for (let bits = 1; bits < 32; bits++) {
      const roles = rolesOfBits(bits)
      assert.ok(roles)
      assert.deepEqual(new Set(names.filter((_, i) => (bits >> i) & 1)), roles)
      assert.equal(roleBits(roles), bits)
      assert.deepEqual(parseKeyPackage(made({ ...referring, roles })).roles, roles)
    }
    for (const bits of [0, 32, 33, -1, 1.5, 2 ** 32 + 1, Number.NaN, 2n ** 60n, "1", null]) {
      assert.equal(rolesOfBits(bits), undefined)
      if (!Number.isNaN(bits)) refuses(() => parseKeyPackage(signed({ 7: bits })), "keys.package_malformed")
    }
    refuses(() => made({ roles: new Set() }), "keys.package_malformed")
  })

  const texts = chain.map((certificate) => stringifyJson(toTypedData(certificate)))
  const malformed: readonly [string, Readonly<Record<number, unknown>>][] = [
    ["version", { 0: 2 }],
    ["version as text", { 0: "1" }],
    ["realm of 19 bytes", { 1: new Uint8Array(19) }],
    ["realm as text", { 1: REALM }],
    ["principal of 32 bytes", { 2: new Uint8Array(32) }],
    ["cs of 31 bytes", { 3: new Uint8Array(31) }],
    ["x of 33 bytes", { 4: new Uint8Array(33) }],
    ["negative time", { 5: -2, 6: -1 }],
    ["fractional time", { 5: NOW - 0.5 }],
    ["time beyond 2^53", { 5: 2n ** 63n, 6: 2n ** 63n + 1n }],
    ["no certificates", { 8: [] }],
    ["nine certificates", { 8: Array.from({ length: 9 }, () => texts[0]) }],
    ["a certificate that is no text", { 8: [texts[0], 7] }],
    ["a reference of 31 bytes", { 8: new Uint8Array(31) }],
    ["certificates as one text", { 8: `[${texts.join()}]` }],
    ["a pq key of 1,183 bytes", { 9: new Uint8Array(1_183) }],
    ["a pq key that is null", { 9: null }],
    ["two more fields", { 9: new Uint8Array(1_184), 10: 1 }],
  ]
  for (const [what, changes] of malformed) {
    it(`is refused with a wrong field though rightly signed: ${what}`, () => {
      refuses(() => parseKeyPackage(signed(changes)), "keys.package_malformed")
    })
  }

  it("is refused with certificates that are none, though rightly signed", () => {
    const [first = "", second = ""] = texts
    refuses(() => parseKeyPackage(signed({ 8: ["[", second] })), "keys.package_malformed")
    refuses(() => parseKeyPackage(signed({ 8: ["[".repeat(30_000)] })), "keys.package_malformed")
    refuses(() => parseKeyPackage(signed({ 8: ["null"] })), "certificate.malformed")
    refuses(() => parseKeyPackage(signed({ 8: [`${first},${second}`] })), "keys.package_malformed")
    refuses(() => parseKeyPackage(signed({ 8: [`[${first},${second}]`] })), "certificate.malformed")
    refuses(() => parseKeyPackage(signed({ 8: [first.replace("WMP", "WMQ")] })), "certificate.foreign_types")
    refuses(() => parseKeyPackage(signed({ 8: [first.replace(/1[bc]"\]$/, '1d"]')] })), "certificate.signature_form")
    assert.deepEqual(parseKeyPackage(signed({ 8: texts })).certificates, chain)
  })

  it("is refused in any other encoding, though the content is the same and rightly signed", () => {
    const bytes = made(referring)
    const at = (needle: Uint8Array): number => Buffer.from(bytes).indexOf(needle)
    const time = encodeCbor(NOW - 60_000)
    const float = new Uint8Array(9).fill(0xfb, 0, 1)
    new DataView(float.buffer).setFloat64(1, NOW - 60_000)
    const other = (from: number, length: number, put: Uint8Array): Uint8Array =>
      concatBytes(bytes.subarray(0, from), put, bytes.subarray(from + length))
    const encodings = {
      "a time as a float": other(at(time), time.length, float),
      "a longer number": other(1, 1, Uint8Array.of(0x18, 1)),
      "a longer list head": other(0, 1, Uint8Array.of(0x98, 10)),
      "a list without its length": concatBytes(other(0, 1, Uint8Array.of(0x9f)), Uint8Array.of(0xff)),
      "a tag": concatBytes(Uint8Array.of(0xd9, 0xd9, 0xf7), bytes),
    }
    assert.equal((decodeCbor(encodings["a time as a float"]) as unknown[])[5], NOW - 60_000)
    for (const given of Object.values(encodings)) refuses(() => parseKeyPackage(given), "keys.package_malformed")
  })

  it("is no larger than what carries it", () => {
    const huge = JSON.stringify("a".repeat(65_535))
    refuses(() => parseKeyPackage(signed({ 8: [huge] })), "keys.package_malformed")
    const meta = "x".repeat(4_096)
    const [one] = chain
    assert.ok(one)
    const long = { ...one, certificate: { ...one.certificate, meta: meta.repeat(17) } }
    refuses(() => made({ certificates: [long] }), "keys.package_malformed")
  })

  it("is refused where its maker has no seed of 32 bytes", () => {
    refuses(() => made({}, new Secret(new Uint8Array(31))), "usage.invalid")
  })

  it("comes out as it was made, whatever is in it", () => {
    const time = fc.integer({ min: 0, max: 2 ** 52 })
    fc.assert(
      fc.property(
        bytesOfLength(32),
        anAddress,
        anAddress,
        bytesOfLength(32),
        time,
        fc.integer({ min: 1, max: DAY }),
        fc.integer({ min: 1, max: 31 }),
        bytesOfLength(32),
        fc.option(bytesOfLength(1_184), { nil: undefined }),
        (seed, realm, principal, point, notBefore, length, bits, certificates, kem) => {
          const roles = rolesOfBits(bits)
          assert.ok(roles)
          const times = { notBefore, notAfter: notBefore + length }
          const given = { realm, principal, x: point, ...times, roles, certificates, ...(kem && { pq: kem }) }
          const key = new Secret(seed)
          const bytes = makeKeyPackage(given, key)
          assert.deepEqual(parseKeyPackage(bytes), { ...given, cs: ed25519PublicKey(key) })
        },
      ),
      { numRuns: 200 },
    )
  })

  it("gives nothing but errors of its own for random bytes, lists and rightly signed fields", () => {
    const family = /^(keys\.package_(malformed|signature)|certificate\.(malformed|signature_form|foreign_types))$/
    const value = fc.oneof(
      fc.uint8Array({ maxLength: 40 }),
      fc.integer(),
      fc.double(),
      fc.string(),
      fc.constant(null),
      fc.array(fc.oneof(fc.json(), fc.constantFrom(...texts)), { maxLength: 9 }),
    )
    fc.assert(
      fc.property(
        fc.oneof(
          fc.uint8Array(),
          fc.array(value, { maxLength: 12 }).map(encodeCbor),
          fc.tuple(fc.nat(9), value).map(([index, given]) => signed({ [index]: given })),
        ),
        (bytes) => onlyRefuses(() => parseKeyPackage(bytes), family),
      ),
      { numRuns: 1_000 },
    )
  })

  it("signs nothing that could be a challenge, and under a label of its own", () => {
    const signature = (decodeCbor(made(referring)) as Uint8Array[]).at(-1)
    const fields = (decodeCbor(made(referring)) as unknown[]).slice(0, -1)
    const hash = sha256(encodeCbor(fields))
    assert.deepEqual(signature, signLabelled(LABEL, hash, alice.csKey))
    for (const label of ["wek1 sig", "wek1 grant request", "wek1 grant response"]) {
      const wrong = signLabelled(label, hash, alice.csKey)
      refuses(() => parseKeyPackage(encodeCbor([...fields, wrong])), "keys.package_signature")
    }
    assert.notEqual(utf8ToBytes(`${LABEL}\0`).length + hash.length, 32)
  })
}).timeout(60_000)
