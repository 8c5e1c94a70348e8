import { strict as assert } from "node:assert"
import { createCipheriv, createHash } from "node:crypto"
import { toHex } from "../../../src/core/bytes.ts"
import {
  generationSecretOf,
  nextSecret,
  openSecret,
  parentSecret,
  sealSecret,
  type BoxPlace,
} from "../../../src/keys/tree/secrets.ts"
import { encodeCbor } from "../../../src/payload/cbor.ts"
import { refuses } from "../../arbitrary.ts"
import { PLACE } from "./world.ts"

const key = new Uint8Array(32).fill(1)
const secret = new Uint8Array(32).fill(2)
const place: BoxPlace = { ...PLACE, generation: 3, node: 4 }
const others: readonly BoxPlace[] = [
  { ...place, scope: new Uint8Array(32) },
  { ...place, branch: "call" },
  { ...place, generation: 4 },
  { ...place, node: 3 },
]
const hashed = (label: string, ...parts: readonly Uint8Array[]): Uint8Array => {
  const hash = createHash("sha256").update(label)
  for (const part of parts) hash.update(part)
  return Uint8Array.from(hash.digest())
}

describe("keys: secrets of a tree", () => {
  it("follow from each other as the documentation says, by another library", () => {
    assert.equal(toHex(nextSecret(key)), toHex(hashed("wek1 tree next", key)))
    assert.equal(toHex(parentSecret(key)), toHex(hashed("wek1 tree up", key)))
    assert.equal(toHex(generationSecretOf(key).expose()), toHex(hashed("wek1 tree out", key)))

    const ad = encodeCbor([PLACE.scope, "event", 3, 4])
    const boxKey = hashed("wek1 tree box", key, hashed("", ad))
    const cipher = createCipheriv("chacha20-poly1305", boxKey, new Uint8Array(12), { authTagLength: 16 })
    cipher.setAAD(ad, { plaintextLength: 32 })
    const box = Uint8Array.from([...cipher.update(secret), ...cipher.final(), ...cipher.getAuthTag()])
    assert.equal(toHex(sealSecret(place, key, secret)), toHex(box))
  })

  it("come out of a box in its own place alone, under its own key alone", () => {
    const box = sealSecret(place, key, secret)
    assert.equal(box.length, 48)
    assert.equal(toHex(openSecret(place, key, box)), toHex(secret))
    for (const other of others) refuses(() => openSecret(other, key, box), "keys.rekey")
    refuses(() => openSecret(place, secret, box), "keys.rekey")
    for (const length of [0, 16, 47]) refuses(() => openSecret(place, key, box.subarray(0, length)), "keys.rekey")
  })

  it("are sealed with another key stream in every place, since the nonce is always zero", () => {
    const streams = [place, ...others].map((one) => toHex(sealSecret(one, key, new Uint8Array(32)).subarray(0, 32)))
    assert.equal(new Set(streams).size, streams.length)
  })
})
