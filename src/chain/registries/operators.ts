// The operator registry: every write as a call, and what stands in it. An operator is the address of its CA key.
import type { PublicClient } from "viem"
import { ZERO_ADDRESS, type Address } from "../../core/address.ts"
import type { Hex } from "../../core/bytes.ts"
import { operatorCall, readOperators, type Call } from "./call.ts"
import type { Custody } from "./custody.ts"
import type { Deployment } from "../deployment.ts"

export const OPERATOR_STATUS = ["unknown", "active", "retired", "revoked"] as const
export const NO_PROFILE: Hex = `0x${"00".repeat(32)}`

export interface Operator {
  readonly ca: Address
  readonly status: (typeof OPERATOR_STATUS)[number]
  readonly controller: Address
  /** Block number: what it issued with an earlier validFrom is void. */
  readonly epoch: number
  /** keccak256 of its metadata document, 32 bytes, where it has one. */
  readonly profile?: Hex
  /** Of a rotated one: the CA that followed, and POSIX seconds from which this one no longer counts. */
  readonly successorCa?: Address
  readonly retiresAt?: number
  readonly custody: Custody
}

/** What an operator says about itself: a hash of 32 bytes, and where the document with that hash lies. */
export interface Profile {
  readonly profile?: Hex
  readonly uri?: string
}

/** Who sends it enrols itself as a CA under `controller`. */
export function enroll(deployment: Deployment, fields: { readonly controller: Address } & Profile): Call {
  const { controller, profile = NO_PROFILE, uri = "" } = fields
  return operatorCall(deployment, "enrolling the operator", "enroll", [controller, profile, uri])
}

/** Enrols `ca` by its signature: see requests. `deadline` in POSIX seconds. */
export function enrollFor(
  deployment: Deployment,
  fields: {
    readonly ca: Address
    readonly controller: Address
    readonly deadline: bigint
    readonly signature: Hex
  } & Profile,
): Call {
  const { ca, controller, profile = NO_PROFILE, uri = "", deadline, signature } = fields
  const args = [ca, controller, profile, uri, deadline, signature] as const
  return operatorCall(deployment, `enrolling operator ${ca}`, "enrollFor", args)
}

export function setProfile(deployment: Deployment, ca: Address, { profile = NO_PROFILE, uri = "" }: Profile): Call {
  return operatorCall(deployment, `setting the profile of operator ${ca}`, "setProfile", [ca, profile, uri])
}

/** `newCa` follows `ca`, which counts until `retiresAt` (POSIX seconds, at most 90 days ahead). Signed by `newCa`: see requests. */
export function rotate(
  deployment: Deployment,
  fields: {
    readonly ca: Address
    readonly newCa: Address
    readonly retiresAt: number
    readonly deadline: bigint
    readonly signature: Hex
  },
): Call {
  const { ca, newCa, retiresAt, deadline, signature } = fields
  const args = [ca, newCa, retiresAt, deadline, signature] as const
  return operatorCall(deployment, `rotating operator ${ca} to ${newCa}`, "rotate", args)
}

/** Voids what `ca` issued with validFrom before block `epoch`. */
export function setEpoch(deployment: Deployment, ca: Address, epoch: number): Call {
  return operatorCall(deployment, `setting the epoch of operator ${ca}`, "setEpoch", [ca, epoch])
}

/** Ends the operator everywhere, for ever. `reason` 0 to 255. */
export function revoke(deployment: Deployment, ca: Address, reason = 0): Call {
  return operatorCall(deployment, `revoking operator ${ca}`, "revoke", [ca, reason])
}

/** {@link revoke} by the controller's signature: see requests. */
export function revokeFor(
  deployment: Deployment,
  fields: { readonly ca: Address; readonly reason: number; readonly deadline: bigint; readonly signature: Hex },
): Call {
  const { ca, reason, deadline, signature } = fields
  return operatorCall(deployment, `revoking operator ${ca}`, "revokeFor", [ca, reason, deadline, signature])
}

/** Zero takes an offer back. */
export function offerController(deployment: Deployment, ca: Address, pending: Address): Call {
  return operatorCall(deployment, `offering control of operator ${ca}`, "offerController", [ca, pending])
}

export function acceptController(deployment: Deployment, ca: Address): Call {
  return operatorCall(deployment, `accepting control of operator ${ca}`, "acceptController", [ca])
}

/** `delay` in seconds, 7 to 365 days; guardian zero for none. */
export function setGuardian(deployment: Deployment, ca: Address, guardian: Address, delay: number): Call {
  return operatorCall(deployment, `naming the guardian of operator ${ca}`, "setGuardian", [ca, guardian, delay])
}

export function startRecovery(deployment: Deployment, ca: Address, successor: Address): Call {
  return operatorCall(deployment, `starting the recovery of operator ${ca}`, "startRecovery", [ca, successor])
}

export function cancelRecovery(deployment: Deployment, ca: Address): Call {
  return operatorCall(deployment, `cancelling the recovery of operator ${ca}`, "cancelRecovery", [ca])
}

export function completeRecovery(deployment: Deployment, ca: Address): Call {
  return operatorCall(deployment, `completing the recovery of operator ${ca}`, "completeRecovery", [ca])
}

/** The record of an operator; its status is "unknown" when there is none. */
export async function operatorOf(client: PublicClient, deployment: Deployment, ca: Address): Promise<Operator> {
  const found = await readOperators(client, deployment, `reading operator ${ca}`, "operatorOf", [ca])
  const { controller, epoch, profile, successorCa, retiresAt } = found
  return {
    ca,
    status: OPERATOR_STATUS[found.status] ?? "unknown",
    controller,
    epoch,
    ...(profile === NO_PROFILE ? {} : { profile }),
    ...(successorCa === ZERO_ADDRESS ? {} : { successorCa, retiresAt }),
    custody: found.custody,
  }
}

/** The nonce that the next request signed by `signer` needs. */
export function nonceOf(client: PublicClient, deployment: Deployment, signer: Address): Promise<bigint> {
  return readOperators(client, deployment, `reading the nonce of ${signer}`, "nonces", [signer])
}
