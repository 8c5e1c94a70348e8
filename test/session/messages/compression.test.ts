import assert from "node:assert/strict"
import type { Compression } from "../../../src/payload/compression.ts"
import type { PassthruMessage } from "../../../src/payload/attributes.ts"
import { KIND } from "../../../src/payload/frame.ts"
import { COMPRESSIONS, parseProfile, type ProfileOptions } from "../../../src/payload/profile.ts"
import { ReplayWindows } from "../../../src/session/messages/replay.ts"
import { brotli } from "../../../src/zlib/index.ts"
import { refuses } from "../../arbitrary.ts"
import { countedRandom, memberOf, openIn, ringOf, sealIn, selfOf } from "../../keys/parties.ts"
import { zeros } from "../../payload/bombs.ts"
import { NOW, party } from "../../trust/chains.ts"
import { World } from "../world.ts"

const URI = "com.example.heat"
const READINGS = Array.from({ length: 60 }, (_, i) => ({ sensor: `pump-${i % 4}`, degrees: 20 + i / 8 }))
const { deflate } = COMPRESSIONS

/** One member seals by `write`, another opens by `read`. */
function messages(write: Compression, read: Compression) {
  const ring = ringOf("callee", "read", { branch: "event" })
  for (const name of ["caller", "other"]) ring.members.add(memberOf(name, "publisher"))
  const key = { ...ring.answerKey(party("caller").csPubKey, KIND.event, URI, 0), ring }
  const random = countedRandom("compressed")
  const replay = new ReplayWindows()
  let sequence = 0
  const [profile, other] = [write, read].map((compression) => parseProfile({ compression }))
  const { instance } = selfOf("caller")
  const place = { kind: KIND.event, uri: URI, now: NOW }
  return {
    seal: (csKey = party("caller").csKey) =>
      sealIn(
        ring,
        { args: [READINGS], kwargs: {} },
        { ...place, owner: "caller", key, csKey, profile: profile!, instance, sequence: sequence++, random },
      ),
    open: (message: PassthruMessage) =>
      openIn(ring, message, {
        ...place,
        profile: other!,
        skew: 1_000,
        replay,
        self: selfOf("callee").instance,
      }),
  }
}

describe("session: compression of a scope", () => {
  let world: World
  beforeEach(() => (world = new World()))
  afterEach(() => world.close())

  for (const profile of [
    { compression: "deflate" },
    { compression: "gzip", serializer: "json", padding: true },
    { compression: brotli(), serializer: "msgpack", cipher: "aes256gcm" },
  ] satisfies ProfileOptions[]) {
    const name = typeof profile.compression === "string" ? profile.compression : profile.compression.name
    it(`calls and publishes by ${name}, and sends less`, async () => {
      const scopes = [{ uri: "com.example.", match: "prefix" as const, ...profile }]
      const callee = await world.join("callee", {}, { scopes })
      const caller = await world.join("caller", {}, { scopes })
      await callee.endpoint.register("com.example.echo", ([value]) => value)
      for (const value of [READINGS, "short", [READINGS, new Uint8Array(2_000)]])
        assert.deepEqual(await caller.endpoint.call("com.example.echo", [value]), value)
      let deliver = (_args: readonly unknown[]): void => undefined
      const event = new Promise((resolve) => (deliver = resolve))
      await caller.endpoint.subscribe(URI, (args) => deliver(args))
      await callee.endpoint.publish(URI, [READINGS])
      assert.deepEqual(await event, [READINGS])
      const sent = world.router.carried.find(({ type, uri }) => type === "EVENT" && uri === URI)
      assert.ok(sent!.payload.sealed && sent!.payload.payload.length < JSON.stringify(READINGS).length / 2)
      assert.deepEqual([caller.refused, callee.refused], [[], []])
    })
  }

  it("gives no keys to an end point whose compression is another", async () => {
    const scopes = [{ uri: "com.example.", match: "prefix" as const }]
    const callee = await world.join("callee", {}, { scopes })
    await callee.endpoint.register("com.example.echo", ([value]) => value)
    for (const compression of ["deflate", "gzip"] as const) {
      const theirs = scopes.map((scope) => ({ ...scope, compression }))
      const caller = await world.join(`caller ${compression}`, {}, { scopes: theirs })
      await assert.rejects(caller.endpoint.call("com.example.echo", [1]), { code: "keys.policy" })
    }
  })

  it("inflates nothing of a message that its sender did not sign, or that was seen before", () => {
    let times = 0
    const counting: Compression = { ...deflate, decompress: (...given) => (times++, deflate.decompress(...given)) }
    const { seal, open } = messages(deflate, counting)
    refuses(() => open(seal(party("other").csKey)), "payload.signature")
    assert.equal(times, 0)
    const sealed = seal()
    assert.deepEqual(open(sealed).args, [READINGS])
    assert.equal(times, 1)
    refuses(() => open(sealed), "payload.replay")
    assert.equal(times, 1)
  })

  it("refuses a bomb that a member signed", () => {
    const bomb = zeros(1_000).bytes
    const bomber: Compression = { ...deflate, compress: () => bomb.subarray(0, 900) }
    const { seal, open } = messages(bomber, deflate)
    refuses(() => open(seal()), "payload.decode_failed")
  })
})
