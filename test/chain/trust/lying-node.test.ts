import assert from "node:assert/strict"
import { encodeAbiParameters, keccak256, toRlp, type PublicClient } from "viem"
import { onChain, lightClient, pinned, quorum, type OnChainOptions } from "../../../src/chain/index.ts"
import { headerOf } from "../../../src/chain/trust/header.ts"
import { inTime } from "../../../src/chain/rpc.ts"
import type { Hex } from "../../../src/core/bytes.ts"
import type { ErrorCode } from "../../../src/core/errors.ts"
import { judgeChain } from "../../../src/trust/judge.ts"
import type { VerifiedDelegate } from "../../../src/trust/verified-delegate.ts"
import { startWorld, type Machine } from "../../world.ts"
import { lieAbout, lyingNode, type Lie } from "./lying-node.ts"

interface Slot {
  key: Hex
  value: Hex
  proof: Hex[]
}
interface Proof {
  accountProof: Hex[]
  storageHash: Hex
  codeHash: Hex
  storageProof: Slot[]
}
type Block = Record<string, unknown> & { hash: Hex; number: Hex; timestamp: Hex; stateRoot: Hex }

const flipLast = (hex: Hex): Hex => `${hex.slice(0, -1)}${hex.endsWith("0") ? "1" : "0"}` as Hex
const flipEnd = (proof: Hex[]): Hex[] => [...proof.slice(0, -1), flipLast(proof.at(-1)!)]
/** A lie about every slot. */
const slots = (change: (slot: Slot, all: Slot[], i: number) => Slot): Lie =>
  lieAbout("eth_getProof", (proof: Proof) => ({
    ...proof,
    storageProof: proof.storageProof.map((slot, i, all) => change(slot, all, i)),
  }))
const proofs = (change: (proof: Proof) => unknown): Lie => lieAbout("eth_getProof", change)
const blocks = (change: (block: Block) => unknown): Lie => lieAbout("eth_getBlockByNumber", change)
const fails =
  (error: Error): Lie =>
  (method, _params, honest) => {
    if (method === "eth_chainId") return honest()
    throw error
  }

/** A block of another fork, whose hash is right. */
function forked(block: Block): Block {
  const other = { ...block, stateRoot: keccak256(block.stateRoot) }
  let hash: Hex = "0x"
  try {
    headerOf(other)
  } catch (error) {
    hash = String((error as Error).message).slice(-66) as Hex
  }
  return { ...other, hash }
}

