import assert from "node:assert/strict"
import * as fc from "fast-check"
import { http } from "viem"
import { admittedOperators, onChain, RealmLog } from "../../src/chain/index.ts"
import { judgeChain } from "../../src/trust/judge.ts"
import { aStep, assertAsInViews, cas, deploymentOf, people, startHistory } from "../chain/log/histories.ts"
import { enroll, type Fixture } from "../contracts/fixture.ts"
import { startWorld } from "../world.ts"
import { NODES, start } from "./nodes.ts"

const REORGANISATIONS = Number(process.env["REORGANISATIONS"] ?? 30)

const anvil = NODES.find(({ name }) => name === "anvil")

// A node that exchanges its last blocks for empty ones when it is asked to: nothing else here reorganises for real.
if (anvil !== undefined) {
  describe("a chain that is reorganised", function () {
    this.timeout(60_000 + REORGANISATIONS * 3_000)
    let fixture: Fixture
    let salt = 0

    before(async () => {
      fixture = await start(anvil)
      for (const ca of cas) await enroll(fixture, ca)
      await fixture.test.mine({ blocks: 20 })
    })

    const logOf = (realm: string, keep = 128) =>
      new RealmLog({ client: fixture.chain as never, deployment: deploymentOf(fixture), realm, keep })
    /** Exchanges the last `depth` blocks for as many empty ones: an empty one may come back as it was. */
    const reorganise = async (depth: number) => {
      const before = await fixture.chain.getBlockNumber()
      await fixture.provider.request({ method: "anvil_reorg", params: [depth, []] })
      assert.equal(await fixture.chain.getBlockNumber(), before)
    }
    const mine = async (blocks: number) => blocks > 0 && (await fixture.test.mine({ blocks }))

    async function assertRight(log: RealmLog, revocations: Parameters<typeof assertAsInViews>[3]): Promise<void> {
      const fresh = logOf(log.realm)
      await fresh.refresh()
      assert.deepEqual([log.entries, log.state, log.block], [fresh.entries, fresh.state, fresh.block])
      const subjects = people.map(({ address }) => address)
      assert.ok(log.state)
      await assertAsInViews(fixture, log.state, subjects, revocations)
    }

    const depth = fc.integer({ min: 1, max: 12 })

    it(`takes back an admission, ${REORGANISATIONS} times at depths of 1 to 12`, async () => {
      const position = fc.record({ depth, after: fc.nat(11), keep: fc.constantFrom(2, 128), isTold: fc.boolean() })
      const run = fc.asyncProperty(position, async ({ depth: deep, after, keep, isTold }) => {
        const history = await startHistory(fixture, ++salt)
        await mine(12)
        const log = logOf(history.realm, keep)
        await log.refresh()
        assert.ok(log.state)
        assert.deepEqual(admittedOperators(log.state), [])
        await history.play(["admit", 0, 0])
        await log.refresh()
        assert.deepEqual(admittedOperators(log.state), [cas[0].address])
        const behind = after % deep
        for (let i = 0; i < behind; i++) {
          await mine(1)
          if (isTold) await log.refresh()
        }

        await reorganise(deep)
        const { removed } = await log.refresh()
        assert.equal(removed, 2)
        assert.deepEqual(admittedOperators(log.state), [])
        await assertRight(log, history.digests)

        // Admitted anew, it counts again.
        await history.play(["admit", 0, 0])
        await log.refresh()
        assert.deepEqual(admittedOperators(log.state), [cas[0].address])
        await assertRight(log, history.digests)
      })
      await fc.assert(run, { numRuns: REORGANISATIONS, endOnFailure: true })
    })

    it("takes back whatever random histories came to in its last blocks", async () => {
      let removals = 0
      const steps = fc.array(aStep, { minLength: 3, maxLength: 12 })
      const run = fc.asyncProperty(steps, fc.array(depth, { minLength: 1, maxLength: 3 }), async (story, depths) => {
        const history = await startHistory(fixture, ++salt)
        await mine(36)
        await history.play(["admit", 0, 0])
        await mine(12)
        const log = logOf(history.realm)
        for (const deep of depths) {
          for (const [i, step] of story.entries()) {
            await history.play(step)
            if (i % 3 === 0) await log.refresh()
          }
          await log.refresh()
          await reorganise(deep)
          removals += (await log.refresh()).removed
          await assertRight(log, history.digests)
        }
      })
      await fc.assert(run, { numRuns: Math.ceil(REORGANISATIONS / 3), endOnFailure: true })
      assert.ok(removals > REORGANISATIONS / 3, `${removals} events were taken back`)
    })

    it("leaves no trust in an operator whose admission it took back, and none ever below the depth asked for", async () => {
      const world = await startWorld({ transport: http(anvil.url, { retryCount: 0 }), close: async () => undefined })
      await mine(20) // no reorganisation takes back the registries themselves
      const required = 12
      const seen = { kept: 0, lost: 0, deep: 0 }
      const run = fc.asyncProperty(depth, fc.nat(14), async (deep, behind) => {
        const { realm, machine } = await world.foundRealm(world.owner)
        const { certificates } = await machine(1)
        const { client, deployment } = world
        const [shallow, safe] = [0, required].map((least) => onChain({ client, deployment, realm, depth: least }))
        const verdict = async (by = shallow) => {
          assert.ok(by)
          try {
            judgeChain(certificates, await by.facts(certificates), { now: Date.now(), skew: 300_000 })
            return "trusted"
          } catch (error) {
            return (error as { code: string }).code
          }
        }
        for (let i = 0; i < behind; i++) {
          assert.equal(await verdict(), "trusted")
          assert.equal(await verdict(safe), i < required ? "trust.unconfirmed" : "trusted", `${i} blocks`)
          await mine(1)
        }
        const before = await verdict(safe)
        assert.equal(before, behind < required ? "trust.unconfirmed" : "trusted")
        await reorganise(deep)
        const after = [await verdict(), await verdict(safe)]
        if (behind >= deep) assert.deepEqual(after, ["trusted", before])
        else assert.ok(!after.includes("trusted") && before !== "trusted", `${after.join()}; ${before} before`)
        seen[behind < deep ? "lost" : "kept"]++
        if (before === "trusted") seen.deep++
      })
      await fc.assert(run, { numRuns: REORGANISATIONS, endOnFailure: true })
      assert.ok(seen.lost > 0 && seen.kept > 0, JSON.stringify(seen))
    })
  })
}
