import assert from "node:assert/strict"
import * as fc from "fast-check"
import { Wampy } from "wampy"
import { isE2eeError } from "../../src/core/errors.ts"
import { encodeInBand } from "../../src/payload/in-band.ts"
import { WampError, type Connection, type Payload } from "../../src/session/connection.ts"
import type { Message } from "../../src/wamp/carriage.ts"
import { sealing, wampy } from "../../src/wamp/wampy.ts"
import { tapOf } from "../../src/wamp/wampy-serializer.ts"
import { FakeSocket, plain, PPT, SEALED, WELCOMED } from "./fake-socket.ts"

const [HELLO, WELCOME, ABORT, CHALLENGE, GOODBYE, ERROR] = [1, 2, 3, 4, 6, 8]
const [PUBLISH, PUBLISHED, SUBSCRIBE, SUBSCRIBED, UNSUBSCRIBE, UNSUBSCRIBED, EVENT] = [16, 17, 32, 33, 34, 35, 36]
const [CALL, RESULT, REGISTER, REGISTERED, UNREGISTER, UNREGISTERED] = [48, 50, 64, 65, 66, 67]
const [INVOCATION, INTERRUPT] = [68, 69]
const ANSWERS = [PUBLISHED, SUBSCRIBED, UNSUBSCRIBED, RESULT, REGISTERED, UNREGISTERED]
const REQUESTS: ReadonlySet<unknown> = new Set([PUBLISH, SUBSCRIBE, UNSUBSCRIBE, CALL, REGISTER, UNREGISTER])

/** Lets wampy and its timers without a wait do what they have to. */
async function settled(): Promise<void> {
  for (let i = 0; i < 3; i++) await new Promise((resolve) => setTimeout(resolve, 0))
}

/** A client of wampy whose router is the test, and what became of everything. */
class Stage {
  readonly client: Wampy
  readonly connection: Connection
  /** What the serialiser's decoding threw. */
  readonly thrown: unknown[] = []
  readonly tap
  pending = 0
  #failures: unknown[] = []

  private constructor(client: Wampy) {
    this.client = client
    this.connection = wampy(client as never)
    this.tap = tapOf(client.getOptions().serializer as never)!
  }

  /** @param early whether the tap is there from the beginning */
  static async open(early: boolean): Promise<Stage> {
    const thrown: unknown[] = []
    const serializer = early ? sealing(plain) : plain
    // As wampy sees it, but what it catches is noted.
    const noting = new Proxy(serializer, {
      get: (target, key, self) =>
        key !== "decode"
          ? (Reflect.get(target, key, self) as unknown)
          : (data: unknown) => {
              try {
                return target.decode(data)
              } catch (error) {
                thrown.push(error)
                throw error
              }
            },
    })
    const client = new Wampy("ws://router/", {
      realm: "realm1",
      ws: FakeSocket,
      serializer: noting,
      reconnectInterval: 0,
      maxRetries: 0,
    } as never)
    const connecting = client.connect()
    FakeSocket.latest.open()
    FakeSocket.latest.say([WELCOME, 1, WELCOMED])
    await connecting
    const stage = new Stage(client)
    stage.thrown.push(...thrown)
    // Adapters that come late wrap what is there: note what that throws.
    const wrapped = client.getOptions().serializer as unknown as { decode(data: unknown): unknown }
    if (!early) {
      const decode = wrapped.decode.bind(wrapped)
      wrapped.decode = (data) => {
        try {
          return decode(data)
        } catch (error) {
          stage.thrown.push(error)
          throw error
        }
      }
    } else Object.defineProperty(stage, "thrown", { value: thrown })
    return stage
  }

  /** Awaits what an application would: it has to end, by a code of ours or the router's ERROR. */
  await(work: Promise<unknown>): void {
    this.pending++
    work
      .catch((error: unknown) => {
        if (!isE2eeError(error) && !(error instanceof WampError)) this.#failures.push(error)
      })
      .finally(() => this.pending--)
  }

