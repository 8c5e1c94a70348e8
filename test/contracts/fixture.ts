import assert from "node:assert/strict"
import { pbkdf2Sync } from "node:crypto"
import { artifacts, globalOptions, network } from "hardhat"
import {
  BaseError,
  ContractFunctionRevertedError,
  createPublicClient,
  createTestClient,
  createWalletClient,
  custom,
  getContract,
  type Address,
  type EIP1193Provider,
  type Hex,
} from "viem"
import { HDKey, hdKeyToAccount, type HDAccount } from "viem/accounts"
import { hardhat } from "viem/chains"
import { operatorRegistryAbi, operatorRegistryBytecode } from "../../src/chain/generated/OperatorRegistry.ts"
import { realmRegistryAbi, realmRegistryBytecode } from "../../src/chain/generated/RealmRegistry.ts"

const DEVELOPMENT_PHRASE = "test test test test test test test test test test test junk"
/** BIP-39's seed of the phrase, made once: it takes 2,048 hashes. */
const MASTER = HDKey.fromMasterSeed(pbkdf2Sync(DEVELOPMENT_PHRASE, "mnemonic", 2048, 64, "sha512"))

export const ZERO: Address = "0x0000000000000000000000000000000000000000"
export const ZERO32: Hex = `0x${"00".repeat(32)}`
export const NO_END = 2 ** 40 - 1
export const DAY = 86_400
export const POLICY = { none: 0, open: 1, permitted: 2, private: 3 } as const
export const CAP = {
  root: 1n,
  intermediate: 2n,
  publicRelay: 4n,
  privateRelay: 8n,
  gateway: 16n,
  exchange: 32n,
  provider: 64n,
  consumer: 128n,
} as const
export const ALL_CAPS = 255n

export interface AuthorityMessage {
  chainId: bigint
  verifyingContract: Address
  validFrom: bigint
  issuer: Address
  subject: Address
  realm: Address
  capabilities: bigint
  meta: string
}

export interface DelegateMessage {
  chainId: bigint
  verifyingContract: Address
  validFrom: bigint
  delegate: Address
  csPubKey: Hex
  bootedAt: bigint
  meta: string
}

export const DOMAIN = { name: "WMP", version: "1" } as const
export const TYPES = {
  EIP712AuthorityCertificate: [
    { name: "chainId", type: "uint256" },
    { name: "verifyingContract", type: "address" },
    { name: "validFrom", type: "uint256" },
    { name: "issuer", type: "address" },
    { name: "subject", type: "address" },
    { name: "realm", type: "address" },
    { name: "capabilities", type: "uint64" },
    { name: "meta", type: "string" },
  ],
  EIP712DelegateCertificate: [
    { name: "chainId", type: "uint256" },
    { name: "verifyingContract", type: "address" },
    { name: "validFrom", type: "uint256" },
    { name: "delegate", type: "address" },
    { name: "csPubKey", type: "bytes32" },
    { name: "bootedAt", type: "uint64" },
    { name: "meta", type: "string" },
  ],
} as const

/** Account `index` of the development chain: a key and, for the first twenty, money. */
export function account(index: number): HDAccount {
  return hdKeyToAccount(MASTER, { addressIndex: index })
}

/** True while coverage is measured, which is done on instrumented code of another size and hash. */
export const isInstrumented = globalOptions.coverage

/** Code to be tested in place of the contracts' own: a mutant's, see scripts/mutation. */
export const instead: { code?: Readonly<Record<string, Hex>> } = {}

export async function codeOf(name: string, generated: Hex): Promise<Hex> {
  const other = instead.code?.[name]
  if (other) return other
  return isInstrumented ? ((await artifacts.readArtifact(name)).bytecode as Hex) : generated
}

/** How a node is asked, whichever it is. */
export interface Provider {
  request(asked: { readonly method: string; readonly params?: readonly unknown[] }): Promise<unknown>
}

async function inThisProcess(): Promise<Provider> {
  const { provider } = await network.create(instead.code ? { override: { allowUnlimitedContractSize: true } } : {})
  return provider as unknown as Provider
}

