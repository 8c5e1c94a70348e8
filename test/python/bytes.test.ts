import { strict as assert } from "node:assert"
import * as fc from "fast-check"
import type { ErrorCode } from "../../src/core/errors.ts"
import { KIND } from "../../src/payload/frame.ts"
import { keyIdOf } from "../../src/payload/keyid.ts"
import { bytesOfLength, flipped } from "../arbitrary.ts"
import { documented } from "../session/messages/documented-example.ts"
import {
  dataKeyOf,
  forge,
  keyOf,
  StaticWorld,
  type Forgery,
  type StaticInhabitant,
} from "../session/messages/static-world.ts"
import { PythonPeer } from "./python-peer.ts"

const { PYTHON_PEER } = process.env
const HEAT = "com.example.heat"
const counted = (length: number, from = 0): Uint8Array => Uint8Array.from({ length }, (_, i) => from + i)
const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString("hex")

const aText = fc.string({ unit: "grapheme", maxLength: 30 }).filter((text) => !text.startsWith("\0"))
const aKey = aText.filter((key) => !["__proto__", "constructor", "prototype"].includes(key))
const { value: aValue } = fc.letrec<{ value: unknown }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 4 },
    fc.constantFrom(null, true, false, -1, 23, 24, 255, 256, 65_535, 65_536, 2 ** 32 - 1, 2 ** 32),
    aText,
    fc.maxSafeInteger(),
    fc.bigInt({ min: 1n << 53n, max: (1n << 64n) - 1n }),
    fc.bigInt({ min: -(1n << 63n), max: -(1n << 53n) }),
    fc.double({ noNaN: true, noDefaultInfinity: true, noInteger: true }),
    fc.uint8Array({ maxLength: 300 }),
    fc.array(tie("value"), { maxLength: 4 }),
    fc.dictionary(aKey, tie("value"), { maxKeys: 4, noNullPrototype: true }),
  ),
}))
const someArgs = fc.array(aValue, { maxLength: 4 })
const someKwargs = fc.dictionary(aKey, aValue, { maxKeys: 4, noNullPrototype: true })

interface Made {
  readonly attributes: Record<string, string>
  readonly box: Uint8Array
}

