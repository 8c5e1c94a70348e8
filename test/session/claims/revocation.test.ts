import { strict as assert } from "node:assert"
import { isE2eeError } from "../../../src/core/errors.ts"
import { toHex } from "../../../src/core/bytes.ts"
import { KIND } from "../../../src/payload/frame.ts"
import { rejects } from "../../arbitrary.ts"
import { party } from "../../trust/chains.ts"
import type { Carried } from "../fake-router.ts"
import { Insider, payloadOf } from "./insider.ts"
import { isControl, isSealed, MODES, PUMP, refusals, setStage, TOPIC, type Stage } from "../stage.ts"
import { settled, TrustTable, World } from "../world.ts"

const T = 60_000
const GRACE = 5_000

/** Puts the clock forward in steps, so that what happens in between can answer. */
async function pass({ world }: Stage, milliseconds: number, step = 1_000): Promise<void> {
  for (let left = milliseconds; left > 0; left -= step) {
    world.pass(Math.min(step, left))
    await settled()
  }
}

const suppressControl = ({ world }: Stage): void => {
  world.router.hook = (message) => (isControl(message) ? undefined : message)
}

/** Whether a reader that kept its grant opens a message, of whatever epoch. */
function opensFor(insider: Insider, { type, uri, payload }: Carried): boolean {
  assert.ok(payload.sealed)
  const { payload: box } = payload
  const kind = { EVENT: KIND.event, CALL: KIND.call, RESULT: KIND.result, ERROR: KIND.error }[type]
  const writer = party(type === "EVENT" ? "publisher" : "caller").csPubKey
  return Array.from({ length: 12 }, (_, i) => insider.grant.epoch + i).some((epoch) => {
    try {
      return insider.scope.profile.cipher.open(insider.ring.answerKey(writer, kind, uri, epoch).key, box) !== undefined
    } catch (error) {
      assert.ok(isE2eeError(error, "payload.decrypt_failed"))
      return false
    }
  })
}

