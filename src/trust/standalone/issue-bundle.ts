import { stringifyJson } from "../../core/exact-json.ts"
import { addressOfKey, recoverSigner, signDigest } from "../../certificate/signature.ts"
import type { Address } from "../../core/address.ts"
import type { Hex } from "../../core/bytes.ts"
import { E2eeError } from "../../core/errors.ts"
import type { Secret } from "../../core/secret.ts"
import {
  BUNDLE_DOMAIN,
  BUNDLE_TYPES,
  bundleDigest,
  MAX_DOCUMENT,
  MAX_HANDOVERS,
  type Bundle,
  type BundleDocument,
  type BundleEpoch,
  type BundleRoot,
  type SignedBundle,
} from "./bundle.ts"
import { parseBundle, withSignature } from "./parse-bundle.ts"

/** When a bundle is made and how long it holds. */
export interface BundleLife {
  /** POSIX milliseconds. */
  readonly now: number
  /** Seconds until it ends: at most 366 days. */
  readonly lifeSeconds: number
  /** Seconds after which endpoints look for a newer one: at most 7 days. */
  readonly refreshSeconds: number
}

export interface FirstBundleOptions extends BundleLife {
  /** The trustroot: root CA of the realm, and signer. */
  readonly trustroot: Address
  readonly realm: Address
  /** As in the specification's example, 1 by default. */
  readonly chainId?: bigint
  /** By default the trustroot's own address, as in the specification's example: no registry has it. */
  readonly verifyingContract?: Address
  readonly block?: bigint
}

/** The first bundle of a realm, to be signed. Throws `trustroot.malformed` for values that no bundle can have. */
export function firstBundle(options: FirstBundleOptions): Bundle {
  const { trustroot, realm, chainId = 1n, verifyingContract = trustroot, block } = options
  return parseBundle({
    realm,
    chainId,
    verifyingContract,
    ...(block === undefined ? {} : { block }),
    sequence: 1,
    ...lifeOf(options),
    signer: trustroot,
    successors: [],
    roots: [{ root: trustroot, notAfter: 0 }],
    revocations: [],
    epochs: [],
  })
}

/** What another bundle says otherwise than the one before. */
export interface BundleChanges {
  /** Who signs: the former signer, or a successor that it named, who then no longer is one. */
  readonly signer?: Address
  readonly successors?: readonly Address[]
  /** By default the former ones that have not ended. */
  readonly roots?: readonly BundleRoot[]
  /** Empty: admission is no longer judged. */
  readonly operators?: readonly Address[]
  /** Added to what is revoked: nothing comes back. */
  readonly revoke?: readonly Hex[]
  /** Added; an issuer's epoch never goes back. */
  readonly epochs?: readonly BundleEpoch[]
  readonly block?: bigint
}

/** The bundle that follows, to be signed: later, with the next sequence. */
export function nextBundle(document: BundleDocument, changes: BundleChanges, life: BundleLife): Bundle {
  const former = document.head.bundle
  const signer = changes.signer ?? former.signer
  if (signer !== former.signer && !former.successors.includes(signer))
    throw new E2eeError(
      "trustroot.signature",
      `${signer} may not sign the next bundle; expected ${[former.signer, ...former.successors].join(" or ")}`,
    )
  const epochs = new Map(former.epochs.map((epoch) => [epoch.issuer, epoch.validFrom]))
  for (const { issuer, validFrom } of changes.epochs ?? []) {
    if (validFrom < (epochs.get(issuer) ?? 0n))
      throw new E2eeError(
        "usage.invalid",
        `the epoch of ${issuer} would go back to ${validFrom}; expected ${epochs.get(issuer)} or later`,
      )
    epochs.set(issuer, validFrom)
  }
  const { block = former.block, operators = former.operators ?? [] } = changes
  const now = Math.floor(life.now / 1_000)
  const roots =
    changes.roots ?? former.roots.filter(({ root, notAfter }) => root === signer || notAfter === 0 || notAfter > now)
  return parseBundle({
    realm: former.realm,
    chainId: former.chainId,
    verifyingContract: former.verifyingContract,
    ...(block === undefined ? {} : { block }),
    sequence: former.sequence + 1,
    ...lifeOf(life),
    signer,
    successors: ascending(changes.successors ?? former.successors.filter((address) => address !== signer)),
    roots: [...roots].sort((a, b) => compare(a.root, b.root)),
    operators: ascending(operators),
    revocations: ascending([...former.revocations, ...(changes.revoke ?? [])]),
    epochs: [...epochs]
      .map(([issuer, validFrom]) => ({ issuer, validFrom }))
      .sort((a, b) => compare(a.issuer, b.issuer)),
  })
}

