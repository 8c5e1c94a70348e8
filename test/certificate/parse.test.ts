import { strict as assert } from "node:assert"
import * as fc from "fast-check"
import { chainToJson, issueCertificate } from "../../src/certificate/issue.ts"
import { parseCertificate, parseChain } from "../../src/certificate/parse.ts"
import { parseJson, stringifyJson } from "../../src/core/exact-json.ts"
import { Secret } from "../../src/core/secret.ts"
import type { ErrorCode } from "../../src/core/errors.ts"
import { aCertificate, onlyRefuses, refuses, uint } from "../arbitrary.ts"
import { certificateOf, specificationForm, VECTORS } from "./vectors.ts"

type Spec = ReturnType<typeof specificationForm>

/** The specification's chain after a change of the typed data of one certificate, 1 where not said. */
function changed(change: (typedData: Record<string, Record<string, unknown>>, chain: Spec) => void, index = 1): Spec {
  const chain = structuredClone(specificationForm())
  change(chain[index]?.[0] as Record<string, Record<string, unknown>>, chain)
  return chain
}

const fieldsOf = (typedData: Record<string, Record<string, unknown>>, name: string): (object | undefined)[] =>
  typedData["types"]?.[name] as (object | undefined)[]
const message = (name: string, value: unknown, index = 1): Spec =>
  changed(({ message: fields }) => Object.assign(fields ?? {}, { [name]: value }), index)
const signature = (change: (text: string) => unknown): Spec =>
  changed((_, chain) => Object.assign(chain[1] ?? [], { 1: change(chain[1]?.[1] ?? "") }))

