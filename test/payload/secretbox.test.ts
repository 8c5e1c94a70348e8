import { strict as assert } from "node:assert"
import * as fc from "fast-check"
import { createRequire } from "node:module"
import { Secret } from "../../src/core/secret.ts"
import { LIMITS } from "../../src/payload/limits.ts"
import { NONCE_BYTES, openBox, sealBox, TAG_BYTES } from "../../src/payload/secretbox.ts"
import { bytesOfLength, flipped, refuses } from "../arbitrary.ts"

/** An implementation of NaCl that shares no line with the one under test. */
const { secretbox } = createRequire(import.meta.url)("tweetnacl") as {
  secretbox: ((plaintext: Uint8Array, nonce: Uint8Array, key: Uint8Array) => Uint8Array) & {
    open: (box: Uint8Array, nonce: Uint8Array, key: Uint8Array) => Uint8Array | null
  }
}

const key = new Secret(Uint8Array.from({ length: 32 }, (_, i) => i))
const nonce = Uint8Array.from({ length: NONCE_BYTES }, (_, i) => 255 - i)
const plaintext = (length: number): Uint8Array => Uint8Array.from({ length }, (_, i) => i * 7)

describe("payload: secretbox", () => {
  it("is nonce, then NaCl's secretbox", () => {
    fc.assert(
      fc.property(bytesOfLength(32), bytesOfLength(24), fc.uint8Array({ maxLength: 300 }), (bytes, nonce, text) => {
        const box = sealBox(new Secret(bytes), nonce, text)
        assert.deepEqual(Buffer.from(box.subarray(0, 24)), Buffer.from(nonce))
        assert.deepEqual(Buffer.from(box.subarray(24)), Buffer.from(secretbox(text, nonce, bytes)))
        assert.equal(box.length, NONCE_BYTES + TAG_BYTES + text.length)
        const opened = openBox(new Secret(bytes), box)
        assert.deepEqual([...opened.plaintext], [...text])
        assert.deepEqual([...opened.nonce], [...nonce])
      }),
      { numRuns: 200 },
    )
  })

  it("opens what tweetnacl sealed", () => {
    for (const length of [0, 1, 31, 32, 33, 63, 64, 65, 1_000]) {
      const sealed = secretbox(plaintext(length), nonce, key.expose())
      assert.deepEqual([...openBox(key, Uint8Array.from([...nonce, ...sealed])).plaintext], [...plaintext(length)])
    }
  })

  it("refuses every bit flip of a box", () => {
    const box = sealBox(key, nonce, plaintext(100))
    for (let bit = 0; bit < box.length * 8; bit++) {
      refuses(() => openBox(key, flipped(box, bit)), "payload.decrypt_failed")
    }
  })

  it("refuses every truncation and extension of a box", () => {
    const box = sealBox(key, nonce, plaintext(100))
    for (let length = 0; length < box.length; length++) {
      refuses(() => openBox(key, box.subarray(0, length)), "payload.decrypt_failed")
    }
    for (let length = 1; length <= box.length; length++) {
      refuses(() => openBox(key, box.subarray(length)), "payload.decrypt_failed")
    }
    refuses(() => openBox(key, Uint8Array.from([...box, 0])), "payload.decrypt_failed")
  })

  it("refuses every key that differs by a bit, and says no more", () => {
    const box = sealBox(key, nonce, plaintext(10))
    for (let bit = 0; bit < 256; bit++) {
      const error = refuses(() => openBox(new Secret(flipped(key.expose(), bit)), box), "payload.decrypt_failed")
      assert.equal(error.cause, undefined)
    }
  })

  it("takes a box up to the limit and none larger", () => {
    const most = plaintext(LIMITS.bytes - NONCE_BYTES - TAG_BYTES)
    const box = sealBox(key, nonce, most)
    assert.equal(box.length, LIMITS.bytes)
    assert.equal(openBox(key, box).plaintext.length, most.length)
    refuses(() => sealBox(key, nonce, new Uint8Array(most.length + 1)), "payload.too_large")
    refuses(() => openBox(key, new Uint8Array(LIMITS.bytes + 1)), "payload.too_large")
  })
}).timeout(60_000)
