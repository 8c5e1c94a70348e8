import { strict as assert } from "node:assert"
import type { Address } from "../../../src/core/address.ts"
import { concatBytes, fromHex } from "../../../src/core/bytes.ts"
import { decodeCbor, encodeCbor } from "../../../src/payload/cbor.ts"
import { KIND } from "../../../src/payload/frame.ts"
import { WampError, type Payload } from "../../../src/session/connection.ts"
import type { TrustProvider } from "../../../src/trust/provider.ts"
import { flipped, rejects } from "../../arbitrary.ts"
import { memberOf } from "../../keys/parties.ts"
import { readIndependently } from "../../payload/independent-reader.ts"
import { factsOf, named, party, REALM } from "../../trust/chains.ts"
import type { Carried } from "../fake-router.ts"
import { secretsOf } from "./heap.ts"
import { Insider } from "./insider.ts"
import {
  CONTROL,
  GRANT,
  isSealed,
  MODES,
  OTHER_TOPIC,
  PUMP,
  refusals,
  setStage,
  TOPIC,
  VALVE,
  type Stage,
} from "../stage.ts"
import { settled, World } from "../world.ts"

/** Every byte that a router sees of a message. */
function bytesOf({ uri, payload, error }: Carried): Buffer {
  const plain = [uri, error ?? ""].map((text) => Buffer.from(text))
  if (payload.sealed) return Buffer.concat([...plain, encodeCbor(payload.attributes), payload.payload])
  return Buffer.concat([...plain, encodeCbor(payload.args), encodeCbor(payload.kwargs)])
}

/** Texts and bytes as they might stand in a transcript, base64 at each of its three alignments. */
function formsOf(bytes: Uint8Array): Buffer[] {
  const raw = Buffer.from(bytes)
  const aligned = [0, 1, 2].flatMap((shift) => {
    const shifted = Buffer.concat([Buffer.alloc(shift), raw])
    const inner = (text: string): string => text.slice(shift === 0 ? 0 : 4, Math.floor((shifted.length / 3) * 4 - 3))
    return [inner(shifted.toString("base64")), inner(shifted.toString("base64url"))]
  })
  const texts = [raw.toString("hex"), raw.toString("hex").toUpperCase(), ...aligned]
  const wide = raw.every((byte) => byte < 128) ? [Buffer.from(raw.toString("latin1"), "utf16le")] : []
  return [raw, Buffer.from(raw.toReversed()), ...wide, ...texts.map((text) => Buffer.from(text))]
}

async function play({ call, publish }: Stage): Promise<void> {
  assert.equal(await call("a call"), "a call")
  await rejects(call("fail"), "session.application_error")
  await publish("an event")
}

