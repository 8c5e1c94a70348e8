import { strict as assert } from "node:assert"
import { createHash, createPublicKey, createPrivateKey } from "node:crypto"
import * as fc from "fast-check"
import { getAddress } from "viem"
import { keyIdOf } from "../../src/payload/keyid.ts"
import { bytesOfLength } from "../arbitrary.ts"

/** The same id by Node's own X25519: DER of a private key is a fixed head and its 32 bytes. */
function expectedId(key: Uint8Array): string {
  const der = Buffer.concat([Buffer.from("302e020100300506032b656e04220420", "hex"), key])
  const publicKey = createPublicKey(createPrivateKey({ key: der, format: "der", type: "pkcs8" }))
  const raw = publicKey.export({ format: "der", type: "spki" }).subarray(-32)
  return getAddress(`0x${createHash("sha256").update(raw).digest("hex").slice(-40)}`)
}

describe("payload: key id", () => {
  it("is the last 20 bytes of SHA-256 of X25519(key, 9), with EIP-55 checksum", () => {
    fc.assert(fc.property(bytesOfLength(32), (key) => assert.equal(keyIdOf(key), expectedId(key))))
  })

  it("is shared by all 32 unclamped twins of a key, and by no other", () => {
    const key = Uint8Array.from({ length: 32 }, (_, i) => i + 64)
    const ids = new Set<string>()
    for (let low = 0; low < 8; low++) {
      for (const high of [0x00, 0x40, 0x80, 0xc0]) {
        const twin = Uint8Array.from(key)
        twin[0] = ((twin[0] ?? 0) & 0xf8) | low
        twin[31] = ((twin[31] ?? 0) & 0x3f) | high
        ids.add(keyIdOf(twin))
      }
    }
    assert.equal(ids.size, 1)
    const other = Uint8Array.from(key)
    other[0] = (other[0] ?? 0) ^ 8
    assert.ok(!ids.has(keyIdOf(other)))
  })
}).timeout(60_000)
