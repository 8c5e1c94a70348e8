import assert from "node:assert/strict"
import { TakeoverStage, twice } from "./takeover.ts"

/** Kills of the agent in each policy: the replicas take turns. */
const KILLS = Number(process.env["AGENT_KILLS"] ?? 3)
const EPOCH_MS = 1_000

for (const replay of ["pinned", "shared"] as const) {
  describe(`wamp: a key agent that is killed while all talk, in a scope with replay ${replay}`, function () {
    this.timeout(60_000 + KILLS * 20_000)
    const stage = new TakeoverStage(replay, EPOCH_MS)
    before(() => stage.start())
    after(() => stage.close())

    it(`is replaced by its replica; nothing that was acknowledged is lost or comes twice (${KILLS} kills)`, async () => {
      for (let kill = 0; kill < KILLS; kill++) {
        const { replaced, granted } = await stage.crash()
        assert.ok(replaced < 10 * EPOCH_MS && granted < 20 * EPOCH_MS, `${replaced} ms, ${granted} ms`)
      }
      await stage.settle()
      const { executed, got, answered, acknowledged, incidents, failures } = stage
      assert.deepEqual([twice(executed), twice(got)], [[], []])
      assert.deepEqual(
        [...answered].filter((id) => !executed.has(id)),
        [],
      )
      const lost = [...acknowledged].filter((id) => !got.has(id))
      assert.deepEqual(lost, [])
      assert.deepEqual(incidents, [])
      assert.ok(answered.size > KILLS * 20 && acknowledged.size > KILLS * 20, JSON.stringify([...failures]))
    })
  })
}
