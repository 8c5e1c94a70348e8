import assert from "node:assert/strict"
import type { AuthorityCertificate, CertificateChain } from "../../../src/certificate/types.ts"
import type { Hex } from "../../../src/core/bytes.ts"
import { firstUse, remembering, type FirstUseOptions } from "../../../src/trust/first-use/first-use.ts"
import { judgeChain } from "../../../src/trust/judge.ts"
import { fingerprintOf } from "../../../src/trust/first-use/pins.ts"
import type { TrustProvider } from "../../../src/trust/provider.ts"
import type { VerifiedDelegate } from "../../../src/trust/verified-delegate.ts"
import { refuses, rejects } from "../../arbitrary.ts"
import {
  altered,
  buildChain,
  CHAIN_ID,
  CONTRACT,
  draftChain,
  factsOf,
  named,
  NOW,
  party,
  POLICY,
  REALM,
  signChain,
  STANDING,
} from "../chains.ts"
import { MemoryPins } from "./memory-pins.ts"

/** As a session does it: proof, facts, rules, acceptance. */
async function meet(trust: TrustProvider, chain: CertificateChain, proven = true): Promise<VerifiedDelegate> {
  const own = chain[0]?.certificate
  const provenKey: Hex | undefined = proven && own?.kind === "delegate" ? own.csPubKey : undefined
  const facts = await trust.facts(chain, provenKey)
  const delegate = judgeChain(chain, facts, { ...POLICY, ...(provenKey === undefined ? {} : { provenKey }) })
  if (provenKey !== undefined) await trust.accept?.(chain, delegate)
  return delegate
}

/** The delegate's chain after a restart with another session key, signed by whom it should be. */
function restarted(from = draftChain()): CertificateChain {
  const { csPubKey } = party("the new key")
  return signChain(altered(from, 0, { csPubKey, bootedAt: BigInt(NOW - 59_000) * 1_000_000n }))
}

/** Drafts for the same delegate, certified by another operator of the same root. */
function moved() {
  const drafts = altered(draftChain(), 1, { issuer: party("rival").address }, party("rival").key)
  return altered(drafts, 2, { subject: party("rival").address })
}

const PRINTS = /[0-9a-f]{4}( [0-9a-f]{4}){15}/g

