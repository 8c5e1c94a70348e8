import { strict as assert } from "node:assert"
import { fromHex, toHex, type Hex } from "../../../src/core/bytes.ts"
import { ed25519PublicKey, signLabelled } from "../../../src/core/ed25519.ts"
import {
  disclosesKeyOf,
  earlierSeed,
  parseDisclosure,
  signingKey,
  verifyDisclosed,
  type Disclosure,
} from "../../../src/keys/disclosure.ts"
import { parseControl } from "../../../src/keys/grant.ts"
import type { Mode } from "../../../src/keys/policy.ts"
import { encodeFrame, KIND, type Kind } from "../../../src/payload/frame.ts"
import { attributesFor } from "../../../src/payload/attributes.ts"
import { messageContext } from "../../../src/keys/schedule.ts"
import { signedBytes } from "../../../src/session/messages/signed.ts"
import type { Payload } from "../../../src/session/connection.ts"
import { judge } from "../../../src/index.ts"
import { concatBytes } from "../../../src/core/bytes.ts"
import { readIndependently, type Message } from "../../payload/independent-reader.ts"
import { party, REALM } from "../../trust/chains.ts"
import type { Carried } from "../fake-router.ts"
import { Insider, payloadOf } from "./insider.ts"
import { CONTROL, isSealed, MODES, PUMP, refusals, setStage, TOPIC, type Stage } from "../stage.ts"
import { settled, World } from "../world.ts"

const T = 60_000
const keyOf = (name: string): Hex => party(name).csPubKey
const lastOf = ({ world }: Stage, type: Carried["type"], uri: string): Carried => {
  const found = world.router.carried.findLast((message) => message.type === type && message.uri === uri)
  assert.ok(found)
  return found
}

