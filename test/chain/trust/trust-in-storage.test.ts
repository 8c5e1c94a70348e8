import assert from "node:assert/strict"
import type { Hex } from "viem"
import { provingReader } from "../../../src/chain/trust/reader.ts"
import { headerOf } from "../../../src/chain/trust/header.ts"
import { realmLayout, realmSlot, slotAfter } from "../../../src/chain/generated/layout.ts"
import { trustInStorage } from "../../../src/chain/trust/trust-in-storage.ts"
import { callTrustOf } from "../../../src/chain/trust/trust-of.ts"
import type { Claim } from "../../../src/chain/trust/registry-trust.ts"
import type { Deployment } from "../../../src/chain/deployment.ts"
import { parseAddress, type Address } from "../../../src/core/address.ts"
import {
  account,
  admit,
  CAP,
  createRealm,
  DAY,
  deploy,
  enroll,
  isInstrumented,
  issue,
  now,
  pass,
  signRequest,
  type Fixture,
} from "../../contracts/fixture.ts"

const RUNS = 150
const owner = account(1)
const [root, nextRoot] = [account(2), account(3)]
const cas = [4, 5, 6, 7].map(account)
const [ca, retiring, offered, revoked] = cas as [typeof root, typeof root, typeof root, typeof root]
const successor = account(8)
const subs = [9, 10].map(account)
const machines = [11, 12, 13].map(account)
const ISSUER = CAP.intermediate | CAP.provider | CAP.consumer

