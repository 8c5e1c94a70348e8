import { BaseError, keccak256, type PublicClient } from "viem"
import { parseAddress, type Address } from "../../core/address.ts"
import type { Hex } from "../../core/bytes.ts"
import { E2eeError } from "../../core/errors.ts"
import {
  CREATE2_PROXY,
  CREATE2_PROXY_CODE_HASH,
  CREATE2_PROXY_COST,
  CREATE2_PROXY_SENDER,
  CREATE2_PROXY_TRANSACTION,
  attestationRegistryInitCode,
  plannedRegistries,
  proxyInput,
  realmRegistryInitCode,
  type Planned,
} from "./create2.ts"
import { checkDeployment, type Deployment } from "../deployment.ts"
import { chainError } from "../errors.ts"
import { operatorRegistryBytecode } from "../generated/OperatorRegistry.ts"
import { waitUntilMined, type WaitOptions } from "./receipt.ts"
import { submit, type Writer } from "./transaction.ts"

export interface DeployOptions extends WaitOptions {
  /** By transactions of the wallet's account alone, at addresses that depend on it and its nonce. */
  readonly plain?: boolean
  /** What is going on, for people. */
  readonly tell?: (text: string) => void
}

/**
 * Deploys the registries and checks what is there afterwards. By CREATE2 through the deterministic deployment proxy, so
 * that they have the same addresses on every chain and whoever comes second finds them; the proxy is made where it is
 * absent. Throws `session.unsupported` where the chain refuses the proxy's transaction: then only `plain` is left.
 */
export async function deployRegistries(writer: Writer, options: DeployOptions = {}): Promise<Deployment> {
  const deployment =
    options.plain === true ? await deployPlainly(writer, options) : await deployByProxy(writer, options)
  await checkDeployment(writer.client, deployment)
  return deployment
}

/**
 * The registries that anybody deployed by the proxy on the node's chain; undefined while one of the first two is missing.
 * The attestation registry may be missing besides, where they are from before there was one.
 */
export async function findRegistries(client: PublicClient): Promise<Deployment | undefined> {
  const { operatorRegistry, realmRegistry, attestationRegistry } = plannedRegistries()
  const addresses = [operatorRegistry.address, realmRegistry.address]
  for (const address of addresses) if ((await codeAt(client, address)) === undefined) return undefined
  const attests = (await codeAt(client, attestationRegistry.address)) !== undefined
  return {
    chainId: await chainIdOf(client),
    operatorRegistry: operatorRegistry.address,
    realmRegistry: realmRegistry.address,
    ...(attests ? { attestationRegistry: attestationRegistry.address } : {}),
    block: await blockOfCode(client, operatorRegistry.address),
  }
}

async function deployByProxy(writer: Writer, options: DeployOptions): Promise<Deployment> {
  const { client } = writer
  const { operatorRegistry, realmRegistry, attestationRegistry } = plannedRegistries()
  await makeProxy(writer, options)
  const block = await deployOnce(writer, operatorRegistry, options)
  await deployOnce(writer, realmRegistry, options)
  await deployOnce(writer, attestationRegistry, options)
  return {
    chainId: await chainIdOf(client),
    operatorRegistry: operatorRegistry.address,
    realmRegistry: realmRegistry.address,
    attestationRegistry: attestationRegistry.address,
    block: block ?? (await blockOfCode(client, operatorRegistry.address)),
  }
}

/** The block of the deployment; undefined when the contract was there already. */
async function deployOnce(writer: Writer, planned: Planned, options: DeployOptions): Promise<number | undefined> {
  const { name, address } = planned
  if ((await codeAt(writer.client, address)) !== undefined) return undefined
  options.tell?.(`deploying ${name} at ${address} …`)
  try {
    const { block } = await submit(
      writer,
      `deploying ${name}`,
      { to: CREATE2_PROXY, data: proxyInput(planned) },
      options,
    )
    return Number(block)
  } catch (error) {
    // Somebody else's may have come first: it is the same one.
    if ((await codeAt(writer.client, address)) !== undefined) return undefined
    throw error
  }
}

