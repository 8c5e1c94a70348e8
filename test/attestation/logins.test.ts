import assert from "node:assert/strict"
import * as fc from "fast-check"
import { appraiserBy } from "../../src/attestation/appraiser-by.ts"
import { encodeEvidence } from "../../src/attestation/evidence.ts"
import { attestedClients } from "../../src/attestation/logins.ts"
import { isE2eeError } from "../../src/core/errors.ts"
import { rejects } from "../arbitrary.ts"
import { BANK, boot, MACHINE, MASK, RegistryTable } from "../session/members/attested-world.ts"
import { NOW, party } from "../trust/chains.ts"
import { SoftwareTpm } from "./software-tpm.ts"

const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString("hex")

describe("attestation: platforms of a router's clients", () => {
  let registry: RegistryTable
  let machine: SoftwareTpm
  let now: number
  const { address } = party("pump")

  beforeEach(() => {
    now = NOW
    registry = new RegistryTable()
    registry.setPolicy(MACHINE, { maximumAge: 10n })
    machine = new SoftwareTpm("pump")
    boot(machine, "pump")
    registry.enroll(machine.id, address)
    registry.measure(MACHINE, machine.measurement(BANK, MASK))
  })
  const clients = () => attestedClients(appraiserBy(registry), MACHINE, { clock: () => now })
  async function shown() {
    const challenge = crypto.getRandomValues(new Uint8Array(32))
    const quote = hex(encodeEvidence(await machine.attest(challenge, { bank: BANK, mask: MASK })))
    return { challenge, authid: address, quote, measurement: undefined }
  }

  it("are judged by the policy that was asked for, whose registers the login names", async () => {
    const login = await clients().begin()
    assert.deepEqual(login.registers, [0, 2, 4, 7])
    await login.judge(await shown())
    await rejects(login.judge({ ...(await shown()), authid: "pump-7" }), "attestation.delegate")
    await rejects(login.judge({ ...(await shown()), authid: party("other").address }), "attestation.delegate")
    now += 11_000
    await rejects(login.judge(await shown()), "attestation.age")
  })

  it("may go by other names than their addresses", async () => {
    const delegateOf = (authid: string) => (authid === "pump-7" ? address : undefined)
    const login = await attestedClients(appraiserBy(registry), MACHINE, { clock: () => now, delegateOf }).begin()
    await login.judge({ ...(await shown()), authid: "pump-7" })
    await rejects(login.judge(await shown()), "attestation.delegate")
  })

  it("cost the registry one question in five seconds, and none are remembered that failed", async () => {
    const all = clients()
    registry.reachable = false
    await rejects(all.begin(), "chain.unreachable")
    registry.reachable = true
    const { asked } = registry
    for (let i = 0; i < 20; i++) await all.begin()
    assert.equal(registry.asked, asked + 1)
    now += 5_001
    await all.begin()
    assert.equal(registry.asked, asked + 2)
  })

  it("do not go back to an earlier state of their TPM, and may be reset", async () => {
    const all = clients()
    const login = await all.begin()
    await login.judge(await shown())
    machine.resetCount++
    await login.judge(await shown())
    machine.resetCount--
    await rejects(login.judge(await shown()), "attestation.reset")
  })

  it("show their log beside the quote, and of no more than its limit", async () => {
    const login = await clients().begin()
    const challenge = crypto.getRandomValues(new Uint8Array(32))
    const quoted = await machine.attest(challenge, { bank: BANK, mask: MASK })
    const given = { challenge, authid: address, measurement: undefined }
    for (const log of [{ firmwareLog: new Uint8Array(8) }, { imaLog: new Uint8Array(8) }])
      await rejects(
        login.judge({ ...given, quote: hex(encodeEvidence({ ...quoted, ...log })) }),
        "attestation.malformed",
      )
    const quote = hex(encodeEvidence(quoted))
    await rejects(login.judge({ ...given, quote, measurement: "00".repeat(262_145) }), "attestation.too_large")
    await rejects(login.judge({ ...given, quote: "00".repeat(786_433) }), "attestation.too_large")
    await rejects(login.judge({ ...given, quote, measurement: "00" }), "attestation.malformed")
    await login.judge({ ...given, quote })
  })

  it("are refused with a code, whatever they show", async () => {
    const login = await clients().begin()
    const honest = await shown()
    const bytes = Buffer.from(honest.quote, "hex")
    const anything = fc.oneof(fc.anything(), fc.string(), fc.uint8Array().map(hex))
    const changed = fc.tuple(fc.nat(bytes.length - 1), fc.integer({ min: 1, max: 255 })).map(([at, bits]) => {
      const copy = Uint8Array.from(bytes)
      copy[at] = (copy[at] as number) ^ bits
      return hex(copy)
    })
    await fc.assert(
      fc.asyncProperty(
        fc.oneof(anything, changed),
        fc.option(anything, { nil: undefined }),
        async (quote, measurement) => {
          const error = await login.judge({ ...honest, quote, measurement }).then(
            () => undefined,
            (refused: unknown) => refused,
          )
          assert.ok(isE2eeError(error) && error.code.startsWith("attestation."), String(error))
        },
      ),
      { numRuns: 500 },
    )
  })
})
