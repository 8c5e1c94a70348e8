import type { Address } from "../core/address.ts"
import { E2eeError, type ErrorCode } from "../core/errors.ts"
import type { AttestationFacts, AttestationPolicy } from "./facts.ts"
import type { ClockReading } from "./tpm/attest.ts"
import { mintVerifiedPlatform, type QuoteFields, type VerifiedPlatform, type VerifiedQuote } from "./verified.ts"

/** What the endpoint itself knows and asks, beside the chain. */
export interface Appraisal {
  /** POSIX milliseconds. */
  readonly now: number
  /** Allowed difference of clocks in milliseconds. */
  readonly skew: number
  /** The peer that was verified in the handshake that the evidence is bound to. */
  readonly delegate: Address
  /** Highest epoch of a policy of the realm that was seen so far: a node may hide what came since. */
  readonly epochSeen?: bigint
  /** Of the last platform of the same attester; absent at the first contact, or after a restart that was expected. */
  readonly lastSeen?: ClockReading
  /** Firmware versions of TPMs that count; not judged where absent. */
  readonly firmware?: readonly bigint[]
}

/**
 * Judges a verified quote by what is believed of the chain and by the clock. Pure; the checks stand in the order of
 * docs/attestation.md. Throws `attestation.*`.
 */
export function appraise({ fields }: VerifiedQuote, facts: AttestationFacts, local: Appraisal): VerifiedPlatform {
  const policy = checkPolicy(fields, facts, local)
  const attester = checkAttester(fields, facts, local)
  const measurement = checkMeasurement(fields, facts, local)
  checkClock(fields, local)
  const validUntil = checkAge(fields, policy, local)
  checkFirmware(fields, local)
  const { kind, chainId, registry, realm, role, policyEpoch, clock, firmware, certified } = fields
  const ends = [validUntil, milliseconds(attester.notAfter), milliseconds(measurement.notAfter)]
  return mintVerifiedPlatform({
    delegate: local.delegate,
    kind,
    attester: fields.attester,
    measurement: fields.measurement,
    chainId,
    registry,
    realm,
    role,
    policyEpoch,
    source: facts.source,
    validUntil: Math.min(...ends, certified?.until ?? Infinity),
    ...(clock === undefined ? {} : { clock }),
    ...(firmware === undefined ? {} : { firmware }),
  })
}

/**
 * Whether a platform that was appraised once still counts, by what its role's policy is now: everything that may count
 * less than before raises the epoch, all else ended when it was said to. Pure. Throws `attestation.policy`, `attestation.age`.
 */
export function checkPlatform(platform: VerifiedPlatform, policy: AttestationPolicy | undefined, now: number): void {
  const { attester, policyEpoch, validUntil, role } = platform
  if (policy === undefined) throw refusal("attestation.policy", `there is no policy for role ${role} any more`)
  if (policy.epoch !== policyEpoch)
    throw refusal(
      "attestation.policy",
      `attester ${attester} was appraised at epoch ${policyEpoch} of the policy, which is at ${policy.epoch}; attest again`,
    )
  // Of more than the whole age the clock was set back, which must not lengthen a verdict's life.
  if (now >= validUntil || validUntil - now > milliseconds(policy.maximumAge))
    throw refusal("attestation.age", `attester ${attester} counts until ${moment(validUntil)}; attest again`)
}

/** The facts are about this quote, and the policy is the one that it was made for. */
function checkPolicy(quote: QuoteFields, facts: AttestationFacts, { epochSeen }: Appraisal): AttestationPolicy {
  for (const name of ["chainId", "registry", "realm", "role"] as const)
    if (quote[name] !== facts[name])
      throw refusal(
        "attestation.binding",
        `the quote is for ${name} ${quote[name]}; the chain was asked of ${facts[name]}`,
      )
  const { policy } = facts
  if (policy === undefined)
    throw refusal("attestation.policy", `realm ${facts.realm} has no policy for role ${facts.role}`)
  if (policy.epoch < (epochSeen ?? 0n))
    throw refusal("attestation.policy", `the policy's epoch is ${policy.epoch}; ${epochSeen} was seen before`)
  if (policy.epoch !== quote.policyEpoch)
    throw refusal(
      "attestation.policy",
      `the quote is for epoch ${quote.policyEpoch} of the policy, which is at ${policy.epoch}`,
    )
  if (!policy.kinds.includes(quote.kind))
    throw refusal("attestation.kind", `evidence of kind ${quote.kind}; the policy allows ${policy.kinds.join(", ")}`)
  if (policy.bank !== quote.bank)
    throw refusal("attestation.bank", `bank ${quote.bank} is quoted; the policy asks ${policy.bank}`)
  if (policy.mask !== quote.mask)
    throw refusal("attestation.selection", `registers ${quote.mask} are quoted; the policy asks ${policy.mask}`)
  return policy
}

