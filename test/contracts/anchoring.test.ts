import assert from "node:assert/strict"
import { parseEventLogs, type Address, type Hex } from "viem"
import { realmRegistryAbi } from "../../src/chain/generated/RealmRegistry.ts"
import { DIGEST_BYTES, grantBits, standingBits, unpack } from "../../src/chain/generated/layout.ts"
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
  POLICY,
  refuses,
  signAuthority,
  ZERO,
  type AuthorityMessage,
  type Fixture,
} from "./fixture.ts"

const relayer = account(0)
const owner = account(1)
const root = account(2)
const ca = account(3)
const controller = account(4)
const machine = account(5)
const otherCa = account(6)
const stranger = account(7)
const sub = account(8)
const newRoot = account(9)

type Fields = Partial<AuthorityMessage>

/** The first bytes of a digest, which name the certificate on chain. */
const nameOf = (digest: Hex): Hex => digest.slice(0, 2 + 2 * DIGEST_BYTES) as Hex

describe("RealmRegistry: anchoring", () => {
  let fixture: Fixture
  let realm: Address

  beforeEach(async () => {
    fixture = await deploy()
    await fixture.test.mine({ blocks: 100 })
    await enroll(fixture, ca, controller)
    await enroll(fixture, otherCa)
    ;({ realm } = await createRealm(fixture, { owner, root, validFrom: 5n }))
    await admit(fixture, {
      realm,
      root,
      ca,
      validFrom: 6n,
      capabilities: CAP.intermediate | CAP.provider | CAP.consumer,
    })
  })

  const send = (from: typeof owner, name: string, ...args: unknown[]) => fixture.send("realms", from, name, args)
  const certify = (issuer: typeof ca, fields: Fields = {}) =>
    issue(fixture, issuer, { realm, subject: machine.address, validFrom: 10n, ...fields })

  async function anchor(issuer: typeof ca, fields: Fields = {}, from = relayer) {
    const { message, signature, digest } = await certify(issuer, fields)
    return { receipt: await send(from, "anchor", message, signature), digest, message }
  }

  async function refusesAnchor(
    issuer: typeof ca,
    fields: Fields,
    error: string,
    args: (digest: Hex) => readonly unknown[],
  ) {
    const { message, signature, digest } = await certify(issuer, fields)
    await refuses(send(relayer, "anchor", message, signature), error, args(digest))
  }

  describe("a certificate", () => {
    it("becomes its subject's record, sent by anybody", async () => {
      const { receipt, digest } = await anchor(ca, { capabilities: CAP.provider })
      const [anchored] = parseEventLogs({ abi: realmRegistryAbi, logs: receipt.logs })
      assert.ok(anchored?.eventName === "Anchored")
      const { grant, ...args } = anchored.args
      const { sequence } = await fixture.realms.read.realmOf([realm])
      assert.deepEqual(args, { realm, subject: machine.address, sequence: BigInt(sequence), digest })
      assert.deepEqual(unpack(grant, grantBits), {
        issuer: BigInt(ca.address),
        capabilities: CAP.provider,
        standing: 2n,
        validFrom: 10n,
        notAfter: BigInt(NO_END),
      })
      assert.deepEqual(await fixture.realms.read.recordOf([realm, machine.address]), {
        grant: { issuer: ca.address, capabilities: 64, standing: 2, validFrom: 10, notAfter: NO_END },
        epoch: 0,
        digest: nameOf(digest),
      })
    })

    it("ends when its issuer signed so, or with its issuer's certificate", async () => {
      const end = (await now(fixture)) + 10 * DAY
      const operator = { realm, root, ca, validFrom: 7n, meta: `notAfter=${end}` }
      await admit(fixture, operator)
      await anchor(ca, { meta: "any text" })
      assert.equal((await fixture.realms.read.recordOf([realm, machine.address])).grant.notAfter, end)
      await anchor(ca, { validFrom: 11n, meta: `notAfter=${end - 1};pump 7` })
      assert.equal((await fixture.realms.read.recordOf([realm, machine.address])).grant.notAfter, end - 1)
      await refusesAnchor(ca, { validFrom: 12n, meta: `notAfter=${end + 1}` }, "CertificateEndInvalid", () => [
        BigInt(end + 1),
        BigInt(end),
      ])
    })

    it("with a malformed or past end is refused", async () => {
      const past = (await now(fixture)) - 1
      for (const meta of ["", "x", "0", "01", "-1", "1.5", " 9", "9 ", "1234567890123", "9x;", "9,"]) {
        if (meta === "") continue
        await refusesAnchor(ca, { meta: `notAfter=${meta}` }, "CertificateEndInvalid", () => [0n, BigInt(NO_END)])
      }
      await refusesAnchor(ca, { meta: "notAfter=" }, "CertificateEndInvalid", () => [0n, BigInt(NO_END)])
      await refusesAnchor(ca, { meta: "notAfter=;" }, "CertificateEndInvalid", () => [0n, BigInt(NO_END)])
      await refusesAnchor(ca, { meta: `notAfter=${past}` }, "CertificateEndInvalid", () => [
        BigInt(past),
        BigInt(NO_END),
      ])
      // Twelve digits are the most, and text that only looks alike sets no end.
      await anchor(ca, { meta: "notAfter=999999999999" })
      await anchor(ca, { validFrom: 11n, meta: "notafter=1" })
      await anchor(ca, { validFrom: 12n, meta: "notAfter" })
    })

    it("refuses subjects that cannot be", async () => {
      await refusesAnchor(ca, { subject: ZERO }, "CertificateSubjectInvalid", () => [ZERO])
      await refusesAnchor(ca, { subject: realm }, "CertificateSubjectInvalid", () => [realm])
      await refusesAnchor(ca, { subject: ca.address }, "CertificateSelfIssued", () => [ca.address])
      await refusesAnchor(ca, { subject: root.address }, "CertificateSubjectIsRoot", () => [root.address])
    })

    it("refuses capabilities that are unknown, a root's, or more than the issuer has", async () => {
      await refusesAnchor(ca, { capabilities: 256n }, "CertificateCapabilitiesUnknown", () => [256n])
      await refusesAnchor(ca, { capabilities: 1n << 63n }, "CertificateCapabilitiesUnknown", () => [1n << 63n])
      await refusesAnchor(ca, { capabilities: CAP.root }, "CertificateRootBelowRoot", () => [machine.address])
      await refusesAnchor(root, { capabilities: ALL_CAPS }, "CertificateRootBelowRoot", () => [machine.address])
      const ofIssuer = CAP.intermediate | CAP.provider | CAP.consumer
      for (const bit of [CAP.publicRelay, CAP.privateRelay, CAP.gateway, CAP.exchange]) {
        const capabilities = bit | CAP.provider
        await refusesAnchor(ca, { capabilities }, "CertificateEscalates", () => [capabilities, ofIssuer])
      }
      await anchor(ca, { capabilities: 0n })
    })

    it("refuses issuers that are unknown or no CA", async () => {
      await refusesAnchor(stranger, {}, "CertificateIssuerUnknown", () => [stranger.address])
      await anchor(ca)
      await refusesAnchor(machine, { subject: sub.address }, "CertificateIssuerNotCa", () => [machine.address])
      const nobody = fixture.certificate({ issuer: ZERO, subject: machine.address, realm, validFrom: 10n })
      await refuses(send(relayer, "anchor", nobody, `0x${"00".repeat(64)}1b`), "CertificateIssuerUnknown", [ZERO])
    })

    it("is not from the future, nor older than its issuer's", async () => {
      const block = await fixture.chain.getBlockNumber()
      for (const validFrom of [block + 1n, 2n ** 255n])
        await refusesAnchor(ca, { validFrom }, "CertificateNotYetValid", () => [validFrom, block])
      await refusesAnchor(ca, { validFrom: 5n }, "CertificateOlderThanIssuer", () => [5n, 6n])
      await anchor(ca, { validFrom: 6n })
      await anchor(ca, { validFrom: block + 1n })
    })

    it("has at most 8 certificates from a delegate's to the root's", async () => {
      const chain = [ca, ...Array.from({ length: 6 }, (_, i) => account(40 + i))]
      for (const [i, subject] of chain.entries()) {
        const issuer = chain[i - 1]
        if (issuer === undefined) continue
        const fields = { subject: subject.address, capabilities: CAP.intermediate | CAP.provider }
        if (i <= 5) await anchor(issuer, fields)
        else await refusesAnchor(issuer, fields, "CertificateTooDeep", () => [7n, 6n])
      }
    })

    it("needs the issuer's own signature over exactly these fields", async () => {
      const { message, signature, digest } = await certify(ca)
      const theirs = await signAuthority(stranger, message)
      await refuses(send(relayer, "anchor", message, theirs), "CertificateSignatureInvalid", [digest, ca.address])
      for (const change of [
        { validFrom: 11n },
        { subject: stranger.address },
        { capabilities: CAP.consumer },
        { meta: "notAfter=999999999999" },
        { issuer: root.address },
      ]) {
        const changed = { ...message, ...change }
        const wanted = await fixture.realms.read.digestOf([changed])
        await refuses(send(relayer, "anchor", changed, signature), "CertificateSignatureInvalid", [
          wanted,
          changed.issuer,
        ])
      }
    })

    it("is not replayed from another chain, contract or realm", async () => {
      const salt: Hex = `0x${"02".repeat(32)}`
      const other = await createRealm(fixture, { owner, root, salt })
      const message = fixture.certificate({ issuer: ca.address, subject: machine.address, realm, validFrom: 10n })
      const wanted = await fixture.realms.read.digestOf([message])
      for (const foreign of [{ chainId: 1n }, { verifyingContract: fixture.operatorsAt }, { realm: other.realm }]) {
        const signature = await signAuthority(ca, { ...message, ...foreign })
        await refuses(send(relayer, "anchor", message, signature), "CertificateSignatureInvalid", [wanted, ca.address])
      }
    })
  })

  describe("signatures", () => {
    const ORDER = 0xfffffffffffffffffffffffffffffffebaaedce6af48a03bbfd25e8cd0364141n
    const word = (value: bigint) => value.toString(16).padStart(64, "0")

    async function refusesSignature(change: (r: bigint, s: bigint, v: number) => Hex) {
      const { message, signature, digest } = await certify(ca)
      const [r, s] = [BigInt(signature.slice(0, 66)), BigInt(`0x${signature.slice(66, 130)}`)]
      const changed = change(r, s, Number(`0x${signature.slice(130)}`))
      await refuses(send(relayer, "anchor", message, changed), "CertificateSignatureInvalid", [digest, ca.address])
    }

    it("are not malleable: high s is refused", () =>
      refusesSignature((r, s, v) => `0x${word(r)}${word(ORDER - s)}${(v === 27 ? 28 : 27).toString(16)}`))

    it("are 65 bytes", async () => {
      await refusesSignature((r, s) => `0x${word(r)}${word(s)}`)
      await refusesSignature((r, s, v) => `0x${word(r)}${word(s)}${v.toString(16)}00`)
      await refusesSignature((r, s, v) => `0x${word(r)}${word(v === 28 ? s | (1n << 255n) : s)}`)
      await refusesSignature(() => "0x")
    })

    it("have a v of 27 or 28", async () => {
      for (const v of [0, 1, 2, 26, 29, 35, 255]) {
        await refusesSignature((r, s) => `0x${word(r)}${word(s)}${v.toString(16).padStart(2, "0")}`)
      }
    })

    it("that recover to nobody are nobody's", async () => {
      await refusesSignature(() => `0x${"00".repeat(64)}1b`)
      await refusesSignature((_, s) => `0x${word(ORDER)}${word(s)}1b`)
      await refusesSignature((r) => `0x${word(r)}${word(0n)}1c`)
    })
  })

  describe("renewal", () => {
    it("strictly increases validFrom: a public, older certificate is never anchored again", async () => {
      const older = await certify(ca, { validFrom: 10n })
      await anchor(ca, { validFrom: 12n, capabilities: CAP.consumer })
      await refuses(send(stranger, "anchor", older.message, older.signature), "CertificateNotNewer", [10n, 12n])
      await refusesAnchor(ca, { validFrom: 12n }, "CertificateNotNewer", () => [12n, 12n])
      await anchor(ca, { validFrom: 13n })
      assert.equal((await fixture.realms.read.recordOf([realm, machine.address])).grant.capabilities, 64)
    })

    it("by another issuer is the owner's decision", async () => {
      await admit(fixture, { realm, root, ca: otherCa, validFrom: 6n })
      await anchor(ca)
      await refusesAnchor(otherCa, { validFrom: 20n }, "CertificateIssuerChanged", () => [otherCa.address, ca.address])
      await refusesAnchor(root, { validFrom: 20n }, "CertificateIssuerChanged", () => [root.address, ca.address])
      await anchor(otherCa, { validFrom: 20n }, owner)
      assert.equal((await fixture.realms.read.recordOf([realm, machine.address])).grant.issuer, otherCa.address)
    })

    it("of a revoked certificate keeps the revocation", async () => {
      const { digest } = await anchor(ca)
      await send(ca, "revoke", realm, machine.address, digest, 1)
      const { receipt } = await anchor(ca, { validFrom: 11n })
      // Its reason stood in the event alone.
      const kept = { blockNumber: Number(receipt.blockNumber), reason: 0 }
      assert.deepEqual(await fixture.realms.read.revocationOf([realm, ca.address, digest]), kept)
      const { grant } = await fixture.realms.read.recordOf([realm, machine.address])
      assert.equal(grant.standing & standingBits.revoked, 0)
      await refusesAnchor(ca, { validFrom: 10n }, "CertificateRevoked", (of) => [of])
    })
  })

  describe("the path above", () => {
    it("must not be revoked", async () => {
      const { digest } = await fixture.realms.read.recordOf([realm, ca.address])
      const { digest: ofCa } = await certify(root, {
        subject: ca.address,
        validFrom: 6n,
        capabilities: CAP.intermediate | CAP.provider | CAP.consumer,
      })
      assert.equal(digest, nameOf(ofCa))
      await anchor(ca, { subject: sub.address, capabilities: CAP.intermediate | CAP.provider })
      await send(root, "revoke", realm, ca.address, ofCa, 1)
      await refusesAnchor(ca, {}, "CertificateIssuerRevoked", () => [ca.address])
      await refusesAnchor(sub, {}, "CertificateIssuerRevoked", () => [ca.address])
    })

    it("must not have ended", async () => {
      const end = (await now(fixture)) + DAY
      await admit(fixture, { realm, root, ca, validFrom: 7n, meta: `notAfter=${end}` })
      await anchor(ca, { subject: sub.address, capabilities: CAP.intermediate | CAP.provider })
      await pass(fixture, DAY + 1)
      await refusesAnchor(ca, {}, "CertificateEndInvalid", () => [BigInt(end), BigInt(end)])
      // A renewed operator above a certificate that ended with the former one: every step is looked at.
      await refusesAnchor(sub, {}, "CertificateEndInvalid", () => [BigInt(end), BigInt(end)])
    })

    it("is judged at every step: an end, a capability or a start that the operator no longer has", async () => {
      const subCaps = CAP.intermediate | CAP.provider
      await anchor(ca, { subject: sub.address, validFrom: 20n, capabilities: subCaps })
      const end = (await now(fixture)) + DAY
      const less = CAP.intermediate | CAP.consumer
      await admit(fixture, { realm, root, ca, validFrom: 7n, capabilities: less, meta: `notAfter=${end}` })
      await refusesAnchor(sub, { validFrom: 20n }, "CertificateEscalates", () => [subCaps, less])
      await admit(fixture, { realm, root, ca, validFrom: 30n, meta: `notAfter=${end}` })
      await refusesAnchor(sub, { validFrom: 40n }, "CertificateOlderThanIssuer", () => [20n, 30n])
      await admit(fixture, { realm, root, ca, validFrom: 31n, meta: `notAfter=${end}` })
      await fixture.test.setNextBlockTimestamp({ timestamp: BigInt(end) })
      await fixture.test.mine({ blocks: 1 })
      const { message, signature } = await certify(sub, { validFrom: 40n })
      await refuses(send(relayer, "anchor", message, signature), "CertificateIssuerExpired", [ca.address, BigInt(end)])
    })

    it("must end in a root of today", async () => {
      await anchor(ca, { subject: sub.address, capabilities: CAP.intermediate | CAP.provider })
      const own = { root: newRoot.address, validFrom: 8n, capabilities: ALL_CAPS, meta: "" }
      const message = fixture.certificate({
        ...own,
        issuer: newRoot.address,
        subject: newRoot.address,
        realm,
      })
      const until = (await now(fixture)) + DAY
      await send(owner, "rotateRoot", realm, own, await signAuthority(newRoot, message), until)
      await refusesAnchor(ca, { subject: newRoot.address }, "CertificateSubjectIsRoot", () => [newRoot.address])
      await refusesAnchor(ca, { subject: root.address }, "CertificateSubjectIsRoot", () => [root.address])
      await anchor(ca, { subject: stranger.address })
      await anchor(newRoot, { subject: account(30).address })
      await anchor(root, { subject: account(31).address })
      await pass(fixture, DAY + 1)
      await refusesAnchor(ca, {}, "CertificateIssuerExpired", () => [root.address, BigInt(until)])
      const third = { ...own, root: account(33).address, validFrom: 9n }
      const thirdMessage = { ...message, issuer: third.root, subject: third.root, validFrom: 9n }
      await send(owner, "rotateRoot", realm, third, await signAuthority(account(33), thirdMessage), 0)
      await refusesAnchor(ca, {}, "CertificateIssuerUnknown", () => [root.address])
      await refusesAnchor(sub, {}, "CertificateIssuerUnknown", () => [root.address])
    })

    it("a record at the address of a root is nothing: the root comes first", async () => {
      // An insider certifies the address that is to be the next root, to stand above it.
      const { digest } = await anchor(ca, { subject: newRoot.address })
      const own = { root: newRoot.address, validFrom: 11n, capabilities: ALL_CAPS, meta: "" }
      const message = fixture.certificate({ ...own, issuer: newRoot.address, subject: newRoot.address, realm })
      await send(owner, "rotateRoot", realm, own, await signAuthority(newRoot, message), 0)
      const issued = await anchor(newRoot, { subject: machine.address, validFrom: 12n, capabilities: CAP.gateway })
      await refuses(send(ca, "revoke", realm, machine.address, issued.digest, 1), "RevocationNotAuthorised", [
        realm,
        issued.digest,
        ca.address,
      ])
      await send(ca, "revoke", realm, newRoot.address, digest, 1)
      await anchor(newRoot, { subject: machine.address, validFrom: 13n, capabilities: CAP.gateway })
    })

    it("has bounded length even when an owner ties it into a knot", async () => {
      const caps = CAP.intermediate | CAP.provider
      const [first, second] = [account(20), account(21)]
      await anchor(ca, { subject: first.address, capabilities: caps, validFrom: 10n })
      await anchor(first, { subject: second.address, capabilities: caps, validFrom: 11n })
      await anchor(second, { subject: first.address, capabilities: caps, validFrom: 11n }, owner)
      await refusesAnchor(second, { validFrom: 11n }, "CertificateTooDeep", () => [5n, 4n])
      const { digest } = await certify(first, { subject: second.address, capabilities: caps, validFrom: 11n })
      await refuses(send(stranger, "revoke", realm, second.address, digest, 1), "RevocationNotAuthorised", [
        realm,
        digest,
        stranger.address,
      ])
      const path = await fixture.realms.read.pathOf([realm, second.address])
      assert.equal(path.length, 8)
    })
  })

  describe("epochs", () => {
    it("of a root, an operator and a CA below void what each issued before", async () => {
      await anchor(ca, { subject: sub.address, validFrom: 20n, capabilities: CAP.intermediate | CAP.provider })
      const receipt = await send(sub, "setEpoch", realm, 30)
      const { sequence } = await fixture.realms.read.realmOf([realm])
      assert.deepEqual(
        parseEventLogs({ abi: realmRegistryAbi, logs: receipt.logs }).map(({ eventName, args }) => ({
          eventName,
          args,
        })),
        [{ eventName: "EpochSet", args: { realm, authority: sub.address, sequence: BigInt(sequence), epoch: 30 } }],
      )
      assert.equal(await fixture.realms.read.epochOf([realm, sub.address]), 30)
      await refusesAnchor(sub, { validFrom: 29n }, "CertificateBeforeEpoch", () => [sub.address, 29n, 30n])
      await anchor(sub, { validFrom: 30n })

      await fixture.send("operators", controller, "setEpoch", [ca.address, 40])
      await refusesAnchor(ca, { subject: stranger.address, validFrom: 39n }, "CertificateBeforeEpoch", () => [
        ca.address,
        39n,
        40n,
      ])
      // The CA below was itself issued before the operator's epoch.
      await refusesAnchor(sub, { validFrom: 50n }, "CertificateBeforeEpoch", () => [ca.address, 20n, 40n])

      await send(root, "setEpoch", realm, 60)
      assert.equal(await fixture.realms.read.epochOf([realm, root.address]), 60)
      await refusesAnchor(root, { subject: stranger.address, validFrom: 59n }, "CertificateOlderThanIssuer", () => [
        59n,
        60n,
      ])
      await refusesAnchor(ca, { validFrom: 70n }, "CertificateOlderThanIssuer", () => [6n, 60n])
      await anchor(root, { subject: stranger.address, validFrom: 60n })
    })

    it("of a root are its predecessor's, too, while they overlap", async () => {
      const own = { root: newRoot.address, validFrom: 8n, capabilities: ALL_CAPS, meta: "" }
      const message = fixture.certificate({ ...own, issuer: newRoot.address, subject: newRoot.address, realm })
      const until = (await now(fixture)) + DAY
      await send(owner, "rotateRoot", realm, own, await signAuthority(newRoot, message), until)
      await send(newRoot, "setEpoch", realm, 50)
      const state = await fixture.realms.read.realmOf([realm])
      assert.deepEqual([state.root.validFrom, state.previousRoot.validFrom], [50, 50])
      assert.deepEqual([state.previousRoot.issuer, state.previousRoot.notAfter], [root.address, until])
      await refuses(send(root, "setEpoch", realm, 60), "RealmNoRecord", [realm, root.address])
      await refuses(send(newRoot, "setEpoch", realm, 50), "RealmEpochInvalid", [
        50n,
        50n,
        await fixture.chain.getBlockNumber(),
      ])
    })

    it("only grow, up to the current block, and are of those that may have issued", async () => {
      await anchor(ca, { subject: sub.address, capabilities: CAP.intermediate })
      await send(sub, "setEpoch", realm, 30)
      const block = await fixture.chain.getBlockNumber()
      await refuses(send(sub, "setEpoch", realm, 30), "RealmEpochInvalid", [30n, 30n, block])
      await refuses(send(sub, "setEpoch", realm, 29), "RealmEpochInvalid", [29n, 30n, block])
      await refuses(send(sub, "setEpoch", realm, 10_000), "RealmEpochInvalid", [10_000n, 30n, block])
      await refuses(send(stranger, "setEpoch", realm, 1), "RealmNoRecord", [realm, stranger.address])
      await refuses(send(owner, "setEpoch", realm, 1), "RealmNoRecord", [realm, owner.address])
      await refuses(send(ca, "setEpoch", realm, 30), "RealmOperatorEpoch", [realm, ca.address])
    })

    it("of a machine below the root, and of an operator's key that has become the root, are theirs to raise", async () => {
      await anchor(root, { subject: machine.address })
      await send(machine, "setEpoch", realm, 20)
      assert.equal(await fixture.realms.read.epochOf([realm, machine.address]), 20)
      const own = { root: ca.address, validFrom: 11n, capabilities: ALL_CAPS, meta: "" }
      const message = fixture.certificate({ ...own, issuer: ca.address, subject: ca.address, realm })
      await send(owner, "rotateRoot", realm, own, await signAuthority(ca, message), 0)
      await send(ca, "setEpoch", realm, 25)
      const { root: raised, previousRoot } = await fixture.realms.read.realmOf([realm])
      assert.deepEqual([raised.validFrom, previousRoot.validFrom], [25, 0])
    })

    it("survive a renewal", async () => {
      await anchor(ca, { subject: sub.address, capabilities: CAP.intermediate })
      await send(sub, "setEpoch", realm, 30)
      await anchor(ca, { subject: sub.address, capabilities: CAP.intermediate, validFrom: 11n })
      assert.equal(await fixture.realms.read.epochOf([realm, sub.address]), 30)
    })
  })

  describe("policies", () => {
    async function realmOf(policy: number) {
      const salt: Hex = `0x${String(policy).padStart(64, "0")}`
      const { realm: of } = await createRealm(fixture, { owner, root, policy, salt })
      return of
    }

    it("Permitted needs the subject to sign or to send", async () => {
      const of = await realmOf(POLICY.permitted)
      const { message, signature, digest } = await certify(root, { realm: of })
      const missing = [digest, machine.address] as const
      await refuses(send(relayer, "anchor", message, signature), "CertificateConsentMissing", missing)
      await refuses(send(owner, "anchor", message, signature), "CertificateConsentMissing", missing)
      const theirs = await signAuthority(stranger, message)
      await refuses(
        send(relayer, "anchorWithConsent", message, signature, theirs),
        "CertificateConsentMissing",
        missing,
      )
      const consent = await signAuthority(machine, message)
      await send(relayer, "anchorWithConsent", message, signature, consent)
      const again = await certify(root, { realm: of, validFrom: 11n })
      await refuses(
        send(relayer, "anchorWithConsent", again.message, again.signature, consent),
        "CertificateConsentMissing",
        [again.digest, machine.address],
      )
      await send(machine, "anchor", again.message, again.signature)
    })

    it("Private needs the owner to sign or to send", async () => {
      const of = await realmOf(POLICY.private)
      const { message, signature, digest } = await certify(root, { realm: of })
      const missing = [digest, owner.address] as const
      await refuses(send(relayer, "anchor", message, signature), "CertificateConsentMissing", missing)
      await refuses(send(machine, "anchor", message, signature), "CertificateConsentMissing", missing)
      const subjects = await signAuthority(machine, message)
      await refuses(
        send(relayer, "anchorWithConsent", message, signature, subjects),
        "CertificateConsentMissing",
        missing,
      )
      await send(relayer, "anchorWithConsent", message, signature, await signAuthority(owner, message))
      const again = await certify(root, { realm: of, validFrom: 11n })
      await send(owner, "anchor", again.message, again.signature)
    })

    it("Private is satisfied by an owner that is the issuer", async () => {
      const { realm: of } = await createRealm(fixture, { owner: root, root, policy: POLICY.private })
      const { message, signature } = await certify(root, { realm: of })
      await send(relayer, "anchor", message, signature)
    })

    it("hold as soon as they are tightened", async () => {
      const { message, signature, digest } = await certify(ca)
      await send(owner, "tightenPolicy", realm, POLICY.private)
      await refuses(send(relayer, "anchor", message, signature), "CertificateConsentMissing", [digest, owner.address])
    })
  })

  describe("batches", () => {
    it("anchor all or nothing", async () => {
      const [one, two] = [await certify(ca), await certify(ca, { subject: sub.address })]
      const bad = await certify(stranger, { subject: stranger.address })
      await refuses(
        send(relayer, "anchorBatch", [one.message, bad.message], [one.signature, bad.signature]),
        "CertificateSelfIssued",
        [stranger.address],
      )
      assert.equal((await fixture.realms.read.recordOf([realm, machine.address])).digest, `0x${"00".repeat(27)}`)
      const receipt = await send(relayer, "anchorBatch", [one.message, two.message], [one.signature, two.signature])
      assert.equal(receipt.logs.length, 2)
      assert.equal((await fixture.realms.read.recordOf([realm, sub.address])).digest, nameOf(two.digest))
      await refuses(send(relayer, "anchorBatch", [one.message], []), "RealmBatchUneven", [1n, 0n])
    })
  })

  it("of a CA below a root goes by admission", async () => {
    await refusesAnchor(
      root,
      { subject: otherCa.address, capabilities: CAP.intermediate },
      "OperatorNeedsAdmission",
      () => [otherCa.address],
    )
    const { message, signature } = await certify(root, { subject: otherCa.address, capabilities: CAP.intermediate })
    await refuses(send(relayer, "anchorWithConsent", message, signature, "0x"), "OperatorNeedsAdmission", [
      otherCa.address,
    ])
    await refuses(send(relayer, "anchorBatch", [message], [signature]), "OperatorNeedsAdmission", [otherCa.address])
    await anchor(root, { subject: otherCa.address, capabilities: CAP.provider })
  })

  it("gives no right over another realm with the same root", async () => {
    const salt: Hex = `0x${"09".repeat(32)}`
    const { realm: other } = await createRealm(fixture, { owner: stranger, root, salt })
    await refusesAnchor(ca, { realm: other }, "CertificateIssuerUnknown", () => [ca.address])
  })
})
