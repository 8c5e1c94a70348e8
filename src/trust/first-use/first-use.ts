import { endOf } from "../../certificate/meta.ts"
import type { CertificateChain } from "../../certificate/types.ts"
import { parseAddress, type Address } from "../../core/address.ts"
import { E2eeError } from "../../core/errors.ts"
import type { TrustFacts } from "../facts.ts"
import { judgeChain } from "../judge.ts"
import type { Pins } from "./pin-table.ts"
import {
  claimOf,
  decidePin,
  fingerprintOf,
  fingerprintsOf,
  pinsAfter,
  type PinClaim,
  type PinDecision,
  type Pinned,
  type PinPlace,
} from "./pins.ts"
import type { TrustProvider } from "../provider.ts"

export interface FirstUseOptions {
  /** Where what was seen first is kept: `await openPins(file)` of "wamp-e2ee/keystore". */
  readonly pins: Pins
  readonly realm: string
  /** What the realm's certificates name as their chain and their contract. */
  readonly chainId: number | bigint
  readonly verifyingContract: string
  /** Whether a peer is refused until a person has confirmed its fingerprint, or its realm's. Default false. */
  readonly requireConfirmation?: boolean
  /** Oldest allowed boot of a delegate in milliseconds; not judged where absent. */
  readonly maxAge?: number
  /** POSIX milliseconds; for tests. */
  readonly clock?: () => number
}

/** As `skewMs` of endpoints. */
const SKEW = 300_000

/**
 * Trust on first use: whatever root and key a peer shows first are pinned, and others in their place are refused
 * (`trust.pin_changed`), see {@link decidePin}. Nothing protects the first contact but a person who compares
 * fingerprints, and nobody tells of revocations. It stands in for no other model: a realm or peer that `pins` knows
 * by a stronger one is refused.
 */
export function firstUse(options: FirstUseOptions): TrustProvider {
  const { pins, requireConfirmation = false, maxAge, clock = Date.now } = options
  const place: PinPlace = {
    chainId: chainIdOf(options.chainId),
    verifyingContract: addressOf(options.verifyingContract, "verifyingContract"),
    realm: addressOf(options.realm, "realm"),
  }

  return {
    realm: place.realm,
    ...(maxAge === undefined ? {} : { maxAge }),

    async facts(chain, provenKey) {
      const shown = claimOf(chain)
      const pinned = shown === undefined ? {} : await pins.find(place, shown.delegate)
      const facts = factsOf(chain, place, shown, pinned, clock())
      if (shown === undefined) return facts // the rules refuse a chain of no shape
      const decision = decidePin(pinned, shown)
      if (decision.verdict === "changed") {
        // Nobody is to be alarmed by certificates that nobody signed.
        judgeChain(chain, facts, { now: clock(), skew: SKEW })
        throw refusalOf(decision, place, shown, pinned)
      }
      if (provenKey === undefined) {
        if (pinned.realm === undefined || (requireConfirmation && !isConfirmed(pinned)))
          throw unconfirmed(place, shown, "it has shown no proof of its key")
      }
      return facts
    },

    async accept(chain, { source }) {
      const shown = claimOf(chain)
      if (shown === undefined) throw new E2eeError("internal.invariant", "a verified chain has no claim")
      const since = source.model === "first-use" ? source.since : clock()
      let pinned = await pins.find(place, shown.delegate)
      if (decidePin(pinned, shown).verdict !== "known") {
        pinned = await pins.update(place, shown.delegate, (now) => {
          const decision = decidePin(now, shown)
          if (decision.verdict === "changed") throw refusalOf(decision, place, shown, now)
          return pinsAfter(now, place, shown, "first-use", since)
        })
      }
      if (requireConfirmation && !isConfirmed(pinned)) throw unconfirmed(place, shown, "it is pinned now")
    },
  }
}

/**
 * Another trust model, which tells `pins` of each peer that it verified: `firstUse` with the same pins refuses those
 * peers and their realm from then on, so that nobody steps down to it unnoticed. Where both differ, the other model is
 * right and the pin changes.
 */
