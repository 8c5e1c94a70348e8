import assert from "node:assert/strict"
import { createTestClient, type PublicClient } from "viem"
import { hardhat } from "viem/chains"
import {
  attesterId,
  BANKS,
  KINDS,
  measurementKey,
  roleOf,
  type AttestationFacts,
} from "../../../src/attestation/facts.ts"
import { addressOfKey } from "../../../src/certificate/signature.ts"
import { developmentKey, writerOf } from "../../../src/chain/embedded.ts"
import {
  attestation,
  lightClient,
  onChainAttestation,
  pinned,
  quorum,
  send,
  type Call,
  type Deployment,
} from "../../../src/chain/index.ts"
import { callingAppraisals, provingAppraisals } from "../../../src/chain/trust/appraisal-reader.ts"
import { headerOf } from "../../../src/chain/trust/header.ts"
import { SeenEpoch } from "../../../src/chain/trust/seen-epoch.ts"
import { fromHex, type Hex } from "../../../src/core/bytes.ts"
import {
  deployAttestations,
  deploymentOf,
  makeHistory,
  OTHER_ROLE,
  ROLE,
  type Attestations,
} from "../../contracts/attestation-fixture.ts"
import { deploy, isInstrumented } from "../../contracts/fixture.ts"
import { startWorld } from "../../world.ts"
import { lieAbout, lyingNode, type Lie } from "./lying-node.ts"

const role = roleOf("provider")
const name: Hex = `0x000b${"4e".repeat(32)}`
const digest: Hex = `0x${"d1".repeat(32)}`
const id = attesterId(KINDS["tpm-2.0"], fromHex(name)!)
const key = measurementKey(KINDS["tpm-2.0"], BANKS.sha256, 0x8f, digest)
const question = { role, attesterId: id, measurementKey: key }
const window = { notBefore: 1, notAfter: 2 ** 40 - 1 }
const policy = { required: true, kinds: [KINDS["tpm-2.0"]], bank: BANKS.sha256, mask: 0x8f, maximumAge: 300 }
const attester = { kind: KINDS["tpm-2.0"], name, delegate: addressOfKey(developmentKey(5)), ...window }
const measured = { kind: KINDS["tpm-2.0"], bank: BANKS.sha256, mask: 0x8f, digest, ...window }

