import {
  encodeFunctionData,
  type Abi,
  type ContractFunctionArgs,
  type ContractFunctionName,
  type ContractFunctionReturnType,
  type PublicClient,
} from "viem"
import type { Address } from "../../core/address.ts"
import type { Hex } from "../../core/bytes.ts"
import { attestationRegistryOf, type Deployment } from "../deployment.ts"
import { chainError } from "../errors.ts"
import { attestationRegistryAbi } from "../generated/AttestationRegistry.ts"
import { operatorRegistryAbi } from "../generated/OperatorRegistry.ts"
import { realmRegistryAbi } from "../generated/RealmRegistry.ts"

/** One write to a registry as a value: `send` sends it, `calldataOf` gives it to a contract wallet. */
export interface Call {
  /** What it does, for people: "revoking operator 0x…". */
  readonly what: string
  readonly address: Address
  readonly abi: Abi
  readonly functionName: string
  readonly args: readonly unknown[]
}

type Operators = typeof operatorRegistryAbi
type Realms = typeof realmRegistryAbi
type Attestations = typeof attestationRegistryAbi
type View = "view" | "pure"

export function operatorCall<Name extends ContractFunctionName<Operators, "nonpayable">>(
  deployment: Deployment,
  what: string,
  functionName: Name,
  args: ContractFunctionArgs<Operators, "nonpayable", Name>,
): Call {
  return {
    what,
    address: deployment.operatorRegistry,
    abi: operatorRegistryAbi,
    functionName,
    args: args as readonly unknown[],
  }
}

export function realmCall<Name extends ContractFunctionName<Realms, "nonpayable">>(
  deployment: Deployment,
  what: string,
  functionName: Name,
  args: ContractFunctionArgs<Realms, "nonpayable", Name>,
): Call {
  return {
    what,
    address: deployment.realmRegistry,
    abi: realmRegistryAbi,
    functionName,
    args: args as readonly unknown[],
  }
}

/** Throws `usage.invalid` where the deployment has no attestation registry. */
export function attestationCall<Name extends ContractFunctionName<Attestations, "nonpayable">>(
  deployment: Deployment,
  what: string,
  functionName: Name,
  args: ContractFunctionArgs<Attestations, "nonpayable", Name>,
): Call {
  return {
    what,
    address: attestationRegistryOf(deployment),
    abi: attestationRegistryAbi,
    functionName,
    args: args as readonly unknown[],
  }
}

/** What an account or contract wallet executes for a call; none takes money. */
export function calldataOf({ address, abi, functionName, args }: Call): { to: Address; data: Hex; value: "0" } {
  try {
    return { to: address, data: encodeFunctionData({ abi, functionName, args }), value: "0" }
  } catch (error) {
    throw chainError(error, `encoding ${functionName}`)
  }
}

export async function readOperators<Name extends ContractFunctionName<Operators, View>>(
  client: PublicClient,
  deployment: Deployment,
  what: string,
  functionName: Name,
  args: ContractFunctionArgs<Operators, View, Name>,
): Promise<ContractFunctionReturnType<Operators, View, Name, typeof args>> {
  const query = { address: deployment.operatorRegistry, abi: operatorRegistryAbi, functionName, args }
  return read(client, what, query)
}

export async function readRealms<Name extends ContractFunctionName<Realms, View>>(
  client: PublicClient,
  deployment: Deployment,
  what: string,
  functionName: Name,
  args: ContractFunctionArgs<Realms, View, Name>,
): Promise<ContractFunctionReturnType<Realms, View, Name, typeof args>> {
  const query = { address: deployment.realmRegistry, abi: realmRegistryAbi, functionName, args }
  return read(client, what, query)
}

/** Throws `usage.invalid` where the deployment has no attestation registry. */
export async function readAttestations<Name extends ContractFunctionName<Attestations, View>>(
  client: PublicClient,
  deployment: Deployment,
  what: string,
  functionName: Name,
  args: ContractFunctionArgs<Attestations, View, Name>,
): Promise<ContractFunctionReturnType<Attestations, View, Name, typeof args>> {
  const query = { address: attestationRegistryOf(deployment), abi: attestationRegistryAbi, functionName, args }
  return read(client, what, query)
}

async function read<T>(client: PublicClient, what: string, query: object): Promise<T> {
  try {
    return (await client.readContract(query as never)) as T
  } catch (error) {
    throw chainError(error, what)
  }
}