export function remembering(trust: TrustProvider, pins: Pins, clock: () => number = Date.now): TrustProvider {
  const completed = new WeakMap<CertificateChain, PinClaim | undefined>()
  return {
    realm: trust.realm,
    ...(trust.maxAge === undefined ? {} : { maxAge: trust.maxAge }),
    async facts(chain, provenKey) {
      const facts = await trust.facts(chain, provenKey)
      completed.set(chain, claimOf(chain, facts.anchored))
      return facts
    },
    async accept(chain, delegate) {
      await trust.accept?.(chain, delegate)
      const { model } = delegate.source
      if (model === "stated") return
      const shown = completed.get(chain)
      const own = chain[0]?.certificate
      if (shown === undefined || own === undefined)
        throw new E2eeError("internal.invariant", "a verified chain has no claim")
      const place = { chainId: own.chainId, verifyingContract: own.verifyingContract, realm: delegate.realm }
      const after = (pinned: Pinned): Pinned => pinsAfter(pinned, place, shown, model, clock())
      const known = await pins.find(place, shown.delegate)
      const wanted = after(known)
      if (wanted.realm !== known.realm || wanted.peer !== known.peer) await pins.update(place, shown.delegate, after)
    },
  }
}

/** The shown root counts: another than the pinned one is refused by {@link decidePin}, not by a rule. */
function factsOf(
  chain: CertificateChain,
  place: PinPlace,
  shown: PinClaim | undefined,
  pinned: Pinned,
  now: number,
): TrustFacts {
  return {
    source: { model: "first-use", since: pinned.peer?.since ?? now, confirmed: isConfirmed(pinned) },
    ...place,
    roots: shown === undefined ? [] : [{ address: shown.root, confirmed: true }],
    anchored: [],
    certificates: chain.map(({ certificate }) => ({
      revoked: false,
      notAfter: endOf(certificate.meta),
      issuerEpoch: 0n,
    })),
    operator: "none",
  }
}

/** Whoever compared a realm's root has compared what stands above all of its peers. */
function isConfirmed({ realm, peer }: Pinned): boolean {
  return realm?.confirmed === true || peer?.confirmed === true
}

function refusalOf(
  { changed }: PinDecision & { verdict: "changed" },
  place: PinPlace,
  shown: PinClaim,
  { realm, peer }: Pinned,
): E2eeError {
  const prints = fingerprintsOf(place, shown)
  const refuse = (what: string): E2eeError =>
    new E2eeError(
      "trust.pin_changed",
      `${what}; compare with its operator by another way, and only if it is right forget the pin`,
    )
  if (changed === "model") {
    const model = [realm, peer].find((pin) => pin !== undefined && pin.model !== "first-use")?.model
    return refuse(
      `peer ${shown.delegate} or its realm was verified by ${model} before; first use is a step down and takes neither (shown: root ${prints.realm}, peer ${prints.peer})`,
    )
  }
  if (changed === "root" && realm !== undefined) {
    return refuse(
      `realm ${place.realm} is pinned to root ${realm.root} with fingerprint ${fingerprintOf(realm)}; peer ${shown.delegate} shows root ${shown.root} with fingerprint ${prints.realm}`,
    )
  }
  if (peer === undefined) return new E2eeError("internal.invariant", "a pin changed that is not there")
  const why = {
    authority: `an authority for which the pinned one, ${peer.issuer}, does not answer`,
    key: "a key of no later boot than the pinned one's",
  }[changed === "key" ? "key" : "authority"]
  return refuse(
    `peer ${shown.delegate} is pinned with fingerprint ${fingerprintOf(peer)}; it shows fingerprint ${prints.peer}, ${why}`,
  )
}

function unconfirmed(place: PinPlace, shown: PinClaim, state: string): E2eeError {
  const prints = fingerprintsOf(place, shown)
  return new E2eeError(
    "trust.unconfirmed",
    `nobody confirmed peer ${shown.delegate} with fingerprint ${prints.peer}, nor its root with fingerprint ${prints.realm} (${state}); compare one with its operator by another way and confirm the pin`,
  )
}

function chainIdOf(chainId: number | bigint): bigint {
  if (
    typeof chainId === "bigint"
      ? chainId >= 0n && chainId >> 256n === 0n
      : Number.isSafeInteger(chainId) && chainId >= 0
  )
    return BigInt(chainId)
  throw new E2eeError("usage.invalid", `chainId ${chainId} is no chain's; expected an integer from 0`)
}

function addressOf(text: string, what: string): Address {
  const address = parseAddress(text)
  if (address !== undefined) return address
  throw new E2eeError("usage.invalid", `${what} ${JSON.stringify(text)} is no address; expected 0x and 40 hex digits`)
}