for (const mode of MODES) {
  describe(`claims about the wire, mode ${mode}`, () => {
    let stage: Stage
    beforeEach(async () => (stage = await setStage({ mode })))
    afterEach(() => stage.world.close())

    it("it is plain secretbox: a stranger's libraries open calls, results, errors and events with the epoch's secret alone", async () => {
      const { world, scope } = stage
      const insiders = {
        call: await Insider.join(world, "a reader of calls", "callee", scope),
        event: await Insider.join(world, "a reader of events", "subscriber", scope),
      }
      await play(stage)
      const kinds = { CALL: "call", RESULT: "result", ERROR: "error", EVENT: "event" } as const
      const seen: unknown[] = []
      for (const { type, uri, payload } of world.router.carried.filter(isSealed)) {
        assert.ok(payload.sealed)
        const kind = kinds[type]
        const insider = insiders[kind === "event" ? "event" : "call"]
        assert.deepEqual(
          { ...payload.attributes, ppt_keyid: "" },
          { ppt_scheme: "wamp", ppt_serializer: "cbor", ppt_cipher: "xsalsa20poly1305", ppt_keyid: "" },
        )
        const writer = party(kind === "event" ? "publisher" : "caller").csPubKey
        const sender = { call: "caller", result: "callee", error: "callee", event: "publisher" }[kind]
        const reading = readIndependently({
          kind,
          uri,
          realm: REALM,
          announcement: Buffer.from(insider.announcement.hash),
          generation: insider.announcement.generation,
          epoch: 0,
          secret: Buffer.from(insider.grant.secrets[0]?.expose() ?? []),
          writer: Buffer.from(fromHex(writer) ?? []),
          sender: Buffer.from(fromHex(party(sender).csPubKey) ?? []),
          serializer: "cbor",
          cipher: "xsalsa20poly1305",
          padding: false,
          mode,
          keyId: String(payload.attributes["ppt_keyid"]),
          payload: Buffer.from(payload.payload),
        })
        seen.push([kind, ...(reading.args as unknown[])])
      }
      assert.deepEqual(seen, [
        ["call", "a call"],
        ["result", "a call"],
        ["call", "fail"],
        ["error", "no water"],
        ["event", "an event"],
      ])
    })

    it("no plaintext or key byte is in a router's transcript, in whatever encoding", async () => {
      const canaries = Array.from({ length: 64 }, (_, i) => `canary-${mode}-${i}-${"x".repeat(i % 7)}`)
      // From the first message on: grants, announcements and all.
      const { result: other, secrets } = await secretsOf(async () => {
        const other = await setStage({ mode })
        const { callee, caller, publisher, world } = other
        await callee.endpoint.register("com.example.echo", (args, kwargs) => {
          const { text, bytes } = kwargs as { text: string; bytes: Uint8Array }
          return [args[0], { text, bytes }]
        })
        for (const [i, canary] of canaries.entries()) {
          const kwargs = { text: canary, bytes: Buffer.from(canary), [canary]: i }
          if (i % 2 === 0) await caller.endpoint.call("com.example.echo", [canary], { kwargs })
          else await publisher.endpoint.publish(TOPIC, [canary], { kwargs })
        }
        await settled() // a subscriber asks who the publisher is
        callee.endpoint.rotateKeys(PUMP)
        assert.equal(await caller.endpoint.call(PUMP, [canaries[0]]), canaries[0])
        world.pass(120_000)
        await settled()
        await publisher.endpoint.publish(TOPIC, canaries)
        await settled()
        await world.close()
        return other
      })
      const transcript = Buffer.concat(other.world.router.carried.map(bytesOf))
      assert.ok(transcript.includes(GRANT) && transcript.includes(CONTROL) && transcript.length > 50_000)
      assert.equal(other.got[0].length, 33)
      for (const canary of canaries)
        for (const form of formsOf(Buffer.from(canary))) assert.ok(!transcript.includes(form), canary)
      assert.ok(secrets.size > 50)
      // What mode dsig publishes in time is no secret any more.
      const published = other.world.router.carried.filter(({ uri }) => uri === CONTROL).map(bytesOf)
      for (const [name, bytes] of secrets) {
        if (mode === "dsig" && published.some((one) => one.includes(Buffer.from(bytes)))) continue
        for (const form of formsOf(bytes)) assert.ok(!transcript.includes(form), `a secret of ${name.length} digits`)
      }
    }).timeout(60_000)

    it("a message is opened as what it is and nowhere else: every splice and swap is refused", async () => {
      const { world, callee, caller, publisher, subscribers, executed, got } = stage
      await play(stage)
      await stage.call("to the valve", VALVE)
      await stage.publish("of heat", OTHER_TOPIC)
      const captured = world.router.carried.filter(isSealed).map(({ payload }) => payload)
      assert.equal(captured.length, 8)
      const [calls, events] = [executed.length, [...got[0]]]
      const rogue = world.router.connect()
      for (const payload of captured)
        for (const uri of [PUMP, VALVE, TOPIC, OTHER_TOPIC]) {
          await rogue.publish(uri, structuredClone(payload))
          await rogue.call(uri, structuredClone(payload), { timeoutMs: 100 }).then(
            () => assert.fail("executed"),
            (error) => assert.ok(error instanceof WampError),
          )
        }
      await settled()
      assert.equal(executed.length, calls)
      assert.deepEqual(got[0], events)
      // As answers to a call that is under way.
      for (const type of ["RESULT", "ERROR"] as const)
        for (const payload of captured) {
          world.router.hook = (message) => {
            if (!isSealed(message) || message.type === "CALL") return message
            const error = type === "ERROR" ? { error: "com.example.error.dry" } : {}
            return { type, uri: message.uri, payload: structuredClone(payload), ...error }
          }
          const answer = await stage.call("again").catch((error: unknown) => error)
          assert.match(String((answer as { code?: string }).code), /^(keys\.unknown_key|payload\.)/)
        }
      for (const one of [callee, caller, publisher, ...subscribers])
        for (const code of refusals(one))
          assert.match(code, /^(keys\.unknown_key|payload\.(context|replay|decrypt_failed))$/)
    }).timeout(60_000)

    it("the results of two calls cannot be swapped", async () => {
      const { world } = stage
      const results: Payload[] = []
      world.router.hook = (message) => {
        if (message.type === "RESULT" && isSealed(message)) results.push(message.payload)
        return message
      }
      assert.deepEqual(await Promise.all([1, 2].map((value) => stage.call(value))), [1, 2])
      for (let round = 0; round < 50; round++) {
        const waiting: Payload[] = []
        world.router.hook = (message) => {
          if (message.type !== "RESULT" || !isSealed(message)) return message
          waiting.push(message.payload)
          // The second call is answered with the first's result; the first with that of the round before.
          return { ...message, payload: structuredClone(waiting.at(-2) ?? (results.at(-1) as Payload)) }
        }
        const answers = await Promise.allSettled([stage.call(`${round} a`), stage.call(`${round} b`)])
        results.push(...waiting)
        for (const answer of answers) {
          assert.equal(answer.status, "rejected")
          assert.equal((answer.reason as { code: string }).code, "payload.context")
        }
      }
    }).timeout(20_000)

    it("a message that comes back to its sender is refused", async () => {
      const { world, publisher, callee, executed } = stage
      const own: unknown[] = []
      await publisher.endpoint.subscribe(TOPIC, ([value]) => own.push(value))
      await stage.publish("mine")
      const event = world.router.carried.findLast(({ uri }) => uri === TOPIC)
      assert.ok(event)
      await world.router.connect().publish(TOPIC, structuredClone(event.payload))
      await settled()
      assert.deepEqual([own, refusals(publisher)], [[], ["payload.context"]])
      // A call as its own result.
      world.router.hook = (message) =>
        message.type === "RESULT" && message.uri === PUMP
          ? {
              ...message,
              payload: structuredClone(world.router.carried.findLast(({ type }) => type === "CALL")!.payload),
            }
          : message
      await rejects(stage.call("mirrored"), "keys.unknown_key")
      // The agent's own call to itself.
      const before = executed.length
      await assert.rejects(callee.endpoint.call(PUMP, ["to myself"]))
      assert.equal(executed.length, before)
      assert.ok(refusals(callee).includes("payload.context"))
    })

    it("each message is taken once, in whatever order a router repeats them", async () => {
      const { world, executed, got } = stage
      await stage.publish("warm")
      const events: Payload[] = []
      world.router.hook = (message) => {
        if (message.uri !== TOPIC) return message
        events.push(message.payload)
        return undefined
      }
      for (let i = 0; i < 40; i++) await stage.publisher.endpoint.publish(TOPIC, [i])
      world.router.hook = (message) => message
      const rogue = world.router.connect()
      const order = events.flatMap((event, i) =>
        Array.from({ length: 1 + (i % 3) }, (_, n) => ({ event, at: (i * 17 + n * 13) % 40 })),
      )
      for (const { event } of order.toSorted((a, b) => a.at - b.at)) await rogue.publish(TOPIC, structuredClone(event))
      await settled()
      for (const one of got) {
        assert.equal(one.length, 41)
        assert.equal(new Set(one).size, 41)
      }
      await stage.call("once")
      const call = world.router.carried.findLast(({ type, uri }) => type === "CALL" && uri === PUMP)
      for (let i = 0; i < 3; i++)
        await assert.rejects(rogue.call(PUMP, structuredClone(call!.payload), { timeoutMs: 100 }), WampError)
      assert.deepEqual(executed, ["once"])
      assert.deepEqual(refusals(stage.callee), ["payload.replay", "payload.replay", "payload.replay"])
    }).timeout(20_000)

    it("a message of an epoch is taken in the grace after it and not a millisecond later", async () => {
      for (const [late, taken] of [
        [4_999, true],
        [5_000, false],
      ] as const) {
        const fresh = await setStage({ mode })
        const { world, got } = fresh
        await fresh.publish("first")
        let kept: Payload | undefined
        world.router.hook = (message) => (message.uri === TOPIC ? void (kept = message.payload) : message)
        await fresh.publish("held back")
        world.router.hook = (message) => message
        // Up to the next epoch, whose tick comes, and then into its grace.
        world.pass(60_000)
        await settled()
        world.pass(late)
        await settled()
        await world.router.connect().publish(TOPIC, structuredClone(kept as Payload))
        await settled()
        assert.deepEqual(got[0], taken ? ["first", "held back"] : ["first"])
        assert.deepEqual(refusals(fresh.subscribers[0]), taken ? [] : ["keys.unknown_key"])
        await world.close()
      }
    })

    it("a message of a generation that is over is taken in the grace after it and not a millisecond later", async () => {
      for (const [late, taken] of [
        [4_999, true],
        [5_000, false],
      ] as const) {
        const fresh = await setStage({ mode })
        const { world, got, callee } = fresh
        await fresh.publish("first")
        let kept: Payload | undefined
        world.router.hook = (message) => (message.uri === TOPIC ? void (kept = message.payload) : message)
        await fresh.publish("held back")
        world.router.hook = (message) => message
        world.pass(1_000)
        callee.endpoint.rotateKeys(PUMP)
        await settled()
        await fresh.publish("of the new keys")
        world.pass(late)
        await world.router.connect().publish(TOPIC, structuredClone(kept as Payload))
        await settled()
        assert.deepEqual(got[0], ["first", "of the new keys", ...(taken ? ["held back"] : [])])
        await world.close()
      }
    })

    for (const kind of ["event", "call", "result"] as const) {
      it(`what a reader changes in another's ${kind} is refused${mode === "mac" ? " where its place says otherwise" : ""}`, async () => {
        const { world, scope, got, executed } = stage
        const insider = await Insider.join(world, "reader", kind === "event" ? "subscriber" : "callee", scope)
        await play(stage)
        const taken: string[] = []
        for (const mutant of MUTANTS) {
          const before = got[0].length + executed.length
          if (kind === "result") {
            world.router.hook = (message) =>
              message.type === "RESULT" && message.uri === PUMP
                ? { ...message, payload: mutate(insider, message, kind, mutant) }
                : message
            const answer = await stage.call("asked").then(
              () => "taken",
              (error: unknown) => (error as { code?: string }).code,
            )
            if (answer === "taken") taken.push(mutant.name)
            else assert.match(String(answer), /^(payload|keys)\./)
            world.router.hook = (message) => message
            continue
          }
          let kept: Carried | undefined
          world.router.hook = (message) => (isSealed(message) ? void (kept = message) : message)
          if (kind === "event") await stage.publish("held back")
          else await rejects(stage.caller.endpoint.call(PUMP, ["held back"], { timeoutMs: 5 }), "session.timeout")
          world.router.hook = (message) => message
          assert.ok(kept)
          const payload = mutate(insider, kept, kind, mutant)
          const rogue = world.router.connect()
          if (kind === "event") await rogue.publish(TOPIC, payload)
          else
            await rogue.call(PUMP, payload, { timeoutMs: 100 }).catch((error) => assert.ok(error instanceof WampError))
          await settled()
          if (got[0].length + executed.length > before) taken.push(mutant.name)
        }
        const sayable = MUTANTS.filter(({ mac }) => mac === true || mac === kind).map(({ name }) => name)
        assert.deepEqual(taken, mode === "mac" ? sayable : [])
      }).timeout(60_000)
    }
  })
}