/** Makes the proxy where it is absent. Asked without money first: a chain that refuses it for good costs none. */
async function makeProxy(writer: Writer, options: DeployOptions): Promise<void> {
  const { client } = writer
  const found = await codeAt(client, CREATE2_PROXY)
  if (found !== undefined) {
    if (keccak256(found) === CREATE2_PROXY_CODE_HASH) return
    throw noProxy("another program is at its address")
  }
  options.tell?.(`the deterministic deployment proxy is absent: making it at ${CREATE2_PROXY} …`)
  try {
    const missing = CREATE2_PROXY_COST - (await client.getBalance({ address: CREATE2_PROXY_SENDER }))
    if (missing > 0n) {
      const refusal = await refusalOfProxy(client)
      if (refusal !== undefined && !/fund|balance/i.test(refusal)) throw noProxy(refusal)
      const what = "paying for the deployment proxy"
      await submit(writer, what, { to: CREATE2_PROXY_SENDER, value: missing }, options)
    }
    const refusal = await refusalOfProxy(client)
    if (refusal !== undefined) throw noProxy(refusal)
    const sent = { transaction: keccak256(CREATE2_PROXY_TRANSACTION), from: CREATE2_PROXY_SENDER, nonce: 0 }
    await waitUntilMined(client, sent, "making the deployment proxy", options)
  } catch (error) {
    throw chainError(error, "making the deployment proxy")
  }
  if ((await codeAt(client, CREATE2_PROXY)) === undefined) throw noProxy("its transaction ran out of gas on this chain")
}

/** Sends the proxy's transaction; why the node refused it, or undefined when it took it. */
async function refusalOfProxy(client: PublicClient): Promise<string | undefined> {
  try {
    await client.sendRawTransaction({ serializedTransaction: CREATE2_PROXY_TRANSACTION })
    return undefined
  } catch (error) {
    const coded = chainError(error, "making the deployment proxy")
    if (coded.code === "chain.unreachable") throw coded
    return error instanceof BaseError ? `${error.details} ${error.shortMessage}` : coded.message
  }
}

function noProxy(why: string): E2eeError {
  return new E2eeError(
    "session.unsupported",
    `this chain has no deterministic deployment proxy at ${CREATE2_PROXY}, and it cannot be made: ${why.trim()}; ` +
      "its transaction is from before EIP-155, which the node or chain may refuse; deploy with --plain (plain: true) " +
      "at addresses of your own, or have the chain's operator put the proxy there",
  )
}

async function deployPlainly(writer: Writer, options: DeployOptions): Promise<Deployment> {
  const operators = await create(writer, "OperatorRegistry", operatorRegistryBytecode, options)
  const realms = await create(writer, "RealmRegistry", realmRegistryInitCode(operators.address), options)
  const initCode = attestationRegistryInitCode(realms.address)
  const attestations = await create(writer, "AttestationRegistry", initCode, options)
  return {
    chainId: await chainIdOf(writer.client),
    operatorRegistry: operators.address,
    realmRegistry: realms.address,
    attestationRegistry: attestations.address,
    block: operators.block,
  }
}

async function create(writer: Writer, name: string, data: Hex, options: DeployOptions) {
  options.tell?.(`deploying ${name} …`)
  const what = `deploying ${name}`
  try {
    const { transaction, block } = await submit(writer, what, { data }, options)
    const { contractAddress } = await writer.client.getTransactionReceipt({ hash: transaction })
    const address = parseAddress(contractAddress?.toLowerCase() ?? "")
    if (address === undefined) throw new E2eeError("chain.bad_answer", `${what}: the receipt names no contract`)
    return { address, block: Number(block) }
  } catch (error) {
    throw chainError(error, what)
  }
}

async function codeAt(client: PublicClient, address: Address): Promise<Hex | undefined> {
  try {
    return await client.getCode({ address })
  } catch (error) {
    throw chainError(error, `reading the code at ${address}`)
  }
}

function chainIdOf(client: PublicClient): Promise<number> {
  return client.getChainId().catch((error: unknown) => {
    throw chainError(error, "reading the chain id")
  })
}

/** The first block that has the code, by halving; 0, from which every event is found as well, where the node forgot old states. */
async function blockOfCode(client: PublicClient, address: Address): Promise<number> {
  try {
    let [before, first] = [0n, await client.getBlockNumber()]
    while (first - before > 1n) {
      const middle = (before + first) / 2n
      if ((await client.getCode({ address, blockNumber: middle })) === undefined) before = middle
      else first = middle
    }
    return Number(first)
  } catch {
    return 0
  }
}
