import { strict as assert } from "node:assert"
import { hmac } from "@noble/hashes/hmac.js"
import { sha256 } from "@noble/hashes/sha2.js"
import { equalBytes, toHex, type Hex } from "../../../src/core/bytes.ts"
import { Secret } from "../../../src/core/secret.ts"
import { nobleCurves } from "../../../src/core/curves/noble.ts"
import { parseAnnouncement } from "../../../src/keys/announcement.ts"
import {
  branchSecret,
  dataKey,
  generationCommitment,
  nextBranchSecret,
  writerSecret,
} from "../../../src/keys/schedule.ts"
import { decodeCbor } from "../../../src/payload/cbor.ts"
import { KIND } from "../../../src/payload/frame.ts"
import { party, REALM } from "../../trust/chains.ts"
import type { Carried } from "../fake-router.ts"
import { reachable, secretsOf } from "./heap.ts"
import { Insider } from "./insider.ts"
import { CONTROL, GRANT, isControl, isSealed, MODES, PUMP, refusals, setStage, TOPIC, type Stage } from "../stage.ts"
import { settled, World } from "../world.ts"
import type { Payload } from "../../../src/session/connection.ts"

const T = 60_000
const GRACE = 5_000
const KINDS = { CALL: KIND.call, RESULT: KIND.result, ERROR: KIND.error, EVENT: KIND.event } as const

/**
 * All from which the recorded messages of a generation's epochs up to one can be opened: its secret, what follows from
 * it, and the ephemeral keys of the handshakes that carried any of it. Computed here, not taken from where it is kept.
 */
function openersOf({ world }: Stage, used: ReadonlyMap<Hex, Uint8Array>, epochs: number): Map<string, Uint8Array> {
  const openers = new Map<string, Uint8Array>()
  const keep = (name: string, secret: Secret | Uint8Array): void =>
    void openers.set(name, Uint8Array.from(secret instanceof Secret ? secret.expose() : secret))
  const carried = world.router.carried
  const announced = carried
    .filter(({ uri }) => uri === CONTROL)
    .map((message) => decodeCbor(plainBytes(message)) as [number, Uint8Array])
    .find(([kind]) => kind === 1)
  const announcement = parseAnnouncement(announced?.[1] as Uint8Array)
  const generation = [...used.values()].find((bytes) =>
    equalBytes(generationCommitment(new Secret(bytes)), announcement.commitment),
  )
  assert.ok(generation, "the generation's secret was seen")
  keep("generation", generation)
  keep("root", hmac(sha256, announcement.hash, generation))
  for (const branch of ["call", "event"] as const) {
    let secret = branchSecret(announcement.hash, new Secret(generation), branch)
    const writer = party(branch === "call" ? "caller" : "publisher").csPubKey
    for (let epoch = 0; epoch < epochs; epoch++) {
      keep(`${branch} ${epoch}`, secret)
      const written = writerSecret(secret, writer)
      keep(`${branch} ${epoch} writer`, written)
      for (const kind of branch === "call" ? [KIND.call, KIND.result, KIND.error] : [KIND.event])
        for (const uri of branch === "call" ? [PUMP] : [TOPIC])
          keep(
            `${branch} ${epoch} ${kind} ${uri}`,
            dataKey(written, { kind, realm: REALM, uri, announcement: announcement.hash }).key,
          )
      secret = nextBranchSecret(secret)
    }
  }
  // The first 32 bytes of a handshake message are an ephemeral key's public half.
  const said = carried
    .filter(({ uri, payload }) => uri === GRANT && !payload.sealed)
    .map(plainBytes)
    // The agent calls itself with 32 random bytes: no CBOR.
    .filter((bytes) => bytes.length !== 32)
    .map((bytes) => decodeCbor(bytes) as unknown[])
    .flatMap(([kind, message]) => (kind === 1 ? [toHex((message as Uint8Array).subarray(0, 32))] : []))
  const ephemeral = new Map(
    [...used.values()].map((bytes) => [toHex(nobleCurves.x25519PublicKey(new Secret(bytes))), bytes]),
  )
  for (const [i, publicKey] of said.entries()) {
    const secret = ephemeral.get(publicKey)
    assert.ok(secret, "each handshake's ephemeral key was seen")
    keep(`ephemeral ${i}`, secret)
  }
  return openers
}

/** The key of a message below a secret, in the generation of an insider's grant. */
function keyOf(writer: Secret, { announcement }: Insider, type: keyof typeof KINDS, uri: string): Secret {
  return dataKey(writer, { kind: KINDS[type], realm: REALM, uri, announcement: announcement.hash }).key
}

function plainBytes({ payload }: Carried): Uint8Array {
  const item: unknown = payload.sealed ? undefined : payload.args[0]
  assert.ok(item instanceof Uint8Array)
  return item
}