describe("certificate: parser", () => {
  it("reads the specification's form, parsed or as text", () => {
    for (const form of [specificationForm(), JSON.stringify(specificationForm())]) {
      const chain = parseChain(form)
      for (const [i, vector] of VECTORS.entries()) {
        assert.deepEqual(chain[i]?.certificate, certificateOf(vector))
        assert.equal(chain[i]?.digest, vector.digest)
        assert.equal(chain[i]?.signature, vector.signature)
      }
    }
  })

  it("reads hex with and without 0x alike", () => {
    const prefixed = changed(({ message: fields }, chain) => {
      Object.assign(fields ?? {}, { csPubKey: VECTORS[0]?.message["csPubKey"] })
      for (const item of chain) item[1] = `0x${item[1]}`
    }, 0)
    assert.deepEqual(parseChain(prefixed), parseChain(specificationForm()))
  })

  it("reads [hash, typedData, signature] and ignores the hash", () => {
    const plain = parseChain(specificationForm())
    for (const hash of ["0x00", VECTORS[2]?.digest, null, 7, { digest: "0x" }]) {
      assert.deepEqual(parseChain(specificationForm().map((item) => [hash, ...item])), plain)
    }
  })

  it("reads chains without types and domain, which are rebuilt anyway", () => {
    const bare = changed((typedData) => {
      delete typedData["types"]
      delete typedData["domain"]
    })
    assert.deepEqual(parseChain(bare), parseChain(specificationForm()))
  })

  it("takes no long number where a text belongs", () => {
    for (const name of ["meta", "csPubKey"]) {
      const index = name === "meta" ? 1 : 0
      const text = stringifyJson(message(name, 1234567890123456789n, index))
      assert.throws(() => parseChain(text), { code: "certificate.malformed" })
    }
  })

  it("reads integers beyond 2^53 as bare numbers, without loss", () => {
    const text = JSON.stringify(specificationForm()).replaceAll(/"(\d+)"(?=[,}])/g, "$1")
    assert.match(text, /"bootedAt":1658765756680628959[,}]/)
    // version "1" of the domain has to stay a text
    const chain = parseChain(text.replaceAll('"version":1', '"version":"1"'))
    assert.deepEqual(
      chain.map(({ digest }) => digest),
      VECTORS.map(({ digest }) => digest),
    )
    fc.assert(
      fc.property(uint(256), (value) => {
        assert.deepEqual(parseJson(`{"a":[${value}, -1, 1.5, "${value}"]}`), {
          a: [value < 10n ** 15n ? Number(value) : value, -1, 1.5, `${value}`],
        })
      }),
    )
  })

  it("reads no part of a long text twice", () => {
    // Each quote could begin a text, each digit a number: the rest was read again for each, for a minute.
    const endless = ["", "\\", "\\\n"].map((end) => `["${'\\"'.repeat(131_000)}${end}`)
    for (const text of [...endless, `[${"1".repeat(262_000)}.x`, `[${"-".repeat(262_000)}`, `[${"1-".repeat(131_000)}`])
      refuses(() => parseChain(text), "certificate.malformed")
  }).timeout(10_000)

  it("takes no long integer that begins with a zero", () => {
    for (const text of ["[00000000000000001]", "[-0000000000000000123456789012345678]"])
      assert.throws(() => parseJson(text), SyntaxError)
  })

  it("leaves digits inside texts alone", () => {
    const texts = ["1234567890123456789", '"12345678901234567890"', "\\", '\\"1234567890123456789', "a\u2028b"]
    for (const text of texts)
      assert.deepEqual(parseJson(JSON.stringify([text, { [text]: text }])), [text, { [text]: text }])
  })

  const refusals: readonly [string, unknown, ErrorCode][] = [
    ["no array", { chain: [] }, "certificate.malformed"],
    ["an empty chain", [], "certificate.malformed"],
    ["65 certificates", Array.from({ length: 65 }, () => specificationForm()[1]), "certificate.malformed"],
    ["text that is no JSON", "[{", "certificate.malformed"],
    ["an overlong text", `["${"a".repeat(262_144)}"]`, "certificate.malformed"],
    ["a certificate of one item", [["x"]], "certificate.malformed"],
    ["a certificate of four items", [[1, ...(specificationForm()[1] ?? []), 1]], "certificate.malformed"],
    ["typed data that is an array", [[[], "00"]], "certificate.malformed"],
    ["an unknown field beside the message", changed((t) => (t["extra"] = {})), "certificate.malformed"],
    ["an unknown message field", message("extra", 1), "certificate.malformed"],
    ["a missing message field", changed(({ message: m }) => delete m?.["realm"]), "certificate.malformed"],
    [
      "an inherited message field",
      changed(({ message: m }) => {
        delete m?.["realm"]
        Object.setPrototypeOf(m, { realm: VECTORS[1]?.message["realm"] })
      }),
      "certificate.malformed",
    ],
    ["a wrong checksum", message("issuer", "0xf766dc789CF04CD18aE75af2c5fAf2DA6650Ff57"), "certificate.malformed"],
    ["a short address", message("issuer", "0xf766Dc789CF04CD18aE75af2c5fAf2DA6650Ff"), "certificate.malformed"],
    ["an address without 0x", message("issuer", "f766Dc789CF04CD18aE75af2c5fAf2DA6650Ff57"), "certificate.malformed"],
    ["a short csPubKey", message("csPubKey", "12ae", 0), "certificate.malformed"],
    ["a negative integer", message("validFrom", -1), "certificate.malformed"],
    ["a fraction", message("validFrom", 1.5), "certificate.malformed"],
    ["a number that lost digits", message("bootedAt", Number("1658765756680628959"), 0), "certificate.malformed"],
    ["an integer with leading zero", message("validFrom", "01"), "certificate.malformed"],
    ["an integer in hex", message("validFrom", "0x10"), "certificate.malformed"],
    ["an integer over uint256", message("validFrom", (1n << 256n).toString()), "certificate.malformed"],
    ["capabilities over uint64", message("capabilities", (1n << 64n).toString()), "certificate.malformed"],
    ["a meta that is no text", message("meta", null), "certificate.malformed"],
    ["an overlong meta", message("meta", "m".repeat(4_097)), "certificate.malformed"],
    ["a meta with half a surrogate pair", message("meta", "\ud800"), "certificate.malformed"],
    ["a foreign primaryType", changed((t) => Object.assign(t, { primaryType: "Permit" })), "certificate.foreign_types"],
    [
      "the other kind's primaryType",
      changed((t) => Object.assign(t, { primaryType: "EIP712DelegateCertificate" })),
      "certificate.foreign_types",
    ],
    [
      "another domain name",
      changed((t) => Object.assign(t["domain"] ?? {}, { name: "WAMP" })),
      "certificate.foreign_types",
    ],
    [
      "a domain with a chain id",
      changed((t) => Object.assign(t["domain"] ?? {}, { chainId: 1 })),
      "certificate.foreign_types",
    ],
    ["a domain that is null", changed((t) => Object.assign(t, { domain: null })), "certificate.foreign_types"],
    [
      "types without its own",
      changed((t) => delete t["types"]?.["EIP712AuthorityCertificate"]),
      "certificate.foreign_types",
    ],
    ["a type more", changed((t) => Object.assign(t["types"] ?? {}, { Permit: [] })), "certificate.foreign_types"],
    [
      "reordered fields",
      changed((t) => fieldsOf(t, "EIP712AuthorityCertificate").push(fieldsOf(t, "EIP712AuthorityCertificate").shift())),
      "certificate.foreign_types",
    ],
    [
      "a field of another type",
      changed((t) => Object.assign(fieldsOf(t, "EIP712AuthorityCertificate")[0] ?? {}, { type: "uint64" })),
      "certificate.foreign_types",
    ],
    ["a foreign EIP712Domain", changed((t) => fieldsOf(t, "EIP712Domain").pop()), "certificate.foreign_types"],
    ["a signature of 64 bytes", signature((text) => text.slice(0, -2)), "certificate.signature_form"],
    ["a signature of 66 bytes", signature((text) => `${text}00`), "certificate.signature_form"],
    ["a signature with v 0", signature((text) => `${text.slice(0, -2)}00`), "certificate.signature_form"],
    ["a signature with zero r", signature((text) => "0".repeat(64) + text.slice(64)), "certificate.signature_form"],
    [
      "a signature with zero s",
      signature((text) => text.slice(0, 64) + "0".repeat(64) + text.slice(128)),
      "certificate.signature_form",
    ],
    [
      "a signature with high s",
      signature((text) => text.slice(0, 64) + "f".repeat(32) + text.slice(96)),
      "certificate.signature_form",
    ],
    ["a signature that is no text", signature(() => 7), "certificate.signature_form"],
  ]
  for (const [name, input, code] of refusals) {
    it(`refuses ${name}`, () => {
      const error = refuses(() => parseChain(input), code)
      assert.doesNotMatch(error.message, /\n/)
      assert.ok(error.message.length < 300)
    })
  }

  it("gives back every chain that it wrote", () => {
    const key = new Secret(new Uint8Array(32).fill(1))
    const chains = fc.array(aCertificate, { minLength: 1, maxLength: 4 })
    fc.assert(
      fc.property(chains, fc.option(fc.nat(4), { nil: undefined }), (certificates, indent) => {
        const chain = certificates.map((certificate) => issueCertificate(certificate, key))
        assert.deepEqual(parseChain(chainToJson(chain, indent)), chain)
      }),
      { numRuns: 100 },
    )
  })

  it("writes any text and any integer as they are", () => {
    const tricky = ["\uE000bigint\uE001", "n1", "s", '"n5"', "\\", '":', "\ud7ff\u{10ffff}"]
    assert.deepEqual(JSON.parse(stringifyJson(tricky)), tricky)
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        assert.equal(stringifyJson(value), JSON.stringify(value))
        assert.equal(stringifyJson(value, 2), JSON.stringify(value, undefined, 2))
      }),
    )
    assert.equal(stringifyJson({ n: [-(1n << 70n), 3n] }), '{"n":[-1180591620717411303424,3]}')
  })

  it("gives nothing but errors of its own for anything else", () => {
    const family = /^certificate\./
    const anything = fc.oneof(fc.anything(), fc.jsonValue(), fc.array(fc.tuple(fc.anything(), fc.anything())))
    fc.assert(
      fc.property(anything, (value) => onlyRefuses(() => parseChain(value), family)),
      { numRuns: 500 },
    )
    fc.assert(
      fc.property(fc.json(), (text) => onlyRefuses(() => parseChain(text), family)),
      { numRuns: 300 },
    )
    fc.assert(
      fc.property(fc.string(), (text) => onlyRefuses(() => parseChain(text), family)),
      { numRuns: 300 },
    )
    const paths = ["domain", "message", "primaryType", "types"]
    fc.assert(
      fc.property(fc.constantFrom(...paths), fc.nat(2), fc.anything(), (path, index, value) => {
        const form = changed((t) => Object.assign(t, { [path]: value }), index)
        onlyRefuses(() => parseCertificate(form[index]), family)
      }),
      { numRuns: 500 },
    )
    const names = ["chainId", "verifyingContract", "validFrom", "issuer", "csPubKey", "bootedAt", "meta", "delegate"]
    fc.assert(
      fc.property(fc.constantFrom(...names), fc.nat(2), fc.anything(), (name, index, value) => {
        onlyRefuses(() => parseChain(message(name, value, index)), family)
      }),
      { numRuns: 500 },
    )
  })
}).timeout(60_000)
