import { strict as assert } from "node:assert"
import { Secret } from "../../../src/core/secret.ts"
import { keyCommitment, StaticRing, staticAuthenticator } from "../../../src/keys/static-ring.ts"
import { decodeFrame, KIND } from "../../../src/payload/frame.ts"
import { DEFAULT_PROFILE } from "../../../src/payload/profile.ts"
import { seal, unbox } from "../../../src/session/messages/sealing.ts"
import { documented } from "./documented-example.ts"

const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString("hex")
const counted = (length: number, from = 0): Uint8Array => Uint8Array.from({ length }, (_, i) => from + i)

describe("session: the documented example of static keys", () => {
  it("is what this implementation makes, byte for byte", () => {
    const place = { kind: KIND.call, uri: "com.example.add2" }
    const key = new StaticRing([{ key: counted(32) }]).own
    const sealed = seal(
      { args: [2, 3], kwargs: {} },
      {
        ...place,
        profile: DEFAULT_PROFILE,
        key,
        instance: "0xa0a1a2a3a4a5a6a7",
        sequence: 7,
        now: Date.UTC(2026, 0, 2, 3, 4, 5),
        random: (length) => counted(length, 0x40),
        authenticate: (covered) => staticAuthenticator(key, DEFAULT_PROFILE, place, covered),
      },
    )
    const { bytes } = unbox(sealed, DEFAULT_PROFILE, place.uri, () => key)
    const { headerBytes, authenticator } = decodeFrame(DEFAULT_PROFILE.serializer, bytes)
    assert.deepEqual(documented(), {
      ppt_keyid: key.keyId,
      commitment: hex(keyCommitment(new Secret(counted(32)))),
      header: hex(headerBytes),
      authenticator: hex(authenticator),
      frame: hex(bytes),
      argument: hex(sealed.payload),
      correlation: hex(sealed.correlation),
    })
  })
})