function checkAttester(quote: QuoteFields, facts: AttestationFacts, local: Appraisal) {
  const { attester } = facts
  if (attester === undefined || facts.attesterId !== quote.attester)
    throw refusal("attestation.attester", `attester ${quote.attester} is not enrolled in realm ${facts.realm}`)
  // A key that was revoked before it was ever enrolled has no delegate.
  if (attester.revoked) throw refusal("attestation.attester_standing", `attester ${quote.attester} is revoked`)
  if (attester.delegate !== local.delegate)
    throw refusal(
      "attestation.delegate",
      `attester ${quote.attester} is enrolled for ${attester.delegate}; the peer is ${local.delegate}`,
    )
  checkStanding("attestation.attester_standing", `attester ${quote.attester}`, attester, local)
  return attester
}

function checkMeasurement(quote: QuoteFields, facts: AttestationFacts, local: Appraisal) {
  const { measurement } = facts
  if (measurement === undefined || facts.measurementKey !== quote.measurement)
    throw refusal("attestation.measurement", `measurement ${quote.measurement} is not anchored for role ${facts.role}`)
  checkStanding("attestation.measurement_standing", `measurement ${quote.measurement}`, measurement, local)
  return measurement
}

interface Standing {
  /** POSIX seconds. */
  readonly notBefore: bigint
  readonly notAfter: bigint
  readonly revoked: boolean
  readonly confirmed: boolean
}

function checkStanding(code: ErrorCode, what: string, standing: Standing, { now }: Appraisal): void {
  if (standing.revoked) throw refusal(code, `${what} is revoked`)
  if (!standing.confirmed) throw refusal("attestation.unconfirmed", `${what} is not yet as deep in the chain as asked`)
  const [from, until] = [milliseconds(standing.notBefore), milliseconds(standing.notAfter)]
  if (now < from || now >= until)
    throw refusal(code, `${what} counts from ${moment(from)} to ${moment(until)}; it is ${moment(now)}`)
}

function checkClock({ clock }: QuoteFields, { lastSeen }: Appraisal): void {
  if (clock === undefined) return
  if (!clock.safe) throw refusal("attestation.clock", "the TPM says that its clock may have gone back")
  if (lastSeen === undefined) return
  const same = clock.resetCount === lastSeen.resetCount && clock.restartCount === lastSeen.restartCount
  if (!same || clock.clock < lastSeen.clock)
    throw refusal("attestation.reset", `the TPM is at ${clockText(clock)}; it was at ${clockText(lastSeen)}`)
}

/** POSIX milliseconds until which the evidence is young enough. */
function checkAge(quote: QuoteFields, { maximumAge }: AttestationPolicy, { now, skew }: Appraisal): number {
  const most = milliseconds(maximumAge)
  const { challengedAt, madeAt, certified } = quote
  if (now < challengedAt || now - challengedAt > most)
    throw refusal("attestation.age", `the evidence is up to ${now - challengedAt} ms old; the policy allows ${most}`)
  // The platform's own clock: made after the challenge and before now, as far as the two clocks agree.
  if (madeAt !== undefined && (madeAt < challengedAt - skew || madeAt > now + skew))
    throw refusal("attestation.age", `the evidence is dated ${moment(madeAt)}; it is ${moment(now)}`)
  if (certified !== undefined && (now < certified.from - skew || now > certified.until))
    throw refusal(
      "attestation.certificate",
      `the vendor's certificates count from ${moment(certified.from)} to ${moment(certified.until)}; it is ${moment(now)}`,
    )
  return challengedAt + most
}

function checkFirmware(quote: QuoteFields, { firmware }: Appraisal): void {
  if (firmware === undefined || quote.firmware === undefined || firmware.includes(quote.firmware)) return
  const expected = firmware.map((version) => `0x${version.toString(16)}`).join(", ")
  throw refusal("attestation.firmware", `the TPM's firmware is 0x${quote.firmware.toString(16)}; expected ${expected}`)
}

/** Of POSIX seconds; what is beyond all calendars is infinite. */
function milliseconds(seconds: bigint): number {
  return Number(seconds) * 1_000
}

function moment(time: number): string {
  return Math.abs(time) <= 8.64e15 ? new Date(time).toISOString() : "the end of time"
}

function clockText({ clock, resetCount, restartCount }: ClockReading): string {
  return `${clock} ms, reset ${resetCount}, restart ${restartCount}`
}

function refusal(code: ErrorCode, message: string): E2eeError {
  return new E2eeError(code, message)
}
