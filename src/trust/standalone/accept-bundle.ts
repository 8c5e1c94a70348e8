import { recoverSigner } from "../../certificate/signature.ts"
import type { Address } from "../../core/address.ts"
import { E2eeError } from "../../core/errors.ts"
import type { Bundle, BundleDocument, SignedBundle } from "./bundle.ts"

/** What local policy knows of a trustroot before a document comes. */
export interface BundlePolicy {
  /** The configured signer of the first bundle that is believed. */
  readonly trustroot: Address
  readonly realm: Address
  /** Where given, the bundle must say the same. */
  readonly chainId?: bigint
  readonly verifyingContract?: Address
  /** The newest bundle ever accepted: it alone says who may sign the next one. */
  readonly seen?: SignedBundle
}

/**
 * The bundle of a document if it may replace what was seen: signed by the configured trustroot or by a successor that
 * an accepted bundle named, and not older. Throws `trustroot.context`, `.signature`, `.rollback` or `.fork`. Time is
 * not judged, see {@link requireTimely}.
 */
export function acceptBundle({ head, handovers }: BundleDocument, policy: BundlePolicy): SignedBundle {
  const { seen, trustroot } = policy
  requireContext(head.bundle, policy)
  if (seen !== undefined && head.bundle.sequence <= seen.bundle.sequence) return refuseOlder(head, seen, trustroot)
  let signers: readonly Address[] = seen === undefined ? [trustroot] : signersAfter(seen.bundle)
  for (const handover of handovers) {
    // What lies before the configured trustroot's time, or before what was seen, has been decided.
    if (seen !== undefined && handover.bundle.sequence <= seen.bundle.sequence) continue
    if (!signers.includes(handover.bundle.signer)) continue
    requireSignature(handover, signers)
    signers = signersAfter(handover.bundle)
  }
  requireSignature(head, signers)
  return head
}

/** Refuses a bundle past its end (`trustroot.expired`) and one from the future (`trustroot.context`). Times in ms. */
export function requireTimely({ issuedAt, notAfter, sequence }: Bundle, now: number, skew: number): void {
  if (issuedAt * 1_000 > now + skew)
    throw new E2eeError(
      "trustroot.context",
      `bundle ${sequence} was issued at ${issuedAt} s, ${issuedAt * 1_000 - now} ms from now; check the clock`,
    )
  if (notAfter * 1_000 <= now)
    throw new E2eeError(
      "trustroot.expired",
      `bundle ${sequence} ended at ${notAfter} s, ${now - notAfter * 1_000} ms ago; have the trustroot publish another`,
    )
}

/** The former signer goes on signing until a successor's first bundle; then only the successor does. */
function signersAfter({ signer, successors }: Bundle): readonly Address[] {
  return [signer, ...successors]
}

/** Refuses (`trustroot.context`) a bundle that is not for the configured realm, chain and contract. */
export function requireContext(bundle: Bundle, policy: BundlePolicy): void {
  const wrong = (what: string, got: unknown, expected: unknown): E2eeError =>
    new E2eeError("trustroot.context", `the bundle is for ${what} ${String(got)}; expected ${String(expected)}`)
  const { realm, chainId, verifyingContract } = policy
  if (bundle.realm !== realm) throw wrong("realm", bundle.realm, realm)
  if (chainId !== undefined && bundle.chainId !== chainId) throw wrong("chain id", bundle.chainId, chainId)
  if (verifyingContract !== undefined && bundle.verifyingContract !== verifyingContract)
    throw wrong("contract", bundle.verifyingContract, verifyingContract)
}

function requireSignature({ bundle, digest, signature }: SignedBundle, signers: readonly Address[]): void {
  const signer = recoverSigner(digest, signature)
  if (signer !== undefined && signer === bundle.signer && signers.includes(signer)) return
  throw new E2eeError(
    "trustroot.signature",
    `bundle ${bundle.sequence} names ${bundle.signer} and is signed by ${signer ?? "nobody"}; expected ${signers.join(" or ")}`,
  )
}

/** Not newer than what was seen: the same, or refused. A stranger's bundle is called that, and raises no alarm. */
function refuseOlder(head: SignedBundle, seen: SignedBundle, trustroot: Address): SignedBundle {
  if (head.digest === seen.digest) return seen
  const known = [trustroot, ...signersAfter(seen.bundle), ...seen.bundle.roots.map(({ root }) => root)]
  requireSignature(head, [...new Set(known)])
  const { sequence } = seen.bundle
  if (head.bundle.sequence < sequence)
    throw new E2eeError(
      "trustroot.rollback",
      `the source gives bundle ${head.bundle.sequence}; bundle ${sequence} was seen before: it is out of date, or somebody hides the newer one`,
    )
  throw new E2eeError(
    "trustroot.fork",
    `there are two bundles ${sequence}: ${seen.digest} was seen before, ${head.digest} came now; ask the trustroot's owner which is right, its key may be stolen`,
  )
}
