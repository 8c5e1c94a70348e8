import assert from "node:assert/strict"
import type { Address, Hex } from "viem"
import type { HDAccount } from "viem/accounts"
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
  NO_END,
  now,
  pass,
  refuses,
  signAuthority,
  signDelegate,
  ZERO,
  ZERO32,
  type AuthorityMessage,
  type DelegateMessage,
  type Fixture,
} from "./fixture.ts"

const relayer = account(0)
const owner = account(1)
const root = account(2)
const ca = account(3)
const controller = account(4)
const machine = account(5)
const stranger = account(6)
const sub = account(7)
const newRoot = account(8)
const CA_CAPS = CAP.intermediate | CAP.provider

/** Places in the interface's enum: up to 15 the number of the rule. */
const RULE = {
  valid: 0,
  context: 1,
  realm: 2,
  root: 4,
  linkage: 5,
  validityOrder: 6,
  capabilities: 7,
  subject: 8,
  delegateValidity: 9,
  rootSignature: 10,
  authoritySignature: 11,
  delegateSignature: 12,
  notACa: 14,
  length: 15,
  revoked: 16,
  expired: 17,
  superseded: 18,
  operator: 20,
  unknownRealm: 21,
} as const

interface Presented {
  delegate: DelegateMessage
  delegateSigner: HDAccount
  /** Message and who signs it, from the delegate's upwards. */
  authorities: { message: AuthorityMessage; signer: HDAccount }[]
}

