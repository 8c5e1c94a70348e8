import assert from "node:assert/strict"
import {
  registryFacts,
  NO_END,
  type Grant,
  type RegistryStanding,
  type RegistryTrust,
} from "../../../src/chain/trust/registry-trust.ts"
import { buildChain, party } from "../../trust/chains.ts"

const chain = buildChain().slice(0, 2)
const operator = party("operator 0").address
const root = party("root").address
const GOOD: RegistryStanding = { revoked: false, epoch: 0n, operator: 0, admitted: false }

/** A chain of which delegate and authority certificate are shown, at a block in which all is well, or with changes. */
function trust(
  changes: { readonly link?: object; readonly standing?: object; readonly root?: Partial<Grant> } = {},
  timestamp = 1_000n,
): RegistryTrust {
  const grant = { issuer: root, capabilities: 255n, standing: 0n, validFrom: 100n, notAfter: NO_END, ...changes.root }
  const common = { capabilities: 254n, validFrom: 110n, notAfter: NO_END, digest: `0x${"11".repeat(27)}` as const }
  const { standing: _standing, issuer: _issuer, ...rest } = grant
  return {
    block: 500n,
    timestamp,
    roots: [grant],
    anchored: [
      { issuer: root, subject: operator, ...common, ...changes.link },
      { issuer: root, subject: root, ...rest, digest: `0x${"00".repeat(27)}` },
    ],
    standings: [GOOD, GOOD, { ...GOOD, operator: 1, admitted: true, ...changes.standing }, GOOD],
  }
}

describe("what stands deep enough", () => {
  const confirmed = (head: RegistryTrust, safe: RegistryTrust): boolean[] => {
    const { anchored, roots } = registryFacts(chain, head, safe)
    return [anchored[0]?.confirmed ?? false, roots[0]?.confirmed ?? false]
  }
  const renewed = { link: { validFrom: 200n, notAfter: 5_000n } }

  it("is what stood there as much as now, a renewal of it, too", () => {
    assert.deepEqual(confirmed(trust(), trust()), [true, true])
    assert.deepEqual(confirmed(trust(renewed), trust()), [true, true])
    assert.deepEqual(confirmed(trust({ root: { validFrom: 400n } }), trust()), [true, true])
  })

  for (const [what, deep] of [
    ["was revoked", { standing: { revoked: true } }],
    ["has ended", { link: { notAfter: 1_000n } }],
    ["was voided by its issuer's epoch", { standing: { epoch: 111n } }],
    ["gave less", { link: { capabilities: 2n } }],
    ["was another's", { link: { issuer: operator } }],
  ] as const)
    it(`is no renewal of what ${what}`, () => assert.deepEqual(confirmed(trust(renewed), trust(deep)), [false, true]))

  it("is no root that had less, or has ended, when it was renewed", () => {
    assert.deepEqual(confirmed(trust(), trust({ root: { capabilities: 1n } }))[1], false)
    assert.deepEqual(confirmed(trust(), trust({ root: { notAfter: 1_000n } }, 990n))[1], false)
  })
})
