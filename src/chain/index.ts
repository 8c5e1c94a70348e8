export { checkDeployment, parseDeployment, type Deployment } from "./deployment.ts"
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
export { operatorRegistryAbi } from "./generated/OperatorRegistry.ts"
export { realmRegistryAbi } from "./generated/RealmRegistry.ts"
