// Certificates in the realm registry: anchoring, admission, revocation as calls, and what stands in the registry of them.
import type { PublicClient } from "viem"
import type { AuthorityCertificate, CertificateChain, SignedCertificate } from "../../certificate/types.ts"
import { ZERO_ADDRESS, type Address } from "../../core/address.ts"
import type { Hex } from "../../core/bytes.ts"
import { E2eeError } from "../../core/errors.ts"
import { readRealms, realmCall, type Call } from "./call.ts"
import type { Deployment } from "../deployment.ts"
import { standingBits } from "../generated/layout.ts"
import { NO_END } from "./realms.ts"

/** A certificate whose signature may be a contract wallet's: any number of bytes. */
export type Signed = Pick<SignedCertificate<AuthorityCertificate>, "certificate" | "signature">

/** A certificate by its name: the realm, whose it is, and its digest (32 bytes). */
export interface Named {
  readonly realm: Address
  readonly subject: Address
  readonly digest: Hex
}

export interface AnchoredRecord {
  readonly subject: Address
  readonly issuer: Address
  /** Bit set. */
  readonly capabilities: number
  /** Certificates between it and the root. */
  readonly depth: number
  /** Whether the operator accepted it, and whether it is revoked. */
  readonly accepted: boolean
  readonly revoked: boolean
  /** Block number. */
  readonly validFrom: number
  /** POSIX seconds, where it ends. */
  readonly notAfter?: number
  readonly epoch: number
  /** The first 27 bytes of its digest. */
  readonly digest: Hex
}

/** A step of an anchored path. A root has itself as issuer. */
export interface Link {
  readonly issuer: Address
  readonly subject: Address
  readonly capabilities: number
  readonly validFrom: number
  readonly notAfter?: number
  readonly digest: Hex
}

/** In the order of the registry's `Rule`: "valid", or the first rule that a chain or certificate breaks. */
export const RULES = [
  "valid",
  "context",
  "realm",
  "types",
  "root",
  "linkage",
  "validity_order",
  "capabilities",
  "subject",
  "delegate_validity",
  "root_signature",
  "authority_signature",
  "delegate_signature",
  "possession",
  "not_a_ca",
  "length",
  "revoked",
  "expired",
  "superseded",
  "age",
  "operator",
  "unknown_realm",
] as const
export type Rule = (typeof RULES)[number]

/** Makes a certificate its subject's record. `consent`: the subject's or owner's signature where the policy wants it. */
export function anchor(deployment: Deployment, signed: Signed, consent?: Hex): Call {
  const what = `anchoring the certificate of ${signed.certificate.subject}`
  const fields = withoutKind(signed.certificate)
  return consent === undefined
    ? realmCall(deployment, what, "anchor", [fields, signed.signature])
    : realmCall(deployment, what, "anchorWithConsent", [fields, signed.signature, consent])
}

/** {@link anchor} for each in one transaction: one that is refused refuses all. */
export function anchorBatch(deployment: Deployment, signed: readonly Signed[]): Call {
  const args = [
    signed.map(({ certificate }) => withoutKind(certificate)),
    signed.map(({ signature }) => signature),
  ] as const
  return realmCall(deployment, `anchoring ${signed.length} certificates`, "anchorBatch", args)
}

/** Admits an operator by the root's certificate for its CA. Sent by the CA itself it is accepted at once. */
export function admit(deployment: Deployment, signed: Signed, consent: Hex = "0x"): Call {
  const args = [withoutKind(signed.certificate), signed.signature, consent] as const
  return realmCall(deployment, `admitting operator ${signed.certificate.subject}`, "admit", args)
}

/** The operator's side of an admission that somebody else sent: by its CA or controller. */
export function accept(deployment: Deployment, { realm, subject, digest }: Named): Call {
  return realmCall(deployment, `accepting the admission to realm ${realm}`, "accept", [realm, subject, digest])
}

/** {@link accept} by the operator CA's signature: see requests. */
export function acceptFor(
  deployment: Deployment,
  { realm, subject, digest, deadline, signature }: Named & { readonly deadline: bigint; readonly signature: Hex },
): Call {
  const args = [realm, subject, digest, deadline, signature] as const
  return realmCall(deployment, `accepting the admission of ${subject} to realm ${realm}`, "acceptFor", args)
}

/** Ends an admission from the operator's side, for ever. */
export function leaveRealm(deployment: Deployment, { realm, subject, digest }: Named, reason = 0): Call {
  return realmCall(deployment, `leaving realm ${realm}`, "leaveRealm", [realm, subject, digest, reason])
}

/** Revokes a certificate, for ever: the sender is its issuer, its subject, or above it. `reason` 0 to 255. */
export function revoke(deployment: Deployment, { realm, subject, digest }: Named, reason = 0): Call {
  return realmCall(deployment, `revoking certificate ${digest}`, "revoke", [realm, subject, digest, reason])
}

