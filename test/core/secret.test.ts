import { strict as assert } from "node:assert"
import { inspect } from "node:util"
import { Secret } from "../../src/core/secret.ts"

describe("core: secret", () => {
  const make = (bytes: Uint8Array): { sum: number } => ({ sum: bytes.reduce((a, b) => a + b, 0) })

  it("is a copy that prints as nothing", () => {
    const bytes = Uint8Array.of(65, 66, 67)
    const secret = new Secret(bytes)
    bytes.fill(0)
    assert.deepEqual(secret.expose(), Uint8Array.of(65, 66, 67))
    secret.as(make)
    for (const text of [
      String(secret),
      JSON.stringify({ secret }),
      inspect({ secret }, { depth: 9, showHidden: true }),
    ])
      assert.doesNotMatch(text, /65|66|67|198|41|ABC/)
  })

  it("makes another form once for each maker, and anew after it is wiped", () => {
    const secret = new Secret(Uint8Array.of(1, 2))
    const other = (bytes: Uint8Array): Uint8Array => Uint8Array.from(bytes)
    const form = secret.as(make)
    assert.equal(form.sum, 3)
    assert.equal(secret.as(make), form)
    assert.deepEqual(secret.as(other), Uint8Array.of(1, 2))
    secret.wipe()
    assert.equal(secret.as(make).sum, 0)
    assert.deepEqual(secret.as(other), Uint8Array.of(0, 0))
  })
})
