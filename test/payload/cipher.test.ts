import { strict as assert } from "node:assert"
import { createCipheriv, createDecipheriv } from "node:crypto"
import * as fc from "fast-check"
import { createRequire } from "node:module"
import { Secret } from "../../src/core/secret.ts"
import { aes256gcm, CIPHERS, secretbox } from "../../src/payload/cipher.ts"
import { LIMITS } from "../../src/payload/limits.ts"
import { bytesOfLength, flipped, refuses } from "../arbitrary.ts"

/** An implementation of NaCl that shares no line with the one under test. */
const { secretbox: nacl } = createRequire(import.meta.url)("tweetnacl") as {
  secretbox: (plaintext: Uint8Array, nonce: Uint8Array, key: Uint8Array) => Uint8Array
}
const hexOf = (bytes: Uint8Array): string => Buffer.from(bytes).toString("hex")
const bytesOf = (hex: string): Uint8Array => Uint8Array.from(Buffer.from(hex, "hex"))

/** NaCl's and OpenSSL's boxes, behind the nonce. */
const PEERS = {
  xsalsa20poly1305: nacl,
  aes256gcm: (plaintext: Uint8Array, nonce: Uint8Array, key: Uint8Array): Uint8Array => {
    const cipher = createCipheriv("aes-256-gcm", key, nonce)
    return Buffer.concat([cipher.update(plaintext), cipher.final(), cipher.getAuthTag()])
  },
}

const key = new Secret(Uint8Array.from({ length: 32 }, (_, i) => i))
const plaintext = (length: number): Uint8Array => Uint8Array.from({ length }, (_, i) => i * 7)

for (const cipher of Object.values(CIPHERS)) {
  const nonce = Uint8Array.from({ length: cipher.nonceBytes }, (_, i) => 255 - i)
  const peer = PEERS[cipher.name]

  describe(`payload: ${cipher.name}`, () => {
    it("is the nonce, then what another implementation makes", () => {
      fc.assert(
        fc.property(
          bytesOfLength(32),
          bytesOfLength(cipher.nonceBytes),
          fc.uint8Array({ maxLength: 300 }),
          (bytes, nonce, text) => {
            const box = cipher.seal(new Secret(bytes), nonce, text)
            assert.equal(hexOf(box), hexOf(nonce) + hexOf(peer(text, nonce, bytes)))
            assert.equal(box.length, cipher.overhead + text.length)
            const opened = cipher.open(new Secret(bytes), box)
            assert.deepEqual([hexOf(opened.plaintext), hexOf(opened.nonce)], [hexOf(text), hexOf(nonce)])
          },
        ),
        { numRuns: 200 },
      )
    })

    it("opens what another implementation sealed", () => {
      for (const length of [0, 1, 15, 16, 17, 31, 32, 33, 63, 64, 65, 1_000]) {
        const sealed = peer(plaintext(length), nonce, key.expose())
        assert.equal(
          hexOf(cipher.open(key, Uint8Array.from([...nonce, ...sealed])).plaintext),
          hexOf(plaintext(length)),
        )
      }
    })

    it("refuses every bit flip of a box", () => {
      const box = cipher.seal(key, nonce, plaintext(100))
      for (let bit = 0; bit < box.length * 8; bit++) {
        refuses(() => cipher.open(key, flipped(box, bit)), "payload.decrypt_failed")
      }
    })

    it("refuses every truncation and extension of a box", () => {
      const box = cipher.seal(key, nonce, plaintext(100))
      for (let length = 0; length < box.length; length++) {
        refuses(() => cipher.open(key, box.subarray(0, length)), "payload.decrypt_failed")
      }
      for (let length = 1; length <= box.length; length++) {
        refuses(() => cipher.open(key, box.subarray(length)), "payload.decrypt_failed")
      }
      refuses(() => cipher.open(key, Uint8Array.from([...box, 0])), "payload.decrypt_failed")
    })

    it("refuses every key that differs by a bit, and says no more", () => {
      const box = cipher.seal(key, nonce, plaintext(10))
      for (let bit = 0; bit < 256; bit++) {
        const other = new Secret(flipped(key.expose(), bit))
        const error = refuses(() => cipher.open(other, box), "payload.decrypt_failed")
        assert.equal(error.cause, undefined)
      }
    })

    it("takes a box up to the limit and none larger", () => {
      const most = plaintext(LIMITS.bytes - cipher.overhead)
      const box = cipher.seal(key, nonce, most)
      assert.equal(box.length, LIMITS.bytes)
      assert.equal(cipher.open(key, box).plaintext.length, most.length)
      refuses(() => cipher.seal(key, nonce, new Uint8Array(most.length + 1)), "payload.too_large")
      refuses(() => cipher.open(key, new Uint8Array(LIMITS.bytes + 1)), "payload.too_large")
    })
  }).timeout(60_000)
}

