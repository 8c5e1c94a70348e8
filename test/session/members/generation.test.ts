import { strict as assert } from "node:assert"
import { Secret } from "../../../src/core/secret.ts"
import type { Announcement } from "../../../src/keys/announcement.ts"
import { ReaderSecrets } from "../../../src/keys/branch-secrets.ts"
import { Keyring } from "../../../src/keys/keyring.ts"
import { DEFAULT_EPOCH_MS } from "../../../src/keys/policy.ts"
import type { Branch } from "../../../src/keys/roles.ts"
import { epochCommitment } from "../../../src/keys/schedule.ts"
import { makeTick, type Tick } from "../../../src/keys/tick.ts"
import { KIND } from "../../../src/payload/frame.ts"
import { Generation } from "../../../src/session/members/generation.ts"
import { parseScopes, policyOf } from "../../../src/session/scope.ts"
import { refuses } from "../../arbitrary.ts"
import { announcementOf, ringOf } from "../../keys/parties.ts"
import { NOW, party, REALM } from "../../trust/chains.ts"

const T = DEFAULT_EPOCH_MS
const SKEW = 300_000
const announcement = announcementOf("agent")
const secrets = (): ReaderSecrets => new ReaderSecrets(0, new Secret(new Uint8Array(32).fill(2)))

/** What an honest agent says of an epoch. */
function tickOf(epoch: number, changes: Partial<Omit<Tick, "bytes">> = {}, of: Announcement = announcement): Tick {
  const commitment = epochCommitment(secrets().branch(epoch))
  const commitments = { call: commitment, event: commitment }
  return makeTick(of, { epoch, commitments, time: NOW + epoch * T, ...changes }, party("agent").csKey)
}

function generationOf(historyEpochs = 0): Generation {
  const [scope] = parseScopes([{ uri: "com.example.", match: "prefix", historyEpochs }])
  return new Generation(announcement, tickOf(0), policyOf(scope!, REALM))
}

function readerRing(branch: Branch = "call"): { ring: Keyring; held: ReaderSecrets } {
  const held = secrets()
  return { held, ring: new Keyring({ branch, announcement, secrets: held, self: party("reader").csPubKey }) }
}

describe("session: generation", () => {
  it("goes on with each tick, and stands until the grace of the epoch after it", () => {
    const generation = generationOf()
    assert.equal(generation.stale(NOW + T + 4_999), false)
    assert.equal(generation.stale(NOW + T + 5_000), true)
    generation.confirm(tickOf(1), NOW + T, SKEW)
    assert.equal(generation.tick.epoch, 1)
    assert.equal(generation.stale(NOW + T + 5_000), false)
    assert.equal(generation.sealingEpoch(NOW + 2 * T), 2)
    assert.deepEqual(generation.openEpochs(NOW + T), [0, 1])
  })

  it("is not set back by a tick that comes late or again", () => {
    const generation = generationOf()
    generation.confirm(tickOf(2), NOW + 2 * T, SKEW)
    for (const epoch of [0, 1, 2]) generation.confirm(tickOf(epoch), NOW + 2 * T, SKEW)
    assert.equal(generation.tick.epoch, 2)
  })

  it("refuses a tick that contradicts the one it has", () => {
    const generation = generationOf()
    const other = new Uint8Array(32).fill(9)
    for (const branch of ["call", "event"] as const) {
      const commitments = { ...tickOf(0).commitments, [branch]: other }
      refuses(() => generation.confirm(tickOf(0, { commitments }), NOW, SKEW), "keys.forked")
    }
  })

  it("refuses a tick that is dated in the future, by more than clocks may differ", () => {
    const generation = generationOf()
    refuses(() => generation.confirm(tickOf(1, { time: NOW + SKEW + 1 }), NOW, SKEW), "keys.tick")
    assert.equal(generation.tick.epoch, 0)
    generation.confirm(tickOf(1, { time: NOW + SKEW }), NOW, SKEW)
    assert.equal(generation.tick.epoch, 1)
  })

  it("keeps a reader's ring where a writer's would take its place, and wipes what is replaced", () => {
    const generation = generationOf()
    const [writer, { ring: reader }] = [ringOf("reader", "write"), readerRing()]
    assert.equal(generation.put(writer, ["caller"]), writer)
    assert.equal(generation.put(reader, ["callee"]), reader)
    refuses(() => writer.ownKey(KIND.call, "com.example.a", 0), "keys.unknown_key")
    const second = ringOf("reader", "write")
    assert.equal(generation.put(second, ["caller"]), reader)
    refuses(() => second.ownKey(KIND.call, "com.example.a", 0), "keys.unknown_key")
    assert.equal(generation.ring("call"), reader)
    assert.equal(generation.ring("event"), undefined)
    const third = readerRing().ring
    assert.equal(generation.put(third, ["callee"]), third)
    refuses(() => reader.ownKey(KIND.call, "com.example.a", 0), "keys.unknown_key")
  })

  it("overwrites an epoch's keys at the end of its grace or history, to the millisecond", () => {
    for (const [history, end] of [
      [0, T + 5_000],
      [1, 2 * T],
      [2, 3 * T],
    ] as const) {
      const generation = generationOf(history)
      const { ring, held } = readerRing()
      generation.put(ring, [])
      const first = held.branch(0)
      const gone = (): boolean => first.expose().every((byte) => byte === 0)
      for (let epoch = 1; epoch <= history; epoch++) generation.confirm(tickOf(epoch), NOW + epoch * T, SKEW)
      generation.erase(NOW + end - 1)
      assert.equal(gone(), false)
      generation.erase(NOW + end)
      assert.equal(gone(), true)
      refuses(() => ring.ownKey(KIND.call, "com.example.a", 0), "keys.epoch")
    }
  })

  it("overwrites everything when it is wiped", () => {
    const generation = generationOf()
    const rings = (["call", "event"] as const).map((branch) => readerRing(branch))
    for (const { ring } of rings) generation.put(ring, [])
    const held = rings.map(({ held: one }) => one.branch(0))
    generation.wipe()
    assert.ok(held.every((secret) => secret.expose().every((byte) => byte === 0)))
    assert.deepEqual([...generation.rings], [])
  })
})
