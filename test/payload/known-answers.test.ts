import { strict as assert } from "node:assert"
import { readFileSync } from "node:fs"
import { gcm } from "@noble/ciphers/aes.js"
import { addressOf } from "../../src/core/address.ts"
import { concatBytes, fromHex, toHex } from "../../src/core/bytes.ts"
import { Secret } from "../../src/core/secret.ts"
import { aes256gcm, secretbox } from "../../src/payload/cipher.ts"
import { keyIdOf } from "../../src/payload/keyid.ts"
import { flipped, refuses } from "../arbitrary.ts"

// Where they come from, and under which licence: test/vectors/README.md.
const fileOf = (name: string): Buffer => readFileSync(new URL(`../vectors/${name}`, import.meta.url))
const bytes = (hex: string): Uint8Array => fromHex(hex) as Uint8Array

describe("payload: published vectors of secretbox", () => {
  it("hold, all 768: of lengths 0 to 767, key, nonce, message and box", () => {
    const file = Uint8Array.from(fileOf("secretbox.bin"))
    let at = 0
    const take = (length: number): Uint8Array => file.slice(at, (at += length))
    let cases = 0
    for (let length = 0; at < file.length; length++, cases++) {
      const [key, nonce, message] = [new Secret(take(32)), take(24), take(length)]
      const box = concatBytes(nonce, take(length + 16))
      assert.equal(toHex(secretbox.seal(key, nonce, message)), toHex(box))
      assert.deepEqual(secretbox.open(key, box), { nonce, plaintext: message })
      refuses(() => secretbox.open(key, flipped(box, (length * 37) % (8 * box.length))), "payload.decrypt_failed")
    }
    assert.equal(cases, 768)
  })
})

interface GcmCase {
  readonly tcId: number
  readonly comment: string
  readonly key: string
  readonly iv: string
  readonly aad: string
  readonly msg: string
  readonly ct: string
  readonly tag: string
  readonly result: "valid" | "invalid"
}

describe("payload: published vectors of AES-256-GCM", () => {
  const { cases } = JSON.parse(fileOf("aes-256-gcm.json").toString()) as { cases: readonly GcmCase[] }
  const boxOf = ({ iv, ct, tag }: GcmCase): Uint8Array => bytes(iv + ct + tag)

  it("hold, all that are valid and have no additional data", () => {
    const valid = cases.filter(({ result, aad }) => result === "valid" && aad === "")
    assert.equal(valid.length, 21)
    for (const one of valid) {
      const key = new Secret(bytes(one.key))
      assert.equal(toHex(aes256gcm.seal(key, bytes(one.iv), bytes(one.msg))), toHex(boxOf(one)), `case ${one.tcId}`)
      assert.equal(toHex(aes256gcm.open(key, boxOf(one)).plaintext), toHex(bytes(one.msg)), `case ${one.tcId}`)
    }
  })

  it("are refused, all that are invalid", () => {
    const invalid = cases.filter(({ result }) => result === "invalid")
    assert.equal(invalid.length, 27)
    for (const one of invalid)
      refuses(() => aes256gcm.open(new Secret(bytes(one.key)), boxOf(one)), "payload.decrypt_failed")
  })

  it("with additional data, of which our boxes have none: the primitive opens them with it, and a box not without", () => {
    const others = cases.filter(({ result, aad }) => result === "valid" && aad !== "")
    assert.equal(others.length, 18)
    for (const one of others) {
      const primitive = gcm(bytes(one.key), bytes(one.iv), bytes(one.aad))
      assert.equal(toHex(primitive.decrypt(bytes(one.ct + one.tag))), toHex(bytes(one.msg)), `case ${one.tcId}`)
      refuses(() => aes256gcm.open(new Secret(bytes(one.key)), boxOf(one)), "payload.decrypt_failed")
    }
    assert.equal(cases.length, 21 + 27 + 18)
  })
})

describe("payload: vectors of key ids", () => {
  const { cases } = JSON.parse(fileOf("keyids.json").toString()) as {
    cases: readonly { readonly about: string; readonly key: string; readonly public: string; readonly keyid: string }[]
  }

  it("hold: made by libsodium, Python's SHA-256 and another keccak", () => {
    assert.equal(cases.length, 44)
    for (const { about, key, keyid } of cases) assert.equal(keyIdOf(bytes(key)), keyid, about)
  })

  it("begin with the keys of RFC 7748, section 6.1, whose public keys it states", () => {
    assert.deepEqual(
      cases.slice(0, 2).map((one) => one.public),
      [
        "8520f0098930a754748b7ddcb43ef75a0dbf3a0d26381af4eba4a98eaa9b4e6a",
        "de9edb7d7b7dc1b4d35b61c2ece435373f8343c85b78674dadfc7e146f882b4f",
      ],
    )
  })

  it("have the checksum of EIP-55 in both directions", () => {
    for (const { keyid } of cases) assert.equal(addressOf(bytes(keyid)), keyid)
    assert.ok(cases.some(({ keyid }) => /[A-F]/.test(keyid) && /[a-f]/.test(keyid.slice(2))))
  })
}).timeout(20_000)
