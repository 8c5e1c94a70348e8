import assert from "node:assert/strict"
import { chainToJson } from "../../../src/certificate/issue.ts"
import type { CertificateChain } from "../../../src/certificate/types.ts"
import { isE2eeError } from "../../../src/core/errors.ts"
import { Peers } from "../../../src/session/members/peers.ts"
import { altered, buildChain, draftChain, named, NOW, party, signChain } from "../../trust/chains.ts"
import { TrustTable } from "../world.ts"

describe("peers judged again", () => {
  it("are believed for as long as policy says, and not for longer when the clock is set back", async () => {
    const trust = new TrustTable()
    let now = NOW
    const peers = new Peers(trust, { clock: () => now, recheckMs: 1_000, skewMs: 300_000 })
    const member = await peers.verify(chainToJson(buildChain({ delegate: party("desk") })), "0x01", "callee")
    trust.revoke("desk")
    now += 1_000
    assert.equal(await peers.recheck(member), member)
    now += 1
    await assert.rejects(peers.recheck(member), { code: "trust.revoked" })
    now = NOW - 60_000
    await assert.rejects(peers.recheck(member), { code: "trust.revoked" })
  })

  it("are refused without a question where their chain is forged", async () => {
    let asked = 0
    const trust = new TrustTable()
    const counting = { realm: trust.realm, facts: (chain: CertificateChain) => (asked++, trust.facts(chain)) }
    const peers = new Peers(counting, { clock: () => NOW, recheckMs: 1_000, skewMs: 300_000 })
    const verify = (chain: CertificateChain) => peers.verify(chainToJson(chain), "0x01", "callee")
    const [delegate, authority, operator, root] = draftChain({ delegate: party("desk") })
    const stranger = party("stranger").key
    const drafts = [delegate!, authority!, operator!, root!]
    await assert.rejects(verify(signChain(altered(drafts, 1, {}, stranger))), { code: "trust.authority_signature" })
    await assert.rejects(verify(signChain(altered(drafts, 0, {}, stranger))), { code: "trust.delegate_signature" })
    await assert.rejects(verify(signChain([delegate!, operator!, root!])), { code: "trust.subject" })
    await assert.rejects(verify(buildChain({ realm: named("other") })), { code: "trust.realm" })
    assert.equal(asked, 0)
    await verify(signChain(drafts))
    assert.equal(asked, 1)
  })

  it("are judged once for all that ask meanwhile, unless that began too long ago", async () => {
    let asked = 0
    let now = NOW
    const trust = new TrustTable()
    const facts = async (chain: CertificateChain) => {
      asked++
      await new Promise((resolve) => setTimeout(resolve, 1))
      return trust.facts(chain)
    }
    const peers = new Peers({ realm: trust.realm, facts }, { clock: () => now, recheckMs: 1_000, skewMs: 300_000 })
    const member = await peers.verify(chainToJson(buildChain({ delegate: party("desk") })), "0x01", "callee")
    now += 2_000
    const early = [peers.recheck(member), peers.recheck(member)]
    now += 1_000
    const late = [peers.recheck(member), peers.recheck({ ...member, instance: "0x02" })]
    now += 1
    const tooLate = [peers.recheck(member), peers.heard(member), peers.heard(member)]
    const verified = await Promise.all([...early, ...late, ...tooLate])
    assert.deepEqual(
      verified.map(({ verifiedAt, instance, proven }) => [verifiedAt - NOW, instance, proven]),
      [
        ...[early[0], early[1], late[0]].map(() => [2_000, "0x01", false]),
        [2_000, "0x02", false],
        [3_001, "0x01", false],
        [3_001, "0x01", true],
        [3_001, "0x01", true],
      ],
    )
    assert.equal(asked, 1 + 1 + 1 + 1)
    trust.revoke("desk")
    now += 2_000
    const refusals = await Promise.allSettled([peers.recheck(member), peers.recheck(member)])
    assert.ok(refusals.every((one) => one.status === "rejected" && isE2eeError(one.reason, "trust.revoked")))
    assert.equal(asked, 1 + 1 + 1 + 1 + 1)
  })
})
