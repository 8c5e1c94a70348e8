import assert from "node:assert/strict"
import { judgeChain } from "../../src/trust/judge.ts"
import { statedFacts, type StatedTrust } from "../../src/trust/stated.ts"
import { refuses } from "../arbitrary.ts"
import { altered, BLOCK, CHAIN_ID, CONTRACT, draftChain, NOW, party, POLICY, REALM, signChain } from "./chains.ts"

const TRUST: StatedTrust = {
  chainId: CHAIN_ID,
  verifyingContract: CONTRACT,
  realm: REALM,
  block: BLOCK,
  trustroots: [party("root").address],
}
const chain = signChain(draftChain())
const judge = (trust: Partial<StatedTrust> = {}, by = chain) =>
  judgeChain(by, statedFacts(by, { ...TRUST, ...trust }), POLICY)

describe("trust: stated facts", () => {
  it("verify a chain and say that nobody was asked", () => {
    const delegate = judge()
    assert.deepEqual(delegate.source, { model: "stated" })
    assert.equal(delegate.operator, party("operator 0").address)
  })

  it("refuse what is stated to be revoked, each certificate by its digest", () => {
    for (const { digest } of chain) refuses(() => judge({ revoked: new Set([digest]) }), "trust.revoked")
  })

  it("refuse what is older than its issuer's epoch, but not a root's own certificate", () => {
    for (const name of ["delegate", "operator 0", "root"]) {
      const epochs = new Map([[party(name).address, 501n]])
      const error = refuses(() => judge({ epochs }), "trust.superseded")
      assert.match(
        error.message,
        { delegate: /certificate 0/, "operator 0": /certificate 1/, root: /certificate 2/ }[name]!,
      )
    }
    assert.ok(judge({ epochs: new Map([[party("root").address, 110n]]) }))
  })

  it("believe a certificate about its own end", () => {
    for (const index of [0, 1, 2, 3]) {
      const ending = (at: number) => signChain(altered(draftChain(), index, { meta: `notAfter=${at}` }))
      refuses(() => judge({}, ending(NOW / 1_000)), "trust.expired")
      assert.ok(judge({}, ending(NOW / 1_000 + 1)))
    }
  })

  it("are of nobody where no trustroot is stated", () => {
    refuses(() => judge({ trustroots: [] }), "trust.unknown_realm")
  })
})
