export { checkDeployment, parseDeployment, type Deployment } from "./deployment.ts"
export {
  readAttestationLog,
  type AttestationEntry,
  type AttestationLog,
  type KnownAttester,
  type KnownMeasurement,
} from "./log/attestation-log.ts"
export type { BlockName } from "./log/blocks.ts"
export type { Custody } from "./registries/custody.ts"
export type { Reading } from "./log/event-ranges.ts"
export { EMPTY, headOfSlot, nextHead, type Head, type Place, type RawEvent, type RealmEntry } from "./log/events.ts"
export {
  readOperatorHistory,
  type OperatorEntry,
  type OperatorHistory,
  type OperatorState,
} from "./log/operator-log.ts"
export { RealmLog, type RealmLogOptions, type Refreshed } from "./log/realm-log.ts"
export { lightClient, pinned, quorum, singleRpc, type HeadSource, type QuorumOptions } from "./trust/head.ts"
export type { Header } from "./trust/header.ts"
export {
  admittedOperators,
  revocationKey,
  type Grant,
  type NotedRevocation,
  type RealmRecord,
  type RealmState,
} from "./log/realm-state.ts"
export { blockOf } from "./trust/trust-of.ts"
export { deployRegistries, findRegistries, type DeployOptions } from "./registries/deploy.ts"
export { plannedRegistries, type Planned } from "./registries/create2.ts"
export { onChain, type OnChainOptions } from "./trust/on-chain.ts"
export { onChainAttestation } from "./trust/attestation.ts"
export { calldataOf, type Call } from "./registries/call.ts"
export { send, type Receipt, type Wallet, type Writer } from "./registries/transaction.ts"
export type { Progress, WaitOptions } from "./registries/receipt.ts"
export * as operators from "./registries/operators.ts"
export * as realms from "./registries/realms.ts"
export * as certificates from "./registries/certificates.ts"
export * as attestation from "./registries/attestation.ts"
export * as requests from "./registries/relayed.ts"
export { attestationRegistryAbi } from "./generated/AttestationRegistry.ts"
export { operatorRegistryAbi } from "./generated/OperatorRegistry.ts"
export { realmRegistryAbi } from "./generated/RealmRegistry.ts"
