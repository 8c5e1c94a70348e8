import { parseAddress, type Address } from "../core/address.ts"
import { fromHex, toHex } from "../core/bytes.ts"
import { E2eeError } from "../core/errors.ts"
import type { Appraiser, RolePolicy } from "./appraiser.ts"
import { decodeEvidence, encodeEvidence, type TpmEvidence } from "./evidence.ts"
import { attesterId, BANKS, KINDS, roleOf } from "./facts.ts"
import { malformed } from "./refusals.ts"
import { pcrsOf } from "./tpm/attest.ts"
import { nameOf, parsePublic } from "./tpm/public-area.ts"

/** What a client showed at its login, as it came. */
export interface ClientPlatform {
  /** The router's, 32 bytes. */
  readonly challenge: Uint8Array
  readonly authid: string
  /** Hex of evidence without logs, and of the firmware's log. */
  readonly quote: unknown
  readonly measurement: unknown
}

export interface PlatformLogin {
  readonly registers: readonly number[]
  judge(client: ClientPlatform): Promise<void>
}

export interface AttestedClientsOptions {
  /** The delegate of an authid. Default: the authid is its address, as `trustedClients` gives it. */
  readonly delegateOf?: (authid: string) => Address | undefined
  /** POSIX milliseconds; for tests. */
  readonly clock?: () => number
}

/** Milliseconds for which a policy is asked for once: strangers' HELLOs must not each ask the chain. */
const POLICY_MS = 5_000
const TPM = KINDS["tpm-2.0"]

/**
 * Judges the platforms of a router's clients in the specification's own way (authentication_cryptosign.md, "Remote
 * Attestation"): `startRouter({ authentication: { cryptosign: { judge, attest: attestedClients(appraiser, "provider") } } })`.
 * Quotes of TPMs by SHA-256, of the registers that the registry's policy for the role names, over the router's challenge.
 */
export function attestedClients(
  appraiser: Appraiser,
  role: string,
  options: AttestedClientsOptions = {},
): { begin(): Promise<PlatformLogin> } {
  const { delegateOf = parseAddress, clock = Date.now } = options
  let last: { readonly at: number; readonly known: Promise<RolePolicy> } | undefined

  function policyNow(): Promise<RolePolicy> {
    const age = clock() - (last?.at ?? -Infinity)
    if (last !== undefined && age >= 0 && age < POLICY_MS) return last.known
    const asked = { at: clock(), known: appraiser.policyOf(roleOf(role)) }
    asked.known.catch(() => last === asked && (last = undefined))
    last = asked
    return asked.known
  }

  return {
    async begin() {
      const { chainId, registry, role: id, policy } = await policyNow()
      if (policy === undefined || policy.bank !== BANKS.sha256 || !policy.kinds.includes(TPM))
        throw new E2eeError(
          "attestation.policy",
          `the realm has no policy of TPMs and SHA-256 for the role ${role}, which is all that a router can ask for`,
        )
      const challengedAt = clock()
      return {
        registers: pcrsOf(policy.mask),
        async judge({ challenge, authid, quote, measurement }) {
          const delegate = delegateOf(authid)
          if (delegate === undefined)
            throw new E2eeError("attestation.delegate", `${authid} is no delegate's address; give delegateOf`)
          if (quote === undefined || quote === null)
            throw new E2eeError("attestation.absent", `${authid} showed nothing of its platform`)
          const evidence = evidenceOf(quote, measurement)
          await appraiser.judge({
            evidence: encodeEvidence(evidence),
            binding: {
              suite: "wamp-cryptosign",
              prover: "initiator",
              challenge,
              transcript: new Uint8Array(32),
              chainId,
              registry,
              realm: appraiser.realm,
              role: id,
              attester: attesterId(TPM, nameOf(parsePublic(evidence.publicArea))),
              policyEpoch: policy.epoch,
            },
            routerChallenge: challenge,
            policy,
            challengedAt,
            now: clock(),
            skew: 0,
            delegate,
            // A login is of a life of its own: later resets are no matter, earlier states are.
            life: toHex(challenge),
          })
        },
      }
    },
  }
}

/** Both as hex, for all serialisers alike: the specification does not say. Throws `attestation.malformed`, `attestation.too_large`. */
function evidenceOf(quote: unknown, measurement: unknown): TpmEvidence {
  const evidence = decodeEvidence(hexOf(quote, "the quote"))
  if (evidence.kind !== TPM)
    throw new E2eeError("attestation.kind", `a quote of kind ${evidence.kind}; expected ${TPM}`)
  if (evidence.firmwareLog !== undefined || evidence.imaLog !== undefined)
    throw malformed("the quote")("a log is in it; expected the firmware's alone, as measurement")
  if (measurement === undefined || measurement === null) return evidence
  return { ...evidence, firmwareLog: hexOf(measurement, "the measurement") }
}

function hexOf(value: unknown, what: string): Uint8Array {
  if (typeof value !== "string") throw malformed(what)("it is no text")
  const bytes = value.startsWith("0x") ? undefined : fromHex(value)
  if (bytes === undefined) throw malformed(what)("it is no hex")
  return bytes
}
