import assert from "node:assert/strict"
import { parseEventLogs, type Address, type Hex } from "viem"
import { realmRegistryAbi } from "../../src/chain/generated/RealmRegistry.ts"
import { standingBits } from "../../src/chain/generated/layout.ts"
import {
  account,
  admit,
  CAP,
  createRealm,
  DAY,
  deploy,
  enroll,
  issue,
  now,
  refuses,
  signRequest,
  ZERO,
  type Fixture,
} from "./fixture.ts"

const relayer = account(0)
const owner = account(1)
const root = account(2)
const ca = account(3)
const machine = account(5)
const stranger = account(6)
const sub = account(7)
const otherCa = account(8)
const REVOKE =
  "Revoke(address realm,address authority,address subject,bytes32 digest,uint8 reason,uint256 nonce,uint256 deadline)"

describe("RealmRegistry: revocation", () => {
  let fixture: Fixture
  let realm: Address

  beforeEach(async () => {
    fixture = await deploy()
    await fixture.test.mine({ blocks: 100 })
    await enroll(fixture, ca)
    await enroll(fixture, otherCa)
    ;({ realm } = await createRealm(fixture, { owner, root }))
    await admit(fixture, { realm, root, ca })
    await admit(fixture, { realm, root, ca: otherCa })
    const below = await certify(ca, sub.address, CAP.intermediate | CAP.provider)
    await send(relayer, "anchor", below.message, below.signature)
  })

  const send = (from: typeof owner, name: string, ...args: unknown[]) => fixture.send("realms", from, name, args)
  const certify = (
    issuer: typeof ca,
    subject: Address = machine.address,
    capabilities: bigint = CAP.provider,
    validFrom = 10n,
  ) => issue(fixture, issuer, { realm, subject, capabilities, validFrom })
  const isRevoked = async (subject: Address = machine.address) =>
    ((await fixture.realms.read.recordOf([realm, subject])).grant.standing & standingBits.revoked) !== 0

  async function anchored(issuer = sub) {
    const certificate = await certify(issuer)
    await send(relayer, "anchor", certificate.message, certificate.signature)
    return certificate
  }

  for (const [name, from] of Object.entries({
    issuer: sub,
    subject: machine,
    "issuer's issuer": ca,
    root,
    owner,
  })) {
    it(`of a record is up to its ${name}`, async () => {
      const { digest } = await anchored()
      const receipt = await send(from, "revoke", realm, machine.address, digest, 4)
      const [revoked] = parseEventLogs({ abi: realmRegistryAbi, logs: receipt.logs })
      const { sequence } = await fixture.realms.read.realmOf([realm])
      assert.deepEqual(revoked?.args, {
        realm,
        digest,
        authority: from.address,
        sequence: BigInt(sequence),
        subject: machine.address,
        reason: 4,
      })
      assert.ok(await isRevoked())
      await refuses(send(from, "revoke", realm, machine.address, digest, 4), "CertificateRevoked", [digest])
    })
  }

  it("of a record is up to every CA above it, however far", async () => {
    const lower = await certify(sub, stranger.address, CAP.intermediate | CAP.provider, 11n)
    await send(relayer, "anchor", lower.message, lower.signature)
    const { message, signature, digest } = await certify(stranger, machine.address, CAP.provider, 12n)
    await send(relayer, "anchor", message, signature)
    await refuses(send(otherCa, "revoke", realm, machine.address, digest, 1), "RevocationNotAuthorised", [
      realm,
      digest,
      otherCa.address,
    ])
    await send(ca, "revoke", realm, machine.address, digest, 1)
    assert.ok(await isRevoked())
  })

  it("of a record is up to the new root, also while the former one still stands above it", async () => {
    const { digest } = await anchored()
    const next = { root: stranger.address, validFrom: 20n, capabilities: 255n, meta: "" }
    const until = (await now(fixture)) + 86_400
    const { signature } = await issue(fixture, stranger, {
      realm,
      subject: stranger.address,
      validFrom: 20n,
      capabilities: 255n,
    })
    await send(owner, "rotateRoot", realm, next, signature, until)
    await send(stranger, "revoke", realm, machine.address, digest, 1)
    assert.ok(await isRevoked())
  })

  it("of a record looks six steps up, also where the owner has made a path longer than chains can be", async () => {
    const holders = (first: number, count: number) => Array.from({ length: count }, (_, i) => account(first + i))
    const [upper, lower] = [holders(10, 4), holders(14, 4)]
    const anchor = async (issuer: typeof ca, subject: typeof ca, validFrom: bigint, from = relayer) => {
      const { message, signature, digest } = await certify(issuer, subject.address, CAP.intermediate, validFrom)
      await send(from, "anchor", message, signature)
      return digest
    }
    const digests: Hex[] = []
    for (const [i, subject] of upper.entries()) await anchor(upper[i - 1] ?? ca, subject, 10n)
    for (const [i, subject] of lower.entries()) digests.push(await anchor(lower[i - 1] ?? ca, subject, 20n))
    await anchor(upper[3] ?? ca, lower[0] ?? ca, 21n, owner)

    const [, , third, fourth] = lower.map(({ address }, i) => [realm, address, digests[i], 1] as const)
    assert.ok(third && fourth)
    await refuses(send(ca, "revoke", ...fourth), "RevocationNotAuthorised", [realm, fourth[2], ca.address])
    await send(upper[0] ?? ca, "revoke", ...fourth)
    await send(ca, "revoke", ...third)
    assert.ok((await isRevoked(third[1])) && (await isRevoked(fourth[1])))
  })

  it("of a record by the owner is its own, whichever authority it names", async () => {
    const { digest } = await anchored()
    const receipt = await send(owner, "revokeAs", realm, stranger.address, machine.address, digest, 2)
    const [revoked] = parseEventLogs({ abi: realmRegistryAbi, logs: receipt.logs })
    assert.ok(revoked !== undefined)
    assert.equal((revoked.args as { authority: Address }).authority, owner.address)
    assert.ok(await isRevoked())
  })

  it("of a record is not up to strangers, other operators or those below", async () => {
    const { digest } = await certify(ca, sub.address, CAP.intermediate | CAP.provider)
    await anchored()
    for (const from of [stranger, otherCa, machine]) {
      await refuses(send(from, "revoke", realm, sub.address, digest, 1), "RevocationNotAuthorised", [
        realm,
        digest,
        from.address,
      ])
    }
    assert.ok(!(await isRevoked(sub.address)))
  })

  it("before sight is final: the certificate is not anchored afterwards", async () => {
    const { message, signature, digest } = await certify(ca)
    const receipt = await send(ca, "revoke", realm, machine.address, digest, 9)
    const [revoked] = parseEventLogs({ abi: realmRegistryAbi, logs: receipt.logs })
    assert.equal((revoked as { args: { subject: Address } }).args.subject, ZERO)
    assert.deepEqual(await fixture.realms.read.revocationOf([realm, ca.address, digest]), {
      blockNumber: Number(receipt.blockNumber),
      reason: 9,
    })
    await refuses(send(relayer, "anchor", message, signature), "CertificateRevoked", [digest])
    await refuses(send(ca, "revoke", realm, machine.address, digest, 9), "CertificateRevoked", [digest])
  })

  it("before sight by a stranger weighs nothing", async () => {
    const { message, signature, digest } = await certify(ca)
    await send(stranger, "revoke", realm, machine.address, digest, 1)
    await send(otherCa, "revoke", realm, ZERO, digest, 1)
    assert.equal((await fixture.realms.read.revocationOf([realm, ca.address, digest])).blockNumber, 0)
    await send(relayer, "anchor", message, signature)
    const path = await fixture.realms.read.trustOf([
      realm,
      [{ issuer: machine.address, subject: machine.address, digest }],
    ])
    assert.deepEqual(
      path.standings.map(({ revokedBy }) => revokedBy),
      [ZERO, ZERO, ZERO, ZERO],
    )
  })

  it("by the owner is in the name of the issuer", async () => {
    const { message, signature, digest } = await certify(ca)
    await refuses(send(stranger, "revokeAs", realm, ca.address, machine.address, digest, 2), "RealmNotOwner", [
      realm,
      stranger.address,
    ])
    await send(owner, "revokeAs", realm, ca.address, machine.address, digest, 2)
    assert.equal((await fixture.realms.read.revocationOf([realm, ca.address, digest])).reason, 2)
    await refuses(send(relayer, "anchor", message, signature), "CertificateRevoked", [digest])
    await refuses(send(owner, "revokeAs", realm, ca.address, machine.address, digest, 2), "CertificateRevoked", [
      digest,
    ])

    const seen = await anchored(sub)
    await send(owner, "revokeAs", realm, sub.address, machine.address, seen.digest, 2)
    assert.ok(await isRevoked())
  })

  it("is relayed with the authority's signature over every field, once", async () => {
    const { digest } = await anchored()
    const deadline = (await now(fixture)) + DAY
    const request = {
      realm,
      authority: ca.address,
      subject: machine.address,
      digest,
      reason: 5,
      nonce: 0n,
      deadline,
    }
    const signature = await signRequest(fixture, "RealmRegistry", ca, REVOKE, request)
    const args = [realm, ca.address, machine.address, digest, 5, deadline, signature] as const
    const changes: readonly (readonly [number, unknown])[] = [
      [0, stranger.address],
      [2, ZERO],
      [3, `0x${"00".repeat(32)}`],
      [4, 6],
      [5, deadline - 1],
    ]
    for (const [index, value] of changes) {
      const changed = args.map((arg, i) => (i === index ? value : arg))
      await refuses(send(relayer, "revokeFor", ...changed), "RequestSignatureInvalid", [ca.address])
    }
    const asOther = args.map((arg, i) => (i === 1 ? otherCa.address : arg))
    await refuses(send(relayer, "revokeFor", ...asOther), "RequestSignatureInvalid", [otherCa.address])
    await send(relayer, "revokeFor", ...args)
    assert.ok(await isRevoked())
    await refuses(send(relayer, "revokeFor", ...args), "RequestSignatureInvalid", [ca.address])
    const again = await signRequest(fixture, "RealmRegistry", ca, REVOKE, { ...request, nonce: 1n })
    await refuses(send(relayer, "revokeFor", ...args.slice(0, 6), again), "CertificateRevoked", [digest])
    assert.equal(await fixture.realms.read.nonces([ca.address]), 1n)
  })

  it("in a batch passes over what is revoked, so that nobody hinders the rest", async () => {
    const seen = await anchored(ca)
    const unseen = await certify(ca, stranger.address)
    const third = await certify(ca, account(30).address)
    await send(machine, "revoke", realm, machine.address, seen.digest, 1)
    await send(ca, "revoke", realm, ZERO, unseen.digest, 1)
    const subjects = [machine.address, stranger.address, account(30).address]
    const digests = [seen.digest, unseen.digest, third.digest]
    const receipt = await send(ca, "revokeBatch", realm, subjects, digests, 8)
    assert.equal(receipt.logs.length, 1)
    assert.equal((await fixture.realms.read.revocationOf([realm, ca.address, third.digest])).reason, 8)
    await refuses(send(ca, "revokeBatch", realm, subjects, digests.slice(1), 8), "RealmBatchUneven", [2n, 3n])
    const foreign = await certify(otherCa, account(31).address)
    await send(relayer, "anchor", foreign.message, foreign.signature)
    await refuses(
      send(ca, "revokeBatch", realm, [account(31).address], [foreign.digest], 8),
      "RevocationNotAuthorised",
      [realm, foreign.digest, ca.address],
    )
  })

  it("of a former certificate does not touch the record that followed", async () => {
    const { digest } = await anchored(ca)
    const newer = await certify(ca, machine.address, CAP.provider, 11n)
    await send(relayer, "anchor", newer.message, newer.signature)
    await send(ca, "revoke", realm, machine.address, digest, 1)
    assert.ok(!(await isRevoked()))
    assert.ok((await fixture.realms.read.revocationOf([realm, ca.address, digest])).blockNumber > 0)
  })

  it("costs the same whatever else the realm holds", async () => {
    const cost = async (i: number) => {
      const { message, signature, digest } = await certify(ca, account(200 + i).address)
      await send(relayer, "anchor", message, signature)
      return Number((await send(ca, "revoke", realm, message.subject, digest, 1)).gasUsed)
    }
    const before = await cost(0)
    for (let batch = 0; batch < 10; batch++) {
      const many = await Promise.all(
        Array.from({ length: 20 }, (_, i) => certify(ca, account(300 + 20 * batch + i).address)),
      )
      const digests: Hex[] = many.map(({ digest }) => digest)
      await send(
        ca,
        "revokeBatch",
        realm,
        many.map(({ message }) => message.subject),
        digests,
        1,
      )
    }
    assert.ok(Math.abs((await cost(1)) - before) < before * 0.05)
  })
})
