import { strict as assert } from "node:assert"
import * as fc from "fast-check"
import { recoverAddress } from "viem"
import { issueCertificate } from "../../src/certificate/issue.ts"
import { addressOfKey, parseSignature, recoverSigner, signDigest } from "../../src/certificate/signature.ts"
import { concatBytes, fromHex, toHex } from "../../src/core/bytes.ts"
import { Secret } from "../../src/core/secret.ts"
import { bytesOfLength, hexOfLength } from "../arbitrary.ts"
import { certificateOf, exampleKey, VECTORS } from "./vectors.ts"

const ORDER = 0xfffffffffffffffffffffffffffffffebaaedce6af48a03bbfd25e8cd0364141n
const word = (value: bigint): Uint8Array => fromHex(value.toString(16).padStart(64, "0")) as Uint8Array
const signature = (r: bigint, s: bigint, v: number): string => toHex(concatBytes(word(r), word(s), Uint8Array.of(v)))
/** The vector's r, s, v. */
const parts = ({ signature: text }: { signature: string }): [bigint, bigint, number] => [
  BigInt(text.slice(0, 66)),
  BigInt(`0x${text.slice(66, 130)}`),
  Number.parseInt(text.slice(130), 16),
]

describe("certificate: signature", () => {
  it("names the signers of the specification's example", () => {
    for (const vector of VECTORS) {
      assert.equal(parseSignature(vector.signature), vector.signature)
      assert.equal(parseSignature(vector.signature.slice(2).toUpperCase()), vector.signature)
      assert.equal(recoverSigner(vector.digest, vector.signature), vector.recovered)
    }
  })

  it("signs the example again, byte for byte", () => {
    const [delegate, authority, root] = VECTORS
    const signers = [
      [delegate, exampleKey(1)],
      [authority, exampleKey(0)],
      [root, exampleKey(0)],
    ] as const
    for (const [vector, key] of signers) {
      assert.ok(vector)
      assert.equal(addressOfKey(key), vector.recovered)
      const signed = issueCertificate(certificateOf(vector), key)
      assert.equal(signed.signature, vector.signature)
      assert.equal(signed.digest, vector.digest)
    }
  })

  it("takes s up to half the order and no more", () => {
    assert.ok(parseSignature(signature(1n, ORDER >> 1n, 27)))
    assert.equal(parseSignature(signature(1n, (ORDER >> 1n) + 1n, 27)), undefined)
    assert.equal(parseSignature(signature(1n, ORDER - 1n, 27)), undefined)
    for (const vector of VECTORS) {
      const [r, s, v] = parts(vector)
      assert.equal(parseSignature(signature(r, ORDER - s, 55 - v)), undefined)
    }
  })

  it("takes v of 27 and 28 and no other byte", () => {
    for (let v = 0; v < 256; v++) {
      assert.equal(parseSignature(signature(1n, 1n, v)) !== undefined, v === 27 || v === 28, `v ${v}`)
    }
  })

  it("takes r and s from 1 below the order", () => {
    for (const r of [0n, ORDER, (1n << 256n) - 1n]) assert.equal(parseSignature(signature(r, 1n, 27)), undefined)
    for (const s of [0n, ORDER, (1n << 256n) - 1n]) assert.equal(parseSignature(signature(1n, s, 27)), undefined)
    assert.ok(parseSignature(signature(ORDER - 1n, 1n, 28)))
  })

  it("takes 65 bytes of hex and no other length or text", () => {
    const text = VECTORS[0]?.signature ?? ""
    for (const wrong of ["", "0x", text.slice(0, -1), text.slice(0, -2), `${text}00`, `${text}0`, `0x${text}`]) {
      assert.equal(parseSignature(wrong), undefined, wrong)
    }
    assert.equal(parseSignature(text.replace("8", "g")), undefined)
    assert.equal(parseSignature(` ${text}`), undefined)
  })

  it("names nobody for an r that is no point", () => {
    const digest = VECTORS[0]?.digest ?? "0x"
    assert.equal(recoverSigner(digest, parseSignature(signature(5n, 1n, 27)) ?? "0x"), undefined)
    assert.equal(recoverSigner("0x00", VECTORS[0]?.signature ?? "0x"), undefined)
  })

  it("agrees with viem on who signed", async () => {
    await fc.assert(
      fc.asyncProperty(hexOfLength(32), bytesOfLength(32), async (digest, key) => {
        fc.pre(BigInt(toHex(key)) > 0n && BigInt(toHex(key)) < ORDER)
        const secret = new Secret(key)
        const signed = signDigest(digest, secret)
        assert.equal(parseSignature(signed), signed)
        assert.equal(recoverSigner(digest, signed), addressOfKey(secret))
        assert.equal(await recoverAddress({ hash: digest, signature: signed }), addressOfKey(secret))
      }),
      { numRuns: 30 },
    )
  })
}).timeout(60_000)
