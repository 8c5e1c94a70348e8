import type { Account, Chain, PublicClient, Transport, WalletClient } from "viem"
import type { AuthorityCertificate, SignedCertificate } from "../certificate/types.ts"
import { parseAddress, type Address } from "../core/address.ts"
import type { Hex } from "../core/bytes.ts"
import { E2eeError } from "../core/errors.ts"
import { checkDeployment, type Deployment } from "./deployment.ts"
import { chainError } from "./errors.ts"
import { operatorRegistryAbi, operatorRegistryBytecode } from "./generated/OperatorRegistry.ts"
import { realmRegistryAbi, realmRegistryBytecode } from "./generated/RealmRegistry.ts"

export type Wallet = WalletClient<Transport, Chain | undefined, Account>

/** The chain as one who writes sees it: a client to read, a wallet to sign and send. */
export interface Writer {
  readonly client: PublicClient
  readonly wallet: Wallet
}

export interface Receipt {
  readonly transaction: Hex
  readonly block: bigint
  readonly gas: bigint
}

export const POLICIES = { open: 1, permitted: 2, private: 3 } as const
export const OPERATOR_STATUS = ["unknown", "active", "retired", "revoked"] as const
const NO_PROFILE: Hex = `0x${"00".repeat(32)}`

/** Deploys both registries and checks what is there afterwards. */
export async function deployRegistries(writer: Writer): Promise<Deployment> {
  const create = async (
    what: string,
    abi: unknown,
    bytecode: Hex,
    args: readonly unknown[],
  ): Promise<{ address: Address; block: bigint }> => {
    try {
      const hash = await writer.wallet.deployContract({ abi, bytecode, args, chain: null } as never)
      const receipt = await writer.client.waitForTransactionReceipt({ hash })
      const address = parseAddress(receipt.contractAddress?.toLowerCase() ?? "")
      if (receipt.status !== "success" || address === undefined)
        throw new E2eeError("chain.reverted", `${what}: the deployment failed`)
      return { address, block: receipt.blockNumber }
    } catch (error) {
      throw chainError(error, what)
    }
  }
  const operators = await create("deploying OperatorRegistry", operatorRegistryAbi, operatorRegistryBytecode, [])
  const realms = await create("deploying RealmRegistry", realmRegistryAbi, realmRegistryBytecode, [operators.address])
  const chainId = await writer.client.getChainId()
  const deployment = {
    chainId,
    operatorRegistry: operators.address,
    realmRegistry: realms.address,
    block: Number(operators.block),
  }
  await checkDeployment(writer.client, deployment)
  return deployment
}

/** Enrols the wallet's account as an operator CA under a controller (by default itself): sending it proves possession. */
export function enrollOperator(writer: Writer, deployment: Deployment, controller: Address): Promise<Receipt> {
  return send(writer, "enrolling the operator", {
    address: deployment.operatorRegistry,
    abi: operatorRegistryAbi,
    functionName: "enroll",
    args: [controller, NO_PROFILE, ""],
  })
}

export async function showOperator(client: PublicClient, deployment: Deployment, ca: Address) {
  const operator = await read(`reading operator ${ca}`, () =>
    client.readContract({
      address: deployment.operatorRegistry,
      abi: operatorRegistryAbi,
      functionName: "operatorOf",
      args: [ca],
    }),
  )
  return {
    ca,
    controller: operator.controller,
    status: OPERATOR_STATUS[operator.status] ?? "unknown",
    epoch: operator.epoch,
  }
}

/** The address that a realm of this creator and salt (32 bytes) will have: its root certificate must name it. */
export function realmAddress(
  client: PublicClient,
  deployment: Deployment,
  creator: Address,
  salt: Hex,
): Promise<Address> {
  return read("computing the realm's address", async () => {
    const address = await client.readContract({
      address: deployment.realmRegistry,
      abi: realmRegistryAbi,
      functionName: "realmAddress",
      args: [creator, salt],
    })
    return parseAddress(address.toLowerCase()) as Address
  })
}