describe("claims about the wire", () => {
  it("a message of another realm is refused, whatever its URI, members and keys", async () => {
    const foreign = named("another realm")
    const got: unknown[] = []
    const groupOf = async (realm: Address) => {
      const world = new World()
      const trust: TrustProvider = { realm, facts: async (chain) => factsOf(chain, { realm }) }
      const publisher = await world.join("publisher", { realm }, { trust })
      const subscriber = await world.join("subscriber", { realm }, { trust })
      await publisher.endpoint.publish("com.example.other", ["makes this one the agent"])
      await subscriber.endpoint.subscribe(TOPIC, ([value]) => got.push([realm, value]))
      return { world, publisher, subscriber }
    }
    const [ours, theirs] = [await groupOf(REALM), await groupOf(foreign)]
    await theirs.publisher.endpoint.publish(TOPIC, ["theirs"])
    await settled()
    assert.deepEqual(got, [[foreign, "theirs"]])
    const event = theirs.world.router.carried.findLast(({ uri }) => uri === TOPIC)
    await ours.world.router.connect().publish(TOPIC, structuredClone(event!.payload))
    await settled()
    assert.deepEqual([got.length, ours.subscriber.refused], [1, ["keys.unknown_key"]])
    // And whoever is of the other realm gets no keys here, nor takes any from here.
    const trust: TrustProvider = { realm: foreign, facts: async (chain) => factsOf(chain, { realm: foreign }) }
    const stranger = await ours.world.join("stranger", { realm: foreign }, { trust })
    await rejects(stranger.endpoint.call(PUMP), "keys.announcement")
    await Promise.all([ours.world.close(), theirs.world.close()])
  })
})