describe("RealmRegistry: judging chains", () => {
  let fixture: Fixture
  let realm: Address

  beforeEach(async () => {
    fixture = await deploy()
    await fixture.test.mine({ blocks: 100 })
    await enroll(fixture, ca, controller)
    ;({ realm } = await createRealm(fixture, { owner, root, validFrom: 5n }))
    await admit(fixture, { realm, root, ca, validFrom: 6n, capabilities: CA_CAPS })
  })

  const send = (from: HDAccount, name: string, ...args: unknown[]) => fixture.send("realms", from, name, args)

  function certificate(issuer: HDAccount, subject: HDAccount, fields: Partial<AuthorityMessage> = {}) {
    return {
      message: fixture.certificate({
        issuer: issuer.address,
        subject: subject.address,
        realm,
        validFrom: 10n,
        ...fields,
      }),
      signer: issuer,
    }
  }

  const delegateOf = (delegate: HDAccount): DelegateMessage => ({
    chainId: fixture.chainId,
    verifyingContract: fixture.realmsAt,
    validFrom: 20n,
    delegate: delegate.address,
    csPubKey: ZERO32,
    bootedAt: 1_700_000_000_000_000_000n,
    meta: "",
  })

  /** Delegate, the operator's word for it, the root's word for the operator, root: nothing of it need be anchored but the root. */
  function fullChain(): Presented {
    return {
      delegate: delegateOf(machine),
      delegateSigner: machine,
      authorities: [
        certificate(ca, machine),
        certificate(root, ca, { validFrom: 6n, capabilities: CA_CAPS }),
        certificate(root, root, { validFrom: 5n, capabilities: ALL_CAPS }),
      ],
    }
  }

  async function verify(chain: Presented, inRealm = realm) {
    const signatures = await Promise.all(chain.authorities.map(({ message, signer }) => signAuthority(signer, message)))
    return fixture.realms.read.verifyChain([
      inRealm,
      chain.delegate,
      await signDelegate(chain.delegateSigner, chain.delegate),
      chain.authorities.map(({ message }) => message),
      signatures,
    ])
  }

  async function breaks(chain: Presented, rule: number, links?: readonly number[]) {
    const [broken, perLink] = await verify(chain)
    assert.equal(broken, rule)
    if (links) assert.deepEqual(perLink, links)
  }

  async function anchored() {
    const { message, signature, digest } = await issue(fixture, ca, { realm, subject: machine.address, validFrom: 10n })
    await send(relayer, "anchor", message, signature)
    return digest
  }

  const digestOf = (message: AuthorityMessage) => fixture.realms.read.digestOf([message])
  const at = (chain: Presented, i: number) => {
    const link = chain.authorities[i]
    assert.ok(link)
    return link
  }

  describe("finds valid", () => {
    it("a whole chain", () => breaks(fullChain(), RULE.valid, [0, 0, 0, 0]))

    it("a chain without the root, which is anchored", async () => {
      const chain = fullChain()
      chain.authorities.pop()
      await breaks(chain, RULE.valid, [0, 0, 0, 0])
    })

    it("a delegate whose whole path is anchored", async () => {
      await anchored()
      await breaks({ ...fullChain(), authorities: [] }, RULE.valid, [0, 0, 0, 0])
    })

    it("a delegate certified by the root itself, without an operator", () =>
      breaks(
        {
          ...fullChain(),
          authorities: [certificate(root, machine), certificate(root, root, { validFrom: 5n, capabilities: ALL_CAPS })],
        },
        RULE.valid,
        [0, 0, 0],
      ))

    it("a chain under each root while a rotation overlaps", async () => {
      const own = { root: newRoot.address, validFrom: 7n, capabilities: ALL_CAPS, meta: "" }
      const message = fixture.certificate({ ...own, issuer: newRoot.address, subject: newRoot.address, realm })
      const until = (await now(fixture)) + DAY
      await send(owner, "rotateRoot", realm, own, await signAuthority(newRoot, message), until)
      await breaks(fullChain(), RULE.valid)
      const chain = fullChain()
      chain.authorities = [certificate(newRoot, machine), { message, signer: newRoot }]
      await breaks(chain, RULE.valid)
      await pass(fixture, DAY)
      await breaks(fullChain(), RULE.expired, [0, 0, 0, RULE.expired])
    })

    it("chains of up to 8 certificates, and not of 9", async () => {
      const below = (count: number): Presented => {
        const holders = [ca, ...Array.from({ length: count }, (_, i) => account(50 + i)), machine]
        const steps = holders
          .slice(1)
          .map((subject, i) => certificate(holders[i] ?? ca, subject, { capabilities: CA_CAPS }))
        return { ...fullChain(), authorities: [...steps.toReversed(), ...fullChain().authorities.slice(1)] }
      }
      await breaks(
        below(4),
        RULE.valid,
        Array.from({ length: 8 }, () => 0),
      )
      await breaks(below(5), RULE.length)
      const open = below(6)
      open.authorities = open.authorities.slice(0, -1)
      await breaks(open, RULE.length)
      const up = below(5)
      up.authorities = up.authorities.slice(0, 6)
      // Eight with the anchored operator, and the root would be the ninth.
      await breaks(up, RULE.length)
    })
  })

  describe("refuses", () => {
    it("an unknown realm", async () => {
      assert.deepEqual(await verify(fullChain(), stranger.address), [RULE.unknownRealm, []])
    })

    it("CCR-1: another chain, another contract, the future", async () => {
      const block = await fixture.chain.getBlockNumber()
      for (const change of [
        { chainId: 1n },
        { verifyingContract: stranger.address },
        { validFrom: block + 1n },
        { validFrom: 2n ** 200n },
      ]) {
        for (const i of [0, 1, 2]) {
          const chain = fullChain()
          Object.assign(at(chain, i).message, change)
          const links: number[] = [0, 0, 0, 0]
          links[i + 1] = RULE.context
          // What is from the future is newer than all that its subject issued, however far the future is.
          if ("validFrom" in change) links[i] = i === 0 ? RULE.delegateValidity : RULE.validityOrder
          await breaks(chain, RULE.context, links)
        }
        const chain = fullChain()
        Object.assign(chain.delegate, change)
        await breaks(chain, RULE.context)
      }
    })

    it("CCR-2: another realm", async () => {
      const chain = fullChain()
      at(chain, 0).message.realm = stranger.address
      await breaks(chain, RULE.realm, [0, RULE.realm, 0, 0])
    })

    it("CCR-4: a root of its own, a root within, a root that was never anchored so, or none", async () => {
      const self = fullChain()
      self.authorities = [certificate(stranger, machine), certificate(stranger, stranger, { capabilities: ALL_CAPS })]
      await breaks(self, RULE.root, [0, 0, RULE.root])
      const within = fullChain()
      within.authorities.splice(2, 0, certificate(root, root, { validFrom: 6n, capabilities: ALL_CAPS }))
      assert.equal((await verify(within))[1][3], RULE.root)
      for (const change of [{ validFrom: 6n }, { capabilities: ALL_CAPS - 4n }]) {
        const other = fullChain()
        Object.assign(at(other, 2).message, change)
        assert.equal((await verify(other))[1][3], RULE.root)
      }
      const none = fullChain()
      none.authorities = [certificate(stranger, machine)]
      await breaks(none, RULE.root, [0, RULE.root])
      await breaks({ ...fullChain(), authorities: [] }, RULE.root, [RULE.root])
    })

    it("CCR-4: what somebody else signed for the root, just like the root's own", async () => {
      const chain = fullChain()
      chain.authorities[2] = certificate(stranger, root, { validFrom: 5n, capabilities: ALL_CAPS })
      await breaks(chain, RULE.root, [0, 0, 0, RULE.root])
    })

    it("CCR-4: a root that nobody anchored, with nothing in its certificate or at the end of the longest chain", async () => {
      const nothing = { validFrom: 0n, capabilities: 0n }
      const empty = fullChain()
      empty.authorities = [certificate(stranger, machine, nothing), certificate(stranger, stranger, nothing)]
      await breaks(empty, RULE.root, [0, 0, RULE.root])
      const holders = [stranger, ...Array.from({ length: 5 }, (_, i) => account(50 + i)), machine]
      const steps = holders.map((subject, i) => certificate(holders[i - 1] ?? stranger, subject, nothing))
      const [broken, links] = await verify({ ...fullChain(), authorities: steps.toReversed() })
      assert.deepEqual([broken, links.length, links[7]], [RULE.root, 8, RULE.root])
    })

    it("CCR-5: a gap", async () => {
      const chain = fullChain()
      chain.authorities[0] = certificate(stranger, machine)
      await breaks(chain, RULE.linkage, [0, RULE.linkage, 0, 0])
    })

    it("CCR-6: a certificate older than its issuer's", async () => {
      const chain = fullChain()
      at(chain, 0).message.validFrom = 5n
      await breaks(chain, RULE.validityOrder, [0, RULE.validityOrder, 0, 0])
    })

    it("CCR-7: more capabilities than the issuer has, or unknown ones", async () => {
      const chain = fullChain()
      at(chain, 0).message.capabilities = CAP.gateway
      await breaks(chain, RULE.capabilities, [0, RULE.capabilities, 0, 0])
      const high = fullChain()
      at(high, 0).message.capabilities = CAP.provider | (1n << 40n)
      await breaks(high, RULE.capabilities, [0, RULE.capabilities, 0, 0])
    })

    it("CCR-8: another delegate", async () => {
      const chain = fullChain()
      at(chain, 0).message.subject = stranger.address
      await breaks(chain, RULE.subject, [0, RULE.subject, 0, 0])
    })

    it("CCR-9: a delegate certificate older than its authority", async () => {
      const chain = fullChain()
      chain.delegate.validFrom = 9n
      await breaks(chain, RULE.delegateValidity, [RULE.delegateValidity, 0, 0, 0])
    })

    it("several things at once: each certificate by its own first rule, the chain by the first of all", async () => {
      const early = fullChain()
      early.delegate.chainId = 5n
      at(early, 1).signer = stranger
      await breaks(early, RULE.context, [RULE.context, 0, RULE.authoritySignature, 0])
      const late = fullChain()
      late.delegateSigner = stranger
      at(late, 1).signer = stranger
      await breaks(late, RULE.authoritySignature, [RULE.delegateSignature, 0, RULE.authoritySignature, 0])
      const forged = fullChain()
      forged.authorities[0] = { message: certificate(stranger, machine).message, signer: sub }
      await breaks(forged, RULE.linkage, [0, RULE.linkage, 0, 0])
    })

    it("CCR-10 to 12: forged signatures", async () => {
      const forgedRoot = fullChain()
      at(forgedRoot, 2).signer = stranger
      await breaks(forgedRoot, RULE.rootSignature, [0, 0, 0, RULE.rootSignature])
      for (const i of [0, 1]) {
        const chain = fullChain()
        at(chain, i).signer = stranger
        assert.equal((await verify(chain))[0], RULE.authoritySignature)
      }
      await breaks({ ...fullChain(), delegateSigner: stranger }, RULE.delegateSignature, [
        RULE.delegateSignature,
        0,
        0,
        0,
      ])
    })

    it("CCR-14: an issuer that is no CA", async () => {
      const chain = fullChain()
      chain.authorities.splice(0, 1, certificate(sub, machine), certificate(ca, sub))
      await breaks(chain, RULE.notACa, [0, 0, RULE.notACa, 0, 0])
    })

    it("CCR-16: what is revoked, by anybody at or above it, anchored or not", async () => {
      const chain = fullChain()
      const digest = await digestOf(at(chain, 0).message)
      const ofDelegate = await fixture.realms.read.digestOfDelegate([chain.delegate])
      for (const [from, what, link] of [
        [machine, ofDelegate, 0],
        [ca, ofDelegate, 0],
        [root, ofDelegate, 0],
        [machine, digest, 1],
        [ca, digest, 1],
        [root, digest, 1],
      ] as const) {
        const id = await fixture.provider.request({ method: "evm_snapshot" })
        await send(from, "revoke", realm, machine.address, what, 1)
        const [broken, links] = await verify(chain)
        assert.deepEqual([broken, links[link]], [RULE.revoked, RULE.revoked])
        await fixture.provider.request({ method: "evm_revert", params: [id] })
      }
      for (const from of [stranger, owner]) await send(from, "revoke", realm, machine.address, digest, 1)
      await breaks(chain, RULE.valid)
      await send(owner, "revokeAs", realm, ca.address, machine.address, digest, 1)
      await breaks(chain, RULE.revoked)
    })

    it("CCR-16: a revoked certificate whose subject has another one since", async () => {
      const digest = await anchored()
      await send(ca, "revoke", realm, machine.address, digest, 1)
      await breaks(fullChain(), RULE.revoked, [0, RULE.revoked, 0, 0])
      const newer = await issue(fixture, ca, { realm, subject: machine.address, validFrom: 11n })
      await send(relayer, "anchor", newer.message, newer.signature)
      await breaks(fullChain(), RULE.revoked, [0, RULE.revoked, 0, 0])
      await breaks({ ...fullChain(), authorities: [] }, RULE.valid)
    })

    it("CCR-16: what has ended, at the very second", async () => {
      const end = (await now(fixture)) + DAY
      const chain = fullChain()
      at(chain, 0).message.meta = `notAfter=${end}`
      chain.delegate.meta = `notAfter=${end + DAY}`
      await breaks(chain, RULE.valid)
      await fixture.test.setNextBlockTimestamp({ timestamp: BigInt(end - 1) })
      await fixture.test.mine({ blocks: 1 })
      const signatures = await Promise.all(
        chain.authorities.map(({ message, signer }) => signAuthority(signer, message)),
      )
      const read = async () =>
        fixture.chain.readContract({
          address: fixture.realmsAt,
          abi: fixture.realms.abi,
          functionName: "verifyChain",
          args: [
            realm,
            chain.delegate,
            await signDelegate(machine, chain.delegate),
            chain.authorities.map(({ message }) => message),
            signatures,
          ],
          blockNumber: await fixture.chain.getBlockNumber(),
        })
      assert.equal((await read())[0], RULE.valid)
      await fixture.test.setNextBlockTimestamp({ timestamp: BigInt(end) })
      await fixture.test.mine({ blocks: 1 })
      assert.deepEqual(await read(), [RULE.expired, [0, RULE.expired, 0, 0]])
      await pass(fixture, DAY)
      assert.deepEqual((await read())[1][0], RULE.expired)
      const malformed = fullChain()
      at(malformed, 0).message.meta = "notAfter=soon"
      await breaks(malformed, RULE.expired)
    })

    it("CCR-16: what is older than its issuer's epoch: root, operator, CA below, delegate", async () => {
      await fixture.send("operators", ca, "setEpoch", [ca.address, 11])
      await breaks(fullChain(), RULE.superseded, [0, RULE.superseded, 0, 0])
      const newer = fullChain()
      at(newer, 0).message.validFrom = 11n
      await breaks(newer, RULE.valid)
      await send(root, "setEpoch", realm, 7)
      await breaks(newer, RULE.superseded, [0, 0, RULE.superseded, 0])
      assert.equal((await fixture.realms.read.realmOf([realm])).root.validFrom, 7)
      at(newer, 1).message.validFrom = 7n
      await breaks(newer, RULE.valid)
    })

    it("an operator that was not admitted, has left, was revoked or retired", async () => {
      const id = await fixture.provider.request({ method: "evm_snapshot" })
      await fixture.send("operators", controller, "revoke", [ca.address, 1])
      await breaks(fullChain(), RULE.operator, [0, 0, RULE.operator, 0])
      await fixture.provider.request({ method: "evm_revert", params: [id] })
      const chain = fullChain()
      const certificateOfCa = at(chain, 1).message
      await send(ca, "leaveRealm", realm, ca.address, await digestOf(certificateOfCa), 1)
      const [broken, links] = await verify(chain)
      assert.deepEqual([broken, links[2]], [RULE.revoked, RULE.revoked])
      certificateOfCa.validFrom = 9n
      await breaks(chain, RULE.operator, [0, 0, RULE.operator, 0])
      const unknown = fullChain()
      unknown.authorities.splice(0, 2, certificate(sub, machine), certificate(root, sub, { capabilities: CA_CAPS }))
      await breaks(unknown, RULE.operator, [0, 0, RULE.operator, 0])
    })

    it("a revoked operator anywhere on the path", async () => {
      await enroll(fixture, sub)
      const chain = fullChain()
      chain.authorities.splice(0, 1, certificate(sub, machine), certificate(ca, sub, { capabilities: CA_CAPS }))
      await breaks(chain, RULE.valid)
      await fixture.send("operators", sub, "revoke", [sub.address, 1])
      await breaks(chain, RULE.operator, [0, 0, RULE.operator, 0, 0])
    })

    it("uneven lists", async () => {
      const { delegate } = fullChain()
      await refuses(
        fixture.realms.read.verifyChain([realm, delegate, "0x", [fullChain().authorities[0]!.message], []]),
        "RealmBatchUneven",
        [1n, 0n],
      )
    })
  })

  describe("trustOf and pathOf", () => {
    const zeroStanding = { revokedBy: ZERO, epoch: 0, operator: 0, admitted: false }
    const link = (issuer: HDAccount, subject: HDAccount, capabilities: bigint, validFrom: number, digest: Hex) => ({
      issuer: issuer.address,
      subject: subject.address,
      capabilities: Number(capabilities),
      validFrom,
      notAfter: NO_END,
      digest: digest.slice(0, 56),
    })

    it("tell of shown certificates what the chain knows, and what is anchored above them", async () => {
      const digest = await anchored()
      const chain = fullChain()
      const ofDelegate = await fixture.realms.read.digestOfDelegate([chain.delegate])
      const ofCa = await digestOf(at(chain, 1).message)
      const above = [link(root, ca, CA_CAPS, 6, ofCa), link(root, root, ALL_CAPS, 5, `0x${"00".repeat(32)}`)]
      const path = [link(ca, machine, CAP.provider, 10, digest), ...above]
      assert.deepEqual(await fixture.realms.read.pathOf([realm, machine.address]), path)
      assert.deepEqual(await fixture.realms.read.pathOf([realm, root.address]), above.slice(1))
      assert.deepEqual(await fixture.realms.read.pathOf([realm, stranger.address]), [])

      const self = { issuer: machine.address, subject: machine.address, digest: ofDelegate }
      const alone = await fixture.realms.read.trustOf([realm, [self]])
      assert.deepEqual(alone.anchored, path)
      const operator = { ...zeroStanding, epoch: 5, operator: 1, admitted: true }
      assert.deepEqual(alone.standings, [zeroStanding, zeroStanding, operator, zeroStanding])
      assert.deepEqual(alone.realm, await fixture.realms.read.realmOf([realm]))
      const block = await fixture.chain.getBlock()
      assert.ok(alone.blockNumber >= block.number && alone.timestamp >= block.timestamp)

      const shown = { issuer: ca.address, subject: machine.address, digest }
      const two = await fixture.realms.read.trustOf([realm, [self, shown]])
      assert.deepEqual(two.anchored, above)
      const rootsOwn = { issuer: root.address, subject: root.address, digest: ZERO32 }
      const whole = await fixture.realms.read.trustOf([
        realm,
        [self, shown, { issuer: root.address, subject: ca.address, digest: ofCa }, rootsOwn],
      ])
      assert.deepEqual(whole.anchored, [])
      assert.deepEqual(whole.standings, alone.standings)
      assert.deepEqual((await fixture.realms.read.trustOf([realm, []])).standings, [])
    })

    it("say who revoked and what is void", async () => {
      const digest = await anchored()
      await send(root, "revoke", realm, machine.address, digest, 1)
      await fixture.send("operators", ca, "setEpoch", [ca.address, 33])
      const self = { issuer: machine.address, subject: machine.address, digest: ZERO32 }
      await send(root, "revoke", realm, ZERO, ZERO32, 1)
      const { standings } = await fixture.realms.read.trustOf([realm, [self]])
      assert.equal(standings[0]?.revokedBy, root.address)
      assert.deepEqual(standings[1], { ...zeroStanding, revokedBy: ca.address, epoch: 33 })
    })

    it("say nothing of an operator where a delegate certificate is an operator's own", async () => {
      await fixture.send("operators", ca, "setEpoch", [ca.address, 3])
      const self = { issuer: ca.address, subject: ca.address, digest: ZERO32 }
      const { standings } = await fixture.realms.read.trustOf([realm, [self]])
      const operator = { ...zeroStanding, epoch: 5, operator: 1, admitted: true }
      assert.deepEqual(standings, [zeroStanding, operator, zeroStanding])
    })

    it("take only the last certificate, if self-issued and not the delegate's, for a root's", async () => {
      await send(stranger, "revoke", realm, stranger.address, ZERO32, 1)
      const [alone, self, ofStranger, ofRoot] = [
        [stranger, stranger],
        [ca, ca],
        [stranger, ca],
        [root, root],
      ].map(([issuer, subject]) => ({
        issuer: issuer?.address ?? ZERO,
        subject: subject?.address ?? ZERO,
        digest: ZERO32,
      }))
      assert.ok(alone && self && ofStranger && ofRoot)
      const standings = async (...claims: (typeof self)[]) =>
        (await fixture.realms.read.trustOf([realm, claims])).standings
      const operator = { ...zeroStanding, operator: 1, admitted: true }
      assert.deepEqual(await standings(alone), [{ ...zeroStanding, revokedBy: stranger.address }])
      assert.deepEqual(await standings(self, self, ofRoot), [zeroStanding, operator, zeroStanding])
      const revoked = { ...operator, revokedBy: stranger.address }
      assert.deepEqual(await standings(alone, ofStranger), [{ ...zeroStanding, revokedBy: stranger.address }, revoked])
    })

    it("take the later epoch of an issuer that has one as an operator and one below another", async () => {
      const subs = await issue(fixture, ca, { realm, subject: sub.address, validFrom: 10n, capabilities: CA_CAPS })
      await send(relayer, "anchor", subs.message, subs.signature)
      await enroll(fixture, sub)
      const epochs = async () => {
        const shown = { issuer: sub.address, subject: machine.address, digest: ZERO32 }
        const self = { issuer: machine.address, subject: machine.address, digest: ZERO32 }
        return (await fixture.realms.read.trustOf([realm, [self, shown]])).standings[1]?.epoch
      }
      await send(sub, "setEpoch", realm, 30)
      await fixture.send("operators", sub, "setEpoch", [sub.address, 20])
      assert.equal(await epochs(), 30)
      await fixture.send("operators", sub, "setEpoch", [sub.address, 40])
      assert.equal(await epochs(), 40)
    })

    it("know nothing of an unknown realm, and no more than 8 certificates", async () => {
      const trust = await fixture.realms.read.trustOf([
        stranger.address,
        [{ issuer: ZERO, subject: ZERO, digest: ZERO32 }],
      ])
      assert.deepEqual([trust.realm.policy, trust.anchored, trust.standings], [0, [], [zeroStanding]])
      const many = Array.from({ length: 9 }, () => ({ issuer: ZERO, subject: ZERO, digest: ZERO32 }))
      await refuses(fixture.realms.read.trustOf([realm, many]), "CertificateTooDeep", [9n, 8n])
      assert.equal((await fixture.realms.read.trustOf([realm, many.slice(1)])).standings.length, 8)
    })
  })
})
