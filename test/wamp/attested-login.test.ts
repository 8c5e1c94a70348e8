import assert from "node:assert/strict"
import { sha256 } from "@noble/hashes/sha2.js"
import { Wampy } from "wampy"
import { WebSocket } from "ws"
import { appraiserBy } from "../../src/attestation/appraiser-by.ts"
import { nonceOf } from "../../src/attestation/binding.ts"
import type { TpmEvidence } from "../../src/attestation/evidence.ts"
import { attesterId, BANKS, KINDS, measurementKey } from "../../src/attestation/facts.ts"
import type { Attester } from "../../src/attestation/kind.ts"
import { attestedClients } from "../../src/attestation/logins.ts"
import { trustedClients } from "../../src/authentication.ts"
import { concatBytes, fromHex } from "../../src/core/bytes.ts"
import { E2eeError, type ErrorCode } from "../../src/core/errors.ts"
import { openAttester, ROUTERS } from "../../src/device/attester.ts"
import { readRegisters } from "../../src/device/registers.ts"
import { startRouter, type Router, type RouterEvent } from "../../src/router/index.ts"
import { cryptosign as autobahnCryptosign, type SerializerName } from "../../src/wamp/autobahn.ts"
import { cryptosign, type CryptosignSettings } from "../../src/wamp/wampy.ts"
import { bindingFor } from "../attestation/world.ts"
import { LOGS } from "../attestation/machines.ts"
import { SoftwareTpm } from "../attestation/software-tpm.ts"
import { rejects } from "../arbitrary.ts"
import { describeLive, startSimulator } from "../device/swtpm.ts"
import { startHostile, type Message, type Rewrite } from "../router/hostile.ts"
import { BANK, boot, MACHINE, MASK, RegistryTable } from "../session/members/attested-world.ts"
import { TrustTable } from "../session/world.ts"
import { buildChain, NOW, party } from "../trust/chains.ts"
import { autobahnClient, closed, opened, WAMPY_SERIALIZERS } from "../world.ts"

const [HELLO, CHALLENGE, AUTHENTICATE] = [1, 4, 5]
const identityOf = (name: string) => ({
  certificates: buildChain({ delegate: party(name) }),
  csKey: party(name).csKey,
})

