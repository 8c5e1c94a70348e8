import type { Address } from "../../core/address.ts"
import type { Hex } from "../../core/bytes.ts"
import { domainSeparator, hashStruct, hexWord, listWord, typedDigest, typeHash, uintWord } from "../../core/eip712.ts"

/** A root CA that a bundle names. */
export interface BundleRoot {
  readonly root: Address
  /** POSIX seconds from which it counts no more: the end of a rotation's overlap; 0 for no end. */
  readonly notAfter: number
}

/** What `issuer` issued with an earlier validFrom is void. */
export interface BundleEpoch {
  readonly issuer: Address
  /** In what the realm counts validFrom in: a block number where it has a chain, POSIX seconds otherwise. */
  readonly validFrom: bigint
}

/** Everything that a standalone trustroot says of its realm. Lists are ascending and hold nothing twice. */
export interface Bundle {
  readonly realm: Address
  readonly chainId: bigint
  readonly verifyingContract: Address
  /** Certificates that are valid from a later block are refused; not judged where absent. Never 0. */
  readonly block?: bigint
  /** 1 and more: of two bundles the one with the higher sequence counts. */
  readonly sequence: number
  /** POSIX seconds. */
  readonly issuedAt: number
  /** POSIX seconds from which it is no longer believed: how long a stolen or hidden bundle can mislead. */
  readonly notAfter: number
  /** Seconds after which a newer one should be looked for. */
  readonly refreshHint: number
  /** Whose signature it has; one of the roots. */
  readonly signer: Address
  /** Who may sign the following bundles beside the signer. */
  readonly successors: readonly Address[]
  /** More than one while a rotation overlaps. */
  readonly roots: readonly BundleRoot[]
  /** CAs that the root certified and that are admitted; not judged where absent. Never empty. */
  readonly operators?: readonly Address[]
  /** Digests of revoked certificates, 32 bytes each: the root's word counts for everything in its realm. */
  readonly revocations: readonly Hex[]
  readonly epochs: readonly BundleEpoch[]
}

export interface SignedBundle {
  readonly bundle: Bundle
  /** r, s, v: 65 bytes, low s, v of 27 or 28. */
  readonly signature: Hex
  /** EIP-712 digest, 32 bytes, recomputed here. */
  readonly digest: Hex
}

/** What a trustroot publishes. */
export interface BundleDocument {
  readonly head: SignedBundle
  /** The last bundle of each former signer, which named the next one: oldest first. */
  readonly handovers: readonly SignedBundle[]
}

/** Characters of a document. */
export const MAX_DOCUMENT = 8_388_608
export const MAX_HANDOVERS = 8
export const MAX_SUCCESSORS = 4
export const MAX_ROOTS = 8
export const MAX_OPERATORS = 4_096
export const MAX_REVOCATIONS = 20_000
export const MAX_EPOCHS = 4_096
/** What the lists of nine bundles come to, and how deep they lie: no more is built of a text before it is looked at. */
export const DOCUMENT_BOUNDS = { depth: 8, items: 400_000 }
/** Seconds. A bundle ends at most so long after its issue: a trustroot that is silent for longer is not believed. */
export const MAX_LIFE = 366 * 86_400
/** Seconds. */
export const MAX_REFRESH = 7 * 86_400
/** POSIX seconds that certificates and bundles can name, beyond the year 30,000. */
export const MAX_TIME = 2 ** 40 - 1

/** Another domain than the certificates': no bundle can ever be taken for one. */
export const BUNDLE_DOMAIN = { name: "WMP Trustroot", version: "1" } as const

/** Field order is part of the hash. */
export const BUNDLE_TYPES = {
  TrustrootBundle: [
    { name: "realm", type: "address" },
    { name: "chainId", type: "uint256" },
    { name: "verifyingContract", type: "address" },
    { name: "block", type: "uint256" },
    { name: "sequence", type: "uint64" },
    { name: "issuedAt", type: "uint64" },
    { name: "notAfter", type: "uint64" },
    { name: "refreshHint", type: "uint64" },
    { name: "signer", type: "address" },
    { name: "successors", type: "address[]" },
    { name: "roots", type: "Root[]" },
    { name: "operators", type: "address[]" },
    { name: "revocations", type: "bytes32[]" },
    { name: "epochs", type: "Epoch[]" },
  ],
  Epoch: [
    { name: "issuer", type: "address" },
    { name: "validFrom", type: "uint256" },
  ],
  Root: [
    { name: "root", type: "address" },
    { name: "notAfter", type: "uint64" },
  ],
} as const

function encodeType(name: keyof typeof BUNDLE_TYPES): string {
  return `${name}(${BUNDLE_TYPES[name].map((field) => `${field.type} ${field.name}`).join(",")})`
}

const EPOCH_TYPE = typeHash(encodeType("Epoch"))
const ROOT_TYPE = typeHash(encodeType("Root"))
const BUNDLE_TYPE = typeHash(encodeType("TrustrootBundle") + encodeType("Epoch") + encodeType("Root"))
const SEPARATOR = domainSeparator(BUNDLE_DOMAIN)

/** EIP-712 digest of a bundle, 32 bytes: what its signer signs. An absent block is 0, absent operators are none. */
export function bundleDigest(bundle: Bundle): Hex {
  const words = [
    hexWord(bundle.realm),
    uintWord(bundle.chainId),
    hexWord(bundle.verifyingContract),
    uintWord(bundle.block ?? 0n),
    ...[bundle.sequence, bundle.issuedAt, bundle.notAfter, bundle.refreshHint].map((n) => uintWord(BigInt(n))),
    hexWord(bundle.signer),
    listWord(bundle.successors.map(hexWord)),
    listWord(bundle.roots.map((item) => hashStruct(ROOT_TYPE, [hexWord(item.root), uintWord(BigInt(item.notAfter))]))),
    listWord((bundle.operators ?? []).map(hexWord)),
    listWord(bundle.revocations.map(hexWord)),
    listWord(bundle.epochs.map((item) => hashStruct(EPOCH_TYPE, [hexWord(item.issuer), uintWord(item.validFrom)]))),
  ]
  return typedDigest(SEPARATOR, hashStruct(BUNDLE_TYPE, words))
}
