import type { Hex } from "../core/bytes.ts"
import { E2eeError } from "../core/errors.ts"
import { appraise } from "./appraise.ts"
import type { Appraiser } from "./appraiser.ts"
import { decodeEvidence } from "./evidence.ts"
import type { AttestationPolicy } from "./facts.ts"
import type { AttestationProvider } from "./provider.ts"
import type { ClockReading } from "./tpm/attest.ts"
import { verify } from "./verify.ts"

export interface AppraiserOptions {
  /** Firmware versions of TPMs that count; not judged where absent. */
  readonly firmware?: readonly bigint[]
  /** SHA-256 of the certificates (DER) in which a vendor's chain may end, 32 bytes each; of AWS where absent. */
  readonly nitroRoots?: readonly Uint8Array[]
}

/** Milliseconds, beside twice the time that evidence took, by which a clock may be behind what was seen. */
const SLACK_MS = 1_000
/** Platforms whose clocks are remembered; those seen longest ago go first. */
const MOST_PLATFORMS = 10_000

/**
 * Judges platforms by what a registry says, such as `onChainAttestation` of wamp-e2ee/chain. Remembers the highest epoch of
 * a policy, and the clock of each platform: nobody goes back behind what was seen.
 */
export function appraiserBy(registry: AttestationProvider, options: AppraiserOptions = {}): Appraiser {
  const { realm } = registry
  const seen = new Map<Hex, { readonly clock: ClockReading; readonly life: Hex }>()
  /** Highest epochs of the policies that were ever seen. */
  const epochs = new Map<Hex, bigint>()

  function note(role: Hex, policy: AttestationPolicy | undefined): void {
    const known = epochs.get(role)
    const highest = [...epochs.values()].reduce((most, epoch) => (epoch > most ? epoch : most), 0n)
    if (policy === undefined && known === undefined) return
    if (policy === undefined || policy.epoch < highest)
      throw new E2eeError(
        "attestation.policy",
        `the policy for role ${role} is ${policy === undefined ? "gone" : `at epoch ${policy.epoch}`}; epoch ${highest} was seen before`,
      )
    epochs.set(role, policy.epoch)
  }

  function remember(attester: Hex, clock: ClockReading, life: Hex): void {
    seen.delete(attester)
    seen.set(attester, { clock, life })
    const [oldest] = seen.keys()
    if (seen.size > MOST_PLATFORMS && oldest !== undefined) seen.delete(oldest)
  }

  return {
    realm,
    async policyOf(role) {
      const { chainId, registry: address, policy } = await registry.facts({ role })
      note(role, policy)
      return { role, chainId, registry: address, policy }
    },
    async judge({ evidence, binding, routerChallenge, policy, challengedAt, now, skew, delegate, life }) {
      const { kinds, bank, mask } = policy
      const { nitroRoots, firmware } = options
      const also = { ...(nitroRoots && { nitroRoots }), ...(routerChallenge && { routerChallenge }) }
      const quote = await verify(decodeEvidence(evidence), { binding, challengedAt, kinds, bank, mask, ...also })
      const { role, attester: attesterId, measurement: measurementKey, clock } = quote.fields
      const facts = await registry.facts({ role, attesterId, measurementKey })
      note(role, facts.policy)
      const last = seen.get(attesterId)
      const lastSeen = last && clock && lastReading(last, { clock, life }, now - challengedAt)
      const local = { now, skew, delegate, ...(firmware && { firmware }), ...(lastSeen && { lastSeen }) }
      const platform = appraise(quote, facts, local)
      if (platform.clock !== undefined) remember(attesterId, platform.clock, life)
      return platform
    },
  }
}

interface Reading {
  readonly clock: ClockReading
  readonly life: Hex
}

/**
 * The reading behind which a new one must not be, if any: the same program has never seen its machine reset, another one
 * may have been started after that. Evidence that was asked for at about one time may come in any order; TPMs' clocks
 * run up to a third too fast or slow (Part 1, 36.3).
 */
function lastReading(last: Reading, next: Reading, elapsed: number): ClockReading | undefined {
  const { resetCount, restartCount } = last.clock
  const isLater =
    next.clock.resetCount > resetCount ||
    (next.clock.resetCount === resetCount && next.clock.restartCount > restartCount)
  if (last.life !== next.life && isLater) return undefined
  const slack = BigInt(Math.max(0, 2 * elapsed) + SLACK_MS)
  return { ...last.clock, clock: last.clock.clock > slack ? last.clock.clock - slack : 0n }
}
