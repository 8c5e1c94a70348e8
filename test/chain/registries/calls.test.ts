import assert from "node:assert/strict"
import { decodeFunctionData } from "viem"
import { operatorCertificate, rootCertificate } from "../../../src/certificate/enrol.ts"
import { addressOfKey } from "../../../src/certificate/signature.ts"
import { developmentKey, writerOf } from "../../../src/chain/embedded.ts"
import {
  attestation,
  attestationRegistryAbi,
  calldataOf,
  certificates,
  operatorRegistryAbi,
  operators,
  realmRegistryAbi,
  realms,
  send,
  type Call,
  type Deployment,
} from "../../../src/chain/index.ts"
import { NO_CUSTODY } from "../../../src/chain/registries/custody.ts"
import { attesterId, BANKS, KINDS, measurementKey, roleOf } from "../../../src/attestation/facts.ts"
import { ZERO_ADDRESS, type Address } from "../../../src/core/address.ts"
import { fromHex, type Hex } from "../../../src/core/bytes.ts"
import { startWorld } from "../../world.ts"

const [A, B, C] = [5, 6, 7].map((index) => addressOfKey(developmentKey(index))) as [Address, Address, Address]
const DIGEST: Hex = `0x${"d1".repeat(32)}`
const WEEK = 7 * 86_400
const WINDOW = { notBefore: 1, notAfter: 2 ** 40 - 1 }
const POLICY = { required: true, kinds: [KINDS["tpm-2.0"]], bank: BANKS.sha256, mask: 0x8f, maximumAge: 300 }
const MEASURED = { kind: KINDS["tpm-2.0"], bank: BANKS.sha256, mask: 0x8f, digest: DIGEST, ...WINDOW }
const NOTHING = { delegate: ZERO_ADDRESS, notBefore: 0, notAfter: 0, revoked: false, document: attestation.NO_DOCUMENT }

describe("calls to the registries", () => {
  it("are there for every write of each, with the arguments in their places", () => {
    const registries = { operatorRegistry: A, realmRegistry: B, attestationRegistry: C }
    const deployment: Deployment = { chainId: 1, block: 1, ...registries }
    const key = developmentKey(5)
    const place = { chainId: 1n, verifyingContract: B, realm: B, validFrom: 1n }
    const [root, signed] = [rootCertificate(place, key), operatorCertificate(place, key, B)]
    const named = { realm: A, subject: B, digest: DIGEST }
    const revoked = { realm: A, authority: B, reason: 1 }
    const signature = "0x1234" as const
    const deadline = 9n
    const calls: readonly Call[] = [
      operators.enroll(deployment, { controller: A }),
      operators.enrollFor(deployment, { ca: A, controller: B, deadline, signature }),
      operators.setProfile(deployment, A, { uri: "https://example.com" }),
      operators.rotate(deployment, { ca: A, newCa: B, retiresAt: 7, deadline, signature }),
      operators.setEpoch(deployment, A, 3),
      operators.revoke(deployment, A, 4),
      operators.revokeFor(deployment, { ca: A, reason: 5, deadline, signature }),
      operators.offerController(deployment, A, B),
      operators.acceptController(deployment, A),
      operators.setGuardian(deployment, A, B, WEEK),
      operators.startRecovery(deployment, A, B),
      operators.cancelRecovery(deployment, A),
      operators.completeRecovery(deployment, A),
      realms.create(deployment, { salt: DIGEST, policy: "private", root }),
      realms.rotateRoot(deployment, root, 8),
      realms.tightenPolicy(deployment, A, "permitted"),
      realms.setEpoch(deployment, A, 3),
      realms.offerOwner(deployment, A, B),
      realms.acceptOwner(deployment, A),
      realms.setGuardian(deployment, A, B, WEEK),
      realms.startRecovery(deployment, A, B),
      realms.cancelRecovery(deployment, A),
      realms.completeRecovery(deployment, A),
      certificates.anchor(deployment, signed),
      certificates.anchor(deployment, signed, signature),
      certificates.anchorBatch(deployment, [signed]),
      certificates.admit(deployment, signed),
      certificates.accept(deployment, named),
      certificates.acceptFor(deployment, { ...named, deadline, signature }),
      certificates.leaveRealm(deployment, named),
      certificates.revoke(deployment, named),
      certificates.revokeAs(deployment, A, named),
      certificates.revokeFor(deployment, { ...named, authority: A, reason: 1, deadline, signature }),
      certificates.revokeBatch(deployment, [named, named]),
      attestation.setPolicy(deployment, A, DIGEST, POLICY),
      attestation.enrollAttester(deployment, A, { kind: 1, name: "0x000b", delegate: B, ...WINDOW }),
      attestation.revokeAttester(deployment, A, DIGEST),
      attestation.revokeAttesterFor(deployment, { ...revoked, attester: DIGEST, deadline, signature }),
      attestation.addMeasurement(deployment, A, DIGEST, MEASURED),
      attestation.addMeasurements(deployment, A, DIGEST, [MEASURED, MEASURED]),
      attestation.revokeMeasurement(deployment, A, DIGEST, DIGEST),
      attestation.revokeMeasurements(deployment, A, DIGEST, [DIGEST]),
      attestation.revokeMeasurementFor(deployment, {
        ...revoked,
        role: DIGEST,
        measurement: DIGEST,
        deadline,
        signature,
      }),
    ]
    const abis = { [A]: operatorRegistryAbi, [B]: realmRegistryAbi, [C]: attestationRegistryAbi }
    const called: Record<string, Set<string>> = { [A]: new Set(), [B]: new Set(), [C]: new Set() }
    for (const call of calls) {
      const { to, data, value } = calldataOf(call)
      const decoded = decodeFunctionData({ abi: abis[to] ?? [], data })
      assert.equal(decoded.functionName, call.functionName)
      assert.equal(value, "0")
      called[to]?.add(decoded.functionName)
    }
    const writesOf = (abi: readonly { type: string; name?: string; stateMutability?: string }[]) =>
      abi.flatMap((item) =>
        item.type === "function" && item.stateMutability === "nonpayable" ? [item.name ?? ""] : [],
      )
    for (const [address, abi] of Object.entries(abis)) {
      assert.deepEqual([...(called[address] ?? [])].toSorted(), writesOf(abi).toSorted())
    }
    assert.throws(() => certificates.revokeBatch(deployment, []), { code: "usage.invalid" })
    assert.throws(() => certificates.revokeBatch(deployment, [named, { ...named, realm: B }]), {
      code: "usage.invalid",
    })
  })
})