/** Whether a key opens a recorded message. */
function opens(key: Secret, payload: Payload & { readonly sealed: true }, insider: Insider): boolean {
  try {
    insider.scope.profile.cipher.open(key, payload.payload)
    return true
  } catch {
    return false
  }
}

for (const mode of MODES) {
  describe(`claims about secrecy, mode ${mode}`, () => {
    const talk = async (stage: Stage): Promise<void> => {
      assert.equal(await stage.call("said"), "said")
      await assert.rejects(stage.call("fail"))
      await stage.publish("said")
    }
    const stageWithSecrets = () =>
      secretsOf(async () => {
        const stage = await setStage({ mode })
        await talk(stage)
        return stage
      })

    it("forward secrecy: when an epoch's grace is over, no reachable state of any endpoint opens what was recorded", async () => {
      const { result: stage, secrets } = await stageWithSecrets()
      const { world } = stage
      const openers = openersOf(stage, secrets, 1)
      secrets.clear()
      assert.ok(openers.size >= 15)
      world.pass(T)
      await settled()
      // Nobody says anything from here on.
      world.pass(GRACE - 1)
      await settled()
      const before = await reachable(openers)
      assert.ok(before.includes("event 0") && before.includes("call 0") && before.includes("event 0 writer"))
      assert.ok(!before.some((name) => /^(generation|root|ephemeral)/.test(name)), String(before))
      world.pass(1)
      await settled()
      assert.deepEqual(await reachable(openers), [])
      await talk(stage)
      await world.close()
    }).timeout(30_000)

    it("forward secrecy holds for endpoints that nobody tells anything, too", async () => {
      const { result: stage, secrets } = await stageWithSecrets()
      const { world } = stage
      const openers = openersOf(stage, secrets, 2)
      secrets.clear()
      world.router.hook = (message) => (isControl(message) ? undefined : message)
      for (let passed = 0; passed < 2 * T + GRACE; passed += 5_000) {
        world.pass(5_000)
        await settled()
      }
      assert.deepEqual(await reachable(openers), [])
      await world.close()
    }).timeout(30_000)

    it("forward secrecy: when the grace of a new generation is over, nothing of the one before is left", async () => {
      const { result: stage, secrets } = await stageWithSecrets()
      const { world, callee } = stage
      // Its whole chain: from any later epoch's secret none before can be had, but this one would go on.
      const openers = openersOf(stage, secrets, 4)
      secrets.clear()
      callee.endpoint.rotateKeys(PUMP)
      await settled()
      await talk(stage)
      world.pass(GRACE)
      await settled()
      await talk(stage)
      assert.deepEqual(await reachable(openers), [])
      await world.close()
    }).timeout(30_000)

    it("a closed endpoint leaves nothing", async () => {
      const { result: stage, secrets } = await stageWithSecrets()
      const openers = openersOf(stage, secrets, 4)
      secrets.clear()
      await stage.world.close()
      assert.deepEqual(await reachable(openers), [])
    }).timeout(30_000)

    it("a late joiner cannot read earlier epochs, whatever it derives from what it was granted", async () => {
      const stage = await setStage({ mode })
      const { world, scope } = stage
      await talk(stage)
      world.pass(T)
      await settled()
      await talk(stage)
      world.pass(T)
      await settled()
      const recorded = world.router.carried.filter(isSealed)
      await talk(stage)
      const later = world.router.carried.filter(isSealed).slice(recorded.length)
      for (const [role, branch] of [
        ["subscriber", "event"],
        ["callee", "call"],
      ] as const) {
        const insider = await Insider.join(world, `late ${role}`, role, scope)
        assert.equal(insider.grant.epoch, 2)
        assert.equal(insider.grant.secrets.length, 1)
        const opened = (messages: typeof recorded): number =>
          messages.filter(({ type, uri, payload }) => {
            if ((type === "EVENT") !== (branch === "event") || !payload.sealed) return false
            const writer = party(branch === "call" ? "caller" : "publisher").csPubKey
            return Array.from({ length: 20 }, (_, i) => 2 + i).some((epoch) =>
              opens(insider.ring.answerKey(writer, KINDS[type], uri, epoch).key, payload, insider),
            )
          }).length
        assert.equal(opened(recorded), 0)
        assert.equal(opened(later), branch === "event" ? 1 : 4)
      }
      // And as an endpoint, to whom the router plays it all again.
      const got: unknown[] = []
      const late = await stage.join("late")
      await late.endpoint.subscribe(TOPIC, ([value]) => got.push(value))
      for (const { payload } of [...recorded, ...later].filter(({ uri }) => uri === TOPIC))
        await world.router.connect().publish(TOPIC, structuredClone(payload))
      await settled()
      assert.deepEqual([got, refusals(late)], [["said"], ["keys.unknown_key", "keys.unknown_key"]])
      await world.close()
    }).timeout(20_000)

    it("a writer opens nothing but what is its own", async () => {
      const stage = await setStage({ mode })
      const { world, scope } = stage
      await talk(stage)
      const recorded = world.router.carried.filter(isSealed)
      for (const role of ["caller", "publisher"] as const) {
        const insider = await Insider.join(world, `other ${role}`, role, scope)
        assert.ok(insider.grant.secrets.length > 1)
        const secrets = insider.grant.secrets
        for (const { type, uri, payload } of recorded) {
          assert.ok(payload.sealed)
          for (const writer of ["caller", "publisher", `other ${role}`])
            for (const secret of secrets.slice(0, 3)) {
              // What it holds, as any secret of the schedule.
              const tried = [secret, writerSecret(secret, party(writer).csPubKey), nextBranchSecret(secret)]
              for (const one of tried) assert.ok(!opens(keyOf(one, insider, type, uri), payload, insider))
            }
        }
      }
      // The rightful caller's own grant opens its call and its answers, and no other's.
      const own = await Insider.join(world, "caller", "caller", scope)
      const ownSecret = own.grant.secrets[0] as Secret
      const opened = recorded.filter(
        ({ type, uri, payload }) => payload.sealed && opens(keyOf(ownSecret, own, type, uri), payload, own),
      )
      assert.deepEqual(
        opened.map(({ type }) => type),
        ["CALL", "RESULT", "CALL", "ERROR"],
      )
      await world.close()
    }).timeout(20_000)

    it("a subscriber cannot read calls, nor a callee events", async () => {
      const stage = await setStage({ mode })
      const { world, scope } = stage
      await talk(stage)
      for (const [role, type] of [
        ["subscriber", "CALL"],
        ["callee", "EVENT"],
      ] as const) {
        const insider = await Insider.join(world, `reader ${role}`, role, scope)
        for (const message of world.router.carried.filter((one) => isSealed(one) && one.type === type))
          for (const writer of ["caller", "publisher"]) {
            const { key } = insider.ring.answerKey(party(writer).csPubKey, KINDS[type], message.uri, 0)
            assert.ok(!opens(key, message.payload as Payload & { sealed: true }, insider))
          }
      }
      await world.close()
    })

    it("who was out and comes back cannot read what was said meanwhile", async () => {
      const stage = await setStage({ mode })
      const { world, scope } = stage
      await stage.publish("before")
      world.trust.revoke("first")
      world.pass(2_000)
      await stage.publish("meanwhile")
      const meanwhile = world.router.carried.findLast(({ uri }) => uri === TOPIC)
      assert.ok(meanwhile?.payload.sealed)
      assert.deepEqual(stage.got, [["before"], ["before", "meanwhile"]])
      world.pass(T)
      await settled()
      world.trust.restore("first")
      const again = await Insider.join(world, "first", "subscriber", scope)
      for (let epoch = 1; epoch < 20; epoch++) {
        const { key } = again.ring.answerKey(party("publisher").csPubKey, KIND.event, TOPIC, epoch)
        assert.ok(!opens(key, meanwhile.payload, again))
      }
      await stage.publish("after")
      assert.deepEqual(stage.got[1], ["before", "meanwhile", "after"])
      await world.close()
    })
  })
}