/** {@link revoke} by the realm's owner in the name of the issuer `authority`. */
export function revokeAs(deployment: Deployment, authority: Address, named: Named, reason = 0): Call {
  const { realm, subject, digest } = named
  return realmCall(deployment, `revoking certificate ${digest}`, "revokeAs", [
    realm,
    authority,
    subject,
    digest,
    reason,
  ])
}

/** {@link revoke} by the signature of `authority`: see requests. */
export function revokeFor(
  deployment: Deployment,
  fields: Named & {
    readonly authority: Address
    readonly reason: number
    readonly deadline: bigint
    readonly signature: Hex
  },
): Call {
  const { realm, authority, subject, digest, reason, deadline, signature } = fields
  const args = [realm, authority, subject, digest, reason, deadline, signature] as const
  return realmCall(deployment, `revoking certificate ${digest}`, "revokeFor", args)
}

/** {@link revoke} for each of one realm in one transaction; what is revoked already is passed over. */
export function revokeBatch(deployment: Deployment, certificates: readonly Named[], reason = 0): Call {
  const [first] = certificates
  if (first === undefined || certificates.some(({ realm }) => realm !== first.realm)) {
    throw new E2eeError("usage.invalid", "a batch of revocations is of one realm and has at least one certificate")
  }
  const [subjects, digests] = [certificates.map(({ subject }) => subject), certificates.map(({ digest }) => digest)]
  const what = `revoking ${certificates.length} certificates`
  return realmCall(deployment, what, "revokeBatch", [first.realm, subjects, digests, reason])
}

/** The certificate anchored last for a subject; undefined when none was. */
export async function recordOf(
  client: PublicClient,
  deployment: Deployment,
  realm: Address,
  subject: Address,
): Promise<AnchoredRecord | undefined> {
  const { grant, epoch, digest } = await readRealms(
    client,
    deployment,
    `reading the record of ${subject}`,
    "recordOf",
    [realm, subject],
  )
  if (grant.issuer === ZERO_ADDRESS) return undefined
  const { issuer, capabilities, standing, validFrom, notAfter } = grant
  return {
    subject,
    issuer,
    capabilities,
    depth: standing & standingBits.depth,
    accepted: (standing & standingBits.admitted) !== 0,
    revoked: (standing & standingBits.revoked) !== 0,
    validFrom,
    ...(notAfter === NO_END ? {} : { notAfter }),
    epoch,
    digest,
  }
}

/** What `authority` said in its own name against a certificate that is not anchored; undefined when nothing. */
export async function revocationOf(
  client: PublicClient,
  deployment: Deployment,
  { realm, authority, digest }: { readonly realm: Address; readonly authority: Address; readonly digest: Hex },
): Promise<{ readonly block: number; readonly reason: number } | undefined> {
  const args = [realm, authority, digest] as const
  const found = await readRealms(client, deployment, `reading the revocation of ${digest}`, "revocationOf", args)
  return found.blockNumber === 0 ? undefined : { block: found.blockNumber, reason: found.reason }
}

/** The anchored path from a subject to a root, subject first; empty when it has no record. */
export async function pathOf(
  client: PublicClient,
  deployment: Deployment,
  realm: Address,
  subject: Address,
): Promise<readonly Link[]> {
  const path = await readRealms(client, deployment, `reading the path of ${subject}`, "pathOf", [realm, subject])
  return path.map(({ notAfter, ...link }) => ({ ...link, ...(notAfter === NO_END ? {} : { notAfter }) }))
}

/** The registry's own verdict on a chain as presented, signatures included: of the whole, and of each certificate. */
export async function verifyChain(
  client: PublicClient,
  deployment: Deployment,
  realm: Address,
  chain: CertificateChain,
): Promise<{ readonly broken: Rule; readonly links: readonly Rule[] }> {
  const [first, ...rest] = chain
  if (first?.certificate.kind !== "delegate") {
    throw new E2eeError("trust.types", "the first certificate is no delegate certificate; expected one")
  }
  const { kind: _kind, ...delegate } = first.certificate
  const above = rest.map(({ certificate }, i) => {
    if (certificate.kind === "authority") return withoutKind(certificate)
    throw new E2eeError("trust.types", `certificate ${i + 1} is no authority certificate; expected one`)
  })
  const args = [realm, delegate, first.signature, above, rest.map(({ signature }) => signature)] as const
  const [broken, links] = await readRealms(client, deployment, "verifying the chain", "verifyChain", args)
  return { broken: ruleOf(broken), links: links.map(ruleOf) }
}

function ruleOf(value: number): Rule {
  const rule = RULES[value]
  if (rule === undefined) throw new E2eeError("chain.bad_answer", `the registry names rule ${value}, which is none`)
  return rule
}

function withoutKind({ kind: _kind, ...fields }: AuthorityCertificate): Omit<AuthorityCertificate, "kind"> {
  return fields
}