describe("facts about platforms", () => {
  let world: Awaited<ReturnType<typeof startWorld>>
  let realm: Hex
  const test = () => createTestClient({ chain: hardhat, mode: "hardhat", transport: world.chain.transport })
  const write = (call: (deployment: Deployment) => Call) =>
    send(writerOf(world.chain.transport, world.owner), call(world.deployment))
  const by = (options: Partial<Parameters<typeof onChainAttestation>[0]> = {}) =>
    onChainAttestation({
      ...(options.head === undefined ? { client: world.client } : {}),
      deployment: world.deployment,
      realm,
      ...options,
    })
  const setPolicy = (wish: Partial<attestation.PolicyWish> = {}) =>
    write((deployment) => attestation.setPolicy(deployment, realm, role, { ...policy, ...wish }))
  const enroll = (changed: Partial<attestation.Attester> = {}) =>
    write((deployment) => attestation.enrollAttester(deployment, realm, { ...attester, ...changed }))
  const add = (changed: Partial<attestation.Measured> = {}) =>
    write((deployment) => attestation.addMeasurement(deployment, realm, role, { ...measured, ...changed }))

  before(async () => {
    world = await startWorld()
  })
  after(() => world.stop())
  beforeEach(async () => {
    ;({ realm } = await world.foundRealm(world.owner))
  })

  it("say what is asked for, where from, and nothing of what never was", async () => {
    const facts = await by().facts(question)
    const { number, hash } = await world.client.getBlock()
    assert.deepEqual(facts, {
      source: { model: "on-chain", level: "single-rpc", block: number, blockHash: hash, safeBlock: number },
      chainId: 31_337n,
      registry: world.deployment.attestationRegistry ?? assert.fail("no registry"),
      realm,
      ...question,
    } satisfies AttestationFacts)
  })

  it("say what stands, at every level of trust the same", async () => {
    await setPolicy({ document: digest })
    await enroll()
    await add()
    const { number, hash } = await world.client.getBlock()
    const clients = [world.client, world.client, world.client] as const
    for (const [level, options] of [
      ["single-rpc", {}],
      ["light-client", { head: lightClient(world.client) }],
      ["quorum", { head: quorum({ clients }) }],
      ["pinned", { head: pinned(world.client, { number, hash }) }],
    ] as const) {
      const facts = await by(options).facts(question)
      assert.equal(facts.source.level, level)
      const counts = { notBefore: 1n, notAfter: 2n ** 40n - 1n, revoked: false, confirmed: true }
      assert.deepEqual(facts.policy, { ...policy, maximumAge: 300n, epoch: 1n, document: digest })
      assert.deepEqual(facts.attester, { ...counts, delegate: attester.delegate })
      assert.deepEqual(facts.measurement, { ...counts, document: attestation.NO_DOCUMENT })
    }
  })

  it("tell whoever names its role alone what is asked of it", async () => {
    await setPolicy()
    const facts = await by().facts({ role })
    assert.deepEqual([facts.policy?.mask, facts.attester, facts.measurement], [0x8f, undefined, undefined])
    assert.equal(BigInt(facts.attesterId) + BigInt(facts.measurementKey), 0n)
  })

  it("believe an enrolment only as deep as asked, and a revocation at once", async () => {
    const provider = by({ depth: 3 })
    await setPolicy()
    await test().mine({ blocks: 5 })
    await enroll()
    await add()
    const standing = async () => {
      const { attester, measurement } = await provider.facts(question)
      return [attester?.confirmed, measurement?.confirmed, attester?.revoked, measurement?.revoked]
    }
    assert.deepEqual(await standing(), [false, false, false, false])
    await test().mine({ blocks: 2 })
    assert.deepEqual(await standing(), [true, false, false, false])
    await test().mine({ blocks: 1 })
    assert.deepEqual(await standing(), [true, true, false, false])
    await write((deployment) => attestation.revokeAttester(deployment, realm, id))
    await write((deployment) => attestation.revokeMeasurement(deployment, realm, role, key))
    const [, , ...revoked] = await standing()
    assert.deepEqual(revoked, [true, true])
  })

  it("believe another delegate or a longer window only as deep as asked, a shorter one at once", async () => {
    const provider = by({ depth: 3 })
    const short = { notBefore: 1_000, notAfter: 2 ** 39 }
    await enroll(short)
    await add(short)
    await test().mine({ blocks: 5 })
    const standing = async () => {
      const { attester, measurement } = await provider.facts(question)
      return [attester?.confirmed, measurement?.confirmed, attester?.notAfter, measurement?.notBefore]
    }
    const shorter = { notBefore: 2_000, notAfter: 2 ** 38 }
    await enroll(shorter)
    await add(shorter)
    assert.deepEqual(await standing(), [true, true, 2n ** 38n, 2_000n])
    for (const longer of [
      { ...short, notAfter: 2 ** 39 + 1 },
      { ...short, notBefore: 999 },
    ]) {
      await enroll(longer)
      await add(longer)
      assert.deepEqual((await standing()).slice(0, 2), [false, false])
      await test().mine({ blocks: 3 })
      assert.deepEqual((await standing()).slice(0, 2), [true, true])
      await enroll(short)
      await add(short)
      await test().mine({ blocks: 3 })
    }
    await enroll({ ...short, delegate: addressOfKey(developmentKey(6)) })
    assert.deepEqual((await standing()).slice(0, 2), [false, true])
  })

  it("ask no less than the safe block does: a policy that requires nothing any more is believed when it is deep", async () => {
    const provider = by({ depth: 3 })
    const required = async () => (await provider.facts({ role })).policy?.required
    await setPolicy({ required: false })
    await test().mine({ blocks: 4 })
    assert.equal(await required(), false)
    await setPolicy()
    assert.equal(await required(), true)
    await test().mine({ blocks: 4 })
    await setPolicy({ required: false, mask: 1 })
    const loosened = await provider.facts({ role })
    assert.deepEqual([loosened.policy?.required, loosened.policy?.mask], [true, 1])
    await test().mine({ blocks: 4 })
    assert.equal(await required(), false)
  })

  it("do not go back to an epoch before one that was seen, until the reorganisation is deep", async () => {
    const provider = by({ depth: 3 })
    await setPolicy()
    await enroll()
    await test().mine({ blocks: 5 })
    const snapshot = await test().snapshot()
    await write((deployment) => attestation.revokeAttester(deployment, realm, id))
    assert.equal((await provider.facts(question)).attester?.revoked, true)
    await test().revert({ id: snapshot })
    await test().mine({ blocks: 2 })
    await assert.rejects(provider.facts(question), { code: "chain.stale_head", message: /epoch is 1.*was 2/ })
    await test().mine({ blocks: 4 })
    assert.equal((await provider.facts(question)).attester?.revoked, false)
  })

  it("remember the highest epoch by the newest block that had it", () => {
    const seen = new SeenEpoch()
    seen.check(5n, 100n, 90n)
    assert.throws(() => seen.check(4n, 101n, 99n), { code: "chain.stale_head" })
    seen.check(5n, 103n, 93n)
    assert.throws(() => seen.check(4n, 104n, 102n), { code: "chain.stale_head" })
    seen.check(4n, 113n, 103n)
    assert.throws(() => seen.check(3n, 114n, 104n), { code: "chain.stale_head" })
    seen.check(6n, 114n, 104n)
  })

  it("cannot be had without the registry, from a node of another chain, or of a realm that is none", async () => {
    const { attestationRegistry: _none, ...before } = world.deployment
    assert.throws(() => by({ deployment: before }), { code: "usage.invalid" })
    assert.throws(() => by({ realm: "0x12" }), { code: "usage.invalid" })
    assert.throws(() => by({ client: world.client, head: lightClient(world.client) }), { code: "usage.invalid" })
    for (const options of [{}, { head: lightClient(world.client) }]) {
      const elsewhere = by({ ...options, deployment: { ...world.deployment, chainId: 1 } })
      await assert.rejects(elsewhere.facts(question), { code: "chain.wrong_chain" })
      const swapped = { ...world.deployment, attestationRegistry: world.deployment.realmRegistry }
      await assert.rejects(by({ ...options, deployment: swapped }).facts(question), { code: "chain.wrong_code" })
      const nowhere = { ...world.deployment, attestationRegistry: attester.delegate }
      await assert.rejects(by({ ...options, deployment: nowhere }).facts(question), { code: "chain.wrong_code" })
    }
  })

  it("confirm nothing by a block from before the registry was there", async () => {
    const young = await startWorld()
    const { realm: of } = await young.foundRealm(young.owner)
    const writer = writerOf(young.chain.transport, young.owner)
    await send(writer, attestation.setPolicy(young.deployment, of, role, policy))
    await send(writer, attestation.enrollAttester(young.deployment, of, attester))
    for (const options of [{ client: young.client }, { head: lightClient(young.client) }]) {
      const deep = Number(await young.client.getBlockNumber())
      const provider = onChainAttestation({ ...options, deployment: young.deployment, realm: of, depth: deep })
      const facts = await provider.facts(question)
      assert.deepEqual([facts.policy?.required, facts.attester?.confirmed], [true, false])
      assert.equal(facts.source.safeBlock, 0n)
    }
    await young.stop()
  })

  it("are had again when a node that was down is back", async () => {
    let down = true
    const flaky = lyingNode(world.client, (_method, _params, honest) => {
      if (down) throw new Error("connection refused")
      return honest()
    })
    const provider = by({ client: flaky })
    await assert.rejects(provider.facts(question), { code: /^chain\./ })
    down = false
    await provider.facts(question)
  })

  describe("from nodes that lie about values", () => {
    interface Proof {
      accountProof: Hex[]
      storageProof: { key: Hex; value: Hex; proof: Hex[] }[]
    }
    const flip = (hex: Hex): Hex => `${hex.slice(0, -1)}${hex.endsWith("0") ? "1" : "0"}` as Hex
    const proving = (lie: Lie): PublicClient => lyingNode(world.client, lie)
    const slots = (change: (slot: Proof["storageProof"][number], all: Proof["storageProof"]) => object): Lie =>
      lieAbout("eth_getProof", (proof: Proof) => ({
        ...proof,
        storageProof: proof.storageProof.map((slot) => change(slot, proof.storageProof)),
      }))
    const lies: readonly (readonly [string, Lie])[] = [
      ["no proof", slots((slot) => ({ ...slot, proof: [] }))],
      ["an altered proof", slots((slot) => ({ ...slot, proof: slot.proof.map(flip) }))],
      ["a shortened proof", slots((slot) => ({ ...slot, proof: slot.proof.slice(0, -1) }))],
      ["another slot's proof", slots((_slot, all) => all[0]!)],
      ["too few slots", lieAbout("eth_getProof", (p: Proof) => ({ ...p, storageProof: p.storageProof.slice(1) }))],
      [
        "an altered account",
        lieAbout("eth_getProof", (p: Proof) => ({ ...p, accountProof: p.accountProof.map(flip) })),
      ],
      ["nothing", lieAbout("eth_getProof", () => null)],
    ]

    for (const [what, lie] of lies) {
      it(`are refused with ${what}, and had from the next node`, async () => {
        await setPolicy()
        await enroll()
        await write((deployment) => attestation.revokeAttester(deployment, realm, id))
        const alone = by({ head: lightClient(world.client, [proving(lie)]) })
        await assert.rejects(alone.facts(question), { code: /^chain\.(bad_proof|bad_answer)$/ })
        const two = by({ head: lightClient(world.client, [proving(lie), world.client]) })
        assert.equal((await two.facts(question)).attester?.revoked, true)
      })
    }

    it("are not had by values beside their proofs: those are not read", async () => {
      await enroll()
      await write((deployment) => attestation.revokeAttester(deployment, realm, id))
      const liar = proving(slots((slot) => ({ ...slot, value: "0x0" })))
      const facts = await by({ head: lightClient(world.client, [liar]) }).facts(question)
      assert.equal(facts.attester?.revoked, true)
    })

    it("are refused from before, though they were true then", async () => {
      await enroll()
      const then = await world.client.getBlockNumber()
      await write((deployment) => attestation.revokeAttester(deployment, realm, id))
      const liar = proving(async (method, params, honest) =>
        method === "eth_getProof"
          ? world.client.request({ method, params: [...params.slice(0, 2), `0x${then.toString(16)}`] } as never)
          : honest(),
      )
      await assert.rejects(by({ head: lightClient(world.client, [liar]) }).facts(question), { code: "chain.bad_proof" })
    })
  })
})

