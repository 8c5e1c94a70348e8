import { strict as assert } from "node:assert"
import { CAPABILITIES } from "../../../src/certificate/capabilities.ts"
import type { CertificateChain } from "../../../src/certificate/types.ts"
import type { ErrorCode } from "../../../src/core/errors.ts"
import { BundleIndex } from "../../../src/trust/standalone/bundle-facts.ts"
import type { BundleDocument } from "../../../src/trust/standalone/bundle.ts"
import { firstBundle, rotation } from "../../../src/trust/standalone/issue-bundle.ts"
import { judgeChain } from "../../../src/trust/judge.ts"
import type { VerifiedDelegate } from "../../../src/trust/verified-delegate.ts"
import { refuses } from "../../arbitrary.ts"
import { certificateOf, VECTORS } from "../../certificate/vectors.ts"
import { certificateDigest } from "../../../src/certificate/digest.ts"
import { after, firstDocument, LIFE } from "./bundles.ts"
import { altered, buildChain, draftChain, named, NOW, party, POLICY, signChain } from "../chains.ts"

const [root, heir] = [party("root"), party("heir")]
const first = firstDocument()
const judged = (chain: CertificateChain, { head }: BundleDocument, now = NOW): VerifiedDelegate =>
  judgeChain(chain, new BundleIndex(head.bundle, root.address).factsOf(chain), { ...POLICY, now })
const refused = (chain: CertificateChain, document: BundleDocument, code: ErrorCode, now = NOW): Error =>
  refuses(() => judged(chain, document, now), code)

describe("trust: chains judged by a bundle", () => {
  it("verifies chains of 2 to 8 certificates and says by what", () => {
    for (let length = 2; length <= 8; length++)
      assert.deepEqual(judged(buildChain({ length }), first).source, {
        model: "standalone",
        trustroot: root.address,
        sequence: 1,
      })
  })

  it("verifies the specification's example by the default context", () => {
    const chain = VECTORS.map((vector) => {
      const certificate = certificateOf(vector)
      return { certificate, signature: vector.signature, digest: certificateDigest(certificate) }
    })
    const [trustroot, realm] = [VECTORS[2]?.recovered, VECTORS[2]?.message["realm"]] as [`0x${string}`, `0x${string}`]
    const bundle = firstBundle({ trustroot, realm, ...LIFE })
    const { address } = judgeChain(chain, new BundleIndex(bundle, trustroot).factsOf(chain), POLICY)
    assert.equal(address, VECTORS[0]?.recovered)
  })

  it("refuses a chain of which any certificate is revoked, at every place, and no other", () => {
    const chain = buildChain({ length: 6 })
    const other = buildChain({ length: 6, delegate: party("another"), root: party("another root") })
    for (const { digest } of chain) refused(chain, after(first, { revoke: [digest] }), "trust.revoked")
    const strangers = other.map(({ digest }) => digest).filter((digest) => chain.every((own) => own.digest !== digest))
    assert.ok(strangers.length >= 3)
    judged(chain, after(first, { revoke: strangers }))
  })

  it("voids what each authority issued before its epoch", () => {
    const chain = buildChain({ length: 6 })
    for (const { certificate } of chain.slice(0, -1)) {
      const issuer = certificate.kind === "delegate" ? certificate.delegate : certificate.issuer
      const { validFrom } = certificate
      judged(chain, after(first, { epochs: [{ issuer, validFrom }] }))
      refused(chain, after(first, { epochs: [{ issuer, validFrom: validFrom + 1n }] }), "trust.superseded")
    }
  })

  it("keeps the root's own certificate through its epoch, not through its revocation", () => {
    const epochs = [{ issuer: root.address, validFrom: 105n }]
    judged(buildChain(), after(first, { epochs }))
  })

  it("counts both roots while a rotation overlaps, and the former no more at its end", () => {
    const until = NOW / 1_000 + 600
    const naming = after(first, rotation(first.head.bundle, heir.address, until))
    const [old, young] = [buildChain(), buildChain({ root: heir })]
    refused(young, first, "trust.root")
    for (const document of [naming, after(naming, {}, heir)]) {
      judged(young, document)
      judged(old, document, until * 1_000 - 1)
      refused(old, document, "trust.expired", until * 1_000)
      judged(young, document, until * 1_000)
    }
  })

  it("ends a root by its certificate's own end where that is earlier", () => {
    const end = NOW / 1_000 + 10
    const chain = signChain(altered(draftChain({ length: 3 }), 2, { meta: `notAfter=${end}` }))
    refused(chain, first, "trust.expired", end * 1_000)
    const root2 = [{ root: root.address, notAfter: end + 5 }]
    refused(chain, after(first, { roots: root2 }), "trust.expired", end * 1_000)
    judged(chain, after(first, { roots: root2 }), end * 1_000 - 1)
  })

  it("judges admission where the bundle lists operators, and the operator directly below the root alone", () => {
    const operator = party("operator 0").address
    for (const length of [4, 6]) {
      const chain = buildChain({ length })
      judged(chain, after(first, { operators: [operator, named("another")] }))
      refused(chain, after(first, { operators: [named("another")] }), "trust.operator")
    }
    judged(buildChain({ length: 3 }), after(first, { operators: [named("another")] }))
  })

  it("judges blocks where the bundle names one", () => {
    judged(buildChain(), after(first, { block: 500n }))
    refused(buildChain(), after(first, { block: 499n }), "trust.context")
  })

  it("leaves every other rule as it is", () => {
    refused(signChain(altered(draftChain(), 1, { realm: named("other") })), first, "trust.realm")
    refused(signChain(altered(draftChain(), 2, { capabilities: CAPABILITIES.provider })), first, "trust.capabilities")
    refused(signChain(altered(draftChain(), 1, {}, party("forger").key)), first, "trust.authority_signature")
  })
})
