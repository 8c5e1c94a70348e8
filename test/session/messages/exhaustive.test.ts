import { strict as assert } from "node:assert"
import { toHex } from "../../../src/core/bytes.ts"
import type { Keyring } from "../../../src/keys/keyring.ts"
import type { Member } from "../../../src/keys/member.ts"
import type { PassthruMessage } from "../../../src/payload/attributes.ts"
import { CIPHERS, type CipherName } from "../../../src/payload/cipher.ts"
import { KIND } from "../../../src/payload/frame.ts"
import { DEFAULT_PROFILE, parseProfile } from "../../../src/payload/profile.ts"
import { ReplayWindows } from "../../../src/session/messages/replay.ts"
import type { Opened, Sealed } from "../../../src/session/messages/sealing.ts"
import { flipped, refuses } from "../../arbitrary.ts"
import { announcementOf, countedRandom, memberOf, openIn, ringOf, sealIn, selfOf } from "../../keys/parties.ts"
import { NOW, party } from "../../trust/chains.ts"

const URI = "com.example.heat"
const ERROR = "com.example.error.dry"
const CORRELATION = new Uint8Array(16).fill(4)
const SIZE = 1_024
const ANNOUNCEMENT = announcementOf("agent")

type OpenOptions = Parameters<typeof openIn>[2] & { readonly ring: Keyring }
const open = (message: PassthruMessage, { ring, ...place }: OpenOptions): Opened<Member> => openIn(ring, message, place)

function ringWithBoth(branch: "call" | "event", self: string): Keyring {
  const ring = ringOf(self, "read", { branch, announcement: ANNOUNCEMENT })
  ring.members.add(memberOf("caller", branch === "call" ? "caller" : "publisher"))
  ring.members.add(memberOf("callee", branch === "call" ? "callee" : "subscriber"))
  return ring
}

/** A message whose box has exactly 1 KiB, and the place where it is opened. */
function messageOf(kind: keyof typeof KIND, cipher: CipherName): { sealed: Sealed; place: () => OpenOptions } {
  const answers = kind === "result" || kind === "error"
  const [from, to] = answers ? ["callee", "caller"] : ["caller", "callee"]
  const ring = ringWithBoth(kind === "event" ? "event" : "call", to!)
  const key = { ...ring.answerKey(party("caller").csPubKey, KIND[kind], URI, 0), ring }
  const answering = { ...(answers ? { correlation: CORRELATION } : {}), ...(kind === "error" ? { error: ERROR } : {}) }
  const shared = { profile: parseProfile({ cipher }), kind: KIND[kind], uri: URI, ...answering }
  const sealedOf = (length: number): Sealed =>
    sealIn(
      ring,
      { args: ["a".repeat(length)], kwargs: {} },
      {
        ...shared,
        owner: from!,
        key,
        instance: selfOf(from!).instance,
        sequence: 5,
        now: NOW,
        random: countedRandom(kind),
      },
    )
  const around = sealedOf(600).payload.length - 600
  const sealed = sealedOf(SIZE - around)
  assert.equal(sealed.payload.length, SIZE)
  const self = selfOf(to!).instance
  return { sealed, place: () => ({ ...shared, ring, now: NOW, skew: 0, replay: new ReplayWindows(), self }) }
}

for (const cipher of Object.keys(CIPHERS) as CipherName[])
  for (const kind of Object.keys(KIND) as (keyof typeof KIND)[]) {
    describe(`session: a sealed ${kind} of 1 KiB, ${cipher}`, () => {
      const { sealed, place } = messageOf(kind, cipher)
      const { attributes, payload } = sealed

      it("is accepted as it is, once", () => {
        const here = place()
        assert.equal(open(sealed, here).args.length, 1)
        refuses(() => open(sealed, here), "payload.replay")
      })

      it("is refused with any of its 8,192 bits turned over", () => {
        for (let bit = 0; bit < 8 * SIZE; bit++)
          refuses(() => open({ attributes, payload: flipped(payload, bit) }, place()), "payload.decrypt_failed")
      })

      it("is refused at every length but its own, cut at either end or made longer", () => {
        for (let length = 0; length < SIZE; length++) {
          refuses(() => open({ attributes, payload: payload.slice(0, length) }, place()), "payload.decrypt_failed")
          refuses(() => open({ attributes, payload: payload.slice(SIZE - length) }, place()), "payload.decrypt_failed")
        }
        for (let more = 1; more <= 64; more++)
          refuses(
            () => open({ attributes, payload: Uint8Array.from([...payload, ...new Uint8Array(more)]) }, place()),
            "payload.decrypt_failed",
          )
      })

      it("is refused under any other key id: with any digit changed, or in another case", () => {
        const id = attributes["ppt_keyid"] as string
        for (let at = 2; at < id.length; at++)
          for (const digit of "0123456789abcdefABCDEF") {
            const other = id.slice(0, at) + digit + id.slice(at + 1)
            if (other === id) continue
            refuses(
              () => open({ attributes: { ...attributes, ppt_keyid: other }, payload }, place()),
              "keys.unknown_key",
            )
          }
        for (const other of [id.toLowerCase(), id.toUpperCase().replace("0X", "0x")])
          refuses(() => open({ attributes: { ...attributes, ppt_keyid: other }, payload }, place()), "keys.unknown_key")
      })

      it("is refused as any other kind", () => {
        for (const other of Object.keys(KIND) as (keyof typeof KIND)[]) {
          if (other === kind) continue
          const elsewhere = messageOf(other, cipher).place()
          refuses(() => open(sealed, elsewhere), "keys.unknown_key")
        }
      })
    }).timeout(120_000)
  }

describe("session: a frame of 1 KiB that a member who holds the key, and did not send it, changes and seals again", () => {
  it("is refused with any of its bytes changed", () => {
    const { sealed, place } = messageOf("call", "xsalsa20poly1305")
    const { profile = DEFAULT_PROFILE, ring } = place()
    const key = ring.find(sealed.attributes["ppt_keyid"] as string, KIND.call, URI, [0])!
    const { nonce, plaintext } = profile.cipher.open(key.key, sealed.payload)
    const resealed = (frame: Uint8Array): Sealed => ({ ...sealed, payload: profile.cipher.seal(key.key, nonce, frame) })
    assert.equal(toHex(resealed(plaintext).payload), toHex(sealed.payload))
    const codes = new Set<string>()
    for (let at = 0; at < plaintext.length; at++) {
      // One bit of each byte: a signature takes a millisecond to judge.
      assert.throws(
        () => open(resealed(flipped(plaintext, 8 * at + (at % 8))), place()),
        (error: { code?: string }) => {
          codes.add(error.code ?? String(error))
          return true
        },
      )
    }
    assert.deepEqual([...codes].sort(), ["keys.unknown_key", "payload.decode_failed", "payload.signature"])
  })
}).timeout(120_000)
