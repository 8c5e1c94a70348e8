import type { Bundle, BundleDocument, SignedBundle } from "../../../src/trust/standalone/bundle.ts"
import {
  documentOf,
  firstBundle,
  nextBundle,
  signBundle,
  type BundleChanges,
  type BundleLife,
} from "../../../src/trust/standalone/issue-bundle.ts"
import { CHAIN_ID, CONTRACT, NOW, party, REALM, type Party } from "../chains.ts"

export const LIFE: BundleLife = { now: NOW, lifeSeconds: 3_600, refreshSeconds: 60 }

/** A realm's first bundle, for the chains of chains.ts. */
export function firstDocument(root: Party = party("root"), life: Partial<BundleLife> = {}): BundleDocument {
  const bundle = firstBundle({
    trustroot: root.address,
    realm: REALM,
    chainId: CHAIN_ID,
    verifyingContract: CONTRACT,
    ...LIFE,
    ...life,
  })
  return documentOf(signBundle(bundle, root.key))
}

/** The document after another, signed by its signer or another. */
export function after(
  former: BundleDocument,
  changes: BundleChanges = {},
  signer: Party = party("root"),
  life: Partial<BundleLife> = {},
): BundleDocument {
  const bundle = nextBundle(former, { signer: signer.address, ...changes }, { ...LIFE, ...life })
  return documentOf(signBundle(bundle, signer.key), former)
}

/** A document whose bundle was changed by hand and signed again. */
export function forged(
  former: BundleDocument,
  changes: Partial<Bundle>,
  signer: Party = party("root"),
): BundleDocument {
  const bundle = { ...former.head.bundle, signer: signer.address, ...changes }
  return { ...former, head: signBundle(bundle, signer.key) }
}

export const signedBy = (bundle: Bundle, signer: Party): SignedBundle => signBundle(bundle, signer.key)