describe("the attestation registry of a deployment", () => {
  it("may be missing: what concerns it says so, and nothing else does", () => {
    const deployment: Deployment = { chainId: 1, block: 1, operatorRegistry: A, realmRegistry: B }
    const invalid = { code: "usage.invalid", message: /no attestationRegistry.*wamp-e2ee deploy/ }
    assert.throws(() => attestation.revokeAttester(deployment, A, DIGEST), invalid)
    assert.equal(realms.acceptOwner(deployment, A).address, B)
  })
})

describe("what stands in the registries", () => {
  let world: Awaited<ReturnType<typeof startWorld>>
  let realm: Awaited<ReturnType<(typeof world)["foundRealm"]>>
  before(async () => {
    world = await startWorld()
    realm = await world.foundRealm(world.owner)
  })
  after(() => world.stop())
  const owner = () => writerOf(world.chain.transport, world.owner)

  it("shows operators with their custody", async () => {
    const { client, deployment } = world
    const ca = addressOfKey(world.operatorKeys[0])
    const operator = writerOf(world.chain.transport, world.operatorKeys[0])
    const before = await operators.operatorOf(client, deployment, ca)
    assert.deepEqual(before, { ca, status: "active", controller: ca, epoch: 0, custody: NO_CUSTODY })
    await send(operator, operators.setProfile(deployment, ca, { profile: DIGEST, uri: "https://example.com" }))
    await send(operator, operators.offerController(deployment, ca, A))
    await send(operator, operators.setGuardian(deployment, ca, B, WEEK))
    const after = await operators.operatorOf(client, deployment, ca)
    assert.deepEqual(after, {
      ...before,
      profile: DIGEST,
      custody: { ...NO_CUSTODY, pending: A, guardian: B, delay: WEEK },
    })
    assert.equal(await operators.nonceOf(client, deployment, ca), 0n)
    assert.equal((await operators.operatorOf(client, deployment, A)).status, "unknown")
  })

  it("shows realms, records, paths, epochs and revocations", async () => {
    const { client, deployment } = world
    const root = addressOfKey(world.owner)
    const ca = addressOfKey(world.operatorKeys[0])
    const shown = await realms.realmOf(client, deployment, realm.realm)
    assert.equal(shown.policy, "open")
    assert.equal(shown.owner, root)
    assert.deepEqual(shown.root, { ca: root, validFrom: shown.root.validFrom, capabilities: 255 })
    assert.equal(shown.previousRoot, undefined)
    assert.equal(shown.sequence, 5)
    const record = await certificates.recordOf(client, deployment, realm.realm, ca)
    assert.deepEqual([record?.issuer, record?.accepted, record?.revoked, record?.depth], [root, true, false, 1])
    assert.equal(await certificates.recordOf(client, deployment, realm.realm, A), undefined)
    const path = await certificates.pathOf(client, deployment, realm.realm, ca)
    assert.deepEqual(
      path.map(({ subject }) => subject),
      [ca, root],
    )
    assert.equal(await realms.epochOf(client, deployment, realm.realm, root), shown.root.validFrom)
    assert.equal(await realms.nonceOf(client, deployment, root), 0n)
    const named = { realm: realm.realm, subject: A, digest: DIGEST }
    const asked = { realm: realm.realm, authority: root, digest: DIGEST }
    assert.equal(await certificates.revocationOf(client, deployment, asked), undefined)
    const { block } = await send(owner(), certificates.revoke(deployment, named, 7))
    assert.deepEqual(await certificates.revocationOf(client, deployment, asked), { block: Number(block), reason: 7 })
    await assert.rejects(realms.realmOf(client, deployment, ZERO_ADDRESS), { code: "trust.unknown_realm" })
  })

  it("judges a chain as the registry does", async () => {
    const { client, deployment } = world
    const machine = await realm.machine(0)
    const verdict = await certificates.verifyChain(client, deployment, realm.realm, machine.certificates)
    assert.deepEqual(verdict, { broken: "valid", links: ["valid", "valid", "valid", "valid"] })
    await world.revoke(machine)
    const after = await certificates.verifyChain(client, deployment, realm.realm, machine.certificates)
    assert.deepEqual(after, { broken: "revoked", links: ["valid", "revoked", "valid", "valid"] })
    const [, ...headless] = machine.certificates
    await assert.rejects(certificates.verifyChain(client, deployment, realm.realm, headless), { code: "trust.types" })
  })

  it("shows policies, attesters and measurements, all at one block", async () => {
    const { client, deployment } = world
    const [role, name] = [roleOf("provider"), `0x000b${"4e".repeat(32)}` as const]
    const [id, key] = [attesterId(1, fromHex(name)!), measurementKey(1, BANKS.sha256, 0x8f, DIGEST)]
    const asked = { role, attesterId: id, measurementKey: key }
    const nothing = await attestation.appraisalOf(client, deployment, realm.realm, asked)
    assert.deepEqual(nothing, { block: nothing.block, epoch: 0n })
    await send(owner(), attestation.setPolicy(deployment, realm.realm, role, { ...POLICY, document: DIGEST }))
    const attester = { kind: 1, name, delegate: A, ...WINDOW } as const
    await send(owner(), attestation.enrollAttester(deployment, realm.realm, attester))
    await send(owner(), attestation.addMeasurement(deployment, realm.realm, role, MEASURED))
    await send(owner(), attestation.revokeMeasurement(deployment, realm.realm, role, key, 3))
    const told = await attestation.appraisalOf(client, deployment, realm.realm, asked)
    const window = { notBefore: 1n, notAfter: 2n ** 40n - 1n }
    assert.deepEqual(told, {
      block: await client.getBlockNumber(),
      epoch: 2n,
      policy: { ...POLICY, maximumAge: 300n, epoch: 2n, document: DIGEST },
      attester: { delegate: A, ...window, revoked: false },
      measurement: { ...window, revoked: true, document: attestation.NO_DOCUMENT },
    })
    const { epoch, sequence } = await attestation.logOf(client, deployment, realm.realm)
    assert.deepEqual([epoch, sequence], [2, 4])
    assert.equal(await attestation.nonceOf(client, deployment, A), 0n)
    const again = attestation.addMeasurement(deployment, realm.realm, role, MEASURED)
    await assert.rejects(send(owner(), again), {
      code: "chain.reverted",
      message: /AttestationRevoked\(id 0x.*never comes back/,
    })
  })

  it("shows no policy that the registry does not take: a node that tells one is not believed", () => {
    const there = { blockNumber: 1n, epoch: 1, attester: NOTHING, measurement: NOTHING }
    const policy = { required: true, kinds: 2, bank: 0x000b, mask: 1, maximumAge: 1, document: DIGEST }
    assert.ok(attestation.appraisalOfAnswer({ ...there, policy }).policy)
    for (const wrong of [
      { kinds: 1 },
      { kinds: 10 },
      { kinds: 4 },
      { bank: 4 },
      { mask: 0 },
      { mask: 1 << 16 },
      { maximumAge: 0 },
    ]) {
      const answer = { ...there, policy: { ...policy, ...wrong } }
      assert.throws(() => attestation.appraisalOfAnswer(answer), { code: "chain.bad_answer" }, JSON.stringify(wrong))
    }
  })
})
