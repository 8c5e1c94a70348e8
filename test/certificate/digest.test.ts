import { strict as assert } from "node:assert"
import * as fc from "fast-check"
import { hashTypedData } from "viem"
import { certificateDigest, DOMAIN_SEPARATOR } from "../../src/certificate/digest.ts"
import { DOMAIN, typeOf } from "../../src/certificate/types.ts"
import { toHex } from "../../src/core/bytes.ts"
import { aCertificate, refuses } from "../arbitrary.ts"
import { certificateOf, VECTORS } from "./vectors.ts"

describe("certificate: digest", () => {
  it("is that of the specification's example", () => {
    assert.equal(VECTORS.length, 3)
    for (const vector of VECTORS) assert.equal(certificateDigest(certificateOf(vector)), vector.digest)
  })

  it("has the domain of name WMP and version 1 alone", () => {
    const expected = "0x43ee3bbb34d5e4fa65e905c83d5090865207639e2d8ba48cd446faca6f961b7b"
    assert.equal(toHex(DOMAIN_SEPARATOR), expected)
  })

  it("equals viem's for any certificate", () => {
    fc.assert(
      fc.property(aCertificate, (certificate) => {
        const { name, fields } = typeOf(certificate.kind)
        const { kind: _, ...message } = certificate
        const expected = hashTypedData({
          domain: DOMAIN,
          types: { [name]: fields.map((field) => ({ ...field })) },
          primaryType: name,
          message,
        })
        assert.equal(certificateDigest(certificate), expected)
      }),
      { numRuns: 300 },
    )
  })

  it("refuses integers that their type cannot hold", () => {
    for (const vector of VECTORS) {
      const certificate = certificateOf(vector)
      refuses(() => certificateDigest({ ...certificate, chainId: 1n << 256n }), "certificate.malformed")
      refuses(() => certificateDigest({ ...certificate, validFrom: -1n }), "certificate.malformed")
      if (certificate.kind === "authority") {
        refuses(() => certificateDigest({ ...certificate, capabilities: 1n << 64n }), "certificate.malformed")
      } else refuses(() => certificateDigest({ ...certificate, bootedAt: 1n << 64n }), "certificate.malformed")
    }
  })
}).timeout(60_000)