/** Both registries on a chain, a fresh one in this process by default, and typed access to them; accounts 0..19 have money. */
export async function deploy(given?: Provider) {
  const provider = given ?? (await inThisProcess())
  const transport = custom(provider as EIP1193Provider, { retryCount: 0 })
  const at =
    given === undefined ? hardhat : { ...hardhat, id: Number(await provider.request({ method: "eth_chainId" })) }
  const chain = createPublicClient({ chain: at, transport, cacheTime: 0, pollingInterval: 5 })
  const test = createTestClient({ chain: at, mode: "hardhat", transport })
  const wallet = (from: HDAccount) => createWalletClient({ account: from, chain: at, transport })
  const receiptOf = (hash: Hex) =>
    given === undefined ? chain.getTransactionReceipt({ hash }) : chain.waitForTransactionReceipt({ hash })
  const sender = account(0)

  async function create(abi: readonly unknown[], bytecode: Hex, args: readonly unknown[]): Promise<Address> {
    const hash = await wallet(sender).deployContract({ abi, bytecode, args } as never)
    const { contractAddress } = await receiptOf(hash)
    if (!contractAddress) throw new Error("no contract was created")
    return contractAddress
  }

  const operatorsAt = await create(operatorRegistryAbi, await codeOf("OperatorRegistry", operatorRegistryBytecode), [])
  const realmsAt = await create(realmRegistryAbi, await codeOf("RealmRegistry", realmRegistryBytecode), [operatorsAt])
  const client = { public: chain, wallet: wallet(sender) }
  const operators = getContract({ address: operatorsAt, abi: operatorRegistryAbi, client })
  const realms = getContract({ address: realmsAt, abi: realmRegistryAbi, client })
  const chainId = BigInt(await chain.getChainId())

  /** Sends one call and waits for its receipt; a refusal throws viem's error with the decoded revert. */
  async function send(
    registry: "operators" | "realms",
    from: HDAccount,
    functionName: string,
    args: readonly unknown[],
  ) {
    const target =
      registry === "operators"
        ? { address: operatorsAt, abi: operatorRegistryAbi }
        : { address: realmsAt, abi: realmRegistryAbi }
    const call = { ...target, functionName, args, account: from } as never
    await chain.simulateContract(call)
    const hash = await wallet(from).writeContract(call)
    return receiptOf(hash)
  }

  function certificate(fields: Partial<AuthorityMessage> & Pick<AuthorityMessage, "issuer" | "subject" | "realm">) {
    return {
      chainId,
      verifyingContract: realmsAt,
      validFrom: 1n,
      capabilities: CAP.provider,
      meta: "",
      ...fields,
    } satisfies AuthorityMessage
  }

  return {
    provider,
    transport,
    chain,
    test,
    wallet,
    create,
    operators,
    realms,
    operatorsAt,
    realmsAt,
    chainId,
    send,
    certificate,
  }
}

export type Fixture = Awaited<ReturnType<typeof deploy>>

export function signAuthority(signer: HDAccount, message: AuthorityMessage): Promise<Hex> {
  return signer.signTypedData({ domain: DOMAIN, types: TYPES, primaryType: "EIP712AuthorityCertificate", message })
}

export function signDelegate(signer: HDAccount, message: DelegateMessage): Promise<Hex> {
  return signer.signTypedData({ domain: DOMAIN, types: TYPES, primaryType: "EIP712DelegateCertificate", message })
}

/** What a relayed request is signed with; `registry` names the contract as its domain does. */
export function signRequest(
  fixture: Fixture,
  registry: "OperatorRegistry" | "RealmRegistry",
  signer: HDAccount,
  type: string,
  message: Record<string, unknown>,
): Promise<Hex> {
  const [, primaryType = "", fields = ""] = /^(\w+)\((.*)\)$/.exec(type) ?? []
  const list = fields.split(",").map((field) => {
    const [fieldType = "", name = ""] = field.split(" ")
    return { name, type: fieldType }
  })
  const verifyingContract = registry === "OperatorRegistry" ? fixture.operatorsAt : fixture.realmsAt
  return signer.signTypedData({
    domain: { name: `WMP ${registry}`, version: "1", chainId: fixture.chainId, verifyingContract },
    types: { [primaryType]: list },
    primaryType,
    message,
  })
}

