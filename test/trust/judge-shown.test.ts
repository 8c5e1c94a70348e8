import assert from "node:assert/strict"
import * as fc from "fast-check"
import { judgeChain, judgeShown, TrustError } from "../../src/trust/judge.ts"
import { altered, buildChain, draftChain, factsOf, named, party, POLICY, REALM, signChain } from "./chains.ts"

describe("what a chain says by itself", () => {
  it("refuses no chain that the rules accept, whole or in part", () => {
    for (let length = 2; length <= 8; length++) {
      const chain = buildChain({ length })
      judgeChain(chain, factsOf(chain), POLICY)
      for (let shown = 1; shown <= length; shown++) judgeShown(chain.slice(0, shown), REALM)
    }
  })

  it("refuses only what the rules refuse, by a rule that they break, too", () => {
    const drafts = draftChain({ length: 5 })
    const signers = ["stranger", "delegate", "root", "operator 0"].map((name) => party(name))
    fc.assert(
      fc.property(
        fc.nat(4),
        fc.constantFrom(
          {},
          { validFrom: 1n },
          { validFrom: 900n },
          { realm: named("other") },
          { capabilities: 0xffn },
          { capabilities: 0n },
          { subject: party("stranger").address },
          { issuer: party("stranger").address },
          { chainId: 1n },
        ),
        fc.option(fc.constantFrom(...signers), { nil: undefined }),
        (index, fields, signer) => {
          const chain = signChain(altered(drafts, index, fields, signer?.key))
          let alone: unknown
          try {
            judgeShown(chain, REALM)
          } catch (error) {
            alone = error
          }
          if (alone === undefined) return
          assert.ok(alone instanceof TrustError)
          assert.throws(() => judgeChain(chain, factsOf(chain), POLICY), TrustError)
        },
      ),
      { numRuns: 300 },
    )
  })

  it("asks nothing of a delegate certificate alone", () => judgeShown(buildChain().slice(0, 1), REALM))
})
