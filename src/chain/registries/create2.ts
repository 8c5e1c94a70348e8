import { encodeAbiParameters, getCreate2Address, keccak256, stringToHex } from "viem"
import { parseAddress, type Address } from "../../core/address.ts"
import { concatBytes, fromHex, toHex, type Hex } from "../../core/bytes.ts"
import { attestationRegistryBytecode } from "../generated/AttestationRegistry.ts"
import { operatorRegistryBytecode } from "../generated/OperatorRegistry.ts"
import { realmRegistryBytecode } from "../generated/RealmRegistry.ts"

/** Everybody's proxy for CREATE2: it makes a contract from a salt and init code, whoever sends them. */
export const CREATE2_PROXY: Address = "0x4e59b44847b379578588920cA78FbF26c0B4956C"

/** keccak256 of the proxy's code. */
export const CREATE2_PROXY_CODE_HASH: Hex = "0x2fa86add0aed31f33a762c9d88e807c475bd51d0f52bd0955754b2608f7e4989"

/** The transaction that makes the proxy, signed by nobody's key: it is good once on every chain, for 0.01 ether of gas. */
export const CREATE2_PROXY_TRANSACTION: Hex =
  "0xf8a58085174876e800830186a08080b853604580600e600039806000f350fe7fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffe03601600081602082378035828234f58015156039578182fd5b8082525050506014600cf31ba02222222222222222222222222222222222222222222222222222222222222222a02222222222222222222222222222222222222222222222222222222222222222"
export const CREATE2_PROXY_SENDER: Address = "0x3fAB184622Dc19b6109349B94811493BF2a45362"
/** Wei that the sender needs. */
export const CREATE2_PROXY_COST = 10_000_000_000_000_000n

/** The registries' salt, 32 bytes: their name and the version of their interface. */
export const REGISTRY_SALT: Hex = stringToHex("wamp-e2ee registries 1", { size: 32 })

/** One contract that the proxy makes: where, and of what init code. */
export interface Planned {
  readonly name: string
  readonly address: Address
  readonly initCode: Hex
  readonly initCodeHash: Hex
}

/** Where the registries are on every chain on which they were deployed by the proxy. Each follows from the one before. */
export function plannedRegistries(): Readonly<
  Record<"operatorRegistry" | "realmRegistry" | "attestationRegistry", Planned>
> {
  const operatorRegistry = planned("OperatorRegistry", operatorRegistryBytecode)
  const realmRegistry = planned("RealmRegistry", realmRegistryInitCode(operatorRegistry.address))
  const attestationRegistry = planned("AttestationRegistry", attestationRegistryInitCode(realmRegistry.address))
  return { operatorRegistry, realmRegistry, attestationRegistry }
}

/** A RealmRegistry's init code: its bytecode and the OperatorRegistry that it reads. */
export function realmRegistryInitCode(operatorRegistry: Address): Hex {
  return joined(realmRegistryBytecode, addressWord(operatorRegistry))
}

/** An AttestationRegistry's init code: its bytecode and the RealmRegistry that it reads. */
export function attestationRegistryInitCode(realmRegistry: Address): Hex {
  return joined(attestationRegistryBytecode, addressWord(realmRegistry))
}

/** What is sent to the proxy. */
export function proxyInput({ initCode }: Planned): Hex {
  return joined(REGISTRY_SALT, initCode)
}

function planned(name: string, initCode: Hex): Planned {
  const initCodeHash = keccak256(initCode)
  const address = getCreate2Address({ from: CREATE2_PROXY, salt: REGISTRY_SALT, bytecodeHash: initCodeHash })
  return { name, address: parseAddress(address) ?? address, initCode, initCodeHash }
}

function addressWord(address: Address): Hex {
  return encodeAbiParameters([{ type: "address" }], [address])
}

function joined(...parts: readonly Hex[]): Hex {
  return toHex(concatBytes(...parts.map((part) => fromHex(part) ?? new Uint8Array())))
}
