import assert from "node:assert/strict"
import { createHash } from "node:crypto"
import * as fc from "fast-check"
import type { CertificateChain } from "../../../src/certificate/types.ts"
import { chainToJson } from "../../../src/certificate/issue.ts"
import { parseChain } from "../../../src/certificate/parse.ts"
import { addressOf, parseAddress, type Address } from "../../../src/core/address.ts"
import { fromHex, toHex } from "../../../src/core/bytes.ts"
import {
  claimOf,
  decidePin,
  fingerprintOf,
  fingerprintsOf,
  keyOfPin,
  pinKey,
  pinsAfter,
  type PeerPin,
  type PinClaim,
  type Pinned,
  type PinPlace,
  type RealmPin,
  type TrustModel,
} from "../../../src/trust/first-use/pins.ts"
import { anAddress, flipped, hexOfLength, uint } from "../../arbitrary.ts"
import { altered, buildChain, CHAIN_ID, CONTRACT, draftChain, named, party, REALM, signChain } from "../chains.ts"

const PLACE: PinPlace = { chainId: CHAIN_ID, verifyingContract: CONTRACT, realm: REALM }
const NOW = 1_700_000_000_000

const claim = (chain: CertificateChain = buildChain()): PinClaim => {
  const found = claimOf(chain)
  assert.ok(found)
  return found
}
const pinnedFrom = (shown: PinClaim): Required<Pinned> => {
  const { realm, peer } = pinsAfter({}, PLACE, shown, "first-use", NOW)
  assert.ok(realm && peer)
  return { realm, peer }
}

/** The same peer with another session key, of a boot some nanoseconds later. */
const rekeyed = (shown: PinClaim, later: bigint): PinClaim => ({
  ...shown,
  csPubKey: party("another").csPubKey,
  bootedAt: shown.bootedAt + later,
})

const aPlace: fc.Arbitrary<PinPlace> = fc.record(
  { chainId: uint(256), verifyingContract: anAddress, realm: anAddress },
  { noNullPrototype: true },
)
const aClaim: fc.Arbitrary<PinClaim> = fc
  .record({
    delegate: anAddress,
    csPubKey: hexOfLength(32),
    bootedAt: uint(64),
    path: fc.array(anAddress, { minLength: 1, maxLength: 7 }),
  })
  .map(({ path, ...fields }) => ({
    ...fields,
    issuers: path as [Address, ...Address[]],
    root: path.at(-1) as Address,
    digests: [],
  }))

