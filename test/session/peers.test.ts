import assert from "node:assert/strict"
import { chainToJson } from "../../src/certificate/issue.ts"
import { Peers } from "../../src/session/peers.ts"
import { buildChain, NOW, party } from "../trust/chains.ts"
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
})
