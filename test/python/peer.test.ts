import { strict as assert } from "node:assert"
import type { ErrorCode } from "../../src/core/errors.ts"
import { ApplicationError, createStaticEndpoint, Result, type Messaging, type StaticDetails } from "../../src/index.ts"
import { keyIdOf } from "../../src/payload/keyid.ts"
import type { CipherName } from "../../src/payload/cipher.ts"
import { startRouter, type Router } from "../../src/router/index.ts"
import { rejects } from "../arbitrary.ts"
import { startHostile, type Hostile, type Message, type Rewrite } from "../router/hostile.ts"
import { openWampy, type WAMPY_SERIALIZERS } from "../world.ts"
import { wampy } from "../../src/wamp/wampy.ts"
import { PythonPeer } from "./python-peer.ts"

/** Path of a Python with the packages of requirements.txt; `.ci/python-peer.sh` makes one. */
const { PYTHON_PEER } = process.env

const OURS = "com.example.ours"
const THEIRS = "com.example.theirs"
const HEAT = "com.example.heat"
const COLD = "com.example.cold"
const DRY = "com.example.error.dry"
const KEYS = [1, 2].map((n) => Uint8Array.from({ length: 32 }, (_, i) => (i * 37 + n * 101) % 256))
const ARGS = ["tëxt", 21.5, 2n ** 63n, -5, null, true, Uint8Array.of(0, 1, 255), { nested: [[], {}] }]
const KWARGS = { unit: "bar", größe: [1] }
const [INVOCATION, RESULT, EVENT] = [68, 50, 36]

interface Way {
  readonly over: "passthru" | "autobahn"
  /** Of our session and of theirs. */
  readonly sessions: readonly [keyof typeof WAMPY_SERIALIZERS, "json" | "cbor"]
  readonly cipher: CipherName
  readonly frames: boolean
}

const SESSIONS: readonly Way["sessions"][] = [
  ["json", "json"],
  ["msgpack", "json"],
  ["cbor", "cbor"],
]
const ways: readonly Way[] = [
  ...SESSIONS.flatMap((sessions) =>
    (["xsalsa20poly1305", "aes256gcm"] as const).flatMap((cipher) =>
      [true, false].map((frames) => ({ over: "passthru" as const, sessions, cipher, frames })),
    ),
  ),
  { over: "autobahn", sessions: ["json", "json"], cipher: "xsalsa20poly1305", frames: true },
  { over: "autobahn", sessions: ["msgpack", "cbor"], cipher: "aes256gcm", frames: true },
]

