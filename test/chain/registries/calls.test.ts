import assert from "node:assert/strict"
import { decodeFunctionData } from "viem"
import { operatorCertificate, rootCertificate } from "../../../src/certificate/enrol.ts"
import { addressOfKey } from "../../../src/certificate/signature.ts"
import { developmentKey, writerOf } from "../../../src/chain/embedded.ts"
import {
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
import { ZERO_ADDRESS } from "../../../src/core/address.ts"
import type { Hex } from "../../../src/core/bytes.ts"
import { startWorld } from "../../world.ts"

const [A, B] = [addressOfKey(developmentKey(5)), addressOfKey(developmentKey(6))]
const DIGEST: Hex = `0x${"d1".repeat(32)}`
const WEEK = 7 * 86_400

describe("calls to the registries", () => {
  it("are there for every write of both, with the arguments in their places", () => {
    const deployment: Deployment = { chainId: 1, block: 1, operatorRegistry: A, realmRegistry: B }
    const key = developmentKey(5)
    const place = { chainId: 1n, verifyingContract: B, realm: B, validFrom: 1n }
    const [root, signed] = [rootCertificate(place, key), operatorCertificate(place, key, B)]
    const named = { realm: A, subject: B, digest: DIGEST }
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
    ]
    const called = { [A]: new Set<string>(), [B]: new Set<string>() }
    for (const call of calls) {
      const { to, data, value } = calldataOf(call)
      const abi = to === A ? operatorRegistryAbi : realmRegistryAbi
      const decoded = decodeFunctionData({ abi, data })
      assert.equal(decoded.functionName, call.functionName)
      assert.equal(value, "0")
      called[to]?.add(decoded.functionName)
    }
    const writesOf = (abi: readonly { type: string; name?: string; stateMutability?: string }[]) =>
      abi.flatMap((item) =>
        item.type === "function" && item.stateMutability === "nonpayable" ? [item.name ?? ""] : [],
      )
    assert.deepEqual([...called[A]!].toSorted(), writesOf(operatorRegistryAbi).toSorted())
    assert.deepEqual([...called[B]!].toSorted(), writesOf(realmRegistryAbi).toSorted())
    assert.throws(() => certificates.revokeBatch(deployment, []), { code: "usage.invalid" })
    assert.throws(() => certificates.revokeBatch(deployment, [named, { ...named, realm: B }]), {
      code: "usage.invalid",
    })
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
})
