import { strict as assert } from "node:assert"
import { acceptBundle, requireTimely, type BundlePolicy } from "../../../src/trust/standalone/accept-bundle.ts"
import { signDigest } from "../../../src/certificate/signature.ts"
import { bundleDigest, type BundleDocument, type SignedBundle } from "../../../src/trust/standalone/bundle.ts"
import { withSignature } from "../../../src/trust/standalone/parse-bundle.ts"
import { rotation } from "../../../src/trust/standalone/issue-bundle.ts"
import { refuses } from "../../arbitrary.ts"
import { after, firstDocument, forged } from "./bundles.ts"
import { CHAIN_ID, CONTRACT, named, NOW, party, REALM } from "../chains.ts"

const [root, heir, third, stranger] = [party("root"), party("heir"), party("third"), party("stranger")]
const POLICY: BundlePolicy = { trustroot: root.address, realm: REALM }
const UNTIL = NOW / 1_000 + 600

const first = firstDocument()
const second = after(first)
const naming = after(second, rotation(second.head.bundle, heir.address, UNTIL))
const taken = after(naming, {}, heir)
const namingThird = after(taken, rotation(taken.head.bundle, third.address, UNTIL), heir)
const takenAgain = after(namingThird, {}, third)

const accept = (document: BundleDocument, seen?: SignedBundle, policy: Partial<BundlePolicy> = {}): SignedBundle =>
  acceptBundle(document, { ...POLICY, ...policy, ...(seen === undefined ? {} : { seen }) })

describe("trust: which bundle is believed", () => {
  it("believes the trustroot's, any number of bundles later", () => {
    assert.equal(accept(first), first.head)
    assert.equal(accept(after(after(second)), first.head).bundle.sequence, 4)
    assert.equal(accept(second, second.head), second.head)
  })

  it("refuses another's, and another's signature under the trustroot's name", () => {
    refuses(() => accept(firstDocument(stranger)), "trustroot.signature")
    const { signature } = forged(first, {}, stranger).head
    refuses(() => accept({ ...first, head: { ...first.head, signature } }), "trustroot.signature")
    const roots = [root, stranger].map(({ address }) => ({ root: address, notAfter: 0 }))
    refuses(() => accept(forged(second, { roots }, stranger), first.head), "trustroot.signature")
  })

  it("refuses one of another realm, chain or contract", () => {
    for (const policy of [{ realm: named("another realm") }, { chainId: 1n }, { verifyingContract: named("another") }])
      refuses(() => accept(first, undefined, policy), "trustroot.context")
    accept(first, undefined, { chainId: CHAIN_ID, verifyingContract: CONTRACT })
  })

  it("refuses an older one than was seen", () => {
    refuses(() => accept(first, second.head), "trustroot.rollback")
    refuses(() => accept(second, taken.head), "trustroot.rollback")
  })

  it("reports two bundles of one sequence as a fork", () => {
    const other = after(first, { revoke: [first.head.digest] })
    assert.match(refuses(() => accept(other, second.head), "trustroot.fork").message, new RegExp(other.head.digest))
  })

  it("raises no alarm for what a stranger signed", () => {
    for (const sequence of [1, 2]) {
      const roots = [{ root: stranger.address, notAfter: 0 }]
      refuses(() => accept(forged(second, { sequence, roots }, stranger), second.head), "trustroot.signature")
    }
  })

  it("follows a rotation that was seen, and one that was missed", () => {
    assert.equal(accept(taken, naming.head), taken.head)
    for (const seen of [undefined, first.head, second.head]) {
      assert.equal(accept(taken, seen), taken.head)
      assert.equal(accept(takenAgain, seen), takenAgain.head)
    }
    assert.equal(accept(takenAgain, taken.head), takenAgain.head)
  })

  it("begins where the configured trustroot stands in the history", () => {
    assert.equal(accept(takenAgain, undefined, { trustroot: heir.address }), takenAgain.head)
    assert.equal(accept(takenAgain, undefined, { trustroot: third.address }), takenAgain.head)
    refuses(() => accept(takenAgain, undefined, { trustroot: stranger.address }), "trustroot.signature")
  })

  it("refuses a successor whom nobody named, or whose naming is not shown", () => {
    refuses(() => accept({ ...taken, handovers: [] }), "trustroot.signature")
    refuses(() => accept({ ...takenAgain, handovers: takenAgain.handovers.slice(1) }), "trustroot.signature")
    const broken = { ...naming.head, signature: first.head.signature }
    refuses(() => accept({ ...taken, handovers: [broken] }), "trustroot.signature")
  })

  it("refuses a successor that signs in the signer's name", () => {
    const bundle = after(naming).head.bundle
    const inTheirName = signDigest(bundleDigest(bundle), heir.key)
    refuses(
      () => accept({ head: withSignature(bundle, inTheirName), handovers: [] }, naming.head),
      "trustroot.signature",
    )
  })

  it("refuses a successor whose naming was taken back, whatever old handover it shows", () => {
    const withdrawn = after(naming, { successors: [] })
    const late = forged(taken, { sequence: 9 }, heir)
    refuses(() => accept({ ...late, handovers: [naming.head] }, withdrawn.head), "trustroot.signature")
    assert.equal(accept({ ...late, handovers: [naming.head] }, naming.head), late.head)
  })

  it("lets both sign until the successor has, and the former no more from then on", () => {
    assert.equal(accept(after(naming), naming.head).bundle.signer, root.address)
    const late = forged(naming, { sequence: 99 }, root)
    refuses(() => accept(late, taken.head), "trustroot.signature")
    const hijack = forged(naming, { sequence: 98, successors: [stranger.address] }, root)
    const roots = [root, stranger].map(({ address }) => ({ root: address, notAfter: 0 }))
    const theirs = forged(hijack, { sequence: 99, successors: [], roots }, stranger)
    refuses(() => accept({ ...theirs, handovers: [hijack.head] }, taken.head), "trustroot.signature")
  })

  it("ends at notAfter, to the millisecond, and begins within the allowed skew", () => {
    const { bundle } = first.head
    const [issued, ends] = [bundle.issuedAt * 1_000, bundle.notAfter * 1_000]
    requireTimely(bundle, ends - 1, 0)
    refuses(() => requireTimely(bundle, ends, 1_000), "trustroot.expired")
    requireTimely(bundle, issued - 1_000, 1_000)
    refuses(() => requireTimely(bundle, issued - 1_001, 1_000), "trustroot.context")
  })
})
