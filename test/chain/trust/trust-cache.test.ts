import assert from "node:assert/strict"
import type { RegistryStanding, RegistryTrust } from "../../../src/chain/trust/registry-trust.ts"
import type { Header } from "../../../src/chain/trust/header.ts"
import type { RegistryReader } from "../../../src/chain/trust/reader.ts"
import { TrustCache } from "../../../src/chain/trust/trust-cache.ts"
import type { Address } from "../../../src/core/address.ts"
import type { Hex } from "../../../src/core/bytes.ts"

const machine: Address = `0x${"11".repeat(20)}` as Address
const claims = [{ issuer: machine, subject: machine, digest: `0x${"22".repeat(32)}` as Hex }]
const block = (number: bigint): Header => ({
  number,
  hash: `0x${number.toString(16).padStart(64, "0")}`,
  stateRoot: `0x${"00".repeat(32)}`,
  timestamp: 1_000n + number,
})
const standing = (revoked: boolean): RegistryStanding => ({ revoked, epoch: 0n, operator: 0, admitted: false })
const read = (at: Header, revoked = false): RegistryTrust => ({
  block: at.number,
  timestamp: at.timestamp,
  roots: [],
  anchored: [],
  standings: [standing(revoked)],
})
const reader = (own: Partial<RegistryReader>): RegistryReader => ({
  check: () => Promise.resolve(),
  trust: (at) => Promise.resolve(read(at)),
  stamp: () => Promise.resolve(undefined),
  ...own,
})

describe("what is kept of the registries' word", () => {
  it("is of its own block when two blocks come at once: a revocation in the later one is seen", async () => {
    const cache = new TrustCache(
      reader({
        trust: (at) => Promise.resolve(read(at, at.number >= 3n)),
        stamp: ({ number }) => Promise.resolve(`state of ${number}`),
      }),
    )
    await cache.trust(block(1n), claims)
    const [, later] = await Promise.all([cache.trust(block(2n), claims), cache.trust(block(3n), claims)])
    assert.deepEqual(later.standings, [standing(true)])
    assert.deepEqual((await cache.trust(block(3n), claims)).standings, [standing(true)])
  })

  it("keeps the block that the contracts count, where a node counts others", async () => {
    const cache = new TrustCache(reader({ trust: (at) => Promise.resolve({ ...read(at), block: 7n }) }))
    for (let i = 0; i < 2; i++) assert.equal((await cache.trust(block(900n), claims)).block, 7n)
  })

  it("is read once while nothing changes, and again at the time from which it is otherwise", async () => {
    const asked: bigint[] = []
    const cache = new TrustCache(
      reader({
        trust: (at) => {
          asked.push(at.number)
          return Promise.resolve({ ...read(at), until: 1_003n })
        },
        stamp: () => Promise.resolve("same"),
      }),
    )
    for (const number of [1n, 1n, 2n, 3n]) {
      const { block: of, timestamp } = await cache.trust(block(number), claims)
      assert.deepEqual([of, timestamp], [number, 1_000n + number])
    }
    assert.deepEqual(asked, [1n, 3n])
  })

  it("forgets what could not be read, and what cannot be shown to be the same", async () => {
    let fails = true
    let asked = 0
    const cache = new TrustCache(
      reader({
        trust: async (at) => {
          asked++
          await new Promise(setImmediate)
          if (fails) throw new Error("down")
          return read(at)
        },
        stamp: () => Promise.reject(new Error("down")),
      }),
    )
    await assert.rejects(Promise.all([cache.trust(block(1n), claims), cache.trust(block(1n), claims)]))
    fails = false
    await cache.trust(block(1n), claims)
    await cache.trust(block(2n), claims)
    assert.equal(asked, 3)
  })
})
