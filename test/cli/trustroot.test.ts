import assert from "node:assert/strict"
import { standaloneFor, standalonePlace, type TrustrootOptions } from "../../src/cli/trustroot.ts"
import { refuses } from "../arbitrary.ts"
import { buildChain, CHAIN_ID, CONTRACT, named, REALM } from "../trust/chains.ts"

const globals = { rpc: "", deployment: "", keystore: "/nowhere/keystore" }
const chain = buildChain()
const trustOf = (options: TrustrootOptions) => standaloneFor(globals, options, chain)

describe("command line: a bundle in place of the chain", () => {
  it("is trusted where it is named, for the machine's own realm and root", () => {
    assert.equal(trustOf({}), undefined)
    assert.equal(trustOf({ trustroot: "bundle.json" })?.realm, REALM)
    assert.equal(trustOf({ trustroot: "https://example.org/bundle.json", realm: REALM })?.realm, REALM)
  })

  it("is refused for another realm, without its source, from an unsafe one, and for no address", () => {
    refuses(() => trustOf({ trustroot: "bundle.json", realm: named("another") }), "trust.realm")
    for (const options of [
      { realm: REALM },
      { trustrootKey: named("root") },
      { trustroot: "http://example.org/bundle.json" },
      { trustroot: "file:///bundle.json" },
      { trustroot: "bundle.json", realm: "realm1" },
      { trustroot: "bundle.json", trustrootKey: "0x12" },
    ])
      refuses(() => trustOf(options), "usage.invalid")
    refuses(() => standaloneFor(globals, { trustroot: "bundle.json" }, chain.slice(0, 1)), "store.corrupt")
  })

  it("issues certificates from now on, by blocks where the realm counts them, and never before their issuers'", () => {
    const realm = { chainId: CHAIN_ID, verifyingContract: CONTRACT, realm: REALM }
    const now = BigInt(Math.floor(Date.now() / 1_000))
    const { validFrom } = standalonePlace(realm, [])
    assert.ok(validFrom >= now && validFrom <= now + 60n)
    assert.equal(standalonePlace({ ...realm, block: 1_000n }, chain).validFrom, 1_000n)
    assert.equal(standalonePlace({ ...realm, block: 7n }, chain).validFrom, 500n)
  })
})
