import assert from "node:assert/strict"
import { readFileSync } from "node:fs"
import { OPERATION_NAMES, OPERATIONS, targetOf, type Operation } from "../../bench/gas/operations.ts"
import { measureOurs } from "../../bench/gas/ours.ts"
import { missedBy, tableOf } from "../../bench/gas/table.ts"
import { deploy, isInstrumented } from "../contracts/fixture.ts"

const free = Object.fromEntries(OPERATION_NAMES.map((name) => [name, 0])) as Record<Operation, number>

describe("gas", () => {
  it("costs what docs/contracts.md says, and no more than the targets", async () => {
    if (isInstrumented) return
    const page = readFileSync(new URL("../../docs/contracts.md", import.meta.url), "utf8")
    const documented = new Map(
      [...page.matchAll(/^\| ([^|]+?) +\| ([\d,]+) +\|/gm)].map(([, what, gas]) => [what, gas?.replaceAll(",", "")]),
    )
    const ours = await measureOurs(await deploy())
    for (const name of OPERATION_NAMES) {
      const { what } = OPERATIONS[name]
      assert.equal(documented.get(what), String(ours[name]), `${what}: run npm run gas -- --write`)
    }
    assert.deepEqual(missedBy(ours), [])
  })

  it("names what costs more than its target, and not what costs just as much", () => {
    const atTarget = Object.fromEntries(OPERATION_NAMES.map((name) => [name, targetOf(name) ?? 1])) as typeof free
    assert.deepEqual(missedBy(atTarget), [])
    assert.deepEqual(missedBy({ ...atTarget, renew: 64_001 }), ["renew costs 64,001; its target is 64,000"])
  })

  it("shows which registries were not there to be measured", () => {
    const [head, , ...rows] = tableOf(free, [
      "EAS",
      { title: "Other 1.0", gas: { renew: { call: "again", gas: 1234 } } },
    ])
      .split("\n")
      .map((line) => line.split("|").map((cell) => cell.trim()))
    assert.deepEqual(head, ["", "operation", "gas", "target", "EAS", "Other 1.0", ""])
    assert.equal(rows.length, OPERATION_NAMES.length)
    for (const row of rows) assert.equal(row[4], "not installed")
    assert.deepEqual(
      rows.filter((row) => row[5] !== ""),
      [["", "renew", "0", "64,000", "not installed", "1,234 again", ""]],
    )
  })
})
