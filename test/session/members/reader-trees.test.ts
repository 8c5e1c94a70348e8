import { strict as assert } from "node:assert"
import { toHex, type Hex } from "../../../src/core/bytes.ts"
import type { Secret } from "../../../src/core/secret.ts"
import { branchSecret, epochCommitment } from "../../../src/keys/schedule.ts"
import type { Role } from "../../../src/keys/roles.ts"
import { makeTick, parseTick, type Tick } from "../../../src/keys/tick.ts"
import { announcedRekeys, parseRekey, rekeysHash } from "../../../src/keys/tree/rekey.ts"
import { decodeCbor } from "../../../src/payload/cbor.ts"
import { ReaderPaths } from "../../../src/session/members/reader-paths.ts"
import { ReaderTrees } from "../../../src/session/members/reader-trees.ts"
import { refuses } from "../../arbitrary.ts"
import { announcementOf, countedRandom } from "../../keys/parties.ts"
import { NOW, party } from "../../trust/chains.ts"

const scope = announcementOf("agent").scope
const instanceOf = (i: number): Hex => `0x${i.toString(16).padStart(16, "0")}`
const READERS: readonly Role[] = ["callee", "subscriber"]

/** Trees of a generation 1 with three readers in each, and what the third knows. */
function inhabited() {
  const random = countedRandom("trees")
  const trees = new ReaderTrees(scope, 1)
  const paths = new ReaderPaths(scope)
  for (const [at, role] of READERS.entries())
    for (const i of [1, 2, 3]) {
      const path = trees.pathOf(role, instanceOf(i), random)!
      if (i === 3) paths.take(at === 0 ? "call" : "event", path, 1)
    }
  const rekey = (...stay: number[]) =>
    trees.rekey(NOW, (_, instance) => stay.some((i) => instanceOf(i) === instance), random)
  return { random, trees, paths, rekey }
}

/** What an agent announces and confirms with a message; commits to other secrets where told so. */
function begun(rekeys: Uint8Array, secrets: Readonly<Record<"call" | "event", Secret>>, lie = false) {
  const announcement = announcementOf("agent", { tree: rekeysHash(rekeys), generation: NOW })
  const commitmentOf = (branch: "call" | "event"): Uint8Array =>
    lie ? new Uint8Array(32) : epochCommitment(branchSecret(announcement.hash, secrets[branch], branch))
  const commitments = { call: commitmentOf("call"), event: commitmentOf("event") }
  const made = makeTick(announcement, { epoch: 0, commitments, time: NOW }, party("agent").csKey)
  const tick: Tick = parseTick(made.bytes, announcement)
  return { announcement, tick, messages: announcedRekeys(rekeys, announcement) }
}

describe("session: trees of readers", () => {
  it("give readers one leaf each, however often they ask, and writers none", () => {
    const { trees, random } = inhabited()
    const leafOf = (role: Role, i: number): unknown =>
      (decodeCbor(trees.pathOf(role, instanceOf(i), random)!) as [number])[0]
    for (const role of READERS) {
      assert.deepEqual(
        [1, 2, 3, 3, 1].map((i) => leafOf(role, i)),
        [0, 2, 4, 4, 0],
      )
      assert.equal(leafOf(role, 4), 6)
    }
    for (const role of ["caller", "publisher"] as const)
      for (const i of [1, 9]) assert.equal(trees.pathOf(role, instanceOf(i), random), undefined)
  })

  it("remove whoever does not stay, and lead the others to secrets of each branch's own", () => {
    const { rekey, paths } = inhabited()
    const { rekeys, secrets } = rekey(1, 3)
    assert.notEqual(toHex(secrets.call.expose()), toHex(secrets.event.expose()))
    const { announcement, tick, messages } = begun(rekeys, secrets)
    for (const branch of ["call", "event"] as const) {
      assert.deepEqual([...messages[branch]!.removed], [2])
      const held = paths.open(branch, messages[branch], announcement, tick)
      const expected = branchSecret(announcement.hash, secrets[branch], branch)
      assert.equal(toHex(held.branch(0).expose()), toHex(expected.expose()))
      refuses(() => paths.open(branch, messages[branch], announcement, tick), "keys.rekey")
    }
  })

  it("are refused where the agent committed to other secrets, or no message or no path is there", () => {
    const lying = inhabited()
    const made = lying.rekey(3)
    const { announcement, tick, messages } = begun(made.rekeys, made.secrets, true)
    refuses(() => lying.paths.open("call", messages.call, announcement, tick), "keys.forked")
    refuses(() => lying.paths.open("event", undefined, announcement, tick), "keys.rekey")
    refuses(() => new ReaderPaths(scope).open("event", messages.event, announcement, tick), "keys.rekey")
    lying.paths.wipe()
    refuses(() => lying.paths.open("event", messages.event, announcement, tick), "keys.rekey")
  })

  it("overwrite a path where it came from, and every secret at their end", () => {
    const { trees, random } = inhabited()
    const path = trees.pathOf("callee", instanceOf(1), random)!
    new ReaderPaths(scope).take("call", path, 1)
    assert.ok(path.every((byte) => byte === 0))
    trees.wipe()
    refuses(() => trees.pathOf("callee", instanceOf(1), random), "internal.invariant")
  })

  it("leave to grants what is too much for one message", () => {
    const random = countedRandom("many")
    const trees = new ReaderTrees(scope, 1)
    for (let i = 0; i < 300; i++) trees.pathOf("subscriber", instanceOf(i), random)
    refuses(() => trees.rekey(NOW, () => false, random), "payload.too_large")
    const few = new ReaderTrees(scope, 1)
    for (let i = 0; i < 300; i++) few.pathOf("subscriber", instanceOf(i), random)
    const { rekeys } = few.rekey(NOW, (_, instance) => instance !== instanceOf(7), random)
    assert.equal(parseRekey((decodeCbor(rekeys) as [Uint8Array, Uint8Array])[1]).removed.size, 1)
  })
}).timeout(60_000)
