import assert from "node:assert/strict"
import * as fc from "fast-check"
import { readerOf, startEmbeddedChain } from "../../../src/chain/embedded.ts"
import { headerOf } from "../../../src/chain/trust/header.ts"
import { isE2eeError } from "../../../src/core/errors.ts"
import { refuses } from "../../arbitrary.ts"

const zeros = (bytes: number): string => `0x${"00".repeat(bytes)}`
const EMPTY_TRIE = "0x56e81f171bcc55a6ff8345e692c0f86e5b48e01b996cadc001622fb5e363b421"

/** Ethereum's genesis block, public knowledge (for example go-ethereum's params.MainnetGenesisHash). */
const GENESIS = {
  hash: "0xd4e56740f876aef8c010b86a40d5f56745a118d0906a34e69aec8c0db1cb8fa3",
  parentHash: zeros(32),
  sha3Uncles: "0x1dcc4de8dec75d7aab85b567b6ccd41ad312451b948a7413f0a142fd40d49347",
  miner: zeros(20),
  stateRoot: "0xd7f8974fb5ac78d9ac099b9ad5018bedc2ce0a72dad1827a1709da30580f0544",
  transactionsRoot: EMPTY_TRIE,
  receiptsRoot: EMPTY_TRIE,
  logsBloom: zeros(256),
  difficulty: "0x400000000",
  number: "0x0",
  gasLimit: "0x1388",
  gasUsed: "0x0",
  timestamp: "0x0",
  extraData: "0x11bbe8db4e347b4e8c937c1c8370e4b5ed33adb3db69cbdb7a38e1e50b1b82fa",
  mixHash: zeros(32),
  nonce: "0x0000000000000042",
}

describe("a block's header", () => {
  it("gives the hash of Ethereum's first block", () => {
    const { hash, number, timestamp, stateRoot } = headerOf(GENESIS)
    assert.deepEqual([hash, number, timestamp, stateRoot], [GENESIS.hash, 0n, 0n, GENESIS.stateRoot])
  })

  it("gives the hash of blocks with the fields of all upgrades", async () => {
    const chain = await startEmbeddedChain()
    const block = await readerOf(chain.transport).request({ method: "eth_getBlockByNumber", params: ["latest", false] })
    assert.equal(headerOf(block).hash, block?.hash)
    await chain.close()
  })

  for (const [field, value] of [
    ["stateRoot", zeros(32)],
    ["timestamp", "0x1"],
    ["number", "0x1"],
    ["extraData", "0x"],
    ["baseFeePerGas", "0x1"],
    ["hash", zeros(32)],
    ["hash", undefined],
  ] as const) {
    it(`refuses another ${field} (${String(value).slice(0, 6)}) under its hash`, () =>
      refuses(() => headerOf({ ...GENESIS, [field]: value }), "chain.bad_proof"))
  }

  for (const [what, block] of [
    ["null", null],
    ["no object", "0x"],
    ["a missing field", { ...GENESIS, miner: undefined }],
    ["a root of 31 bytes", { ...GENESIS, stateRoot: zeros(31) }],
    ["a number that is none", { ...GENESIS, number: "latest" }],
    ["a number as a number", { ...GENESIS, number: 0 }],
    ["half bytes", { ...GENESIS, extraData: "0x1" }],
    ["extra data without end", { ...GENESIS, extraData: zeros(2_000) }],
    ["an upgrade's second field without its first", { ...GENESIS, withdrawalsRoot: EMPTY_TRIE }],
  ] as const) {
    it(`refuses ${what}`, () => refuses(() => headerOf(block), "chain.bad_answer"))
  }

  it("refuses anything else with a code", () => {
    fc.assert(
      fc.property(fc.dictionary(fc.constantFrom(...Object.keys(GENESIS)), fc.anything()), (changes) => {
        try {
          assert.equal(headerOf({ ...GENESIS, ...changes }).hash, GENESIS.hash)
        } catch (error) {
          assert.ok(isE2eeError(error), String(error))
        }
      }),
    )
  })
})