/** Creates a realm with its self-signed root certificate; the wallet's account becomes its owner. */
export function createRealm(
  writer: Writer,
  deployment: Deployment,
  options: {
    readonly salt: Hex
    readonly policy: keyof typeof POLICIES
    readonly root: SignedCertificate<AuthorityCertificate>
  },
): Promise<Receipt> {
  const { issuer, validFrom, capabilities, meta } = options.root.certificate
  const certificate = { root: issuer, validFrom, capabilities, meta }
  const args = [options.salt, POLICIES[options.policy], certificate, options.root.signature] as const
  return send(writer, "creating the realm", {
    address: deployment.realmRegistry,
    abi: realmRegistryAbi,
    functionName: "createRealm",
    args,
  })
}

export async function showRealm(client: PublicClient, deployment: Deployment, realm: Address) {
  const found = await read(`reading realm ${realm}`, () =>
    client.readContract({
      address: deployment.realmRegistry,
      abi: realmRegistryAbi,
      functionName: "realmOf",
      args: [realm],
    }),
  )
  if (found.policy === 0)
    throw new E2eeError(
      "trust.unknown_realm",
      `realm ${realm} does not exist at ${deployment.realmRegistry}; create it first`,
    )
  const policy = (Object.keys(POLICIES) as (keyof typeof POLICIES)[]).find((name) => POLICIES[name] === found.policy)
  return { realm, policy, owner: found.owner, root: found.root.issuer, sequence: found.sequence }
}

/** Admits an operator by the root's certificate for its CA. Sent by the CA itself it is accepted at once. */
export function admitOperator(
  writer: Writer,
  deployment: Deployment,
  signed: SignedCertificate<AuthorityCertificate>,
): Promise<Receipt> {
  const args = [withoutKind(signed.certificate), signed.signature, "0x"] as const
  return send(writer, "admitting the operator", {
    address: deployment.realmRegistry,
    abi: realmRegistryAbi,
    functionName: "admit",
    args,
  })
}

/** The operator's side of an admission that somebody else sent. */
export function acceptAdmission(
  writer: Writer,
  deployment: Deployment,
  signed: SignedCertificate<AuthorityCertificate>,
): Promise<Receipt> {
  const { realm, subject } = signed.certificate
  return send(writer, "accepting the admission", {
    address: deployment.realmRegistry,
    abi: realmRegistryAbi,
    functionName: "accept",
    args: [realm, subject, signed.digest],
  })
}

/** Revokes a certificate of `subject` by its digest, for ever. The wallet's account is its issuer, or above it. */
export function revokeCertificate(
  writer: Writer,
  deployment: Deployment,
  options: { readonly realm: Address; readonly subject: Address; readonly digest: Hex; readonly reason?: number },
): Promise<Receipt> {
  const args = [options.realm, options.subject, options.digest, options.reason ?? 0] as const
  return send(writer, "revoking the certificate", {
    address: deployment.realmRegistry,
    abi: realmRegistryAbi,
    functionName: "revoke",
    args,
  })
}

/** Simulates, sends, waits for the receipt: a refusal costs nothing and comes back by its name. */
async function send(
  writer: Writer,
  what: string,
  call: { address: Address; abi: unknown; functionName: string; args: readonly unknown[] },
): Promise<Receipt> {
  try {
    await writer.client.simulateContract({ ...call, account: writer.wallet.account } as never)
    const transaction = await writer.wallet.writeContract({ ...call, chain: null } as never)
    const receipt = await writer.client.waitForTransactionReceipt({ hash: transaction })
    if (receipt.status !== "success")
      throw new E2eeError(
        "chain.reverted",
        `${what}: transaction ${transaction} was reverted in block ${receipt.blockNumber}`,
      )
    return { transaction, block: receipt.blockNumber, gas: receipt.gasUsed }
  } catch (error) {
    throw chainError(error, what)
  }
}

async function read<T>(what: string, query: () => Promise<T>): Promise<T> {
  try {
    return await query()
  } catch (error) {
    throw chainError(error, what)
  }
}

function withoutKind({ kind: _kind, ...fields }: AuthorityCertificate): Omit<AuthorityCertificate, "kind"> {
  return fields
}