describe("claims about who can have made a message", () => {
  for (const mode of MODES) {
    const can = mode === "mac"

    it(`a reader ${can ? "can" : "cannot"} pass its own event off as another writer's, mode ${mode}`, async () => {
      const stage = await setStage({ mode })
      const { world, got } = stage
      await stage.publish("real")
      const insider = await Insider.join(world, "reader", "subscriber", stage.scope)
      const { header } = insider.read(lastOf(stage, "EVENT", TOPIC), KIND.event, keyOf("publisher"))
      const place = { kind: KIND.event, uri: TOPIC, instance: toHex(header.instance) }
      const forged = { args: ["forged"], kwargs: {} }
      await world.router.connect().publish(TOPIC, payloadOf(insider.seal(forged, place, keyOf("publisher"))))
      await settled()
      assert.deepEqual(got[0], can ? ["real", "forged"] : ["real"])
      assert.deepEqual(refusals(stage.subscribers[0]), can ? [] : ["payload.signature"])
      await world.close()
    })

    it(`a callee ${can ? "can" : "cannot"} call as another caller, nor answer as another callee, mode ${mode}`, async () => {
      const stage = await setStage({ mode })
      const { world, executed } = stage
      await stage.call("real")
      const insider = await Insider.join(world, "reader", "callee", stage.scope)
      // As the answer of the callee that answered before.
      const callees = insider.read(lastOf(stage, "RESULT", PUMP), KIND.result, keyOf("caller")).header
      world.router.hook = (message) => {
        if (message.type !== "RESULT" || message.uri !== PUMP) return message
        const { correlation } = insider.read(message, KIND.result, keyOf("caller")).header
        const answer = { kind: KIND.result, uri: PUMP, instance: toHex(callees.instance), correlation }
        return {
          ...message,
          payload: payloadOf(insider.seal({ args: ["forged"], kwargs: {} }, answer, keyOf("caller"))),
        }
      }
      const answer = await stage.call("asked").catch((error: unknown) => (error as { code: string }).code)
      assert.equal(answer, can ? "forged" : "payload.signature")
      world.router.hook = (message) => message
      const callers = insider.read(lastOf(stage, "CALL", PUMP), KIND.call, keyOf("caller")).header
      const place = { kind: KIND.call, uri: PUMP, instance: toHex(callers.instance) }
      const sealed = insider.seal({ args: ["forged"], kwargs: {} }, place, keyOf("caller"))
      await world.router
        .connect()
        .call(PUMP, payloadOf(sealed), { timeoutMs: 100 })
        .catch(() => undefined)
      assert.deepEqual(executed, can ? ["real", "asked", "forged"] : ["real", "asked"])
      await world.close()
    })

    it(`of five members that all read and write none ${can ? "but readers" : ""} speaks for another, mode ${mode}`, async () => {
      const world = new World()
      const scope = { uri: "com.example.", match: "prefix", mode } as const
      const names = ["one", "two", "three", "four", "five"]
      const got: unknown[][] = []
      for (const name of names) {
        const { endpoint } = await world.join(name, {}, { scopes: [scope] })
        await endpoint.subscribe(TOPIC, ([value], _kwargs, { sender }) => got.push([name, sender.address, value]))
        await endpoint.publish(TOPIC, ["hello"])
        await settled()
      }
      const seen = world.router.carried.filter(({ uri }) => uri === TOPIC)
      got.splice(0)
      const mallory = await Insider.join(world, "mallory", "subscriber", scope)
      const instances = new Map(
        seen.map((message, i) => [
          names[i],
          toHex(mallory.read(message, KIND.event, keyOf(names[i]!)).header.instance),
        ]),
      )
      // Each pair: a key of one, the name and signature of the other.
      for (const speaker of names)
        for (const victim of names) {
          if (speaker === victim) continue
          for (const [writer, instance] of [
            [speaker, victim],
            [victim, speaker],
            [victim, victim],
          ] as const) {
            const place = { kind: KIND.event, uri: TOPIC, instance: instances.get(instance) as Hex }
            const csKey = party(speaker).csKey
            const sealed = mallory.seal(
              { args: [`${speaker} as ${victim}`], kwargs: {} },
              { ...place, csKey },
              keyOf(writer),
            )
            await world.router.connect().publish(TOPIC, payloadOf(sealed))
          }
        }
      await settled()
      // In mode mac whoever reads has all that the writer has, and names it consistently: one of the three ways.
      assert.equal(got.length, can ? 20 * 4 : 0)
      await world.close()
    }).timeout(20_000)
  }

  it("in no mode can a writer that does not read say anything as another", async () => {
    for (const mode of MODES) {
      const stage = await setStage({ mode })
      await stage.publish("real")
      const reader = await Insider.join(stage.world, "reader", "subscriber", stage.scope)
      const { header } = reader.read(lastOf(stage, "EVENT", TOPIC), KIND.event, keyOf("publisher"))
      const insider = await Insider.join(stage.world, "writer", "publisher", stage.scope)
      assert.throws(
        () => insider.seal({ args: [], kwargs: {} }, { kind: KIND.event, uri: TOPIC }, keyOf("publisher")),
        {
          code: "keys.epoch",
        },
      )
      const place = { kind: KIND.event, uri: TOPIC, instance: toHex(header.instance) }
      await stage.world.router.connect().publish(TOPIC, payloadOf(insider.seal({ args: ["x"], kwargs: {} }, place)))
      await settled()
      assert.deepEqual([stage.got[0], refusals(stage.subscribers[0])], [["real"], ["payload.context"]])
      await stage.world.close()
    }
  })

  it("a reader that was never granted a writer's part is heard by nobody, not even by its agent", async () => {
    for (const mode of MODES) {
      const stage = await setStage({ mode })
      const { world, callee } = stage
      const heard: unknown[] = []
      await callee.endpoint.subscribe(TOPIC, ([value]) => heard.push(value))
      const insider = await Insider.join(world, "reader", "subscriber", stage.scope)
      const sealed = insider.seal({ args: ["mine"], kwargs: {} }, { kind: KIND.event, uri: TOPIC })
      await world.router.connect().publish(TOPIC, payloadOf(sealed))
      await settled()
      assert.deepEqual([heard, stage.got[0]], [[], []])
      assert.deepEqual(refusals(callee), ["keys.unknown_key"])
      await world.close()
    }
  })
})

/** What was published of a stage's signing keys, and when. */
function disclosuresOf({ world }: Stage): (Disclosure & { readonly at: number })[] {
  return world.router.carried.flatMap(({ uri, payload }, i) => {
    const bytes: unknown = payload.sealed ? undefined : payload.args[0]
    const message = uri === CONTROL && bytes instanceof Uint8Array ? parseControl(bytes) : undefined
    return message?.kind === "disclosure" ? [{ ...parseDisclosure(message.bytes), at: i }] : []
  })
}

