import { keccak256, type PublicClient } from "viem"
import { parseAddress, type Address } from "../core/address.ts"
import { E2eeError } from "../core/errors.ts"
import { attestationRegistryCodeHash } from "./generated/AttestationRegistry.ts"
import { operatorRegistryCodeHash } from "./generated/OperatorRegistry.ts"
import { realmRegistryCodeHash } from "./generated/RealmRegistry.ts"
import { inTime } from "./rpc.ts"

/** Where the registries are; public, written by `deploy` and given to everybody who verifies. */
export interface Deployment {
  readonly chainId: number
  readonly operatorRegistry: Address
  readonly realmRegistry: Address
  /** Absent where none was deployed: then no realm of the chain has anything to do with attestation. */
  readonly attestationRegistry?: Address
  /** Block number of the deployment. */
  readonly block: number
}

/** Reads a deployment file's JSON. Throws `usage.invalid`. */
export function parseDeployment(text: string): Deployment {
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch {
    throw invalid("it is not JSON")
  }
  if (typeof value !== "object" || value === null) throw invalid("it is no object")
  const { chainId, operatorRegistry, realmRegistry, attestationRegistry, block } = value as Readonly<
    Record<string, unknown>
  >
  if (!Number.isSafeInteger(chainId) || !Number.isSafeInteger(block)) throw invalid("chainId or block is no integer")
  const [operators, realms] = [addressIn(operatorRegistry), addressIn(realmRegistry)]
  if (operators === undefined || realms === undefined) throw invalid("operatorRegistry or realmRegistry is no address")
  const attestations = addressIn(attestationRegistry)
  if (attestationRegistry !== undefined && attestations === undefined)
    throw invalid("attestationRegistry is no address")
  return {
    chainId: chainId as number,
    operatorRegistry: operators,
    realmRegistry: realms,
    ...(attestations === undefined ? {} : { attestationRegistry: attestations }),
    block: block as number,
  }
}

function addressIn(value: unknown): Address | undefined {
  return typeof value === "string" ? parseAddress(value) : undefined
}

/** Throws `usage.invalid` for a deployment from before there was an attestation registry. */
export function attestationRegistryOf({ attestationRegistry }: Deployment): Address {
  if (attestationRegistry !== undefined) return attestationRegistry
  throw new E2eeError(
    "usage.invalid",
    "the deployment has no attestationRegistry; `wamp-e2ee deploy` deploys or finds it and adds it to the file",
  )
}

function invalid(why: string): E2eeError {
  return new E2eeError(
    "usage.invalid",
    `the deployment file is not of its form: ${why}; expected what \`wamp-e2ee deploy\` writes`,
  )
}

/** Checks that the node is of the deployment's chain and that our programs are at its addresses, byte for byte. */
export async function checkDeployment(client: PublicClient, deployment: Deployment): Promise<void> {
  const { operatorRegistry, realmRegistry, attestationRegistry } = deployment
  const answers = Promise.all([
    client.getChainId(),
    client.getCode({ address: operatorRegistry }),
    client.getCode({ address: realmRegistry }),
    attestationRegistry === undefined ? undefined : client.getCode({ address: attestationRegistry }),
  ])
  const [id, operators, realms, attestations] = await inTime(answers, "checking the deployment")
  checkChainId(id, deployment)
  checkCodeHash("OperatorRegistry", operatorRegistry, hashOf(operators), operatorRegistryCodeHash)
  checkCodeHash("RealmRegistry", realmRegistry, hashOf(realms), realmRegistryCodeHash(operatorRegistry))
  if (attestationRegistry === undefined) return
  const expected = attestationRegistryCodeHash(realmRegistry)
  checkCodeHash("AttestationRegistry", attestationRegistry, hashOf(attestations), expected)
}

function hashOf(code: string | undefined): string {
  return code === undefined ? "no code" : keccak256(code as `0x${string}`)
}

/** Throws `chain.wrong_chain`. */
export function checkChainId(got: number, { chainId }: Deployment): void {
  if (got === chainId) return
  throw new E2eeError("chain.wrong_chain", `the node is of chain ${got}; expected ${chainId} of the deployment`)
}

/** Throws `chain.wrong_code` unless the program at an address is ours. */
export function checkCodeHash(name: string, address: Address, hash: string, expected: string): void {
  if (hash === expected) return
  throw new E2eeError(
    "chain.wrong_code",
    `at ${address} there is ${hash}; expected ${name} (${expected}); check the deployment file`,
  )
}
