import { toHex } from "../../src/core/bytes.ts"
import { parseAddress, type Address } from "../../src/core/address.ts"
import type { PinStore } from "../../src/store/pins.ts"
import type { PeerPin, Pinned, PinPlace, RealmPin } from "../../src/trust/first-use/pins.ts"

/** An address of which only the number matters. */
export function numbered(number: number): Address {
  return parseAddress(`0x${number.toString(16).padStart(40, "0")}`) as Address
}

export const PLACE: PinPlace = { chainId: 31_337n, verifyingContract: numbered(0xc0), realm: numbered(0xf0) }
export const KEPT = { place: PLACE, since: 1_700_000_000_000, confirmed: false, model: "first-use" } as const
export const REALM_PIN: RealmPin = { kind: "realm", root: numbered(0xa0), ...KEPT }

/** The pin of one of many peers. */
export function peerPin(number: number): PeerPin {
  const digest = toHex(new Uint8Array(32).fill(number % 251))
  const own = { delegate: numbered(0x1000 + number), csPubKey: digest, bootedAt: BigInt(number) }
  return { kind: "peer", ...own, issuer: numbered(0xb0), digests: [digest, digest, digest], ...KEPT }
}

export const PEER = peerPin(0xffff)

/** Pins a peer as first use does: what is there stays. */
export function pinPeer(store: PinStore, number: number): Promise<Pinned> {
  const pin = peerPin(number)
  return store.update(PLACE, pin.delegate, ({ realm, peer }) => ({ realm: realm ?? REALM_PIN, peer: peer ?? pin }))
}