describe("claims about mode dsig", () => {
  const mode: Mode = "dsig"

  it("the key of an epoch is published at the start of the next but one, not a millisecond sooner", async () => {
    const stage = await setStage({ mode })
    const { world } = stage
    await stage.publish("of epoch 0")
    const reader = await Insider.join(world, "reader", "subscriber", stage.scope)
    const authenticator = reader.read(lastOf(stage, "EVENT", TOPIC), KIND.event, keyOf("publisher")).authenticator
    world.pass(T)
    await settled()
    world.pass(T - 1)
    await settled()
    assert.deepEqual(disclosuresOf(stage), [])
    world.pass(1)
    await settled()
    const [told, ...more] = disclosuresOf(stage)
    assert.ok(told)
    assert.deepEqual([told.epoch, told.writer, more], [0, keyOf("publisher"), []])
    assert.deepEqual(told.announcement, reader.announcement.hash)
    assert.ok(disclosesKeyOf(told.seed, authenticator))
    await world.close()
  })

  it("a message is refused from before its key is published on, replayed or made with it", async () => {
    const stage = await setStage({ mode })
    const { world, got } = stage
    let kept: Payload | undefined
    world.router.hook = (message) => (message.uri === TOPIC ? void (kept = message.payload) : message)
    await stage.publish("held back")
    world.router.hook = (message) => message
    const reader = await Insider.join(world, "reader", "subscriber", stage.scope)
    world.pass(T)
    await settled()
    world.pass(T)
    await settled()
    const [told] = disclosuresOf(stage)
    assert.ok(told && kept)
    const rogue = world.router.connect()
    await rogue.publish(TOPIC, structuredClone(kept))
    const real = reader.read({ type: "EVENT", uri: TOPIC, payload: kept }, KIND.event, keyOf("publisher"))
    for (const epoch of [0, 1, 2])
      await rogue.publish(
        TOPIC,
        simulate(reader, told, real.authenticator, real.header.instance, epoch, world.now, "forged"),
      )
    await settled()
    assert.deepEqual(got[0], [])
    assert.deepEqual(refusals(stage.subscribers[0]), [
      "keys.unknown_key", // both of epoch 0
      "keys.unknown_key",
      "keys.unknown_key", // of epoch 1, whose grace is over with this one's tick
      "payload.signature", // of epoch 2, with the key that was named for epoch 0
    ])
    await world.close()
  })

  it("one late disclosure gives all earlier keys of its generation", async () => {
    const stage = await setStage({ mode })
    const { world } = stage
    const reader = await Insider.join(world, "reader", "subscriber", stage.scope)
    const authenticators: Uint8Array[] = []
    // The first disclosures get lost.
    world.router.hook = (message) => {
      const bytes: unknown = message.payload.sealed ? undefined : message.payload.args[0]
      const lost =
        bytes instanceof Uint8Array &&
        parseControl(bytes)?.kind === "disclosure" &&
        world.now < reader.announcement.t0 + 4 * T
      return lost ? undefined : message
    }
    for (let epoch = 0; epoch < 3; epoch++) {
      await stage.publish(`of epoch ${epoch}`)
      authenticators.push(
        reader.read(lastOf(stage, "EVENT", TOPIC), KIND.event, keyOf("publisher"), epoch).authenticator,
      )
      world.pass(T)
      await settled()
    }
    world.pass(T)
    await settled()
    const last = disclosuresOf(stage).at(-1)
    assert.equal(last?.epoch, 2)
    let seed = Uint8Array.from(last.seed)
    for (const epoch of [2, 1, 0]) {
      assert.ok(disclosesKeyOf(seed, authenticators[epoch] as Uint8Array))
      seed = earlierSeed(seed)
    }
    await world.close()
  })

  it("keys of a generation that ended are published in time, too", async () => {
    const stage = await setStage({ mode })
    const { world, callee } = stage
    await stage.publish("of the old keys")
    const reader = await Insider.join(world, "reader", "subscriber", stage.scope)
    const { authenticator } = reader.read(lastOf(stage, "EVENT", TOPIC), KIND.event, keyOf("publisher"))
    world.pass(30_000)
    callee.endpoint.rotateKeys(PUMP)
    await settled()
    await stage.publish("of the new ones")
    assert.deepEqual(stage.got[0], ["of the old keys", "of the new ones"])
    world.pass(2 * T - 30_000 - 1)
    await settled()
    assert.deepEqual(disclosuresOf(stage), [])
    world.pass(1)
    await settled()
    const [told] = disclosuresOf(stage)
    assert.ok(told && disclosesKeyOf(told.seed, authenticator))
    world.pass(T)
    await settled()
    assert.equal(disclosuresOf(stage).length, 2)
    await world.close()
  })

  it("callees' answers are signed with keys that are published, too", async () => {
    const stage = await setStage({ mode })
    const { world } = stage
    await stage.call("asked")
    const reader = await Insider.join(world, "reader", "callee", stage.scope)
    const { authenticator } = reader.read(lastOf(stage, "RESULT", PUMP), KIND.result, keyOf("caller"))
    for (let i = 0; i < 2; i++) {
      world.pass(T)
      await settled()
    }
    const told = disclosuresOf(stage)
    assert.deepEqual(told.map(({ writer }) => writer).sort(), [keyOf("callee"), keyOf("caller")].sort())
    assert.ok(told.some(({ seed }) => disclosesKeyOf(seed, authenticator)))
    await world.close()
  })
})

