import assert from "node:assert/strict"
import { createTestClient, type PublicClient } from "viem"
import { delegateChain, operatorCertificate, randomSecret } from "../../../src/certificate/enrol.ts"
import { addressOfKey } from "../../../src/certificate/signature.ts"
import { writerOf } from "../../../src/chain/embedded.ts"
import {
  certificates as registry,
  lightClient,
  onChain,
  operators,
  send,
  type OnChainOptions,
} from "../../../src/chain/index.ts"
import { judgeChain } from "../../../src/trust/judge.ts"
import { startWorld, type Machine } from "../../world.ts"
import { lyingNode } from "./lying-node.ts"

/** How trust follows the chain: confirmed at a depth, refused at once, through reorganisations, without asking twice. */
describe("on-chain trust over blocks", function () {
  this.timeout(60_000)
  let world: Awaited<ReturnType<typeof startWorld>>
  let realm: Awaited<ReturnType<(typeof world)["foundRealm"]>>
  let chain: ReturnType<typeof testClient>

  before(async () => {
    world = await startWorld()
    realm = await world.foundRealm(world.owner)
    chain = testClient(world.chain.transport)
  })
  after(() => world.stop())

  /** One by one: EDR keeps no state roots for the blocks of a range. */
  const mine = async (blocks: number): Promise<void> => {
    for (let i = 0; i < blocks; i++) await chain.mine({ blocks: 1 })
  }
  const trust = (options: Partial<OnChainOptions> = {}) =>
    onChain({
      deployment: world.deployment,
      realm: realm.realm,
      ...(options.client === undefined && options.head === undefined ? { client: world.client } : {}),
      ...options,
    })
  const judge = async ({ certificates }: Pick<Machine, "certificates">, by: ReturnType<typeof onChain>) =>
    judgeChain(certificates, await by.facts(certificates), { now: Date.now(), skew: 300_000 })
  const levels = [
    ["single-rpc", (client: PublicClient) => ({ client })],
    ["light-client", (client: PublicClient) => ({ head: lightClient(client) })],
  ] as const

  /** A machine of an operator that is admitted now. */
  async function enrolled(): Promise<Pick<Machine, "certificates">> {
    const operatorKey = randomSecret()
    await chain.setBalance({ address: addressOfKey(operatorKey), value: 10n ** 18n })
    const writer = writerOf(world.chain.transport, operatorKey)
    await send(writer, operators.enroll(world.deployment, { controller: addressOfKey(operatorKey) }))
    const place = await realm.place()
    const certificate = operatorCertificate(place, world.owner, addressOfKey(operatorKey))
    await send(writer, registry.admit(world.deployment, certificate))
    const keys = { operatorKey, delegateKey: randomSecret(), csKey: randomSecret(), now: Date.now() }
    return { certificates: delegateChain(place, { ...keys, capabilities: 0xc0n, above: [certificate, realm.root] }) }
  }

  for (const [level, from] of levels) {
    describe(level, () => {
      it("believes an admission only once it is deep enough", async () => {
        await mine(10)
        const by = trust({ ...from(world.client), depth: 5 })
        const machine = await enrolled()
        await assert.rejects(judge(machine, by), { code: "trust.unconfirmed" })
        await mine(4)
        await assert.rejects(judge(machine, by), { code: "trust.unconfirmed" })
        await mine(1)
        const { source } = await judge(machine, by)
        assert.equal(source.model === "on-chain" && source.block - source.safeBlock, 5n)
      })

      it("believes a revocation at once, and through a reorganisation that takes it back", async () => {
        await mine(10)
        const by = trust({ ...from(world.client), depth: 5 })
        const machine = await realm.machine(0)
        await judge(machine, by)
        const snapshot = await chain.snapshot()
        await world.revoke(machine)
        await assert.rejects(judge(machine, by), { code: "trust.revoked" })
        await chain.revert({ id: snapshot })
        await mine(2)
        await assert.rejects(judge(machine, by), { code: "trust.revoked" }, "taken back by a block of no depth")
        const short = { certificates: machine.certificates.slice(0, 2) }
        await assert.rejects(judge(short, by), { code: "trust.revoked" }, "the same in a shorter chain")
        await mine(5)
        assert.equal((await judge(machine, by)).realm, realm.realm)
      })

      it("drops an admission that a reorganisation removed", async () => {
        const by = trust(from(world.client))
        const snapshot = await chain.snapshot()
        const machine = await enrolled()
        await judge(machine, by)
        await chain.revert({ id: snapshot })
        await mine(20)
        await assert.rejects(judge(machine, by), { code: "trust.operator" })
      })

      it("asks about a chain once a block", async () => {
        const asked: string[] = []
        const counting = lyingNode(world.client, (method, _params, honest) => {
          asked.push(method)
          return honest()
        })
        const by = trust(from(counting))
        const machine = await realm.machine(0)
        await judge(machine, by)
        asked.length = 0
        await Promise.all(Array.from({ length: 20 }, () => judge(machine, by)))
        assert.deepEqual(asked, ["eth_getBlockByNumber"])
      })
    })
  }

  it("reads nothing again after a block in which nothing concerned the realm, and the next revocation is seen", async () => {
    const asked: unknown[] = []
    const counting = lyingNode(world.client, (method, params, honest) => {
      if (method === "eth_getProof") asked.push((params[1] as unknown[]).length)
      return honest()
    })
    const by = trust({ head: lightClient(counting) })
    const machine = await realm.machine(0)
    await judge(machine, by)
    await mine(1)
    asked.length = 0
    await judge(machine, by)
    assert.deepEqual(asked.toSorted(), [0, 1], "only what tells whether anything changed")
    await world.revoke(machine)
    await assert.rejects(judge(machine, by), { code: "trust.revoked" })
  })

  it("judges a short chain over what is anchored, and says when that is too new", async () => {
    await mine(10)
    const by = trust({ depth: 3 })
    const machine = await enrolled()
    const short = { certificates: machine.certificates.slice(0, 2) }
    await assert.rejects(judge(short, by), { code: "trust.unconfirmed" })
    await mine(3)
    const delegate = await judge(short, by)
    assert.equal(delegate.operator, (await judge(machine, by)).operator)
    await assert.rejects(judge({ certificates: machine.certificates.slice(0, 1) }, by), {
      code: /^trust\.(root|length)$/,
    })
  })

  for (const [what, options] of [
    ["neither a client nor a head", { client: undefined, head: undefined }],
    ["a depth that is no number", { depth: -1 }],
    ["half a block of depth", { depth: 0.5 }],
    ["a realm that is no address", { realm: "realm1" }],
  ] as const) {
    it(`refuses ${what}`, () =>
      assert.throws(
        () =>
          onChain({ client: world.client, deployment: world.deployment, realm: realm.realm, ...(options as object) }),
        { code: "usage.invalid" },
      ))
  }
})

function testClient(transport: Parameters<typeof createTestClient>[0]["transport"]) {
  return createTestClient({ mode: "hardhat", transport })
}