describe("logins with evidence of the platform, as the specification has it", function () {
  this.timeout(8_000)
  let registry: RegistryTable
  let machine: SoftwareTpm
  let router: Router
  let log: RouterEvent[]
  let refusals: E2eeError[]
  const closing: (() => Promise<unknown>)[] = []

  beforeEach(async () => {
    registry = new RegistryTable()
    registry.setPolicy(MACHINE)
    machine = measured("pump")
    log = []
    refusals = []
    const clock = (): number => NOW
    const judge = trustedClients(new TrustTable(), { clock })
    const attest = attestedClients(appraiserBy(registry), MACHINE, { clock })
    router = await startRouter({
      authentication: { cryptosign: { judge, attest } },
      log: (event) => log.push(event),
    })
    closing.push(() => router.close({ deadlineMs: 20 }))
  })
  afterEach(async () => {
    for (const close of closing.splice(0).toReversed()) await close()
  })

  /** A machine with a key for routers, as the realm accepts it. */
  function measured(name: string): SoftwareTpm {
    const tpm = new SoftwareTpm(`${name}, for routers`)
    boot(tpm, name)
    registry.enroll(tpm.id, party(name).address)
    registry.measure(MACHINE, tpm.measurement(BANK, MASK))
    return tpm
  }
  async function login(settings: CryptosignSettings = {}, url = router.url, name = "pump") {
    const onRefusal = (error: E2eeError): void => void refusals.push(error)
    const given = { attest: machine, onRefusal, ...settings }
    const options = { realm: "realm1", ws: WebSocket, autoReconnect: false, ...cryptosign(identityOf(name), given) }
    const client = new Wampy(url, options as never)
    const details = (await client.connect()) as unknown as Record<string, unknown>
    closing.push(() => client.disconnect())
    return details
  }
  const why = (): string => log.flatMap((event) => (event.event === "session_refused" ? [event.why] : [])).join()
  async function refused(work: Promise<unknown>, reason: RegExp): Promise<void> {
    await assert.rejects(work)
    assert.match(why(), reason)
  }
  async function middleMan(rewrite: Rewrite): Promise<string> {
    const hostile = await startHostile(router.url, rewrite)
    closing.push(() => hostile.close())
    return hostile.url
  }
  /** Changes AUTHENTICATE.Extra on the way. */
  const withExtra = (change: (extra: Record<string, unknown>) => object) =>
    middleMan((_direction, message) =>
      message[0] === AUTHENTICATE ? [...message.slice(0, 2), change(message[2] as Record<string, unknown>)] : message,
    )

  for (const [name, serializer] of Object.entries(WAMPY_SERIALIZERS))
    it(`let in what the realm accepts, over wampy and ${name}`, async () => {
      const details = await login({ serializer: new serializer() })
      assert.equal(details["authid"], party("pump").address)
      assert.deepEqual([machine.made, refusals.length], [1, 0])
    })

  for (const name of ["json", "msgpack", "cbor"] as const satisfies readonly SerializerName[])
    it(`let in what the realm accepts, over autobahn and ${name}`, async () => {
      const options = autobahnCryptosign(identityOf("pump"), { attest: machine, serializers: [name] })
      const { client } = autobahnClient(router.url, options)
      closing.push(() => closed(client))
      assert.equal((await opened(client))["authid"], party("pump").address)
      assert.equal(machine.made, 1)
    })

  it("ask for the policy's registers over the challenge, and show the log where there is one", async () => {
    const seen: Message[] = []
    const url = await middleMan((_direction, message) => {
      seen.push(message)
      return message
    })
    const bare = { ...machine, attest: machine.attest.bind(machine) }
    const logged: Attester<TpmEvidence> = {
      ...bare,
      attest: async (nonce, registers) => ({ ...(await bare.attest(nonce, registers)), firmwareLog: LOGS.firmwareLog }),
    }
    await refused(login({ attest: logged }, url), /log/)
    const challenge = seen.find(([code]) => code === CHALLENGE)?.[2] as Record<string, unknown>
    assert.deepEqual(challenge["attest"], [0, 2, 4, 7])
    const extra = seen.find(([code]) => code === AUTHENTICATE)?.[2] as Record<string, string>
    assert.deepEqual(fromHex(extra["measurement"] ?? ""), LOGS.firmwareLog)
    assert.match(extra["quote"] ?? "", /^[0-9a-f]+$/)
    assert.ok(extra["quote"]?.includes(challenge["challenge"] as string))
  })

  const refusedFor = (what: string, reason: RegExp, work: () => Promise<unknown>): void => {
    it(`refuse ${what}`, async () => {
      await refused(work(), reason)
    })
  }
  refusedFor("a machine that runs something else", /is not anchored/, () => {
    machine.extend(0, "something else")
    return login()
  })
  refusedFor("another machine's TPM", /is enrolled for/, () => login({ attest: measured("other") }))
  refusedFor("a TPM that nobody enrolled", /is not enrolled/, () => {
    const simulated = new SoftwareTpm("simulated")
    boot(simulated, "pump")
    return login({ attest: simulated })
  })
  refusedFor("a revoked attestation key", /is revoked/, () => {
    registry.revokeAttester(machine.id)
    return login()
  })
  refusedFor("a client that shows nothing", /showed nothing/, async () => login({}, await withExtra(() => ({}))))
  refusedFor("what is no hex", /no hex/, async () => login({}, await withExtra(() => ({ quote: "0x12" }))))
  refusedFor("what is no text", /no text/, async () => login({}, await withExtra(() => ({ quote: 7 }))))
  refusedFor("what is no evidence", /not of its form/, async () =>
    login({}, await withExtra(() => ({ quote: "ffff".repeat(50) }))),
  )
  refusedFor("a log that is too long", /expected at most/, async () =>
    login({}, await withExtra((extra) => ({ ...extra, measurement: "00".repeat(262_145) }))),
  )
  refusedFor("a quote of another login", /the quote is for/, async () => {
    let first: object | undefined
    const url = await withExtra((extra) => (first ??= extra))
    await login({}, url)
    return login({}, url)
  })
  refusedFor("a quote for peers", /the quote is for/, () => {
    const attest = (_challenge: Uint8Array, registers: { readonly bank: never; readonly mask: number }) =>
      machine.attest(nonceOf(bindingFor(machine.id)), registers)
    return login({ attest: { kind: machine.kind, keyName: machine.keyName, attest } as Attester<TpmEvidence> })
  })
  refusedFor("a quote of fewer registers than were asked for", /registers quoted/, async () =>
    login(
      {},
      await middleMan((_direction, message) =>
        message[0] === CHALLENGE ? [...message.slice(0, 2), { ...(message[2] as object), attest: [0] }] : message,
      ),
    ),
  )

  it("ask nothing of whoever has not proven its key, and the registry once for many strangers", async () => {
    const { asked } = registry
    const url = await middleMan((_direction, message) =>
      message[0] === AUTHENTICATE ? [AUTHENTICATE, "00".repeat(96), message[2]] : message,
    )
    for (let i = 0; i < 3; i++) await refused(login({}, url), /proof does not hold/)
    assert.equal(registry.asked, asked + 1)
  })

  describe("of a client", () => {
    async function clientRefuses(code: ErrorCode, attest: unknown, settings: CryptosignSettings = {}): Promise<void> {
      let answers = 0
      const url = await middleMan((_direction, message) => {
        if (message[0] === AUTHENTICATE) answers++
        return message[0] === CHALLENGE ? [...message.slice(0, 2), { ...(message[2] as object), attest }] : message
      })
      await assert.rejects(login(settings, url))
      assert.deepEqual([refusals.map((error) => error.code), answers], [[code], 0])
    }

    it("answer no router that asks, unless there is a key for routers", async () => {
      await clientRefuses("attestation.absent", [0, 7], { attest: undefined as never })
    })
    for (const [what, registers] of [
      ["that can be reset", [0, 16]],
      ["of applications", [23]],
      ["that there are not", [24]],
      ["below zero", [-1]],
      ["named twice", [7, 7]],
      ["that are text", ["7"]],
      ["that are none", []],
      ["in no list", { 0: 7 }],
    ] as const)
      it(`quote no registers ${what}`, async () => {
        await clientRefuses("session.authentication", registers)
        assert.equal(machine.made, 0)
      })

    it("quote nothing for a router whose proof does not hold", async () => {
      await clientRefuses("session.authentication", [0, 7], { router: party("relay").csPubKey })
      assert.equal(machine.made, 0)
    })
  })

  describeLive("of a TPM", () => {
    it("are by its key for routers, and its key for peers signs none", async () => {
      const simulator = await startSimulator()
      closing.unshift(() => simulator.close())
      const [own, forPeers] = [
        await openAttester(simulator.tpm, { purpose: ROUTERS }),
        await openAttester(simulator.tpm),
      ]
      const registers = await readRegisters(simulator.tpm, { bank: BANK, mask: MASK })
      const tpm = KINDS["tpm-2.0"]
      for (const { keyName } of [own, forPeers]) registry.enroll(attesterId(tpm, keyName), party("pump").address)
      registry.measure(MACHINE, measurementKey(tpm, BANK, MASK, sha256(concatBytes(...registers))))
      assert.equal((await login({ attest: own }))["authid"], party("pump").address)
      await assert.rejects(login({ attest: forPeers }))
      assert.deepEqual(
        refusals.map(({ code }) => code),
        ["usage.invalid"],
      )
    })
  })

  it("need a policy that a router can ask for", async () => {
    for (const changes of [{ bank: BANKS.sha384 }, { kinds: [KINDS["aws-nitro"]] }]) {
      registry.setPolicy(MACHINE, changes)
      await rejects(attestedClients(appraiserBy(registry), MACHINE).begin(), "attestation.policy")
    }
    await rejects(attestedClients(appraiserBy(registry), "nobody").begin(), "attestation.policy")
    const fresh = attestedClients(appraiserBy(registry), "nobody")
    const other = await startRouter({ authentication: { cryptosign: { authorize: () => undefined, attest: fresh } } })
    closing.push(() => other.close({ deadlineMs: 20 }))
    await assert.rejects(login({}, other.url))
    assert.equal(machine.made, 0)
  })

  it("are not asked for unless the router is told to", async () => {
    const judge = trustedClients(new TrustTable(), { clock: () => NOW })
    const plain = await startRouter({ authentication: { cryptosign: { judge } } })
    closing.push(() => plain.close({ deadlineMs: 20 }))
    const challenges: Message[] = []
    const hostile = await startHostile(plain.url, (_direction, message) => {
      if (message[0] === CHALLENGE || message[0] === HELLO) challenges.push(message)
      return message
    })
    closing.push(() => hostile.close())
    await login({}, hostile.url)
    assert.equal(challenges.length, 2)
    assert.deepEqual(Object.keys(Object(challenges[1]?.[2])), ["challenge", "channel_binding"])
    assert.equal(machine.made, 0)
  })
})