for (const mode of MODES) {
  describe(`claims about revocation, mode ${mode}`, () => {
    // Revoked right after the tick, in the middle, and right before the next: at most an epoch and its grace later it is over.
    for (const at of [1, 30_000, T - 1]) {
      it(`a reader revoked ${at} ms into an epoch reads nothing after T + grace, with all control traffic suppressed`, async () => {
        const stage = await setStage({ mode })
        const { world, publisher, caller } = stage
        await stage.publish("warm")
        await stage.call("warm")
        // Whoever writes does not know of these: only ticks tell.
        const victims = [
          await Insider.join(world, "victim", "subscriber", stage.scope),
          await Insider.join(world, "victim", "callee", stage.scope),
        ] as const
        world.pass(at)
        world.trust.revoke("victim")
        suppressControl(stage)
        const revoked = world.now
        let lastRead = 0
        let lastSealed = 0
        const say = async (): Promise<void> => {
          const before = world.router.carried.length
          const refusedAs = (codes: RegExp) => (error: unknown) =>
            assert.ok(isE2eeError(error) && codes.test(error.code), `${world.now - revoked} ${String(error)}`)
          await publisher.endpoint.publish(TOPIC, ["secret"]).catch(refusedAs(/^keys\.stale$/))
          // The callee, which has new keys for its answer, would have to be asked for them.
          await caller.endpoint.call(PUMP, ["secret"]).catch(refusedAs(/^keys\.(stale|no_agent|unknown_key)$/))
          for (const message of world.router.carried.slice(before).filter(isSealed)) {
            lastSealed = world.now
            const [ofEvents, ofCalls] = victims
            if (opensFor(message.type === "EVENT" ? ofEvents : ofCalls, message)) lastRead = world.now
          }
        }
        const bound = revoked - at + T + GRACE
        for (const time of [revoked + 1, revoked - at + T, bound - 1, bound, bound + 1, bound + 3 * T]) {
          if (time > world.now) world.pass(time - world.now)
          await settled()
          await say()
        }
        assert.equal(lastRead, bound - 1, "read until the agent's word is too old")
        assert.equal(lastSealed, bound - 1, "nothing is sealed without it")
        assert.ok(lastRead < revoked + T + GRACE)
        await world.close()
      }).timeout(30_000)
    }

    it("a reader that is revoked reads nothing from the next epoch on, where control traffic comes through", async () => {
      const stage = await setStage({ mode })
      const { world } = stage
      await stage.publish("warm")
      const victim = await Insider.join(world, "victim", "subscriber", stage.scope)
      // Believed until the tick, which judges anew whatever was judged a moment ago.
      world.pass(T - 2)
      await stage.callee.endpoint.publish("com.example.other", ["judges all readers"])
      world.pass(1)
      world.trust.revoke("victim")
      await stage.publish("before the tick")
      assert.ok(opensFor(victim, world.router.carried.findLast(({ uri }) => uri === TOPIC) as Carried))
      world.pass(1)
      await settled()
      await stage.publish("after it")
      const after = world.router.carried.findLast(({ uri }) => uri === TOPIC) as Carried
      assert.ok(!opensFor(victim, after))
      assert.deepEqual(stage.got[0], ["warm", "before the tick", "after it"])
      assert.ok(refusals(stage.callee).includes("trust.revoked"))
      await world.close()
    })

    it("a writer that is revoked is heard by nobody as soon as its verdict is old, with all control traffic suppressed", async () => {
      const stage = await setStage({ mode })
      const { world, got, executed } = stage
      await stage.publish("warm")
      await stage.call("warm")
      world.trust.revoke("publisher")
      world.trust.revoke("caller")
      suppressControl(stage)
      await assert.rejects(Insider.join(world, "publisher", "publisher", stage.scope), "no new grant is to be had")
      world.pass(1_001)
      // They do not know it, or do not care.
      await stage.publisher.endpoint.publish(TOPIC, ["late"])
      await assert.rejects(stage.caller.endpoint.call(PUMP, ["late"]))
      await settled()
      assert.deepEqual([got, executed], [[["warm"], ["warm"]], ["warm"]])
      for (const one of stage.subscribers) assert.ok(refusals(one).includes("trust.revoked"))
      await world.close()
    })

    it("a stale writer seals nothing and a stale reader delivers nothing: keys.stale, until the agent is heard again", async () => {
      const stage = await setStage({ mode })
      const { world, publisher, caller, got, executed } = stage
      await stage.publish("warm")
      await stage.call("warm")
      // A writer that is not stale: it alone hears its agent.
      suppressControl(stage)
      await pass(stage, T + GRACE, 5_000)
      const sealed = world.count("EVENT") + world.count("CALL")
      await rejects(publisher.endpoint.publish(TOPIC, ["stale"]), "keys.stale")
      await rejects(caller.endpoint.call(PUMP, ["stale"]), "keys.stale")
      assert.equal(world.count("EVENT") + world.count("CALL"), sealed)
      // The agent itself is not: it confirms its own keys. What it says is not delivered either.
      for (const one of stage.subscribers) refusals(one)
      await stage.callee.endpoint.publish(TOPIC, ["of the agent"])
      await new Promise((resolve) => setTimeout(resolve, 300))
      assert.deepEqual(got, [["warm"], ["warm"]])
      for (const one of stage.subscribers) assert.ok(refusals(one).includes("keys.stale"))
      world.router.hook = (message) => message
      await stage.publish("again")
      assert.equal(await stage.call("again"), "again")
      assert.deepEqual(
        [got, executed],
        [
          [
            ["warm", "again"],
            ["warm", "again"],
          ],
          ["warm", "again"],
        ],
      )
      await world.close()
    }).timeout(20_000)

    it("an agent that is revoked, and does not care, keeps nobody's keys alive, though its ticks come in time", async () => {
      const stage = await setStage({ mode }, new World(), { trust: new TrustTable() })
      const { world, callee, got } = stage
      await stage.publish("warm")
      // Whoever reads can make the publisher's messages in mode mac.
      const accomplice = await Insider.join(world, "accomplice", "subscriber", stage.scope)
      const { csPubKey } = party("publisher")
      const real = world.router.carried.findLast(({ uri }) => uri === TOPIC) as Carried
      const { header } = accomplice.read(real, KIND.event, csPubKey)
      const pretend = (epoch: number): Promise<void> => {
        const place = { kind: KIND.event, uri: TOPIC, instance: toHex(header.instance) }
        const sealed = accomplice.seal({ args: ["forged"], kwargs: {} }, place, csPubKey, epoch)
        return world.router.connect().publish(TOPIC, payloadOf(sealed))
      }
      await pretend(0)
      await settled()
      assert.deepEqual(got[0], mode === "mac" ? ["warm", "forged"] : ["warm"])
      world.trust.revoke("callee")
      await pass(stage, T, 5_000)
      assert.ok(callee.endpoint.isKeyAgent(PUMP))
      const heard = got[0].length
      for (const epoch of [0, 1]) await pretend(epoch)
      await new Promise((resolve) => setTimeout(resolve, 300))
      assert.equal(got[0].length, heard)
      assert.ok(refusals(stage.subscribers[0]).includes("trust.revoked"))
      await rejects(stage.publisher.endpoint.publish(TOPIC, ["to whom?"]), "trust.revoked")
      await world.close()
    }).timeout(20_000)

    it("where the trustroot does not answer the agent confirms nothing, members fail closed, and all go on when it does", async () => {
      const stage = await setStage({ mode })
      const { world, publisher, caller, callee } = stage
      await stage.publish("warm")
      await stage.call("warm")
      world.trust.reachable = false
      await pass(stage, T, 5_000)
      assert.ok(refusals(callee).includes("chain.unreachable"))
      const ticks = world.ticks
      await pass(stage, GRACE)
      assert.equal(world.ticks, ticks)
      for (const say of [() => publisher.endpoint.publish(TOPIC, ["x"]), () => caller.endpoint.call(PUMP, ["x"])]) {
        const refused = assert.rejects(
          say,
          (error) => isE2eeError(error) && /^(keys\.stale|chain\.unreachable)$/.test(error.code),
        )
        // The agent is asked again, later and later.
        await pass(stage, 4_000, 250)
        await refused
      }
      await assert.rejects(callee.endpoint.publish(TOPIC, ["x"]), (error) => isE2eeError(error, "chain.unreachable"))
      world.trust.reachable = true
      // The agent tries again within a second.
      await pass(stage, 2_000)
      assert.equal(world.ticks, ticks + 1)
      await stage.publish("again")
      assert.equal(await stage.call("again"), "again")
      assert.deepEqual(stage.got, [
        ["warm", "again"],
        ["warm", "again"],
      ])
      await world.close()
    }).timeout(20_000)
  })
}
