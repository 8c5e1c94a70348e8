import { strict as assert } from "node:assert"
import { BANKS, roleOf } from "../../../src/attestation/facts.ts"
import { toHex } from "../../../src/core/bytes.ts"
import type { Demand } from "../../../src/keys/demand.ts"
import type { EvidenceChannel, Proof } from "../../../src/keys/evidence-channel.ts"
import { parseScopes, policyOf } from "../../../src/session/scope.ts"
import { Platforms, type AskedPolicy } from "../../../src/session/members/platforms.ts"
import { rejects, refuses } from "../../arbitrary.ts"
import { countedRandom } from "../../keys/parties.ts"
import { named, party, REALM } from "../../trust/chains.ts"
import { AttestedWorld, MACHINE } from "./attested-world.ts"

describe("session: platforms", () => {
  let world: AttestedWorld
  let ours: Platforms
  let theirs: Platforms
  beforeEach(() => {
    world = new AttestedWorld()
    ours = of("ours")
    theirs = of("theirs")
  })

  function of(name: string): Platforms {
    const local = { realm: REALM, clock: () => world.now, recheckMs: 1_000, skewMs: 0, random: countedRandom(name) }
    return new Platforms({ prove: world.machine(name), judge: world.judge() }, local)
  }
  const scope = (attested = {}) => policyOf(parseScopes([{ ...world.scope, ...attested }])[0]!, REALM)
  const channel = { suite: "a handshake", transcript: new Uint8Array(32).fill(1) } as EvidenceChannel
  const role = roleOf(MACHINE)
  const peer = { delegate: party("theirs").address, life: toHex(new Uint8Array(32)) }
  const asked = async (): Promise<AskedPolicy> =>
    (await ours.asked(scope(), "callee")) ?? assert.fail("nothing is asked")
  const shown = (demand: Demand): Promise<Proof | undefined> => theirs.prove(demand, role, "responder", channel)
  const judge = async (demand: Demand, proof?: Proof) =>
    ours.judge(proof ?? (await shown(demand)), await asked(), demand, "responder", channel, peer)

  it("judge an answer to a challenge once, right or wrong, and no later than a minute after", async () => {
    const demand = ours.demand(await asked())
    assert.equal((await judge(demand)).delegate, party("theirs").address)
    await rejects(judge(demand), "attestation.challenge")
    const second = ours.demand(await asked())
    await rejects(ours.judge(undefined, await asked(), second, "responder", channel, peer), "attestation.absent")
    await rejects(judge(second), "attestation.challenge")
    const third = ours.demand(await asked())
    world.pass(60_001)
    await rejects(judge(third), "attestation.challenge")
    await rejects(judge({ ...third, challenge: new Uint8Array(32) }), "attestation.challenge")
  })

  it("show nothing of another kind, and no registers that no policy may ask for", async () => {
    const demand = ours.demand(await asked())
    await rejects(shown({ ...demand, kinds: [2] }), "attestation.kind")
    await rejects(shown({ ...demand, kinds: [] }), "attestation.kind")
    for (const mask of [0, 1 << 16, 1 << 23, 1 << 24])
      await rejects(shown({ ...demand, mask }), "attestation.selection")
    await rejects(shown({ ...demand, bank: 0x04 }), "attestation.selection")
    assert.ok(await shown({ ...demand, bank: BANKS.sha256, mask: 1 }))
    assert.equal(world.machine("theirs").made, 1)
    const local = { realm: REALM, clock: () => world.now, recheckMs: 0, skewMs: 0, random: countedRandom() }
    assert.equal(await new Platforms({}, local).prove(demand, role, "responder", channel), undefined)
  })

  it("ask the registry once within the time that its word is believed, and anew for what must be of later", async () => {
    const { registry } = world
    const count = async (since?: number): Promise<number> => {
      const before = registry.asked
      await ours.asked(scope(), "callee", since)
      return registry.asked - before
    }
    assert.equal(await count(), 1)
    assert.equal(await count(), 0)
    world.pass(1_000)
    assert.equal(await count(), 0)
    assert.equal(await count(world.now), 1)
    world.pass(1_001)
    assert.equal(await count(), 1)
    registry.reachable = false
    world.pass(2_000)
    await rejects(ours.asked(scope(), "callee"), "chain.unreachable")
    registry.reachable = true
    assert.equal(await count(), 1)
  })

  it("count for one delegate, one role, and as long as they were said to", async () => {
    const platform = await judge(ours.demand(await asked()))
    const policy = await asked()
    const { address } = party("theirs")
    ours.check(platform, policy, address)
    assert.equal(ours.isFresh(platform, policy, address), true)
    refuses(() => ours.check(undefined, policy, address), "attestation.absent")
    refuses(() => ours.check(platform, policy, named("another")), "attestation.absent")
    refuses(() => ours.check(platform, { ...policy, role: roleOf("another") }, address), "attestation.absent")
    assert.equal(ours.isFresh(platform, policy, named("another")), false)
    assert.equal(ours.isFresh(platform, { ...policy, role: roleOf("another") }, address), false)
    world.pass(1_800_000)
    assert.equal(ours.isFresh(platform, policy, address), false)
    ours.check(platform, policy, address)
    world.pass(1_800_000)
    refuses(() => ours.check(platform, policy, address), "attestation.age")
  })
})