describe("claims about secrecy: history", () => {
  for (const mode of ["sig", "mac"] as const) {
    it(`with historyEpochs a late joiner reads as many epochs back, and none more, mode ${mode}`, async () => {
      const stage = await setStage({ mode, historyEpochs: 2 })
      const { world } = stage
      for (let epoch = 0; epoch < 5; epoch++) {
        await stage.publisher.endpoint.publish(TOPIC, [`of epoch ${epoch}`], { retain: true })
        await settled()
        world.pass(T)
        await settled()
      }
      world.pass(GRACE)
      await settled()
      const events = world.router.carried.filter(({ uri }) => uri === TOPIC)
      const got: unknown[] = []
      const late = await stage.join("late")
      await late.endpoint.subscribe(TOPIC, ([value]) => got.push(value))
      for (const { payload } of events) await world.router.connect().publish(TOPIC, structuredClone(payload))
      await settled()
      assert.deepEqual(got, ["of epoch 3", "of epoch 4"])
      assert.deepEqual(refusals(late), ["keys.unknown_key", "keys.unknown_key", "keys.unknown_key"])
      await world.close()
    })
  }

  it("is what nobody has in mode dsig", async () => {
    const world = new World()
    await assert.rejects(setStage({ mode: "dsig", historyEpochs: 1 }, world), /no history/)
  })
})