/** The proven reading against the registry's own: `appraisalOf` is its specification. */
describe("appraisals proven slot by slot", () => {
  it("agree with appraisalOf for every role, attester and measurement of a history", async function () {
    if (isInstrumented) return this.skip()
    this.timeout(60_000)
    const at: Attestations = await deployAttestations(await deploy())
    const { other, ids, keys } = await makeHistory(at)
    const client = at.fixture.chain as never
    const block = headerOf(
      await at.fixture.chain.request({ method: "eth_getBlockByNumber", params: ["latest", false] }),
    )
    const nothing: Hex = `0x${"00".repeat(32)}`
    let compared = 0
    for (const realm of [at.realm, other] as Hex[]) {
      const [called, proven] = [
        callingAppraisals(client, deploymentOf(at), realm),
        provingAppraisals([client], deploymentOf(at), realm),
      ]
      for (const role of [ROLE, OTHER_ROLE, nothing]) {
        for (const [i, attesterId] of [...ids, nothing, keys[0]!, keys[1]!].entries()) {
          const asked = { role, attesterId, measurementKey: keys[i] ?? nothing }
          const said = await called.appraisal(block, asked)
          assert.deepEqual(await proven.appraisal(block, asked), said)
          compared += Object.keys(said).length
        }
      }
    }
    assert.ok(compared > 100, `only ${compared} things were compared`)
  })
})