/** The proven reading against the registry's own: `trustOf` is its specification. */
describe("trust proven slot by slot", function () {
  let fixture: Fixture
  let realm: Address
  let deployment: Deployment
  const digests: Hex[] = []
  const anchored: Claim[] = []

  before(async function () {
    if (isInstrumented) return this.skip()
    this.timeout(60_000)
    fixture = await deploy()
    await fixture.test.mine({ blocks: 100 })
    const created = await createRealm(fixture, { owner, root, validFrom: 5n })
    realm = created.realm as Address
    deployment = {
      chainId: Number(fixture.chainId),
      operatorRegistry: ours(fixture.operatorsAt),
      realmRegistry: ours(fixture.realmsAt),
      block: 0,
    }
    for (const each of cas) await enroll(fixture, each)
    for (const each of [ca, retiring, revoked])
      digests.push((await admit(fixture, { realm, root, ca: each, validFrom: 6n, capabilities: ISSUER })).digest)
    const offer = await issue(fixture, root, { realm, subject: offered.address, capabilities: ISSUER, validFrom: 6n })
    await fixture.send("realms", owner, "admit", [offer.message, offer.signature, "0x"])
    const anchor = async (issuer: typeof root, subject: typeof root, validFrom: bigint, capabilities: bigint) => {
      const made = await issue(fixture, issuer, { realm, subject: subject.address, validFrom, capabilities })
      await fixture.send("realms", owner, "anchor", [made.message, made.signature])
      anchored.push({ issuer: ours(issuer.address), subject: ours(subject.address), digest: made.digest })
      return made
    }
    await anchor(ca, subs[0]!, 10n, ISSUER)
    await anchor(subs[0]!, subs[1]!, 11n, ISSUER)
    await anchor(subs[1]!, machines[0]!, 12n, CAP.provider)
    await anchor(retiring, machines[1]!, 12n, CAP.provider)
    const gone = await anchor(ca, machines[2]!, 12n, CAP.provider)
    await fixture.send("realms", ca, "revoke", [realm, machines[2]!.address, gone.digest, 1])
    for (const by of [root, ca, machines[0]!]) {
      const digest: Hex = `0x${by.address.slice(2).padEnd(64, "7")}`
      await fixture.send("realms", by, "revoke", [realm, machines[0]!.address, digest, 1])
      digests.push(digest)
    }
    digests.push(...anchored.map(({ digest }) => digest))
    await fixture.send("realms", subs[0]!, "setEpoch", [realm, 50])
    await fixture.send("operators", ca, "setEpoch", [ca.address, 60])
    await fixture.send("operators", revoked, "revoke", [revoked.address, 1])
    const deadline = BigInt((await now(fixture)) + DAY)
    const retiresAt = (await now(fixture)) + 2 * DAY
    const message = { ca: retiring.address, newCa: successor.address, retiresAt, nonce: 0n, deadline }
    const type = "Rotate(address ca,address newCa,uint40 retiresAt,uint256 nonce,uint256 deadline)"
    const signature = await signRequest(fixture, "OperatorRegistry", successor, type, message)
    await fixture.send("operators", retiring, "rotate", [
      retiring.address,
      successor.address,
      retiresAt,
      deadline,
      signature,
    ])
  })

  const names = (): Address[] =>
    [...cas, ...subs, ...machines, root, nextRoot, successor, owner].map(({ address }) => ours(address))
  let seed = Number(process.env["SEED"] ?? Math.floor(Math.random() * 2 ** 31))
  const pick = <T>(list: readonly T[]): T => {
    seed = (Math.imul(seed, 1_103_515_245) + 12_345) >>> 0
    return list[(seed >>> 8) % list.length] as T
  }
  const someClaims = (): Claim[] => {
    const claim = (): Claim =>
      pick([true, false]) ? pick(anchored) : { issuer: pick(names()), subject: pick(names()), digest: pick(digests) }
    const machine = pick(names())
    const others = Array.from({ length: pick([0, 1, 2, 3, 7]) }, claim)
    const end = pick([true, false])
      ? [
          {
            issuer: pick([ours(root.address), ours(nextRoot.address)]),
            subject: ours(root.address),
            digest: pick(digests),
          },
        ]
      : []
    return [{ issuer: machine, subject: machine, digest: pick(digests) }, ...others, ...end].slice(0, 8)
  }

  async function compare(of = realm): Promise<Set<string>> {
    const block = headerOf(await fixture.chain.request({ method: "eth_getBlockByNumber", params: ["latest", false] }))
    const reader = provingReader([fixture.chain as never], deployment, of)
    const ends = new Set<string>()
    for (let i = 0; i < RUNS; i++) {
      const claims = someClaims()
      const said = await callTrustOf(fixture.chain as never, deployment, of, claims, block.hash)
      const { until, ...proven } = await reader.trust(block, claims)
      assert.deepEqual(proven, { ...said, timestamp: block.timestamp }, `seed ${seed}: ${JSON.stringify(claims)}`)
      ends.add(String(until))
    }
    return ends
  }

  it("agrees with trustOf", async function () {
    this.timeout(120_000)
    assert.ok((await compare()).size > 1, "no end was ahead in any of them")
  })

  it("agrees with trustOf while roots overlap, and when a rotated operator retires", async function () {
    this.timeout(120_000)
    const validFrom = await fixture.chain.getBlockNumber()
    const message = fixture.certificate({
      issuer: nextRoot.address,
      subject: nextRoot.address,
      realm,
      validFrom,
      capabilities: 255n,
    })
    const { signature } = await issue(fixture, nextRoot, message)
    const until = (await now(fixture)) + DAY
    const certificate = { root: nextRoot.address, validFrom, capabilities: 255n, meta: "" }
    await fixture.send("realms", owner, "rotateRoot", [realm, certificate, signature, until])
    await compare()
    await pass(fixture, 3 * DAY)
    await compare()
  })

  it("says when a root ends that counts now", () => {
    const of = ours(account(19).address)
    const rootAt = slotAfter(realmSlot(of), realmLayout.root.slot)
    const word = BigInt(of) | (255n << 160n) | (2_000n << 216n)
    const storage = { realms: (slot: Hex) => (slot === rootAt ? word : 0n), operators: () => 0n }
    const at = (timestamp: bigint) => trustInStorage(storage, of, [], { number: 1n, timestamp })
    assert.deepEqual([at(1_999n).roots.length, at(1_999n).until], [1, 2_000n])
    assert.deepEqual([at(2_000n).roots.length, at(2_000n).until], [0, undefined])
  })

  it("agrees with trustOf about a realm that does not exist", () =>
    compare(ours(account(19).address)) as Promise<never>)
})

function ours(address: string): Address {
  return parseAddress(address.toLowerCase()) as Address
}