/** One change of an opened message. In mode `mac` its writer and all readers can say some of them: there it is no change. */
interface Mutant {
  readonly name: string
  readonly header?: (fields: unknown[]) => unknown[]
  readonly body?: (body: Record<string, unknown>) => Record<string, unknown>
  readonly authenticator?: (bytes: Uint8Array) => Uint8Array
  readonly mac?: true | "event" | "call" | "result"
}

const MUTANTS: readonly Mutant[] = [
  { name: "version", header: (f) => f.with(0, 2) },
  ...[0, 1, 3, 4, 8, 10].map((flags) => ({ name: `flags ${flags}`, header: (f: unknown[]) => f.with(1, flags) })),
  { name: "retained", header: (f) => f.with(1, 6), mac: "event" },
  { name: "time", header: (f) => f.with(3, (f[3] as number) + 1), mac: true },
  { name: "time of yesterday", header: (f) => f.with(3, (f[3] as number) - 86_400_000) },
  { name: "instance of nobody", header: (f) => f.with(4, new Uint8Array(8)) },
  { name: "short instance", header: (f) => f.with(4, new Uint8Array(7)) },
  { name: "another correlation", header: (f) => [...f.slice(0, 5), new Uint8Array(16), ...f.slice(6)] },
  { name: "error URI", header: (f) => [...f.slice(0, 5), f[5] ?? null, "com.example.error", ...f.slice(7)] },
  { name: "part", header: (f) => [...f.slice(0, 5), f[5] ?? null, f[6] ?? null, 1] },
  { name: "another callee", header: (f) => [...f.slice(0, 5), f[5] ?? null, null, null, new Uint8Array(8).fill(9)] },
  { name: "absent field", header: (f) => [...f, null] },
  { name: "ten fields", header: (f) => [...f, ...Array.from({ length: 10 - f.length }, () => 1)] },
  { name: "header that is no list", header: () => [] },
  { name: "arguments", body: (b) => ({ ...b, args: ["forged"] }), mac: true },
  { name: "keyword arguments", body: (b) => ({ ...b, kwargs: { forged: true } }), mac: true },
  { name: "no arguments", body: ({ e2e }) => ({ e2e, args: [], kwargs: {} }), mac: true },
  { name: "another field", body: (b) => ({ ...b, more: 1 }) },
  { name: "another order", body: ({ e2e, args, kwargs }) => ({ args, kwargs, e2e }) },
  { name: "the same in a box of our own", mac: true },
  ...[0, 32, 64, 160].map((length) => ({
    name: `${length} zeros as authenticator`,
    authenticator: () => new Uint8Array(length),
    ...(length === 0 ? { mac: true as const } : {}),
  })),
  {
    name: "damaged authenticator",
    authenticator: (bytes) => (bytes.length === 0 ? Uint8Array.of(1) : flipped(bytes, 11)),
  },
  // Last: it leaves the sequences of all others behind.
  { name: "sequence", header: (f) => f.with(2, (f[2] as number) + 500), mac: true },
]

