import assert from "node:assert/strict"
import { TakeoverStage } from "./takeover.ts"

/** Kills of the agent in each policy: the replicas take turns. */
const KILLS = Number(process.env["AGENT_KILLS"] ?? 3)
const EPOCH_MS = 2_000
/** What a busy machine may take, beyond the epoch and its grace: starting a process, for one. */
const LATE = 15_000

for (const replay of ["pinned", "shared"] as const) {
  describe(`wamp: a key agent that is killed while all talk, in a scope with replay ${replay}`, function () {
    this.timeout(60_000 + KILLS * 30_000)
    const stage = new TakeoverStage(replay, EPOCH_MS)
    before(() => stage.start())
    after(() => stage.close())

    // Acknowledged: a call by its result, an event by the router, which hands it to every live session that subscribed.
    // Where a replica is late, keys are stale for a moment: an event that is on its way then is dropped, with a word.
    it(`is replaced by its replica; nothing acknowledged is lost, nothing that comes twice is taken twice (${KILLS} kills)`, async () => {
      for (let kill = 0; kill < KILLS; kill++) {
        const { replaced, granted } = await stage.crash()
        assert.ok(replaced < 1.5 * EPOCH_MS + LATE && granted < 1.5 * EPOCH_MS + LATE, `${replaced} ms, ${granted} ms`)
      }
      await stage.settle()
      const { answered, acknowledged, failures, refused } = stage
      const summary = JSON.stringify([answered.size, acknowledged.size, [...failures], [...refused]])
      assert.deepEqual([stage.twice, stage.incidents], [[], []], summary)
      assert.ok(stage.lost.length <= Math.min(stage.saidStale, KILLS), `lost ${stage.lost.length}; ${summary}`)
      assert.ok(answered.size > KILLS * 20 && acknowledged.size > KILLS * 20, summary)
      assert.ok(refused.has(replay === "shared" ? "payload.replay" : "payload.context"), summary)
      for (const code of ["keys.forked", "keys.rollback", "payload.plaintext_forbidden"] as const)
        assert.ok(!refused.has(code), summary)
    })
  })
}
