import assert from "node:assert/strict"
import { readFileSync } from "node:fs"
import {
  createTestClient,
  custom,
  getContractAddress,
  keccak256,
  parseTransaction,
  recoverTransactionAddress,
  type EIP1193RequestFn,
} from "viem"
import { hardhat } from "viem/chains"
import { addressOfKey } from "../../../src/certificate/signature.ts"
import {
  CREATE2_PROXY,
  CREATE2_PROXY_CODE_HASH,
  CREATE2_PROXY_COST,
  CREATE2_PROXY_SENDER,
  CREATE2_PROXY_TRANSACTION,
  plannedRegistries,
  proxyInput,
  REGISTRY_SALT,
} from "../../../src/chain/registries/create2.ts"
import {
  developmentKey,
  readerOf,
  startEmbeddedChain,
  writerOf,
  type EmbeddedChain,
} from "../../../src/chain/embedded.ts"
import {
  checkDeployment,
  deployRegistries,
  findRegistries,
  operators,
  parseDeployment,
  realms,
  send,
} from "../../../src/chain/index.ts"

describe("deployment", () => {
  let chain: EmbeddedChain
  beforeEach(async () => (chain = await startEmbeddedChain()))
  afterEach(() => chain.close())

  const writer = (index: number) => writerOf(chain.transport, developmentKey(index))
  const testClient = () => createTestClient({ chain: hardhat, mode: "hardhat", transport: chain.transport })

  it("has addresses that are known in advance and the same for everybody", async () => {
    const { operatorRegistry, realmRegistry, attestationRegistry } = plannedRegistries()
    assert.equal(await findRegistries(readerOf(chain.transport)), undefined)
    const first = await deployRegistries(writer(0))
    assert.equal(first.operatorRegistry, operatorRegistry.address)
    assert.equal(first.realmRegistry, realmRegistry.address)
    assert.equal(first.attestationRegistry, attestationRegistry.address)

    await testClient().mine({ blocks: 7 })
    const before = await writer(1).client.getBlockNumber()
    assert.deepEqual(await deployRegistries(writer(1)), first)
    assert.deepEqual(await findRegistries(readerOf(chain.transport)), first)
    assert.equal(await writer(1).client.getBlockNumber(), before, "the second deployment sent a transaction")
  })

  it("completes what somebody else left half done", async () => {
    const { operatorRegistry } = plannedRegistries()
    await writer(0).wallet.sendTransaction({ to: CREATE2_PROXY_SENDER, value: CREATE2_PROXY_COST, chain: null })
    await writer(0).client.sendRawTransaction({ serializedTransaction: CREATE2_PROXY_TRANSACTION })
    await writer(0).wallet.sendTransaction({ to: CREATE2_PROXY, data: proxyInput(operatorRegistry), chain: null })
    const block = Number(await writer(0).client.getBlockNumber())
    await testClient().mine({ blocks: 5 })
    assert.equal(await findRegistries(readerOf(chain.transport)), undefined)
    assert.equal((await deployRegistries(writer(2))).block, block)
  })

  it("finds registries from before there was one of attestation, and adds it", async () => {
    const { operatorRegistry, realmRegistry, attestationRegistry } = plannedRegistries()
    await writer(0).wallet.sendTransaction({ to: CREATE2_PROXY_SENDER, value: CREATE2_PROXY_COST, chain: null })
    await writer(0).client.sendRawTransaction({ serializedTransaction: CREATE2_PROXY_TRANSACTION })
    for (const planned of [operatorRegistry, realmRegistry])
      await writer(0).wallet.sendTransaction({ to: CREATE2_PROXY, data: proxyInput(planned), chain: null })
    const found = await findRegistries(readerOf(chain.transport))
    assert.ok(found)
    assert.deepEqual([found.realmRegistry, found.attestationRegistry], [realmRegistry.address, undefined])
    await checkDeployment(readerOf(chain.transport), found)
    const whole = await deployRegistries(writer(1))
    assert.deepEqual(whole, { ...found, attestationRegistry: attestationRegistry.address })
    assert.deepEqual(await findRegistries(readerOf(chain.transport)), whole)
  })

  it("reads files from before there was one of attestation, and refuses one that is no address", () => {
    const file = { chainId: 1, operatorRegistry: CREATE2_PROXY, realmRegistry: CREATE2_PROXY, block: 7 }
    assert.deepEqual(parseDeployment(JSON.stringify(file)), file)
    const whole = { ...file, attestationRegistry: CREATE2_PROXY }
    assert.deepEqual(parseDeployment(JSON.stringify(whole)), whole)
    for (const attestationRegistry of ["0x12", 5, null, ""]) {
      assert.throws(() => parseDeployment(JSON.stringify({ ...file, attestationRegistry })), { code: "usage.invalid" })
    }
  })

  it("works in a plain way as well, at addresses of its own", async () => {
    const plain = await deployRegistries(writer(0), { plain: true })
    const byProxy = await deployRegistries(writer(0))
    assert.notEqual(plain.operatorRegistry, byProxy.operatorRegistry)
    assert.equal(plain.operatorRegistry, getContractAddress({ from: addressOfKey(developmentKey(0)), nonce: 0n }))
    const ca = addressOfKey(developmentKey(1))
    await send(writer(1), operators.enroll(plain, { controller: ca }))
    assert.equal((await operators.operatorOf(writer(1).client, plain, ca)).status, "active")
    const salt = `0x${"07".repeat(32)}` as const
    assert.notEqual(
      await realms.realmAddress(writer(1).client, plain, ca, salt),
      await realms.realmAddress(writer(1).client, byProxy, ca, salt),
    )
  })

  it("uses the proxy that everybody knows, made by nobody's key", async () => {
    assert.equal(
      await recoverTransactionAddress({ serializedTransaction: CREATE2_PROXY_TRANSACTION as never }),
      CREATE2_PROXY_SENDER,
    )
    assert.equal(getContractAddress({ from: CREATE2_PROXY_SENDER, nonce: 0n }), CREATE2_PROXY)
    const { gas = 0n, gasPrice = 0n, chainId } = parseTransaction(CREATE2_PROXY_TRANSACTION)
    assert.equal(gas * gasPrice, CREATE2_PROXY_COST)
    assert.equal(chainId, undefined)
    await deployRegistries(writer(0))
    const code = await writer(0).client.getCode({ address: CREATE2_PROXY })
    assert.equal(keccak256(code ?? "0x"), CREATE2_PROXY_CODE_HASH)
  })

  it("says that a chain refuses the proxy's transaction, and spends nothing on it", async () => {
    const node = chain.transport({}).request as EIP1193RequestFn
    const request = async (call: { method: string; params?: unknown }): Promise<unknown> => {
      if (call.method === "eth_sendRawTransaction" && (call.params as string[])[0] === CREATE2_PROXY_TRANSACTION)
        throw new Error("only replay-protected (EIP-155) transactions allowed over RPC")
      return node(call as never)
    }
    const strict = writerOf(custom({ request }, { retryCount: 0 }), developmentKey(0))
    await assert.rejects(deployRegistries(strict), (error: { code: string; message: string }) => {
      assert.equal(error.code, "session.unsupported")
      assert.match(error.message, /only replay-protected.*--plain/)
      return true
    })
    assert.equal(await strict.client.getBalance({ address: CREATE2_PROXY_SENDER }), 0n)
    await deployRegistries(strict, { plain: true })
  })

  it("refuses another program at the proxy's address, and another at a registry's", async () => {
    await testClient().setCode({ address: CREATE2_PROXY, bytecode: "0x5f5ffd" })
    await assert.rejects(deployRegistries(writer(0)), { code: "session.unsupported" })
    await testClient().setCode({ address: CREATE2_PROXY, bytecode: "0x" })
    await deployRegistries(writer(0))
    for (const { address } of Object.values(plannedRegistries())) {
      const code = (await writer(0).client.getCode({ address })) ?? "0x"
      await testClient().setCode({ address, bytecode: "0x5f5ffd" })
      await assert.rejects(deployRegistries(writer(0)), { code: "chain.wrong_code" })
      await testClient().setCode({ address, bytecode: code })
    }
    await deployRegistries(writer(0))
  })

  it("is documented with the addresses and hashes of this version", () => {
    const page = readFileSync(new URL("../../../docs/contracts.md", import.meta.url), "utf8")
    for (const { name, address, initCodeHash } of Object.values(plannedRegistries())) {
      assert.ok(page.includes(address), `docs/contracts.md, "Deployment": ${name} is at ${address} now`)
      assert.ok(
        page.includes(initCodeHash),
        `docs/contracts.md, "Deployment": ${name}'s init code hashes to ${initCodeHash}`,
      )
    }
    assert.ok(page.includes(REGISTRY_SALT))
  })
})
