import { strict as assert } from "node:assert"
import { xsalsa20 } from "@noble/ciphers/salsa.js"
import { concatBytes, toHex } from "../../../src/core/bytes.ts"
import type { Secret } from "../../../src/core/secret.ts"
import type { Keyring } from "../../../src/keys/keyring.ts"
import { attributesFor, type PassthruMessage } from "../../../src/payload/attributes.ts"
import { secretbox } from "../../../src/payload/cipher.ts"
import { encodeFrame, FLAG, KIND } from "../../../src/payload/frame.ts"
import { DEFAULT_PROFILE } from "../../../src/payload/profile.ts"
import { SERIALIZERS } from "../../../src/payload/serializer.ts"
import { ReplayWindows } from "../../../src/session/messages/replay.ts"
import { refuses } from "../../arbitrary.ts"
import { announcementOf, memberOf, openIn, ringOf, selfOf } from "../../keys/parties.ts"
import { NOW, party } from "../../trust/chains.ts"

// Poly1305 commits to no key (W19; Dodis, Grubbs, Ristenpart, Woodage: Fast Message Franking, CRYPTO 2018): whoever knows
// two keys makes a box that opens under both. What keeps a message to one meaning is the key id, which names the one key
// that is tried, and the signature, which covers the id.

const P = (1n << 130n) - 5n
const BLOCK = 1n << 128n
const CLAMP = 0x0ffffffc0ffffffc0ffffffc0fffffffn
const NONCE = new Uint8Array(24).fill(3)
const URI = "com.example.heat"

const little = (bytes: Uint8Array): bigint => BigInt(`0x${Buffer.from(bytes.toReversed()).toString("hex") || "0"}`)
const bytesOf = (value: bigint): Uint8Array =>
  Uint8Array.from(Buffer.from(value.toString(16).padStart(32, "0"), "hex").toReversed())
const mod = (value: bigint): bigint => ((value % P) + P) % P
function power(base: bigint, exponent: bigint): bigint {
  let result = 1n
  for (let b = base, e = exponent; e > 0n; e >>= 1n, b = mod(b * b)) if (e & 1n) result = mod(result * b)
  return result
}
const inverse = (value: bigint): bigint => power(mod(value), P - 2n)

/** The one-time key of a box: the multiplier, and what is added in the end (NaCl, "secretbox"). */
function oneTimeKey(key: Secret): { r: bigint; s: bigint } {
  const stream = xsalsa20(key.expose(), NONCE, new Uint8Array(32))
  return { r: little(stream.subarray(0, 16)) & CLAMP, s: little(stream.subarray(16)) }
}

/** The sum that Poly1305 makes of whole blocks of 16 bytes. */
function sumOf(ciphertext: Uint8Array, r: bigint): bigint {
  let sum = 0n
  for (let at = 0; at < ciphertext.length; at += 16)
    sum = mod((sum + little(ciphertext.subarray(at, at + 16)) + BLOCK) * r)
  return sum
}

/** A box with two blocks changed, numbers `a` and `b`, so that it has one tag under both keys. */
function salamander(ciphertext: Uint8Array, keys: readonly [Secret, Secret], a: number, b: number): Uint8Array {
  const blocks = ciphertext.length / 16
  const [one, two] = keys.map(oneTimeKey) as [ReturnType<typeof oneTimeKey>, ReturnType<typeof oneTimeKey>]
  const blank = Uint8Array.from(ciphertext)
  for (const at of [a, b]) blank.fill(0, 16 * at, 16 * at + 16)
  for (let tag = 1n; tag < 200n; tag++)
    for (let carry = 0n; carry < 16n; carry++) {
      // Two sums, two unknowns: x and y are what the blocks add to zero blocks.
      const [t1, t2] = [one, two].map(({ r, s }, i) => {
        const wanted = ((tag - s + BLOCK) % BLOCK) + ((carry >> BigInt(2 * i)) & 3n) * BLOCK
        return mod(wanted - sumOf(blank, r))
      }) as [bigint, bigint]
      const factor = (r: bigint, at: number): bigint => power(r, BigInt(blocks - at))
      const [a1, b1, a2, b2] = [factor(one.r, a), factor(one.r, b), factor(two.r, a), factor(two.r, b)]
      const scale = inverse(a1 * b2 - a2 * b1)
      const [x, y] = [mod((t1 * b2 - t2 * b1) * scale), mod((a1 * t2 - a2 * t1) * scale)]
      if (x >= BLOCK || y >= BLOCK) continue
      const made = Uint8Array.from(blank)
      made.set(bytesOf(x), 16 * a)
      made.set(bytesOf(y), 16 * b)
      return concatBytes(NONCE, bytesOf(tag), made)
    }
  throw new Error("no box was found")
}

describe("session: a box that opens under two keys", () => {
  const announcement = announcementOf("agent")
  const withMembers = (...names: string[]): Keyring => {
    const ring = ringOf("callee", "read", { branch: "event", announcement })
    for (const name of names) ring.members.add(memberOf(name, "publisher"))
    return ring
  }
  const ring = withMembers("caller", "other")
  const [first, second] = ["caller", "other"].map((name) => ring.answerKey(party(name).csPubKey, KIND.event, URI, 0))

  // A frame that is right but for its signature, which would have to be over the blocks that are changed.
  const { instance } = selfOf("caller")
  const header = { flags: FLAG.final, sequence: 1, time: NOW, instance: Buffer.from(instance.slice(2), "hex") }
  const frameOf = (length: number): Uint8Array =>
    encodeFrame(SERIALIZERS.cbor, header, [new Uint8Array(length)], {}, () => new Uint8Array(64)).bytes
  const unaligned = frameOf(200).length
  const frame = frameOf(200 + 16 - (unaligned % 16))
  const ciphertext = secretbox.seal(first!.key, NONCE, frame).subarray(40)
  // The blocks lie within the argument, a byte string.
  const box = salamander(ciphertext, [first!.key, second!.key], 12, 15)

  const open = (sealed: PassthruMessage, held = ring): unknown =>
    openIn(held, sealed, {
      kind: KIND.event,
      uri: URI,
      now: NOW,
      skew: 0,
      replay: new ReplayWindows(),
      self: selfOf("callee").instance,
    })
  const message = (keyId: string) => ({ attributes: { ...attributesFor(DEFAULT_PROFILE, keyId) }, payload: box })

  it("can be made: the cipher alone does not tell which key it was sealed under", () => {
    const [one, two] = [first!, second!].map(({ key }) => secretbox.open(key, box).plaintext)
    assert.notEqual(toHex(one!), toHex(two!))
    assert.equal(toHex(one!.subarray(0, 100)), toHex(frame.subarray(0, 100)))
  })

  it("is read under the key that it names alone, and refused for its signature", () => {
    refuses(() => open(message(first!.keyId)), "payload.signature")
    refuses(() => open(message(second!.keyId)), "payload.decode_failed")
  })

  it("is not tried under a key that is held where it names one that is not", () => {
    refuses(() => open(message(first!.keyId), withMembers("other")), "keys.unknown_key")
  })
})
