export { checkDeployment, parseDeployment, type Deployment } from "./deployment.ts"
export type { BlockName } from "./blocks.ts"
export type { Custody } from "./custody.ts"
export type { Reading } from "./event-ranges.ts"
export { EMPTY, headOfSlot, nextHead, type Head, type Place, type RawEvent, type RealmEntry } from "./log.ts"
export { readOperatorHistory, type OperatorEntry, type OperatorHistory, type OperatorState } from "./operator-log.ts"
export { RealmLog, type RealmLogOptions, type Refreshed } from "./realm-log.ts"
export { lightClient, pinned, quorum, singleRpc, type HeadSource, type QuorumOptions } from "./head.ts"
export type { Header } from "./header.ts"
export {
  admittedOperators,
  revocationKey,
  type Grant,
  type NotedRevocation,
  type RealmRecord,
  type RealmState,
} from "./realm-state.ts"
export { blockOf } from "./trust-of.ts"
export { deployRegistries, findRegistries, type DeployOptions } from "./deploy.ts"
export { plannedRegistries, type Planned } from "./create2.ts"
export { onChain, type OnChainOptions } from "./on-chain.ts"
export { calldataOf, type Call } from "./call.ts"
export { send, type Receipt, type Wallet, type Writer } from "./transaction.ts"
export type { Progress, WaitOptions } from "./receipt.ts"
export * as operators from "./operators.ts"
export * as realms from "./realms.ts"
export * as certificates from "./certificates.ts"
export * as requests from "./relayed.ts"
export { operatorRegistryAbi } from "./generated/OperatorRegistry.ts"
export { realmRegistryAbi } from "./generated/RealmRegistry.ts"
