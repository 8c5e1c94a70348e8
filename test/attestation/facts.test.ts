import assert from "node:assert/strict"
import * as fc from "fast-check"
import { keccak256, stringToHex } from "viem"
import {
  attesterId,
  BANKS,
  isBank,
  isKeyName,
  isSelection,
  KINDS,
  MASKS,
  measurementKey,
  roleOf,
  type Bank,
  type Kind,
} from "../../src/attestation/facts.ts"
import { fromHex, toHex, type Hex } from "../../src/core/bytes.ts"
import { deploy, refuses } from "../contracts/fixture.ts"
import { deployAttestations } from "../contracts/attestation-fixture.ts"

const DIGEST: Hex = `0x${"d1".repeat(32)}`
const kind = fc.constantFrom<Kind>(...Object.values(KINDS))
/** Numbers of banks and masks, mostly near those that count. */
const bank = fc.oneof(fc.constantFrom<number>(...Object.values(BANKS), 0x0004), fc.integer({ min: 0, max: 0xffff }))
const mask = fc.oneof(
  fc.constantFrom(0, 1, 0x8f, 1 << 15, 1 << 16, 1 << 22, 1 << 23, 1 << 24, ...Object.values(MASKS)),
  fc.integer({ min: 0, max: 0xffff_ffff }),
)
const name = fc
  .tuple(
    fc.constantFrom("", "000b", "000c", "000d", "0004"),
    fc.oneof(fc.constantFrom(0, 20, 32, 48, 64), fc.nat(70)),
    fc.nat(255),
  )
  .map(([start, length, byte]) => fromHex(`${start}${byte.toString(16).padStart(2, "0").repeat(length)}`)!)

describe("names of keys, measurements and roles", () => {
  it("refuse what is none, with a code", () => {
    const invalid = { code: "usage.invalid" }
    assert.throws(() => roleOf(""), invalid)
    assert.throws(() => attesterId(KINDS["tpm-2.0"], new Uint8Array(34)), invalid)
    assert.throws(() => attesterId(KINDS["aws-nitro"], new Uint8Array(34)), invalid)
    assert.throws(() => measurementKey(KINDS["tpm-2.0"], BANKS.sha256, 0, DIGEST), invalid)
    assert.throws(() => measurementKey(KINDS["aws-nitro"], BANKS.sha256, 1, DIGEST), invalid)
    assert.throws(() => measurementKey(KINDS["tpm-2.0"], BANKS.sha256, 1, "0x12"), invalid)
    assert.throws(() => measurementKey(KINDS["tpm-2.0"], BANKS.sha256, 1, new Uint8Array(48)), invalid)
  })

  it("ask for no SHA-1, no PCR that can be reset, and none that is not there", () => {
    const [tpm, nitro] = [KINDS["tpm-2.0"], KINDS["aws-nitro"]]
    assert.equal(isBank(0x0004), false)
    for (const pcr of [16, 23, 24, 31]) {
      assert.equal(isSelection(tpm, BANKS.sha256, 2 ** pcr), false, `PCR ${pcr}`)
      assert.equal(isSelection(tpm, BANKS.sha256, 2 ** pcr + 1), false, `PCR ${pcr} and 0`)
    }
    for (const pcr of [0, 15, 17, 22]) assert.ok(isSelection(tpm, BANKS.sha256, 2 ** pcr))
    assert.ok(isSelection(nitro, BANKS.sha384, 0xffff))
    assert.equal(isSelection(nitro, BANKS.sha384, 2 ** 17), false)
    for (const no of [-1, 0, 0.5, 1.5, 2 ** 32, Number.NaN]) assert.equal(isSelection(tpm, BANKS.sha256, no), false)
  })

  it("are of a role by its name", () => {
    for (const role of ["provider", "callee", "Ventil-Überwachung"]) {
      assert.equal(roleOf(role), keccak256(stringToHex(role)))
    }
    assert.notEqual(roleOf("provider"), roleOf("Provider"))
  })

  it("are those of the registry, which refuses exactly the same", async function () {
    this.timeout(120_000)
    const { registry } = await deployAttestations(await deploy())
    await fc.assert(
      fc.asyncProperty(kind, name, async (ofKind, bytes) => {
        const asked = registry.read.attesterId([ofKind, toHex(bytes)])
        if (isKeyName(ofKind, bytes)) assert.equal(await asked, attesterId(ofKind, bytes))
        else await refuses(asked, "AttesterNameInvalid", [BigInt(ofKind), toHex(bytes)])
      }),
      { numRuns: 500 },
    )
    await fc.assert(
      fc.asyncProperty(kind, bank, mask, fc.uint8Array({ minLength: 32, maxLength: 32 }), async (...given) => {
        const [ofKind, ofBank, ofMask, digest] = given
        const asked = registry.read.measurementKey([ofKind, ofBank, ofMask, toHex(digest)])
        if (isSelection(ofKind, ofBank, ofMask)) {
          assert.equal(await asked, measurementKey(ofKind, ofBank as Bank, ofMask, digest))
          assert.equal(await asked, measurementKey(ofKind, ofBank as Bank, ofMask, toHex(digest)))
        } else {
          await assert.rejects(asked, /Attestation(Bank|Mask)Refused/)
          assert.throws(() => measurementKey(ofKind, ofBank as Bank, ofMask, digest), { code: "usage.invalid" })
        }
      }),
      { numRuns: 1_000 },
    )
  })
})