if (PYTHON_PEER !== undefined) {
  describe("static keys and an independent peer in Python", function () {
    this.timeout(30_000)
    let router: Router
    let hostile: Hostile
    let python: PythonPeer
    let ours: Messaging<StaticDetails>
    let refused: ErrorCode[]
    let opened: { close(): Promise<unknown> }[]

    before(async () => {
      router = await startRouter()
      hostile = await startHostile(router.url)
      python = new PythonPeer(PYTHON_PEER)
    })
    beforeEach(() => {
      refused = []
      opened = []
      python.seen.length = 0
    })
    afterEach(async () => {
      hostile.rewrite = pass
      for (const item of opened.toReversed()) await item.close()
    })
    after(async () => {
      await python.close()
      await hostile.close()
      await router.close()
    })

    async function meet({ over, sessions: [mine, serializer], cipher, frames }: Way): Promise<void> {
      const session = await openWampy(router.url, mine)
      const carriage = over === "autobahn" ? "in-band" : "passthru"
      ours = await createStaticEndpoint({
        connection: wampy(session.client, { carriage }),
        scopes: [
          {
            uri: "com.example.",
            match: "prefix",
            cipher,
            keys: KEYS.map((key) => ({ key })),
            dangerouslyAcceptBare: !frames,
            dangerouslySendBare: !frames,
          },
        ],
        onRefusal: ({ code }) => refused.push(code),
        onWarning: () => undefined,
      })
      opened.push(session, ours)
      // Theirs seals with the second key, ours with the first.
      const keyId = await python.ask("use", { keys: KEYS.toReversed(), cipher, frames })
      assert.equal(keyId, keyIdOf(KEYS[1]!))
      assert.equal(await python.ask("join", { url: hostile.url, realm: "realm1", serializer, over }), carriage)
      opened.push({ close: () => python.ask("leave") })
    }

    for (const way of ways) {
      const { over, sessions, cipher, frames } = way
      const told = { keyId: keyIdOf(KEYS[0]!), frame: frames, error: null }
      const known = { keyId: keyIdOf(KEYS[1]!), authenticated: frames ? "frame" : "bare" }

      describe(`${frames ? "frames" : "bare payloads"}, ${cipher}, over ${over}, ${sessions.join(" and ")}`, () => {
        beforeEach(() => meet(way))

        it("is called by us: arguments, result and error", async () => {
          await python.ask("register", { uri: THEIRS })
          const { details, ...answer } = await ours.callDetailed(THEIRS, ARGS, { kwargs: KWARGS })
          assert.deepEqual(answer, { args: ARGS, kwargs: KWARGS })
          // The answer to a call is sealed with the key of the call.
          assert.deepEqual([details.keyId, details.authenticated], [told.keyId, known.authenticated])
          assert.deepEqual(python.seen, [{ seen: "call", uri: THEIRS, args: ARGS, kwargs: KWARGS, ...told }])
          const error = await rejects(ours.call(THEIRS, [DRY, 7], { kwargs: KWARGS }), "session.application_error")
          assert.ok(error instanceof ApplicationError)
          assert.deepEqual([error.uri, error.args, error.kwargs], [DRY, [DRY, 7], KWARGS])
          assert.deepEqual(refused, [])
        })

        it("calls us: arguments, result and error", async () => {
          const seen: unknown[] = []
          await ours.register(OURS, (args, kwargs, { keyId, authenticated }) => {
            seen.push([args, kwargs, { keyId, authenticated }])
            if (args[0] === DRY) throw new ApplicationError(DRY, args, kwargs)
            return new Result(args, kwargs)
          })
          const call = (args: unknown[]): Promise<unknown> => python.ask("call", { uri: OURS, args, kwargs: KWARGS })
          const { keyId } = known
          assert.deepEqual(await call(ARGS), { args: ARGS, kwargs: KWARGS, ...told, keyId })
          assert.deepEqual(await call([DRY]), { args: [DRY], kwargs: KWARGS, ...told, keyId, error: DRY })
          assert.deepEqual(seen, [
            [ARGS, KWARGS, known],
            [[DRY], KWARGS, known],
          ])
          assert.deepEqual(refused, [])
        })

        it("hears our events, and we its", async () => {
          await python.ask("subscribe", { uri: HEAT })
          await ours.publish(HEAT, ARGS, { kwargs: KWARGS })
          assert.deepEqual(await python.saw(1), [{ seen: "event", uri: HEAT, args: ARGS, kwargs: KWARGS, ...told }])
          let hear: (event: unknown) => void
          const heard = new Promise((resolve) => (hear = resolve))
          await ours.subscribe(COLD, (args, kwargs, { keyId, authenticated }) =>
            hear([args, kwargs, { keyId, authenticated }]),
          )
          await python.ask("publish", { uri: COLD, args: ARGS, kwargs: KWARGS })
          assert.deepEqual(await heard, [ARGS, KWARGS, known])
          assert.deepEqual(refused, [])
        })

        it("has what it altered refused by us", async () => {
          await ours.register(OURS, () => assert.fail("it was carried out"))
          await ours.subscribe(COLD, () => assert.fail("it was delivered"))
          const bad = { args: [1], kwargs: {}, flip: 333 }
          assert.deepEqual(await python.ask("call", { uri: OURS, ...bad }), { error: "e2ee.error.refused" })
          await python.ask("publish", { uri: COLD, ...bad })
          await python.ask("register", { uri: THEIRS, flip: 8 * 30 })
          await rejects(ours.call(THEIRS, [1]), "payload.decrypt_failed")
          for (let i = 0; i < 200 && refused.length < 2; i++) await new Promise((resolve) => setTimeout(resolve, 10))
          assert.deepEqual(refused, ["payload.decrypt_failed", "payload.decrypt_failed"])
        })

        it("refuses what a router altered of ours", async () => {
          await ours.register(OURS, () => 1)
          await python.ask("register", { uri: THEIRS })
          await python.ask("subscribe", { uri: HEAT })
          hostile.rewrite = flipping
          await rejects(ours.call(THEIRS, [1]), "session.router_error")
          await ours.publish(HEAT, [1])
          assert.deepEqual(await python.saw(2), [
            { seen: "call", uri: THEIRS, refused: "decrypt" },
            { seen: "event", uri: HEAT, refused: "decrypt" },
          ])
          await assert.rejects(python.ask("call", { uri: OURS, args: [], kwargs: {} }), { word: "decrypt" })
        })
      })
    }
  })
}

function pass(_direction: unknown, message: Message): Message {
  return message
}

/** Flips the last bit of the one argument of whatever comes to the client. */
const flipping: Rewrite = (direction, message) => {
  const place = { [INVOCATION]: 4, [RESULT]: 3, [EVENT]: 4 }[message[0] as number]
  if (direction === "toRouter" || place === undefined) return message
  const args = message[place] as [Uint8Array]
  args[0] = Uint8Array.from(args[0], (byte, i) => (i === args[0].length - 1 ? byte ^ 1 : byte))
  return message
}
