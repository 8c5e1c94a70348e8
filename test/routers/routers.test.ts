import assert from "node:assert/strict"
import { readFileSync } from "node:fs"
import { KNOWN } from "./known.ts"
import { probe, type Probed } from "./probe.ts"
import { ROUTERS } from "./routers.ts"
import { tableOf } from "./table.ts"

// Each router is asked once; the rest compares. Without .ci/routers.sh that is the embedded one alone.
for (const { name, open } of ROUTERS) {
  describe(`router ${name}`, function () {
    this.timeout(120_000)
    const known = KNOWN[name]
    let probed: Probed

    before(async () => {
      const { url, close } = await open()
      probed = await probe(url).finally(close)
    })

    it("announces the features that it is known for", () => {
      assert.deepEqual(probed.features, known.features)
    })

    it("is asked for what is known, and no more", () => {
      assert.deepEqual(Object.keys(probed.facts), Object.keys(known.facts))
    })

    for (const [fact, fate] of Object.entries(known.facts)) {
      it(`${fact}: ${fate}`, () => {
        assert.equal(probed.facts[fact], fate)
      })
    }
  })
}

describe("docs/routers.md", () => {
  it("shows what is known of the routers", () => {
    const page = readFileSync(new URL("../../docs/routers.md", import.meta.url), "utf8")
    const cells = (text: string) => text.replace(/ +/g, " ").replace(/-{3,}/g, "---")
    const table = tableOf(Object.entries(KNOWN).map(([router, { facts }]) => ({ name: router, facts })))
    assert.ok(cells(page).includes(cells(table)), `expected this table, from test/routers/known.ts:\n${table}`)
  })
})
