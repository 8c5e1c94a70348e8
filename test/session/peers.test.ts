import assert from "node:assert/strict"
import { chainToJson } from "../../src/certificate/issue.ts"
import type { CertificateChain } from "../../src/certificate/types.ts"
import { Peers } from "../../src/session/peers.ts"
import { altered, buildChain, draftChain, named, NOW, party, signChain } from "../trust/chains.ts"
import { TrustTable } from "./world.ts"

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
})