/** Creates a realm of `owner` whose root CA is `root`. */
export async function createRealm(
  fixture: Fixture,
  {
    owner,
    root,
    policy = POLICY.open,
    salt = ZERO32,
    validFrom = 1n,
    capabilities = ALL_CAPS,
    meta = "",
  }: {
    owner: HDAccount
    root: HDAccount
    policy?: number
    salt?: Hex
    validFrom?: bigint
    capabilities?: bigint
    meta?: string
  },
) {
  const realm = await fixture.realms.read.realmAddress([owner.address, salt])
  const message = fixture.certificate({
    issuer: root.address,
    subject: root.address,
    realm,
    validFrom,
    capabilities,
    meta,
  })
  const signature = await signAuthority(root, message)
  const receipt = await fixture.send("realms", owner, "createRealm", [
    salt,
    policy,
    { root: root.address, validFrom, capabilities, meta },
    signature,
  ])
  return { realm, receipt, message, signature }
}

/** Enrols `ca` as an operator under `controller`. */
export function enroll(fixture: Fixture, ca: HDAccount, controller: HDAccount = ca) {
  return fixture.send("operators", ca, "enroll", [
    controller.address,
    `0x${"ab".repeat(32)}`,
    "https://example.com/operator",
  ])
}

/** Admission from both sides in one transaction: the operator's CA sends what the root signed. */
export async function admit(
  fixture: Fixture,
  {
    realm,
    root,
    ca,
    validFrom = 1n,
    capabilities = CAP.intermediate | CAP.provider | CAP.consumer,
    meta = "",
  }: {
    realm: Address
    root: HDAccount
    ca: HDAccount
    validFrom?: bigint
    capabilities?: bigint
    meta?: string
  },
) {
  const message = fixture.certificate({
    issuer: root.address,
    subject: ca.address,
    realm,
    validFrom,
    capabilities,
    meta,
  })
  const signature = await signAuthority(root, message)
  const receipt = await fixture.send("realms", ca, "admit", [message, signature, "0x"])
  return { message, signature, receipt, digest: await fixture.realms.read.digestOf([message]) }
}

/** A signed authority certificate, ready to be anchored. */
export async function issue(
  fixture: Fixture,
  issuer: HDAccount,
  fields: Partial<AuthorityMessage> & Pick<AuthorityMessage, "subject" | "realm">,
) {
  const message = fixture.certificate({ issuer: issuer.address, ...fields })
  const signature = await signAuthority(issuer, message)
  return { message, signature, digest: await fixture.realms.read.digestOf([message]) }
}

/** Asserts that a call is refused with exactly this error of the contract and these arguments. */
export async function refuses(call: Promise<unknown>, errorName: string, args: readonly unknown[] = []): Promise<void> {
  const failure = await call.then(
    () => undefined,
    (error: unknown) => error,
  )
  assert.ok(failure !== undefined, `expected ${errorName}, but nothing was refused`)
  const revert =
    failure instanceof BaseError ? failure.walk((cause) => cause instanceof ContractFunctionRevertedError) : failure
  assert.ok(
    revert instanceof ContractFunctionRevertedError,
    `expected ${errorName}, got ${String(failure).slice(0, 400)}`,
  )
  assert.deepEqual([revert.data?.errorName, ...(revert.data?.args ?? [])], [errorName, ...args])
}

/** Seconds of the newest block. */
export async function now(fixture: Fixture): Promise<number> {
  return Number((await fixture.chain.getBlock()).timestamp)
}

/** Lets time pass: the next block is `seconds` later. */
export async function pass(fixture: Fixture, seconds: number): Promise<void> {
  await fixture.test.increaseTime({ seconds })
  await fixture.test.mine({ blocks: 1 })
}