describe("payload: published vectors", () => {
  it("of secretbox: NaCl's tests/secretbox.c", () => {
    const secret = new Secret(bytesOf("1b27556473e985d462cd51197a9a46c76009549eac6474f206c4ee0844f68389"))
    const nonce = bytesOf("69696ee955b62b73cd62bda875fc73d68219e0036b7a0b37")
    const message = bytesOf(
      "be075fc53c81f2d5cf141316ebeb0c7b5228c52a4c62cbd44b66849b64244ffce5ecbaaf33bd751a1ac728d45e6c61296cdc3c01233561f41db66cce314adb310e3be8250c46f06dceea3a7fa1348057e2f6556ad6b1318a024a838f21af1fde048977eb48f59ffd4924ca1c60902e52f0a089bc76897040e082f937763848645e0705",
    )
    const sealed =
      "f3ffc7703f9400e52a7dfb4b3d3305d98e993b9f48681273c29650ba32fc76ce48332ea7164d96a4476fb8c531a1186ac0dfc17c98dce87b4da7f011ec48c97271d2c20f9b928fe2270d6fb863d51738b48eeee314a7cc8ab932164548e526ae90224368517acfeabd6bb3732bc0e9da99832b61ca01b6de56244a9e88d5f9b37973f622a43d14a6599b1f654cb45a74e355a5"
    assert.equal(hexOf(secretbox.seal(secret, nonce, message)), hexOf(nonce) + sealed)
  })

  // Test case 16's key, nonce and plaintext without additional data are case 15 of the GCM specification's appendix B.
  it("of AES-256-GCM: McGrew and Viega, The Galois/Counter Mode of Operation, appendix B, test case 15", () => {
    const secret = new Secret(bytesOf("feffe9928665731c6d6a8f9467308308feffe9928665731c6d6a8f9467308308"))
    const nonce = bytesOf("cafebabefacedbaddecaf888")
    const message = bytesOf(
      "d9313225f88406e5a55909c5aff5269a86a7a9531534f7da2e4c303d8a318a721c3c0c95956809532fcf0e2449a6b525b16aedf5aa0de657ba637b391aafd255",
    )
    const sealed =
      "522dc1f099567d07f47f37a32a84427d643a8cdcbfe5c0c97598a2bd2555d1aa8cb08e48590dbb3da7b08b1056828838c5f61e6393ba7a0abcc9f662898015ad"
    const tag = "b094dac5d93471bdec1a502270e3cc6c"
    assert.equal(hexOf(aes256gcm.seal(secret, nonce, message)), hexOf(nonce) + sealed + tag)
  })

  it("of AES-256-GCM: test case 13, nothing under a key of zeros", () => {
    const zeros = new Uint8Array(32)
    const box = aes256gcm.seal(new Secret(zeros), zeros.subarray(0, 12), new Uint8Array())
    assert.equal(hexOf(box), "00".repeat(12) + "530f8afbc74536b9a963b4f1c4cb738b")
    assert.equal(hexOf(createDecipher(zeros, box)), "")
  })
})

function createDecipher(key: Uint8Array, box: Uint8Array): Uint8Array {
  const decipher = createDecipheriv("aes-256-gcm", key, box.subarray(0, 12))
  decipher.setAuthTag(box.subarray(-16))
  return Buffer.concat([decipher.update(box.subarray(12, -16)), decipher.final()])
}
