import assert from "node:assert/strict"
import { CIPHERS, type CipherName } from "../../../src/payload/cipher.ts"
import type { ProfileOptions } from "../../../src/payload/profile.ts"
import { SERIALIZERS, type PayloadSerializer, type SerializerName } from "../../../src/payload/serializer.ts"
import { World } from "../world.ts"

const scopes = (profile: ProfileOptions) => [{ uri: "com.example.", match: "prefix" as const, ...profile }]
const VALUES = ["text", 2n ** 60n, Uint8Array.of(0, 1, 255), { nested: [null, true, -1.5] }] as const

/** An application's own serialiser, as one with a schema would be: here CBOR with a byte of its own before it. */
const own: PayloadSerializer = {
  name: "mine",
  scheme: "x_example",
  rest: (args, kwargs) => SERIALIZERS.cbor.rest(args, kwargs),
  join: (e2e, rest) => Uint8Array.of(7, ...SERIALIZERS.cbor.join(e2e, rest)),
  split: (bytes) => SERIALIZERS.cbor.split(bytes.subarray(1)),
}

describe("session: serialisers and ciphers of a scope", () => {
  let world: World
  beforeEach(() => (world = new World()))
  afterEach(() => world.close())

  const profiles: ProfileOptions[] = [
    ...Object.keys(SERIALIZERS).flatMap((serializer) =>
      Object.keys(CIPHERS).map((cipher) => ({
        serializer: serializer as SerializerName,
        cipher: cipher as CipherName,
      })),
    ),
    { serializer: own },
    { padding: true },
    { serializer: "json", cipher: "aes256gcm", padding: true },
  ]
  for (const profile of profiles) {
    const name = typeof profile.serializer === "object" ? "one of the application's own" : profile.serializer
    const more = profile.padding ? ", padded" : ""
    it(`calls, fails and publishes in ${name ?? "the default"}, ${profile.cipher ?? "the default cipher"}${more}`, async () => {
      const callee = await world.join("callee", {}, { scopes: scopes(profile) })
      const caller = await world.join("caller", {}, { scopes: scopes(profile) })
      await callee.endpoint.register("com.example.echo", ([value]) => {
        if (value === "fail") throw new Error("no")
        return value
      })
      for (const value of VALUES) assert.deepEqual(await caller.endpoint.call("com.example.echo", [value]), value)
      await assert.rejects(caller.endpoint.call("com.example.echo", ["fail"]), { code: "session.application_error" })
      let deliver = (_args: readonly unknown[]): void => undefined
      const event = new Promise((resolve) => (deliver = resolve))
      await caller.endpoint.subscribe("com.example.heat", (args) => deliver(args))
      await callee.endpoint.publish("com.example.heat", [...VALUES])
      assert.deepEqual(await event, VALUES)
    })
  }

  for (const [what, theirs] of [
    ["cipher", { cipher: "aes256gcm" }],
    ["serialiser", { serializer: "msgpack" }],
    ["padding", { padding: true }],
  ] as const) {
    it(`gives no keys to an end point whose ${what} is another`, async () => {
      const callee = await world.join("callee", {}, { scopes: scopes({}) })
      await callee.endpoint.register("com.example.echo", ([value]) => value)
      const caller = await world.join("caller", {}, { scopes: scopes(theirs) })
      await assert.rejects(caller.endpoint.call("com.example.echo", [1]), {
        code: "keys.policy",
        message: /both need the same/,
      })
      assert.deepEqual(callee.refused, [])
    })
  }

  it("refuses a profile that there is not", async () => {
    await assert.rejects(world.join("callee", {}, { scopes: scopes({ cipher: "rot13" as CipherName }) }), {
      code: "usage.invalid",
    })
  })
})
