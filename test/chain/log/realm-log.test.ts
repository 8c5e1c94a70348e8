import assert from "node:assert/strict"
import * as fc from "fast-check"
import { createPublicClient, custom, numberToHex, type Address, type Hex, type RpcLog } from "viem"
import { hardhat } from "viem/chains"
import { RealmLog, realmRegistryAbi, type RealmLogOptions } from "../../../src/chain/index.ts"
import { deploy, enroll, isInstrumented, type Fixture } from "../../contracts/fixture.ts"
import {
  aStep,
  assertAsInViews,
  cas,
  deploymentOf,
  FULL,
  owner,
  people,
  startHistory,
  STEPS,
  throughNode,
  type Step,
} from "./histories.ts"

type History = Awaited<ReturnType<typeof startHistory>>

// Coverage measures instrumented code, which is not the program that a deployment is checked for.
if (!isInstrumented) {
  describe("the log of a realm", function () {
    this.timeout(120_000)
    let fixture: Fixture
    let full: History
    let salts = 0

    before(async () => {
      fixture = await deploy()
      for (const ca of cas) await enroll(fixture, ca)
      full = await play(FULL)
    })

    async function play(steps: readonly Step[]): Promise<History> {
      const history = await startHistory(fixture, ++salts)
      for (const step of steps) await history.play(step)
      return history
    }
    const logOf = (realm: Address, options: Partial<RealmLogOptions> = {}) =>
      new RealmLog({ client: fixture.chain as never, deployment: deploymentOf(fixture), realm, ...options })
    const subjects = people.map(({ address }) => address)

    /** A log that was brought up to date bit by bit knows what a fresh one reads, and the registry shows the same. */
    async function assertRight(log: RealmLog, history: History): Promise<void> {
      const fresh = logOf(history.realm)
      await fresh.refresh()
      assert.deepEqual(log.entries, fresh.entries)
      assert.deepEqual(log.state, fresh.state)
      assert.deepEqual(log.block, fresh.block)
      if (log.state !== undefined) await assertAsInViews(fixture, log.state, subjects, history.digests)
    }

    it("rebuilds history and state, with every kind of event", async () => {
      const log = logOf(full.realm)
      const { block, added, removed } = await log.refresh()
      const declared = realmRegistryAbi.flatMap((item) => (item.type === "event" ? [item.name] : []))
      assert.deepEqual([...new Set(log.entries.map(({ eventName }) => eventName))].toSorted(), declared.toSorted())
      assert.deepEqual([added, removed], [log.entries.length, 0])
      assert.deepEqual(
        log.entries.map(({ sequence }) => sequence),
        log.entries.map((_, i) => i + 1),
      )
      const newest = await fixture.chain.getBlock()
      assert.deepEqual(block, { number: newest.number, hash: newest.hash })
      await assertRight(log, full)
    })

    it("agrees with the registry's views on random histories, read at random moments", async () => {
      const taken = new Set<string>()
      const run = fc.asyncProperty(fc.array(fc.tuple(aStep, fc.boolean()), { maxLength: 25 }), async (steps) => {
        const history = await play([
          ["admit", 0, 0],
          ["admit", 1, 0],
        ])
        const log = logOf(history.realm, { range: 7 })
        for (const [step, isRead] of steps) {
          const before = history.taken()
          await history.play(step)
          if (history.taken() > before) taken.add(step[0])
          if (isRead) await log.refresh()
        }
        const known = log.entries.length
        const { added, removed } = await log.refresh()
        assert.deepEqual([known + added, removed], [log.entries.length, 0])
        await assertRight(log, history)
      })
      await fc.assert(run, { numRuns: 25 })
      assert.ok(taken.size >= STEPS.length / 2, `only ${[...taken].join(", ")} came to pass`)
    })

    it("tells a realm that does not exist from one that is empty of secrets", async () => {
      const log = logOf(owner.address)
      assert.deepEqual(Object.values(await log.refresh()).slice(1), [0, 0])
      assert.equal(log.state, undefined)
      assert.throws(() => logOf("0x12"), { code: "usage.invalid" })
    })

    describe("from a node that lies", () => {
      /** Everything that a reading of the full history asks, answered from memory, but with these events. */
      async function recorded(): Promise<{
        events: readonly RpcLog[]
        read(events: readonly RpcLog[]): Promise<RealmLog>
      }> {
        const answers = new Map<string, unknown>()
        let given: readonly RpcLog[] = []
        const key = ({ method, params }: { method: string; params?: unknown }) => JSON.stringify([method, params])
        const recording = throughNode(fixture, async (request, next) => {
          const answer = await next()
          answers.set(key(request), answer)
          if (request.method === "eth_getLogs") given = answer as RpcLog[]
          return answer
        })
        await logOf(full.realm, { client: recording as never, keep: 1_000_000 }).refresh()
        const events = given
        const request = async (asked: { method: string; params?: unknown }) => {
          if (asked.method === "eth_getLogs") return given
          if (asked.method === "eth_getStorageAt" && !answers.has(key(asked))) {
            const answer = await (fixture.provider as { request(a: object): Promise<unknown> }).request(asked)
            answers.set(key(asked), answer)
          }
          return answers.get(key(asked)) ?? null
        }
        const transport = custom({ request } as never, { retryCount: 0 })
        const client = createPublicClient({ chain: hardhat, transport, cacheTime: 0 })
        const log = logOf(full.realm, { client: client as never, keep: 1_000_000 })
        return {
          events,
          read: async (mutated) => {
            given = mutated
            await log.refresh()
            return log
          },
        }
      }
      const refused = (reading: Promise<unknown>, sequence?: number | RegExp) =>
        assert.rejects(reading, (error: Error & { code: string }) => {
          assert.equal(error.code, "chain.log_incomplete", error.message)
          if (typeof sequence === "number") {
            const [, first = "", last = first] =
              /first breaks at (?:event|one of the events) (\d+)(?: to (\d+))?:/.exec(error.message) ?? []
            assert.ok(Number(first) <= sequence && sequence <= Number(last), `${error.message}; expected ${sequence}`)
          }
          return true
        })

      it("refuses every event left out, doubled, swapped, moved to the end or invented", async () => {
        const { events, read } = await recorded()
        assert.ok(events.length > 20)
        for (const [i, event] of events.entries()) {
          await refused(read(events.toSpliced(i, 1)), i + 1)
          await refused(read(events.toSpliced(i, 0, event)), i + 2)
          await refused(read([...events, event]), events.length + 1)
          const after = events[i + 1]
          if (after) await refused(read(events.with(i, after).with(i + 1, event)), i + 1)
        }
        await refused(read([]), 1)
        assert.equal((await read(events)).entries.length, events.length)
      })

      it("refuses one byte altered, wherever it is, and says where", async () => {
        const { events, read } = await recorded()
        const kinds = new Set<string>()
        let altered = 0
        for (const [i, event] of events.entries()) {
          const [kind = "0x"] = event.topics
          if (kinds.has(kind)) continue
          kinds.add(kind)
          const words = [...event.topics, event.data]
          for (const [w, word] of words.entries()) {
            for (let byte = 0; byte < (word.length - 2) / 2; byte++) {
              const at = 2 + 2 * byte
              const flipped = (Number.parseInt(word.slice(at, at + 2), 16) ^ (1 << (altered % 8))).toString(16)
              const changed = `${word.slice(0, at)}${flipped.padStart(2, "0")}${word.slice(at + 2)}` as Hex
              const topics =
                w < event.topics.length ? event.topics.map((topic, t) => (t === w ? changed : topic)) : event.topics
              const data = w < event.topics.length ? event.data : changed
              await refused(read(events.with(i, { ...event, topics, data } as RpcLog)), i + 1)
              altered++
            }
          }
        }
        assert.ok(altered > 2_000, `${altered} bytes`)
      })

      it("refuses a lengthened or shortened event", async () => {
        const { events, read } = await recorded()
        for (const [i, event] of events.entries()) {
          await refused(read(events.with(i, { ...event, data: `${event.data}00` })), i + 1)
          await refused(read(events.with(i, { ...event, data: event.data.slice(0, -2) as Hex })), i + 1)
          await refused(read(events.with(i, { ...event, topics: event.topics.slice(0, -1) } as RpcLog)), i + 1)
          await refused(read(events.with(i, { ...event, topics: [] } as never)), i + 1)
        }
      })

      it("refuses an event in a block that is not of the chain, or out of form", async () => {
        const { events, read } = await recorded()
        const last = events.at(-1) as RpcLog
        await refused(read(events.with(events.length - 1, { ...last, blockHash: `0x${"12".repeat(32)}` })))
        for (const wrong of [{ data: "0x1" }, { blockNumber: null }, { blockHash: "0x" }, { address: owner.address }]) {
          await assert.rejects(read(events.with(events.length - 1, { ...last, ...wrong } as never)), {
            code: "chain.bad_answer",
          })
        }
      })

      it("keeps what it knew when a reading fails, and reads all again to be sure", async () => {
        let isLying = false
        const from: number[] = []
        const node = throughNode(fixture, async ({ method, params }, next) => {
          const answer = await next()
          if (method !== "eth_getLogs") return answer
          from.push(Number((params as [{ fromBlock: Hex }])[0].fromBlock))
          return isLying ? (answer as RpcLog[]).slice(1) : answer
        })
        const history = await play([["admit", 0, 0]])
        const log = logOf(history.realm, { client: node as never })
        const { block } = await log.refresh()
        const { state, entries } = log
        await history.play(["anchor", 0, 0])
        isLying = true
        await refused(log.refresh(), 1)
        assert.deepEqual([log.state, log.entries, log.block], [state, entries, block])
        assert.deepEqual(from, [1, Number(block.number) + 1, 1])
        isLying = false
        await log.refresh()
        await assertRight(log, history)
      })

      it("names no event where the numbers do not tell it and the node keeps no old state", async () => {
        const newest = await fixture.chain.getBlock()
        const node = throughNode(fixture, async ({ method, params }, next) => {
          const isOld = method === "eth_getStorageAt" && !JSON.stringify(params).includes(newest.hash)
          if (isOld) throw Object.assign(new Error("missing trie node"), { code: -32000 })
          return method === "eth_getLogs" ? ((await next()) as RpcLog[]).slice(0, -2) : next()
        })
        const reading = logOf(full.realm, { client: node as never }).refresh()
        await assert.rejects(reading, { code: "chain.log_incomplete" })
        await assert.rejects(reading, (error: Error) => !error.message.includes("first breaks"))
      })
    })

    describe("in ranges of blocks", () => {
      it("asks for fewer where the node refuses, more again later, and says how far it is", async () => {
        const asked: number[] = []
        const node = throughNode(fixture, async ({ method, params }, next) => {
          if (method !== "eth_getLogs") return next()
          const [{ fromBlock, toBlock }] = params as [{ fromBlock: Hex; toBlock: Hex }]
          asked.push(Number(toBlock) - Number(fromBlock) + 1)
          if ((asked.at(-1) ?? 0) > 5) throw Object.assign(new Error("query returned too much"), { code: -32000 })
          return next()
        })
        const log = logOf(full.realm, { client: node as never })
        const seen: { block: bigint; of: bigint; events: number }[] = []
        await log.refresh({ progress: (done) => void seen.push(done) })
        const newest = await fixture.chain.getBlockNumber()
        assert.ok(Math.max(...asked) > 5)
        assert.equal(seen.at(-1)?.block, newest)
        assert.equal(seen.at(-1)?.events, log.entries.length)
        assert.ok(seen.every(({ block, of }, i) => of === newest && block > (seen[i - 1]?.block ?? -1n)))
        assert.ok(seen.length > 10)
        await assertRight(log, full)
      })

      it("gives up when a single block is refused", async () => {
        const node = throughNode(fixture, async ({ method }, next) => {
          if (method === "eth_getLogs") throw Object.assign(new Error("no logs here"), { code: -32000 })
          return next()
        })
        await assert.rejects(logOf(full.realm, { client: node as never, range: 64 }).refresh(), {
          code: "chain.bad_answer",
        })
      })

      it("stops when it is told to, knowing nothing, and goes on later", async () => {
        const log = logOf(full.realm, { range: 3 })
        const stop = new AbortController()
        const reading = log.refresh({ signal: stop.signal, progress: ({ block }) => void (block > 9n && stop.abort()) })
        await assert.rejects(reading, { code: "session.cancelled" })
        assert.deepEqual([log.state, log.entries.length], [undefined, 0])
        await log.refresh()
        await assertRight(log, full)
      })

      it("reads only what is new", async () => {
        const asked: [number, number][] = []
        const node = throughNode(fixture, async ({ method, params }, next) => {
          const [range] = (params ?? []) as [{ fromBlock: Hex; toBlock: Hex }]
          if (method === "eth_getLogs") asked.push([Number(range.fromBlock), Number(range.toBlock)])
          return next()
        })
        const history = await play([["admit", 0, 0]])
        const log = logOf(history.realm, { client: node as never })
        await log.refresh()
        const { number } = await fixture.chain.getBlock()
        await log.refresh()
        await history.play(["anchor", 0, 0])
        await Promise.all([log.refresh(), log.refresh()])
        assert.deepEqual(asked, [
          [1, Number(number)],
          [Number(number) + 1, Number(number) + 1],
        ])
        await assertRight(log, history)
      })
    })

    describe("through reorganisations", () => {
      /** The chain as it was `depth` blocks ago, by its own snapshots: the node then follows another chain. */
      it("ends where a fresh reading ends, at random depths", async () => {
        let removals = 0
        const part = fc.array(aStep, { maxLength: 6 })
        const run = fc.asyncProperty(
          part,
          part,
          part,
          fc.constantFrom(1, 3, 128),
          async (before, lost, after, keep) => {
            const history = await play([["admit", 0, 0], ...before])
            const log = logOf(history.realm, { keep })
            if (lost.length % 2 === 0) await log.refresh()
            const snapshot = await fixture.test.snapshot()
            for (const step of lost) {
              await history.play(step)
              await log.refresh()
            }
            await fixture.test.mine({ blocks: 1 })
            await log.refresh()
            const known = log.entries.length
            await fixture.test.revert({ id: snapshot })
            await fixture.test.increaseTime({ seconds: 5 })
            for (const step of after) await history.play(step)
            const { added, removed } = await log.refresh()
            assert.equal(known - removed + added, log.entries.length)
            if (removed > 0) removals++
            await assertRight(log, history)
          },
        )
        await fc.assert(run, { numRuns: 25 })
        assert.ok(removals >= 3, `only ${removals} readings removed events`)
      })

      it("forgets a realm whose creation is taken back", async () => {
        const snapshot = await fixture.test.snapshot()
        const history = await play([["admit", 0, 0]])
        const log = logOf(history.realm)
        await log.refresh()
        assert.equal(log.state?.sequence, 3)
        await fixture.test.revert({ id: snapshot })
        assert.deepEqual((await log.refresh()).removed, 3)
        assert.equal(log.state, undefined)
      })

      it("reads again from the deployment when the chain changed below what it remembers", async () => {
        const from: number[] = []
        const node = throughNode(fixture, async ({ method, params }, next) => {
          if (method === "eth_getLogs") from.push(Number((params as [{ fromBlock: Hex }])[0].fromBlock))
          return next()
        })
        const history = await play([["admit", 0, 0]])
        const snapshot = await fixture.test.snapshot()
        const log = logOf(history.realm, { client: node as never, keep: 3 })
        for (let i = 0; i < 5; i++) {
          await history.play(["anchor", 0, i])
          await log.refresh()
        }
        await fixture.test.revert({ id: snapshot })
        await history.play(["anchor", 1, 0])
        from.length = 0
        await log.refresh()
        assert.deepEqual(from, [1])
        await assertRight(log, history)
      })

      it("reads again when the chain changes while it reads", async () => {
        const history = await play([["admit", 0, 0]])
        const snapshot = await fixture.test.snapshot()
        await history.play(["anchor", 0, 0])
        let readings = 0
        const node = throughNode(fixture, async ({ method }, next) => {
          const answer = await next()
          if (method === "eth_getLogs" && ++readings === 1) {
            await fixture.test.revert({ id: snapshot })
            await fixture.test.increaseTime({ seconds: 9 })
            await history.play(["anchor", 1, 1])
          }
          return answer
        })
        const log = logOf(history.realm, { client: node as never })
        await log.refresh()
        assert.equal(readings, 2)
        await assertRight(log, history)
      })

      it("gives up on a chain that never stands still", async () => {
        const history = await play([["admit", 0, 0]])
        const node = throughNode(fixture, async ({ method, params }, next) => {
          const answer = await next()
          const isByNumber = method === "eth_getBlockByNumber" && (params as unknown[])[0] !== "latest"
          return isByNumber ? { ...(answer as object), hash: numberToHex(++salts, { size: 32 }) } : answer
        })
        await assert.rejects(logOf(history.realm, { client: node as never }).refresh(), { code: "chain.bad_answer" })
      })
    })
  })
}