/** An event as one who only reads can make it once its writer's key was published: with one real authenticator seen before. */
function simulate(
  reader: Insider,
  { seed, announcement }: Pick<Disclosure, "seed" | "announcement">,
  seen: Uint8Array,
  instance: Uint8Array,
  epoch: number,
  time: number,
  value: unknown,
): Payload & { readonly sealed: true } {
  const { profile } = reader.scope
  const writer = keyOf("publisher")
  const key = reader.ring.answerKey(writer, KIND.event, TOPIC, epoch)
  const nonce = crypto.getRandomValues(new Uint8Array(24))
  const { generation } = reader.announcement
  const context = messageContext({
    realm: REALM,
    announcement,
    generation,
    epoch,
    kind: KIND.event,
    uri: TOPIC,
    writer,
  })
  const header = { flags: 2, sequence: 7_000 + epoch, time, instance }
  const { bytes } = encodeFrame(profile.serializer, header, [value], {}, (headerBytes, restHash) => {
    const covered = signedBytes({ keyId: key.keyId, nonce, headerBytes, restHash }, context)
    return concatBytes(seen.subarray(0, 96), signLabelled("wek1 dsig", covered, signingKey(seed)))
  })
  return {
    sealed: true,
    attributes: { ...attributesFor(profile, key.keyId) },
    payload: profile.cipher.seal(key.key, nonce, bytes),
  }
}

