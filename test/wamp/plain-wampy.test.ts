import { strict as assert } from "node:assert"
import { createCipheriv, createDecipheriv, randomBytes } from "node:crypto"
import { createRequire } from "node:module"
import { Wampy } from "wampy"
import { CborSerializer } from "wampy/CborSerializer.js"
import { MsgpackSerializer } from "wampy/MsgpackSerializer.js"
import { createStaticEndpoint, Result, type Messaging, type StaticDetails } from "../../src/index.ts"
import { keyIdOf } from "../../src/payload/keyid.ts"
import { startRouter, type Router } from "../../src/router/index.ts"
import { openWampy } from "../world.ts"

const KEY = randomBytes(32)
const PASSTHRU = {
  ppt_scheme: "wamp",
  ppt_serializer: "cbor",
  ppt_cipher: "aes256gcm",
  ppt_keyid: keyIdOf(KEY),
}
const cbor = new CborSerializer()

/** wampy's own passthru with a serialiser that seals: a plain implementation, of whose bytes none are of our making. */
const sealed = {
  isBinary: true,
  encode(payload: object): Uint8Array {
    const nonce = randomBytes(12)
    const aes = createCipheriv("aes-256-gcm", KEY, nonce)
    return Buffer.concat([nonce, aes.update(cbor.encode(payload) as Uint8Array), aes.final(), aes.getAuthTag()])
  },
  decode(box: Uint8Array): unknown {
    const aes = createDecipheriv("aes-256-gcm", KEY, box.subarray(0, 12)).setAuthTag(box.subarray(-16))
    return cbor.decode(Buffer.concat([aes.update(box.subarray(12, -16)), aes.final()]))
  },
}

interface Answer {
  readonly argsList: unknown[]
  readonly argsDict?: object
}

describe("static keys and a plain implementation, wampy's own passthru", () => {
  let router: Router
  const opened: { close(): Promise<unknown> }[] = []
  before(async () => (router = await startRouter()))
  afterEach(async () => {
    for (const item of opened.splice(0).toReversed()) await item.close()
  })
  after(() => router.close())

  async function join(sendBare: boolean): Promise<Messaging<StaticDetails>> {
    const session = await openWampy(router.url, "cbor")
    const endpoint = await createStaticEndpoint({
      connection: session.connection,
      scopes: [
        {
          uri: "com.example.",
          match: "prefix",
          cipher: "aes256gcm",
          keys: [{ key: KEY }],
          dangerouslyAcceptBare: true,
          dangerouslySendBare: sendBare,
        },
      ],
      onWarning: () => undefined,
    })
    opened.push(session, endpoint)
    return endpoint
  }

  async function plain(): Promise<Wampy> {
    const { WebSocket } = createRequire(import.meta.url)("ws") as { WebSocket: unknown }
    const options = { realm: "realm1", ws: WebSocket, autoReconnect: false, serializer: new MsgpackSerializer() }
    const client = new Wampy(router.url, { ...options, payloadSerializers: { cbor: sealed } } as never)
    await client.connect()
    opened.push({ close: () => client.disconnect() })
    return client
  }

  for (const sendBare of [true, false]) {
    const how = sendBare ? "without frames" : "with frames, which it reads past"
    it(`call each other and hear each other's events, we ${how}`, async () => {
      const [ours, theirs] = [await join(sendBare), await plain()]
      const known: unknown[] = []
      await ours.register("com.example.ours", (args, kwargs, { authenticated }) => {
        known.push(authenticated)
        return new Result(args, kwargs)
      })
      const args = ["text", 1, -1.5, null, true, { nested: [1, 2] }]
      const argsDict = { unit: "bar" }
      const answer = (await theirs.call("com.example.ours", { argsList: args, argsDict }, PASSTHRU)) as Answer
      assert.deepEqual([answer.argsList, answer.argsDict], [args, argsDict])

      await theirs.register("com.example.theirs", ((call: Answer) => ({ ...call, options: PASSTHRU })) as never)
      const { details, ...result } = await ours.callDetailed("com.example.theirs", args, { kwargs: argsDict })
      assert.deepEqual(result, { args, kwargs: argsDict })
      assert.deepEqual([known, details.authenticated], [["bare"], "bare"])

      const heard: unknown[] = []
      await ours.subscribe(
        "com.example.heat",
        (args, _kwargs, { authenticated }) => void heard.push([args, authenticated]),
      )
      await theirs.publish("com.example.heat", { argsList: [Uint8Array.of(1, 2)] } as never, PASSTHRU)
      let hear: (event: Answer) => void
      const cold = new Promise<Answer>((resolve) => (hear = resolve))
      await theirs.subscribe("com.example.cold", ((event: Answer) => hear(event)) as never)
      await ours.publish("com.example.cold", [21.5], { kwargs: argsDict })
      const { argsList, argsDict: kwargs } = await cold
      assert.deepEqual([argsList, kwargs], [[21.5], argsDict])
      assert.deepEqual(heard, [[[Uint8Array.of(1, 2)], "bare"]])
    })
  }
}).timeout(20_000)
