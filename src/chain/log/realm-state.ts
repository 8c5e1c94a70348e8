import { parseAddress, ZERO_ADDRESS, type Address } from "../../core/address.ts"
import type { Hex } from "../../core/bytes.ts"
import { E2eeError } from "../../core/errors.ts"
import { CA_CAPABILITIES } from "../../certificate/capabilities.ts"
import { applyCustody, NO_CUSTODY, type Custody } from "../registries/custody.ts"
import { DIGEST_BYTES, grantBits, standingBits, unpack } from "../generated/layout.ts"
import { EMPTY, type Head, type RealmEntry } from "./events.ts"

/** What an issuer granted. `validFrom` is a block number, `notAfter` POSIX seconds (2^40 - 1 for no end). */
export interface Grant {
  readonly issuer: Address
  readonly capabilities: number
  /** {@link standingBits} */
  readonly standing: number
  readonly validFrom: number
  readonly notAfter: number
}

/** The certificate anchored last for a subject: its grant and the first 27 bytes of its digest. */
export interface RealmRecord {
  readonly grant: Grant
  /** Block number; what the subject issued with an earlier validFrom is void. */
  readonly epoch: number
  readonly digest: Hex
}

/** What `authority` said against a certificate (first 27 bytes of its digest) that was no record. */
export interface NotedRevocation {
  readonly authority: Address
  readonly digest: Hex
  readonly blockNumber: number
  readonly reason: number
}

/** A realm as the registry's views show it, and all its records and revocations, which they show only by name. */
export interface RealmState extends Head {
  readonly realm: Address
  /** 1 open, 2 permitted, 3 private. */
  readonly policy: number
  readonly owner: Address
  readonly root: Grant
  /** All zero where no former root overlaps. */
  readonly previousRoot: Grant
  readonly custody: Custody
  readonly records: ReadonlyMap<Address, RealmRecord>
  /** By {@link revocationKey}. */
  readonly revocations: ReadonlyMap<string, NotedRevocation>
}

const NO_GRANT: Grant = { issuer: ZERO_ADDRESS, capabilities: 0, standing: 0, validFrom: 0, notAfter: 0 }

/** The realm after more of its events, which must be proven: a log that cannot be is a broken promise of the registry. */
export function replay(
  realm: Address,
  before: RealmState | undefined,
  entries: readonly RealmEntry[],
): RealmState | undefined {
  if (before === undefined && entries.length === 0) return undefined
  const records = new Map(before?.records)
  const revocations = new Map(before?.revocations)
  let self: RealmState = { ...(before ?? nothing(realm)), records, revocations }
  for (const entry of entries) {
    self = { ...self, ...changeOf(self, entry), sequence: entry.sequence, head: entry.head }
    changeRecords(self, records, revocations, entry)
  }
  return self
}

export function revocationKey(authority: Address, digest: Hex): string {
  return `${authority}/${nameOf(digest)}`
}

/** The operators that the realm admitted and that accepted; whether each is active is the operator registry's to say. */
export function admittedOperators({ records }: RealmState): Address[] {
  return [...records].filter(([, { grant }]) => isAdmitted(grant)).map(([subject]) => subject)
}

function isAdmitted({ capabilities, standing }: Grant): boolean {
  const mayIssue = (capabilities & Number(CA_CAPABILITIES)) !== 0
  const { depth, admitted, revoked } = standingBits
  return mayIssue && (standing & (depth | admitted | revoked)) === (1 | admitted)
}

