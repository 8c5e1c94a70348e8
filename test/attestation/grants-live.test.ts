import assert from "node:assert/strict"
import { sha256 } from "@noble/hashes/sha2.js"
import { attesterId, KINDS, measurementKey } from "../../src/attestation/facts.ts"
import type { Attester } from "../../src/attestation/kind.ts"
import { concatBytes, utf8ToBytes, type Hex } from "../../src/core/bytes.ts"
import { openAttester, ROUTERS, type TpmAttester } from "../../src/device/attester.ts"
import { extendRegister, readRegisters } from "../../src/device/registers.ts"
import type { Tpm } from "../../src/device/tpm.ts"
import { rejects } from "../arbitrary.ts"
import { describeLive, startSimulator, type Simulator } from "../device/swtpm.ts"
import { AttestedWorld, BANK, MACHINE, MASK } from "../session/members/attested-world.ts"
import { PUMP } from "../session/stage.ts"
import type { Inhabitant } from "../session/world.ts"
import { party } from "../trust/chains.ts"

const TPM = KINDS["tpm-2.0"]

/** What a machine is started with. */
async function boot(tpm: Tpm, software = "1.0"): Promise<void> {
  await extendRegister(tpm, 0, new Map([[BANK, sha256(utf8ToBytes(`firmware ${software}`))]]))
}

async function measurementOf(tpm: Tpm): Promise<Hex> {
  const registers = await readRegisters(tpm, { bank: BANK, mask: MASK })
  return measurementKey(TPM, BANK, MASK, sha256(concatBytes(...registers)))
}

describeLive("attested grants between TPMs", () => {
  let world: AttestedWorld
  let ofCallee: Simulator
  let ofCaller: Simulator
  let callee: Inhabitant
  let proving: TpmAttester

  beforeEach(async () => {
    world = new AttestedWorld()
    ;[ofCallee, ofCaller] = [await startSimulator(), await startSimulator()]
    for (const [name, { tpm }] of [
      ["callee", ofCallee],
      ["caller", ofCaller],
    ] as const) {
      await boot(tpm)
      const attester = await openAttester(tpm)
      world.registry.enroll(attesterId(TPM, attester.keyName), party(name).address)
      world.registry.measure(MACHINE, await measurementOf(tpm))
      if (name === "callee") callee = await joined("callee", attester)
      else proving = attester
    }
    await callee.endpoint.register(PUMP, ([value]) => value)
  })
  afterEach(async () => {
    await world.close()
    await Promise.all([ofCallee.close(), ofCaller.close()])
  })

  const joined = (name: string, prove: Attester): Promise<Inhabitant> =>
    world.live(name, { attestation: { prove, judge: world.judge() } })

  it("are given to those that were measured, again and again", async () => {
    const caller = await joined("caller", proving)
    for (let turn = 0; turn < 3; turn++) {
      assert.equal(await caller.endpoint.call(PUMP, [turn]), turn)
      callee.endpoint.rotateKeys(PUMP)
    }
    assert.deepEqual([callee.refused, caller.refused], [[], []])
  })

  it("are refused after a register was extended, in the same program and in another", async () => {
    const caller = await joined("caller", proving)
    assert.equal(await caller.endpoint.call(PUMP, [1]), 1)
    await extendRegister(ofCaller.tpm, 7, new Map([[BANK, new Uint8Array(32).fill(1)]]))
    callee.endpoint.rotateKeys(PUMP)
    await rejects(caller.endpoint.call(PUMP, [2]), "attestation.measurement")
    await rejects((await joined("caller", proving)).endpoint.call(PUMP, [2]), "attestation.measurement")
  })

  it("are refused to who shows another machine's TPM", async () => {
    const elsewhere = await openAttester(ofCallee.tpm)
    await rejects((await joined("caller", elsewhere)).endpoint.call(PUMP, [1]), "attestation.delegate")
    await elsewhere.close()
  })

  it("are refused to a TPM that nobody enrolled", async () => {
    const simulated = await startSimulator()
    await boot(simulated.tpm)
    const caller = await joined("caller", await openAttester(simulated.tpm))
    await rejects(caller.endpoint.call(PUMP, [1]), "attestation.attester")
    await simulated.close()
  })

  it("are refused to the key that signs what routers choose, by its own machine", async () => {
    const forRouters = await openAttester(ofCaller.tpm, { purpose: ROUTERS })
    world.registry.enroll(attesterId(TPM, forRouters.keyName), party("caller").address)
    await rejects((await joined("caller", forRouters)).endpoint.call(PUMP, [1]), "usage.invalid")
    await forRouters.close()
  })

  /** A program that went through a restart of its machine, as only an image of it could. */
  async function through(how: "orderly" | "by the plug"): Promise<Inhabitant> {
    let current: Attester = proving
    const prove: Attester = {
      kind: proving.kind,
      keyName: proving.keyName,
      attest: (nonce, registers) => current.attest(nonce, registers),
    }
    const caller = await joined("caller", prove)
    assert.equal(await caller.endpoint.call(PUMP, [1]), 1)
    await ofCaller.restart(how)
    await boot(ofCaller.tpm)
    current = await openAttester(ofCaller.tpm)
    proving = current as TpmAttester
    callee.endpoint.rotateKeys(PUMP)
    return caller
  }

  it("are refused to a program that was there before its TPM was reset; not to one started after it", async () => {
    const caller = await through("orderly")
    await rejects(caller.endpoint.call(PUMP, [2]), "attestation.reset")
    const started = await joined("caller", proving)
    assert.equal(await started.endpoint.call(PUMP, [3]), 3)
  })

  it("are refused while the TPM does not know whether its clock went back", async () => {
    const caller = await through("by the plug")
    await rejects(caller.endpoint.call(PUMP, [2]), "attestation.clock")
  })

  it("are refused by members once the agent's machine was started with something else", async () => {
    const caller = await joined("caller", proving)
    assert.equal(await caller.endpoint.call(PUMP, [1]), 1)
    await extendRegister(ofCallee.tpm, 0, new Map([[BANK, new Uint8Array(32).fill(1)]]))
    await rejects((await joined("caller", proving)).endpoint.call(PUMP, [2]), "attestation.measurement")
  })
})
