import assert from "node:assert/strict"
import { addressOf } from "../../../src/core/address.ts"
import { PinTable } from "../../../src/trust/first-use/pin-table.ts"
import type { PeerPin, Pin, Pinned, PinPlace, RealmPin } from "../../../src/trust/first-use/pins.ts"
import { refuses } from "../../arbitrary.ts"
import { CHAIN_ID, CONTRACT, named, party, REALM } from "../chains.ts"

const PLACE: PinPlace = { chainId: CHAIN_ID, verifyingContract: CONTRACT, realm: REALM }
const KEPT = { place: PLACE, since: 1, confirmed: false, model: "first-use" } as const
const OPERATOR = named("operator")
const { csPubKey: KEY } = party("peer")
const REALM_PIN: RealmPin = { kind: "realm", root: named("root"), ...KEPT }

function peer(number: number, changes: Partial<PeerPin> = {}): PeerPin {
  const bytes = new Uint8Array(20)
  new DataView(bytes.buffer).setUint32(16, number)
  const own = { kind: "peer", delegate: addressOf(bytes), csPubKey: KEY, bootedAt: 1n } as const
  return { ...own, issuer: OPERATOR, digests: [], ...KEPT, ...changes }
}

describe("trust: tables of pins", () => {
  it("find a realm and a peer by their place", () => {
    const elsewhere = { ...PLACE, chainId: 1n }
    const table = new PinTable([REALM_PIN, peer(1), { ...REALM_PIN, place: elsewhere }])
    assert.deepEqual(table.find(PLACE, peer(1).delegate), { realm: REALM_PIN, peer: peer(1) })
    assert.deepEqual(table.find(PLACE, peer(2).delegate), { realm: REALM_PIN })
    assert.deepEqual(table.find(elsewhere, peer(1).delegate), { realm: { ...REALM_PIN, place: elsewhere } })
    assert.deepEqual(table.find({ ...PLACE, realm: named("other") }, peer(1).delegate), {})
  })

  it("are not made of two pins of one name, or of a peer without its realm", () => {
    refuses(() => new PinTable([REALM_PIN, { ...REALM_PIN, root: named("other") }]), "usage.invalid")
    refuses(() => new PinTable([REALM_PIN, peer(1), peer(1, { confirmed: true })]), "usage.invalid")
    refuses(() => new PinTable([peer(1)]), "usage.invalid")
    refuses(
      () => new PinTable([{ ...REALM_PIN, place: { ...PLACE, realm: named("other") } }, peer(1)]),
      "usage.invalid",
    )
  })

  it("count what changes, and nothing when nothing does", () => {
    const table = new PinTable([REALM_PIN, peer(1)])
    assert.equal(table.changes, 0)
    table.update(PLACE, peer(1).delegate, (pinned) => pinned)
    assert.equal(table.changes, 0)
    const change = (pinned: Pinned): Pinned => ({ ...pinned, peer: peer(1, { confirmed: true }) })
    table.update(PLACE, peer(1).delegate, change)
    assert.equal(table.changes, 1)
    assert.equal(table.find(PLACE, peer(1).delegate).peer?.confirmed, true)
  })

  it("are left alone by changes of a copy", () => {
    const table = new PinTable([REALM_PIN, peer(1)])
    const copy = table.copy()
    copy.put(peer(2))
    copy.forget(peer(1))
    assert.deepEqual([...table.pins], [REALM_PIN, peer(1)])
    assert.deepEqual([...copy.pins], [REALM_PIN, peer(2)])
  })

  it("forget a peer alone, and a realm with its peers", () => {
    const elsewhere: RealmPin = { ...REALM_PIN, place: { ...PLACE, realm: named("other") } }
    const table = new PinTable([REALM_PIN, peer(1), peer(2), elsewhere])
    assert.deepEqual(table.forget(peer(1)), [peer(1)])
    assert.deepEqual(table.forget(REALM_PIN), [REALM_PIN, peer(2)])
    assert.deepEqual([...table.pins], [elsewhere])
  })

  // U09
  it("let the oldest unconfirmed peer go when there are too many, and never a root or a confirmed one", () => {
    const table = new PinTable([REALM_PIN], 100)
    const confirmed: Pin[] = []
    for (let i = 1; i <= 10_000; i++) {
      const pin = peer(i, { confirmed: i % 1_000 === 0 })
      if (pin.confirmed) confirmed.push(pin)
      table.put(pin)
    }
    const left = [...table.pins]
    assert.deepEqual(
      left.filter((pin) => pin.confirmed),
      confirmed,
    )
    assert.ok(left.includes(REALM_PIN))
    const unconfirmed = left.filter((pin) => pin.kind === "peer" && !pin.confirmed)
    assert.equal(unconfirmed.length, 100)
    assert.deepEqual(unconfirmed[0], peer(9_900))
  }).timeout(30_000)

  it("count a peer that is confirmed, or no longer, as what it is now", () => {
    const table = new PinTable([REALM_PIN, peer(1), peer(2)], 2)
    table.put(peer(1, { confirmed: true }))
    table.put(peer(3))
    assert.deepEqual([...table.pins], [REALM_PIN, peer(1, { confirmed: true }), peer(2), peer(3)])
    table.forget(peer(2))
    table.put(peer(4))
    assert.equal([...table.copy().pins].length, 4)
    table.put(peer(5))
    assert.deepEqual([...table.pins], [REALM_PIN, peer(1, { confirmed: true }), peer(4), peer(5)])
  })

  describe("merged", () => {
    it("take what is new, the older contact, either confirmation and the stronger model", () => {
      const table = new PinTable([REALM_PIN, peer(1, { since: 5, confirmed: true })])
      const others = [
        { ...REALM_PIN, model: "standalone", confirmed: true, since: 0 } as const,
        peer(1, { since: 3 }),
        peer(2, { since: 4 }),
      ]
      assert.deepEqual(table.merge(others), { added: 1 })
      const [realm, first, second] = [...table.pins]
      assert.deepEqual(realm, { ...REALM_PIN, model: "standalone", confirmed: true, since: 0 })
      assert.deepEqual(first, peer(1, { since: 3, confirmed: true }))
      assert.deepEqual(second, peer(2, { since: 4 }))
    })

    for (const [what, other] of [
      ["root", { ...REALM_PIN, root: named("other") }],
      ["key", peer(1, { csPubKey: party("other").csPubKey })],
      ["authority", peer(1, { issuer: named("other") })],
    ] as const) {
      it(`refuse another ${what} and add nothing`, () => {
        const table = new PinTable([REALM_PIN, peer(1)])
        const error = refuses(() => table.merge([peer(2), other]), "trust.pin_changed")
        assert.equal(error.message.match(/([0-9a-f]{4} ){15}[0-9a-f]{4}/g)?.length, 2)
        assert.deepEqual([...table.pins], [REALM_PIN, peer(1)])
      })
    }
  })
})