/**
 * Changes that begin a rotation: `successor` becomes a root and may sign from the next bundle on; the signer ceases to
 * be a root at `until` (POSIX seconds). From the successor's first bundle on, only the successor signs.
 */
export function rotation(former: Bundle, successor: Address, until: number): BundleChanges {
  const kept = former.roots.filter(({ root }) => root !== former.signer && root !== successor)
  return {
    successors: [successor],
    roots: [...kept, { root: former.signer, notAfter: until }, { root: successor, notAfter: 0 }],
  }
}

/** Signs with the trustroot's key (32 bytes), which must be the bundle's signer's. */
export function signBundle(bundle: Bundle, key: Secret): SignedBundle {
  if (addressOfKey(key) !== bundle.signer)
    throw new E2eeError("trustroot.signature", `the key is of ${addressOfKey(key)}; expected ${bundle.signer}`)
  const digest = bundleDigest(bundle)
  return { bundle, digest, signature: signDigest(digest, key) }
}

/** A bundle that was signed elsewhere, see {@link bundleTypedData}. Throws `trustroot.signature` for another's. */
export function attachSignature(bundle: Bundle, signature: string): SignedBundle {
  const signed = withSignature(bundle, signature)
  const signer = recoverSigner(signed.digest, signed.signature)
  if (signer !== bundle.signer)
    throw new E2eeError("trustroot.signature", `the signature is of ${signer ?? "nobody"}; expected ${bundle.signer}`)
  return signed
}

/** What is published after `former`: with the bundle that handed over to another signer, for those who missed it. */
export function documentOf(head: SignedBundle, former?: BundleDocument): BundleDocument {
  if (former === undefined) return { head, handovers: [] }
  const isHandover = former.head.bundle.signer !== head.bundle.signer
  const handovers = isHandover ? [...former.handovers, former.head] : former.handovers
  return { head, handovers: handovers.slice(-MAX_HANDOVERS) }
}

/** JSON text of a document. Throws `trustroot.malformed` when it is too long for any endpoint to take. */
export function documentToJson({ head, handovers }: BundleDocument, indent?: number): string {
  const plain = ({ bundle, signature }: SignedBundle): object => ({ bundle, signature: signature.slice(2) })
  const text = stringifyJson(
    { ...plain(head), ...(handovers.length === 0 ? {} : { handovers: handovers.map(plain) }) },
    indent,
  )
  if (text.length > MAX_DOCUMENT)
    throw new E2eeError(
      "trustroot.malformed",
      `the document would have ${text.length} characters; expected at most ${MAX_DOCUMENT}: void old certificates by epochs instead`,
    )
  return text
}

/** The typed data of a bundle for an external signer (`eth_signTypedData_v4`); JSON values, integers as decimal texts. */
export function bundleTypedData(bundle: Bundle): Record<string, unknown> {
  const message = { ...bundle, block: bundle.block ?? 0n, operators: bundle.operators ?? [] }
  const types = {
    EIP712Domain: [
      { name: "name", type: "string" },
      { name: "version", type: "string" },
    ],
    ...BUNDLE_TYPES,
  }
  const typedData = { domain: BUNDLE_DOMAIN, primaryType: "TrustrootBundle", types, message }
  return JSON.parse(
    JSON.stringify(typedData, (_key, value: unknown) =>
      typeof value === "bigint" || typeof value === "number" ? value.toString() : value,
    ),
  ) as Record<string, unknown>
}

function lifeOf({ now, lifeSeconds, refreshSeconds }: BundleLife): object {
  const issuedAt = Math.floor(now / 1_000)
  return { issuedAt, notAfter: issuedAt + lifeSeconds, refreshHint: refreshSeconds }
}

function ascending<T extends string>(items: readonly T[]): T[] {
  return [...new Set(items)].sort(compare)
}

function compare(a: string, b: string): number {
  const [x, y] = [a.toLowerCase(), b.toLowerCase()]
  return x < y ? -1 : x > y ? 1 : 0
}
