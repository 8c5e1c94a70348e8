export { createEndpoint } from "./endpoint.ts"
export { judge, type Judgement, type Readers } from "./session/messages/judge.ts"
export { ForkedKeys } from "./session/members/announced.ts"
export type { ScopeMemory, SharedReplay } from "./session/context.ts"
export type { AttestationOptions } from "./session/members/platforms.ts"
export {
  signPolicy,
  policyHashHex,
  type Attested,
  type Mode,
  type ReplayPolicy,
  type Rule,
  type ScopePolicy,
  type SignedPolicy,
} from "./keys/policy.ts"
export { parseSignedPolicy, signedPolicyToJson, type ProfileParts } from "./keys/policy-text.ts"
export type { Details, Endpoint, EndpointOptions } from "./endpoint.ts"
export { createStaticEndpoint } from "./static-endpoint.ts"
export type { StaticDetails, StaticEndpointOptions, StaticScopeOptions } from "./static-endpoint.ts"
export { keyCommitment, type StaticKey } from "./keys/static-ring.ts"
export type {
  CallDetails,
  CallHandler,
  CallSettings,
  EventHandler,
  Kwargs,
  Messaging,
  PublishSettings,
  RegisterSettings,
} from "./messaging.ts"
export { trustedClients, trustedRouters } from "./authentication.ts"
export type { ClientTrustOptions, SessionTrustOptions, ShownChain } from "./authentication.ts"
export { ERROR_CODES, E2eeError, isE2eeError, type ErrorCode } from "./core/errors.ts"
export { Secret } from "./core/secret.ts"
export { ApplicationError } from "./session/messages/application-error.ts"
export { Result } from "./session/messages/result.ts"
export type { Carriage, Connection, Invoke } from "./session/connection.ts"
export type { Match, ScopeOptions } from "./session/scope.ts"
export { standalone, type StandaloneOptions, type StandaloneTrust } from "./standalone.ts"
export type { Bundle, BundleDocument, BundleEpoch, BundleRoot, SignedBundle } from "./trust/standalone/bundle.ts"
export {
  attachSignature,
  bundleTypedData,
  documentOf,
  documentToJson,
  firstBundle,
  nextBundle,
  rotation,
  signBundle,
  type BundleChanges,
  type BundleLife,
  type FirstBundleOptions,
} from "./trust/standalone/issue-bundle.ts"
export { parseDocument } from "./trust/standalone/parse-bundle.ts"
export type { BundlePlace, BundleSource, BundleState } from "./trust/standalone/trustroot.ts"
export type { CipherName } from "./payload/cipher.ts"
export type { Compression } from "./payload/compression.ts"
export type { CompressionName } from "./payload/profile.ts"
export {
  SERIALIZERS,
  type Packed,
  type PackedParts,
  type Packing,
  type Parts,
  type PayloadSerializer,
  type SerializerName,
} from "./payload/serializer.ts"
export type { TrustFacts, TrustSource } from "./trust/facts.ts"
export { firstUse, remembering, type FirstUseOptions } from "./trust/first-use/first-use.ts"
export {
  decidePin,
  fingerprintOf,
  type PeerPin,
  type Pin,
  type Pinned,
  type PinPlace,
  type RealmPin,
} from "./trust/first-use/pins.ts"
export type { Pins } from "./trust/first-use/pin-table.ts"
export type { TrustProvider } from "./trust/provider.ts"
export { TrustError } from "./trust/judge.ts"
export type { VerifiedDelegate } from "./trust/verified-delegate.ts"
export { CAPABILITIES, capabilityBits, capabilityNames, type Capability } from "./certificate/capabilities.ts"
export { authorityCertificate, chainToJson, delegateCertificate, issueCertificate } from "./certificate/issue.ts"
export { certificateDigest } from "./certificate/digest.ts"
export type { Identity } from "./certificate/identity.ts"
export { parseChain } from "./certificate/parse.ts"
export type {
  AuthorityCertificate,
  Certificate,
  CertificateChain,
  DelegateCertificate,
  SignedCertificate,
} from "./certificate/types.ts"