describe("a node that lies", () => {
  let world: Awaited<ReturnType<typeof startWorld>>
  let realm: Awaited<ReturnType<(typeof world)["foundRealm"]>>
  let good: Machine
  let revoked: Machine
  let beforeRevocation: bigint

  before(async function () {
    this.timeout(60_000)
    world = await startWorld()
    realm = await world.foundRealm(world.owner)
    good = await realm.machine(0)
    revoked = await realm.machine(1)
    beforeRevocation = await world.client.getBlockNumber()
    await world.revoke(revoked)
  })
  after(() => world.stop())

  const trust = (options: Pick<OnChainOptions, "head" | "client" | "maxHeadAge" | "clock">) =>
    onChain({ deployment: world.deployment, realm: realm.realm, ...options })
  const judge = async (machine: Machine, by: ReturnType<typeof onChain>): Promise<VerifiedDelegate> =>
    judgeChain(machine.certificates, await by.facts(machine.certificates), { now: Date.now(), skew: 300_000 })
  /** Values from the liar, blocks from a provider that verifies them. */
  const proving = (lie: Lie) => trust({ head: lightClient(world.client, [lyingNode(world.client, lie)]) })
  const liar = (lie: Lie): PublicClient => lyingNode(world.client, lie)
  const atBlock =
    (number: bigint): Lie =>
    async (method, params, honest) =>
      method === "eth_getProof"
        ? world.client.request({ method, params: [...params.slice(0, 2), `0x${number.toString(16)}`] } as never)
        : honest()

  it("is not needed: an honest one proves both verdicts", async () => {
    const by = proving((_method, _params, honest) => honest())
    const { source } = await judge(good, by)
    assert.equal(source.model === "on-chain" && source.level, "light-client")
    await assert.rejects(judge(revoked, by), { code: "trust.revoked" })
  })

  const ABOUT_VALUES: readonly (readonly [string, () => Lie, ErrorCode])[] = [
    ["a value beside its proof", () => slots((slot) => ({ ...slot, value: "0x0" })), "trust.revoked"],
    ["a key beside its proof", () => slots((slot) => ({ ...slot, key: flipLast(slot.key) })), "trust.revoked"],
    [
      "a storage root beside its proof",
      () => proofs((p) => ({ ...p, storageHash: flipLast(p.storageHash) })),
      "trust.revoked",
    ],
    ["a value inside its proof", () => slots((slot) => ({ ...slot, proof: flipEnd(slot.proof) })), "chain.bad_proof"],
    [
      "a node on the way",
      () => slots((slot) => ({ ...slot, proof: slot.proof.with(0, flipLast(slot.proof[0]!)) })),
      "chain.bad_proof",
    ],
    ["a truncated proof", () => slots((slot) => ({ ...slot, proof: slot.proof.slice(0, -1) })), "chain.bad_proof"],
    ["an empty proof", () => slots((slot) => ({ ...slot, proof: [] })), "chain.bad_proof"],
    [
      "a proof that goes on",
      () => slots((slot) => ({ ...slot, proof: [...slot.proof, slot.proof[0]!] })),
      "chain.bad_proof",
    ],
    [
      "the proof of an empty slot for each slot",
      () => slots((slot, all) => ({ ...slot, proof: all.find(({ value }) => BigInt(value) === 0n)!.proof })),
      "chain.bad_proof",
    ],
    [
      "swapped proofs",
      () => slots((slot, all, i) => ({ ...slot, proof: all[(i + 1) % all.length]!.proof })),
      "chain.bad_proof",
    ],
    ["a missing slot", () => proofs((p) => ({ ...p, storageProof: p.storageProof.slice(1) })), "chain.bad_answer"],
    ["the state before the revocation", () => atBlock(beforeRevocation), "chain.bad_proof"],
    ["a hidden account", () => proofs((p) => ({ ...p, accountProof: [] })), "chain.bad_proof"],
    [
      "a truncated account proof",
      () => proofs((p) => ({ ...p, accountProof: p.accountProof.slice(0, -1) })),
      "chain.bad_proof",
    ],
    [
      "another account",
      () => async (method, params, honest) =>
        method === "eth_getProof"
          ? world.client.request({ method, params: [world.deployment.operatorRegistry, ...params.slice(1)] } as never)
          : honest(),
      "chain.bad_proof",
    ],
    [
      "a code hash inside the account",
      () => proofs((p) => ({ ...p, accountProof: flipEnd(p.accountProof) })),
      "chain.bad_proof",
    ],
    ["null", () => proofs(() => null), "chain.bad_answer"],
    ["a text", () => proofs(() => "not revoked"), "chain.bad_answer"],
    ["proofs that are no hex", () => slots((slot) => ({ ...slot, proof: ["0xzz" as Hex] })), "chain.bad_answer"],
    ["proofs that are no list", () => slots((slot) => ({ ...slot, proof: "0x" as never })), "chain.bad_answer"],
    [
      "a proof of 100,000 nodes",
      () => slots((slot) => ({ ...slot, proof: Array.from({ length: 100_000 }, () => slot.proof[0]!) })),
      "chain.bad_answer",
    ],
    [
      "a node of a mebibyte",
      () => slots((slot) => ({ ...slot, proof: [`0x${"00".repeat(2 ** 20)}`] })),
      "chain.bad_answer",
    ],
    ["another chain's id", () => lieAbout("eth_chainId", () => "0x1"), "chain.wrong_chain"],
    ["an error", () => fails(Object.assign(new Error("missing trie node"), { code: -32_000 })), "chain.bad_answer"],
    ["hidden events", () => lieAbout("eth_getLogs", () => []), "trust.revoked"],
  ]
  for (const [what, lie, code] of ABOUT_VALUES) {
    it(`gains nothing by ${what}: ${code}`, () => assert.rejects(judge(revoked, proving(lie())), { code }))
  }

  it("gains nothing by a node that proves well beside it", async () => {
    const truncates = liar(slots((slot) => ({ ...slot, proof: [] })))
    const by = trust({ head: lightClient(world.client, [truncates, world.client]) })
    assert.equal((await judge(good, by)).realm, realm.realm)
  })

  it("gains nothing by another chain's id beside one that says the right one", async () => {
    const elsewhere = liar(lieAbout("eth_chainId", () => "0x1"))
    const by = trust({ head: lightClient(world.client, [elsewhere, world.client]) })
    assert.equal((await judge(good, by)).realm, realm.realm)
  })

  it("gains nothing by lying at once about one registry and late about the other", async () => {
    const late: Lie = async (method, params, honest) => {
      if (method !== "eth_getProof") return honest()
      if (params[0] === world.deployment.realmRegistry) await new Promise((resolve) => setTimeout(resolve, 100))
      return null
    }
    const by = trust({ head: lightClient(world.client, [liar(late), world.client]) })
    assert.equal((await judge(await realm.machine(0), by)).realm, realm.realm)
  })

  it("cannot have another program at the registry's address believed", async () => {
    const deployment = { ...world.deployment, realmRegistry: world.deployment.operatorRegistry }
    const by = onChain({ deployment, realm: realm.realm, head: lightClient(world.client) })
    await assert.rejects(judge(good, by), { code: "chain.wrong_code" })
  })

  const frozen =
    (number: bigint): Lie =>
    async (method, params, honest) => {
      if (method === "eth_blockNumber") return `0x${number.toString(16)}`
      if (method === "eth_getBlockByNumber" && params[0] === "latest")
        return world.client.request({ method, params: [`0x${number.toString(16)}`, false] } as never)
      return honest()
    }
  const ABOUT_BLOCKS: readonly (readonly [string, () => Lie])[] = [
    ["another fork", () => blocks(forked)],
    ["a hash that its header does not give", () => blocks((block) => ({ ...block, hash: flipLast(block.hash) }))],
    [
      "another state root under the same hash",
      () => blocks((block) => ({ ...block, stateRoot: flipLast(block.stateRoot) })),
    ],
    ["another number", () => blocks((block) => ({ ...block, number: "0x1" }))],
    ["no block", () => blocks(() => null)],
    ["a stale head", () => frozen(beforeRevocation)],
    ["a head far ahead", () => lieAbout("eth_blockNumber", () => "0xffffffff")],
    ["a head that is no number", () => lieAbout("eth_blockNumber", () => "latest")],
    ["a header without a field", () => blocks(({ extraData: _left, ...block }) => block)],
    ["a header of half an upgrade", () => blocks(({ baseFeePerGas: _left, ...block }) => block)],
    ["nothing at all", () => fails(new Error("connection refused"))],
    ["no answer, ever", () => () => new Promise(() => undefined)],
    [
      "no block, ever",
      () => (method, _params, honest) => (method === "eth_blockNumber" ? honest() : new Promise(() => undefined)),
    ],
  ]
  for (const [what, lie] of ABOUT_BLOCKS) {
    it(`alone against two others gains nothing by ${what}`, async () => {
      const dissent: number[] = []
      const head = quorum({
        clients: [liar(lie()), world.client, world.client],
        onDissent: (node) => dissent.push(node),
      })
      const by = trust({ head })
      const { source } = await judge(good, by)
      assert.equal(source.model === "on-chain" && source.level, "quorum")
      await assert.rejects(judge(revoked, by), { code: "trust.revoked" })
      assert.ok(dissent.every((node) => node === 0))
    })
  }

  it("is believed by nobody when all of a quorum differ", async () => {
    const other = (salt: number): Lie =>
      blocks((block) => forked({ ...block, stateRoot: keccak256(toRlp(`0x0${salt}`)) }))
    const head = quorum({ clients: [world.client, liar(other(1)), liar(other(2))] })
    await assert.rejects(judge(good, trust({ head })), { code: "chain.no_quorum" })
  })

  it("cannot hold the head back while an honest one is slow", async () => {
    const slow: Lie = async (method, _params, honest) => {
      if (method === "eth_blockNumber") await new Promise((resolve) => setTimeout(resolve, 600))
      return honest()
    }
    const head = quorum({ clients: [liar(frozen(1n)), world.client, liar(slow)] })
    assert.equal((await head.newest()).number, await world.client.getBlockNumber())
  })

  it("does no harm by an alarm that fails", async () => {
    const alarm = (): void => {
      throw new Error("no alarm")
    }
    for (const lie of [blocks(forked), fails(new Error("connection refused"))]) {
      const head = quorum({ clients: [liar(lie), world.client, world.client], onDissent: alarm })
      assert.equal((await judge(good, trust({ head }))).realm, realm.realm)
      await new Promise((resolve) => setTimeout(resolve, 50))
    }
  })

  it("is told of when it differs, by its place", async () => {
    const dissent: [number, string][] = []
    const clients = [world.client, world.client, liar(blocks(forked))]
    const head = quorum({ clients, agree: 2, onDissent: (node, { code }) => dissent.push([node, code]) })
    await judge(good, trust({ head }))
    await new Promise((resolve) => setTimeout(resolve, 50))
    assert.deepEqual(dissent[0], [2, "chain.no_quorum"])
  })

  it("is asked last once it has lied", async () => {
    let asked = 0
    const lies: Lie = (method, _params, honest) => {
      if (method !== "eth_getProof") return honest()
      asked++
      return null
    }
    const by = trust({ head: lightClient(world.client, [liar(lies), world.client]) })
    await judge(good, by)
    const before = asked
    await judge(await realm.machine(0), by)
    assert.equal(asked, before)
  })

  it("is not enough alone when the others are down", async () => {
    const down = liar(fails(new Error("connection refused")))
    await assert.rejects(judge(good, trust({ head: quorum({ clients: [world.client, down, down] }) })), {
      code: "chain.no_quorum",
    })
  })

  for (const [agree, of] of [
    [1, 1],
    [1, 2],
    [2, 4],
    [3, 2],
    [1.5, 2],
  ] as const) {
    it(`cannot be the quorum of ${agree} of ${of}`, () =>
      assert.throws(() => quorum({ clients: Array.from({ length: of }, () => world.client), agree }), {
        code: "usage.invalid",
      }))
  }

  it("cannot freeze the head for longer than policy allows", async () => {
    const { timestamp } = await world.client.getBlock()
    const at = (seconds: number) =>
      trust({ client: world.client, maxHeadAge: 60_000, clock: () => (Number(timestamp) + seconds) * 1_000 })
    await judge(good, at(60))
    await assert.rejects(judge(good, at(61)), { code: "chain.stale_head" })
    await assert.rejects(judge(good, at(-61)), { code: "chain.stale_head" })
  })

  it("is asked for the newest block again when the clock was set back", async () => {
    let now = Date.now()
    const by = trust({ client: world.client, clock: () => now })
    const doomed = await realm.machine(1)
    await judge(doomed, by)
    await world.revoke(doomed)
    now -= 3_600_000
    await assert.rejects(judge(doomed, by), { code: "trust.revoked" })
  })

  it("cannot stay behind a block that was seen while the clock is set back", async () => {
    let back = false
    let now = Date.now()
    const honestOrNot = lyingNode(world.client, (...call) => (back ? frozen(beforeRevocation)(...call) : call[2]()))
    const by = trust({ client: honestOrNot, clock: () => now })
    await judge(good, by)
    back = true
    now -= 3_600_000
    await assert.rejects(judge(good, by), { code: "chain.stale_head" })
  })

  it("cannot take back a block that was seen", async () => {
    let back = false
    const head = lightClient(
      lyingNode(world.client, (...call) => (back ? frozen(beforeRevocation)(...call) : call[2]())),
    )
    let now = Date.now()
    const by = trust({ head, clock: () => now })
    await assert.rejects(judge(revoked, by), { code: "trust.revoked" })
    back = true
    now += 60_000
    await assert.rejects(judge(revoked, by), { code: "trust.revoked" })
    await judge(good, by)
    now += 1
    await assert.rejects(judge(good, by), { code: "chain.stale_head" }, "it stays behind")
    await assert.rejects(
      judge(revoked, trust({ head: pinned(world.client, { number: beforeRevocation, hash: `0x${"11".repeat(32)}` }) })),
      { code: "chain.bad_proof" },
    )
  })

  it("cannot keep a cached verdict alive by lying about what changed", async () => {
    const doomed = await realm.machine(1)
    const truncated: Lie = lieAbout("eth_getProof", (proof: Proof, params) =>
      (params[1] as unknown[]).length <= 1 ? { ...proof, storageProof: [], accountProof: [] } : proof,
    )
    const by = proving(truncated)
    await judge(doomed, by)
    await world.revoke(doomed)
    await assert.rejects(judge(doomed, by), { code: "trust.revoked" })
  })

  it("does not hold a verdict up for longer than its patience", async () => {
    await assert.rejects(inTime(new Promise(() => undefined), "asking", 20), { code: "chain.unreachable" })
  })

  it("believed alone holds nobody up by never answering", async function () {
    this.timeout(15_000)
    await Promise.all(
      ["eth_getCode", "eth_call"].map((silent) => {
        const never: Lie = (method, _params, honest) => (method === silent ? new Promise(() => undefined) : honest())
        return assert.rejects(judge(good, trust({ client: liar(never) })), { code: "chain.unreachable" })
      }),
    )
  })

  it("believed alone can say anything, and the verdict says so", async () => {
    const answer = async (params: readonly unknown[], honest: () => Promise<unknown>): Promise<unknown> => {
      // The same question as of before the revocation.
      const [call] = params
      const old = await world.client.request({
        method: "eth_call",
        params: [call, `0x${beforeRevocation.toString(16)}`],
      } as never)
      return old === undefined ? honest() : old
    }
    const client = liar((method, params, honest) => (method === "eth_call" ? answer(params, honest) : honest()))
    const { source } = await judge(revoked, trust({ client }))
    assert.deepEqual([source.model, source.model === "on-chain" && source.level], ["on-chain", "single-rpc"])
  })

  for (const [what, lie, code] of [
    ["no code", lieAbout("eth_getCode", () => "0x"), "chain.wrong_code"],
    ["an empty answer", lieAbout("eth_call", () => "0x"), "chain.bad_answer"],
    [
      "a short answer",
      lieAbout("eth_call", () => encodeAbiParameters([{ type: "uint256" }], [1n])),
      "chain.bad_answer",
    ],
  ] as const) {
    it(`believed alone is still refused for ${what}`, () =>
      assert.rejects(judge(good, trust({ client: liar(lie) })), { code }))
  }
})
