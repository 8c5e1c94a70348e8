import assert from "node:assert/strict"
import { encodeAbiParameters, keccak256, parseEventLogs, type Address, type Hex } from "viem"
import { realmRegistryAbi } from "../../src/chain/generated/RealmRegistry.ts"
import { grantBits, standingBits, unpack } from "../../src/chain/generated/layout.ts"
import {
  account,
  ALL_CAPS,
  createRealm,
  DAY,
  deploy,
  NO_END,
  now,
  pass,
  POLICY,
  refuses,
  signAuthority,
  ZERO,
  ZERO32,
  type Fixture,
} from "./fixture.ts"

const owner = account(1)
const root = account(2)
const newRoot = account(3)
const stranger = account(4)
const next = account(5)
const guardian = account(6)

describe("RealmRegistry: realms", () => {
  let fixture: Fixture

  beforeEach(async () => {
    fixture = await deploy()
    await fixture.test.mine({ blocks: 100 })
  })

  const send = (from: typeof owner, name: string, ...args: unknown[]) => fixture.send("realms", from, name, args)
  const events = async (receipt: Awaited<ReturnType<typeof send>>) =>
    parseEventLogs({ abi: realmRegistryAbi, logs: receipt.logs }).map(({ eventName, args }) => ({ eventName, args }))
  const noGrant = { issuer: ZERO, capabilities: 0, standing: 0, validFrom: 0, notAfter: 0 }

  async function rootCertificate(
    realm: Address,
    ca: typeof root,
    fields: { validFrom?: bigint; capabilities?: bigint; meta?: string } = {},
    signer = ca,
  ) {
    const certificate = { root: ca.address, validFrom: 1n, capabilities: ALL_CAPS, meta: "", ...fields }
    const { root: _, ...rest } = certificate
    const message = fixture.certificate({ issuer: ca.address, subject: ca.address, realm, ...rest })
    return { certificate, message, signature: await signAuthority(signer, message) }
  }

  describe("creation", () => {
    it("gives the realm its address, root, owner and policy, and its first event", async () => {
      const salt: Hex = `0x${"0b".repeat(32)}`
      const { realm, receipt, message } = await createRealm(fixture, { owner, root, salt, validFrom: 7n, policy: 2 })
      const digest = await fixture.realms.read.digestOf([message])
      const [created] = await events(receipt)
      assert.ok(created?.eventName === "RealmCreated")
      const { grant, ...args } = created.args as typeof created.args & { grant: bigint }
      assert.deepEqual(args, { realm, owner: owner.address, sequence: 1n, policy: 2, digest })
      assert.deepEqual(unpack(grant, grantBits), {
        issuer: BigInt(root.address),
        capabilities: 255n,
        standing: 0n,
        validFrom: 7n,
        notAfter: BigInt(NO_END),
      })
      const state = await fixture.realms.read.realmOf([realm])
      assert.deepEqual(
        [state.policy, state.sequence, state.owner, state.previousRoot, state.custody],
        [2, 1, owner.address, noGrant, { pending: ZERO, guardian: ZERO, delay: 0, successor: ZERO, readyAt: 0 }],
      )
      assert.deepEqual(state.root, {
        issuer: root.address,
        capabilities: 255,
        standing: 0,
        validFrom: 7,
        notAfter: NO_END,
      })
    })

    it("derives the address from chain, registry, creator and salt", async () => {
      const encoded = encodeAbiParameters(
        [{ type: "string" }, { type: "uint256" }, { type: "address" }, { type: "address" }, { type: "bytes32" }],
        ["wamp.realm", fixture.chainId, fixture.realmsAt, owner.address, ZERO32],
      )
      const expected = `0x${keccak256(encoded).slice(-40)}`
      assert.equal((await fixture.realms.read.realmAddress([owner.address, ZERO32])).toLowerCase(), expected)
    })

    it("cannot be done by another in front: the certificate names the creator's realm", async () => {
      const realm = await fixture.realms.read.realmAddress([owner.address, ZERO32])
      const { certificate, message, signature } = await rootCertificate(realm, root)
      const theirs = await fixture.realms.read.realmAddress([stranger.address, ZERO32])
      const digest = await fixture.realms.read.digestOf([{ ...message, realm: theirs }])
      await refuses(
        send(stranger, "createRealm", ZERO32, POLICY.open, certificate, signature),
        "CertificateSignatureInvalid",
        [digest, root.address],
      )
      await send(owner, "createRealm", ZERO32, POLICY.open, certificate, signature)
    })

    it("happens once per creator and salt, under a policy", async () => {
      const { realm } = await createRealm(fixture, { owner, root })
      const { certificate, signature } = await rootCertificate(realm, root)
      await refuses(send(owner, "createRealm", ZERO32, POLICY.open, certificate, signature), "RealmExists", [realm])
      const salt: Hex = `0x${"01".repeat(32)}`
      const other = await fixture.realms.read.realmAddress([owner.address, salt])
      await refuses(send(owner, "createRealm", salt, POLICY.none, certificate, signature), "RealmPolicyNotTighter", [
        other,
        0,
        0,
      ])
    })

    it("takes a root's own transaction for its signature, and nobody else's", async () => {
      const realm = await fixture.realms.read.realmAddress([root.address, ZERO32])
      const { certificate } = await rootCertificate(realm, root)
      await send(root, "createRealm", ZERO32, POLICY.open, certificate, "0x")
      const theirs = await fixture.realms.read.realmAddress([owner.address, ZERO32])
      const { certificate: of, message } = await rootCertificate(theirs, root)
      const wanted = await fixture.realms.read.digestOf([message])
      await refuses(send(owner, "createRealm", ZERO32, POLICY.open, of, "0x"), "CertificateSignatureInvalid", [
        wanted,
        root.address,
      ])
    })

    it("refuses every defect of the root certificate", async () => {
      const realm = await fixture.realms.read.realmAddress([owner.address, ZERO32])
      const time = await now(fixture)
      const block = await fixture.chain.getBlockNumber()
      const create = async (fields: Parameters<typeof rootCertificate>[2], signer = root, ca = root) => {
        const { certificate, signature } = await rootCertificate(realm, ca, fields, signer)
        return send(owner, "createRealm", ZERO32, POLICY.open, certificate, signature)
      }
      await refuses(create({ capabilities: 256n }), "CertificateCapabilitiesUnknown", [256n])
      await refuses(create({ capabilities: 1n << 63n }), "CertificateCapabilitiesUnknown", [1n << 63n])
      await refuses(create({ capabilities: 254n }), "CertificateWithoutRootCapability", [254n])
      await refuses(create({ validFrom: block + 5n }), "CertificateNotYetValid", [block + 5n, block])
      await refuses(create({ meta: `notAfter=${time}` }), "CertificateEndInvalid", [BigInt(time), BigInt(NO_END)])
      await refuses(create({ meta: "notAfter=0" }), "CertificateEndInvalid", [0n, BigInt(NO_END)])
      const { message } = await rootCertificate(realm, root)
      const wanted = await fixture.realms.read.digestOf([message])
      await refuses(create({}, stranger), "CertificateSignatureInvalid", [wanted, root.address])
      for (const nobody of [ZERO, realm]) {
        const certificate = { root: nobody, validFrom: 1n, capabilities: ALL_CAPS, meta: "" }
        const garbage: Hex = `0x${"00".repeat(64)}1b`
        await refuses(
          send(owner, "createRealm", ZERO32, POLICY.open, certificate, garbage),
          "CertificateSubjectInvalid",
          [nobody],
        )
      }
    })

    it("is not replayed on another contract of the same kind, nor on another chain", async () => {
      const realm = await fixture.realms.read.realmAddress([owner.address, ZERO32])
      const { certificate, message } = await rootCertificate(realm, root)
      for (const other of [{ verifyingContract: fixture.operatorsAt }, { chainId: 1n }]) {
        const signature = await signAuthority(root, { ...message, ...other })
        const wanted = await fixture.realms.read.digestOf([message])
        await refuses(
          send(owner, "createRealm", ZERO32, POLICY.open, certificate, signature),
          "CertificateSignatureInvalid",
          [wanted, root.address],
        )
      }
    })
  })

  describe("root rotation", () => {
    let realm: Address

    beforeEach(async () => {
      ;({ realm } = await createRealm(fixture, { owner, root, validFrom: 5n }))
    })

    async function rotate(ca: typeof root, overlapUntil: number, validFrom = 10n, from = owner) {
      const { certificate, signature, message } = await rootCertificate(realm, ca, { validFrom })
      const receipt = await send(from, "rotateRoot", realm, certificate, signature, overlapUntil)
      return { receipt, message }
    }

    it("keeps the former root for the overlap", async () => {
      const until = (await now(fixture)) + DAY
      const { receipt, message } = await rotate(newRoot, until)
      const [rotated] = await events(receipt)
      assert.ok(rotated?.eventName === "RootRotated")
      const { grant, ...args } = rotated.args as typeof rotated.args & { grant: bigint }
      assert.deepEqual(args, {
        realm,
        previous: root.address,
        root: newRoot.address,
        sequence: 2n,
        digest: await fixture.realms.read.digestOf([message]),
        overlapUntil: until,
      })
      assert.equal(unpack(grant, grantBits).standing, BigInt(standingBits.overlapped))
      const state = await fixture.realms.read.realmOf([realm])
      assert.deepEqual([state.root.issuer, state.root.validFrom], [newRoot.address, 10])
      assert.deepEqual(state.previousRoot, {
        issuer: root.address,
        capabilities: 255,
        standing: 0,
        validFrom: 5,
        notAfter: until,
      })
    })

    it("drops the former root at once without an overlap, and an earlier overlap with the next", async () => {
      await rotate(newRoot, 0)
      const state = await fixture.realms.read.realmOf([realm])
      assert.deepEqual([state.root.issuer, state.root.standing, state.previousRoot], [newRoot.address, 0, noGrant])
      await rotate(root, (await now(fixture)) + DAY, 11n)
      const third = await fixture.realms.read.realmOf([realm])
      assert.deepEqual([third.root.issuer, third.previousRoot.issuer], [root.address, newRoot.address])
      await rotate(next, 0, 12n)
      assert.deepEqual((await fixture.realms.read.realmOf([realm])).previousRoot, noGrant)
    })

    it("says in its event when nothing overlaps, whatever was asked", async () => {
      const overlapOf = async ({ receipt }: Awaited<ReturnType<typeof rotate>>) => {
        const [rotated] = await events(receipt)
        assert.ok(rotated?.eventName === "RootRotated")
        return (rotated.args as { overlapUntil: number }).overlapUntil
      }
      const time = await now(fixture)
      assert.equal(await overlapOf(await rotate(newRoot, time - DAY)), 0)
      assert.equal(await overlapOf(await rotate(newRoot, time + DAY, 11n)), 0)
      assert.equal(await overlapOf(await rotate(root, time + DAY, 12n)), time + DAY)
    })

    it("does not keep the former root for the very second of the rotation", async () => {
      const time = (await now(fixture)) + 100
      const { certificate, signature } = await rootCertificate(realm, newRoot, { validFrom: 10n })
      await fixture.test.setNextBlockTimestamp({ timestamp: BigInt(time) })
      const hash = await fixture.wallet(owner).writeContract({
        address: fixture.realmsAt,
        abi: realmRegistryAbi,
        functionName: "rotateRoot",
        args: [realm, certificate, signature, time],
        gas: 500_000n,
      })
      const [rotated] = await events(await fixture.chain.getTransactionReceipt({ hash }))
      assert.equal((rotated?.args as { overlapUntil?: number } | undefined)?.overlapUntil, 0)
      assert.equal(await now(fixture), time)
      const { root: current, previousRoot } = await fixture.realms.read.realmOf([realm])
      assert.deepEqual([current.issuer, current.standing, previousRoot], [newRoot.address, 0, noGrant])
    })

    it("does not lengthen the former root's own end, nor let a root overlap itself", async () => {
      const time = await now(fixture)
      const { certificate, signature } = await rootCertificate(realm, newRoot, {
        validFrom: 10n,
        meta: `notAfter=${time + 2 * DAY};x`,
      })
      await send(owner, "rotateRoot", realm, certificate, signature, 0)
      await rotate(root, time + 5 * DAY, 11n)
      assert.equal((await fixture.realms.read.realmOf([realm])).previousRoot.notAfter, time + 2 * DAY)
      await rotate(root, time + DAY, 12n)
      const state = await fixture.realms.read.realmOf([realm])
      assert.deepEqual([state.previousRoot, state.root.standing, state.root.validFrom], [noGrant, 0, 12])
    })

    it("is not hindered by a stolen root that raises its epoch in front of it", async () => {
      const block = Number(await fixture.chain.getBlockNumber())
      await send(root, "setEpoch", realm, block)
      await rotate(newRoot, (await now(fixture)) + DAY, 10n)
      assert.equal((await fixture.realms.read.realmOf([realm])).previousRoot.validFrom, block)
      // What the former root voided stays void, also when its younger successor raises its own epoch to less.
      await send(newRoot, "setEpoch", realm, 20)
      const state = await fixture.realms.read.realmOf([realm])
      assert.deepEqual([state.root.validFrom, state.previousRoot.validFrom], [20, block])
    })

    it("is the owner's, with a newer certificate and a bounded overlap", async () => {
      await refuses(rotate(newRoot, 0, 10n, stranger), "RealmNotOwner", [realm, stranger.address])
      await refuses(rotate(newRoot, 0, 10n, root), "RealmNotOwner", [realm, root.address])
      await refuses(rotate(root, 0, 5n), "CertificateNotNewer", [5n, 5n])
      await assert.rejects(rotate(newRoot, (await now(fixture)) + 91 * DAY), /RealmOverlapTooLong/)
      const { certificate, message } = await rootCertificate(realm, newRoot, { validFrom: 10n })
      const wanted = await fixture.realms.read.digestOf([message])
      await refuses(send(owner, "rotateRoot", realm, certificate, "0x", 0), "CertificateSignatureInvalid", [
        wanted,
        newRoot.address,
      ])
    })
  })

  describe("policy", () => {
    it("is only ever tightened, by the owner", async () => {
      const { realm } = await createRealm(fixture, { owner, root })
      await refuses(send(stranger, "tightenPolicy", realm, 2), "RealmNotOwner", [realm, stranger.address])
      await refuses(send(owner, "tightenPolicy", realm, 1), "RealmPolicyNotTighter", [realm, 1, 1])
      const receipt = await send(owner, "tightenPolicy", realm, 2)
      assert.deepEqual(await events(receipt), [
        { eventName: "PolicyTightened", args: { realm, sequence: 2n, previous: 1, policy: 2 } },
      ])
      await refuses(send(owner, "tightenPolicy", realm, 1), "RealmPolicyNotTighter", [realm, 2, 1])
      await refuses(send(owner, "tightenPolicy", realm, 0), "RealmPolicyNotTighter", [realm, 2, 0])
      await send(owner, "tightenPolicy", realm, 3)
      const state = await fixture.realms.read.realmOf([realm])
      assert.deepEqual([state.policy, state.sequence], [3, 3])
    })
  })

  describe("custody", () => {
    let realm: Address

    beforeEach(async () => {
      ;({ realm } = await createRealm(fixture, { owner, root }))
    })

    it("changes hands in two steps, and a new owner starts without a guardian", async () => {
      await send(owner, "setGuardian", realm, guardian.address, 7 * DAY)
      const offered = await send(owner, "offerOwner", realm, next.address)
      assert.deepEqual(await events(offered), [
        { eventName: "OwnerOffered", args: { realm, owner: owner.address, pending: next.address, sequence: 3n } },
      ])
      assert.equal((await fixture.realms.read.realmOf([realm])).owner, owner.address)
      await refuses(send(stranger, "acceptOwner", realm), "CustodyNotPending", [stranger.address, next.address])
      const accepted = await send(next, "acceptOwner", realm)
      assert.deepEqual(await events(accepted), [
        {
          eventName: "OwnerChanged",
          args: { realm, previous: owner.address, owner: next.address, sequence: 4n, recovered: false },
        },
      ])
      const state = await fixture.realms.read.realmOf([realm])
      assert.deepEqual(
        [state.owner, state.custody],
        [next.address, { pending: ZERO, guardian: ZERO, delay: 0, successor: ZERO, readyAt: 0 }],
      )
      await refuses(send(owner, "tightenPolicy", realm, 2), "RealmNotOwner", [realm, owner.address])
    })

    it("is won back after the delay unless the owner cancels", async () => {
      const set = await send(owner, "setGuardian", realm, guardian.address, 7 * DAY)
      assert.deepEqual(await events(set), [
        { eventName: "GuardianSet", args: { realm, guardian: guardian.address, sequence: 2n, delay: 7 * DAY } },
      ])
      await refuses(send(stranger, "startRecovery", realm, next.address), "CustodyNotGuardian", [
        stranger.address,
        guardian.address,
      ])
      await refuses(send(owner, "cancelRecovery", realm), "CustodyNoRecovery")
      await send(guardian, "startRecovery", realm, next.address)
      await refuses(send(guardian, "cancelRecovery", realm), "RealmNotOwner", [realm, guardian.address])
      const cancelled = await send(owner, "cancelRecovery", realm)
      assert.deepEqual(await events(cancelled), [
        { eventName: "RecoveryCancelled", args: { realm, successor: next.address, sequence: 4n } },
      ])
      await refuses(send(next, "completeRecovery", realm), "CustodyNoRecovery")

      const started = await send(guardian, "startRecovery", realm, next.address)
      const readyAt = (await now(fixture)) + 7 * DAY
      assert.deepEqual(await events(started), [
        {
          eventName: "RecoveryStarted",
          args: { realm, guardian: guardian.address, successor: next.address, sequence: 5n, readyAt },
        },
      ])
      await refuses(send(next, "completeRecovery", realm), "CustodyRecoveryNotReady", [BigInt(readyAt)])
      await pass(fixture, 7 * DAY)
      await refuses(send(stranger, "completeRecovery", realm), "CustodyNotSuccessor", [stranger.address, next.address])
      const done = await send(next, "completeRecovery", realm)
      assert.deepEqual(await events(done), [
        {
          eventName: "OwnerChanged",
          args: { realm, previous: owner.address, owner: next.address, sequence: 6n, recovered: true },
        },
      ])
    })

    it("starting a recovery again starts its delay again", async () => {
      await send(owner, "setGuardian", realm, guardian.address, 7 * DAY)
      await send(guardian, "startRecovery", realm, next.address)
      await pass(fixture, 6 * DAY)
      await send(guardian, "startRecovery", realm, stranger.address)
      await pass(fixture, 2 * DAY)
      const { readyAt } = (await fixture.realms.read.realmOf([realm])).custody
      await refuses(send(stranger, "completeRecovery", realm), "CustodyRecoveryNotReady", [BigInt(readyAt)])
      await refuses(send(next, "completeRecovery", realm), "CustodyNotSuccessor", [next.address, stranger.address])
    })
  })

  it("knows no realm that was not created", async () => {
    const realm = stranger.address
    const digest = ZERO32
    const certificate = fixture.certificate({ issuer: root.address, subject: next.address, realm })
    const own = { root: root.address, validFrom: 1n, capabilities: ALL_CAPS, meta: "" }
    const calls: readonly (readonly [string, ...unknown[]])[] = [
      ["rotateRoot", realm, own, "0x", 0],
      ["tightenPolicy", realm, 2],
      ["anchor", certificate, "0x"],
      ["anchorWithConsent", certificate, "0x", "0x"],
      ["anchorBatch", [certificate], ["0x"]],
      ["revoke", realm, ZERO, digest, 0],
      ["revokeAs", realm, owner.address, ZERO, digest, 0],
      ["revokeBatch", realm, [], [], 0],
      ["setEpoch", realm, 1],
      ["offerOwner", realm, ZERO],
      ["acceptOwner", realm],
      ["setGuardian", realm, ZERO, 0],
      ["startRecovery", realm, next.address],
      ["cancelRecovery", realm],
      ["completeRecovery", realm],
    ]
    for (const [name, ...args] of calls) await refuses(send(owner, name, ...args), "RealmUnknown", [realm])
    assert.equal((await fixture.realms.read.realmOf([realm])).policy, POLICY.none)
  })

  it("lets nobody but the owner rule a realm, not even its root", async () => {
    const { realm } = await createRealm(fixture, { owner, root })
    const own = { root: newRoot.address, validFrom: 9n, capabilities: ALL_CAPS, meta: "" }
    const calls: readonly (readonly [string, ...unknown[]])[] = [
      ["rotateRoot", own, "0x", 0],
      ["tightenPolicy", 2],
      ["revokeAs", root.address, ZERO, ZERO32, 0],
      ["offerOwner", stranger.address],
      ["setGuardian", stranger.address, 7 * DAY],
      ["cancelRecovery"],
    ]
    for (const [name, ...args] of calls) {
      for (const caller of [stranger, root, guardian]) {
        await refuses(send(caller, name, realm, ...args), "RealmNotOwner", [realm, caller.address])
      }
    }
  })

  it("takes no money", async () => {
    await assert.rejects(
      fixture.wallet(stranger).sendTransaction({ to: fixture.realmsAt, value: 1n }),
      /revert|unrecognized|fallback/i,
    )
  })

  it("says where operators are enrolled", async () => {
    assert.equal((await fixture.realms.read.OPERATORS()).toLowerCase(), fixture.operatorsAt.toLowerCase())
  })
})
