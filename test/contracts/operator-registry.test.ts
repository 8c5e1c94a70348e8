import assert from "node:assert/strict"
import { parseEventLogs, type Hex } from "viem"
import { operatorRegistryAbi } from "../../src/chain/generated/OperatorRegistry.ts"
import { account, DAY, deploy, enroll, now, pass, refuses, signRequest, ZERO, ZERO32, type Fixture } from "./fixture.ts"

const ca = account(1)
const controller = account(2)
const stranger = account(3)
const next = account(4)
const guardian = account(5)
const newCa = account(6)
const relayer = account(7)
const PROFILE: Hex = `0x${"11".repeat(32)}`
const URI = "https://example.com"
const STATUS = { none: 0, active: 1, retired: 2, revoked: 3 }
const ENROLL = "Enroll(address ca,address controller,bytes32 profile,string uri,uint256 nonce,uint256 deadline)"
const ROTATE = "Rotate(address ca,address newCa,uint40 retiresAt,uint256 nonce,uint256 deadline)"
const REVOKE = "Revoke(address ca,address controller,uint8 reason,uint256 nonce,uint256 deadline)"

describe("OperatorRegistry", () => {
  let fixture: Fixture

  beforeEach(async () => {
    fixture = await deploy()
  })

  const send = (from: typeof ca, name: string, ...args: unknown[]) => fixture.send("operators", from, name, args)
  const events = async (receipt: Awaited<ReturnType<typeof send>>) =>
    parseEventLogs({ abi: operatorRegistryAbi, logs: receipt.logs }).map(({ eventName, args }) => ({ eventName, args }))
  const status = async (of = ca.address) => (await fixture.operators.read.statusOf([of]))[0]

  async function rotation(
    overrides: { retiresAt?: number; nonce?: bigint; deadline?: number; signer?: typeof ca } = {},
  ) {
    const retiresAt = overrides.retiresAt ?? (await now(fixture)) + DAY
    const deadline = overrides.deadline ?? (await now(fixture)) + DAY
    const signature = await signRequest(fixture, "OperatorRegistry", overrides.signer ?? newCa, ROTATE, {
      ca: ca.address,
      newCa: newCa.address,
      retiresAt,
      nonce: overrides.nonce ?? 0n,
      deadline,
    })
    return [ca.address, newCa.address, retiresAt, deadline, signature] as const
  }

  describe("enrolment", () => {
    it("is made by the CA key itself, under a controller of its choice", async () => {
      const receipt = await send(ca, "enroll", controller.address, PROFILE, URI)
      assert.deepEqual(await events(receipt), [
        { eventName: "Enrolled", args: { ca: ca.address, controller: controller.address, profile: PROFILE, uri: URI } },
      ])
      const operator = await fixture.operators.read.operatorOf([ca.address])
      assert.deepEqual(
        [
          operator.controller,
          operator.status,
          operator.epoch,
          operator.retiresAt,
          operator.profile,
          operator.successorCa,
        ],
        [controller.address, STATUS.active, 0, 0, PROFILE, ZERO],
      )
      assert.equal(await fixture.operators.read.controllerOf([ca.address]), controller.address)
      assert.deepEqual(await fixture.operators.read.statusOf([ca.address]), [STATUS.active, 0])
      assert.equal(await fixture.operators.read.activeEpochOf([ca.address]), 0n)
    })

    it("happens once, also after revocation", async () => {
      await enroll(fixture, ca, controller)
      await refuses(send(ca, "enroll", ca.address, PROFILE, URI), "OperatorExists", [ca.address])
      await send(controller, "revoke", ca.address, 1)
      await refuses(send(ca, "enroll", ca.address, PROFILE, URI), "OperatorExists", [ca.address])
    })

    it("needs a controller", () => refuses(send(ca, "enroll", ZERO, PROFILE, URI), "OperatorZeroController"))

    it("knows nothing of anybody else", async () => {
      assert.equal(await status(stranger.address), STATUS.none)
      assert.equal(await fixture.operators.read.activeEpochOf([stranger.address]), 2n ** 256n - 1n)
      assert.equal(await fixture.operators.read.controllerOf([stranger.address]), ZERO)
    })
  })

  describe("relayed enrolment", () => {
    async function request(overrides: Record<string, unknown> = {}, signer = ca) {
      const message = {
        ca: ca.address,
        controller: controller.address,
        profile: PROFILE,
        uri: URI,
        nonce: 0n,
        deadline: BigInt((await now(fixture)) + DAY),
        ...overrides,
      }
      const signature = await signRequest(fixture, "OperatorRegistry", signer, ENROLL, message)
      return {
        message,
        signature,
        args: [message.ca, message.controller, message.profile, message.uri, message.deadline, signature],
      }
    }

    it("counts the CA's signature, whoever sends it, and spends its nonce", async () => {
      const { args } = await request()
      await send(relayer, "enrollFor", ...args)
      assert.equal(await status(), STATUS.active)
      assert.equal(await fixture.operators.read.nonces([ca.address]), 1n)
    })

    it("takes no key from somebody without it", async () => {
      const { args } = await request({}, stranger)
      await refuses(send(relayer, "enrollFor", ...args), "RequestSignatureInvalid", [ca.address])
    })

    it("lets the relayer choose no field", async () => {
      const { args } = await request()
      for (const [index, value] of [
        [0, stranger.address],
        [1, stranger.address],
        [2, ZERO32],
        [3, "https://example.org"],
        [4, (args[4] as bigint) - 1n],
      ] as const) {
        const changed = args.map((arg, i) => (i === index ? value : arg))
        const of = index === 0 ? stranger.address : ca.address
        await refuses(send(relayer, "enrollFor", ...changed), "RequestSignatureInvalid", [of])
      }
    })

    it("is not replayed: the nonce is part of what is signed", async () => {
      const { args } = await request()
      await send(relayer, "enrollFor", ...args)
      await refuses(send(relayer, "enrollFor", ...args), "RequestSignatureInvalid", [ca.address])
    })

    it("has a deadline, good up to its very second and at most 7 days ahead", async () => {
      const time = await now(fixture)
      await fixture.test.setNextBlockTimestamp({ timestamp: BigInt(time + 100) })
      await fixture.test.mine({ blocks: 1 })
      const past = await request({ deadline: BigInt(time + 99) })
      await refuses(send(relayer, "enrollFor", ...past.args), "RequestExpired", [BigInt(time + 99)])
      const far = await request({ deadline: BigInt(time + 100 * DAY) })
      const tooFar = await send(relayer, "enrollFor", ...far.args).catch((error: unknown) => String(error))
      assert.match(String(tooFar), /RequestDeadlineTooFar/)

      const edge = await request({ deadline: BigInt(time + 200) })
      await fixture.test.setBlockTimestampInterval({ interval: 0 }).catch(() => undefined)
      await fixture.test.setNextBlockTimestamp({ timestamp: BigInt(time + 200) })
      const hash = await fixture.wallet(relayer).writeContract({
        address: fixture.operatorsAt,
        abi: operatorRegistryAbi,
        functionName: "enrollFor",
        args: edge.args as never,
        gas: 500_000n,
      })
      assert.equal((await fixture.chain.getTransactionReceipt({ hash })).status, "success")
    })

    it("binds chain and contract", async () => {
      const { message } = await request()
      const types = {
        Enroll: [
          { name: "ca", type: "address" },
          { name: "controller", type: "address" },
          { name: "profile", type: "bytes32" },
          { name: "uri", type: "string" },
          { name: "nonce", type: "uint256" },
          { name: "deadline", type: "uint256" },
        ],
      }
      for (const other of [
        { chainId: fixture.chainId + 1n },
        { verifyingContract: fixture.realmsAt },
        { name: "WMP RealmRegistry" },
        { version: "2" },
      ]) {
        const domain = {
          name: "WMP OperatorRegistry",
          version: "1",
          chainId: fixture.chainId,
          verifyingContract: fixture.operatorsAt,
          ...other,
        }
        const signature = await ca.signTypedData({ domain, types, primaryType: "Enroll", message })
        const args = [message.ca, message.controller, message.profile, message.uri, message.deadline, signature]
        await refuses(send(relayer, "enrollFor", ...args), "RequestSignatureInvalid", [ca.address])
      }
    })
  })

  describe("profile and epoch", () => {
    beforeEach(async () => {
      await enroll(fixture, ca, controller)
    })

    it("the controller replaces the profile", async () => {
      const receipt = await send(controller, "setProfile", ca.address, ZERO32, "ipfs://x")
      assert.deepEqual(await events(receipt), [
        { eventName: "ProfileSet", args: { ca: ca.address, profile: ZERO32, uri: "ipfs://x" } },
      ])
      assert.equal((await fixture.operators.read.operatorOf([ca.address])).profile, ZERO32)
    })

    it("the epoch only grows, up to the current block; CA and controller may set it", async () => {
      await fixture.test.mine({ blocks: 50 })
      const receipt = await send(ca, "setEpoch", ca.address, 10)
      assert.deepEqual(await events(receipt), [
        { eventName: "EpochSet", args: { ca: ca.address, previousEpoch: 0, epoch: 10 } },
      ])
      await send(controller, "setEpoch", ca.address, 11)
      assert.equal(await fixture.operators.read.activeEpochOf([ca.address]), 11n)
      const block = await fixture.chain.getBlockNumber()
      await refuses(send(ca, "setEpoch", ca.address, 11), "OperatorEpochInvalid", [11n, 11n, block])
      await refuses(send(ca, "setEpoch", ca.address, block + 1n), "OperatorEpochInvalid", [block + 1n, 11n, block])
      await refuses(send(stranger, "setEpoch", ca.address, 12), "OperatorNotController", [ca.address, stranger.address])
      await send(ca, "setEpoch", ca.address, block)
      assert.equal(await fixture.operators.read.activeEpochOf([ca.address]), block)
    })

    it("ends with the operator", async () => {
      await send(controller, "revoke", ca.address, 1)
      await refuses(send(ca, "setEpoch", ca.address, 1), "OperatorRevoked", [ca.address])
    })

    it("an unknown CA has none", () =>
      refuses(send(stranger, "setEpoch", stranger.address, 1), "OperatorUnknown", [stranger.address]))
  })

  describe("rotation", () => {
    beforeEach(async () => {
      await enroll(fixture, ca, controller)
    })

    it("enrols the new key, keeps the old one during the overlap and retires it", async () => {
      const args = await rotation()
      const receipt = await send(controller, "rotate", ...args)
      const { profile } = await fixture.operators.read.operatorOf([ca.address])
      assert.deepEqual(await events(receipt), [
        {
          eventName: "Rotated",
          args: { ca: ca.address, newCa: newCa.address, controller: controller.address, profile, retiresAt: args[2] },
        },
      ])
      assert.deepEqual([await status(), await status(newCa.address)], [STATUS.active, STATUS.active])
      assert.equal((await fixture.operators.read.operatorOf([ca.address])).successorCa, newCa.address)
      assert.equal(await fixture.operators.read.controllerOf([newCa.address]), controller.address)
      await pass(fixture, DAY)
      assert.deepEqual([await status(), await status(newCa.address)], [STATUS.retired, STATUS.active])
      assert.equal((await fixture.operators.read.operatorOf([ca.address])).status, STATUS.retired)
      assert.equal(await fixture.operators.read.activeEpochOf([ca.address]), 2n ** 256n - 1n)
    })

    it("at once, when the time is past", async () => {
      const receipt = await send(controller, "rotate", ...(await rotation({ retiresAt: 1 })))
      assert.equal(await status(), STATUS.retired)
      const time = await now(fixture)
      assert.equal((await fixture.operators.read.operatorOf([ca.address])).retiresAt, time)
      const rotated = (await events(receipt)).find(({ eventName }) => eventName === "Rotated")
      assert.equal((rotated?.args as { retiresAt?: number } | undefined)?.retiresAt, time)
    })

    it("keeps the old key for 90 days at most, to the second", async () => {
      const time = (await now(fixture)) + 100
      const latest = time + 90 * DAY
      const rotateAt = async (retiresAt: number) =>
        ({
          address: fixture.operatorsAt,
          abi: operatorRegistryAbi,
          functionName: "rotate",
          args: (await rotation({ retiresAt })) as never,
          account: controller,
        }) as const
      const [good, long] = [await rotateAt(latest), await rotateAt(latest + 1)]
      await fixture.test.setNextBlockTimestamp({ timestamp: BigInt(time) })
      await refuses(fixture.chain.simulateContract({ ...long, blockTag: "pending" }), "OperatorOverlapTooLong", [
        BigInt(latest + 1),
        BigInt(latest),
      ])
      const hash = await fixture.wallet(controller).writeContract({ ...good, gas: 500_000n })
      assert.equal((await fixture.chain.getTransactionReceipt({ hash })).status, "success")
      assert.equal((await fixture.operators.read.operatorOf([ca.address])).retiresAt, latest)
    })

    it("happens once, and not for long", async () => {
      await send(controller, "rotate", ...(await rotation()))
      await refuses(send(controller, "rotate", ...(await rotation({ nonce: 1n }))), "OperatorAlreadyRotated", [
        ca.address,
        newCa.address,
      ])
      await enroll(fixture, next, controller)
      const retiresAt = (await now(fixture)) + 91 * DAY
      const args = [next.address, account(8).address, retiresAt, 0, "0x"]
      const failure = await send(controller, "rotate", ...args).catch((error: unknown) => String(error))
      assert.match(String(failure), /OperatorOverlapTooLong/)
    })

    it("needs the new key's signature and an unenrolled key", async () => {
      await refuses(send(controller, "rotate", ...(await rotation({ signer: stranger }))), "RequestSignatureInvalid", [
        newCa.address,
      ])
      await enroll(fixture, newCa)
      await refuses(send(controller, "rotate", ...(await rotation())), "OperatorExists", [newCa.address])
    })

    it("a retired operator can still be revoked", async () => {
      await send(controller, "rotate", ...(await rotation({ retiresAt: 1 })))
      await send(controller, "revoke", ca.address, 1)
      assert.equal(await status(), STATUS.revoked)
    })
  })

  describe("revocation", () => {
    beforeEach(async () => {
      await enroll(fixture, ca, controller)
    })

    it("is final", async () => {
      const receipt = await send(controller, "revoke", ca.address, 7)
      assert.deepEqual(await events(receipt), [
        { eventName: "Revoked", args: { ca: ca.address, controller: controller.address, reason: 7 } },
      ])
      assert.equal(await status(), STATUS.revoked)
      await refuses(send(controller, "revoke", ca.address, 7), "OperatorRevoked", [ca.address])
      await refuses(send(controller, "setProfile", ca.address, ZERO32, ""), "OperatorRevoked", [ca.address])
      await refuses(send(controller, "rotate", ...(await rotation())), "OperatorRevoked", [ca.address])
    })

    it("is relayed with the controller's signature", async () => {
      const deadline = (await now(fixture)) + DAY
      const message = { ca: ca.address, controller: controller.address, reason: 2, nonce: 0n, deadline }
      const forged = await signRequest(fixture, "OperatorRegistry", ca, REVOKE, message)
      await refuses(send(relayer, "revokeFor", ca.address, 2, deadline, forged), "RequestSignatureInvalid", [
        controller.address,
      ])
      const signature = await signRequest(fixture, "OperatorRegistry", controller, REVOKE, message)
      await refuses(send(relayer, "revokeFor", ca.address, 3, deadline, signature), "RequestSignatureInvalid", [
        controller.address,
      ])
      await send(relayer, "revokeFor", ca.address, 2, deadline, signature)
      assert.equal(await status(), STATUS.revoked)
      await refuses(send(relayer, "revokeFor", ca.address, 2, deadline, signature), "OperatorRevoked", [ca.address])
      await refuses(send(relayer, "revokeFor", stranger.address, 2, deadline, signature), "OperatorUnknown", [
        stranger.address,
      ])
    })
  })

  describe("custody", () => {
    beforeEach(async () => {
      await enroll(fixture, ca, controller)
    })

    it("changes hands in two steps, and a new controller starts without a guardian", async () => {
      await send(controller, "setGuardian", ca.address, guardian.address, 7 * DAY)
      await send(guardian, "startRecovery", ca.address, stranger.address)
      const offered = await send(controller, "offerController", ca.address, next.address)
      assert.deepEqual(await events(offered), [
        {
          eventName: "ControllerOffered",
          args: { ca: ca.address, controller: controller.address, pending: next.address },
        },
      ])
      assert.equal(await fixture.operators.read.controllerOf([ca.address]), controller.address)
      await refuses(send(stranger, "acceptController", ca.address), "CustodyNotPending", [
        stranger.address,
        next.address,
      ])
      const receipt = await send(next, "acceptController", ca.address)
      assert.deepEqual(await events(receipt), [
        {
          eventName: "ControllerChanged",
          args: { ca: ca.address, previous: controller.address, controller: next.address, recovered: false },
        },
      ])
      const { custody, controller: holder } = await fixture.operators.read.operatorOf([ca.address])
      assert.deepEqual(custody, { pending: ZERO, guardian: ZERO, delay: 0, successor: ZERO, readyAt: 0 })
      assert.equal(holder, next.address)
      await refuses(send(next, "acceptController", ca.address), "CustodyNotPending", [next.address, ZERO])
      await refuses(send(controller, "revoke", ca.address, 1), "OperatorNotController", [
        ca.address,
        controller.address,
      ])
      await send(next, "revoke", ca.address, 1)
    })

    it("an offer is taken back", async () => {
      await send(controller, "offerController", ca.address, next.address)
      await send(controller, "offerController", ca.address, ZERO)
      await refuses(send(next, "acceptController", ca.address), "CustodyNotPending", [next.address, ZERO])
    })

    it("is won back by the guardian's successor, never before the delay", async () => {
      const set = await send(controller, "setGuardian", ca.address, guardian.address, 7 * DAY)
      assert.deepEqual(await events(set), [
        { eventName: "GuardianSet", args: { ca: ca.address, guardian: guardian.address, delay: 7 * DAY } },
      ])
      await send(controller, "offerController", ca.address, stranger.address)
      const started = await send(guardian, "startRecovery", ca.address, next.address)
      const readyAt = (await now(fixture)) + 7 * DAY
      assert.deepEqual(await events(started), [
        {
          eventName: "RecoveryStarted",
          args: { ca: ca.address, guardian: guardian.address, successor: next.address, readyAt },
        },
      ])
      await refuses(send(next, "completeRecovery", ca.address), "CustodyRecoveryNotReady", [BigInt(readyAt)])
      await refuses(send(stranger, "completeRecovery", ca.address), "CustodyNotSuccessor", [
        stranger.address,
        next.address,
      ])
      await pass(fixture, 7 * DAY - 10)
      await refuses(send(next, "completeRecovery", ca.address), "CustodyRecoveryNotReady", [BigInt(readyAt)])
      await pass(fixture, 10)
      const done = await send(next, "completeRecovery", ca.address)
      assert.deepEqual(await events(done), [
        {
          eventName: "ControllerChanged",
          args: { ca: ca.address, previous: controller.address, controller: next.address, recovered: true },
        },
      ])
      assert.equal(await fixture.operators.read.controllerOf([ca.address]), next.address)
      await refuses(send(next, "completeRecovery", ca.address), "CustodyNoRecovery")
      await refuses(send(stranger, "acceptController", ca.address), "CustodyNotPending", [stranger.address, ZERO])
    })

    it("the controller cancels a recovery at any time, also after the delay", async () => {
      await refuses(send(controller, "cancelRecovery", ca.address), "CustodyNoRecovery")
      await send(controller, "setGuardian", ca.address, guardian.address, 7 * DAY)
      await send(guardian, "startRecovery", ca.address, next.address)
      await pass(fixture, 8 * DAY)
      const receipt = await send(controller, "cancelRecovery", ca.address)
      assert.deepEqual(await events(receipt), [
        { eventName: "RecoveryCancelled", args: { ca: ca.address, successor: next.address } },
      ])
      await refuses(send(next, "completeRecovery", ca.address), "CustodyNoRecovery")
    })

    it("another guardian ends the former one's recovery, and a guardian of none is none", async () => {
      await send(controller, "setGuardian", ca.address, guardian.address, 7 * DAY)
      await send(guardian, "startRecovery", ca.address, next.address)
      await send(controller, "setGuardian", ca.address, ZERO, 5)
      const { custody } = await fixture.operators.read.operatorOf([ca.address])
      assert.deepEqual(custody, { pending: ZERO, guardian: ZERO, delay: 0, successor: ZERO, readyAt: 0 })
    })

    it("a guardian waits 7 to 365 days and names somebody", async () => {
      for (const delay of [0, 7 * DAY - 1, 365 * DAY + 1]) {
        await refuses(send(controller, "setGuardian", ca.address, guardian.address, delay), "CustodyDelayOutOfRange", [
          BigInt(delay),
          BigInt(7 * DAY),
          BigInt(365 * DAY),
        ])
      }
      await send(controller, "setGuardian", ca.address, guardian.address, 365 * DAY)
      await refuses(send(guardian, "startRecovery", ca.address, ZERO), "CustodyZeroAddress")
      await refuses(send(stranger, "startRecovery", ca.address, next.address), "CustodyNotGuardian", [
        stranger.address,
        guardian.address,
      ])
    })
  })

  it("lets nobody but the controller touch a record, not even the CA key", async () => {
    await enroll(fixture, ca, controller)
    const calls: readonly (readonly [string, ...unknown[]])[] = [
      ["setProfile", ZERO32, ""],
      ["rotate", newCa.address, 0, 0, "0x"],
      ["revoke", 0],
      ["offerController", stranger.address],
      ["setGuardian", stranger.address, 7 * DAY],
      ["cancelRecovery"],
    ]
    for (const [name, ...args] of calls) {
      for (const caller of [stranger, ca, guardian]) {
        await refuses(send(caller, name, ca.address, ...args), "OperatorNotController", [ca.address, caller.address])
      }
      await refuses(send(controller, name, stranger.address, ...args), "OperatorUnknown", [stranger.address])
    }
    for (const [name, ...args] of [
      ["acceptController"],
      ["startRecovery", ca.address],
      ["completeRecovery"],
    ] as const) {
      await refuses(send(stranger, name, stranger.address, ...args), "OperatorUnknown", [stranger.address])
    }
  })

  it("takes no money", async () => {
    await assert.rejects(
      fixture.wallet(stranger).sendTransaction({ to: fixture.operatorsAt, value: 1n }),
      /revert|unrecognized|fallback/i,
    )
  })
})