describe("trust: first use", () => {
  let pins: MemoryPins
  let now: number
  const chain = buildChain()
  const trustWith = (changes: Partial<FirstUseOptions> = {}): TrustProvider =>
    firstUse({
      pins,
      realm: REALM,
      chainId: CHAIN_ID,
      verifyingContract: CONTRACT,
      clock: () => now,
      ...changes,
    })
  beforeEach(() => {
    pins = new MemoryPins()
    now = NOW
  })

  it("pins root and peer at the first contact, says since when, and writes nothing at the next", async () => {
    const first = await meet(trustWith(), chain)
    assert.deepEqual(first.source, { model: "first-use", since: NOW, confirmed: false })
    assert.deepEqual(
      [...pins.table.pins].map(({ kind, since }) => [kind, since]),
      [
        ["realm", NOW],
        ["peer", NOW],
      ],
    )
    now += 1_000
    const again = await meet(trustWith(), chain)
    assert.deepEqual(again.source, { model: "first-use", since: NOW, confirmed: false })
    assert.equal(pins.writes, 1)
  })

  it("says whether a person confirmed the peer, or its realm", async () => {
    for (const kind of ["realm", "peer"] as const) {
      pins = new MemoryPins()
      await meet(trustWith(), chain)
      pins.confirm(kind)
      assert.deepEqual((await meet(trustWith(), chain)).source, { model: "first-use", since: NOW, confirmed: true })
    }
  })

  it("pins nothing of a chain that breaks a rule, or whose key is not proven", async () => {
    const [own, ...others] = chain
    const broken: readonly [string, CertificateChain][] = [
      ["trust.length", [own!]],
      ["trust.types", [...others, own!]],
      ["trust.root", chain.slice(0, 3)],
      ["trust.context", signChain(altered(draftChain(), 0, { chainId: 1n }))],
      ["trust.realm", buildChain({ realm: named("another realm") })],
      ["trust.delegate_signature", signChain(altered(draftChain(), 0, {}, party("forger").key))],
      ["trust.expired", signChain(altered(draftChain(), 1, { meta: "notAfter=1" }))],
    ]
    for (const [code, each] of broken) await assert.rejects(meet(trustWith(), each), { code })
    await rejects(meet(trustWith(), chain, false), "trust.unconfirmed")
    assert.equal(pins.writes, 0)
  })

  it("takes what an agent tells of another peer below the pinned root, and pins it once it has proven its key", async () => {
    await meet(trustWith(), chain)
    const other = buildChain({ delegate: party("second") })
    await meet(trustWith(), other, false)
    assert.equal(pins.writes, 1)
    await meet(trustWith(), other)
    assert.equal(pins.writes, 2)
    const foreign = buildChain({ delegate: party("third"), root: party("self-made") })
    await rejects(meet(trustWith(), foreign, false), "trust.pin_changed")
  })

  it("refuses another root with both fingerprints", async () => {
    await meet(trustWith(), chain)
    const [realm] = [...pins.table.pins]
    const other = buildChain({ delegate: party("somebody"), root: party("self-made") })
    const { message } = await rejects(meet(trustWith(), other), "trust.pin_changed")
    const shown = fingerprintOf({ kind: "realm", place: realm!.place, root: party("self-made").address })
    assert.deepEqual(message.match(PRINTS), [fingerprintOf(realm!), shown])
    assert.equal(pins.writes, 1)
  })

  it("takes a root that the pinned one certified", async () => {
    await meet(trustWith(), chain)
    // The root certified another CA: that is an intermediate one below the pinned root.
    const crossed = buildChain({ delegate: party("somebody"), length: 5 })
    await meet(trustWith(), crossed)
    assert.equal(pins.writes, 2)
  })

  it("takes a key of a later boot by the same authority, and the former one no more", async () => {
    await meet(trustWith(), chain)
    now += 5_000
    assert.equal((await meet(trustWith(), restarted())).csPubKey, party("the new key").csPubKey)
    const { peer } = await pins.find(
      { chainId: CHAIN_ID, verifyingContract: CONTRACT, realm: REALM },
      party("delegate").address,
    )
    assert.deepEqual([peer?.csPubKey, peer?.since], [party("the new key").csPubKey, NOW])
    const { message } = await rejects(meet(trustWith(), chain), "trust.pin_changed")
    assert.equal(message.match(PRINTS)?.length, 2)
    await meet(trustWith(), restarted())
  })

  for (const [what, changed] of [
    ["authority", signChain(moved())],
    ["authority and another key", restarted(moved())],
  ] as const) {
    it(`refuses another ${what}, proven or told of`, async () => {
      await meet(trustWith(), chain)
      for (const proven of [true, false]) {
        const { message } = await rejects(meet(trustWith(), changed, proven), "trust.pin_changed")
        assert.equal(new Set(message.match(PRINTS)).size, 2)
      }
      assert.equal(pins.writes, 1)
    })
  }

  it("alarms nobody with a chain that somebody forged: its broken rule is told instead", async () => {
    await meet(trustWith(), chain)
    const forged = signChain(altered(draftChain(), 0, { csPubKey: party("forger").csPubKey }, party("forger").key))
    await rejects(meet(trustWith(), forged), "trust.delegate_signature")
    const otherRoot = signChain(altered(draftChain({ root: party("self-made") }), 3, {}, party("forger").key))
    await rejects(meet(trustWith(), otherRoot), "trust.root_signature")
  })

  it("refuses at acceptance what another process pinned otherwise meanwhile", async () => {
    const trust = trustWith()
    const facts = await trust.facts(chain, party("delegate").csPubKey)
    const delegate = judgeChain(chain, facts, POLICY)
    await meet(trustWith(), buildChain({ root: party("self-made") }))
    await rejects(trust.accept!(chain, delegate), "trust.pin_changed")
  })

  it("takes a peer again after its pin was forgotten: that is a first contact", async () => {
    await meet(trustWith(), chain)
    for (const pin of pins.table.pins) if (pin.kind === "realm") pins.table.forget(pin)
    now += 1_000
    const other = buildChain({ root: party("self-made") })
    assert.deepEqual((await meet(trustWith(), other)).source, {
      model: "first-use",
      since: NOW + 1_000,
      confirmed: false,
    })
  })

  describe("with confirmation required", () => {
    it("pins the first contact and refuses it until a person confirmed peer or realm", async () => {
      const trust = trustWith({ requireConfirmation: true })
      for (const kind of ["realm", "peer"] as const) {
        pins = new MemoryPins()
        const strict = trustWith({ requireConfirmation: true })
        for (let i = 0; i < 2; i++) {
          const { message } = await rejects(meet(strict, chain), "trust.unconfirmed")
          const prints = [...pins.table.pins].map((pin) => fingerprintOf(pin)).toReversed()
          assert.deepEqual(message.match(PRINTS), prints)
          await rejects(meet(strict, chain, false), "trust.unconfirmed")
        }
        pins.confirm(kind)
        await meet(strict, chain)
        await meet(strict, chain, false)
      }
      assert.equal(trust.realm, REALM)
    })

    it("refuses a peer that nobody confirmed below a root that nobody confirmed, also where an agent tells of it", async () => {
      const strict = trustWith({ requireConfirmation: true })
      await rejects(meet(strict, chain), "trust.unconfirmed")
      pins.confirm("peer")
      await rejects(meet(strict, buildChain({ delegate: party("second") }), false), "trust.unconfirmed")
    })
  })

  describe("beside a stronger model", () => {
    const standalone: TrustProvider = { realm: REALM, maxAge: 7, facts: async (shown) => factsOf(shown) }

    it("refuses whom that verified, and everybody else of its realm", async () => {
      const remembered = remembering(standalone, pins, () => now)
      assert.deepEqual([remembered.realm, remembered.maxAge], [REALM, 7])
      assert.equal((await meet(remembered, chain)).source.model, "standalone")
      for (const each of [chain, buildChain({ delegate: party("second") })]) {
        const { message } = await rejects(meet(trustWith(), each), "trust.pin_changed")
        assert.match(message, /verified by standalone/)
      }
      assert.equal(pins.writes, 1)
    })

    it("raises what first use pinned, once, and leaves what is unproven", async () => {
      await meet(trustWith(), chain)
      const remembered = remembering(standalone, pins, () => now)
      await meet(remembered, chain, false)
      assert.equal(pins.writes, 1)
      await meet(remembered, chain)
      await meet(remembered, chain)
      assert.equal(pins.writes, 2)
      assert.deepEqual(
        [...pins.table.pins].map(({ model, since }) => [model, since]),
        [
          ["standalone", NOW],
          ["standalone", NOW],
        ],
      )
    })

    it("pins the root of a chain that leaves out what is anchored", async () => {
      const anchored = buildChain()
        .slice(1)
        .map(({ certificate }) => ({ ...(certificate as AuthorityCertificate), confirmed: true }))
      const certificates = chain.map(() => STANDING)
      const facts = async (shown: CertificateChain) => factsOf(shown, { anchored, certificates })
      await meet(remembering({ realm: REALM, facts }, pins), chain.slice(0, 1))
      const root = party("root").address
      const [realm, peer] = [...pins.table.pins]
      assert.deepEqual([realm?.kind === "realm" && realm.root, realm?.model], [root, "standalone"])
      assert.equal(peer?.kind === "peer" && peer.issuer, party("operator 0").address)
    })

    it("asks the other model first whether it accepts", async () => {
      const refusing: TrustProvider = { ...standalone, accept: () => Promise.reject(new RangeError("no")) }
      await assert.rejects(meet(remembering(refusing, pins), chain), RangeError)
      assert.equal(pins.writes, 0)
    })
  })

  it("is not configured by half", () => {
    refuses(() => trustWith({ realm: "0x12" }), "usage.invalid")
    refuses(() => trustWith({ verifyingContract: "registry" }), "usage.invalid")
    for (const chainId of [-1, 0.5, Number.NaN, -1n, 1n << 256n]) refuses(() => trustWith({ chainId }), "usage.invalid")
    assert.equal(trustWith({ maxAge: 5 }).maxAge, 5)
  })

  it("tells when pins cannot be read, and judges nothing then", async () => {
    const failing = {
      find: () => Promise.reject(new RangeError("damaged")),
      update: () => Promise.reject(new RangeError("damaged")),
    }
    await assert.rejects(meet(trustWith({ pins: failing }), chain), RangeError)
  })
})
