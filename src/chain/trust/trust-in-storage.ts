import { parseAddress, type Address } from "../../core/address.ts"
import type { Hex } from "../../core/bytes.ts"
import {
  countingRoots,
  type Claim,
  type Grant,
  type RegistryLink,
  type RegistryStanding,
  type RegistryTrust,
} from "./registry-trust.ts"
import {
  DIGEST_BYTES,
  grantBits,
  operatorLayout,
  operatorSlot,
  realmLayout,
  realmSlot,
  recordLayout,
  recordSlot,
  revocationSlot,
  slotAfter,
  standingBits,
  unpack,
} from "../generated/layout.ts"

/** The registries' storage at one block. */
export interface Storage {
  realms(slot: Hex): bigint
  operators(slot: Hex): bigint
}

/** Certificates on a path (CCR-15). */
const MAX_LENGTH = 8
/** {IOperatorRegistry.Status}. */
const [NONE, ACTIVE, RETIRED] = [0, 1, 2]

/**
 * {RealmViews.trustOf} over the bare storage: for readers that prove slots instead of believing a call. Pure; both are
 * compared by a test. Which slots it reads depends on the claims, and on nothing else once the path is known.
 */
export function trustInStorage(
  storage: Storage,
  realm: Address,
  claims: readonly Claim[],
  block: { readonly number: bigint; readonly timestamp: bigint },
): RegistryTrust {
  const ends: bigint[] = []
  const first = realmSlot(realm)
  const roots = [realmLayout.root, realmLayout.previousRoot].map(({ slot }) =>
    grantIn(storage.realms(slotAfter(first, slot))),
  )
  const overlapping = roots[0] !== undefined && (roots[0].standing & BigInt(standingBits.overlapped)) !== 0n
  const [current, previous] = [roots[0], overlapping ? roots[1] : undefined]
  for (const root of [current, previous]) if (root !== undefined) ends.push(root.notAfter)
  const rootOf = (account: Address): Grant | undefined => [current, previous].find((grant) => grant?.issuer === account)
  const recordOf = (subject: Address) => {
    const slot = recordSlot(realm, subject)
    const second = storage.realms(slotAfter(slot, recordLayout.digest.slot))
    return {
      grant: grantIn(storage.realms(slot)),
      epoch: part(second, recordLayout.epoch),
      digest: part(second, recordLayout.digest),
    }
  }

  const links: { issuer: Address; subject: Address; digest: bigint }[] = claims
    .slice(0, MAX_LENGTH)
    .map(({ issuer, subject, digest }) => ({
      issuer,
      subject,
      digest: BigInt(digest) >> BigInt(8 * (32 - DIGEST_BYTES)),
    }))
  const anchored: RegistryLink[] = []
  const last = links.at(-1)
  // A delegate certificate is self-issued, too, but is no root's: alone, its delegate's path is wanted.
  if (last !== undefined && (links.length === 1 || last.issuer !== last.subject)) {
    for (let account = last.issuer; links.length < MAX_LENGTH;) {
      const root = rootOf(account)
      const record = recordOf(account)
      const grant = root ?? record.grant
      if (grant === undefined) break
      const { issuer, capabilities, validFrom, notAfter } = grant
      const digest = issuer === account ? 0n : record.digest
      links.push({ issuer, subject: account, digest })
      anchored.push({ issuer, subject: account, capabilities, validFrom, notAfter, digest: nameOf(digest) })
      if (issuer === account) break
      account = issuer
    }
  }

  const operatorOf = (ca: Address): { status: number; epoch: bigint } => {
    const word = storage.operators(operatorSlot(ca))
    const [stored, retiresAt] = [Number(part(word, operatorLayout.status)), part(word, operatorLayout.retiresAt)]
    const retires = stored === ACTIVE && retiresAt !== 0n
    if (retires) ends.push(retiresAt)
    return {
      status: retires && block.timestamp >= retiresAt ? RETIRED : stored,
      epoch: part(word, operatorLayout.epoch),
    }
  }
  const standings = links.map((link, i): RegistryStanding => {
    if (i > 0 && i === links.length - 1 && link.issuer === link.subject)
      return { revoked: false, epoch: 0n, operator: NONE, admitted: false }
    const record = recordOf(link.subject)
    const isMarked = record.grant !== undefined && (record.grant.standing & BigInt(standingBits.revoked)) !== 0n
    const name: Hex = `${nameOf(link.digest)}${"00".repeat(32 - DIGEST_BYTES)}`
    const authorities = [link.subject, ...links.slice(i).map(({ issuer }) => issuer)]
    const said = authorities.map((authority) => storage.realms(revocationSlot(realm, authority, name)))
    const inRealm = rootOf(link.issuer)?.validFrom ?? recordOf(link.issuer).epoch
    const revoked = (record.digest === link.digest && isMarked) || said.some((word) => word !== 0n)
    if (i === 0) return { revoked, epoch: inRealm, operator: NONE, admitted: false }
    const [ofIssuer, ofSubject] = [operatorOf(link.issuer), operatorOf(link.subject)]
    const isAdmitted = record.grant !== undefined && (record.grant.standing & BigInt(standingBits.admitted)) !== 0n
    return {
      revoked,
      epoch: ofIssuer.status !== NONE && ofIssuer.epoch > inRealm ? ofIssuer.epoch : inRealm,
      operator: ofSubject.status,
      admitted: isAdmitted && !isMarked,
    }
  })
  const until = ends.filter((end) => end > block.timestamp).reduce<bigint | undefined>(least, undefined)
  return {
    block: block.number,
    timestamp: block.timestamp,
    roots: countingRoots([current, previous], block.timestamp),
    anchored,
    standings,
    ...(until === undefined ? {} : { until }),
  }
}

function grantIn(word: bigint): Grant | undefined {
  if (word === 0n) return undefined
  const { issuer, ...rest } = unpack(word, grantBits)
  return { issuer: parseAddress(`0x${issuer.toString(16).padStart(40, "0")}`) as Address, ...rest }
}

function nameOf(digest: bigint): Hex {
  return `0x${digest.toString(16).padStart(2 * DIGEST_BYTES, "0")}`
}

function part(word: bigint, { offset, bytes }: { readonly offset: number; readonly bytes: number }): bigint {
  return BigInt.asUintN(8 * bytes, word >> BigInt(8 * offset))
}

function least(a: bigint | undefined, b: bigint): bigint {
  return a === undefined || b < a ? b : a
}
