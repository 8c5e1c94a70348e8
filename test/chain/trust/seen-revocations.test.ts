import assert from "node:assert/strict"
import type { Claim, RegistryLink, RegistryStanding, RegistryTrust } from "../../../src/chain/trust/registry-trust.ts"
import { SeenRevocations } from "../../../src/chain/trust/seen-revocations.ts"
import type { Address } from "../../../src/core/address.ts"
import type { Hex } from "../../../src/core/bytes.ts"

const who = (digit: number): Address => `0x${String(digit).repeat(40)}` as Address
const digest = (digit: number): Hex => `0x${String(digit).repeat(64)}`
const [root, operator, machine, stranger] = [who(1), who(2), who(3), who(4)]
const delegate: Claim = { issuer: machine, subject: machine, digest: digest(5) }
const authority: Claim = { issuer: operator, subject: machine, digest: digest(6) }
const admission: Claim = { issuer: root, subject: operator, digest: digest(7) }
const top: Claim = { issuer: root, subject: root, digest: digest(8) }
const full = [delegate, authority, admission, top]
const GOOD: RegistryStanding = { revoked: false, epoch: 0n, operator: 0, admitted: false }

/** What is said of a path of which the first `shown` are shown; `changes` by place. */
function trust(block: bigint, changes: Record<number, Partial<RegistryStanding>> = {}, shown = 4): RegistryTrust {
  const link = ({ issuer, subject, digest: whole }: Claim): RegistryLink => ({
    issuer,
    subject,
    capabilities: 255n,
    validFrom: 1n,
    notAfter: 0n,
    digest: issuer === subject ? `0x${"00".repeat(27)}` : (whole.slice(0, 56) as Hex),
  })
  return {
    block,
    timestamp: block,
    roots: [],
    anchored: full.slice(shown).map(link),
    standings: full.map((_, i) => ({ ...GOOD, ...changes[i] })),
  }
}

describe("revocations that were seen", () => {
  const see = (seen: SeenRevocations, block: bigint, changes: Parameters<typeof trust>[1], claims = full) =>
    seen.apply(claims, trust(block, changes, claims.length), block, block - 12n)
  const revokedAt = (seen: SeenRevocations, at: bigint, claims: readonly Claim[] = full) =>
    see(seen, at, {}, [...claims]).standings.flatMap(({ revoked, operator: status }, i) =>
      revoked || status === 3 ? [i] : [],
    )

  it("hold until their taking back is as deep as it has to be", () => {
    const seen = new SeenRevocations()
    see(seen, 100n, { 1: { revoked: true } })
    assert.deepEqual(revokedAt(seen, 101n), [1])
    assert.deepEqual(revokedAt(seen, 111n), [1])
    assert.deepEqual(revokedAt(seen, 112n), [])
    assert.deepEqual(revokedAt(seen, 101n), [], "it was forgotten")
  })

  it("hold from where they were seen last, through flip-flops", () => {
    const seen = new SeenRevocations()
    see(seen, 100n, { 1: { revoked: true } })
    assert.deepEqual(revokedAt(seen, 101n), [1])
    see(seen, 110n, { 1: { revoked: true } })
    assert.deepEqual(revokedAt(seen, 113n), [1])
  })

  for (const place of [1, 2] as const)
    it(`hold for the same certificate (${place}) in a longer or shorter chain`, () => {
      for (const [first, then] of [
        [4, 2],
        [4, 3],
        [2, 4],
        [3, 4],
      ] as const) {
        const seen = new SeenRevocations()
        see(seen, 100n, { [place]: { revoked: true } }, full.slice(0, first))
        assert.deepEqual(revokedAt(seen, 101n, full.slice(0, then)), [place])
      }
    })

  it("hold for every chain of an operator that was revoked", () => {
    const seen = new SeenRevocations()
    see(seen, 100n, { 2: { operator: 3 } })
    const other = [delegate, { ...authority, digest: digest(9) }, admission, top]
    assert.deepEqual(revokedAt(seen, 101n, other), [2])
  })

  it("say nothing of a certificate that a stranger revoked on a path of its own", () => {
    const seen = new SeenRevocations()
    const forged = [delegate, authority, { issuer: stranger, subject: operator, digest: digest(9) }, top]
    see(seen, 100n, { 1: { revoked: true } }, forged)
    assert.deepEqual(revokedAt(seen, 101n), [])
    assert.deepEqual(revokedAt(seen, 101n, forged), [1])
  })
})
