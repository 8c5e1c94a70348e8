import assert from "node:assert/strict"
import { parseEventLogs, type Address } from "viem"
import { realmRegistryAbi } from "../../src/chain/generated/RealmRegistry.ts"
import { standingBits } from "../../src/chain/generated/layout.ts"
import {
  account,
  ALL_CAPS,
  CAP,
  createRealm,
  DAY,
  deploy,
  enroll,
  issue,
  now,
  POLICY,
  refuses,
  signAuthority,
  signRequest,
  ZERO32,
  type AuthorityMessage,
  type Fixture,
} from "./fixture.ts"

const relayer = account(0)
const owner = account(1)
const root = account(2)
const ca = account(3)
const controller = account(4)
const machine = account(5)
const stranger = account(6)
const newRoot = account(7)
const ACCEPT = "Accept(address realm,address operator,bytes32 digest,uint256 nonce,uint256 deadline)"
const OPERATOR_CAPS = CAP.intermediate | CAP.provider

describe("RealmRegistry: admission of operators", () => {
  let fixture: Fixture
  let realm: Address

  beforeEach(async () => {
    fixture = await deploy()
    await fixture.test.mine({ blocks: 100 })
    await enroll(fixture, ca, controller)
    ;({ realm } = await createRealm(fixture, { owner, root, validFrom: 5n }))
  })

  const send = (from: typeof owner, name: string, ...args: unknown[]) => fixture.send("realms", from, name, args)
  const events = async (receipt: Awaited<ReturnType<typeof send>>) =>
    parseEventLogs({ abi: realmRegistryAbi, logs: receipt.logs }).map(({ eventName }) => eventName)
  const offer = (fields: Partial<AuthorityMessage> = {}, issuer = root) =>
    issue(fixture, issuer, { realm, subject: ca.address, validFrom: 6n, capabilities: OPERATOR_CAPS, ...fields })
  const isAdmitted = async (operator = ca.address) =>
    ((await fixture.realms.read.recordOf([realm, operator])).grant.standing & standingBits.admitted) !== 0

  async function refusesMachine(error: string, args: readonly unknown[]) {
    const { message, signature } = await issue(fixture, ca, { realm, subject: machine.address, validFrom: 50n })
    await refuses(send(relayer, "anchor", message, signature), error, args)
  }

  async function admitted() {
    const { message, signature, digest } = await offer()
    await send(ca, "admit", message, signature, "0x")
    return digest
  }

  it("is one transaction when the operator sends what the root signed", async () => {
    const { message, signature } = await offer()
    const receipt = await send(ca, "admit", message, signature, "0x")
    assert.deepEqual(await events(receipt), ["Anchored", "OperatorAccepted"])
    assert.ok(await isAdmitted())
  })

  it("waits for the operator when somebody else sends it", async () => {
    const { message, signature, digest } = await offer()
    assert.deepEqual(await events(await send(relayer, "admit", message, signature, "0x")), ["Anchored"])
    assert.ok(!(await isAdmitted()))
    await refusesMachine("OperatorNotAdmitted", [realm, ca.address])
    const receipt = await send(ca, "accept", realm, ca.address, digest)
    const { sequence } = await fixture.realms.read.realmOf([realm])
    const [accepted] = parseEventLogs({ abi: realmRegistryAbi, logs: receipt.logs })
    assert.equal(accepted?.eventName, "OperatorAccepted")
    assert.deepEqual(accepted?.args, { realm, operator: ca.address, sequence: BigInt(sequence), digest })
    assert.ok(await isAdmitted())
    await refuses(send(ca, "accept", realm, ca.address, digest), "OperatorAlreadyAccepted", [realm, ca.address])
  })

  it("is accepted by CA or controller, for exactly the certificate they saw", async () => {
    const { message, signature, digest } = await offer()
    await refuses(send(ca, "accept", realm, ca.address, digest), "OperatorNotAdmitted", [realm, ca.address])
    await send(relayer, "admit", message, signature, "0x")
    await refuses(send(stranger, "accept", realm, ca.address, digest), "OperatorNotCaller", [
      ca.address,
      stranger.address,
    ])
    await refuses(send(root, "accept", realm, ca.address, digest), "OperatorNotCaller", [ca.address, root.address])
    const newer = await offer({ validFrom: 7n, capabilities: CAP.intermediate })
    await send(relayer, "admit", newer.message, newer.signature, "0x")
    await refuses(send(controller, "accept", realm, ca.address, digest), "OperatorNotAdmitted", [realm, ca.address])
    await send(controller, "accept", realm, ca.address, newer.digest)
    assert.ok(await isAdmitted())
  })

  it("is accepted by a relayed signature of the CA, once", async () => {
    const { message, signature, digest } = await offer()
    await send(relayer, "admit", message, signature, "0x")
    const deadline = (await now(fixture)) + DAY
    const request = { realm, operator: ca.address, digest, nonce: 0n, deadline }
    const forged = await signRequest(fixture, "RealmRegistry", controller, ACCEPT, request)
    await refuses(send(relayer, "acceptFor", realm, ca.address, digest, deadline, forged), "RequestSignatureInvalid", [
      ca.address,
    ])
    const acceptance = await signRequest(fixture, "RealmRegistry", ca, ACCEPT, request)
    await refuses(
      send(relayer, "acceptFor", realm, ca.address, ZERO32, deadline, acceptance),
      "RequestSignatureInvalid",
      [ca.address],
    )
    await send(relayer, "acceptFor", realm, ca.address, digest, deadline, acceptance)
    assert.ok(await isAdmitted())
    await refuses(
      send(relayer, "acceptFor", realm, ca.address, digest, deadline, acceptance),
      "RequestSignatureInvalid",
      [ca.address],
    )
    const late = await signRequest(fixture, "RealmRegistry", ca, ACCEPT, { ...request, nonce: 1n, deadline: 1 })
    await refuses(send(relayer, "acceptFor", realm, ca.address, digest, 1, late), "RequestExpired", [1n])
  })

  it("is of active operators with a CA capability, directly below a root", async () => {
    const unknown = await offer({ subject: stranger.address })
    await refuses(send(relayer, "admit", unknown.message, unknown.signature, "0x"), "OperatorNotActive", [
      stranger.address,
    ])
    const plain = await offer({ capabilities: CAP.provider })
    await refuses(send(relayer, "admit", plain.message, plain.signature, "0x"), "OperatorNoCaBelowRoot", [ca.address])
    await admitted()
    await enroll(fixture, stranger)
    const deeper = await offer({ subject: stranger.address }, ca)
    await refuses(send(relayer, "admit", deeper.message, deeper.signature, "0x"), "OperatorNoCaBelowRoot", [
      stranger.address,
    ])
    const self = await offer({ validFrom: 8n }, ca)
    await refuses(send(relayer, "admit", self.message, self.signature, "0x"), "CertificateSelfIssued", [ca.address])
  })

  it("is not accepted for a certificate that offers none: no CA, or not directly below a root", async () => {
    await admitted()
    await enroll(fixture, stranger)
    const plain = await offer({ subject: stranger.address, capabilities: CAP.provider, validFrom: 7n })
    await send(relayer, "anchor", plain.message, plain.signature)
    await refuses(send(stranger, "accept", realm, stranger.address, plain.digest), "OperatorNotAdmitted", [
      realm,
      stranger.address,
    ])
    const deeper = await offer({ subject: stranger.address, validFrom: 8n }, ca)
    await send(owner, "anchor", deeper.message, deeper.signature)
    await refuses(send(stranger, "accept", realm, stranger.address, deeper.digest), "OperatorNotAdmitted", [
      realm,
      stranger.address,
    ])
    assert.ok(!(await isAdmitted(stranger.address)))
  })

  it("follows the realm's policy", async () => {
    const salt = `0x${"03".repeat(32)}` as const
    const permitted = await createRealm(fixture, { owner, root, policy: POLICY.permitted, salt })
    const { message, signature, digest } = await offer({ realm: permitted.realm })
    await refuses(send(relayer, "admit", message, signature, "0x"), "CertificateConsentMissing", [digest, ca.address])
    await send(relayer, "admit", message, signature, await signAuthority(ca, message))
    await send(owner, "tightenPolicy", permitted.realm, POLICY.private)
    const next = await offer({ realm: permitted.realm, validFrom: 7n })
    await refuses(send(ca, "admit", next.message, next.signature, "0x"), "CertificateConsentMissing", [
      next.digest,
      owner.address,
    ])
    await send(ca, "admit", next.message, next.signature, await signAuthority(owner, next.message))
  })

  it("is kept by a renewal, not by a renewal of what was revoked", async () => {
    const digest = await admitted()
    const renewed = await offer({ validFrom: 7n })
    assert.deepEqual(await events(await send(relayer, "admit", renewed.message, renewed.signature, "0x")), ["Anchored"])
    assert.ok(await isAdmitted())
    assert.notEqual(renewed.digest, digest)
    const again = await offer({ validFrom: 8n })
    assert.deepEqual(await events(await send(ca, "admit", again.message, again.signature, "0x")), ["Anchored"])
    await send(root, "revoke", realm, ca.address, again.digest, 1)
    const last = await offer({ validFrom: 9n })
    await send(relayer, "admit", last.message, last.signature, "0x")
    assert.ok(!(await isAdmitted()))
  })

  it("passes to a new root by the owner's hand, the operator's acceptance with it", async () => {
    await admitted()
    const own = { root: newRoot.address, validFrom: 8n, capabilities: ALL_CAPS, meta: "" }
    const message = fixture.certificate({ ...own, issuer: newRoot.address, subject: newRoot.address, realm })
    await send(owner, "rotateRoot", realm, own, await signAuthority(newRoot, message), 0)
    await refusesMachine("CertificateIssuerUnknown", [root.address])
    const next = await offer({ validFrom: 9n }, newRoot)
    await refuses(send(relayer, "admit", next.message, next.signature, "0x"), "CertificateIssuerChanged", [
      newRoot.address,
      root.address,
    ])
    await send(owner, "admit", next.message, next.signature, "0x")
    assert.ok(await isAdmitted())
  })

  describe("ends", () => {
    it("from the operator's side, by its CA or its controller", async () => {
      const digest = await admitted()
      await refuses(send(stranger, "leaveRealm", realm, ca.address, digest, 3), "OperatorNotCaller", [
        ca.address,
        stranger.address,
      ])
      const receipt = await send(controller, "leaveRealm", realm, ca.address, digest, 3)
      const [revoked] = parseEventLogs({ abi: realmRegistryAbi, logs: receipt.logs })
      const { sequence } = await fixture.realms.read.realmOf([realm])
      assert.deepEqual(revoked?.args, {
        realm,
        digest,
        authority: ca.address,
        sequence: BigInt(sequence),
        subject: ca.address,
        reason: 3,
      })
      await refusesMachine("CertificateIssuerRevoked", [ca.address])
      await refuses(send(ca, "leaveRealm", realm, ca.address, digest, 3), "CertificateRevoked", [digest])
    })

    it("from the realm's side, by root or owner", async () => {
      const digest = await admitted()
      await refuses(send(stranger, "revoke", realm, ca.address, digest, 1), "RevocationNotAuthorised", [
        realm,
        digest,
        stranger.address,
      ])
      await send(owner, "revoke", realm, ca.address, digest, 1)
      await refusesMachine("CertificateIssuerRevoked", [ca.address])
      await refuses(send(ca, "accept", realm, ca.address, digest), "CertificateRevoked", [digest])
    })

    it("everywhere at once when the operator is revoked, or retired by rotation", async () => {
      const salt = `0x${"04".repeat(32)}` as const
      const other = await createRealm(fixture, { owner, root, salt, validFrom: 5n })
      await admitted()
      const there = await offer({ realm: other.realm })
      await send(ca, "admit", there.message, there.signature, "0x")
      await fixture.send("operators", controller, "revoke", [ca.address, 1])
      for (const one of [realm, other.realm]) {
        const { message, signature } = await issue(fixture, ca, {
          realm: one,
          subject: machine.address,
          validFrom: 50n,
        })
        await refuses(send(relayer, "anchor", message, signature), "OperatorNotActive", [ca.address])
      }
      const again = await offer({ validFrom: 60n })
      await refuses(send(ca, "admit", again.message, again.signature, "0x"), "OperatorNotActive", [ca.address])
    })

    it("with exactly the certificate that is left, not another one", async () => {
      const digest = await admitted()
      const newer = await offer({ validFrom: 9n })
      await refuses(send(ca, "leaveRealm", realm, ca.address, newer.digest, 3), "OperatorNotAdmitted", [
        realm,
        ca.address,
      ])
      assert.equal((await fixture.realms.read.revocationOf([realm, ca.address, newer.digest])).blockNumber, 0)
      await send(ca, "leaveRealm", realm, ca.address, digest, 3)
    })

    it("before it began: nobody leaves or accepts what is not there", async () => {
      const { message, signature, digest } = await offer()
      await refuses(send(ca, "leaveRealm", realm, ca.address, digest, 3), "OperatorNotAdmitted", [realm, ca.address])
      await send(relayer, "admit", message, signature, "0x")
      await refuses(send(ca, "leaveRealm", realm, ca.address, digest, 3), "OperatorNotAdmitted", [realm, ca.address])
      await fixture.send("operators", controller, "revoke", [ca.address, 1])
      await refuses(send(ca, "accept", realm, ca.address, digest), "OperatorNotActive", [ca.address])
    })
  })
})