  /** Requests of the present connection, newest last. */
  get requests(): Message[] {
    return FakeSocket.latest.sent.filter(([type]) => REQUESTS.has(type))
  }

  /** The session is lost for good: everything has to end now. */
  async end(): Promise<void> {
    this.client.setOptions({ autoReconnect: false })
    // A connection that was about to be made may come late; that is closed, too.
    for (let i = 0; i < 3 || (i < 200 && this.pending > 0); i++) {
      FakeSocket.latest.end()
      await settled()
    }
    assert.equal(this.pending, 0, "something never ends")
    assert.deepEqual(this.#failures, [], "something failed without a code")
    for (const error of this.thrown) assert.ok(error instanceof TypeError, String(error))
  }
}

describe("wamp: the tap before wampy, and a router that says anything", function () {
  this.timeout(120_000)
  const rejections: unknown[] = []
  const unhandled = (error: unknown): number => rejections.push(error)
  let listeners: NodeJS.UnhandledRejectionListener[]

  before(() => {
    listeners = process.listeners("unhandledRejection")
    process.removeAllListeners("unhandledRejection")
    process.on("unhandledRejection", unhandled)
  })
  after(() => {
    process.removeAllListeners("unhandledRejection")
    for (const listener of listeners) process.on("unhandledRejection", listener)
  })
  afterEach(() => void FakeSocket.made.splice(0))

  const id = fc.oneof(
    { weight: 6, arbitrary: fc.nat(12) },
    fc.bigInt({ min: 0n, max: 12n }),
    fc.constantFrom<unknown>("__proto__", "constructor", "toString", "1", -1, 1.5, 2 ** 53, 2n ** 64n, null, true),
  )
  const details = fc.oneof(
    { weight: 4, arbitrary: fc.constant<unknown>({}) },
    fc.record(
      { progress: fc.constantFrom<unknown>(true, false, 1, "yes", null), receive_progress: fc.boolean() },
      { requiredKeys: [] },
    ),
    fc.record(
      { procedure: fc.constantFrom<unknown>("com.a", "com.b", 7), topic: fc.constantFrom<unknown>("com.a", 7) },
      { requiredKeys: [] },
    ),
    fc.constantFrom<unknown>(
      PPT,
      { ...PPT, progress: true },
      { ppt_scheme: 7, ppt_keyid: { deep: [] } },
      JSON.parse('{"__proto__": {"ppt_scheme": "wamp"}, "progress": true}'),
      null,
      undefined,
      [],
      "x",
    ),
  )
  const args = fc.oneof(
    fc.constantFrom<unknown>(
      undefined,
      [],
      [Uint8Array.of(1, 2, 3)],
      [Uint8Array.of(1, 2, 3).buffer],
      [encodeInBand({ attributes: PPT, payload: Uint8Array.of(9) })],
      [new TextEncoder().encode("WE2E\u0001\u00ff")],
      ["\0AQID"],
      ["AQID"],
      [1, 2],
      [{ args: [], kwargs: {} }],
      "x",
      7,
      null,
    ),
    fc.array(fc.anything(), { maxLength: 3 }),
  )
  const uri = fc.constantFrom("com.a", "com.b", "com.c")
  const match = fc.constantFrom("exact", "prefix", "wildcard")

  /** What the application does. */
  const application = fc.oneof(
    fc.record({ do: fc.constant("call" as const), uri, parts: fc.boolean(), input: fc.boolean() }),
    fc.record({ do: fc.constant("publish" as const), uri }),
    fc.record({ do: fc.constant("subscribe" as const), uri, match }),
    fc.record({ do: fc.constant("register" as const), uri, match }),
    fc.record({ do: fc.constant("end" as const), which: fc.nat(5) }),
    fc.record({ do: fc.constant("cancel" as const), which: fc.nat(5) }),
    fc.record({ do: fc.constant("plain" as const), uri, kind: fc.constantFrom("call", "subscribe", "publish") }),
  )
  /** What the router says: fitting what was asked, nearly fitting, or anything. */
  const router = fc.oneof(
    {
      weight: 6,
      arbitrary: fc.record({ do: fc.constant("answer" as const), which: fc.nat(5), id: fc.nat(9), details, args }),
    },
    { weight: 2, arbitrary: fc.record({ do: fc.constant("refuse" as const), which: fc.nat(5), details, args }) },
    fc.record({
      do: fc.constant("misanswer" as const),
      which: fc.nat(5),
      type: fc.constantFrom(...ANSWERS),
      id,
      details,
      args,
    }),
    {
      weight: 3,
      arbitrary: fc.record({
        do: fc.constant("invoke" as const),
        request: fc.oneof(fc.nat(5), id),
        registration: fc.oneof(fc.nat(9), id),
        details,
        args,
      }),
    },
    fc.record({ do: fc.constant("interrupt" as const), request: id, details }),
    fc.record({ do: fc.constant("event" as const), subscription: fc.oneof(fc.nat(9), id), details, args }),
    fc.record({
      do: fc.constant("say" as const),
      message: fc.oneof(fc.anything(), fc.tuple(fc.integer({ min: -1, max: 80 }), id, id, details, args, args)),
    }),
    fc.record({
      do: fc.constant("welcome" as const),
      id: fc.oneof(fc.constant(7), id),
      details: fc.oneof(fc.constant<unknown>(WELCOMED), details),
    }),
    fc.record({
      do: fc.constant("close" as const),
      how: fc.constantFrom("goodbye", "farewell", "abort", "challenge", "drop", "error"),
    }),
  )
  /** Time passes; connections that the client made are let in, and mostly welcomed. */
  const time = fc.record({ do: fc.constant("pass" as const), welcome: fc.boolean() })
  const steps = fc.array(
    fc.oneof({ weight: 4, arbitrary: application }, { weight: 5, arbitrary: router }, { weight: 3, arbitrary: time }),
    { maxLength: 40 },
  )

  type Step = typeof steps extends fc.Arbitrary<(infer One)[]> ? One : never

  async function play(stage: Stage, script: readonly Step[]): Promise<void> {
    const ends: (() => Promise<void>)[] = []
    const aborts: AbortController[] = []
    const { connection, client } = stage
    for (const step of script) {
      const socket = FakeSocket.latest
      const asked = "which" in step ? stage.requests.at(-1 - step.which) : undefined
      switch (step.do) {
        case "call": {
          const abort = new AbortController()
          aborts.push(abort)
          const input = async function* (): AsyncGenerator<{ payload: Payload; last: boolean }> {
            for (const last of [false, true]) yield { payload: SEALED, last }
          }
          const options = {
            timeoutMs: 60_000,
            signal: abort.signal,
            ...(step.parts ? { onPart: () => undefined } : {}),
            ...(step.input ? { parts: input() } : {}),
          }
          stage.await(connection.call(step.uri, SEALED, options))
          break
        }
        case "publish":
          stage.await(connection.publish(step.uri, SEALED))
          break
        case "subscribe":
          stage.await(
            connection.subscribe(step.uri, step.match as "exact", () => undefined).then((end) => ends.push(end)),
          )
          break
        case "register":
          stage.await(
            connection
              .register(step.uri, step.match as "exact", async ({ signal, sendPart, parts }) => {
                sendPart?.(SEALED)
                try {
                  for await (const _part of parts ?? []) if (signal.aborted) break
                } catch {
                  // The session was lost.
                }
                return SEALED
              })
              .then((end) => ends.push(end)),
          )
          break
        case "end": {
          const [end] = ends.splice(step.which, 1)
          if (end !== undefined) stage.await(end())
          break
        }
        case "cancel":
          aborts[step.which]?.abort()
          break
        case "plain":
          // The application's own, past us: wampy may lose sight of those.
          if (step.kind === "call") client.call(step.uri, [1]).catch(() => undefined)
          else if (step.kind === "publish") client.publish(step.uri, [1]).catch(() => undefined)
          else client.subscribe(step.uri, () => undefined).catch(() => undefined)
          break
        case "answer": {
          const [type, request] = asked ?? []
          if (type === CALL) socket.say([RESULT, request, step.details, step.args])
          else if (type !== undefined) socket.say([Number(type) + 1, request, step.id])
          break
        }
        case "refuse":
          if (asked !== undefined) socket.say([ERROR, asked[0], asked[1], step.details, "com.error", step.args])
          break
        case "misanswer":
          socket.say([step.type, asked?.[1] ?? step.id, step.type === RESULT ? step.details : step.id, step.args])
          break
        case "invoke":
          socket.say([INVOCATION, step.request, step.registration, step.details, step.args])
          break
        case "interrupt":
          socket.say([INTERRUPT, step.request, step.details])
          break
        case "event":
          socket.say([EVENT, step.subscription, 1, step.details, step.args])
          break
        case "say":
          socket.say(step.message)
          break
        case "welcome":
          socket.say([WELCOME, step.id, step.details])
          break
        case "close":
          if (step.how === "goodbye") socket.say([GOODBYE, {}, "wamp.close.system_shutdown"])
          else if (step.how === "farewell") socket.say([GOODBYE, {}, "wamp.close.goodbye_and_out"])
          else if (step.how === "abort") socket.say([ABORT, {}, "wamp.error.x"])
          else if (step.how === "challenge") socket.say([CHALLENGE, "ticket", {}])
          else socket.end(step.how === "error" ? new Error("the connection broke") : undefined)
          break
        case "pass":
          if (socket.readyState === 2) socket.end()
          await settled()
          FakeSocket.latest.open()
          if (step.welcome && FakeSocket.latest.sent.at(-1)?.[0] === HELLO)
            FakeSocket.latest.say([WELCOME, 1 + FakeSocket.made.length, WELCOMED])
      }
      await Promise.resolve()
    }
  }

  for (const early of [true, false]) {
    it(`throws TypeErrors alone, leaves no rejection unhandled, and lets everything end (tap there ${early ? "from the beginning" : "later"})`, async () => {
      await fc.assert(
        fc.asyncProperty(steps, async (script) => {
          FakeSocket.made.splice(0)
          const stage = await Stage.open(early)
          await play(stage, script)
          await stage.end()
          await settled()
          assert.deepEqual(rejections.splice(0), [])
          assert.ok(stage.tap.size <= 2 * script.length, `${stage.tap.size} things are remembered`)
        }),
        { numRuns: Number(process.env["TAP_RUNS"] ?? 300) },
      )
    })
  }
})

describe("wamp: a wampy client that is refused before its first session", () => {
  for (const [what, said] of [
    ["what is no message", "garbage"],
    ["an answer to nothing", [RESULT, 1, {}]],
    ["ABORT", [ABORT, {}, "wamp.error.no_such_realm"]],
    ["GOODBYE", [GOODBYE, {}, "wamp.close.system_shutdown"]],
    ["CHALLENGE", [CHALLENGE, "ticket", {}]],
  ] as const) {
    it(`by ${what} takes no welcome any more, which nobody waits for`, async () => {
      const unhandled: unknown[] = []
      const listeners = process.listeners("unhandledRejection")
      process.removeAllListeners("unhandledRejection")
      process.on("unhandledRejection", (error) => unhandled.push(error))
      try {
        const options = { realm: "realm1", ws: FakeSocket, serializer: sealing(plain), autoReconnect: false }
        const client = new Wampy("ws://router/", options as never)
        const connecting = client.connect().then(
          () => "open",
          () => "refused",
        )
        FakeSocket.latest.open()
        FakeSocket.latest.say(said)
        FakeSocket.latest.say([WELCOME, 1, WELCOMED])
        await settled()
        FakeSocket.latest.end()
        await settled()
        assert.equal(await connecting, "refused")
      } finally {
        process.removeAllListeners("unhandledRejection")
        for (const listener of listeners) process.on("unhandledRejection", listener)
      }
      assert.deepEqual(unhandled, [])
    })
  }
})
