import assert from "node:assert/strict"
import { mkdtemp, rm, writeFile } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { appraise } from "../../src/attestation/appraise.ts"
import { nonceOf } from "../../src/attestation/binding.ts"
import { attesterId } from "../../src/attestation/facts.ts"
import { verify } from "../../src/attestation/verify.ts"
import { concatBytes } from "../../src/core/bytes.ts"
import { openAttester, ROUTERS } from "../../src/device/attester.ts"
import { extendRegister } from "../../src/device/registers.ts"
import { rejects } from "../arbitrary.ts"
import { bootedMachine, LOGS } from "../attestation/machines.ts"
import { APPRAISAL, bindingFor, DELEGATE, expectationFor, factsFor, REGISTERS, TPM } from "../attestation/world.ts"
import { describeLive, type Simulator } from "./swtpm.ts"

describeLive("device: attester", () => {
  let machine: Simulator
  let folder: string
  const file = (name: string): string => join(folder, name)
  before(async () => {
    machine = await bootedMachine()
    folder = await mkdtemp(join(tmpdir(), "wamp-e2ee-logs-"))
    await writeFile(file("firmware"), LOGS.firmwareLog)
    // What the kernel measured between the quote and the reading of the log is not for this quote.
    const entry = LOGS.imaLog.slice(0, 39 + (LOGS.imaLog[35] ?? 0))
    await writeFile(file("ima"), concatBytes(LOGS.imaLog, entry))
    await writeFile(file("foreign"), entry)
  })
  after(async () => {
    await machine.close()
    await rm(folder, { recursive: true, force: true })
  })

  it("gives evidence that a peer accepts, with logs that end where the quote was made", async () => {
    const attester = await openAttester(machine.tpm, { firmwareLog: file("firmware"), imaLog: file("ima") })
    const binding = bindingFor(attesterId(TPM, attester.keyName))
    const evidence = await attester.attest(nonceOf(binding), REGISTERS)
    assert.deepEqual(evidence.firmwareLog, LOGS.firmwareLog)
    assert.deepEqual(evidence.imaLog, LOGS.imaLog)
    const quote = await verify(evidence, expectationFor(binding))
    assert.equal(quote.fields.imaEntries?.length, 13)
    const facts = factsFor(binding.attester, quote.fields.measurement)
    assert.equal(appraise(quote, facts, APPRAISAL).delegate, DELEGATE)
    await attester.close()
  })

  it("has nothing to say of IMA where its register is not quoted", async () => {
    const attester = await openAttester(machine.tpm, { imaLog: file("ima") })
    const binding = bindingFor(attesterId(TPM, attester.keyName))
    const asked = { ...REGISTERS, mask: 0x3ff }
    const evidence = await attester.attest(nonceOf(binding), asked)
    assert.equal(evidence.imaLog, undefined)
    const quote = await verify({ ...evidence, imaLog: LOGS.imaLog }, expectationFor(binding, asked))
    assert.equal(quote.fields.imaEntries, undefined)
    await attester.close()
  })

  it("quotes again where a register changed meanwhile", async () => {
    const attester = await openAttester(machine.tpm)
    const binding = bindingFor(attesterId(TPM, attester.keyName))
    const asked = attester.attest(nonceOf(binding), REGISTERS)
    await extendRegister(machine.tpm, 14, new Map([[0x0b, new Uint8Array(32).fill(9)]]))
    const quote = await verify(await asked, expectationFor(binding))
    assert.notDeepEqual(quote.fields.registers.at(-1), new Uint8Array(32))
    await attester.close()
  })

  it("has a key of its own for routers, and neither key signs what is for the other", async () => {
    const [peers, routers] = [await openAttester(machine.tpm), await openAttester(machine.tpm, { purpose: ROUTERS })]
    assert.notDeepEqual(peers.keyName, routers.keyName)
    for (const length of [0, 32, 33, 35])
      await rejects(peers.attest(new Uint8Array(length), REGISTERS), "usage.invalid")
    for (const length of [0, 31, 33, 34])
      await rejects(routers.attest(new Uint8Array(length), REGISTERS), "usage.invalid")
    assert.equal((await routers.attest(new Uint8Array(32), REGISTERS)).registers.length, 12)
    await peers.close()
    await routers.close()
  })

  it("refuses logs that are not this machine's, or are not there", async () => {
    for (const [imaLog, code] of [
      ["foreign", "attestation.event_log"],
      ["nothing", "store.io"],
    ] as const) {
      const attester = await openAttester(machine.tpm, { imaLog: file(imaLog) })
      await rejects(attester.attest(new Uint8Array(34), REGISTERS), code)
      await attester.close()
    }
  })
})
