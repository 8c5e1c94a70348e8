import type { Address } from "../../core/address.ts"
import { E2eeError } from "../../core/errors.ts"
import { fingerprintOf, keyOfPin, pinKey, stronger, type Pin, type Pinned, type PinPlace } from "./pins.ts"

/** Where pins are kept: a file, see `openPins`, or whatever else survives. */
export interface Pins {
  /** What is pinned there now. Rejects when that cannot be told: never "nothing" instead. */
  find(place: PinPlace, delegate: Address): Promise<Pinned>
  /**
   * Changes what is pinned there by a function of what stands there at that moment; no other writer comes between.
   * Resolves to the new pins once they survive a crash. What the function throws rejects and changes nothing.
   */
  update(place: PinPlace, delegate: Address, change: (pinned: Pinned) => Pinned): Promise<Pinned>
}

/** Peers that nobody confirmed, at most: the oldest goes first. Roots and confirmed peers always stay. */
export const MAX_UNCONFIRMED = 10_000

/** Pins by their names, in the order of their first contact. */
export class PinTable {
  readonly #pins = new Map<string, Pin>()
  readonly #limit: number
  #unconfirmed = 0
  #changes = 0

  /** Throws `usage.invalid` for two pins of one name, or a peer without its realm. */
  constructor(pins: Iterable<Pin> = [], limit: number = MAX_UNCONFIRMED) {
    this.#limit = limit
    for (const pin of pins) {
      const key = keyOfPin(pin)
      if (this.#pins.has(key)) throw new E2eeError("usage.invalid", `two pins are of ${nameOf(pin)}; expected one`)
      this.put(pin)
    }
    for (const pin of this.#pins.values()) {
      if (pin.kind === "peer" && !this.#pins.has(pinKey(pin.place)))
        throw new E2eeError("usage.invalid", `${nameOf(pin)} is pinned without its realm ${pin.place.realm}`)
    }
    this.#changes = 0 // since it was made
  }

  /** One to be changed without changing this one. */
  copy(): PinTable {
    const copy = new PinTable([], this.#limit)
    for (const [key, pin] of this.#pins) copy.#pins.set(key, pin)
    copy.#unconfirmed = this.#unconfirmed
    return copy
  }

  /** How often something was put or removed. */
  get changes(): number {
    return this.#changes
  }

  get pins(): Iterable<Pin> {
    return this.#pins.values()
  }

  find(place: PinPlace, delegate: Address): Pinned {
    const realm = this.#pins.get(pinKey(place))
    const peer = this.#pins.get(pinKey(place, delegate))
    return {
      ...(realm?.kind === "realm" ? { realm } : {}),
      ...(peer?.kind === "peer" ? { peer } : {}),
    }
  }

  /** Puts a pin in its place; one that is new comes last, and one that is too many makes the oldest unconfirmed go. */
  put(pin: Pin): void {
    const key = keyOfPin(pin)
    const old = this.#pins.get(key)
    this.#unconfirmed += Number(mayGo(pin)) - Number(old !== undefined && mayGo(old))
    this.#pins.set(key, pin)
    this.#changes++
    if (this.#unconfirmed <= this.#limit) return
    for (const other of this.#pins.values()) {
      if (!mayGo(other)) continue
      this.#remove(other)
      return
    }
  }

  update(place: PinPlace, delegate: Address, change: (pinned: Pinned) => Pinned): Pinned {
    const before = this.find(place, delegate)
    const after = change(before)
    for (const [old, pin] of [
      [before.realm, after.realm],
      [before.peer, after.peer],
    ] as const) {
      if (pin !== undefined && pin !== old) this.put(pin)
    }
    return after
  }

  /** Forgets a pin: a realm with all of its peers. Gives what was forgotten. */
  forget(pin: Pin): Pin[] {
    const place = pinKey(pin.place)
    const gone = pin.kind === "peer" ? [pin] : [...this.#pins.values()].filter((other) => pinKey(other.place) === place)
    for (const each of gone) this.#remove(each)
    return gone
  }

  /**
   * Adds pins of another table: of what both have, the older first contact, either's confirmation and the stronger
   * model count. Throws `trust.pin_changed`, and adds nothing, where they contradict each other.
   */
  merge(others: Iterable<Pin>): { readonly added: number } {
    const merged: Pin[] = []
    let added = 0
    for (const other of others) {
      const own = this.#pins.get(keyOfPin(other))
      if (own === undefined) added++
      else if (fingerprintOf(own) !== fingerprintOf(other)) {
        throw new E2eeError(
          "trust.pin_changed",
          `${nameOf(own)} is pinned as ${fingerprintOf(own)} here and as ${fingerprintOf(other)} there; compare with its operator, then forget one`,
        )
      }
      merged.push(own === undefined ? other : both(own, other))
    }
    for (const pin of merged) this.put(pin)
    return { added }
  }

  #remove(pin: Pin): void {
    if (!this.#pins.delete(keyOfPin(pin))) return
    this.#unconfirmed -= Number(mayGo(pin))
    this.#changes++
  }
}

function both(own: Pin, other: Pin): Pin {
  const since = Math.min(own.since, other.since)
  return { ...own, since, confirmed: own.confirmed || other.confirmed, model: stronger(own.model, other.model) }
}

/** Without their root all of a realm's peers could be others tomorrow: roots stay. */
function mayGo(pin: Pin): boolean {
  return pin.kind === "peer" && !pin.confirmed
}

function nameOf(pin: Pin): string {
  return pin.kind === "realm" ? `realm ${pin.place.realm}` : `peer ${pin.delegate}`
}