describe("trust: pins", () => {
  describe("what is decided", () => {
    const shown = claim()
    const pinned = pinnedFrom(shown)
    const operator = shown.issuers[0]
    const other = named("another operator")
    const by = (...issuers: [Address, ...Address[]]): PinClaim => ({ ...shown, issuers })
    const later = rekeyed(shown, 1n)

    const table: readonly [string, Pinned, PinClaim, string][] = [
      ["nothing of the realm is pinned", {}, shown, "new"],
      ["the realm is, and the peer is not", { realm: pinned.realm }, shown, "new"],
      ["the realm has another root", { realm: pinned.realm }, { ...shown, root: other }, "changed root"],
      ["the realm of a pinned peer has another root", pinned, { ...shown, root: other }, "changed root"],
      ["key and authority are the same", pinned, shown, "known"],
      ["the same key booted at another time", pinned, { ...shown, bootedAt: 1n }, "known"],
      ["the same authority issued for a later key", pinned, later, "vouched"],
      ["the same authority issued for a key of the same boot", pinned, rekeyed(shown, 0n), "changed key"],
      ["the same authority issued for an earlier key", pinned, rekeyed(shown, -1n), "changed key"],
      ["the pinned authority certified the new one", pinned, by(other, operator, shown.root), "vouched"],
      [
        "the same, and the key is later",
        pinned,
        { ...by(other, operator), csPubKey: later.csPubKey, bootedAt: later.bootedAt },
        "vouched",
      ],
      [
        "the same, and the key is earlier",
        pinned,
        { ...rekeyed(shown, -1n), issuers: [other, operator] },
        "changed key",
      ],
      ["another authority issued for the same key", pinned, by(other, shown.root), "changed authority"],
      [
        "another authority issued for a later key",
        pinned,
        { ...later, issuers: [other, shown.root] },
        "changed authority",
      ],
      ["the root took the authority's place", pinned, by(shown.root), "changed authority"],
    ]
    for (const [when, before, now, verdict] of table) {
      it(`is ${verdict} when ${when}`, () => {
        const decision = decidePin(before, now)
        assert.equal(decision.verdict === "changed" ? `changed ${decision.changed}` : decision.verdict, verdict)
      })
    }

    // U08: every pair of the model that was the strongest so far for realm and peer.
    for (const ofRealm of ["on-chain", "standalone", "first-use"] as const) {
      for (const ofPeer of ["on-chain", "standalone", "first-use"] as const) {
        const allowed = ofRealm === "first-use" && ofPeer === "first-use"
        it(`${allowed ? "takes" : "refuses"} a peer known ${ofPeer} of a realm known ${ofRealm}`, () => {
          const before = { realm: { ...pinned.realm, model: ofRealm }, peer: { ...pinned.peer, model: ofPeer } }
          const expected = allowed ? { verdict: "known" } : { verdict: "changed", changed: "model" }
          assert.deepEqual(decidePin(before, shown), expected)
          if (ofRealm !== "first-use") assert.deepEqual(decidePin({ realm: before.realm }, shown), expected)
        })
      }
    }
  })

  describe("what is pinned", () => {
    const shown = claim()

    it("is root, key, authority and chain, from now on and unconfirmed", () => {
      const { realm, peer } = pinnedFrom(shown)
      const first = { place: PLACE, since: NOW, confirmed: false, model: "first-use" }
      assert.deepEqual(realm, { kind: "realm", root: party("root").address, ...first })
      const { delegate, csPubKey, bootedAt, digests } = shown
      assert.deepEqual(peer, {
        kind: "peer",
        delegate,
        csPubKey,
        bootedAt,
        issuer: shown.issuers[0],
        digests,
        ...first,
      })
      assert.deepEqual(
        digests,
        buildChain().map(({ digest }) => digest),
      )
    })

    it("stays the same object when nothing changes", () => {
      const pinned = pinnedFrom(shown)
      const after = pinsAfter(pinned, PLACE, shown, "first-use", NOW + 1)
      assert.ok(after.realm === pinned.realm && after.peer === pinned.peer)
    })

    it("moves to a key that is vouched for, with its first contact and confirmation", () => {
      const { realm, peer } = pinnedFrom(shown)
      const later = rekeyed(shown, 5n)
      const after = pinsAfter({ realm, peer: { ...peer, confirmed: true } }, PLACE, later, "first-use", NOW + 9)
      assert.equal(after.realm, realm)
      assert.deepEqual(after.peer, { ...peer, csPubKey: later.csPubKey, bootedAt: later.bootedAt, confirmed: true })
      assert.equal(decidePin(after, later).verdict, "known")
      assert.deepEqual(decidePin(after, shown), { verdict: "changed", changed: "key" })
    })

    it("becomes what a stronger model says, unconfirmed where that differs", () => {
      const { realm, peer } = pinnedFrom(shown)
      const confirmed = { realm: { ...realm, confirmed: true }, peer: { ...peer, confirmed: true } }
      const same = pinsAfter(confirmed, PLACE, shown, "on-chain", NOW + 1)
      assert.deepEqual(same, {
        realm: { ...confirmed.realm, model: "on-chain" },
        peer: { ...confirmed.peer, model: "on-chain" },
      })
      const root = named("the true root")
      const differing = pinsAfter(confirmed, PLACE, { ...shown, root, issuers: [root] }, "standalone", NOW + 1)
      assert.deepEqual(
        [differing.realm?.root, differing.realm?.confirmed, differing.realm?.since],
        [root, false, NOW + 1],
      )
      assert.deepEqual(
        [differing.peer?.issuer, differing.peer?.confirmed, differing.peer?.model],
        [root, false, "standalone"],
      )
    })

    it("keeps the strongest model", () => {
      const models: readonly TrustModel[] = ["first-use", "standalone", "on-chain"]
      for (const [i, before] of models.entries()) {
        for (const [j, now] of models.entries()) {
          const pinned = pinsAfter({}, PLACE, shown, before, NOW)
          const { realm, peer } = pinsAfter(pinned, PLACE, shown, now, NOW)
          assert.deepEqual([realm?.model, peer?.model], [models[Math.max(i, j)], models[Math.max(i, j)]])
        }
      }
    })
  })

  it("are never kept and refused: what was just pinned is known, whatever was there", () => {
    fc.assert(
      fc.property(aClaim, aClaim, (before, shown) => {
        const own = { ...shown, delegate: before.delegate }
        const after = pinsAfter(pinnedFrom(before), PLACE, own, "first-use", NOW)
        assert.equal(decidePin(after, own).verdict, "known")
      }),
    )
  })

  it("are never moved by an authority that the pinned one does not answer for", () => {
    fc.assert(
      fc.property(aClaim, aClaim, fc.boolean(), (before, shown, sameRoot) => {
        const issuers = [...shown.issuers, ...(sameRoot ? [before.root] : [])] as [Address, ...Address[]]
        const own = { ...shown, issuers, root: issuers.at(-1) as Address, delegate: before.delegate }
        const { verdict } = decidePin(pinnedFrom(before), own)
        const answers = own.root === before.root && issuers.includes(before.issuers[0])
        assert.equal(
          verdict === "vouched" || verdict === "known",
          answers && (own.csPubKey === before.csPubKey || own.bootedAt > before.bootedAt),
        )
      }),
    )
  })

  describe("the claim of a chain", () => {
    it("reads delegate, key, issuers and root", () => {
      const shown = claim()
      assert.equal(shown.delegate, party("delegate").address)
      assert.equal(shown.csPubKey, party("delegate").csPubKey)
      const operator = party("operator 0").address
      const root = party("root").address
      assert.deepEqual([shown.issuers, shown.root], [[operator, root, root], root])
    })

    it("is none where a chain has no such shape", () => {
      const [own, ...others] = buildChain()
      for (const chain of [[], [own!], others, [own!, own!], [own!, ...others, own!]])
        assert.equal(claimOf(chain), undefined)
    })

    it("is the same however the chain is spelt", () => {
      const drafts = draftChain()
      const chain = signChain(altered(drafts, 1, { meta: "notAfter=9" }))
      const spelt = chainToJson(chain).replaceAll(/0x[0-9a-fA-F]{40}/g, (text) => text.toLowerCase())
      assert.deepEqual(claimOf(parseChain(spelt)), claimOf(chain))
      const upper = chainToJson(chain).replaceAll(/0x[0-9a-fA-F]{40}/g, (text) => `0x${text.slice(2).toUpperCase()}`)
      assert.deepEqual(claimOf(parseChain(upper)), claimOf(chain))
    })
  })

  // U07
  describe("the name of a pin", () => {
    it("is the same for every spelling of the same place and address", () => {
      fc.assert(
        fc.property(aPlace, anAddress, fc.boolean(), (place, delegate, upper) => {
          const spelt = (address: Address): Address => {
            const digits = address.slice(2)
            return `0x${upper ? digits.toUpperCase() : digits.toLowerCase()}`
          }
          const other = { ...place, verifyingContract: spelt(place.verifyingContract), realm: spelt(place.realm) }
          assert.equal(pinKey(other, spelt(delegate)), pinKey(place, delegate))
          assert.equal(pinKey(other), pinKey(place))
          assert.equal(parseAddress(spelt(delegate)), delegate)
        }),
      )
    })

    it("is another for every other bit of place and address", () => {
      fc.assert(
        fc.property(aPlace, anAddress, fc.nat(159), fc.nat(255), (place, delegate, bit, bitOfId) => {
          const turned = (address: Address): Address => addressOf(flipped(fromHex(address) as Uint8Array, bit))
          const names = [
            pinKey(place, delegate),
            pinKey(place),
            pinKey(place, turned(delegate)),
            pinKey({ ...place, realm: turned(place.realm) }, delegate),
            pinKey({ ...place, verifyingContract: turned(place.verifyingContract) }, delegate),
            pinKey({ ...place, chainId: place.chainId ^ (1n << BigInt(bitOfId)) }, delegate),
          ]
          assert.equal(new Set(names).size, names.length)
        }),
      )
    })

    it("does not depend on what is pinned", () => {
      const { realm, peer } = pinnedFrom(claim())
      assert.equal(keyOfPin(realm), pinKey(PLACE))
      assert.equal(keyOfPin({ ...peer, csPubKey: toHex(new Uint8Array(32)) }), pinKey(PLACE, peer.delegate))
    })
  })

  describe("a fingerprint", () => {
    const { realm, peer } = pinnedFrom(claim())

    it("is SHA-256 over a label, the place in 72 bytes, and what is pinned", () => {
      const print = (label: string, ...parts: string[]): string => {
        const place = CHAIN_ID.toString(16).padStart(64, "0") + CONTRACT.slice(2) + REALM.slice(2)
        const bytes = Buffer.concat([
          Buffer.from(`${label}\0`),
          Buffer.from(place + parts.map((hex) => hex.slice(2)).join(""), "hex"),
        ])
        return createHash("sha256").update(bytes).digest("hex")
      }
      assert.match(fingerprintOf(peer), /^[0-9a-f]{4}( [0-9a-f]{4}){15}$/)
      const { delegate, csPubKey, issuer } = peer
      assert.equal(fingerprintOf(peer).replaceAll(" ", ""), print("wamp-e2ee pin peer", delegate, csPubKey, issuer))
      assert.equal(fingerprintOf(realm).replaceAll(" ", ""), print("wamp-e2ee pin realm", realm.root))
    })

    it("is that of what a chain shows", () => {
      assert.deepEqual(fingerprintsOf(PLACE, claim()), { realm: fingerprintOf(realm), peer: fingerprintOf(peer) })
    })

    it("changes with place, key, authority and root, and with nothing else", () => {
      const others: readonly (RealmPin | PeerPin)[] = [
        realm,
        peer,
        { ...peer, delegate: named("other") },
        { ...peer, csPubKey: party("other").csPubKey },
        { ...peer, issuer: named("other") },
        { ...realm, root: named("other") },
        ...[realm, peer].flatMap((pin) => [
          { ...pin, place: { ...PLACE, chainId: 1n } },
          { ...pin, place: { ...PLACE, verifyingContract: named("other") } },
          { ...pin, place: { ...PLACE, realm: named("other") } },
        ]),
      ]
      assert.equal(new Set(others.map((pin) => fingerprintOf(pin))).size, others.length)
      const times = { since: 1, confirmed: true, model: "on-chain" } as const
      const same: PeerPin = { ...peer, ...times, bootedAt: 1n, digests: [] }
      assert.equal(fingerprintOf(same), fingerprintOf(peer))
    })
  })
})
