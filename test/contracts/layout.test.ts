import assert from "node:assert/strict"
import { toHex, type Address, type Hex } from "viem"
import type { HDAccount } from "viem/accounts"
import {
  custodyLayout,
  DIGEST_BYTES,
  grantBits,
  logBits,
  operatorLayout,
  operatorRegistrySlots,
  operatorSlot,
  realmLayout,
  realmRegistrySlots,
  realmSlot,
  recordLayout,
  recordSlot,
  revocationLayout,
  revocationSlot,
  slotAfter,
  unpack,
} from "../../src/chain/generated/layout.ts"
import {
  account,
  admit,
  ALL_CAPS,
  CAP,
  createRealm,
  DAY,
  deploy,
  enroll,
  issue,
  now,
  signAuthority,
  signRequest,
  type Fixture,
} from "./fixture.ts"

const owner = account(1)
const root = account(2)
const ca = account(3)
const controller = account(4)
const guardian = account(5)
const next = account(6)
const newRoot = account(7)
const sub = account(8)
const newCa = account(9)
const pending = account(10)

/** Where end points look when they prove state: each value read from its slot equals what the views say. */
describe("storage layout", () => {
  let fixture: Fixture
  let realm: Address

  const send = (from: HDAccount, name: string, ...args: unknown[]) => fixture.send("realms", from, name, args)
  const operate = (from: HDAccount, name: string, ...args: unknown[]) => fixture.send("operators", from, name, args)

  /** A member of a struct whose first slot is `slot`. */
  async function read(
    address: Address,
    slot: Hex,
    member: { slot: number; offset: number; bytes: number },
  ): Promise<Hex> {
    const word = (await fixture.chain.getStorageAt({ address, slot: slotAfter(slot, member.slot) })) ?? "0x"
    const value = BigInt.asUintN(8 * member.bytes, BigInt(word) >> BigInt(8 * member.offset))
    return toHex(value, { size: member.bytes })
  }

  beforeEach(async () => {
    fixture = await deploy()
    await fixture.test.mine({ blocks: 100 })
    await enroll(fixture, ca, controller)
    ;({ realm } = await createRealm(fixture, { owner, root, policy: 2 }))
    await admit(fixture, { realm, root, ca })
  })

  it("is where it has always been: own state before inherited state", () => {
    assert.deepEqual(operatorRegistrySlots, { operators: 0, nonces: 1 })
    assert.deepEqual(realmRegistrySlots, { realms: 0, records: 1, revocations: 2, nonces: 3 })
    assert.deepEqual(operatorLayout, {
      controller: { slot: 0, offset: 0, bytes: 20 },
      status: { slot: 0, offset: 20, bytes: 1 },
      epoch: { slot: 0, offset: 21, bytes: 5 },
      retiresAt: { slot: 0, offset: 26, bytes: 5 },
      profile: { slot: 1, offset: 0, bytes: 32 },
      successorCa: { slot: 2, offset: 0, bytes: 20 },
      custody: { slot: 3, offset: 0, bytes: 96 },
    })
    assert.deepEqual(realmLayout, {
      log: { slot: 0, offset: 0, bytes: 32 },
      owner: { slot: 1, offset: 0, bytes: 20 },
      root: { slot: 2, offset: 0, bytes: 32 },
      previousRoot: { slot: 3, offset: 0, bytes: 32 },
      custody: { slot: 4, offset: 0, bytes: 96 },
    })
    assert.deepEqual(recordLayout, {
      grant: { slot: 0, offset: 0, bytes: 32 },
      epoch: { slot: 1, offset: 0, bytes: 5 },
      digest: { slot: 1, offset: 5, bytes: DIGEST_BYTES },
    })
    assert.deepEqual(revocationLayout, {
      blockNumber: { slot: 0, offset: 0, bytes: 5 },
      reason: { slot: 0, offset: 5, bytes: 1 },
    })
    assert.deepEqual(custodyLayout, {
      pending: { slot: 0, offset: 0, bytes: 20 },
      guardian: { slot: 1, offset: 0, bytes: 20 },
      delay: { slot: 1, offset: 20, bytes: 5 },
      successor: { slot: 2, offset: 0, bytes: 20 },
      readyAt: { slot: 2, offset: 20, bytes: 5 },
    })
  })

  it("holds an operator", async () => {
    await operate(controller, "setEpoch", ca.address, 77)
    await operate(controller, "offerController", ca.address, pending.address)
    await operate(controller, "setGuardian", ca.address, guardian.address, 7 * DAY)
    await operate(guardian, "startRecovery", ca.address, next.address)
    const deadline = (await now(fixture)) + DAY
    const type = "Rotate(address ca,address newCa,uint40 retiresAt,uint256 nonce,uint256 deadline)"
    const retiresAt = deadline
    const message = { ca: ca.address, newCa: newCa.address, retiresAt, nonce: 0n, deadline }
    const signature = await signRequest(fixture, "OperatorRegistry", newCa, type, message)
    await operate(controller, "rotate", ca.address, newCa.address, retiresAt, deadline, signature)

    const operator = await fixture.operators.read.operatorOf([ca.address])
    const slot = operatorSlot(ca.address)
    const at = (member: keyof typeof operatorLayout) => read(fixture.operatorsAt, slot, operatorLayout[member])
    assert.equal(await at("controller"), controller.address.toLowerCase())
    assert.equal(Number(await at("status")), operator.status)
    assert.equal(Number(await at("epoch")), 77)
    assert.equal(Number(await at("retiresAt")), retiresAt)
    assert.equal(await at("profile"), operator.profile)
    assert.equal(await at("successorCa"), newCa.address.toLowerCase())
    await holdsCustody(fixture.operatorsAt, slotAfter(slot, operatorLayout.custody.slot), operator.custody)
  })

  it("holds a realm", async () => {
    await send(owner, "offerOwner", realm, pending.address)
    await send(owner, "setGuardian", realm, guardian.address, 8 * DAY)
    await send(guardian, "startRecovery", realm, next.address)
    const own = { root: newRoot.address, validFrom: 9n, capabilities: ALL_CAPS, meta: "" }
    const message = fixture.certificate({ ...own, issuer: newRoot.address, subject: newRoot.address, realm })
    const until = (await now(fixture)) + DAY
    await send(owner, "rotateRoot", realm, own, await signAuthority(newRoot, message), until)

    const state = await fixture.realms.read.realmOf([realm])
    const slot = realmSlot(realm)
    const at = (member: keyof typeof realmLayout) => read(fixture.realmsAt, slot, realmLayout[member])
    assert.deepEqual(unpack(BigInt(await at("log")), logBits), {
      policy: 2n,
      sequence: BigInt(state.sequence),
      head: BigInt(state.head),
    })
    assert.equal(await at("owner"), owner.address.toLowerCase())
    for (const member of ["root", "previousRoot"] as const) {
      assert.deepEqual(unpack(BigInt(await at(member)), grantBits), bits(state[member]))
    }
    assert.equal(state.previousRoot.issuer, root.address)
    await holdsCustody(fixture.realmsAt, slotAfter(slot, realmLayout.custody.slot), state.custody)
  })

  it("holds records and revocations", async () => {
    const { message, digest } = await issue(fixture, ca, {
      realm,
      subject: sub.address,
      capabilities: CAP.intermediate,
    })
    const signature = await signAuthority(ca, message)
    await send(sub, "anchor", message, signature)
    await send(sub, "setEpoch", realm, 55)
    await send(ca, "revoke", realm, sub.address, digest, 1)
    const record = await fixture.realms.read.recordOf([realm, sub.address])
    const slot = recordSlot(realm, sub.address)
    const at = (member: keyof typeof recordLayout) => read(fixture.realmsAt, slot, recordLayout[member])
    assert.deepEqual(unpack(BigInt(await at("grant")), grantBits), bits(record.grant))
    assert.equal(Number(await at("epoch")), 55)
    assert.equal(await at("digest"), record.digest)
    assert.equal(record.digest, digest.slice(0, 2 + 2 * DIGEST_BYTES))

    const unseen = `0x${"c4".repeat(32)}` as const
    const { blockNumber } = await send(ca, "revoke", realm, sub.address, unseen, 201)
    const there = revocationSlot(realm, ca.address, unseen)
    assert.equal(Number(await read(fixture.realmsAt, there, revocationLayout.blockNumber)), Number(blockNumber))
    assert.equal(Number(await read(fixture.realmsAt, there, revocationLayout.reason)), 201)
    const sameName = `0x${"c4".repeat(DIGEST_BYTES)}0000000000` as const
    assert.equal(revocationSlot(realm, ca.address, sameName), there)
    assert.notEqual(revocationSlot(realm, sub.address, unseen), there)
  })

  it("refuses addresses and digests that are none", () => {
    assert.throws(() => realmSlot("0x12"), TypeError)
    assert.throws(() => revocationSlot(realm, ca.address, realm), TypeError)
  })

  function bits(grant: {
    issuer: Address
    capabilities: number
    standing: number
    validFrom: number
    notAfter: number
  }) {
    return {
      issuer: BigInt(grant.issuer),
      capabilities: BigInt(grant.capabilities),
      standing: BigInt(grant.standing),
      validFrom: BigInt(grant.validFrom),
      notAfter: BigInt(grant.notAfter),
    }
  }

  async function holdsCustody(
    address: Address,
    slot: Hex,
    custody: { pending: Address; guardian: Address; delay: number; successor: Address; readyAt: number },
  ) {
    const at = (member: keyof typeof custodyLayout) => read(address, slot, custodyLayout[member])
    assert.equal(await at("pending"), custody.pending.toLowerCase())
    assert.equal(await at("guardian"), custody.guardian.toLowerCase())
    assert.equal(Number(await at("delay")), custody.delay)
    assert.equal(await at("successor"), custody.successor.toLowerCase())
    assert.equal(Number(await at("readyAt")), custody.readyAt)
    assert.deepEqual(custody.pending, pending.address)
    assert.deepEqual(custody.successor, next.address)
  }
})
