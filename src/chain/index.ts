export { checkDeployment, parseDeployment, type Deployment } from "./deployment.ts"
export type { BlockName } from "./blocks.ts"
export type { Custody } from "./custody.ts"
export type { Reading } from "./event-ranges.ts"
export { EMPTY, headOfSlot, nextHead, type Head, type Place, type RawEvent, type RealmEntry } from "./log.ts"
export { readOperatorHistory, type OperatorEntry, type OperatorHistory, type OperatorState } from "./operator-log.ts"
export { RealmLog, type RealmLogOptions, type Refreshed } from "./realm-log.ts"
export {
  admittedOperators,
  revocationKey,
  type Grant,
  type NotedRevocation,
  type RealmRecord,
  type RealmState,
} from "./realm-state.ts"
export { onChain, type OnChainOptions } from "./on-chain.ts"
export {
  acceptAdmission,
  admitOperator,
  createRealm,
  deployRegistries,
  enrollOperator,
  realmAddress,
  revokeCertificate,
  showOperator,
  showRealm,
  type Receipt,
  type Wallet,
  type Writer,
} from "./registries.ts"
export { blockOf } from "./trust-of.ts"
export { operatorRegistryAbi } from "./generated/OperatorRegistry.ts"
export { realmRegistryAbi } from "./generated/RealmRegistry.ts"