/** Opens a message as a reader can, changes it, and seals it in a fresh box under its key. */
function mutate(insider: Insider, { uri, payload }: Carried, kind: keyof typeof KIND, mutant: Mutant): Payload {
  assert.ok(payload.sealed)
  const { cipher } = insider.scope.profile
  const caller = party("caller").csPubKey
  const keyId = String(payload.attributes["ppt_keyid"])
  insider.ring.members.add(memberOf("publisher", "publisher"))
  insider.ring.members.add(memberOf("caller", "caller"))
  const key =
    kind === "result"
      ? insider.ring.answerKey(caller, KIND.result, uri, 0)
      : insider.ring.find(keyId, KIND[kind], uri, [0])
  assert.equal(key?.keyId, keyId)
  const { plaintext } = cipher.open(key.key, payload.payload)
  const body = decodeCbor(plaintext) as Record<string, unknown>
  const e2e = body["e2e"] as Uint8Array
  const length = e2e[0] ?? 0
  const {
    header = (f: unknown[]) => f,
    authenticator = (a: Uint8Array) => a,
    body: change = (b: typeof body) => b,
  } = mutant
  const headerBytes = encodeCbor(header(decodeCbor(e2e.subarray(1, 1 + length)) as unknown[]))
  const changed = concatBytes(Uint8Array.of(headerBytes.length), headerBytes, authenticator(e2e.subarray(1 + length)))
  const nonce = crypto.getRandomValues(new Uint8Array(cipher.nonceBytes))
  return { ...payload, payload: cipher.seal(key.key, nonce, encodeCbor(change({ ...body, e2e: changed }))) }
}
