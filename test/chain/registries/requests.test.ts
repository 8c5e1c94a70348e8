import assert from "node:assert/strict"
import * as fc from "fast-check"
import { hashTypedData } from "viem"
import { certificateDigest } from "../../../src/certificate/digest.ts"
import { addressOfKey } from "../../../src/certificate/signature.ts"
import { developmentKey } from "../../../src/chain/embedded.ts"
import { requests } from "../../../src/chain/index.ts"
import { isCertificateAction, SHAPES, shapeOf, type Action } from "../../../src/chain/registries/request-types.ts"
import { certificateOf, type Value } from "../../../src/chain/registries/requests.ts"
import { addressOf, type Address } from "../../../src/core/address.ts"
import { toHex } from "../../../src/core/bytes.ts"
import { E2eeError } from "../../../src/core/errors.ts"

const REGISTRY = addressOfKey(developmentKey(9))
const anAddress: fc.Arbitrary<Address> = fc.uint8Array({ minLength: 20, maxLength: 20 }).map(addressOf)
const aWord = fc.uint8Array({ minLength: 32, maxLength: 32 }).map(toHex)

function aValue(name: string, type: string): fc.Arbitrary<Value> {
  if (name === "chainId") return fc.constant(31_337n)
  if (name === "verifyingContract") return fc.constant(REGISTRY)
  if (type === "address") return anAddress
  if (type === "bytes32") return aWord
  if (type === "string") return fc.string({ unit: "binary", maxLength: 40 }).filter((text) => text.isWellFormed())
  return fc.bigInt({ min: 0n, max: (1n << BigInt(type.slice(4))) - 1n })
}

/** Requests of every kind, unsigned. */
const aRequest: fc.Arbitrary<requests.SignedRequest> = fc
  .constantFrom(...(Object.keys(SHAPES) as Action[]))
  .chain((action) => {
    const { fields, terms } = shapeOf(action)
    const message = fc.record(Object.fromEntries(fields.map(({ name, type }) => [name, aValue(name, type)])), {
      noNullPrototype: true,
    })
    const extra = fc.record(
      {
        ...(terms.includes("salt") ? { salt: aWord } : {}),
        ...(terms.includes("policy") ? { policy: fc.constantFrom("open", "permitted", "private") } : {}),
        ...(terms.includes("overlapUntil") ? { overlapUntil: fc.nat() } : {}),
      },
      { noNullPrototype: true },
    )
    return fc.tuple(message, extra).map(([fieldsOf, termsOf]) => ({
      action,
      chainId: 31_337,
      verifyingContract: REGISTRY,
      message: fieldsOf,
      ...termsOf,
    }))
  }) as fc.Arbitrary<requests.SignedRequest>

describe("request files", () => {
  it("come back as they were written, with the digest that a wallet signs", () => {
    fc.assert(
      fc.property(
        aRequest,
        fc.option(fc.uint8Array({ maxLength: 100 }).map(toHex), { nil: undefined }),
        (request, signature) => {
          const whole = signature === undefined ? request : { ...request, signature }
          const back = requests.parseRequest(requests.formatRequest(whole))
          assert.deepEqual(back, whole)
          const { domain, types, primaryType, message } = requests.typedDataOf(whole)
          assert.equal(requests.digestOf(whole), hashTypedData({ domain, types, primaryType, message } as never))
          const certificate = certificateOf(whole)
          assert.equal(certificate !== undefined, isCertificateAction(request.action))
          if (certificate !== undefined) assert.equal(requests.digestOf(whole), certificateDigest(certificate))
        },
      ),
    )
  })

  it("end in a coded refusal or in a request, whatever was changed in them", () => {
    fc.assert(
      fc.property(aRequest, fc.nat(), fc.string({ maxLength: 6 }), (request, at, text) => {
        const file = requests.formatRequest(request)
        const place = at % file.length
        try {
          requests.parseRequest(file.slice(0, place) + text + file.slice(place + text.length))
        } catch (error) {
          assert.ok(error instanceof E2eeError && error.code === "usage.invalid", String(error))
        }
      }),
    )
    for (const text of ["", "null", "[]", "1", "{}", '{"kind":"wamp-e2ee request"}', "x".repeat(70_000)]) {
      assert.throws(() => requests.parseRequest(text), { code: "usage.invalid" })
    }
  })

  it("refuse a certificate for another chain than the file names", () => {
    const [request] = fc.sample(
      aRequest.filter(({ action }) => action === "realm.admit"),
      1,
    )
    assert.ok(request)
    const message = { ...request.message, chainId: 1n }
    assert.throws(() => requests.parseRequest(requests.formatRequest({ ...request, message })), {
      code: "usage.invalid",
    })
  })

  it("are signed by their signer alone", () => {
    const key = developmentKey(3)
    const [sample] = fc.sample(
      aRequest.filter(({ action }) => action === "operator.enroll"),
      1,
    )
    assert.ok(sample)
    const own = { ...sample, message: { ...sample.message, ca: addressOfKey(key) } }
    assert.match(requests.signRequest(own, key).signature ?? "", /^0x[0-9a-f]{130}$/)
    assert.throws(() => requests.signRequest(own, developmentKey(4)), { code: "usage.invalid" })
  })

  it("take signatures of wallets in any length, and give 27 or 28 to a v of 0 or 1", () => {
    assert.equal(requests.parseAnySignature("0x"), "0x")
    assert.equal(requests.parseAnySignature("1234"), "0x1234")
    const { signature = "0x" } = requests.signRequest(
      { action: "operator.enroll", chainId: 1, verifyingContract: REGISTRY, message: enrolment() },
      developmentKey(3),
    )
    const low = `${signature.slice(0, -2)}${signature.endsWith("1b") ? "00" : "01"}`
    assert.equal(requests.parseAnySignature(low), signature)
    for (const text of ["0x1", "zz", `0x${"00".repeat(8_193)}`]) {
      assert.throws(() => requests.parseAnySignature(text), { code: "usage.invalid" })
    }
  })
})

function enrolment(): Record<string, Value> {
  const ca = addressOfKey(developmentKey(3))
  return { ca, controller: ca, profile: `0x${"00".repeat(32)}`, uri: "", nonce: 0n, deadline: 1n }
}