describe("claims about deniability", () => {
  /** What anybody who has the epoch's secrets finds in a transcript, by libraries other than ours. */
  const readingOf = (
    insider: Insider,
    mode: Mode,
    { uri, payload }: Carried,
    kind: Message["kind"],
    names: [string, string],
  ) => {
    assert.ok(payload.sealed)
    const [writer, sender] = names.map((name) => Buffer.from(fromHex(keyOf(name)) ?? []))
    return readIndependently({
      kind,
      uri,
      realm: REALM,
      announcement: Buffer.from(insider.announcement.hash),
      generation: insider.announcement.generation,
      epoch: 0,
      secret: Buffer.from(insider.grant.secrets[0]?.expose() ?? []),
      writer: writer!,
      sender: sender!,
      serializer: "cbor",
      cipher: "xsalsa20poly1305",
      padding: false,
      mode,
      keyId: String(payload.attributes["ppt_keyid"]),
      payload: Buffer.from(payload.payload),
    })
  }

  it("mode mac: a reader alone makes a conversation that opens and holds like the real one", async () => {
    const stage = await setStage({ mode: "mac" })
    const { world } = stage
    await stage.call("real")
    await stage.publish("real")
    const [ofCalls, ofEvents] = [
      await Insider.join(world, "reader", "callee", stage.scope),
      await Insider.join(world, "reader of events", "subscriber", stage.scope),
    ]
    const real: [Carried, Kind, Message["kind"], string, string, Insider][] = [
      [lastOf(stage, "CALL", PUMP), KIND.call, "call", "caller", "caller", ofCalls],
      [lastOf(stage, "RESULT", PUMP), KIND.result, "result", "caller", "callee", ofCalls],
      [lastOf(stage, "EVENT", TOPIC), KIND.event, "event", "publisher", "publisher", ofEvents],
    ]
    let correlation: Uint8Array | undefined
    for (const [message, kind, name, writer, sender, insider] of real) {
      const frame = insider.read(message, kind, keyOf(writer))
      const place = { kind, uri: message.uri, instance: toHex(frame.header.instance), sequence: frame.header.sequence }
      const answers = kind === KIND.result ? { correlation } : {}
      const sealed = insider.seal(
        { args: ["fake"], kwargs: {} },
        { ...place, ...answers, now: frame.header.time },
        keyOf(writer),
      )
      if (kind === KIND.call) correlation = sealed.correlation
      const fake = { ...message, payload: payloadOf(sealed) }
      const [one, other] = [message, fake].map((each) => readingOf(insider, "mac", each, name, [writer, sender]))
      assert.ok(one && other)
      assert.deepEqual([one.args, other.args], [["real"], ["fake"]])
      // Nothing but what was said, nonce and correlation tells them apart.
      const told = ({ header }: typeof one): unknown[] => header.slice(0, 5)
      assert.deepEqual(told(one), told(other))
      assert.equal(one.header.length, other.header.length)
      const [a, b] = [message.payload, fake.payload]
      assert.ok(a.sealed && b.sealed)
      assert.deepEqual([a.attributes, a.payload.length], [b.attributes, b.payload.length])
    }
    await world.close()
  })

  it("mode dsig: once a key is published, a reader alone makes messages that verify like the real ones", async () => {
    const stage = await setStage({ mode: "dsig" })
    const { world } = stage
    await stage.publish("real")
    const real = lastOf(stage, "EVENT", TOPIC)
    const reader = await Insider.join(world, "reader", "subscriber", stage.scope)
    const { authenticator, header } = reader.read(real, KIND.event, keyOf("publisher"))
    for (let i = 0; i < 2; i++) {
      world.pass(T)
      await settled()
    }
    const [told] = disclosuresOf(stage)
    assert.ok(told)
    const payload = simulate(reader, told, authenticator, header.instance, 0, header.time, "fake")
    const fake: Carried = { ...real, payload }
    const [one, other] = [real, fake].map((each) =>
      readingOf(reader, "dsig", each, "event", ["publisher", "publisher"]),
    )
    assert.deepEqual([one?.args, other?.args], [["real"], ["fake"]])
    assert.equal(one?.header.length, other?.header.length)
    // And by our own check.
    const frame = reader.read(fake, KIND.event, keyOf("publisher"))
    assert.deepEqual(frame.args, ["fake"])
    assert.equal(toHex(frame.authenticator.subarray(0, 96)), toHex(authenticator.subarray(0, 96)))
    assert.ok(
      !verifyDisclosed(
        frame.authenticator,
        { announcement: told.announcement, epoch: 0 },
        new Uint8Array(1),
        keyOf("publisher"),
      ),
    )
    assert.equal(ed25519PublicKey(signingKey(told.seed)), toHex(authenticator.subarray(0, 32)))
    await world.close()
  })

  it("there is evidence in mode sig alone, and a message is said to be signed there alone", async () => {
    for (const mode of MODES) {
      const stage = await setStage({ mode })
      const said: unknown[] = []
      const extra = await stage.join("extra")
      await extra.endpoint.subscribe(TOPIC, (_args, _kwargs, details) =>
        said.push([
          details.mode,
          details.signed,
          details.evidence === undefined ? undefined : judge(details.evidence()).signer,
        ]),
      )
      await stage.publish("said")
      assert.deepEqual(said, [mode === "sig" ? ["sig", true, keyOf("publisher")] : [mode, false, undefined]])
      assert.ok(isSealed(lastOf(stage, "EVENT", TOPIC)))
      await stage.world.close()
    }
  })
})