if (PYTHON_PEER !== undefined) {
  describe("an independent peer in Python, byte by byte", function () {
    this.timeout(60_000)
    let python: PythonPeer
    let world: StaticWorld
    before(() => (python = new PythonPeer(PYTHON_PEER)))
    beforeEach(() => (world = new StaticWorld()))
    afterEach(() => world.close())
    after(() => python.close())

    const use = (cipher = "xsalsa20poly1305", frames = true, keys = [keyOf("a")]): Promise<unknown> =>
      python.ask("use", { keys, cipher, frames })

    it("makes exactly the example of the documentation", async () => {
      const given = { key: counted(32), nonce: counted(24, 0x40), instance: counted(8, 0xa0), sequence: 7 }
      const message = { now: Date.UTC(2026, 0, 2, 3, 4, 5), uri: "com.example.add2", args: [2, 3] }
      const made = await python.ask<Record<string, Uint8Array | string>>("example", { ...given, ...message })
      assert.deepEqual(
        Object.fromEntries(Object.entries(made).map(([name, it]) => [name, typeof it === "string" ? it : hex(it)])),
        documented(),
      )
    })

    it("names keys as we do, clamped or not", async () => {
      await fc.assert(
        fc.asyncProperty(fc.array(bytesOfLength(32), { minLength: 1, maxLength: 40 }), async (keys) => {
          assert.deepEqual(await python.ask("key_ids", { keys }), keys.map(keyIdOf))
        }),
        { numRuns: 20 },
      )
    })

    for (const cipher of ["xsalsa20poly1305", "aes256gcm"] as const) {
      it(`opens what we seal, whatever it is, in ${cipher}`, async () => {
        await use(cipher)
        world.now = Date.now() // theirs is the machine's clock
        const { endpoint } = await world.join(["a"], { cipher })
        await fc.assert(
          fc.asyncProperty(someArgs, someKwargs, async (args, kwargs) => {
            await endpoint.publish(HEAT, args, { kwargs })
            const { payload: sent } = world.router.carried.at(-1)!
            assert.ok(sent.sealed)
            const keyId = dataKeyOf("a").keyId
            const place = { kind: "event", uri: HEAT, attributes: sent.attributes, box: sent.payload }
            const expected = { args, kwargs, keyId, frame: true, error: null }
            assert.deepEqual(await python.ask("open", place), expected)
          }),
          { numRuns: 100 },
        )
      })

      for (const frames of [true, false]) {
        it(`seals what we open, whatever it is, in ${cipher}, ${frames ? "framed" : "bare"}`, async () => {
          await use(cipher, frames)
          const got: unknown[] = []
          const { endpoint, refused } = await world.join(["a"], { cipher, dangerouslyAcceptBare: !frames })
          await endpoint.subscribe(
            HEAT,
            (args, kwargs, { authenticated }) => void got.push([args, kwargs, authenticated]),
          )
          await fc.assert(
            fc.asyncProperty(someArgs, someKwargs, async (args, kwargs) => {
              got.length = 0
              const given = { kind: "event", uri: HEAT, args, kwargs, ...(frames ? { now: world.now } : {}) }
              const { attributes, box } = await python.ask<Made>("seal", given)
              await world.router.connect().publish(HEAT, { sealed: true, attributes, payload: box })
              await new Promise((resolve) => setImmediate(resolve))
              assert.deepEqual(got, [[args, kwargs, frames ? "frame" : "bare"]])
            }),
            { numRuns: 100 },
          )
          assert.deepEqual(refused, [])
        })
      }
    }

    /** What a holder of keys, or a router, could make of an event, and what each side says to it. */
    const attacks: readonly [
      string,
      Omit<Forgery, "kind"> & { kind?: keyof typeof KIND; uri?: string },
      string,
      ErrorCode,
    ][] = [
      ["for another topic", { uri: "com.example.cold" }, "authenticator", "payload.context"],
      ["that is a call", { kind: "call" }, "authenticator", "payload.context"],
      ["that is an answer", { correlation: new Uint8Array(16) }, "place", "payload.context"],
      ["with a key that is not held", { key: "b" }, "unknown_key", "keys.unknown_key"],
      ["that is too old", { now: -300_100 }, "stale", "payload.stale"],
      ["that is of the future", { now: 310_000 }, "stale", "payload.stale"],
    ]
    const aged = (changes: { now?: number }, now: number): { now: number } => ({ now: now + (changes.now ?? 0) })

    for (const [what, { kind = "event", ...changes }, word, code] of attacks) {
      it(`refuses an event ${what}, and so do we`, async () => {
        await use()
        const { attributes, payload } = forge({ uri: HEAT, kind: KIND[kind], ...changes, ...aged(changes, Date.now()) })
        const opening = python.ask("open", { kind: "event", uri: HEAT, attributes, box: payload })
        await assert.rejects(opening, { word })

        await python.ask("use", { keys: [keyOf(changes.key ?? "a")], cipher: "xsalsa20poly1305", frames: true })
        const { key: _, ...place } = changes
        const given = { kind, uri: HEAT, args: [], kwargs: {}, ...place, ...aged(changes, world.now) }
        const made = await python.ask<Made>("seal", given)
        const { refused } = await listening()
        await deliver(made)
        assert.deepEqual(refused, [code])
      })
    }

    it("refuses the key's twin of the same id, a frame with another key's authenticator, or none, and a bare payload", async () => {
      const twin = flipped(keyOf("a"), 0)
      assert.equal(keyIdOf(twin), dataKeyOf("a").keyId)
      await use("xsalsa20poly1305", true, [twin])
      const open = (message: ReturnType<typeof forge>): Promise<unknown> =>
        python.ask("open", { kind: "event", uri: HEAT, attributes: message.attributes, box: message.payload })
      await assert.rejects(open(forge({ uri: HEAT })), { word: "decrypt" })
      await use()
      await assert.rejects(open(forge({ uri: HEAT, signs: "b" })), { word: "authenticator" })
      await assert.rejects(open(forge({ uri: HEAT, authenticator: new Uint8Array() })), { word: "authenticator" })
      const { endpoint } = await world.join(["a"], { dangerouslySendBare: true })
      await endpoint.publish(HEAT, [1])
      await assert.rejects(open(world.router.carried.at(-1)!.payload as ReturnType<typeof forge>), { word: "decode" })
    })

    it("refuses a message twice and one with any bit changed, and so do we", async () => {
      for (const cipher of ["xsalsa20poly1305", "aes256gcm"] as const) {
        await use(cipher)
        const { attributes, payload } = forge({ uri: HEAT, now: Date.now(), profile: { cipher } })
        const open = (box: Uint8Array): Promise<unknown> =>
          python.ask("open", { kind: "event", uri: HEAT, attributes, box })
        for (let bit = 0; bit < payload.length * 8; bit += 7)
          await assert.rejects(open(flipped(payload, bit)), { word: "decrypt" })
        await open(payload)
        await assert.rejects(open(payload), { word: "replay" })

        const made = await python.ask<Made>("seal", { kind: "event", uri: HEAT, args: [], kwargs: {}, now: world.now })
        const { refused, heard } = await listening({ cipher })
        const bits = Array.from({ length: Math.ceil((made.box.length * 8) / 7) }, (_, i) => i * 7)
        for (const bit of bits) await deliver({ ...made, box: flipped(made.box, bit) })
        assert.deepEqual(
          refused.splice(0),
          bits.map(() => "payload.decrypt_failed"),
        )
        await deliver(made)
        await deliver(made)
        assert.deepEqual([refused, heard.length], [["payload.replay"], 1])
        await world.close()
      }
    })

    async function listening(scope = {}): Promise<StaticInhabitant & { heard: unknown[] }> {
      const inhabitant = await world.join(["a"], scope)
      const heard: unknown[] = []
      await inhabitant.endpoint.subscribe(HEAT, (args) => void heard.push(args))
      return { ...inhabitant, heard }
    }

    async function deliver({ attributes, box }: Made): Promise<void> {
      await world.router.connect().publish(HEAT, { sealed: true, attributes, payload: box })
      await new Promise((resolve) => setImmediate(resolve))
    }
  })
}
