import assert from "node:assert/strict"
import { sha256, sha384 } from "@noble/hashes/sha2.js"
import { parseAttest, TPM_GENERATED, ATTEST_QUOTE } from "../../src/attestation/tpm/attest.ts"
import { HIERARCHY, qualifiedName } from "../../src/attestation/tpm/public-area.ts"
import { parseSignature, verifySignature } from "../../src/attestation/tpm/signature.ts"
import { u32 } from "../../src/core/byte-writer.ts"
import { concatBytes } from "../../src/core/bytes.ts"
import { endorsementCertificate } from "../../src/device/endorsement.ts"
import { createPrimary, flush, readPublic, withPrimary } from "../../src/device/keys.ts"
import { quote } from "../../src/device/quote.ts"
import { describeTpm, extendRegister, readClock, readRegisters } from "../../src/device/registers.ts"
import { attestationTemplate, endorsementTemplate } from "../../src/device/templates.ts"
import { rejects } from "../arbitrary.ts"
import { describeLive, startSimulator, type Simulator } from "./swtpm.ts"

describeLive("device: a TPM", () => {
  let machine: Simulator
  before(async () => (machine = await startSimulator()))
  after(() => machine.close())

  it("says who made it and which banks are on", async () => {
    const { manufacturer, banks } = await describeTpm(machine.tpm)
    assert.equal(manufacturer, "IBM")
    assert.ok(banks.some(({ bank, mask }) => bank === 0x0b && mask === 0xff_ff_ff))
  })

  it("makes the same key from a template every time, and another for another purpose", async () => {
    const one = await withPrimary(machine.tpm, attestationTemplate("peer"), async ({ name }) => name)
    const same = await withPrimary(machine.tpm, attestationTemplate("peer"), async ({ name }) => name)
    const other = await withPrimary(machine.tpm, attestationTemplate("router"), async ({ name }) => name)
    assert.deepEqual(one, same)
    assert.notDeepEqual(one, other)
    await machine.restart()
    assert.deepEqual(await withPrimary(machine.tpm, attestationTemplate("peer"), async ({ name }) => name), one)
  })

  it("makes endorsement keys of both templates, and has no certificate unless somebody put one there", async () => {
    for (const template of ["L-1", "L-2"] as const) {
      const { area } = await withPrimary(machine.tpm, endorsementTemplate(template), async (key) => key)
      assert.equal(area.key.type, template === "L-1" ? "rsa" : "ecc")
      assert.equal(await endorsementCertificate(machine.tpm, template), undefined)
    }
  })

  it("extends and reads registers bank by bank", async () => {
    const before = await readRegisters(machine.tpm, { bank: 0x0b, mask: 0x3ff_ff })
    assert.equal(before.length, 18)
    const digests = new Map([
      [0x0b, sha256(Uint8Array.of(1))],
      [0x0c, sha384(Uint8Array.of(1))],
    ])
    await extendRegister(machine.tpm, 10, digests)
    const [after] = await readRegisters(machine.tpm, { bank: 0x0b, mask: 1 << 10 })
    assert.deepEqual(after, sha256(concatBytes(before[10]!, digests.get(0x0b)!)))
    const [wide] = await readRegisters(machine.tpm, { bank: 0x0c, mask: 1 << 10 })
    assert.deepEqual(wide, sha384(concatBytes(new Uint8Array(48), digests.get(0x0c)!)))
    await rejects(readRegisters(machine.tpm, { bank: 0x12, mask: 1 }), "device.refused")
    await rejects(
      readRegisters(machine.tpm, { bank: 0x0b, mask: 0 }).then(() => extendRegister(machine.tpm, 99, digests)),
      "device.refused",
    )
  })

  it("signs its registers with what it is given", async () => {
    await withPrimary(machine.tpm, attestationTemplate("peer"), async (key) => {
      const extra = new Uint8Array(34).fill(7)
      const { statement, signature } = await quote(machine.tpm, key, { bank: 0x0b, mask: 0x4ff }, extra)
      const attest = parseAttest(statement)
      assert.equal(attest.magic, TPM_GENERATED)
      assert.equal(attest.type, ATTEST_QUOTE)
      assert.deepEqual(attest.extraData, extra)
      assert.deepEqual(attest.qualifiedSigner, qualifiedName(u32(HIERARCHY.endorsement), key.name))
      assert.deepEqual((await readPublic(machine.tpm, key.handle)).qualifiedName, attest.qualifiedSigner)
      assert.deepEqual(attest.quote?.selections, [{ bank: 0x0b, mask: 0x4ff }])
      const values = await readRegisters(machine.tpm, { bank: 0x0b, mask: 0x4ff })
      assert.deepEqual(attest.quote?.digest, sha256(concatBytes(...values)))
      await verifySignature(key.area, parseSignature(signature), statement)
    })
  })

  it("counts resets, and says when its clock may have gone back", async () => {
    const before = await readClock(machine.tpm)
    await machine.restart()
    const orderly = await readClock(machine.tpm)
    assert.equal(orderly.resetCount, before.resetCount + 1)
    assert.equal(orderly.safe, true)
    await machine.restart("by the plug")
    assert.equal((await readClock(machine.tpm)).safe, false)
    await machine.restart()
  })

  it("refuses a key that is flushed", async () => {
    const key = await createPrimary(machine.tpm, attestationTemplate("peer"))
    await flush(machine.tpm, key.handle)
    await rejects(quote(machine.tpm, key, { bank: 0x0b, mask: 1 }, new Uint8Array(34)), "device.refused")
    await rejects(flush(machine.tpm, key.handle), "device.refused")
  })
})
