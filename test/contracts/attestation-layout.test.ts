import assert from "node:assert/strict"
import { keccak256, toHex, type Hex } from "viem"
import { attestationRegistryCodeHash } from "../../src/chain/generated/AttestationRegistry.ts"
import {
  attestationLogLayout,
  attestationLogSlot,
  attestationPolicyLayout,
  attestationPolicySlot,
  attestationRegistrySlots,
  attesterLayout,
  attesterSlot,
  measurementLayout,
  measurementSlot,
  slotAfter,
} from "../../src/chain/generated/layout.ts"
import { account, deploy, isInstrumented } from "./fixture.ts"
import { deployAttestations, nameOf, POLICY, ROLE, TPM, type Attestations } from "./attestation-fixture.ts"

type Member = { readonly slot: number; readonly offset: number; readonly bytes: number }

/** Where end points look when they prove state: each value read from its slot equals what the views say. */
describe("storage layout of the attestation registry", () => {
  let at: Attestations
  beforeEach(async () => {
    at = await deployAttestations(await deploy())
  })

  async function read(slot: Hex, member: Member): Promise<Hex> {
    const word = await at.fixture.chain.getStorageAt({ address: at.address, slot: slotAfter(slot, member.slot) })
    const value = BigInt.asUintN(8 * member.bytes, BigInt(word ?? "0x0") >> BigInt(8 * member.offset))
    return toHex(value, { size: member.bytes })
  }

  /** A struct read member by member, numbers as numbers, flags as flags. */
  async function struct(slot: Hex, layout: Readonly<Record<string, Member>>) {
    const members = Object.entries(layout).map(async ([name, member]) => {
      const value = await read(slot, member)
      const isFlag = name === "required" || name === "revoked"
      return [name, isFlag ? value === "0x01" : member.bytes <= 5 ? Number(value) : value] as const
    })
    return Object.fromEntries(await Promise.all(members))
  }

  it("is where it has always been: own state before inherited state", () => {
    const slots = { logs: 0, policies: 1, attesters: 2, measurements: 3, nonces: 4 }
    assert.deepEqual(attestationRegistrySlots, slots)
    assert.deepEqual(attestationLogLayout, {
      epoch: { slot: 0, offset: 0, bytes: 4 },
      sequence: { slot: 0, offset: 4, bytes: 4 },
      head: { slot: 0, offset: 8, bytes: 24 },
    })
    assert.deepEqual(attestationPolicyLayout, {
      required: { slot: 0, offset: 0, bytes: 1 },
      kinds: { slot: 0, offset: 1, bytes: 2 },
      bank: { slot: 0, offset: 3, bytes: 2 },
      mask: { slot: 0, offset: 5, bytes: 4 },
      maximumAge: { slot: 0, offset: 9, bytes: 4 },
      document: { slot: 1, offset: 0, bytes: 32 },
    })
    assert.deepEqual(attesterLayout, {
      delegate: { slot: 0, offset: 0, bytes: 20 },
      notBefore: { slot: 0, offset: 20, bytes: 5 },
      notAfter: { slot: 0, offset: 25, bytes: 5 },
      revoked: { slot: 0, offset: 30, bytes: 1 },
    })
    assert.deepEqual(measurementLayout, {
      notBefore: { slot: 0, offset: 0, bytes: 5 },
      notAfter: { slot: 0, offset: 5, bytes: 5 },
      revoked: { slot: 0, offset: 10, bytes: 1 },
      document: { slot: 1, offset: 0, bytes: 32 },
    })
  })

  it("holds logs, policies, attesters and measurements", async () => {
    const { realm, owner, send, registry } = at
    const { notBefore, notAfter } = await at.window()
    const measurement = await at.measurement()
    const [id, key] = [await registry.read.attesterId([TPM, nameOf(1)]), await at.keyOf(measurement)]
    await send(owner, "setPolicy", realm, ROLE, POLICY)
    await send(owner, "enrollAttester", realm, TPM, nameOf(1), account(3).address, notBefore, notAfter)
    await send(owner, "addMeasurement", realm, ROLE, measurement)
    for (const revoked of [false, true]) {
      if (revoked) {
        await send(owner, "revokeAttester", realm, id, 1)
        await send(owner, "revokeMeasurement", realm, ROLE, key, 1)
      }
      assert.deepEqual(
        await struct(attestationLogSlot(realm), attestationLogLayout),
        await registry.read.logOf([realm]),
      )
      assert.deepEqual(await struct(attestationPolicySlot(realm, ROLE), attestationPolicyLayout), POLICY)
      assert.deepEqual(await struct(attesterSlot(realm, id), attesterLayout), {
        delegate: account(3).address.toLowerCase(),
        notBefore,
        notAfter,
        revoked,
      })
      assert.deepEqual(
        await struct(measurementSlot(realm, ROLE, key), measurementLayout),
        await registry.read.measurementOf([realm, ROLE, key]),
      )
    }
  })

  it("is of a program that is known in advance and fits in a contract", async () => {
    if (isInstrumented) return
    const code = (await at.fixture.chain.getCode({ address: at.address })) ?? "0x"
    assert.equal(keccak256(code), attestationRegistryCodeHash(at.fixture.realmsAt))
    assert.notEqual(keccak256(code), attestationRegistryCodeHash(at.address))
    assert.throws(() => attestationRegistryCodeHash("0x12"), TypeError)
    assert.ok((code.length - 2) / 2 <= 24_576)
  })

  it("has no slot for what is no realm, role or key", () => {
    assert.throws(() => attestationLogSlot("0x12"), TypeError)
    assert.throws(() => attestationPolicySlot(at.realm, at.realm), TypeError)
    assert.throws(() => attesterSlot(at.realm, "0x"), TypeError)
    assert.throws(() => measurementSlot(at.realm, ROLE, at.realm), TypeError)
  })
})
