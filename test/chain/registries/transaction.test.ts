import assert from "node:assert/strict"
import {
  createTestClient,
  custom,
  HttpRequestError,
  keccak256,
  type EIP1193RequestFn,
  type Hex,
  type Transport,
} from "viem"
import { hardhat } from "viem/chains"
import { addressOfKey } from "../../../src/certificate/signature.ts"
import {
  developmentKey,
  readerOf,
  startEmbeddedChain,
  writerOf,
  type EmbeddedChain,
} from "../../../src/chain/embedded.ts"
import {
  calldataOf,
  deployRegistries,
  operators,
  send,
  type Deployment,
  type Progress,
  type Writer,
} from "../../../src/chain/index.ts"
import { E2eeError } from "../../../src/core/errors.ts"

const ca = addressOfKey(developmentKey(1))

const testClientOf = (transport: Transport) => createTestClient({ chain: hardhat, mode: "hardhat", transport })

describe("sending a call", () => {
  let chain: EmbeddedChain
  let deployment: Deployment
  let writer: Writer
  let test: ReturnType<typeof testClientOf>

  beforeEach(async () => {
    chain = await startEmbeddedChain()
    deployment = await deployRegistries(writerOf(chain.transport, developmentKey(0)))
    writer = writerOf(chain.transport, developmentKey(1))
    test = testClientOf(chain.transport)
  })
  afterEach(() => chain.close())

  const enroll = () => operators.enroll(deployment, { controller: ca })
  const count = () => writer.client.getTransactionCount({ address: ca, blockTag: "pending" })
  const failure = (sending: Promise<unknown>): Promise<E2eeError> =>
    sending.then(
      () => assert.fail("nothing was refused"),
      (error: unknown) => (error instanceof E2eeError ? error : assert.fail(String(error))),
    )

  it("tells what happens and gives the receipt", async () => {
    const news: Progress[] = []
    const receipt = await send(writer, enroll(), { progress: (progress) => news.push(progress) })
    const { transaction } = receipt
    assert.deepEqual(news, [
      { state: "sent", transaction },
      { state: "mined", transaction, block: receipt.block, confirmations: 1 },
    ])
    assert.equal((await operators.operatorOf(writer.client, deployment, ca)).status, "active")
  })

  it("sends nothing that the registry refuses, and says the refusal by name, values and advice", async () => {
    await send(writer, enroll())
    const before = await count()
    const { code, message } = await failure(send(writer, enroll()))
    assert.equal(code, "chain.reverted")
    assert.match(message, new RegExp(`OperatorExists\\(ca ${ca}\\); it is enrolled already`))
    assert.equal(await count(), before)
  })

  it("names the transaction when the time is over", async () => {
    await test.setAutomine(false)
    const { code, message } = await failure(send(writer, enroll(), { timeoutMs: 50 }))
    assert.equal(code, "chain.pending")
    assert.match(message, /0x[0-9a-f]{64}.*not confirmed within 0\.05 s; the node still has it/)
  })

  it("names the transaction when the caller stops waiting, and sends nothing when it stopped before", async () => {
    await test.setAutomine(false)
    const controller = new AbortController()
    const progress = ({ state }: Progress) => state === "waiting" && controller.abort()
    const pending = await failure(send(writer, enroll(), { progress, signal: controller.signal }))
    assert.equal(pending.code, "chain.pending")
    assert.match(pending.message, /0x[0-9a-f]{64}.*cancelled/)
    const before = await count()
    const cancelled = await failure(send(writer, enroll(), { signal: controller.signal }))
    assert.equal(cancelled.code, "session.cancelled")
    assert.equal(await count(), before)
  })

  it("says when another transaction took the place", async () => {
    await test.setAutomine(false)
    const progress = async ({ state }: Progress) => {
      if (state !== "waiting") return
      await writer.wallet.sendTransaction({
        to: ca,
        nonce: 0,
        maxFeePerGas: 10n ** 11n,
        maxPriorityFeePerGas: 10n ** 10n,
        chain: null,
      })
      await test.mine({ blocks: 1 })
    }
    const { code, message } = await failure(send(writer, enroll(), { progress: (news) => void progress(news) }))
    assert.equal(code, "chain.replaced")
    assert.match(message, /0x[0-9a-f]{64}/)
  })

  it("says when the node dropped it", async () => {
    await test.setAutomine(false)
    const progress = ({ state, transaction }: Progress) => {
      if (state === "waiting") void test.dropTransaction({ hash: transaction })
    }
    const { code, message } = await failure(send(writer, enroll(), { progress, timeoutMs: 300 }))
    assert.equal(code, "chain.pending")
    assert.match(message, /dropped/)
  })

  it("waits for as many confirmations as wanted", async () => {
    const news: Progress[] = []
    const progress = (one: Progress) => {
      news.push(one)
      if (one.state === "mined" && one.confirmations < 3) void test.mine({ blocks: 1 })
    }
    await send(writer, enroll(), { confirmations: 3, progress })
    assert.deepEqual(
      news.flatMap((one) => (one.state === "mined" ? [one.confirmations] : [])),
      [1, 2, 3],
    )
  })

  it("knows the hash of what it sent even when the node's answer is lost", async () => {
    let sent: Hex | undefined
    const node = chain.transport({}).request as EIP1193RequestFn
    const request = async (call: { method: string; params?: unknown }): Promise<unknown> => {
      if (call.method !== "eth_sendRawTransaction") return node(call as never)
      const [serialized] = call.params as [Hex]
      sent = keccak256(serialized)
      throw new HttpRequestError({ url: "http://127.0.0.1:1", details: "the connection was lost" })
    }
    const lossy = writerOf(custom({ request }, { retryCount: 0 }), developmentKey(1))
    const { code, message } = await failure(send(lossy, enroll()))
    assert.equal(code, "chain.pending")
    assert.ok(sent !== undefined && message.includes(sent), message)
  })

  it("goes on waiting while the node fails to answer", async () => {
    let failures = 2
    const node = chain.transport({}).request as EIP1193RequestFn
    const request = async (call: { method: string; params?: unknown }): Promise<unknown> => {
      if (call.method !== "eth_getTransactionReceipt" || failures-- <= 0) return node(call as never)
      throw new HttpRequestError({ url: "http://127.0.0.1:1" })
    }
    await send(writerOf(custom({ request }, { retryCount: 0 }), developmentKey(1)), enroll())
    assert.equal(failures, -1)
  })

  it("needs money and a node", async () => {
    const poor = developmentKey(30)
    const broke = await failure(
      send(writerOf(chain.transport, poor), operators.enroll(deployment, { controller: addressOfKey(poor) })),
    )
    assert.equal(broke.code, "chain.funds")
    assert.ok(broke.message.includes(`account ${addressOfKey(poor)} cannot pay`), broke.message)
    const request = async (): Promise<unknown> => {
      throw new HttpRequestError({ url: "http://127.0.0.1:1" })
    }
    const nowhere = await failure(send(writerOf(custom({ request }, { retryCount: 0 }), poor), enroll()))
    assert.equal(nowhere.code, "chain.unreachable")
  })

  it("gives a contract wallet what to execute, and says which number is out of range", async () => {
    const { to, data, value } = calldataOf(enroll())
    const hash = await writer.wallet.sendTransaction({ to, data, value: BigInt(value), chain: null })
    assert.equal((await readerOf(chain.transport).getTransactionReceipt({ hash })).status, "success")
    assert.equal((await operators.operatorOf(writer.client, deployment, ca)).status, "active")
    assert.throws(() => calldataOf(operators.revoke(deployment, ca, 256)), { code: "usage.invalid" })
  })
})
