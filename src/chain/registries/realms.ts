// Realms in their registry: every write as a call, and what stands in it. Certificates in realms: certificates.ts.
import type { PublicClient } from "viem"
import type { AuthorityCertificate, SignedCertificate } from "../../certificate/types.ts"
import type { Address } from "../../core/address.ts"
import type { Hex } from "../../core/bytes.ts"
import { E2eeError } from "../../core/errors.ts"
import { readRealms, realmCall, type Call } from "./call.ts"
import type { Custody } from "./custody.ts"
import type { Deployment } from "../deployment.ts"
import { standingBits } from "../generated/layout.ts"

export const POLICIES = { open: 1, permitted: 2, private: 3 } as const
export type Policy = keyof typeof POLICIES

export function isPolicy(text: string): text is Policy {
  return Object.hasOwn(POLICIES, text)
}

/** What the registry writes for "no end". */
export const NO_END = 2 ** 40 - 1

export interface Root {
  readonly ca: Address
  /** Block number; also what voids everything that it issued before. */
  readonly validFrom: number
  /** Bit set, see the capabilities of certificates. */
  readonly capabilities: number
  /** POSIX seconds from which it no longer counts, where it ends. */
  readonly notAfter?: number
}

export interface Realm {
  readonly realm: Address
  readonly policy: Policy
  readonly owner: Address
  readonly root: Root
  /** The former root while it counts besides. */
  readonly previousRoot?: Root
  /** Number of events, and the keccak chain over them: 26 bytes. */
  readonly sequence: number
  readonly head: Hex
  readonly custody: Custody
}

/** A certificate whose signature may be a contract wallet's: any number of bytes. */
export type RootSigned = Pick<SignedCertificate<AuthorityCertificate>, "certificate" | "signature">

/** Creates a realm of whoever sends it, at the address that {@link realmAddress} gives for the salt (32 bytes). */
export function create(
  deployment: Deployment,
  { salt, policy, root }: { readonly salt: Hex; readonly policy: Policy; readonly root: RootSigned },
): Call {
  const { realm } = root.certificate
  const args = [salt, POLICIES[policy], rootOf(root.certificate), root.signature] as const
  return realmCall(deployment, `creating realm ${realm}`, "createRealm", args)
}

/** The former root counts until `overlapUntil` (POSIX seconds, at most 90 days ahead; 0 for not at all). */
export function rotateRoot(deployment: Deployment, root: RootSigned, overlapUntil: number): Call {
  const { realm } = root.certificate
  const args = [realm, rootOf(root.certificate), root.signature, overlapUntil] as const
  return realmCall(deployment, `rotating the root of realm ${realm}`, "rotateRoot", args)
}

export function tightenPolicy(deployment: Deployment, realm: Address, policy: Policy): Call {
  return realmCall(deployment, `tightening the policy of realm ${realm}`, "tightenPolicy", [realm, POLICIES[policy]])
}

/** Voids what the sender (the root, or a holder of a record) issued with validFrom before block `epoch`. */
export function setEpoch(deployment: Deployment, realm: Address, epoch: number): Call {
  return realmCall(deployment, `setting an epoch in realm ${realm}`, "setEpoch", [realm, epoch])
}

/** Zero takes an offer back. */
export function offerOwner(deployment: Deployment, realm: Address, pending: Address): Call {
  return realmCall(deployment, `offering realm ${realm}`, "offerOwner", [realm, pending])
}

export function acceptOwner(deployment: Deployment, realm: Address): Call {
  return realmCall(deployment, `accepting realm ${realm}`, "acceptOwner", [realm])
}

/** `delay` in seconds, 7 to 365 days; guardian zero for none. */
export function setGuardian(deployment: Deployment, realm: Address, guardian: Address, delay: number): Call {
  return realmCall(deployment, `naming the guardian of realm ${realm}`, "setGuardian", [realm, guardian, delay])
}

export function startRecovery(deployment: Deployment, realm: Address, successor: Address): Call {
  return realmCall(deployment, `starting the recovery of realm ${realm}`, "startRecovery", [realm, successor])
}

export function cancelRecovery(deployment: Deployment, realm: Address): Call {
  return realmCall(deployment, `cancelling the recovery of realm ${realm}`, "cancelRecovery", [realm])
}

export function completeRecovery(deployment: Deployment, realm: Address): Call {
  return realmCall(deployment, `completing the recovery of realm ${realm}`, "completeRecovery", [realm])
}

/** The address that a realm of this creator and salt (32 bytes) will have: its root certificate must name it. */
export function realmAddress(
  client: PublicClient,
  deployment: Deployment,
  creator: Address,
  salt: Hex,
): Promise<Address> {
  return readRealms(client, deployment, "computing the realm's address", "realmAddress", [creator, salt])
}

/** Throws `trust.unknown_realm`. */
export async function realmOf(client: PublicClient, deployment: Deployment, realm: Address): Promise<Realm> {
  const found = await readRealms(client, deployment, `reading realm ${realm}`, "realmOf", [realm])
  const policy = (Object.keys(POLICIES) as Policy[]).find((name) => POLICIES[name] === found.policy)
  if (policy === undefined) {
    throw new E2eeError(
      "trust.unknown_realm",
      `realm ${realm} does not exist at ${deployment.realmRegistry}; check the address, or create it first`,
    )
  }
  const overlaps = (found.root.standing & standingBits.overlapped) !== 0
  return {
    realm,
    policy,
    owner: found.owner,
    root: rootShown(found.root),
    ...(overlaps ? { previousRoot: rootShown(found.previousRoot) } : {}),
    sequence: found.sequence,
    head: found.head,
    custody: found.custody,
  }
}

/** The epoch of an authority in a realm, a block number; 0 when it has none. */
export function epochOf(
  client: PublicClient,
  deployment: Deployment,
  realm: Address,
  authority: Address,
): Promise<number> {
  return readRealms(client, deployment, `reading the epoch of ${authority}`, "epochOf", [realm, authority])
}

/** The nonce that the next request signed by `signer` needs. */
export function nonceOf(client: PublicClient, deployment: Deployment, signer: Address): Promise<bigint> {
  return readRealms(client, deployment, `reading the nonce of ${signer}`, "nonces", [signer])
}

function rootOf({ issuer, validFrom, capabilities, meta }: AuthorityCertificate) {
  return { root: issuer, validFrom, capabilities, meta }
}

function rootShown(grant: { issuer: Address; validFrom: number; capabilities: number; notAfter: number }): Root {
  const { issuer, validFrom, capabilities, notAfter } = grant
  return { ca: issuer, validFrom, capabilities, ...(notAfter === NO_END ? {} : { notAfter }) }
}
