import assert from "node:assert/strict"
import { custom, toHex } from "viem"
import { delegateChain, operatorCertificate, randomSecret, rootCertificate } from "../../../src/certificate/enrol.ts"
import { issueCertificate } from "../../../src/certificate/issue.ts"
import { readerOf, writerOf } from "../../../src/chain/embedded.ts"
import {
  blockOf,
  certificates,
  onChain,
  operators,
  parseDeployment,
  realms,
  send,
  type Deployment,
} from "../../../src/chain/index.ts"
import { addressOfKey } from "../../../src/certificate/signature.ts"
import { judgeChain } from "../../../src/trust/judge.ts"
import { startWorld, type Machine } from "../../world.ts"

const policy = () => ({ now: Date.now(), skew: 300_000 })

describe("trust on-chain", () => {
  let world: Awaited<ReturnType<typeof startWorld>>
  let realm: Awaited<ReturnType<(typeof world)["foundRealm"]>>
  let machine: Machine

  before(async () => {
    world = await startWorld()
    realm = await world.foundRealm(world.owner)
    machine = await realm.machine(0)
  })
  after(() => world.stop())

  const provider = (client = world.client, deployment: Deployment = world.deployment) =>
    onChain({ client, deployment, realm: realm.realm })
  const judge = async (certificates: Machine["certificates"], by = provider()) =>
    judgeChain(certificates, await by.facts(certificates), policy())
  const refused = (certificates: Machine["certificates"], code: string, by = provider()) =>
    assert.rejects(judge(certificates, by), { code })

  it("verifies a machine and says how", async () => {
    const delegate = await judge(machine.certificates)
    assert.equal(delegate.operator, addressOfKey(machine.operatorKey))
    assert.equal(delegate.realm, realm.realm)
    assert.deepEqual(delegate.capabilities, ["provider", "consumer"])
    assert.equal(delegate.source.model, "on-chain")
  })

  it("judges and issues by the contracts' block number, whatever the node counts", async () => {
    const count = 10n ** 9n
    const nodeOfAnotherCount = readerOf(
      custom({
        request: async (call: { method: string }): Promise<unknown> =>
          call.method === "eth_blockNumber" ? toHex(count) : world.client.request(call as never),
      }),
    )
    assert.equal(await nodeOfAnotherCount.getBlockNumber(), count)
    const block = await blockOf(nodeOfAnotherCount, world.deployment, realm.realm)
    assert.equal(block, await world.client.getBlockNumber())
    const { source } = await judge(machine.certificates, provider(nodeOfAnotherCount))
    assert.ok("block" in source && source.block === block)
  })

  it("refuses a machine of another realm", async () => {
    const other = await world.foundRealm(world.owner)
    await refused((await other.machine(0)).certificates, "trust.realm")
  })

  it("refuses a self-made root", async () => {
    const own = randomSecret()
    const root = rootCertificate(await realm.place(), own)
    const [delegate, authority, operator] = machine.certificates
    const forged = issueCertificate({ ...operator!.certificate, issuer: addressOfKey(own) } as never, own)
    await refused([delegate!, authority!, forged, root], "trust.root")
  })

  it("refuses a newer root certificate of the true root key, and one with other capabilities", async () => {
    // Of a block at which everything below could have been issued, so that only the root's own rule can refuse.
    const place = { ...(await realm.place()), validFrom: realm.root.certificate.validFrom + 1n }
    await refused([...machine.certificates.slice(0, 3), rootCertificate(place, world.owner)], "trust.root")
    const less = issueCertificate({ ...realm.root.certificate, capabilities: 0x7fn | 1n }, world.owner)
    await refused([...machine.certificates.slice(0, 3), less], "trust.root")
  })

  it("voids what the root issued before its epoch, and trusts what it issues afterwards", async () => {
    const own = await world.foundRealm(world.owner)
    const by = onChain({ client: world.client, deployment: world.deployment, realm: own.realm })
    const before = await own.machine(0)
    await judge(before.certificates, by)
    const epoch = Number(await world.client.getBlockNumber())
    await send(writerOf(world.chain.transport, world.owner), realms.setEpoch(world.deployment, own.realm, epoch))
    await assert.rejects(judge(before.certificates, by), { code: "trust.superseded" })
    const key = world.operatorKeys[0]
    const certificate = operatorCertificate(await own.place(), world.owner, addressOfKey(key))
    await send(writerOf(world.chain.transport, key), certificates.admit(world.deployment, certificate))
    const options = {
      operatorKey: key,
      delegateKey: randomSecret(),
      csKey: randomSecret(),
      capabilities: 0xc0n,
      now: Date.now(),
    }
    const after = delegateChain(await own.place(), { ...options, above: [certificate, own.root] })
    assert.equal((await judge(after, by)).operator, addressOfKey(key))
  })

  it("refuses the delegate, authority or operator certificate once it is revoked", async () => {
    for (const index of [0, 1]) {
      const doomed = await realm.machine(1)
      await judge(doomed.certificates)
      await world.revoke(doomed, index)
      await refused(doomed.certificates, "trust.revoked")
    }
    const own = await world.foundRealm(world.owner)
    const doomed = await own.machine(0)
    const { digest, certificate } = doomed.certificates[2]!
    assert.equal(certificate.kind, "authority")
    if (certificate.kind !== "authority") return
    const named = { realm: own.realm, subject: certificate.subject, digest }
    await send(writerOf(world.chain.transport, world.owner), certificates.revoke(world.deployment, named))
    const by = onChain({ client: world.client, deployment: world.deployment, realm: own.realm })
    await assert.rejects(judge(doomed.certificates, by), { code: "trust.revoked" })
  })

  it("does not let a stranger revoke", async () => {
    const { certificate, digest } = machine.certificates[1]!
    if (certificate.kind !== "authority") return assert.fail("no authority certificate")
    const stranger = writerOf(world.chain.transport, world.operatorKeys[1])
    const named = { realm: realm.realm, subject: certificate.subject, digest }
    await send(stranger, certificates.revoke(world.deployment, named)).catch((error: { code: string }) =>
      assert.equal(error.code, "chain.reverted"),
    )
    await judge(machine.certificates)
  })

  it("refuses an operator that the root certified but the realm never admitted", async () => {
    const operatorKey = randomSecret()
    const place = await realm.place()
    const above = [operatorCertificate(place, world.owner, addressOfKey(operatorKey)), realm.root]
    const keys = { operatorKey, delegateKey: randomSecret(), csKey: randomSecret() }
    await refused(delegateChain(place, { ...keys, capabilities: 0xc0n, now: Date.now(), above }), "trust.operator")
  })

  it("refuses an unknown realm", async () => {
    const by = onChain({
      client: world.client,
      deployment: world.deployment,
      realm: "0x00000000000000000000000000000000000000aa",
    })
    await assert.rejects(judge(machine.certificates, by), { code: /^trust\.(realm|unknown_realm)$/ })
    await assert.rejects(realms.realmOf(world.client, world.deployment, "0x00000000000000000000000000000000000000AA"), {
      code: "trust.unknown_realm",
    })
    assert.equal(
      (await operators.operatorOf(world.client, world.deployment, "0x00000000000000000000000000000000000000AA")).status,
      "unknown",
    )
  })

  it("refuses another program at the registry's address, and no program", async () => {
    const swapped = { ...world.deployment, realmRegistry: world.deployment.operatorRegistry }
    await refused(machine.certificates, "chain.wrong_code", provider(world.client, swapped))
    const nobody = { ...world.deployment, realmRegistry: "0x00000000000000000000000000000000000000AA" } as Deployment
    await refused(machine.certificates, "chain.wrong_code", provider(world.client, nobody))
  })

  it("refuses a node of another chain", async () => {
    await refused(
      machine.certificates,
      "chain.wrong_chain",
      provider(world.client, { ...world.deployment, chainId: 1 }),
    )
  })

  it("gives no trust while the node fails, and trusts again when it is back", async () => {
    let down = true
    const request = async (call: { method: string; params?: unknown }): Promise<unknown> => {
      if (down) throw new Error("connection refused")
      return world.client.request(call as never)
    }
    const client = readerOf(custom({ request }, { retryCount: 0 }))
    const by = provider(client)
    await assert.rejects(by.facts(machine.certificates), { code: /^chain\./ })
    down = false
    await judge(machine.certificates, by)
  })

  it("refuses an empty answer instead of reading it as not revoked", async () => {
    const request = async (call: { method: string; params?: unknown }): Promise<unknown> =>
      call.method === "eth_call" ? "0x" : world.client.request(call as never)
    await assert.rejects(provider(readerOf(custom({ request }, { retryCount: 0 }))).facts(machine.certificates), {
      code: /^chain\./,
    })
  })
})

describe("deployment file", () => {
  const good = { chainId: 1, block: 2, operatorRegistry: `0x${"11".repeat(20)}`, realmRegistry: `0x${"22".repeat(20)}` }

  it("is read back", () => assert.equal(parseDeployment(JSON.stringify(good)).block, 2))

  for (const [what, text] of [
    ["no JSON", "{"],
    ["no object", "null"],
    ["a wrong chain id", JSON.stringify({ ...good, chainId: "1" })],
    ["a wrong address", JSON.stringify({ ...good, realmRegistry: "0x12" })],
    ["a missing block", JSON.stringify({ ...good, block: undefined })],
  ] as const) {
    it(`refuses ${what}`, () => assert.throws(() => parseDeployment(text), { code: "usage.invalid" }))
  }
})
