import assert from "node:assert/strict"
import * as fc from "fast-check"
import { nonceOf, type Binding } from "../../src/attestation/binding.ts"
import { toHex } from "../../src/core/bytes.ts"
import { anAddress, aText, bytesOfLength, hexOfLength, refuses, uint } from "../arbitrary.ts"
import { bindingFor } from "./world.ts"

const aBinding: fc.Arbitrary<Binding> = fc.record({
  suite: aText,
  prover: fc.constantFrom("initiator" as const, "responder" as const),
  challenge: bytesOfLength(32),
  transcript: bytesOfLength(32),
  chainId: uint(256),
  registry: anAddress,
  realm: anAddress,
  role: hexOfLength(32),
  attester: hexOfLength(32),
  policyEpoch: uint(64),
})
const good = bindingFor(`0x${"11".repeat(32)}`)

describe("attestation: binding", () => {
  it("gives 34 bytes that begin with WE, never the 32 that a router may have signed", () => {
    fc.assert(
      fc.property(aBinding, (binding) => {
        const nonce = nonceOf(binding)
        assert.equal(nonce.length, 34)
        assert.equal(toHex(nonce).slice(0, 6), "0x5745")
      }),
    )
  })

  it("differs whenever one field differs", () => {
    fc.assert(
      fc.property(aBinding, aBinding, (one, other) => {
        for (const name of Object.keys(one) as (keyof Binding)[]) {
          const changed = { ...one, [name]: other[name] }
          const same = JSON.stringify(String(one[name])) === JSON.stringify(String(other[name]))
          assert.equal(toHex(nonceOf(changed)) === toHex(nonceOf(one)), same, name)
        }
      }),
    )
  })

  it("does not let one field's bytes pass for the next one's", () => {
    const shifted = { ...good, suite: `${good.suite}r`, prover: "esponder" as Binding["prover"] }
    assert.notDeepEqual(nonceOf(shifted), nonceOf(good))
  })

  // Computed apart from this library, with hashlib of Python.
  it("stays what it is", () => {
    assert.equal(toHex(nonceOf(good)), "0x574571d0f3681e1cbe471188a4dbeb924fc21d99319147f324b9fb403683d2be7254")
  })

  it("refuses fields of another length", () => {
    for (const changes of [
      { challenge: new Uint8Array(31) },
      { transcript: new Uint8Array(33) },
      { role: "0x11" },
      { attester: "0x" },
      { realm: "0x00" },
    ] as const)
      refuses(() => nonceOf({ ...good, ...changes }), "usage.invalid")
  })
})