/** What an event changes in the realm itself. */
function changeOf(self: RealmState, entry: RealmEntry): Partial<RealmState> {
  switch (entry.eventName) {
    case "RealmCreated":
      return { policy: entry.args.policy, owner: entry.args.owner, root: grantOf(entry.args.grant) }
    case "RootRotated": {
      const root = grantOf(entry.args.grant)
      const overlaps = (root.standing & standingBits.overlapped) !== 0
      const former = { ...self.root, standing: 0, notAfter: entry.args.overlapUntil }
      return { root, previousRoot: overlaps ? former : NO_GRANT }
    }
    case "PolicyTightened":
      return { policy: entry.args.policy }
    case "EpochSet": {
      // The root speaks for both roots; anybody else for its own record.
      if (entry.args.authority !== self.root.issuer) return {}
      const { epoch } = entry.args
      const overlaps = (self.root.standing & standingBits.overlapped) !== 0
      return { root: raised(self.root, epoch), ...(overlaps && { previousRoot: raised(self.previousRoot, epoch) }) }
    }
    case "OwnerChanged":
      return { owner: entry.args.owner, custody: applyCustody(self.custody, { kind: "changed", ...entry.args }) }
    case "OwnerOffered":
      return { custody: applyCustody(self.custody, { kind: "offered", ...entry.args }) }
    case "GuardianSet":
      return { custody: applyCustody(self.custody, { kind: "entrusted", ...entry.args }) }
    case "RecoveryStarted":
      return { custody: applyCustody(self.custody, { kind: "started", ...entry.args }) }
    case "RecoveryCancelled":
      return { custody: applyCustody(self.custody, { kind: "cancelled" }) }
    default:
      return {}
  }
}

function changeRecords(
  self: RealmState,
  records: Map<Address, RealmRecord>,
  revocations: Map<string, NotedRevocation>,
  entry: RealmEntry,
): void {
  const note = (authority: Address, digest: Hex, reason: number): void => {
    const name = nameOf(digest)
    revocations.set(revocationKey(authority, name), {
      authority,
      digest: name,
      reason,
      blockNumber: Number(entry.block),
    })
  }
  const mark = (subject: Address, bit: number): void => {
    const record = recordOf(records, subject, entry)
    records.set(subject, { ...record, grant: { ...record.grant, standing: record.grant.standing | bit } })
  }
  switch (entry.eventName) {
    case "Anchored": {
      const { subject, digest, grant } = entry.args
      const former = records.get(subject)
      // The record forgets the revoked certificate; the list of revocations does not.
      if (former && (former.grant.standing & standingBits.revoked) !== 0) note(former.grant.issuer, former.digest, 0)
      records.set(subject, { grant: grantOf(grant), epoch: former?.epoch ?? 0, digest: nameOf(digest) })
      break
    }
    case "OperatorAccepted":
      mark(entry.args.operator, standingBits.admitted)
      break
    case "Revoked": {
      const { subject, authority, digest, reason } = entry.args
      if (subject === ZERO_ADDRESS) note(authority, digest, reason)
      else mark(subject, standingBits.revoked)
      break
    }
    case "EpochSet": {
      const { authority, epoch } = entry.args
      if (authority === self.root.issuer) break
      records.set(authority, { ...recordOf(records, authority, entry), epoch })
    }
  }
}

function recordOf(records: ReadonlyMap<Address, RealmRecord>, subject: Address, { sequence }: RealmEntry): RealmRecord {
  const record = records.get(subject)
  if (record === undefined) {
    throw new E2eeError("internal.invariant", `event ${sequence} is about a record of ${subject}, which there is not`)
  }
  return record
}

function grantOf(word: bigint): Grant {
  const { issuer, capabilities, standing, validFrom, notAfter } = unpack(word, grantBits)
  return {
    issuer: parseAddress(`0x${issuer.toString(16).padStart(40, "0")}`) ?? ZERO_ADDRESS,
    capabilities: Number(capabilities),
    standing: Number(standing),
    validFrom: Number(validFrom),
    notAfter: Number(notAfter),
  }
}

function raised(grant: Grant, validFrom: number): Grant {
  return { ...grant, validFrom: Math.max(grant.validFrom, validFrom) }
}

/** The bytes of a digest that name a certificate in the registry. */
function nameOf(digest: Hex): Hex {
  return digest.slice(0, 2 + 2 * DIGEST_BYTES) as Hex
}

function nothing(realm: Address): RealmState {
  return {
    ...EMPTY,
    realm,
    policy: 0,
    owner: ZERO_ADDRESS,
    root: NO_GRANT,
    previousRoot: NO_GRANT,
    custody: NO_CUSTODY,
    records: new Map(),
    revocations: new Map(),
  }
}
